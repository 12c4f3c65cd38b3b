//! Takes due jobs and runs them.

use super::Job;
use super::JobError;
use super::queue::{self, Claimed, Outcome};
use crate::storage::{Db, Result, ids};
use futures::FutureExt;
use futures::future::BoxFuture;
use std::collections::HashSet;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::sync::watch;
use tokio::task::{JoinHandle, JoinSet};

/// Does a job. It may run more than once: idempotent, please.
pub type Handler = Arc<dyn Fn(Job) -> BoxFuture<'static, Result<(), JobError>> + Send + Sync>;
/// Milliseconds since 1970-01-01 UTC.
pub type Clock = Arc<dyn Fn() -> i64 + Send + Sync>;

/// Jobs in work at once. Most of their time is waiting for outside systems.
const CONCURRENCY: usize = 16;
/// How often to look when no commit of this process has rung: other servers enqueue too.
const POLL: Duration = Duration::from_millis(250);
const RENEW: Duration = Duration::from_millis(1_000);
/// The database is away: how long until the next try.
const TROUBLE: Duration = Duration::from_millis(500);

/// A running worker. Dropped without [`Runner::stop`], it works on until the runtime ends.
pub struct Runner {
    db: Db,
    clock: Clock,
    lease: String,
    stop: watch::Sender<bool>,
    task: JoinHandle<()>,
}

impl std::fmt::Debug for Runner {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Runner({})", self.lease)
    }
}

impl Runner {
    /// Starts to work in the background.
    pub fn start(db: Db, clock: Clock, handler: Handler) -> Runner {
        let (stop, stopped) = watch::channel(false);
        // Names this worker in the leases it takes.
        let lease = ids::inner_id();
        let worker = Worker {
            db: db.clone(),
            clock: Arc::clone(&clock),
            handler,
            lease: lease.clone(),
            running: JoinSet::new(),
            ids: HashSet::new(),
            finished: Vec::new(),
            renewed: Instant::now(),
        };
        let task = tokio::spawn(worker.work(stopped));
        Runner { db, clock, lease, stop, task }
    }

    /// Takes no more jobs, gives those in work this long to end, and hands the rest back.
    pub async fn stop(mut self, patience: Duration) {
        self.stop.send_replace(true);
        if tokio::time::timeout(patience, &mut self.task).await.is_err() {
            self.task.abort();
            // The jobs themselves die with the aborted set, so nobody else runs beside them.
            let _ = (&mut self.task).await;
            if let Err(error) = self.hand_back().await {
                tracing::warn!(%error, "leases could not be handed back; they end by themselves");
            }
        }
    }

    async fn hand_back(&self) -> Result<()> {
        let mut tx = self.db.write().await?;
        queue::release(&mut tx, &self.lease, (self.clock)()).await?;
        tx.commit().await
    }
}

struct Worker {
    db: Db,
    clock: Clock,
    handler: Handler,
    lease: String,
    running: JoinSet<(Claimed, Outcome)>,
    /// The ids in `running`: a lease renewed too late must not start the job a second time here.
    ids: HashSet<String>,
    finished: Vec<(Claimed, Outcome)>,
    renewed: Instant,
}

impl Worker {
    async fn work(mut self, mut stop: watch::Receiver<bool>) {
        loop {
            let stopping = *stop.borrow_and_update();
            if stopping && self.running.is_empty() && self.finished.is_empty() {
                break;
            }
            let pause = match self.round(!stopping).await {
                Ok(pause) => pause,
                Err(error) => {
                    tracing::error!(%error, "the job queue cannot be reached");
                    TROUBLE
                }
            };
            let free = self.running.len() < CONCURRENCY;
            tokio::select! {
                Some(done) = self.running.join_next() => self.note(done.ok()),
                () = self.db.bell().notified(), if free && !stopping => {}
                // Dropped without a stop, it never changes again.
                Ok(()) = stop.changed() => {}
                () = tokio::time::sleep(pause) => {}
            }
        }
    }

    /// Settles what is finished and claims what is due, all in one transaction, if there is anything to do:
    /// how long to wait then.
    async fn round(&mut self, may_claim: bool) -> Result<Duration> {
        let now_ms = (self.clock)();
        let next = queue::next_due_ms(&mut self.db.read().await?).await?;
        let due = may_claim && self.running.len() < CONCURRENCY && next.is_some_and(|at| at <= now_ms);
        let late = !self.running.is_empty() && self.renewed.elapsed() >= RENEW;
        if due || late || !self.finished.is_empty() {
            return self.write(may_claim).await;
        }
        let until = next.map_or(POLL, |at| Duration::from_millis(u64::try_from(at - now_ms).unwrap_or(0)));
        // Full hands wait for a job to end or a lease to be renewed, not for the next one due.
        Ok(if self.running.len() < CONCURRENCY { until.clamp(Duration::from_millis(1), POLL) } else { POLL })
    }

    async fn write(&mut self, may_claim: bool) -> Result<Duration> {
        let mut tx = self.db.write().await?;
        // Waiting for the one writer takes time: jobs that ended meanwhile go along.
        while let Some(done) = self.running.try_join_next() {
            self.note(done.ok());
        }
        let now_ms = (self.clock)();
        for (claimed, outcome) in &self.finished {
            queue::settle(&mut tx, &self.lease, claimed, *outcome, now_ms).await?;
        }
        if !self.running.is_empty() {
            queue::renew(&mut tx, &self.lease, now_ms).await?;
        }
        let free = CONCURRENCY - self.running.len();
        let claimed = if may_claim && free > 0 {
            queue::claim(&mut tx, &self.lease, now_ms, free as i64).await?
        } else {
            Vec::new()
        };
        tx.commit().await?;
        self.finished.clear();
        self.renewed = Instant::now();
        let full = claimed.len() == free;
        for job in claimed {
            if self.ids.insert(job.id.clone()) {
                let handler = Arc::clone(&self.handler);
                self.running.spawn(async move {
                    let outcome = run(&handler, &job).await;
                    (job, outcome)
                });
            }
        }
        // With hands left over nothing was due; otherwise look again when one is free.
        Ok(if full { POLL } else { Duration::from_millis(1) })
    }

    fn note(&mut self, done: Option<(Claimed, Outcome)>) {
        if let Some((claimed, outcome)) = done {
            self.ids.remove(&claimed.id);
            self.finished.push((claimed, outcome));
        }
    }
}

async fn run(handler: &Handler, claimed: &Claimed) -> Outcome {
    let Some(job) = claimed.job.clone() else {
        tracing::error!(job.id = %claimed.id, "a job of unknown kind");
        return Outcome::NotDone(JobError::Fail);
    };
    let kind = job.kind();
    let handled = AssertUnwindSafe(async { handler(job).await }).catch_unwind().await;
    let (id, attempt) = (&claimed.id, claimed.attempt);
    match handled {
        Ok(Ok(())) => Outcome::Done,
        Ok(Err(error @ JobError::Retry { after })) => {
            if after.is_none() {
                tracing::info!(job.kind = kind, job.id = %id, job.attempt = attempt, "a job will be tried again");
            }
            Outcome::NotDone(error)
        }
        Ok(Err(error)) => {
            tracing::error!(job.kind = kind, job.id = %id, job.attempt = attempt, "a job failed for good");
            Outcome::NotDone(error)
        }
        Err(_) => {
            tracing::error!(job.kind = kind, job.id = %id, job.attempt = attempt, "a job panicked");
            Outcome::Panicked
        }
    }
}

/// Runs what is due at `now_ms`, one after the other, and what that enqueues, until nothing is left: how
/// many ran. For tests and for commands; jobs to be tried again wait for a later moment.
pub async fn run_pending(db: &Db, now_ms: i64, handler: &Handler) -> Result<usize> {
    let lease = ids::inner_id();
    let mut ran = 0;
    loop {
        let mut tx = db.write().await?;
        let Some(claimed) = queue::claim(&mut tx, &lease, now_ms, 1).await?.pop() else {
            return Ok(ran);
        };
        tx.commit().await?;
        let outcome = run(handler, &claimed).await;
        let mut tx = db.write().await?;
        queue::settle(&mut tx, &lease, &claimed, outcome, now_ms).await?;
        tx.commit().await?;
        ran += 1;
    }
}
