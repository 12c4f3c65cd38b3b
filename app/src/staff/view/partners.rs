//! Partners that are told of events, and what was told.

use domain::clock::Timestamp;
use domain::staff::{DeliveryState, Event};
use serde::{Deserialize, Serialize};

/// A partner that is told of events.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartnerRow {
    pub id: String,
    pub name: String,
    pub url: String,
    pub events: Vec<Event>,
    pub disabled: bool,
    /// Events given up one after the other.
    pub failures: i64,
}

/// A new partner; the secret is shown once.
#[derive(Clone, Serialize, Deserialize)]
pub struct NewPartner {
    pub id: String,
    /// `whsec_…`, as the Standard Webhooks write it.
    pub secret: String,
}

/// One event for one partner.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeliveryRow {
    pub id: String,
    pub event: String,
    pub state: DeliveryState,
    pub attempts: i64,
    /// The last HTTP status.
    pub answer: Option<i64>,
    /// Why there was none, or why it was no good.
    pub problem: Option<String>,
    pub created_at: Timestamp,
    pub tried_at: Option<Timestamp>,
    /// As it is sent. Nobody's data.
    pub body: String,
}

#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeliveryPage {
    pub rows: Vec<DeliveryRow>,
    pub more: bool,
}
