//! Wishes to be forgotten (PD-4): asked, taken back, carried out. Only the token's hash is stored.

use crate::storage::sql::{all, exec, one};
use crate::storage::{Result, Tx};

#[derive(Debug, Clone, PartialEq, Eq, sqlx_macros::FromRow)]
pub struct Deletion {
    pub account_id: String,
    pub asked_ms: i64,
    /// Until then it can be taken back.
    pub due_ms: i64,
    pub cancelled_ms: Option<i64>,
    pub erased_ms: Option<i64>,
}

/// Notes a wish. `false`: there is one already.
pub async fn ask(tx: &mut Tx, token_hash: &[u8; 32], account_id: &str, now_ms: i64, due_ms: i64) -> Result<bool> {
    let done = exec!(
        tx,
        "INSERT INTO deletions (token_hash, account_id, asked_ms, due_ms) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING",
        &token_hash[..],
        account_id,
        now_ms,
        due_ms
    )?;
    Ok(done == 1)
}

/// The wish of the account that is neither taken back nor carried out.
pub async fn open_of(tx: &mut Tx, account_id: &str) -> Result<Option<Deletion>> {
    one!(
        tx,
        Deletion,
        "SELECT account_id, asked_ms, due_ms, cancelled_ms, erased_ms FROM deletions
         WHERE account_id = $1 AND cancelled_ms IS NULL AND erased_ms IS NULL",
        account_id
    )
}

/// The wish a token stands for.
pub async fn find(tx: &mut Tx, token_hash: &[u8; 32]) -> Result<Option<Deletion>> {
    one!(
        tx,
        Deletion,
        "SELECT account_id, asked_ms, due_ms, cancelled_ms, erased_ms FROM deletions WHERE token_hash = $1",
        &token_hash[..]
    )
}

/// Takes the open wish back: whether there was one.
pub async fn cancel(tx: &mut Tx, account_id: &str, now_ms: i64) -> Result<bool> {
    let done = exec!(
        tx,
        "UPDATE deletions SET cancelled_ms = $2 WHERE account_id = $1 AND cancelled_ms IS NULL AND erased_ms IS NULL",
        account_id,
        now_ms
    )?;
    Ok(done == 1)
}

/// The accounts whose time has come.
pub async fn due(tx: &mut Tx, now_ms: i64, limit: i64) -> Result<Vec<String>> {
    let rows = all!(
        tx,
        (String,),
        "SELECT account_id FROM deletions
         WHERE cancelled_ms IS NULL AND erased_ms IS NULL AND due_ms <= $1 LIMIT $2",
        now_ms,
        limit
    )?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// Claims the account's open wish, which from here on cannot be taken back: whether there is one, and its time has come.
pub async fn claim(tx: &mut Tx, account_id: &str, now_ms: i64) -> Result<bool> {
    let done = exec!(
        tx,
        "UPDATE deletions SET erased_ms = $2
         WHERE account_id = $1 AND cancelled_ms IS NULL AND erased_ms IS NULL AND due_ms <= $2",
        account_id,
        now_ms
    )?;
    Ok(done == 1)
}

/// Notes that it was done; another reason to erase the account (a withdrawn consent) settles the wish too.
pub async fn erased(tx: &mut Tx, account_id: &str, now_ms: i64) -> Result<()> {
    exec!(
        tx,
        "UPDATE deletions SET erased_ms = $2 WHERE account_id = $1 AND cancelled_ms IS NULL AND erased_ms IS NULL",
        account_id,
        now_ms
    )?;
    Ok(())
}
