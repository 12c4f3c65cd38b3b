use domain::applications::{MailboxKind, Status};
use domain::clock::Timestamp;
use serde::{Deserialize, Serialize};

/// A genuine receipt: what was filed, when, and how it stands.
#[derive(Clone, Serialize, Deserialize)]
pub struct Verification {
    pub number: String,
    pub submitted_at: Timestamp,
    pub status: Status,
    pub mailbox: MailboxKind,
}
