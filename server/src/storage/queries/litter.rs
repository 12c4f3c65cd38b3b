//! Objects of the store that are to be deleted. Whoever deletes a row that names one enters it here in the same
//! transaction; whoever puts one enters it before, and takes it out in the transaction that makes the row. So no failure of
//! the store, and no end of the process, leaves an object that nobody knows of.

use crate::storage::sql::{all, exec};
use crate::storage::{Db, Files, Result, Tx};

/// How long an object may be without its row: far longer than a request, or a job, takes.
const GRACE_MS: i64 = 60 * 60_000;
/// Clocks of two servers may differ by so much.
const MARGIN_MS: i64 = 5 * 60_000;
/// After so many failures in a row the store is away: the next pass goes on.
const PATIENCE: usize = 3;

/// Enters objects whose rows the transaction deletes.
pub async fn enter(tx: &mut Tx, ids: &[String], now_ms: i64) -> Result<()> {
    for id in ids {
        exec!(tx, "INSERT INTO litter (id, due_ms, tries) VALUES ($1, $2, 0) ON CONFLICT (id) DO NOTHING", id, now_ms)?;
    }
    Ok(())
}

/// Notes, before an object is put, that nothing names it yet.
pub async fn expect(db: &Db, id: &str, now_ms: i64) -> Result<()> {
    let mut tx = db.write().await?;
    enter(&mut tx, &[id.to_owned()], now_ms + GRACE_MS).await?;
    tx.commit().await
}

/// From this transaction on a row names the object. `false`: it was too late, and the object may be gone.
pub async fn take_out(tx: &mut Tx, id: &str, now_ms: i64) -> Result<bool> {
    let sql = "DELETE FROM litter WHERE id = $1 AND due_ms > $2";
    Ok(exec!(tx, sql, id, now_ms + MARGIN_MS)? == 1)
}

/// Deletes objects that are entered here. What fails stays entered, and is no failure of the caller.
pub async fn clear(db: &Db, files: &Files, ids: &[String]) -> Result<()> {
    let (mut gone, mut left) = (Vec::new(), Vec::new());
    for id in ids {
        match files.delete(id).await {
            Ok(()) => gone.push(id),
            Err(error) => {
                tracing::warn!(%error, "an object is not deleted yet");
                left.push(id);
            }
        }
        if left.len() == PATIENCE {
            break;
        }
    }
    if gone.is_empty() && left.is_empty() {
        return Ok(());
    }
    let mut tx = db.write().await?;
    for id in gone {
        exec!(&mut tx, "DELETE FROM litter WHERE id = $1", id)?;
    }
    for id in left {
        exec!(&mut tx, "UPDATE litter SET tries = tries + 1 WHERE id = $1", id)?;
    }
    tx.commit().await
}

/// Deletes at most `limit` objects whose time has come, those first that failed least: how many there were.
pub async fn sweep(db: &Db, files: &Files, now_ms: i64, limit: i64) -> Result<u64> {
    let mut tx = db.read().await?;
    let rows = all!(
        &mut tx,
        (String,),
        "SELECT id FROM litter WHERE due_ms <= $1 ORDER BY tries, due_ms LIMIT $2",
        now_ms,
        limit
    )?;
    drop(tx);
    let ids: Vec<String> = rows.into_iter().map(|(id,)| id).collect();
    clear(db, files, &ids).await?;
    Ok(ids.len() as u64)
}
