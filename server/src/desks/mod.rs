//! The desks: each orders the steps of an act and commits it. A visit implements all of them.

mod access;
mod accounts;
mod alarms;
mod appeals;
mod applications;
mod backup;
mod cards;
mod consent_text;
mod contacts;
mod content;
mod documents;
mod doors;
mod factors;
mod files;
mod filing;
mod journal_page;
mod login;
mod mailbox_pages;
mod mailboxes;
mod newcomers;
mod notices;
mod offices;
mod own_data;
mod passkeys;
pub mod passwords;
mod postal;
mod proofs;
mod push;
mod receipts;
mod recovery;
mod security;
mod sessions;
pub mod staff;
mod stash;
mod strength;
pub mod totp;
mod undo;
mod uploads;
mod verification;
mod verification_pages;
mod watch;

pub use applications::{mailbox_of, state_of};
pub use consent_text::{PURPOSES, hash as consent_hash};
pub use documents::Incoming;
pub use doors::{Back, TOLD_MS};
pub use files::Document;
pub use offices::place;
pub use own_data::Taken;
pub use passkeys::Answer;
pub use push::Subscribed;
pub use verification::Sent;

use crate::house::House;
use crate::http::Visit;
use crate::storage::{StorageError, Tx, journal, throttle};
use app::error::Refusal;
use domain::Code;
use domain::access::{Level, Opens};
use domain::clock::Timestamp;

/// The signed-in citizen of a visit.
#[derive(Clone)]
pub struct Owner {
    pub account_id: String,
    pub session_id: String,
    pub first_name: String,
    pub initials: String,
    pub level: Level,
    pub consent: bool,
    /// Whether the profile names an e-mail, proved or not.
    pub has_email: bool,
}

impl Visit {
    /// The citizen, when what is asked is open to them (REG-5, CON-3).
    fn owner(&self, what: Opens) -> Result<&Owner, Refusal> {
        let owner = self.citizen.as_ref().ok_or(Code::NoSession)?;
        if !owner.level.opens(what) {
            return Err(Code::AccountNotConfirmed.into());
        }
        if !owner.consent && what.needs_consent() {
            return Err(Code::ConsentWithdrawn.into());
        }
        Ok(owner)
    }

    /// Counts an attempt against limits of `(scope, who, window in minutes, attempts)`.
    async fn limit(&self, limits: &[(&str, &str, i64, i64)]) -> Result<(), Refusal> {
        limit(&self.house, limits, self.now).await
    }

    /// One row in the journal of an account.
    async fn note(&self, tx: &mut Tx, account_id: &str, act: &str, object: &str) -> Result<(), Refusal> {
        let entry = journal::NewEntry {
            account_id: Some(account_id),
            at_ms: self.now.0,
            actor: "citizen",
            act,
            object,
            detail: "",
        };
        journal::append(tx, &entry).await.map_err(trouble)
    }
}

impl Visit {
    /// One row in the journal of an account that this visitor's act concerns too.
    async fn note_other(&self, tx: &mut Tx, account_id: &str, act: &str, object: &str) -> Result<(), Refusal> {
        let entry = journal::NewEntry {
            account_id: Some(account_id),
            at_ms: self.now.0,
            actor: "member",
            act,
            object,
            detail: "",
        };
        journal::append(tx, &entry).await.map_err(trouble)
    }
}

async fn limit(house: &House, limits: &[(&str, &str, i64, i64)], now: Timestamp) -> Result<(), Refusal> {
    let limits: Vec<throttle::Limit> = limits
        .iter()
        .map(|(scope, who, minutes, limit)| throttle::Limit {
            key: house.vault.throttle_key(scope, who),
            window_ms: minutes * 60_000,
            limit: *limit,
        })
        .collect();
    match throttle::hit(&house.db, &limits, now.0).await.map_err(trouble)? {
        None => Ok(()),
        Some(wait_ms) => Err(Refusal::too_many(seconds_up(wait_ms))),
    }
}

/// Whole seconds, never too few.
fn seconds_up(ms: i64) -> u32 {
    u32::try_from((ms + 999) / 1000).unwrap_or(u32::MAX)
}

/// Takes an act back that is refused for what it has read: the answer, once that is durable (see `Db::write`).
async fn refuse(tx: Tx, refusal: impl Into<Refusal>) -> Refusal {
    tx.roll_back().await.map_or_else(trouble, |()| refusal.into())
}

/// Ends an act that writes: kept when it answers, taken back when it refuses; told either way once what it has read is
/// durable (see `Db::write`).
async fn settle<T>(tx: Tx, answer: Result<T, Refusal>) -> Result<T, Refusal> {
    match answer {
        Ok(done) => tx.commit().await.map(|()| done).map_err(trouble),
        Err(refusal) => Err(refuse(tx, refusal).await),
    }
}

/// Trouble with storage, as a refusal; what happened goes to the log (storage errors name tables, never values).
fn trouble(error: StorageError) -> Refusal {
    tracing::error!(%error, "storage");
    match error {
        StorageError::Driver(_) => Code::Unavailable.into(),
        _ => Code::Internal.into(),
    }
}
