//! Passkeys of citizens (WebAuthn).

use super::{open, seal};
use crate::storage::sql::{all, exec, one};
use crate::storage::{Place, Result, Tx, Vault, ids};

/// A passkey as its owner sees it.
#[derive(Clone, PartialEq, Eq)]
pub struct Passkey {
    pub id: Vec<u8>,
    /// What its owner calls it.
    pub name: String,
    pub created_ms: i64,
    pub used_ms: Option<i64>,
}

impl std::fmt::Debug for Passkey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Passkey(***)")
    }
}

/// What a login compares with.
#[derive(sqlx_macros::FromRow)]
pub struct Verifier {
    pub account_id: String,
    /// COSE.
    pub public_key: Vec<u8>,
    pub counter: i64,
}

pub struct NewPasskey<'a> {
    pub id: &'a [u8],
    pub account_id: &'a str,
    pub name: &'a str,
    pub public_key: &'a [u8],
    pub counter: u32,
    pub now_ms: i64,
}

/// Names the row in what is sealed: ids of credentials are bytes.
fn row_of(id: &[u8]) -> String {
    ids::hex(&ids::token_hash(&String::from_utf8_lossy(id)))
}

const fn name_of(row: &str) -> Place<'_> {
    Place::new("passkeys", "name", row)
}

/// Keeps a new passkey. `false`: five are there already, or this very one is.
pub async fn create(tx: &mut Tx, vault: &Vault, new: &NewPasskey<'_>) -> Result<bool> {
    let row = row_of(new.id);
    let name = seal(tx, vault, new.account_id, name_of(&row), &new.name).await?;
    let done = exec!(
        tx,
        "INSERT INTO passkeys (id, account_id, place, name, public_key, counter, created_ms)
         SELECT $1, $2, p.place, $3, $4, $5, $6
         FROM (SELECT 1 AS place UNION ALL SELECT 2 UNION ALL SELECT 3 UNION ALL SELECT 4 UNION ALL SELECT 5) p
         WHERE NOT EXISTS (SELECT 1 FROM passkeys k
           WHERE k.account_id = $2 AND k.place = p.place AND k.removed_ms IS NULL)
         ORDER BY p.place LIMIT 1
         ON CONFLICT DO NOTHING",
        new.id,
        new.account_id,
        &name,
        new.public_key,
        i64::from(new.counter),
        new.now_ms
    )?;
    Ok(done == 1)
}

/// The passkeys in use, oldest first.
pub async fn list(tx: &mut Tx, vault: &Vault, account_id: &str) -> Result<Vec<Passkey>> {
    let rows = all!(
        tx,
        (Vec<u8>, Vec<u8>, i64, Option<i64>),
        "SELECT id, name, created_ms, used_ms FROM passkeys
         WHERE account_id = $1 AND removed_ms IS NULL ORDER BY created_ms, place",
        account_id
    )?;
    let mut keys = Vec::with_capacity(rows.len());
    for (id, name, created_ms, used_ms) in rows {
        let name = open(tx, vault, account_id, name_of(&row_of(&id)), &name).await?;
        keys.push(Passkey { id, name, created_ms, used_ms });
    }
    Ok(keys)
}

/// How many are in use. Opens no sealed value.
pub async fn count(tx: &mut Tx, account_id: &str) -> Result<usize> {
    let row =
        one!(tx, (i64,), "SELECT COUNT(*) FROM passkeys WHERE account_id = $1 AND removed_ms IS NULL", account_id)?;
    Ok(row.map_or(0, |(n,)| n as usize))
}

/// What a use of this passkey is checked against.
pub async fn find(tx: &mut Tx, id: &[u8]) -> Result<Option<Verifier>> {
    one!(tx, Verifier, "SELECT account_id, public_key, counter FROM passkeys WHERE id = $1 AND removed_ms IS NULL", id)
}

/// Notes a use and its count. `false`: removed meanwhile, or counted further by somebody else: of two at once with the
/// same count one wins.
pub async fn used(tx: &mut Tx, id: &[u8], counter: u32, now_ms: i64) -> Result<bool> {
    let done = exec!(
        tx,
        "UPDATE passkeys SET counter = $2, used_ms = $3
         WHERE id = $1 AND removed_ms IS NULL AND (counter < $2 OR (counter = 0 AND $2 = 0))",
        id,
        i64::from(counter),
        now_ms
    )?;
    Ok(done == 1)
}

/// Removes a passkey; its row stays until the removal can no longer be undone.
pub async fn remove(tx: &mut Tx, account_id: &str, id: &[u8], now_ms: i64) -> Result<bool> {
    let done = exec!(
        tx,
        "UPDATE passkeys SET removed_ms = $3 WHERE id = $1 AND account_id = $2 AND removed_ms IS NULL",
        id,
        account_id,
        now_ms
    )?;
    Ok(done == 1)
}

/// Takes a removal back, where its place is still free.
pub async fn restore(tx: &mut Tx, account_id: &str, id: &[u8]) -> Result<bool> {
    let done = exec!(
        tx,
        "UPDATE passkeys SET removed_ms = NULL WHERE id = $1 AND account_id = $2 AND removed_ms IS NOT NULL
           AND NOT EXISTS (SELECT 1 FROM passkeys o WHERE o.account_id = $2 AND o.removed_ms IS NULL
             AND o.place = (SELECT place FROM passkeys WHERE id = $1))",
        id,
        account_id
    )?;
    Ok(done == 1)
}

/// Deletes those removed before `before_ms`: how many.
pub async fn purge(tx: &mut Tx, before_ms: i64) -> Result<u64> {
    exec!(tx, "DELETE FROM passkeys WHERE removed_ms <= $1", before_ms)
}
