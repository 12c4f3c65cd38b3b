//! What «Это не я» takes back of each act, with a row of its own in the journal (E13).

use super::alarms::NotBack;
use super::trouble;
use crate::http::Visit;
use crate::storage::{
    Result as Stored, Tx, accounts, alarms, consents, contact_changes::Kind, counter_resets, deletions, doors, factors,
    members, passkeys, post_accounts, profile_changes,
};
use app::error::Refusal;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::Field;
use domain::accounts::{CORRECT, FILLED};

/// What became of an act.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Undone {
    /// There was nothing to do: it is gone by itself, or was a login.
    Nothing,
    /// What the journal calls the way back.
    Back(&'static str),
    /// What was there before is somebody else's by now, or is gone for good.
    Lost,
}

use Undone::{Back, Lost, Nothing};

impl Visit {
    /// What was there before comes back where it can; what cannot is put into `lost`, keys of the post that went into `keys`.
    pub(super) async fn undo(
        &self,
        tx: &mut Tx,
        alarm: &alarms::Alarm,
        keys: &mut Vec<post_accounts::Held>,
        lost: &mut NotBack,
    ) -> Result<(), Refusal> {
        let (id, object) = (alarm.account_id.as_str(), alarm.object.as_str());
        let undone = match alarm.act.as_str() {
            "phone_changed" | "email_changed" => self.undo_contact(tx, id, object).await?,
            "profile_corrected" => self.undo_correction(tx, id, object, CORRECT).await?,
            "door_linked" => {
                // With it goes what it filled into the profile, which is kept under its id.
                if let Back(act) = self.undo_correction(tx, id, object, FILLED).await? {
                    self.note(tx, id, act, "").await?;
                }
                self.undo_factor(tx, alarm).await.map_err(trouble)?
            }
            "post_linked" => match post_accounts::unlink(tx, &self.house.vault, id).await.map_err(trouble)? {
                Some(held) => {
                    keys.push(held);
                    Back("post_unlinked")
                }
                None => Nothing,
            },
            "mailbox_handed_over" => self.undo_hand_over(tx, alarm).await?,
            "access_reset" => return self.undo_reset(tx, id, object, lost).await,
            _ => self.undo_factor(tx, alarm).await.map_err(trouble)?,
        };
        if let Back(act) = undone {
            self.note(tx, id, act, "").await?;
        }
        lost.note(&alarm.act, undone);
        Ok(())
    }

    async fn undo_factor(&self, tx: &mut Tx, alarm: &alarms::Alarm) -> Stored<Undone> {
        let (id, object, now) = (alarm.account_id.as_str(), alarm.object.as_str(), self.now.0);
        let gone = |done: bool, act| if done { Back(act) } else { Nothing };
        let back = |done: bool, act| if done { Back(act) } else { Lost };
        Ok(match alarm.act.as_str() {
            "app_added" => gone(factors::remove(tx, id, object, now).await?, "app_removed"),
            "app_removed" => back(factors::restore(tx, id, object).await?, "app_restored"),
            "passkey_added" => gone(passkeys::remove(tx, id, &key(object), now).await?, "passkey_removed"),
            "passkey_removed" => back(passkeys::restore(tx, id, &key(object)).await?, "passkey_restored"),
            // Its key went with the row.
            "post_unlinked" => Lost,
            "door_linked" => gone(doors::remove(tx, id, object, now).await?, "door_unlinked"),
            "door_unlinked" => back(doors::restore(tx, id, object).await?, "door_restored"),
            "deletion_asked" => gone(deletions::cancel(tx, id, now).await?, "deletion_cancelled"),
            "consent_withdrawn" => {
                gone(consents::restore(tx, id, object.parse().unwrap_or_default()).await?, "consent_restored")
            }
            // Codes that a stranger has seen, or used one of, are worth nothing.
            "backup_codes_made" | "backup_code_used" => {
                factors::set_backup_codes(tx, id, &[]).await?;
                Back("backup_codes_removed")
            }
            // The object is the moment at which the lost factors went.
            "identity_used" => match object.parse() {
                Ok(removed_ms) => gone(factors::restore_all(tx, id, removed_ms).await? > 0, "factors_restored"),
                Err(_) => Nothing,
            },
            _ => Nothing,
        })
    }

    /// Names, passport and ИНН as they stood before: who holds papers with the new ones is not let in by them (REC-3).
    async fn undo_correction(&self, tx: &mut Tx, id: &str, change: &str, fields: &[Field]) -> Result<Undone, Refusal> {
        let vault = &self.house.vault;
        let former = profile_changes::former(tx, vault, id, change).await.map_err(trouble)?;
        let account = accounts::find(tx, vault, id).await.map_err(trouble)?;
        let (Some(former), Some(account)) = (former, account) else { return Ok(Lost) };
        let mut profile = account.profile;
        profile.take(&former, fields);
        accounts::set_profile(tx, vault, id, &profile).await.map_err(trouble)?;
        Ok(Back("profile_restored"))
    }

    /// A reset at a counter: its slip opens nothing, the phone and e-mail there were are back, each as far as it is nobody
    /// else's, and so are the factors that went with it, or with one before it that nobody has entered after: that one is
    /// taken back too, since the phone and e-mail are those it took off. The password stays gone: its owner sets one.
    async fn undo_reset(&self, tx: &mut Tx, id: &str, reset: &str, lost: &mut NotBack) -> Result<(), Refusal> {
        let (vault, now) = (&self.house.vault, self.now.0);
        let former = counter_resets::former(tx, vault, id, reset).await.map_err(trouble)?;
        let chain = counter_resets::chain(tx, id, reset).await.map_err(trouble)?;
        if !counter_resets::undo(tx, id, reset, now).await.map_err(trouble)? {
            return Ok(());
        }
        accounts::end_first_password(tx, id).await.map_err(trouble)?;
        self.note(tx, id, "access_reset_undone", "").await?;
        for (one, at) in chain {
            counter_resets::undo(tx, id, &one, now).await.map_err(trouble)?;
            factors::restore_all(tx, id, at).await.map_err(trouble)?;
            for door in doors::removed_at(tx, id, at).await.map_err(trouble)? {
                doors::restore(tx, id, &door).await.map_err(trouble)?;
            }
        }
        let account = accounts::find(tx, vault, id).await.map_err(trouble)?;
        let (Some((phone, email)), Some(account)) = (former, account) else {
            lost.note("access_reset", Lost);
            return Ok(());
        };
        let mut profile = account.profile;
        for former in [&phone, &email] {
            let (changed, restored) = match former.kind {
                Kind::Phone => ("phone_changed", "phone_restored"),
                Kind::Email => ("email_changed", "email_restored"),
            };
            let back = self.bring_back(tx, id, former, &mut profile).await?;
            if back && !former.value.is_empty() {
                self.note(tx, id, restored, "").await?;
            }
            // It decides for whatever was put in the place of this phone or e-mail since.
            lost.note(changed, if back { Back(restored) } else { Lost });
        }
        accounts::set_profile(tx, vault, id, &profile).await.map_err(trouble)
    }

    /// A mailbox comes back from whom it was given to; what they have given on is theirs to whom it went.
    async fn undo_hand_over(&self, tx: &mut Tx, alarm: &alarms::Alarm) -> Result<Undone, Refusal> {
        let Some((mailbox, to)) = alarm.object.split_once('/') else { return Ok(Lost) };
        let (id, vault, since) = (alarm.account_id.as_str(), &self.house.vault, alarm.created_ms);
        let number = members::take_back(tx, vault, mailbox, (to, id), since, self.now.0).await.map_err(trouble)?;
        let Some(number) = number else { return Ok(Lost) };
        self.note_other(tx, to, "mailbox_taken_back", &number).await?;
        Ok(Back("mailbox_taken_back"))
    }
}

/// The id of a passkey, as an alarm names it.
fn key(object: &str) -> Vec<u8> {
    URL_SAFE_NO_PAD.decode(object).unwrap_or_default()
}
