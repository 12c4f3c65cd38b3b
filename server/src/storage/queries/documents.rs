//! Documents of applications. The content itself: [`Files`](crate::storage::Files).

use super::{open, seal};
use crate::storage::sql::{all, exec, one, text_enum};
use crate::storage::{Place, Result, Tx, Vault};

text_enum! {
    /// What is known of a document.
    State in "documents"."state" {
        /// The virus scanner has not answered: it is there, and nobody may open it.
        Waiting = "waiting",
        Kept = "kept",
        /// The scanner named something; the content is gone.
        Infected = "infected",
    }
}

pub struct NewDocument<'a> {
    /// [`ids::public_id`](crate::storage::ids::public_id), under which the content was put away.
    pub id: &'a str,
    pub account_id: &'a str,
    pub application_id: &'a str,
    pub kind: &'a str,
    /// As shown to its owner.
    pub name: &'a str,
    /// Keyed hash of what was sent.
    pub digest: &'a [u8],
    pub media_type: &'a str,
    /// Bytes of the content before sealing.
    pub size: i64,
    pub pages: i64,
    pub state: State,
    pub added_ms: i64,
}

#[derive(Clone, PartialEq, Eq)]
pub struct Document {
    pub id: String,
    pub account_id: String,
    pub application_id: String,
    pub kind: String,
    pub place: i64,
    pub name: String,
    pub media_type: String,
    pub size: i64,
    pub pages: i64,
    pub state: State,
    pub added_ms: i64,
}

/// A name is what a person wrote.
impl std::fmt::Debug for Document {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Document({}, {}, {:?})", self.id, self.kind, self.state)
    }
}

#[derive(sqlx_macros::FromRow)]
struct Row {
    id: String,
    account_id: String,
    application_id: String,
    kind: String,
    place: i64,
    name: Vec<u8>,
    media_type: String,
    size: i64,
    pages: i64,
    state: String,
    added_ms: i64,
}

const fn name_of(id: &str) -> Place<'_> {
    Place::new("documents", "name", id)
}

impl Row {
    async fn read(self, tx: &mut Tx, vault: &Vault) -> Result<Document> {
        Ok(Document {
            name: open(tx, vault, &self.account_id, name_of(&self.id), &self.name).await?,
            state: State::read(&self.state, &self.id)?,
            id: self.id,
            account_id: self.account_id,
            application_id: self.application_id,
            kind: self.kind,
            place: self.place,
            media_type: self.media_type,
            size: self.size,
            pages: self.pages,
            added_ms: self.added_ms,
        })
    }
}

async fn read_all(tx: &mut Tx, vault: &Vault, rows: Vec<Row>) -> Result<Vec<Document>> {
    let mut documents = Vec::with_capacity(rows.len());
    for row in rows {
        documents.push(row.read(tx, vault).await?);
    }
    Ok(documents)
}

/// Holds the application against changes by others until the commit, so that what is counted stays true:
/// whether it is the account's.
pub async fn hold(tx: &mut Tx, application_id: &str, account_id: &str) -> Result<bool> {
    let sql = "UPDATE applications SET saved_ms = saved_ms WHERE id = $1 AND account_id = $2";
    Ok(exec!(tx, sql, application_id, account_id)? == 1)
}

/// Enters a document behind the others. `false`: this very file is there already.
pub async fn create(tx: &mut Tx, vault: &Vault, new: &NewDocument<'_>) -> Result<bool> {
    let name = seal(tx, vault, new.account_id, name_of(new.id), &new.name).await?;
    let done = exec!(
        tx,
        "INSERT INTO documents (id, account_id, application_id, kind, place, name, digest, media_type, size, pages, state, added_ms)
         SELECT $1, $2, $3, $4, COALESCE(MAX(place), 0) + 1, $5, $6, $7, $8, $9, $10, $11 FROM documents WHERE application_id = $3
         ON CONFLICT (application_id, digest) DO NOTHING",
        new.id, new.account_id, new.application_id, new.kind, &name, new.digest, new.media_type, new.size, new.pages,
        new.state.as_str(), new.added_ms
    )?;
    Ok(done == 1)
}

/// The account's document. Another's is as absent as one that never was.
pub async fn find_owned(tx: &mut Tx, vault: &Vault, id: &str, account_id: &str) -> Result<Option<Document>> {
    let row = one!(
        tx,
        Row,
        "SELECT id, account_id, application_id, kind, place, name, media_type, size, pages, state, added_ms FROM documents
         WHERE id = $1 AND account_id = $2",
        id,
        account_id
    )?;
    match row {
        Some(row) => row.read(tx, vault).await.map(Some),
        None => Ok(None),
    }
}

/// For jobs and staff, who act on any application; never for a citizen's request.
pub async fn find(tx: &mut Tx, vault: &Vault, id: &str) -> Result<Option<Document>> {
    let row = one!(
        tx,
        Row,
        "SELECT id, account_id, application_id, kind, place, name, media_type, size, pages, state, added_ms FROM documents
         WHERE id = $1",
        id
    )?;
    match row {
        Some(row) => row.read(tx, vault).await.map(Some),
        None => Ok(None),
    }
}

/// The application's documents, in the order their owner gave. Check first whose application it is.
pub async fn list_of_application(tx: &mut Tx, vault: &Vault, application_id: &str) -> Result<Vec<Document>> {
    let rows = all!(
        tx,
        Row,
        "SELECT id, account_id, application_id, kind, place, name, media_type, size, pages, state, added_ms FROM documents
         WHERE application_id = $1 ORDER BY place, id",
        application_id
    )?;
    read_all(tx, vault, rows).await
}

/// All documents of the account, newest first.
pub async fn list_owned(tx: &mut Tx, vault: &Vault, account_id: &str) -> Result<Vec<Document>> {
    let rows = all!(
        tx,
        Row,
        "SELECT id, account_id, application_id, kind, place, name, media_type, size, pages, state, added_ms FROM documents
         WHERE account_id = $1 ORDER BY added_ms DESC, id",
        account_id
    )?;
    read_all(tx, vault, rows).await
}

/// The kinds of what is there, with each state they are in.
pub async fn kinds(tx: &mut Tx, application_id: &str) -> Result<Vec<(String, State)>> {
    let sql = "SELECT DISTINCT kind, state FROM documents WHERE application_id = $1 ORDER BY kind, state";
    let rows = all!(tx, (String, String), sql, application_id)?;
    rows.into_iter().map(|(kind, state)| Ok((kind, State::read(&state, application_id)?))).collect()
}

/// Whether the application holds this very file.
pub async fn holds(tx: &mut Tx, application_id: &str, digest: &[u8]) -> Result<bool> {
    let sql = "SELECT id FROM documents WHERE application_id = $1 AND digest = $2";
    Ok(one!(tx, (String,), sql, application_id, digest)?.is_some())
}

/// How many documents the application holds, and their bytes.
pub async fn held(tx: &mut Tx, application_id: &str) -> Result<(i64, i64)> {
    let sql = "SELECT COUNT(*), CAST(COALESCE(SUM(size), 0) AS BIGINT) FROM documents WHERE application_id = $1";
    Ok(one!(tx, (i64, i64), sql, application_id)?.unwrap_or_default())
}

/// Puts a document at another place. Hold the application and set all that change.
pub async fn set_place(tx: &mut Tx, id: &str, place: i64) -> Result<()> {
    exec!(tx, "UPDATE documents SET place = $2 WHERE id = $1", id, place).map(drop)
}

/// What the scanner said: whether the document was still waiting for it.
pub async fn settle(tx: &mut Tx, id: &str, state: State) -> Result<bool> {
    let sql = "UPDATE documents SET state = $2 WHERE id = $1 AND state = 'waiting'";
    Ok(exec!(tx, sql, id, state.as_str())? == 1)
}

/// Removes the entry: whether it was there. The content is deleted after the commit.
pub async fn delete_owned(tx: &mut Tx, id: &str, account_id: &str) -> Result<bool> {
    Ok(exec!(tx, "DELETE FROM documents WHERE id = $1 AND account_id = $2", id, account_id)? == 1)
}
