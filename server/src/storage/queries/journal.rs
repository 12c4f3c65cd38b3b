//! Who did what. Append-only: the database refuses anything else. Codes and ids only, no personal data.

use crate::storage::sql::{all, defer};
use crate::storage::{Result, Tx, ids};

pub struct NewEntry<'a> {
    /// Whom it concerns.
    pub account_id: Option<&'a str>,
    pub at_ms: i64,
    /// `citizen`, `system`, or `staff:<id>`.
    pub actor: &'a str,
    /// Feature and verb, as in `applications.submit`.
    pub act: &'a str,
    /// The id of what was acted on; may be empty.
    pub object: &'a str,
    /// Codes; may be empty.
    pub detail: &'a str,
}

#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Entry {
    pub id: String,
    pub account_id: Option<String>,
    pub at_ms: i64,
    pub actor: String,
    pub act: String,
    pub object: String,
    pub detail: String,
}

pub async fn append(tx: &mut Tx, new: &NewEntry<'_>) -> Result<()> {
    defer!(
        tx,
        "INSERT INTO journal (id, account_id, at_ms, actor, act, object, detail) VALUES ($1, $2, $3, $4, $5, $6, $7)",
        ids::inner_id(),
        new.account_id,
        new.at_ms,
        new.actor,
        new.act,
        new.object,
        new.detail
    );
    Ok(())
}

/// What concerns the account, newest first.
pub async fn list_owned(tx: &mut Tx, account_id: &str, limit: i64) -> Result<Vec<Entry>> {
    tx.flush().await?;
    all!(
        tx,
        Entry,
        "SELECT id, account_id, at_ms, actor, act, object, detail FROM journal
         WHERE account_id = $1 ORDER BY at_ms DESC, id DESC LIMIT $2",
        account_id,
        limit
    )
}

/// What one actor did, newest first.
pub async fn by_actor(tx: &mut Tx, actor: &str, limit: i64) -> Result<Vec<Entry>> {
    tx.flush().await?;
    all!(
        tx,
        Entry,
        "SELECT id, account_id, at_ms, actor, act, object, detail FROM journal
         WHERE actor = $1 ORDER BY at_ms DESC, id DESC LIMIT $2",
        actor,
        limit
    )
}
