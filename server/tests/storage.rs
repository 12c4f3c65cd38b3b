//! The storage suite: every query, on SQLite and on PostgreSQL.
//!
//! PostgreSQL is the server of `OTDELENIE_TEST_POSTGRES`; each test gets a database of its own there.
//! Without it the suite fails in CI and elsewhere says that it ran on SQLite only.
#![expect(clippy::unwrap_used, reason = "a test may")]

#[path = "storage/house.rs"]
#[macro_use]
mod house;
#[path = "storage/account.rs"]
mod account;
#[path = "../examples/load/answers.rs"]
mod answers;
#[path = "storage/appeals.rs"]
mod appeals;
#[path = "storage/applications.rs"]
mod applications;
#[path = "storage/chains.rs"]
mod chains;
#[path = "storage/claims.rs"]
mod claims;
#[path = "storage/counter.rs"]
mod counter;
#[path = "storage/database.rs"]
mod database;
#[path = "storage/decisions.rs"]
mod decisions;
#[path = "storage/documents.rs"]
mod documents;
#[path = "storage/doors.rs"]
mod doors;
#[path = "../examples/load/fill.rs"]
mod fill;
#[path = "../examples/load/invented.rs"]
mod invented;
#[path = "storage/jobs.rs"]
mod jobs;
#[path = "storage/members.rs"]
mod members;
#[path = "storage/operations.rs"]
mod operations;
#[path = "storage/partners.rs"]
mod partners;
#[path = "storage/people.rs"]
mod people;
#[path = "storage/plans.rs"]
mod plans;
#[path = "storage/purging.rs"]
mod purging;
#[path = "storage/push.rs"]
mod push;
#[path = "storage/sealing.rs"]
mod sealing;
#[path = "storage/secrets.rs"]
mod secrets;
#[path = "../examples/load/sink.rs"]
mod sink;
#[path = "storage/staff.rs"]
mod staff;
#[path = "storage/staff_files.rs"]
mod staff_files;
#[path = "storage/verification.rs"]
mod verification;
#[path = "storage/watch.rs"]
mod watch;
