//! Applications, from draft to answer.

use super::{from_text, history, open, seal, to_text};
use crate::storage::sql::{all, exec, one};
use crate::storage::{Place, Result, Tx, Vault};
use domain::accounts::doors::Mark;
use domain::{Code, Field, Values};
use serde::{Deserialize, Serialize};

/// Why an application is where it is: a code, and the field it is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reason {
    pub code: Code,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<Field>,
}

/// An application without its answers.
#[derive(Clone, PartialEq, Eq)]
pub struct Summary {
    pub id: String,
    pub account_id: String,
    pub number: Option<String>,
    pub kind: String,
    pub status: String,
    pub stage: String,
    /// Grows with each change: pass it back to change what you saw.
    pub version: i64,
    pub submit_key: String,
    pub created_ms: i64,
    pub saved_ms: i64,
    /// `None` while it is being filled in.
    pub submitted_ms: Option<i64>,
    pub due_ms: Option<i64>,
    pub registration_number: Option<String>,
    pub reasons: Vec<Reason>,
}

/// `submit_key` is a secret of the form.
impl std::fmt::Debug for Summary {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Summary({}, {}/{}, version {})", self.id, self.status, self.stage, self.version)
    }
}

/// An application with its answers.
#[derive(Debug)]
pub struct Application {
    pub summary: Summary,
    pub answers: Values,
}

pub struct NewDraft<'a> {
    /// [`ids::public_id`](crate::storage::ids::public_id).
    pub id: &'a str,
    pub account_id: &'a str,
    pub kind: &'a str,
    pub status: &'a str,
    pub stage: &'a str,
    pub answers: &'a Values,
    /// Minted once per draft; makes submitting repeatable.
    pub submit_key: &'a str,
    pub now_ms: i64,
}

/// A draft as its owner changed it.
pub struct Draft<'a> {
    pub id: &'a str,
    pub account_id: &'a str,
    /// The version it was read as.
    pub version: i64,
    pub answers: &'a Values,
    pub now_ms: i64,
}

pub struct Submission<'a> {
    pub id: &'a str,
    pub account_id: &'a str,
    pub submit_key: &'a str,
    /// The number to give, unless it has one from an earlier submission.
    pub number: &'a str,
    /// The mailbox asked for.
    pub kind: &'a str,
    pub status: &'a str,
    pub stage: &'a str,
    /// Where clerks find it.
    pub place: &'a domain::staff::Place,
    pub answers: &'a Values,
    pub now_ms: i64,
    pub due_ms: Option<i64>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Submitted {
    /// This call submitted it.
    Now { number: String, version: i64 },
    /// An earlier call with this key did; its number.
    Before { number: String },
    /// The account has no such draft with this key.
    Missing,
}

/// A move after submission.
pub struct Move<'a> {
    pub id: &'a str,
    /// The version the decision was made on.
    pub version: i64,
    pub actor: &'a str,
    pub status: &'a str,
    pub stage: &'a str,
    pub reasons: &'a [Reason],
    pub due_ms: Option<i64>,
    /// Set at approval, kept otherwise.
    pub registration_number: Option<&'a str>,
    /// A new submit key, when the author is asked to submit again.
    pub submit_key: Option<&'a str>,
    pub now_ms: i64,
}

#[derive(sqlx_macros::FromRow)]
struct Row {
    id: String,
    account_id: String,
    number: Option<String>,
    kind: String,
    status: String,
    stage: String,
    version: i64,
    submit_key: String,
    created_ms: i64,
    saved_ms: i64,
    submitted_ms: Option<i64>,
    due_ms: Option<i64>,
    registration_number: Option<String>,
    reasons: String,
}

#[derive(sqlx_macros::FromRow)]
struct FullRow {
    #[sqlx(flatten)]
    row: Row,
    answers: Vec<u8>,
}

const fn answers_of(id: &str) -> Place<'_> {
    Place::new("applications", "answers", id)
}

impl Row {
    fn read(self) -> Result<Summary> {
        Ok(Summary {
            reasons: from_text("applications", "reasons", &self.id, &self.reasons)?,
            id: self.id,
            account_id: self.account_id,
            number: self.number,
            kind: self.kind,
            status: self.status,
            stage: self.stage,
            version: self.version,
            submit_key: self.submit_key,
            created_ms: self.created_ms,
            saved_ms: self.saved_ms,
            submitted_ms: self.submitted_ms,
            due_ms: self.due_ms,
            registration_number: self.registration_number,
        })
    }
}

impl FullRow {
    async fn read(self, tx: &mut Tx, vault: &Vault) -> Result<Application> {
        let summary = self.row.read()?;
        // Nothing is what erasure leaves; a sealed value is never empty.
        let answers = match self.answers.as_slice() {
            [] => Values::default(),
            sealed => open(tx, vault, &summary.account_id, answers_of(&summary.id), sealed).await?,
        };
        Ok(Application { summary, answers })
    }
}

/// Keeps a new draft. `Conflict("applications.submit_key")` when the key already has one.
pub async fn create(tx: &mut Tx, vault: &Vault, new: &NewDraft<'_>) -> Result<()> {
    let answers = seal(tx, vault, new.account_id, answers_of(new.id), new.answers).await?;
    exec!(
        tx,
        "INSERT INTO applications (id, account_id, kind, status, stage, answers, version, submit_key, created_ms, saved_ms, reasons)
         VALUES ($1, $2, $3, $4, $5, $6, 1, $7, $8, $8, '[]')",
        new.id, new.account_id, new.kind, new.status, new.stage, &answers, new.submit_key, new.now_ms
    )?;
    Ok(())
}

/// Notes of which application a draft has its answers.
pub async fn set_filed_after(tx: &mut Tx, id: &str, before: &str) -> Result<()> {
    exec!(tx, "UPDATE applications SET filed_after = $2 WHERE id = $1", id, before).map(drop)
}

/// Of which application this one had its answers, if of one.
pub async fn filed_after(tx: &mut Tx, id: &str) -> Result<Option<String>> {
    Ok(one!(tx, (Option<String>,), "SELECT filed_after FROM applications WHERE id = $1", id)?
        .and_then(|(before,)| before))
}

/// The account's application. Another's is as absent as one that never was.
pub async fn find_owned(tx: &mut Tx, vault: &Vault, id: &str, account_id: &str) -> Result<Option<Application>> {
    let row = one!(
        tx,
        FullRow,
        "SELECT id, account_id, number, kind, status, stage, version, submit_key, created_ms, saved_ms, submitted_ms,
           due_ms, registration_number, reasons, answers FROM applications WHERE id = $1 AND account_id = $2",
        id,
        account_id
    )?;
    match row {
        Some(row) => row.read(tx, vault).await.map(Some),
        None => Ok(None),
    }
}

/// For jobs and staff, who act on any application; never for a citizen's request.
pub async fn find(tx: &mut Tx, vault: &Vault, id: &str) -> Result<Option<Application>> {
    let row = one!(
        tx,
        FullRow,
        "SELECT id, account_id, number, kind, status, stage, version, submit_key, created_ms, saved_ms, submitted_ms,
           due_ms, registration_number, reasons, answers FROM applications WHERE id = $1",
        id
    )?;
    match row {
        Some(row) => row.read(tx, vault).await.map(Some),
        None => Ok(None),
    }
}

/// Whose it is.
pub async fn account_of(tx: &mut Tx, id: &str) -> Result<Option<String>> {
    Ok(one!(tx, (String,), "SELECT account_id FROM applications WHERE id = $1", id)?.map(|(account_id,)| account_id))
}

/// By its number, without answers: what `/verify/{receipt}` shows.
pub async fn find_by_number(tx: &mut Tx, number: &str) -> Result<Option<Summary>> {
    one!(
        tx,
        Row,
        "SELECT id, account_id, number, kind, status, stage, version, submit_key, created_ms, saved_ms, submitted_ms,
           due_ms, registration_number, reasons FROM applications WHERE number = $1",
        number
    )?
    .map(Row::read)
    .transpose()
}

/// The account's applications, newest first.
pub async fn list_owned(tx: &mut Tx, account_id: &str) -> Result<Vec<Summary>> {
    all!(
        tx,
        Row,
        "SELECT id, account_id, number, kind, status, stage, version, submit_key, created_ms, saved_ms, submitted_ms,
           due_ms, registration_number, reasons FROM applications WHERE account_id = $1 ORDER BY created_ms DESC, id",
        account_id
    )?
    .into_iter()
    .map(Row::read)
    .collect()
}

/// Saves a draft the owner saw as `version`: the new version. `None`: it changed elsewhere,
/// was submitted, or is not theirs.
pub async fn save_draft(tx: &mut Tx, vault: &Vault, d: &Draft<'_>) -> Result<Option<i64>> {
    let answers = seal(tx, vault, d.account_id, answers_of(d.id), d.answers).await?;
    let row = one!(
        tx,
        (i64,),
        "UPDATE applications SET answers = $4, saved_ms = $5, version = version + 1
         WHERE id = $1 AND account_id = $2 AND version = $3 AND (submitted_ms IS NULL OR status = 'needs_clarification')
         RETURNING version",
        d.id,
        d.account_id,
        d.version,
        &answers,
        d.now_ms
    )?;
    Ok(row.map(|(version,)| version))
}

/// Submits a draft once, however often it is called with its key, and writes the history row.
pub async fn submit(tx: &mut Tx, vault: &Vault, s: &Submission<'_>) -> Result<Submitted> {
    let answers = seal(tx, vault, s.account_id, answers_of(s.id), s.answers).await?;
    let row = one!(
        tx,
        (String, i64),
        "UPDATE applications SET number = COALESCE(number, $4), kind = $10, status = $5, stage = $6, answers = $7, reasons = '[]',
           submitted_ms = $8, saved_ms = $8, due_ms = $9, office_index = $11, region = $12, referred_ms = NULL, version = version + 1
         WHERE id = $1 AND account_id = $2 AND submit_key = $3 AND (submitted_ms IS NULL OR status = 'needs_clarification')
         RETURNING number, version",
        s.id, s.account_id, s.submit_key, s.number, s.status, s.stage, &answers, s.now_ms, s.due_ms, s.kind,
        s.place.office_index.as_deref(), s.place.region.as_deref()
    )?;
    if let Some((number, version)) = row {
        history::append(tx, s.id, version, s.now_ms, "citizen", s.status, s.stage, "[]");
        return Ok(Submitted::Now { number, version });
    }
    let row = one!(
        tx,
        (String,),
        "SELECT number FROM applications
         WHERE id = $1 AND account_id = $2 AND submit_key = $3 AND submitted_ms IS NOT NULL AND number IS NOT NULL",
        s.id,
        s.account_id,
        s.submit_key
    )?;
    Ok(row.map_or(Submitted::Missing, |(number,)| Submitted::Before { number }))
}

/// Moves a submitted application and writes the history row: the new version. `None`: somebody moved
/// it since `version`; look again. `Conflict("applications.registration_number")`: that number is taken.
pub async fn advance(tx: &mut Tx, m: &Move<'_>) -> Result<Option<i64>> {
    let reasons = to_text("applications", "reasons", m.id, &m.reasons)?;
    let row = one!(
        tx,
        (i64,),
        "UPDATE applications SET status = $3, stage = $4, reasons = $5, due_ms = $6,
           registration_number = COALESCE($7, registration_number), submit_key = COALESCE($8, submit_key), version = version + 1
         WHERE id = $1 AND version = $2 AND submitted_ms IS NOT NULL RETURNING version",
        m.id,
        m.version,
        m.status,
        m.stage,
        &reasons,
        m.due_ms,
        m.registration_number,
        m.submit_key
    )?;
    let Some((version,)) = row else {
        return Ok(None);
    };
    history::append(tx, m.id, version, m.now_ms, m.actor, m.status, m.stage, &reasons);
    Ok(Some(version))
}

/// Notes that a clerk has to look, for an application in review: whether it was.
pub async fn refer(tx: &mut Tx, id: &str, version: i64, now_ms: i64) -> Result<bool> {
    let done = exec!(
        tx,
        "UPDATE applications SET referred_ms = COALESCE(referred_ms, $3)
         WHERE id = $1 AND version = $2 AND status = 'in_review'",
        id,
        version,
        now_ms
    )?;
    Ok(done == 1)
}

/// Keeps which of the answers just sent came from a provider of identities (E11). No marks leave nothing.
pub async fn set_sources(tx: &mut Tx, id: &str, marks: &[Mark]) -> Result<()> {
    let text = if marks.is_empty() { None } else { Some(to_text("applications", "sources", id, &marks)?) };
    exec!(tx, "UPDATE applications SET sources = $2 WHERE id = $1", id, text)?;
    Ok(())
}

/// As they were when it was last sent.
pub async fn sources(tx: &mut Tx, id: &str) -> Result<Vec<Mark>> {
    let row = one!(tx, (Option<String>,), "SELECT sources FROM applications WHERE id = $1", id)?;
    match row.and_then(|(text,)| text) {
        Some(text) => from_text("applications", "sources", id, &text),
        None => Ok(Vec::new()),
    }
}

/// What clerks look at, with the end of its term.
pub async fn terms(tx: &mut Tx) -> Result<Vec<(String, i64)>> {
    all!(
        tx,
        (String, i64),
        "SELECT id, due_ms FROM applications
         WHERE referred_ms IS NOT NULL AND status = 'in_review' AND due_ms IS NOT NULL"
    )
}
