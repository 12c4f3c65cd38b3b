//! Closes an application whose question was not answered in time (STS-5).

use super::{JobError, moves};
use crate::desks::state_of;
use crate::house::House;
use crate::storage::{applications, journal};
use domain::applications::State;

pub async fn run(house: &House, id: &str) -> Result<(), JobError> {
    let now = house.now();
    let mut tx = house.db.write().await?;
    let Some(found) = applications::find(&mut tx, &house.vault, id).await? else {
        return Ok(());
    };
    let summary = found.summary;
    // Answered, withdrawn, or asked anew with another deadline: nothing to close.
    let Ok(expired) = state_of(&summary).expire(now) else {
        return Ok(());
    };
    if moves::apply(&mut tx, &summary, &State::from(expired), "system", None, now).await?.is_none() {
        return Err(JobError::RETRY);
    }
    let row = journal::NewEntry {
        account_id: Some(&summary.account_id),
        at_ms: now.0,
        actor: "system",
        act: "application_decided",
        object: summary.number.as_deref().unwrap_or_default(),
        detail: "expired",
    };
    journal::append(&mut tx, &row).await?;
    tx.commit().await?;
    house.tell(&summary.account_id, id);
    Ok(())
}
