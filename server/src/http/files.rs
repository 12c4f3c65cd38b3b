//! `/files/{id}`: documents, to their owner only, as an attachment and never guessed. `/staff/documents/{id}`: the same to
//! the clerk who looks, a photo so that the desk's page can show it, a PDF as an attachment, for no browser's viewer runs
//! under our policy.

use super::guard::refuse;
use super::{StaffVisit, Visit};
use crate::desks::{Document, Taken};
use crate::house::House;
use app::error::Refusal;
use app::routes;
use axum::extract::{Path, Query, Request, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use domain::Code;
use domain::documents::Media;
use domain::staff::Purpose;
use serde::Deserialize;
use std::sync::Arc;

pub async fn download(State(house): State<Arc<House>>, Path(id): Path<String>, request: Request) -> Response {
    let (parts, _) = request.into_parts();
    let visit = Visit::open(&house, &parts).await;
    match visit.file(&id).await {
        Ok(file) => sent(file, "attachment"),
        Err(refusal) if refusal.code == Code::NoSession => refuse(StatusCode::UNAUTHORIZED, Code::NoSession),
        Err(refusal) => refuse(refusal.status(), refusal.code),
    }
}

#[derive(Deserialize)]
struct Stated {
    purpose: Option<Purpose>,
}

/// Shown to a clerk, with the purpose stated.
pub async fn look(State(house): State<Arc<House>>, Path(id): Path<String>, request: Request) -> Response {
    let (parts, _) = request.into_parts();
    let visit = StaffVisit::open(&house, &parts, true).await;
    let Ok(Query(Stated { purpose })) = Query::try_from_uri(&parts.uri) else {
        return refuse(StatusCode::BAD_REQUEST, Code::BadRequest);
    };
    match visit.document(&id, purpose).await {
        Ok(file) if file.media_type == Media::Jpeg.name() => sent(file, "inline"),
        Ok(file) => sent(file, "attachment"),
        Err(refusal) => refuse(refusal.status(), refusal.code),
    }
}

/// A scan of somebody whose identity is verified, to whoever holds the request.
pub async fn look_at_scan(State(house): State<Arc<House>>, Path(id): Path<String>, request: Request) -> Response {
    let (parts, _) = request.into_parts();
    let visit = StaffVisit::open(&house, &parts, true).await;
    match visit.identity_scan(&id).await {
        Ok(file) if file.media_type == Media::Jpeg.name() => sent(file, "inline"),
        Ok(file) => sent(file, "attachment"),
        Err(refusal) => refuse(refusal.status(), refusal.code),
    }
}

/// No cache keeps it, no sniffing gives it another type, and opened by itself it can do nothing.
fn sent(file: Document, how: &str) -> Response {
    let headers = [
        (header::CONTENT_TYPE, file.media_type),
        (header::CONTENT_DISPOSITION, format!("{how}; filename=\"{}\"", file.name)),
        (header::CACHE_CONTROL, "private, no-store".to_owned()),
        (header::CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox".to_owned()),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff".to_owned()),
    ];
    (headers, file.content).into_response()
}

/// Everything held about the signed-in citizen; who has not proved themselves lately is asked for the password first.
async fn data(house: &Arc<House>, request: Request, pdf: bool) -> Response {
    let (parts, _) = request.into_parts();
    let visit = Visit::open(house, &parts).await;
    match visit.take_data(pdf).await {
        Err(refusal) if refusal.code == Code::ProofNeeded => {
            Redirect::to(&routes::proof_then(routes::DATA)).into_response()
        }
        Err(refusal) if refusal.code == Code::NoSession => {
            Redirect::to(&routes::login_then(routes::DATA)).into_response()
        }
        taken => handed_over(taken),
    }
}

pub async fn data_json(State(house): State<Arc<House>>, request: Request) -> Response {
    data(&house, request, false).await
}

pub async fn data_pdf(State(house): State<Arc<House>>, request: Request) -> Response {
    data(&house, request, true).await
}

/// The signed-in citizen's whole journal.
pub async fn journal(State(house): State<Arc<House>>, request: Request) -> Response {
    let (parts, _) = request.into_parts();
    handed_over(Visit::open(&house, &parts).await.journal_file().await)
}

/// The certificate of a deletion, to whoever has its address.
pub async fn certificate(State(house): State<Arc<House>>, Path(token): Path<String>, request: Request) -> Response {
    let (parts, _) = request.into_parts();
    let visit = Visit::open(&house, &parts).await;
    handed_over(visit.deletion_certificate(&token).await)
}

fn handed_over(taken: Result<Taken, Refusal>) -> Response {
    match taken {
        Ok(file) => {
            let headers = [
                (header::CONTENT_TYPE, file.media_type.to_owned()),
                (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{}\"", file.name)),
                (header::CACHE_CONTROL, "private, no-store".to_owned()),
                (header::CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox".to_owned()),
            ];
            (headers, file.content).into_response()
        }
        Err(refusal) => refuse(refusal.status(), refusal.code),
    }
}
