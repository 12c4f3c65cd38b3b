//! Consents: what was agreed to, in which wording, when, and when it was taken back.

use crate::storage::sql::{all, defer, exec, one};
use crate::storage::{Result, Tx, ids};

pub struct NewConsent<'a> {
    pub account_id: &'a str,
    pub purpose: &'a str,
    pub text_version: &'a str,
    /// SHA-256, hex, of the text that was shown.
    pub text_hash: &'a str,
    pub given_ms: i64,
}

#[derive(Debug, Clone, PartialEq, Eq, sqlx_macros::FromRow)]
pub struct Consent {
    pub id: String,
    pub purpose: String,
    pub text_version: String,
    pub text_hash: String,
    pub given_ms: i64,
    pub withdrawn_ms: Option<i64>,
}

/// Records a consent. `false`: one for this purpose is in force already, and stays as it is.
pub async fn give(tx: &mut Tx, new: &NewConsent<'_>) -> Result<bool> {
    let done = exec!(
        tx,
        "INSERT INTO consents (id, account_id, purpose, text_version, text_hash, given_ms)
         VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (account_id, purpose) WHERE withdrawn_ms IS NULL DO NOTHING",
        ids::inner_id(),
        new.account_id,
        new.purpose,
        new.text_version,
        new.text_hash,
        new.given_ms
    )?;
    Ok(done == 1)
}

/// As [`give`], at the commit: for whoever need not know whether one was in force already.
pub async fn give_at_commit(tx: &mut Tx, new: &NewConsent<'_>) -> Result<()> {
    defer!(
        tx,
        "INSERT INTO consents (id, account_id, purpose, text_version, text_hash, given_ms)
         VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (account_id, purpose) WHERE withdrawn_ms IS NULL DO NOTHING",
        ids::inner_id(),
        new.account_id,
        new.purpose,
        new.text_version,
        new.text_hash,
        new.given_ms
    );
    Ok(())
}

/// The consent in force for this purpose.
pub async fn in_force(tx: &mut Tx, account_id: &str, purpose: &str) -> Result<Option<Consent>> {
    one!(
        tx,
        Consent,
        "SELECT id, purpose, text_version, text_hash, given_ms, withdrawn_ms FROM consents
         WHERE account_id = $1 AND purpose = $2 AND withdrawn_ms IS NULL",
        account_id,
        purpose
    )
}

/// Takes the consent in force back: whether there was one.
pub async fn withdraw(tx: &mut Tx, account_id: &str, purpose: &str, now_ms: i64) -> Result<bool> {
    let done = exec!(
        tx,
        "UPDATE consents SET withdrawn_ms = $3 WHERE account_id = $1 AND purpose = $2 AND withdrawn_ms IS NULL",
        account_id,
        purpose,
        now_ms
    )?;
    Ok(done == 1)
}

/// Takes a withdrawal of that moment back, which somebody else made: whether there is one, and no new consent since.
pub async fn restore(tx: &mut Tx, account_id: &str, withdrawn_ms: i64) -> Result<bool> {
    let done = exec!(
        tx,
        "UPDATE consents SET withdrawn_ms = NULL WHERE account_id = $1 AND withdrawn_ms = $2
           AND NOT EXISTS (SELECT 1 FROM consents o
             WHERE o.account_id = consents.account_id AND o.purpose = consents.purpose AND o.withdrawn_ms IS NULL)",
        account_id,
        withdrawn_ms
    )?;
    Ok(done > 0)
}

/// All consents of the account, newest first.
pub async fn list(tx: &mut Tx, account_id: &str) -> Result<Vec<Consent>> {
    all!(
        tx,
        Consent,
        "SELECT id, purpose, text_version, text_hash, given_ms, withdrawn_ms FROM consents
         WHERE account_id = $1 ORDER BY given_ms DESC, id DESC",
        account_id
    )
}
