//! What names, passport and other papers said before their owner corrected them or a door filled them in, for «Это не я».

use super::{open, seal};
use crate::storage::sql::{exec, one};
use crate::storage::{Place, Result, Tx, Vault};
use domain::Values;

const fn former_of(id: &str) -> Place<'_> {
    Place::new("profile_changes", "former", id)
}

/// Keeps what a correction replaced, or what there was before a door filled it in (`id` is then the door's).
pub async fn keep(tx: &mut Tx, vault: &Vault, account_id: &str, id: &str, former: &Values, now_ms: i64) -> Result<()> {
    let sealed = seal(tx, vault, account_id, former_of(id), former).await?;
    exec!(
        tx,
        "INSERT INTO profile_changes (id, account_id, former, changed_ms) VALUES ($1, $2, $3, $4)",
        id,
        account_id,
        &sealed,
        now_ms
    )?;
    Ok(())
}

/// What was there before this correction of this account.
pub async fn former(tx: &mut Tx, vault: &Vault, account_id: &str, id: &str) -> Result<Option<Values>> {
    let row =
        one!(tx, (Vec<u8>,), "SELECT former FROM profile_changes WHERE id = $1 AND account_id = $2", id, account_id)?;
    match row {
        Some((sealed,)) => Ok(Some(open(tx, vault, account_id, former_of(id), &sealed).await?)),
        None => Ok(None),
    }
}

/// Deletes what was replaced before `before_ms`: how many.
pub async fn purge(tx: &mut Tx, before_ms: i64) -> Result<u64> {
    exec!(tx, "DELETE FROM profile_changes WHERE changed_ms <= $1", before_ms)
}
