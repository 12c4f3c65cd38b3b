//! Counts for the board, and the desk of everything that is about the house and not about a citizen.

use super::look::Logins;
use crate::desks::{refuse, trouble};
use crate::http::StaffVisit;
use crate::storage::{board, exports};
use app::error::Refusal;
use app::staff::desk::HouseDesk;
use app::staff::view::{Added, AppealsWaiting, AuditRow, Board, ClerkRow, DayRow, PersonRow, Waiting};
use async_trait::async_trait;
use domain::Code;
use domain::clock::Timestamp;
use domain::staff::{ActKind, Role, Scope};

const DAYS: i64 = 7;
const AUDITED: i64 = 200;

#[async_trait]
impl HouseDesk for StaffVisit {
    async fn board(&self) -> Result<Board, Refusal> {
        let overseeing = self.present()?.member.overseeing()?;
        let midnight = Timestamp::of_portal_day;
        let today = self.now.portal_day();
        let mut tx = self.house.db.read().await.map_err(trouble)?;
        let logins = Logins::all(&mut tx).await.map_err(trouble)?;
        let (mut waiting, mut appeals) = (Waiting::default(), AppealsWaiting::default());
        let mut clerks = Vec::<ClerkRow>::new();
        let mut days: Vec<DayRow> =
            (0..DAYS).rev().map(|back| DayRow { day: midnight(today - back), count: 0 }).collect();
        for scope in overseeing.scopes().list() {
            let found = board::waiting(&mut tx, scope, self.now).await.map_err(trouble)?;
            waiting.overdue += found.overdue;
            waiting.soon += found.soon;
            waiting.today += found.today;
            waiting.later += found.later;
            let found = board::appeals(&mut tx, scope, self.now).await.map_err(trouble)?;
            appeals.overdue += found.overdue;
            appeals.due += found.due;
            appeals.later += found.later;
            appeals.fresh += found.fresh;
            appeals.week += found.week;
            appeals.old += found.old;
            let mut loads = board::held(&mut tx, scope, self.now).await.map_err(trouble)?;
            loads.extend(board::acts(&mut tx, scope, midnight(today)).await.map_err(trouble)?);
            for load in loads {
                let row = clerk(&mut clerks, logins.of(&load.staff_id));
                match ActKind::from_name(&load.act) {
                    None => row.held += load.count,
                    Some(ActKind::Approve) => row.approved += load.count,
                    Some(ActKind::Ask) => row.asked += load.count,
                    Some(ActKind::Refuse) => row.refused += load.count,
                }
            }
            let since = midnight(today - DAYS + 1);
            for (at, count) in board::days(&mut tx, scope, since).await.map_err(trouble)? {
                if let Some(row) = days.iter_mut().find(|d| d.day.portal_day() == at) {
                    row.count += count;
                }
            }
        }
        clerks.sort_by_key(|c| std::cmp::Reverse((c.held, c.approved + c.asked + c.refused)));
        Ok(Board { waiting, appeals, clerks, days, now: self.now })
    }

    async fn people(&self) -> Result<Vec<PersonRow>, Refusal> {
        self.everybody().await
    }

    async fn add(&self, login: String, role: Role, scope: Scope) -> Result<Added, Refusal> {
        self.add_person(login, role, scope).await
    }

    async fn propose(&self, staff_id: String, role: Role, scope: Scope) -> Result<(), Refusal> {
        self.propose_grant(staff_id, role, scope).await
    }

    async fn confirm(&self, grant_id: String) -> Result<(), Refusal> {
        self.confirm_grant(grant_id).await
    }

    async fn end(&self, grant_id: String) -> Result<(), Refusal> {
        self.end_grant(grant_id).await
    }

    async fn identify(&self, staff_id: String, snils: String, phone: String) -> Result<(), Refusal> {
        self.identify_person(staff_id, &snils, &phone).await
    }

    async fn reset(&self, login: String) -> Result<Option<Added>, Refusal> {
        self.reset_person(login).await
    }

    async fn disable(&self, login: String, disabled: bool) -> Result<(), Refusal> {
        self.disable_person(login, disabled).await
    }

    async fn audit(&self, login: String) -> Result<Vec<AuditRow>, Refusal> {
        let present = self.present()?;
        let auditing = present.member.auditing()?;
        let mut tx = self.house.db.write().await.map_err(trouble)?;
        let found = crate::storage::staff::find_by_login(&mut tx, login.trim()).await.map_err(trouble)?;
        let Some(found) = found else {
            return Err(refuse(tx, Code::NotFound).await);
        };
        self.note(&mut tx, &present.actor(), "staff_audit", &found.login, "").await?;
        let rows = exports::of_member(&mut tx, &found.id, AUDITED).await.map_err(trouble)?;
        tx.commit().await.map_err(trouble)?;
        let row = |r: exports::StaffRow| {
            let (object, detail) = r.within(auditing.scopes());
            AuditRow { at: Timestamp(r.at_ms), object: object.to_owned(), detail: detail.to_owned(), act: r.act }
        };
        Ok(rows.into_iter().map(row).collect())
    }
}

fn clerk(rows: &mut Vec<ClerkRow>, login: String) -> &mut ClerkRow {
    let at = rows.iter().position(|r| r.login == login).unwrap_or_else(|| {
        rows.push(ClerkRow { login, held: 0, approved: 0, asked: 0, refused: 0 });
        rows.len() - 1
    });
    &mut rows[at]
}
