//! The post's accounts, stood in for: links by login, password and code, and what is on its way.

use super::faults;
use super::outbox::{Channel, Outbox, Received};
use super::switches::{Switches, System};
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use rand::Rng;
use serde::Deserialize;
use serde_json::json;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use time::OffsetDateTime;
use uuid::Uuid;

/// Guesses a code takes.
const TRIES: u32 = 5;

/// An account that anybody may try.
pub struct Known {
    pub login: &'static str,
    pub password: &'static str,
    name: &'static str,
    masked: &'static str,
    /// Number, state, day.
    items: &'static [(&'static str, &'static str, &'static str)],
}

pub const ACCOUNTS: &[Known] = &[
    Known {
        login: "+79135550201",
        password: "Pochta-2026!",
        name: "Галина С.",
        masked: "+7 913 ***-**-01",
        items: &[
            ("RA644000001RU", "Прибыло в место вручения", "2026-11-20"),
            ("63009980000015", "Покинуло сортировочный центр", "2026-11-21"),
        ],
    },
    Known {
        login: "pavel.gromov@example.org",
        password: "Pochta-2026!",
        name: "Павел Г.",
        masked: "p***@example.org",
        items: &[],
    },
];

struct Attempt {
    account: usize,
    code: String,
    tries: u32,
}

/// The keys somebody holds: each opens an account.
#[derive(Clone, Default)]
pub struct Keys(Arc<Mutex<HashMap<String, usize>>>);

impl Keys {
    pub fn count(&self) -> usize {
        locked(&self.0).len()
    }
}

struct Post {
    token: String,
    switches: Switches,
    outbox: Outbox,
    attempts: Mutex<HashMap<String, Attempt>>,
    keys: Keys,
}

fn locked<T>(of: &Mutex<T>) -> MutexGuard<'_, T> {
    of.lock().unwrap_or_else(PoisonError::into_inner)
}

pub(super) fn app(token: String, switches: Switches, outbox: Outbox, keys: Keys) -> Router {
    let post_office = Post { token, switches, outbox, attempts: Mutex::default(), keys };
    Router::new()
        .route("/v1/links", post(ask))
        .route("/v1/links/{link}/code", post(confirm))
        .route("/v1/account", get(account).delete(forget))
        .with_state(Arc::new(post_office))
}

impl Post {
    fn knows(&self, headers: &HeaderMap) -> bool {
        let sent = headers.get(header::AUTHORIZATION).and_then(|v| v.to_str().ok());
        sent.and_then(|v| v.strip_prefix("Bearer ")) == Some(self.token.as_str())
    }

    fn owner(&self, headers: &HeaderMap) -> Option<usize> {
        let key = headers.get("x-account-key")?.to_str().ok()?;
        locked(&self.keys.0).get(key).copied()
    }
}

#[derive(Deserialize)]
struct Ask {
    login: String,
    password: String,
}

async fn ask(State(at): State<Arc<Post>>, headers: HeaderMap, Json(asked): Json<Ask>) -> Response {
    let work = || {
        if !at.knows(&headers) {
            return StatusCode::FORBIDDEN.into_response();
        }
        let typed: String = asked.login.chars().filter(|c| !matches!(c, ' ' | '-' | '(' | ')')).collect();
        let Some(account) = ACCOUNTS.iter().position(|a| a.login == typed.to_lowercase()) else {
            return StatusCode::NOT_FOUND.into_response();
        };
        let known = &ACCOUNTS[account];
        if known.password != asked.password {
            return StatusCode::UNAUTHORIZED.into_response();
        }
        let code = format!("{:06}", rand::rng().random_range(0..1_000_000));
        let link = Uuid::new_v4().simple().to_string();
        let channel = if known.login.contains('@') { Channel::Email } else { Channel::Sms };
        let message = Received {
            channel,
            to: known.login.to_owned(),
            subject: (channel == Channel::Email).then(|| "Почта России: код для привязки".to_owned()),
            text: format!("Почта России. Код: {code}. Его просит портал «Отделение». Никому не сообщайте."),
            key: Some(link.clone()),
        };
        #[expect(clippy::disallowed_methods, reason = "an outside system has a clock of its own")]
        at.outbox.put(message, OffsetDateTime::now_utc());
        locked(&at.attempts).insert(link.clone(), Attempt { account, code, tries: TRIES });
        (StatusCode::CREATED, Json(json!({"link": link, "sent_to": known.masked}))).into_response()
    };
    faults::play(at.switches.get(System::Accounts), work).await
}

#[derive(Deserialize)]
struct Confirm {
    code: String,
}

async fn confirm(
    State(at): State<Arc<Post>>,
    Path(link): Path<String>,
    headers: HeaderMap,
    Json(typed): Json<Confirm>,
) -> Response {
    let work = || {
        if !at.knows(&headers) {
            return StatusCode::FORBIDDEN.into_response();
        }
        let mut attempts = locked(&at.attempts);
        let Some(attempt) = attempts.get_mut(&link) else { return StatusCode::GONE.into_response() };
        if attempt.code != typed.code {
            attempt.tries -= 1;
            if attempt.tries == 0 {
                attempts.remove(&link);
                return StatusCode::GONE.into_response();
            }
            return StatusCode::UNAUTHORIZED.into_response();
        }
        let account = attempt.account;
        attempts.remove(&link);
        let key = Uuid::new_v4().simple().to_string();
        locked(&at.keys.0).insert(key.clone(), account);
        Json(json!({"account": format!("post-{account}"), "token": key})).into_response()
    };
    faults::play(at.switches.get(System::Accounts), work).await
}

async fn account(State(at): State<Arc<Post>>, headers: HeaderMap) -> Response {
    let work = || match at.owner(&headers).filter(|_| at.knows(&headers)) {
        Some(account) => {
            let known = &ACCOUNTS[account];
            let item = |(number, state, day): &(&str, &str, &str)| json!({"number": number, "state": state, "at": day});
            let items: Vec<_> = known.items.iter().map(item).collect();
            Json(json!({"name": known.name, "items": items})).into_response()
        }
        None => StatusCode::UNAUTHORIZED.into_response(),
    };
    faults::play(at.switches.get(System::Accounts), work).await
}

async fn forget(State(at): State<Arc<Post>>, headers: HeaderMap) -> Response {
    let work = || {
        let key = headers.get("x-account-key").and_then(|v| v.to_str().ok()).unwrap_or_default();
        match locked(&at.keys.0).remove(key) {
            Some(_) => StatusCode::NO_CONTENT.into_response(),
            None => StatusCode::UNAUTHORIZED.into_response(),
        }
    };
    faults::play(at.switches.get(System::Accounts), work).await
}
