//! Bare transactions and submissions by turns, so that whatever else the machine does falls on both alike.

use crate::bare::{Bare, submitted};
use crate::drive::{Run, drive};
use crate::people::{Prepared, Ready};
use crate::{Outcome, http};
use serde_json::{Value, json};
use server::http::SESSION;
use server::jobs;
use server::storage::Db;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicI64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// How long the jobs of one round may take.
const DRAIN: Duration = Duration::from_secs(240);
const LOOK: Duration = Duration::from_millis(100);
/// A number of jobs that stays so long is that of those which wait for their day, or run for ever.
const STILL: Duration = Duration::from_secs(2);

#[derive(clap::Args)]
pub struct Plan {
    #[command(flatten)]
    prepared: Prepared,
    /// Where bare transactions go
    #[arg(long)]
    bare_url: String,
    #[arg(long, value_delimiter = ',', default_value = "1,16,128")]
    clients: Vec<usize>,
    /// Submissions in one round, for each number of clients
    #[arg(long, value_delimiter = ',', default_value = "200,600,1280")]
    submissions: Vec<usize>,
    #[arg(long, default_value_t = 3)]
    rounds: usize,
    #[arg(long, default_value_t = 2.0)]
    seconds: f64,
}

pub async fn run(plan: Plan) -> Outcome<Value> {
    let bare = Bare::open(&plan.bare_url).await?;
    let (address, db) = (plan.prepared.address, Db::open(&plan.prepared.database_url).await?);
    let drafts = Arc::new(Mutex::new(plan.prepared.citizens()?));
    let before = at_rest(&db).await?;
    let ids = Arc::new(AtomicI64::new(0));
    let time = Duration::from_secs_f64(plan.seconds);
    let (mut levels, mut acknowledged) = (Vec::new(), 0);
    for (clients, count) in plan.clients.iter().copied().zip(plan.submissions.iter().copied()) {
        let mut rounds = Vec::new();
        let (mut all_bare, mut all_sent) = (Run::default(), Run::default());
        for _ in 0..plan.rounds {
            let bare = bare.run(clients, time, &ids).await;
            let sent = send(address, clients, count, &drafts).await;
            acknowledged += sent.millis.len();
            let drained = drain(&db, before).await?;
            rounds.push(json!({
                "bare": bare.rate(), "submissions": sent.rate(), "ratio": sent.rate() / bare.rate(),
                "settled": sent.millis.len() as f64 / (sent.seconds + drained.as_secs_f64()),
            }));
            all_bare.join(bare);
            all_sent.join(sent);
        }
        levels.push(json!({
            "clients": clients, "rounds": rounds,
            "bare_p50_ms": all_bare.quantile(0.5), "bare_p99_ms": all_bare.quantile(0.99),
            "p50_ms": all_sent.quantile(0.5), "p99_ms": all_sent.quantile(0.99),
            "done": all_sent.millis.len(), "failures": all_sent.failures + all_bare.failures,
        }));
    }
    let (stored, approved) = submitted(&plan.prepared.database_url).await?;
    Ok(json!({ "levels": levels, "acknowledged": acknowledged, "stored": stored, "approved": approved }))
}

/// So many drafts are sent.
pub async fn send(address: SocketAddr, clients: usize, count: usize, drafts: &Arc<Mutex<Vec<Ready>>>) -> Run {
    let drafts = Arc::clone(drafts);
    let left = AtomicUsize::new(count);
    let next = move || {
        left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |n| n.checked_sub(1)).ok()?;
        let ready = drafts.lock().unwrap_or_else(PoisonError::into_inner).pop()?;
        let path = format!("/applications/{}", ready.id);
        let cookie = format!("{SESSION}={}", ready.token);
        let body = format!("submit_key={}&consent=yes", ready.submit_key);
        let request = http::form(address, &format!("{path}/edit/review"), &cookie, &body);
        Some((Arc::from(request), Arc::from(path)))
    };
    // The count ends the round; the time only keeps a stuck server from holding it for ever.
    drive(address, clients, Duration::from_secs(60), 303, Arc::new(next)).await
}

/// Waits until no more jobs are done: how many are left.
pub async fn at_rest(db: &Db) -> Outcome<i64> {
    let (mut left, mut since) = (waiting(db).await?, Instant::now());
    let started = since;
    while since.elapsed() < STILL {
        if started.elapsed() > DRAIN {
            return Err("the jobs do not rest".into());
        }
        tokio::time::sleep(LOOK).await;
        let now = waiting(db).await?;
        if now != left {
            (left, since) = (now, Instant::now());
        }
    }
    Ok(left)
}

/// Waits until the jobs of what was submitted are done, and no more are left than before: how long that took.
pub async fn drain(db: &Db, before: i64) -> Outcome<Duration> {
    let started = Instant::now();
    while waiting(db).await? > before {
        if started.elapsed() > DRAIN {
            return Err("the jobs do not end".into());
        }
        tokio::time::sleep(LOOK).await;
    }
    Ok(started.elapsed())
}

async fn waiting(db: &Db) -> Outcome<i64> {
    Ok(jobs::counts(&mut db.read().await?).await?.waiting)
}
