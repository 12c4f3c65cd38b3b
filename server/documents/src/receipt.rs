//! «Квитанция о подаче заявления» (REG-7): the proof a person keeps that the application was filed.

use std::fmt;

use serde::{Deserialize, Serialize};
use time::Date;

use crate::engine::{self, RECEIPT};
use crate::{DocumentError, Lang, Office, qr, text};

/// What a receipt says. Every text is printed literally.
#[derive(Clone, PartialEq, Eq)]
pub struct Receipt {
    pub lang: Lang,
    /// The receipt's number, without look-alike characters («2026-7Q4K-93»).
    pub number: String,
    /// What was filed («Регистрация в почтовой службе»).
    pub service: String,
    /// Moment of filing with its zone («20.11.2026, 14:36 МСК»).
    pub submitted_at: String,
    /// Moment the answer is due, with its zone (REG-12: 48 hours).
    pub due_at: String,
    /// The applicant, masked («С. Анна П.»): a receipt is shown to strangers.
    pub applicant: String,
    /// Kind of mailbox («Комбинированный»).
    pub mailbox: String,
    /// The chosen office; an electronic mailbox has none.
    pub office: Option<Office>,
    /// Where anyone can verify the receipt, in full (`https://…/verify/{receipt}`).
    pub verify_url: String,
    /// The date of filing, kept in the PDF's metadata.
    pub issued_on: Date,
}

/// Names who filed what; must not reach a log.
impl fmt::Debug for Receipt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Receipt(..)")
    }
}

/// The shape of `templates/receipt.json`, the designer's sample.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Page<T> {
    pub lang: String,
    pub date: [i32; 3],
    pub number: String,
    pub service: String,
    pub submitted_at: String,
    pub due_at: String,
    pub applicant: String,
    pub mailbox: String,
    pub office: Option<Office>,
    pub verify_url: String,
    pub text: T,
}

/// The receipt as PDF/A-2a and PDF/UA-1, some 25 kB.
///
/// # Errors
/// [`DocumentError`], never with content; only [`DocumentError::QrTooLong`] can come from the data.
pub fn receipt(data: &Receipt) -> Result<Vec<u8>, DocumentError> {
    let page = Page {
        lang: data.lang.tag().to_owned(),
        date: engine::ymd(data.issued_on),
        number: engine::printable(&data.number),
        service: engine::printable(&data.service),
        submitted_at: engine::printable(&data.submitted_at),
        due_at: engine::printable(&data.due_at),
        applicant: engine::printable(&data.applicant),
        mailbox: engine::printable(&data.mailbox),
        office: data.office.as_ref().map(engine::printable_office),
        verify_url: engine::printable(&data.verify_url),
        text: text::receipt(data.lang),
    };
    engine::render(RECEIPT, &page, qr::svg(&data.verify_url)?)
}

#[cfg(test)]
mod tests {
    use super::Page;
    use crate::{Lang, certificate, text};

    /// What a designer previews must be what the portal fills in.
    #[test]
    fn the_samples_beside_the_templates_have_the_real_shape_and_wording() {
        let sample: Page<serde_json::Value> =
            serde_json::from_str(include_str!("../templates/receipt.json")).expect("it is JSON of this shape");
        assert_eq!(sample.text, serde_json::to_value(text::receipt(Lang::Ru)).expect("it is JSON of this shape"));
        let sample: certificate::Page<serde_json::Value> =
            serde_json::from_str(include_str!("../templates/certificate.json")).expect("it is JSON of this shape");
        assert_eq!(sample.text, serde_json::to_value(text::certificate(Lang::Ru)).expect("it is JSON of this shape"));
    }
}
