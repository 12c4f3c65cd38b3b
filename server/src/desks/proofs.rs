//! Proving a phone and an e-mail: one-time codes, links, and the attempt they belong to.

use super::{Owner, consent_text, seconds_up, trouble};
use crate::http::Visit;
use crate::integrations::notices::Notice;
use crate::jobs::notify;
use crate::storage::codes::{Issued, NewCode, Verdict};
use crate::storage::sessions::Stage as SessionStage;
use crate::storage::{Tx, accounts, codes, consents, factors, ids, links, registrations};
use app::error::Refusal;
use app::routes;
use domain::access::Opens;
use domain::accounts::{CODE_MINUTES, CODE_TRIES, LINK_HOURS, RESEND_SECONDS, one_time_code};
use domain::fields::{Email, Phone};
use domain::{Code, Field, FieldErrors, Values};

pub(super) use domain::clock::MINUTE;
/// What a code or a link proves.
pub(super) const SIGN_UP: &str = "sign_up";
pub(super) const LOGIN: &str = "login";
pub(super) const RECOVER: &str = "recover";
pub(super) const CONFIRM_EMAIL: &str = "confirm_email";

/// Where a code is sent.
#[derive(Clone)]
pub(super) enum Contact {
    Phone(String),
    Email(String),
}

impl Contact {
    /// Of the second half of a login: the phone, unless access was just recovered through it (E14).
    pub(super) fn for_login(account: &accounts::Account) -> Contact {
        match account.recovered_by.as_deref() {
            Some("phone") if account.email_confirmed_ms.is_some() => {
                Contact::Email(account.profile.get(Field::Email).to_owned())
            }
            // An account with an e-mail alone (ALT-4); a phone that is being added has proved nothing yet.
            _ if account.phone_confirmed_ms.is_none() && account.email_confirmed_ms.is_some() => {
                Contact::Email(account.profile.get(Field::Email).to_owned())
            }
            _ => Contact::Phone(account.profile.get(Field::Phone).to_owned()),
        }
    }
    pub(super) fn address(&self) -> &str {
        match self {
            Contact::Phone(to) | Contact::Email(to) => to,
        }
    }
    /// As a session says what proved it.
    pub(super) const fn channel(&self) -> &'static str {
        match self {
            Contact::Phone(_) => "sms",
            Contact::Email(_) => "email",
        }
    }
    pub(super) fn masked(&self) -> String {
        match self {
            Contact::Phone(to) => Phone::parse(to).map(|p| p.masked()).unwrap_or_default(),
            Contact::Email(to) => Email::parse(to).map(|e| e.masked()).unwrap_or_default(),
        }
    }
}

/// The attempt in progress.
pub(super) struct Awaited {
    pub subject: String,
    pub purpose: &'static str,
    /// Whose key seals the message.
    pub person: String,
    pub contact: Contact,
    pub shadow: bool,
    /// An app of the account shows codes too.
    pub app: bool,
}

impl Visit {
    pub(super) async fn account(&self, tx: &mut Tx, owner: &Owner) -> Result<accounts::Account, Refusal> {
        let found = accounts::find(tx, &self.house.vault, &owner.account_id).await.map_err(trouble)?;
        found.ok_or(Refusal::from(Code::NoSession))
    }

    pub(super) async fn give_consent(
        &self,
        tx: &mut Tx,
        account_id: &str,
        purpose: &str,
        at_ms: i64,
    ) -> Result<(), Refusal> {
        let consent = consents::NewConsent {
            account_id,
            purpose,
            text_version: consent_text::VERSION,
            text_hash: &self.house.consent_hash,
            given_ms: at_ms,
        };
        consents::give_at_commit(tx, &consent).await.map_err(trouble)
    }

    /// Sends a new code for the attempt, at most one a minute; the old one is dead. The owner of a phone
    /// that has an account already gets a warning instead, and no code ever fits (`shadow`).
    pub(super) async fn send_code(
        &self,
        tx: &mut Tx,
        subject: &str,
        purpose: &str,
        person: &str,
        contact: &Contact,
        shadow: bool,
    ) -> Result<(), Refusal> {
        let code = ids::digits(6);
        let hash = if shadow { ids::random() } else { self.house.vault.code_hash(subject, purpose, &code) };
        self.issue(tx, subject, purpose, hash).await?;
        let minutes = CODE_MINUTES as u16;
        let notice = match (shadow, purpose) {
            (true, _) => self.account_exists(),
            (false, SIGN_UP) => Notice::SignUpCode { code, minutes },
            (false, RECOVER) => Notice::RecoverCode { code, minutes },
            (false, super::contacts::NEW_PHONE) => Notice::PhoneCode { code, minutes },
            (false, _) => Notice::LoginCode { code, minutes },
        };
        let occasion = format!("code/{subject}/{}", self.now.0);
        let to = match contact {
            Contact::Phone(phone) => notify::To::Phone(phone),
            Contact::Email(email) => notify::To::Email(email),
        };
        notify::queue(tx, &self.house, person, None, &notice, to, self.lang, &occasion).await.map_err(trouble)
    }

    /// A code that nobody gets and nothing fits, in place of one for an account that is not there.
    pub(super) async fn issue_nothing(&self, tx: &mut Tx, subject: &str, purpose: &str) -> Result<(), Refusal> {
        self.issue(tx, subject, purpose, ids::random()).await
    }

    async fn issue(&self, tx: &mut Tx, subject: &str, purpose: &str, hash: [u8; 32]) -> Result<(), Refusal> {
        let new = NewCode {
            subject,
            purpose,
            hash,
            tries: i64::from(CODE_TRIES),
            sent_ms: self.now.0,
            expires_ms: self.now.0 + CODE_MINUTES * MINUTE,
            gap_ms: RESEND_SECONDS * 1000,
        };
        match codes::issue(tx, &new).await.map_err(trouble)? {
            Issued::New => Ok(()),
            Issued::TooSoon { retry_after_ms } => {
                Err(Refusal { retry_after: Some(seconds_up(retry_after_ms)), ..Code::CodeTooSoon.into() })
            }
        }
    }

    pub(super) fn account_exists(&self) -> Notice {
        Notice::AccountExists {
            login_link: self.house.config.link(routes::LOGIN),
            recover_link: self.house.config.link(routes::RECOVER),
        }
    }

    pub(super) async fn send_link(&self, tx: &mut Tx, account_id: &str, email: &str) -> Result<(), Refusal> {
        let token = ids::token();
        let link = links::NewLink {
            token_hash: ids::token_hash(&token),
            account_id,
            purpose: CONFIRM_EMAIL,
            created_ms: self.now.0,
            expires_ms: self.now.0 + LINK_HOURS * 60 * MINUTE,
        };
        links::create(tx, &link).await.map_err(trouble)?;
        let notice = Notice::EmailLink {
            link: self.house.config.link(&format!("/register/email/{token}")),
            hours: LINK_HOURS as u16,
        };
        let occasion = format!("link/{account_id}/{}", self.now.0);
        notify::queue(tx, &self.house, account_id, None, &notice, notify::To::Email(email), self.lang, &occasion)
            .await
            .map_err(trouble)
    }

    /// The id of the code that fits; each guess is counted before it is compared.
    pub(super) async fn right_code(&self, subject: &str, purpose: &str, values: &Values) -> Result<String, Refusal> {
        let code = one_time_code(values)?;
        self.limit(&[("guess/address", &self.address.to_string(), 10, 100)]).await?;
        let hash = self.house.vault.code_hash(subject, purpose, &code);
        let verdict = codes::check(&self.house.db, subject, purpose, &hash, self.now.0).await.map_err(trouble)?;
        let refused = |code| -> Refusal { FieldErrors(vec![domain::FieldError::new(Field::Code, code)]).into() };
        match verdict {
            Verdict::Right { id } => Ok(id),
            Verdict::Wrong { .. } => Err(refused(Code::CodeWrong)),
            Verdict::Expired => Err(refused(Code::CodeExpired)),
            Verdict::Spent => Err(refused(Code::CodeTriesSpent)),
        }
    }

    /// What the page of a code waits for.
    pub(super) async fn awaited(&self) -> Result<Awaited, Refusal> {
        let session = self.session.as_ref().ok_or(Code::NoSession)?;
        let (house, vault) = (&self.house, &self.house.vault);
        let mut tx = house.db.read().await.map_err(trouble)?;
        match session.stage {
            SessionStage::Registering => {
                let id = session.subject.clone().ok_or(Code::NoSession)?;
                let attempt = registrations::find(&mut tx, vault, &id, self.now.0).await.map_err(trouble)?;
                let attempt = attempt.ok_or(Code::NoSession)?;
                let contact = Contact::Phone(attempt.profile.get(Field::Phone).to_owned());
                let shadow = attempt.shadow;
                Ok(Awaited { subject: id.clone(), purpose: SIGN_UP, person: id, contact, shadow, app: false })
            }
            // The first entry waits for no code yet.
            SessionStage::PendingLogin if session.subject.is_some() => Err(Code::NoSession.into()),
            SessionStage::PendingLogin => {
                let id = session.account_id.clone().ok_or(Code::NoSession)?;
                let account = accounts::find(&mut tx, vault, &id).await.map_err(trouble)?.ok_or(Code::NoSession)?;
                let app = factors::count(&mut tx, &id).await.map_err(trouble)? > 0;
                let contact = Contact::for_login(&account);
                let shadow = account.phone_confirmed_ms.is_none()
                    && matches!(contact, Contact::Phone(_))
                    && self.is_anothers_phone(&mut tx, &id, contact.address()).await?;
                let subject = self.login_subject(&session.id, &account);
                Ok(Awaited { subject, purpose: LOGIN, person: id, contact, shadow, app })
            }
            _ => Err(Code::NoSession.into()),
        }
    }

    /// Whether the cabinet may be shown; used by desks that need no more.
    pub(super) fn signed_in(&self) -> Result<&Owner, Refusal> {
        self.owner(Opens::Cabinet)
    }
}
