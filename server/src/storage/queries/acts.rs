//! What clerks decided, in the words the citizen read, and the answers as they stood before a question.

use super::{from_text, open, seal, to_text};
use crate::storage::sql::{all, exec, one};
use crate::storage::{Place, Result, StorageError, Tx, Vault};
use domain::Values;
use domain::staff::{Act, ActKind, Document};

/// An act as it is read back.
#[derive(Clone, PartialEq, Eq)]
pub struct Done {
    /// The application's version after it.
    pub seq: i64,
    pub staff_id: String,
    pub act: ActKind,
    pub documents: Vec<Document>,
    pub text: String,
    pub at_ms: i64,
}

impl std::fmt::Debug for Done {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Done({}, {})", self.act.name(), self.seq)
    }
}

#[derive(sqlx_macros::FromRow)]
struct Row {
    seq: i64,
    staff_id: String,
    act: String,
    documents: String,
    text: Vec<u8>,
    at_ms: i64,
}

const fn text_of(row: &str) -> Place<'_> {
    Place::new("acts", "text", row)
}

const fn answers_of(row: &str) -> Place<'_> {
    Place::new("answers_before", "answers", row)
}

fn row_name(application_id: &str, seq: i64) -> String {
    format!("{application_id}/{seq}")
}

/// Writes an act down; `seq` is the application's version after it.
pub async fn append(
    tx: &mut Tx,
    vault: &Vault,
    (application_id, account_id): (&str, &str),
    seq: i64,
    staff_id: &str,
    act: &Act,
    at_ms: i64,
) -> Result<()> {
    let name = row_name(application_id, seq);
    let text = seal(tx, vault, account_id, text_of(&name), &act.text()).await?;
    let documents = to_text("acts", "documents", &name, &act.documents())?;
    exec!(
        tx,
        "INSERT INTO acts (application_id, seq, staff_id, act, documents, text, at_ms, region, office_index)
         SELECT a.id, $2, $3, $4, $5, $6, $7, a.region, a.office_index FROM applications a WHERE a.id = $1",
        application_id,
        seq,
        staff_id,
        act.kind().name(),
        &documents,
        &text,
        at_ms
    )?;
    Ok(())
}

impl Row {
    async fn read(self, tx: &mut Tx, vault: &Vault, application_id: &str, account_id: &str) -> Result<Done> {
        let name = row_name(application_id, self.seq);
        Ok(Done {
            text: open(tx, vault, account_id, text_of(&name), &self.text).await?,
            documents: from_text("acts", "documents", &name, &self.documents)?,
            act: ActKind::from_name(&self.act).ok_or_else(|| StorageError::bad("acts", "act", name))?,
            seq: self.seq,
            staff_id: self.staff_id,
            at_ms: self.at_ms,
        })
    }
}

/// The newest act on the application.
pub async fn last(tx: &mut Tx, vault: &Vault, application_id: &str, account_id: &str) -> Result<Option<Done>> {
    let row = one!(
        tx,
        Row,
        "SELECT seq, staff_id, act, documents, text, at_ms FROM acts WHERE application_id = $1 ORDER BY seq DESC LIMIT 1",
        application_id
    )?;
    match row {
        Some(row) => row.read(tx, vault, application_id, account_id).await.map(Some),
        None => Ok(None),
    }
}

/// All acts on the application, oldest first.
pub async fn list(tx: &mut Tx, vault: &Vault, application_id: &str, account_id: &str) -> Result<Vec<Done>> {
    let rows = all!(
        tx,
        Row,
        "SELECT seq, staff_id, act, documents, text, at_ms FROM acts WHERE application_id = $1 ORDER BY seq",
        application_id
    )?;
    let mut acts = Vec::with_capacity(rows.len());
    for row in rows {
        acts.push(row.read(tx, vault, application_id, account_id).await?);
    }
    Ok(acts)
}

/// Whether a clerk has acted on it: from then on no machine decides about it.
pub async fn any(tx: &mut Tx, application_id: &str) -> Result<bool> {
    Ok(one!(tx, (i64,), "SELECT seq FROM acts WHERE application_id = $1 LIMIT 1", application_id)?.is_some())
}

/// Keeps the answers as they stand when something is asked about them.
pub async fn keep_answers(
    tx: &mut Tx,
    vault: &Vault,
    (application_id, account_id): (&str, &str),
    seq: i64,
    answers: &Values,
) -> Result<()> {
    let name = row_name(application_id, seq);
    let sealed = seal(tx, vault, account_id, answers_of(&name), answers).await?;
    exec!(
        tx,
        "INSERT INTO answers_before (application_id, seq, answers) VALUES ($1, $2, $3)",
        application_id,
        seq,
        &sealed
    )?;
    Ok(())
}

/// The answers as they stood at the last question.
pub async fn answers_before(
    tx: &mut Tx,
    vault: &Vault,
    application_id: &str,
    account_id: &str,
) -> Result<Option<Values>> {
    let row = one!(
        tx,
        (i64, Vec<u8>),
        "SELECT seq, answers FROM answers_before WHERE application_id = $1 ORDER BY seq DESC LIMIT 1",
        application_id
    )?;
    match row {
        Some((seq, sealed)) => {
            let name = row_name(application_id, seq);
            open(tx, vault, account_id, answers_of(&name), &sealed).await.map(Some)
        }
        None => Ok(None),
    }
}

/// The answers as they stood at each question, oldest first, with the version after it.
pub async fn all_answers_before(
    tx: &mut Tx,
    vault: &Vault,
    application_id: &str,
    account_id: &str,
) -> Result<Vec<(i64, Values)>> {
    let rows = all!(
        tx,
        (i64, Vec<u8>),
        "SELECT seq, answers FROM answers_before WHERE application_id = $1 ORDER BY seq",
        application_id
    )?;
    let mut answers = Vec::with_capacity(rows.len());
    for (seq, sealed) in rows {
        let name = row_name(application_id, seq);
        answers.push((seq, open(tx, vault, account_id, answers_of(&name), &sealed).await?));
    }
    Ok(answers)
}
