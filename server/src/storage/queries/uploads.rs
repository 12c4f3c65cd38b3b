//! Files that arrive in parts, until they are whole. Each part is an object of its own, sealed.

use super::{open, seal};
use crate::storage::sql::{all, exec, one};
use crate::storage::{Place, Result, Tx, Vault};

pub struct NewUpload<'a> {
    /// [`ids::public_id`](crate::storage::ids::public_id).
    pub id: &'a str,
    pub account_id: &'a str,
    pub application_id: &'a str,
    pub kind: &'a str,
    pub name: &'a str,
    /// Bytes announced.
    pub size: i64,
    pub now_ms: i64,
}

#[derive(Clone, PartialEq, Eq)]
pub struct Upload {
    pub id: String,
    pub application_id: String,
    pub kind: String,
    pub name: String,
    pub size: i64,
    pub received: i64,
}

/// A name is what a person wrote.
impl std::fmt::Debug for Upload {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Upload({}, {} of {})", self.id, self.received, self.size)
    }
}

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    application_id: String,
    kind: String,
    name: Vec<u8>,
    size: i64,
    received: i64,
}

const fn name_of(id: &str) -> Place<'_> {
    Place::new("uploads", "name", id)
}

pub async fn begin(tx: &mut Tx, vault: &Vault, new: &NewUpload<'_>) -> Result<()> {
    let name = seal(tx, vault, new.account_id, name_of(new.id), &new.name).await?;
    exec!(
        tx,
        "INSERT INTO uploads (id, account_id, application_id, kind, name, size, received, touched_ms)
         VALUES ($1, $2, $3, $4, $5, $6, 0, $7)",
        new.id,
        new.account_id,
        new.application_id,
        new.kind,
        &name,
        new.size,
        new.now_ms
    )
    .map(drop)
}

/// The account's upload. Another's is as absent as one that never was.
pub async fn find_owned(tx: &mut Tx, vault: &Vault, id: &str, account_id: &str) -> Result<Option<Upload>> {
    let row = one!(
        tx,
        Row,
        "SELECT id, application_id, kind, name, size, received FROM uploads WHERE id = $1 AND account_id = $2",
        id,
        account_id
    )?;
    let Some(row) = row else { return Ok(None) };
    Ok(Some(Upload {
        name: open(tx, vault, account_id, name_of(&row.id), &row.name).await?,
        id: row.id,
        application_id: row.application_id,
        kind: row.kind,
        size: row.size,
        received: row.received,
    }))
}

/// How many uploads the account has under way.
pub async fn count(tx: &mut Tx, account_id: &str) -> Result<i64> {
    let row = one!(tx, (i64,), "SELECT COUNT(*) FROM uploads WHERE account_id = $1", account_id)?;
    Ok(row.map_or(0, |(count,)| count))
}

/// Enters a part that was put away under `part_id`, if it follows what is there: whether it does.
pub async fn add_part(tx: &mut Tx, id: &str, start: i64, length: i64, part_id: &str, now_ms: i64) -> Result<bool> {
    let sql = "UPDATE uploads SET received = received + $3, touched_ms = $4 WHERE id = $1 AND received = $2 AND received + $3 <= size";
    if exec!(tx, sql, id, start, length, now_ms)? == 0 {
        return Ok(false);
    }
    exec!(tx, "INSERT INTO upload_parts (upload_id, start, id) VALUES ($1, $2, $3)", id, start, part_id)?;
    Ok(true)
}

/// The objects of the parts, in order.
pub async fn parts(tx: &mut Tx, id: &str) -> Result<Vec<String>> {
    let rows = all!(tx, (String,), "SELECT id FROM upload_parts WHERE upload_id = $1 ORDER BY start", id)?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// Ends an upload and forgets its parts: their objects, to be deleted after the commit. `None`: it had ended.
pub async fn end(tx: &mut Tx, id: &str, account_id: &str) -> Result<Option<Vec<String>>> {
    if exec!(tx, "DELETE FROM uploads WHERE id = $1 AND account_id = $2", id, account_id)? == 0 {
        return Ok(None);
    }
    forget_parts(tx, id).await.map(Some)
}

/// Uploads nobody went on with since `before_ms`.
pub async fn abandoned(tx: &mut Tx, before_ms: i64, limit: i64) -> Result<Vec<String>> {
    let sql = "SELECT id FROM uploads WHERE touched_ms < $1 ORDER BY touched_ms LIMIT $2";
    Ok(all!(tx, (String,), sql, before_ms, limit)?.into_iter().map(|(id,)| id).collect())
}

/// Ends such an upload, as [`end`]. `None`: its owner went on with it meanwhile.
pub async fn end_abandoned(tx: &mut Tx, id: &str, before_ms: i64) -> Result<Option<Vec<String>>> {
    let sql = "DELETE FROM uploads WHERE id = $1 AND touched_ms < $2 RETURNING account_id";
    if one!(tx, (String,), sql, id, before_ms)?.is_none() {
        return Ok(None);
    }
    forget_parts(tx, id).await.map(Some)
}

async fn forget_parts(tx: &mut Tx, id: &str) -> Result<Vec<String>> {
    let rows = all!(tx, (String,), "DELETE FROM upload_parts WHERE upload_id = $1 RETURNING id", id)?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}
