//! «Это не я»: every change of security is told by letter and SMS with a link that closes the account and takes the
//! change back (E13). The link opens a page; its button acts.

use super::undo::Undone;
use super::{refuse, trouble};
use crate::house::House;
use crate::http::Visit;
use crate::integrations::notices::Notice;
use crate::jobs::notify;
use crate::storage::alarms::NewAlarm;
use crate::storage::{Tx, accounts, alarms, contact_changes, devices, factors, ids, journal, sessions};
use app::error::Refusal;
use app::routes;
use app::text::{Lang, security};
use app::ui::form::Next;
use domain::accounts::factors::ALARM_DAYS;
use domain::clock::{DAY, Timestamp};
use domain::{Code, Field};

/// How the name of the page begins that says what could not be brought back; the acts follow.
pub(super) const LOST: &str = "lost.";
/// In place of a phone or e-mail that was lost, when neither is left to recover access by.
pub(super) const NO_WAY_IN: &str = "no_way_in";

/// The acts that could not be taken back, as the page names them.
#[derive(Default)]
pub(super) struct NotBack(Vec<String>);

impl NotBack {
    /// Notes what became of an act, the newest first. Of a phone or e-mail that was changed again and again, by hand or by a
    /// reset, the oldest decides: either what was there first is back, or it is not.
    pub(super) fn note(&mut self, act: &str, undone: Undone) {
        if is_contact(act) && undone != Undone::Nothing {
            self.0.retain(|noted| noted != act);
        }
        if undone == Undone::Lost && !self.0.iter().any(|noted| noted == act) {
            self.0.push(act.to_owned());
        }
    }

    /// Neither phone nor e-mail is left: the page sends nobody there.
    fn no_way_in(&mut self) {
        let before = self.0.len();
        self.0.retain(|act| !is_contact(act));
        if self.0.len() < before {
            self.0.insert(0, NO_WAY_IN.to_owned());
        }
    }
}

fn is_contact(act: &str) -> bool {
    matches!(act, "phone_changed" | "email_changed" | "access_reset")
}

/// Tells an account's owner of an act and what it was done to, on every proved channel; `device` says from where.
pub(super) async fn raise(
    tx: &mut Tx,
    house: &House,
    account: &accounts::Account,
    (act, object): (&'static str, &str),
    device: &str,
    now: Timestamp,
) -> Result<(), Refusal> {
    let token = ids::token();
    let new = NewAlarm {
        token_hash: ids::token_hash(&token),
        account_id: &account.id,
        act,
        object,
        created_ms: now.0,
        expires_ms: now.0 + ALARM_DAYS * DAY,
    };
    alarms::create(tx, &new).await.map_err(trouble)?;
    let lang = Lang::from_tag(&account.lang).unwrap_or_default();
    let notice = Notice::Alarm {
        what: security::alarming(lang, act).to_owned(),
        device: device.to_owned(),
        at: notify::civil(now),
        link: house.config.link(&format!("{}/{token}", routes::NOT_ME)),
        days: ALARM_DAYS as u16,
    };
    // A number or an address nobody proved may be somebody else's.
    let proved = |at: Option<i64>, field| at.map_or("", |_| account.profile.get(field));
    let phone = proved(account.phone_confirmed_ms, Field::Phone);
    let email = proved(account.email_confirmed_ms, Field::Email);
    let occasion = format!("alarm/{}", ids::inner_id());
    for to in [notify::To::Phone(phone), notify::To::Email(email)] {
        notify::queue(tx, house, &account.id, None, &notice, to, lang, &occasion).await.map_err(trouble)?;
    }
    Ok(())
}

/// A phone or e-mail on its way and an app that was begun: neither needs a session to be finished, or a secret that its
/// owner has seen alone.
pub(super) async fn drop_begun(tx: &mut Tx, account_id: &str) -> Result<(), Refusal> {
    contact_changes::drop_open(tx, account_id).await.map_err(trouble)?;
    factors::drop_begun(tx, account_id).await.map_err(trouble)
}

impl Visit {
    /// Tells the owner what was done, on every proved channel. `object` is what undoing needs.
    pub(super) async fn alarm(
        &self,
        tx: &mut Tx,
        account: &accounts::Account,
        act: &'static str,
        object: &str,
    ) -> Result<(), Refusal> {
        let lang = Lang::from_tag(&account.lang).unwrap_or_default();
        let unknown = security::Security::of(lang).device_unknown;
        let device = if self.device.is_empty() { unknown } else { &self.device };
        raise(tx, &self.house, account, (act, object), device, self.now).await
    }

    /// The alarm behind a link that still works, and whether its button would stop a request and freeze nothing.
    pub(super) async fn alarm_of(&self, token: &str) -> Result<Option<(alarms::Alarm, bool)>, Refusal> {
        self.limit(&[("link/address", &self.address.to_string(), 15, 60)]).await?;
        let mut tx = self.house.db.read().await.map_err(trouble)?;
        let found = alarms::find(&mut tx, &ids::token_hash(token), self.now.0).await.map_err(trouble)?;
        let Some(alarm) = found else { return Ok(None) };
        let stops = self.only_asked(&mut tx, &alarm).await?;
        Ok(Some((alarm, stops)))
    }

    /// Whether all that has happened since this letter is that somebody asked by documents: nobody has got in, and nothing
    /// of the account was touched. Another request may have been confirmed and used, and cancelled this one.
    pub(super) async fn only_asked(&self, tx: &mut Tx, alarm: &alarms::Alarm) -> Result<bool, Refusal> {
        let touched = alarms::others_since(tx, &alarm.account_id, alarm.created_ms, "identity_asked").await;
        Ok(alarm.act == "identity_asked" && !touched.map_err(trouble)?)
    }

    /// The button was pressed: nobody is in, nothing that was added or begun since stays, what was removed since is back.
    /// Whoever did the act of this letter did what followed it, and its owner may never see those letters.
    pub async fn not_me(&self, token: &str) -> Result<Next, Refusal> {
        self.limit(&[("link/address", &self.address.to_string(), 15, 60)]).await?;
        let hash = ids::token_hash(token);
        let mut tx = self.house.db.write().await.map_err(trouble)?;
        let found = alarms::find(&mut tx, &hash, self.now.0).await.map_err(trouble)?;
        let used = match &found {
            Some(found) => {
                // The account first, then its letters: two of them pressed at once wait for each other here, and nobody
                // else writes a profile meanwhile.
                accounts::hold(&mut tx, &found.account_id).await.map_err(trouble)?;
                alarms::consume(&mut tx, &hash, self.now.0).await.map_err(trouble)?
            }
            None => None,
        };
        let Some(alarm) = used else {
            return Err(refuse(tx, Code::LinkUsedOrExpired).await);
        };
        let id = &alarm.account_id;
        if self.only_asked(&mut tx, &alarm).await? {
            // What was asked for is not answered, and all stays as it is.
            let stopped = self.cancel_verifications(&mut tx, id).await?;
            self.note(&mut tx, id, "identity_stopped", "").await?;
            tx.commit().await.map_err(trouble)?;
            self.tell_requests(&stopped);
            return Ok(Next::reload(format!("{}/stopped", routes::NOT_ME)));
        }
        accounts::set_frozen(&mut tx, id, Some(self.now.0)).await.map_err(trouble)?;
        sessions::revoke_all(&mut tx, id, None, self.now.0).await.map_err(trouble)?;
        devices::forget_all(&mut tx, id).await.map_err(trouble)?;
        // A stranger may have connected a device of theirs.
        crate::storage::push::remove_all(&mut tx, id).await.map_err(trouble)?;
        // What was begun rang no alarm, and would go on once access is recovered.
        self.drop_begun(&mut tx, id).await?;
        let stopped = self.cancel_verifications(&mut tx, id).await?;
        let later = alarms::consume_since(&mut tx, id, alarm.created_ms, self.now.0).await.map_err(trouble)?;
        let (mut lost, mut keys) = (NotBack::default(), Vec::new());
        for done in later.iter().chain([&alarm]) {
            self.undo(&mut tx, done, &mut keys, &mut lost).await?;
        }
        let left = accounts::find(&mut tx, &self.house.vault, id).await.map_err(trouble)?;
        if left.is_some_and(|a| a.phone_confirmed_ms.is_none() && a.email_confirmed_ms.is_none()) {
            lost.no_way_in();
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
        self.tell_requests(&stopped);
        // The key of the post has gone with its row; it is given back now that this is certain.
        for key in &keys {
            self.give_back(key).await;
        }
        if self.citizen.as_ref().is_some_and(|c| c.account_id == alarm.account_id) {
            self.set_cookie(crate::http::SESSION, "", 0);
        }
        let page = if lost.0.is_empty() { "done".to_owned() } else { format!("{LOST}{}", lost.0.join(".")) };
        Ok(Next::reload(format!("{}/{page}", routes::NOT_ME)))
    }

    pub(super) async fn drop_begun(&self, tx: &mut Tx, account_id: &str) -> Result<(), Refusal> {
        drop_begun(tx, account_id).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BACK: Undone = Undone::Back("restored");

    fn lost(acts: &[(&str, Undone)]) -> NotBack {
        let mut lost = NotBack::default();
        for (act, undone) in acts {
            lost.note(act, *undone);
        }
        lost
    }

    #[test]
    fn of_a_phone_changed_twice_the_first_decides_and_nothing_is_said_twice() {
        assert_eq!(lost(&[("phone_changed", Undone::Lost), ("phone_changed", BACK)]).0, [""; 0]);
        assert_eq!(lost(&[("phone_changed", BACK), ("phone_changed", Undone::Lost)]).0, ["phone_changed"]);
        assert_eq!(lost(&[("app_removed", Undone::Lost), ("app_removed", Undone::Lost)]).0, ["app_removed"]);
        assert_eq!(
            lost(&[("app_removed", Undone::Lost), ("app_removed", BACK)]).0,
            ["app_removed"],
            "the other one is gone"
        );
        let nothing = [("phone_changed", Undone::Lost), ("phone_changed", Undone::Nothing)];
        assert_eq!(lost(&nothing).0, ["phone_changed"], "what was taken back before decides nothing");
    }

    #[test]
    fn with_neither_phone_nor_e_mail_left_nobody_is_sent_to_either() {
        let mut both =
            lost(&[("email_changed", Undone::Lost), ("app_removed", Undone::Lost), ("phone_changed", Undone::Lost)]);
        both.no_way_in();
        assert_eq!(both.0, [NO_WAY_IN, "app_removed"]);
        let mut none = lost(&[("app_removed", Undone::Lost)]);
        none.no_way_in();
        assert_eq!(none.0, ["app_removed"], "an account that never proved either has lost neither");
    }
}
