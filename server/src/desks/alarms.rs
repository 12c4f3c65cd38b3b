//! «Это не я»: every change of security is told by letter and SMS with a link that closes the account and takes the
//! change back (E13). The link opens a page; its button acts.

use super::trouble;
use crate::http::Visit;
use crate::integrations::notices::Notice;
use crate::jobs::notify;
use crate::storage::alarms::NewAlarm;
use crate::storage::{
    Tx, accounts, alarms, consents, deletions, devices, doors, factors, ids, journal, passkeys, post_accounts, sessions,
};
use app::error::Refusal;
use app::routes;
use app::text::{Lang, security};
use app::ui::form::Next;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::accounts::factors::ALARM_DAYS;
use domain::fields::Phone;
use domain::{Code, Field};

const DAY: i64 = 24 * 60 * 60_000;

impl Visit {
    /// Tells the owner what was done, on every proved channel. `object` is what undoing needs.
    pub(super) async fn alarm(
        &self,
        tx: &mut Tx,
        account: &accounts::Account,
        act: &'static str,
        object: &str,
    ) -> Result<(), Refusal> {
        let token = ids::token();
        let new = NewAlarm {
            token_hash: ids::token_hash(&token),
            account_id: &account.id,
            act,
            object,
            created_ms: self.now.0,
            expires_ms: self.now.0 + ALARM_DAYS * DAY,
        };
        alarms::create(tx, &new).await.map_err(trouble)?;
        let lang = Lang::from_tag(&account.lang).unwrap_or_default();
        let unknown = security::Security::of(lang).device_unknown;
        let notice = Notice::Alarm {
            what: security::alarming(lang, act).to_owned(),
            device: if self.device.is_empty() { unknown.to_owned() } else { self.device.clone() },
            at: notify::civil(self.now),
            link: self.house.config.link(&format!("{}/{token}", routes::NOT_ME)),
            days: ALARM_DAYS as u16,
        };
        let phone = Phone::parse(account.profile.get(Field::Phone)).map(|p| p.as_str().to_owned()).unwrap_or_default();
        // An address nobody proved may be somebody else's.
        let email = account.email_confirmed_ms.map_or("", |_| account.profile.get(Field::Email));
        let occasion = format!("alarm/{}", ids::inner_id());
        for to in [notify::To::Phone(&phone), notify::To::Email(email)] {
            notify::queue(tx, &self.house, &account.id, None, &notice, to, lang, &occasion).await.map_err(trouble)?;
        }
        Ok(())
    }

    /// The alarm behind a link that still works.
    pub(super) async fn alarm_of(&self, token: &str) -> Result<Option<alarms::Alarm>, Refusal> {
        self.limit(&[("link/address", &self.address.to_string(), 15, 60)]).await?;
        let mut tx = self.house.db.read().await.map_err(trouble)?;
        alarms::find(&mut tx, &ids::token_hash(token), self.now.0).await.map_err(trouble)
    }

    /// The button was pressed: nobody is in, nothing that was added since stays, what was removed since is back. Whoever did
    /// the act of this letter did what followed it, and its owner may never see those letters.
    pub async fn not_me(&self, token: &str) -> Result<Next, Refusal> {
        self.limit(&[("link/address", &self.address.to_string(), 15, 60)]).await?;
        let mut tx = self.house.db.write().await.map_err(trouble)?;
        let used = alarms::consume(&mut tx, &ids::token_hash(token), self.now.0).await.map_err(trouble)?;
        let alarm = used.ok_or(Code::LinkUsedOrExpired)?;
        let id = &alarm.account_id;
        if alarm.act == "identity_asked" && !self.was_used(&mut tx, &alarm.object).await? {
            // Nobody has got in: what was asked for is not answered, and all stays as it is.
            self.cancel_verifications(&mut tx, id).await?;
            self.note(&mut tx, id, "identity_stopped", "").await?;
            tx.commit().await.map_err(trouble)?;
            return Ok(Next::reload(format!("{}/stopped", routes::NOT_ME)));
        }
        accounts::set_frozen(&mut tx, id, Some(self.now.0)).await.map_err(trouble)?;
        sessions::revoke_all(&mut tx, id, None, self.now.0).await.map_err(trouble)?;
        devices::forget_all(&mut tx, id).await.map_err(trouble)?;
        // A stranger may have connected a device of theirs.
        crate::storage::push::remove_all(&mut tx, id).await.map_err(trouble)?;
        let later = alarms::consume_since(&mut tx, id, alarm.created_ms, self.now.0).await.map_err(trouble)?;
        let mut held = None;
        for done in later.iter().chain([&alarm]) {
            self.undo(&mut tx, done).await?;
            if done.act == "post_linked" {
                held = post_accounts::unlink(&mut tx, &self.house.vault, id).await.map_err(trouble)?.or(held);
            }
        }
        let row = journal::NewEntry {
            account_id: Some(id),
            at_ms: self.now.0,
            actor: "citizen",
            act: "account_frozen",
            object: "",
            detail: &alarm.act,
        };
        journal::append(&mut tx, &row).await.map_err(trouble)?;
        tx.commit().await.map_err(trouble)?;
        if let Some(held) = held {
            self.give_back(&held).await;
        }
        if self.citizen.as_ref().is_some_and(|c| c.account_id == alarm.account_id) {
            self.set_cookie(crate::http::SESSION, "", 0);
        }
        Ok(Next::reload(format!("{}/done", routes::NOT_ME)))
    }
}

impl Visit {
    /// What was there before comes back where it can; what is gone by itself needs nothing.
    async fn undo(&self, tx: &mut Tx, alarm: &alarms::Alarm) -> Result<(), Refusal> {
        let (id, object, now) = (alarm.account_id.as_str(), alarm.object.as_str(), self.now.0);
        let undone = match alarm.act.as_str() {
            "app_added" => factors::remove(tx, id, object, now).await.map(drop),
            "app_removed" => factors::restore(tx, id, object).await.map(drop),
            "passkey_added" => passkeys::remove(tx, id, &key(object), now).await.map(drop),
            "passkey_removed" => passkeys::restore(tx, id, &key(object)).await.map(drop),
            "door_linked" => doors::remove(tx, id, object, now).await.map(drop),
            "door_unlinked" => doors::restore(tx, id, object).await.map(drop),
            "deletion_asked" => deletions::cancel(tx, id, now).await.map(drop),
            "consent_withdrawn" => consents::restore(tx, id, object.parse().unwrap_or_default()).await.map(drop),
            // Codes that a stranger has seen, or used one of, are worth nothing.
            "backup_codes_made" | "backup_code_used" => factors::set_backup_codes(tx, id, &[]).await,
            // The object is the moment at which the lost factors went.
            "identity_used" => match object.parse() {
                Ok(removed_ms) => factors::restore_all(tx, id, removed_ms).await,
                Err(_) => Ok(()),
            },
            "identity_asked" => return self.cancel_verifications(tx, id).await,
            "phone_changed" | "email_changed" => return self.undo_contact(tx, id, object).await,
            _ => Ok(()),
        };
        undone.map_err(trouble)
    }
}

/// The id of a passkey, as an alarm names it.
fn key(object: &str) -> Vec<u8> {
    URL_SAFE_NO_PAD.decode(object).unwrap_or_default()
}
