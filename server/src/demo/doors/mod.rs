//! The stand-in of bank ID and Госуслуги: a real OpenID provider. Discovery, keys, token and userinfo are on loopback,
//! where only the product asks; the page where a person says yes stands at `/demo/door/{door}`, where browsers go.

mod people;
mod token;

pub use people::{PEOPLE, Person};

use super::faults;
use super::pages::Now;
use super::switches::{Switches, System};
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Form, Json, Router};
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use domain::accounts::doors::Door;
use serde::Deserialize;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::io;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use token::Signer;
use uuid::Uuid;

/// As who the portal is known there.
pub const CLIENT: &str = "otdelenie";
const CODE_MS: i64 = 60_000;
const TOKEN_SECONDS: i64 = 300;

/// What the page asks a person about; comes from the portal through the browser.
#[derive(Clone, Deserialize)]
pub struct Ask {
    pub client_id: String,
    pub redirect_uri: String,
    pub response_type: String,
    pub scope: String,
    pub state: String,
    #[serde(default)]
    pub nonce: String,
    #[serde(default)]
    pub code_challenge: String,
    #[serde(default)]
    pub code_challenge_method: String,
}

/// A yes that was not fetched yet.
struct Granted {
    door: Door,
    person: &'static Person,
    ask: Ask,
    until_ms: i64,
}

pub struct Doors {
    at: SocketAddr,
    public: String,
    secret: String,
    switches: Switches,
    now: Now,
    signer: Signer,
    codes: Mutex<HashMap<String, Granted>>,
    tokens: Mutex<HashMap<String, (Door, &'static Person)>>,
}

fn locked<T>(of: &Mutex<T>) -> MutexGuard<'_, T> {
    of.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Doors {
    pub(super) fn new(at: SocketAddr, public: &str, secret: String, switches: Switches, now: Now) -> io::Result<Doors> {
        let signer = Signer::new().ok_or_else(|| io::Error::other("no key"))?;
        let public = public.trim_end_matches('/').to_owned();
        Ok(Doors { at, public, secret, switches, now, signer, codes: Mutex::default(), tokens: Mutex::default() })
    }

    fn issuer(&self, door: Door) -> String {
        format!("http://{}/{}", self.at, door.name())
    }

    /// The portal's own address that people are sent back to.
    pub(super) fn back(&self, door: Door) -> String {
        format!("{}{}", self.public, app::routes::door_back(door))
    }

    /// Whether the portal asks for what was agreed; a provider shows nothing to anybody else.
    pub(super) fn fits(&self, door: Door, ask: &Ask) -> bool {
        ask.client_id == CLIENT
            && ask.redirect_uri == self.back(door)
            && ask.response_type == "code"
            && ask.scope.split(' ').any(|s| s == "openid")
            && ask.code_challenge_method == "S256"
            && !ask.code_challenge.is_empty()
    }

    /// Where the browser goes when the person has said yes, or no.
    pub(super) fn answered(&self, door: Door, ask: Ask, person: Option<&'static Person>) -> String {
        let state = ask.state.clone();
        let mut query = form_urlencoded::Serializer::new(String::new());
        match person {
            Some(person) => {
                let code = Uuid::new_v4().simple().to_string();
                query.append_pair("code", &code);
                let until_ms = (self.now)().0 + CODE_MS;
                locked(&self.codes).insert(code, Granted { door, person, ask, until_ms });
            }
            None => {
                query.append_pair("error", "access_denied");
            }
        }
        query.append_pair("state", &state).append_pair("iss", &self.issuer(door));
        format!("{}?{}", self.back(door), query.finish())
    }
}

pub(super) fn app(doors: Arc<Doors>) -> Router {
    Router::new()
        .route("/{door}/.well-known/openid-configuration", get(discovery))
        .route("/{door}/jwks", get(keys))
        .route("/{door}/token", post(exchange))
        .route("/{door}/userinfo", get(about))
        .with_state(doors)
}

fn named(name: &str) -> Result<Door, StatusCode> {
    Door::from_name(name).ok_or(StatusCode::NOT_FOUND)
}

async fn discovery(State(doors): State<Arc<Doors>>, Path(name): Path<String>) -> Response {
    let Ok(door) = named(&name) else { return StatusCode::NOT_FOUND.into_response() };
    let issuer = doors.issuer(door);
    let body = json!({
        "issuer": issuer,
        "authorization_endpoint": format!("{}/demo/door/{name}", doors.public),
        "token_endpoint": format!("{issuer}/token"),
        "userinfo_endpoint": format!("{issuer}/userinfo"),
        "jwks_uri": format!("{issuer}/jwks"),
        "response_types_supported": ["code"],
        "subject_types_supported": ["pairwise"],
        "id_token_signing_alg_values_supported": ["ES256"],
        "code_challenge_methods_supported": ["S256"],
        "token_endpoint_auth_methods_supported": ["client_secret_basic"],
        "scopes_supported": ["openid", "profile", "email", "phone"],
        "authorization_response_iss_parameter_supported": true,
    });
    faults::play(doors.switches.get(System::Doors), || Json(body).into_response()).await
}

async fn keys(State(doors): State<Arc<Doors>>) -> Response {
    faults::play(doors.switches.get(System::Doors), || Json(doors.signer.keys()).into_response()).await
}

#[derive(Deserialize)]
struct Exchange {
    grant_type: String,
    code: String,
    redirect_uri: String,
    #[serde(default)]
    code_verifier: String,
}

async fn exchange(
    State(doors): State<Arc<Doors>>,
    Path(name): Path<String>,
    headers: HeaderMap,
    Form(asked): Form<Exchange>,
) -> Response {
    let work = || {
        let known = headers.get(header::AUTHORIZATION).and_then(|v| v.to_str().ok()) == Some(&basic(&doors.secret));
        if !known {
            return (StatusCode::UNAUTHORIZED, Json(json!({"error": "invalid_client"}))).into_response();
        }
        match named(&name).ok().and_then(|door| given(&doors, door, &asked)) {
            Some(answer) => Json(answer).into_response(),
            None => (StatusCode::BAD_REQUEST, Json(json!({"error": "invalid_grant"}))).into_response(),
        }
    };
    faults::play(doors.switches.get(System::Doors), work).await
}

/// The tokens of a code: once, by whoever began (RFC 6749, 4.1.2; RFC 7636, 4.6).
fn given(doors: &Doors, door: Door, asked: &Exchange) -> Option<Value> {
    let granted = locked(&doors.codes).remove(&asked.code)?;
    let now = (doors.now)();
    let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(asked.code_verifier.as_bytes()));
    let fits = asked.grant_type == "authorization_code"
        && granted.door == door
        && granted.until_ms > now.0
        && asked.redirect_uri == granted.ask.redirect_uri
        && challenge == granted.ask.code_challenge;
    if !fits {
        return None;
    }
    let access = Uuid::new_v4().simple().to_string();
    let hash = Sha256::digest(access.as_bytes());
    let at = now.0.div_euclid(1000);
    let claims = json!({
        "iss": doors.issuer(door),
        "sub": granted.person.subject(door),
        "aud": CLIENT,
        "iat": at,
        "exp": at + TOKEN_SECONDS,
        "nonce": granted.ask.nonce,
        "at_hash": URL_SAFE_NO_PAD.encode(&hash[..16]),
    });
    let token = doors.signer.sign(&claims)?;
    locked(&doors.tokens).insert(access.clone(), (door, granted.person));
    Some(json!({"access_token": access, "token_type": "Bearer", "expires_in": TOKEN_SECONDS, "id_token": token}))
}

async fn about(State(doors): State<Arc<Doors>>, headers: HeaderMap) -> Response {
    let work = || {
        let bearer = headers.get(header::AUTHORIZATION).and_then(|v| v.to_str().ok()?.strip_prefix("Bearer "));
        match bearer.and_then(|token| locked(&doors.tokens).get(token).copied()) {
            Some((door, person)) => Json(person.claims(door)).into_response(),
            None => StatusCode::UNAUTHORIZED.into_response(),
        }
    };
    faults::play(doors.switches.get(System::Doors), work).await
}

fn basic(secret: &str) -> String {
    format!("Basic {}", STANDARD.encode(format!("{CLIENT}:{secret}")))
}
