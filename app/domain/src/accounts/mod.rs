//! Sign-up, login and one-time codes: what the forms ask and the numbers that guard them.

pub mod counter;
pub mod doors;
pub mod factors;
pub mod newcomers;
pub mod verification;
pub mod watch;

use crate::code::Code;
use crate::fields::{Email, Inn, PassportNumber, PassportSeries, PersonName, Phone, password};
use crate::form::{Field, FieldErrors, Values};

/// A one-time code lives this long (section «Account» of the threat table, row 14).
pub const CODE_MINUTES: i64 = 10;
/// Guesses a code takes before it is dead.
pub const CODE_TRIES: i32 = 10;
/// A code may be asked for again after this long.
pub const RESEND_SECONDS: i64 = 60;
/// An e-mail link lives this long.
pub const LINK_HOURS: i64 = 24;
/// A session ends after this long in which its person did nothing, unless the settings say otherwise…
pub const IDLE_MINUTES: i64 = 15;
/// …and after this long in any case.
pub const SESSION_HOURS: i64 = 12;
/// Whoever is about to lose a session is told this long before, or half-way to a shorter end (E1).
pub const WARNING_SECONDS: i64 = 150;

pub const REGISTER: &[Field] = &[
    Field::LastName,
    Field::FirstName,
    Field::MiddleName,
    Field::PassportSeries,
    Field::PassportNumber,
    Field::Inn,
    Field::Phone,
    Field::Email,
    Field::Password,
    Field::PasswordAgain,
    Field::Consent,
];
/// What a sign-up leaves in the profile.
pub const PROFILE: &[Field] = REGISTER.split_at(8).0;
/// What of it, and of what a provider of identities tells, applications begin with.
pub const PREFILLED: &[Field] = &[
    Field::LastName,
    Field::FirstName,
    Field::MiddleName,
    Field::BirthDate,
    Field::PassportSeries,
    Field::PassportNumber,
    Field::Snils,
    Field::Inn,
    Field::Phone,
    Field::Email,
];
/// What of it a provider of identities fills in; contacts are proved, never copied.
pub const FILLED: &[Field] = PREFILLED.split_at(8).0;
pub const LOGIN: &[Field] = &[Field::Login, Field::Password];
pub const CODE: &[Field] = &[Field::Code];
/// Recovery: whoever types a name, and the new password.
pub const RECOVER: &[Field] = &[Field::Login];
/// What its owner may correct by themselves (PD-4); phone and e-mail are proved anew instead.
pub const CORRECT: &[Field] = REGISTER.split_at(6).0;
pub const NEW_PASSWORD: &[Field] = &[Field::Password, Field::PasswordAgain];
/// Wrong passwords in a row before the door closes (REC-3)…
pub const WRONG_PASSWORDS: i64 = 10;
/// …at first for this long.
pub const LOCK_MINUTES: i64 = 10;

/// A sign-up whose every value is right (REG-1).
#[derive(Clone)]
pub struct SignUp {
    pub last_name: PersonName,
    pub first_name: PersonName,
    pub middle_name: Option<PersonName>,
    pub passport_series: PassportSeries,
    pub passport_number: PassportNumber,
    pub inn: Option<Inn>,
    pub phone: Phone,
    pub email: Email,
    pub password: String,
}

fn required<T>(values: &Values, field: Field, parse: impl FnOnce(&str) -> Result<T, Code>) -> Result<T, Code> {
    let text = values.get(field);
    if text.trim().is_empty() { Err(Code::Empty) } else { parse(text) }
}

fn optional<T>(values: &Values, field: Field, parse: impl FnOnce(&str) -> Result<T, Code>) -> Result<Option<T>, Code> {
    if values.get(field).trim().is_empty() { Ok(None) } else { parse(values.get(field)).map(Some) }
}

/// Parses a sign-up, or says everything that is wrong with it.
pub fn sign_up(values: &Values) -> Result<SignUp, FieldErrors> {
    let mut errors = FieldErrors::default();
    let e = &mut errors;
    let last_name = e.keep(Field::LastName, required(values, Field::LastName, PersonName::parse));
    let first_name = e.keep(Field::FirstName, required(values, Field::FirstName, PersonName::parse));
    let middle_name = e.keep(Field::MiddleName, optional(values, Field::MiddleName, PersonName::parse));
    let series = e.keep(Field::PassportSeries, required(values, Field::PassportSeries, PassportSeries::parse));
    let number = e.keep(Field::PassportNumber, required(values, Field::PassportNumber, PassportNumber::parse));
    let inn = e.keep(Field::Inn, optional(values, Field::Inn, Inn::parse_person));
    let phone = e.keep(Field::Phone, required(values, Field::Phone, Phone::parse));
    let email = e.keep(Field::Email, required(values, Field::Email, Email::parse));
    let password = e.keep(Field::Password, chosen(values));
    e.keep(Field::PasswordAgain, repeated(values));
    if !values.is_ticked(Field::Consent) {
        e.push(Field::Consent, Code::ConsentMissing);
    }
    if !errors.is_empty() {
        return Err(errors.naming(values));
    }
    let parsed = (|| {
        Some(SignUp {
            last_name: last_name?,
            first_name: first_name?,
            middle_name: middle_name?,
            passport_series: series?,
            passport_number: number?,
            inn: inn?,
            phone: phone?,
            email: email?,
            password: password?,
        })
    })();
    parsed.ok_or(errors)
}

/// A new password, typed twice (REC-1).
///
/// # Errors
/// What is wrong with either.
pub fn new_password(values: &Values) -> Result<String, FieldErrors> {
    let mut errors = FieldErrors::default();
    let password = errors.keep(Field::Password, chosen(values));
    errors.keep(Field::PasswordAgain, repeated(values));
    match password {
        Some(password) if errors.is_empty() => Ok(password),
        _ => Err(errors),
    }
}

/// Corrected data of a profile, in their stored form.
///
/// # Errors
/// What is wrong with any of them.
pub fn corrected(values: &Values) -> Result<Values, FieldErrors> {
    let mut errors = FieldErrors::default();
    let mut stored = Values::default();
    for field in CORRECT {
        let text = values.get(*field).trim();
        let checked = match text {
            "" if matches!(field, Field::MiddleName | Field::Inn) => Ok(String::new()),
            "" => Err(Code::Empty),
            text => crate::fields::check_field(*field, text),
        };
        if let Some(value) = errors.keep(*field, checked) {
            stored.set(*field, value);
        }
    }
    if errors.is_empty() { Ok(stored) } else { Err(errors.naming(values)) }
}

/// Recovery asks for something that can be a phone or an e-mail (REC-1); whether anybody has it is not told.
pub fn recover(values: &Values) -> FieldErrors {
    let mut errors = FieldErrors::default();
    let refused = match values.get(Field::Login).trim() {
        "" => Some(Code::Empty),
        typed if typed.contains(|c: char| c == '@' || c.is_alphabetic()) => Email::parse(typed).err(),
        typed => Phone::parse(typed).err(),
    };
    if let Some(code) = refused {
        errors.push(Field::Login, code);
    }
    errors
}

fn chosen(values: &Values) -> Result<String, Code> {
    // Spaces belong to a password: it is taken as it stands.
    let text = values.get(Field::Password);
    if text.is_empty() {
        return Err(Code::Empty);
    }
    password::check(text).first().map_or_else(|| Ok(text.to_owned()), |code| Err(*code))
}

fn repeated(values: &Values) -> Result<(), Code> {
    match values.get(Field::PasswordAgain) {
        "" => Err(Code::Empty),
        again if again == values.get(Field::Password) => Ok(()),
        _ => Err(Code::PasswordsDiffer),
    }
}

/// Login only asks that something was typed: to say more would tell who has an account.
pub fn login(values: &Values) -> FieldErrors {
    let mut errors = FieldErrors::default();
    for field in LOGIN {
        if values.get(*field).trim().is_empty() {
            errors.push(*field, Code::Empty);
        }
    }
    errors
}

/// The six digits of a one-time code, spaces and dashes dropped.
pub fn one_time_code(values: &Values) -> Result<String, FieldErrors> {
    let mut errors = FieldErrors::default();
    let digits: String = values.get(Field::Code).chars().filter(|c| !c.is_whitespace() && *c != '-').collect();
    let code = match () {
        () if digits.is_empty() => Err(Code::Empty),
        () if !digits.bytes().all(|b| b.is_ascii_digit()) => Err(Code::WrongCharacter),
        () if digits.len() != 6 => Err(Code::CodeLength),
        () => Ok(digits),
    };
    errors.keep(Field::Code, code).ok_or_else(|| errors.naming(values))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn recovered(typed: &str) -> Option<Code> {
        recover(&[(Field::Login, typed.to_owned())].into_iter().collect()).of(Field::Login).map(|e| e.code)
    }

    #[test]
    fn recovery_takes_what_can_be_a_phone_or_an_e_mail() {
        for fits in ["8 (913) 765-43-21", "+79137654321", " anna@example.org\n"] {
            assert_eq!(recovered(fits), None, "{fits:?}");
        }
        assert_eq!(recovered(" "), Some(Code::Empty));
        assert_eq!(recovered("anna"), Some(Code::EmailNoAt));
        assert_eq!(recovered("913 765"), Some(Code::PhoneIncomplete));
        assert!(recovered("☃").is_some());
    }
}
