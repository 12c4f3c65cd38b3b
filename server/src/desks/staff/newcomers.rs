//! Accounts that staff open: on the phone (ALT-2) and at the counter (ALT-3). Who did it stands first in the journal of
//! the citizen, and what they hand over works once: at the first entry its owner chooses a password of their own.

use super::Present;
use super::people::first_password;
use crate::desks::{newcomers::counter_index, trouble};
use crate::http::StaffVisit;
use crate::integrations::notices::Notice;
use crate::jobs::notify;
use crate::storage::{Purpose, StorageError, Tx, accounts, ids, journal, persons};
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

#[async_trait]
impl NewcomersDesk for StaffVisit {
    async fn open_on_the_phone(&self, values: Values) -> Result<Opened, Refusal> {
        let present = self.present()?;
        let enrolling = present.member.enrolling()?;
        let (mut profile, phone) = on_the_phone(&values)?;
        self.limit(&[("staff/newcomers", enrolling.member(), 24 * 60, A_DAY)]).await?;
        profile.set(Field::Phone, phone.as_str());
        let phone_index = self.house.vault.blind_index(Purpose::Phone, phone.as_str());
        let password = first_password();
        let mut tx = self.begin_account(&profile, Some(phone_index), None, &password).await?;
        let id = tx.1.clone();
        self.tell(&mut tx.0, present, enrolling.role(), &id, "account_opened_by_phone").await?;
        let link = self.house.config.link(routes::LOGIN);
        let notice = Notice::FirstPassword { password, days: FIRST_PASSWORD_DAYS as u16, link };
        let (to, occasion) = (notify::To::Phone(phone.as_str()), format!("first_password/{id}"));
        notify::queue(&mut tx.0, &self.house, &id, None, &notice, to, Lang::Ru, &occasion).await.map_err(trouble)?;
        tx.0.commit().await.map_err(trouble)?;
        Ok(Opened { sent_to: phone.masked() })
    }

    async fn open_at_the_counter(&self, values: Values) -> Result<Added, Refusal> {
        let present = self.present()?;
        let admitting = present.member.admitting()?;
        let profile = at_the_counter(&values)?;
        self.limit(&[("staff/newcomers", admitting.member(), 24 * 60, A_DAY)]).await?;
        let (login, password) = (ids::spoken(COUNTER_LOGIN), first_password());
        let index = counter_index(&self.house.vault, &login);
        let mut tx = self.begin_account(&profile, None, Some(index), &password).await?;
        let id = tx.1.clone();
        self.tell(&mut tx.0, present, admitting.role(), &id, "account_opened_at_counter").await?;
        tx.0.commit().await.map_err(trouble)?;
        let (first, second) = login.split_at(COUNTER_LOGIN / 2);
        Ok(Added { login: format!("{first}-{second}"), password })
    }
}

impl StaffVisit {
    /// A new account that nothing is proved of, in a transaction still open, and its id.
    async fn begin_account(
        &self,
        profile: &Values,
        phone_index: Option<[u8; 32]>,
        login_index: Option<[u8; 32]>,
        password: &str,
    ) -> Result<(Tx, String), Refusal> {
        let (house, vault, id) = (&self.house, &self.house.vault, ids::public_id());
        let password_hash = house.passwords.hash(password.to_owned()).await?;
        let mut tx = house.db.write().await.map_err(trouble)?;
        persons::create(&mut tx, vault, &id, self.now.0).await.map_err(trouble)?;
        let new = accounts::NewAccount {
            id: &id,
            phone_index,
            email_index: None,
            password_hash: &password_hash,
            profile,
            level: accounts::Level::Created,
            phone_confirmed_ms: None,
            email_confirmed_ms: None,
            lang: Lang::Ru.tag(),
            created_ms: self.now.0,
        };
        match accounts::create(&mut tx, vault, &new).await {
            Err(StorageError::Conflict(_)) => return Err(Refusal::on(Field::Phone, Code::PersonExists)),
            done => done.map_err(trouble)?,
        }
        accounts::give_first_password(&mut tx, &id, login_index.as_ref(), self.now.0).await.map_err(trouble)?;
        Ok((tx, id))
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
