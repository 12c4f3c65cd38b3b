//! Who of a provider of identities enters which account (REG-12).

use super::{open, seal};
use crate::storage::sql::{all, exec, one};
use crate::storage::{Place, Result, StorageError, Tx, Vault};
use domain::Values;
use domain::accounts::doors::Door;

/// A door of an account, as its owner sees it.
#[derive(Clone, PartialEq, Eq)]
pub struct Linked {
    pub id: String,
    pub door: Door,
    /// What the provider said when it was last entered.
    pub told: Values,
    pub linked_ms: i64,
    pub used_ms: Option<i64>,
}

impl std::fmt::Debug for Linked {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Linked({}, {})", self.id, self.door.name())
    }
}

pub struct NewDoor<'a> {
    pub id: &'a str,
    pub account_id: &'a str,
    pub door: Door,
    /// Blind index of issuer and subject.
    pub subject_index: [u8; 32],
    pub told: &'a Values,
    pub now_ms: i64,
}

/// What became of a wish to link.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Linking {
    Done,
    /// This very person of the provider enters this account already.
    Already,
    /// They enter another account.
    Taken,
    /// The account has another person of this provider.
    Exists,
}

const fn told_of(id: &str) -> Place<'_> {
    Place::new("doors", "told", id)
}

fn door(name: &str, id: &str) -> Result<Door> {
    Door::from_name(name).ok_or_else(|| StorageError::bad("doors", "door", id))
}

/// Links, unless one of the two has another partner: of two at once the unique indexes let one through.
pub async fn link(tx: &mut Tx, vault: &Vault, new: &NewDoor<'_>) -> Result<Linking> {
    let told = seal(tx, vault, new.account_id, told_of(new.id), new.told).await?;
    let done = exec!(
        tx,
        "INSERT INTO doors (id, account_id, door, subject_index, told, linked_ms) VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT DO NOTHING",
        new.id,
        new.account_id,
        new.door.name(),
        &new.subject_index[..],
        &told,
        new.now_ms
    )?;
    if done == 1 {
        return Ok(Linking::Done);
    }
    Ok(match find(tx, &new.subject_index).await? {
        Some((_, account)) if account == new.account_id => Linking::Already,
        Some(_) => Linking::Taken,
        None => Linking::Exists,
    })
}

/// The link of this subject: its id and its account.
pub async fn find(tx: &mut Tx, subject_index: &[u8; 32]) -> Result<Option<(String, String)>> {
    one!(
        tx,
        (String, String),
        "SELECT id, account_id FROM doors WHERE subject_index = $1 AND removed_ms IS NULL",
        &subject_index[..]
    )
}

/// The doors in use, oldest first.
pub async fn list(tx: &mut Tx, vault: &Vault, account_id: &str) -> Result<Vec<Linked>> {
    let rows = all!(
        tx,
        (String, String, Vec<u8>, i64, Option<i64>),
        "SELECT id, door, told, linked_ms, used_ms FROM doors
         WHERE account_id = $1 AND removed_ms IS NULL ORDER BY linked_ms, id",
        account_id
    )?;
    let mut doors = Vec::with_capacity(rows.len());
    for (id, name, told, linked_ms, used_ms) in rows {
        let told = open(tx, vault, account_id, told_of(&id), &told).await?;
        doors.push(Linked { door: door(&name, &id)?, id, told, linked_ms, used_ms });
    }
    Ok(doors)
}

/// Notes that it was entered, and what the provider says of the person now.
pub async fn used(tx: &mut Tx, vault: &Vault, id: &str, account_id: &str, told: &Values, now_ms: i64) -> Result<bool> {
    let told = seal(tx, vault, account_id, told_of(id), told).await?;
    let done = exec!(
        tx,
        "UPDATE doors SET used_ms = $4, told = $3 WHERE id = $1 AND account_id = $2 AND removed_ms IS NULL",
        id,
        account_id,
        &told,
        now_ms
    )?;
    Ok(done == 1)
}

/// Removes a door; its row stays until the removal can no longer be undone.
pub async fn remove(tx: &mut Tx, account_id: &str, id: &str, now_ms: i64) -> Result<bool> {
    let done = exec!(
        tx,
        "UPDATE doors SET removed_ms = $3 WHERE id = $1 AND account_id = $2 AND removed_ms IS NULL",
        id,
        account_id,
        now_ms
    )?;
    Ok(done == 1)
}

/// Takes a removal back, where neither side has found another partner since.
pub async fn restore(tx: &mut Tx, account_id: &str, id: &str) -> Result<bool> {
    let done = exec!(
        tx,
        "UPDATE doors SET removed_ms = NULL WHERE id = $1 AND account_id = $2 AND removed_ms IS NOT NULL
           AND NOT EXISTS (SELECT 1 FROM doors o JOIN doors r ON r.id = $1
             WHERE o.removed_ms IS NULL AND (o.subject_index = r.subject_index
               OR (o.account_id = r.account_id AND o.door = r.door)))",
        id,
        account_id
    )?;
    Ok(done == 1)
}

/// Removes all doors at once, of somebody whose access is reset.
pub async fn remove_all(tx: &mut Tx, account_id: &str, now_ms: i64) -> Result<u64> {
    exec!(tx, "UPDATE doors SET removed_ms = $2 WHERE account_id = $1 AND removed_ms IS NULL", account_id, now_ms)
}

/// Those that were removed at that moment.
pub async fn removed_at(tx: &mut Tx, account_id: &str, removed_ms: i64) -> Result<Vec<String>> {
    let rows = all!(
        tx,
        (String,),
        "SELECT id FROM doors WHERE account_id = $1 AND removed_ms = $2 ORDER BY id",
        account_id,
        removed_ms
    )?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// Deletes those removed before `before_ms`: how many.
pub async fn purge(tx: &mut Tx, before_ms: i64) -> Result<u64> {
    exec!(tx, "DELETE FROM doors WHERE removed_ms <= $1", before_ms)
}
