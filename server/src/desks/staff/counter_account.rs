//! The account that what lies on a counter leads to: found, and taken away from whoever had it.

use super::Present;
use crate::desks::{alarms, trouble};
use crate::http::StaffVisit;
use crate::storage::contact_changes::{Former, Kind};
use crate::storage::counter_resets::{self, NewReset};
use crate::storage::{
    Purpose, Tx, accounts, deletions, devices, doors, factors, ids, links, push, sessions, verifications,
};
use app::error::Refusal;
use app::text::Lang;
use app::text::counter::device;
use domain::accounts::counter::{Login, Reason, Shown};
use domain::accounts::factors::ALARM_DAYS;
use domain::clock::DAY;
use domain::staff::Admitting;
use domain::{Code, Field};

impl StaffVisit {
    /// The one account that what lies on the counter fits. Whatever the passport leads to reads of it first, fitting or not;
    /// where the person names a phone or an e-mail that account alone. Anybody can write a passport into their profile: more
    /// accounts than one has keep nobody from their own, and none of them hears who came.
    pub(super) async fn shown_account(
        &self,
        present: &Present,
        admitting: &Admitting,
        shown: &Shown,
        reason: Reason,
    ) -> Result<String, Refusal> {
        let (db, vault) = (&self.house.db, &self.house.vault);
        let document = self.passport_index(&shown.passport);
        let mut tx = db.write().await.map_err(trouble)?;
        let login = shown.login.as_ref().map(|login| match login {
            Login::Phone(phone) => vault.blind_index(Purpose::Phone, phone.as_str()),
            Login::Email(email) => vault.blind_index(Purpose::Email, email.as_str()),
        });
        let found = match &login {
            Some(login) => Some(counter_resets::named(&mut tx, &document, login).await.map_err(trouble)?),
            None => counter_resets::candidates(&mut tx, &document).await.map_err(trouble)?,
        };
        let too_many = found.is_none();
        let found = found.unwrap_or_default();
        for id in &found {
            self.tell_counter(&mut tx, present, admitting, Some(id), "access_searched", reason.name()).await?;
        }
        if found.is_empty() {
            self.tell_counter(&mut tx, present, admitting, None, "access_searched", reason.name()).await?;
        }
        tx.commit().await.map_err(trouble)?;
        if too_many {
            return Err(Refusal::on(Field::Login, Code::ResetSeveral));
        }
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

    /// The phone and e-mail there were, which are told. Reset twice and not entered between: those from before the first.
    pub(super) async fn contacts(&self, tx: &mut Tx, account: &accounts::Account) -> Result<(Former, Former), Refusal> {
        let id = account.id.as_str();
        if account.phone_confirmed_ms.is_none() && account.email_confirmed_ms.is_none() {
            let last = counter_resets::last(tx, id).await.map_err(trouble)?;
            if let Some(last) = last.filter(|last| self.now.0 - last.asked_ms < ALARM_DAYS * DAY) {
                let before = counter_resets::former(tx, &self.house.vault, id, &last.id).await.map_err(trouble)?;
                if let Some(before) = before {
                    return Ok(before);
                }
            }
        }
        let (phone_index, email_index) = accounts::indexes(tx, id).await.map_err(trouble)?;
        let former = |kind, field, index, confirmed_ms| Former {
            kind,
            value: account.profile.get(field).to_owned(),
            index,
            confirmed_ms,
        };
        Ok((
            former(Kind::Phone, Field::Phone, phone_index, account.phone_confirmed_ms),
            former(Kind::Email, Field::Email, email_index, account.email_confirmed_ms),
        ))
    }

    /// Nobody is in, and nothing that opened the account does any more; what «Это не я» needs is kept, and its owner told.
    /// Requests to verify that were ended with it.
    pub(super) async fn take_away(
        &self,
        tx: &mut Tx,
        present: &Present,
        admitting: &Admitting,
        mut account: accounts::Account,
        document: &[u8; 32],
        (phone, email): (Former, Former),
    ) -> Result<Vec<String>, Refusal> {
        let (vault, now) = (&self.house.vault, self.now.0);
        let id = account.id.clone();
        let reset = ids::public_id();
        let new = NewReset {
            id: &reset,
            account_id: &id,
            document_idx: document,
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
        // Whoever was in may have asked for it, and it would be carried out before the slip works.
        if deletions::cancel(tx, &id, now).await.map_err(trouble)? {
            self.tell_counter(tx, present, admitting, Some(&id), "deletion_cancelled", "").await?;
        }
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
}
