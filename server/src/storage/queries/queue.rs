//! The clerks' queue: what waits for a person, the nearest term first. Each scope is one search over an index of what
//! waits, whatever the number of applications there are.

use crate::storage::{Result, Tx};
use domain::clock::Timestamp;
use domain::staff::Scope;

/// A file that waits. Nobody's data.
#[derive(Debug, Clone, PartialEq, Eq, sqlx_macros::FromRow)]
pub struct Waiting {
    pub id: String,
    pub number: String,
    pub kind: String,
    pub stage: String,
    pub submitted_ms: i64,
    pub due_ms: i64,
    pub referred_ms: i64,
    pub region: Option<String>,
    pub office_index: Option<String>,
    /// Who held it last, and whether that still holds.
    pub holder: Option<String>,
    pub taken_ms: Option<i64>,
    pub until_ms: Option<i64>,
}

/// Which of what waits.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// A kind of mailbox; empty: any.
    pub kind: String,
    /// Due before this moment.
    pub due_before_ms: Option<i64>,
    /// Held by this clerk, or held by nobody else.
    pub hold: HoldFilter,
    /// Only what comes after this row.
    pub after: Option<(i64, String)>,
}

impl Filter {
    fn after(&self) -> (i64, &str) {
        self.after.as_ref().map_or((i64::MIN, ""), |(due, id)| (*due, id))
    }
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum HoldFilter {
    #[default]
    Any,
    /// Free, or held by the clerk.
    OpenTo(String),
    /// Held by the clerk.
    By(String),
    /// Free, and last held by the clerk: answers to the clerk's own questions.
    Returned(String),
}

/// One text for every reach; the first value is the place.
macro_rules! in_place {
    ($tx:expr, $row:ty, $scope:expr, $before:literal, $after:literal $(, $arg:expr)* $(,)?) => {
        match $scope {
            domain::staff::Scope::Everywhere => {
                crate::storage::sql::all!($tx, $row, concat!($before, " $1 = '' ", $after), "" $(, $arg)*)
            }
            domain::staff::Scope::Region(code) => {
                crate::storage::sql::all!($tx, $row, concat!($before, " a.region = $1 ", $after), code $(, $arg)*)
            }
            domain::staff::Scope::Office(index) => {
                crate::storage::sql::all!($tx, $row, concat!($before, " a.office_index = $1 ", $after), index $(, $arg)*)
            }
        }
    };
}
pub(super) use in_place;

/// What waits in any of the scopes, each file once, the nearest term first.
pub async fn list(tx: &mut Tx, scopes: &[Scope], filter: &Filter, limit: i64, now: Timestamp) -> Result<Vec<Waiting>> {
    let mut found: Vec<Waiting> = Vec::new();
    for scope in scopes {
        found.extend(one_scope(tx, scope, filter, limit, now).await?);
    }
    found.sort_by(|a, b| (a.due_ms, &a.id).cmp(&(b.due_ms, &b.id)));
    found.dedup_by(|a, b| a.id == b.id);
    found.truncate(usize::try_from(limit).unwrap_or(0));
    Ok(found)
}

async fn one_scope(tx: &mut Tx, scope: &Scope, f: &Filter, limit: i64, now: Timestamp) -> Result<Vec<Waiting>> {
    match &f.hold {
        HoldFilter::Any => waiting(tx, scope, f, "", limit, now).await,
        HoldFilter::OpenTo(clerk) => waiting(tx, scope, f, clerk, limit, now).await,
        HoldFilter::By(clerk) => of_clerk(tx, scope, f, (clerk, "by"), limit, now).await,
        HoldFilter::Returned(clerk) => of_clerk(tx, scope, f, (clerk, "returned"), limit, now).await,
    }
}

/// Along the terms, until enough are found. `open_to` empty: whoever holds them.
async fn waiting(
    tx: &mut Tx,
    scope: &Scope,
    f: &Filter,
    open_to: &str,
    limit: i64,
    now: Timestamp,
) -> Result<Vec<Waiting>> {
    let (after_due, after_id) = f.after();
    in_place!(
        tx,
        Waiting,
        scope,
        "SELECT a.id, a.number, a.kind, a.stage, a.submitted_ms, a.due_ms, a.referred_ms, a.region, a.office_index,
           h.holder, h.taken_ms, h.until_ms
         FROM applications a LEFT JOIN assignments h ON h.application_id = a.id
         WHERE a.referred_ms IS NOT NULL AND a.status = 'in_review' AND",
        "AND (a.due_ms, a.id) > ($2, $3) AND a.due_ms < $4 AND ($5 = '' OR a.kind = $5)
           AND ($6 = '' OR h.until_ms IS NULL OR h.until_ms <= $7 OR h.holder = $6)
         ORDER BY a.due_ms, a.id LIMIT $8",
        after_due,
        after_id,
        f.due_before_ms.unwrap_or(i64::MAX),
        &f.kind,
        open_to,
        now.0,
        limit,
    )
}

/// The few a clerk has held: from the holds, not from all that waits.
async fn of_clerk(
    tx: &mut Tx,
    scope: &Scope,
    f: &Filter,
    (clerk, mode): (&str, &str),
    limit: i64,
    now: Timestamp,
) -> Result<Vec<Waiting>> {
    let (after_due, after_id) = f.after();
    in_place!(
        tx,
        Waiting,
        scope,
        "SELECT a.id, a.number, a.kind, a.stage, a.submitted_ms, a.due_ms, a.referred_ms, a.region, a.office_index,
           h.holder, h.taken_ms, h.until_ms
         FROM assignments h JOIN applications a ON a.id = h.application_id
         WHERE a.referred_ms IS NOT NULL AND a.status = 'in_review' AND",
        "AND (a.due_ms, a.id) > ($2, $3) AND a.due_ms < $4 AND ($5 = '' OR a.kind = $5)
           AND h.holder = $6 AND (($7 = 'by' AND h.until_ms > $8) OR ($7 = 'returned' AND h.until_ms <= $8))
         ORDER BY a.due_ms, a.id LIMIT $9",
        after_due,
        after_id,
        f.due_before_ms.unwrap_or(i64::MAX),
        &f.kind,
        clerk,
        mode,
        now.0,
        limit,
    )
}

/// Appeals that wait, the nearest term first; those against one's own refusals are not one's to decide and left out.
pub async fn appeals(
    tx: &mut Tx,
    scopes: &[Scope],
    filter: &Filter,
    clerk: &str,
    limit: i64,
    now: Timestamp,
) -> Result<Vec<Waiting>> {
    let mut found: Vec<Waiting> = Vec::new();
    for scope in scopes {
        found.extend(appeals_in(tx, scope, filter, clerk, limit, now).await?);
    }
    found.sort_by(|a, b| (a.due_ms, &a.id).cmp(&(b.due_ms, &b.id)));
    found.dedup_by(|a, b| a.id == b.id);
    found.truncate(usize::try_from(limit).unwrap_or(0));
    Ok(found)
}

async fn appeals_in(
    tx: &mut Tx,
    scope: &Scope,
    f: &Filter,
    clerk: &str,
    limit: i64,
    now: Timestamp,
) -> Result<Vec<Waiting>> {
    let (after_due, after_id) = f.after.as_ref().map_or((i64::MIN, ""), |(due, id)| (*due, id));
    let mode = match &f.hold {
        HoldFilter::Any => "any",
        HoldFilter::OpenTo(_) => "open",
        HoldFilter::By(_) => "by",
        HoldFilter::Returned(_) => "returned",
    };
    in_place!(
        tx,
        Waiting,
        scope,
        "SELECT a.id, a.number, a.kind, a.stage, p.filed_ms AS submitted_ms, p.due_ms, p.filed_ms AS referred_ms, a.region,
           a.office_index, h.holder, h.taken_ms, h.until_ms
         FROM appeals p JOIN applications a ON a.id = p.application_id
           LEFT JOIN assignments h ON h.application_id = a.id
         WHERE p.status IN ('submitted', 'taken') AND",
        "AND (p.due_ms, p.application_id) > ($2, $3) AND p.due_ms < $4 AND ($5 = '' OR a.kind = $5)
           AND (p.refused_by IS NULL OR p.refused_by <> $7)
           AND ($6 = 'any'
             OR ($6 = 'open' AND (h.until_ms IS NULL OR h.until_ms <= $8 OR h.holder = $7))
             OR ($6 = 'by' AND h.holder = $7 AND h.until_ms > $8)
             OR ($6 = 'returned' AND h.holder = $7 AND h.until_ms <= $8 AND p.status = 'taken'))
         ORDER BY p.due_ms, p.application_id LIMIT $9",
        after_due,
        after_id,
        f.due_before_ms.unwrap_or(i64::MAX),
        &f.kind,
        mode,
        clerk,
        now.0,
        limit,
    )
}

/// Offices that have something waiting, for the filter: index and how many.
pub async fn offices(tx: &mut Tx, scope: &Scope) -> Result<Vec<(String, i64)>> {
    in_place!(
        tx,
        (String, i64),
        scope,
        "SELECT a.office_index, COUNT(*) FROM applications a
         WHERE a.referred_ms IS NOT NULL AND a.status = 'in_review' AND a.office_index IS NOT NULL AND",
        "GROUP BY a.office_index ORDER BY 2 DESC, 1 LIMIT 100"
    )
}
