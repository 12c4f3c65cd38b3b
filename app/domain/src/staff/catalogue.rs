//! Which reason codes a clerk may name, and for what (RSB-4).

use super::ActKind;
use crate::applications::names;
use crate::code::Code;
use crate::form::Field;
use serde::{Deserialize, Serialize};

names! {
    /// The groups of refusals (RSB-4).
    ReasonGroup {
        Data = "data",
        Documents = "documents",
        Restriction = "restriction",
        Technical = "technical",
        ApplicantKind = "applicant_kind",
    }
}

/// What a code of the catalogue may be used for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Use {
    pub code: Code,
    pub group: ReasonGroup,
    pub asks: bool,
    pub refuses: bool,
}

const fn row(code: Code, group: ReasonGroup, asks: bool, refuses: bool) -> Use {
    Use { code, group, asks, refuses }
}

/// The catalogue. What a correction can mend is asked about first; only what it cannot mend is refused outright.
const CATALOGUE: &[Use] = &[
    row(Code::RegistryPassportMismatch, ReasonGroup::Data, true, true),
    row(Code::RegistryPassportInvalid, ReasonGroup::Data, true, true),
    row(Code::RegistrySnilsMismatch, ReasonGroup::Data, true, true),
    row(Code::RegistryInnMismatch, ReasonGroup::Data, true, true),
    row(Code::RegistryAddressMismatch, ReasonGroup::Data, true, true),
    row(Code::DataUnclear, ReasonGroup::Data, true, false),
    row(Code::AddressProofNeeded, ReasonGroup::Documents, true, true),
    row(Code::DocumentsIncomplete, ReasonGroup::Documents, true, true),
    row(Code::DocumentUnreadable, ReasonGroup::Documents, true, true),
    row(Code::DuplicateRegistration, ReasonGroup::Restriction, false, true),
    row(Code::AccountRestricted, ReasonGroup::Restriction, false, true),
    // A failure of ours is never the citizen's refusal: one asks to send again.
    row(Code::TechnicalFailure, ReasonGroup::Technical, true, false),
    row(Code::WrongApplicantKind, ReasonGroup::ApplicantKind, true, true),
];

pub fn catalogue() -> &'static [Use] {
    CATALOGUE
}

pub fn group(code: Code) -> Option<ReasonGroup> {
    CATALOGUE.iter().find(|u| u.code == code).map(|u| u.group)
}

/// The answers a reason is about, where it is about some: they are marked when the author files anew (RSB-2).
pub const fn concerns(code: Code) -> &'static [Field] {
    match code {
        Code::RegistryPassportMismatch | Code::RegistryPassportInvalid => {
            &[Field::PassportSeries, Field::PassportNumber, Field::PassportIssueDate]
        }
        Code::RegistrySnilsMismatch => &[Field::Snils],
        Code::RegistryInnMismatch => &[Field::Inn],
        Code::RegistryAddressMismatch => &[Field::RegistrationPostcode, Field::RegistrationAddress],
        Code::WrongApplicantKind => &[Field::ApplicantKind, Field::MailboxKind],
        _ => &[],
    }
}

/// Whether a clerk may name this code in this act.
pub fn usable(code: Code, act: ActKind) -> bool {
    CATALOGUE.iter().any(|u| {
        u.code == code
            && match act {
                ActKind::Approve => false,
                ActKind::Ask => u.asks,
                ActKind::Refuse => u.refuses,
            }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_group_has_a_reason_and_no_failure_of_ours_refuses() {
        for wanted in ReasonGroup::ALL {
            assert!(CATALOGUE.iter().any(|u| u.group == *wanted), "{wanted:?}");
        }
        assert!(!usable(Code::TechnicalFailure, ActKind::Refuse));
        assert!(!usable(Code::DuplicateRegistration, ActKind::Ask));
        assert!(!usable(Code::Internal, ActKind::Refuse));
        assert!(CATALOGUE.iter().all(|u| u.asks || u.refuses));
        assert!(CATALOGUE.iter().all(|u| !usable(u.code, ActKind::Approve)));
    }
}
