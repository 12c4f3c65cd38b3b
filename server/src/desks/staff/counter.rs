//! Access reset at a counter, the last way in (REC-3, REC-4, E14): the passport finds the account, the account's journal has
//! its row before anything is compared, and what opens is a login on paper that works a day later or once a second clerk has
//! seen the same passport. Who the account was taken from is told on the phone and e-mail there were.

use super::Present;
use super::people::first_password;
use crate::desks::newcomers::counter_index;
use crate::desks::{refuse, trouble};
use crate::http::StaffVisit;
use crate::storage::counter_resets::{self, Reset};
use crate::storage::{Purpose, Tx, accounts, ids, journal, sessions};
use app::error::Refusal;
use app::staff::desk::CounterDesk;
use app::staff::view::Slip;
use async_trait::async_trait;
use domain::accounts::counter::{self, REPRINT_MS, Reason, works_from};
use domain::accounts::newcomers::{COUNTER_LOGIN, FIRST_PASSWORD_DAYS};
use domain::clock::{DAY, Timestamp};
use domain::fields::Passport;
use domain::journal::Look;
use domain::staff::{self, Admitting};
use domain::{Code, Values};

/// People who have lost everything at one counter in a day; a clerk who tries more is looking for something.
const A_DAY: i64 = 40;
/// Tries with one passport in a day, by whomever.
const A_DOCUMENT: i64 = 5;

/// What a second clerk has to confirm; else whose journal hears of the look, and what is answered.
type ToConfirm = Result<Reset, (Option<String>, Result<(), Code>)>;

#[async_trait]
impl CounterDesk for StaffVisit {
    async fn reset_access(&self, values: Values, reason: Reason, seen: bool) -> Result<Slip, Refusal> {
        let present = self.present()?;
        let admitting = present.member.admitting()?;
        counter::seen(seen)?;
        let shown = counter::shown(&values)?;
        self.counted(&admitting, &shown.passport).await?;
        let id = self.shown_account(present, &admitting, &shown, reason).await?;
        let document = self.passport_index(&shown.passport);
        let (login, password) = (ids::spoken(COUNTER_LOGIN), first_password());
        let hash = self.house.passwords.hash(password.clone()).await?;
        let mut tx = self.house.db.write().await.map_err(trouble)?;
        // Two clerks at once wait for each other here; the second finds an account that has just been reset.
        let held = accounts::hold(&mut tx, &id).await.map_err(trouble)?;
        let found = accounts::find(&mut tx, &self.house.vault, &id).await.map_err(trouble)?;
        let Some(account) = found.filter(|a| held && shown.fits(&a.profile)) else {
            return Err(refuse(tx, Code::ResetNothingFound).await);
        };
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
        let since = self.now.0 - REPRINT_MS;
        let printed = counter_resets::newest_is(&mut tx, &id, &admitting, &document, since).await.map_err(trouble)?;
        let (act, at, ended) = match account.first_password_ms.filter(|_| printed && account.by_counter_login) {
            // Nobody has entered by the slip of a moment ago, which never came or was spoilt: another in its place, no sooner.
            Some(at) => {
                sessions::revoke_all(&mut tx, &id, None, self.now.0).await.map_err(trouble)?;
                ("access_slip_again", at, Vec::new())
            }
            None => {
                let last = counter_resets::last(&mut tx, &id).await.map_err(trouble)?.map(|r| Timestamp(r.asked_ms));
                let corrected = journal::last_correction(&mut tx, &id).await.map_err(trouble)?.map(Timestamp);
                let contacts = self.contacts(&mut tx, &account).await?;
                let told = contacts.0.confirmed_ms.is_some() || contacts.1.confirmed_ms.is_some();
                let from = works_from(self.now, last, corrected, told);
                let ended = self.take_away(&mut tx, present, &admitting, account, &document, contacts).await?;
                ("access_reset", from.map_or(accounts::NOT_YET, |from| from.0), ended)
            }
        };
        accounts::set_password(&mut tx, &id, &hash).await.map_err(trouble)?;
        let index = counter_index(&self.house.vault, &login);
        accounts::give_first_password(&mut tx, &id, Some(&index), at).await.map_err(trouble)?;
        self.tell_counter(&mut tx, present, &admitting, Some(&id), act, reason.name()).await?;
        tx.commit().await.map_err(trouble)?;
        for request in ended {
            self.house.tell(&request, &request);
        }
        let (first, second) = login.split_at(COUNTER_LOGIN / 2);
        let from = (at != accounts::NOT_YET).then_some(Timestamp(at));
        Ok(Slip { login: format!("{first}-{second}"), password, from })
    }

    async fn confirm_reset(&self, values: Values, seen: bool) -> Result<(), Refusal> {
        let present = self.present()?;
        let admitting = present.member.admitting()?;
        counter::seen(seen)?;
        let passport = counter::passport(&values)?;
        self.counted(&admitting, &passport).await?;
        let mut tx = self.house.db.write().await.map_err(trouble)?;
        let reset = match self.to_confirm(&mut tx, &admitting, &passport).await? {
            Ok(reset) => reset,
            Err((account, answer)) => {
                self.tell_counter(&mut tx, present, &admitting, account.as_deref(), "access_searched", "").await?;
                tx.commit().await.map_err(trouble)?;
                return answer.map_err(Refusal::from);
            }
        };
        let id = reset.account_id.as_str();
        // The account first: «Это не я» may be pressed, or another reset made, at this moment; the statement looks again.
        let one = accounts::hold(&mut tx, id).await.map_err(trouble)?
            && counter_resets::confirm(&mut tx, &admitting, &reset.id, self.now.0).await.map_err(trouble)?
            && accounts::start_first_password(&mut tx, id, self.now.0).await.map_err(trouble)?;
        if !one {
            return Err(refuse(tx, Code::ResetNothingFound).await);
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

    pub(super) fn passport_index(&self, passport: &Passport) -> [u8; 32] {
        self.house.vault.blind_index(Purpose::Passport, passport.as_str())
    }

    /// The newest reset by this passport that another has made; one's own waits for somebody else. Whoever presses again
    /// because the answer was lost has confirmed already.
    async fn to_confirm(&self, tx: &mut Tx, admitting: &Admitting, passport: &Passport) -> Result<ToConfirm, Refusal> {
        let (document, since) = (self.passport_index(passport), self.now.0 - FIRST_PASSWORD_DAYS * DAY);
        let (done, waiting): (Vec<Reset>, Vec<Reset>) = counter_resets::waiting(tx, admitting, &document, since)
            .await
            .map_err(trouble)?
            .into_iter()
            .partition(|reset| reset.second_by.is_some());
        let mut answer = (None, Err(Code::ResetNothingFound));
        for reset in waiting {
            let account = Some(reset.account_id.clone());
            if let Err(code) = counter::second(&reset.asked_by, admitting.member()) {
                answer = (account, Err(code));
                continue;
            }
            let own = counter_resets::own(tx, &reset.account_id, admitting.member()).await.map_err(trouble)?;
            return Ok(if own { Err((account, Err(Code::ResetOwn))) } else { Ok(reset) });
        }
        Ok(Err(done.into_iter().next().map_or(answer, |reset| (Some(reset.account_id), Ok(())))))
    }

    /// Who looked or acted, by which right, and why: in the journal of whoever it is about.
    pub(super) async fn tell_counter(
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
