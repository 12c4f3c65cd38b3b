//! Partners over HTTP: signed events by the Standard Webhooks (<https://www.standardwebhooks.com>), and only to where
//! the internet is ([`Outward`]).

use super::SettingsError;
use super::outward::{Outward, is_private};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// Bytes of a new secret.
pub const SECRET: usize = 32;

/// Why an event did not arrive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Problem {
    /// It is no address to send to.
    Address,
    /// The name resolves to a private network.
    Private,
    Timeout,
    /// No connection, no such name, a broken answer.
    Unreachable,
    /// An answer that is not 2xx.
    Refused(u16),
}

impl Problem {
    pub const fn name(self) -> &'static str {
        match self {
            Problem::Address => "address",
            Problem::Private => "private_address",
            Problem::Timeout => "timeout",
            Problem::Unreachable => "unreachable",
            Problem::Refused(_) => "refused",
        }
    }
}

pub struct Partners(Outward);

/// What is sent.
pub struct Message<'a> {
    pub id: &'a str,
    /// Seconds since 1970.
    pub at: i64,
    pub body: &'a str,
}

impl Partners {
    /// `inner`: also to private addresses and by plain HTTP.
    pub fn new(inner: bool) -> Result<Partners, SettingsError> {
        Outward::new("webhooks", "Otdelenie-Webhooks/1", inner).map(Partners)
    }

    /// Whether an address may be told at all; what its name resolves to is looked at when it is told.
    pub fn accepts(&self, address: &str) -> bool {
        self.0.address(address).is_some()
    }

    /// Sends one event. Accepted is any 2xx, by its status.
    ///
    /// # Errors
    /// Why it was not.
    pub async fn send(&self, address: &str, secret: &[u8], message: &Message<'_>) -> Result<u16, Problem> {
        let url = self.0.address(address).ok_or(Problem::Address)?;
        let sent = self
            .0
            .client
            .post(url)
            .header("content-type", "application/json")
            .header("webhook-id", message.id)
            .header("webhook-timestamp", message.at)
            .header("webhook-signature", signature(secret, message))
            .body(message.body.to_owned())
            .send()
            .await;
        match sent {
            Ok(answer) if answer.status().is_success() => Ok(answer.status().as_u16()),
            Ok(answer) => Err(Problem::Refused(answer.status().as_u16())),
            Err(error) if error.is_timeout() => Err(Problem::Timeout),
            Err(error) if is_private(&error) => Err(Problem::Private),
            Err(_) => Err(Problem::Unreachable),
        }
    }
}

/// `v1,` and HMAC-SHA-256 over `id.timestamp.body`.
pub fn signature(secret: &[u8], message: &Message<'_>) -> String {
    let Ok(mut mac) = <Hmac<Sha256> as KeyInit>::new_from_slice(secret) else {
        // HMAC takes keys of any length.
        return String::new();
    };
    mac.update(format!("{}.{}.{}", message.id, message.at, message.body).as_bytes());
    format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes()))
}

/// As a partner is given it.
pub fn shown(secret: &[u8]) -> String {
    format!("whsec_{}", STANDARD.encode(secret))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The specification's own example.
    #[test]
    fn signs_as_the_standard_does() {
        let secret = STANDARD.decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").unwrap();
        let message =
            Message { id: "msg_p5jXN8AQM9LWM0D4loKWxJek", at: 1_614_265_330, body: r#"{"test": 2432232314}"# };
        assert_eq!(signature(&secret, &message), "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }
}
