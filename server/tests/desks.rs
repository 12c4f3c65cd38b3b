//! The desks with everything behind them: rules, database, jobs, stand-ins over loopback; only the clock is ours.
#![expect(clippy::unwrap_used, reason = "a test may")]

#[path = "desks/access.rs"]
mod access;
#[path = "desks/account.rs"]
mod account;
#[path = "desks/appeal_terms.rs"]
mod appeal_terms;
#[path = "desks/appeals.rs"]
mod appeals;
#[path = "desks/archive.rs"]
mod archive;
#[path = "desks/catalogue.rs"]
mod catalogue;
#[path = "desks/clarification.rs"]
mod clarification;
#[path = "desks/contacts.rs"]
mod contacts;
#[path = "desks/contacts_back.rs"]
mod contacts_back;
#[path = "desks/counter.rs"]
mod counter;
#[path = "desks/counter_again.rs"]
mod counter_again;
#[path = "desks/documents.rs"]
mod documents;
#[path = "desks/doors.rs"]
mod doors;
#[path = "desks/durable.rs"]
mod durable;
#[path = "desks/exports.rs"]
mod exports;
#[path = "desks/house.rs"]
mod house;
#[path = "desks/mailboxes.rs"]
mod mailboxes;
#[path = "desks/newcomers.rs"]
mod newcomers;
#[path = "desks/notices.rs"]
mod notices;
#[path = "desks/openapi.rs"]
mod openapi;
#[path = "desks/organisations.rs"]
mod organisations;
#[path = "desks/partners.rs"]
mod partners;
#[path = "desks/places.rs"]
mod places;
#[path = "desks/postal.rs"]
mod postal;
#[path = "desks/privacy.rs"]
mod privacy;
#[path = "desks/push.rs"]
mod push;
#[path = "desks/put_out.rs"]
mod put_out;
#[path = "desks/rephoning.rs"]
mod rephoning;
#[path = "desks/routes.rs"]
mod routes;
#[path = "desks/routes_found.rs"]
mod routes_found;
#[path = "desks/routes_table.rs"]
mod routes_table;
#[path = "desks/routes_verbs.rs"]
mod routes_verbs;
#[path = "desks/session.rs"]
mod session;
#[path = "desks/staff.rs"]
mod staff;
#[path = "desks/staff_entry.rs"]
mod staff_entry;
#[path = "desks/taken_back.rs"]
mod taken_back;
#[path = "desks/term.rs"]
mod term;
#[path = "desks/told.rs"]
mod told;
#[path = "desks/verification.rs"]
mod verification;
#[path = "desks/watch.rs"]
mod watch;
