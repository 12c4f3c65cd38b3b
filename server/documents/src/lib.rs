//! PDF documents the portal issues: the receipt of a filed application, the certificate of registration, and records of
//! what it holds about a person.
//!
//! Every document is PDF/A-2a and PDF/UA-1 at once: it can be archived, read aloud and searched.
//! The look lives in `templates/*.typ`, which a designer edits and previews with the typst
//! command line alone (`typst watch templates/receipt.typ`); sample data lies beside them. The wording
//! lives in [`text`]. What a person typed reaches a template only as JSON strings, so `#`, `$` or `]`
//! in a name is printed, never executed.

mod certificate;
mod engine;
mod qr;
mod receipt;
mod record;
mod text;

pub use certificate::{RegistrationCertificate, registration_certificate};
pub use receipt::{Receipt, receipt};
pub use record::{Record, Section, record};

use serde::{Deserialize, Serialize};

/// The language of a document's own words. Values given by the caller are printed as they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Lang {
    #[default]
    Ru,
    En,
}

impl Lang {
    const fn tag(self) -> &'static str {
        match self {
            Lang::Ru => "ru",
            Lang::En => "en",
        }
    }
}

/// A post office as a document names it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Office {
    /// Six digits.
    pub index: String,
    /// «Новосибирск 99, Новосибирская область».
    pub name: String,
}

/// Why a document was not made. Carries nothing of the document's content: errors are logged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DocumentError {
    /// The address to verify at does not fit a QR code (over 2 kB).
    #[error("the verification address is too long for a QR code")]
    QrTooLong,
    /// The data could not be handed to the template.
    #[error("the document data cannot be written as JSON")]
    Data,
    /// The template did not compile.
    #[error("template {template} fails at line {line}")]
    Template {
        template: &'static str,
        /// 1-based; 0 when the place is unknown.
        line: usize,
    },
    /// The document breaks PDF/A-2a or PDF/UA-1, for instance an image without a description.
    #[error("template {template} breaks the PDF standards at line {line}")]
    Standard { template: &'static str, line: usize },
}

/// Builds fonts and templates now, so that the first person does not wait for them. Optional.
pub fn warm_up() {
    engine::engine();
}
