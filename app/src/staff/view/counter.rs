//! Access reset at a counter.

use domain::clock::Timestamp;
use serde::{Deserialize, Serialize};

/// What is printed for whoever has lost everything; the password is shown once.
#[derive(Clone, Serialize, Deserialize)]
pub struct Slip {
    pub login: String,
    pub password: String,
    /// `None`: once a second clerk has confirmed.
    pub from: Option<Timestamp>,
}
