//! Moving an application: the domain's state in, one row updated and one history row out.

use super::{Job, enqueue, partners};
use crate::storage::applications::{Move, Reason as Stored, Summary, advance};
use crate::storage::{Result, Tx, ids};
use domain::applications::{Reason, State};
use domain::clock::Timestamp;

/// Writes a new state over the version that was read: the new version, or `None` when somebody moved it since.
pub async fn apply(
    tx: &mut Tx,
    summary: &Summary,
    state: &State,
    actor: &str,
    registration_number: Option<&str>,
    now: Timestamp,
) -> Result<Option<i64>> {
    let (Some(status), Some(stage)) = (state.status(), state.stage()) else {
        return Ok(None);
    };
    // An asked person submits under a new key, so that a late repeat of the old request does nothing.
    let submit_key = status.reopens().then(ids::token);
    let to = Move {
        id: &summary.id,
        version: summary.version,
        actor,
        status: status.name(),
        stage: stage.name(),
        reasons: &stored(state.reasons()),
        due_ms: state.until().map(|t| t.0).or(summary.due_ms),
        registration_number,
        submit_key: submit_key.as_deref(),
        now_ms: now.0,
    };
    let version = advance(tx, &to).await?;
    if let Some(version) = version {
        partners::moved(tx, summary, state, version, now).await?;
        if status.reopens() {
            enqueue(tx, &Job::IssueReceipt { id: summary.id.clone() }, None).await?;
        }
    }
    Ok(version)
}

/// Reasons as the database keeps them: one row a field.
fn stored(reasons: &[Reason]) -> Vec<Stored> {
    let rows = |r: &Reason| -> Vec<Stored> {
        match r.fields.as_slice() {
            [] => vec![Stored { code: r.code, field: None }],
            fields => fields.iter().map(|f| Stored { code: r.code, field: Some(*f) }).collect(),
        }
    };
    reasons.iter().flat_map(rows).collect()
}

/// And back: one reason a code.
pub fn reasons(rows: &[Stored]) -> Vec<Reason> {
    let mut all: Vec<Reason> = Vec::new();
    for row in rows {
        match all.iter_mut().find(|r| r.code == row.code) {
            Some(reason) => reason.fields.extend(row.field),
            None => all.push(Reason { code: row.code, fields: row.field.into_iter().collect() }),
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{Code, Field};

    #[test]
    fn reasons_survive_the_database() {
        let all = vec![
            Reason::new(Code::RegistryPassportMismatch, &[Field::PassportSeries, Field::PassportNumber]),
            Reason::new(Code::AccountRestricted, &[]),
        ];
        assert_eq!(reasons(&stored(&all)), all);
    }
}
