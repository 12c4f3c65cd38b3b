//! Sessions of staff: apart from the citizens', found only together with an account that is not disabled.

use crate::storage::sql::{exec, one, text_enum};
use crate::storage::{Result, Tx};

text_enum! {
    /// What the session may do.
    Stage in "staff_sessions"."stage" {
        /// The password was right, the authenticator is awaited.
        Password = "password",
        /// Both were.
        Open = "open",
    }
}

pub struct NewSession<'a> {
    pub token_hash: [u8; 32],
    pub id: &'a str,
    pub staff_id: &'a str,
    pub stage: Stage,
    pub created_ms: i64,
    pub absolute_expires_ms: i64,
    /// Kind of browser and device.
    pub label: &'a str,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    pub id: String,
    pub staff_id: String,
    pub login: String,
    pub stage: Stage,
    pub seen_ms: i64,
    pub absolute_expires_ms: i64,
}

#[derive(sqlx_macros::FromRow)]
struct Row {
    id: String,
    staff_id: String,
    login: String,
    stage: String,
    seen_ms: i64,
    absolute_expires_ms: i64,
}

pub async fn create(tx: &mut Tx, new: &NewSession<'_>) -> Result<()> {
    exec!(
        tx,
        "INSERT INTO staff_sessions (token_hash, id, staff_id, stage, created_ms, seen_ms, absolute_expires_ms, label)
         VALUES ($1, $2, $3, $4, $5, $5, $6, $7)",
        &new.token_hash[..],
        new.id,
        new.staff_id,
        new.stage.as_str(),
        new.created_ms,
        new.absolute_expires_ms,
        new.label
    )?;
    Ok(())
}

/// The live session of this token: not revoked, not past its end, seen within `idle_ms`, its account not disabled.
pub async fn find(tx: &mut Tx, token_hash: &[u8; 32], now_ms: i64, idle_ms: i64) -> Result<Option<Session>> {
    let row = one!(
        tx,
        Row,
        "SELECT s.id, s.staff_id, m.login, s.stage, s.seen_ms, s.absolute_expires_ms
         FROM staff_sessions s JOIN staff m ON m.id = s.staff_id
         WHERE s.token_hash = $1 AND s.revoked_ms IS NULL AND s.absolute_expires_ms > $2 AND s.seen_ms > $3
           AND m.disabled_ms IS NULL",
        &token_hash[..],
        now_ms,
        now_ms - idle_ms
    )?;
    row.map(|row| {
        Ok(Session {
            stage: Stage::read(&row.stage, &row.id)?,
            id: row.id,
            staff_id: row.staff_id,
            login: row.login,
            seen_ms: row.seen_ms,
            absolute_expires_ms: row.absolute_expires_ms,
        })
    })
    .transpose()
}

/// Notes that a person used the session. At most once a minute: it is a write.
pub async fn touch(tx: &mut Tx, id: &str, now_ms: i64) -> Result<()> {
    exec!(tx, "UPDATE staff_sessions SET seen_ms = $2 WHERE id = $1 AND seen_ms < $2", id, now_ms)?;
    Ok(())
}

pub async fn revoke(tx: &mut Tx, token_hash: &[u8; 32], now_ms: i64) -> Result<bool> {
    let done = exec!(
        tx,
        "UPDATE staff_sessions SET revoked_ms = $2 WHERE token_hash = $1 AND revoked_ms IS NULL",
        &token_hash[..],
        now_ms
    )?;
    Ok(done == 1)
}

/// Ends all sessions of a member of staff, as disabling and each change of rights do: how many.
pub async fn revoke_all(tx: &mut Tx, staff_id: &str, now_ms: i64) -> Result<u64> {
    exec!(tx, "UPDATE staff_sessions SET revoked_ms = $2 WHERE staff_id = $1 AND revoked_ms IS NULL", staff_id, now_ms)
}

/// Deletes sessions that ended before `before_ms`: how many.
pub async fn purge(tx: &mut Tx, before_ms: i64) -> Result<u64> {
    exec!(tx, "DELETE FROM staff_sessions WHERE absolute_expires_ms <= $1 OR revoked_ms <= $1", before_ms)
}
