//! «Верификация личности» (REC-3): scans from somebody who is not signed in, the page on which they follow their request,
//! and what a confirmed one opens. No answer tells whether there is an account; the browser is known by a sealed cookie.

use super::contacts::NEW_PHONE;
use super::proofs::{Contact, MINUTE};
use super::{refuse, trouble};
use crate::http::{VERIFICATION, Visit};
use crate::integrations::scanner::Scanned;
use crate::storage::sessions::Stage as SessionStage;
use crate::storage::verifications::{self, NewScan, NewVerification, State, Verification as Request};
use crate::storage::{
    DataKey, Place, Tx, accounts, contact_changes, devices, factors, ids, journal, litter, persons, sessions,
};
use crate::uploads::Inspected;
use app::error::Refusal;
use app::routes;
use app::ui::form::Next;
use domain::accounts::verification::{FOLLOWED_HOURS, PROMISED_MINUTES, Scan, USABLE_MINUTES, new_phone};
use domain::accounts::{CODE_MINUTES, recover};
use domain::clock::Timestamp;
use domain::documents::{check_size, shown_name};
use domain::{Code, Field, Values};
use std::time::Duration;
use tokio::time::{Instant, sleep_until};

const PLACE: Place<'static> = Place::new("verification", "id", "cookie");
/// What the slowest honest answer takes after the files were judged: two objects, two commits, two messages.
const FLOOR: Duration = Duration::from_millis(900);
/// Signs of a number that is read out.
const NUMBER: usize = 8;
/// What the session of a confirmed identity is told apart by.
const BY_IDENTITY: &str = "identity/";

/// A scan as it arrived.
pub struct Sent {
    pub kind: Scan,
    /// What it was called on the device.
    pub name: String,
    pub content: Vec<u8>,
}

impl Visit {
    /// Counted before a byte of a file is read.
    pub async fn may_verify(&self) -> Result<(), Refusal> {
        self.limit(&[("identity/address", &self.address.to_string(), 60, 12)]).await
    }

    /// Takes a request in. The account's owner is told, with a way to stop it.
    pub async fn ask_verification(&self, values: Values, scans: Vec<Sent>) -> Result<Next, Refusal> {
        let mut errors = recover(&values);
        for kind in Scan::ALL {
            if !scans.iter().any(|s| s.kind == *kind) {
                errors.push(kind.field(), Code::Empty);
            }
        }
        if !errors.is_empty() {
            return Err(errors.into());
        }
        let (house, vault) = (&self.house, &self.house.vault);
        let index = self.login_index(values.get(Field::Login));
        let who = ids::hex(&index);
        self.limit(&[("identity/name", &who, 60, 3)]).await?;
        let mut judged = Vec::new();
        for sent in scans {
            let kind = sent.kind;
            let inspected = self.judge_scan(sent).await;
            judged.push((
                kind,
                inspected.map_err(|r| Refusal { retry_after: r.retry_after, ..Refusal::on(kind.field(), r.code) })?,
            ));
        }
        let asked = Instant::now();
        let id = ids::public_id();
        let mut tx = house.db.write().await.map_err(trouble)?;
        persons::create(&mut tx, vault, &id, self.now.0).await.map_err(trouble)?;
        let key = persons::key(&mut tx, vault, &id).await.map_err(trouble)?;
        tx.commit().await.map_err(trouble)?;
        let kept: Vec<(String, Scan, Inspected)> =
            judged.into_iter().map(|(kind, found)| (ids::public_id(), kind, found)).collect();
        let entered = match self.put_scans(&key, &kept).await {
            Ok(()) => self.enter_verification(&id, &index, &kept).await,
            refused => refused,
        };
        if let Err(refusal) = entered {
            // No request names this key: nobody would ever destroy it.
            let mut tx = house.db.write().await.map_err(trouble)?;
            persons::destroy(&mut tx, vault, &id, self.now.0).await.map_err(trouble)?;
            tx.commit().await.map_err(trouble)?;
            return Err(refusal);
        }
        let until = self.now.plus_hours(FOLLOWED_HOURS);
        self.seal_cookie(VERIFICATION, PLACE, &(&id, until.0), FOLLOWED_HOURS * 60 * MINUTE)?;
        house.tell(&id, &id);
        sleep_until(asked + FLOOR).await;
        Ok(Next::to(routes::IDENTITY))
    }

    /// What is inside a scan, judged as any document is. While the virus scanner is down none is taken.
    async fn judge_scan(&self, sent: Sent) -> Result<Inspected, Refusal> {
        check_size(sent.content.len() as u64)?;
        let inspected = self.house.inspector.inspect(sent.content).await?;
        crate::uploads::agrees_with_name(inspected.media, &shown_name(&sent.name))?;
        match &self.house.integrations.scanner {
            None => Ok(inspected),
            Some(scanner) => match scanner.scan(&inspected.content).await {
                Ok(Scanned::Clean) => Ok(inspected),
                Ok(Scanned::Infected) => Err(Code::FileInfected.into()),
                Err(_) => Err(Code::Unavailable.into()),
            },
        }
    }

    async fn put_scans(&self, key: &DataKey, kept: &[(String, Scan, Inspected)]) -> Result<(), Refusal> {
        let house = &self.house;
        for (scan, _, found) in kept {
            litter::expect(&house.db, scan, self.now.0).await.map_err(trouble)?;
            house.files.put(&house.vault, key, scan, &found.content).await.map_err(trouble)?;
        }
        Ok(())
    }

    async fn enter_verification(
        &self,
        id: &str,
        index: &[u8; 32],
        kept: &[(String, Scan, Inspected)],
    ) -> Result<(), Refusal> {
        let mut tx = self.house.db.write().await.map_err(trouble)?;
        let account = self.named_now(&mut tx, index).await?;
        let number = ids::spoken(NUMBER);
        let new = NewVerification {
            id,
            number: &number,
            account_id: account.as_ref().map(|a| a.id.as_str()),
            asked_ms: self.now.0,
            due_ms: self.now.plus_minutes(PROMISED_MINUTES).0,
        };
        let scans: Vec<NewScan<'_>> = kept
            .iter()
            .map(|(scan, kind, found)| NewScan {
                id: scan,
                kind: kind.name(),
                media_type: found.media.name(),
                size: i64::try_from(found.content.len()).unwrap_or(i64::MAX),
                pages: i64::from(found.pages),
            })
            .collect();
        verifications::create(&mut tx, &new, &scans).await.map_err(trouble)?;
        for (scan, ..) in kept {
            if !litter::take_out(&mut tx, scan, self.house.now().0).await.map_err(trouble)? {
                return Err(refuse(tx, Code::Unavailable).await);
            }
        }
        self.note_visitor(&mut tx, new.account_id, "identity_asked", &number).await?;
        if let Some(account) = &account {
            self.alarm(&mut tx, account, "identity_asked", id).await?;
        }
        tx.commit().await.map_err(trouble)
    }

    /// One row by somebody who has proved nothing yet.
    async fn note_visitor(
        &self,
        tx: &mut Tx,
        account_id: Option<&str>,
        act: &str,
        number: &str,
    ) -> Result<(), Refusal> {
        let (at_ms, actor) = (self.now.0, "visitor");
        let row = journal::NewEntry { account_id, at_ms, actor, act, object: number, detail: "" };
        journal::append(tx, &row).await.map_err(trouble)
    }

    /// The request of this browser, while its cookie lives.
    pub async fn my_verification(&self) -> Result<Option<Request>, Refusal> {
        let mine: Option<(String, i64)> = self.opened_cookie(self.verification.as_deref(), PLACE);
        let Some((id, _)) = mine.filter(|(_, until_ms)| *until_ms > self.now.0) else { return Ok(None) };
        let mut tx = self.house.db.read().await.map_err(trouble)?;
        verifications::find(&mut tx, &self.house.vault, &id).await.map_err(trouble)
    }

    /// The button of what was confirmed: a session that sets a new password and nothing else.
    pub async fn enter_verified(&self) -> Result<Next, Refusal> {
        let found = self.my_verification().await?.ok_or(Code::VerificationGone)?;
        let account = found.account_id.as_deref().ok_or(Code::VerificationGone)?;
        let mut tx = self.house.db.write().await.map_err(trouble)?;
        let held = accounts::hold(&mut tx, account).await.map_err(trouble)?;
        let still = verifications::find(&mut tx, &self.house.vault, &found.id).await.map_err(trouble)?;
        if !held || !still.is_some_and(|request| usable(&request, self.now)) {
            return Err(refuse(tx, Code::VerificationGone).await);
        }
        let subject = format!("{BY_IDENTITY}{}", found.id);
        self.start_session(&mut tx, SessionStage::Renewing, Some(account), Some(&subject)).await?;
        tx.commit().await.map_err(trouble)?;
        Ok(Next::to(routes::RECOVER_PASSWORD))
    }

    /// The request this session sets a password by, if it is such a session.
    pub(super) fn renewing_by(&self) -> Option<String> {
        let session = self.session.as_ref().filter(|s| s.stage == SessionStage::Renewing)?;
        session.subject.as_deref()?.strip_prefix(BY_IDENTITY).map(str::to_owned)
    }

    /// The new password of somebody whose identity was confirmed: all sessions end, lost factors go, and a new phone is
    /// asked for its code. `hash` is judged already.
    pub(super) async fn renew_verified(
        &self,
        values: &Values,
        request: &str,
        account: &accounts::Account,
        hash: &str,
    ) -> Result<Next, Refusal> {
        // One's own number, proved already, is no new one: it takes nothing to keep it.
        let own = |phone: &String| account.phone_confirmed_ms.is_some() && account.profile.get(Field::Phone) == phone;
        let phone = new_phone(values)?.filter(|phone| !own(phone));
        if let Some(phone) = &phone {
            self.limit(&[("contact/account", &account.id, 60, 5), ("sign_up/phone", phone, 15, 3)]).await?;
        }
        let now = self.now.0;
        let mut tx = self.house.db.write().await.map_err(trouble)?;
        let since = now - USABLE_MINUTES * MINUTE;
        let account = self.alone(&mut tx, &account.id).await?;
        let account = match verifications::use_up(&mut tx, request, since).await.map_err(trouble)? {
            true => account,
            false => None,
        };
        let Some(account) = &account else {
            return Err(refuse(tx, Code::VerificationGone).await);
        };
        let id = account.id.as_str();
        verifications::cancel(&mut tx, id, request).await.map_err(trouble)?;
        accounts::set_frozen(&mut tx, id, None).await.map_err(trouble)?;
        accounts::set_recovered_by(&mut tx, id, None).await.map_err(trouble)?;
        accounts::set_password(&mut tx, id, hash).await.map_err(trouble)?;
        sessions::revoke_all(&mut tx, id, None, now).await.map_err(trouble)?;
        devices::distrust_all(&mut tx, id, now).await.map_err(trouble)?;
        self.drop_begun(&mut tx, id).await?;
        if values.is_ticked(Field::LostFactors) {
            factors::remove_all(&mut tx, id, now).await.map_err(trouble)?;
            self.note(&mut tx, id, "factors_reset", "").await?;
        }
        self.note(&mut tx, id, "password_changed", "").await?;
        // The moment tells «Это не я» which factors went with it.
        self.alarm(&mut tx, account, "identity_used", &now.to_string()).await?;
        let Some(phone) = phone else {
            tx.commit().await.map_err(trouble)?;
            self.set_cookie(crate::http::SESSION, "", 0);
            return Ok(Next::reload(format!("{}/done", routes::RECOVER)));
        };
        let change = self.begin_phone(&mut tx, account, &phone).await?;
        self.start_session(&mut tx, SessionStage::Rephoning, Some(id), Some(&change)).await?;
        tx.commit().await.map_err(trouble)?;
        Ok(Next::to(routes::IDENTITY_PHONE))
    }

    /// The code that came to the new phone.
    pub async fn verified_phone(&self, values: Values) -> Result<Next, Refusal> {
        let session = self.attempt(SessionStage::Rephoning)?;
        let account = session.account_id.as_deref().ok_or(Code::NoSession)?;
        self.take_phone(account, session, &values).await?;
        let mut tx = self.house.db.write().await.map_err(trouble)?;
        self.end_session(&mut tx).await?;
        tx.commit().await.map_err(trouble)?;
        Ok(Next::reload(format!("{}/done", routes::RECOVER)))
    }

    /// Another code to the same phone, also when the ten minutes of the first are over: the request was used up for it.
    pub async fn resend_to_new_phone(&self) -> Result<Next, Refusal> {
        let session = self.attempt(SessionStage::Rephoning)?;
        let id = session.account_id.as_deref().ok_or(Code::NoSession)?;
        let subject = session.subject.as_deref().ok_or(Code::NoSession)?;
        self.limit(&[("resend/account", id, 15, 5)]).await?;
        let until = self.now.plus_minutes(CODE_MINUTES).0;
        let (mut tx, _) = self.holding().await?;
        let change = contact_changes::prolong(&mut tx, &self.house.vault, id, subject, until).await.map_err(trouble)?;
        let Some(change) = change else {
            return Err(refuse(tx, Code::ChangeGone).await);
        };
        let contact = Contact::Phone(change.value);
        self.send_code(&mut tx, &change.id, NEW_PHONE, id, &contact, change.shadow).await?;
        tx.commit().await.map_err(trouble)?;
        Ok(Next::to(routes::IDENTITY_PHONE))
    }

    /// REC-4: the answer to a refusal, under the same number, once; somebody else looks.
    pub async fn object_to_refusal(&self, values: Values) -> Result<Next, Refusal> {
        let words = domain::appeals::grounds(values.get(Field::Grounds)).map_err(|c| Refusal::on(Field::Grounds, c))?;
        let found = self.my_verification().await?.ok_or(Code::VerificationGone)?;
        let due = self.now.plus_minutes(PROMISED_MINUTES).0;
        let mut tx = self.house.db.write().await.map_err(trouble)?;
        let taken = verifications::object(&mut tx, &self.house.vault, &found.id, &words, due).await.map_err(trouble)?;
        if !taken {
            return Err(refuse(tx, Code::VerificationGone).await);
        }
        self.note_visitor(&mut tx, found.account_id.as_deref(), "identity_objected", &found.number).await?;
        tx.commit().await.map_err(trouble)?;
        self.house.tell(&found.id, &found.id);
        Ok(Next::to(routes::IDENTITY))
    }

    /// «Это не я» about a request: it is answered no more. Which ones there were, to be told after the commit.
    pub(super) async fn cancel_verifications(&self, tx: &mut Tx, account_id: &str) -> Result<Vec<String>, Refusal> {
        let all = verifications::of_account(tx, account_id).await.map_err(trouble)?;
        verifications::cancel(tx, account_id, "").await.map_err(trouble)?;
        Ok(all)
    }

    /// Tells the pages of requests that something has become of them.
    pub(super) fn tell_requests(&self, requests: &[String]) {
        for id in requests {
            self.house.tell(id, id);
        }
    }
}

/// Whether what was confirmed still opens the way to a new password.
pub(super) fn usable(found: &Request, now: Timestamp) -> bool {
    found.state == State::Confirmed && found.decided_ms.is_some_and(|at| at > now.0 - USABLE_MINUTES * MINUTE)
}
