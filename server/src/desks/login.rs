//! Logging in: the password, then a second half unless the device is trusted; and what a login leaves behind.

use super::newcomers::FIRST;
use super::proofs::{Contact, LOGIN, MINUTE};
use super::{backup, refuse, seconds_up, totp, trouble};
use crate::http::Visit;
use crate::storage::lockouts::Rule as Lockout;
use crate::storage::sessions::Stage as SessionStage;
use crate::storage::{Purpose, Tx, accounts, codes, devices, factors, ids, journal, lockouts, sessions};
use app::error::Refusal;
use app::routes;
use app::ui::form::Next;
use domain::accounts::doors::Door;
use domain::accounts::factors::{DEVICE_DAYS, TRUST_DAYS, Typed, second_code};
use domain::accounts::watch::{Rule, Verdict};
use domain::accounts::{self as rules, login as check_login};
use domain::clock::DAY;
use domain::fields::{Email, Phone};
use domain::{Code, Field, Values};

/// REC-3: ten wrong passwords close the door for ten minutes, then for twice as long each time, a day at most.
const LOCKOUT: Lockout =
    Lockout { tries: rules::WRONG_PASSWORDS, first_ms: rules::LOCK_MINUTES * MINUTE, longest_ms: DAY, forget_ms: DAY };

impl Visit {
    pub(super) async fn log_in(&self, values: Values, next: Option<String>) -> Result<Next, Refusal> {
        let errors = check_login(&values);
        if !errors.is_empty() {
            return Err(errors.into());
        }
        let (house, vault) = (&self.house, &self.house.vault);
        let index = self.login_index(values.get(Field::Login));
        self.limit(&[("login/address", &self.address.to_string(), 15, 100)]).await?;
        let mut tx = house.db.read().await.map_err(trouble)?;
        let found = accounts::credentials(&mut tx, &index).await.map_err(trouble)?;
        // Asked for nobody too, so that both take the same.
        let known = self.known_device(&mut tx, found.as_ref().map_or("", |c| c.id.as_str())).await?;
        drop(tx);
        let mut verdict = self.watched(&index, known.is_some()).await?;
        let key = self.lockout_key(&index, known.is_some());
        if let Some(wait_ms) = lockouts::spend(&house.db, &key, LOCKOUT, self.now.0).await.map_err(trouble)? {
            return Err(Refusal::too_many(seconds_up(wait_ms)));
        }
        let found = found.filter(|c| c.blocked_ms.is_none());
        let hash = found.as_ref().map(|c| c.password_hash.clone());
        let right = house.passwords.verify(values.get(Field::Password).to_owned(), hash).await?;
        let Some(found) = found.filter(|_| right) else {
            return Err(Code::LoginFailed.into());
        };
        // Whoever knows the password guesses nothing, whatever else is refused them: neither the name's mistakes nor this
        // address' try of it count any more. Behind one address of a carrier or an office many log in within an hour.
        let mut tx = house.db.write().await.map_err(trouble)?;
        lockouts::clear(&mut tx, &key).await.map_err(trouble)?;
        self.unwatch(&mut tx, &index).await?;
        let account = accounts::find(&mut tx, vault, &found.id).await.map_err(trouble)?;
        let apps = factors::count(&mut tx, &found.id).await.map_err(trouble)?;
        let travelled = self.travelled(&mut tx, &found.id).await?;
        tx.commit().await.map_err(trouble)?;
        let account = account.ok_or(Refusal::from(Code::LoginFailed))?;
        verdict = verdict.max(match self.heed(travelled, known.is_some()) {
            Ok(heeded) => heeded,
            Err(paused) => {
                self.note_pause(&account, travelled).await?;
                return Err(paused);
            }
        });
        let next = next.as_deref().and_then(routes::safe_next).unwrap_or("");
        let first = self.first_entry_due(&account)?;
        let trusted = self.is_trusted(known.as_ref()) && verdict == Verdict::Calm;
        let asks_code = !first && !trusted && apps == 0;
        if asks_code {
            self.limit(&[("code/phone", Contact::for_login(&account).address(), 15, 10)]).await?;
        }
        let mut tx = house.db.write().await.map_err(trouble)?;
        // Since the password was compared its owner may have changed it, and ended what was entered by it.
        let account = self.entered_now(&mut tx, &found.id).await?;
        let Some(account) = account.filter(|account| account.password_hash == found.password_hash) else {
            return Err(refuse(tx, Code::LoginFailed).await);
        };
        if first {
            self.start_session(&mut tx, SessionStage::PendingLogin, Some(&found.id), Some(FIRST)).await?;
            tx.commit().await.map_err(trouble)?;
            return Ok(Next::to(routes::LOGIN_FIRST));
        }
        if trusted {
            // And may trust this device no more.
            let known = self.known_device(&mut tx, &found.id).await?;
            if !self.is_trusted(known.as_ref()) {
                return Err(refuse(tx, Code::LoginFailed).await);
            }
            self.let_in(&mut tx, &account, "trusted", false).await?;
            tx.commit().await.map_err(trouble)?;
            return Ok(Next::reload(if next.is_empty() { routes::CABINET } else { next }));
        }
        self.note_verdict(&mut tx, &account, verdict).await?;
        let session = self.start_session(&mut tx, SessionStage::PendingLogin, Some(&found.id), None).await?;
        if asks_code {
            let (subject, contact) = (self.login_subject(&session, &account), Contact::for_login(&account));
            self.send_code(&mut tx, &subject, LOGIN, &found.id, &contact, false).await?;
        }
        tx.commit().await.map_err(trouble)?;
        self.set_cookie(crate::http::NEXT, next, if next.is_empty() { 0 } else { 30 * 60 });
        Ok(Next::to(routes::LOGIN_CODE))
    }

    /// What is known of this browser for an account.
    async fn known_device(&self, tx: &mut Tx, account_id: &str) -> Result<Option<devices::Device>, Refusal> {
        match &self.device_hash {
            Some(hash) => devices::find(tx, hash, account_id).await.map_err(trouble),
            None => Ok(None),
        }
    }

    fn is_trusted(&self, known: Option<&devices::Device>) -> bool {
        known.and_then(|device| device.trusted_until_ms).is_some_and(|until| until > self.now.0)
    }

    /// Somebody with the right password is turned away for where they are: no secret from the owner, who is told once a day.
    async fn note_pause(&self, account: &accounts::Account, travelled: Verdict) -> Result<(), Refusal> {
        let tell = match self.limit(&[("paused/account", &account.id, 24 * 60, 1)]).await {
            Ok(()) => true,
            Err(refusal) if refusal.code == Code::TooManyRequests => false,
            Err(refusal) => return Err(refusal),
        };
        let mut tx = self.house.db.write().await.map_err(trouble)?;
        self.note_verdict(&mut tx, account, travelled).await?;
        if tell {
            self.alarm(&mut tx, account, "login_paused", "").await?;
        }
        tx.commit().await.map_err(trouble)
    }

    /// The blind index a typed login stands for; nobody's name is hashed and counted all the same.
    pub(super) fn login_index(&self, typed: &str) -> [u8; 32] {
        let vault = &self.house.vault;
        match (Phone::parse(typed), Email::parse(typed)) {
            (Ok(phone), _) => vault.blind_index(Purpose::Phone, phone.as_str()),
            (_, Ok(email)) => vault.blind_index(Purpose::Email, email.as_str()),
            _ => self.counter_index(typed).unwrap_or_else(|| vault.blind_index(Purpose::Email, typed.trim())),
        }
    }

    /// A known device counts its own mistakes: a stranger who types ten wrong passwords shuts strangers out, not the owner.
    fn lockout_key(&self, index: &[u8; 32], known: bool) -> [u8; 32] {
        match &self.device_hash {
            Some(device) if known => {
                self.house.vault.throttle_key("login/device", &(ids::hex(index) + &ids::hex(device)))
            }
            _ => self.house.vault.throttle_key("login/account", &ids::hex(index)),
        }
    }

    pub(super) async fn second_half(&self, values: Values) -> Result<Next, Refusal> {
        let session = self.attempt(SessionStage::PendingLogin)?;
        if session.subject.is_some() {
            return Err(Code::NoSession.into());
        }
        let account_id = session.account_id.clone().ok_or(Code::NoSession)?;
        let typed = second_code(&values)?;
        let mut tx = self.house.db.read().await.map_err(trouble)?;
        let account = accounts::find(&mut tx, &self.house.vault, &account_id).await.map_err(trouble)?;
        let apps = factors::secrets(&mut tx, &self.house.vault, &account_id).await.map_err(trouble)?;
        let account = account.filter(|a| a.blocked_ms.is_none() && a.frozen_ms.is_none()).ok_or(Code::NoSession)?;
        let subject = self.login_subject(&session.id, &account);
        let sent = codes::sent_ms(&mut tx, &subject, LOGIN).await.map_err(trouble)?.is_some();
        drop(tx);
        let trust = values.is_ticked(Field::TrustDevice);
        let by = match typed {
            Typed::Backup(code) => {
                self.guess(&account_id).await?;
                let hash = self.house.vault.code_hash(&account_id, backup::OF_CITIZENS, &code);
                let (mut tx, account) = self.going_on(&account_id).await?;
                if !factors::use_backup_code(&mut tx, &account_id, &hash, self.now.0).await.map_err(trouble)? {
                    return Err(refuse(tx, Refusal::on(Field::BackupCode, Code::BackupCodeWrong)).await);
                }
                self.let_in(&mut tx, &account, "backup_code", trust).await?;
                tx.commit().await.map_err(trouble)?;
                return Ok(self.entered());
            }
            Typed::Digits(digits) => {
                let fitting = if apps.is_empty() {
                    None
                } else {
                    self.guess(&account_id).await?;
                    apps.iter().find_map(|(id, secret)| Some((id, totp::step(secret, &digits, self.now)?)))
                };
                match fitting {
                    Some((id, step)) => {
                        let (mut tx, account) = self.going_on(&account_id).await?;
                        if !factors::use_step(&mut tx, id, step, self.now.0).await.map_err(trouble)? {
                            return Err(refuse(tx, Refusal::on(Field::Code, Code::TotpUsed)).await);
                        }
                        self.let_in(&mut tx, &account, "app", trust).await?;
                        tx.commit().await.map_err(trouble)?;
                        return Ok(self.entered());
                    }
                    None if !apps.is_empty() && !sent => {
                        return Err(Refusal::on(Field::Code, Code::CodeWrong));
                    }
                    None => Contact::for_login(&account).channel(),
                }
            }
        };
        let code_id = self.right_code(&subject, LOGIN, &values).await?;
        let (mut tx, mut account) = self.going_on(&account_id).await?;
        if !codes::consume(&mut tx, &code_id, self.now.0).await.map_err(trouble)? {
            return Err(refuse(tx, Refusal::on(Field::Code, Code::CodeExpired)).await);
        }
        if by == "sms" && account.phone_confirmed_ms.is_none() {
            if let Err(refusal) = self.prove_phone(&mut tx, &account_id, account.profile.get(Field::Phone)).await {
                return Err(refuse(tx, refusal).await);
            }
            account.phone_confirmed_ms = Some(self.now.0);
        }
        self.let_in(&mut tx, &account, by, trust).await?;
        tx.commit().await.map_err(trouble)?;
        Ok(self.entered())
    }

    /// The login in progress goes on, nobody beside it, unless all that was entered has ended meanwhile.
    async fn going_on(&self, account_id: &str) -> Result<(Tx, accounts::Account), Refusal> {
        let mut tx = self.house.db.write().await.map_err(trouble)?;
        match self.alone(&mut tx, account_id).await? {
            Some(account) => Ok((tx, account)),
            None => Err(refuse(tx, Code::NoSession).await),
        }
    }

    /// Counts a guess of an app's or a backup code before it is compared, in a transaction of its own.
    pub(super) async fn guess(&self, account_id: &str) -> Result<(), Refusal> {
        self.limit(&[("factor/account", account_id, 15, 10), ("guess/address", &self.address.to_string(), 10, 100)])
            .await
    }

    fn entered(&self) -> Next {
        self.set_cookie(crate::http::NEXT, "", 0);
        Next::reload(self.next.clone().unwrap_or_else(|| routes::CABINET.to_owned()))
    }

    /// Opens the session of who has proved to be the account's owner, and remembers the device. Its owner is told of a
    /// device that was never seen (E13). The account is new, or held and read anew since. Recovery asked for the other channel once; that is done with this.
    pub(super) async fn let_in(
        &self,
        tx: &mut Tx,
        account: &accounts::Account,
        by: &str,
        trust: bool,
    ) -> Result<(), Refusal> {
        let device = self.device();
        let known = devices::find(tx, &device, &account.id).await.map_err(trouble)?.is_some();
        let far = self.travelled(tx, &account.id).await? != Verdict::Calm;
        let until = trust.then(|| self.now.0 + TRUST_DAYS * DAY);
        devices::seen(tx, &device, &account.id, &self.device, until, self.now.0).await.map_err(trouble)?;
        let session = self.start_session_on(tx, SessionStage::Open, Some(&account.id), None, Some(device), by).await?;
        let row = journal::NewEntry {
            account_id: Some(&account.id),
            at_ms: self.now.0,
            actor: "citizen",
            act: "login",
            object: "",
            detail: by,
        };
        journal::append(tx, &row).await.map_err(trouble)?;
        // Neither a passkey nor a provider of identities says anything of the other channel: who took the phone may still
        // hold the new password.
        if account.recovered_by.is_some() && by != "passkey" && Door::from_name(by).is_none() {
            accounts::set_recovered_by(tx, &account.id, None).await.map_err(trouble)?;
        }
        if let Some(country) = self.country() {
            sessions::set_country(tx, &session, country.code).await.map_err(trouble)?;
        }
        // A passkey and a provider of identities are asked for nothing more; that they stood out is written all the same.
        if far && (by == "passkey" || Door::from_name(by).is_some()) {
            self.note_verdict(tx, account, Verdict::StepUp(Rule::Travel)).await?;
        }
        if far {
            self.alarm(tx, account, "login_far", &session).await?;
        }
        match by {
            // Beside the journey: «Это не я» about either has to make the other nine worth nothing.
            "backup_code" => self.alarm(tx, account, "backup_code_used", &session).await,
            _ if far || known || by == "sign_up" => Ok(()),
            _ => self.alarm(tx, account, "device_new", &session).await,
        }
    }

    /// This browser's own hash; one that is not known yet gets a token to be known by.
    fn device(&self) -> [u8; 32] {
        if let Some(hash) = self.device_hash {
            return hash;
        }
        let token = ids::token();
        self.set_cookie(crate::http::DEVICE, &token, DEVICE_DAYS * DAY / 1000);
        ids::token_hash(&token)
    }
}
