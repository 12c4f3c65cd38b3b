//! `server serve`.

use super::{Outcome, demo_people, open};
use crate::config::Options;
use crate::house::{House, SystemClock};
use crate::http::{router, serve::serve};
use crate::jobs::{self, ASIDE, Runner, worker};
use std::future::Future;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use tracing_subscriber::EnvFilter;

pub async fn run(options: Options) -> Outcome {
    let started = Instant::now();
    log();
    let config = options.settle()?;
    let house = open::house(config, Box::new(SystemClock)).await?;
    if house.config.demo {
        demo_people::settle(&house).await?;
        // Drawing the first receipt loads fonts; do that before somebody waits for it.
        tokio::task::spawn_blocking(documents::warm_up);
    }
    let runner = start_jobs(&house).await?;
    if let Some(address) = house.config.metrics_listen {
        metrics_exporter_prometheus::PrometheusBuilder::new().with_http_listener(address).install()?;
    }
    let listener = TcpListener::bind(house.config.listen).await?;
    let address = listener.local_addr()?;
    tracing::info!(%address, millis = started.elapsed().as_millis(), objects = house.reference.count(), "serving");
    if house.config.demo {
        demo_people::greet(&house, address);
    }
    serve(listener, router(house.clone()), stop()?).await;
    runner.stop(Duration::from_secs(5)).await;
    house.db.close().await;
    tracing::info!("stopped");
    Ok(())
}

/// The worker, and the jobs that run for ever.
pub async fn start_jobs(house: &Arc<House>) -> Result<Runner, crate::storage::StorageError> {
    let mut tx = house.db.write().await?;
    jobs::at_start(&mut tx, house.now()).await?;
    tx.commit().await?;
    let clock = {
        let house = house.clone();
        Arc::new(move || house.now().0)
    };
    Ok(Runner::behind(house.in_hand.clone(), ASIDE, house.db.clone(), clock, worker::handler(house.clone())))
}

/// One JSON line an event, with ids and without personal data; the level by `OTDELENIE_LOG`.
fn log() {
    let filter =
        EnvFilter::try_from_env("OTDELENIE_LOG").unwrap_or_else(|_| EnvFilter::new("info,sqlx=warn,hyper=warn"));
    // A second subscriber (in tests) is no error.
    let _ = tracing_subscriber::fmt().json().with_env_filter(filter).with_writer(std::io::stderr).try_init();
}

/// SIGTERM or Ctrl-C.
fn stop() -> std::io::Result<impl Future<Output = ()>> {
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    })
}
