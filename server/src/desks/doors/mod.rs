//! Coming in through a provider of identities (REG-12): out with state, nonce and PKCE, back with a code, each once, in
//! the browser that began. What a provider said opens an account that is linked, or waits, sealed in that browser, for
//! its owner to sign up or to link it.

mod account;
mod page;

pub(in crate::desks) use account::{fill, words_of};

use super::proofs::MINUTE;
use super::{refuse, totp, trouble};
use crate::http::{DOOR, TOLD, Visit};
use crate::integrations::doors::{Identity, Problem, Provider};
use crate::storage::codes::{NewCode, Verdict};
use crate::storage::{Place, Purpose, accounts, codes, doors, ids};
use app::error::Refusal;
use app::routes;
use app::ui::form::Next;
use domain::accounts::doors::Door;
use domain::fields::{Email, Phone};
use domain::{Code, Field, Values};
use serde::{Deserialize, Serialize};
use subtle::ConstantTimeEq;

/// What a state is kept for.
const STATE: &str = "door";
/// From the button to the way back.
const ATTEMPT_MS: i64 = 10 * MINUTE;
/// From the way back to the account.
pub const TOLD_MS: i64 = 30 * MINUTE;
const ATTEMPT: Place<'static> = Place::new("door", "attempt", "cookie");
const ARRIVED: Place<'static> = Place::new("door", "told", "cookie");

/// Somebody on the way out, in their own browser.
#[derive(Serialize, Deserialize)]
struct Attempt {
    door: Door,
    state: String,
    nonce: String,
    verifier: String,
    next: Option<String>,
    until_ms: i64,
}

/// Somebody whom a provider knows and no account does yet.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct Arrived {
    pub door: Door,
    pub subject_index: [u8; 32],
    pub told: Values,
    phone_proved: bool,
    email_proved: bool,
    /// The proved phone has an account: nothing is filled in, its owner logs in.
    pub phone_taken: bool,
    /// Who was signed in: only they may link it then.
    account: Option<String>,
    until_ms: i64,
}

impl Arrived {
    /// Whether the provider has proved this phone.
    pub fn proves_phone(&self, phone: &Phone) -> bool {
        self.phone_proved && Phone::parse(self.told.get(Field::Phone)).is_ok_and(|told| told.as_str() == phone.as_str())
    }
    pub fn proves_email(&self, email: &Email) -> bool {
        self.email_proved && Email::parse(self.told.get(Field::Email)).is_ok_and(|told| told.as_str() == email.as_str())
    }
    /// Whether a form is about the person the provider named: a browser may be shared.
    pub fn is_about(&self, profile: &Values) -> bool {
        [Field::LastName, Field::FirstName].iter().all(|f| self.told.get(*f) == profile.get(*f))
    }
    /// Whether this account may link it: its owner set out while signed in, or has proved the phone that the provider
    /// has proved too. Whoever else signs in at this browser links nothing.
    pub fn may_be_linked_to(&self, account: &accounts::Account) -> bool {
        match &self.account {
            Some(id) => *id == account.id,
            None => {
                let phone = Phone::parse(account.profile.get(Field::Phone));
                account.phone_confirmed_ms.is_some() && phone.is_ok_and(|phone| self.proves_phone(&phone))
            }
        }
    }
}

/// What a browser brought back in its address.
#[derive(Default)]
pub struct Back {
    pub code: Option<String>,
    pub state: Option<String>,
    pub error: Option<String>,
    /// RFC 9207: who answers.
    pub issuer: Option<String>,
}

impl Visit {
    /// Where the browser goes from the button: to the provider, or to the page that says why not.
    pub async fn door_begin(&self, name: &str, next: Option<&str>) -> String {
        let Some(door) = Door::from_name(name) else { return routes::LOGIN.to_owned() };
        let url = self.set_out(door, next).await;
        url.unwrap_or_else(|refusal| routes::door_refused(door, refusal.code))
    }

    /// Where the browser goes after the way back.
    pub async fn door_back(&self, name: &str, sealed: Option<&str>, back: Back) -> String {
        let Some(door) = Door::from_name(name) else { return routes::LOGIN.to_owned() };
        // Whatever comes of it, this attempt is over.
        self.set_cookie(DOOR, "", 0);
        let to = self.come_back(door, sealed, back).await;
        to.unwrap_or_else(|refusal| routes::door_refused(door, refusal.code))
    }

    fn provider(&self, door: Door) -> Result<&Provider, Refusal> {
        self.house.integrations.doors.find(door).ok_or(Refusal::from(Code::DoorClosed))
    }

    async fn set_out(&self, door: Door, next: Option<&str>) -> Result<String, Refusal> {
        self.limit(&[("door/address", &self.address.to_string(), 10, 60)]).await?;
        let begun = self.provider(door)?.begin().await.map_err(|problem| refused(door, problem))?;
        let new = NewCode {
            subject: &subject_of(&begun.state),
            purpose: STATE,
            hash: ids::token_hash(&begun.state),
            tries: 1,
            sent_ms: self.now.0,
            expires_ms: self.now.0 + ATTEMPT_MS,
            gap_ms: 0,
        };
        let mut tx = self.house.db.write().await.map_err(trouble)?;
        codes::issue(&mut tx, &new).await.map_err(trouble)?;
        tx.commit().await.map_err(trouble)?;
        let attempt = Attempt {
            door,
            state: begun.state,
            nonce: begun.nonce,
            verifier: begun.verifier,
            next: next.and_then(routes::safe_next).map(str::to_owned),
            until_ms: self.now.0 + ATTEMPT_MS,
        };
        self.seal_cookie(DOOR, ATTEMPT, &attempt, ATTEMPT_MS)?;
        Ok(begun.url)
    }

    async fn come_back(&self, door: Door, sealed: Option<&str>, back: Back) -> Result<String, Refusal> {
        self.limit(&[("door/address", &self.address.to_string(), 10, 60)]).await?;
        let provider = self.provider(door)?;
        let attempt: Attempt = self.opened_cookie(sealed, ATTEMPT).ok_or(Code::DoorAttemptGone)?;
        let state = back.state.unwrap_or_default();
        let ours = bool::from(attempt.state.as_bytes().ct_eq(state.as_bytes()));
        if !ours || attempt.door != door || attempt.until_ms < self.now.0 {
            return Err(Code::DoorAttemptGone.into());
        }
        // Once, whoever copied the cookie.
        let (subject, hash) = (subject_of(&state), ids::token_hash(&state));
        match codes::check(&self.house.db, &subject, STATE, &hash, self.now.0).await.map_err(trouble)? {
            Verdict::Right { .. } => {}
            _ => return Err(Code::DoorAttemptGone.into()),
        }
        // RFC 9207: an answer of somebody else's (mix-up).
        if back.issuer.is_some_and(|issuer| issuer != provider.issuer()) {
            return Err(refused(door, Problem::Untrusted("issuer")));
        }
        match back.error.as_deref() {
            None => {}
            Some("access_denied") => return Err(Code::DoorDenied.into()),
            Some(_) => return Err(refused(door, Problem::Down)),
        }
        let code = back.code.ok_or(Code::DoorAttemptGone)?;
        let identity = provider.finish(&code, &attempt.nonce, &attempt.verifier, self.now).await;
        let identity = identity.map_err(|problem| refused(door, problem))?;
        let name = format!("{}\n{}", provider.issuer(), identity.subject);
        let subject_index = self.house.vault.blind_index(Purpose::Subject, &name);
        self.arrive(door, subject_index, identity, attempt.next).await
    }

    /// The provider is believed: whose account is it.
    async fn arrive(
        &self,
        door: Door,
        subject_index: [u8; 32],
        identity: Identity,
        next: Option<String>,
    ) -> Result<String, Refusal> {
        let (house, vault) = (&self.house, &self.house.vault);
        let here = self.citizen.as_ref().map(|c| c.account_id.clone());
        let mut tx = house.db.read().await.map_err(trouble)?;
        let known = doors::find(&mut tx, &subject_index).await.map_err(trouble)?;
        let Some((id, account_id)) = known else {
            let phone = Phone::parse(identity.told.get(Field::Phone)).ok().filter(|_| identity.phone_proved);
            let taken = match &phone {
                Some(phone) => {
                    let index = vault.blind_index(Purpose::Phone, phone.as_str());
                    accounts::phone_taken(&mut tx, &index).await.map_err(trouble)?
                }
                None => false,
            };
            drop(tx);
            let to = match (&here, taken) {
                (Some(_), _) => routes::SECURITY_DOOR.to_owned(),
                // Its owner proves that the account is theirs; a provider's word alone takes no account over.
                (None, true) => routes::door_refused(door, Code::DoorPhoneTaken),
                (None, false) => routes::REGISTER.to_owned(),
            };
            let Identity { told, phone_proved, email_proved, .. } = identity;
            let until_ms = self.now.0 + TOLD_MS;
            let phone_taken = taken && here.is_none();
            let arrived =
                Arrived { door, subject_index, told, phone_proved, email_proved, phone_taken, account: here, until_ms };
            self.seal_cookie(TOLD, ARRIVED, &arrived, TOLD_MS)?;
            return Ok(to);
        };
        drop(tx);
        if here.as_ref().is_some_and(|here| *here != account_id) {
            return Err(Code::DoorTaken.into());
        }
        let mut tx = house.db.write().await.map_err(trouble)?;
        let Some(account) = self.entered_now(&mut tx, &account_id).await? else {
            return Err(refuse(tx, Code::AccessLimited).await);
        };
        if !doors::used(&mut tx, vault, &id, &account_id, &identity.told, self.now.0).await.map_err(trouble)? {
            return Err(refuse(tx, Code::DoorGone).await);
        }
        match &here {
            // What is held of its owner has changed.
            Some(_) => self.note(&mut tx, &account_id, "door_used", &id).await?,
            None => self.let_in(&mut tx, &account, door.name(), false).await?,
        }
        tx.commit().await.map_err(trouble)?;
        Ok(next.unwrap_or_else(|| if here.is_some() { routes::SECURITY } else { routes::CABINET }.to_owned()))
    }

    /// Who came through a door in this browser and has no account yet.
    pub(super) fn arrived(&self) -> Option<Arrived> {
        let arrived: Arrived = self.opened_cookie(self.told.as_deref(), ARRIVED)?;
        let here = self.citizen.as_ref().map(|c| &c.account_id);
        let theirs = arrived.account.is_none() || arrived.account.as_ref() == here;
        (arrived.until_ms >= self.now.0 && theirs).then_some(arrived)
    }

    /// «Это не мои данные».
    pub fn forget_told(&self) -> Next {
        self.forget_arrived();
        Next::reload(routes::REGISTER)
    }

    pub(super) fn forget_arrived(&self) {
        self.set_cookie(TOLD, "", 0);
    }
}

fn subject_of(state: &str) -> String {
    totp::base32(&ids::token_hash(state))
}

fn refused(door: Door, problem: Problem) -> Refusal {
    tracing::warn!(door = door.name(), %problem, "nobody came through a door");
    match problem {
        Problem::Down => Code::DoorUnreachable,
        Problem::Code => Code::DoorAttemptGone,
        Problem::Untrusted(_) => Code::DoorAnswerWrong,
    }
    .into()
}
