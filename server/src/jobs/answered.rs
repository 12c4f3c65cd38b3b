//! An application that waited for documents goes on when they are there (STS-2).

use super::{Job, enqueue, moves};
use crate::desks::{mailbox_of, state_of};
use crate::storage::applications::{Application, Summary};
use crate::storage::{Result, Tx, Vault, acts, documents as stored, history, journal};
use domain::applications::{PROMISE_HOURS, State};
use domain::clock::Timestamp;
use domain::documents::{Kind, needed, unanswered};

/// What the application waits for and has not got: what its mailbox needs, what the reasons ask for, and what a clerk
/// named, sent since the clerk asked. Empty unless it waits for documents.
pub async fn awaited(tx: &mut Tx, vault: &Vault, found: &Application) -> Result<Vec<Kind>> {
    let State::AwaitingConfirmation(waiting) = state_of(&found.summary) else {
        return Ok(Vec::new());
    };
    let summary = &found.summary;
    let all = stored::list_of_application(tx, vault, &summary.id).await?;
    let there = |kind: Kind| all.iter().any(|d| d.state == stored::State::Kept && d.kind == kind.name());
    let needed = mailbox_of(summary).map(needed).unwrap_or_default().iter().copied();
    let asked = waiting.reasons.iter().filter_map(|r| Kind::asked_by(r.code));
    let mut absent: Vec<Kind> = needed.chain(asked).filter(|k| !there(*k)).collect();
    absent.extend(named(tx, vault, summary, &all, |state| state == stored::State::Kept).await?);
    absent.sort_unstable();
    absent.dedup();
    Ok(absent)
}

/// What a clerk named in a question about fields and has not been sent since. What waits for the virus scanner was sent:
/// the author has done their part.
pub async fn owed(tx: &mut Tx, vault: &Vault, summary: &Summary) -> Result<Vec<Kind>> {
    if !matches!(state_of(summary), State::NeedsClarification(_)) {
        return Ok(Vec::new());
    }
    let all = stored::list_of_application(tx, vault, &summary.id).await?;
    named(tx, vault, summary, &all, |state| state != stored::State::Infected).await
}

/// What the question that stands names, less what came after it.
async fn named(
    tx: &mut Tx,
    vault: &Vault,
    summary: &Summary,
    all: &[stored::Document],
    counts: impl Fn(stored::State) -> bool,
) -> Result<Vec<Kind>> {
    let Some(said) = acts::last(tx, vault, &summary.id, &summary.account_id).await? else {
        return Ok(Vec::new());
    };
    // The version grows with each saved answer; the question stands until the next move.
    let last = history::list_owned(tx, &summary.id, &summary.account_id).await?.last().map(|h| h.seq);
    if last != Some(said.seq) {
        return Ok(Vec::new());
    }
    let sent: Vec<(Kind, Timestamp)> = all
        .iter()
        .filter(|d| counts(d.state))
        .filter_map(|d| Some((Kind::from_name(&d.kind)?, Timestamp(d.added_ms))))
        .collect();
    Ok(unanswered(&said.documents, &sent, Timestamp(said.at_ms)))
}

/// Back to review, when the application waits for documents and none is missing any more: whether it went.
/// Call it with the application held.
pub async fn documents(tx: &mut Tx, vault: &Vault, found: &Application, now: Timestamp) -> Result<bool> {
    let State::AwaitingConfirmation(waiting) = state_of(&found.summary) else {
        return Ok(false);
    };
    if !awaited(tx, vault, found).await?.is_empty() {
        return Ok(false);
    }
    // The promise counts anew from the answer.
    let summary = Summary { due_ms: Some(now.plus_hours(PROMISE_HOURS).0), ..found.summary.clone() };
    if moves::apply(tx, &summary, &State::from(waiting.answer()), "citizen", None, now).await?.is_none() {
        return Ok(false);
    }
    let row = journal::NewEntry {
        account_id: Some(&summary.account_id),
        at_ms: now.0,
        actor: "citizen",
        act: "documents_sent",
        object: summary.number.as_deref().unwrap_or_default(),
        detail: "",
    };
    journal::append(tx, &row).await?;
    enqueue(tx, &Job::CheckApplication { id: summary.id.clone() }, None).await?;
    Ok(true)
}
