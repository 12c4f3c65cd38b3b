//! Where everything is kept: SQLite by default, PostgreSQL by URL, one SQL text for both.
//!
//! A desk or a job opens a [`Tx`], calls the functions of [`queries`] on it, and commits; a dropped
//! transaction is rolled back. Personal data passes through the [`Vault`] on its way in and out.
//! Races are decided by unique indexes: a lost one is [`StorageError::Conflict`].
//!
//! To add an aggregate: its table in both folders of `migrations/`, one file in `queries/`, and its
//! functions called in `tests/storage*.rs`, which run on both databases.

pub mod copy;
pub(crate) mod db;
mod deferred;
mod error;
pub mod files;
pub mod ids;
mod lane;
pub mod queries;
mod readers;
pub(crate) mod sql;
mod vault;

pub use db::{Db, Tx, migrated, newest_migration};
pub use error::{Result, StorageError};
pub use files::Files;
pub use queries::*;
pub use vault::{DataKey, Place, Purpose, Vault, VaultError};
