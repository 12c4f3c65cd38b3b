//! The one door of an application: everything a submission writes, in one transaction.

use super::{Owner, PURPOSES, refuse, trouble};
use crate::http::Visit;
use crate::integrations::notices::Notice;
use crate::jobs::partners::{self, Told};
use crate::jobs::{self, Job, notify};
use crate::reference::Reference;
use crate::storage::applications::{Submission, Submitted};
use crate::storage::notice_choices::{self, Addressee};
use crate::storage::webhooks::{self, Webhook};
use crate::storage::{self, Purpose, StorageError, Tx, checks, file_entries, identities, ids};
use app::error::Refusal;
use app::routes;
use domain::accounts::doors::Mark;
use domain::applications::{Application, Number, PROMISE_HOURS, Stage, Status};
use domain::staff::{Place, last_name_key};
use domain::{Code, Values};

/// How often a number that happens to be taken is drawn anew.
const DRAWS: usize = 5;

/// What a submission needs to know of others. Read before its transaction, since on SQLite everybody waits for that one;
/// what changes in between happened after it.
pub(super) struct Around {
    /// Which answers came from a provider of identities (E11).
    marks: Option<Vec<Mark>>,
    partners: Vec<Webhook>,
    addressee: Option<Addressee>,
}

impl Visit {
    pub(super) async fn around(&self, tx: &mut Tx, owner: &Owner, answers: &Values) -> Result<Around, Refusal> {
        let (id, vault) = (&owner.account_id, &self.house.vault);
        Ok(Around {
            marks: self.marks(tx, id, answers).await?,
            partners: webhooks::list(tx).await.map_err(trouble)?,
            addressee: notice_choices::addressee(tx, vault, id).await.map_err(trouble)?,
        })
    }

    /// One transaction: the application, its first history row, the indexes, consent, journal, jobs and notices.
    pub(super) async fn record(
        &self,
        owner: &Owner,
        id: &str,
        submit_key: &str,
        answers: &Values,
        application: &Application,
        around: &Around,
    ) -> Result<(), Refusal> {
        let (house, vault) = (&self.house, &self.house.vault);
        let indexes = indexes(vault, application);
        let due = self.now.plus_hours(PROMISE_HOURS);
        let year = self.today().year();
        let belongs = belongs(&house.reference, application);
        for _ in 0..DRAWS {
            let drawn = Number::new(year, ids::random()).as_str().to_owned();
            let mut tx = house.db.write().await.map_err(trouble)?;
            let submission = Submission {
                id,
                account_id: &owner.account_id,
                submit_key,
                number: &drawn,
                kind: application.mailbox.name(),
                status: Status::InReview.name(),
                stage: Stage::Intake.name(),
                place: &belongs,
                answers,
                now_ms: self.now.0,
                due_ms: Some(due.0),
            };
            let (number, version) = match storage::applications::submit(&mut tx, vault, &submission).await {
                Ok(Submitted::Now { number, version }) => (number, version),
                // What it follows may still wait for its commit: the answer waits with it.
                Ok(Submitted::Before { .. }) => return tx.commit().await.map_err(trouble),
                Ok(Submitted::Missing) => return Err(refuse(tx, Code::DraftChangedElsewhere).await),
                Err(StorageError::Conflict("applications.number")) => continue,
                Err(error) => return Err(trouble(error)),
            };
            identities::set(&mut tx, id, &indexes).await.map_err(trouble)?;
            if let Some(marks) = &around.marks {
                storage::applications::set_sources(&mut tx, id, marks).await.map_err(trouble)?;
            }
            checks::clear(&mut tx, id);
            let told = Told {
                number: &number,
                kind: application.mailbox.name(),
                // One that has had its number before answers a question.
                before: (number != drawn).then_some((Status::NeedsClarification, Stage::DocumentCheck)),
                now: (Status::InReview, Stage::Intake),
                version,
            };
            partners::tell_these(&mut tx, &around.partners, &told, self.now).await.map_err(trouble)?;
            for purpose in PURPOSES {
                self.give_consent(&mut tx, &owner.account_id, purpose, self.now.0).await?;
            }
            self.note(&mut tx, &owner.account_id, "application_submitted", &number).await?;
            jobs::enqueue(&mut tx, &Job::CheckApplication { id: id.to_owned() }, None).await.map_err(trouble)?;
            file_entries::promise(&mut tx, &ids::public_id(), &owner.account_id, id, self.now.0)
                .await
                .map_err(trouble)?;
            if let Some(addressee) = &around.addressee {
                let notice = Notice::Received {
                    number: number.clone(),
                    due: notify::civil(due),
                    link: house.config.link(&routes::application(id)),
                };
                let occasion = format!("received/{id}/{}", self.now.0);
                notify::to(&mut tx, house, &owner.account_id, addressee, id, &notice, self.lang, &occasion)
                    .await
                    .map_err(trouble)?;
            }
            return tx.commit().await.map_err(trouble);
        }
        Err(Code::Unavailable.into())
    }
}

/// Keyed hashes by which duplicates are found without opening anything.
fn indexes(vault: &storage::Vault, a: &Application) -> Vec<(identities::Kind, [u8; 32])> {
    let last_name =
        (identities::Kind::LastName, vault.blind_index(Purpose::LastName, &last_name_key(a.last_name.as_str())));
    let snils = vault.blind_index(Purpose::Snils, a.snils.as_str());
    let phone = vault.blind_index(Purpose::Phone, a.phone.as_str());
    // A person may stand for many organisations, so an organisation's application is about its ИНН alone; whose it is
    // is known all the same, since nobody handles their own.
    if let Some(organisation) = &a.organisation {
        let inn = (identities::Kind::Inn, vault.blind_index(Purpose::Inn, organisation.inn.as_str()));
        return vec![inn, last_name, (identities::Kind::FilerSnils, snils), (identities::Kind::FilerPhone, phone)];
    }
    let mut all = vec![
        (identities::Kind::Passport, vault.blind_index(Purpose::Passport, a.passport.as_str())),
        (identities::Kind::Snils, snils),
        (identities::Kind::Phone, phone),
        last_name,
    ];
    if let Some(inn) = &a.inn {
        all.push((identities::Kind::Inn, vault.blind_index(Purpose::Inn, inn.as_str())));
    }
    all
}

/// Where clerks find it: the office chosen, else the one that serves the registered address. An index names a place
/// where thousands are served, and nobody; so it may stand in clear.
fn belongs(reference: &Reference, a: &Application) -> Place {
    let index = a.office.as_ref().unwrap_or(&a.registration.postcode);
    let found = reference.postcode(index.as_str());
    Place {
        region: found.as_ref().map(|o| o.region_code.clone()),
        office_index: found.filter(|o| o.kind.serves_visitors()).map(|o| o.index),
    }
}
