//! Closed loop: each client sends its next request when it has the whole answer to the last one.

use crate::http::Connection;
use serde_json::{Value, json};
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::task::JoinSet;

/// Hands out requests, each with where its answer must lead; `None` ends the run.
pub type Next = Arc<dyn Fn() -> Option<(Arc<[u8]>, Arc<str>)> + Send + Sync>;

#[derive(Default)]
pub struct Run {
    pub millis: Vec<f64>,
    pub failures: u64,
    pub seconds: f64,
}

impl Run {
    pub fn rate(&self) -> f64 {
        self.millis.len() as f64 / self.seconds.max(1e-9)
    }

    /// The value below which a share of the requests lies, ms.
    pub fn quantile(&self, share: f64) -> f64 {
        let mut sorted = self.millis.clone();
        sorted.sort_by(f64::total_cmp);
        let last = sorted.len().saturating_sub(1);
        sorted.get((share * last as f64).round() as usize).copied().unwrap_or(f64::NAN)
    }

    pub fn told(&self) -> Value {
        json!({
            "per_second": self.rate(), "p50_ms": self.quantile(0.5), "p99_ms": self.quantile(0.99),
            "done": self.millis.len(), "failures": self.failures,
        })
    }

    pub fn join(&mut self, other: Run) {
        self.millis.extend(other.millis);
        self.failures += other.failures;
    }
}

/// Drives `clients` connections for at most `time`.
pub async fn drive(address: SocketAddr, clients: usize, time: Duration, status: u16, next: Next) -> Run {
    let started = Instant::now();
    let mut tasks = JoinSet::new();
    for _ in 0..clients {
        let next = Arc::clone(&next);
        tasks.spawn(async move {
            let mut run = Run::default();
            let mut connection = None;
            while started.elapsed() < time
                && let Some((request, leads_to)) = next()
            {
                let sent = Instant::now();
                match answer(&mut connection, address, &request).await {
                    Ok((got, location)) if got == status && location == *leads_to => {
                        run.millis.push(sent.elapsed().as_secs_f64() * 1000.0);
                    }
                    Ok(_) => run.failures += 1,
                    Err(_) => {
                        run.failures += 1;
                        connection = None;
                    }
                }
            }
            run
        });
    }
    let mut all = Run::default();
    while let Some(done) = tasks.join_next().await {
        all.join(done.unwrap_or_default());
    }
    all.seconds = started.elapsed().as_secs_f64();
    all
}

async fn answer(kept: &mut Option<Connection>, address: SocketAddr, request: &[u8]) -> std::io::Result<(u16, String)> {
    let connection = match kept {
        Some(connection) => connection,
        None => kept.insert(Connection::open(address).await?),
    };
    let patience = Duration::from_secs(30);
    let answer = tokio::time::timeout(patience, connection.send(request)).await??;
    Ok((answer.status, answer.location))
}
