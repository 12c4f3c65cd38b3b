//! Server functions: the visit is opened here, the function itself only takes its desk.

use super::Visit;
use super::guard::refuse;
use super::pages::dressed;
use crate::house::House;
use app::desks::Desks;
use app::error::AppError;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::Code;
use leptos::prelude::provide_context;
use std::sync::Arc;

/// A call of `/api/{feature}/{verb}`.
pub async fn call(State(house): State<Arc<House>>, request: Request) -> Response {
    let (mut parts, body) = request.into_parts();
    let visit = Arc::new(Visit::open(&house, &parts).await);
    // The answer is always JSON: without this, a form post would be answered by a redirect whose address
    // carries the error.
    parts.headers.remove(axum::http::header::ACCEPT);
    let context = {
        let visit = visit.clone();
        move || {
            provide_context::<Arc<dyn Desks>>(visit.clone());
            provide_context(leptos::prelude::StoredValue::new(visit.visitor()));
        }
    };
    let response =
        leptos_axum::handle_server_fns_with_context(context, Request::from_parts(parts, body)).await.into_response();
    dressed(&visit, in_our_form(response).await)
}

/// The framework's own refusals in the contract's form: no such function is 404, arguments that do not parse are 400.
pub(super) async fn in_our_form(response: Response) -> Response {
    let json =
        response.headers().get(header::CONTENT_TYPE).is_some_and(|t| t.as_bytes().starts_with(b"application/json"));
    if response.status() == StatusCode::BAD_REQUEST && !json {
        return refuse(StatusCode::NOT_FOUND, Code::NotFound);
    }
    if response.status() != StatusCode::INTERNAL_SERVER_ERROR {
        return response;
    }
    let (parts, body) = response.into_parts();
    let Ok(bytes) = to_bytes(body, 64 * 1024).await else {
        return refuse(StatusCode::INTERNAL_SERVER_ERROR, Code::Internal);
    };
    match serde_json::from_slice::<AppError>(&bytes) {
        Ok(error) if error.code == Code::BadRequest => refuse(StatusCode::BAD_REQUEST, Code::BadRequest),
        Ok(_) => Response::from_parts(parts, Body::from(bytes)),
        Err(_) => refuse(StatusCode::INTERNAL_SERVER_ERROR, Code::Internal),
    }
}
