//! What a supervisor asks.

use crate::house::House;
use axum::extract::State;
use axum::http::StatusCode;
use std::sync::Arc;

/// The process is up.
pub async fn alive() -> &'static str {
    "ok\n"
}

/// Database, migrations and file store are usable.
pub async fn ready(State(house): State<Arc<House>>) -> (StatusCode, &'static str) {
    match house.ready().await {
        Ok(()) => (StatusCode::OK, "ready\n"),
        Err(part) => (StatusCode::SERVICE_UNAVAILABLE, part),
    }
}
