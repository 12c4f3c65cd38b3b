//! What the page of notices shows.

use domain::Code;
use domain::clock::Timestamp;
use domain::notices::{Channel, Kind, Quiet};
use serde::{Deserialize, Serialize};

/// What the form shows: what is in force, or what was sent just now and refused.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Chosen {
    /// What is switched on.
    pub on: Vec<(Kind, Channel)>,
    /// Hours of the quiet; one without the other is what somebody typed.
    pub quiet_from: Option<u8>,
    pub quiet_to: Option<u8>,
}

impl Chosen {
    /// # Errors
    /// `QuietHours`: one hour without the other, or nothing between the two.
    pub fn quiet(&self) -> Result<Option<Quiet>, Code> {
        match (self.quiet_from, self.quiet_to) {
            (Some(from), Some(to)) => Quiet::new(from, to).map(Some),
            (None, None) => Ok(None),
            _ => Err(Code::QuietHours),
        }
    }
}

#[derive(Clone, Serialize, Deserialize)]
pub struct Page {
    pub chosen: Chosen,
    /// By what browsers know the portal (VAPID), base64url.
    pub push_key: String,
    pub devices: Vec<Device>,
    /// The newest fifty.
    pub sent: Vec<Sent>,
}

/// A browser that shows notices.
#[derive(Clone, Serialize, Deserialize)]
pub struct Device {
    /// SHA-256 of its endpoint: the browser knows itself by it.
    pub id: String,
    /// «Chrome, Android».
    pub label: String,
    pub added_at: Timestamp,
    /// When its service last took a notice.
    pub reached_at: Option<Timestamp>,
}

/// How far a notice has come.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Way {
    Queued,
    /// With the provider; whether it arrived is not known.
    Sent,
    Delivered,
    /// The provider did not take it.
    Refused,
    /// Taken, and not delivered: the phone was off, or is no more.
    Lost,
}

impl Way {
    /// As in `data-state`.
    pub const fn name(self) -> &'static str {
        match self {
            Way::Queued => "queued",
            Way::Sent => "sent",
            Way::Delivered => "delivered",
            Way::Refused => "refused",
            Way::Lost => "lost",
        }
    }
}

/// One notice. Its words are not here: they are in the letter, the SMS and the card.
#[derive(Clone, Serialize, Deserialize)]
pub struct Sent {
    pub template: String,
    pub channel: Channel,
    /// Of the application it is about.
    pub number: Option<String>,
    pub at: Timestamp,
    pub state: Way,
    /// Waits for the end of the quiet hours.
    pub after: Option<Timestamp>,
}
