//! Serving with limits. `axum::serve` has no time-outs: a half-sent head would hold a connection for ever.

use axum::Router;
use axum::extract::ConnectInfo;
use hyper::body::Incoming;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto::Builder;
use hyper_util::server::graceful::GracefulShutdown;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::sync::Semaphore;
use tower::ServiceExt;

/// A whole head must arrive within this time: the first after connecting, and each next one on a kept connection.
const HEAD: Duration = Duration::from_secs(15);
/// Connections held at once; more wait in the kernel's queue.
const CONNECTIONS: usize = 4096;
/// How long running requests may take to finish after the signal to stop.
const GRACE: Duration = Duration::from_secs(8);

/// Serves until `stop` resolves; then takes no new connections and lets running requests finish.
pub async fn serve(listener: TcpListener, router: Router, stop: impl Future<Output = ()>) {
    let places = Arc::new(Semaphore::new(CONNECTIONS));
    let graceful = GracefulShutdown::new();
    let mut builder = Builder::new(TokioExecutor::new());
    builder.http1().timer(TokioTimer::new()).header_read_timeout(HEAD).max_buf_size(64 * 1024).max_headers(64);
    builder.http2().timer(TokioTimer::new()).keep_alive_interval(Some(HEAD)).max_concurrent_streams(128);
    let mut stop = std::pin::pin!(stop);
    loop {
        let Ok(place) = places.clone().acquire_owned().await else {
            break;
        };
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = &mut stop => break,
        };
        let Ok((stream, address)) = accepted else {
            // Out of file handles, most likely: wait instead of spinning.
            tokio::time::sleep(Duration::from_millis(50)).await;
            continue;
        };
        // Small answers must not wait for more to come.
        let _ = stream.set_nodelay(true);
        let router = router.clone();
        let begun = Arc::new(AtomicBool::new(false));
        let seen = begun.clone();
        let service = hyper::service::service_fn(move |mut request: hyper::Request<Incoming>| {
            seen.store(true, Ordering::Relaxed);
            request.extensions_mut().insert(ConnectInfo(address));
            router.clone().oneshot(request.map(axum::body::Body::new))
        });
        let (builder, watcher) = (builder.clone(), graceful.watcher());
        tokio::spawn(async move {
            let connection =
                watcher.watch(builder.serve_connection_with_upgrades(TokioIo::new(stream), service).into_owned());
            tokio::select! {
                // A peer that leaves early is no event of ours.
                _ = connection => {}
                () = without_request(&begun) => {}
            }
            drop(place);
        });
    }
    drop(listener);
    let _ = tokio::time::timeout(GRACE, graceful.shutdown()).await;
}

/// Resolves for a connection whose time is over before its first request. hyper's own limit begins only once it
/// knows the version spoken, which a peer may keep from it: silent, or with half of HTTP/2's preface.
async fn without_request(begun: &AtomicBool) {
    tokio::time::sleep(HEAD).await;
    if begun.load(Ordering::Relaxed) {
        std::future::pending().await
    }
}
