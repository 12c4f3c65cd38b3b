//! sms.ru over its HTTP API: `POST /sms/send` with `api_id`, `to`, `msg`, `json=1`
//! (<https://sms.ru/api/send>).

use super::{Arrival, ProviderId, Sms, SmsGateway};
use crate::integrations::breaker::{Breaker, Policy};
use crate::integrations::{SendError, SettingsError, hand_over, http};
use reqwest::{Client, Url};
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use std::collections::HashMap;
use std::time::Duration;

#[derive(Clone, Debug)]
pub struct Settings {
    /// `https://sms.ru/`; plain HTTP only on this machine.
    pub url: String,
    pub api_id: SecretString,
    /// The sender name agreed with the provider; theirs when absent.
    pub from: Option<String>,
    /// Of one attempt.
    pub timeout: Duration,
}

impl Settings {
    pub const TIMEOUT: Duration = Duration::from_secs(5);
}

pub struct SmsRu {
    client: Client,
    send: Url,
    status: Url,
    api_id: SecretString,
    from: Option<String>,
    breaker: Breaker,
}

#[derive(Deserialize)]
struct Reply {
    status_code: u16,
    #[serde(default)]
    sms: HashMap<String, One>,
}

#[derive(Deserialize)]
struct One {
    status_code: u16,
    sms_id: Option<String>,
}

/// The answer of `/sms/status` (<https://sms.ru/api/status>). A code may be negative: no such message.
#[derive(Deserialize)]
struct Statuses {
    #[serde(default)]
    sms: HashMap<String, Status>,
}

#[derive(Deserialize)]
struct Status {
    status_code: i32,
}

fn arrival(code: i32) -> Option<Arrival> {
    Some(match code {
        100..=102 => Arrival::OnItsWay,
        103 | 110 => Arrival::Delivered,
        104..=108 | 150 => Arrival::Lost,
        _ => return None,
    })
}

/// What speaks about the recipient or the text will not change by itself. Everything else (our
/// account, money, limits, their trouble) is for the operators to mend while the message waits.
fn refusal(code: u16) -> SendError {
    match code {
        202 | 203 | 205 | 207 | 209 | 213..=217 | 230 | 232 => SendError::Permanent { provider_code: Some(code) },
        _ => SendError::temporary(Some(code)),
    }
}

impl SmsRu {
    const OK: u16 = 100;
    /// Quick repeats, only while nothing has reached the provider.
    const REPEATS: u32 = 2;

    pub fn new(settings: Settings) -> Result<Self, SettingsError> {
        let (client, base) = http::client("sms", &settings.url, settings.timeout)?;
        Ok(SmsRu {
            client,
            send: base.join("sms/send").map_err(|_| SettingsError("sms"))?,
            status: base.join("sms/status").map_err(|_| SettingsError("sms"))?,
            api_id: settings.api_id,
            from: settings.from,
            breaker: Breaker::new(Policy::default()),
        })
    }

    /// The answer's bytes. Repeats only what could not connect: after a time-out the message may
    /// already be on its way, and sms.ru itself has no idempotency key to tell.
    async fn post(&self, sms: &Sms, to: &str) -> Result<Vec<u8>, SendError> {
        let mut form = vec![
            ("api_id", self.api_id.expose_secret().to_owned()),
            ("to", to.to_owned()),
            ("msg", sms.text.clone()),
            ("json", "1".to_owned()),
        ];
        form.extend(self.from.clone().map(|from| ("from", from)));
        form.extend(sms.useful_minutes.map(|ttl| ("ttl", ttl.clamp(1, 1440).to_string())));
        let mut attempt = 0;
        let response = loop {
            let sent = self
                .client
                .post(self.send.clone())
                .header("idempotency-key", sms.id.to_string())
                .form(&form)
                .send()
                .await;
            match sent {
                Ok(response) => break response,
                Err(error) if error.is_connect() && attempt < Self::REPEATS => {
                    attempt += 1;
                    tokio::time::sleep(http::pause(Duration::from_millis(200), attempt)).await;
                }
                Err(_) => return Err(SendError::temporary(None)),
            }
        };
        if !response.status().is_success() {
            return Err(SendError::Temporary {
                provider_code: Some(response.status().as_u16()),
                retry_after: http::retry_after(&response).unwrap_or(SendError::RETRY_AFTER),
            });
        }
        http::body(response).await.ok_or_else(|| SendError::temporary(None))
    }
}

fn read(body: &[u8], to: &str) -> Result<ProviderId, SendError> {
    let reply: Reply = serde_json::from_slice(body).map_err(|_| SendError::temporary(None))?;
    if reply.status_code != SmsRu::OK {
        return Err(refusal(reply.status_code));
    }
    let one = reply.sms.get(to).ok_or(SendError::temporary(None))?;
    match (&one.sms_id, one.status_code) {
        (Some(id), SmsRu::OK) => Ok(ProviderId(id.clone())),
        (None, SmsRu::OK) => Ok(ProviderId(String::new())),
        (_, code) => Err(refusal(code)),
    }
}

#[async_trait::async_trait]
impl SmsGateway for SmsRu {
    async fn send(&self, sms: &Sms) -> Result<ProviderId, SendError> {
        let to = sms.to.trim_start_matches('+');
        let sending = async { read(&self.post(sms, to).await?, to) };
        hand_over(&self.breaker, "sms_total", sms.id, sending).await
    }

    async fn arrivals(&self, ids: &[&str]) -> Result<HashMap<String, Arrival>, SendError> {
        let form = [("api_id", self.api_id.expose_secret()), ("sms_id", &ids.join(",")), ("json", "1")];
        let asking = self.client.post(self.status.clone()).form(&form).send();
        let response = asking.await.map_err(|_| SendError::temporary(None))?;
        let body = http::body(response).await.ok_or_else(|| SendError::temporary(None))?;
        let reply: Statuses = serde_json::from_slice(&body).map_err(|_| SendError::temporary(None))?;
        Ok(reply.sms.into_iter().filter_map(|(id, one)| Some((id, arrival(one.status_code)?))).collect())
    }

    fn is_up(&self) -> bool {
        self.breaker.is_closed()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_providers_documented_answers() {
        let taken = br#"{"status":"OK","status_code":100,"sms":{"79255070602":
            {"status":"OK","status_code":100,"sms_id":"000000-10000000"}},"balance":4122.56}"#;
        assert_eq!(read(taken, "79255070602"), Ok(ProviderId("000000-10000000".into())));
        let refused = br#"{"status":"OK","status_code":100,"sms":{"74993221627":
            {"status":"ERROR","status_code":207,"status_text":"..."}},"balance":4122.56}"#;
        assert_eq!(read(refused, "74993221627"), Err(SendError::Permanent { provider_code: Some(207) }));
        let no_money = br#"{"status":"ERROR","status_code":201,"status_text":"..."}"#;
        assert_eq!(read(no_money, "79255070602"), Err(SendError::temporary(Some(201))));
        assert_eq!(read(b"<html>", "79255070602"), Err(SendError::temporary(None)));
    }
}
