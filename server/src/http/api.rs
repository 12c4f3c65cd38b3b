//! Server functions: the visit is opened here, the function itself only takes its desk.

use super::Visit;
use super::pages::dressed;
use crate::house::House;
use app::desks::Desks;
use axum::extract::{Request, State};
use axum::response::{IntoResponse, Response};
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
    dressed(&visit, response)
}
