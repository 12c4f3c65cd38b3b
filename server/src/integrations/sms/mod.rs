//! Text messages to phones.

pub mod sms_ru;

use super::SendError;
use std::fmt;
use uuid::Uuid;

/// Someone who delivers text messages.
#[async_trait::async_trait]
pub trait SmsGateway: Send + Sync {
    /// Hands one message over and returns the provider's own id for it. Calling again with the
    /// same [`Sms::id`] is how a message is repeated after [`SendError::Temporary`].
    async fn send(&self, sms: &Sms) -> Result<ProviderId, SendError>;

    /// `false` while the provider keeps failing and calls are held back.
    fn is_up(&self) -> bool;
}

/// One message.
#[derive(Clone, PartialEq, Eq)]
pub struct Sms {
    /// Ours, the same for every attempt; a provider that knows it already does not send twice.
    pub id: Uuid,
    /// E.164: `+79161234567`.
    pub to: String,
    pub text: String,
    /// After so many minutes it is of no use any more (a code), so it must not arrive later.
    pub useful_minutes: Option<u16>,
}

/// Neither the number nor the text may be printed: the text can hold a live code.
impl fmt::Debug for Sms {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Sms({})", self.id)
    }
}

/// The id the provider gave, to ask it about the message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProviderId(pub String);
