//! Hands one queued notice to a browser's push service.

use super::JobError;
use crate::house::House;
use crate::integrations::SendError;
use crate::integrations::push::{KEPT, Sent};
use crate::storage::notices::{self, Notice, State};
use crate::storage::{journal, push};
use serde_json::json;

/// The browser is named by the notice's address ([`Address::id`](push::Address::id)).
pub async fn run(house: &House, notice: &Notice) -> Result<(), JobError> {
    let now = house.now();
    let mut tx = house.db.read().await?;
    let address = push::find(&mut tx, &house.vault, &notice.person_id, &notice.message.to).await?;
    drop(tx);
    let client = &house.integrations.push;
    let browser = address.and_then(|a| client.browser(&a.endpoint, &a.p256dh, &a.auth));
    // Taken off the list meanwhile, by the person or by the operator; or nothing one would still want to be rung for.
    let Some(browser) = browser.filter(|_| now.0 - notice.queued_ms < KEPT.as_millis() as i64) else {
        return settle(house, notice, State::Failed, false).await;
    };
    let message = &notice.message;
    let text = json!({ "id": notice.id, "title": message.subject, "text": message.text, "to": message.link });
    match client.send(&browser, &notice.id, text.to_string().as_bytes(), now).await {
        Ok(Sent::Taken) => settle(house, notice, State::Sent, false).await,
        Ok(Sent::Gone) => settle(house, notice, State::Failed, true).await,
        Err(SendError::Permanent { .. }) => settle(house, notice, State::Failed, false).await,
        Err(SendError::Temporary { retry_after, .. }) => Err(JobError::Retry { after: Some(retry_after) }),
    }
}

/// `gone`: the browser is forgotten.
async fn settle(house: &House, notice: &Notice, state: State, gone: bool) -> Result<(), JobError> {
    let (now, device) = (house.now().0, notice.message.to.as_str());
    let mut tx = house.db.write().await?;
    notices::settle(&mut tx, &notice.id, state, None, now).await?;
    if state == State::Sent {
        push::reached(&mut tx, device, now).await?;
    }
    if gone && push::remove(&mut tx, &notice.person_id, device).await? {
        let row = journal::NewEntry {
            account_id: Some(&notice.person_id),
            at_ms: now,
            actor: "system",
            act: "push_gone",
            object: "",
            detail: "",
        };
        journal::append(&mut tx, &row).await?;
    }
    Ok(tx.commit().await?)
}
