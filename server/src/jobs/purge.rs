//! Deletes what has run out, every ten minutes. The terms are those of `docs/retention.md`.

use super::JobError;
use crate::house::House;
use crate::storage::{codes, links, registrations, sessions, throttle, uploads};
use std::time::Duration;

const EVERY: Duration = Duration::from_secs(600);
const DAY_MS: i64 = 24 * 3_600_000;
const BATCH: i64 = 500;

pub async fn run(house: &House) -> Result<(), JobError> {
    let now = house.now().0;
    let mut tx = house.db.write().await?;
    codes::purge(&mut tx, now - DAY_MS).await?;
    links::purge(&mut tx, now - DAY_MS).await?;
    sessions::purge(&mut tx, now - 30 * DAY_MS).await?;
    throttle::purge(&mut tx, now - DAY_MS).await?;
    // With the attempt goes its data key, and with it the notices sealed under it.
    registrations::purge(&mut tx, &house.vault, now, BATCH).await?;
    tx.commit().await?;
    abandoned_uploads(house, now - DAY_MS).await?;
    Err(JobError::again_in(EVERY))
}

/// Parts of files nobody went on with for a day: the rows first, then what they named.
async fn abandoned_uploads(house: &House, before_ms: i64) -> Result<(), JobError> {
    let mut tx = house.db.write().await?;
    let mut parts = Vec::new();
    for (id, account_id) in uploads::abandoned(&mut tx, before_ms, BATCH).await? {
        parts.extend(uploads::end(&mut tx, &id, &account_id).await?.unwrap_or_default());
    }
    tx.commit().await?;
    for part in parts {
        house.files.delete(&part).await?;
    }
    Ok(())
}
