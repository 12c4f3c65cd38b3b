//! A corporate mailbox and who uses it (MBX-5).

use crate::applications::{MailboxKind, names};
use crate::clock::Timestamp;
use crate::code::Code;
use crate::fields::{Email, Phone};
use serde::{Deserialize, Serialize};

/// Days in which an invitation can be accepted.
pub const INVITATION_DAYS: i64 = 14;
/// Members and invitations of one mailbox.
pub const MEMBERS: usize = 20;

names! {
    /// What somebody may do in a mailbox. The owner may all of it; there is always exactly one.
    Role {
        Owner = "owner",
        /// Reads and sends.
        Sender = "sender",
        Reader = "reader",
    }
}

impl Role {
    /// What an owner can give.
    pub const GIVEN: &'static [Role] = &[Role::Sender, Role::Reader];

    /// Invites, removes, hands over.
    pub const fn manages(self) -> bool {
        matches!(self, Role::Owner)
    }

    /// A role as it comes from a form.
    ///
    /// # Errors
    /// `Empty`, `UnknownChoice`; nobody is made an owner by an invitation.
    pub fn given(input: &str) -> Result<Role, Code> {
        match input.trim() {
            "" => Err(Code::Empty),
            name => Role::from_name(name).filter(|r| Role::GIVEN.contains(r)).ok_or(Code::UnknownChoice),
        }
    }
}

/// Whom one invites: a phone or an e-mail, as their account has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Contact {
    Phone(Phone),
    Email(Email),
}

impl Contact {
    /// # Errors
    /// Those of a phone or an e-mail, whichever it looks like.
    pub fn parse(input: &str) -> Result<Contact, Code> {
        let stored = crate::fields::check_field(crate::Field::MemberContact, input)?;
        match stored.starts_with('+') {
            true => Phone::parse(&stored).map(Contact::Phone),
            false => Email::parse(&stored).map(Contact::Email),
        }
    }

    pub fn as_str(&self) -> &str {
        match self {
            Contact::Phone(phone) => phone.as_str(),
            Contact::Email(email) => email.as_str(),
        }
    }
}

/// Whether one more can be invited into a mailbox that has so many.
///
/// # Errors
/// `MailboxNotFound` for a box that only its owner uses, `MembersFull`.
pub fn may_invite(kind: MailboxKind, members: usize) -> Result<(), Code> {
    match kind {
        MailboxKind::Corporate if members < MEMBERS => Ok(()),
        MailboxKind::Corporate => Err(Code::MembersFull),
        _ => Err(Code::MailboxNotFound),
    }
}

/// The last moment of an invitation.
pub const fn until(invited: Timestamp) -> Timestamp {
    invited.plus_days(INVITATION_DAYS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_invitation_makes_nobody_an_owner() {
        assert_eq!(Role::given("reader"), Ok(Role::Reader));
        assert_eq!(Role::given("owner"), Err(Code::UnknownChoice));
        assert_eq!(Role::given(" "), Err(Code::Empty));
        assert!(Role::Owner.manages() && !Role::Sender.manages());
    }

    #[test]
    fn only_a_corporate_mailbox_has_members_and_not_without_end() {
        assert_eq!(may_invite(MailboxKind::Corporate, 19), Ok(()));
        assert_eq!(may_invite(MailboxKind::Corporate, 20), Err(Code::MembersFull));
        for kind in [MailboxKind::Ordinary, MailboxKind::Electronic, MailboxKind::Combined] {
            assert_eq!(may_invite(kind, 0), Err(Code::MailboxNotFound));
        }
    }

    #[test]
    fn a_contact_is_a_phone_or_an_address() {
        assert!(matches!(Contact::parse("8 912 345-67-89"), Ok(Contact::Phone(_))));
        assert_eq!(
            Contact::parse("Anna@Example.org").map(|c| c.as_str().to_owned()).as_deref(),
            Ok("Anna@example.org")
        );
        assert_eq!(Contact::parse(""), Err(Code::PhoneIncomplete).or(Err(Code::Empty)));
    }
}
