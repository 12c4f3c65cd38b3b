//! Letters over SMTP, to whatever relay the settings name.

use super::{Letter, Mailer};
use crate::integrations::breaker::{Breaker, Policy};
use crate::integrations::{SendError, SettingsError, hand_over};
use lettre::message::header::{ContentType, Header, HeaderName, HeaderValue};
use lettre::message::{Mailbox, Message};
use lettre::transport::smtp::PoolConfig;
use lettre::{Address, AsyncSmtpTransport, AsyncTransport, Tokio1Executor};
use secrecy::{ExposeSecret, SecretString};
use std::time::Duration;

#[derive(Clone, Debug)]
pub struct Settings {
    /// `smtps://user:password@host` (TLS), `smtp://user:password@host?tls=required` (STARTTLS) or
    /// `smtp://127.0.0.1:2525` (plain, on this machine only). Secret for the password in it.
    pub url: SecretString,
    /// `Отделение <noreply@example.org>`.
    pub from: String,
    /// Of one letter, from connecting to the last answer.
    pub timeout: Duration,
}

impl Settings {
    pub const TIMEOUT: Duration = Duration::from_secs(20);
}

pub struct Smtp {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
    timeout: Duration,
    breaker: Breaker,
}

/// `Auto-Submitted: auto-generated` (RFC 3834): holiday replies must not answer us.
#[derive(Clone)]
struct AutoSubmitted;

impl Header for AutoSubmitted {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("Auto-Submitted")
    }
    fn parse(_: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(AutoSubmitted)
    }
    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), "auto-generated".to_owned())
    }
}

impl Smtp {
    pub fn new(settings: Settings) -> Result<Self, SettingsError> {
        let url = settings.url.expose_secret();
        if !is_sealed(url) {
            return Err(SettingsError("mail"));
        }
        let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(url)
            .map_err(|_| SettingsError("mail"))?
            .timeout(Some(settings.timeout))
            // Every letter has its own connection. The pool takes back a connection whose letter
            // was given up half-way, and the next letter would read the answers meant for that one.
            .pool_config(PoolConfig::new().max_size(0))
            .build();
        let from = settings.from.parse().map_err(|_| SettingsError("mail"))?;
        Ok(Smtp { transport, from, timeout: settings.timeout, breaker: Breaker::new(Policy::default()) })
    }

    async fn deliver(&self, letter: &Letter) -> Result<(), SendError> {
        let Some(message) = self.message(letter) else {
            return Err(SendError::Permanent { provider_code: None });
        };
        // The library's own time-out covers connecting only.
        let sending = self.transport.send(message);
        match tokio::time::timeout(self.timeout, sending).await {
            Ok(Ok(_)) => Ok(()),
            Ok(Err(error)) => Err(refusal(&error)),
            Err(_) => Err(SendError::temporary(None)),
        }
    }

    fn message(&self, letter: &Letter) -> Option<Message> {
        let to: Address = letter.to.parse().ok()?;
        Message::builder()
            .from(self.from.clone())
            .to(Mailbox::new(None, to))
            .subject(letter.subject.as_str())
            .message_id(Some(format!("<{}@{}>", letter.id, self.from.email.domain())))
            .header(AutoSubmitted)
            .header(ContentType::TEXT_PLAIN)
            .body(letter.text.clone())
            .ok()
    }
}

/// Letters hold live links: they leave this machine over TLS or not at all. Opportunistic TLS is
/// no TLS to whoever stands in between.
fn is_sealed(url: &str) -> bool {
    let Ok(url) = reqwest::Url::parse(url) else {
        return false;
    };
    let required = url.query_pairs().any(|(k, v)| k == "tls" && v == "required");
    let here = matches!(url.host_str(), Some("localhost" | "127.0.0.1" | "[::1]"));
    url.scheme() == "smtps" || required || here
}

/// 530, 534, 535, 538 speak about our own login (RFC 4954): the letter waits until it is mended.
fn refusal(error: &lettre::transport::smtp::Error) -> SendError {
    let code = error.status().map(u16::from);
    match code {
        Some(530 | 534 | 535 | 538) => SendError::temporary(code),
        _ if error.is_permanent() => SendError::Permanent { provider_code: code },
        _ => SendError::temporary(code),
    }
}

#[async_trait::async_trait]
impl Mailer for Smtp {
    async fn send(&self, letter: &Letter) -> Result<(), SendError> {
        hand_over(&self.breaker, "letters_total", letter.id, self.deliver(letter)).await
    }

    fn is_up(&self) -> bool {
        self.breaker.is_closed()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_leave_the_machine_only_over_tls() {
        assert!(is_sealed("smtps://user:p@relay.example"));
        assert!(is_sealed("smtp://user:p@relay.example:587?tls=required"));
        assert!(is_sealed("smtp://127.0.0.1:2525"));
        assert!(!is_sealed("smtp://relay.example"));
        assert!(!is_sealed("smtp://relay.example?tls=opportunistic"));
        assert!(!is_sealed("relay.example"));
    }
}
