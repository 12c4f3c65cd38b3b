//! How one is told, and what became of what was sent.

use super::trouble;
use crate::http::Visit;
use crate::storage::notices::{self, State};
use crate::storage::{notice_choices, push};
use app::desks::NoticesDesk;
use app::error::Refusal;
use app::notices::view::{Chosen, Device, Page, Sent, Way};
use app::routes;
use app::ui::form::Next;
use async_trait::async_trait;
use domain::access::Opens;
use domain::clock::Timestamp;
use domain::notices::{Channel, Choices, Kind, Quiet};
use std::collections::BTreeSet;

const SHOWN: i64 = 50;

#[async_trait]
impl NoticesDesk for Visit {
    async fn notices(&self) -> Result<Page, Refusal> {
        let owner = self.owner(Opens::Cabinet)?;
        let mut tx = self.house.db.read().await.map_err(trouble)?;
        let choices = notice_choices::find(&mut tx, &owner.account_id).await.map_err(trouble)?;
        let sent = notices::list_owned(&mut tx, &owner.account_id, SHOWN).await.map_err(trouble)?;
        let devices = push::list(&mut tx, &self.house.vault, &owner.account_id).await.map_err(trouble)?;
        let all = Kind::ALL.iter().flat_map(|k| Channel::ALL.iter().map(move |c| (*k, *c)));
        let in_force = || Chosen {
            on: all.filter(|(kind, channel)| choices.allows(*kind, *channel)).collect(),
            quiet_from: choices.quiet.map(|q| q.from),
            quiet_to: choices.quiet.map(|q| q.to),
        };
        Ok(Page {
            chosen: self.refused_choices().unwrap_or_else(in_force),
            push_key: self.house.integrations.push.public_key(),
            devices: devices
                .into_iter()
                .map(|d| Device {
                    id: d.id,
                    label: d.address.label,
                    added_at: Timestamp(d.created_ms),
                    reached_at: (d.reached_ms > d.created_ms).then_some(Timestamp(d.reached_ms)),
                })
                .collect(),
            sent: sent
                .into_iter()
                .filter_map(|n| {
                    let (state, at) = match n.state {
                        State::Queued => (Way::Queued, Some(n.queued_ms)),
                        State::Sent => (Way::Sent, n.sent_ms),
                        State::Delivered => (Way::Delivered, n.delivered_ms),
                        State::Failed if n.sent_ms.is_some() => (Way::Lost, n.sent_ms),
                        State::Failed => (Way::Refused, Some(n.queued_ms)),
                    };
                    Some(Sent {
                        template: n.template,
                        channel: Channel::from_name(&n.channel)?,
                        number: n.number,
                        at: Timestamp(at.unwrap_or(n.queued_ms)),
                        state,
                        after: n.after_ms.filter(|at| state == Way::Queued && *at > self.now.0).map(Timestamp),
                    })
                })
                .collect(),
        })
    }

    async fn choose_notices(&self, on: BTreeSet<(Kind, Channel)>, quiet: Option<Quiet>) -> Result<Next, Refusal> {
        let owner = self.owner(Opens::Cabinet)?;
        let choices = Choices::new(&on, quiet)?;
        let mut tx = self.house.db.write().await.map_err(trouble)?;
        notice_choices::set(&mut tx, &owner.account_id, &choices, self.now.0).await.map_err(trouble)?;
        self.note(&mut tx, &owner.account_id, "notices_chosen", "").await?;
        tx.commit().await.map_err(trouble)?;
        Ok(Next::to(format!("{}?saved=1", routes::NOTICES)))
    }
}
