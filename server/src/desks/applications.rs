//! The desk of applications: draft, save, submit once, follow.

use super::{offices::place, refuse, settle, trouble};
use crate::http::Visit;
use crate::jobs::{self};
use crate::storage::applications::Summary;
use crate::storage::{self, Tx, ids};
use app::applications::view::{Card, Editing, ListRow};
use app::desks::ApplicationsDesk;
use app::error::{FieldMessage, Refusal};
use app::routes;
use app::text::codes;
use app::ui::form::Next;
use async_trait::async_trait;
use domain::access::Opens;
use domain::accounts::PREFILLED;
use domain::applications::{
    ApplicantKind, Application, MailboxKind, Reason, Stage, State, Status, Step, check_places, locked, parse,
};
use domain::clock::Timestamp;
use domain::fields::Postcode;
use domain::{Code, Field, FieldErrors, Values};
use time::Date;

/// How often a number that happens to be taken is drawn anew.
const DRAWS: usize = 5;
/// Status and stage of what has not been submitted.
const DRAFT: &str = "draft";

#[async_trait]
impl ApplicationsDesk for Visit {
    async fn list(&self) -> Result<Vec<ListRow>, Refusal> {
        let owner = self.signed_in()?;
        let mut tx = self.house.db.read().await.map_err(trouble)?;
        let rows = storage::applications::list_owned(&mut tx, &owner.account_id).await.map_err(trouble)?;
        Ok(rows
            .into_iter()
            .map(|s| ListRow {
                status: Status::from_name(&s.status),
                stage: Stage::from_name(&s.stage),
                at: Timestamp(s.submitted_ms.unwrap_or(s.saved_ms)),
                mailbox: mailbox_of(&s),
                number: s.number,
                id: s.id,
            })
            .collect())
    }

    async fn create(&self, from: Option<String>) -> Result<Next, Refusal> {
        let owner = self.owner(Opens::FillApplication)?;
        self.limit(&[("draft/account", &owner.account_id, 60, 30)]).await?;
        let (house, vault) = (&self.house, &self.house.vault);
        let mut tx = house.db.write().await.map_err(trouble)?;
        let all = storage::applications::list_owned(&mut tx, &owner.account_id).await.map_err(trouble)?;
        if from.is_none()
            && let Some(draft) = all.iter().find(|s| s.status == DRAFT)
        {
            let to = routes::step(&draft.id, Step::Applicant);
            tx.commit().await.map_err(trouble)?;
            return Ok(Next::to(to));
        }
        let mut answers = match from.clone() {
            Some(id) => {
                let old =
                    storage::applications::find_owned(&mut tx, vault, &id, &owner.account_id).await.map_err(trouble)?;
                let Some(storage::applications::Application { answers: old, .. }) = old else {
                    return Err(refuse(tx, Code::ApplicationNotFound).await);
                };
                // Erased meanwhile: begun as any other.
                if old.is_empty() { prefilled(&self.account(&mut tx, owner).await?.profile) } else { old }
            }
            None => prefilled(&self.account(&mut tx, owner).await?.profile),
        };
        // Consent is given for each application by itself.
        answers.set(Field::Consent, "");
        let (id, key) = (ids::public_id(), ids::token());
        let draft = storage::applications::NewDraft {
            id: &id,
            account_id: &owner.account_id,
            kind: "",
            status: DRAFT,
            stage: DRAFT,
            answers: &answers,
            submit_key: &key,
            now_ms: self.now.0,
        };
        storage::applications::create(&mut tx, vault, &draft).await.map_err(trouble)?;
        if let Some(before) = &from {
            storage::applications::set_filed_after(&mut tx, &id, before).await.map_err(trouble)?;
        }
        self.note(&mut tx, &owner.account_id, "draft_created", "").await?;
        tx.commit().await.map_err(trouble)?;
        Ok(Next::to(routes::step(&id, Step::Applicant)))
    }

    async fn edit(&self, id: String) -> Result<Editing, Refusal> {
        let owner = self.owner(Opens::FillApplication)?;
        let found = self.open_application(&id, &owner.account_id).await?;
        let summary = &found.summary;
        let values = found.answers.clone();
        let mut tx = self.house.db.read().await.map_err(trouble)?;
        let known = prefilled(&self.account(&mut tx, owner).await?.profile);
        let documents = self.documents_of(&mut tx, &found).await?;
        let state = state_of(summary);
        let asked = match state {
            State::NeedsClarification(_) => self.marked(state.reasons(), |_| true),
            _ => self.refused_before(&mut tx, &id, &owner.account_id, &values).await?,
        };
        drop(tx);
        let untouched = |f: &Field| !known.get(*f).is_empty() && known.get(*f) == values.get(*f);
        let from_profile = PREFILLED.iter().copied().filter(untouched).collect();
        Ok(Editing {
            reachable: Step::reachable(&found.answers, self.today()),
            saved_at: Timestamp(summary.saved_ms),
            submit_key: summary.submit_key.clone(),
            asked,
            locked: locked(state.reasons()),
            places: self.known_places(&found.answers),
            from_profile,
            number: summary.number.clone(),
            documents,
            id,
            values,
        })
    }

    async fn save_step(&self, id: String, step: Step, values: Values) -> Result<Next, Refusal> {
        let owner = self.owner(Opens::FillApplication)?;
        // Kept first, judged second: what is wrong is kept too.
        let answers = self.store(&id, &owner.account_id, step, &values).await?;
        let mut errors = step.check(&answers, self.today());
        errors.0.extend(self.places_wrong(&answers, step.all_fields()));
        errors.stop()?;
        let next = match Step::reachable(&answers, self.today()) {
            Step::Review => Step::Review,
            _ => step.next().unwrap_or(Step::Review),
        };
        Ok(Next::to(routes::step(&id, next)))
    }

    async fn submit(&self, id: String, submit_key: String, values: Values) -> Result<Next, Refusal> {
        let owner = self.owner(Opens::SubmitApplication)?;
        let card = Next::to(routes::application(&id));
        // What it finds is judged anew by the conditions of the write.
        let mut tx = self.house.db.glance().await.map_err(trouble)?;
        let found = storage::applications::find_owned(&mut tx, &self.house.vault, &id, &owner.account_id)
            .await
            .map_err(trouble)?;
        let found = found.ok_or(Code::ApplicationNotFound)?;
        let owed = jobs::answered::owed(&mut tx, &self.house.vault, &found.summary).await.map_err(trouble)?;
        if state_of(&found.summary).submit().is_err() {
            // A repeat of what was done already leads to the same place.
            return Ok(card);
        }
        if !values.is_ticked(Field::Consent) {
            return Err(Refusal::on(Field::Consent, Code::ConsentMissing));
        }
        // A question that named documents is answered with them, or not at all.
        if !owed.is_empty() {
            return Err(Code::DocumentsAwaited.into());
        }
        let mut answers = found.answers;
        answers.set(Field::Consent, values.get(Field::Consent));
        let application = self.judge(&answers)?;
        let around = self.around(&mut tx, owner, &answers).await?;
        drop(tx);
        self.record(owner, &id, &submit_key, &answers, &application, &around).await?;
        self.house.tell(&owner.account_id, &id);
        Ok(card)
    }

    async fn card(&self, id: String) -> Result<Card, Refusal> {
        self.card_of(id).await
    }

    async fn withdraw(&self, id: String) -> Result<Next, Refusal> {
        let owner = self.signed_in()?;
        let mut tx = self.house.db.write().await.map_err(trouble)?;
        let answer = async {
            let found = storage::applications::find_owned(&mut tx, &self.house.vault, &id, &owner.account_id)
                .await
                .map_err(trouble)?;
            let summary = found.ok_or(Code::ApplicationNotFound)?.summary;
            let state: State = state_of(&summary).withdraw()?.into();
            let moved =
                jobs::moves::apply(&mut tx, &summary, &state, "citizen", None, self.now).await.map_err(trouble)?;
            moved.ok_or(Code::DraftChangedElsewhere)?;
            self.note(
                &mut tx,
                &owner.account_id,
                "application_withdrawn",
                summary.number.as_deref().unwrap_or_default(),
            )
            .await?;
            Ok(())
        }
        .await;
        settle(tx, answer).await?;
        self.house.tell(&owner.account_id, &id);
        Ok(Next::to(routes::application(&id)))
    }
}

impl Visit {
    /// Judges answers without login and without keeping anything: every refusal and warning.
    pub fn rehearse(&self, values: &Values) -> Vec<domain::FieldError> {
        let mut errors = judge::forms::rehearse(values, self.today()).0;
        errors.extend(self.places_wrong(values, judge::forms::rehearsal().fields));
        errors
    }

    pub(super) fn today(&self) -> Date {
        self.now.portal_date()
    }

    /// The application, when its author may still change it.
    async fn open_application(
        &self,
        id: &str,
        account_id: &str,
    ) -> Result<storage::applications::Application, Refusal> {
        let mut tx = self.house.db.read().await.map_err(trouble)?;
        let found =
            storage::applications::find_owned(&mut tx, &self.house.vault, id, account_id).await.map_err(trouble)?;
        let found = found.ok_or(Code::ApplicationNotFound)?;
        match state_of(&found.summary) {
            State::Draft(_) | State::NeedsClarification(_) => Ok(found),
            _ => Err(Code::AlreadySubmitted.into()),
        }
    }

    /// For the page layer: where a page of the form has to lead instead, if anywhere.
    pub async fn open_step(&self, path: &str) -> Option<String> {
        let (id, step) = path.strip_prefix(routes::APPLICATIONS)?.strip_prefix('/')?.split_once("/edit/")?;
        let step = Step::from_name(step)?;
        let owner = self.owner(Opens::FillApplication).ok()?;
        match self.open_application(id, &owner.account_id).await {
            Ok(found) => {
                let reachable = Step::reachable(&found.answers, self.today());
                (step > reachable).then(|| routes::step(id, reachable))
            }
            Err(refusal) if refusal.code == Code::AlreadySubmitted => Some(routes::application(id)),
            Err(_) => None,
        }
    }

    /// Writes one step's answers over the stored ones; two pages of one draft take turns.
    async fn store(&self, id: &str, account_id: &str, step: Step, values: &Values) -> Result<Values, Refusal> {
        for _ in 0..DRAWS {
            let found = self.open_application(id, account_id).await?;
            let mut answers = found.answers;
            // What was found to be right stays, whatever the page sends (E3).
            let locked = locked(state_of(&found.summary).reasons());
            let open: Vec<Field> = step.all_fields().iter().copied().filter(|f| !locked.contains(f)).collect();
            answers.take(&tidy(values), &open);
            let mut tx = self.house.db.write().await.map_err(trouble)?;
            let version = found.summary.version;
            let draft = storage::applications::Draft { id, account_id, version, answers: &answers, now_ms: self.now.0 };
            let saved = storage::applications::save_draft(&mut tx, &self.house.vault, &draft).await.map_err(trouble)?;
            if saved.is_some() {
                tx.commit().await.map_err(trouble)?;
                return Ok(answers);
            }
        }
        Err(Code::DraftChangedElsewhere.into())
    }

    /// All rules at once, on the server's date and the server's directory.
    fn judge(&self, answers: &Values) -> Result<Application, Refusal> {
        let all: Vec<Field> = Step::ALL.iter().flat_map(|s| s.all_fields()).copied().collect();
        let mut errors = FieldErrors::default();
        errors.0.extend(self.places_wrong(answers, &all));
        match parse(answers, self.today()) {
            Ok(application) => {
                errors.stop()?;
                Ok(application)
            }
            Err(found) => {
                errors.0.splice(0..0, found.0);
                Err(Refusal { code: Code::DraftIncomplete, fields: errors, retry_after: None })
            }
        }
    }

    fn places_wrong(&self, values: &Values, fields: &[Field]) -> Vec<domain::FieldError> {
        let reference = &self.house.reference;
        let fields: Vec<Field> = fields.iter().copied().filter(|f| asked_for(*f, values)).collect();
        check_places(values, &fields, |i| reference.postcode(i), |i| reference.covers(i))
    }

    fn known_places(&self, values: &Values) -> Vec<(Field, String)> {
        [Field::RegistrationPostcode, Field::ResidencePostcode, Field::OfficeIndex]
            .into_iter()
            .filter_map(|f| {
                let index = Postcode::parse(values.get(f)).ok()?;
                Some((f, place(&self.house.reference.postcode(index.as_str())?)))
            })
            .collect()
    }

    /// What was refused about the application this one follows, while the answer is still the same (RSB-2).
    async fn refused_before(
        &self,
        tx: &mut Tx,
        id: &str,
        account_id: &str,
        values: &Values,
    ) -> Result<Vec<FieldMessage>, Refusal> {
        let Some(before) = storage::applications::filed_after(tx, id).await.map_err(trouble)? else {
            return Ok(Vec::new());
        };
        let old = storage::applications::find_owned(tx, &self.house.vault, &before, account_id).await;
        let Some(old) = old.map_err(trouble)? else { return Ok(Vec::new()) };
        let reasons = jobs::moves::reasons(&old.summary.reasons);
        Ok(self.marked(&reasons, |field| values.get(field).trim() == old.answers.get(field).trim()))
    }

    /// Reasons beside their fields.
    fn marked(&self, reasons: &[Reason], still: impl Fn(Field) -> bool) -> Vec<FieldMessage> {
        let pairs = reasons.iter().flat_map(|r| r.fields.iter().map(move |f| (r.code, *f)));
        pairs
            .filter(|(_, field)| still(*field))
            .map(|(code, field)| FieldMessage { field, code, message: codes::message(self.lang, code).to_owned() })
            .collect()
    }
}

/// A citizen's answers to begin with: what the profile knows (VAL-14), and the usual choices.
fn prefilled(profile: &Values) -> Values {
    let mut answers = tidy(&profile.only(PREFILLED));
    answers.set(Field::ApplicantKind, ApplicantKind::Citizen.name());
    answers.set(Field::ResidenceSame, "yes");
    answers
}

/// Answers are kept as people write them («+7 912 345-67-89»); what does not parse yet is kept as typed.
fn tidy(values: &Values) -> Values {
    let grouped = |f, v: &str| domain::fields::format_field(f, v).unwrap_or_else(|| v.to_owned());
    values.iter().map(|(f, v)| (f, grouped(f, v))).collect()
}

/// Whether the answers make a field matter at all.
fn asked_for(field: Field, values: &Values) -> bool {
    match field {
        Field::ResidencePostcode | Field::ResidenceAddress => !values.is_ticked(Field::ResidenceSame),
        Field::OfficeIndex => {
            MailboxKind::from_name(values.get(Field::MailboxKind)).is_some_and(MailboxKind::needs_office)
        }
        _ => true,
    }
}

pub fn mailbox_of(summary: &Summary) -> Option<MailboxKind> {
    MailboxKind::from_name(&summary.kind)
}

/// The state its columns say; a draft when they say nothing we know.
pub fn state_of(summary: &Summary) -> State {
    let parts = State::from_parts(
        Status::from_name(&summary.status),
        Stage::from_name(&summary.stage),
        jobs::moves::reasons(&summary.reasons),
        summary.due_ms.map(Timestamp),
    );
    parts.unwrap_or(State::Draft(domain::applications::Draft))
}
