//! Accounts of the post itself («Почта России»), through one JSON gateway over HTTP (`docs/integrations/postal.md`): login
//! and password, then a code that the post sends by itself; what comes of it is a key to that one account (LNK-1).

use super::breaker::{Breaker, Policy};
use super::{SettingsError, http};
use reqwest::{Client, Method, StatusCode, Url};
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::time::{Duration, Instant};

#[derive(Clone, Debug)]
pub struct Settings {
    pub url: String,
    /// Ours, for the gateway.
    pub token: SecretString,
    pub timeout: Duration,
}

impl Settings {
    /// A person waits.
    pub const TIMEOUT: Duration = Duration::from_secs(5);
}

/// Why nothing came of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    #[error("there is no such account")]
    NoAccount,
    #[error("the password does not fit")]
    WrongPassword,
    #[error("the code does not fit")]
    WrongCode,
    /// The attempt ran out, or the key was taken back.
    #[error("it is over")]
    Gone,
    #[error("the post does not answer")]
    Down,
}

/// The post has sent a code.
#[derive(Clone, Deserialize)]
pub struct Asked {
    /// Names the attempt.
    pub link: String,
    /// Where to, masked by the post.
    pub sent_to: String,
}

/// A key to one account.
#[derive(Clone, Deserialize)]
pub struct Key {
    /// Names the account, for ever; opaque.
    pub account: String,
    pub token: String,
}

/// What the post shows of an account.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    pub name: String,
    pub items: Vec<Item>,
}

/// Something on its way.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    pub number: String,
    /// In the post's words.
    pub state: String,
    /// ISO 8601 date.
    pub at: String,
}

/// Personal data and keys never print themselves.
macro_rules! silent {
    ($($name:ident),*) => {
        $(impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(concat!(stringify!($name), "(***)"))
            }
        })*
    };
}
silent!(Asked, Key, Account, Item);

pub struct Postal {
    client: Client,
    base: Url,
    token: SecretString,
    breaker: Breaker,
}

impl Postal {
    /// # Errors
    /// An address that is none, or not `https` outside this machine.
    pub fn new(settings: Settings) -> Result<Postal, SettingsError> {
        let (client, base) = http::client("postal", &settings.url, settings.timeout)?;
        Ok(Postal { client, base, token: settings.token, breaker: Breaker::new(Policy::default()) })
    }

    pub fn is_up(&self) -> bool {
        self.breaker.is_closed()
    }

    /// Login and password; the post sends a code to the phone or e-mail it knows.
    ///
    /// # Errors
    /// `NoAccount`, `WrongPassword`, `Down`.
    pub async fn ask(&self, login: &str, password: &str) -> Result<Asked, Problem> {
        let body = json!({"login": login, "password": password});
        self.call(Method::POST, "v1/links", Some(body), None, Problem::WrongPassword).await
    }

    /// The code: a key to the account.
    ///
    /// # Errors
    /// `WrongCode`, `Gone`, `Down`.
    pub async fn confirm(&self, link: &str, code: &str) -> Result<Key, Problem> {
        let path = format!("v1/links/{link}/code");
        let answer = self.call(Method::POST, &path, Some(json!({"code": code})), None, Problem::WrongCode).await;
        // An attempt nobody knows is no account nobody knows.
        answer.map_err(|problem| if problem == Problem::NoAccount { Problem::Gone } else { problem })
    }

    /// What the account holds now.
    ///
    /// # Errors
    /// `Gone`: the key was taken back at the post. `Down`.
    pub async fn account(&self, key: &str) -> Result<Account, Problem> {
        self.call(Method::GET, "v1/account", None, Some(key), Problem::Gone).await
    }

    /// Gives the key back.
    ///
    /// # Errors
    /// `Gone`, `Down`.
    pub async fn forget(&self, key: &str) -> Result<(), Problem> {
        self.call::<Value>(Method::DELETE, "v1/account", None, Some(key), Problem::Gone).await.map(|_| ())
    }

    /// One call. `refused` is what 401 means here.
    async fn call<T: for<'de> Deserialize<'de>>(
        &self,
        method: Method,
        path: &str,
        body: Option<Value>,
        key: Option<&str>,
        refused: Problem,
    ) -> Result<T, Problem> {
        if self.breaker.admit(Instant::now()).is_err() {
            return Err(Problem::Down);
        }
        let answer = self.attempt(method, path, body, key, refused).await;
        if matches!(answer, Err(Problem::Down)) {
            if self.breaker.failed(Instant::now()) {
                tracing::error!("the post's accounts are held to be down");
            }
        } else {
            self.breaker.succeeded();
        }
        answer
    }

    async fn attempt<T: for<'de> Deserialize<'de>>(
        &self,
        method: Method,
        path: &str,
        body: Option<Value>,
        key: Option<&str>,
        refused: Problem,
    ) -> Result<T, Problem> {
        let url = self.base.join(path).map_err(|_| Problem::Down)?;
        let mut request = self.client.request(method, url).bearer_auth(self.token.expose_secret());
        if let Some(body) = body {
            request = request.json(&body);
        }
        if let Some(key) = key {
            request = request.header("x-account-key", key);
        }
        let answer = request.send().await.map_err(|_| Problem::Down)?;
        match answer.status() {
            status if status.is_success() => {}
            StatusCode::UNAUTHORIZED => return Err(refused),
            StatusCode::NOT_FOUND => return Err(Problem::NoAccount),
            StatusCode::GONE => return Err(Problem::Gone),
            _ => return Err(Problem::Down),
        }
        let bytes = http::body(answer).await.ok_or(Problem::Down)?;
        let bytes = if bytes.is_empty() { b"null".to_vec() } else { bytes };
        serde_json::from_slice(&bytes).map_err(|_| Problem::Down)
    }
}
