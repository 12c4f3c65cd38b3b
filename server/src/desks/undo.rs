//! What «Это не я» takes back of each act, with a row of its own in the journal (E13).

use super::trouble;
use crate::http::Visit;
use crate::storage::{
    Result as Stored, Tx, accounts, alarms, consents, counter_resets, deletions, doors, factors, members, passkeys,
    post_accounts, profile_changes,
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
    /// What was there before comes back where it can. `false`: it could not.
    /// Keys of the post that went are put into `keys`.
    pub(super) async fn undo(
        &self,
        tx: &mut Tx,
        alarm: &alarms::Alarm,
        keys: &mut Vec<post_accounts::Held>,
    ) -> Result<bool, Refusal> {
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
            "access_reset" => self.undo_reset(tx, id, object).await?,
            _ => self.undo_factor(tx, alarm).await.map_err(trouble)?,
        };
        if let Back(act) = undone {
            self.note(tx, id, act, "").await?;
        }
        Ok(undone != Lost)
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

    /// A reset at a counter: its slip opens nothing, the phone and e-mail there were are back, and so are the factors that
    /// went with it. The password stays gone: its owner sets one by phone or e-mail.
    async fn undo_reset(&self, tx: &mut Tx, id: &str, reset: &str) -> Result<Undone, Refusal> {
        let vault = &self.house.vault;
        let former = counter_resets::former(tx, vault, id, reset).await.map_err(trouble)?;
        let account = accounts::find(tx, vault, id).await.map_err(trouble)?;
        let (Some((phone, email, at)), Some(account)) = (former, account) else { return Ok(Lost) };
        if !counter_resets::undo(tx, id, reset, self.now.0).await.map_err(trouble)? {
            return Ok(Nothing);
        }
        accounts::end_first_password(tx, id).await.map_err(trouble)?;
        let mut profile = account.profile;
        let phone = self.bring_back(tx, id, &phone, &mut profile).await?;
        let email = self.bring_back(tx, id, &email, &mut profile).await?;
        accounts::set_profile(tx, vault, id, &profile).await.map_err(trouble)?;
        factors::restore_all(tx, id, at).await.map_err(trouble)?;
        for door in doors::removed_at(tx, id, at).await.map_err(trouble)? {
            doors::restore(tx, id, &door).await.map_err(trouble)?;
        }
        Ok(if phone && email { Back("access_reset_undone") } else { Lost })
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
