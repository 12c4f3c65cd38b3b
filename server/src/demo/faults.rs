//! The switched faults, as an HTTP server shows them.

use super::switches::{Mode, Setting};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};

/// Waits as told, then gives the fault to answer with, if there is one.
pub(super) async fn play(setting: Setting) -> Option<Response> {
    tokio::time::sleep(setting.delay()).await;
    match setting.mode {
        Mode::Ok | Mode::Slow => None,
        Mode::Down => Some(unavailable(5)),
        Mode::Garbage => Some(
            (
                [(header::CONTENT_TYPE, "text/html; charset=utf-8")],
                "<html><body>Профилактические работы</body></html>",
            )
                .into_response(),
        ),
    }
}

pub(super) fn unavailable(seconds: u64) -> Response {
    (
        StatusCode::SERVICE_UNAVAILABLE,
        [(header::RETRY_AFTER, seconds.to_string())],
    )
        .into_response()
}
