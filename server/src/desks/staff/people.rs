//! Who works here. Rights are proposed by one administrator and confirmed by another.

use super::look::Logins;
use crate::desks::{settle, trouble};
use crate::http::StaffVisit;
use crate::storage::identities::{self, Kind};
use crate::storage::staff::NewStaff;
use crate::storage::{Purpose, StorageError, ids, staff, staff_grants, staff_sessions};
use app::error::Refusal;
use app::staff::view::{Added, GrantRow, PersonRow};
use domain::fields::{Phone, Snils};
use domain::staff::{Grant, Role, Scope, confirm, parse_login};
use domain::{Code, Field};

/// A request to start anew lapses after a day.
const RESET_MS: i64 = 24 * 3_600_000;

/// A first password: read out once, 52 random bits and the kinds of characters the rules ask for.
pub fn first_password() -> String {
    format!("{}-{}-Aa1!", ids::spoken(6), ids::spoken(6))
}

impl StaffVisit {
    pub(super) async fn everybody(&self) -> Result<Vec<PersonRow>, Refusal> {
        let present = self.present()?;
        let administering = present.member.administering()?;
        let me = administering.member();
        let mut tx = self.house.db.read().await.map_err(trouble)?;
        let all = staff::list(&mut tx).await.map_err(trouble)?;
        let grants = staff_grants::list(&mut tx).await.map_err(trouble)?;
        let logins = Logins::all(&mut tx).await.map_err(trouble)?;
        let known = identities::staff_known(&mut tx).await.map_err(trouble)?;
        let row = |g: &staff_grants::Proposal| GrantRow {
            id: g.id.clone(),
            role: g.grant.role,
            scope: g.grant.scope.clone(),
            scope_words: self.scope_words(&g.grant.scope),
            confirmed_by: g.confirmed_by.as_deref().map(|by| logins.of(by)),
            proposed_by: logins.of(&g.proposed_by),
            mine_to_confirm: g.confirmed_by.is_none() && confirm(&g.proposed_by, &g.staff_id, me).is_ok(),
            ending_by: g.ending_by.as_deref().map(|by| logins.of(by)),
            mine_to_end: g.ending_by.as_deref().is_none_or(|by| confirm(by, &g.staff_id, me).is_ok()),
        };
        let standing = |s: &staff::Staff| s.reset_by.clone().filter(|_| s.reset_ms > Some(self.reset_expired()));
        Ok(all
            .into_iter()
            .map(|s| PersonRow {
                grants: grants.iter().filter(|g| g.staff_id == s.id).map(row).collect(),
                disabled: s.disabled_ms.is_some(),
                enrolled: s.totp_confirmed_ms.is_some(),
                identified: known.contains(&s.id),
                mine_to_reset: s.id != me && standing(&s).is_none_or(|by| by != me),
                reset_by: standing(&s).map(|by| logins.of(&by)),
                id: s.id,
                login: s.login,
            })
            .collect())
    }

    pub(super) async fn add_person(&self, login: String, role: Role, scope: Scope) -> Result<Added, Refusal> {
        let present = self.present()?;
        let administering = present.member.administering()?;
        let login = parse_login(&login).map_err(|code| Refusal::on(Field::Login, code))?;
        let password = first_password();
        let hash = self.house.passwords.hash(password.clone()).await?;
        let id = ids::public_id();
        let mut tx = self.house.db.write().await.map_err(trouble)?;
        let answer = async {
            let new = NewStaff { id: &id, login: &login, password_hash: &hash, created_ms: self.now.0 };
            match staff::create(&mut tx, &new).await {
                Err(StorageError::Conflict(_)) => return Err(Refusal::on(Field::Login, Code::StaffLoginTaken)),
                done => done.map_err(trouble)?,
            }
            let grant = Grant { role, scope };
            staff_grants::propose(&mut tx, &id, &grant, administering.member(), self.now.0).await.map_err(trouble)?;
            self.note(&mut tx, &present.actor(), "staff_added", &login, role.name()).await?;
            Ok(())
        }
        .await;
        settle(tx, answer).await?;
        Ok(Added { login, password })
    }

    pub(super) async fn propose_grant(&self, staff_id: String, role: Role, scope: Scope) -> Result<(), Refusal> {
        let present = self.present()?;
        let administering = present.member.administering()?;
        let mut tx = self.house.db.write().await.map_err(trouble)?;
        let answer = async {
            let found = staff::find(&mut tx, &staff_id).await.map_err(trouble)?.ok_or(Code::NotFound)?;
            let grant = Grant { role, scope };
            match staff_grants::propose(&mut tx, &staff_id, &grant, administering.member(), self.now.0).await {
                Err(StorageError::Conflict(_)) => return Err(Code::GrantExists.into()),
                done => done.map_err(trouble)?,
            };
            self.note(&mut tx, &present.actor(), "grant_proposed", &found.login, &spelled(&grant)).await?;
            Ok(())
        }
        .await;
        settle(tx, answer).await
    }

    pub(super) async fn confirm_grant(&self, grant_id: String) -> Result<(), Refusal> {
        let present = self.present()?;
        let administering = present.member.administering()?;
        let mut tx = self.house.db.write().await.map_err(trouble)?;
        let answer = async {
            let proposal = staff_grants::find(&mut tx, &grant_id).await.map_err(trouble)?.ok_or(Code::NotFound)?;
            confirm(&proposal.proposed_by, &proposal.staff_id, administering.member())?;
            if !staff_grants::confirm(&mut tx, &grant_id, administering.member(), self.now.0).await.map_err(trouble)? {
                return Err(Code::GrantExists.into());
            }
            // Rights change: whoever has them logs in anew.
            staff_sessions::revoke_all(&mut tx, &proposal.staff_id, self.now.0).await.map_err(trouble)?;
            self.note(&mut tx, &present.actor(), "grant_confirmed", &proposal.staff_id, &spelled(&proposal.grant))
                .await?;
            Ok(())
        }
        .await;
        settle(tx, answer).await
    }

    /// A proposal is turned down by one. A right in force ends when two want it: else one administrator could empty the
    /// desk. Who must be stopped at once is disabled, by one.
    pub(super) async fn end_grant(&self, grant_id: String) -> Result<(), Refusal> {
        let present = self.present()?;
        let administering = present.member.administering()?;
        let me = administering.member();
        let mut tx = self.house.db.write().await.map_err(trouble)?;
        let answer = async {
            let found = staff_grants::find(&mut tx, &grant_id).await.map_err(trouble)?.ok_or(Code::NotFound)?;
            // One's own last key to the house is not thrown away by mistake.
            if found.staff_id == me && found.grant.role == Role::Administrator {
                return Err(Code::SecondPersonNeeded.into());
            }
            let act = match (&found.confirmed_by, &found.ending_by) {
                (None, _) => "grant_turned_down",
                (Some(_), None) => "grant_end_asked",
                (Some(_), Some(by)) => {
                    confirm(by, &found.staff_id, me)?;
                    "grant_ended"
                }
            };
            if act == "grant_end_asked" {
                staff_grants::ask_end(&mut tx, &grant_id, me, self.now.0).await.map_err(trouble)?;
            } else {
                if !staff_grants::end(&mut tx, &grant_id, me, self.now.0).await.map_err(trouble)? {
                    return Err(Code::SecondPersonNeeded.into());
                }
                staff_sessions::revoke_all(&mut tx, &found.staff_id, self.now.0).await.map_err(trouble)?;
            }
            self.note(&mut tx, &present.actor(), act, &found.staff_id, &spelled(&found.grant)).await?;
            Ok(())
        }
        .await;
        settle(tx, answer).await
    }

    /// Another person says who somebody is as a citizen; what was said stays until it is said anew.
    pub(super) async fn identify_person(&self, staff_id: String, snils: &str, phone: &str) -> Result<(), Refusal> {
        let present = self.present()?;
        let administering = present.member.administering()?;
        if staff_id == administering.member() {
            return Err(Code::SecondPersonNeeded.into());
        }
        let vault = &self.house.vault;
        let mut indexes = Vec::new();
        if !snils.trim().is_empty() {
            let snils = Snils::parse(snils).map_err(|code| Refusal::on(Field::Snils, code))?;
            indexes.push((Kind::Snils, vault.blind_index(Purpose::Snils, snils.as_str())));
        }
        if !phone.trim().is_empty() {
            let phone = Phone::parse(phone).map_err(|code| Refusal::on(Field::Phone, code))?;
            indexes.push((Kind::Phone, vault.blind_index(Purpose::Phone, phone.as_str())));
        }
        if indexes.is_empty() {
            return Err(Refusal::on(Field::Snils, Code::Empty));
        }
        let mut tx = self.house.db.write().await.map_err(trouble)?;
        let answer = async {
            let found = staff::find(&mut tx, &staff_id).await.map_err(trouble)?.ok_or(Code::NotFound)?;
            identities::set_of_staff(&mut tx, &staff_id, &indexes).await.map_err(trouble)?;
            self.note(&mut tx, &present.actor(), "staff_identified", &found.login, "").await?;
            Ok(())
        }
        .await;
        settle(tx, answer).await
    }

    /// Requests before this moment have lapsed.
    fn reset_expired(&self) -> i64 {
        self.now.0 - RESET_MS
    }

    /// Two let somebody start anew who lost the authenticator: it is the way around it, so one alone must not have it.
    pub(super) async fn reset_person(&self, login: String) -> Result<Option<Added>, Refusal> {
        let present = self.present()?;
        let administering = present.member.administering()?;
        let me = administering.member();
        let password = first_password();
        let hash = self.house.passwords.hash(password.clone()).await?;
        let mut tx = self.house.db.write().await.map_err(trouble)?;
        let answer = async {
            let found = staff::find_by_login(&mut tx, login.trim()).await.map_err(trouble)?.ok_or(Code::NotFound)?;
            if found.id == me {
                return Err(Code::SecondPersonNeeded.into());
            }
            if staff::ask_reset(&mut tx, &found.id, me, self.reset_expired(), self.now.0).await.map_err(trouble)? {
                self.note(&mut tx, &present.actor(), "staff_reset_asked", &found.login, "").await?;
                return Ok(None);
            }
            if !staff::reset(&mut tx, &found.id, &hash, me, self.reset_expired()).await.map_err(trouble)? {
                return Err(Code::SecondPersonNeeded.into());
            }
            staff_sessions::revoke_all(&mut tx, &found.id, self.now.0).await.map_err(trouble)?;
            self.note(&mut tx, &present.actor(), "staff_reset", &found.login, "").await?;
            Ok(Some(Added { login: found.login, password }))
        }
        .await;
        settle(tx, answer).await
    }

    pub(super) async fn disable_person(&self, login: String, disabled: bool) -> Result<(), Refusal> {
        let present = self.present()?;
        let administering = present.member.administering()?;
        let mut tx = self.house.db.write().await.map_err(trouble)?;
        let answer = async {
            let found = staff::find_by_login(&mut tx, &login).await.map_err(trouble)?.ok_or(Code::NotFound)?;
            if found.id == administering.member() {
                return Err(Code::SecondPersonNeeded.into());
            }
            staff::set_disabled(&mut tx, &login, disabled.then_some(self.now.0)).await.map_err(trouble)?;
            staff_sessions::revoke_all(&mut tx, &found.id, self.now.0).await.map_err(trouble)?;
            let act = if disabled { "staff_disabled" } else { "staff_enabled" };
            self.note(&mut tx, &present.actor(), act, &login, "").await?;
            Ok(())
        }
        .await;
        settle(tx, answer).await
    }
}

fn spelled(grant: &Grant) -> String {
    format!("{} {}", grant.role.name(), grant.scope.name())
}
