//! Work that happens later, again, or on a schedule.
//!
//! A job is enqueued in the transaction that makes it necessary and carries ids only. It runs at
//! least once: handlers are idempotent and do their deciding writes through unique indexes or versions.
//! A claimed job is leased; a worker that dies loses its lease and another run picks the job up.

pub(crate) mod announce;
pub mod answered;
pub mod appeals;
mod ask_deliveries;
mod check_application;
pub mod expire;
pub mod issue_receipt;
pub mod moves;
pub mod notify;
pub mod partners;
pub mod purge;
mod push;
mod queue;
pub(crate) mod registration;
mod runner;
mod scan_document;
mod send_notice;
pub mod term;
pub mod worker;

pub use queue::{Counts, counts, enqueue, enqueue_once, revive};
pub use runner::{ASIDE, Clock, Handler, Runner, run_pending};

use crate::storage::{Result, StorageError, Tx};
use domain::clock::Timestamp;
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// What is to be done.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Job {
    /// Ask the registries about a submitted application and move it.
    CheckApplication { id: String },
    /// Draw the receipt before the answers it tells of may change.
    IssueReceipt { id: String },
    /// Send a queued notice.
    SendNotice { id: String },
    /// Close an application whose clarification did not come in time.
    ExpireClarification { id: String },
    /// Ask the virus scanner about a document that came while it was down.
    ScanDocument { id: String },
    /// Remind of a clarification that is open with this deadline.
    RemindClarification { id: String, until_ms: i64 },
    /// Remind the desk of an appeal about this application, open with this term.
    RemindAppeal { id: String, until_ms: i64 },
    /// Tell the author of such an appeal that the term was missed.
    MissAppeal { id: String, until_ms: i64 },
    /// Tell the author of an application whose term ended then that it was missed.
    MissTerm { id: String, due_ms: i64 },
    /// Ask the SMS provider what became of messages. Enqueued once; goes on by [`JobError::again_in`].
    AskDeliveries,
    /// Tell a partner of an event.
    TellPartner { id: String },
    /// Delete what has run out. Enqueued once; goes on by [`JobError::again_in`].
    Purge,
}

impl Job {
    /// For logs and metrics.
    pub const fn kind(&self) -> &'static str {
        match self {
            Job::CheckApplication { .. } => "check_application",
            Job::IssueReceipt { .. } => "issue_receipt",
            Job::SendNotice { .. } => "send_notice",
            Job::ExpireClarification { .. } => "expire_clarification",
            Job::ScanDocument { .. } => "scan_document",
            Job::RemindClarification { .. } => "remind_clarification",
            Job::RemindAppeal { .. } => "remind_appeal",
            Job::MissAppeal { .. } => "miss_appeal",
            Job::MissTerm { .. } => "miss_term",
            Job::AskDeliveries => "ask_deliveries",
            Job::TellPartner { .. } => "tell_partner",
            Job::Purge => "purge",
        }
    }
}

/// Why a job is not done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum JobError {
    /// Not now: run it again, after this time or after a growing delay. A job is retried for as long
    /// as it asks to: an outside system that is down delays, it never refuses.
    Retry { after: Option<Duration> },
    /// Never: keep it for an engineer to look at.
    Fail,
}

impl JobError {
    /// Run again after the growing delay.
    pub const RETRY: JobError = JobError::Retry { after: None };

    /// Run again after exactly this time, as a scheduled job does when it is done.
    pub const fn again_in(after: Duration) -> JobError {
        JobError::Retry { after: Some(after) }
    }
}

/// What has to be in the queue when a server starts: the jobs that run for ever, and the clocks of what is open.
pub async fn at_start(tx: &mut Tx, now: Timestamp) -> Result<()> {
    enqueue_once(tx, "purge", &Job::Purge, None).await?;
    enqueue_once(tx, "ask_deliveries", &Job::AskDeliveries, None).await?;
    term::watch_open(tx).await?;
    appeals::watch_open(tx, now).await
}

impl From<StorageError> for JobError {
    fn from(error: StorageError) -> Self {
        tracing::warn!(%error, "a job met a storage error");
        match error {
            // Trying again would meet the same row.
            StorageError::BadData { .. } | StorageError::Erased => JobError::Fail,
            _ => JobError::RETRY,
        }
    }
}
