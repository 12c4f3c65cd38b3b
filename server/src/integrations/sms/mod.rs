//! Text messages to phones.

pub mod sms_ru;

use super::SendError;
use std::collections::HashMap;
use std::fmt;
use uuid::Uuid;

/// Someone who delivers text messages.
#[async_trait::async_trait]
pub trait SmsGateway: Send + Sync {
    /// Hands one message over and returns the provider's own id for it. Calling again with the
    /// same [`Sms::id`] is how a message is repeated after [`SendError::Temporary`].
    async fn send(&self, sms: &Sms) -> Result<ProviderId, SendError>;

    /// What became of messages, by the ids the provider gave them; what it does not know is left out.
    async fn arrivals(&self, ids: &[&str]) -> Result<HashMap<String, Arrival>, SendError>;

    /// `false` while the provider keeps failing and calls are held back.
    fn is_up(&self) -> bool;
}

/// What became of a message that was taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Arrival {
    OnItsWay,
    Delivered,
    /// It will not arrive: the phone was off for too long, or does not take it.
    Lost,
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
