//! The desk of appeals: one against each refusal, sent once, followed, taken back.

use super::applications::state_of;
use super::cards::remedies;
use super::{settle, trouble};
use crate::http::Visit;
use crate::integrations::notices::Notice;
use crate::jobs::notify;
use crate::storage::applications::{self, Summary};
use crate::storage::{Tx, acts, appeals, history, ids};
use app::appeals::view::{Appealing, Filed};
use app::desks::AppealsDesk;
use app::error::Refusal;
use app::routes;
use app::ui::form::Next;
use async_trait::async_trait;
use domain::access::Opens;
use domain::appeals::{Appeal, Refused, Stage, grounds, may_file, may_remove_evidence};
use domain::applications::{State, Status};
use domain::clock::Timestamp;
use domain::documents::{may_add, may_remove};
use domain::{Code, Field, Values};

/// How an application stands with appeals.
pub(super) struct Standing {
    /// The refusal in force: its row in history, and what is known of it.
    pub refusal: Option<(i64, Refused)>,
    pub appeal: Option<appeals::Appeal>,
    /// The newest appeal as its author sees it.
    pub filed: Option<Filed>,
}

impl Standing {
    /// The appeal against the refusal in force, if one was sent.
    fn against(&self) -> Option<&appeals::Appeal> {
        let (seq, _) = self.refusal.as_ref()?;
        self.appeal.as_ref().filter(|a| a.refusal_seq == *seq)
    }

    /// Until when the refusal in force can be appealed; `None`: there is none, it has been, or it is too late.
    pub fn until(&self, now: Timestamp) -> Option<Timestamp> {
        let (_, refused) = self.refusal.as_ref()?;
        (self.against().is_none() && may_file(refused, now).is_ok()).then(|| refused.until())
    }

    /// Evidence comes until the appeal is decided.
    fn takes_evidence(&self, now: Timestamp) -> bool {
        self.until(now).is_some() || self.against().is_some_and(|a| a.stage.is_open())
    }
}

#[async_trait]
impl AppealsDesk for Visit {
    async fn appealing(&self, application: String) -> Result<Appealing, Refusal> {
        let owner = self.signed_in()?;
        let mut tx = self.house.db.read().await.map_err(trouble)?;
        let vault = &self.house.vault;
        let found = applications::find_owned(&mut tx, vault, &application, &owner.account_id).await.map_err(trouble)?;
        let found = found.ok_or(Code::ApplicationNotFound)?;
        let number = found.summary.number.clone().ok_or(Code::ApplicationNotFound)?;
        let standing = self.standing(&mut tx, &found.summary).await?;
        let documents = self.documents_of(&mut tx, &found).await?;
        let said = acts::last(&mut tx, vault, &application, &owner.account_id).await.map_err(trouble)?;
        let said = said.filter(|s| standing.refusal.as_ref().is_some_and(|(seq, _)| s.seq == *seq));
        let state = state_of(&found.summary);
        let refused = matches!(state, State::Rejected(_));
        let reasons = if refused { state.reasons().to_vec() } else { Vec::new() };
        Ok(Appealing {
            application_id: application,
            number,
            remedies: remedies(self.lang, &reasons),
            reasons,
            message: said.map(|s| s.text).filter(|text| !text.is_empty()),
            until: standing.until(self.now),
            term_days: self.house.config.appeal_days,
            filed: standing.filed,
            documents,
        })
    }

    async fn file_appeal(&self, application: String, values: Values) -> Result<Next, Refusal> {
        let owner = self.owner(Opens::SubmitApplication)?;
        self.limit(&[("appeal/account", &owner.account_id, 60, 20)]).await?;
        let (house, vault) = (&self.house, &self.house.vault);
        let page = Next::to(routes::appeal(&application));
        let mut tx = house.db.write().await.map_err(trouble)?;
        let answer = async {
            let found = self.held_application(&mut tx, &application, &owner.account_id).await?;
            let standing = self.standing(&mut tx, &found.summary).await?;
            let Some((seq, refused)) = standing.refusal.clone() else {
                return Err(Code::AppealClosed.into());
            };
            if let Some(sent) = standing.against() {
                // A repeat of what was done already leads to the same page; what is over cannot be begun anew.
                if !sent.stage.is_open() {
                    return Err(Code::AppealClosed.into());
                }
                return Ok(());
            }
            may_file(&refused, self.now)?;
            let words = grounds(values.get(Field::Grounds)).map_err(|code| Refusal::on(Field::Grounds, code))?;
            let due = self.now.plus_days(house.config.appeal_days);
            let new = appeals::NewAppeal {
                id: &ids::inner_id(),
                application_id: &application,
                account_id: &owner.account_id,
                refusal_seq: seq,
                refused_by: refused.by.as_deref(),
                grounds: &words,
                filed_ms: self.now.0,
                due_ms: due.0,
            };
            if appeals::file(&mut tx, vault, &new).await.map_err(trouble)? {
                let number = found.summary.number.clone().unwrap_or_default();
                self.note(&mut tx, &owner.account_id, "appeal_filed", &number).await?;
                let link = house.config.link(&page.to);
                let notice = Notice::AppealReceived { number, words, due: notify::civil(due), link };
                let occasion = format!("appeal/{application}/{seq}");
                notify::everywhere(&mut tx, house, &owner.account_id, &application, &notice, self.lang, &occasion)
                    .await
                    .map_err(trouble)?;
                crate::jobs::appeals::watch(&mut tx, &application, self.now, due).await.map_err(trouble)?;
            }
            Ok(())
        }
        .await;
        settle(tx, answer).await?;
        house.tell(&owner.account_id, &application);
        Ok(page)
    }

    async fn withdraw_appeal(&self, application: String) -> Result<Next, Refusal> {
        let owner = self.signed_in()?;
        let (house, vault) = (&self.house, &self.house.vault);
        let mut tx = house.db.write().await.map_err(trouble)?;
        let answer = async {
            let found = self.held_application(&mut tx, &application, &owner.account_id).await?;
            let Some(appeal) = appeals::newest(&mut tx, vault, &application).await.map_err(trouble)? else {
                return Err(Code::AppealClosed.into());
            };
            Appeal::from(appeal.stage).withdraw()?;
            let step =
                appeals::Step { to: Stage::Withdrawn, actor: "citizen", clerk: None, answer: None, now_ms: self.now.0 };
            if appeals::advance(&mut tx, vault, &appeal, &step).await.map_err(trouble)?.is_none() {
                return Err(Code::IllegalMove.into());
            }
            let number = found.summary.number.as_deref().unwrap_or_default();
            self.note(&mut tx, &owner.account_id, "appeal_withdrawn", number).await?;
            Ok(())
        }
        .await;
        settle(tx, answer).await?;
        house.tell(&owner.account_id, &application);
        Ok(Next::to(routes::appeal(&application)))
    }
}

impl Visit {
    /// How the account's application stands with appeals.
    pub(super) async fn standing(&self, tx: &mut Tx, summary: &Summary) -> Result<Standing, Refusal> {
        let appeal = appeals::newest(tx, &self.house.vault, &summary.id).await.map_err(trouble)?;
        let refusal = match matches!(state_of(summary), State::Rejected(_)) {
            true => {
                let rows = history::list_owned(tx, &summary.id, &summary.account_id).await.map_err(trouble)?;
                refusal(&rows)
            }
            false => None,
        };
        let filed = match &appeal {
            Some(a) => {
                let moves = appeals::moves(tx, &a.id).await.map_err(trouble)?;
                Some(Filed {
                    stage: a.stage,
                    due_at: Timestamp(a.term_ms()),
                    missed: a.promised_ms.map(|_| Timestamp(a.due_ms)),
                    moves: moves.into_iter().map(|m| (m.stage, Timestamp(m.at_ms))).collect(),
                    grounds: a.grounds.clone(),
                    answer: a.answer.clone(),
                })
            }
            None => None,
        };
        Ok(Standing { refusal, appeal, filed })
    }

    /// Whether documents may be added: while the application is open, and as evidence against its refusal.
    pub(super) async fn may_add_to(&self, tx: &mut Tx, summary: &Summary) -> Result<(), Refusal> {
        let state = state_of(summary);
        match (may_add(&state, self.now), &state) {
            (Err(code), State::Rejected(_)) => {
                if self.standing(tx, summary).await?.takes_evidence(self.now) {
                    Ok(())
                } else {
                    Err(code.into())
                }
            }
            (answer, _) => Ok(answer?),
        }
    }
}

/// When a document may be taken back, by its moment.
pub(super) fn removable(
    summary: &Summary,
    standing: &Standing,
    now: Timestamp,
) -> impl Fn(Timestamp) -> Result<(), Code> {
    let (state, sent) = (state_of(summary), summary.submitted_ms.map(Timestamp));
    let refused = standing.refusal.as_ref().map(|(_, r)| (r.clone(), standing.against().is_some()));
    move |added| match &refused {
        Some((refused, appealed)) => may_remove_evidence(refused, added, *appealed),
        None => may_remove(&state, added, sent, now),
    }
}

/// The refusal in force, read from the moves of the application.
pub(super) fn refusal(rows: &[history::Entry]) -> Option<(i64, Refused)> {
    let last = rows.last().filter(|r| r.status == Status::Rejected.name())?;
    Some((last.seq, Refused { at: Timestamp(last.at_ms), by: last.actor.strip_prefix("staff:").map(str::to_owned) }))
}
