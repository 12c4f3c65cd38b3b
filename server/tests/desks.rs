//! The desks with everything behind them: rules, database, jobs, stand-ins over loopback; only the clock is ours.
#![expect(clippy::unwrap_used, reason = "a test may")]

#[path = "desks/account.rs"]
mod account;
#[path = "desks/clarification.rs"]
mod clarification;
#[path = "desks/documents.rs"]
mod documents;
#[path = "desks/house.rs"]
mod house;
#[path = "desks/session.rs"]
mod session;
#[path = "desks/staff.rs"]
mod staff;
#[path = "desks/staff_entry.rs"]
mod staff_entry;
