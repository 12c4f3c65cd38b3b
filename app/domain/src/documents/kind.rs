//! What a document proves.

use crate::applications::MailboxKind;
use crate::applications::state::names;
use crate::code::Code;
use crate::staff::Document;
use serde::{Deserialize, Serialize};

names! {
    /// What a document is of.
    Kind {
        Passport = "passport",
        Snils = "snils",
        Inn = "inn",
        AddressProof = "address_proof",
        Other = "other",
    }
}

impl Kind {
    /// What a clerk's request asks for. What has no kind of its own is sent as another document.
    pub const fn of(document: Document) -> Kind {
        match document {
            Document::Passport => Kind::Passport,
            Document::Snils => Kind::Snils,
            Document::Inn => Kind::Inn,
            Document::AddressProof => Kind::AddressProof,
            Document::PowerOfAttorney | Document::Charter => Kind::Other,
        }
    }

    /// The kind a refusal or a question asks for.
    pub const fn asked_by(code: Code) -> Option<Kind> {
        match code {
            Code::AddressProofNeeded => Some(Kind::AddressProof),
            _ => None,
        }
    }

    /// The code by which the kind is asked for, where there is one.
    pub const fn asking(self) -> Option<Code> {
        match self {
            Kind::AddressProof => Some(Code::AddressProofNeeded),
            _ => None,
        }
    }
}

/// What the mailbox cannot be opened without: a box in an office needs the address proved (MBX-2, MBX-4).
pub const fn needed(mailbox: MailboxKind) -> &'static [Kind] {
    if mailbox.needs_address_proof() { &[Kind::AddressProof] } else { &[] }
}

/// What is needed and not there.
pub fn missing(mailbox: MailboxKind, there: &[Kind]) -> Vec<Kind> {
    needed(mailbox).iter().copied().filter(|kind| !there.contains(kind)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_box_in_an_office_needs_an_address_proved() {
        assert_eq!(missing(MailboxKind::Ordinary, &[Kind::Passport]), [Kind::AddressProof]);
        assert_eq!(missing(MailboxKind::Combined, &[]), [Kind::AddressProof]);
        assert!(missing(MailboxKind::Combined, &[Kind::Other, Kind::AddressProof]).is_empty());
        assert!(missing(MailboxKind::Electronic, &[]).is_empty());
        assert!(missing(MailboxKind::Corporate, &[]).is_empty());
    }

    #[test]
    fn whatever_is_needed_can_be_asked_for_by_a_code() {
        for mailbox in MailboxKind::ALL {
            for kind in needed(*mailbox) {
                let code = kind.asking().expect("a code that names it");
                assert_eq!(Kind::asked_by(code), Some(*kind));
            }
        }
    }
}
