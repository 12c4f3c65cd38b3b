//! What auditors take with them: which rows, in which columns. Nobody's data beyond numbers and places.

use super::look::Logins;
use crate::desks::trouble;
use crate::house::House;
use crate::http::StaffVisit;
use crate::storage::exports::{self, Span};
use app::error::Refusal;
use domain::Code;
use domain::clock::{EPOCH_DAY, Timestamp};
use domain::staff::{Place, Scope, Scopes};
use std::sync::Arc;

const PAGE: i64 = 1000;
/// Without days: the last thirty.
const DAYS: i64 = 30;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Export {
    /// What came in, and how it stands.
    Applications,
    /// What clerks decided.
    Acts,
    /// What the staff did.
    Staff,
}

impl Export {
    pub const ALL: &'static [Export] = &[Export::Applications, Export::Acts, Export::Staff];

    pub const fn name(self) -> &'static str {
        match self {
            Export::Applications => "applications",
            Export::Acts => "acts",
            Export::Staff => "staff",
        }
    }

    pub fn from_name(name: &str) -> Option<Export> {
        Export::ALL.iter().copied().find(|e| e.name() == name)
    }

    pub const fn columns(self) -> &'static [&'static str] {
        match self {
            Export::Applications => {
                &["number", "mailbox", "region", "office", "status", "stage", "submitted", "due", "referred"]
            }
            Export::Acts => &["at", "number", "act", "login", "region", "office"],
            Export::Staff => &["at", "login", "act", "object", "detail"],
        }
    }
}

/// The rows of an export, a page at a time.
pub struct Rows {
    house: Arc<House>,
    what: Export,
    span: Span,
    logins: Logins,
    /// Where the auditor's power holds.
    reach: Scopes,
    scopes: Vec<Scope>,
    /// The scope in hand, and its last row.
    scope: usize,
    after: (i64, String, i64),
}

type Page = Vec<Vec<Option<String>>>;

impl StaffVisit {
    /// Opens an export for days like `2026-11-22`, both included, and notes it.
    pub async fn export(&self, what: Export, from: &str, to: &str) -> Result<Rows, Refusal> {
        let present = self.present()?;
        let auditing = present.member.auditing()?;
        let today = self.now.portal_day();
        let last = day(to, today)?;
        let first = day(from, last - DAYS + 1)?;
        let midnight = Timestamp::of_portal_day;
        let mut tx = self.house.db.write().await.map_err(trouble)?;
        let detail = format!("{} {}", midnight(first).iso_seconds(), midnight(last + 1).iso_seconds());
        self.note(&mut tx, &present.actor(), "staff_export", what.name(), &detail).await?;
        tx.commit().await.map_err(trouble)?;
        let mut tx = self.house.db.read().await.map_err(trouble)?;
        let logins = Logins::all(&mut tx).await.map_err(trouble)?;
        let scopes = match what {
            // The staff are of the whole house; which applications they touched is of the auditor's places only.
            Export::Staff => vec![Scope::Everywhere],
            _ => auditing.scopes().list().to_vec(),
        };
        let span = Span { from_ms: midnight(first).0, to_ms: midnight(last + 1).0 };
        let house = self.house.clone();
        let reach = auditing.scopes().clone();
        Ok(Rows { house, what, span, logins, reach, scopes, scope: 0, after: (i64::MIN, String::new(), 0) })
    }
}

impl Rows {
    /// The next page; empty: there are no more.
    pub async fn next(&mut self) -> Result<Page, Refusal> {
        while self.scope < self.scopes.len() {
            let (count, page) = self.page().await?;
            if count < PAGE as usize {
                self.scope += 1;
                self.after = (i64::MIN, String::new(), 0);
            }
            if !page.is_empty() {
                return Ok(page);
            }
        }
        Ok(Vec::new())
    }

    /// How many rows were read, and those that no scope before had.
    async fn page(&mut self) -> Result<(usize, Page), Refusal> {
        let mut tx = self.house.db.read().await.map_err(trouble)?;
        let (scope, earlier) = (&self.scopes[self.scope], &self.scopes[..self.scope]);
        let (at, id, seq) = (self.after.0, self.after.1.as_str(), self.after.2);
        let new = |region: &Option<String>, office_index: &Option<String>| {
            let place = Place { region: region.clone(), office_index: office_index.clone() };
            !earlier.iter().any(|s| s.covers(&place))
        };
        let moment = |ms: i64| Some(Timestamp(ms).iso_seconds());
        let (count, after, page) = match self.what {
            Export::Applications => {
                let rows = exports::applications(&mut tx, scope, self.span, (at, id), PAGE).await.map_err(trouble)?;
                let after = rows.last().map(|r| (r.submitted_ms, r.id.clone(), 0));
                let cells = rows.iter().filter(|r| new(&r.region, &r.office_index)).map(|r| {
                    vec![
                        r.number.clone(),
                        Some(r.kind.clone()),
                        r.region.clone(),
                        r.office_index.clone(),
                        Some(r.status.clone()),
                        Some(r.stage.clone()),
                        moment(r.submitted_ms),
                        r.due_ms.and_then(moment),
                        r.referred_ms.and_then(moment),
                    ]
                });
                (rows.len(), after, cells.collect())
            }
            Export::Acts => {
                let rows = exports::acts(&mut tx, scope, self.span, (at, id, seq), PAGE).await.map_err(trouble)?;
                let after = rows.last().map(|r| (r.at_ms, r.application_id.clone(), r.seq));
                let cells = rows.iter().filter(|r| new(&r.region, &r.office_index)).map(|r| {
                    vec![
                        moment(r.at_ms),
                        r.number.clone(),
                        Some(r.act.clone()),
                        Some(self.logins.of(&r.staff_id)),
                        r.region.clone(),
                        r.office_index.clone(),
                    ]
                });
                (rows.len(), after, cells.collect())
            }
            Export::Staff => {
                let rows = exports::staff(&mut tx, self.span, (at, id), PAGE).await.map_err(trouble)?;
                let after = rows.last().map(|r| (r.at_ms, r.id.clone(), 0));
                let cells = rows.iter().map(|r| {
                    let (object, detail) = r.within(&self.reach);
                    vec![
                        moment(r.at_ms),
                        Some(self.logins.actor(&r.actor)),
                        Some(r.act.clone()),
                        Some(object.to_owned()),
                        Some(detail.to_owned()),
                    ]
                });
                (rows.len(), after, cells.collect())
            }
        };
        if let Some(after) = after {
            self.after = after;
        }
        Ok((count, page))
    }
}

/// Days since 1970 of `2026-11-22`; empty: `otherwise`.
fn day(text: &str, otherwise: i64) -> Result<i64, Refusal> {
    if text.is_empty() {
        return Ok(otherwise);
    }
    let read = || {
        let mut parts = text.splitn(3, '-');
        let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
        let month = time::Month::try_from(month.parse::<u8>().ok()?).ok()?;
        let date = time::Date::from_calendar_date(year.parse().ok()?, month, day.parse().ok()?).ok()?;
        Some(i64::from(date.to_julian_day()) - EPOCH_DAY)
    };
    read().filter(|d| (0..100_000).contains(d)).ok_or(Code::BadRequest.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_read_or_refused() {
        assert_eq!(day("1970-01-01", 7).ok(), Some(0));
        assert_eq!(day("2026-11-22", 7).ok(), Some(20_779));
        assert_eq!(day("", 7).ok(), Some(7));
        for odd in ["2026", "2026-13-01", "2026-02-30", "22.11.2026", "9999999-01-01", "1969-12-31"] {
            assert!(day(odd, 7).is_err(), "{odd}");
        }
    }
}
