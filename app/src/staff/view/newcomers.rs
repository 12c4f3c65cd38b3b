//! Accounts that staff open for citizens.

use serde::{Deserialize, Serialize};

/// An account was opened on the phone.
#[derive(Clone, Serialize, Deserialize)]
pub struct Opened {
    /// Where the first password went, masked.
    pub sent_to: String,
}
