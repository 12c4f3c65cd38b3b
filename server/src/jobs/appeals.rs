//! The clock of an appeal (RSB-3): the desk is reminded before its term, and its author is told honestly when it is missed,
//! with a new date, as often as that happens.

use super::announce::language;
use super::{Job, JobError, enqueue_once, notify};
use crate::house::House;
use crate::integrations::notices::Notice;
use crate::storage::{Result, Tx, appeals, applications, journal};
use app::routes;
use domain::appeals::{is_urgent, new_term, remind_at};
use domain::clock::Timestamp;

/// Sets the clock of a term that was promised at `now`.
pub async fn watch(tx: &mut Tx, id: &str, now: Timestamp, until: Timestamp) -> Result<()> {
    let job = Job::RemindAppeal { id: id.to_owned(), until_ms: until.0 };
    enqueue_once(tx, &format!("appeal-near/{id}/{}", until.0), &job, Some(remind_at(now, until).0)).await?;
    watch_end(tx, id, until).await
}

async fn watch_end(tx: &mut Tx, id: &str, until: Timestamp) -> Result<()> {
    let job = Job::MissAppeal { id: id.to_owned(), until_ms: until.0 };
    // A second past the end: the last moment itself still counts.
    enqueue_once(tx, &format!("appeal-missed/{id}/{}", until.0), &job, Some(until.plus_seconds(1).0)).await?;
    Ok(())
}

/// Sets the clocks of open appeals that have none: filed under a version of the program that knew no clocks.
pub async fn watch_open(tx: &mut Tx, now: Timestamp) -> Result<()> {
    for (id, until_ms) in appeals::terms(tx).await? {
        let until = Timestamp(until_ms);
        // Of a term that is near the desk has been reminded, or sees it at the top anyway.
        if is_urgent(until, now) {
            watch_end(tx, &id, until).await?;
        } else {
            watch(tx, &id, now, until).await?;
        }
    }
    Ok(())
}

/// The appeal about this application, while it is open with this very term.
async fn waiting(
    house: &House,
    tx: &mut Tx,
    id: &str,
    until_ms: i64,
) -> std::result::Result<Option<appeals::Appeal>, JobError> {
    let found = appeals::newest(tx, &house.vault, id).await?;
    Ok(found.filter(|a| a.stage.is_open() && a.term_ms() == until_ms))
}

/// Reminds the desk: its open pages ask anew, and from now on find the appeal above everything else
/// ([`is_urgent`](domain::appeals::is_urgent)).
pub async fn remind(house: &House, id: &str, until_ms: i64) -> std::result::Result<(), JobError> {
    let mut tx = house.db.read().await?;
    let found = waiting(house, &mut tx, id, until_ms).await?;
    drop(tx);
    if let Some(appeal) = found {
        metrics::counter!("appeal_terms_total", "result" => "near").increment(1);
        tracing::warn!(application = %id, "the term of an appeal is near");
        house.tell(&appeal.account_id, id);
    }
    Ok(())
}

/// A term has passed: the author is told so, and by when the answer comes instead.
pub async fn missed(house: &House, id: &str, until_ms: i64) -> std::result::Result<(), JobError> {
    let now = house.now();
    let mut tx = house.db.write().await?;
    let Some(appeal) = waiting(house, &mut tx, id, until_ms).await? else {
        return Ok(tx.commit().await?);
    };
    let Some(found) = applications::find(&mut tx, &house.vault, id).await? else {
        return Ok(tx.commit().await?);
    };
    let due = new_term(Timestamp(until_ms), now);
    // Decided at this very moment: nothing was missed.
    if !appeals::extend(&mut tx, &appeal, due.0).await? {
        return Ok(tx.commit().await?);
    }
    watch(&mut tx, id, now, due).await?;
    let number = found.summary.number.clone().unwrap_or_default();
    let row = journal::NewEntry {
        account_id: Some(&appeal.account_id),
        at_ms: now.0,
        actor: "system",
        act: "appeal_delayed",
        object: &number,
        detail: "",
    };
    journal::append(&mut tx, &row).await?;
    let lang = language(house, &mut tx, &appeal.account_id).await?;
    let link = house.config.link(&routes::appeal(id));
    let notice = Notice::AppealDelayed { number, due: notify::civil(due), link };
    let occasion = format!("appeal_delayed/{}/{until_ms}", appeal.id);
    notify::everywhere(&mut tx, house, &appeal.account_id, id, &notice, lang, &occasion).await?;
    tx.commit().await?;
    metrics::counter!("appeal_terms_total", "result" => "missed").increment(1);
    tracing::error!(application = %id, "the term of an appeal was missed");
    house.tell(&appeal.account_id, id);
    Ok(())
}
