//! Jobs: enqueued with the transaction, run at least once, never lost.

use crate::house::{DAY, House, MINUTE, NOON};
use domain::clock::Timestamp;
use futures::FutureExt;
use server::http::InHand;
use server::jobs::{self, Clock, Handler, Job, JobError, Runner, run_pending};
use server::storage::{Db, StorageError};
use std::collections::HashMap;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::sync::Notify;
use tokio::time::{Instant, sleep, timeout};

on_both!(
    a_rolled_back_job_never_was,
    a_committed_job_runs_once,
    jobs_run_in_order_and_when_due,
    a_failing_job_waits_longer_each_time,
    a_job_that_cannot_succeed_is_kept,
    a_panic_is_a_failed_try,
    a_named_job_is_enqueued_once,
    a_job_for_ever_that_was_given_up_runs_again_after_a_start,
    a_commit_wakes_the_runner,
    jobs_let_requests_go_first_and_are_not_forgotten,
    a_killed_workers_job_runs_again,
    a_long_job_keeps_its_lease,
    two_workers_share_the_work,
    stopping_hands_unfinished_jobs_back,
);

fn send(id: &str) -> Job {
    Job::SendNotice { id: id.into() }
}

async fn enqueue(db: &Db, id: &str, at_ms: Option<i64>) {
    let mut tx = db.write().await.unwrap();
    jobs::enqueue(&mut tx, &send(id), at_ms).await.unwrap();
    tx.commit().await.unwrap();
}

/// A handler that notes the ids it saw and answers as told.
#[derive(Clone, Default)]
struct Seen(Arc<Mutex<Vec<String>>>);

impl Seen {
    fn handler(&self, answer: impl Fn(&str) -> Result<(), JobError> + Send + Sync + 'static) -> Handler {
        let seen = self.clone();
        Arc::new(move |job| {
            let Job::SendNotice { id } = job else { panic!("another job") };
            seen.0.lock().unwrap().push(id.clone());
            std::future::ready(answer(&id)).boxed()
        })
    }

    fn take(&self) -> Vec<String> {
        std::mem::take(&mut self.0.lock().unwrap())
    }
}

fn wall_clock() -> Clock {
    Arc::new(|| std::time::UNIX_EPOCH.elapsed().unwrap().as_millis() as i64)
}

/// A clock the test moves.
fn clock_at(now: &Arc<AtomicI64>) -> Clock {
    let now = Arc::clone(now);
    Arc::new(move || now.load(Ordering::SeqCst))
}

async fn until(what: &str, done: impl Fn() -> bool) {
    timeout(Duration::from_secs(20), async {
        while !done() {
            sleep(Duration::from_millis(2)).await;
        }
    })
    .await
    .unwrap_or_else(|_| panic!("never: {what}"));
}

async fn left(db: &Db) -> (i64, i64) {
    let counts = jobs::counts(&mut db.read().await.unwrap()).await.unwrap();
    (counts.waiting, counts.failed)
}

async fn all_done(db: &Db) {
    timeout(Duration::from_secs(20), async {
        while left(db).await.0 > 0 {
            sleep(Duration::from_millis(5)).await;
        }
    })
    .await
    .expect("jobs are left");
}

async fn a_rolled_back_job_never_was(house: &House) {
    let mut tx = house.db.write().await.unwrap();
    jobs::enqueue(&mut tx, &send("a"), None).await.unwrap();
    drop(tx);
    let seen = Seen::default();
    assert_eq!(run_pending(&house.db, NOON, &seen.handler(|_| Ok(()))).await.unwrap(), 0);
    assert_eq!(left(&house.db).await, (0, 0));
}

async fn a_committed_job_runs_once(house: &House) {
    enqueue(&house.db, "a", None).await;
    let seen = Seen::default();
    let handler = seen.handler(|_| Ok(()));
    assert_eq!(run_pending(&house.db, NOON, &handler).await.unwrap(), 1);
    assert_eq!(run_pending(&house.db, NOON + DAY, &handler).await.unwrap(), 0);
    assert_eq!((seen.take(), left(&house.db).await), (vec!["a".to_owned()], (0, 0)));
}

async fn jobs_run_in_order_and_when_due(house: &House) {
    enqueue(&house.db, "later", Some(NOON + MINUTE)).await;
    enqueue(&house.db, "first", None).await;
    enqueue(&house.db, "second", None).await;
    let seen = Seen::default();
    // What a job enqueues runs in the same go.
    let db = house.db.clone();
    let inner = seen.handler(|_| Ok(()));
    let handler: Handler = Arc::new(move |job| {
        let (db, done) = (db.clone(), inner(job.clone()));
        async move {
            if job == send("first") {
                enqueue(&db, "child", None).await;
            }
            done.await
        }
        .boxed()
    });
    assert_eq!(run_pending(&house.db, NOON, &handler).await.unwrap(), 3);
    assert_eq!(seen.take(), ["first", "second", "child"]);
    assert_eq!(run_pending(&house.db, NOON + MINUTE, &handler).await.unwrap(), 1);
    assert_eq!(seen.take(), ["later"]);
}

async fn a_failing_job_waits_longer_each_time(house: &House) {
    enqueue(&house.db, "a", None).await;
    let seen = Seen::default();
    let handler = seen.handler(|_| Err(JobError::RETRY));
    let (mut now, mut waits) = (NOON, Vec::new());
    for _ in 0..14 {
        assert_eq!(run_pending(&house.db, now, &handler).await.unwrap(), 1);
        assert_eq!(run_pending(&house.db, now, &handler).await.unwrap(), 0);
        let due = house.next_due().await;
        waits.push(due - now);
        now = due;
    }
    assert!((1_000..=1_250).contains(&waits[0]), "{waits:?}");
    assert!(waits.windows(2).take(8).all(|pair| pair[1] >= pair[0] * 19 / 10), "{waits:?}");
    assert!(waits.iter().all(|wait| *wait <= 750_000), "{waits:?}");
    // A job that says when is taken at its word.
    let at = seen.handler(|_| Err(JobError::again_in(Duration::from_secs(3600))));
    run_pending(&house.db, now, &at).await.unwrap();
    assert_eq!(house.next_due().await, now + 3_600_000);
}

async fn a_job_that_cannot_succeed_is_kept(house: &House) {
    enqueue(&house.db, "a", None).await;
    let seen = Seen::default();
    run_pending(&house.db, NOON, &seen.handler(|_| Err(JobError::Fail))).await.unwrap();
    assert_eq!(left(&house.db).await, (0, 1));
    assert_eq!(run_pending(&house.db, NOON + DAY, &seen.handler(|_| Ok(()))).await.unwrap(), 0);
    let mut tx = house.db.write().await.unwrap();
    assert_eq!(jobs::revive(&mut tx).await.unwrap(), 1);
    tx.commit().await.unwrap();
    assert_eq!(run_pending(&house.db, NOON, &seen.handler(|_| Ok(()))).await.unwrap(), 1);
    assert_eq!(left(&house.db).await, (0, 0));
    assert_eq!(JobError::from(StorageError::bad("a", "b", "c")), JobError::Fail);
    assert_eq!(JobError::from(StorageError::Files("away".into())), JobError::RETRY);
}

async fn a_panic_is_a_failed_try(house: &House) {
    enqueue(&house.db, "a", None).await;
    let seen = Seen::default();
    let panics = seen.handler(|_| panic!("on purpose"));
    let mut now = NOON;
    for _ in 0..20 {
        assert_eq!(run_pending(&house.db, now, &panics).await.unwrap(), 1);
        now += DAY;
    }
    assert_eq!(left(&house.db).await, (0, 1), "after so many panics it is put aside");
}

async fn a_named_job_is_enqueued_once(house: &House) {
    let mut tx = house.db.write().await.unwrap();
    assert!(jobs::enqueue_once(&mut tx, "purge", &Job::Purge, Some(NOON)).await.unwrap());
    assert!(!jobs::enqueue_once(&mut tx, "purge", &Job::Purge, None).await.unwrap());
    tx.commit().await.unwrap();
    let hourly: Handler = Arc::new(|_| std::future::ready(Err(JobError::again_in(Duration::from_secs(3600)))).boxed());
    assert_eq!(run_pending(&house.db, NOON, &hourly).await.unwrap(), 1);
    assert_eq!(run_pending(&house.db, NOON + 60 * MINUTE, &hourly).await.unwrap(), 1);
}

async fn a_job_for_ever_that_was_given_up_runs_again_after_a_start(house: &House) {
    let start = async || {
        let mut tx = house.db.write().await.unwrap();
        jobs::at_start(&mut tx, Timestamp(NOON)).await.unwrap();
        tx.commit().await.unwrap();
    };
    start().await;
    let waiting = left(&house.db).await.0;
    let broken: Handler = Arc::new(|_| std::future::ready(Err(JobError::Fail)).boxed());
    run_pending(&house.db, NOON, &broken).await.unwrap();
    assert_eq!(left(&house.db).await, (0, waiting));
    start().await;
    assert_eq!(left(&house.db).await, (waiting, 0));
    let hourly: Handler = Arc::new(|_| std::future::ready(Err(JobError::again_in(Duration::from_secs(3600)))).boxed());
    assert_eq!(run_pending(&house.db, NOON, &hourly).await.unwrap(), usize::try_from(waiting).unwrap());
    start().await;
    assert_eq!(run_pending(&house.db, NOON, &hourly).await.unwrap(), 0, "one that waits keeps its time");
}

async fn a_commit_wakes_the_runner(house: &House) {
    let seen = Seen::default();
    let runner = Runner::start(house.db.clone(), wall_clock(), seen.handler(|_| Ok(())));
    sleep(Duration::from_millis(100)).await;
    let mut waits = Vec::new();
    for i in 0..20 {
        // Long enough to be asleep, and anywhere between two looks.
        sleep(Duration::from_millis(40 + i * 7)).await;
        enqueue(&house.db, &i.to_string(), None).await;
        let start = Instant::now();
        until("the job ran", || !seen.0.lock().unwrap().is_empty()).await;
        waits.push(start.elapsed());
        seen.take();
    }
    waits.sort();
    // Polling alone would take 125 ms in the middle.
    assert!(waits[10] < Duration::from_millis(60), "{waits:?}");
    all_done(&house.db).await;
    runner.stop(Duration::from_secs(5)).await;
}

async fn jobs_let_requests_go_first_and_are_not_forgotten(house: &House) {
    let (seen, in_hand) = (Seen::default(), InHand::default());
    let one = in_hand.one_more();
    let begin =
        |aside| Runner::behind(in_hand.clone(), aside, house.db.clone(), wall_clock(), seen.handler(|_| Ok(())));
    let (begun, aside) = (Instant::now(), Duration::from_millis(200));
    let runner = begin(aside);
    enqueue(&house.db, "a", None).await;
    until("its turn came though somebody still waited", || !seen.0.lock().unwrap().is_empty()).await;
    assert!(begun.elapsed() >= aside, "{:?}", begun.elapsed());
    all_done(&house.db).await;
    runner.stop(Duration::from_secs(5)).await;
    seen.take();

    // An hour is not waited out here: the job begins as soon as the answer has gone.
    let runner = begin(Duration::from_secs(3600));
    enqueue(&house.db, "b", None).await;
    sleep(Duration::from_millis(300)).await;
    assert!(seen.0.lock().unwrap().is_empty(), "somebody waits for an answer");
    drop(one);
    until("the job ran", || !seen.0.lock().unwrap().is_empty()).await;
    all_done(&house.db).await;
    runner.stop(Duration::from_secs(5)).await;
}

async fn a_killed_workers_job_runs_again(house: &House) {
    let now = Arc::new(AtomicI64::new(NOON));
    for id in ["a", "b", "c"] {
        enqueue(&house.db, id, None).await;
    }
    // A worker in a runtime of its own that is torn down in the middle of its jobs, like a killed process.
    let (url, clock, taken) = (house.url.clone(), clock_at(&now), Seen::default());
    let died = taken.clone();
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().worker_threads(1).build().unwrap();
        runtime.block_on(async {
            let db = Db::open(&url).await.unwrap();
            let taking = died.clone();
            let never: Handler = Arc::new(move |job| {
                died.0.lock().unwrap().push(job.kind().to_owned());
                std::future::pending().boxed()
            });
            let _runner = Runner::start(db, clock, never);
            until("it had taken them", || taking.0.lock().unwrap().len() == 3).await;
        });
        runtime.shutdown_background();
    })
    .join()
    .unwrap();
    assert_eq!(taken.take().len(), 3, "it had taken them, once each");
    let seen = Seen::default();
    let ran = run_pending(&house.db, now.load(Ordering::SeqCst), &seen.handler(|_| Ok(()))).await.unwrap();
    assert_eq!(ran, 0, "for all anyone knows the first worker lives");
    let runner = Runner::start(house.db.clone(), clock_at(&now), seen.handler(|_| Ok(())));
    now.fetch_add(5_000, Ordering::SeqCst);
    until("the jobs ran again", || seen.0.lock().unwrap().len() >= 3).await;
    all_done(&house.db).await;
    let mut ids = seen.take();
    ids.sort();
    assert_eq!(ids, ["a", "b", "c"]);
    runner.stop(Duration::from_secs(5)).await;
}

async fn a_long_job_keeps_its_lease(house: &House) {
    enqueue(&house.db, "long", None).await;
    let (started, ended) = (Seen::default(), Seen::default());
    let (s, e) = (started.clone(), ended.clone());
    let end = Arc::new(Notify::new());
    let may = end.clone();
    let handler: Handler = Arc::new(move |_| {
        let (s, e, may_end) = (s.clone(), e.clone(), may.clone());
        async move {
            s.0.lock().unwrap().push(String::new());
            may_end.notified().await;
            e.0.lock().unwrap().push(String::new());
            Ok(())
        }
        .boxed()
    });
    let now = Arc::new(AtomicI64::new(NOON));
    let first = Runner::start(house.db.clone(), clock_at(&now), Arc::clone(&handler));
    until("the long job began", || !started.0.lock().unwrap().is_empty()).await;
    // Asked to stop, the first takes nothing more, and still keeps this lease to the end.
    let stopping = tokio::spawn(first.stop(Duration::from_secs(20)));
    let second = Runner::start(house.db.clone(), clock_at(&now), handler);
    // Longer than any lease holds by itself: it is renewed each time, and the second worker finds nothing.
    for _ in 0..3 {
        let renewed_at = now.fetch_add(3_000, Ordering::SeqCst) + 3_000;
        let renewed = async {
            while house.next_due().await <= renewed_at + 3_000 {
                sleep(Duration::from_millis(50)).await;
            }
        };
        timeout(Duration::from_secs(30), renewed).await.expect("the lease was renewed");
    }
    end.notify_one();
    until("the long job ended", || !ended.0.lock().unwrap().is_empty()).await;
    all_done(&house.db).await;
    assert_eq!(started.take().len(), 1, "nobody else took it meanwhile");
    stopping.await.unwrap();
    second.stop(Duration::from_secs(5)).await;
}

async fn two_workers_share_the_work(house: &House) {
    let counts = Arc::new(Mutex::new(HashMap::<String, usize>::new()));
    let counted = Arc::clone(&counts);
    let handler: Handler = Arc::new(move |job| {
        let Job::SendNotice { id } = job else { panic!("another job") };
        *counted.lock().unwrap().entry(id).or_default() += 1;
        std::future::ready(Ok(())).boxed()
    });
    let mut tx = house.db.write().await.unwrap();
    for i in 0..300 {
        jobs::enqueue(&mut tx, &send(&i.to_string()), None).await.unwrap();
    }
    tx.commit().await.unwrap();
    let other = Db::open(&house.url).await.unwrap();
    let first = Runner::start(house.db.clone(), wall_clock(), Arc::clone(&handler));
    let second = Runner::start(other.clone(), wall_clock(), handler);
    all_done(&house.db).await;
    first.stop(Duration::from_secs(5)).await;
    second.stop(Duration::from_secs(5)).await;
    other.close().await;
    let counts = counts.lock().unwrap();
    assert_eq!((counts.len(), counts.values().sum::<usize>()), (300, 300), "each once");
}

async fn stopping_hands_unfinished_jobs_back(house: &House) {
    enqueue(&house.db, "slow", None).await;
    let seen = Seen::default();
    let taken = seen.clone();
    let never: Handler = Arc::new(move |_| {
        taken.0.lock().unwrap().push(String::new());
        std::future::pending().boxed()
    });
    let runner = Runner::start(house.db.clone(), wall_clock(), never);
    until("it was taken", || !seen.0.lock().unwrap().is_empty()).await;
    // Let the claim's round come to rest before stopping.
    sleep(Duration::from_millis(50)).await;
    let start = Instant::now();
    runner.stop(Duration::from_millis(200)).await;
    assert!(start.elapsed() < Duration::from_secs(2));
    let now = wall_clock()();
    assert_eq!(
        run_pending(&house.db, now, &seen.handler(|_| Ok(()))).await.unwrap(),
        1,
        "at once, no lease to wait for"
    );
}
