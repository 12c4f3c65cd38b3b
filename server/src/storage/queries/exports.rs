//! What auditors take with them, page by page: what came in, what clerks decided, what the staff did. Nobody's data: numbers,
//! places, states, moments, logins of staff.

use super::queue::in_place;
use crate::storage::sql::all;
use crate::storage::{Result, Tx};
use domain::staff::{Place, Scope, Scopes};

/// From one moment to before another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    pub from_ms: i64,
    pub to_ms: i64,
}

#[derive(Debug, Clone, PartialEq, Eq, sqlx_macros::FromRow)]
pub struct ApplicationRow {
    pub id: String,
    pub number: Option<String>,
    pub kind: String,
    pub status: String,
    pub stage: String,
    pub submitted_ms: i64,
    pub due_ms: Option<i64>,
    pub referred_ms: Option<i64>,
    pub region: Option<String>,
    pub office_index: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, sqlx_macros::FromRow)]
pub struct ActRow {
    pub application_id: String,
    pub seq: i64,
    pub number: Option<String>,
    pub staff_id: String,
    pub act: String,
    pub at_ms: i64,
    pub region: Option<String>,
    pub office_index: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, sqlx_macros::FromRow)]
pub struct StaffRow {
    pub id: String,
    pub at_ms: i64,
    pub actor: String,
    pub act: String,
    object: String,
    detail: String,
    /// It is about a citizen, or an application.
    of_citizen: bool,
    region: Option<String>,
    office_index: Option<String>,
}

impl StaffRow {
    /// Object and detail; empty when they are about an application beyond the scopes.
    pub fn within(&self, scopes: &Scopes) -> (&str, &str) {
        let place = Place { region: self.region.clone(), office_index: self.office_index.clone() };
        match self.of_citizen && !scopes.covers(&place) {
            true => ("", ""),
            false => (&self.object, &self.detail),
        }
    }
}

/// Applications by their submission; `after` the last row of the page before.
pub async fn applications(
    tx: &mut Tx,
    scope: &Scope,
    span: Span,
    after: (i64, &str),
    limit: i64,
) -> Result<Vec<ApplicationRow>> {
    in_place!(
        tx,
        ApplicationRow,
        scope,
        "SELECT a.id, a.number, a.kind, a.status, a.stage, a.submitted_ms, a.due_ms, a.referred_ms, a.region, a.office_index
         FROM applications a WHERE a.submitted_ms IS NOT NULL AND",
        "AND a.submitted_ms >= $2 AND a.submitted_ms < $3 AND (a.submitted_ms, a.id) > ($4, $5)
         ORDER BY a.submitted_ms, a.id LIMIT $6",
        span.from_ms,
        span.to_ms,
        after.0,
        after.1,
        limit
    )
}

/// Decisions of clerks by their moment.
pub async fn acts(tx: &mut Tx, scope: &Scope, span: Span, after: (i64, &str, i64), limit: i64) -> Result<Vec<ActRow>> {
    in_place!(
        tx,
        ActRow,
        scope,
        "SELECT a.application_id, a.seq, c.number, a.staff_id, a.act, a.at_ms, a.region, a.office_index
         FROM acts a JOIN applications c ON c.id = a.application_id WHERE",
        "AND a.at_ms >= $2 AND a.at_ms < $3 AND (a.at_ms, a.application_id, a.seq) > ($4, $5, $6)
         ORDER BY a.at_ms, a.application_id, a.seq LIMIT $7",
        span.from_ms,
        span.to_ms,
        after.0,
        after.1,
        after.2,
        limit
    )
}

macro_rules! staff_rows {
    ($rest:literal) => {
        concat!(
            "SELECT j.id, j.at_ms, j.actor, j.act, j.object, j.detail, a.region, a.office_index,
               (j.account_id IS NOT NULL OR a.id IS NOT NULL) AS of_citizen
             FROM journal j LEFT JOIN applications a ON a.number = j.object WHERE ",
            $rest
        )
    };
}

/// What the staff did, all of them.
pub async fn staff(tx: &mut Tx, span: Span, after: (i64, &str), limit: i64) -> Result<Vec<StaffRow>> {
    all!(
        tx,
        StaffRow,
        staff_rows!(
            "j.actor LIKE 'staff:%' AND j.at_ms >= $1 AND j.at_ms < $2 AND (j.at_ms, j.id) > ($3, $4)
             ORDER BY j.at_ms, j.id LIMIT $5"
        ),
        span.from_ms,
        span.to_ms,
        after.0,
        after.1,
        limit
    )
}

/// What one of them did, newest first.
pub async fn of_member(tx: &mut Tx, staff_id: &str, limit: i64) -> Result<Vec<StaffRow>> {
    let actor = format!("staff:{staff_id}");
    all!(tx, StaffRow, staff_rows!("j.actor = $1 ORDER BY j.at_ms DESC, j.id DESC LIMIT $2"), &actor, limit)
}
