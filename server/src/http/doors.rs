//! `/login/door/{door}` and its way back: redirects only.

use super::pages::dressed;
use super::{DOOR, Visit, cookie};
use crate::desks::Back;
use crate::house::House;
use axum::extract::{Path, Request, State};
use axum::http::StatusCode;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use std::sync::Arc;

/// Out to the provider. A link, not a form: `form-action 'self'` would stop a post that is redirected elsewhere, and
/// nothing changes here but the visitor's own cookie.
pub async fn begin(State(house): State<Arc<House>>, Path(door): Path<String>, request: Request) -> Response {
    let (parts, _) = request.into_parts();
    let visit = Visit::open(&house, &parts).await;
    let next = asked(parts.uri.query(), "next");
    let to = visit.door_begin(&door, next.as_deref()).await;
    dressed(&visit, found(&to))
}

/// And back, with a code, or with why there is none.
pub async fn back(State(house): State<Arc<House>>, Path(door): Path<String>, request: Request) -> Response {
    let (parts, _) = request.into_parts();
    let visit = Visit::open(&house, &parts).await;
    let query = parts.uri.query();
    let back = Back {
        code: asked(query, "code"),
        state: asked(query, "state"),
        error: asked(query, "error"),
        issuer: asked(query, "iss"),
    };
    let to = visit.door_back(&door, cookie(&parts.headers, DOOR), back).await;
    dressed(&visit, found(&to))
}

fn asked(query: Option<&str>, name: &str) -> Option<String> {
    form_urlencoded::parse(query?.as_bytes()).find(|(n, _)| n == name).map(|(_, value)| value.into_owned())
}

/// 303, also for what no header can hold: then home.
fn found(to: &str) -> Response {
    let to = HeaderValue::from_str(to).unwrap_or(HeaderValue::from_static("/"));
    (StatusCode::SEE_OTHER, [(header::LOCATION, to)]).into_response()
}
