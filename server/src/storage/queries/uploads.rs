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
    /// Keyed hash of the content, where the device told one.
    pub mark: Option<&'a [u8]>,
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
    pub mark: Option<Vec<u8>>,
}

/// A name is what a person wrote.
impl std::fmt::Debug for Upload {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Upload({}, {} of {})", self.id, self.received, self.size)
    }
}

#[derive(sqlx_macros::FromRow)]
struct Row {
    id: String,
    application_id: String,
    kind: String,
    name: Vec<u8>,
    size: i64,
    received: i64,
    mark: Option<Vec<u8>>,
}

const fn name_of(id: &str) -> Place<'_> {
    Place::new("uploads", "name", id)
}

impl Row {
    async fn read(self, tx: &mut Tx, vault: &Vault, account_id: &str) -> Result<Upload> {
        Ok(Upload {
            name: open(tx, vault, account_id, name_of(&self.id), &self.name).await?,
            id: self.id,
            application_id: self.application_id,
            kind: self.kind,
            size: self.size,
            received: self.received,
            mark: self.mark,
        })
    }
}

pub async fn begin(tx: &mut Tx, vault: &Vault, new: &NewUpload<'_>) -> Result<()> {
    let name = seal(tx, vault, new.account_id, name_of(new.id), &new.name).await?;
    exec!(
        tx,
        "INSERT INTO uploads (id, account_id, application_id, kind, name, size, received, mark, touched_ms)
         VALUES ($1, $2, $3, $4, $5, $6, 0, $7, $8)",
        new.id,
        new.account_id,
        new.application_id,
        new.kind,
        &name,
        new.size,
        new.mark,
        new.now_ms
    )
    .map(drop)
}

/// The account's upload. Another's is as absent as one that never was.
pub async fn find_owned(tx: &mut Tx, vault: &Vault, id: &str, account_id: &str) -> Result<Option<Upload>> {
    let row = one!(
        tx,
        Row,
        "SELECT id, application_id, kind, name, size, received, mark FROM uploads WHERE id = $1 AND account_id = $2",
        id,
        account_id
    )?;
    match row {
        Some(row) => row.read(tx, vault, account_id).await.map(Some),
        None => Ok(None),
    }
}

/// The uploads to an application that were begun and not finished, newest first.
pub async fn unfinished(tx: &mut Tx, vault: &Vault, application_id: &str, account_id: &str) -> Result<Vec<Upload>> {
    let rows = all!(
        tx,
        Row,
        "SELECT id, application_id, kind, name, size, received, mark FROM uploads
         WHERE application_id = $1 AND account_id = $2 ORDER BY touched_ms DESC, id",
        application_id,
        account_id
    )?;
    let mut found = Vec::with_capacity(rows.len());
    for row in rows {
        found.push(row.read(tx, vault, account_id).await?);
    }
    Ok(found)
}

/// Goes on with the upload of this very file, as what it is chosen as and called now: its id and how far it has come.
pub async fn resume(tx: &mut Tx, vault: &Vault, new: &NewUpload<'_>) -> Result<Option<(String, i64)>> {
    let found = one!(
        tx,
        (String, i64),
        "UPDATE uploads SET kind = $5, touched_ms = $6
         WHERE application_id = $1 AND account_id = $2 AND mark = $3 AND size = $4 RETURNING id, received",
        new.application_id,
        new.account_id,
        new.mark,
        new.size,
        new.kind,
        new.now_ms
    )?;
    if let Some((id, _)) = &found {
        let name = seal(tx, vault, new.account_id, name_of(id), &new.name).await?;
        exec!(tx, "UPDATE uploads SET name = $2 WHERE id = $1", id, &name)?;
    }
    Ok(found)
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
