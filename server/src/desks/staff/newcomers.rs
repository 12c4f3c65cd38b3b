//! Accounts that staff open: on the phone (ALT-2) and at the counter (ALT-3). Who did it stands first in the journal of
//! the citizen, and what they hand over works once: at the first entry its owner chooses a password of their own.

use super::Present;
use super::people::first_password;
use crate::desks::{newcomers::counter_index, settle, trouble};
use crate::http::StaffVisit;
use crate::integrations::notices::Notice;
use crate::jobs::notify;
use crate::storage::{Purpose, StorageError, Tx, accounts, ids, journal, persons, sessions};
use app::error::Refusal;
use app::routes;
use app::staff::desk::NewcomersDesk;
use app::staff::view::{Added, Opened};
use app::text::Lang;
use async_trait::async_trait;
use domain::accounts::newcomers::{COUNTER_LOGIN, FIRST_PASSWORD_DAYS, at_the_counter, on_the_phone};
use domain::staff::Role;
use domain::{Code, Field, Values};

/// More in a day is no work of one clerk.
const A_DAY: i64 = 200;
/// First passwords that one phone gets in a day.
const A_PHONE: i64 = 3;

#[async_trait]
impl NewcomersDesk for StaffVisit {
    async fn open_on_the_phone(&self, values: Values) -> Result<Opened, Refusal> {
        let present = self.present()?;
        let enrolling = present.member.enrolling()?;
        let (mut profile, phone) = on_the_phone(&values)?;
        let staff = ("staff/newcomers", enrolling.member(), 24 * 60, A_DAY);
        self.limit(&[staff, ("first_password/phone", phone.as_str(), 24 * 60, A_PHONE)]).await?;
        profile.set(Field::Phone, phone.as_str());
        let phone_index = self.house.vault.blind_index(Purpose::Phone, phone.as_str());
        let password = first_password();
        let hash = self.house.passwords.hash(password.clone()).await?;
        let mut tx = self.house.db.write().await.map_err(trouble)?;
        let answer = async {
            let (id, act) = match self.open_again(&mut tx, &phone_index, &profile, &hash).await? {
                Some(id) => (id, "first_password_given"),
                None => {
                    (self.begin(&mut tx, &profile, Some(phone_index), None, &hash).await?, "account_opened_by_phone")
                }
            };
            self.tell(&mut tx, present, enrolling.role(), &id, act).await?;
            let link = self.house.config.link(routes::LOGIN);
            let notice = Notice::FirstPassword { password, days: FIRST_PASSWORD_DAYS as u16, link };
            let (to, occasion) = (notify::To::Phone(phone.as_str()), format!("first_password/{id}/{}", self.now.0));
            notify::queue(&mut tx, &self.house, &id, None, &notice, to, Lang::Ru, &occasion).await.map_err(trouble)?;
            Ok(())
        }
        .await;
        settle(tx, answer).await?;
        Ok(Opened { sent_to: phone.masked() })
    }

    async fn open_at_the_counter(&self, values: Values) -> Result<Added, Refusal> {
        let present = self.present()?;
        let admitting = present.member.admitting()?;
        let profile = at_the_counter(&values)?;
        self.limit(&[("staff/newcomers", admitting.member(), 24 * 60, A_DAY)]).await?;
        let (login, password) = (ids::spoken(COUNTER_LOGIN), first_password());
        let index = counter_index(&self.house.vault, &login);
        let hash = self.house.passwords.hash(password.clone()).await?;
        let mut tx = self.house.db.write().await.map_err(trouble)?;
        let answer = async {
            let id = self.begin(&mut tx, &profile, None, Some(index), &hash).await?;
            self.tell(&mut tx, present, admitting.role(), &id, "account_opened_at_counter").await?;
            Ok(())
        }
        .await;
        settle(tx, answer).await?;
        let (first, second) = login.split_at(COUNTER_LOGIN / 2);
        Ok(Added { login: format!("{first}-{second}"), password })
    }
}

impl StaffVisit {
    /// The account of a phone that staff opened before and nobody has entered: it begins anew, with what is told now and
    /// another first password, and whoever was about to enter it begins anew too. `None`: there is no account.
    ///
    /// # Errors
    /// `PersonExists`: the account has been entered.
    async fn open_again(
        &self,
        tx: &mut Tx,
        phone_index: &[u8; 32],
        profile: &Values,
        password_hash: &str,
    ) -> Result<Option<String>, Refusal> {
        let Some(found) = accounts::credentials(tx, phone_index).await.map_err(trouble)? else { return Ok(None) };
        if !accounts::renew_first_password(tx, &found.id, password_hash, self.now.0).await.map_err(trouble)? {
            return Err(Refusal::on(Field::Phone, Code::PersonExists));
        }
        accounts::set_profile(tx, &self.house.vault, &found.id, profile).await.map_err(trouble)?;
        sessions::revoke_all(tx, &found.id, None, self.now.0).await.map_err(trouble)?;
        Ok(Some(found.id))
    }

    /// A new account that nothing is proved of: its id.
    async fn begin(
        &self,
        tx: &mut Tx,
        profile: &Values,
        phone_index: Option<[u8; 32]>,
        login_index: Option<[u8; 32]>,
        password_hash: &str,
    ) -> Result<String, Refusal> {
        let (vault, id) = (&self.house.vault, ids::public_id());
        persons::create(tx, vault, &id, self.now.0).await.map_err(trouble)?;
        let new = accounts::NewAccount {
            id: &id,
            phone_index,
            email_index: None,
            password_hash,
            profile,
            level: accounts::Level::Created,
            phone_confirmed_ms: None,
            email_confirmed_ms: None,
            lang: Lang::Ru.tag(),
            created_ms: self.now.0,
        };
        match accounts::create(tx, vault, &new).await {
            Err(StorageError::Conflict(_)) => return Err(Refusal::on(Field::Phone, Code::PersonExists)),
            done => done.map_err(trouble)?,
        }
        accounts::give_first_password(tx, &id, login_index.as_ref(), self.now.0).await.map_err(trouble)?;
        Ok(id)
    }

    /// Who did it, by which right: in the citizen's own journal.
    async fn tell(&self, tx: &mut Tx, present: &Present, role: Role, id: &str, act: &str) -> Result<(), Refusal> {
        let row = journal::NewEntry {
            account_id: Some(id),
            at_ms: self.now.0,
            actor: &present.actor(),
            act,
            object: "",
            detail: role.name(),
        };
        journal::append(tx, &row).await.map_err(trouble)
    }
}
