//! Every field of every form: what may be typed, how it is stored, how it is shown.
//!
//! All types have one shape: `parse(&str) -> Result<Self, Code>`, `as_str()` for storage,
//! `Display` for people, serde as the stored text, and a `Debug` that tells nothing. To add a
//! field: one file here with its type and tests, one line in [`check_field`] and, when people see
//! it grouped, one in [`format_field`].

mod address;
mod address_words;
mod birth_place;
mod card_number;
pub mod dates;
mod department_code;
mod email;
mod inn;
mod kpp;
mod ogrn;
mod organisation_name;
mod passport;
pub mod passport_dates;
mod passport_issuer;
mod passport_number;
mod passport_series;
pub mod password;
mod person_name;
mod phone;
mod places;
mod postcode;
mod prose;
mod snils;
mod track_number;
pub(crate) mod typed;

pub use address::Address;
pub use birth_place::BirthPlace;
pub use card_number::{CardNumber, CardSystem};
pub use department_code::DepartmentCode;
pub use email::Email;
pub use inn::Inn;
pub use kpp::Kpp;
pub use ogrn::Ogrn;
pub use organisation_name::OrganisationName;
pub use passport::Passport;
pub use passport_dates::{check_dates, check_series};
pub use passport_issuer::PassportIssuer;
pub use passport_number::PassportNumber;
pub use passport_series::PassportSeries;
pub use person_name::PersonName;
pub use phone::Phone;
pub use postcode::Postcode;
pub use snils::Snils;
pub use track_number::{TrackKind, TrackNumber};

use crate::code::Code;
use crate::form::Field;
use core::fmt::Display;
use typed::trimmed;

/// Checks one field by itself and gives its stored form. Relations between fields, choices and
/// what only the server knows are checked elsewhere; so is whether an empty value is allowed,
/// which is refused here.
///
/// # Errors
/// Those of the field's type.
pub fn check_field(field: Field, value: &str) -> Result<String, Code> {
    read(field, value).map(|read| read.stored)
}

/// How people see a valid value (`112-233-445 95`); `None` while it is not valid.
pub fn format_field(field: Field, value: &str) -> Option<String> {
    read(field, value).ok().map(|read| read.shown)
}

/// The first character that no value of the field can hold where it stands, any kind of space as `' '`; `None` when there
/// is none, or when it would not be seen in a message.
pub fn wrong_character(field: Field, value: &str) -> Option<char> {
    // Nobody types more, and each beginning of the value is read once.
    if value.chars().nth(300).is_some() {
        return None;
    }
    let wrong = |(at, c): &(usize, char)| read(field, &value[..at + c.len_utf8()]).err() == Some(Code::WrongCharacter);
    let (at, found) = value.char_indices().find(wrong)?;
    let blank = |c| typed::is_space(c) || matches!(c, '\t' | '\n' | '\r');
    // A beginning loses the space it ends with, so the digit that follows one looks wrong.
    let spaced = found.is_ascii_digit() && digits_of(field).is_some() && value[..at].ends_with(blank);
    match found {
        _ if spaced || blank(found) => Some(' '),
        _ => Some(found).filter(|c| typed::is_visible(*c)),
    }
}

/// How many digits the fields hold that hold and show nothing else, in digits: the early rules have no way to print numbers.
pub const fn digits_of(field: Field) -> Option<&'static str> {
    Some(match field {
        Field::PassportSeries => "4",
        Field::PassportNumber => "6",
        Field::RegistrationPostcode | Field::ResidencePostcode | Field::OfficeIndex => "6",
        _ => return None,
    })
}

/// A valid value in both its forms.
struct Read {
    stored: String,
    shown: String,
}

impl<T: Display + Into<String>> From<T> for Read {
    fn from(value: T) -> Read {
        Read { shown: value.to_string(), stored: value.into() }
    }
}

fn read(field: Field, value: &str) -> Result<Read, Code> {
    Ok(match field {
        Field::LastName | Field::FirstName | Field::MiddleName => PersonName::parse(value)?.into(),
        Field::BirthDate | Field::PassportIssueDate => {
            let date = dates::parse_date(value)?;
            Read { stored: dates::iso(date), shown: dates::format_date(date) }
        }
        Field::BirthPlace => BirthPlace::parse(value)?.into(),
        Field::PassportSeries => PassportSeries::parse(value)?.into(),
        Field::PassportNumber => PassportNumber::parse(value)?.into(),
        Field::PassportIssuer => PassportIssuer::parse(value)?.into(),
        Field::PassportDepartmentCode => DepartmentCode::parse(value)?.into(),
        Field::Snils => Snils::parse(value)?.into(),
        Field::Inn => Inn::parse_person(value)?.into(),
        Field::OrganisationInn => Inn::parse_organisation(value)?.into(),
        Field::OrganisationKpp => Kpp::parse(value)?.into(),
        Field::OrganisationOgrn => Ogrn::parse_organisation(value)?.into(),
        Field::OrganisationName => OrganisationName::parse(value)?.into(),
        Field::Phone | Field::NewPhone => Phone::parse(value)?.into(),
        Field::Email | Field::NewEmail => Email::parse(value)?.into(),
        Field::Login => read_login(value)?,
        Field::RegistrationPostcode | Field::ResidencePostcode | Field::OfficeIndex => Postcode::parse(value)?.into(),
        Field::RegistrationAddress | Field::ResidenceAddress => Address::parse(value)?.into(),
        Field::TrackNumber => TrackNumber::parse(value)?.into(),
        Field::CardNumber => CardNumber::parse(value)?.into(),
        Field::Code | Field::TotpCode => {
            let code = typed::digits(value, CODE_DIGITS, typed::is_grouping)?;
            if code.len() < CODE_DIGITS {
                return Err(Code::CodeLength);
            }
            code.into()
        }
        // Passwords are taken as they are, spaces included.
        Field::Password => match password::check(value).first() {
            Some(code) => return Err(*code),
            None => value.into(),
        },
        Field::PasswordAgain if value.is_empty() => return Err(Code::Empty),
        Field::PasswordAgain => value.into(),
        Field::Consent if value.is_empty() => return Err(Code::ConsentMissing),
        Field::Consent | Field::ResidenceSame | Field::TrustDevice | Field::LostFactors => value.into(),
        Field::BackupCode => crate::accounts::factors::backup_code(value)?.into(),
        Field::AppName => prose::line(value, true, 1, 40, Code::Empty)?.into(),
        Field::Purpose => prose::line(value, true, 1, 300, Code::Empty)?.into(),
        Field::Grounds => crate::appeals::grounds(value)?.into(),
        Field::MemberContact => read_login(value)?,
        Field::ApplicantKind
        | Field::MailboxKind
        | Field::DocumentKind
        | Field::Document
        | Field::PassportScan
        | Field::InnScan
        | Field::MemberRole => match trimmed(value) {
            "" => return Err(Code::Empty),
            choice => choice.into(),
        },
    })
}

/// Digits of a code from an SMS, a letter or an authenticator.
const CODE_DIGITS: usize = 6;

/// A phone or an e-mail address, whichever it looks like.
fn read_login(value: &str) -> Result<Read, Code> {
    let value = trimmed(value);
    if value.contains(|c: char| c == '@' || c.is_ascii_alphabetic() || typed::is_russian(c)) {
        return Ok(Email::parse(value)?.into());
    }
    match Phone::parse(value) {
        Ok(phone) => Ok(phone.into()),
        // Digits alone may still become an address: 1975@example.org.
        Err(_) if !value.is_empty() && Email::parse(value) == Err(Code::EmailNoAt) => Err(Code::PhoneIncomplete),
        Err(code) => Err(code),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_door_to_all_fields() {
        assert_eq!(check_field(Field::Snils, "112-233-445 95").as_deref(), Ok("11223344595"));
        assert_eq!(format_field(Field::Snils, "11223344595").as_deref(), Some("112-233-445 95"));
        assert_eq!(format_field(Field::Snils, "1122334459"), None);
        assert_eq!(check_field(Field::BirthDate, "01.02.1990").as_deref(), Ok("1990-02-01"));
        assert_eq!(format_field(Field::BirthDate, "01.02.1990").as_deref(), Some("01.02.1990"));
        assert_eq!(check_field(Field::Code, "123 456").as_deref(), Ok("123456"));
        assert_eq!(check_field(Field::Code, "12345"), Err(Code::CodeLength));
        assert_eq!(check_field(Field::Consent, ""), Err(Code::ConsentMissing));
    }

    #[test]
    fn the_character_that_does_not_belong_is_named() {
        assert_eq!(wrong_character(Field::Snils, "112-233-445 9О"), Some('О'));
        assert_eq!(wrong_character(Field::LastName, "Иванов 7"), Some('7'));
        assert_eq!(wrong_character(Field::LastName, "Ива7нов"), Some('7'));
        assert_eq!(wrong_character(Field::PassportNumber, "12:456"), Some(':'));
        assert_eq!(wrong_character(Field::RegistrationPostcode, "101000"), None);
        assert_eq!(wrong_character(Field::RegistrationPostcode, "101 000"), Some(' '));
        assert_eq!(wrong_character(Field::RegistrationPostcode, "101\u{a0}000"), Some(' '));
        assert_eq!(wrong_character(Field::RegistrationPostcode, "101\t000"), Some(' '));
        assert_eq!(wrong_character(Field::RegistrationPostcode, " 10100О"), Some('О'));
        // Nothing to see in a message.
        assert_eq!(wrong_character(Field::Snils, "112\u{200b}233"), None);
        assert_eq!(wrong_character(Field::RegistrationAddress, &"я".repeat(60_000)), None);
    }

    #[test]
    fn a_login_is_a_phone_or_an_address() {
        assert_eq!(check_field(Field::Login, "8 912 345-67-89").as_deref(), Ok("+79123456789"));
        assert_eq!(check_field(Field::Login, "anna@Example.org").as_deref(), Ok("anna@example.org"));
        assert_eq!(check_field(Field::Login, "1975@example.org").as_deref(), Ok("1975@example.org"));
        assert_eq!(check_field(Field::Login, "1975"), Err(Code::PhoneIncomplete));
        assert_eq!(check_field(Field::Login, "(495) 123"), Err(Code::PhoneNotMobile));
        assert_eq!(check_field(Field::Login, "anna"), Err(Code::EmailNoAt));
        assert_eq!(check_field(Field::Login, "анна"), Err(Code::EmailCyrillic));
    }

    #[test]
    fn a_stored_value_is_read_back_through_the_rules() {
        let snils: Snils = serde_json::from_str("\"11223344595\"").unwrap();
        assert_eq!(serde_json::to_string(&snils).unwrap(), "\"11223344595\"");
        let refused = serde_json::from_str::<Snils>("\"11223344596\"").unwrap_err().to_string();
        assert!(refused.contains("OTD-1402") && !refused.contains("11223344596"), "{refused}");
    }
}
