//! The desk of accounts. Every answer about somebody's account is the same whether it exists or not:
//! same words, same status, same number of messages, same work.

use super::proofs::{CONFIRM_EMAIL, Contact, MINUTE, SIGN_UP};
use super::{PURPOSES, doors, refuse, seconds_up, trouble};
use crate::http::Visit;
use crate::integrations::notices::Notice;
use crate::jobs::notify;
use crate::storage::doors::Linking;
use crate::storage::sessions::Stage as SessionStage;
use crate::storage::{Purpose, StorageError, Tx, accounts, codes, consents, ids, links, persons, registrations};
use app::accounts::view::{CodeSent, Consent, Profile, SessionLeft};
use app::desks::AccountsDesk;
use app::error::Refusal;
use app::routes;
use app::text::Lang;
use app::ui::form::Next;
use async_trait::async_trait;
use domain::access::Opens;
use domain::accounts::{CODE_MINUTES, RESEND_SECONDS, SignUp, sign_up};
use domain::clock::Timestamp;
use domain::fields::{Email, Phone};
use domain::{Code, Field, Values};

#[async_trait]
impl AccountsDesk for Visit {
    async fn register(&self, values: Values) -> Result<Next, Refusal> {
        let form = sign_up(&values)?;
        let (house, vault) = (&self.house, &self.house.vault);
        let phone_index = vault.blind_index(Purpose::Phone, form.phone.as_str());
        let email_index = vault.blind_index(Purpose::Email, form.email.as_str());
        self.limit(&[
            ("sign_up/address", &self.address.to_string(), 15, 60),
            ("sign_up/phone", form.phone.as_str(), 15, 3),
        ])
        .await?;
        let profile = profile_of(&form);
        let about: Vec<&str> = profile.iter().map(|(_, value)| value).collect();
        house.passwords.judge(&form.password, &about).await?;
        let password_hash = house.passwords.hash(form.password.clone()).await?;
        let id = ids::public_id();
        if self.arrived().is_some_and(|arrived| arrived.is_about(&profile) && arrived.proves_phone(&form.phone)) {
            let mut tx = house.db.write().await.map_err(trouble)?;
            persons::create(&mut tx, vault, &id, self.now.0).await.map_err(trouble)?;
            let lang = self.lang.tag();
            let (password_hash, consented_ms) = (password_hash.as_str(), self.now.0);
            let opening = Opening { id: &id, profile, password_hash, phone_index, email_index, lang, consented_ms };
            if let Err(refusal) = self.open_account(&mut tx, opening).await {
                return Err(refuse(tx, refusal).await);
            }
            tx.commit().await.map_err(trouble)?;
            self.forget_arrived();
            return Ok(Next::reload(routes::CABINET));
        }
        let mut tx = house.db.write().await.map_err(trouble)?;
        let shadow = accounts::phone_taken(&mut tx, &phone_index).await.map_err(trouble)?;
        let new = registrations::NewRegistration {
            id: &id,
            profile: &profile,
            password_hash: &password_hash,
            phone_index,
            email_index,
            lang: self.lang.tag(),
            shadow,
            created_ms: self.now.0,
            expires_ms: self.now.0 + crate::jobs::purge::SIGN_UP,
        };
        registrations::create(&mut tx, vault, &new).await.map_err(trouble)?;
        self.start_session(&mut tx, SessionStage::Registering, None, Some(&id)).await?;
        let contact = Contact::Phone(form.phone.as_str().to_owned());
        self.send_code(&mut tx, &id, SIGN_UP, &id, &contact, shadow).await?;
        tx.commit().await.map_err(trouble)?;
        Ok(Next::to(routes::REGISTER_PHONE))
    }

    async fn confirm_phone(&self, values: Values) -> Result<Next, Refusal> {
        let session = self.attempt(SessionStage::Registering)?;
        let subject = session.subject.clone().ok_or(Code::NoSession)?;
        let code_id = self.right_code(&subject, SIGN_UP, &values).await?;
        let (house, vault) = (&self.house, &self.house.vault);
        let mut tx = house.db.write().await.map_err(trouble)?;
        if !codes::consume(&mut tx, &code_id, self.now.0).await.map_err(trouble)? {
            return Err(refuse(tx, Refusal::on(Field::Code, Code::CodeExpired)).await);
        }
        let attempt = registrations::take(&mut tx, vault, &subject, self.now.0).await.map_err(trouble)?;
        let Some(attempt) = attempt.filter(|a| !a.shadow) else {
            return Err(refuse(tx, Refusal::on(Field::Code, Code::CodeExpired)).await);
        };
        let opening = Opening {
            id: &attempt.id,
            profile: attempt.profile.clone(),
            password_hash: &attempt.password_hash,
            phone_index: attempt.phone_index,
            email_index: attempt.email_index,
            lang: &attempt.lang,
            consented_ms: attempt.created_ms,
        };
        match self.open_account(&mut tx, opening).await {
            // The phone was taken a moment ago, by somebody who proved it.
            Err(refusal) if refusal.code == Code::DoorPhoneTaken => {
                return Err(refuse(tx, Refusal::on(Field::Code, Code::CodeExpired)).await);
            }
            done => done?,
        }
        tx.commit().await.map_err(trouble)?;
        self.forget_arrived();
        Ok(Next::reload(routes::CABINET))
    }

    async fn confirm_email(&self, token: String) -> Result<Next, Refusal> {
        self.limit(&[("link/address", &self.address.to_string(), 15, 60)]).await?;
        let mut tx = self.house.db.write().await.map_err(trouble)?;
        let hash = ids::token_hash(&token);
        let Some(account_id) = links::find(&mut tx, &hash, CONFIRM_EMAIL, self.now.0).await.map_err(trouble)? else {
            return Err(refuse(tx, Code::LinkUsedOrExpired).await);
        };
        // One that is being erased for having been left alone is gone.
        let account = match accounts::hold(&mut tx, &account_id).await.map_err(trouble)?
            && links::consume(&mut tx, &hash, CONFIRM_EMAIL, self.now.0).await.map_err(trouble)?
        {
            true => accounts::find(&mut tx, &self.house.vault, &account_id).await.map_err(trouble)?,
            false => None,
        };
        let Some(account) = account else {
            return Err(refuse(tx, Code::LinkUsedOrExpired).await);
        };
        let index = self.house.vault.blind_index(Purpose::Email, account.profile.get(Field::Email));
        match accounts::confirm_email(&mut tx, &account_id, &index, self.now.0).await {
            // Another account of theirs proved it first.
            Err(StorageError::Conflict(_)) => return Err(refuse(tx, Code::LinkUsedOrExpired).await),
            done => done.map_err(trouble)?,
        }
        self.note(&mut tx, &account_id, "email_confirmed", "").await?;
        let notice = Notice::AccountConfirmed { link: self.house.config.link(routes::CABINET) };
        let to = account.profile.get(Field::Email).to_owned();
        let lang = Lang::from_tag(&account.lang).unwrap_or_default();
        notify::queue(
            &mut tx,
            &self.house,
            &account_id,
            None,
            &notice,
            notify::To::Email(&to),
            lang,
            &format!("confirmed/{account_id}"),
        )
        .await
        .map_err(trouble)?;
        tx.commit().await.map_err(trouble)?;
        // The letter may have been opened on another device than the one signed in.
        let here = self.citizen.as_ref().is_some_and(|c| c.account_id == account_id);
        Ok(Next::reload(if here { routes::CABINET } else { routes::LOGIN }))
    }

    async fn resend_email(&self) -> Result<Next, Refusal> {
        let owner = self.citizen.as_ref().ok_or(Code::NoSession)?;
        // Whom staff let in has named none yet.
        if !owner.has_email {
            return Ok(Next::to(routes::CONTACTS_EMAIL));
        }
        self.limit(&[("email/account", &owner.account_id, 15, 3)]).await?;
        let mut tx = self.house.db.write().await.map_err(trouble)?;
        let account = self.account(&mut tx, owner).await?;
        // An address that is somebody else's: its owner was told at the sign-up, and gets no link to this account.
        let email_index = self.house.vault.blind_index(Purpose::Email, account.profile.get(Field::Email));
        let taken = accounts::email_taken(&mut tx, &email_index).await.map_err(trouble)?;
        if !taken && account.email_confirmed_ms.is_none() {
            self.send_link(&mut tx, &owner.account_id, account.profile.get(Field::Email)).await?;
        }
        tx.commit().await.map_err(trouble)?;
        Ok(Next::to(routes::CABINET))
    }

    async fn login(&self, values: Values, next: Option<String>) -> Result<Next, Refusal> {
        self.log_in(values, next).await
    }

    async fn login_code(&self, values: Values) -> Result<Next, Refusal> {
        self.second_half(values).await
    }

    async fn resend_code(&self) -> Result<CodeSent, Refusal> {
        let a = self.awaited().await?;
        self.limit(&[("code/phone", a.contact.address(), 15, 10)]).await?;
        let mut tx = self.house.db.write().await.map_err(trouble)?;
        self.send_code(&mut tx, &a.subject, a.purpose, &a.person, &a.contact, a.shadow).await?;
        tx.commit().await.map_err(trouble)?;
        self.code_sent().await
    }

    async fn code_sent(&self) -> Result<CodeSent, Refusal> {
        let awaited = self.awaited().await?;
        let mut tx = self.house.db.read().await.map_err(trouble)?;
        let sent = codes::sent_ms(&mut tx, &awaited.subject, awaited.purpose).await.map_err(trouble)?;
        let again = sent.map_or(0, |at| at + RESEND_SECONDS * 1000 - self.now.0);
        Ok(CodeSent {
            to: if sent.is_some() { awaited.contact.masked() } else { String::new() },
            again_in: seconds_up(again.max(0)),
            expires_at: Timestamp(sent.unwrap_or(self.now.0) + CODE_MINUTES * MINUTE),
            app: awaited.app,
        })
    }

    async fn logout(&self) -> Result<Next, Refusal> {
        let mut tx = self.house.db.write().await.map_err(trouble)?;
        self.end_session(&mut tx).await?;
        if let Some(owner) = &self.citizen {
            self.note(&mut tx, &owner.account_id, "logout", "").await?;
        }
        tx.commit().await.map_err(trouble)?;
        self.set_cookie(crate::http::STASH, "", 0);
        self.forget_arrived();
        Ok(Next::reload(routes::HOME))
    }

    async fn session(&self, quiet: u32) -> Result<Option<SessionLeft>, Refusal> {
        self.session_left(quiet).await
    }

    async fn profile(&self) -> Result<Profile, Refusal> {
        let owner = self.citizen.as_ref().ok_or(Code::NoSession)?;
        let mut tx = self.house.db.write().await.map_err(trouble)?;
        let account = self.account(&mut tx, owner).await?;
        let marks = self.marks(&mut tx, &owner.account_id, &account.profile).await?;
        self.note(&mut tx, &owner.account_id, "profile_read", "").await?;
        tx.commit().await.map_err(trouble)?;
        let get = |f| account.profile.get(f);
        let name = [Field::LastName, Field::FirstName, Field::MiddleName].into_iter().filter(|f| !get(*f).is_empty());
        let name: Vec<Field> = name.collect();
        let passport = [Field::PassportSeries, Field::PassportNumber];
        let from = |fields: &[Field]| doors::words_of(self.lang, marks.as_deref(), fields);
        Ok(Profile {
            full_name: name.iter().map(|f| get(*f)).collect::<Vec<_>>().join(" ") + &from(&name),
            passport: format!("{} ****{}", get(passport[0]), tail(get(passport[1]))) + &from(&passport),
            phone: Phone::parse(get(Field::Phone)).map(|p| p.to_string()).unwrap_or_default() + &from(&[Field::Phone]),
            email: get(Field::Email).to_owned(),
            email_confirmed: account.email_confirmed_ms.is_some(),
            level: owner.level,
        })
    }

    async fn settings(&self, lang: Option<String>, large: Option<bool>) -> Result<(), Refusal> {
        if let Some(lang) = lang.as_deref().and_then(Lang::from_tag) {
            self.remember_lang(lang);
            if let Some(owner) = &self.citizen {
                let mut tx = self.house.db.write().await.map_err(trouble)?;
                accounts::set_lang(&mut tx, &owner.account_id, lang.tag()).await.map_err(trouble)?;
                self.note(&mut tx, &owner.account_id, "settings_changed", "").await?;
                tx.commit().await.map_err(trouble)?;
            }
        }
        if let Some(large) = large {
            self.remember_large(large);
        }
        Ok(())
    }

    async fn consents(&self) -> Result<Vec<Consent>, Refusal> {
        let owner = self.citizen.as_ref().ok_or(Code::NoSession)?;
        let mut tx = self.house.db.read().await.map_err(trouble)?;
        let rows = consents::list(&mut tx, &owner.account_id).await.map_err(trouble)?;
        Ok(rows
            .into_iter()
            .map(|c| Consent {
                purpose: c.purpose,
                version: c.text_version,
                hash: c.text_hash,
                given_at: Timestamp(c.given_ms),
                withdrawn_at: c.withdrawn_ms.map(Timestamp),
            })
            .collect())
    }

    async fn set_consent(&self, given: bool) -> Result<Next, Refusal> {
        // What is withdrawn ends in an erasure: as a wish to be forgotten, it is proved and told.
        let owner = if given { self.citizen.as_ref().ok_or(Code::NoSession)? } else { self.proved(Opens::Cabinet)? };
        // What is said to stay must not be erased at this moment.
        let (mut tx, account) = self.holding().await?;
        let mut withdrawn = false;
        for purpose in PURPOSES {
            if given {
                self.give_consent(&mut tx, &owner.account_id, purpose, self.now.0).await?;
            } else {
                withdrawn |=
                    consents::withdraw(&mut tx, &owner.account_id, purpose, self.now.0).await.map_err(trouble)?;
            }
        }
        if given {
            self.note(&mut tx, &owner.account_id, "consent_given", "").await?;
        } else if withdrawn {
            self.changed(&mut tx, &account, "consent_withdrawn", &self.now.0.to_string()).await?;
        }
        tx.commit().await.map_err(trouble)?;
        Ok(Next::reload(routes::CONSENTS))
    }
}

/// An account about to be opened: its phone is proved.
struct Opening<'a> {
    id: &'a str,
    profile: Values,
    password_hash: &'a str,
    phone_index: [u8; 32],
    email_index: [u8; 32],
    lang: &'a str,
    consented_ms: i64,
}

impl Visit {
    /// Opens the account of a person that is there already, and lets its owner in. Who came through a door, and is the
    /// one the form names, has it linked.
    ///
    /// # Errors
    /// `DoorPhoneTaken`: the phone has an account.
    async fn open_account(&self, tx: &mut Tx, new: Opening<'_>) -> Result<(), Refusal> {
        let (house, vault, id) = (&self.house, &self.house.vault, new.id);
        let arrived = self.arrived().filter(|arrived| arrived.is_about(&new.profile));
        let email = new.profile.get(Field::Email).to_owned();
        let taken = accounts::email_taken(tx, &new.email_index).await.map_err(trouble)?;
        let proved =
            !taken && Email::parse(&email).is_ok_and(|email| arrived.as_ref().is_some_and(|a| a.proves_email(&email)));
        let mut profile = new.profile;
        if let Some(arrived) = &arrived {
            doors::fill(&mut profile, &arrived.told);
        }
        let account = accounts::NewAccount {
            id,
            phone_index: Some(new.phone_index),
            // Whose the address is shows at its confirmation, and nothing here tells: a login by it fails either way.
            email_index: proved.then_some(new.email_index),
            password_hash: new.password_hash,
            profile: &profile,
            level: if proved { accounts::Level::Confirmed } else { accounts::Level::Phone },
            phone_confirmed_ms: Some(self.now.0),
            email_confirmed_ms: proved.then_some(self.now.0),
            lang: new.lang,
            created_ms: self.now.0,
        };
        match accounts::create(tx, vault, &account).await {
            Err(StorageError::Conflict(_)) => return Err(Code::DoorPhoneTaken.into()),
            done => done.map_err(trouble)?,
        }
        for purpose in PURPOSES {
            self.give_consent(tx, id, purpose, new.consented_ms).await?;
        }
        if taken {
            let (notice, to) = (self.account_exists(), notify::To::Email(&email));
            let occasion = format!("exists/{id}");
            notify::queue(tx, house, id, None, &notice, to, self.lang, &occasion).await.map_err(trouble)?;
        } else if !proved {
            self.send_link(tx, id, &email).await?;
        }
        for act in ["account_created", "phone_confirmed", "consent_given"] {
            self.note(tx, id, act, "").await?;
        }
        let account = accounts::find(tx, vault, id).await.map_err(trouble)?.ok_or(Code::Internal)?;
        self.let_in(tx, &account, "sign_up", false).await?;
        if let Some(arrived) = &arrived
            && let (Linking::Done, door) = self.tie(tx, id, arrived).await?
        {
            self.changed(tx, &account, "door_linked", &door).await?;
        }
        Ok(())
    }
}

/// The sign-up's values in their stored form.
fn profile_of(form: &SignUp) -> Values {
    let mut values = Values::default();
    values.set(Field::LastName, form.last_name.as_str());
    values.set(Field::FirstName, form.first_name.as_str());
    if let Some(name) = &form.middle_name {
        values.set(Field::MiddleName, name.as_str());
    }
    values.set(Field::PassportSeries, form.passport_series.as_str());
    values.set(Field::PassportNumber, form.passport_number.as_str());
    if let Some(inn) = &form.inn {
        values.set(Field::Inn, inn.as_str());
    }
    values.set(Field::Phone, form.phone.as_str());
    values.set(Field::Email, form.email.as_str());
    values
}

fn tail(number: &str) -> &str {
    number.len().checked_sub(2).and_then(|at| number.get(at..)).unwrap_or_default()
}
