//! Getting back in: a code to the phone or e-mail, then a new password (REC-1, REC-2). No answer tells whether there is
//! an account: the same words, status, cookies and time. The code opens no session: whoever has a new password still
//! logs in, and proves the other channel there, so that a stolen telephone is not the whole key.

use super::proofs::{Contact, RECOVER};
use super::security::{form, heading, words};
use super::{Owner, refuse, trouble};
use crate::http::Visit;
use crate::storage::sessions::Stage as SessionStage;
use crate::storage::{Tx, accounts, codes, devices, ids, sessions};
use app::content::view::{Block, Link, Page};
use app::error::Refusal;
use app::routes;
use app::text::counter::LastWay;
use app::text::security::Security;
use app::text::verification::Verification;
use app::ui::form::Next;
use domain::access::Opens;
use domain::accounts::{CODE, NEW_PASSWORD, RECOVER as RECOVER_FIELDS, new_password, recover};
use domain::{Code, Field, Values};
use std::time::Duration;
use tokio::time::{Instant, sleep_until};

/// What the slowest honest answer takes, and some more: a message written and sealed, two commits.
const FLOOR: Duration = Duration::from_millis(400);
/// Recovered through the phone, the next login asks for the e-mail.
const BY_PHONE: &str = "phone";
const BY_EMAIL: &str = "email";

impl Visit {
    pub async fn recover(&self, values: Values) -> Result<Next, Refusal> {
        let asked = Instant::now();
        let errors = recover(&values);
        if !errors.is_empty() {
            return Err(errors.into());
        }
        let index = self.login_index(values.get(Field::Login));
        let who = ids::hex(&index);
        self.limit(&[("recover/address", &self.address.to_string(), 15, 60), ("recover/account", &who, 60, 5)]).await?;
        let mut tx = self.house.db.write().await.map_err(trouble)?;
        let account = self.named_now(&mut tx, &index).await?;
        let channel = if values.get(Field::Login).contains('@') { BY_EMAIL } else { BY_PHONE };
        // One that staff opened and nobody has entered is nobody's yet: it begins with the first entry, and its consent.
        let is_somebodys = |a: &&accounts::Account| a.level != accounts::Level::Created;
        let contact = account.as_ref().filter(is_somebodys).and_then(|account| {
            let value = |field| account.profile.get(field).to_owned();
            match channel {
                BY_PHONE => Some(Contact::Phone(value(Field::Phone))),
                // An address nobody proved may be a stranger's.
                _ => account.email_confirmed_ms.map(|_| Contact::Email(value(Field::Email))),
            }
        });
        let whose = account.as_ref().filter(|_| contact.is_some()).map(|a| a.id.as_str());
        let session = self.start_session(&mut tx, SessionStage::Recovering, whose, Some(channel)).await?;
        match (whose, &contact) {
            (Some(id), Some(contact)) => self.send_code(&mut tx, &session, RECOVER, id, contact, false).await?,
            _ => self.issue_nothing(&mut tx, &session, RECOVER).await?,
        }
        tx.commit().await.map_err(trouble)?;
        sleep_until(asked + FLOOR).await;
        Ok(Next::to(routes::RECOVER_CODE))
    }

    pub async fn recover_code(&self, values: Values) -> Result<Next, Refusal> {
        let session = self.attempt(SessionStage::Recovering)?;
        let code_id = self.right_code(&session.id, RECOVER, &values).await?;
        let mut tx = self.house.db.write().await.map_err(trouble)?;
        // No code fits an attempt without an account.
        let id = session.account_id.as_deref().ok_or(Code::NoSession)?;
        if self.alone(&mut tx, id).await?.is_none() {
            return Err(refuse(tx, Code::NoSession).await);
        }
        if !codes::consume(&mut tx, &code_id, self.now.0).await.map_err(trouble)? {
            return Err(refuse(tx, Refusal::on(Field::Code, Code::CodeExpired)).await);
        }
        self.start_session(&mut tx, SessionStage::Renewing, Some(id), session.subject.as_deref()).await?;
        tx.commit().await.map_err(trouble)?;
        Ok(Next::to(routes::RECOVER_PASSWORD))
    }

    pub async fn recover_password(&self, values: Values) -> Result<Next, Refusal> {
        let session = self.attempt(SessionStage::Renewing)?;
        let (id, channel) = (session.account_id.clone().ok_or(Code::NoSession)?, session.subject.clone());
        let mut tx = self.house.db.read().await.map_err(trouble)?;
        let account = accounts::find(&mut tx, &self.house.vault, &id).await.map_err(trouble)?.ok_or(Code::NoSession)?;
        drop(tx);
        let hash = self.judged(&values, &account).await?;
        if let Some(request) = self.renewing_by() {
            return self.renew_verified(&values, &request, &account, &hash).await;
        }
        let mut tx = self.house.db.write().await.map_err(trouble)?;
        let Some(account) = self.alone(&mut tx, &id).await? else {
            return Err(refuse(tx, Code::NoSession).await);
        };
        accounts::set_frozen(&mut tx, &id, None).await.map_err(trouble)?;
        accounts::set_recovered_by(&mut tx, &id, channel.as_deref()).await.map_err(trouble)?;
        self.renew(&mut tx, &account, &hash, None).await?;
        tx.commit().await.map_err(trouble)?;
        self.set_cookie(crate::http::SESSION, "", 0);
        Ok(Next::reload(format!("{}/done", routes::RECOVER)))
    }

    /// A new password for who is signed in and has just proved the old one.
    pub async fn change_password(&self, values: Values) -> Result<Next, Refusal> {
        let owner: &Owner = self.proved(Opens::Cabinet)?;
        let mut tx = self.house.db.read().await.map_err(trouble)?;
        let account = self.account(&mut tx, owner).await?;
        drop(tx);
        let hash = self.judged(&values, &account).await?;
        let (mut tx, account) = self.holding().await?;
        self.renew(&mut tx, &account, &hash, Some(&owner.session_id)).await?;
        tx.commit().await.map_err(trouble)?;
        Ok(Next::to(routes::SECURITY))
    }

    /// The hash of a new password that keeps the rules, is guessed by no list, and is not the one there was.
    pub(super) async fn judged(&self, values: &Values, account: &accounts::Account) -> Result<String, Refusal> {
        let password = self.fitting(values, account).await?;
        if self.house.passwords.verify(password.clone(), Some(account.password_hash.clone())).await? {
            return Err(Refusal::on(Field::Password, Code::PasswordSame));
        }
        self.house.passwords.hash(password).await
    }

    /// A new password that keeps the rules and is guessed by no list.
    pub(super) async fn fitting(&self, values: &Values, account: &accounts::Account) -> Result<String, Refusal> {
        let password = new_password(values)?;
        let about: Vec<&str> = account.profile.iter().map(|(_, value)| value).collect();
        self.house.passwords.judge(&password, &about).await?;
        Ok(password)
    }

    /// Sets it; every session but `except` ends, no device is trusted any more, what was begun is over, the owner is told.
    /// The account is held.
    async fn renew(
        &self,
        tx: &mut Tx,
        account: &accounts::Account,
        hash: &str,
        except: Option<&str>,
    ) -> Result<(), Refusal> {
        accounts::set_password(tx, &account.id, hash).await.map_err(trouble)?;
        sessions::revoke_all(tx, &account.id, except, self.now.0).await.map_err(trouble)?;
        devices::distrust_all(tx, &account.id, self.now.0).await.map_err(trouble)?;
        self.drop_begun(tx, &account.id).await?;
        self.changed(tx, account, "password_changed", "").await
    }

    /// What to bring to a post office, what happens there, how long it takes.
    fn last_way(&self) -> Page {
        let words = LastWay::of(self.lang);
        let link = |to: &str, text: &str| Block::Also(Link { to: to.to_owned(), text: text.to_owned() });
        let list = |items: &[&str]| Block::List(items.iter().map(|item| (*item).to_owned()).collect());
        let blocks = vec![
            heading(words.bring),
            list(&[words.bring_passport, words.bring_snils, words.bring_phone]),
            heading(words.happens),
            list(&[words.happens_found, words.happens_reset, words.happens_told, words.happens_slip]),
            heading(words.long),
            self::words(words.long_text),
            link(routes::OFFICES, Verification::of(self.lang).offices),
            link(routes::IDENTITY, words.scans),
        ];
        Page { title: words.title.to_owned(), lead: words.lead.to_owned(), trail: Vec::new(), blocks }
    }

    pub(super) async fn recovery_page(&self, step: &[&str]) -> Result<Page, Refusal> {
        let words = Security::of(self.lang);
        let page = |title: &str, lead: &str, blocks: Vec<Block>| Page {
            title: title.to_owned(),
            lead: lead.to_owned(),
            trail: Vec::new(),
            blocks,
        };
        let link = |to: &str, text: &str| Link { to: to.to_owned(), text: text.to_owned() };
        Ok(match step {
            [] => page(
                words.recover_title,
                words.recover_lead,
                vec![
                    form("recover-form", routes::RECOVER, RECOVER_FIELDS, words.recover_button),
                    Block::Also(link(routes::IDENTITY, Verification::of(self.lang).lost)),
                    Block::Also(link(routes::RECOVER_OFFICE, LastWay::of(self.lang).link)),
                ],
            ),
            ["code"] => page(
                words.recover_code_title,
                words.recover_code_lead,
                vec![
                    form("recover-code-form", routes::RECOVER_CODE, CODE, words.recover_code_button),
                    Block::Also(link(routes::RECOVER, words.recover_again)),
                ],
            ),
            ["office"] => self.last_way(),
            ["identity", step @ ..] => self.verification_page(step).await?,
            ["password"] if self.renewing_by().is_some() => self.renew_page(),
            ["password"] => page(
                words.recover_password_title,
                words.recover_password_lead,
                vec![
                    self::words(words.recover_password_after),
                    form("password-form", routes::RECOVER_PASSWORD, NEW_PASSWORD, words.recover_save),
                ],
            ),
            ["done"] => page(
                words.recover_done,
                "",
                vec![self::words(words.recover_done_text), Block::Start(link(routes::LOGIN, words.log_in))],
            ),
            _ => return Err(Code::NotFound.into()),
        })
    }
}
