//! Links sent by e-mail: each works once.

use crate::storage::sql::{exec, one};
use crate::storage::{Result, Tx};

pub struct NewLink<'a> {
    /// [`ids::token_hash`](crate::storage::ids::token_hash).
    pub token_hash: [u8; 32],
    pub account_id: &'a str,
    pub purpose: &'a str,
    pub created_ms: i64,
    pub expires_ms: i64,
}

/// Keeps a link; earlier unused ones of the account for the same purpose stop working.
pub async fn create(tx: &mut Tx, link: &NewLink<'_>) -> Result<()> {
    exec!(
        tx,
        "DELETE FROM links WHERE account_id = $1 AND purpose = $2 AND used_ms IS NULL",
        link.account_id,
        link.purpose
    )?;
    exec!(
        tx,
        "INSERT INTO links (token_hash, account_id, purpose, created_ms, expires_ms) VALUES ($1, $2, $3, $4, $5)",
        &link.token_hash[..],
        link.account_id,
        link.purpose,
        link.created_ms,
        link.expires_ms
    )?;
    Ok(())
}

/// The account a link that still works is for; looking uses nothing up.
pub async fn find(tx: &mut Tx, token_hash: &[u8; 32], purpose: &str, now_ms: i64) -> Result<Option<String>> {
    let row = one!(
        tx,
        (String,),
        "SELECT account_id FROM links
         WHERE token_hash = $1 AND purpose = $2 AND used_ms IS NULL AND expires_ms > $3",
        &token_hash[..],
        purpose,
        now_ms
    )?;
    Ok(row.map(|(account,)| account))
}

/// Ends what was sent for an account and not used.
pub async fn drop_open(tx: &mut Tx, account_id: &str) -> Result<u64> {
    exec!(tx, "DELETE FROM links WHERE account_id = $1 AND used_ms IS NULL", account_id)
}

/// Uses the link up. Of many at once one gets `true`. [`hold`](super::accounts::hold) its account first.
pub async fn consume(tx: &mut Tx, token_hash: &[u8; 32], purpose: &str, now_ms: i64) -> Result<bool> {
    let done = exec!(
        tx,
        "UPDATE links SET used_ms = $3
         WHERE token_hash = $1 AND purpose = $2 AND used_ms IS NULL AND expires_ms > $3",
        &token_hash[..],
        purpose,
        now_ms
    )?;
    Ok(done == 1)
}

/// Deletes links that ran out before `before_ms`: how many.
pub async fn purge(tx: &mut Tx, before_ms: i64) -> Result<u64> {
    exec!(tx, "DELETE FROM links WHERE expires_ms <= $1", before_ms)
}
