//! Second factors of citizens: authenticator apps and backup codes (E14).

use super::{open, seal};
use crate::storage::sql::{all, exec, one};
use crate::storage::{Place, Result, StorageError, Tx, Vault};

/// An app, without its secret.
#[derive(Clone, PartialEq, Eq)]
pub struct App {
    pub id: String,
    /// What its owner calls it; empty while it is being added.
    pub name: String,
    pub created_ms: i64,
    pub used_ms: Option<i64>,
}

impl std::fmt::Debug for App {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "App({})", self.id)
    }
}

const fn secret_of(id: &str) -> Place<'_> {
    Place::new("authenticators", "secret", id)
}

const fn name_of(id: &str) -> Place<'_> {
    Place::new("authenticators", "name", id)
}

/// The apps in use, oldest first.
pub async fn apps(tx: &mut Tx, vault: &Vault, account_id: &str) -> Result<Vec<App>> {
    let rows = all!(
        tx,
        (String, Vec<u8>, i64, Option<i64>),
        "SELECT id, name, created_ms, used_ms FROM authenticators
         WHERE account_id = $1 AND confirmed_ms IS NOT NULL AND removed_ms IS NULL ORDER BY confirmed_ms, id",
        account_id
    )?;
    let mut apps = Vec::with_capacity(rows.len());
    for (id, name, created_ms, used_ms) in rows {
        let name = open(tx, vault, account_id, name_of(&id), &name).await?;
        apps.push(App { id, name, created_ms, used_ms });
    }
    Ok(apps)
}

/// How many apps are in use. Opens no sealed value.
pub async fn count(tx: &mut Tx, account_id: &str) -> Result<usize> {
    let row = one!(
        tx,
        (i64,),
        "SELECT COUNT(*) FROM authenticators
         WHERE account_id = $1 AND confirmed_ms IS NOT NULL AND removed_ms IS NULL",
        account_id
    )?;
    Ok(row.map_or(0, |(n,)| n as usize))
}

/// The ids and secrets of the apps in use.
pub async fn secrets(tx: &mut Tx, vault: &Vault, account_id: &str) -> Result<Vec<(String, Vec<u8>)>> {
    let rows = all!(
        tx,
        (String, Vec<u8>),
        "SELECT id, secret FROM authenticators
         WHERE account_id = $1 AND confirmed_ms IS NOT NULL AND removed_ms IS NULL",
        account_id
    )?;
    let mut found = Vec::with_capacity(rows.len());
    for (id, sealed) in rows {
        let secret = open(tx, vault, account_id, secret_of(&id), &sealed).await?;
        found.push((id, secret));
    }
    Ok(found)
}

/// The app being added, begun at `since_ms` or later: its id and secret. Whoever began an earlier one may be a stranger
/// who holds its secret.
pub async fn adding(tx: &mut Tx, vault: &Vault, account_id: &str, since_ms: i64) -> Result<Option<(String, Vec<u8>)>> {
    let row = one!(
        tx,
        (String, Vec<u8>),
        "SELECT id, secret FROM authenticators
         WHERE account_id = $1 AND created_ms >= $2 AND confirmed_ms IS NULL AND removed_ms IS NULL",
        account_id,
        since_ms
    )?;
    match row {
        Some((id, sealed)) => {
            let secret = open(tx, vault, account_id, secret_of(&id), &sealed).await?;
            Ok(Some((id, secret)))
        }
        None => Ok(None),
    }
}

/// Ends what was begun and not confirmed.
pub async fn drop_begun(tx: &mut Tx, account_id: &str) -> Result<()> {
    exec!(tx, "DELETE FROM authenticators WHERE account_id = $1 AND confirmed_ms IS NULL", account_id)?;
    Ok(())
}

/// Begins to add an app. `false`: all places are taken, or somebody else begins at this moment.
pub async fn begin(tx: &mut Tx, vault: &Vault, account_id: &str, id: &str, secret: &[u8], now_ms: i64) -> Result<bool> {
    let sealed = seal(tx, vault, account_id, secret_of(id), &secret.to_vec()).await?;
    let name = seal(tx, vault, account_id, name_of(id), &"").await?;
    // The lower free place; the unique index lets one of two at once have it.
    let done = exec!(
        tx,
        "INSERT INTO authenticators (id, account_id, place, name, secret, created_ms)
         SELECT $1, $2, p.place, $3, $4, $5 FROM (SELECT 1 AS place UNION ALL SELECT 2) p
         WHERE NOT EXISTS (SELECT 1 FROM authenticators a
           WHERE a.account_id = $2 AND a.place = p.place AND a.removed_ms IS NULL)
         ORDER BY p.place LIMIT 1
         ON CONFLICT DO NOTHING",
        id,
        account_id,
        &name,
        &sealed,
        now_ms
    )?;
    Ok(done == 1)
}

/// The app has shown that it works: from here on it is asked for. `false`: it is gone, or was confirmed before.
pub async fn confirm(
    tx: &mut Tx,
    vault: &Vault,
    account_id: &str,
    id: &str,
    name: &str,
    step: i64,
    now_ms: i64,
) -> Result<bool> {
    let name = seal(tx, vault, account_id, name_of(id), &name).await?;
    let done = exec!(
        tx,
        "UPDATE authenticators SET confirmed_ms = $3, used_ms = $3, step = $4, name = $5
         WHERE id = $1 AND account_id = $2 AND confirmed_ms IS NULL AND removed_ms IS NULL",
        id,
        account_id,
        now_ms,
        step,
        &name
    )?;
    Ok(done == 1)
}

/// Uses a step of an app up: `false` when it, or a later one, was used before. Of many at once one wins.
pub async fn use_step(tx: &mut Tx, id: &str, step: i64, now_ms: i64) -> Result<bool> {
    let done = exec!(
        tx,
        "UPDATE authenticators SET step = $2, used_ms = $3
         WHERE id = $1 AND removed_ms IS NULL AND (step IS NULL OR step < $2)",
        id,
        step,
        now_ms
    )?;
    Ok(done == 1)
}

/// Removes an app; its row stays until the removal can no longer be undone. `false`: not theirs, or gone already.
pub async fn remove(tx: &mut Tx, account_id: &str, id: &str, now_ms: i64) -> Result<bool> {
    let done = exec!(
        tx,
        "UPDATE authenticators SET removed_ms = $3
         WHERE id = $1 AND account_id = $2 AND confirmed_ms IS NOT NULL AND removed_ms IS NULL",
        id,
        account_id,
        now_ms
    )?;
    Ok(done == 1)
}

/// Takes a removal back, where its place is still free.
pub async fn restore(tx: &mut Tx, account_id: &str, id: &str) -> Result<bool> {
    let done = exec!(
        tx,
        "UPDATE authenticators SET removed_ms = NULL WHERE id = $1 AND account_id = $2 AND removed_ms IS NOT NULL
           AND NOT EXISTS (SELECT 1 FROM authenticators o WHERE o.account_id = $2 AND o.removed_ms IS NULL
             AND o.place = (SELECT place FROM authenticators WHERE id = $1))",
        id,
        account_id
    )?;
    Ok(done == 1)
}

/// Removes all apps, passkeys and backup codes at once, of somebody who has lost them.
pub async fn remove_all(tx: &mut Tx, account_id: &str, now_ms: i64) -> Result<()> {
    exec!(
        tx,
        "UPDATE authenticators SET removed_ms = $2 WHERE account_id = $1 AND confirmed_ms IS NOT NULL AND removed_ms IS NULL",
        account_id,
        now_ms
    )?;
    exec!(tx, "UPDATE passkeys SET removed_ms = $2 WHERE account_id = $1 AND removed_ms IS NULL", account_id, now_ms)?;
    set_backup_codes(tx, account_id, &[]).await
}

/// Takes that back where the places are free; the backup codes stay gone. How many are back.
pub async fn restore_all(tx: &mut Tx, account_id: &str, removed_ms: i64) -> Result<u64> {
    let apps = exec!(
        tx,
        "UPDATE authenticators SET removed_ms = NULL WHERE account_id = $1 AND removed_ms = $2
           AND NOT EXISTS (SELECT 1 FROM authenticators o
             WHERE o.account_id = $1 AND o.removed_ms IS NULL AND o.place = authenticators.place)",
        account_id,
        removed_ms
    )?;
    let keys = exec!(
        tx,
        "UPDATE passkeys SET removed_ms = NULL WHERE account_id = $1 AND removed_ms = $2
           AND NOT EXISTS (SELECT 1 FROM passkeys o
             WHERE o.account_id = $1 AND o.removed_ms IS NULL AND o.place = passkeys.place)",
        account_id,
        removed_ms
    )?;
    Ok(apps + keys)
}

/// Deletes apps that were removed, or begun and never confirmed, before `before_ms`: how many.
pub async fn purge(tx: &mut Tx, before_ms: i64) -> Result<u64> {
    exec!(
        tx,
        "DELETE FROM authenticators WHERE removed_ms <= $1 OR (confirmed_ms IS NULL AND created_ms <= $1)",
        before_ms
    )
}

/// New backup codes in place of all there were.
pub async fn set_backup_codes(tx: &mut Tx, account_id: &str, hashes: &[[u8; 32]]) -> Result<()> {
    exec!(tx, "DELETE FROM backup_codes WHERE account_id = $1", account_id)?;
    for hash in hashes {
        exec!(tx, "INSERT INTO backup_codes (account_id, code_hash) VALUES ($1, $2)", account_id, &hash[..])?;
    }
    Ok(())
}

/// Uses a backup code up: of many at once one gets `true`.
pub async fn use_backup_code(tx: &mut Tx, account_id: &str, hash: &[u8; 32], now_ms: i64) -> Result<bool> {
    let done = exec!(
        tx,
        "UPDATE backup_codes SET used_ms = $3 WHERE account_id = $1 AND code_hash = $2 AND used_ms IS NULL",
        account_id,
        &hash[..],
        now_ms
    )?;
    Ok(done == 1)
}

/// How many backup codes are left.
pub async fn backup_codes_left(tx: &mut Tx, account_id: &str) -> Result<usize> {
    let row =
        one!(tx, (i64,), "SELECT COUNT(*) FROM backup_codes WHERE account_id = $1 AND used_ms IS NULL", account_id)?;
    row.map(|(n,)| n as usize).ok_or_else(|| StorageError::bad("backup_codes", "account_id", account_id))
}
