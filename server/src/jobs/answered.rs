//! An application that waited for documents goes on when they are there (STS-2).

use super::{Job, enqueue, moves};
use crate::desks::{mailbox_of, state_of};
use crate::storage::applications::{Application, Summary};
use crate::storage::{Result, Tx, documents as stored, journal};
use domain::applications::{PROMISE_HOURS, State};
use domain::clock::Timestamp;
use domain::documents::{Kind, missing};

/// Back to review, when the application waits for documents and none is missing any more: whether it went.
/// Call it with the application held.
pub async fn documents(tx: &mut Tx, found: &Application, now: Timestamp) -> Result<bool> {
    let State::AwaitingConfirmation(waiting) = state_of(&found.summary) else {
        return Ok(false);
    };
    let there = stored::kinds(tx, &found.summary.id).await?;
    let kept = there.iter().filter(|(_, state)| *state == stored::State::Kept);
    let there: Vec<Kind> = kept.filter_map(|(k, _)| Kind::from_name(k)).collect();
    let asked = waiting.reasons.iter().filter_map(|r| Kind::asked_by(r.code));
    let absent = mailbox_of(&found.summary).map(|m| missing(m, &there)).unwrap_or_default();
    if !absent.is_empty() || asked.into_iter().any(|k| !there.contains(&k)) {
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
