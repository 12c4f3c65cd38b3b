//! What lies in the object store, and whose it is. The content itself: [`Files`](crate::storage::Files).

use crate::storage::sql::{all, defer, exec, one};
use crate::storage::{Result, Tx};

#[derive(Debug, Clone, PartialEq, Eq, sqlx_macros::FromRow)]
pub struct FileEntry {
    pub id: String,
    pub person_id: String,
    pub application_id: Option<String>,
    pub kind: String,
    pub path: String,
    pub media_type: String,
    pub size: i64,
    pub created_ms: i64,
}

/// Enters the receipt of an application that is made when somebody asks for it. One that is there stays. Once per transaction.
pub async fn promise(tx: &mut Tx, id: &str, person_id: &str, application_id: &str, now_ms: i64) -> Result<()> {
    defer!(
        tx,
        "INSERT INTO files (id, person_id, application_id, kind, path, media_type, size, created_ms)
         VALUES ($1, $2, $3, 'receipt', '', 'application/pdf', 0, $4) ON CONFLICT (application_id, kind) DO NOTHING",
        id,
        person_id,
        application_id,
        now_ms
    );
    Ok(())
}

/// What was promised is made. `false`: it is gone, or was made before.
pub async fn made(tx: &mut Tx, id: &str, path: &str, size: i64) -> Result<bool> {
    Ok(exec!(tx, "UPDATE files SET path = $2, size = $3 WHERE id = $1 AND path = ''", id, path, size)? == 1)
}

/// The person's file. Another's is as absent as one that never was.
pub async fn find_owned(tx: &mut Tx, id: &str, person_id: &str) -> Result<Option<FileEntry>> {
    one!(
        tx,
        FileEntry,
        "SELECT id, person_id, application_id, kind, path, media_type, size, created_ms FROM files
         WHERE id = $1 AND person_id = $2",
        id,
        person_id
    )
}

/// The application's file of this kind, as its receipt.
pub async fn find_of_application(tx: &mut Tx, application_id: &str, kind: &str) -> Result<Option<FileEntry>> {
    one!(
        tx,
        FileEntry,
        "SELECT id, person_id, application_id, kind, path, media_type, size, created_ms FROM files
         WHERE application_id = $1 AND kind = $2",
        application_id,
        kind
    )
}

/// The person's files, newest first.
pub async fn list_owned(tx: &mut Tx, person_id: &str) -> Result<Vec<FileEntry>> {
    all!(
        tx,
        FileEntry,
        "SELECT id, person_id, application_id, kind, path, media_type, size, created_ms FROM files
         WHERE person_id = $1 ORDER BY created_ms DESC, id",
        person_id
    )
}
