//! One file per aggregate: plain functions on a transaction. Missing rows are `None`; a citizen's
//! object is only found together with its owner.

pub mod accounts;
pub mod acts;
pub mod alarms;
pub mod appeals;
pub mod applications;
pub mod assignments;
pub mod board;
pub mod cases;
pub mod checks;
pub mod codes;
pub mod consents;
pub mod contact_changes;
pub mod counter_resets;
pub mod deletions;
pub mod devices;
pub mod documents;
pub mod doors;
pub mod erasure;
pub mod exports;
pub mod factors;
pub mod file_entries;
pub mod history;
pub mod identities;
pub mod journal;
pub mod links;
pub mod litter;
pub mod lockouts;
pub mod mailboxes;
pub mod members;
pub mod meta;
pub mod notice_choices;
pub mod notices;
pub mod passkeys;
pub mod persons;
pub mod post_accounts;
pub mod profile_changes;
pub mod push;
pub mod queue;
pub mod registrations;
pub mod sessions;
pub mod sightings;
pub mod staff;
pub mod staff_grants;
pub mod staff_sessions;
pub mod throttle;
pub mod uploads;
pub mod verifications;
pub mod webhooks;

use super::{DataKey, Place, Result, StorageError, Tx, Vault};
use serde::Serialize;
use serde::de::DeserializeOwned;
use zeroize::Zeroizing;

/// Seals `value` as JSON under the person's key.
async fn seal<T: Serialize>(tx: &mut Tx, vault: &Vault, person: &str, place: Place<'_>, value: &T) -> Result<Vec<u8>> {
    let key = persons::key(tx, vault, person).await?;
    let json = serde_json::to_vec(value).map_err(|_| StorageError::bad(place.table, place.column, place.row))?;
    Ok(vault.seal(&key, place, &Zeroizing::new(json))?)
}

/// Opens what [`seal`] sealed.
async fn open<T: DeserializeOwned>(
    tx: &mut Tx,
    vault: &Vault,
    person: &str,
    place: Place<'_>,
    sealed: &[u8],
) -> Result<T> {
    let key = persons::key(tx, vault, person).await?;
    open_with(vault, &key, place, sealed)
}

fn open_with<T: DeserializeOwned>(vault: &Vault, key: &DataKey, place: Place<'_>, sealed: &[u8]) -> Result<T> {
    let bad = || StorageError::bad(place.table, place.column, place.row);
    let json = vault.open_sealed(key, place, sealed).map_err(|_| bad())?;
    serde_json::from_slice(&json).map_err(|_| bad())
}

/// JSON in TEXT that holds no personal data.
fn to_text<T: Serialize>(table: &'static str, column: &'static str, row: &str, value: &T) -> Result<String> {
    serde_json::to_string(value).map_err(|_| StorageError::bad(table, column, row))
}

fn from_text<T: DeserializeOwned>(table: &'static str, column: &'static str, row: &str, text: &str) -> Result<T> {
    serde_json::from_str(text).map_err(|_| StorageError::bad(table, column, row))
}
