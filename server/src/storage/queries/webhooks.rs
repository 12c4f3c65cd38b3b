//! Partners that are told of events, and each event on its way to one of them.

use super::{from_text, open, persons, seal, to_text};
use crate::storage::sql::{all, exec, one};
use crate::storage::{Place, Result, StorageError, Tx, Vault, ids};
use domain::staff::{DeliveryState, Event, GIVEN_UP_IN_A_ROW};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Webhook {
    pub id: String,
    pub name: String,
    pub url: String,
    pub events: Vec<Event>,
    pub created_ms: i64,
    /// Events given up one after the other.
    pub failures: i64,
    pub disabled_ms: Option<i64>,
}

#[derive(sqlx_macros::FromRow)]
struct Row {
    id: String,
    name: String,
    url: String,
    events: String,
    created_ms: i64,
    failures: i64,
    disabled_ms: Option<i64>,
}

impl Row {
    fn read(self) -> Result<Webhook> {
        Ok(Webhook {
            events: from_text("webhooks", "events", &self.id, &self.events)?,
            id: self.id,
            name: self.name,
            url: self.url,
            created_ms: self.created_ms,
            failures: self.failures,
            disabled_ms: self.disabled_ms,
        })
    }
}

#[derive(Debug, Clone, PartialEq, Eq, sqlx_macros::FromRow)]
pub struct Delivery {
    pub id: String,
    pub webhook_id: String,
    pub event: String,
    pub body: String,
    pub state: String,
    pub attempts: i64,
    /// The last HTTP status.
    pub answer: Option<i64>,
    pub problem: Option<String>,
    pub created_ms: i64,
    pub tried_ms: Option<i64>,
}

const fn secret_of(id: &str) -> Place<'_> {
    Place::new("webhooks", "secret", id)
}

/// A new partner: its id. The secret is sealed under a data key of its own.
pub async fn create(
    tx: &mut Tx,
    vault: &Vault,
    (name, url, events): (&str, &str, &[Event]),
    secret: &[u8],
    by: &str,
    now_ms: i64,
) -> Result<String> {
    let id = ids::public_id();
    persons::create(tx, vault, &id, now_ms).await?;
    let sealed = seal(tx, vault, &id, secret_of(&id), &secret.to_vec()).await?;
    let events = to_text("webhooks", "events", &id, &events)?;
    exec!(
        tx,
        "INSERT INTO webhooks (id, name, url, secret, events, created_by, created_ms, failures) VALUES ($1, $2, $3, $4, $5, $6, $7, 0)",
        &id,
        name,
        url,
        &sealed,
        &events,
        by,
        now_ms
    )?;
    Ok(id)
}

/// All that were not removed, by name.
pub async fn list(tx: &mut Tx) -> Result<Vec<Webhook>> {
    all!(
        tx,
        Row,
        "SELECT id, name, url, events, created_ms, failures, disabled_ms FROM webhooks WHERE removed_ms IS NULL ORDER BY name, id"
    )?
    .into_iter()
    .map(Row::read)
    .collect()
}

pub async fn find(tx: &mut Tx, id: &str) -> Result<Option<Webhook>> {
    one!(
        tx,
        Row,
        "SELECT id, name, url, events, created_ms, failures, disabled_ms FROM webhooks WHERE id = $1 AND removed_ms IS NULL",
        id
    )?
    .map(Row::read)
    .transpose()
}

pub async fn secret(tx: &mut Tx, vault: &Vault, id: &str) -> Result<Option<Vec<u8>>> {
    let row = one!(tx, (Vec<u8>,), "SELECT secret FROM webhooks WHERE id = $1 AND removed_ms IS NULL", id)?;
    match row {
        Some((sealed,)) => open(tx, vault, id, secret_of(id), &sealed).await.map(Some),
        None => Ok(None),
    }
}

/// Switches the telling on (`None`; failures are forgotten) or off: whether there is such a partner.
pub async fn set_disabled(tx: &mut Tx, id: &str, at_ms: Option<i64>) -> Result<bool> {
    let done = exec!(
        tx,
        "UPDATE webhooks SET disabled_ms = $2, failures = 0 WHERE id = $1 AND removed_ms IS NULL",
        id,
        at_ms
    )?;
    Ok(done == 1)
}

/// Ends it; its secret becomes unreadable, its log stays until it runs out.
pub async fn remove(tx: &mut Tx, vault: &Vault, id: &str, now_ms: i64) -> Result<bool> {
    let done = exec!(
        tx,
        "UPDATE webhooks SET removed_ms = $2, disabled_ms = $2 WHERE id = $1 AND removed_ms IS NULL",
        id,
        now_ms
    )?;
    if done == 1 {
        persons::destroy(tx, vault, id, now_ms).await?;
    }
    Ok(done == 1)
}

/// Enters an event for a partner: the delivery's id, for the job.
pub async fn enter(tx: &mut Tx, webhook_id: &str, event: Event, body: &str, now_ms: i64) -> Result<String> {
    let id = format!("msg_{}", ids::public_id());
    exec!(
        tx,
        "INSERT INTO deliveries (id, webhook_id, event, body, state, attempts, created_ms) VALUES ($1, $2, $3, $4, $5, 0, $6)",
        &id,
        webhook_id,
        event.name(),
        body,
        DeliveryState::Waiting.name(),
        now_ms
    )?;
    Ok(id)
}

pub async fn delivery(tx: &mut Tx, id: &str) -> Result<Option<Delivery>> {
    one!(
        tx,
        Delivery,
        "SELECT id, webhook_id, event, body, state, attempts, answer, problem, created_ms, tried_ms FROM deliveries WHERE id = $1",
        id
    )
}

/// What was to be told to a partner, newest first, after the last row of the page before.
pub async fn deliveries(
    tx: &mut Tx,
    webhook_id: &str,
    after: Option<(i64, &str)>,
    limit: i64,
) -> Result<Vec<Delivery>> {
    let (after_ms, after_id) = after.unwrap_or((i64::MAX, ""));
    all!(
        tx,
        Delivery,
        "SELECT id, webhook_id, event, body, state, attempts, answer, problem, created_ms, tried_ms FROM deliveries
         WHERE webhook_id = $1 AND (created_ms, id) < ($2, $3) ORDER BY created_ms DESC, id DESC LIMIT $4",
        webhook_id,
        after_ms,
        after_id,
        limit
    )
}

/// Lets a delivery be tried anew, from its first attempt: whether there was one that does not wait already.
pub async fn again(tx: &mut Tx, id: &str) -> Result<bool> {
    let done = exec!(
        tx,
        "UPDATE deliveries SET state = 'waiting', attempts = 0, problem = NULL WHERE id = $1 AND state <> 'waiting'",
        id
    )?;
    Ok(done == 1)
}

/// How an attempt went. Only the first to say so counts (`attempts` as it was read); whether that was this one.
pub async fn tried(
    tx: &mut Tx,
    before: &Delivery,
    state: DeliveryState,
    answer: Option<u16>,
    problem: Option<&str>,
    now_ms: i64,
) -> Result<bool> {
    let done = exec!(
        tx,
        "UPDATE deliveries SET state = $3, attempts = attempts + 1, answer = $4, problem = $5, tried_ms = $6
         WHERE id = $1 AND state = 'waiting' AND attempts = $2",
        &before.id,
        before.attempts,
        state.name(),
        answer.map(i64::from),
        problem,
        now_ms
    )?;
    Ok(done == 1)
}

/// Counts an event that was given up, or forgets those before one that arrived. Too many in a row end the telling:
/// whether they did now.
pub async fn count(tx: &mut Tx, id: &str, arrived: bool, now_ms: i64) -> Result<bool> {
    if arrived {
        exec!(tx, "UPDATE webhooks SET failures = 0 WHERE id = $1 AND failures > 0", id)?;
        return Ok(false);
    }
    exec!(tx, "UPDATE webhooks SET failures = failures + 1 WHERE id = $1", id)?;
    let done = exec!(
        tx,
        "UPDATE webhooks SET disabled_ms = $2 WHERE id = $1 AND disabled_ms IS NULL AND failures >= $3",
        id,
        now_ms,
        GIVEN_UP_IN_A_ROW
    )?;
    Ok(done == 1)
}

/// Deletes deliveries entered before this moment: how many.
pub async fn purge(tx: &mut Tx, before_ms: i64) -> Result<u64> {
    exec!(tx, "DELETE FROM deliveries WHERE created_ms < $1", before_ms)
}

/// A row of what our code never writes.
pub fn state_of(delivery: &Delivery) -> Result<DeliveryState> {
    DeliveryState::from_name(&delivery.state).ok_or_else(|| StorageError::bad("deliveries", "state", &*delivery.id))
}
