//! Judging an appeal: taken and decided by somebody other than who refused, in one transaction with the application, the
//! journal and the notice.

use super::acts::preview_of;
use super::look::Logins;
use crate::desks::{settle, state_of, trouble};
use crate::http::StaffVisit;
use crate::integrations::notices::Notice;
use crate::jobs::announce::language;
use crate::jobs::{moves, notify, term};
use crate::storage::appeals::{self, Step};
use crate::storage::applications::{self as stored, Application, Summary};
use crate::storage::cases::{self, Case};
use crate::storage::{Tx, assignments, documents, identities, journal};
use app::error::Refusal;
use app::routes;
use app::staff::appeal::AppealFile;
use app::staff::view::{Done, Preview};
use domain::Code;
use domain::appeals::{Appeal, Decision, Stage, Upheld, Verdict, may_decide};
use domain::applications::{PROMISE_HOURS, State, Status};
use domain::clock::Timestamp;
use domain::staff::{Holding, Purpose, Working};

impl StaffVisit {
    /// Takes the appeal that is open about a refused application. Needs the power to decide: nobody takes what they could
    /// only look at.
    pub(super) async fn hold_appeal(&self, tx: &mut Tx, working: &Working, case: &Case) -> Result<(), Refusal> {
        let present = self.present()?;
        present.member.reviewing()?.reach(&case.place())?;
        let vault = &self.house.vault;
        held(tx, case).await?;
        let appeal = appeals::newest(tx, vault, &case.id).await.map_err(trouble)?.ok_or(Code::IllegalMove)?;
        Appeal::from(appeal.stage).take()?;
        may_decide(appeal.refused_by.as_deref(), working.member())?;
        assignments::take(tx, working, &case.id, self.now).await.map_err(trouble)?.ok_or(Code::HeldByAnother)?;
        // Going on with one's own is no move.
        if appeal.clerk.as_deref() != Some(working.member()) {
            let actor = present.actor();
            let step = Step {
                to: Stage::Taken,
                actor: &actor,
                clerk: Some(working.member()),
                answer: None,
                now_ms: self.now.0,
            };
            appeals::advance(tx, vault, &appeal, &step).await.map_err(trouble)?.ok_or(Code::HeldByAnother)?;
            self.tell_citizen(tx, &case.account_id, "appeal_taken", &case.number, "").await?;
        }
        Ok(())
    }

    /// The appeal in a file.
    pub(super) async fn appeal_of(
        &self,
        tx: &mut Tx,
        summary: &Summary,
        logins: &Logins,
    ) -> Result<Option<AppealFile>, Refusal> {
        let found = appeals::newest(tx, &self.house.vault, &summary.id).await.map_err(trouble)?;
        let me = self.present()?.member.id();
        Ok(found.map(|a| AppealFile {
            version: a.version,
            stage: a.stage,
            filed_at: Timestamp(a.filed_ms),
            due_at: Timestamp(a.due_ms),
            promised_at: a.promised_ms.map(Timestamp),
            mine: a.refused_by.as_deref() == Some(me),
            refused_by: a.refused_by.map(|id| logins.of(&id)),
            grounds: a.grounds,
            answer: a.answer,
        }))
    }

    /// The appeal, held by whoever judges it, and its application, which nobody else changes before the commit.
    async fn judged(&self, tx: &mut Tx, id: &str) -> Result<(appeals::Appeal, Application), Refusal> {
        let member = &self.present()?.member;
        let case = cases::find(tx, id).await.map_err(trouble)?.ok_or(Code::ApplicationNotFound)?;
        member.reviewing()?.reach(&case.place())?;
        held(tx, &case).await?;
        self.not_own(tx, id).await?;
        let vault = &self.house.vault;
        let appeal = appeals::newest(tx, vault, id).await.map_err(trouble)?.ok_or(Code::IllegalMove)?;
        may_decide(appeal.refused_by.as_deref(), member.id())?;
        let hold = assignments::find(tx, id).await.map_err(trouble)?;
        Holding::of(hold, member.id(), self.now).mine()?;
        let found = stored::find(tx, vault, id).await.map_err(trouble)?;
        Ok((appeal, found.ok_or(Code::ApplicationNotFound)?))
    }

    pub(super) async fn judge(&self, id: String, version: i64, decision: Decision) -> Result<Done, Refusal> {
        let present = self.present()?;
        present.member.reviewing()?;
        decision.check()?;
        let (house, vault) = (&self.house, &self.house.vault);
        let actor = present.actor();
        let mut tx = house.db.write().await.map_err(trouble)?;
        let answer = async {
            let (appeal, found) = self.judged(&mut tx, &id).await?;
            if appeal.version != version {
                return Err(Code::IllegalMove.into());
            }
            let end = decision.decide(Appeal::from(appeal.stage).taken()?);
            let step = Step {
                to: end.stage(),
                actor: &actor,
                clerk: Some(present.member.id()),
                answer: Some(decision.text()),
                now_ms: self.now.0,
            };
            appeals::advance(&mut tx, vault, &appeal, &step).await.map_err(trouble)?.ok_or(Code::IllegalMove)?;
            let status = match &end {
                Appeal::Upheld(upheld) => self.reopen(&mut tx, &found.summary, upheld, &actor).await?,
                _ => {
                    let working = present.member.working()?;
                    assignments::release(&mut tx, &working, &id, self.now).await.map_err(trouble)?;
                    Status::Rejected
                }
            };
            let number = found.summary.number.clone().unwrap_or_default();
            let account = &found.summary.account_id;
            self.tell_citizen(&mut tx, account, "appeal_decided", &number, end.stage().name()).await?;
            let lang = language(house, &mut tx, account).await.map_err(trouble)?;
            let notice = self.notice_of(&found.summary, &decision);
            let occasion = format!("appeal/{id}/{}/{}", appeal.refusal_seq, end.stage().name());
            notify::everywhere(&mut tx, house, account, &id, &notice, lang, &occasion).await.map_err(trouble)?;
            Ok((account.clone(), Done { number, status }))
        }
        .await;
        let (account, done) = settle(tx, answer).await?;
        house.tell(&account, &id);
        Ok(done)
    }

    /// The application is considered again, by whoever upheld the appeal; the promise counts anew.
    async fn reopen(&self, tx: &mut Tx, summary: &Summary, by: &Upheld, actor: &str) -> Result<Status, Refusal> {
        let again = State::from(state_of(summary).rejected()?.reconsider(by));
        let summary = Summary { due_ms: Some(self.now.plus_hours(PROMISE_HOURS).0), ..summary.clone() };
        let version = moves::apply(tx, &summary, &again, actor, None, self.now).await.map_err(trouble)?;
        let version = version.ok_or(Code::IllegalMove)?;
        stored::refer(tx, &summary.id, version, self.now.0).await.map_err(trouble)?;
        term::watch(tx, &summary).await.map_err(trouble)?;
        Ok(Status::InReview)
    }

    fn notice_of(&self, summary: &Summary, decision: &Decision) -> Notice {
        let number = summary.number.clone().unwrap_or_default();
        let words = decision.text().to_owned();
        let link = self.house.config.link(&routes::application(&summary.id));
        match decision.verdict {
            Verdict::Uphold => {
                Notice::AppealUpheld { number, words, due: notify::civil(self.now.plus_hours(PROMISE_HOURS)), link }
            }
            Verdict::Dismiss => Notice::AppealDismissed { number, words, link },
        }
    }

    /// The letter and the SMS as they would go out. Changes nothing but the hold.
    pub(super) async fn previewed_appeal(&self, id: String, decision: Decision) -> Result<Preview, Refusal> {
        let present = self.present()?;
        present.member.reviewing()?;
        let reading = present.member.reading()?;
        decision.check()?;
        let house = &self.house;
        let mut tx = house.db.write().await.map_err(trouble)?;
        let answer = async {
            let (appeal, _) = self.judged(&mut tx, &id).await?;
            Appeal::from(appeal.stage).taken()?;
            // Whoever writes to the citizen is at work: the hold goes on.
            let working = present.member.working()?;
            assignments::take(&mut tx, &working, &id, self.now).await.map_err(trouble)?;
            Ok(())
        }
        .await;
        settle(tx, answer).await?;
        let found = cases::open(&house.db, &house.vault, &reading, &id, Purpose::Review, self.now).await;
        let found = found.map_err(trouble)?.ok_or(Code::ApplicationNotFound)?;
        let mut tx = house.db.read().await.map_err(trouble)?;
        let lang = language(house, &mut tx, &found.summary.account_id).await.map_err(trouble)?;
        drop(tx);
        Ok(preview_of(Some(self.notice_of(&found.summary, &decision)), lang))
    }

    /// Nobody handles or decides their own application (security row 5).
    pub(super) async fn not_own(&self, tx: &mut Tx, id: &str) -> Result<(), Refusal> {
        match identities::own(tx, id, self.present()?.member.id()).await.map_err(trouble)? {
            true => Err(Code::OwnApplication.into()),
            false => Ok(()),
        }
    }

    /// A row in the citizen's journal about something this clerk did.
    async fn tell_citizen(
        &self,
        tx: &mut Tx,
        account_id: &str,
        act: &str,
        number: &str,
        detail: &str,
    ) -> Result<(), Refusal> {
        let actor = self.present()?.actor();
        let row = journal::NewEntry {
            account_id: Some(account_id),
            at_ms: self.now.0,
            actor: &actor,
            act,
            object: number,
            detail,
        };
        journal::append(tx, &row).await.map_err(trouble)
    }
}

/// The application first, then its appeal and who holds the file: as its citizen does, so that neither waits for the other.
async fn held(tx: &mut Tx, case: &Case) -> Result<(), Refusal> {
    match documents::hold(tx, &case.id, &case.account_id).await.map_err(trouble)? {
        true => Ok(()),
        false => Err(Code::ApplicationNotFound.into()),
    }
}
