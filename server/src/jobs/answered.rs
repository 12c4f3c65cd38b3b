//! An application that waited for documents goes on when they are there (STS-2).

use super::{Job, enqueue, moves};
use crate::desks::{mailbox_of, state_of};
use crate::storage::applications::{Application, Summary};
use crate::storage::{Result, Tx, Vault, acts, documents as stored, journal};
use domain::applications::{PROMISE_HOURS, State};
use domain::clock::Timestamp;
use domain::documents::{Kind, needed};

/// What the application waits for and has not got: what its mailbox needs, what the reasons ask for, and what a clerk
/// named, sent since the clerk asked. Empty unless it waits for documents.
pub async fn awaited(tx: &mut Tx, vault: &Vault, found: &Application) -> Result<Vec<Kind>> {
    let State::AwaitingConfirmation(waiting) = state_of(&found.summary) else {
        return Ok(Vec::new());
    };
    let summary = &found.summary;
    let all = stored::list_of_application(tx, vault, &summary.id).await?;
    let there = |kind: Kind, since: i64| {
        all.iter().any(|d| d.state == stored::State::Kept && d.kind == kind.name() && d.added_ms >= since)
    };
    let needed = mailbox_of(summary).map(needed).unwrap_or_default().iter().copied();
    let asked = waiting.reasons.iter().filter_map(|r| Kind::asked_by(r.code));
    let mut absent: Vec<Kind> = needed.chain(asked).filter(|k| !there(*k, 0)).collect();
    // A clerk who names a document wants a new one, whatever lies there already.
    if let Some(said) = acts::last(tx, vault, &summary.id, &summary.account_id).await?
        && said.seq == summary.version
    {
        absent.extend(said.documents.iter().map(|d| Kind::of(*d)).filter(|k| !there(*k, said.at_ms)));
    }
    absent.sort_unstable();
    absent.dedup();
    Ok(absent)
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
