//! An appeal against a refusal (RSB-3): grounds and evidence, judged by somebody else, on a clock of its own.
//!
//! The refused application stays as it is until the appeal is upheld; then it is considered again.

mod decision;
mod rules;
mod state;

pub use decision::{Decision, Verdict};
pub use rules::{
    EXTENSION_DAYS, FILING_DAYS, GROUNDS_LENGTH, Refused, TERM_DAYS, URGENT_HOURS, grounds, is_urgent, may_decide,
    may_file, may_remove_evidence, new_term, remind_at,
};
pub use state::{Appeal, Dismissed, Stage, Submitted, Taken, Upheld, Withdrawn};
