//! News of one's applications: pushed by the server, asked for when the push fails.

use futures::StreamExt;
use gloo_net::eventsource::futures::EventSource;
use leptos::prelude::{on_cleanup, set_timeout};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

const POLL: Duration = Duration::from_secs(10);

/// Calls `changed` at every news, until the page is left. Without a stream it is called every ten seconds.
pub fn listen(changed: impl Fn() + Send + Sync + 'static) {
    let left = Arc::new(AtomicBool::new(false));
    on_cleanup({
        let left = left.clone();
        move || left.store(true, Ordering::Relaxed)
    });
    leptos::task::spawn_local(async move {
        if let Ok(mut source) = EventSource::new(crate::routes::EVENTS)
            && let Ok(mut news) = source.subscribe("application")
        {
            while let Some(Ok(_)) = news.next().await {
                if left.load(Ordering::Relaxed) {
                    return;
                }
                changed();
            }
        }
        poll(left, Arc::new(changed));
    });
}

fn poll(left: Arc<AtomicBool>, changed: Arc<dyn Fn() + Send + Sync>) {
    set_timeout(
        move || {
            if !left.load(Ordering::Relaxed) {
                changed();
                poll(left, changed);
            }
        },
        POLL,
    );
}
