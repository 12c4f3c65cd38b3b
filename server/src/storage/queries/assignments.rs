//! Who works on which file. Of two who take a file at once the database lets one through.

use crate::storage::sql::{exec, one};
use crate::storage::{Result, Tx};
use domain::clock::Timestamp;
use domain::staff::{Distributing, Hold, Working};

#[derive(sqlx_macros::FromRow)]
struct Row {
    holder: String,
    taken_ms: i64,
    until_ms: i64,
}

impl From<Row> for Hold {
    fn from(row: Row) -> Hold {
        Hold { holder: row.holder, taken: Timestamp(row.taken_ms), until: Timestamp(row.until_ms) }
    }
}

/// The last hold of the file; it may have ended.
pub async fn find(tx: &mut Tx, application_id: &str) -> Result<Option<Hold>> {
    let row =
        one!(tx, Row, "SELECT holder, taken_ms, until_ms FROM assignments WHERE application_id = $1", application_id)?;
    Ok(row.map(Hold::from))
}

/// Takes a file that is free, or goes on holding one's own: the hold. `None`: somebody else holds it.
pub async fn take(tx: &mut Tx, working: &Working, application_id: &str, now: Timestamp) -> Result<Option<Hold>> {
    let fresh = Hold::new(working.member(), now);
    let row = one!(
        tx,
        Row,
        "INSERT INTO assignments (application_id, holder, taken_ms, until_ms) VALUES ($1, $2, $3, $4)
         ON CONFLICT (application_id) DO UPDATE SET
           taken_ms = CASE WHEN assignments.holder = excluded.holder AND assignments.until_ms > $5
             THEN assignments.taken_ms ELSE excluded.taken_ms END,
           holder = excluded.holder, until_ms = excluded.until_ms
         WHERE assignments.until_ms <= $6 OR assignments.holder = excluded.holder
         RETURNING holder, taken_ms, until_ms",
        application_id,
        &fresh.holder,
        fresh.taken.0,
        fresh.until.0,
        now.0,
        now.0
    )?;
    Ok(row.map(Hold::from))
}

/// Ends one's own hold: whether there was one. The row stays: it says who knows the file.
pub async fn release(tx: &mut Tx, working: &Working, application_id: &str, now: Timestamp) -> Result<bool> {
    let done = exec!(
        tx,
        "UPDATE assignments SET until_ms = $3 WHERE application_id = $1 AND holder = $2 AND until_ms > $3",
        application_id,
        working.member(),
        now.0
    )?;
    Ok(done == 1)
}

/// Forgets who held a file that is decided.
pub async fn end(tx: &mut Tx, application_id: &str) -> Result<()> {
    exec!(tx, "DELETE FROM assignments WHERE application_id = $1", application_id)?;
    Ok(())
}

/// Forgets holds that ended before this moment, of files that nobody came back to: how many.
pub async fn purge(tx: &mut Tx, before_ms: i64) -> Result<u64> {
    exec!(tx, "DELETE FROM assignments WHERE until_ms < $1", before_ms)
}

/// Hands the file over, whoever holds it.
pub async fn reassign(tx: &mut Tx, _: &Distributing, application_id: &str, to: &str, now: Timestamp) -> Result<Hold> {
    let hold = Hold::new(to, now);
    exec!(
        tx,
        "INSERT INTO assignments (application_id, holder, taken_ms, until_ms) VALUES ($1, $2, $3, $4)
         ON CONFLICT (application_id) DO UPDATE SET
           holder = excluded.holder, taken_ms = excluded.taken_ms, until_ms = excluded.until_ms",
        application_id,
        to,
        hold.taken.0,
        hold.until.0
    )?;
    Ok(hold)
}
