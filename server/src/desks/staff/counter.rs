//! Access reset at a counter, the last way in (REC-3, REC-4, E14): the passport finds the account, the account's journal has
//! its row before anything is compared, and what opens is a login on paper that works a day later or once a second clerk has
//! seen the same passport. Who the account was taken from is told on the phone and e-mail there were.

use super::Present;
use super::people::first_password;
use crate::desks::newcomers::counter_index;
use crate::desks::{alarms, refuse, trouble};
use crate::http::StaffVisit;
use crate::storage::contact_changes::{Former, Kind};
use crate::storage::counter_resets::{self, NewReset};
use crate::storage::{
    Purpose, Tx, accounts, devices, doors, factors, ids, journal, links, push, sessions, verifications,
};
use app::error::Refusal;
use app::staff::desk::CounterDesk;
use app::staff::view::Slip;
use app::text::Lang;
use app::text::counter::device;
use async_trait::async_trait;
use domain::accounts::counter::{self, Login, Reason, Shown, works_from};
use domain::accounts::factors::ALARM_DAYS;
use domain::accounts::newcomers::{COUNTER_LOGIN, FIRST_PASSWORD_DAYS};
use domain::clock::{DAY, Timestamp};
use domain::fields::Passport;
use domain::journal::Look;
use domain::staff::{self, Admitting};
use domain::{Code, Field, Values};

/// People who have lost everything at one counter in a day; a clerk who tries more is looking for something.
const A_DAY: i64 = 40;
/// Tries with one passport in a day, by whomever.
const A_DOCUMENT: i64 = 5;

#[async_trait]
impl CounterDesk for StaffVisit {
    async fn reset_access(&self, values: Values, reason: Reason, seen: bool) -> Result<Slip, Refusal> {
        let present = self.present()?;
        let admitting = present.member.admitting()?;
        counter::seen(seen)?;
        let shown = counter::shown(&values)?;
        self.counted(&admitting, &shown.passport).await?;
        let id = self.shown_account(present, &admitting, &shown, reason).await?;
        let (login, password) = (ids::spoken(COUNTER_LOGIN), first_password());
        let hash = self.house.passwords.hash(password.clone()).await?;
        let mut tx = self.house.db.write().await.map_err(trouble)?;
        // Two clerks at once wait for each other here; the second finds an account that has just been reset.
        let held = accounts::hold(&mut tx, &id).await.map_err(trouble)?;
        let found = accounts::find(&mut tx, &self.house.vault, &id).await.map_err(trouble)?;
        let account = found.filter(|a| held && shown.fits(&a.profile)).ok_or(Code::ResetNothingFound)?;
        let refused = match account.frozen_ms {
            // What «Это не я» closed is its owner's to open, while there is a phone or an e-mail to do it by.
            Some(_) if account.phone_confirmed_ms.is_some() || account.email_confirmed_ms.is_some() => {
                Some(Code::ResetFrozen)
            }
            _ if counter_resets::own(&mut tx, &id, admitting.member()).await.map_err(trouble)? => Some(Code::ResetOwn),
            _ => None,
        };
        if let Some(code) = refused {
            return Err(refuse(tx, code).await);
        }
        let last = counter_resets::last(&mut tx, &id).await.map_err(trouble)?.map(|r| Timestamp(r.asked_ms));
        let corrected = journal::last_correction(&mut tx, &id).await.map_err(trouble)?.map(Timestamp);
        let from = works_from(self.now, last, corrected, account.frozen_ms.is_some());
        let reset = self.take_away(&mut tx, &admitting, account, &shown.passport).await?;
        accounts::set_password(&mut tx, &id, &hash).await.map_err(trouble)?;
        let index = counter_index(&self.house.vault, &login);
        let at = from.map_or(accounts::NOT_YET, |from| from.0);
        accounts::give_first_password(&mut tx, &id, Some(&index), at).await.map_err(trouble)?;
        self.tell_counter(&mut tx, present, &admitting, Some(&id), "access_reset", reason.name()).await?;
        tx.commit().await.map_err(trouble)?;
        for request in reset {
            self.house.tell(&request, &request);
        }
        let (first, second) = login.split_at(COUNTER_LOGIN / 2);
        Ok(Slip { login: format!("{first}-{second}"), password, from })
    }

    async fn confirm_reset(&self, values: Values, seen: bool) -> Result<(), Refusal> {
        let present = self.present()?;
        let admitting = present.member.admitting()?;
        counter::seen(seen)?;
        let passport = counter::passport(&values)?;
        self.counted(&admitting, &passport).await?;
        let document = self.passport_index(&passport);
        let since = self.now.0 - FIRST_PASSWORD_DAYS * DAY;
        let mut tx = self.house.db.write().await.map_err(trouble)?;
        let waiting = counter_resets::waiting(&mut tx, &document, since).await.map_err(trouble)?;
        let refused = match waiting.first() {
            None => Some(Code::ResetNothingFound),
            Some(reset) => match counter::second(&reset.asked_by, admitting.member()) {
                Err(code) => Some(code),
                Ok(())
                    if counter_resets::own(&mut tx, &reset.account_id, admitting.member())
                        .await
                        .map_err(trouble)? =>
                {
                    Some(Code::ResetOwn)
                }
                Ok(()) => None,
            },
        };
        let (Some(reset), None) = (waiting.first(), refused) else {
            let account = waiting.first().map(|reset| reset.account_id.as_str());
            self.tell_counter(&mut tx, present, &admitting, account, "access_searched", "").await?;
            tx.commit().await.map_err(trouble)?;
            return Err(refused.unwrap_or(Code::ResetNothingFound).into());
        };
        let id = reset.account_id.as_str();
        // The account first: «Это не я» may be pressed, or another reset made, at this moment; the statement looks again.
        let one = accounts::hold(&mut tx, id).await.map_err(trouble)?
            && counter_resets::confirm(&mut tx, &admitting, &reset.id, self.now.0).await.map_err(trouble)?
            && accounts::start_first_password(&mut tx, id, self.now.0).await.map_err(trouble)?;
        if !one {
            return Err(Code::ResetNothingFound.into());
        }
        self.tell_counter(&mut tx, present, &admitting, Some(id), "access_reset_confirmed", "").await?;
        tx.commit().await.map_err(trouble)
    }
}

impl StaffVisit {
    async fn counted(&self, admitting: &Admitting, passport: &Passport) -> Result<(), Refusal> {
        let clerk = ("staff/counter", admitting.member(), 24 * 60, A_DAY);
        self.limit(&[clerk, ("counter/document", passport.as_str(), 24 * 60, A_DOCUMENT)]).await
    }

    fn passport_index(&self, passport: &Passport) -> [u8; 32] {
        self.house.vault.blind_index(Purpose::Passport, passport.as_str())
    }

    /// The one account that what lies on the counter fits. Whatever the passport leads to reads of it first, fitting or not.
    async fn shown_account(
        &self,
        present: &Present,
        admitting: &Admitting,
        shown: &Shown,
        reason: Reason,
    ) -> Result<String, Refusal> {
        let (db, vault) = (&self.house.db, &self.house.vault);
        let document = self.passport_index(&shown.passport);
        let mut tx = db.write().await.map_err(trouble)?;
        let mut found = counter_resets::candidates(&mut tx, &document).await.map_err(trouble)?;
        if let Some(login) = &shown.login {
            let index = match login {
                Login::Phone(phone) => vault.blind_index(Purpose::Phone, phone.as_str()),
                Login::Email(email) => vault.blind_index(Purpose::Email, email.as_str()),
            };
            let named = accounts::credentials(&mut tx, &index).await.map_err(trouble)?;
            found.retain(|id| named.as_ref().is_some_and(|named| named.id == *id));
        }
        for id in &found {
            self.tell_counter(&mut tx, present, admitting, Some(id), "access_searched", reason.name()).await?;
        }
        if found.is_empty() {
            self.tell_counter(&mut tx, present, admitting, None, "access_searched", reason.name()).await?;
        }
        tx.commit().await.map_err(trouble)?;
        let snils = shown.snils.as_ref().map(|snils| vault.blind_index(Purpose::Snils, snils.as_str()));
        let mut tx = db.read().await.map_err(trouble)?;
        let mut fitting = Vec::new();
        for id in found {
            let account = accounts::find(&mut tx, vault, &id).await.map_err(trouble)?;
            let told = counter_resets::snils_of(&mut tx, &id, &document).await.map_err(trouble)?;
            let same = told.is_empty() || snils.is_some_and(|shown| told.iter().any(|told| told[..] == shown[..]));
            if same && account.is_some_and(|account| shown.fits(&account.profile)) {
                fitting.push(id);
            }
        }
        match fitting.len() {
            0 => Err(Code::ResetNothingFound.into()),
            1 => Ok(fitting.swap_remove(0)),
            _ => Err(Refusal::on(Field::Login, Code::ResetSeveral)),
        }
    }

    /// Nobody is in, and nothing that opened the account does any more; what «Это не я» needs is kept, and its owner told.
    /// Requests to verify that were ended with it.
    async fn take_away(
        &self,
        tx: &mut Tx,
        admitting: &Admitting,
        mut account: accounts::Account,
        passport: &Passport,
    ) -> Result<Vec<String>, Refusal> {
        let (vault, now) = (&self.house.vault, self.now.0);
        let id = account.id.clone();
        let (phone_index, email_index) = accounts::indexes(tx, &id).await.map_err(trouble)?;
        let former = |kind, field, index, confirmed_ms| Former {
            kind,
            value: account.profile.get(field).to_owned(),
            index,
            confirmed_ms,
        };
        let mut phone = former(Kind::Phone, Field::Phone, phone_index, account.phone_confirmed_ms);
        let mut email = former(Kind::Email, Field::Email, email_index, account.email_confirmed_ms);
        // Reset twice and not entered between: whoever it belonged to before the first is told, and gets it back.
        if phone.confirmed_ms.is_none() && email.confirmed_ms.is_none() {
            let last = counter_resets::last(tx, &id).await.map_err(trouble)?;
            if let Some(last) = last.filter(|last| now - last.asked_ms < ALARM_DAYS * DAY)
                && let Some(before) = counter_resets::former(tx, vault, &id, &last.id).await.map_err(trouble)?
            {
                (phone, email) = (before.0, before.1);
            }
        }
        let reset = ids::public_id();
        let new = NewReset {
            id: &reset,
            account_id: &id,
            document_idx: &self.passport_index(passport),
            asked_ms: now,
            phone: &phone,
            email: &email,
        };
        counter_resets::create(tx, vault, admitting, &new).await.map_err(trouble)?;
        account.profile.set(Field::Phone, phone.value.as_str());
        account.profile.set(Field::Email, email.value.as_str());
        (account.phone_confirmed_ms, account.email_confirmed_ms) = (phone.confirmed_ms, email.confirmed_ms);
        let lang = Lang::from_tag(&account.lang).unwrap_or_default();
        alarms::raise(tx, &self.house, &account, ("access_reset", &reset), device(lang), self.now).await?;

        sessions::revoke_all(tx, &id, None, now).await.map_err(trouble)?;
        devices::forget_all(tx, &id).await.map_err(trouble)?;
        push::remove_all(tx, &id).await.map_err(trouble)?;
        // Their moment is the reset's: by it «Это не я» brings them back.
        factors::remove_all(tx, &id, now).await.map_err(trouble)?;
        doors::remove_all(tx, &id, now).await.map_err(trouble)?;
        alarms::drop_begun(tx, &id).await?;
        links::drop_open(tx, &id).await.map_err(trouble)?;
        let asked = verifications::of_account(tx, &id).await.map_err(trouble)?;
        verifications::cancel(tx, &id, "").await.map_err(trouble)?;
        accounts::set_frozen(tx, &id, None).await.map_err(trouble)?;
        accounts::set_recovered_by(tx, &id, None).await.map_err(trouble)?;
        accounts::change_phone(tx, &id, None, None).await.map_err(trouble)?;
        accounts::change_email(tx, &id, None, None).await.map_err(trouble)?;
        account.profile.set(Field::Phone, "");
        account.profile.set(Field::Email, "");
        accounts::set_profile(tx, vault, &id, &account.profile).await.map_err(trouble)?;
        Ok(asked)
    }

    /// Who looked or acted, by which right, and why: in the journal of whoever it is about.
    async fn tell_counter(
        &self,
        tx: &mut Tx,
        present: &Present,
        admitting: &Admitting,
        account_id: Option<&str>,
        act: &str,
        reason: &str,
    ) -> Result<(), Refusal> {
        let look = Look { role: admitting.role(), purpose: staff::Purpose::CitizenAsked, document: None };
        let row = journal::NewEntry {
            account_id,
            at_ms: self.now.0,
            actor: &present.actor(),
            act,
            object: reason,
            detail: &look.to_string(),
        };
        journal::append(tx, &row).await.map_err(trouble)
    }
}
