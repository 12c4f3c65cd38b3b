//! What the desk shows of an appeal.

use domain::appeals::Stage;
use domain::clock::Timestamp;
use serde::{Deserialize, Serialize};

/// An appeal in a file.
#[derive(Clone, Serialize, Deserialize)]
pub struct AppealFile {
    /// Pass it back with a decision.
    pub version: i64,
    pub stage: Stage,
    pub filed_at: Timestamp,
    /// The term promised first.
    pub due_at: Timestamp,
    /// The date its author was told of when that was missed.
    pub promised_at: Option<Timestamp>,
    pub grounds: String,
    /// The words of the decision.
    pub answer: Option<String>,
    /// A login; `None`: the house refused by itself.
    pub refused_by: Option<String>,
    /// One's own refusal: somebody else decides.
    pub mine: bool,
}
