//! The rules of «Отделение», the same in the browser and on the server.
//!
//! Nothing here reads a clock, a network or a page: the date is passed in, reference data is
//! handed over as rows of [`reference`]. What a rule refuses it names with a [`Code`].

pub mod access;
pub mod accounts;
pub mod appeals;
pub mod applications;
pub mod clock;
pub mod code;
pub mod documents;
pub mod fields;
pub mod form;
pub mod journal;
pub mod mailboxes;
pub mod notices;
pub mod reference;
pub mod staff;

pub use clock::Timestamp;
pub use code::Code;
pub use form::{Field, FieldError, FieldErrors, Values};
