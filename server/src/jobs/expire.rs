//! The clock of a question to the citizen: reminders on the way, and the end (STS-5).

use super::announce::{language, told};
use super::answered::awaited;
use super::{Job, JobError, enqueue, moves, notify};
use crate::desks::state_of;
use crate::house::House;
use crate::integrations::notices::Notice;
use crate::storage::{Tx, applications, journal};
use app::routes;
use app::text::documents::kind;
use domain::applications::State;
use domain::clock::{DAY, Timestamp};

/// Sets the clock of a question asked at `now`: reminders at half of the time and a day before its end, then the end.
pub async fn watch(
    tx: &mut Tx,
    id: &str,
    now: Timestamp,
    until: Timestamp,
) -> Result<(), crate::storage::StorageError> {
    let remind = || Job::RemindClarification { id: id.to_owned(), until_ms: until.0 };
    let (half, day_before) = (now.0 + (until.0 - now.0) / 2, until.0 - DAY);
    enqueue(tx, &remind(), Some(half)).await?;
    if day_before > half {
        enqueue(tx, &remind(), Some(day_before)).await?;
    }
    // A second past the end: the last moment itself still counts.
    enqueue(tx, &Job::ExpireClarification { id: id.to_owned() }, Some(until.0 + 1000)).await
}

/// Reminds of a question that is still open with this very deadline.
pub async fn remind(house: &House, id: &str, until_ms: i64) -> Result<(), JobError> {
    let mut tx = house.db.write().await?;
    let Some(found) = applications::find(&mut tx, &house.vault, id).await? else {
        return Ok(tx.commit().await?);
    };
    let (summary, state) = (&found.summary, state_of(&found.summary));
    // Answered, withdrawn or asked anew meanwhile.
    if state.until() != Some(Timestamp(until_ms)) {
        return Ok(tx.commit().await?);
    }
    let lang = language(house, &mut tx, &summary.account_id).await?;
    let number = summary.number.clone().unwrap_or_default();
    let deadline = notify::civil(Timestamp(until_ms));
    let notice = match &state {
        State::AwaitingConfirmation(_) => {
            let absent = awaited(&mut tx, &house.vault, &found).await?;
            Notice::DocumentsReminder {
                number,
                documents: absent.into_iter().map(|k| kind(lang, k).to_owned()).collect(),
                deadline,
                link: house.config.link(&routes::documents(id)),
            }
        }
        _ => Notice::Reminder {
            number,
            reasons: told(lang, state.reasons()),
            deadline,
            link: house.config.link(&routes::application(id)),
        },
    };
    // A day is the smallest step between two reminders: a job that runs twice reminds once.
    let occasion = format!("remind/{id}/{until_ms}/{}", (until_ms - house.now().0) / DAY);
    notify::everywhere(&mut tx, house, &summary.account_id, id, &notice, lang, &occasion).await?;
    Ok(tx.commit().await?)
}

/// Closes an application whose question was not answered in time.
pub async fn run(house: &House, id: &str) -> Result<(), JobError> {
    let now = house.now();
    let mut tx = house.db.write().await?;
    let Some(found) = applications::find(&mut tx, &house.vault, id).await? else {
        return Ok(tx.commit().await?);
    };
    let summary = found.summary;
    let state = state_of(&summary);
    let deadline = state.until().unwrap_or(now);
    // Answered, withdrawn, or asked anew with another deadline: nothing to close.
    let Ok(expired) = state.expire(now) else {
        return Ok(tx.commit().await?);
    };
    if moves::apply(&mut tx, &summary, &State::from(expired), "system", None, now).await?.is_none() {
        return Err(JobError::RETRY);
    }
    let number = summary.number.clone().unwrap_or_default();
    let row = journal::NewEntry {
        account_id: Some(&summary.account_id),
        at_ms: now.0,
        actor: "system",
        act: "application_decided",
        object: &number,
        detail: "expired",
    };
    journal::append(&mut tx, &row).await?;
    let lang = language(house, &mut tx, &summary.account_id).await?;
    let link = house.config.link(&routes::application(id));
    let notice = Notice::Closed { number, deadline: notify::civil(deadline), link };
    let occasion = format!("closed/{id}/{}", deadline.0);
    notify::everywhere(&mut tx, house, &summary.account_id, id, &notice, lang, &occasion).await?;
    tx.commit().await?;
    house.tell(&summary.account_id, id);
    Ok(())
}
