//! Appeals against refusals, and every move of theirs.

use super::{open, seal};
use crate::storage::sql::{all, exec, one};
use crate::storage::{Place, Result, StorageError, Tx, Vault};
use domain::appeals::Stage;

pub struct NewAppeal<'a> {
    /// [`ids::inner_id`](crate::storage::ids::inner_id): nobody sees it, an appeal is found by its application.
    pub id: &'a str,
    pub application_id: &'a str,
    pub account_id: &'a str,
    /// The refusal's row in history.
    pub refusal_seq: i64,
    /// Who refused; `None`: the house by itself.
    pub refused_by: Option<&'a str>,
    pub grounds: &'a str,
    pub filed_ms: i64,
    pub due_ms: i64,
}

#[derive(Clone, PartialEq, Eq)]
pub struct Appeal {
    pub id: String,
    pub application_id: String,
    pub account_id: String,
    pub refusal_seq: i64,
    pub refused_by: Option<String>,
    pub stage: Stage,
    /// Grows with each move: pass the appeal back to move what you saw.
    pub version: i64,
    pub grounds: String,
    /// The words of the decision.
    pub answer: Option<String>,
    /// Who has taken or decided it.
    pub clerk: Option<String>,
    pub filed_ms: i64,
    /// The term promised first.
    pub due_ms: i64,
    /// The date told since, when that was missed.
    pub promised_ms: Option<i64>,
}

impl Appeal {
    /// The term in force.
    pub fn term_ms(&self) -> i64 {
        self.promised_ms.unwrap_or(self.due_ms)
    }
}

/// Grounds are what a person wrote.
impl std::fmt::Debug for Appeal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Appeal({}, {})", self.application_id, self.stage.name())
    }
}

/// One move.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Move {
    pub at_ms: i64,
    /// `citizen` or `staff:<id>`.
    pub actor: String,
    pub stage: Stage,
}

/// Where to, and by whom.
pub struct Step<'a> {
    pub to: Stage,
    pub actor: &'a str,
    pub clerk: Option<&'a str>,
    pub answer: Option<&'a str>,
    pub now_ms: i64,
}

#[derive(sqlx_macros::FromRow)]
struct Row {
    id: String,
    application_id: String,
    account_id: String,
    refusal_seq: i64,
    refused_by: Option<String>,
    status: String,
    version: i64,
    grounds: Vec<u8>,
    answer: Option<Vec<u8>>,
    clerk: Option<String>,
    filed_ms: i64,
    due_ms: i64,
    promised_ms: Option<i64>,
}

const fn grounds_of(id: &str) -> Place<'_> {
    Place::new("appeals", "grounds", id)
}

const fn answer_of(id: &str) -> Place<'_> {
    Place::new("appeals", "answer", id)
}

fn stage(name: &str, row: &str) -> Result<Stage> {
    Stage::from_name(name).ok_or_else(|| StorageError::bad("appeals", "status", row))
}

impl Row {
    async fn read(self, tx: &mut Tx, vault: &Vault) -> Result<Appeal> {
        let answer = match &self.answer {
            Some(sealed) => Some(open(tx, vault, &self.account_id, answer_of(&self.id), sealed).await?),
            None => None,
        };
        Ok(Appeal {
            grounds: open(tx, vault, &self.account_id, grounds_of(&self.id), &self.grounds).await?,
            stage: stage(&self.status, &self.id)?,
            answer,
            id: self.id,
            application_id: self.application_id,
            account_id: self.account_id,
            refusal_seq: self.refusal_seq,
            refused_by: self.refused_by,
            version: self.version,
            clerk: self.clerk,
            filed_ms: self.filed_ms,
            due_ms: self.due_ms,
            promised_ms: self.promised_ms,
        })
    }
}

/// Files an appeal. `false`: this refusal has one; of two forms at the same moment one comes through.
pub async fn file(tx: &mut Tx, vault: &Vault, new: &NewAppeal<'_>) -> Result<bool> {
    let grounds = seal(tx, vault, new.account_id, grounds_of(new.id), &new.grounds).await?;
    let done = exec!(
        tx,
        "INSERT INTO appeals (id, application_id, account_id, refusal_seq, refused_by, status, version, grounds, filed_ms, due_ms)
         VALUES ($1, $2, $3, $4, $5, 'submitted', 1, $6, $7, $8) ON CONFLICT (application_id, refusal_seq) DO NOTHING",
        new.id, new.application_id, new.account_id, new.refusal_seq, new.refused_by, &grounds, new.filed_ms, new.due_ms
    )?;
    if done == 1 {
        note(tx, new.id, 1, new.filed_ms, "citizen", Stage::Submitted).await?;
    }
    Ok(done == 1)
}

async fn note(tx: &mut Tx, id: &str, seq: i64, at_ms: i64, actor: &str, stage: Stage) -> Result<()> {
    exec!(
        tx,
        "INSERT INTO appeal_moves (appeal_id, seq, at_ms, actor, status) VALUES ($1, $2, $3, $4, $5)",
        id,
        seq,
        at_ms,
        actor,
        stage.name()
    )
    .map(drop)
}

/// The newest appeal about the application. Check first whose application it is.
pub async fn newest(tx: &mut Tx, vault: &Vault, application_id: &str) -> Result<Option<Appeal>> {
    let row = one!(
        tx,
        Row,
        "SELECT id, application_id, account_id, refusal_seq, refused_by, status, version, grounds, answer, clerk, filed_ms, due_ms,
           promised_ms
         FROM appeals WHERE application_id = $1 ORDER BY refusal_seq DESC LIMIT 1",
        application_id
    )?;
    match row {
        Some(row) => row.read(tx, vault).await.map(Some),
        None => Ok(None),
    }
}

/// All appeals of the account, oldest first.
pub async fn list_owned(tx: &mut Tx, vault: &Vault, account_id: &str) -> Result<Vec<Appeal>> {
    let rows = all!(
        tx,
        Row,
        "SELECT a.id, a.application_id, a.account_id, a.refusal_seq, a.refused_by, a.status, a.version, a.grounds, a.answer,
           a.clerk, a.filed_ms, a.due_ms, a.promised_ms
         FROM applications c JOIN appeals a ON a.application_id = c.id
         WHERE c.account_id = $1 AND a.account_id = $1 ORDER BY a.filed_ms, a.id",
        account_id
    )?;
    let mut appeals = Vec::with_capacity(rows.len());
    for row in rows {
        appeals.push(row.read(tx, vault).await?);
    }
    Ok(appeals)
}

/// The terms in force of the appeals that are open: application and moment.
pub async fn terms(tx: &mut Tx) -> Result<Vec<(String, i64)>> {
    let sql = "SELECT application_id, COALESCE(promised_ms, due_ms) FROM appeals WHERE status IN ('submitted', 'taken') ORDER BY 2, 1";
    all!(tx, (String, i64), sql)
}

/// The moves of an appeal, oldest first.
pub async fn moves(tx: &mut Tx, id: &str) -> Result<Vec<Move>> {
    let sql = "SELECT at_ms, actor, status FROM appeal_moves WHERE appeal_id = $1 ORDER BY seq";
    let rows = all!(tx, (i64, String, String), sql, id)?;
    rows.into_iter().map(|(at_ms, actor, name)| Ok(Move { at_ms, actor, stage: stage(&name, id)? })).collect()
}

/// Moves an appeal that is still open, as it was read: the new version. `None`: somebody moved it since.
pub async fn advance(tx: &mut Tx, vault: &Vault, appeal: &Appeal, step: &Step<'_>) -> Result<Option<i64>> {
    let answer = match step.answer {
        Some(words) => Some(seal(tx, vault, &appeal.account_id, answer_of(&appeal.id), &words).await?),
        None => None,
    };
    let row = one!(
        tx,
        (i64,),
        "UPDATE appeals SET status = $3, clerk = COALESCE($4, clerk), answer = COALESCE($5, answer), version = version + 1
         WHERE id = $1 AND version = $2 AND status IN ('submitted', 'taken') RETURNING version",
        &appeal.id,
        appeal.version,
        step.to.name(),
        step.clerk,
        answer.as_deref()
    )?;
    let Some((version,)) = row else { return Ok(None) };
    note(tx, &appeal.id, version, step.now_ms, step.actor, step.to).await?;
    Ok(Some(version))
}

/// Replaces the term an appeal was read with by a new one. `false`: it is decided, or has another term by now.
pub async fn extend(tx: &mut Tx, appeal: &Appeal, promised_ms: i64) -> Result<bool> {
    let done = exec!(
        tx,
        "UPDATE appeals SET promised_ms = $3
         WHERE id = $1 AND COALESCE(promised_ms, due_ms) = $2 AND status IN ('submitted', 'taken')",
        &appeal.id,
        appeal.term_ms(),
        promised_ms
    )?;
    Ok(done == 1)
}

/// Whether this member of staff refused the application, and an appeal showed that it was wrong.
pub async fn overruled(tx: &mut Tx, application_id: &str, staff_id: &str) -> Result<bool> {
    let sql = "SELECT id FROM appeals WHERE application_id = $1 AND refused_by = $2 AND status = 'upheld' LIMIT 1";
    Ok(one!(tx, (String,), sql, application_id, staff_id)?.is_some())
}
