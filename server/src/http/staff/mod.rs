//! The staff's door: a page without a user, the API below `/staff`, news. Only the staff cookie counts here.

mod export;
pub mod openapi;
mod visit;

pub use visit::StaffVisit;

use super::api::in_our_form;
use super::guard::refuse;
use super::pages::policy;
use crate::house::House;
use crate::news::News;
use app::routes;
use app::staff::desk::StaffDesks;
use app::staff::page_power;
use app::text::staff::Desk;
use app::visitor::Visitor;
use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use domain::Code;
use futures::StreamExt;
use futures::stream;
use leptos::prelude::provide_context;
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::broadcast::error::RecvError;

/// Asked by pages by themselves: no sign of a person, so they keep no session alive.
const BY_ITSELF: &[&str] = &["/staff/api/queue_live", "/staff/api/identities_live", routes::STAFF_EVENTS];

/// Stands for any file in news.
const ANY: &str = "*";

/// Everything below `/staff`.
pub fn routes() -> Router<Arc<House>> {
    Router::new()
        .route("/staff/api/{*name}", post(call))
        .route("/staff/api/openapi.json", get(openapi::document))
        .route("/staff/export/{name}", get(export::download))
        .route(routes::STAFF_EVENTS, get(events))
        .route("/staff/documents/{id}", get(super::files::look))
        .route("/staff/identities/scans/{id}", get(super::files::look_at_scan))
        .route(routes::STAFF, get(page))
        .route("/staff/{*path}", get(page))
}

/// A call of `/staff/api/{verb}`.
async fn call(State(house): State<Arc<House>>, request: Request) -> Response {
    let (mut parts, body) = request.into_parts();
    let person = !BY_ITSELF.contains(&parts.uri.path());
    let visit = Arc::new(StaffVisit::open(&house, &parts, person).await);
    // Always JSON, as in the citizens' API.
    parts.headers.remove(header::ACCEPT);
    let context = {
        let visit = visit.clone();
        move || {
            provide_context::<Arc<dyn StaffDesks>>(visit.clone());
            let visitor = Visitor { lang: visit.lang, ..Visitor::default() };
            provide_context(leptos::prelude::StoredValue::new(visitor));
        }
    };
    let response =
        leptos_axum::handle_server_fns_with_context(context, Request::from_parts(parts, body)).await.into_response();
    visit.dressed(in_our_form(response).await)
}

/// The page without a user: the same for everybody, filled by wasm from the API. Its status says how it stands with
/// whoever asks: 401 without a staff session, 403 without the power, 404 for what is no page.
async fn page(State(house): State<Arc<House>>, request: Request) -> Response {
    let (parts, _) = request.into_parts();
    let visit = StaffVisit::open(&house, &parts, true).await;
    let path = parts.uri.path();
    let status = match (page_power(path), &visit.present) {
        (None, None) if path == routes::STAFF_LOGIN => StatusCode::OK,
        (_, None) => StatusCode::UNAUTHORIZED,
        (None, Some(_)) if path == routes::STAFF_LOGIN => StatusCode::OK,
        (None, Some(_)) => StatusCode::NOT_FOUND,
        (Some(None), Some(_)) => StatusCode::OK,
        (Some(Some(power)), Some(present)) if present.member.powers().contains(&power) => StatusCode::OK,
        (Some(Some(_)), Some(_)) => StatusCode::FORBIDDEN,
    };
    let nonce = uuid::Uuid::new_v4().simple().to_string();
    let Some(head) = house.site.staff_head.as_ref().map(|head| head.with_nonce(&nonce)) else {
        return refuse(StatusCode::NOT_FOUND, Code::NotFound);
    };
    let (lang, words) = (visit.lang.tag(), Desk::of(visit.lang));
    let (title, alone) = (words.title, words.needs_scripts);
    let html = format!(
        "<!DOCTYPE html>\n<html lang=\"{lang}\">\n<head>{head}<title>{title}</title></head>\n\
         <body><noscript><div class=\"wrap page\"><h1>{title}</h1><p>{alone}</p></div></noscript></body>\n</html>\n"
    );
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8")),
        (header::CONTENT_SECURITY_POLICY, policy(&nonce)),
        (header::VARY, HeaderValue::from_static("Cookie, Accept-Language")),
    ];
    (status, headers, html).into_response()
}

/// `/staff/events`: that something about some file changed; ids only. Pages ask for what they show.
async fn events(State(house): State<Arc<House>>, request: Request) -> Response {
    let (parts, _) = request.into_parts();
    let visit = StaffVisit::open(&house, &parts, false).await;
    if visit.present.is_none() {
        return refuse(StatusCode::UNAUTHORIZED, Code::NoSession);
    }
    let later = stream::unfold(house.news.subscribe(), |mut news| async move {
        match news.recv().await {
            Ok(News::Changed { application_id, .. }) => Some((application_id, news)),
            Ok(News::Missed) | Err(RecvError::Lagged(_)) => Some((String::new(), news)),
            Err(RecvError::Closed) => None,
        }
    });
    let events = stream::once(async { String::new() })
        .chain(later)
        // An event without data is dropped by browsers: a sign stands for any file.
        .map(|id| if id.is_empty() { ANY.to_owned() } else { id })
        .map(|id| Ok::<_, Infallible>(Event::default().event("application").data(id)));
    Sse::new(events).keep_alive(KeepAlive::new().interval(Duration::from_secs(20))).into_response()
}

impl StaffVisit {
    fn dressed(&self, mut response: Response<Body>) -> Response {
        self.dress(response.headers_mut());
        response
    }
}
