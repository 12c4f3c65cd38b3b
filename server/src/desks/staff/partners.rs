//! Partners that are told of events: who, of what, and how it went.

use crate::desks::trouble;
use crate::http::StaffVisit;
use crate::integrations::partners::{SECRET, shown};
use crate::jobs::{self, Job};
use crate::storage::webhooks::{self, state_of};
use crate::storage::{Tx, ids};
use app::error::Refusal;
use app::staff::desk::PartnersDesk;
use app::staff::view::{DeliveryPage, DeliveryRow, FoundAfter, NewPartner, PartnerRow};
use async_trait::async_trait;
use domain::Code;
use domain::clock::Timestamp;
use domain::staff::Event;

const PAGE: i64 = 50;
const LONGEST_NAME: usize = 100;

#[async_trait]
impl PartnersDesk for StaffVisit {
    async fn partners(&self) -> Result<Vec<PartnerRow>, Refusal> {
        self.present()?.member.administering()?;
        let mut tx = self.house.db.read().await.map_err(trouble)?;
        let all = webhooks::list(&mut tx).await.map_err(trouble)?;
        Ok(all
            .into_iter()
            .map(|w| PartnerRow {
                id: w.id,
                name: w.name,
                url: w.url,
                events: w.events,
                disabled: w.disabled_ms.is_some(),
                failures: w.failures,
            })
            .collect())
    }

    async fn add_partner(&self, name: String, url: String, events: Vec<Event>) -> Result<NewPartner, Refusal> {
        let present = self.present()?;
        let administering = present.member.administering()?;
        let name: String = name.trim().chars().filter(|c| !c.is_control()).take(LONGEST_NAME).collect();
        if name.is_empty() || events.is_empty() {
            return Err(Code::PartnerIncomplete.into());
        }
        let url = url.trim();
        if !self.house.integrations.partners.accepts(url) {
            return Err(Code::PartnerAddress.into());
        }
        let secret = ids::random::<SECRET>();
        let mut tx = self.house.db.write().await.map_err(trouble)?;
        let (vault, by) = (&self.house.vault, administering.member());
        let new = (name.as_str(), url, events.as_slice());
        let id = webhooks::create(&mut tx, vault, new, &secret, by, self.now.0).await.map_err(trouble)?;
        self.note(&mut tx, &present.actor(), "partner_added", &id, &name).await?;
        tx.commit().await.map_err(trouble)?;
        Ok(NewPartner { id, secret: shown(&secret) })
    }

    async fn switch_partner(&self, id: String, on: bool) -> Result<(), Refusal> {
        let at = (!on).then_some(self.now.0);
        let mut tx = self.changing().await?;
        let found = webhooks::set_disabled(&mut tx, &id, at).await.map_err(trouble)?;
        self.changed(tx, found, if on { "partner_enabled" } else { "partner_disabled" }, &id).await
    }

    async fn remove_partner(&self, id: String) -> Result<(), Refusal> {
        let mut tx = self.changing().await?;
        let found = webhooks::remove(&mut tx, &self.house.vault, &id, self.now.0).await.map_err(trouble)?;
        self.changed(tx, found, "partner_removed", &id).await
    }

    async fn deliveries(&self, id: String, after: FoundAfter) -> Result<DeliveryPage, Refusal> {
        self.present()?.member.administering()?;
        let mut tx = self.house.db.read().await.map_err(trouble)?;
        webhooks::find(&mut tx, &id).await.map_err(trouble)?.ok_or(Code::NotFound)?;
        let after = after.as_ref().map(|(at, id)| (at.0, id.as_str()));
        let mut found = webhooks::deliveries(&mut tx, &id, after, PAGE + 1).await.map_err(trouble)?;
        let more = found.len() as i64 > PAGE;
        found.truncate(PAGE as usize);
        let row = |d: webhooks::Delivery| {
            Ok(DeliveryRow {
                state: state_of(&d)?,
                id: d.id,
                event: d.event,
                attempts: d.attempts,
                answer: d.answer,
                problem: d.problem,
                created_at: Timestamp(d.created_ms),
                tried_at: d.tried_ms.map(Timestamp),
                body: d.body,
            })
        };
        Ok(DeliveryPage { rows: found.into_iter().map(row).collect::<Result<_, _>>().map_err(trouble)?, more })
    }

    async fn redeliver(&self, delivery: String) -> Result<(), Refusal> {
        let mut tx = self.changing().await?;
        let found = webhooks::delivery(&mut tx, &delivery).await.map_err(trouble)?.ok_or(Code::NotFound)?;
        webhooks::find(&mut tx, &found.webhook_id).await.map_err(trouble)?.ok_or(Code::NotFound)?;
        // One that waits is on its way already.
        if webhooks::again(&mut tx, &delivery).await.map_err(trouble)? {
            jobs::enqueue(&mut tx, &Job::TellPartner { id: delivery.clone() }, None).await.map_err(trouble)?;
        }
        self.changed(tx, true, "partner_told_again", &delivery).await
    }
}

impl StaffVisit {
    async fn changing(&self) -> Result<Tx, Refusal> {
        self.present()?.member.administering()?;
        self.house.db.write().await.map_err(trouble)
    }

    async fn changed(&self, mut tx: Tx, found: bool, act: &str, object: &str) -> Result<(), Refusal> {
        if !found {
            return Err(Code::NotFound.into());
        }
        self.note(&mut tx, &self.present()?.actor(), act, object, "").await?;
        tx.commit().await.map_err(trouble)
    }
}
