//! Messages to people: kept sealed, sent by a job, never twice.

use super::{open, seal};
use crate::storage::sql::{all, defer, exec, one, text_enum};
use crate::storage::{Place, Result, Tx, Vault, ids};
use serde::{Deserialize, Serialize};

text_enum! {
    State in "notices"."state" {
        Queued = "queued",
        /// With the provider.
        Sent = "sent",
        /// The provider says that it arrived.
        Delivered = "delivered",
        /// Not taken; or taken (`sent_ms`) and lost.
        Failed = "failed",
    }
}

/// What is sent, and where to. Sealed in the database.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message {
    /// Phone, e-mail address, or a device's id in [`push`](super::push).
    pub to: String,
    /// Empty for SMS.
    pub subject: String,
    pub text: String,
    /// The page a device's notice opens.
    pub link: Option<String>,
}

impl std::fmt::Debug for Message {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Message(***)")
    }
}

pub struct NewNotice<'a> {
    /// The account, or the sign-up.
    pub person_id: &'a str,
    pub application_id: Option<&'a str>,
    /// `sms`, `email` or `push`.
    pub channel: &'a str,
    pub template: &'a str,
    pub message: &'a Message,
    /// Names the occasion: the same one is not told twice.
    pub dedup_key: &'a str,
    pub queued_ms: i64,
    /// Not before this moment.
    pub after_ms: Option<i64>,
}

#[derive(Debug)]
pub struct Notice {
    pub id: String,
    pub person_id: String,
    pub application_id: Option<String>,
    pub channel: String,
    pub template: String,
    pub message: Message,
    pub state: State,
    pub queued_ms: i64,
    pub sent_ms: Option<i64>,
    pub provider_id: Option<String>,
}

#[derive(sqlx_macros::FromRow)]
struct Row {
    id: String,
    person_id: String,
    application_id: Option<String>,
    channel: String,
    template: String,
    message: Vec<u8>,
    state: String,
    queued_ms: i64,
    sent_ms: Option<i64>,
    provider_id: Option<String>,
}

const fn message_of(id: &str) -> Place<'_> {
    Place::new("notices", "message", id)
}

impl Row {
    async fn read(self, tx: &mut Tx, vault: &Vault) -> Result<Notice> {
        Ok(Notice {
            message: open(tx, vault, &self.person_id, message_of(&self.id), &self.message).await?,
            state: State::read(&self.state, &self.id)?,
            id: self.id,
            person_id: self.person_id,
            application_id: self.application_id,
            channel: self.channel,
            template: self.template,
            queued_ms: self.queued_ms,
            sent_ms: self.sent_ms,
            provider_id: self.provider_id,
        })
    }
}

/// Keeps a message to send, at the commit: its id, for the job that sends it. An occasion that has one already gets no
/// other: then there is none of this id, and its job finds nothing to do.
pub async fn queue(tx: &mut Tx, vault: &Vault, new: &NewNotice<'_>) -> Result<String> {
    let id = ids::inner_id();
    let message = seal(tx, vault, new.person_id, message_of(&id), new.message).await?;
    defer!(
        tx,
        "INSERT INTO notices (id, person_id, application_id, channel, template, message, state, dedup_key, queued_ms, after_ms)
         VALUES ($1, $2, $3, $4, $5, $6, 'queued', $7, $8, $9) ON CONFLICT (dedup_key) DO NOTHING",
        &*id,
        new.person_id,
        new.application_id,
        new.channel,
        new.template,
        message,
        new.dedup_key,
        new.queued_ms,
        new.after_ms
    );
    Ok(id)
}

pub async fn find(tx: &mut Tx, vault: &Vault, id: &str) -> Result<Option<Notice>> {
    let row = one!(
        tx,
        Row,
        "SELECT id, person_id, application_id, channel, template, message, state, queued_ms, sent_ms, provider_id
         FROM notices WHERE id = $1",
        id
    )?;
    match row {
        Some(row) => row.read(tx, vault).await.map(Some),
        None => Ok(None),
    }
}

/// Notes what became of it, unless the device was quicker to say so. `provider_id` is the gateway's name for the message.
pub async fn settle(tx: &mut Tx, id: &str, state: State, provider_id: Option<&str>, now_ms: i64) -> Result<()> {
    exec!(
        tx,
        "UPDATE notices SET state = $2, provider_id = $3, sent_ms = CASE WHEN $2 = 'sent' THEN $4 ELSE sent_ms END, asked_ms = $4
         WHERE id = $1 AND state = 'queued'",
        id,
        state.as_str(),
        provider_id,
        now_ms
    )?;
    Ok(())
}

/// A notice as its reader sees it in a list: without its words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    pub channel: String,
    pub template: String,
    /// Of the application it is about.
    pub number: Option<String>,
    pub state: State,
    pub queued_ms: i64,
    pub after_ms: Option<i64>,
    pub sent_ms: Option<i64>,
    pub delivered_ms: Option<i64>,
}

#[derive(sqlx_macros::FromRow)]
struct ListedRow {
    id: String,
    channel: String,
    template: String,
    number: Option<String>,
    state: String,
    queued_ms: i64,
    after_ms: Option<i64>,
    sent_ms: Option<i64>,
    delivered_ms: Option<i64>,
}

/// The person's notices, newest first.
pub async fn list_owned(tx: &mut Tx, person_id: &str, limit: i64) -> Result<Vec<Listed>> {
    let rows = all!(
        tx,
        ListedRow,
        "SELECT n.id, n.channel, n.template, a.number, n.state, n.queued_ms, n.after_ms, n.sent_ms, n.delivered_ms
         FROM notices n LEFT JOIN applications a ON a.id = n.application_id
         WHERE n.person_id = $1 ORDER BY n.queued_ms DESC, n.id DESC LIMIT $2",
        person_id,
        limit
    )?;
    rows.into_iter()
        .map(|row| {
            Ok(Listed {
                state: State::read(&row.state, &row.id)?,
                channel: row.channel,
                template: row.template,
                number: row.number,
                queued_ms: row.queued_ms,
                after_ms: row.after_ms,
                sent_ms: row.sent_ms,
                delivered_ms: row.delivered_ms,
            })
        })
        .collect()
}

/// SMS sent since a moment of which the provider has not said what became of them, by id and provider's name; those
/// first that were asked about longest ago.
pub async fn undelivered(tx: &mut Tx, since_ms: i64, limit: i64) -> Result<Vec<(String, String)>> {
    all!(
        tx,
        (String, String),
        "SELECT id, provider_id FROM notices
         WHERE state = 'sent' AND channel = 'sms' AND provider_id <> '' AND sent_ms > $1 ORDER BY asked_ms LIMIT $2",
        since_ms,
        limit
    )
}

/// Nothing is known yet; others are asked about first.
pub async fn asked(tx: &mut Tx, id: &str, now_ms: i64) -> Result<()> {
    exec!(tx, "UPDATE notices SET asked_ms = $2 WHERE id = $1", id, now_ms)?;
    Ok(())
}

pub async fn delivered(tx: &mut Tx, id: &str, now_ms: i64) -> Result<()> {
    exec!(
        tx,
        "UPDATE notices SET state = 'delivered', delivered_ms = $2, asked_ms = $2 WHERE id = $1 AND state = 'sent'",
        id,
        now_ms
    )?;
    Ok(())
}

/// A device says that it has shown it; it may say so before its service has answered us. `false`: no such message waits
/// for that.
pub async fn shown(tx: &mut Tx, id: &str, now_ms: i64) -> Result<bool> {
    let done = exec!(
        tx,
        "UPDATE notices SET state = 'delivered', sent_ms = COALESCE(sent_ms, $2), delivered_ms = $2, asked_ms = $2
         WHERE id = $1 AND channel = 'push' AND state IN ('queued', 'sent')",
        id,
        now_ms
    )?;
    Ok(done == 1)
}

/// Taken by the provider and never arrived.
pub async fn lost(tx: &mut Tx, id: &str, now_ms: i64) -> Result<()> {
    exec!(tx, "UPDATE notices SET state = 'failed', asked_ms = $2 WHERE id = $1 AND state = 'sent'", id, now_ms)?;
    Ok(())
}

/// What was written to a person, newest first; codes and links of it are not told again.
pub async fn written_to(tx: &mut Tx, vault: &Vault, person_id: &str, limit: i64) -> Result<Vec<Notice>> {
    let ids = all!(
        tx,
        (String,),
        "SELECT id FROM notices WHERE person_id = $1 ORDER BY queued_ms DESC, id DESC LIMIT $2",
        person_id,
        limit
    )?;
    let mut found = Vec::with_capacity(ids.len());
    for (id,) in ids {
        found.extend(find(tx, vault, &id).await?);
    }
    Ok(found)
}
