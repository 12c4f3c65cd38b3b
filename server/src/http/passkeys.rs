//! `POST /passkeys/{act}`: what the small script of the pages of login and security asks. JSON both ways, errors as the
//! API's; the origin check stands before.

use super::Visit;
use super::guard::refuse;
use super::pages::dressed;
use crate::desks::Answer;
use crate::house::House;
use app::error::Refusal;
use axum::Json;
use axum::body::to_bytes;
use axum::extract::{Path, Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::Code;
use serde::Serialize;
use std::sync::Arc;

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
    match act.as_str() {
        "ask" => answered(&visit, visit.passkey_question(false).await),
        "ask_add" => answered(&visit, visit.passkey_question(true).await),
        "login" | "add" => {
            let Ok(answer) = serde_json::from_slice::<Answer>(&bytes) else {
                return refuse(StatusCode::BAD_REQUEST, Code::BadRequest);
            };
            let next = if act == "add" { visit.add_passkey(answer).await } else { visit.passkey_login(answer).await };
            answered(&visit, next)
        }
        _ => refuse(StatusCode::NOT_FOUND, Code::NotFound),
    }
}

pub(super) fn answered<T: Serialize>(visit: &Visit, answer: Result<T, Refusal>) -> Response {
    let response = match answer {
        Ok(value) => Json(value).into_response(),
        Err(refusal) => {
            let mut response = (refusal.status(), Json(refusal.in_language(visit.lang))).into_response();
            if let Some(seconds) = refusal.retry_after {
                response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
            }
            response
        }
    };
    dressed(visit, response)
}
