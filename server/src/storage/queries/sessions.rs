//! Sessions of browsers. Only the token's hash is stored.

use super::accounts::{Level, profile_of};
use super::{open_with, persons};
use crate::storage::sql::{all, exec, one, text_enum};
use crate::storage::{Result, Tx, Vault};
use domain::Values;

text_enum! {
    /// What the session may do.
    Stage in "sessions"."stage" {
        /// Signing up: `subject` names the sign-up.
        Registering = "registering",
        /// The password was right, the code is awaited.
        PendingLogin = "pending_login",
        /// Access is being recovered: the code is awaited. `subject` names the attempt, there may be no account.
        Recovering = "recovering",
        /// The code was right: a new password may be set.
        Renewing = "renewing",
        /// The new password is set, a new phone awaits its code: `subject` names the change.
        Rephoning = "rephoning",
        /// Logged in.
        Open = "open",
    }
}

pub struct NewSession<'a> {
    /// [`ids::token_hash`](crate::storage::ids::token_hash).
    pub token_hash: [u8; 32],
    /// [`ids::public_id`](crate::storage::ids::public_id): what the page of devices calls it.
    pub id: &'a str,
    pub account_id: Option<&'a str>,
    pub stage: Stage,
    pub subject: Option<&'a str>,
    pub created_ms: i64,
    pub absolute_expires_ms: i64,
    /// Kind of browser and device, for its owner to recognise.
    pub label: &'a str,
    /// The known browser it belongs to.
    pub device_hash: Option<[u8; 32]>,
    /// How the login was proved: `sms`, `email`, `app`, `backup_code`, `passkey`, `trusted`, `sign_up`; empty before it.
    pub proved_by: &'a str,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    pub id: String,
    pub account_id: Option<String>,
    pub stage: Stage,
    pub subject: Option<String>,
    pub created_ms: i64,
    pub seen_ms: i64,
    pub absolute_expires_ms: i64,
    pub label: String,
    /// When its person last proved to be themselves.
    pub proved_ms: i64,
    pub proved_by: String,
    /// Two letters of the country it began in, where that is known.
    pub country: Option<String>,
    pub revoked_ms: Option<i64>,
}

#[derive(sqlx_macros::FromRow)]
struct Row {
    id: String,
    account_id: Option<String>,
    stage: String,
    subject: Option<String>,
    created_ms: i64,
    seen_ms: i64,
    absolute_expires_ms: i64,
    label: String,
    proved_ms: Option<i64>,
    proved_by: Option<String>,
    country: Option<String>,
    revoked_ms: Option<i64>,
}

impl Row {
    fn read(self) -> Result<Session> {
        Ok(Session {
            stage: Stage::read(&self.stage, &self.id)?,
            id: self.id,
            account_id: self.account_id,
            subject: self.subject,
            created_ms: self.created_ms,
            seen_ms: self.seen_ms,
            absolute_expires_ms: self.absolute_expires_ms,
            label: self.label,
            proved_ms: self.proved_ms.unwrap_or(self.created_ms),
            proved_by: self.proved_by.unwrap_or_default(),
            country: self.country,
            revoked_ms: self.revoked_ms,
        })
    }
}

pub async fn create(tx: &mut Tx, new: &NewSession<'_>) -> Result<()> {
    exec!(
        tx,
        "INSERT INTO sessions (token_hash, id, account_id, stage, subject, created_ms, seen_ms, absolute_expires_ms, label,
           proved_ms, device_hash, proved_by)
         VALUES ($1, $2, $3, $4, $5, $6, $6, $7, $8, $6, $9, $10)",
        &new.token_hash[..], new.id, new.account_id, new.stage.as_str(), new.subject,
        new.created_ms, new.absolute_expires_ms, new.label, new.device_hash.as_ref().map(|h| &h[..]), new.proved_by
    )?;
    Ok(())
}

/// Whose session it is, as far as every page of theirs shows it.
pub struct Known {
    pub profile: Values,
    pub level: Level,
    pub lang: String,
    /// The consent asked about is in force.
    pub consent: bool,
}

#[derive(sqlx_macros::FromRow)]
struct Found {
    #[sqlx(flatten)]
    session: Row,
    profile: Option<Vec<u8>>,
    level: Option<String>,
    lang: Option<String>,
    wrapped_key: Option<Vec<u8>>,
    master_key: Option<String>,
    consent: bool,
}

/// The live session of this token: not revoked, not past its end, and seen within `idle_ms`; and its account, if it is open and
/// neither blocked nor frozen. One statement, since every request of somebody signed in begins with it. Changes nothing.
pub async fn find(
    tx: &mut Tx,
    vault: &Vault,
    token_hash: &[u8; 32],
    purpose: &str,
    now_ms: i64,
    idle_ms: i64,
) -> Result<Option<(Session, Option<Known>)>> {
    let found = one!(
        tx,
        Found,
        "SELECT s.id, s.account_id, s.stage, s.subject, s.created_ms, s.seen_ms, s.absolute_expires_ms, s.label,
           s.proved_ms, s.proved_by, s.country, s.revoked_ms, a.profile, a.level, a.lang, p.wrapped_key, p.master_key,
           EXISTS (SELECT 1 FROM consents c
             WHERE c.account_id = s.account_id AND c.purpose = $2 AND c.withdrawn_ms IS NULL) AS consent
         FROM sessions s
         LEFT JOIN accounts a ON a.id = s.account_id AND s.stage = 'open' AND a.blocked_ms IS NULL AND a.frozen_ms IS NULL
         LEFT JOIN persons p ON p.id = a.id
         WHERE s.token_hash = $1 AND s.revoked_ms IS NULL AND s.absolute_expires_ms > $3 AND s.seen_ms > $4",
        &token_hash[..],
        purpose,
        now_ms,
        now_ms - idle_ms
    )?;
    let Some(found) = found else { return Ok(None) };
    let known = match (&found.session.account_id, found.profile, found.level, found.lang) {
        (Some(id), Some(profile), Some(level), Some(lang)) => Some(Known {
            // Nothing is what erasure leaves.
            profile: if profile.is_empty() {
                Values::default()
            } else {
                let master = found.master_key.as_deref().unwrap_or_default();
                let key = persons::unwrap(vault, id, found.wrapped_key.as_deref(), master).await?;
                open_with(vault, &key, profile_of(id), &profile)?
            },
            level: Level::read(&level, id)?,
            lang,
            consent: found.consent,
        }),
        _ => None,
    };
    Ok(Some((found.session.read()?, known)))
}

/// The account of this token's session, ended or not.
pub async fn account_of(tx: &mut Tx, token_hash: &[u8; 32]) -> Result<Option<String>> {
    let row = one!(tx, (Option<String>,), "SELECT account_id FROM sessions WHERE token_hash = $1", &token_hash[..])?;
    Ok(row.and_then(|(account_id,)| account_id))
}

/// Notes that the session was used. Call it at most once a minute per session: it is a write.
pub async fn touch(tx: &mut Tx, id: &str, now_ms: i64) -> Result<()> {
    exec!(tx, "UPDATE sessions SET seen_ms = $2 WHERE id = $1 AND seen_ms < $2", id, now_ms)?;
    Ok(())
}

/// Whether this session has not been ended. [`hold`](super::accounts::hold) its account first: then it is not ended before
/// the commit either.
pub async fn is_live(tx: &mut Tx, id: &str) -> Result<bool> {
    Ok(one!(tx, (String,), "SELECT id FROM sessions WHERE id = $1 AND revoked_ms IS NULL", id)?.is_some())
}

/// Ends the session of this token, as logout and each rotation do.
pub async fn revoke(tx: &mut Tx, token_hash: &[u8; 32], now_ms: i64) -> Result<bool> {
    let done = exec!(
        tx,
        "UPDATE sessions SET revoked_ms = $2 WHERE token_hash = $1 AND revoked_ms IS NULL",
        &token_hash[..],
        now_ms
    )?;
    Ok(done == 1)
}

/// Ends one of the account's sessions, as the page of devices does.
pub async fn revoke_owned(tx: &mut Tx, id: &str, account_id: &str, now_ms: i64) -> Result<bool> {
    let done = exec!(
        tx,
        "UPDATE sessions SET revoked_ms = $3 WHERE id = $1 AND account_id = $2 AND revoked_ms IS NULL",
        id,
        account_id,
        now_ms
    )?;
    Ok(done == 1)
}

/// Ends all of the account's sessions but `except` (a session id): how many.
pub async fn revoke_all(tx: &mut Tx, account_id: &str, except: Option<&str>, now_ms: i64) -> Result<u64> {
    exec!(
        tx,
        "UPDATE sessions SET revoked_ms = $3 WHERE account_id = $1 AND id <> $2 AND revoked_ms IS NULL",
        account_id,
        except.unwrap_or(""),
        now_ms
    )
}

/// The account's live logged-in sessions, newest use first.
pub async fn list(tx: &mut Tx, account_id: &str, now_ms: i64, idle_ms: i64) -> Result<Vec<Session>> {
    all!(
        tx,
        Row,
        "SELECT id, account_id, stage, subject, created_ms, seen_ms, absolute_expires_ms, label,
           proved_ms, proved_by, country, revoked_ms FROM sessions
         WHERE account_id = $1 AND stage = 'open' AND revoked_ms IS NULL AND absolute_expires_ms > $2 AND seen_ms > $3
         ORDER BY seen_ms DESC, id",
        account_id,
        now_ms,
        now_ms - idle_ms
    )?
    .into_iter()
    .map(Row::read)
    .collect()
}

/// Notes the country of the address it began at.
pub async fn set_country(tx: &mut Tx, id: &str, country: &str) -> Result<()> {
    exec!(tx, "UPDATE sessions SET country = $2 WHERE id = $1", id, country)?;
    Ok(())
}

/// The person proved once more to be the one who logged in.
pub async fn prove(tx: &mut Tx, id: &str, now_ms: i64) -> Result<()> {
    exec!(tx, "UPDATE sessions SET proved_ms = $2 WHERE id = $1 AND revoked_ms IS NULL", id, now_ms)?;
    Ok(())
}

/// Every login of the account that is still remembered, newest first, ended ones too.
pub async fn logins(tx: &mut Tx, account_id: &str, limit: i64) -> Result<Vec<Session>> {
    all!(
        tx,
        Row,
        "SELECT id, account_id, stage, subject, created_ms, seen_ms, absolute_expires_ms, label,
           proved_ms, proved_by, country, revoked_ms FROM sessions
         WHERE account_id = $1 AND stage = 'open' ORDER BY created_ms DESC, id LIMIT $2",
        account_id,
        limit
    )?
    .into_iter()
    .map(Row::read)
    .collect()
}

/// Deletes sessions that ended before `before_ms`: how many.
pub async fn purge(tx: &mut Tx, before_ms: i64) -> Result<u64> {
    exec!(tx, "DELETE FROM sessions WHERE absolute_expires_ms <= $1 OR revoked_ms <= $1", before_ms)
}
