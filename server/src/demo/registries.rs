//! The registry gateway's stand-in (`docs/integrations/registries.md`).

use super::address::{self, PostalLookup};
use super::faults;
use super::registers::{Registers, Told};
use super::switches::{Switches, System};
use crate::integrations::registries::{AddressQuery, InnQuery, PassportQuery, SnilsQuery};
use axum::extract::{Request, State};
use axum::http::{StatusCode, header};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use axum::{Json, Router};
use std::sync::Arc;
use std::time::Instant;

struct Gateway {
    token: String,
    switches: Switches,
    registers: Registers,
    lookup: PostalLookup,
}

type Shared = State<Arc<Gateway>>;

pub(super) fn app(token: String, switches: Switches, lookup: PostalLookup) -> Router {
    let gateway = Arc::new(Gateway { token, switches, registers: Registers::default(), lookup });
    Router::new()
        .route("/v1/passport/check", post(passport))
        .route("/v1/snils/check", post(snils))
        .route("/v1/inn/check", post(inn))
        .route("/v1/address/check", post(address))
        .layer(from_fn_with_state(gateway.clone(), authorise))
        .with_state(gateway)
}

async fn authorise(State(gateway): Shared, request: Request, next: Next) -> Response {
    let shown =
        request.headers().get(header::AUTHORIZATION).and_then(|value| value.to_str().ok()?.strip_prefix("Bearer "));
    if shown == Some(gateway.token.as_str()) {
        next.run(request).await
    } else {
        StatusCode::UNAUTHORIZED.into_response()
    }
}

async fn passport(State(gateway): Shared, Json(query): Json<PassportQuery>) -> Response {
    let told = || gateway.registers.passport(&query, Instant::now());
    answer(&gateway, System::Passport, told).await
}

async fn snils(State(gateway): Shared, Json(query): Json<SnilsQuery>) -> Response {
    let told = || gateway.registers.snils(&query, Instant::now());
    answer(&gateway, System::Snils, told).await
}

async fn inn(State(gateway): Shared, Json(query): Json<InnQuery>) -> Response {
    let told = || gateway.registers.inn(&query, Instant::now());
    answer(&gateway, System::Inn, told).await
}

async fn address(State(gateway): Shared, Json(query): Json<AddressQuery>) -> Response {
    let told = || {
        let object = (gateway.lookup)(&query.postcode);
        Told::Reply(address::check(object, &query.address))
    };
    answer(&gateway, System::Address, told).await
}

/// A registry that is switched off learns nothing.
async fn answer(gateway: &Gateway, system: System, told: impl FnOnce() -> Told) -> Response {
    let work = || match told() {
        Told::Reply(reply) => Json(reply).into_response(),
        Told::Down(left) => faults::unavailable(left.as_secs().max(1)),
    };
    faults::play(gateway.switches.get(system), work).await
}
