//! Outside systems: state registries, the SMS gateway, mail.
//!
//! Each kind is a trait with one file per provider. The demonstration runs the same clients against
//! [`crate::demo`], so what is shown is what runs in production. A provider that fails delays our
//! work and never decides it: no error of this module may be read as a refusal.

pub mod breaker;
pub mod doors;
mod http;
pub mod mail;
pub mod notices;
pub(crate) mod outward;
pub mod partners;
pub mod postal;
pub mod push;
pub mod registries;
pub mod scanner;
pub mod sms;

use breaker::Breaker;
use std::sync::Arc;
use std::time::{Duration, Instant};
use uuid::Uuid;

/// The outside world as the job worker sees it.
#[derive(Clone)]
pub struct Integrations {
    pub registry: Arc<dyn registries::Registry>,
    pub sms: Arc<dyn sms::SmsGateway>,
    pub mail: Arc<dyn mail::Mailer>,
    pub partners: Arc<partners::Partners>,
    pub push: Arc<push::Push>,
    /// Providers of identities that are configured; may be none.
    pub doors: Arc<doors::Doors>,
    pub postal: Arc<postal::Postal>,
    /// Absent: documents are not scanned.
    pub scanner: Option<scanner::Clamd>,
}

/// Where the outside systems are and how we prove who we are.
#[derive(Clone, Debug)]
pub struct Settings {
    pub registries: registries::gateway::Settings,
    pub sms: sms::sms_ru::Settings,
    pub mail: mail::smtp::Settings,
    pub doors: Vec<doors::Settings>,
    pub postal: postal::Settings,
    /// Where clamd listens, if it does.
    pub clamav: Option<String>,
    /// Partners may be told inside a private network, and by plain HTTP.
    pub partners_inner: bool,
    pub push: push::Settings,
}

impl Integrations {
    /// Builds the clients; no connection is made yet, so a provider that is down does not stop us
    /// from starting. The process must have installed rustls' default crypto provider before.
    pub fn connect(settings: Settings) -> Result<Self, SettingsError> {
        Ok(Integrations {
            registry: Arc::new(registries::gateway::Gateway::new(settings.registries)?),
            sms: Arc::new(sms::sms_ru::SmsRu::new(settings.sms)?),
            mail: Arc::new(mail::smtp::Smtp::new(settings.mail)?),
            partners: Arc::new(partners::Partners::new(settings.partners_inner)?),
            push: Arc::new(push::Push::new(settings.push)?),
            doors: Arc::new(doors::Doors::new(settings.doors)?),
            postal: Arc::new(postal::Postal::new(settings.postal)?),
            scanner: settings.clamav.as_deref().map(scanner::Clamd::new).transpose()?,
        })
    }
}

/// A setting that cannot work. Holds no value: a URL may contain a password.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the setting of {0} cannot be used")]
pub struct SettingsError(pub &'static str);

/// Why a message did not leave.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SendError {
    /// Send it again later. After a time-out the message may have left: repeat with the same id.
    #[error("not sent yet (provider code {provider_code:?})")]
    Temporary { provider_code: Option<u16>, retry_after: Duration },
    /// This message to this address will never be taken: tell the person on another channel.
    #[error("cannot be sent (provider code {provider_code:?})")]
    Permanent { provider_code: Option<u16> },
}

impl SendError {
    /// How long to wait before a repeat where the provider did not say.
    pub const RETRY_AFTER: Duration = Duration::from_secs(30);

    fn temporary(provider_code: Option<u16>) -> Self {
        SendError::Temporary { provider_code, retry_after: Self::RETRY_AFTER }
    }
}

/// Hands a message over unless its provider is held to be down, and keeps count: for the breaker, the log and the
/// metric `counter`. A refusal for good is an answer too, so the provider is up.
async fn hand_over<T>(
    breaker: &Breaker,
    counter: &'static str,
    id: Uuid,
    sending: impl Future<Output = Result<T, SendError>>,
) -> Result<T, SendError> {
    if let Err(retry_after) = breaker.admit(Instant::now()) {
        return Err(SendError::Temporary { provider_code: None, retry_after });
    }
    let result = sending.await;
    match &result {
        Ok(_) | Err(SendError::Permanent { .. }) => breaker.succeeded(),
        Err(SendError::Temporary { .. }) => {
            if breaker.failed(Instant::now()) {
                tracing::error!(counter, "the provider of messages is held to be down");
            }
        }
    }
    let outcome = match &result {
        Ok(_) => "sent",
        Err(error) => {
            tracing::warn!(counter, %id, %error, "a message was not taken");
            "failed"
        }
    };
    metrics::counter!(counter, "result" => outcome).increment(1);
    result
}
