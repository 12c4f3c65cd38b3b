//! Asks the SMS provider what became of messages: some hundred at once, those first that were asked about longest ago.

use super::JobError;
use crate::house::House;
use crate::integrations::sms::Arrival;
use crate::storage::notices;
use std::time::Duration;

const EVERY: Duration = Duration::from_secs(30);
/// The provider takes no more in one question.
const TOGETHER: i64 = 100;
/// After a day nobody learns more.
const ASKED_FOR_MS: i64 = 24 * 3_600_000;

pub async fn run(house: &House) -> Result<(), JobError> {
    let now = house.now().0;
    let mut tx = house.db.read().await?;
    let open = notices::undelivered(&mut tx, now - ASKED_FOR_MS, TOGETHER).await?;
    drop(tx);
    if open.is_empty() {
        return Err(JobError::again_in(EVERY));
    }
    let names: Vec<&str> = open.iter().map(|(_, provider_id)| provider_id.as_str()).collect();
    let Ok(told) = house.integrations.sms.arrivals(&names).await else {
        return Err(JobError::again_in(EVERY));
    };
    let mut tx = house.db.write().await?;
    for (id, provider_id) in &open {
        match told.get(provider_id) {
            Some(Arrival::Delivered) => notices::delivered(&mut tx, id, now).await?,
            Some(Arrival::Lost) => notices::lost(&mut tx, id, now).await?,
            Some(Arrival::OnItsWay) | None => notices::asked(&mut tx, id, now).await?,
        }
    }
    tx.commit().await?;
    Err(JobError::again_in(EVERY))
}
