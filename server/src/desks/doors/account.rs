//! Linking a door to an account and back, and what its word leaves in profile and application (E11).

use super::Arrived;
use crate::desks::{refuse, trouble};
use crate::http::Visit;
use crate::storage::doors::{Linking, NewDoor};
use crate::storage::{Tx, accounts, doors, ids, profile_changes};
use app::error::Refusal;
use app::routes;
use app::text::Lang;
use app::text::doors::source;
use app::ui::form::{Next, Replay};
use domain::access::Opens;
use domain::accounts::doors::{Door, Mark, marks};
use domain::accounts::{FILLED, PROFILE};
use domain::{Code, Field, Values};

impl Visit {
    /// «Привязать»: who is signed in has just proved it, and has seen whose data they are.
    pub async fn link_door(&self) -> Result<Next, Refusal> {
        let owner = self.proved(Opens::Security)?;
        let arrived = self.arrived().ok_or(Code::DoorGone)?;
        let (mut tx, mut account) = self.holding().await?;
        if !arrived.may_be_linked_to(&account) {
            return Err(refuse(tx, Code::DoorGone).await);
        }
        match self.tie(&mut tx, &account.id, &arrived).await? {
            (Linking::Done, id) => {
                self.end_others(&mut tx, owner).await?;
                self.changed(&mut tx, &account, "door_linked", &id).await?;
                // Of another name nothing is taken over: it may be another person.
                let former = account.profile.only(FILLED);
                if arrived.is_about(&account.profile) && fill(&mut account.profile, &arrived.told) {
                    let vault = &self.house.vault;
                    // By papers support lets somebody in (REC-3): with the door goes what it filled in.
                    let kept = profile_changes::keep(&mut tx, vault, &account.id, &id, &former, self.now.0).await;
                    kept.map_err(trouble)?;
                    accounts::set_profile(&mut tx, vault, &account.id, &account.profile).await.map_err(trouble)?;
                    self.note(&mut tx, &account.id, "profile_filled", &id).await?;
                }
            }
            (Linking::Already, _) => {}
            (Linking::Taken, _) => return Err(refuse(tx, Code::DoorTaken).await),
            (Linking::Exists, _) => return Err(refuse(tx, Code::DoorExists).await),
        }
        tx.commit().await.map_err(trouble)?;
        self.forget_arrived();
        Ok(Next::to(routes::SECURITY))
    }

    pub async fn unlink_door(&self, id: &str) -> Result<Next, Refusal> {
        let owner = self.proved(Opens::Security)?;
        let (mut tx, account) = self.holding().await?;
        if !doors::remove(&mut tx, &account.id, id, self.now.0).await.map_err(trouble)? {
            return Err(refuse(tx, Code::DoorGone).await);
        }
        self.end_others(&mut tx, owner).await?;
        self.changed(&mut tx, &account, "door_unlinked", id).await?;
        tx.commit().await.map_err(trouble)?;
        Ok(Next::to(routes::SECURITY))
    }

    /// Ties who arrived to an account; the id of the tie.
    pub(in crate::desks) async fn tie(
        &self,
        tx: &mut Tx,
        account_id: &str,
        arrived: &Arrived,
    ) -> Result<(Linking, String), Refusal> {
        let id = ids::public_id();
        let new = NewDoor {
            id: &id,
            account_id,
            door: arrived.door,
            subject_index: arrived.subject_index,
            told: &arrived.told,
            now_ms: self.now.0,
        };
        Ok((doors::link(tx, &self.house.vault, &new).await.map_err(trouble)?, id))
    }

    /// What the sign-up form begins with, for who came through a door.
    pub fn arrived_replay(&self, path: &str) -> Option<Replay> {
        if path != routes::REGISTER {
            return None;
        }
        let values = self.arrived().filter(|arrived| !arrived.phone_taken)?.told.only(PROFILE);
        Some(Replay { path: path.to_owned(), values, error: None })
    }

    /// The marks of these values, by what the account's doors say.
    pub(in crate::desks) async fn marks(
        &self,
        tx: &mut Tx,
        account_id: &str,
        values: &Values,
    ) -> Result<Option<Vec<Mark>>, Refusal> {
        let linked = doors::list(tx, &self.house.vault, account_id).await.map_err(trouble)?;
        if linked.is_empty() {
            return Ok(None);
        }
        let told: Vec<(Door, Values)> = linked.into_iter().map(|d| (d.door, d.told)).collect();
        Ok(Some(marks(values, &told)))
    }
}

/// Where a value of several fields came from, in words; nothing for an account without doors.
pub(in crate::desks) fn words_of(lang: Lang, marks: Option<&[Mark]>, fields: &[Field]) -> String {
    let Some(marks) = marks else { return String::new() };
    let of: Vec<Option<&Mark>> = fields.iter().map(|f| marks.iter().find(|m| m.field == *f)).collect();
    let worst = of.iter().find(|m| m.is_some_and(|m| m.changed)).or(of.iter().find(|m| m.is_none())).or(of.first());
    format!(" · {}", source(lang, worst.copied().flatten()))
}

/// Fills what the profile does not know yet.
pub(in crate::desks) fn fill(profile: &mut Values, told: &Values) -> bool {
    let mut filled = false;
    for field in FILLED {
        if profile.get(*field).is_empty() && !told.get(*field).is_empty() {
            profile.set(*field, told.get(*field));
            filled = true;
        }
    }
    filled
}
