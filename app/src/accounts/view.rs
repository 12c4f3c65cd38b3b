//! What pages show of an account.

use domain::access::Level;
use domain::clock::Timestamp;
use serde::{Deserialize, Serialize};

/// A code is on its way.
#[derive(Clone, Serialize, Deserialize)]
pub struct CodeSent {
    /// `+7 912 ***-**-89` or `a***@example.org`; empty when none was sent yet.
    pub to: String,
    /// Seconds until another may be asked for.
    pub again_in: u32,
    pub expires_at: Timestamp,
    /// An app shows codes that are taken as well.
    #[serde(default)]
    pub app: bool,
}

/// How long a session lives, in seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionLeft {
    /// Until the end.
    pub left: u32,
    /// The warning belongs this long before the end.
    pub warn: u32,
    /// Nothing prolongs it any more.
    pub last: bool,
}

#[derive(Clone, Serialize, Deserialize)]
pub struct Profile {
    pub full_name: String,
    /// Masked: the page of one's profile needs no more.
    pub passport: String,
    pub phone: String,
    pub email: String,
    pub email_confirmed: bool,
    pub level: Level,
}

#[derive(Clone, Serialize, Deserialize)]
pub struct Consent {
    /// `account`, `mailboxes` or `notifications` (CON-2).
    pub purpose: String,
    pub version: String,
    /// SHA-256 of the text agreed to, hex.
    pub hash: String,
    pub given_at: Timestamp,
    pub withdrawn_at: Option<Timestamp>,
}
