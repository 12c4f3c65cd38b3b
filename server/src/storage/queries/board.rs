//! Counts for the board: how much waits and for how long, who works on what. Nobody's data.

use super::queue::in_place;
use crate::storage::{Result, Tx};
use domain::appeals::URGENT_HOURS;
use domain::clock::{DAY, HOUR, MOSCOW, Timestamp};
use domain::staff::Scope;

/// How much waits, by what is left of the promised term.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, sqlx_macros::FromRow)]
pub struct Waiting {
    pub overdue: i64,
    /// Less than 6 hours are left.
    pub soon: i64,
    /// Less than a day.
    pub today: i64,
    pub later: i64,
}

/// A clerk's files.
#[derive(Debug, Clone, PartialEq, Eq, sqlx_macros::FromRow)]
pub struct Load {
    pub staff_id: String,
    pub act: String,
    pub count: i64,
}

/// Appeals nobody has decided yet, by their term and by how long they wait.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, sqlx_macros::FromRow)]
pub struct Appeals {
    /// The first term has passed, whatever was promised since.
    pub overdue: i64,
    /// The term is near ([`URGENT_HOURS`](domain::appeals::URGENT_HOURS)).
    pub due: i64,
    pub later: i64,
    /// Filed less than three days ago, less than a week ago, before.
    pub fresh: i64,
    pub week: i64,
    pub old: i64,
}

pub async fn waiting(tx: &mut Tx, scope: &Scope, now: Timestamp) -> Result<Waiting> {
    let rows = in_place!(
        tx,
        Waiting,
        scope,
        "SELECT COUNT(CASE WHEN a.due_ms <= $2 THEN 1 END) AS overdue,
           COUNT(CASE WHEN a.due_ms > $2 AND a.due_ms <= $3 THEN 1 END) AS soon,
           COUNT(CASE WHEN a.due_ms > $3 AND a.due_ms <= $4 THEN 1 END) AS today,
           COUNT(CASE WHEN a.due_ms > $4 THEN 1 END) AS later
         FROM applications a WHERE a.referred_ms IS NOT NULL AND a.status = 'in_review' AND",
        "",
        now.0,
        now.0 + 6 * HOUR,
        now.0 + 24 * HOUR
    )?;
    Ok(rows.first().copied().unwrap_or_default())
}

pub async fn appeals(tx: &mut Tx, scope: &Scope, now: Timestamp) -> Result<Appeals> {
    let rows = in_place!(
        tx,
        Appeals,
        scope,
        "SELECT COUNT(CASE WHEN p.due_ms <= $2 THEN 1 END) AS overdue,
           COUNT(CASE WHEN p.due_ms > $2 AND p.due_ms <= $3 THEN 1 END) AS due,
           COUNT(CASE WHEN p.due_ms > $3 THEN 1 END) AS later,
           COUNT(CASE WHEN p.filed_ms > $4 THEN 1 END) AS fresh,
           COUNT(CASE WHEN p.filed_ms <= $4 AND p.filed_ms > $5 THEN 1 END) AS week,
           COUNT(CASE WHEN p.filed_ms <= $5 THEN 1 END) AS old
         FROM appeals p JOIN applications a ON a.id = p.application_id
         WHERE p.status IN ('submitted', 'taken') AND",
        "",
        now.0,
        now.plus_hours(URGENT_HOURS).0,
        now.plus_days(-3).0,
        now.plus_days(-7).0
    )?;
    Ok(rows.first().copied().unwrap_or_default())
}

/// Files held now, by clerk; the act is `hold`. `|| ''`: SQLite would rather walk all holds ever, in the order of their
/// clerks, than sort the few of now.
pub async fn held(tx: &mut Tx, scope: &Scope, now: Timestamp) -> Result<Vec<Load>> {
    in_place!(
        tx,
        Load,
        scope,
        "SELECT h.holder || '' AS staff_id, 'hold' AS act, COUNT(*) AS count
         FROM assignments h JOIN applications a ON a.id = h.application_id WHERE",
        "AND h.until_ms > $2 AND a.status = 'in_review' GROUP BY 1 ORDER BY 3 DESC, 1 LIMIT 200",
        now.0
    )
}

/// Acts since a moment, by clerk and kind; `|| ''` as above.
pub async fn acts(tx: &mut Tx, scope: &Scope, since: Timestamp) -> Result<Vec<Load>> {
    in_place!(
        tx,
        Load,
        scope,
        "SELECT a.staff_id || '' AS staff_id, a.act AS act, COUNT(*) AS count
         FROM acts a WHERE",
        "AND a.at_ms >= $2 GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2 LIMIT 600",
        since.0
    )
}

/// Acts since a moment, by the portal's day (days since 1970 in Moscow).
pub async fn days(tx: &mut Tx, scope: &Scope, since: Timestamp) -> Result<Vec<(i64, i64)>> {
    in_place!(
        tx,
        (i64, i64),
        scope,
        "SELECT (a.at_ms + $3) / $4 AS day, COUNT(*) FROM acts a WHERE",
        "AND a.at_ms >= $2 GROUP BY 1 ORDER BY 1",
        since.0,
        MOSCOW,
        DAY
    )
}
