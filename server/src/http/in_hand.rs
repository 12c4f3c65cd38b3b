//! How many requests wait for their answer. Jobs let them go first (`jobs::Runner`).

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Counts requests from the end of their body to the head of their answer; what streams on after that (events, files) has
/// had its answer.
#[derive(Debug, Clone, Default)]
pub struct InHand(Arc<AtomicUsize>);

/// One of them. Dropped also when its connection goes away in the middle.
pub struct One(InHand);

impl InHand {
    pub fn one_more(&self) -> One {
        self.0.fetch_add(1, Ordering::Relaxed);
        One(self.clone())
    }

    pub fn any(&self) -> bool {
        self.0.load(Ordering::Relaxed) > 0
    }
}

impl Drop for One {
    fn drop(&mut self) {
        self.0.0.fetch_sub(1, Ordering::Relaxed);
    }
}

/// The layer around all but uploads.
pub async fn count(State(in_hand): State<InHand>, request: Request, next: Next) -> Response {
    let _one = in_hand.one_more();
    next.run(request).await
}
