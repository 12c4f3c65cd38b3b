//! A citizen's file, opened by staff. The journal's row is committed before anything of it is read: no row, no data.

use super::applications::{self, Application};
use super::documents::{self, Document};
use super::queue::in_place;
use super::{history, journal};
use crate::storage::sql::{all, one};
use crate::storage::{Db, Result, Tx, Vault};
use domain::clock::Timestamp;
use domain::documents::Kind;
use domain::journal::Look;
use domain::staff::{Place, Purpose, Reading, Scopes};

/// Looking again at a file within this time is one look in the citizen's journal.
const ONE_LOOK_MS: i64 = 15 * 60_000;

/// A file without anybody's data: what lists show.
#[derive(Debug, Clone, PartialEq, Eq, sqlx_macros::FromRow)]
pub struct Case {
    pub id: String,
    pub account_id: String,
    pub number: String,
    pub kind: String,
    pub status: String,
    pub stage: String,
    pub version: i64,
    pub submitted_ms: i64,
    pub due_ms: Option<i64>,
    pub referred_ms: Option<i64>,
    pub region: Option<String>,
    pub office_index: Option<String>,
}

impl Case {
    pub fn place(&self) -> Place {
        Place { region: self.region.clone(), office_index: self.office_index.clone() }
    }
}

/// A submitted application, by id; its answers stay closed.
pub async fn find(tx: &mut Tx, id: &str) -> Result<Option<Case>> {
    one!(
        tx,
        Case,
        "SELECT id, account_id, number, kind, status, stage, version, submitted_ms, due_ms, referred_ms, region, office_index
         FROM applications WHERE id = $1 AND submitted_ms IS NOT NULL AND number IS NOT NULL",
        id
    )
}

/// Opens the file. First the citizen's journal gets its row — who, by which role, why — and that is committed; only
/// then the answers are read. `None`: not there, or out of reach.
pub async fn open(
    db: &Db,
    vault: &Vault,
    reading: &Reading,
    id: &str,
    purpose: Purpose,
    now: Timestamp,
) -> Result<Option<Application>> {
    let mut tx = db.write().await?;
    let Some(case) = find(&mut tx, id).await?.filter(|case| reading.reach(&case.place()).is_ok()) else {
        return Ok(None);
    };
    let actor = format!("staff:{}", reading.member());
    let look = Look { role: reading.role(), purpose, document: None };
    note(&mut tx, &case, &actor, "application_read", &look, now).await?;
    tx.commit().await?;
    let mut tx = db.read().await?;
    applications::find(&mut tx, vault, id).await
}

/// Opens one document of a file, in the same order: the journal's row names what was looked at, and is committed; only
/// then the entry is handed out, by which the content can be opened. `None`: not there, out of reach, or not past the
/// virus scanner.
pub async fn open_document(
    db: &Db,
    vault: &Vault,
    reading: &Reading,
    document_id: &str,
    purpose: Purpose,
    now: Timestamp,
) -> Result<Option<Document>> {
    let mut tx = db.write().await?;
    let Some(document) = documents::find(&mut tx, vault, document_id).await? else {
        return Ok(None);
    };
    let case = find(&mut tx, &document.application_id).await?.filter(|case| reading.reach(&case.place()).is_ok());
    let (Some(case), documents::State::Kept) = (case, document.state) else {
        return Ok(None);
    };
    let actor = format!("staff:{}", reading.member());
    let opened = Kind::from_name(&document.kind).map(|kind| (kind, document.id.clone()));
    let look = Look { role: reading.role(), purpose, document: opened };
    note(&mut tx, &case, &actor, "document_opened", &look, now).await?;
    tx.commit().await?;
    Ok(Some(document))
}

/// The row in the citizen's journal, once for looks that follow each other closely.
async fn note(tx: &mut Tx, case: &Case, actor: &str, act: &str, look: &Look, now: Timestamp) -> Result<()> {
    let detail = look.to_string();
    let before = one!(
        tx,
        (String,),
        "SELECT id FROM journal WHERE account_id = $1 AND at_ms > $2 AND actor = $3 AND act = $4
           AND object = $5 AND detail = $6 LIMIT 1",
        &case.account_id,
        now.0 - ONE_LOOK_MS,
        actor,
        act,
        &case.number,
        &detail
    )?;
    if before.is_some() {
        return Ok(());
    }
    let row = journal::NewEntry {
        account_id: Some(&case.account_id),
        at_ms: now.0,
        actor,
        act,
        object: &case.number,
        detail: &detail,
    };
    journal::append(tx, &row).await
}

/// The moves of the file, oldest first.
pub async fn history(tx: &mut Tx, case: &Application) -> Result<Vec<history::Entry>> {
    history::list_owned(tx, &case.summary.id, &case.summary.account_id).await
}

/// The file with this number, its own or its registration's, where the searcher's scopes reach it.
pub async fn by_number(tx: &mut Tx, scopes: &Scopes, number: &str) -> Result<Vec<Case>> {
    let found = all!(
        tx,
        Case,
        "SELECT id, account_id, number, kind, status, stage, version, submitted_ms, due_ms, referred_ms, region, office_index
         FROM applications WHERE (number = $1 OR registration_number = $1) AND submitted_ms IS NOT NULL",
        number
    )?;
    Ok(found.into_iter().filter(|case| scopes.covers(&case.place())).collect())
}

/// Files by a blind index, newest first, where the searcher's scopes reach them; `after` the last row of the page before.
pub async fn by_identity(
    tx: &mut Tx,
    scopes: &Scopes,
    kind: super::identities::Kind,
    index: &[u8; 32],
    after: Option<(i64, &str)>,
    limit: i64,
) -> Result<Vec<Case>> {
    let (after_ms, after_id) = after.unwrap_or((i64::MAX, ""));
    let mut found: Vec<Case> = Vec::new();
    for scope in scopes.list() {
        found.extend(in_place!(
            tx,
            Case,
            scope,
            "SELECT c.id, c.account_id, c.number, c.kind, c.status, c.stage, c.version, c.submitted_ms, c.due_ms, c.referred_ms,
               c.region, c.office_index
             FROM identities a JOIN applications c ON c.id = a.application_id
             WHERE c.submitted_ms IS NOT NULL AND c.number IS NOT NULL AND",
            "AND a.kind = $2 AND a.idx = $3 AND (a.at_ms, a.application_id) < ($4, $5)
             ORDER BY a.at_ms DESC, a.application_id DESC LIMIT $6",
            kind.as_str(),
            &index[..],
            after_ms,
            after_id,
            limit
        )?);
    }
    found.sort_by(|a, b| (b.submitted_ms, &b.id).cmp(&(a.submitted_ms, &a.id)));
    found.dedup_by(|a, b| a.id == b.id);
    found.truncate(usize::try_from(limit).unwrap_or(0));
    Ok(found)
}
