//! Changing how one logs in: apps, backup codes, devices, and the password asked for before (AUTH-2, E14).

use super::backup;
use super::proofs::MINUTE;
use super::{Owner, refuse, totp, trouble};
use crate::http::{ONCE, Visit};
use crate::storage::{Place, Tx, accounts, devices, factors, ids, passkeys, sessions};
use app::error::Refusal;
use app::routes;
use app::ui::form::Next;
use domain::access::Opens;
use domain::accounts::factors::{PROOF_MINUTES, Ways, new_app, proof};
use domain::{Code, Field, Values};

/// Codes shown once travel sealed in a cookie from the post to the page, this long at most.
const ONCE_MS: i64 = 10 * MINUTE;
const ONCE_PLACE: Place<'static> = Place::new("once", "codes", "cookie");

impl Visit {
    /// Who may change the security of their account now: signed in, and proved to be themselves a moment ago.
    pub(super) fn proved(&self, what: Opens) -> Result<&Owner, Refusal> {
        let owner = self.owner(what)?;
        if self.needs_proof() {
            return Err(Code::ProofNeeded.into());
        }
        Ok(owner)
    }

    /// Whether the password has to be asked for before `proved` would let pass.
    pub fn needs_proof(&self) -> bool {
        self.session.as_ref().is_none_or(|s| self.now.0 - s.proved_ms > PROOF_MINUTES * MINUTE)
    }

    /// The password once more. A session whose person guesses is counted like a login.
    pub async fn prove(&self, values: Values, next: Option<&str>) -> Result<Next, Refusal> {
        let owner = self.owner(Opens::Cabinet)?;
        let errors = proof(&values);
        if !errors.is_empty() {
            return Err(errors.into());
        }
        self.limit(&[("proof/account", &owner.account_id, 10, 10)]).await?;
        let mut tx = self.house.db.read().await.map_err(trouble)?;
        let account = self.account(&mut tx, owner).await?;
        drop(tx);
        let typed = values.get(Field::Password).to_owned();
        if !self.house.passwords.verify(typed, Some(account.password_hash)).await? {
            return Err(Refusal::on(Field::Password, Code::ProofWrong));
        }
        let (mut tx, _) = self.holding().await?;
        if self.needs_proof() {
            // What was begun under the proof that has lapsed may be a stranger's, who sat down at this browser.
            factors::drop_begun(&mut tx, &owner.account_id).await.map_err(trouble)?;
        }
        sessions::prove(&mut tx, &owner.session_id, self.now.0).await.map_err(trouble)?;
        tx.commit().await.map_err(trouble)?;
        Ok(Next::to(next.and_then(routes::safe_next).unwrap_or(routes::SECURITY)))
    }

    /// How the account can be entered.
    pub(super) async fn ways(&self, tx: &mut Tx, account_id: &str) -> Result<Ways, Refusal> {
        Ok(Ways {
            apps: factors::count(tx, account_id).await.map_err(trouble)?,
            passkeys: passkeys::count(tx, account_id).await.map_err(trouble)?,
            backup_codes: factors::backup_codes_left(tx, account_id).await.map_err(trouble)?,
        })
    }

    /// Begins to add an app; one that was begun since the last proof goes on, the app may have its secret. One from before
    /// may be a stranger's, who has its secret too: it starts over.
    pub async fn add_app(&self) -> Result<Next, Refusal> {
        let owner = self.proved(Opens::Security)?;
        let vault = &self.house.vault;
        let (mut tx, _) = self.holding().await?;
        let proved_ms = self.session.as_ref().map_or(self.now.0, |s| s.proved_ms);
        if factors::adding(&mut tx, vault, &owner.account_id, proved_ms).await.map_err(trouble)?.is_none() {
            factors::drop_begun(&mut tx, &owner.account_id).await.map_err(trouble)?;
            let (id, secret) = (ids::public_id(), ids::random::<{ totp::SECRET }>());
            let begun = factors::begin(&mut tx, vault, &owner.account_id, &id, &secret, self.now.0).await;
            if !begun.map_err(trouble)? {
                return Err(refuse(tx, Code::AppsFull).await);
            }
        }
        tx.commit().await.map_err(trouble)?;
        Ok(Next::to(routes::SECURITY_APP))
    }

    /// The app that was begun in this login.
    pub(super) async fn adding(&self, tx: &mut Tx, account_id: &str) -> Result<Option<(String, Vec<u8>)>, Refusal> {
        let since_ms = self.session.as_ref().map_or(self.now.0, |s| s.created_ms);
        factors::adding(tx, &self.house.vault, account_id, since_ms).await.map_err(trouble)
    }

    /// The app shows the right code: it is one from here on. Whoever has no backup codes gets them now.
    pub async fn confirm_app(&self, values: Values) -> Result<Next, Refusal> {
        let owner = self.proved(Opens::Security)?;
        let (name, code) = new_app(&values)?;
        let (vault, id) = (&self.house.vault, owner.account_id.as_str());
        self.guess(id).await?;
        let (mut tx, account) = self.holding().await?;
        let Some((app, secret)) = self.adding(&mut tx, id).await? else {
            return Err(refuse(tx, Code::FactorGone).await);
        };
        let Some(step) = totp::step(&secret, &code, self.now) else {
            return Err(refuse(tx, Refusal::on(Field::TotpCode, Code::CodeWrong)).await);
        };
        if !factors::confirm(&mut tx, vault, id, &app, &name, step, self.now.0).await.map_err(trouble)? {
            return Err(refuse(tx, Code::FactorGone).await);
        }
        self.end_others(&mut tx, owner).await?;
        self.changed(&mut tx, &account, "app_added", &app).await?;
        let to = if factors::backup_codes_left(&mut tx, id).await.map_err(trouble)? == 0 {
            self.new_codes(&mut tx, id).await?;
            self.note(&mut tx, id, "backup_codes_made", "").await?;
            routes::SECURITY_CODES
        } else {
            routes::SECURITY
        };
        tx.commit().await.map_err(trouble)?;
        Ok(Next::to(to))
    }

    pub async fn remove_app(&self, app: &str) -> Result<Next, Refusal> {
        let owner = self.proved(Opens::Security)?;
        let (mut tx, account) = self.holding().await?;
        if !factors::remove(&mut tx, &owner.account_id, app, self.now.0).await.map_err(trouble)? {
            return Err(refuse(tx, Code::FactorGone).await);
        }
        self.end_others(&mut tx, owner).await?;
        self.changed(&mut tx, &account, "app_removed", app).await?;
        tx.commit().await.map_err(trouble)?;
        Ok(Next::to(routes::SECURITY))
    }

    /// New backup codes in place of the earlier ones.
    pub async fn make_codes(&self) -> Result<Next, Refusal> {
        let owner = self.proved(Opens::Security)?;
        let (mut tx, account) = self.holding().await?;
        self.new_codes(&mut tx, &owner.account_id).await?;
        self.changed(&mut tx, &account, "backup_codes_made", "").await?;
        tx.commit().await.map_err(trouble)?;
        Ok(Next::to(routes::SECURITY_CODES))
    }

    async fn new_codes(&self, tx: &mut Tx, account_id: &str) -> Result<(), Refusal> {
        let (codes, hashes) = backup::new(&self.house.vault, account_id, backup::OF_CITIZENS);
        factors::set_backup_codes(tx, account_id, &hashes).await.map_err(trouble)?;
        self.seal_cookie(ONCE, ONCE_PLACE, &(account_id, self.now.0 + ONCE_MS, codes), ONCE_MS)
    }

    /// The codes just made, in groups of five, once.
    pub(super) fn shown_once(&self) -> Option<Vec<String>> {
        let owner = self.citizen.as_ref()?;
        let (account_id, until_ms, codes): (String, i64, Vec<String>) =
            self.opened_cookie(self.once.as_deref(), ONCE_PLACE)?;
        if account_id != owner.account_id || until_ms < self.now.0 {
            return None;
        }
        self.set_cookie(ONCE, "", 0);
        Some(codes.iter().filter_map(|code| backup::grouped(code)).collect())
    }

    /// No device is trusted any more; each asks for the second half at its next login.
    pub async fn forget_devices(&self) -> Result<Next, Refusal> {
        let owner = self.owner(Opens::Cabinet)?;
        let mut tx = self.house.db.write().await.map_err(trouble)?;
        devices::distrust_all(&mut tx, &owner.account_id, self.now.0).await.map_err(trouble)?;
        self.note(&mut tx, &owner.account_id, "devices_distrusted", "").await?;
        tx.commit().await.map_err(trouble)?;
        Ok(Next::to(routes::SECURITY))
    }

    /// Ends one session of the account, or all but this one.
    pub async fn end_sessions(&self, id: Option<&str>) -> Result<Next, Refusal> {
        let owner = self.owner(Opens::Cabinet)?;
        let (account, now) = (owner.account_id.as_str(), self.now.0);
        let mut tx = self.house.db.write().await.map_err(trouble)?;
        let act = match id {
            Some(id) => {
                if !sessions::revoke_owned(&mut tx, id, account, now).await.map_err(trouble)? {
                    return Err(refuse(tx, Code::FactorGone).await);
                }
                "session_ended"
            }
            None => {
                sessions::revoke_all(&mut tx, account, Some(&owner.session_id), now).await.map_err(trouble)?;
                "sessions_ended"
            }
        };
        self.note(&mut tx, account, act, "").await?;
        tx.commit().await.map_err(trouble)?;
        Ok(Next::to(routes::SECURITY))
    }

    /// Whoever came in by the ways there were proves themselves by those there are now (ASVS 7.4.3).
    pub(super) async fn end_others(&self, tx: &mut Tx, owner: &Owner) -> Result<(), Refusal> {
        sessions::revoke_all(tx, &owner.account_id, Some(&owner.session_id), self.now.0).await.map_err(trouble)?;
        Ok(())
    }

    /// A change of security: in the journal, and told to the owner with a way to take it back.
    pub(super) async fn changed(
        &self,
        tx: &mut Tx,
        account: &accounts::Account,
        act: &'static str,
        object: &str,
    ) -> Result<(), Refusal> {
        self.note(tx, &account.id, act, "").await?;
        self.alarm(tx, account, act, object).await
    }
}
