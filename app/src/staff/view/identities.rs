//! Requests to verify an identity (REC-3).

use super::Holder;
use domain::Values;
use domain::accounts::verification::Scan;
use domain::clock::Timestamp;
use domain::documents::Media;
use serde::{Deserialize, Serialize};

/// A request that waits; nobody's data.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct IdentityRow {
    pub id: String,
    pub number: String,
    pub asked_at: Timestamp,
    /// The promise: ten minutes.
    pub due_at: Timestamp,
    pub holder: Option<Holder>,
    /// The citizen has answered a refusal.
    pub again: bool,
    pub now: Timestamp,
}

/// A request in the hands of whoever compares.
#[derive(Clone, Serialize, Deserialize)]
pub struct IdentityFile {
    pub id: String,
    pub number: String,
    pub asked_at: Timestamp,
    pub due_at: Timestamp,
    /// The hold ends by itself.
    pub until: Timestamp,
    /// Somebody has the phone or e-mail that was typed.
    pub account: bool,
    /// It holds a passport or an ИНН: without either a name is all there is, and nobody is confirmed by that.
    pub comparable: bool,
    /// Whole days since its owner, or whoever was in, corrected names, passport or ИНН last.
    pub corrected_days: Option<i64>,
    /// Names, passport and ИНН of the account.
    pub held: Values,
    pub scans: Vec<IdentityScan>,
    /// The citizen's answer to a first refusal; may be empty.
    pub objection: String,
}

#[derive(Clone, Serialize, Deserialize)]
pub struct IdentityScan {
    pub id: String,
    pub kind: Scan,
    pub media: Media,
    pub size: i64,
    pub pages: i64,
}
