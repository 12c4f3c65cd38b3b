//! What is shown of mailboxes.

use domain::applications::MailboxKind;
use domain::clock::Timestamp;
use domain::mailboxes::Role;

/// One mailbox among one's own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MailboxRow {
    pub id: String,
    /// The registration number.
    pub number: String,
    pub kind: MailboxKind,
    pub role: Role,
    pub opened_at: Timestamp,
    /// «630099, Новосибирск».
    pub office: Option<String>,
}

/// An invitation to somebody else's mailbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvitationRow {
    pub id: String,
    pub number: String,
    pub role: Role,
    pub until: Timestamp,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mine {
    pub mailboxes: Vec<MailboxRow>,
    pub invitations: Vec<InvitationRow>,
}

/// A member, or an invitation that waits. A contact is somebody's: never printed.
#[derive(Clone, PartialEq, Eq)]
pub struct MemberRow {
    pub id: String,
    /// The phone or e-mail that was invited.
    pub contact: String,
    pub role: Role,
    /// `None`: invited, until then.
    pub accepted_at: Option<Timestamp>,
    pub until: Timestamp,
}

#[derive(Clone, PartialEq, Eq)]
pub struct Mailbox {
    pub row: MailboxRow,
    /// Only its owner sees who else uses it.
    pub members: Vec<MemberRow>,
    /// Whether one more can be invited.
    pub room: bool,
}
