//! What pages show of an application.

use crate::appeals::view::Filed;
use crate::documents::view::Documents;
use crate::error::FieldMessage;
use domain::Values;
use domain::applications::{MailboxKind, Reason, Stage, Status, Step};
use domain::clock::Timestamp;
use domain::staff::Document;
use serde::{Deserialize, Serialize};

#[derive(Clone, Serialize, Deserialize)]
pub struct ListRow {
    pub id: String,
    /// `None` while a draft.
    pub number: Option<String>,
    pub status: Option<Status>,
    pub stage: Option<Stage>,
    /// Submission, or the last save of a draft.
    pub at: Timestamp,
    pub mailbox: Option<MailboxKind>,
}

/// The form, reopened.
#[derive(Clone, Serialize, Deserialize)]
pub struct Editing {
    pub id: String,
    pub values: Values,
    /// Filled from the profile and not touched since (E11).
    pub from_profile: Vec<domain::Field>,
    pub reachable: Step,
    pub saved_at: Timestamp,
    pub submit_key: String,
    /// What the clerk or a registry asked to be corrected, with its words.
    pub asked: Vec<FieldMessage>,
    /// What the correction must leave as it is (E3).
    pub locked: Vec<domain::Field>,
    /// «630099 — Новосибирск, Новосибирская область», by the field of the index.
    pub places: Vec<(domain::Field, String)>,
    /// The number, once submitted (a clarification is being answered).
    pub number: Option<String>,
    pub documents: Documents,
}

#[derive(Clone, Serialize, Deserialize)]
pub struct HistoryRow {
    pub at: Timestamp,
    pub status: Status,
    pub stage: Stage,
    pub reasons: Vec<Reason>,
}

/// One application as its author follows it (STS-4).
#[derive(Clone, Serialize, Deserialize)]
pub struct Card {
    pub id: String,
    pub number: String,
    pub status: Status,
    pub stage: Stage,
    pub submitted_at: Timestamp,
    /// The promise of 48 hours.
    pub due_at: Timestamp,
    /// What the reasons do not say of how it stands, in words: why it is closed, or that the term was missed; or nothing.
    pub said: String,
    pub until: Option<Timestamp>,
    pub reasons: Vec<Reason>,
    /// What mends each of the reasons of a refusal, in their order.
    pub remedies: Vec<String>,
    /// Until when a refusal can be appealed; `None` when it cannot.
    pub appeal_until: Option<Timestamp>,
    /// The newest appeal about it.
    pub appeal: Option<Filed>,
    pub history: Vec<HistoryRow>,
    pub mailbox: MailboxKind,
    /// «630099, Новосибирск».
    pub office: Option<String>,
    pub registration_number: Option<String>,
    /// The receipt's file; none once the application was emptied.
    pub receipt: Option<String>,
    /// Registries that could not be asked yet (they delay, never refuse).
    pub waiting_for: Vec<domain::applications::Registry>,
    pub documents: Documents,
    /// Since when a clerk has been working on it (E6).
    pub taken_at: Option<Timestamp>,
    /// What the clerk who asked or refused wrote.
    pub message: Option<Message>,
}

/// A clerk's words to the author.
#[derive(Clone, Serialize, Deserialize)]
pub struct Message {
    pub text: String,
    pub documents: Vec<Document>,
}
