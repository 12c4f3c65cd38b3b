//! Takes due jobs and runs them.

use super::Job;
use super::JobError;
use super::queue::{self, Claimed, Outcome};
use crate::http::InHand;
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
/// How long jobs let requests go first.
pub const ASIDE: Duration = Duration::from_secs(1);
/// How often they look whether somebody still waits for an answer.
const GLANCE: Duration = Duration::from_millis(10);

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
        Runner::behind(InHand::default(), ASIDE, db, clock, handler)
    }

    /// The same, where requests are served too: a person waits for those, and nobody for a job, which lets them go first for as
    /// long as `aside`.
    pub fn behind(in_hand: InHand, aside: Duration, db: Db, clock: Clock, handler: Handler) -> Runner {
        let (stop, stopped) = watch::channel(false);
        // Names this worker in the leases it takes.
        let lease = ids::inner_id();
        let worker = Worker {
            db: db.clone(),
            clock: Arc::clone(&clock),
            handler,
            in_hand,
            aside,
            waits: None,
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
    in_hand: InHand,
    /// How long it lets requests go first, and since when it does.
    aside: Duration,
    waits: Option<Instant>,
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
            let aside = self.steps_aside();
            let pause = match self.round(!stopping && !aside).await {
                Ok(pause) if aside => pause.min(GLANCE),
                Ok(pause) => pause,
                Err(error) => {
                    tracing::error!(%error, "the job queue cannot be reached");
                    TROUBLE
                }
            };
            let free = self.running.len() < CONCURRENCY && !aside;
            tokio::select! {
                Some(done) = self.running.join_next() => self.note(done.ok()),
                () = self.db.bell().notified(), if free && !stopping => {}
                // Dropped without a stop, it never changes again.
                Ok(()) = stop.changed() => {}
                () = tokio::time::sleep(pause) => {}
            }
        }
    }

    /// Whether to leave the machine to those who wait for an answer. Not for ever: when requests never cease, jobs have
    /// their turn after a while, until the queue is empty.
    fn steps_aside(&mut self) -> bool {
        if !self.in_hand.any() {
            self.waits = None;
            return false;
        }
        self.waits.get_or_insert_with(Instant::now).elapsed() < self.aside
    }

    /// Settles what is finished and claims what is due, all in one transaction, if there is anything to do:
    /// how long to wait then.
    async fn round(&mut self, may_claim: bool) -> Result<Duration> {
        let late = !self.running.is_empty() && self.renewed.elapsed() >= RENEW;
        if late || !self.finished.is_empty() {
            return self.write(may_claim).await;
        }
        if !may_claim {
            return Ok(POLL);
        }
        let now_ms = (self.clock)();
        let next = queue::next_due_ms(&mut self.db.read().await?).await?;
        if self.running.len() < CONCURRENCY && next.is_some_and(|at| at <= now_ms) {
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
        if may_claim && !full {
            // All that was due is in hand: the next ones step aside anew.
            self.waits = None;
        }
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
