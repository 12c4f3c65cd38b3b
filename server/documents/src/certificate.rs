//! «Свидетельство о регистрации» (REG-8): the answer to an approved application.

use std::fmt;

use serde::{Deserialize, Serialize};
use time::Date;

use crate::engine::{self, CERTIFICATE};
use crate::{DocumentError, Lang, Office, qr, text};

/// What a certificate of registration says. Every text is printed literally.
#[derive(Clone, PartialEq, Eq)]
pub struct RegistrationCertificate {
    pub lang: Lang,
    /// The registration number given on approval.
    pub registration_number: String,
    /// The number of the application that was approved.
    pub application_number: String,
    /// The registered person, masked («С. Анна П.»).
    pub applicant: String,
    /// Kind of mailbox («Электронный»).
    pub mailbox: String,
    /// The office that serves the mailbox; an electronic mailbox has none.
    pub office: Option<Office>,
    /// Moment of approval with its zone.
    pub approved_at: String,
    /// Where anyone can verify the certificate, in full.
    pub verify_url: String,
    /// The date of approval, kept in the PDF's metadata.
    pub issued_on: Date,
}

/// Names who is registered where; must not reach a log.
impl fmt::Debug for RegistrationCertificate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RegistrationCertificate(..)")
    }
}

/// The shape of `templates/certificate.json`, the designer's sample.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Page<T> {
    pub lang: String,
    pub date: [i32; 3],
    pub registration_number: String,
    pub application_number: String,
    pub applicant: String,
    pub mailbox: String,
    pub office: Option<Office>,
    pub approved_at: String,
    pub verify_url: String,
    pub text: T,
}

/// The certificate as PDF/A-2a and PDF/UA-1.
///
/// # Errors
/// [`DocumentError`], never with content; only [`DocumentError::QrTooLong`] can come from the data.
pub fn registration_certificate(data: &RegistrationCertificate) -> Result<Vec<u8>, DocumentError> {
    let page = Page {
        lang: data.lang.tag().to_owned(),
        date: engine::ymd(data.issued_on),
        registration_number: engine::printable(&data.registration_number),
        application_number: engine::printable(&data.application_number),
        applicant: engine::printable(&data.applicant),
        mailbox: engine::printable(&data.mailbox),
        office: data.office.as_ref().map(engine::printable_office),
        approved_at: engine::printable(&data.approved_at),
        verify_url: engine::printable(&data.verify_url),
        text: text::certificate(data.lang),
    };
    engine::render(CERTIFICATE, &page, qr::svg(&data.verify_url)?)
}
