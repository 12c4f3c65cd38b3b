//! Rights of staff: proposed by one, in force once another has confirmed them.

use crate::storage::sql::{all, exec, one};
use crate::storage::{Result, StorageError, Tx, ids};
use domain::staff::{Grant, Role, Scope};

/// Who proposes on the command line.
pub const CONSOLE: &str = "console";
/// Who confirms the very first administrator: nobody else is there yet.
pub const INSTALLATION: &str = "installation";

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    pub id: String,
    pub staff_id: String,
    pub grant: Grant,
    pub proposed_by: String,
    pub proposed_ms: i64,
    /// `None`: not in force yet.
    pub confirmed_by: Option<String>,
    pub confirmed_ms: Option<i64>,
    /// Who wants it to end.
    pub ending_by: Option<String>,
}

#[derive(sqlx_macros::FromRow)]
struct Row {
    id: String,
    staff_id: String,
    role: String,
    scope: String,
    proposed_by: String,
    proposed_ms: i64,
    confirmed_by: Option<String>,
    confirmed_ms: Option<i64>,
    ending_by: Option<String>,
}

impl Row {
    fn read(self) -> Result<Proposal> {
        let bad = |column| StorageError::bad("staff_grants", column, &*self.id);
        Ok(Proposal {
            grant: Grant {
                role: Role::from_name(&self.role).ok_or_else(|| bad("role"))?,
                scope: Scope::from_name(&self.scope).ok_or_else(|| bad("scope"))?,
            },
            id: self.id,
            staff_id: self.staff_id,
            proposed_by: self.proposed_by,
            proposed_ms: self.proposed_ms,
            confirmed_by: self.confirmed_by,
            confirmed_ms: self.confirmed_ms,
            ending_by: self.ending_by,
        })
    }
}

/// Proposes a right: its id. `Conflict("staff_grants.role")` when it is in force or proposed already.
pub async fn propose(tx: &mut Tx, staff_id: &str, grant: &Grant, by: &str, now_ms: i64) -> Result<String> {
    let id = ids::public_id();
    exec!(
        tx,
        "INSERT INTO staff_grants (id, staff_id, role, scope, proposed_by, proposed_ms) VALUES ($1, $2, $3, $4, $5, $6)",
        &id,
        staff_id,
        grant.role.name(),
        grant.scope.name(),
        by,
        now_ms
    )?;
    Ok(id)
}

/// A proposal or a right that has not ended.
pub async fn find(tx: &mut Tx, id: &str) -> Result<Option<Proposal>> {
    one!(
        tx,
        Row,
        "SELECT id, staff_id, role, scope, proposed_by, proposed_ms, confirmed_by, confirmed_ms, ending_by FROM staff_grants
         WHERE id = $1 AND ended_ms IS NULL",
        id
    )?
    .map(Row::read)
    .transpose()
}

/// Puts a proposal in force; the database itself refuses the proposer and the receiver. Whether it waited.
pub async fn confirm(tx: &mut Tx, id: &str, by: &str, now_ms: i64) -> Result<bool> {
    let done = exec!(
        tx,
        "UPDATE staff_grants SET confirmed_by = $2, confirmed_ms = $3
         WHERE id = $1 AND confirmed_ms IS NULL AND ended_ms IS NULL",
        id,
        by,
        now_ms
    )?;
    Ok(done == 1)
}

/// Asks that a right in force end: whether nobody had asked before.
pub async fn ask_end(tx: &mut Tx, id: &str, by: &str, now_ms: i64) -> Result<bool> {
    let done = exec!(
        tx,
        "UPDATE staff_grants SET ending_by = $2, ending_ms = $3
         WHERE id = $1 AND confirmed_ms IS NOT NULL AND ended_ms IS NULL AND ending_by IS NULL",
        id,
        by,
        now_ms
    )?;
    Ok(done == 1)
}

/// Turns a proposal down, or ends a right that another than this one, and than its holder, has asked to end: whether it
/// ended.
pub async fn end(tx: &mut Tx, id: &str, by: &str, now_ms: i64) -> Result<bool> {
    let done = exec!(
        tx,
        "UPDATE staff_grants SET ended_by = $2, ended_ms = $3
         WHERE id = $1 AND ended_ms IS NULL AND (confirmed_ms IS NULL OR (ending_by <> $2 AND staff_id <> $2))",
        id,
        by,
        now_ms
    )?;
    Ok(done == 1)
}

/// The rights in force of one member of staff.
pub async fn in_force(tx: &mut Tx, staff_id: &str) -> Result<Vec<Grant>> {
    let rows = all!(
        tx,
        Row,
        "SELECT id, staff_id, role, scope, proposed_by, proposed_ms, confirmed_by, confirmed_ms, ending_by FROM staff_grants
         WHERE staff_id = $1 AND confirmed_ms IS NOT NULL AND ended_ms IS NULL ORDER BY role, scope",
        staff_id
    )?;
    rows.into_iter().map(|row| row.read().map(|p| p.grant)).collect()
}

/// Everybody's rights and proposals that have not ended, oldest first.
pub async fn list(tx: &mut Tx) -> Result<Vec<Proposal>> {
    all!(
        tx,
        Row,
        "SELECT id, staff_id, role, scope, proposed_by, proposed_ms, confirmed_by, confirmed_ms, ending_by FROM staff_grants
         WHERE ended_ms IS NULL ORDER BY proposed_ms, id"
    )?
    .into_iter()
    .map(Row::read)
    .collect()
}

/// Whether anybody can give rights at all; without one the command line makes the first.
pub async fn has_administrator(tx: &mut Tx) -> Result<bool> {
    let row = one!(
        tx,
        (String,),
        "SELECT g.id FROM staff_grants g JOIN staff s ON s.id = g.staff_id
         WHERE g.role = 'administrator' AND g.confirmed_ms IS NOT NULL AND g.ended_ms IS NULL AND s.disabled_ms IS NULL LIMIT 1"
    )?;
    Ok(row.is_some())
}
