//! A phone or e-mail being changed: the new one, sealed, until its code or link proves it; then the one before, for
//! «Это не я». Of two changes at once the database keeps one.

use super::{open, seal};
use crate::storage::sql::{exec, one, text_enum};
use crate::storage::{Place, Result, Tx, Vault};

text_enum! {
    /// What is changed.
    Kind in "contact_changes"."kind" {
        Phone = "phone",
        Email = "email",
    }
}

pub struct NewChange<'a> {
    pub id: &'a str,
    pub account_id: &'a str,
    pub kind: Kind,
    /// Normalised.
    pub value: &'a str,
    pub index: [u8; 32],
    /// It is somebody else's.
    pub shadow: bool,
    /// Of the link in the letter; `None` for a phone.
    pub token_hash: Option<[u8; 32]>,
    pub created_ms: i64,
    pub expires_ms: i64,
}

/// A change that can still be made, or taken back.
pub struct Change {
    pub id: String,
    pub account_id: String,
    pub kind: Kind,
    pub value: String,
    pub index: [u8; 32],
    pub shadow: bool,
}

/// What was there before a change.
pub struct Former {
    pub kind: Kind,
    pub value: String,
    pub index: Option<[u8; 32]>,
    pub confirmed_ms: Option<i64>,
}

impl std::fmt::Debug for Change {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Change({}, {})", self.id, self.kind.as_str())
    }
}

#[derive(sqlx_macros::FromRow)]
struct Row {
    id: String,
    account_id: String,
    kind: String,
    value: Vec<u8>,
    idx: Vec<u8>,
    shadow: bool,
}

const fn value_of(id: &str) -> Place<'_> {
    Place::new("contact_changes", "value", id)
}

const fn former_of(id: &str) -> Place<'_> {
    Place::new("contact_changes", "former", id)
}

/// Begins a change; one of the same kind that was not finished ends.
pub async fn begin(tx: &mut Tx, vault: &Vault, new: &NewChange<'_>) -> Result<()> {
    exec!(
        tx,
        "DELETE FROM contact_changes WHERE account_id = $1 AND kind = $2 AND done_ms IS NULL",
        new.account_id,
        new.kind.as_str()
    )?;
    let value = seal(tx, vault, new.account_id, value_of(new.id), &new.value).await?;
    exec!(
        tx,
        "INSERT INTO contact_changes (id, account_id, kind, value, idx, shadow, token_hash, created_ms, expires_ms)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        new.id,
        new.account_id,
        new.kind.as_str(),
        &value,
        &new.index[..],
        new.shadow,
        new.token_hash.as_ref().map(|h| &h[..]),
        new.created_ms,
        new.expires_ms
    )?;
    Ok(())
}

async fn read(tx: &mut Tx, vault: &Vault, row: Option<Row>) -> Result<Option<Change>> {
    let Some(row) = row else { return Ok(None) };
    let bad = || crate::storage::StorageError::bad("contact_changes", "idx", &*row.id);
    Ok(Some(Change {
        kind: Kind::read(&row.kind, &row.id)?,
        index: row.idx.as_slice().try_into().map_err(|_| bad())?,
        value: open(tx, vault, &row.account_id, value_of(&row.id), &row.value).await?,
        id: row.id,
        account_id: row.account_id,
        shadow: row.shadow,
    }))
}

/// The account's change of this kind that is under way.
pub async fn open_of(tx: &mut Tx, vault: &Vault, account_id: &str, kind: Kind, now_ms: i64) -> Result<Option<Change>> {
    let row = one!(
        tx,
        Row,
        "SELECT id, account_id, kind, value, idx, shadow FROM contact_changes
         WHERE account_id = $1 AND kind = $2 AND done_ms IS NULL AND expires_ms > $3",
        account_id,
        kind.as_str(),
        now_ms
    )?;
    read(tx, vault, row).await
}

/// The change behind a link that still works; looking uses nothing up.
pub async fn by_token(tx: &mut Tx, vault: &Vault, token_hash: &[u8; 32], now_ms: i64) -> Result<Option<Change>> {
    let row = one!(
        tx,
        Row,
        "SELECT id, account_id, kind, value, idx, shadow FROM contact_changes
         WHERE token_hash = $1 AND done_ms IS NULL AND expires_ms > $2",
        &token_hash[..],
        now_ms
    )?;
    read(tx, vault, row).await
}

/// Ends what was begun and not proved, of both kinds: how many.
pub async fn drop_open(tx: &mut Tx, account_id: &str) -> Result<u64> {
    exec!(tx, "DELETE FROM contact_changes WHERE account_id = $1 AND done_ms IS NULL", account_id)
}

/// The change of this id that was not made yet, ran out or not: it can be made until `expires_ms` from here on.
pub async fn prolong(
    tx: &mut Tx,
    vault: &Vault,
    account_id: &str,
    id: &str,
    expires_ms: i64,
) -> Result<Option<Change>> {
    let row = one!(
        tx,
        Row,
        "UPDATE contact_changes SET expires_ms = $3 WHERE id = $2 AND account_id = $1 AND done_ms IS NULL
         RETURNING id, account_id, kind, value, idx, shadow",
        account_id,
        id,
        expires_ms
    )?;
    read(tx, vault, row).await
}

/// Finishes a change and keeps what was there before: of many at once one gets `true`.
pub async fn finish(tx: &mut Tx, vault: &Vault, change: &Change, former: &Former, now_ms: i64) -> Result<bool> {
    let sealed = seal(tx, vault, &change.account_id, former_of(&change.id), &former.value).await?;
    let done = exec!(
        tx,
        "UPDATE contact_changes SET done_ms = $2, former = $3, former_idx = $4, former_confirmed_ms = $5
         WHERE id = $1 AND done_ms IS NULL AND expires_ms > $2",
        &change.id,
        now_ms,
        &sealed,
        former.index.as_ref().map(|h| &h[..]),
        former.confirmed_ms
    )?;
    Ok(done == 1)
}

/// What was there before a finished change of this account.
pub async fn former(tx: &mut Tx, vault: &Vault, account_id: &str, id: &str) -> Result<Option<Former>> {
    let row = one!(
        tx,
        (String, Vec<u8>, Option<Vec<u8>>, Option<i64>),
        "SELECT kind, former, former_idx, former_confirmed_ms FROM contact_changes
         WHERE id = $1 AND account_id = $2 AND done_ms IS NOT NULL",
        id,
        account_id
    )?;
    let Some((kind, sealed, index, confirmed_ms)) = row else { return Ok(None) };
    Ok(Some(Former {
        kind: Kind::read(&kind, id)?,
        value: open(tx, vault, account_id, former_of(id), &sealed).await?,
        index: index.and_then(|bytes| bytes.as_slice().try_into().ok()),
        confirmed_ms,
    }))
}

/// Deletes changes that ran out, or were made, before `before_ms`: how many.
pub async fn purge(tx: &mut Tx, before_ms: i64) -> Result<u64> {
    exec!(tx, "DELETE FROM contact_changes WHERE expires_ms <= $1", before_ms)
}
