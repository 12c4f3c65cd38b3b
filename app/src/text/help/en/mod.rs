//! In English.

mod sections;

use super::{entries, lists};
use domain::Code;

pub(super) use sections::sections;

lists!(form, person, numbers, contacts, account, application, documents, doors, appeals, service, staff);

/// The themes of `/help/errors`, in the order of [`super::groups`].
pub(super) const GROUPS: [&str; 19] = [
    "Any field",
    "Name and birth",
    "Dates",
    "Passport",
    "SNILS, INN, OGRN, KPP",
    "Phone and e-mail",
    "Address and office",
    "Tracking number and card",
    "Password, code, consent",
    "Login and account",
    "Application",
    "Registry checks and refusal",
    "Receipt",
    "Documents",
    "Bank, Gosuslugi, postal account",
    "Appeals, mailboxes, organisations",
    "Notices",
    "Failures and connection",
    "Staff desk",
];

/// What to quote to support; `{}` is the code.
pub(super) fn quote(code: Code) -> &'static str {
    match code.number() {
        ..2000 => "Give the code {} and the field. Leave the value itself out: it is not needed.",
        2000..3000 => {
            "Give the code {}, the time of the attempt and the last four digits of the phone. Tell nobody your password or codes."
        }
        3000..3200 => "Give the code {} and the application number.",
        3200..3300 => "Give the code {} and the receipt number.",
        3300..3350 => "Quote code {} and the application number. Do not send the file itself.",
        3350..3400 => {
            "Give the code {}, the time of the attempt and the way you tried. Tell nobody your passwords or codes."
        }
        3400..5000 => "Give the code {} and the number of the application or the mailbox.",
        _ => "Give the code {}, the time, the page and the application number, if any. A screenshot helps.",
    }
}
