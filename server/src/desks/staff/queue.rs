//! The queue, taking from it, and searching. Lists show no one's data.

use super::look::{Logins, kind, stage, status};
use crate::desks::trouble;
use crate::http::StaffVisit;
use crate::storage::identities::Kind;
use crate::storage::queue::{self as stored, Filter, HoldFilter, Waiting};
use crate::storage::{Purpose as Index, cases};
use app::error::Refusal;
use app::staff::view::{
    Found, FoundAfter, FoundRow, Held, PlaceRow, QueueFilter, QueuePage, QueueRow, SearchedBy, Term,
};
use domain::Code;
use domain::appeals::is_urgent;
use domain::applications::Number;
use domain::clock::Timestamp;
use domain::fields::{Phone, Snils};
use domain::staff::{Hold, Place, Reading, Scope, Scopes, last_name_key};

/// Rows of one page; one more is asked for to know whether there are more.
const PAGE: i64 = 50;

impl StaffVisit {
    /// The part of one's scopes a filter leaves.
    pub(super) fn narrowed(&self, mine: &Scopes, wanted: Option<&Scope>) -> Vec<Scope> {
        match wanted {
            None => mine.list().to_vec(),
            Some(wanted) => mine.within(wanted, |index| self.office_region(index)),
        }
    }

    pub(super) fn stored_filter(&self, filter: &QueueFilter, me: &str) -> Filter {
        Filter {
            kind: filter.kind.map(|k| k.name().to_owned()).unwrap_or_default(),
            due_before_ms: match filter.term {
                Term::Any => None,
                Term::Overdue => Some(self.now.0),
                Term::Today => Some(self.now.plus_hours(24).0),
            },
            hold: match filter.held {
                Held::Any => HoldFilter::Any,
                Held::Open => HoldFilter::OpenTo(me.to_owned()),
                Held::Mine => HoldFilter::By(me.to_owned()),
                Held::Returned => HoldFilter::Returned(me.to_owned()),
            },
            after: filter.after.clone().map(|(due, id)| (due.0, id)),
        }
    }

    pub(super) async fn queue_page(&self, filter: QueueFilter) -> Result<QueuePage, Refusal> {
        let working = self.present()?.member.working()?;
        let scopes = self.narrowed(working.scopes(), filter.scope.as_ref());
        let wanted = self.stored_filter(&filter, working.member());
        let mut tx = self.house.db.read().await.map_err(trouble)?;
        let me = working.member();
        let appeals = match self.present()?.member.reviewing() {
            Ok(reviewing) => {
                let scopes = self.narrowed(reviewing.scopes(), filter.scope.as_ref());
                let any = Filter { after: wanted.after.clone().filter(|_| filter.appeals), ..wanted.clone() };
                stored::appeals(&mut tx, &scopes, &any, me, PAGE + 1, self.now).await.map_err(trouble)?
            }
            // Whoever may not decide has no appeals.
            Err(_) => Vec::new(),
        };
        let appeals_waiting = appeals.len();
        // Above the first page of applications stand the appeals whose term is near or over.
        let mut urgent: Vec<Waiting> = Vec::new();
        let mut rows = match filter.appeals {
            true => appeals,
            false => {
                if filter.after.is_none() {
                    urgent = appeals.into_iter().filter(|row| self.is_urgent(row)).collect();
                }
                stored::list(&mut tx, &scopes, &wanted, PAGE + 1, self.now).await.map_err(trouble)?
            }
        };
        let logins = Logins::all(&mut tx).await.map_err(trouble)?;
        let mut places: Vec<PlaceRow> = Vec::new();
        // The places are for the filter above the first page.
        for scope in working.scopes().list().iter().filter(|_| filter.after.is_none()) {
            for (index, count) in stored::offices(&mut tx, scope).await.map_err(trouble)? {
                let scope = Scope::Office(index);
                if !places.iter().any(|p| p.scope == scope) {
                    places.push(PlaceRow { words: self.scope_words(&scope), scope, count });
                }
            }
        }
        drop(tx);
        let more = rows.len() as i64 > PAGE;
        rows.truncate(PAGE as usize);
        let urgent_count = match filter.appeals {
            true => rows.iter().filter(|row| self.is_urgent(row)).count(),
            false => urgent.len(),
        };
        let logins = &logins;
        let row = |appeal| move |row| QueueRow { appeal, ..self.row(row, logins, me) };
        let rows = urgent.into_iter().map(row(true)).chain(rows.into_iter().map(row(filter.appeals))).collect();
        let (appeals, urgent) = (appeals_waiting as i64, urgent_count as i64);
        Ok(QueuePage { rows, more, places, appeals, urgent, now: self.now })
    }

    fn is_urgent(&self, appeal: &Waiting) -> bool {
        is_urgent(Timestamp(appeal.due_ms), self.now)
    }

    /// What is offered next: appeals whose term is near or over, then applications; or appeals only.
    pub(super) async fn offered(
        &self,
        filter: &QueueFilter,
        hold: HoldFilter,
        most: i64,
    ) -> Result<Vec<String>, Refusal> {
        let present = self.present()?;
        let working = present.member.working()?;
        let me = working.member();
        let wanted = Filter { hold, after: None, ..self.stored_filter(filter, me) };
        let mut tx = self.house.db.read().await.map_err(trouble)?;
        let mut rows = match present.member.reviewing() {
            Ok(reviewing) => {
                let scopes = self.narrowed(reviewing.scopes(), filter.scope.as_ref());
                stored::appeals(&mut tx, &scopes, &wanted, me, most, self.now).await.map_err(trouble)?
            }
            Err(code) if filter.appeals => return Err(code.into()),
            Err(_) => Vec::new(),
        };
        if !filter.appeals {
            rows.retain(|row| self.is_urgent(row));
            let scopes = self.narrowed(working.scopes(), filter.scope.as_ref());
            rows.extend(stored::list(&mut tx, &scopes, &wanted, most, self.now).await.map_err(trouble)?);
        }
        Ok(rows.into_iter().map(|row| row.id).collect())
    }

    fn row(&self, row: Waiting, logins: &Logins, me: &str) -> QueueRow {
        let answers = row.answers_holder();
        let hold = match (row.holder, row.taken_ms, row.until_ms) {
            (Some(holder), Some(taken), Some(until)) => {
                Some(Hold { holder, taken: Timestamp(taken), until: Timestamp(until) })
            }
            _ => None,
        };
        QueueRow {
            place: self.place_words(&Place { region: row.region, office_index: row.office_index }),
            returned: hold.as_ref().is_some_and(|h| h.holder == me && answers),
            holder: hold.filter(|h| h.in_force(self.now)).map(|h| logins.holder(&h, me)),
            appeal: false,
            id: row.id,
            number: row.number,
            kind: kind(&row.kind),
            stage: stage(&row.stage),
            submitted_at: Timestamp(row.submitted_ms),
            due_at: Timestamp(row.due_ms),
        }
    }

    /// By whatever the words look like. The search is noted before it is made.
    pub(super) async fn find(&self, query: String, after: FoundAfter) -> Result<Found, Refusal> {
        let present = self.present()?;
        let reading = present.member.reading()?;
        let query: String = query.trim().chars().take(100).collect();
        if query.is_empty() {
            return Err(Code::Empty.into());
        }
        self.limit(&[("staff/search", reading.member(), 60, 300)]).await?;
        let (by, key) = recognised(&query);
        let mut tx = self.house.db.write().await.map_err(trouble)?;
        let name = match by {
            SearchedBy::Number => "number",
            SearchedBy::Snils => "snils",
            SearchedBy::Phone => "phone",
            SearchedBy::LastName => "last_name",
        };
        // What was searched for is not written down: it is somebody's data.
        self.note(&mut tx, &present.actor(), "staff_search", "", name).await?;
        tx.commit().await.map_err(trouble)?;
        let mut rows = self.found(&reading, by, &key, after).await?;
        let more = rows.len() as i64 > PAGE;
        rows.truncate(PAGE as usize);
        Ok(Found { by, rows, more })
    }

    async fn found(
        &self,
        reading: &Reading,
        by: SearchedBy,
        key: &str,
        after: FoundAfter,
    ) -> Result<Vec<FoundRow>, Refusal> {
        let vault = &self.house.vault;
        let mut tx = self.house.db.read().await.map_err(trouble)?;
        let scopes = reading.scopes();
        let looked_up = match by {
            SearchedBy::Number => None,
            SearchedBy::Snils => Some((Kind::Snils, Index::Snils)),
            SearchedBy::Phone => Some((Kind::Phone, Index::Phone)),
            SearchedBy::LastName => Some((Kind::LastName, Index::LastName)),
        };
        let after = after.as_ref().map(|(at, id)| (at.0, id.as_str()));
        let rows = match looked_up {
            None => cases::by_number(&mut tx, scopes, key).await,
            Some((which, purpose)) => {
                let index = vault.blind_index(purpose, key);
                cases::by_identity(&mut tx, scopes, which, &index, after, PAGE + 1).await
            }
        };
        let rows = rows.map_err(trouble)?;
        Ok(rows
            .into_iter()
            .map(|case| FoundRow {
                place: self.place_words(&case.place()),
                kind: kind(&case.kind),
                status: status(&case.status),
                submitted_at: Timestamp(case.submitted_ms),
                id: case.id,
                number: case.number,
            })
            .collect())
    }
}

/// What a query looks like, and its normalised form.
fn recognised(query: &str) -> (SearchedBy, String) {
    if let Ok(number) = Number::parse(query) {
        return (SearchedBy::Number, number.as_str().to_owned());
    }
    // A registration's number is an application's behind a letter, which looks the same on a Russian keyboard.
    let registration = query.trim_start().strip_prefix(['R', 'r', 'Р', 'р']).and_then(|rest| Number::parse(rest).ok());
    if let Some(number) = registration {
        return (SearchedBy::Number, format!("R{}", number.as_str()));
    }
    if let Ok(snils) = Snils::parse(query) {
        return (SearchedBy::Snils, snils.as_str().to_owned());
    }
    if let Ok(phone) = Phone::parse(query) {
        return (SearchedBy::Phone, phone.as_str().to_owned());
    }
    (SearchedBy::LastName, last_name_key(query))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_is_known_by_its_looks() {
        assert_eq!(recognised("112-233-445 95"), (SearchedBy::Snils, "11223344595".to_owned()));
        assert_eq!(recognised("8 916 123-45-67"), (SearchedBy::Phone, "+79161234567".to_owned()));
        assert_eq!(recognised("Королёва"), (SearchedBy::LastName, "королева".to_owned()));
        let number = Number::new(2026, [1; 7]);
        assert_eq!(recognised(&number.as_str().to_lowercase()), (SearchedBy::Number, number.as_str().to_owned()));
        for letter in ["R", " r", "Р"] {
            let registration = format!("{letter}{}", number.as_str());
            assert_eq!(recognised(&registration), (SearchedBy::Number, format!("R{}", number.as_str())));
        }
    }
}
