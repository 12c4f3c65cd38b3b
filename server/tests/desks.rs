//! The desks with everything behind them: rules, database, jobs, stand-ins over loopback; only the clock is ours.
#![expect(clippy::unwrap_used, reason = "a test may")]

#[path = "desks/appeals.rs"]
mod appeals;
#[path = "desks/clarification.rs"]
mod clarification;
#[path = "desks/documents.rs"]
mod documents;
#[path = "desks/house.rs"]
mod house;
#[path = "desks/mailboxes.rs"]
mod mailboxes;
#[path = "desks/organisations.rs"]
mod organisations;
#[path = "desks/session.rs"]
mod session;
#[path = "desks/staff.rs"]
mod staff;
#[path = "desks/staff_entry.rs"]
mod staff_entry;
