//! The registration application (REG-6 … REG-10): its steps, its answers, and the way it is decided.

mod answers;
mod number;
mod reopen;
pub(crate) mod state;
mod step;
mod verdict;

pub use answers::{ApplicantKind, Application, MailboxKind, Organisation, Place, check, check_places, parse};
pub use number::Number;
pub use reopen::locked;
pub(crate) use state::names;
pub use state::{
    Approved, AwaitingConfirmation, Draft, Expired, InReview, NeedsClarification, Reason, Rejected, Stage, State,
    Status, Withdrawn,
};
pub use step::Step;
pub use verdict::{
    CLARIFICATION_DAYS, DEVICE_DRAFT_DAYS, Finding, PROMISE_HOURS, Registry, Review, Verdict, decision, promised,
    verdict,
};
