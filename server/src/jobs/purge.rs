//! Deletes what has run out, every ten minutes. The terms are those of `docs/retention.md`.

use super::JobError;
use crate::house::House;
use crate::storage::{codes, links, registrations, sessions, staff_sessions, throttle};
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
    staff_sessions::purge(&mut tx, now - 30 * DAY_MS).await?;
    throttle::purge(&mut tx, now - DAY_MS).await?;
    // With the attempt goes its data key, and with it the notices sealed under it.
    registrations::purge(&mut tx, &house.vault, now, BATCH).await?;
    tx.commit().await?;
    Err(JobError::again_in(EVERY))
}
