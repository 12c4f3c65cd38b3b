//! A small SMTP server (RFC 5321) whose every mailbox is the outbox.

mod session;

use super::outbox::Outbox;
use super::switches::Switches;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::sync::Semaphore;
use tokio::task::JoinSet;
use tokio::time::timeout;

#[derive(Clone)]
pub(super) struct Server {
    pub(super) outbox: Outbox,
    pub(super) switches: Switches,
    pub(super) limits: Limits,
}

/// What one peer may use up.
#[derive(Clone, Copy)]
pub(super) struct Limits {
    /// Between two lines, and for writing one answer.
    pub(super) idle: Duration,
    pub(super) session: Duration,
    /// Bytes of one letter.
    pub(super) letter: usize,
    pub(super) recipients: usize,
    pub(super) sessions: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            idle: Duration::from_secs(90),
            session: Duration::from_secs(1800),
            letter: 1024 * 1024,
            recipients: 100,
            sessions: 64,
        }
    }
}

impl Server {
    pub(super) fn new(outbox: Outbox, switches: Switches) -> Self {
        Server { outbox, switches, limits: Limits::default() }
    }

    /// Serves until dropped; its sessions end with it.
    pub(super) async fn run(self, listener: TcpListener) {
        let places = Arc::new(Semaphore::new(self.limits.sessions));
        let mut sessions = JoinSet::new();
        loop {
            let Ok(place) = places.clone().acquire_owned().await else {
                return;
            };
            while sessions.try_join_next().is_some() {}
            let stream = match listener.accept().await {
                Ok((stream, _)) => stream,
                Err(error) => {
                    // Most likely out of file handles: give others time to close theirs.
                    tracing::warn!(%error, "SMTP stand-in cannot accept");
                    tokio::time::sleep(Duration::from_millis(100)).await;
                    continue;
                }
            };
            let server = self.clone();
            sessions.spawn(async move {
                let _place = place;
                let length = server.limits.session;
                // A peer that breaks off is no news.
                let _ = timeout(length, session::Session::new(server, stream).run()).await;
            });
        }
    }
}
