//! Telling partners: the event is entered in the transaction that makes it, and sent by a job of the same transaction.

use super::{Job, JobError, enqueue};
use crate::house::House;
use crate::integrations::partners::{Message, Problem};
use crate::storage::applications::Summary;
use crate::storage::webhooks::{self, Delivery, Webhook};
use crate::storage::{Result, Tx, journal};
use domain::applications::{Stage, State, Status};
use domain::clock::Timestamp;
use domain::staff::{DeliveryState, Event, pause};
use rand::Rng;
use serde_json::json;
use std::time::Duration;
use tokio::sync::Semaphore;

/// A partner that hangs must not keep all hands from everything else.
static TELLING: Semaphore = Semaphore::const_new(4);
const BUSY: Duration = Duration::from_secs(1);
/// The receiver is gone for good, says RFC 9110, and asks not to be told again.
const GONE: u16 = 410;

/// What is told of an application.
pub struct Told<'a> {
    pub number: &'a str,
    pub kind: &'a str,
    pub before: Option<(Status, Stage)>,
    pub now: (Status, Stage),
    /// Grows with every change: who gets events in another order knows the newer one.
    pub version: i64,
}

/// Enters an event for every partner that wants it.
pub async fn tell(tx: &mut Tx, told: &Told<'_>, at: Timestamp) -> Result<()> {
    let partners = webhooks::list(tx).await?;
    tell_these(tx, &partners, told, at).await
}

/// The same with the partners at hand.
pub async fn tell_these(tx: &mut Tx, partners: &[Webhook], told: &Told<'_>, at: Timestamp) -> Result<()> {
    let event = match told.before {
        None => Event::Submitted,
        Some((status, _)) if status != told.now.0 => Event::StatusChanged,
        Some((_, stage)) if stage != told.now.1 => Event::StageChanged,
        Some(_) => return Ok(()),
    };
    let mut body = None;
    for webhook in partners.iter().filter(|w| w.disabled_ms.is_none() && w.events.contains(&event)) {
        let body = body.get_or_insert_with(|| written(event, told, at));
        let id = webhooks::enter(tx, &webhook.id, event, body, at.0).await?;
        enqueue(tx, &Job::TellPartner { id }, None).await?;
    }
    Ok(())
}

/// A move of an application, as [`super::moves`] makes it.
pub async fn moved(tx: &mut Tx, before: &Summary, state: &State, version: i64, at: Timestamp) -> Result<()> {
    let (Some(status), Some(stage)) = (state.status(), state.stage()) else { return Ok(()) };
    let told = Told {
        number: before.number.as_deref().unwrap_or_default(),
        kind: &before.kind,
        before: Status::from_name(&before.status).zip(Stage::from_name(&before.stage)),
        now: (status, stage),
        version,
    };
    tell(tx, &told, at).await
}

fn written(event: Event, told: &Told<'_>, at: Timestamp) -> String {
    let mut data = json!({
        "number": told.number, "kind": told.kind,
        "status": told.now.0.name(), "stage": told.now.1.name(), "version": told.version,
    });
    if let (Some((status, stage)), Some(data)) = (told.before, data.as_object_mut()) {
        data.insert("previous_status".into(), status.name().into());
        data.insert("previous_stage".into(), stage.name().into());
    }
    json!({ "type": event.name(), "timestamp": at.iso_seconds(), "data": data }).to_string()
}

/// Sends one delivery.
pub async fn run(house: &House, id: &str) -> std::result::Result<(), JobError> {
    let Ok(_telling) = TELLING.try_acquire() else {
        return Err(JobError::again_in(BUSY));
    };
    let mut tx = house.db.read().await?;
    let found = webhooks::delivery(&mut tx, id).await?;
    let Some(delivery) = found.filter(|d| d.state == DeliveryState::Waiting.name()) else {
        return Ok(());
    };
    let webhook = webhooks::find(&mut tx, &delivery.webhook_id).await?;
    let secret = webhooks::secret(&mut tx, &house.vault, &delivery.webhook_id).await?;
    drop(tx);
    let (Some(webhook), Some(secret)) = (webhook.filter(|w| w.disabled_ms.is_none()), secret) else {
        return settle(house, &delivery, DeliveryState::Failed, None, Some("disabled")).await;
    };
    let at = house.now().0.div_euclid(1000);
    let message = Message { id: &delivery.id, at, body: &delivery.body };
    match house.integrations.partners.send(&webhook.url, &secret, &message).await {
        Ok(status) => settle(house, &delivery, DeliveryState::Delivered, Some(status), None).await,
        Err(problem) => {
            let answer = if let Problem::Refused(status) = problem { Some(status) } else { None };
            let jitter = rand::rng().random_range(0.0..=1.0);
            let again = pause(delivery.attempts + 1, jitter).filter(|_| answer != Some(GONE));
            let state = if again.is_some() { DeliveryState::Waiting } else { DeliveryState::Failed };
            tracing::info!(delivery = %delivery.id, problem = problem.name(), "a partner was not told");
            settle(house, &delivery, state, answer, Some(problem.name())).await?;
            again.map_or(Ok(()), |pause| Err(JobError::again_in(pause)))
        }
    }
}

async fn settle(
    house: &House,
    delivery: &Delivery,
    state: DeliveryState,
    answer: Option<u16>,
    problem: Option<&str>,
) -> std::result::Result<(), JobError> {
    let now = house.now().0;
    let mut tx = house.db.write().await?;
    let ours = webhooks::tried(&mut tx, delivery, state, answer, problem, now).await?;
    // One that was switched off meanwhile is no failure of the partner.
    if ours && state != DeliveryState::Waiting && problem != Some("disabled") {
        let arrived = state == DeliveryState::Delivered;
        let ended = if answer == Some(GONE) {
            webhooks::set_disabled(&mut tx, &delivery.webhook_id, Some(now)).await?
        } else {
            webhooks::count(&mut tx, &delivery.webhook_id, arrived, now).await?
        };
        if ended {
            let (object, detail) = (delivery.webhook_id.as_str(), problem.unwrap_or_default());
            let row = journal::NewEntry {
                account_id: None,
                at_ms: now,
                actor: "system",
                act: "partner_disabled",
                object,
                detail,
            };
            journal::append(&mut tx, &row).await?;
            tracing::warn!(webhook = %delivery.webhook_id, "a partner is not told any more");
        }
    }
    Ok(tx.commit().await?)
}
