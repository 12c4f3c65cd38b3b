//! Hands one queued notice to its provider.

use super::JobError;
use crate::house::House;
use crate::integrations::SendError;
use crate::integrations::mail::Letter;
use crate::integrations::sms::Sms;
use crate::storage::notices::{self, State};
use domain::accounts::CODE_MINUTES;
use uuid::Uuid;

pub async fn run(house: &House, id: &str) -> Result<(), JobError> {
    let mut tx = house.db.read().await?;
    let found = notices::find(&mut tx, &house.vault, id).await?;
    drop(tx);
    let Some(notice) = found.filter(|n| n.state == State::Queued) else {
        return Ok(());
    };
    if notice.channel == "push" {
        return super::push::run(house, &notice).await;
    }
    // The provider drops a second message of the same id, should we die between sending and noting it.
    let key = Uuid::parse_str(id).unwrap_or_else(|_| Uuid::new_v4());
    let sent = match notice.channel.as_str() {
        "sms" => {
            let sms = Sms {
                id: key,
                to: notice.message.to,
                text: notice.message.text,
                useful_minutes: notice.template.ends_with("_code").then_some(CODE_MINUTES as u16),
            };
            house.integrations.sms.send(&sms).await.map(|id| Some(id.0))
        }
        _ => {
            let letter =
                Letter { id: key, to: notice.message.to, subject: notice.message.subject, text: notice.message.text };
            house.integrations.mail.send(&letter).await.map(|()| None)
        }
    };
    let (state, provider_id) = match sent {
        Ok(provider_id) => (State::Sent, provider_id),
        Err(SendError::Temporary { retry_after, .. }) => {
            return Err(JobError::Retry { after: Some(retry_after) });
        }
        Err(SendError::Permanent { .. }) => (State::Failed, None),
    };
    let mut tx = house.db.write().await?;
    notices::settle(&mut tx, id, state, provider_id.as_deref(), house.now().0).await?;
    Ok(tx.commit().await?)
}
