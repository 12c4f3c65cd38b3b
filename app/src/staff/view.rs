//! What the pages of the staff desk show.

mod counter;
mod identities;
mod newcomers;
mod partners;

pub use counter::Slip;
pub use identities::{IdentityFile, IdentityRow, IdentityScan};
pub use newcomers::Opened;
pub use partners::{DeliveryPage, DeliveryRow, NewPartner, PartnerRow};

use super::appeal::AppealFile;
use domain::accounts::doors::Mark;
use domain::applications::{Finding, MailboxKind, Reason, Registry, Stage, Status};
use domain::clock::Timestamp;
use domain::documents::{Kind, Media};
use domain::staff::{ActKind, Document, Grant, Power, Role, Scope};
use domain::{Field, Values};
use serde::{Deserialize, Serialize};

/// Something typed that nothing may print: a password, a code, whom one searches for.
#[derive(Clone, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Secret(pub String);

impl core::fmt::Debug for Secret {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("***")
    }
}

/// What comes after the password.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LoginStep {
    /// A code of the authenticator, or a backup code.
    Code,
    /// An authenticator has to be enrolled first.
    Enrol,
    /// The password was a first one: one's own has to be chosen before anything else.
    NewPassword,
}

/// An authenticator to be enrolled. Shown once, to the one it belongs to.
#[derive(Clone, Serialize, Deserialize)]
pub struct Enrolment {
    /// Base32 in groups of four, for typing.
    pub secret: String,
    /// `otpauth://totp/…`
    pub uri: String,
    /// The same as a QR code: modules a side, quiet zone included, and an SVG path of the dark ones.
    pub qr_side: usize,
    pub qr_path: String,
}

/// Who is at the desk.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct Me {
    pub id: String,
    pub login: String,
    pub grants: Vec<Grant>,
    pub powers: Vec<Power>,
    pub ends_at: Timestamp,
    pub backup_codes_left: i64,
}

impl Me {
    pub fn may(&self, power: Power) -> bool {
        self.powers.contains(&power)
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Term {
    #[default]
    Any,
    /// The promise is broken already.
    Overdue,
    /// Less than a day is left.
    Today,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Held {
    #[default]
    Any,
    /// Free, or one's own.
    Open,
    Mine,
    /// Came back with an answer to one's own question.
    Returned,
}

/// Which part of the queue.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct QueueFilter {
    /// An office or a region; `None`: all that is open to one.
    pub scope: Option<Scope>,
    pub kind: Option<MailboxKind>,
    #[serde(default)]
    pub term: Term,
    #[serde(default)]
    pub held: Held,
    /// The last row of the page before.
    pub after: Option<(Timestamp, String)>,
    /// Appeals against refusals instead of applications.
    #[serde(default)]
    pub appeals: bool,
}

/// Who holds a file.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holder {
    pub login: String,
    pub mine: bool,
    pub taken_at: Timestamp,
    pub until: Timestamp,
}

#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct QueueRow {
    pub id: String,
    pub number: String,
    pub kind: MailboxKind,
    pub stage: Stage,
    pub submitted_at: Timestamp,
    pub due_at: Timestamp,
    /// «630099, Новосибирск».
    pub place: String,
    /// `None`: free.
    pub holder: Option<Holder>,
    /// Answers a question of one's own.
    pub returned: bool,
    /// What waits is an appeal; moments and term are the appeal's.
    pub appeal: bool,
}

/// A place to filter by, and how much waits there.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlaceRow {
    pub scope: Scope,
    pub words: String,
    pub count: i64,
}

#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct QueuePage {
    pub rows: Vec<QueueRow>,
    pub more: bool,
    pub places: Vec<PlaceRow>,
    /// Appeals that wait for one, as many as a page shows at most.
    pub appeals: i64,
    /// Those of them whose term is near or over; in a queue of applications they stand on top.
    pub urgent: i64,
    /// The server's clock: ages are told by it.
    pub now: Timestamp,
}

#[derive(Clone, Serialize, Deserialize)]
pub struct CheckRow {
    pub registry: Registry,
    /// `None` until it answers.
    pub finding: Option<Finding>,
    pub answered_at: Option<Timestamp>,
}

/// Another application about the same person.
#[derive(Clone, Serialize, Deserialize)]
pub struct DuplicateRow {
    /// `None`: out of one's reach; that it exists is all that is told.
    pub id: Option<String>,
    pub number: Option<String>,
    /// Which numbers are the same.
    pub same: Vec<Field>,
    /// It is the person's registration.
    pub registered: bool,
}

#[derive(Clone, Serialize, Deserialize)]
pub struct HistoryRow {
    pub at: Timestamp,
    /// `citizen`, `system`, or a login.
    pub actor: String,
    pub status: Status,
    pub stage: Stage,
    pub reasons: Vec<Reason>,
}

/// A field before a question and after the answer (E3).
#[derive(Clone, Serialize, Deserialize)]
pub struct Change {
    pub field: Field,
    pub before: String,
    pub now: String,
}

/// A document of the application.
#[derive(Clone, Serialize, Deserialize)]
pub struct DocumentRow {
    pub id: String,
    pub kind: Kind,
    /// What its owner called it.
    pub name: String,
    pub media: Media,
    pub size: i64,
    pub pages: i64,
    pub at: Timestamp,
    /// Came after the last question or refusal.
    pub new: bool,
}

/// The newest act of a clerk.
#[derive(Clone, Serialize, Deserialize)]
pub struct ActRow {
    pub at: Timestamp,
    pub by: String,
    pub act: ActKind,
    pub documents: Vec<Document>,
    pub text: String,
}

/// A file on one screen. Personal data: it came with a row in the citizen's journal.
#[derive(Clone, Serialize, Deserialize)]
pub struct File {
    pub id: String,
    pub number: String,
    /// Pass it back with an act: who acts on an old version is told so.
    pub version: i64,
    pub status: Status,
    pub stage: Stage,
    pub kind: MailboxKind,
    pub submitted_at: Timestamp,
    pub due_at: Timestamp,
    pub place: String,
    pub holder: Option<Holder>,
    /// A clerk has to look at it.
    pub referred: bool,
    pub values: Values,
    /// Which answers a provider of identities gave (E11).
    #[serde(default)]
    pub sources: Vec<Mark>,
    /// What is asked or refused now.
    pub reasons: Vec<Reason>,
    pub checks: Vec<CheckRow>,
    pub duplicates: Vec<DuplicateRow>,
    pub changed: Vec<Change>,
    pub documents: Vec<DocumentRow>,
    pub last_act: Option<ActRow>,
    /// The newest appeal against its refusal.
    pub appeal: Option<AppealFile>,
    pub history: Vec<HistoryRow>,
    pub now: Timestamp,
}

/// What the citizen would read.
#[derive(Clone, Serialize, Deserialize)]
pub struct Preview {
    pub subject: String,
    pub letter: String,
    pub sms: String,
}

/// An act is done.
#[derive(Clone, Serialize, Deserialize)]
pub struct Done {
    pub number: String,
    pub status: Status,
}

/// How much waits, by what is left of the promised 48 hours.
#[derive(Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Waiting {
    pub overdue: i64,
    pub soon: i64,
    pub today: i64,
    pub later: i64,
}

/// Appeals that are open: by their term, and by how long they wait.
#[derive(Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AppealsWaiting {
    pub overdue: i64,
    /// Less than two days are left.
    pub due: i64,
    pub later: i64,
    /// Filed less than three days ago.
    pub fresh: i64,
    /// Filed three to seven days ago.
    pub week: i64,
    pub old: i64,
}

/// A clerk's share: files held now, acts of today.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClerkRow {
    pub login: String,
    pub held: i64,
    pub approved: i64,
    pub asked: i64,
    pub refused: i64,
}

#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DayRow {
    pub day: Timestamp,
    pub count: i64,
}

#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Board {
    pub waiting: Waiting,
    pub appeals: AppealsWaiting,
    pub clerks: Vec<ClerkRow>,
    /// Acts of the last seven days, oldest first.
    pub days: Vec<DayRow>,
    pub now: Timestamp,
}

/// What was recognised in a search.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SearchedBy {
    Number,
    Snils,
    Phone,
    LastName,
}

#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FoundRow {
    pub id: String,
    pub number: String,
    pub kind: MailboxKind,
    pub status: Status,
    pub submitted_at: Timestamp,
    pub place: String,
}

#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Found {
    pub by: SearchedBy,
    pub rows: Vec<FoundRow>,
    /// There are more: ask again after the last row.
    pub more: bool,
}

/// The last row of a page of a search: its submission and id.
pub type FoundAfter = Option<(Timestamp, String)>;

#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GrantRow {
    pub id: String,
    pub role: Role,
    pub scope: Scope,
    pub scope_words: String,
    /// `None`: waits for a second administrator.
    pub confirmed_by: Option<String>,
    pub proposed_by: String,
    /// Whether whoever asks may confirm it.
    pub mine_to_confirm: bool,
    /// Who wants it to end; it is in force until another agrees.
    pub ending_by: Option<String>,
    /// Whether whoever asks may turn it down, ask for its end, or agree to that.
    pub mine_to_end: bool,
}

#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonRow {
    pub id: String,
    pub login: String,
    pub disabled: bool,
    pub enrolled: bool,
    /// It is known who they are as a citizen, so that their own application is kept from them.
    pub identified: bool,
    pub grants: Vec<GrantRow>,
    /// Who asked for a new start without the authenticator.
    pub reset_by: Option<String>,
    /// Whether whoever asks may ask for that, or agree.
    pub mine_to_reset: bool,
}

/// A new account; the password is shown once.
#[derive(Clone, Serialize, Deserialize)]
pub struct Added {
    pub login: String,
    pub password: String,
}

/// A row of what somebody of the staff did.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditRow {
    pub at: Timestamp,
    pub act: String,
    pub object: String,
    pub detail: String,
}
