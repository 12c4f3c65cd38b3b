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
    /// When that clerk last asked the citizen about it.
    pub asked_ms: Option<i64>,
}

impl Waiting {
    /// Whether it came back with an answer to whoever held it last: a question ends the hold at its own moment, giving
    /// back and lapsing at another.
    pub fn answers_holder(&self) -> bool {
        self.asked_ms.is_some() && self.asked_ms == self.until_ms
    }
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
    /// Answers to the clerk's own questions, which nobody has held since.
    Returned(String),
    /// Held by the clerk, or free and last held by somebody else or nobody.
    Fresh(String),
    /// Free, and last held by the clerk.
    LetGo(String),
}

impl HoldFilter {
    /// The clerk it is about, and its name in the statements.
    fn parts(&self) -> (&str, &'static str) {
        match self {
            HoldFilter::Any => ("", "any"),
            HoldFilter::OpenTo(clerk) => (clerk, "open"),
            HoldFilter::By(clerk) => (clerk, "by"),
            HoldFilter::Returned(clerk) => (clerk, "returned"),
            HoldFilter::Fresh(clerk) => (clerk, "fresh"),
            HoldFilter::LetGo(clerk) => (clerk, "let_go"),
        }
    }
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
        HoldFilter::Any | HoldFilter::OpenTo(_) | HoldFilter::Fresh(_) => waiting(tx, scope, f, limit, now).await,
        HoldFilter::By(_) | HoldFilter::Returned(_) | HoldFilter::LetGo(_) => of_clerk(tx, scope, f, limit, now).await,
    }
}

/// Along the terms, until enough are found.
async fn waiting(tx: &mut Tx, scope: &Scope, f: &Filter, limit: i64, now: Timestamp) -> Result<Vec<Waiting>> {
    let ((after_due, after_id), (clerk, mode)) = (f.after(), f.hold.parts());
    in_place!(
        tx,
        Waiting,
        scope,
        "SELECT a.id, a.number, a.kind, a.stage, a.submitted_ms, a.due_ms, a.referred_ms, a.region, a.office_index,
           h.holder, h.taken_ms, h.until_ms, (SELECT MAX(k.at_ms) FROM acts k WHERE k.application_id = a.id
             AND k.staff_id = h.holder AND k.act = 'ask' AND k.at_ms = h.until_ms) AS asked_ms
         FROM applications a LEFT JOIN assignments h ON h.application_id = a.id
         WHERE a.referred_ms IS NOT NULL AND a.status = 'in_review' AND",
        "AND (a.due_ms, a.id) > ($2, $3) AND a.due_ms < $4 AND ($5 = '' OR a.kind = $5)
           AND ($7 = 'any' OR h.until_ms IS NULL
             OR ($7 = 'open' AND (h.until_ms <= $8 OR h.holder = $6))
             OR ($7 = 'fresh' AND ((h.until_ms <= $8 AND (h.holder <> $6 OR a.due_ms <= $8))
               OR (h.until_ms > $8 AND h.holder = $6))))
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

/// The few a clerk has held: from the holds, not from all that waits.
async fn of_clerk(tx: &mut Tx, scope: &Scope, f: &Filter, limit: i64, now: Timestamp) -> Result<Vec<Waiting>> {
    let ((after_due, after_id), (clerk, mode)) = (f.after(), f.hold.parts());
    in_place!(
        tx,
        Waiting,
        scope,
        "SELECT a.id, a.number, a.kind, a.stage, a.submitted_ms, a.due_ms, a.referred_ms, a.region, a.office_index,
           h.holder, h.taken_ms, h.until_ms, (SELECT MAX(k.at_ms) FROM acts k WHERE k.application_id = a.id
             AND k.staff_id = h.holder AND k.act = 'ask' AND k.at_ms = h.until_ms) AS asked_ms
         FROM assignments h JOIN applications a ON a.id = h.application_id
         WHERE a.referred_ms IS NOT NULL AND a.status = 'in_review' AND",
        "AND (a.due_ms, a.id) > ($2, $3) AND a.due_ms < $4 AND ($5 = '' OR a.kind = $5)
           AND h.holder = $6 AND (($7 = 'by' AND h.until_ms > $8) OR ($7 = 'let_go' AND h.until_ms <= $8)
             OR ($7 = 'returned' AND h.until_ms <= $8 AND EXISTS (SELECT 1 FROM acts k WHERE k.application_id = a.id
               AND k.staff_id = h.holder AND k.act = 'ask' AND k.at_ms = h.until_ms)))
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

/// Appeals that wait, the nearest term first, none as an answer to a question: nothing is asked in them. Those against one's own refusals are not one's to decide and left out.
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
    let ((after_due, after_id), mode) = (f.after(), f.hold.parts().1);
    in_place!(
        tx,
        Waiting,
        scope,
        "SELECT a.id, a.number, a.kind, a.stage, p.filed_ms AS submitted_ms, p.due_ms, p.filed_ms AS referred_ms, a.region,
           a.office_index, h.holder, h.taken_ms, h.until_ms, CAST(NULL AS BIGINT) AS asked_ms
         FROM appeals p JOIN applications a ON a.id = p.application_id
           LEFT JOIN assignments h ON h.application_id = a.id
         WHERE p.status IN ('submitted', 'taken') AND",
        "AND (p.due_ms, p.application_id) > ($2, $3) AND p.due_ms < $4 AND ($5 = '' OR a.kind = $5)
           AND (p.refused_by IS NULL OR p.refused_by <> $7)
           AND ($6 = 'any'
             OR ($6 = 'open' AND (h.until_ms IS NULL OR h.until_ms <= $8 OR h.holder = $7))
             OR ($6 = 'by' AND h.holder = $7 AND h.until_ms > $8)
             OR ($6 = 'fresh' AND (h.until_ms IS NULL OR (h.until_ms <= $8 AND (h.holder <> $7 OR p.due_ms <= $8))
               OR (h.until_ms > $8 AND h.holder = $7)))
             OR ($6 = 'let_go' AND h.until_ms <= $8 AND h.holder = $7))
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
