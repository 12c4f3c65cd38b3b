//! «Это не я»: links that take back what was done to an account's security (E13). Only the token's hash is stored.

use crate::storage::sql::{all, exec, one};
use crate::storage::{Result, Tx};

pub struct NewAlarm<'a> {
    /// [`ids::token_hash`](crate::storage::ids::token_hash).
    pub token_hash: [u8; 32],
    pub account_id: &'a str,
    /// What was done, as the journal names it.
    pub act: &'a str,
    /// The id of what it was done to; may be empty.
    pub object: &'a str,
    pub created_ms: i64,
    pub expires_ms: i64,
}

#[derive(Debug, Clone, PartialEq, Eq, sqlx_macros::FromRow)]
pub struct Alarm {
    pub account_id: String,
    pub act: String,
    pub object: String,
    pub created_ms: i64,
}

pub async fn create(tx: &mut Tx, new: &NewAlarm<'_>) -> Result<()> {
    exec!(
        tx,
        "INSERT INTO alarms (token_hash, account_id, act, object, created_ms, expires_ms) VALUES ($1, $2, $3, $4, $5, $6)",
        &new.token_hash[..],
        new.account_id,
        new.act,
        new.object,
        new.created_ms,
        new.expires_ms
    )?;
    Ok(())
}

/// Looks without using it up: mail scanners open links too.
pub async fn find(tx: &mut Tx, token_hash: &[u8; 32], now_ms: i64) -> Result<Option<Alarm>> {
    one!(
        tx,
        Alarm,
        "SELECT account_id, act, object, created_ms FROM alarms
         WHERE token_hash = $1 AND used_ms IS NULL AND expires_ms > $2",
        &token_hash[..],
        now_ms
    )
}

/// Whether something else than `act` was told of since, and not taken back yet.
pub async fn others_since(tx: &mut Tx, account_id: &str, since_ms: i64, act: &str) -> Result<bool> {
    let row = one!(
        tx,
        (String,),
        "SELECT act FROM alarms WHERE account_id = $1 AND created_ms >= $2 AND used_ms IS NULL AND act <> $3 LIMIT 1",
        account_id,
        since_ms,
        act
    )?;
    Ok(row.is_some())
}

/// Uses up all that followed `since_ms`, newest first: whoever did the one did the others.
pub async fn consume_since(tx: &mut Tx, account_id: &str, since_ms: i64, now_ms: i64) -> Result<Vec<Alarm>> {
    let mut rows = all!(
        tx,
        Alarm,
        "UPDATE alarms SET used_ms = $3 WHERE account_id = $1 AND created_ms >= $2 AND used_ms IS NULL
         RETURNING account_id, act, object, created_ms",
        account_id,
        since_ms,
        now_ms
    )?;
    rows.sort_by_key(|alarm| std::cmp::Reverse(alarm.created_ms));
    Ok(rows)
}

/// Uses it up: what is to be taken back. Of many at once one gets it.
pub async fn consume(tx: &mut Tx, token_hash: &[u8; 32], now_ms: i64) -> Result<Option<Alarm>> {
    one!(
        tx,
        Alarm,
        "UPDATE alarms SET used_ms = $2 WHERE token_hash = $1 AND used_ms IS NULL AND expires_ms > $2
         RETURNING account_id, act, object, created_ms",
        &token_hash[..],
        now_ms
    )
}

/// Deletes those that ran out before `before_ms`: how many.
pub async fn purge(tx: &mut Tx, before_ms: i64) -> Result<u64> {
    exec!(tx, "DELETE FROM alarms WHERE expires_ms <= $1", before_ms)
}
