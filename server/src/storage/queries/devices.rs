//! Browsers that accounts were entered from, and those of them that are trusted. Only the token's hash is stored.

use crate::storage::sql::{all, exec, one};
use crate::storage::{Result, Tx};

#[derive(Debug, Clone, PartialEq, Eq, sqlx_macros::FromRow)]
pub struct Device {
    pub token_hash: Vec<u8>,
    /// Kind of browser and device.
    pub label: String,
    pub first_ms: i64,
    pub seen_ms: i64,
    pub trusted_until_ms: Option<i64>,
}

/// What is known of this browser for this account.
pub async fn find(tx: &mut Tx, token_hash: &[u8; 32], account_id: &str) -> Result<Option<Device>> {
    one!(
        tx,
        Device,
        "SELECT token_hash, label, first_ms, seen_ms, trusted_until_ms FROM devices
         WHERE token_hash = $1 AND account_id = $2",
        &token_hash[..],
        account_id
    )
}

/// Notes a login from this browser; trust is only prolonged, never taken by a login without it.
pub async fn seen(
    tx: &mut Tx,
    token_hash: &[u8; 32],
    account_id: &str,
    label: &str,
    trusted_until_ms: Option<i64>,
    now_ms: i64,
) -> Result<()> {
    exec!(
        tx,
        "INSERT INTO devices (token_hash, account_id, label, first_ms, seen_ms, trusted_until_ms)
         VALUES ($1, $2, $3, $4, $4, $5)
         ON CONFLICT (token_hash, account_id) DO UPDATE SET label = excluded.label, seen_ms = excluded.seen_ms,
           trusted_until_ms = COALESCE(excluded.trusted_until_ms, devices.trusted_until_ms)",
        &token_hash[..],
        account_id,
        label,
        now_ms,
        trusted_until_ms
    )?;
    Ok(())
}

/// All browsers of the account, newest use first.
pub async fn list(tx: &mut Tx, account_id: &str) -> Result<Vec<Device>> {
    all!(
        tx,
        Device,
        "SELECT token_hash, label, first_ms, seen_ms, trusted_until_ms FROM devices
         WHERE account_id = $1 ORDER BY seen_ms DESC, token_hash",
        account_id
    )
}

/// Trusts none of them any more: how many were.
pub async fn distrust_all(tx: &mut Tx, account_id: &str, now_ms: i64) -> Result<u64> {
    exec!(
        tx,
        "UPDATE devices SET trusted_until_ms = NULL WHERE account_id = $1 AND trusted_until_ms > $2",
        account_id,
        now_ms
    )
}

/// Forgets them all: the next login from any of them is from a new one.
pub async fn forget_all(tx: &mut Tx, account_id: &str) -> Result<u64> {
    exec!(tx, "DELETE FROM devices WHERE account_id = $1", account_id)
}

/// Deletes those not used since `before_ms`: how many.
pub async fn purge(tx: &mut Tx, before_ms: i64) -> Result<u64> {
    exec!(tx, "DELETE FROM devices WHERE seen_ms <= $1", before_ms)
}
