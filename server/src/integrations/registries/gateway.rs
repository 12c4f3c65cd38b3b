//! The registries through one JSON gateway over HTTP (`docs/integrations/registries.md`).

use super::wire::Reply;
use super::{Answer, Query, Registry, RegistryError, RegistryKind};
use crate::integrations::breaker::{Breaker, Policy};
use crate::integrations::{SettingsError, http};
use reqwest::{Client, StatusCode, Url, header::CONTENT_TYPE};
use secrecy::{ExposeSecret, SecretString};
use std::time::{Duration, Instant};
use uuid::Uuid;

/// Where the gateway is (`https://…/`; plain HTTP only on this machine) and our bearer token.
#[derive(Clone, Debug)]
pub struct Settings {
    pub url: String,
    pub token: SecretString,
    pub timing: Timing,
}

/// How patient one question is. The default is what production uses.
#[derive(Clone, Copy, Debug)]
pub struct Timing {
    /// Of one attempt.
    pub timeout: Duration,
    /// Quick repeats after the first attempt; questions change nothing, so repeating is safe.
    pub repeats: u32,
    /// The pause before the first repeat.
    pub pause: Duration,
    pub breaker: Policy,
}

impl Default for Timing {
    fn default() -> Self {
        Timing {
            timeout: Duration::from_secs(3),
            repeats: 2,
            pause: Duration::from_millis(200),
            breaker: Policy::default(),
        }
    }
}

/// The client. One breaker per registry: when one is down the others are still asked.
pub struct Gateway {
    client: Client,
    base: Url,
    token: SecretString,
    timing: Timing,
    breakers: [(RegistryKind, Breaker); 4],
}

/// One attempt that brought no answer.
struct Failure {
    error: RegistryError,
    /// Another attempt may bring one.
    again: bool,
    /// It speaks against the registry and not only against this question.
    counts: bool,
}

impl Failure {
    fn down(retry_after: Option<Duration>) -> Self {
        Failure {
            error: RegistryError::Down { retry_after: retry_after.unwrap_or(Gateway::RETRY_AFTER) },
            again: true,
            counts: true,
        }
    }

    fn unreadable() -> Self {
        Failure { error: RegistryError::BadAnswer, again: true, counts: true }
    }
}

impl Gateway {
    /// When to ask again where the registry did not say.
    const RETRY_AFTER: Duration = Duration::from_secs(15);

    pub fn new(settings: Settings) -> Result<Self, SettingsError> {
        let timing = settings.timing;
        let (client, base) = http::client("registries", &settings.url, timing.timeout)?;
        Ok(Gateway {
            client,
            base,
            token: settings.token,
            timing,
            breakers: RegistryKind::ALL.map(|kind| (kind, Breaker::new(timing.breaker))),
        })
    }

    fn breaker(&self, kind: RegistryKind) -> &Breaker {
        &self.breakers[kind as usize].1
    }

    async fn attempt(&self, query: &Query, id: Uuid) -> Result<Answer, Failure> {
        let path = format!("v1/{}/check", query.registry().id());
        let (url, body) = match (self.base.join(&path), body(query)) {
            (Ok(url), Ok(body)) => (url, body),
            _ => {
                return Err(Failure { again: false, counts: false, ..Failure::unreadable() });
            }
        };
        let response = self
            .client
            .post(url)
            .bearer_auth(self.token.expose_secret())
            .header("x-request-id", id.to_string())
            .header(CONTENT_TYPE, "application/json")
            .body(body)
            .send()
            .await
            .map_err(|_| Failure::down(None))?;
        match response.status() {
            StatusCode::OK => {}
            // Our token being wrong is for us to mend; the question stays open meanwhile.
            StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => {
                return Err(Failure { again: false, ..Failure::down(None) });
            }
            StatusCode::TOO_MANY_REQUESTS => {
                return Err(Failure { again: false, ..Failure::down(http::retry_after(&response)) });
            }
            status if status.is_client_error() && status != StatusCode::REQUEST_TIMEOUT => {
                return Err(Failure { again: false, counts: false, ..Failure::unreadable() });
            }
            _ => return Err(Failure::down(http::retry_after(&response))),
        }
        let body = http::body(response).await.ok_or_else(|| Failure::down(None))?;
        let reply: Reply = serde_json::from_slice(&body).map_err(|_| Failure::unreadable())?;
        Ok(reply.into_answer(query))
    }
}

fn body(query: &Query) -> serde_json::Result<Vec<u8>> {
    match query {
        Query::Passport(query) => serde_json::to_vec(query),
        Query::Snils(query) => serde_json::to_vec(query),
        Query::Inn(query) => serde_json::to_vec(query),
        Query::Address(query) => serde_json::to_vec(query),
    }
}

#[async_trait::async_trait]
impl Registry for Gateway {
    async fn ask(&self, query: &Query) -> Result<Answer, RegistryError> {
        let registry = query.registry();
        let breaker = self.breaker(registry);
        // The same for all attempts, so that the other side can see them as one question.
        let id = Uuid::new_v4();
        let mut attempt = 0;
        loop {
            if let Err(retry_after) = breaker.admit(Instant::now()) {
                count(registry, "held_back");
                return Err(RegistryError::Down { retry_after });
            }
            let failure = match self.attempt(query, id).await {
                Ok(answer) => {
                    breaker.succeeded();
                    count(registry, "answered");
                    return Ok(answer);
                }
                Err(failure) => failure,
            };
            count(registry, "failed");
            tracing::warn!(registry = registry.id(), request.id = %id, attempt, error = %failure.error, "registry did not answer");
            if !failure.counts {
                breaker.succeeded();
            } else if breaker.failed(Instant::now()) {
                tracing::error!(registry = registry.id(), "registry is held to be down");
            }
            if !failure.again || attempt == self.timing.repeats {
                return Err(failure.error);
            }
            attempt += 1;
            tokio::time::sleep(http::pause(self.timing.pause, attempt)).await;
        }
    }

    fn health(&self) -> [(RegistryKind, bool); 4] {
        RegistryKind::ALL.map(|kind| (kind, self.breaker(kind).is_closed()))
    }
}

fn count(registry: RegistryKind, result: &'static str) {
    metrics::counter!("registry_calls_total", "registry" => registry.id(), "result" => result).increment(1);
}
