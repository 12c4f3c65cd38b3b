//! `/files/{id}`: documents, to their owner only, as an attachment and never guessed.

use super::Visit;
use super::guard::refuse;
use crate::house::House;
use axum::extract::{Path, Request, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::Code;
use std::sync::Arc;

pub async fn download(State(house): State<Arc<House>>, Path(id): Path<String>, request: Request) -> Response {
    let (parts, _) = request.into_parts();
    let visit = Visit::open(&house, &parts).await;
    match visit.file(&id).await {
        Ok(file) => {
            let headers = [
                (header::CONTENT_TYPE, file.media_type),
                (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{}\"", file.name)),
                (header::CACHE_CONTROL, "private, no-store".to_owned()),
                (header::CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox".to_owned()),
            ];
            (headers, file.content).into_response()
        }
        Err(refusal) if refusal.code == Code::NoSession => refuse(StatusCode::UNAUTHORIZED, Code::NoSession),
        Err(refusal) => refuse(refusal.status(), refusal.code),
    }
}
