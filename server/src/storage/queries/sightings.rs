//! From which address which name was tried: keyed hashes of both, counted by the rules of detection
//! (`domain::accounts::watch`). Neither address nor name is here.

use crate::storage::sql::{all, exec};
use crate::storage::{Result, Tx};

/// Notes one try, and answers when the different names of this address and the different addresses of this name were
/// seen last, the newest first, this try included; of each at most `most`, none before `since_ms`.
pub async fn see(
    tx: &mut Tx,
    address: &[u8; 32],
    name: &[u8; 32],
    now_ms: i64,
    since_ms: i64,
    most: usize,
) -> Result<(Vec<i64>, Vec<i64>)> {
    exec!(
        tx,
        "INSERT INTO sightings (address, name, seen_ms) VALUES ($1, $2, $3)
         ON CONFLICT (address, name) DO UPDATE SET seen_ms = excluded.seen_ms",
        &address[..],
        &name[..],
        now_ms
    )?;
    let most = i64::try_from(most).unwrap_or(i64::MAX);
    let names = all!(
        tx,
        (i64,),
        "SELECT seen_ms FROM sightings WHERE address = $1 AND seen_ms > $2 ORDER BY seen_ms DESC LIMIT $3",
        &address[..],
        since_ms,
        most
    )?;
    let addresses = all!(
        tx,
        (i64,),
        "SELECT seen_ms FROM sightings WHERE name = $1 AND seen_ms > $2 ORDER BY seen_ms DESC LIMIT $3",
        &name[..],
        since_ms,
        most
    )?;
    let moments = |rows: Vec<(i64,)>| rows.into_iter().map(|(at,)| at).collect();
    Ok((moments(names), moments(addresses)))
}

/// Forgets that this address tried this name.
pub async fn forget(tx: &mut Tx, address: &[u8; 32], name: &[u8; 32]) -> Result<()> {
    exec!(tx, "DELETE FROM sightings WHERE address = $1 AND name = $2", &address[..], &name[..])?;
    Ok(())
}

/// Deletes tries before `before_ms`: how many.
pub async fn purge(tx: &mut Tx, before_ms: i64) -> Result<u64> {
    exec!(tx, "DELETE FROM sightings WHERE seen_ms <= $1", before_ms)
}
