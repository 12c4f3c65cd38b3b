//! Data keys: one per person, stored wrapped. Destroying it erases the person everywhere, backups included
//! once they pass through the erasure list.

use crate::storage::sql::{all, exec, one};
use crate::storage::{DataKey, Result, StorageError, Tx, Vault};

/// Makes a person with a fresh data key. The sign-up and the later account carry the same id.
pub async fn create(tx: &mut Tx, vault: &Vault, id: &str, now_ms: i64) -> Result<()> {
    let key = DataKey::generate();
    let (master, wrapped) = vault.wrap(id, &key)?;
    exec!(
        tx,
        "INSERT INTO persons (id, wrapped_key, master_key, created_ms) VALUES ($1, $2, $3, $4)",
        id,
        wrapped,
        master,
        now_ms
    )?;
    vault.keep_opened(id, &key).await;
    Ok(())
}

/// The person's data key. [`StorageError::Erased`] once it was destroyed.
pub async fn key(tx: &mut Tx, vault: &Vault, id: &str) -> Result<DataKey> {
    if let Some(key) = vault.opened(id).await {
        return Ok(key);
    }
    let row = one!(tx, (Option<Vec<u8>>, String), "SELECT wrapped_key, master_key FROM persons WHERE id = $1", id)?;
    let (wrapped, master) = row.ok_or_else(|| StorageError::bad("persons", "id", id))?;
    unwrap(vault, id, wrapped.as_deref(), &master).await
}

/// The same, for whoever has read the row already.
pub(super) async fn unwrap(vault: &Vault, id: &str, wrapped: Option<&[u8]>, master: &str) -> Result<DataKey> {
    if let Some(key) = vault.opened(id).await {
        return Ok(key);
    }
    let key = vault.unwrap(id, master, wrapped.ok_or(StorageError::Erased)?)?;
    vault.keep_opened(id, &key).await;
    Ok(key)
}

/// Destroys the data key. Whoever opened it shortly before may still read for a minute.
/// Whether it was there.
pub async fn destroy(tx: &mut Tx, vault: &Vault, id: &str, now_ms: i64) -> Result<bool> {
    let done = exec!(
        tx,
        "UPDATE persons SET wrapped_key = NULL, destroyed_ms = $2 WHERE id = $1 AND destroyed_ms IS NULL",
        id,
        now_ms
    )?;
    vault.forget(id).await;
    Ok(done == 1)
}

/// Wraps up to `limit` data keys under the active master key. 0: nothing is left to do.
/// Each call in its own transaction, so that serving goes on meanwhile.
pub async fn rewrap(tx: &mut Tx, vault: &Vault, limit: i64) -> Result<u64> {
    let active = vault.active_key()?;
    let rows = all!(
        tx,
        (String, Vec<u8>, String),
        "SELECT id, wrapped_key, master_key FROM persons
         WHERE master_key <> $1 AND wrapped_key IS NOT NULL ORDER BY id LIMIT $2",
        &active,
        limit
    )?;
    let mut done = 0;
    for (id, wrapped, old) in rows {
        let key = vault.unwrap(&id, &old, &wrapped)?;
        let (master, fresh) = vault.wrap(&id, &key)?;
        // An erasure meanwhile stays an erasure.
        done += exec!(
            tx,
            "UPDATE persons SET wrapped_key = $2, master_key = $3 WHERE id = $1 AND wrapped_key IS NOT NULL",
            id,
            fresh,
            master
        )?;
    }
    Ok(done)
}

/// The master keys that wrap anybody's key.
pub async fn master_keys(tx: &mut Tx) -> Result<Vec<String>> {
    let rows = all!(
        tx,
        (String,),
        "SELECT DISTINCT master_key FROM persons WHERE wrapped_key IS NOT NULL ORDER BY master_key"
    )?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// Those of them that this vault cannot open somebody's key with: not there, or another key of the same name.
pub async fn locked(tx: &mut Tx, vault: &Vault) -> Result<Vec<String>> {
    let samples = all!(
        tx,
        (String, Vec<u8>, String),
        "SELECT id, wrapped_key, master_key FROM persons
         WHERE id IN (SELECT MIN(id) FROM persons WHERE wrapped_key IS NOT NULL GROUP BY master_key) ORDER BY master_key"
    )?;
    let shut = |(id, wrapped, master): &(String, Vec<u8>, String)| vault.unwrap(id, master, wrapped).is_err();
    Ok(samples.into_iter().filter(shut).map(|(_, _, master)| master).collect())
}

/// How many people's keys this master key still wraps.
pub async fn wrapped_by(tx: &mut Tx, master_key: &str) -> Result<i64> {
    let row =
        one!(tx, (i64,), "SELECT COUNT(*) FROM persons WHERE master_key = $1 AND wrapped_key IS NOT NULL", master_key)?;
    Ok(row.map_or(0, |(count,)| count))
}
