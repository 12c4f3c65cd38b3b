//! The door of the house: reads requests, opens the visit, renders pages, answers the API.

mod api;
mod body;
mod documents;
mod doors;
mod events;
mod files;
mod forms;
mod guard;
mod head;
mod health;
mod in_hand;
mod pack;
mod pages;
mod passkeys;
mod push;
mod security;
pub mod serve;
pub mod site;
mod staff;
mod strength;
mod verification;
mod visit;

pub use in_hand::InHand;
pub use staff::{StaffVisit, openapi};
pub use verification::Reading;
pub use visit::{DEVICE, DOOR, NEXT, ONCE, POST, SESSION, STASH, TOLD, VERIFICATION, Visit, cookie};

use crate::house::House;
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post, put};
use domain::documents::{FILE_BYTES, FILES_AT_ONCE};
use std::sync::Arc;
use std::time::Duration;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::limit::RequestBodyLimitLayer;
use tower_http::timeout::RequestBodyTimeoutLayer;

/// A form of documents: so many files as one may send, and the words around them.
const DOCUMENTS_LIMIT: usize = FILES_AT_ONCE as usize * (FILE_BYTES as usize + body::LIMIT);
/// A passport and an ИНН.
const SCANS_LIMIT: usize = 2 * (FILE_BYTES as usize + body::LIMIT);
/// A part of a file that comes in parts.
const PART_LIMIT: usize = 512 * 1024;
/// Between two pieces of a document; a peer that sends nothing longer than this is cut off.
const PATIENCE: Duration = Duration::from_secs(15);

/// Where files arrive: bodies of other sizes and terms than everywhere else, read piece by piece.
fn documents(house: &Arc<House>) -> Router {
    let forms = Router::new()
        .route("/applications/{id}/documents", get(pages::page).post(documents::post))
        .layer(RequestBodyLimitLayer::new(DOCUMENTS_LIMIT));
    let scans = Router::new()
        .route(app::routes::IDENTITY_NEW, get(pages::page).post(verification::post))
        .layer(RequestBodyLimitLayer::new(SCANS_LIMIT));
    let parts = Router::new().route("/uploads/{id}", put(documents::put)).layer(RequestBodyLimitLayer::new(PART_LIMIT));
    forms.merge(scans).merge(parts).layer(RequestBodyTimeoutLayer::new(PATIENCE)).with_state(house.clone())
}

/// Everything the server answers.
pub fn router(house: Arc<House>) -> Router {
    // Pages spawn their loading onto this runtime; a second call (in tests) finds it set.
    let _ = any_spawner::Executor::init_tokio();
    let mut router = Router::new()
        .route("/healthz", get(health::alive))
        .route("/readyz", get(health::ready))
        .route("/api/{*name}", post(api::call))
        .route("/events", get(events::stream))
        .route(app::routes::IDENTITY_EVENTS, get(verification::events))
        .route("/password/strength", post(strength::call))
        .route("/passkeys/{act}", post(passkeys::call))
        .route("/push/{act}", post(push::call))
        .route(app::routes::DATA_JSON, get(files::data_json))
        .route(app::routes::JOURNAL_CSV, get(files::journal))
        .route(app::routes::DATA_PDF, get(files::data_pdf))
        .route("/deletion/{token}/certificate", get(files::certificate))
        .route("/login/door/{door}", get(doors::begin))
        .route("/login/door/{door}/back", get(doors::back))
        .route("/files/{id}", get(files::download))
        .route("/shell", get(pages::shell))
        .route("/sw.js", get(site::service_worker))
        .merge(staff::routes())
        .fallback(get(pages::page).post(forms::post))
        .with_state(house.clone());
    for (path, service) in house.site.files() {
        router = router.route_service(&path, service);
    }
    if let Some(demo) = house.demo_routes() {
        router = router.merge(demo);
    }
    router
        // Inside: who sends slowly keeps nobody's jobs waiting.
        .layer(axum::middleware::from_fn_with_state(house.in_hand.clone(), in_hand::count))
        .layer(axum::middleware::from_fn(body::whole))
        .merge(documents(&house))
        .layer(axum::middleware::from_fn_with_state(house.clone(), guard::origin))
        .layer(CatchPanicLayer::custom(guard::panicked))
        // `body` knows the limit, for those too that read past axum's own.
        .layer(DefaultBodyLimit::disable())
        .layer(axum::middleware::from_fn_with_state(house, guard::headers))
        .layer(axum::middleware::from_fn(guard::trace))
}
