//! How files look to staff: places and holders in words, rows of lists.

use crate::desks::place as place_words;
use crate::http::StaffVisit;
use crate::storage::{Result, Tx, staff};
use app::staff::view::Holder;
use domain::applications::{MailboxKind, Stage, Status};
use domain::staff::{Hold, Place, Scope};
use std::collections::HashMap;

/// Logins by id, asked once an answer.
#[derive(Default)]
pub(super) struct Logins(HashMap<String, String>);

impl Logins {
    pub async fn all(tx: &mut Tx) -> Result<Logins> {
        Ok(Logins(staff::list(tx).await?.into_iter().map(|s| (s.id, s.login)).collect()))
    }

    pub fn of(&self, id: &str) -> String {
        self.0.get(id).cloned().unwrap_or_else(|| id.to_owned())
    }

    /// An actor of history: `citizen`, `system` or a login.
    pub fn actor(&self, actor: &str) -> String {
        actor.strip_prefix("staff:").map_or_else(|| actor.to_owned(), |id| self.of(id))
    }

    pub fn holder(&self, hold: &Hold, me: &str) -> Holder {
        Holder { login: self.of(&hold.holder), mine: hold.holder == me, taken_at: hold.taken, until: hold.until }
    }
}

impl StaffVisit {
    /// «630099, Новосибирск, Новосибирская область».
    pub(super) fn place_words(&self, place: &Place) -> String {
        let reference = &self.house.reference;
        match (&place.office_index, &place.region) {
            (Some(index), _) => {
                let found = reference.postcode(index).map(|o| place_words(&o));
                found.map_or_else(|| index.clone(), |words| format!("{index}, {words}"))
            }
            (None, Some(code)) => reference.region(code).map_or_else(|| code.clone(), |region| region.name.clone()),
            (None, None) => String::new(),
        }
    }

    /// A scope in words; empty for everywhere, which the page has its own word for.
    pub(super) fn scope_words(&self, scope: &Scope) -> String {
        match scope {
            Scope::Everywhere => String::new(),
            Scope::Region(code) => self.place_words(&Place { region: Some(code.clone()), office_index: None }),
            Scope::Office(index) => self.place_words(&Place { region: None, office_index: Some(index.clone()) }),
        }
    }

    pub(super) fn office_region(&self, index: &str) -> Option<String> {
        self.house.reference.postcode(index).map(|o| o.region_code)
    }
}

pub(super) fn kind(name: &str) -> MailboxKind {
    MailboxKind::from_name(name).unwrap_or(MailboxKind::Electronic)
}

pub(super) fn stage(name: &str) -> Stage {
    Stage::from_name(name).unwrap_or(Stage::Intake)
}

pub(super) fn status(name: &str) -> Status {
    Status::from_name(name).unwrap_or(Status::InReview)
}
