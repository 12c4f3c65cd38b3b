//! `POST /push/{act}`: what the page of notices and the service worker say. JSON; the origin check stands before.

use super::Visit;
use super::guard::refuse;
use super::passkeys::answered;
use crate::desks::Subscribed;
use crate::house::House;
use axum::body::to_bytes;
use axum::extract::{Path, Request, State};
use axum::http::{StatusCode, header};
use axum::response::Response;
use domain::Code;
use serde::Deserialize;
use std::sync::Arc;

#[derive(Deserialize)]
struct Shown {
    id: String,
}

pub async fn call(State(house): State<Arc<House>>, Path(act): Path<String>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let json = parts.headers.get(header::CONTENT_TYPE).is_some_and(|t| t.as_bytes().starts_with(b"application/json"));
    if !json {
        return refuse(StatusCode::UNSUPPORTED_MEDIA_TYPE, Code::WrongContentType);
    }
    let Ok(bytes) = to_bytes(body, super::body::LIMIT).await else {
        return refuse(StatusCode::BAD_REQUEST, Code::BadRequest);
    };
    let visit = Visit::open(&house, &parts).await;
    let bad = || refuse(StatusCode::BAD_REQUEST, Code::BadRequest);
    match act.as_str() {
        "subscribe" => match serde_json::from_slice::<Subscribed>(&bytes) {
            Ok(given) => answered(&visit, visit.push_subscribe(given).await),
            Err(_) => bad(),
        },
        "shown" => match serde_json::from_slice::<Shown>(&bytes) {
            Ok(shown) => answered(&visit, visit.push_shown(&shown.id).await),
            Err(_) => bad(),
        },
        _ => refuse(StatusCode::NOT_FOUND, Code::NotFound),
    }
}
