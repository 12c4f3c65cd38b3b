//! A file: taken, opened with a stated purpose, shown whole.

use super::look::{Logins, kind, stage, status};
use crate::desks::{settle, state_of, trouble};
use crate::http::StaffVisit;
use crate::jobs::moves;
use crate::storage::applications::{self, Application};
use crate::storage::identities::Kind;
use crate::storage::{Tx, acts, appeals, assignments, cases, checks, documents, identities, queue, staff};
use app::error::Refusal;
use app::staff::desk::FilesDesk;
use app::staff::view::{
    ActRow, Change, CheckRow, DocumentRow, Done, DuplicateRow, File, Found, FoundAfter, HistoryRow, Preview,
    QueueFilter, QueuePage,
};
use async_trait::async_trait;
use domain::appeals::{Decision, may_decide};
use domain::applications::{Registry, Status, Step};
use domain::clock::Timestamp;
use domain::documents::{Kind as DocumentKind, Media};
use domain::staff::{Act, Holding, Purpose, Reading, Working};
use domain::{Code, Field, Values};
use std::collections::HashSet;

/// Files one clerk opens in a day at most; the design load is 200.
const OPENED_A_DAY: i64 = 1000;
/// How many free files are tried when others take them at the same moment.
const TRIES: i64 = 20;
/// How many files somebody may have looked at in one round through the queue.
const EXCEPT: usize = 200;

#[async_trait]
impl FilesDesk for StaffVisit {
    async fn queue(&self, filter: QueueFilter) -> Result<QueuePage, Refusal> {
        self.queue_page(filter).await
    }

    async fn take_next(&self, filter: QueueFilter, mut except: Vec<String>) -> Result<Option<File>, Refusal> {
        let working = self.present()?.member.working()?;
        let me = || working.member().to_owned();
        except.truncate(EXCEPT);
        // What one let go comes last: others are to see it first.
        let turns = [queue::HoldFilter::Returned(me()), queue::HoldFilter::Fresh(me()), queue::HoldFilter::LetGo(me())];
        for hold in turns {
            let offered = self.offered(&filter, hold, TRIES + except.len() as i64).await?;
            for id in offered.into_iter().filter(|id| !except.contains(id)) {
                match self.hold(&working, &id).await {
                    Ok(()) => return self.opened(&id, Purpose::Review).await.map(Some),
                    // Somebody was quicker, or it is one's own: the next one.
                    Err(refusal) if matches!(refusal.code, Code::HeldByAnother | Code::OwnApplication) => {}
                    Err(refusal) => return Err(refusal),
                }
            }
        }
        Ok(None)
    }

    async fn open(&self, id: String, purpose: Option<Purpose>) -> Result<File, Refusal> {
        let purpose = match purpose {
            Some(purpose) => purpose,
            // Who holds the file has said by taking it what for.
            None if self.holds(&id).await? => Purpose::Review,
            None => return Err(Code::PurposeMissing.into()),
        };
        self.opened(&id, purpose).await
    }

    async fn take(&self, id: String) -> Result<File, Refusal> {
        let working = self.present()?.member.working()?;
        self.hold(&working, &id).await?;
        self.opened(&id, Purpose::Review).await
    }

    async fn release(&self, id: String) -> Result<(), Refusal> {
        let working = self.present()?.member.working()?;
        let mut tx = self.house.db.write().await.map_err(trouble)?;
        let answer = async {
            let case = cases::find(&mut tx, &id).await.map_err(trouble)?.ok_or(Code::ApplicationNotFound)?;
            working.reach(&case.place())?;
            if !assignments::release(&mut tx, &working, &id, self.now).await.map_err(trouble)? {
                return Err(Code::NotTaken.into());
            }
            Ok(case)
        }
        .await;
        let case = settle(tx, answer).await?;
        self.house.tell(&case.account_id, &id);
        Ok(())
    }

    async fn reassign(&self, id: String, to: String) -> Result<(), Refusal> {
        let present = self.present()?;
        let distributing = present.member.distributing()?;
        let mut tx = self.house.db.write().await.map_err(trouble)?;
        let answer = async {
            let case = cases::find(&mut tx, &id).await.map_err(trouble)?.ok_or(Code::ApplicationNotFound)?;
            distributing.reach(&case.place())?;
            let to = staff::find_by_login(&mut tx, to.trim()).await.map_err(trouble)?;
            let to = to.filter(|s| s.disabled_ms.is_none()).ok_or(Refusal::on(Field::Login, Code::StaffLoginFormat))?;
            // Nobody is handed what they could not have taken.
            let grants = crate::storage::staff_grants::in_force(&mut tx, &to.id).await.map_err(trouble)?;
            domain::staff::StaffMember::recognised(to.id.clone(), grants).working()?.reach(&case.place())?;
            if identities::own(&mut tx, &id, &to.id).await.map_err(trouble)? {
                return Err(Code::OwnApplication.into());
            }
            if let Some(appeal) = appeals::newest(&mut tx, &self.house.vault, &id).await.map_err(trouble)? {
                may_decide(appeal.refused_by.as_deref(), &to.id)?;
            }
            assignments::reassign(&mut tx, &distributing, &id, &to.id, self.now).await.map_err(trouble)?;
            self.note(&mut tx, &present.actor(), "staff_reassign", &case.number, &to.login).await?;
            Ok(case)
        }
        .await;
        let case = settle(tx, answer).await?;
        self.house.tell(&case.account_id, &id);
        Ok(())
    }

    async fn preview(&self, id: String, act: Act) -> Result<Preview, Refusal> {
        self.previewed(id, act).await
    }

    async fn act(&self, id: String, version: i64, act: Act) -> Result<Done, Refusal> {
        self.decide(id, version, act).await
    }

    async fn preview_appeal(&self, id: String, decision: Decision) -> Result<Preview, Refusal> {
        self.previewed_appeal(id, decision).await
    }

    async fn decide_appeal(&self, id: String, version: i64, decision: Decision) -> Result<Done, Refusal> {
        self.judge(id, version, decision).await
    }

    async fn search(&self, query: String, after: FoundAfter) -> Result<Found, Refusal> {
        self.find(query, after).await
    }
}

impl StaffVisit {
    /// Takes the file, or goes on holding it; the citizen sees it.
    async fn hold(&self, working: &Working, id: &str) -> Result<(), Refusal> {
        let mut tx = self.house.db.write().await.map_err(trouble)?;
        let answer = async {
            let case = cases::find(&mut tx, id).await.map_err(trouble)?.ok_or(Code::ApplicationNotFound)?;
            working.reach(&case.place())?;
            self.not_own(&mut tx, id).await?;
            let before = assignments::find(&mut tx, id).await.map_err(trouble)?;
            let mine = matches!(Holding::of(before, working.member(), self.now), Holding::Mine(_));
            if case.status == Status::Rejected.name() {
                self.hold_appeal(&mut tx, working, &case).await?;
            } else if case.referred_ms.is_none() || case.status != Status::InReview.name() {
                return Err(Code::IllegalMove.into());
            } else {
                assignments::take(&mut tx, working, id, self.now).await.map_err(trouble)?.ok_or(Code::HeldByAnother)?;
            }
            Ok((case, mine))
        }
        .await;
        let (case, mine) = settle(tx, answer).await?;
        if !mine {
            self.house.tell(&case.account_id, id);
        }
        Ok(())
    }

    pub(in crate::desks) async fn holds(&self, id: &str) -> Result<bool, Refusal> {
        let me = self.present()?.member.id();
        let mut tx = self.house.db.read().await.map_err(trouble)?;
        let hold = assignments::find(&mut tx, id).await.map_err(trouble)?;
        Ok(matches!(Holding::of(hold, me, self.now), Holding::Mine(_)))
    }

    /// The file with its answers: the citizen's journal has its row before any of it is read.
    pub(super) async fn opened(&self, id: &str, purpose: Purpose) -> Result<File, Refusal> {
        let reading = self.present()?.member.reading()?;
        self.limit(&[("staff/open", reading.member(), 24 * 60, OPENED_A_DAY)]).await?;
        let (house, vault) = (&self.house, &self.house.vault);
        let found = cases::open(&house.db, vault, &reading, id, purpose, self.now).await.map_err(trouble)?;
        let found = found.ok_or(Code::ApplicationNotFound)?;
        let mut tx = house.db.read().await.map_err(trouble)?;
        self.shown(&mut tx, &reading, found).await
    }

    async fn shown(&self, tx: &mut Tx, reading: &Reading, found: Application) -> Result<File, Refusal> {
        let (summary, vault) = (&found.summary, &self.house.vault);
        let (id, account) = (summary.id.as_str(), summary.account_id.as_str());
        let case = cases::find(tx, id).await.map_err(trouble)?.ok_or(Code::ApplicationNotFound)?;
        let logins = Logins::all(tx).await.map_err(trouble)?;
        let hold = assignments::find(tx, id).await.map_err(trouble)?.filter(|h| h.in_force(self.now));
        let checks = checks::list(tx, id).await.map_err(trouble)?;
        let history = cases::history(tx, &found).await.map_err(trouble)?;
        let last_act = acts::last(tx, vault, id, account).await.map_err(trouble)?;
        let before = acts::answers_before(tx, vault, id, account).await.map_err(trouble)?;
        let papers = documents::list_of_application(tx, vault, id).await.map_err(trouble)?;
        let duplicates = self.duplicates(tx, reading, id).await?;
        let sources = applications::sources(tx, id).await.map_err(trouble)?;
        let appeal = self.appeal_of(tx, summary, &logins).await?;
        let state = state_of(summary);
        let said_at = last_act.as_ref().map(|a| a.at_ms);
        Ok(File {
            id: id.to_owned(),
            number: case.number.clone(),
            version: summary.version,
            status: status(&case.status),
            stage: stage(&case.stage),
            kind: kind(&case.kind),
            submitted_at: Timestamp(case.submitted_ms),
            due_at: Timestamp(case.due_ms.unwrap_or(case.submitted_ms)),
            place: self.place_words(&case.place()),
            holder: hold.map(|h| logins.holder(&h, reading.member())),
            referred: case.referred_ms.is_some(),
            sources,
            reasons: state.reasons().to_vec(),
            checks: checks
                .into_iter()
                .filter_map(|c| {
                    Some(CheckRow {
                        registry: Registry::from_name(&c.registry)?,
                        finding: c.outcome.and_then(|o| serde_json::from_str(&o).ok()),
                        answered_at: c.answered_ms.map(Timestamp),
                    })
                })
                .collect(),
            duplicates,
            changed: before.map(|before| changed(&before, &found.answers)).unwrap_or_default(),
            documents: papers
                .into_iter()
                // What the virus scanner has not seen, no clerk opens.
                .filter(|d| d.state == documents::State::Kept)
                .filter_map(|d| {
                    Some(DocumentRow {
                        kind: DocumentKind::from_name(&d.kind)?,
                        media: Media::from_name(&d.media_type)?,
                        id: d.id,
                        name: d.name,
                        size: d.size,
                        pages: d.pages,
                        at: Timestamp(d.added_ms),
                        new: said_at.is_some_and(|at| d.added_ms > at),
                    })
                })
                .collect(),
            last_act: last_act.map(|a| ActRow {
                at: Timestamp(a.at_ms),
                by: logins.of(&a.staff_id),
                act: a.act,
                documents: a.documents,
                text: a.text,
            }),
            history: history
                .iter()
                .map(|h| HistoryRow {
                    at: Timestamp(h.at_ms),
                    actor: logins.actor(&h.actor),
                    status: status(&h.status),
                    stage: stage(&h.stage),
                    reasons: moves::reasons(&h.reasons),
                })
                .collect(),
            now: self.now,
            appeal,
            values: found.answers,
        })
    }

    /// Other applications about the same person; those out of reach are only counted.
    async fn duplicates(&self, tx: &mut Tx, reading: &Reading, id: &str) -> Result<Vec<DuplicateRow>, Refusal> {
        let matches = identities::others(tx, id).await.map_err(trouble)?;
        let mut rows: Vec<DuplicateRow> = Vec::new();
        let mut seen = HashSet::new();
        for m in matches.iter().filter(|m| seen.insert(m.application_id.clone())) {
            let same: Vec<_> = matches.iter().filter(|o| o.application_id == m.application_id).collect();
            let case = cases::find(tx, &m.application_id).await.map_err(trouble)?;
            let case = case.filter(|c| reading.reach(&c.place()).is_ok());
            rows.push(DuplicateRow {
                id: case.as_ref().map(|c| c.id.clone()),
                number: case.map(|c| c.number),
                same: same.iter().map(|o| field_of(o.kind)).collect(),
                registered: same.iter().any(|o| o.active),
            });
        }
        Ok(rows)
    }
}

fn field_of(kind: Kind) -> Field {
    match kind {
        Kind::Passport => Field::PassportNumber,
        Kind::Snils | Kind::FilerSnils => Field::Snils,
        Kind::Inn => Field::Inn,
        Kind::Phone | Kind::FilerPhone => Field::Phone,
        Kind::LastName => Field::LastName,
    }
}

/// Fields whose answer is another one than at the question, in the order of the form (E3).
fn changed(before: &Values, now: &Values) -> Vec<Change> {
    let asked = Step::ALL.iter().flat_map(|s| s.all_fields()).filter(|f| **f != Field::Consent);
    asked
        .filter(|f| before.get(**f).trim() != now.get(**f).trim())
        .map(|f| Change { field: *f, before: before.get(*f).to_owned(), now: now.get(*f).to_owned() })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_really_changed_is_shown_and_consent_is_no_answer() {
        let values = |snils: &str, consent: &str| -> Values {
            [(Field::Snils, snils), (Field::LastName, "Орлова"), (Field::Consent, consent)]
                .into_iter()
                .map(|(f, v)| (f, v.to_owned()))
                .collect()
        };
        let found = changed(&values("112-233-445 95", "yes"), &values("001-001-998 00 ", ""));
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].field, found[0].before.as_str()), (Field::Snils, "112-233-445 95"));
        assert!(changed(&values("1", ""), &values(" 1", "yes")).is_empty());
    }
}
