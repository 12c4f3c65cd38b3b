//! `POST /password/strength`: how soon a new password would be guessed, for the small script beside the field. Nothing of
//! it is kept or logged; without the script the answer comes with the form.

use super::Visit;
use super::guard::refuse;
use crate::house::House;
use axum::Json;
use axum::body::to_bytes;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::Code;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Longer texts beside a password are no names.
const ABOUT: usize = 10;

/// Neither may be printed.
#[derive(Deserialize)]
struct Typed {
    password: String,
    /// What stands in the form beside it: names, phone, e-mail.
    #[serde(default)]
    about: Vec<String>,
}

#[derive(Serialize)]
struct Judged {
    /// 0 … 4; 3 and more is taken.
    score: u8,
    /// The same in words.
    words: &'static str,
}

pub async fn call(State(house): State<Arc<House>>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let json = parts.headers.get(header::CONTENT_TYPE).is_some_and(|t| t.as_bytes().starts_with(b"application/json"));
    if !json {
        return refuse(StatusCode::UNSUPPORTED_MEDIA_TYPE, Code::WrongContentType);
    }
    let Ok(bytes) = to_bytes(body, super::body::LIMIT).await else {
        return refuse(StatusCode::BAD_REQUEST, Code::BadRequest);
    };
    // The parser's own words could quote what was sent.
    let Ok(Typed { password, mut about }) = serde_json::from_slice(&bytes) else {
        return refuse(StatusCode::BAD_REQUEST, Code::BadRequest);
    };
    about.truncate(ABOUT);
    let visit = Visit::open(&house, &parts).await;
    match visit.strength(password, about).await {
        Ok((score, words)) => Json(Judged { score, words }).into_response(),
        Err(refusal) => {
            let mut response = refuse(refusal.status(), refusal.code);
            if let Some(seconds) = refusal.retry_after {
                response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
            }
            response
        }
    }
}
