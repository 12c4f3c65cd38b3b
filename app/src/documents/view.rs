//! What pages show of documents.

use domain::applications::Status;
use domain::clock::Timestamp;
use domain::documents::{Kind, Media};
use serde::{Deserialize, Serialize};

/// One document.
#[derive(Clone, Serialize, Deserialize)]
pub struct Row {
    /// As in `/files/{id}`.
    pub id: String,
    pub kind: Kind,
    /// What the file was called on the device.
    pub name: String,
    pub media: Media,
    /// Bytes.
    pub size: u64,
    pub pages: u32,
    pub added_at: Timestamp,
    pub state: RowState,
    pub removable: bool,
}

/// Whether a document can be used.
#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RowState {
    /// Waits for the virus scanner.
    Checking,
    Kept,
    /// Stopped by the virus scanner; its content is gone.
    Infected,
}

/// The documents of one application.
#[derive(Clone, Default, Serialize, Deserialize)]
pub struct Documents {
    pub application_id: String,
    /// `None` while a draft.
    pub number: Option<String>,
    /// Until when the documents asked for are awaited.
    pub until: Option<Timestamp>,
    pub rows: Vec<Row>,
    pub may_add: bool,
    /// Whether one more file of the largest size would fit.
    pub has_room: bool,
    /// What the mailbox needs and nobody has added yet.
    pub missing: Vec<Kind>,
    /// Files that were begun and left: name, bytes that have arrived, bytes of the whole.
    #[serde(default)]
    pub unfinished: Vec<(String, u64, u64)>,
    /// What is added is evidence of an appeal against a refusal.
    #[serde(default)]
    pub evidence: bool,
}

/// The documents of one application among all of a person's.
#[derive(Clone, Serialize, Deserialize)]
pub struct OfApplication {
    pub id: String,
    pub number: Option<String>,
    pub status: Option<Status>,
    pub rows: Vec<Row>,
}

/// An upload in parts, as far as it has come.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Progress {
    pub id: String,
    /// Bytes that have arrived: the next part begins here.
    pub received: u64,
}
