//! Every move of an application, as its card shows them.

use super::applications::Reason;
use super::from_text;
use crate::storage::sql::{all, defer};
use crate::storage::{Result, Tx};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The application's version after the move.
    pub seq: i64,
    pub at_ms: i64,
    /// `citizen`, `system`, or `staff:<id>`.
    pub actor: String,
    pub status: String,
    pub stage: String,
    pub reasons: Vec<Reason>,
}

#[derive(sqlx_macros::FromRow)]
struct Row {
    seq: i64,
    at_ms: i64,
    actor: String,
    status: String,
    stage: String,
    reasons: String,
}

#[expect(clippy::too_many_arguments, reason = "one row of a table, used in this folder only")]
pub(super) fn append(
    tx: &mut Tx,
    application_id: &str,
    seq: i64,
    at_ms: i64,
    actor: &str,
    status: &str,
    stage: &str,
    reasons: &str,
) {
    defer!(
        tx,
        "INSERT INTO history (application_id, seq, at_ms, actor, status, stage, reasons) VALUES ($1, $2, $3, $4, $5, $6, $7)",
        application_id,
        seq,
        at_ms,
        actor,
        status,
        stage,
        reasons
    );
}

/// The moves of the account's application, oldest first; empty for another's.
pub async fn list_owned(tx: &mut Tx, application_id: &str, account_id: &str) -> Result<Vec<Entry>> {
    tx.flush().await?;
    let rows = all!(
        tx,
        Row,
        "SELECT h.seq, h.at_ms, h.actor, h.status, h.stage, h.reasons
         FROM history h JOIN applications a ON a.id = h.application_id
         WHERE h.application_id = $1 AND a.account_id = $2 ORDER BY h.seq",
        application_id,
        account_id
    )?;
    rows.into_iter()
        .map(|row| {
            Ok(Entry {
                reasons: from_text("history", "reasons", application_id, &row.reasons)?,
                seq: row.seq,
                at_ms: row.at_ms,
                actor: row.actor,
                status: row.status,
                stage: row.stage,
            })
        })
        .collect()
}
