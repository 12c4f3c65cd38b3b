//! One state machine (C4): four stages, five statuses, and two ways to be closed.
//!
//! A state is a value and a move consumes it, so a move that is not written here does not compile.
//! Moves that arrive as data go through [`State`], which refuses with [`Code::IllegalMove`].

use crate::clock::Timestamp;
use crate::code::Code;
use crate::form::Field;
use serde::{Deserialize, Serialize};

macro_rules! names {
    ($(#[$doc:meta])* $enum:ident { $($(#[$about:meta])* $name:ident = $text:literal,)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        pub enum $enum { $($(#[$about])* #[serde(rename = $text)] $name,)* }
        impl $enum {
            pub const ALL: &'static [$enum] = &[$($enum::$name,)*];
            /// The name in storage, in addresses and in `data-` attributes.
            pub const fn name(self) -> &'static str {
                match self { $($enum::$name => $text,)* }
            }
            pub fn from_name(name: &str) -> Option<Self> {
                match name { $($text => Some($enum::$name),)* _ => None }
            }
        }
    };
}
pub(crate) use names;

names! {
    /// What a person is told (STS-1, STS-2, STS-5).
    Status {
        InReview = "in_review",
        NeedsClarification = "needs_clarification",
        AwaitingConfirmation = "awaiting_confirmation",
        Approved = "approved",
        Rejected = "rejected",
        Expired = "expired",
        Withdrawn = "withdrawn",
    }
}

names! {
    /// How far the work has come (STS-3).
    Stage {
        Intake = "intake",
        DocumentCheck = "document_check",
        Agreement = "agreement",
        Issue = "issue",
    }
}

impl Status {
    /// No further move is possible.
    pub const fn is_final(self) -> bool {
        matches!(self, Status::Approved | Status::Rejected | Status::Expired | Status::Withdrawn)
    }
    /// The answers may be corrected by their author.
    pub const fn reopens(self) -> bool {
        matches!(self, Status::NeedsClarification)
    }
}

/// Why something is asked or refused: the code and the fields it concerns (RSB-4). Holds no answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reason {
    pub code: Code,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<Field>,
}

impl Reason {
    pub fn new(code: Code, fields: &[Field]) -> Self {
        Reason { code, fields: fields.to_vec() }
    }
}

/// Being filled in; not yet ours.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft;
/// Ours to work on, at a stage before issue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InReview {
    stage: Stage,
}
/// Waits for a correction or an answer, until a moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NeedsClarification {
    stage: Stage,
    pub reasons: Vec<Reason>,
    pub until: Timestamp,
}
/// Waits for a named document, until a moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AwaitingConfirmation {
    stage: Stage,
    pub reasons: Vec<Reason>,
    pub until: Timestamp,
}
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Approved;
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rejected {
    stage: Stage,
    pub reasons: Vec<Reason>,
}
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expired {
    stage: Stage,
}
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Withdrawn {
    stage: Stage,
}

impl Draft {
    /// The one door from a draft: submission.
    pub fn submit(self) -> InReview {
        InReview { stage: Stage::Intake }
    }
}

impl InReview {
    /// To the next stage before issue; from «согласование» only a decision leads on.
    pub fn advance(self) -> Result<InReview, Code> {
        match self.stage {
            Stage::Intake => Ok(InReview { stage: Stage::DocumentCheck }),
            Stage::DocumentCheck => Ok(InReview { stage: Stage::Agreement }),
            Stage::Agreement | Stage::Issue => Err(Code::IllegalMove),
        }
    }
    /// Approval issues the registration; only what has been agreed can be issued.
    pub fn approve(self) -> Result<Approved, Code> {
        if self.stage == Stage::Agreement { Ok(Approved) } else { Err(Code::IllegalMove) }
    }
    pub fn ask(self, reasons: Vec<Reason>, until: Timestamp) -> NeedsClarification {
        NeedsClarification { stage: self.stage, reasons, until }
    }
    pub fn await_document(self, reasons: Vec<Reason>, until: Timestamp) -> AwaitingConfirmation {
        AwaitingConfirmation { stage: self.stage, reasons, until }
    }
    pub fn reject(self, reasons: Vec<Reason>) -> Rejected {
        Rejected { stage: self.stage, reasons }
    }
    pub fn withdraw(self) -> Withdrawn {
        Withdrawn { stage: self.stage }
    }
}

impl Rejected {
    /// An appeal was upheld (RSB-3): considered again from where it was refused; a machine asks nothing anew.
    pub fn reconsider(self, _: &crate::appeals::Upheld) -> InReview {
        InReview { stage: self.stage }
    }
}

impl NeedsClarification {
    /// Answered: the checks begin again, so the stage does too.
    pub fn answer(self) -> InReview {
        InReview { stage: Stage::Intake }
    }
    pub fn expire(self, now: Timestamp) -> Result<Expired, Code> {
        if now > self.until { Ok(Expired { stage: self.stage }) } else { Err(Code::IllegalMove) }
    }
    pub fn withdraw(self) -> Withdrawn {
        Withdrawn { stage: self.stage }
    }
}

impl AwaitingConfirmation {
    pub fn answer(self) -> InReview {
        InReview { stage: Stage::DocumentCheck }
    }
    pub fn expire(self, now: Timestamp) -> Result<Expired, Code> {
        if now > self.until { Ok(Expired { stage: self.stage }) } else { Err(Code::IllegalMove) }
    }
    pub fn withdraw(self) -> Withdrawn {
        Withdrawn { stage: self.stage }
    }
}

/// An application's state as stored and read back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum State {
    Draft(Draft),
    InReview(InReview),
    NeedsClarification(NeedsClarification),
    AwaitingConfirmation(AwaitingConfirmation),
    Approved(Approved),
    Rejected(Rejected),
    Expired(Expired),
    Withdrawn(Withdrawn),
}

macro_rules! into_state {
    ($($name:ident)*) => { $(impl From<$name> for State { fn from(s: $name) -> State { State::$name(s) } })* };
}
into_state! { Draft InReview NeedsClarification AwaitingConfirmation Approved Rejected Expired Withdrawn }

impl State {
    /// `None` for a draft: it has no status yet.
    pub fn status(&self) -> Option<Status> {
        Some(match self {
            State::Draft(_) => return None,
            State::InReview(_) => Status::InReview,
            State::NeedsClarification(_) => Status::NeedsClarification,
            State::AwaitingConfirmation(_) => Status::AwaitingConfirmation,
            State::Approved(_) => Status::Approved,
            State::Rejected(_) => Status::Rejected,
            State::Expired(_) => Status::Expired,
            State::Withdrawn(_) => Status::Withdrawn,
        })
    }

    pub fn stage(&self) -> Option<Stage> {
        match self {
            State::Draft(_) => None,
            State::InReview(s) => Some(s.stage),
            State::NeedsClarification(s) => Some(s.stage),
            State::AwaitingConfirmation(s) => Some(s.stage),
            State::Approved(_) => Some(Stage::Issue),
            State::Rejected(s) => Some(s.stage),
            State::Expired(s) => Some(s.stage),
            State::Withdrawn(s) => Some(s.stage),
        }
    }

    pub fn reasons(&self) -> &[Reason] {
        match self {
            State::NeedsClarification(s) => &s.reasons,
            State::AwaitingConfirmation(s) => &s.reasons,
            State::Rejected(s) => &s.reasons,
            _ => &[],
        }
    }

    /// The moment an answer is awaited until.
    pub fn until(&self) -> Option<Timestamp> {
        match self {
            State::NeedsClarification(s) => Some(s.until),
            State::AwaitingConfirmation(s) => Some(s.until),
            _ => None,
        }
    }

    /// Reads a stored state; `None` when the columns contradict each other.
    pub fn from_parts(
        status: Option<Status>,
        stage: Option<Stage>,
        reasons: Vec<Reason>,
        until: Option<Timestamp>,
    ) -> Option<State> {
        let Some(status) = status else {
            return stage.is_none().then_some(State::Draft(Draft));
        };
        let stage = stage?;
        Some(match status {
            Status::InReview if stage != Stage::Issue => InReview { stage }.into(),
            Status::NeedsClarification => NeedsClarification { stage, reasons, until: until? }.into(),
            Status::AwaitingConfirmation => AwaitingConfirmation { stage, reasons, until: until? }.into(),
            Status::Approved if stage == Stage::Issue => Approved.into(),
            Status::Rejected => Rejected { stage, reasons }.into(),
            Status::Expired => Expired { stage }.into(),
            Status::Withdrawn => Withdrawn { stage }.into(),
            Status::InReview | Status::Approved => return None,
        })
    }

    pub fn submit(self) -> Result<InReview, Code> {
        match self {
            State::Draft(s) => Ok(s.submit()),
            State::NeedsClarification(s) => Ok(s.answer()),
            _ => Err(Code::AlreadySubmitted),
        }
    }

    pub fn in_review(self) -> Result<InReview, Code> {
        match self {
            State::InReview(s) => Ok(s),
            _ => Err(Code::IllegalMove),
        }
    }

    pub fn rejected(self) -> Result<Rejected, Code> {
        match self {
            State::Rejected(s) => Ok(s),
            _ => Err(Code::IllegalMove),
        }
    }

    pub fn withdraw(self) -> Result<Withdrawn, Code> {
        match self {
            State::InReview(s) => Ok(s.withdraw()),
            State::NeedsClarification(s) => Ok(s.withdraw()),
            State::AwaitingConfirmation(s) => Ok(s.withdraw()),
            _ => Err(Code::IllegalMove),
        }
    }

    pub fn expire(self, now: Timestamp) -> Result<Expired, Code> {
        match self {
            State::NeedsClarification(s) => s.expire(now),
            State::AwaitingConfirmation(s) => s.expire(now),
            _ => Err(Code::IllegalMove),
        }
    }
}

#[cfg(test)]
#[path = "state_tests.rs"]
mod tests;
