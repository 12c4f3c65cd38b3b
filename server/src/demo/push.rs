//! A push service and the browsers it serves (RFC 8030): takes what is sent to an endpoint, checks who sent it (RFC 8292),
//! opens it with the browser's own key (RFC 8291) and shows it in the outbox.

use super::faults;
use super::outbox::{Channel, Outbox, Received};
use super::switches::{Switches, System};
use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as B64;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use time::OffsetDateTime;
use uuid::Uuid;
use web_push_native::p256::SecretKey;
use web_push_native::p256::ecdsa::signature::Verifier;
use web_push_native::p256::ecdsa::{Signature, VerifyingKey};
use web_push_native::{Auth, decrypt};

/// Browsers that are gone are remembered no longer than this many others.
const MOST: usize = 1000;

struct Browser {
    key: SecretKey,
    auth: [u8; 16],
}

/// The browsers this service knows. Clones share one store.
#[derive(Clone)]
pub struct Browsers {
    known: Arc<Mutex<HashMap<String, Browser>>>,
    /// `http://127.0.0.1:port`.
    origin: Arc<str>,
}

/// What `PushSubscription.toJSON()` gives a page.
#[derive(Debug, Clone, Serialize)]
pub struct Subscription {
    pub endpoint: String,
    pub keys: Keys,
}

#[derive(Debug, Clone, Serialize)]
pub struct Keys {
    pub p256dh: String,
    pub auth: String,
}

/// What the portal sends.
#[derive(Deserialize)]
struct Told {
    id: String,
    title: String,
    text: String,
    to: String,
}

impl Browsers {
    pub(super) fn new(origin: String) -> Browsers {
        Browsers { known: Arc::default(), origin: origin.into() }
    }

    fn known(&self) -> std::sync::MutexGuard<'_, HashMap<String, Browser>> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A new browser that lets itself be told.
    pub fn subscribe(&self) -> Subscription {
        // Two random ids are more than the 32 bytes a key needs; one in 2^32 is none, and the next one is taken.
        let key = loop {
            let (a, b) = (Uuid::new_v4(), Uuid::new_v4());
            if let Ok(key) = SecretKey::from_slice(&[&a.as_bytes()[..], &b.as_bytes()[..]].concat()) {
                break key;
            }
        };
        let (id, auth) = (Uuid::new_v4().simple().to_string(), *Uuid::new_v4().as_bytes());
        let keys = Keys { p256dh: B64.encode(key.public_key().to_sec1_bytes()), auth: B64.encode(auth) };
        let mut known = self.known();
        if known.len() < MOST {
            known.insert(id.clone(), Browser { key, auth });
        }
        Subscription { endpoint: format!("{}/push/{id}", self.origin), keys }
    }

    /// The browser is told no more: what is sent to it is answered with 410.
    pub fn withdraw(&self, endpoint: &str) {
        self.known().remove(endpoint.rsplit('/').next().unwrap_or_default());
    }

    fn open(&self, id: &str, body: &[u8]) -> Result<Told, StatusCode> {
        let known = self.known();
        let browser = known.get(id).ok_or(StatusCode::GONE)?;
        let opened = decrypt(body.to_vec(), &browser.key, &Auth::clone_from_slice(&browser.auth));
        let opened = opened.map_err(|_| StatusCode::BAD_REQUEST)?;
        serde_json::from_slice(&opened).map_err(|_| StatusCode::BAD_REQUEST)
    }
}

struct Service {
    browsers: Browsers,
    switches: Switches,
    outbox: Outbox,
}

pub(super) fn app(browsers: Browsers, switches: Switches, outbox: Outbox) -> Router {
    let service = Arc::new(Service { browsers, switches, outbox });
    Router::new().route("/push/{id}", post(take)).with_state(service)
}

async fn take(
    State(service): State<Arc<Service>>,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let work = || match service.take(&id, &headers, &body) {
        Ok(()) => StatusCode::CREATED.into_response(),
        Err(status) => status.into_response(),
    };
    faults::play(service.switches.get(System::Push), work).await
}

impl Service {
    fn take(&self, id: &str, headers: &HeaderMap, body: &[u8]) -> Result<(), StatusCode> {
        let header = |name: &str| headers.get(name).and_then(|v| v.to_str().ok()).unwrap_or_default();
        if header("content-encoding") != "aes128gcm" || header("ttl").parse::<u64>().is_err() || body.len() > 4096 {
            return Err(StatusCode::BAD_REQUEST);
        }
        proven(header("authorization"), &self.browsers.origin).ok_or(StatusCode::FORBIDDEN)?;
        let told = self.browsers.open(id, body)?;
        let received = Received {
            channel: Channel::Push,
            to: id.to_owned(),
            subject: Some(told.title),
            text: format!("{}\n\n{}", told.text, told.to),
            key: Some(told.id),
        };
        #[expect(clippy::disallowed_methods, reason = "an outside system has a clock of its own")]
        self.outbox.put(received, OffsetDateTime::now_utc());
        Ok(())
    }
}

/// Whether the proof is one for this service. When it ends is not looked at: tests move the clock of the portal alone.
fn proven(authorization: &str, origin: &str) -> Option<()> {
    #[derive(Deserialize)]
    struct Claims {
        aud: String,
        exp: i64,
        sub: String,
    }
    let (token, key) = authorization.strip_prefix("vapid t=")?.split_once(", k=")?;
    let (said, signature) = token.rsplit_once('.')?;
    let (_, claims) = said.split_once('.')?;
    let key = VerifyingKey::from_sec1_bytes(&B64.decode(key).ok()?).ok()?;
    key.verify(said.as_bytes(), &Signature::from_slice(&B64.decode(signature).ok()?).ok()?).ok()?;
    let claims: Claims = serde_json::from_slice(&B64.decode(claims).ok()?).ok()?;
    (claims.aud == origin && claims.exp > 0 && claims.sub.starts_with("mailto:")).then_some(())
}
