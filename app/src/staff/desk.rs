//! What the staff desk is asked for. Each answer is for one member of staff and reaches as far as their grants.

use super::view::{
    Added, AuditRow, Board, DeliveryPage, Done, Enrolment, File, Found, FoundAfter, IdentityFile, IdentityRow,
    LoginStep, Me, NewPartner, Opened, PartnerRow, PersonRow, Preview, QueueFilter, QueuePage, Slip,
};
use crate::error::Refusal;
use async_trait::async_trait;
use domain::accounts::counter::Reason;
use domain::appeals::Decision;
use domain::staff::{Act, Event, Purpose, Role, Scope};
use domain::{Code, Values};

/// Getting in: password, then authenticator.
#[async_trait]
pub trait EntryDesk {
    /// One answer for every reason it does not fit.
    async fn login(&self, login: String, password: String) -> Result<LoginStep, Refusal>;
    /// The secret of a new authenticator; past the password, and only while none is enrolled.
    async fn enrolment(&self) -> Result<Enrolment, Refusal>;
    /// The first code of it opens the session and gives ten backup codes, once.
    async fn enrol(&self, code: String) -> Result<Vec<String>, Refusal>;
    /// One's own password in place of the first one: what comes next.
    async fn new_password(&self, password: String, again: String) -> Result<LoginStep, Refusal>;
    /// A code of the authenticator or a backup code opens the session. A code works once.
    async fn code(&self, code: String) -> Result<(), Refusal>;
    async fn me(&self) -> Result<Me, Refusal>;
    async fn logout(&self) -> Result<(), Refusal>;
}

/// The files that wait, and deciding about them.
#[async_trait]
pub trait FilesDesk {
    async fn queue(&self, filter: QueueFilter) -> Result<QueuePage, Refusal>;
    /// Takes the file whose term is nearest, answers to one's own questions first, what oneself gave back last.
    /// `except`: what one has looked at already.
    async fn take_next(&self, filter: QueueFilter, except: Vec<String>) -> Result<Option<File>, Refusal>;
    /// Opens a file; without a stated purpose only one that oneself holds.
    async fn open(&self, id: String, purpose: Option<Purpose>) -> Result<File, Refusal>;
    async fn take(&self, id: String) -> Result<File, Refusal>;
    async fn release(&self, id: String) -> Result<(), Refusal>;
    /// Hands the file to a colleague, by login.
    async fn reassign(&self, id: String, to: String) -> Result<(), Refusal>;
    /// What the citizen would read; changes nothing.
    async fn preview(&self, id: String, act: Act) -> Result<Preview, Refusal>;
    async fn act(&self, id: String, version: i64, act: Act) -> Result<Done, Refusal>;
    /// What the author of an appeal would read; changes nothing.
    async fn preview_appeal(&self, id: String, decision: Decision) -> Result<Preview, Refusal>;
    /// Decides the appeal about this application; `version` is the appeal's.
    async fn decide_appeal(&self, id: String, version: i64, decision: Decision) -> Result<Done, Refusal>;
    /// By number, СНИЛС, phone or last name, whichever it looks like; newest first.
    async fn search(&self, query: String, after: FoundAfter) -> Result<Found, Refusal>;
}

/// Counts, and who works here.
#[async_trait]
pub trait HouseDesk {
    async fn board(&self) -> Result<Board, Refusal>;
    async fn people(&self) -> Result<Vec<PersonRow>, Refusal>;
    /// A new account and its first proposal.
    async fn add(&self, login: String, role: Role, scope: Scope) -> Result<Added, Refusal>;
    async fn propose(&self, staff_id: String, role: Role, scope: Scope) -> Result<(), Refusal>;
    async fn confirm(&self, grant_id: String) -> Result<(), Refusal>;
    /// Turns a proposal down; asks that a right in force end, or agrees to it.
    async fn end(&self, grant_id: String) -> Result<(), Refusal>;
    /// Says who a member of staff is as a citizen, by СНИЛС, phone, or both; kept as blind indexes only.
    async fn identify(&self, staff_id: String, snils: String, phone: String) -> Result<(), Refusal>;
    /// Asks for a new start of somebody who lost the authenticator, or agrees: then their first password.
    async fn reset(&self, login: String) -> Result<Option<Added>, Refusal>;
    async fn disable(&self, login: String, disabled: bool) -> Result<(), Refusal>;
    /// The newest acts of one member of staff.
    async fn audit(&self, login: String) -> Result<Vec<AuditRow>, Refusal>;
}

/// Partners that are told of events.
#[async_trait]
pub trait PartnersDesk {
    async fn partners(&self) -> Result<Vec<PartnerRow>, Refusal>;
    async fn add_partner(&self, name: String, url: String, events: Vec<Event>) -> Result<NewPartner, Refusal>;
    /// On again, or off.
    async fn switch_partner(&self, id: String, on: bool) -> Result<(), Refusal>;
    async fn remove_partner(&self, id: String) -> Result<(), Refusal>;
    /// The log, newest first; `after` the last row of the page before.
    async fn deliveries(&self, id: String, after: FoundAfter) -> Result<DeliveryPage, Refusal>;
    async fn redeliver(&self, delivery: String) -> Result<(), Refusal>;
}

/// Verifying identities (REC-3).
#[async_trait]
pub trait IdentitiesDesk {
    /// What waits, the nearest term first.
    async fn identities(&self) -> Result<Vec<IdentityRow>, Refusal>;
    /// Takes a request and opens it; the citizen's journal has its row first.
    async fn take_identity(&self, id: String) -> Result<IdentityFile, Refusal>;
    /// Without a reason the identity is confirmed.
    async fn decide_identity(&self, id: String, reason: Option<Code>, words: String) -> Result<(), Refusal>;
}

/// Accounts for citizens who have none.
#[async_trait]
pub trait NewcomersDesk {
    /// ALT-2: names and phone, as told on the phone; the first password goes there by text message.
    async fn open_on_the_phone(&self, values: Values) -> Result<Opened, Refusal>;
    /// ALT-3: names and passport, as they lie before the clerk; a login and a first password to hand over, once.
    async fn open_at_the_counter(&self, values: Values) -> Result<Added, Refusal>;
}

/// Access for whoever has lost every way in and stands at the counter (REC-4).
#[async_trait]
pub trait CounterDesk {
    /// By names, birth date, passport, and СНИЛС where the account holds one: a login and a password to hand over, once.
    /// `seen`: the clerk sees the person and the original passport.
    async fn reset_access(&self, values: Values, reason: Reason, seen: bool) -> Result<Slip, Refusal>;
    /// The second clerk has seen the same passport: what the first one handed over works at once.
    async fn confirm_reset(&self, values: Values, seen: bool) -> Result<(), Refusal>;
}

/// All of it.
pub trait StaffDesks:
    EntryDesk + FilesDesk + HouseDesk + NewcomersDesk + CounterDesk + PartnersDesk + IdentitiesDesk + Send + Sync
{
}

impl<T> StaffDesks for T where
    T: EntryDesk + FilesDesk + HouseDesk + NewcomersDesk + CounterDesk + PartnersDesk + IdentitiesDesk + Send + Sync
{
}
