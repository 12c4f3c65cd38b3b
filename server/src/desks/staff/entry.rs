//! Getting in: login and password, then the authenticator, without which nobody enters (PD-1).

use crate::desks::{backup, settle, totp, trouble};
use crate::http::StaffVisit;
use crate::storage::staff_sessions::Stage;
use crate::storage::{Tx, ids, staff, staff_sessions};
use app::error::Refusal;
use app::staff::desk::EntryDesk;
use app::staff::view::{Enrolment, LoginStep, Me};
use async_trait::async_trait;
use domain::accounts::factors::BACKUP_SIGNS;
use domain::clock::Timestamp;
use domain::{Code, Field};

#[async_trait]
impl EntryDesk for StaffVisit {
    async fn login(&self, login: String, password: String) -> Result<LoginStep, Refusal> {
        let login: String = login.trim().to_ascii_lowercase().chars().take(64).collect();
        self.limit(&[("staff/address", &self.address.to_string(), 15, 100), ("staff/login", &login, 10, 10)]).await?;
        let mut tx = self.house.db.read().await.map_err(trouble)?;
        let found = staff::find_by_login(&mut tx, &login).await.map_err(trouble)?;
        drop(tx);
        let found = found.filter(|s| s.disabled_ms.is_none());
        let hash = found.as_ref().map(|s| s.password_hash.clone());
        let right = self.house.passwords.verify(password, hash).await?;
        let Some(found) = found.filter(|_| right) else {
            return Err(Refusal::on(Field::Login, Code::LoginFailed));
        };
        let mut tx = self.house.db.write().await.map_err(trouble)?;
        self.start_session(&mut tx, Stage::Password, &found.id).await?;
        tx.commit().await.map_err(trouble)?;
        Ok(next_step(&found))
    }

    async fn new_password(&self, password: String, again: String) -> Result<LoginStep, Refusal> {
        let session = self.attempt()?;
        let id = session.staff_id.clone();
        if let Some(code) = domain::fields::password::check(&password).first() {
            return Err(Refusal::on(Field::Password, *code));
        }
        if password != again {
            return Err(Refusal::on(Field::PasswordAgain, Code::PasswordsDiffer));
        }
        self.guess(&id).await?;
        let mut tx = self.house.db.read().await.map_err(trouble)?;
        let found = staff::find(&mut tx, &id).await.map_err(trouble)?.ok_or(Code::NoSession)?;
        drop(tx);
        // One's own is changed past both halves of the login, not here.
        if found.password_set_ms.is_some() {
            return Err(Code::NoSession.into());
        }
        let passwords = &self.house.passwords;
        passwords.judge(&password, &[&found.login]).await?;
        if passwords.verify(password.clone(), Some(found.password_hash.clone())).await? {
            return Err(Refusal::on(Field::Password, Code::PasswordNotNew));
        }
        let hash = passwords.hash(password).await?;
        let mut tx = self.house.db.write().await.map_err(trouble)?;
        let answer = async {
            if !staff::set_own_password(&mut tx, &id, &hash, self.now.0).await.map_err(trouble)? {
                return Err(Code::NoSession.into());
            }
            // Whoever gave the first password out may have logged in with it: that login ends here.
            staff_sessions::revoke_all(&mut tx, &id, self.now.0).await.map_err(trouble)?;
            self.start_session(&mut tx, Stage::Password, &id).await?;
            self.note(&mut tx, &format!("staff:{id}"), "staff_password_set", "", "").await?;
            Ok(())
        }
        .await;
        settle(tx, answer).await?;
        Ok(next_step(&staff::Staff { password_set_ms: Some(self.now.0), ..found }))
    }

    async fn enrolment(&self) -> Result<Enrolment, Refusal> {
        let session = self.attempt()?;
        let vault = &self.house.vault;
        let mut tx = self.house.db.write().await.map_err(trouble)?;
        let answer = async {
            let found = staff::find(&mut tx, &session.staff_id).await.map_err(trouble)?.ok_or(Code::NoSession)?;
            own_password(&found)?;
            if found.totp_confirmed_ms.is_some() {
                return Err(Code::NoSession.into());
            }
            // Asked again (the page was loaded anew), the same secret: the app may have it already.
            let secret = match staff::secret(&mut tx, vault, &found.id).await.map_err(trouble)? {
                Some(secret) => secret,
                None => {
                    let secret = ids::random::<{ totp::SECRET }>().to_vec();
                    staff::set_secret(&mut tx, vault, &found.id, &secret, self.now.0).await.map_err(trouble)?;
                    secret
                }
            };
            Ok((found, secret))
        }
        .await;
        let (found, secret) = settle(tx, answer).await?;
        let uri = totp::uri(&found.login, &secret);
        let (qr_side, qr_path) = totp::qr(&uri).ok_or(Code::Internal)?;
        Ok(Enrolment { secret: totp::grouped(&totp::base32(&secret)), uri, qr_side, qr_path })
    }

    async fn enrol(&self, code: String) -> Result<Vec<String>, Refusal> {
        let session = self.attempt()?;
        let id = session.staff_id.clone();
        self.guess(&id).await?;
        let mut tx = self.house.db.write().await.map_err(trouble)?;
        let answer = async {
            own_password(&staff::find(&mut tx, &id).await.map_err(trouble)?.ok_or(Code::NoSession)?)?;
            self.right_step(&mut tx, &id, &code).await?;
            if !staff::confirm_secret(&mut tx, &id, self.now.0).await.map_err(trouble)? {
                return Err(Code::NoSession.into());
            }
            let (codes, hashes) = backup::new(&self.house.vault, &id, backup::OF_STAFF);
            staff::set_backup_codes(&mut tx, &id, &hashes).await.map_err(trouble)?;
            self.enter(&mut tx, &id, "staff_enrolled").await?;
            Ok(codes)
        }
        .await;
        let codes = settle(tx, answer).await?;
        Ok(codes.iter().filter_map(|code| backup::grouped(code)).collect())
    }

    async fn code(&self, code: String) -> Result<(), Refusal> {
        let session = self.attempt()?;
        let id = session.staff_id.clone();
        self.guess(&id).await?;
        let mut tx = self.house.db.write().await.map_err(trouble)?;
        let answer = async {
            let found = staff::find(&mut tx, &id).await.map_err(trouble)?.ok_or(Code::NoSession)?;
            own_password(&found)?;
            if found.totp_confirmed_ms.is_none() {
                return Err(Code::NoSession.into());
            }
            let typed: String = code.chars().filter(|c| c.is_ascii_alphanumeric()).collect();
            if typed.len() == BACKUP_SIGNS {
                let hash = self.house.vault.code_hash(&id, backup::OF_STAFF, &typed.to_ascii_uppercase());
                if !staff::use_backup_code(&mut tx, &id, &hash, self.now.0).await.map_err(trouble)? {
                    return Err(Refusal::on(Field::TotpCode, Code::CodeWrong));
                }
                self.enter(&mut tx, &id, "staff_backup_code").await?;
            } else {
                self.right_step(&mut tx, &id, &typed).await?;
                self.enter(&mut tx, &id, "staff_login").await?;
            }
            Ok(())
        }
        .await;
        settle(tx, answer).await
    }

    async fn me(&self) -> Result<Me, Refusal> {
        let present = self.present()?;
        let mut tx = self.house.db.read().await.map_err(trouble)?;
        let left = staff::backup_codes_left(&mut tx, present.member.id()).await.map_err(trouble)?;
        Ok(Me {
            id: present.member.id().to_owned(),
            login: present.login.clone(),
            grants: present.member.grants().to_vec(),
            powers: present.member.powers(),
            ends_at: Timestamp(self.session.as_ref().map_or(0, |s| s.absolute_expires_ms)),
            backup_codes_left: left,
        })
    }

    async fn logout(&self) -> Result<(), Refusal> {
        let mut tx = self.house.db.write().await.map_err(trouble)?;
        self.end_token(&mut tx).await?;
        if let Some(present) = &self.present {
            self.note(&mut tx, &present.actor(), "staff_logout", "", "").await?;
        }
        tx.commit().await.map_err(trouble)?;
        self.set_cookie("", 0);
        Ok(())
    }
}

/// What comes after the right password.
fn next_step(found: &staff::Staff) -> LoginStep {
    match (found.password_set_ms, found.totp_confirmed_ms) {
        (None, _) => LoginStep::NewPassword,
        (_, None) => LoginStep::Enrol,
        (..) => LoginStep::Code,
    }
}

/// Whoever gave out a first password knows it: it opens no session.
fn own_password(found: &staff::Staff) -> Result<(), Refusal> {
    if found.password_set_ms.is_none() { Err(Code::FirstPassword.into()) } else { Ok(()) }
}

impl StaffVisit {
    /// Counts a guess before it is compared, in a transaction of its own.
    async fn guess(&self, staff_id: &str) -> Result<(), Refusal> {
        self.limit(&[("staff/guess", staff_id, 15, 10), ("staff/guess_address", &self.address.to_string(), 10, 100)])
            .await
    }

    /// The typed code belongs to a step that was not used yet; from here on it is.
    async fn right_step(&self, tx: &mut Tx, staff_id: &str, typed: &str) -> Result<(), Refusal> {
        let digits: String = typed.chars().filter(char::is_ascii_digit).collect();
        let secret = staff::secret(tx, &self.house.vault, staff_id).await.map_err(trouble)?.ok_or(Code::NoSession)?;
        let step = totp::step(&secret, &digits, self.now).ok_or(Refusal::on(Field::TotpCode, Code::CodeWrong))?;
        if !staff::use_step(tx, staff_id, step).await.map_err(trouble)? {
            return Err(Refusal::on(Field::TotpCode, Code::TotpUsed));
        }
        Ok(())
    }

    async fn enter(&self, tx: &mut Tx, staff_id: &str, act: &str) -> Result<(), Refusal> {
        self.start_session(tx, Stage::Open, staff_id).await?;
        self.note(tx, &format!("staff:{staff_id}"), act, "", "").await
    }
}
