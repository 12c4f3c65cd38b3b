//! The staff's desks. A visit of staff has nothing in common with a citizen's: its own cookie, its own session, and
//! powers that its member of staff hands out as values.

mod acts;
mod appeals;
mod counter;
mod counter_account;
mod entry;
pub mod export;
mod files;
mod house;
mod identities;
mod look;
mod newcomers;
mod partners;
mod people;
mod queue;
mod session;

pub use people::first_password;

use super::{limit, trouble};
use crate::http::StaffVisit;
use crate::storage::{Tx, journal};
use app::error::Refusal;
use domain::Code;
use domain::staff::StaffMember;

/// Who has passed both halves of the login.
pub struct Present {
    pub login: String,
    pub member: StaffMember,
}

impl Present {
    /// As journal and history name them.
    fn actor(&self) -> String {
        format!("staff:{}", self.member.id())
    }
}

impl StaffVisit {
    /// The member of staff at the desk.
    pub(in crate::desks) fn present(&self) -> Result<&Present, Refusal> {
        self.present.as_ref().ok_or(Refusal::from(Code::NoSession))
    }

    pub(in crate::desks) async fn limit(&self, limits: &[(&str, &str, i64, i64)]) -> Result<(), Refusal> {
        limit(&self.house, limits, self.now).await
    }

    /// A row in the journal about something other than a citizen.
    async fn note(&self, tx: &mut Tx, actor: &str, act: &str, object: &str, detail: &str) -> Result<(), Refusal> {
        let row = journal::NewEntry { account_id: None, at_ms: self.now.0, actor, act, object, detail };
        journal::append(tx, &row).await.map_err(trouble)
    }
}
