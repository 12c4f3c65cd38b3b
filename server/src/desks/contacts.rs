//! Another phone or e-mail (REG-5): proved by the password, then by a code to the new phone or a link to the new e-mail.
//! Whether a number or address is somebody's is not told; its owner gets a warning, and no code ever fits.

use super::proofs::{Contact, MINUTE};
use super::security::{form, heading, words as text};
use super::undo::Undone;
use super::{refuse, trouble};
use crate::http::Visit;
use crate::integrations::notices::Notice;
use crate::jobs::notify;
use crate::storage::contact_changes::{self, Change, Former, Kind, NewChange};
use crate::storage::sessions::Session;
use crate::storage::{Purpose, StorageError, Tx, accounts, codes, devices, ids, sessions};
use app::content::view::{Block, Link, Page};
use app::error::Refusal;
use app::routes;
use app::text::security::{Contacts, Security};
use app::ui::form::Next;
use domain::access::Opens;
use domain::accounts::{CODE, CODE_MINUTES, LINK_HOURS};
use domain::{Code, Field, Values};

/// What the code to a new phone proves.
pub(super) const NEW_PHONE: &str = "new_phone";

impl Visit {
    /// Begins to change the phone: a code goes to the new one.
    pub async fn change_phone(&self, values: Values) -> Result<Next, Refusal> {
        let owner = self.proved(Opens::Cabinet)?;
        let phone = self.typed_contact(&values, Field::NewPhone)?;
        self.limit(&[("contact/account", &owner.account_id, 60, 5), ("sign_up/phone", &phone, 15, 3)]).await?;
        let (mut tx, account) = self.holding().await?;
        // One that nobody has proved yet is no phone of theirs.
        if account.profile.get(Field::Phone) == phone && account.phone_confirmed_ms.is_some() {
            return Err(refuse(tx, Refusal::on(Field::NewPhone, Code::ContactSame)).await);
        }
        self.begin_phone(&mut tx, &account, &phone).await?;
        tx.commit().await.map_err(trouble)?;
        Ok(Next::to(routes::CONTACTS_CODE))
    }

    /// The change and its code: the id of the change.
    pub(super) async fn begin_phone(
        &self,
        tx: &mut Tx,
        account: &accounts::Account,
        phone: &str,
    ) -> Result<String, Refusal> {
        let index = self.house.vault.blind_index(Purpose::Phone, phone);
        let shadow = accounts::phone_taken(tx, &index).await.map_err(trouble)?;
        let id = ids::public_id();
        let new = NewChange {
            id: &id,
            account_id: &account.id,
            kind: Kind::Phone,
            value: phone,
            index,
            shadow,
            token_hash: None,
            created_ms: self.now.0,
            expires_ms: self.now.0 + CODE_MINUTES * MINUTE,
        };
        contact_changes::begin(tx, &self.house.vault, &new).await.map_err(trouble)?;
        self.send_code(tx, &id, NEW_PHONE, &account.id, &Contact::Phone(phone.to_owned()), shadow).await?;
        Ok(id)
    }

    /// The code from the new phone, in the cabinet.
    pub async fn confirm_new_phone(&self, values: Values) -> Result<Next, Refusal> {
        let owner = self.proved(Opens::Cabinet)?;
        let session = self.session.as_ref().ok_or(Code::NoSession)?;
        self.take_phone(&owner.account_id, session, &values).await?;
        Ok(Next::to(routes::PROFILE))
    }

    /// Gives the account its new phone. The old one is told, and can take it back; whoever came in by it elsewhere is out,
    /// and proves the new one (ASVS 7.4.3). A session after REC-3 finishes the change it began and no other.
    pub(super) async fn take_phone(&self, account_id: &str, session: &Session, values: &Values) -> Result<(), Refusal> {
        let vault = &self.house.vault;
        let mut tx = self.house.db.read().await.map_err(trouble)?;
        let change = contact_changes::open_of(&mut tx, vault, account_id, Kind::Phone, self.now.0).await;
        let change = change.map_err(trouble)?.filter(|c| session.subject.as_ref().is_none_or(|id| *id == c.id));
        let change = change.ok_or(Code::ChangeGone)?;
        drop(tx);
        let code_id = self.right_code(&change.id, NEW_PHONE, values).await?;
        let (mut tx, _) = self.holding().await?;
        let once = codes::consume(&mut tx, &code_id, self.now.0).await.map_err(trouble)?;
        if !once || change.shadow {
            return Err(refuse(tx, Refusal::on(Field::Code, Code::CodeExpired)).await);
        }
        if let Err(refusal) = self.make_change(&mut tx, &change).await {
            return Err(refuse(tx, refusal).await);
        }
        sessions::revoke_all(&mut tx, account_id, Some(&session.id), self.now.0).await.map_err(trouble)?;
        devices::distrust_all(&mut tx, account_id, self.now.0).await.map_err(trouble)?;
        tx.commit().await.map_err(trouble)
    }

    /// Begins to change the e-mail: a link goes to the new one.
    pub async fn ask_email(&self, values: Values) -> Result<Next, Refusal> {
        let owner = self.proved(Opens::Cabinet)?;
        let email = self.typed_contact(&values, Field::NewEmail)?;
        let vault = &self.house.vault;
        let index = vault.blind_index(Purpose::Email, &email);
        let who = ids::hex(&index);
        self.limit(&[("contact/account", &owner.account_id, 60, 5), ("contact/email", &who, 15, 3)]).await?;
        let (mut tx, account) = self.holding().await?;
        // One that waits for its link is asked for again by the button of the sign-up.
        if account.profile.get(Field::Email) == email && account.email_confirmed_ms.is_some() {
            return Err(refuse(tx, Refusal::on(Field::NewEmail, Code::ContactSame)).await);
        }
        let (_, own) = accounts::indexes(&mut tx, &account.id).await.map_err(trouble)?;
        let shadow = own != Some(index) && accounts::email_taken(&mut tx, &index).await.map_err(trouble)?;
        let token = ids::token();
        let new = NewChange {
            id: &ids::public_id(),
            account_id: &account.id,
            kind: Kind::Email,
            value: &email,
            index,
            shadow,
            token_hash: (!shadow).then(|| ids::token_hash(&token)),
            created_ms: self.now.0,
            expires_ms: self.now.0 + LINK_HOURS * 60 * MINUTE,
        };
        contact_changes::begin(&mut tx, vault, &new).await.map_err(trouble)?;
        let letter = match shadow {
            true => self.account_exists(),
            false => Notice::NewEmail {
                link: self.house.config.link(&format!("{}/{token}", routes::NEW_EMAIL)),
                hours: LINK_HOURS as u16,
            },
        };
        let occasion = format!("new_email/{}", new.id);
        notify::queue(
            &mut tx,
            &self.house,
            &account.id,
            None,
            &letter,
            notify::To::Email(&email),
            self.lang,
            &occasion,
        )
        .await
        .map_err(trouble)?;
        tx.commit().await.map_err(trouble)?;
        Ok(Next::to(routes::CONTACTS_SENT))
    }

    /// The button behind the link of the letter, on whichever device it was opened. In place of an address that was proved,
    /// every other session ends, the one that began it too if that is another browser's.
    pub async fn confirm_new_email(&self, token: &str) -> Result<Next, Refusal> {
        self.limit(&[("link/address", &self.address.to_string(), 15, 60)]).await?;
        let mut tx = self.house.db.write().await.map_err(trouble)?;
        let found = contact_changes::by_token(&mut tx, &self.house.vault, &ids::token_hash(token), self.now.0).await;
        let Some(change) = found.map_err(trouble)? else {
            return Err(refuse(tx, Code::LinkUsedOrExpired).await);
        };
        let replaced = match self.make_change(&mut tx, &change).await {
            Ok(replaced) => replaced,
            Err(refusal) => return Err(refuse(tx, refusal).await),
        };
        let mine = self.session.as_ref().filter(|s| s.account_id.as_deref() == Some(change.account_id.as_str()));
        let here = self.citizen.is_some() && mine.is_some();
        if replaced {
            // Whoever came in by the address before is out, as after a new password (ASVS 7.4.3).
            let except = mine.filter(|_| here).map(|s| s.id.as_str());
            sessions::revoke_all(&mut tx, &change.account_id, except, self.now.0).await.map_err(trouble)?;
            devices::distrust_all(&mut tx, &change.account_id, self.now.0).await.map_err(trouble)?;
        }
        tx.commit().await.map_err(trouble)?;
        Ok(Next::reload(if here { routes::PROFILE } else { routes::LOGIN }))
    }

    /// Index, sealed value and level together; a number that somebody else proved a moment ago is theirs. Whether a proved
    /// one was replaced.
    async fn make_change(&self, tx: &mut Tx, change: &Change) -> Result<bool, Refusal> {
        let vault = &self.house.vault;
        let (field, act, gone) = match change.kind {
            Kind::Phone => (Field::Phone, "phone_changed", Refusal::on(Field::Code, Code::CodeExpired)),
            Kind::Email => (Field::Email, "email_changed", Code::LinkUsedOrExpired.into()),
        };
        accounts::hold(tx, &change.account_id).await.map_err(trouble)?;
        let account = accounts::find(tx, vault, &change.account_id).await.map_err(trouble)?.ok_or(Code::ChangeGone)?;
        if account.blocked_ms.is_some() || account.frozen_ms.is_some() {
            return Err(gone);
        }
        let (phone, email) = accounts::indexes(tx, &account.id).await.map_err(trouble)?;
        let (index, confirmed_ms) = match change.kind {
            Kind::Phone => (phone, account.phone_confirmed_ms),
            Kind::Email => (email, account.email_confirmed_ms),
        };
        let former = Former { kind: change.kind, value: account.profile.get(field).to_owned(), index, confirmed_ms };
        if !contact_changes::finish(tx, vault, change, &former, self.now.0).await.map_err(trouble)? {
            return Err(gone);
        }
        let (id, new, at) = (account.id.as_str(), Some(&change.index), Some(self.now.0));
        let set = match change.kind {
            Kind::Phone => accounts::change_phone(tx, id, new, at).await,
            Kind::Email => accounts::change_email(tx, id, new, at).await,
        };
        match set {
            Err(StorageError::Conflict(_)) => return Err(gone),
            done => done.map_err(trouble)?,
        }
        // Told where it was until now, both channels; the account as it still stands here has them.
        self.changed(tx, &account, act, &change.id).await?;
        let mut profile = account.profile.clone();
        profile.set(field, change.value.clone());
        accounts::set_profile(tx, vault, id, &profile).await.map_err(trouble)?;
        Ok(former.confirmed_ms.is_some())
    }

    /// «Это не я»: the phone or e-mail before it comes back, unless it is somebody else's by now. The account is held.
    pub(super) async fn undo_contact(&self, tx: &mut Tx, account_id: &str, change: &str) -> Result<Undone, Refusal> {
        let vault = &self.house.vault;
        let former = contact_changes::former(tx, vault, account_id, change).await.map_err(trouble)?;
        let account = accounts::find(tx, vault, account_id).await.map_err(trouble)?;
        let (Some(former), Some(account)) = (former, account) else { return Ok(Undone::Lost) };
        let mut profile = account.profile;
        let back = self.bring_back(tx, account_id, &former, &mut profile).await?;
        accounts::set_profile(tx, vault, account_id, &profile).await.map_err(trouble)?;
        if !back {
            return Ok(Undone::Lost);
        }
        Ok(Undone::Back(match (former.kind, former.index) {
            (Kind::Phone, None) => "phone_removed",
            (Kind::Phone, Some(_)) => "phone_restored",
            (Kind::Email, _) if former.value.is_empty() => "email_removed",
            (Kind::Email, _) => "email_restored",
        }))
    }

    /// Index, value and level as they were. `false`: somebody else's by now; nothing is back, and what a stranger put in its
    /// place goes all the same. The profile is the caller's to store.
    pub(super) async fn bring_back(
        &self,
        tx: &mut Tx,
        account_id: &str,
        former: &Former,
        profile: &mut Values,
    ) -> Result<bool, Refusal> {
        let owner = match &former.index {
            Some(index) => accounts::credentials(tx, index).await.map_err(trouble)?,
            None => None,
        };
        let taken = owner.is_some_and(|owner| owner.id != account_id);
        let (index, at, value) = match taken {
            true => (None, None, ""),
            false => (former.index.as_ref(), former.confirmed_ms, former.value.as_str()),
        };
        match former.kind {
            Kind::Phone => accounts::change_phone(tx, account_id, index, at).await.map_err(trouble)?,
            Kind::Email => accounts::change_email(tx, account_id, index, at).await.map_err(trouble)?,
        }
        profile.set(if former.kind == Kind::Phone { Field::Phone } else { Field::Email }, value);
        Ok(!taken)
    }

    fn typed_contact(&self, values: &Values, field: Field) -> Result<String, Refusal> {
        match values.get(field).trim() {
            "" => Err(Refusal::on(field, Code::Empty)),
            typed => domain::fields::check_field(field, typed).map_err(|code| Refusal::on(field, code)),
        }
    }

    pub(super) async fn contacts_page(&self, step: &[&str]) -> Result<Page, Refusal> {
        let owner = self.signed_in()?;
        let words = Contacts::of(self.lang);
        let again = Block::Also(Link { to: routes::CONTACTS.to_owned(), text: words.again.to_owned() });
        let mut tx = self.house.db.read().await.map_err(trouble)?;
        let account = self.account(&mut tx, owner).await?;
        drop(tx);
        let masked = |contact: Contact| contact.masked();
        let (title, lead, blocks) = match step {
            [] => {
                let phone = masked(Contact::Phone(account.profile.get(Field::Phone).to_owned()));
                let email = masked(Contact::Email(account.profile.get(Field::Email).to_owned()));
                let now = |value: String| match value.as_str() {
                    "" => text(words.none),
                    _ => Block::Facts(vec![(words.now.to_owned(), value)]),
                };
                let blocks = vec![
                    heading(words.phone),
                    now(phone),
                    form("new-phone-form", routes::CONTACTS_PHONE, &[Field::NewPhone], words.send_code),
                    heading(words.email),
                    now(email),
                    form("new-email-form", routes::CONTACTS_EMAIL, &[Field::NewEmail], words.send_link),
                    text(words.old_told),
                ];
                (words.title, words.lead, blocks)
            }
            // A refused form is shown where it was posted to.
            ["phone"] => {
                let asked = form("new-phone-form", routes::CONTACTS_PHONE, &[Field::NewPhone], words.send_code);
                (words.phone, words.lead, vec![asked])
            }
            ["email"] => {
                let asked = form("new-email-form", routes::CONTACTS_EMAIL, &[Field::NewEmail], words.send_link);
                (words.email, words.lead, vec![asked])
            }
            ["code"] => {
                let asked = form("new-phone-code-form", routes::CONTACTS_CODE, CODE, words.confirm);
                (words.code_title, words.code_lead, vec![asked, again])
            }
            ["sent"] => (words.sent_title, words.sent_lead, vec![again]),
            _ => return Err(Code::NotFound.into()),
        };
        let security = Link { to: routes::SECURITY.to_owned(), text: Security::of(self.lang).title.to_owned() };
        Ok(Page { title: title.to_owned(), lead: lead.to_owned(), trail: vec![security], blocks })
    }

    /// What the link of the letter opens: its button confirms, for mail scanners open links.
    pub(super) async fn new_email_page(&self, token: &str) -> Result<Page, Refusal> {
        self.limit(&[("link/address", &self.address.to_string(), 15, 60)]).await?;
        let words = Contacts::of(self.lang);
        let found = if token.len() == ids::TOKEN_SIGNS {
            let mut tx = self.house.db.read().await.map_err(trouble)?;
            let hash = ids::token_hash(token);
            contact_changes::by_token(&mut tx, &self.house.vault, &hash, self.now.0).await.map_err(trouble)?
        } else {
            None
        };
        let (title, lead, block) = match found {
            Some(_) => {
                let act = super::security::button(format!("{}/{token}", routes::NEW_EMAIL), words.confirm, "primary");
                (words.link_title, words.link_lead, Block::Buttons(vec![act]))
            }
            None => {
                let back = Link { to: routes::CONTACTS.to_owned(), text: words.again.to_owned() };
                (words.link_gone, words.link_gone_text, Block::Also(back))
            }
        };
        Ok(Page { title: title.to_owned(), lead: lead.to_owned(), trail: Vec::new(), blocks: vec![block] })
    }
}
