//! `/applications/{id}/documents` as plain HTML: a multipart post of files, answered by a redirect, or by the same page
//! that says of each file why it was not taken. And `PUT /uploads/{id}`, for files in parts.

use super::guard::refuse;
use super::pages::{dressed, render};
use super::{Visit, forms};
use crate::desks::Incoming;
use crate::house::House;
use app::error::{AppError, FieldMessage, Refusal};
use app::routes;
use app::text::codes;
use app::ui::form::Replay;
use axum::Json;
use axum::body::Body;
use axum::extract::multipart::{Field as Part, Multipart};
use axum::extract::{FromRequest, Path, Query, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use domain::documents::{FILE_BYTES, FILES_AT_ONCE, Kind, shown_name};
use domain::{Code, Field, Values};
use serde::Deserialize;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Semaphore;

/// From the head to the last byte of a form: six files of 5 MB over a line of 400 kbit/s.
const FORM_TERM: Duration = Duration::from_secs(600);
/// The same of one part.
const PART_TERM: Duration = Duration::from_secs(60);
/// Posts of files read at once: each holds one file in memory.
static READING: Semaphore = Semaphore::const_new(48);

/// A POST to the documents of an application: files, or one of the buttons of a document.
pub async fn post(State(house): State<Arc<House>>, Path(id): Path<String>, request: Request) -> Response {
    let multipart = request
        .headers()
        .get(header::CONTENT_TYPE)
        .is_some_and(|t| t.as_bytes().to_ascii_lowercase().starts_with(b"multipart/form-data"));
    if !multipart {
        return forms::post(State(house), request).await;
    }
    let (parts, body) = request.into_parts();
    let visit = Visit::open(&house, &parts).await;
    let path = routes::documents(&id);
    if visit.citizen.is_none() {
        return dressed(&visit, Redirect::to(&routes::login_then(&path)).into_response());
    }
    let Ok(_reading) = READING.try_acquire() else {
        return busy();
    };
    let request = Request::from_parts(parts.clone(), body);
    let Ok(form) = Multipart::from_request(request, &()).await else {
        return refuse(StatusCode::BAD_REQUEST, Code::BadRequest);
    };
    let Ok(taken) = tokio::time::timeout(FORM_TERM, take_all(&visit, &id, form)).await else {
        return refuse(StatusCode::REQUEST_TIMEOUT, Code::BadRequest);
    };
    match taken {
        Ok(told) if told.refused.is_empty() => dressed(&visit, Redirect::to(&path).into_response()),
        Ok(told) => again(visit, parts, path, told).await,
        Err(refusal) => refuse(refusal.status(), refusal.code),
    }
}

/// What became of a form: the kind chosen, and each file that was not taken.
#[derive(Default)]
struct Told {
    kind: String,
    taken: u32,
    refused: Vec<(Option<String>, Refusal)>,
}

/// One file after the other, never two in memory.
async fn take_all(visit: &Visit, id: &str, mut form: Multipart) -> Result<Told, Refusal> {
    let mut told = Told::default();
    // One file is held back, so that it is known of the last one that none follows.
    let mut waiting: Option<Incoming> = None;
    let mut files = 0;
    while let Some(mut part) = form.next_field().await.map_err(broken)? {
        if part.name() == Some(Field::DocumentKind.id()) {
            told.kind = short(&mut part, 64).await?;
            continue;
        }
        if part.name() != Some(Field::Document.id()) {
            continue;
        }
        let name = part.file_name().unwrap_or_default().to_owned();
        let content = whole(&mut part).await?;
        // A form without a file sends an empty one without a name.
        if name.is_empty() && content.as_ref().is_ok_and(Vec::is_empty) {
            continue;
        }
        files += 1;
        let file = if files > FILES_AT_ONCE { Err(Code::DocumentsFull) } else { content };
        match (file, Kind::from_name(&told.kind)) {
            (Ok(content), Some(kind)) => {
                if let Some(before) = waiting.replace(Incoming { kind, name, content }) {
                    take(visit, id, before, true, &mut told).await;
                }
            }
            (Err(code), _) => told.refused.push((Some(shown_name(&name)), code.into())),
            (_, None) => {}
        }
    }
    if let Some(last) = waiting {
        take(visit, id, last, false, &mut told).await;
    }
    if Kind::from_name(&told.kind).is_none() {
        told.refused.push((None, Refusal::on(Field::DocumentKind, Code::Empty)));
    }
    if files == 0 {
        told.refused.push((None, Refusal::on(Field::Document, Code::Empty)));
    }
    Ok(told)
}

async fn take(visit: &Visit, id: &str, file: Incoming, more: bool, told: &mut Told) {
    let name = shown_name(&file.name);
    match visit.take_document(id, file, more).await {
        Ok(()) => told.taken += 1,
        Err(refusal) => told.refused.push((Some(name), refusal)),
    }
}

/// The content of a file; one that is too large is read to its end and forgotten, so that the answer reaches the browser.
pub(super) async fn whole(part: &mut Part<'_>) -> Result<Result<Vec<u8>, Code>, Refusal> {
    let mut content = Vec::new();
    let mut large = false;
    while let Some(piece) = part.chunk().await.map_err(broken)? {
        large |= (content.len() + piece.len()) as u64 > FILE_BYTES;
        if large {
            content = Vec::new();
        } else {
            content.extend_from_slice(&piece);
        }
    }
    Ok(if large { Err(Code::TooLarge) } else { Ok(content) })
}

pub(super) async fn short(part: &mut Part<'_>, most: usize) -> Result<String, Refusal> {
    let mut text = Vec::new();
    while let Some(piece) = part.chunk().await.map_err(broken)? {
        text.extend(piece.iter().take(most - text.len().min(most)));
    }
    Ok(String::from_utf8_lossy(&text).into_owned())
}

/// The body ended in the middle, or is larger than the route takes.
pub(super) fn broken(error: axum::extract::multipart::MultipartError) -> Refusal {
    if error.status() == StatusCode::PAYLOAD_TOO_LARGE { Code::TooLarge } else { Code::BadRequest }.into()
}

/// The page again, with each refusal beside the file it is about.
async fn again(visit: Visit, mut parts: Parts, path: String, told: Told) -> Response {
    let lang = visit.lang;
    let first = told.refused.first().map(|(_, refusal)| refusal.clone()).unwrap_or(Code::BadRequest.into());
    let fields = told.refused.iter().flat_map(|(name, refusal)| match name {
        Some(name) => {
            let message = format!("«{name}». {}", codes::message(lang, refusal.code));
            vec![FieldMessage { field: Field::Document, code: refusal.code, message }]
        }
        None => refusal.in_language(lang).fields,
    });
    let error = AppError { fields: fields.collect(), ..first.in_language(lang) };
    let mut values = Values::default();
    values.set(Field::DocumentKind, told.kind);
    let replay = Replay { path, values, error: Some(error) };
    parts.method = Method::GET;
    let request = Request::from_parts(parts, Body::empty());
    render(Arc::new(visit), request, Some(replay), Some(first.status())).await
}

pub(super) fn busy() -> Response {
    let mut response = refuse(StatusCode::SERVICE_UNAVAILABLE, Code::Unavailable);
    response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("5"));
    response
}

#[derive(Deserialize)]
struct Offset {
    offset: u64,
}

/// `PUT /uploads/{id}?offset=`: the next part of a file, as its bytes.
pub async fn put(State(house): State<Arc<House>>, Path(id): Path<String>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let visit = Visit::open(&house, &parts).await;
    let Ok(Query(Offset { offset })) = Query::try_from_uri(&parts.uri) else {
        return refuse(StatusCode::BAD_REQUEST, Code::BadRequest);
    };
    if visit.citizen.is_none() {
        return refuse(StatusCode::UNAUTHORIZED, Code::NoSession);
    }
    let Ok(_reading) = READING.try_acquire() else {
        return busy();
    };
    let part = match tokio::time::timeout(PART_TERM, axum::body::to_bytes(body, usize::MAX)).await {
        Ok(Ok(part)) => part,
        Ok(Err(_)) => return refuse(StatusCode::PAYLOAD_TOO_LARGE, Code::TooLarge),
        Err(_) => return refuse(StatusCode::REQUEST_TIMEOUT, Code::BadRequest),
    };
    match visit.add_part(&id, offset, &part).await {
        Ok(progress) => Json(progress).into_response(),
        Err(refusal) => {
            let error = refusal.in_language(visit.lang);
            (refusal.status(), Json(error)).into_response()
        }
    }
}
