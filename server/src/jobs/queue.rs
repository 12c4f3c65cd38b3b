//! The table of jobs. Done jobs are deleted, so it stays as long as the work that is left.

use super::{Job, JobError};
use crate::storage::sql::{all, defer, exec, one};
use crate::storage::{Result, StorageError, Tx, ids};
use sha2::{Digest, Sha256};
use std::time::Duration;

/// How long a claim holds without being renewed: after a crash the job runs again this much later.
pub(super) const LEASE_MS: i64 = 4_000;
const FIRST_DELAY: Duration = Duration::from_secs(1);
const LONGEST_DELAY: Duration = Duration::from_secs(600);
/// A handler that panics this often will do so forever.
const PANICS: i64 = 20;

/// A job that is ours until its lease ends.
#[derive(Debug)]
pub(super) struct Claimed {
    pub id: String,
    /// `None`: written by a newer version of the program.
    pub job: Option<Job>,
    /// Counted from 1.
    pub attempt: i64,
}

/// What a handler made of its job.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Outcome {
    Done,
    NotDone(JobError),
    Panicked,
}

/// Enqueues a job within the caller's transaction: rolled back, there is no job. It runs once that
/// commits, or from `run_after_ms` on.
pub async fn enqueue(tx: &mut Tx, job: &Job, run_after_ms: Option<i64>) -> Result<()> {
    let id = ids::inner_id();
    let payload = payload(job, &id)?;
    defer!(
        tx,
        "INSERT INTO jobs (id, payload, due_ms, attempts) VALUES ($1, $2, $3, $4)",
        id,
        payload,
        due_ms(run_after_ms),
        0i64
    );
    tx.ring_on_commit();
    Ok(())
}

/// Enqueues a job unless one is waiting or running under the same name: whether it was enqueued. One that was given up runs
/// again: what was wrong may have been mended since.
pub async fn enqueue_once(tx: &mut Tx, name: &str, job: &Job, run_after_ms: Option<i64>) -> Result<bool> {
    let payload = payload(job, name)?;
    let done = exec!(
        tx,
        "INSERT INTO jobs (id, payload, due_ms, attempts) VALUES ($1, $2, $3, 0)
         ON CONFLICT (id) DO UPDATE SET payload = excluded.payload, due_ms = excluded.due_ms, attempts = 0, failed_ms = NULL
           WHERE jobs.failed_ms IS NOT NULL",
        name,
        &payload,
        due_ms(run_after_ms)
    )?;
    tx.ring_on_commit();
    Ok(done == 1)
}

fn payload(job: &Job, id: &str) -> Result<String> {
    serde_json::to_string(job).map_err(|_| StorageError::bad("jobs", "payload", id))
}

/// 0 is due at once, whatever the clock says.
fn due_ms(run_after_ms: Option<i64>) -> i64 {
    run_after_ms.unwrap_or(0)
}

/// Leases up to `limit` due jobs, oldest first.
pub(super) async fn claim(tx: &mut Tx, lease: &str, now_ms: i64, limit: i64) -> Result<Vec<Claimed>> {
    let rows = claim_rows(tx, lease, now_ms, limit).await?;
    let mut claimed: Vec<_> = rows
        .into_iter()
        .map(|(id, payload, attempt)| Claimed { job: serde_json::from_str(&payload).ok(), id, attempt })
        .collect();
    // RETURNING promises no order; ids are in order of their making.
    claimed.sort_by(|a, b| a.id.cmp(&b.id));
    Ok(claimed)
}

/// The one statement that differs: PostgreSQL's writers run side by side and must step over each other's rows.
async fn claim_rows(tx: &mut Tx, lease: &str, now_ms: i64, limit: i64) -> Result<Vec<(String, String, i64)>> {
    if tx.is_sqlite() {
        all!(
            tx,
            (String, String, i64),
            "UPDATE jobs SET lease = $1, due_ms = $2, attempts = attempts + 1
             WHERE id IN (SELECT id FROM jobs WHERE failed_ms IS NULL AND due_ms <= $3 ORDER BY due_ms, id LIMIT $4)
             RETURNING id, payload, attempts",
            lease,
            now_ms + LEASE_MS,
            now_ms,
            limit
        )
    } else {
        all!(
            tx,
            (String, String, i64),
            "WITH due AS MATERIALIZED (SELECT id FROM jobs WHERE failed_ms IS NULL AND due_ms <= $3
               ORDER BY due_ms, id LIMIT $4 FOR UPDATE SKIP LOCKED)
             UPDATE jobs SET lease = $1, due_ms = $2, attempts = attempts + 1 FROM due WHERE jobs.id = due.id
             RETURNING jobs.id, payload, attempts",
            lease,
            now_ms + LEASE_MS,
            now_ms,
            limit
        )
    }
}

/// Notes what became of a claimed job. Without effect once the lease has gone to another.
pub(super) async fn settle(tx: &mut Tx, lease: &str, claimed: &Claimed, outcome: Outcome, now_ms: i64) -> Result<()> {
    let id = &claimed.id;
    // A job that names its own time has worked: its attempts are not failures.
    let fresh = matches!(outcome, Outcome::NotDone(JobError::Retry { after: Some(_) }));
    let after = match outcome {
        Outcome::Done => {
            exec!(tx, "DELETE FROM jobs WHERE id = $1 AND lease = $2", id, lease)?;
            return Ok(());
        }
        Outcome::NotDone(JobError::Retry { after: Some(after) }) => after,
        Outcome::NotDone(JobError::Retry { after: None }) => delay(claimed),
        Outcome::Panicked if claimed.attempt < PANICS => delay(claimed),
        Outcome::Panicked | Outcome::NotDone(JobError::Fail) => {
            exec!(tx, "UPDATE jobs SET failed_ms = $3, lease = NULL WHERE id = $1 AND lease = $2", id, lease, now_ms)?;
            return Ok(());
        }
    };
    let due_ms = now_ms + i64::try_from(after.as_millis()).unwrap_or(i64::MAX / 2).max(1);
    exec!(
        tx,
        "UPDATE jobs SET due_ms = $3, lease = NULL, attempts = CASE WHEN $4 THEN 0 ELSE attempts END
         WHERE id = $1 AND lease = $2",
        id,
        lease,
        due_ms,
        fresh
    )?;
    Ok(())
}

/// Doubles with each attempt, and spreads by up to a quarter so that jobs that failed together do not return together.
fn delay(claimed: &Claimed) -> Duration {
    let doublings = u32::try_from(claimed.attempt - 1).unwrap_or(0).min(16);
    let delay = FIRST_DELAY.saturating_mul(1 << doublings).min(LONGEST_DELAY);
    let spread = u32::from(Sha256::digest(claimed.id.as_bytes())[0]);
    delay + delay * spread / (4 * 255)
}

/// Prolongs all leases of a worker.
pub(super) async fn renew(tx: &mut Tx, lease: &str, now_ms: i64) -> Result<()> {
    exec!(tx, "UPDATE jobs SET due_ms = $2 WHERE lease = $1", lease, now_ms + LEASE_MS)?;
    Ok(())
}

/// Gives a worker's leases back, for the next one to run at once.
pub(super) async fn release(tx: &mut Tx, lease: &str, now_ms: i64) -> Result<()> {
    exec!(tx, "UPDATE jobs SET due_ms = $2, lease = NULL WHERE lease = $1", lease, now_ms)?;
    tx.ring_on_commit();
    Ok(())
}

/// When the next job is due.
pub(super) async fn next_due_ms(tx: &mut Tx) -> Result<Option<i64>> {
    let row = one!(tx, (Option<i64>,), "SELECT MIN(due_ms) FROM jobs WHERE failed_ms IS NULL")?;
    Ok(row.and_then(|(due,)| due))
}

/// How much is left to do, for metrics and `server doctor`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counts {
    /// Waiting or running.
    pub waiting: i64,
    /// Given up: an engineer should look.
    pub failed: i64,
}

pub async fn counts(tx: &mut Tx) -> Result<Counts> {
    tx.flush().await?;
    let row = one!(tx, (i64, i64), "SELECT COUNT(*), COUNT(failed_ms) FROM jobs")?;
    let (all, failed) = row.unwrap_or_default();
    Ok(Counts { waiting: all - failed, failed })
}

/// Lets all jobs that failed for good run again: how many.
pub async fn revive(tx: &mut Tx) -> Result<u64> {
    tx.ring_on_commit();
    exec!(tx, "UPDATE jobs SET failed_ms = NULL, due_ms = 0, attempts = 0 WHERE failed_ms IS NOT NULL")
}
