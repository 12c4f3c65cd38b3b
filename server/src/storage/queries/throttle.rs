//! Counted attempts in fixed windows, for logins, codes and sign-ups.

use crate::storage::sql::{exec, one};
use crate::storage::{Db, Result, Tx};

/// At most `limit` attempts per `window_ms` under `key`.
#[derive(Debug, Clone, Copy)]
pub struct Limit {
    /// [`Vault::throttle_key`](crate::storage::Vault::throttle_key).
    pub key: [u8; 32],
    pub window_ms: i64,
    pub limit: i64,
}

/// Counts one attempt under each limit. `Some(ms)`: one is exceeded, try again after so long.
/// Takes the database, not a transaction: an attempt counts even if what follows is rolled back.
pub async fn hit(db: &Db, limits: &[Limit], now_ms: i64) -> Result<Option<i64>> {
    let mut sorted: Vec<_> = limits.iter().collect();
    // In one order everywhere, so that two requests never wait for each other.
    sorted.sort_by_key(|limit| limit.key);
    let mut tx = db.write().await?;
    let mut wait: Option<i64> = None;
    for limit in sorted {
        let row = one!(
            tx,
            (i64, i64),
            "INSERT INTO throttle (key, window_start_ms, count) VALUES ($1, $2, 1)
             ON CONFLICT (key) DO UPDATE SET
               count = CASE WHEN throttle.window_start_ms <= $3 THEN 1 ELSE throttle.count + 1 END,
               window_start_ms = CASE WHEN throttle.window_start_ms <= $3 THEN excluded.window_start_ms ELSE throttle.window_start_ms END
             RETURNING count, window_start_ms",
            &limit.key[..], now_ms, now_ms - limit.window_ms
        )?;
        if let Some((count, start)) = row
            && count > limit.limit
        {
            let left = (start + limit.window_ms - now_ms).max(1);
            wait = Some(wait.map_or(left, |longest| longest.max(left)));
        }
    }
    tx.commit().await?;
    Ok(wait)
}

/// Deletes windows that began before `before_ms`: how many.
pub async fn purge(tx: &mut Tx, before_ms: i64) -> Result<u64> {
    exec!(tx, "DELETE FROM throttle WHERE window_start_ms <= $1", before_ms)
}
