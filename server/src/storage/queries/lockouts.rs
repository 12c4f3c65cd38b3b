//! Wrong passwords in a row, and the growing time for which they close the door (REC-3).

use crate::storage::sql::{exec, one};
use crate::storage::{Db, Result, Tx};

/// When the door closes, and for how long.
#[derive(Debug, Clone, Copy)]
pub struct Rule {
    /// Wrong tries that are taken before it closes.
    pub tries: i64,
    /// The first time it closes for this long; each further time for twice as long…
    pub first_ms: i64,
    /// …and never longer.
    pub longest_ms: i64,
    /// After this long without a mistake all is forgotten.
    pub forget_ms: i64,
}

/// Counts a try as wrong before it is compared, in a transaction of its own: neither parallel tries nor a request that
/// breaks off give any back. `Some(ms)`: the door is closed for so long, and nothing may be compared.
pub async fn spend(db: &Db, key: &[u8; 32], rule: Rule, now_ms: i64) -> Result<Option<i64>> {
    let mut tx = db.write().await?;
    let row = one!(
        tx,
        (i64, i64, i64),
        "INSERT INTO lockouts (key, wrong, locks, until_ms, changed_ms) VALUES ($1, 1, 0, 0, $2)
         ON CONFLICT (key) DO UPDATE SET
           wrong = CASE WHEN lockouts.until_ms > $2 THEN lockouts.wrong
                        WHEN lockouts.changed_ms <= $3 THEN 1 ELSE lockouts.wrong + 1 END,
           locks = CASE WHEN lockouts.changed_ms <= $3 AND lockouts.until_ms <= $2 THEN 0 ELSE lockouts.locks END,
           changed_ms = CASE WHEN lockouts.until_ms > $2 THEN lockouts.changed_ms ELSE $2 END
         RETURNING wrong, locks, until_ms",
        &key[..],
        now_ms,
        now_ms - rule.forget_ms
    )?;
    let (wrong, locks, until_ms) = row.unwrap_or((1, 0, 0));
    let mut wait = (until_ms > now_ms).then(|| until_ms - now_ms);
    if wait.is_none() && wrong > rule.tries {
        let growing = rule.first_ms.saturating_mul(1 << locks.clamp(0, 20));
        let closed_ms = growing.min(rule.longest_ms);
        exec!(
            tx,
            "UPDATE lockouts SET wrong = 0, locks = locks + 1, until_ms = $2, changed_ms = $3 WHERE key = $1",
            &key[..],
            now_ms + closed_ms,
            now_ms
        )?;
        wait = Some(closed_ms);
    }
    tx.commit().await?;
    Ok(wait)
}

/// The password was right: all is forgotten.
pub async fn clear(tx: &mut Tx, key: &[u8; 32]) -> Result<()> {
    exec!(tx, "DELETE FROM lockouts WHERE key = $1", &key[..])?;
    Ok(())
}

/// Deletes what has not changed since `before_ms`: how many.
pub async fn purge(tx: &mut Tx, before_ms: i64) -> Result<u64> {
    exec!(tx, "DELETE FROM lockouts WHERE changed_ms <= $1 AND until_ms <= $1", before_ms)
}
