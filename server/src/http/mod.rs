//! The door of the house: reads requests, opens the visit, renders pages, answers the API.

mod api;
mod body;
mod events;
mod files;
mod forms;
mod guard;
mod health;
mod pages;
pub mod serve;
pub mod site;
mod staff;
mod visit;

pub use staff::StaffVisit;
pub use visit::{NEXT, SESSION, STASH, Visit, cookie};

use crate::house::House;
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};
use std::sync::Arc;
use tower_http::catch_panic::CatchPanicLayer;

/// Everything the server answers.
pub fn router(house: Arc<House>) -> Router {
    // Pages spawn their loading onto this runtime; a second call (in tests) finds it set.
    let _ = any_spawner::Executor::init_tokio();
    let mut router = Router::new()
        .route("/healthz", get(health::alive))
        .route("/readyz", get(health::ready))
        .route("/api/{*name}", post(api::call))
        .route("/events", get(events::stream))
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
        .layer(axum::middleware::from_fn(body::whole))
        .layer(axum::middleware::from_fn_with_state(house.clone(), guard::origin))
        .layer(CatchPanicLayer::custom(guard::panicked))
        // `body` knows the limit, for those too that read past axum's own.
        .layer(DefaultBodyLimit::disable())
        .layer(axum::middleware::from_fn_with_state(house, guard::headers))
        .layer(axum::middleware::from_fn(guard::trace))
}
