//! The account of the post that a citizen has linked: one each way (LNK-1).

use super::{open, seal};
use crate::storage::sql::{exec, one};
use crate::storage::{Place, Result, Tx, Vault};
use serde::{Deserialize, Serialize};

/// What is kept of it, sealed.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Held {
    /// As it was typed.
    pub login: String,
    /// The key that the post gave.
    pub key: String,
}

impl std::fmt::Debug for Held {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Held(***)")
    }
}

const fn held_of(account: &str) -> Place<'_> {
    Place::new("post_accounts", "held", account)
}

/// Links. `false`: one of the two has another partner already.
pub async fn link(
    tx: &mut Tx,
    vault: &Vault,
    account_id: &str,
    post_index: &[u8; 32],
    held: &Held,
    now_ms: i64,
) -> Result<bool> {
    let held = seal(tx, vault, account_id, held_of(account_id), held).await?;
    let done = exec!(
        tx,
        "INSERT INTO post_accounts (account_id, post_index, held, linked_ms) VALUES ($1, $2, $3, $4)
         ON CONFLICT DO NOTHING",
        account_id,
        &post_index[..],
        &held,
        now_ms
    )?;
    Ok(done == 1)
}

/// What is linked, and since when.
pub async fn find(tx: &mut Tx, vault: &Vault, account_id: &str) -> Result<Option<(Held, i64)>> {
    let row = one!(tx, (Vec<u8>, i64), "SELECT held, linked_ms FROM post_accounts WHERE account_id = $1", account_id)?;
    let Some((held, linked_ms)) = row else { return Ok(None) };
    Ok(Some((open(tx, vault, account_id, held_of(account_id), &held).await?, linked_ms)))
}

/// Takes it out: of two at once one gets what was held, to give the key back once this is committed.
pub async fn unlink(tx: &mut Tx, vault: &Vault, account_id: &str) -> Result<Option<Held>> {
    let row = one!(tx, (Vec<u8>,), "DELETE FROM post_accounts WHERE account_id = $1 RETURNING held", account_id)?;
    match row {
        Some((held,)) => open(tx, vault, account_id, held_of(account_id), &held).await.map(Some),
        None => Ok(None),
    }
}
