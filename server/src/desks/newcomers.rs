//! Accounts that begin otherwise: by e-mail alone (ALT-4), and the first entry of those that staff opened (ALT-2, ALT-3).
//! As everywhere, no answer tells whether somebody has an account.

use super::proofs::{Contact, LOGIN, MINUTE};
use super::security::{form, notice, words as text};
use super::{PURPOSES, refuse, totp, trouble};
use crate::http::Visit;
use crate::integrations::notices::Notice;
use crate::jobs::notify;
use crate::storage::sessions::Stage as SessionStage;
use crate::storage::{Purpose, StorageError, Tx, accounts, ids, registrations, sessions};
use app::content::view::{Block, Link, Page};
use app::error::Refusal;
use app::routes;
use app::text::doors::Newcomers;
use app::ui::form::Next;
use domain::accounts::LINK_HOURS;
use domain::accounts::newcomers::{
    ACTIVATION, BY_EMAIL, FIRST_ENTRY, FIRST_ENTRY_PHONE, FIRST_PASSWORD_DAYS, activation, by_email, counter_login,
    first_entry,
};
use domain::clock::DAY;
use domain::{Code, Field, Values};

/// What the session of a first entry says it is for.
pub(super) const FIRST: &str = "first";

/// The sign-up behind an activation link: its id comes of the token, so that nothing else has to be kept.
fn sign_up_of(token: &str) -> String {
    totp::base32(&ids::token_hash(token)).to_ascii_lowercase()
}

impl Visit {
    /// ALT-4: an e-mail and consent. Whoever has an account with it gets a letter that says so.
    pub async fn register_by_email(&self, values: Values) -> Result<Next, Refusal> {
        let email = by_email(&values)?;
        self.limit(&[("sign_up/address", &self.address.to_string(), 15, 60), ("sign_up/email", email.as_str(), 60, 3)])
            .await?;
        let (house, vault) = (&self.house, &self.house.vault);
        let token = ids::token();
        let id = sign_up_of(&token);
        let email_index = vault.blind_index(Purpose::Email, email.as_str());
        let mut profile = Values::default();
        profile.set(Field::Email, email.as_str());
        let mut tx = house.db.write().await.map_err(trouble)?;
        let taken = accounts::email_taken(&mut tx, &email_index).await.map_err(trouble)?;
        let new = registrations::NewRegistration {
            id: &id,
            profile: &profile,
            password_hash: "",
            // Nobody's: this sign-up proves no phone.
            phone_index: ids::random(),
            email_index,
            lang: self.lang.tag(),
            shadow: taken,
            created_ms: self.now.0,
            expires_ms: self.now.0 + LINK_HOURS * 60 * MINUTE,
        };
        registrations::create(&mut tx, vault, &new).await.map_err(trouble)?;
        let notice = if taken {
            self.account_exists()
        } else {
            let link = house.config.link(&routes::activation(&token));
            Notice::EmailLink { link, hours: LINK_HOURS as u16 }
        };
        let (to, occasion) = (notify::To::Email(email.as_str()), format!("activation/{id}"));
        notify::queue(&mut tx, house, &id, None, &notice, to, self.lang, &occasion).await.map_err(trouble)?;
        tx.commit().await.map_err(trouble)?;
        Ok(Next::to(routes::REGISTER_EMAIL_SENT))
    }

    /// The end of it: names and password make the account. The link is used up.
    pub async fn activate(&self, token: &str, values: Values) -> Result<Next, Refusal> {
        let (mut profile, password) = activation(&values)?;
        self.limit(&[("link/address", &self.address.to_string(), 15, 60)]).await?;
        let (house, vault) = (&self.house, &self.house.vault);
        let about: Vec<&str> = profile.iter().map(|(_, value)| value).collect();
        house.passwords.judge(&password, &about).await?;
        let password_hash = house.passwords.hash(password).await?;
        let mut tx = house.db.write().await.map_err(trouble)?;
        let attempt = registrations::take(&mut tx, vault, &sign_up_of(token), self.now.0).await.map_err(trouble)?;
        let Some(attempt) = attempt.filter(|a| !a.shadow) else {
            return Err(refuse(tx, Code::LinkUsedOrExpired).await);
        };
        profile.set(Field::Email, attempt.profile.get(Field::Email));
        let new = accounts::NewAccount {
            id: &attempt.id,
            phone_index: None,
            email_index: Some(attempt.email_index),
            password_hash: &password_hash,
            profile: &profile,
            level: accounts::Level::Email,
            phone_confirmed_ms: None,
            email_confirmed_ms: Some(self.now.0),
            lang: &attempt.lang,
            created_ms: self.now.0,
        };
        match accounts::create(&mut tx, vault, &new).await {
            // Somebody proved the address a moment ago.
            Err(StorageError::Conflict(_)) => return Err(refuse(tx, Code::LinkUsedOrExpired).await),
            done => done.map_err(trouble)?,
        }
        for purpose in PURPOSES {
            self.give_consent(&mut tx, &attempt.id, purpose, attempt.created_ms).await?;
        }
        for act in ["account_created", "email_confirmed", "consent_given"] {
            self.note(&mut tx, &attempt.id, act, "").await?;
        }
        let account = accounts::find(&mut tx, vault, &attempt.id).await.map_err(trouble)?.ok_or(Code::Internal)?;
        self.let_in(&mut tx, &account, "sign_up", false).await?;
        tx.commit().await.map_err(trouble)?;
        Ok(Next::reload(routes::CABINET))
    }

    /// Whether the login only begins a first entry; a password that staff gave long ago begins nothing.
    pub(super) fn first_entry_due(&self, account: &accounts::Account) -> Result<bool, Refusal> {
        match account.first_password_ms {
            // One clerk alone has reset the access, and its owner may still say «Это не я».
            Some(given) if given > self.now.0 => Err(Code::FirstPasswordEarly.into()),
            Some(given) if given + FIRST_PASSWORD_DAYS * DAY < self.now.0 => Err(Code::FirstPasswordOld.into()),
            Some(_) => Ok(true),
            // Without a proved phone there is nowhere to send a code to.
            None => Ok(account.by_counter_login),
        }
    }

    /// One's own password in place of the one that staff gave, consent, and a phone where there is none: then its code.
    pub async fn first_entry(&self, values: Values) -> Result<Next, Refusal> {
        let account = self.entering().await?;
        let phone = first_entry(&values, account.by_counter_login)?.1;
        // Whoever mistyped the phone comes again, with the password just chosen.
        let hash = match account.first_password_ms {
            Some(_) => self.judged(&values, &account).await?,
            None => self.house.passwords.hash(self.fitting(&values, &account).await?).await?,
        };
        let number = phone.as_ref().map_or(account.profile.get(Field::Phone), |phone| phone.as_str()).to_owned();
        let contact = Contact::Phone(number.clone());
        self.limit(&[("code/phone", contact.address(), 15, 10)]).await?;
        let mut tx = self.house.db.write().await.map_err(trouble)?;
        // Who knows the slip may be entering elsewhere: of all who do, the last to choose goes on, and nobody beside them.
        let Some(mut account) = self.alone(&mut tx, &account.id).await? else {
            return Err(refuse(tx, Code::NoSession).await);
        };
        account.profile.set(Field::Phone, number);
        let (vault, id) = (&self.house.vault, account.id.as_str());
        sessions::revoke_all(&mut tx, id, None, self.now.0).await.map_err(trouble)?;
        accounts::set_password(&mut tx, id, &hash).await.map_err(trouble)?;
        accounts::set_profile(&mut tx, vault, id, &account.profile).await.map_err(trouble)?;
        for purpose in PURPOSES {
            self.give_consent(&mut tx, id, purpose, self.now.0).await?;
        }
        for act in ["password_changed", "consent_given"] {
            self.note(&mut tx, id, act, "").await?;
        }
        let foreign = self.is_anothers_phone(&mut tx, id, contact.address()).await?;
        let session = self.start_session(&mut tx, SessionStage::PendingLogin, Some(id), None).await?;
        let subject = self.login_subject(&session, &account);
        self.send_code(&mut tx, &subject, LOGIN, id, &contact, foreign).await?;
        tx.commit().await.map_err(trouble)?;
        Ok(Next::to(routes::LOGIN_CODE))
    }

    /// What the code of a login is for: the session and, while the phone is not proved, that very number.
    pub(super) fn login_subject(&self, session: &str, account: &accounts::Account) -> String {
        match Contact::for_login(account) {
            Contact::Phone(phone) if account.phone_confirmed_ms.is_none() => {
                format!("{session}/{}", ids::hex(&self.house.vault.blind_index(Purpose::Phone, &phone)))
            }
            _ => session.to_owned(),
        }
    }

    /// The account of a first entry in progress.
    async fn entering(&self) -> Result<accounts::Account, Refusal> {
        let session = self.attempt(SessionStage::PendingLogin)?;
        let id = session.account_id.as_deref().filter(|_| session.subject.as_deref() == Some(FIRST));
        let id = id.ok_or(Code::NoSession)?;
        let mut tx = self.house.db.read().await.map_err(trouble)?;
        let account = accounts::find(&mut tx, &self.house.vault, id).await.map_err(trouble)?;
        let account = account.filter(|a| a.blocked_ms.is_none() && a.frozen_ms.is_none()).ok_or(Code::NoSession)?;
        // Elsewhere it may be finished by now.
        if self.first_entry_due(&account)? { Ok(account) } else { Err(Code::NoSession.into()) }
    }

    /// Whether a phone belongs to another account.
    pub(super) async fn is_anothers_phone(&self, tx: &mut Tx, id: &str, phone: &str) -> Result<bool, Refusal> {
        let index = self.house.vault.blind_index(Purpose::Phone, phone);
        let owner = accounts::credentials(tx, &index).await.map_err(trouble)?;
        Ok(owner.is_some_and(|owner| owner.id != id))
    }

    /// The phone has answered with its code: it is the account's from here on.
    pub(super) async fn prove_phone(&self, tx: &mut Tx, id: &str, phone: &str) -> Result<(), Refusal> {
        let index = self.house.vault.blind_index(Purpose::Phone, phone);
        match accounts::prove_phone(tx, id, &index, self.now.0).await {
            Err(StorageError::Conflict(_)) => return Err(Refusal::on(Field::Code, Code::CodeExpired)),
            done => done.map_err(trouble)?,
        }
        self.note(tx, id, "phone_confirmed", "").await
    }

    pub(super) fn by_email_page(&self, sent: bool) -> Page {
        let words = Newcomers::of(self.lang);
        let other = Block::Also(Link { to: routes::REGISTER.to_owned(), text: words.with_phone.to_owned() });
        let blocks = if sent {
            vec![notice("ok", words.sent, words.sent_text)]
        } else {
            vec![
                text(words.email_what),
                form("email-form", routes::REGISTER_EMAIL, BY_EMAIL, words.email_button),
                other,
            ]
        };
        let title = words.email_title.to_owned();
        Page { title, lead: words.email_lead.to_owned(), trail: Vec::new(), blocks }
    }

    /// Looking uses nothing up: mail scanners look too. Whose address it is about is said before anything is typed: a link
    /// may have come from somebody who keeps the address.
    pub(super) async fn activation_page(&self, token: &str) -> Result<Page, Refusal> {
        if token.len() != ids::TOKEN_SIGNS {
            return Err(Code::NotFound.into());
        }
        self.limit(&[("link/address", &self.address.to_string(), 15, 60)]).await?;
        let words = Newcomers::of(self.lang);
        let mut tx = self.house.db.read().await.map_err(trouble)?;
        let found = registrations::find(&mut tx, &self.house.vault, &sign_up_of(token), self.now.0).await;
        let mut attempt = found.map_err(trouble)?.filter(|attempt| !attempt.shadow);
        if let Some(open) = &attempt
            && accounts::email_taken(&mut tx, &open.email_index).await.map_err(trouble)?
        {
            // Another link of theirs was finished first.
            attempt = None;
        }
        drop(tx);
        let (title, lead, blocks) = match attempt {
            Some(attempt) => {
                let email = Contact::Email(attempt.profile.get(Field::Email).to_owned()).masked();
                let facts = Block::Facts(vec![(words.activation_email.to_owned(), email)]);
                let asked = form("activation-form", "", ACTIVATION, words.activation_button);
                (words.activation_title, words.activation_lead, vec![facts, text(words.activation_whose), asked])
            }
            None => {
                let again = Link { to: routes::REGISTER_EMAIL.to_owned(), text: words.activation_again.to_owned() };
                (words.activation_gone, words.activation_gone_text, vec![Block::Start(again)])
            }
        };
        Ok(Page { title: title.to_owned(), lead: lead.to_owned(), trail: Vec::new(), blocks })
    }

    pub(super) async fn first_page(&self) -> Result<Page, Refusal> {
        let account = self.entering().await?;
        let words = Newcomers::of(self.lang);
        let fields = if account.by_counter_login { FIRST_ENTRY_PHONE } else { FIRST_ENTRY };
        let read = Link { to: "/help/consent".to_owned(), text: words.consent_read.to_owned() };
        let blocks = vec![
            text(words.first_about),
            form("first-form", routes::LOGIN_FIRST, fields, words.first_button),
            Block::Links(vec![read]),
        ];
        let title = words.first_title.to_owned();
        Ok(Page { title, lead: words.first_lead.to_owned(), trail: Vec::new(), blocks })
    }

    /// The blind index of a login from the counter, if that is what was typed.
    pub(super) fn counter_index(&self, typed: &str) -> Option<[u8; 32]> {
        counter_login(typed).map(|login| counter_index(&self.house.vault, &login))
    }
}

/// Under which a login from the counter is found.
pub fn counter_index(vault: &crate::storage::Vault, login: &str) -> [u8; 32] {
    vault.blind_index(Purpose::Subject, &format!("counter\n{login}"))
}
