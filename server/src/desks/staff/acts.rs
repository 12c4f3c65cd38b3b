//! A clerk decides: through the state machine, in one transaction with the journal, the words and the notices.

use crate::desks::{settle, state_of, trouble};
use crate::http::StaffVisit;
use crate::integrations::notices::{Language, Notice};
use crate::jobs::announce::{By, announce, language, notice};
use crate::jobs::registration::{Lost, register};
use crate::jobs::{expire, moves};
use crate::storage::applications::{self as stored, Application, Summary};
use crate::storage::{Tx, acts, appeals, assignments, cases};
use app::error::Refusal;
use app::staff::view::{Done, Preview};
use app::text::Lang;
use domain::Code;
use domain::applications::{State, Status};
use domain::staff::{Act, ActKind, Decided, Hold, Holding, Purpose, Reading};

impl StaffVisit {
    /// The power the act needs, as the power to read the file it is about.
    fn allowed(&self, act: &Act) -> Result<Reading, Refusal> {
        let member = &self.present()?.member;
        match act.kind() {
            ActKind::Ask => drop(member.working()?),
            ActKind::Approve | ActKind::Refuse => drop(member.reviewing()?),
        }
        Ok(member.reading()?)
    }

    /// The file an act is about, held by whoever acts.
    async fn held(&self, tx: &mut Tx, id: &str, act: &Act) -> Result<(Application, Hold), Refusal> {
        let member = &self.present()?.member;
        let case = cases::find(tx, id).await.map_err(trouble)?.ok_or(Code::ApplicationNotFound)?;
        match act.kind() {
            ActKind::Ask => member.working()?.reach(&case.place())?,
            ActKind::Approve | ActKind::Refuse => member.reviewing()?.reach(&case.place())?,
        }
        self.not_own(tx, id).await?;
        // Whose refusal an appeal has overruled does not decide again.
        if act.kind() != ActKind::Ask && appeals::overruled(tx, id, member.id()).await.map_err(trouble)? {
            return Err(Code::OwnRefusal.into());
        }
        let hold = assignments::find(tx, id).await.map_err(trouble)?;
        let hold = Holding::of(hold, member.id(), self.now).mine()?;
        let found = stored::find(tx, &self.house.vault, id).await.map_err(trouble)?;
        Ok((found.ok_or(Code::ApplicationNotFound)?, hold))
    }

    pub(super) async fn decide(&self, id: String, version: i64, act: Act) -> Result<Done, Refusal> {
        let present = self.present()?;
        self.allowed(&act)?;
        act.check()?;
        let (house, actor) = (&self.house, present.actor());
        let mut tx = house.db.write().await.map_err(trouble)?;
        let answer = async {
            let (found, _) = self.held(&mut tx, &id, &act).await?;
            if found.summary.version != version {
                return Err(Code::IllegalMove.into());
            }
            let file = state_of(&found.summary).in_review()?;
            let Decided { passed, end } = act.decide(file, self.now)?;
            let mut summary = found.summary.clone();
            for state in &passed {
                summary = self.move_on(&mut tx, &summary, state, &actor).await?;
            }
            let (registration, version) = match &end {
                State::Approved(_) => match register(&mut tx, &summary, &end, &found.answers, &actor, self.now).await {
                    Ok((number, version)) => (Some(number), version),
                    Err(Lost::Duplicate) => return Err(Code::DuplicateRegistration.into()),
                    Err(Lost::Moved) => return Err(Code::IllegalMove.into()),
                    Err(Lost::Storage(error)) => return Err(trouble(error)),
                },
                _ => (None, self.move_on(&mut tx, &summary, &end, &actor).await?.version),
            };
            let whose = (id.as_str(), found.summary.account_id.as_str());
            if let Some(until) = end.until() {
                acts::keep_answers(&mut tx, &house.vault, whose, version, &found.answers).await.map_err(trouble)?;
                expire::watch(&mut tx, &id, self.now, until).await.map_err(trouble)?;
            }
            acts::append(&mut tx, &house.vault, whose, version, present.member.id(), &act, self.now.0)
                .await
                .map_err(trouble)?;
            let working = present.member.working()?;
            assignments::release(&mut tx, &working, &id, self.now).await.map_err(trouble)?;
            if end.until().is_none() {
                assignments::end(&mut tx, &id).await.map_err(trouble)?;
            }
            let by = By { actor: &actor, words: act.text(), documents: act.documents() };
            announce(house, &mut tx, &found.summary, &found.answers, &end, registration.as_deref(), &by, self.now)
                .await
                .map_err(trouble)?;
            Ok((found, end))
        }
        .await;
        let (found, end) = settle(tx, answer).await?;
        house.tell(&found.summary.account_id, &id);
        Ok(Done { number: found.summary.number.unwrap_or_default(), status: end.status().unwrap_or(Status::InReview) })
    }

    async fn move_on(&self, tx: &mut Tx, from: &Summary, to: &State, actor: &str) -> Result<Summary, Refusal> {
        let version = moves::apply(tx, from, to, actor, None, self.now).await.map_err(trouble)?;
        let told = |name: Option<&str>, before: &str| name.unwrap_or(before).to_owned();
        Ok(Summary {
            version: version.ok_or(Code::IllegalMove)?,
            status: told(to.status().map(|s| s.name()), &from.status),
            stage: told(to.stage().map(|s| s.name()), &from.stage),
            ..from.clone()
        })
    }

    /// The letter and the SMS as they would go out, in the citizen's language. Changes nothing but the journal.
    pub(super) async fn previewed(&self, id: String, act: Act) -> Result<Preview, Refusal> {
        let reading = self.allowed(&act)?;
        act.check()?;
        let house = &self.house;
        let working = self.present()?.member.working()?;
        let mut tx = house.db.write().await.map_err(trouble)?;
        let answer = async {
            self.held(&mut tx, &id, &act).await?;
            // Whoever writes to the citizen is at work: the hold goes on.
            assignments::take(&mut tx, &working, &id, self.now).await.map_err(trouble)?;
            Ok(())
        }
        .await;
        settle(tx, answer).await?;
        let found = cases::open(&house.db, &house.vault, &reading, &id, Purpose::Review, self.now).await;
        let found = found.map_err(trouble)?.ok_or(Code::ApplicationNotFound)?;
        let file = state_of(&found.summary).in_review()?;
        let end = act.decide(file, self.now)?.end;
        let mut tx = house.db.read().await.map_err(trouble)?;
        let lang = language(house, &mut tx, &found.summary.account_id).await.map_err(trouble)?;
        drop(tx);
        let by = By { actor: "", words: act.text(), documents: act.documents() };
        // The number is drawn at the approval.
        let notice = notice(house, lang, &found.summary, &found.answers, &end, Some("R…"), &by);
        Ok(preview_of(notice, lang))
    }
}

/// A notice as the citizen would read it.
pub(super) fn preview_of(notice: Option<Notice>, lang: Lang) -> Preview {
    let language = match lang {
        Lang::Ru => Language::Ru,
        Lang::En => Language::En,
    };
    let letter = notice.as_ref().and_then(|n| n.letter(language));
    Preview {
        subject: letter.as_ref().map(|l| l.subject.clone()).unwrap_or_default(),
        letter: letter.map(|l| l.text).unwrap_or_default(),
        sms: notice.and_then(|n| n.sms(language)).map(|s| s.text).unwrap_or_default(),
    }
}
