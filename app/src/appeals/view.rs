//! What pages show of an appeal.

use crate::documents::view::Documents;
use domain::appeals::Stage;
use domain::applications::Reason;
use domain::clock::Timestamp;
use serde::{Deserialize, Serialize};

/// An appeal that was sent, as its author follows it.
#[derive(Clone, Serialize, Deserialize)]
pub struct Filed {
    pub stage: Stage,
    /// The term in force.
    pub due_at: Timestamp,
    /// The term promised first, when it was missed.
    pub missed: Option<Timestamp>,
    /// Every stage it went through, with its moment.
    pub moves: Vec<(Stage, Timestamp)>,
    /// What the author wrote.
    pub grounds: String,
    /// The clerk's words, once decided.
    pub answer: Option<String>,
}

/// The page of an appeal, before and after it is sent.
#[derive(Clone, Serialize, Deserialize)]
pub struct Appealing {
    pub application_id: String,
    /// The application's; the appeal goes by it too.
    pub number: String,
    /// Why it was refused, and what would mend each.
    pub reasons: Vec<Reason>,
    pub remedies: Vec<String>,
    /// What the clerk who refused wrote.
    pub message: Option<String>,
    /// Until when it can be sent; `None` when it cannot.
    pub until: Option<Timestamp>,
    /// Days in which it is decided.
    pub term_days: i64,
    pub filed: Option<Filed>,
    pub documents: Documents,
}
