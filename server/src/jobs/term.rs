//! The promised term of an application keeps itself (REG-12): when it passes with no decision the author is told so, and by
//! when the answer comes instead, as often as that happens.

use super::announce::language;
use super::{Job, JobError, enqueue_once, notify};
use crate::desks::state_of;
use crate::house::House;
use crate::integrations::notices::Notice;
use crate::storage::applications::Summary;
use crate::storage::{Result, Tx, applications, journal};
use app::routes;
use domain::applications::{State, promised};
use domain::clock::Timestamp;

/// Sets the clock of an application that is being looked at; once, however often it is called.
pub async fn watch(tx: &mut Tx, summary: &Summary) -> Result<()> {
    let Some(due_ms) = summary.due_ms else { return Ok(()) };
    watch_end(tx, &summary.id, due_ms, Timestamp(due_ms)).await?;
    Ok(())
}

/// Whether the clock was not set yet. `end`: of the term that began with the one that ends at `due_ms`.
async fn watch_end(tx: &mut Tx, id: &str, due_ms: i64, end: Timestamp) -> Result<bool> {
    let job = Job::MissTerm { id: id.to_owned(), due_ms };
    // A second past the end: the last moment itself still counts.
    enqueue_once(tx, &format!("term/{id}/{}", end.0), &job, Some(end.plus_seconds(1).0)).await
}

/// Sets the clocks of what clerks look at and has none: sent to them under a version of the program that knew no clocks.
pub async fn watch_open(tx: &mut Tx) -> Result<()> {
    for (id, due_ms) in applications::terms(tx).await? {
        watch_end(tx, &id, due_ms, Timestamp(due_ms)).await?;
    }
    Ok(())
}

/// The term has passed: told, and the clock of the new one set, in one transaction.
pub async fn missed(house: &House, id: &str, due_ms: i64) -> std::result::Result<(), JobError> {
    let now = house.now();
    let mut tx = house.db.write().await?;
    let Some(found) = applications::find(&mut tx, &house.vault, id).await? else {
        return Ok(tx.commit().await?);
    };
    let summary = found.summary;
    // Decided or asked about meanwhile; an answer has its own term.
    if !matches!(state_of(&summary), State::InReview(_)) || summary.due_ms != Some(due_ms) {
        return Ok(tx.commit().await?);
    }
    let due = promised(Timestamp(due_ms), now);
    // The job runs again after a crash: what follows was done then.
    if !watch_end(&mut tx, id, due_ms, due).await? {
        return Ok(tx.commit().await?);
    }
    let number = summary.number.clone().unwrap_or_default();
    let row = journal::NewEntry {
        account_id: Some(&summary.account_id),
        at_ms: now.0,
        actor: "system",
        act: "application_late",
        object: &number,
        detail: "",
    };
    journal::append(&mut tx, &row).await?;
    let lang = language(house, &mut tx, &summary.account_id).await?;
    let notice = Notice::Late { number, due: notify::civil(due), link: house.config.link(&routes::application(id)) };
    let occasion = format!("late/{id}/{}", due.0);
    notify::everywhere(&mut tx, house, &summary.account_id, id, &notice, lang, &occasion).await?;
    tx.commit().await?;
    metrics::counter!("application_terms_missed_total").increment(1);
    tracing::error!(application = %id, "the promised term of an application has passed");
    house.tell(&summary.account_id, id);
    Ok(())
}
