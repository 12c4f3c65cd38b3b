//! What each registry said about an application.

use crate::storage::sql::{all, defer, exec};
use crate::storage::{Result, Tx};

#[derive(Debug, Clone, PartialEq, Eq, sqlx_macros::FromRow)]
pub struct Check {
    pub registry: String,
    /// `None` until the registry answered.
    pub outcome: Option<String>,
    pub asked_ms: i64,
    pub answered_ms: Option<i64>,
}

/// Notes that the registry is being asked. An answer that is there already stays.
pub async fn ask(tx: &mut Tx, application_id: &str, registry: &str, now_ms: i64) -> Result<()> {
    exec!(
        tx,
        "INSERT INTO checks (application_id, registry, asked_ms) VALUES ($1, $2, $3)
         ON CONFLICT (application_id, registry) DO UPDATE SET asked_ms = excluded.asked_ms WHERE checks.outcome IS NULL",
        application_id, registry, now_ms
    )?;
    Ok(())
}

/// Notes an answer. The first one stays: `false` when there was one.
pub async fn answer(tx: &mut Tx, application_id: &str, registry: &str, outcome: &str, now_ms: i64) -> Result<bool> {
    let done = exec!(
        tx,
        "INSERT INTO checks (application_id, registry, outcome, asked_ms, answered_ms) VALUES ($1, $2, $3, $4, $4)
         ON CONFLICT (application_id, registry) DO UPDATE SET outcome = excluded.outcome, answered_ms = excluded.answered_ms
         WHERE checks.outcome IS NULL",
        application_id, registry, outcome, now_ms
    )?;
    Ok(done == 1)
}

/// All checks of the application, by registry.
pub async fn list(tx: &mut Tx, application_id: &str) -> Result<Vec<Check>> {
    all!(
        tx,
        Check,
        "SELECT registry, outcome, asked_ms, answered_ms FROM checks WHERE application_id = $1 ORDER BY registry",
        application_id
    )
}

/// Forgets all checks: corrected data is checked anew.
pub fn clear(tx: &mut Tx, application_id: &str) {
    defer!(tx, "DELETE FROM checks WHERE application_id = $1", application_id);
}
