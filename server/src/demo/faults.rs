//! The switched faults, as an HTTP server shows them.

use super::switches::{Mode, Setting};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};

/// The answer the switched mode gives, after the switched delay. The work is done before waiting:
/// a client that gives up early has been served nonetheless, as happens with real providers.
pub(super) async fn play(setting: Setting, work: impl FnOnce() -> Response) -> Response {
    let response = match setting.mode {
        Mode::Ok | Mode::Slow => work(),
        Mode::Down => unavailable(5),
        Mode::Garbage => {
            ([(header::CONTENT_TYPE, "text/html; charset=utf-8")], "<html><body>Профилактические работы</body></html>")
                .into_response()
        }
    };
    tokio::time::sleep(setting.delay()).await;
    response
}

pub(super) fn unavailable(seconds: u64) -> Response {
    (StatusCode::SERVICE_UNAVAILABLE, [(header::RETRY_AFTER, seconds.to_string())]).into_response()
}
