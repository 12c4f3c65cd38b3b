//! Accounts of staff, and their second factor.

use super::{open, persons, seal};
use crate::storage::sql::{all, exec, one};
use crate::storage::{Place, Result, StorageError, Tx, Vault};

pub struct NewStaff<'a> {
    pub id: &'a str,
    pub login: &'a str,
    pub password_hash: &'a str,
    pub created_ms: i64,
}

#[derive(Clone, PartialEq, Eq, sqlx_macros::FromRow)]
pub struct Staff {
    pub id: String,
    pub login: String,
    pub password_hash: String,
    pub created_ms: i64,
    pub disabled_ms: Option<i64>,
    /// `None`: no authenticator yet.
    pub totp_confirmed_ms: Option<i64>,
    /// `None`: the password is a first one, given out by somebody else.
    pub password_set_ms: Option<i64>,
    /// Who asked for a new start without the authenticator, and when.
    pub reset_by: Option<String>,
    pub reset_ms: Option<i64>,
}

impl std::fmt::Debug for Staff {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Staff({})", self.id)
    }
}

const fn secret_of(id: &str) -> Place<'_> {
    Place::new("staff", "totp_secret", id)
}

/// `Conflict("staff.login")` when the login is taken.
pub async fn create(tx: &mut Tx, new: &NewStaff<'_>) -> Result<()> {
    exec!(
        tx,
        "INSERT INTO staff (id, login, password_hash, created_ms) VALUES ($1, $2, $3, $4)",
        new.id,
        new.login,
        new.password_hash,
        new.created_ms
    )?;
    Ok(())
}

pub async fn find(tx: &mut Tx, id: &str) -> Result<Option<Staff>> {
    one!(
        tx,
        Staff,
        "SELECT id, login, password_hash, created_ms, disabled_ms, totp_confirmed_ms, password_set_ms, reset_by, reset_ms FROM staff WHERE id = $1",
        id
    )
}

pub async fn find_by_login(tx: &mut Tx, login: &str) -> Result<Option<Staff>> {
    one!(
        tx,
        Staff,
        "SELECT id, login, password_hash, created_ms, disabled_ms, totp_confirmed_ms, password_set_ms, reset_by, reset_ms FROM staff WHERE login = $1",
        login
    )
}

/// Everybody, by login.
pub async fn list(tx: &mut Tx) -> Result<Vec<Staff>> {
    all!(
        tx,
        Staff,
        "SELECT id, login, password_hash, created_ms, disabled_ms, totp_confirmed_ms, password_set_ms, reset_by, reset_ms FROM staff ORDER BY login"
    )
}

/// The member's own password in place of the one there was.
pub async fn set_password(tx: &mut Tx, id: &str, hash: &str, now_ms: i64) -> Result<()> {
    exec!(tx, "UPDATE staff SET password_hash = $2, password_set_ms = $3 WHERE id = $1", id, hash, now_ms)?;
    Ok(())
}

/// One's own password in place of the first one: whether the first one still stood.
pub async fn set_own_password(tx: &mut Tx, id: &str, hash: &str, now_ms: i64) -> Result<bool> {
    let done = exec!(
        tx,
        "UPDATE staff SET password_hash = $2, password_set_ms = $3 WHERE id = $1 AND password_set_ms IS NULL",
        id,
        hash,
        now_ms
    )?;
    Ok(done == 1)
}

/// Asks for a new start of somebody who lost the authenticator; a later request replaces one before `expired_ms`.
/// Whether it was entered.
pub async fn ask_reset(tx: &mut Tx, id: &str, by: &str, expired_ms: i64, now_ms: i64) -> Result<bool> {
    let done = exec!(
        tx,
        "UPDATE staff SET reset_by = $2, reset_ms = $3 WHERE id = $1 AND (reset_ms IS NULL OR reset_ms <= $4)",
        id,
        by,
        now_ms,
        expired_ms
    )?;
    Ok(done == 1)
}

/// Starts anew: a first password, no authenticator, no backup codes. Only another than who asked, and than whom it is
/// about, and only while the request stands: whether it was done. End the sessions too.
pub async fn reset(tx: &mut Tx, id: &str, hash: &str, by: &str, expired_ms: i64) -> Result<bool> {
    let done = exec!(
        tx,
        "UPDATE staff SET password_hash = $2, password_set_ms = NULL, totp_secret = NULL, totp_confirmed_ms = NULL,
           totp_step = NULL, reset_by = NULL, reset_ms = NULL
         WHERE id = $1 AND id <> $3 AND reset_by <> $3 AND reset_ms > $4",
        id,
        hash,
        by,
        expired_ms
    )?;
    if done == 1 {
        exec!(tx, "DELETE FROM staff_codes WHERE staff_id = $1", id)?;
    }
    Ok(done == 1)
}

/// Disables from `at_ms` on; `None` enables again. Whether there is such a login. End the sessions too.
pub async fn set_disabled(tx: &mut Tx, login: &str, at_ms: Option<i64>) -> Result<bool> {
    Ok(exec!(tx, "UPDATE staff SET disabled_ms = $2 WHERE login = $1", login, at_ms)? == 1)
}

/// Keeps the secret of an authenticator that is being enrolled, sealed; one that was confirmed is not replaced.
/// Whether it was kept.
pub async fn set_secret(tx: &mut Tx, vault: &Vault, id: &str, secret: &[u8], now_ms: i64) -> Result<bool> {
    // A member's data key is made with the first secret: the command line that adds accounts needs no vault.
    if one!(tx, (String,), "SELECT id FROM persons WHERE id = $1", id)?.is_none() {
        persons::create(tx, vault, id, now_ms).await?;
    }
    let sealed = seal(tx, vault, id, secret_of(id), &secret.to_vec()).await?;
    let done = exec!(tx, "UPDATE staff SET totp_secret = $2 WHERE id = $1 AND totp_confirmed_ms IS NULL", id, &sealed)?;
    Ok(done == 1)
}

/// The secret, being enrolled or in use.
pub async fn secret(tx: &mut Tx, vault: &Vault, id: &str) -> Result<Option<Vec<u8>>> {
    let row = one!(tx, (Option<Vec<u8>>,), "SELECT totp_secret FROM staff WHERE id = $1", id)?;
    match row.and_then(|(sealed,)| sealed) {
        Some(sealed) => open(tx, vault, id, secret_of(id), &sealed).await.map(Some),
        None => Ok(None),
    }
}

/// Uses a step of the authenticator up: `false` when it, or a later one, was used before. Of many at once one wins.
pub async fn use_step(tx: &mut Tx, id: &str, step: i64) -> Result<bool> {
    let done =
        exec!(tx, "UPDATE staff SET totp_step = $2 WHERE id = $1 AND (totp_step IS NULL OR totp_step < $2)", id, step)?;
    Ok(done == 1)
}

/// The authenticator has shown that it works.
pub async fn confirm_secret(tx: &mut Tx, id: &str, now_ms: i64) -> Result<bool> {
    let done = exec!(
        tx,
        "UPDATE staff SET totp_confirmed_ms = $2
         WHERE id = $1 AND totp_confirmed_ms IS NULL AND totp_secret IS NOT NULL",
        id,
        now_ms
    )?;
    Ok(done == 1)
}

/// New backup codes in place of all there were.
pub async fn set_backup_codes(tx: &mut Tx, id: &str, hashes: &[[u8; 32]]) -> Result<()> {
    exec!(tx, "DELETE FROM staff_codes WHERE staff_id = $1", id)?;
    for hash in hashes {
        exec!(tx, "INSERT INTO staff_codes (staff_id, code_hash) VALUES ($1, $2)", id, &hash[..])?;
    }
    Ok(())
}

/// Uses a backup code up: of many at once one gets `true`.
pub async fn use_backup_code(tx: &mut Tx, id: &str, hash: &[u8; 32], now_ms: i64) -> Result<bool> {
    let done = exec!(
        tx,
        "UPDATE staff_codes SET used_ms = $3 WHERE staff_id = $1 AND code_hash = $2 AND used_ms IS NULL",
        id,
        &hash[..],
        now_ms
    )?;
    Ok(done == 1)
}

/// How many backup codes are left.
pub async fn backup_codes_left(tx: &mut Tx, id: &str) -> Result<i64> {
    let row = one!(tx, (i64,), "SELECT COUNT(*) FROM staff_codes WHERE staff_id = $1 AND used_ms IS NULL", id)?;
    row.map(|(count,)| count).ok_or_else(|| StorageError::bad("staff_codes", "staff_id", id))
}
