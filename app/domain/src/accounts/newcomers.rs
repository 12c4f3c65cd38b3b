//! Accounts that begin otherwise than with a phone and a form: by e-mail alone (ALT-4), opened by an operator on the
//! phone (ALT-2), or by a clerk at the counter (ALT-3).

use super::{chosen, new_password, optional, repeated, required};
use crate::code::Code;
use crate::fields::{Email, PassportNumber, PassportSeries, PersonName, Phone};
use crate::form::{Field, FieldErrors, Values};

/// A password that staff gave works this long.
pub const FIRST_PASSWORD_DAYS: i64 = 7;
/// Signs of a login from the counter, written as two groups of four.
pub const COUNTER_LOGIN: usize = 8;

pub const BY_EMAIL: &[Field] = &[Field::Email, Field::Consent];
pub const ACTIVATION: &[Field] =
    &[Field::LastName, Field::FirstName, Field::MiddleName, Field::Password, Field::PasswordAgain];
/// What whoever staff has let in chooses at the first entry; a phone when there is none yet.
pub const FIRST_ENTRY: &[Field] = &[Field::Password, Field::PasswordAgain, Field::Consent];
pub const FIRST_ENTRY_PHONE: &[Field] = &[Field::Phone, Field::Password, Field::PasswordAgain, Field::Consent];
pub const ON_THE_PHONE: &[Field] = &[Field::LastName, Field::FirstName, Field::MiddleName, Field::Phone];
pub const AT_THE_COUNTER: &[Field] =
    &[Field::LastName, Field::FirstName, Field::MiddleName, Field::PassportSeries, Field::PassportNumber];

/// Whoever signs up with an e-mail alone.
///
/// # Errors
/// No e-mail, or no consent.
pub fn by_email(values: &Values) -> Result<Email, FieldErrors> {
    let mut errors = FieldErrors::default();
    let email = errors.keep(Field::Email, required(values, Field::Email, Email::parse));
    consent(values, &mut errors);
    finished(email, errors, values)
}

/// The end of it, behind the link of the letter: names as they are stored, and the password.
///
/// # Errors
/// What is wrong with any.
pub fn activation(values: &Values) -> Result<(Values, String), FieldErrors> {
    let mut errors = FieldErrors::default();
    let names = names(values, &mut errors);
    let password = errors.keep(Field::Password, chosen(values));
    errors.keep(Field::PasswordAgain, repeated(values));
    finished(names.zip(password), errors, values)
}

/// What an operator is told on the phone: names as they are stored, and the phone.
///
/// # Errors
/// What is wrong with any.
pub fn on_the_phone(values: &Values) -> Result<(Values, Phone), FieldErrors> {
    let mut errors = FieldErrors::default();
    let names = names(values, &mut errors);
    let phone = errors.keep(Field::Phone, required(values, Field::Phone, Phone::parse));
    finished(names.zip(phone), errors, values)
}

/// What a clerk reads in the passport that lies before them, as it is stored.
///
/// # Errors
/// What is wrong with any.
pub fn at_the_counter(values: &Values) -> Result<Values, FieldErrors> {
    let mut errors = FieldErrors::default();
    let names = names(values, &mut errors);
    let series = errors.keep(Field::PassportSeries, required(values, Field::PassportSeries, PassportSeries::parse));
    let number = errors.keep(Field::PassportNumber, required(values, Field::PassportNumber, PassportNumber::parse));
    let read = names.zip(series.zip(number)).map(|(mut stored, (series, number))| {
        stored.set(Field::PassportSeries, series.as_str());
        stored.set(Field::PassportNumber, number.as_str());
        stored
    });
    finished(read, errors, values)
}

/// The first entry: one's own password, consent, and a phone when there is none yet.
///
/// # Errors
/// What is wrong with any.
pub fn first_entry(values: &Values, asks_phone: bool) -> Result<(String, Option<Phone>), FieldErrors> {
    let (mut errors, mut password) = (FieldErrors::default(), None);
    let phone = if asks_phone { errors.keep(Field::Phone, required(values, Field::Phone, Phone::parse)) } else { None };
    match new_password(values) {
        Ok(chosen) => password = Some(chosen),
        Err(wrong) => errors.0.extend(wrong.0),
    }
    consent(values, &mut errors);
    finished(password.map(|password| (password, phone)), errors, values)
}

/// A login from the counter, however it was typed: eight signs, in capitals.
pub fn counter_login(text: &str) -> Option<String> {
    let signs: String = text.chars().filter(|c| !matches!(c, ' ' | '-')).map(|c| c.to_ascii_uppercase()).collect();
    let fits = signs.len() == COUNTER_LOGIN && signs.bytes().all(|b| b.is_ascii_alphanumeric());
    fits.then_some(signs)
}

fn names(values: &Values, errors: &mut FieldErrors) -> Option<Values> {
    let last = errors.keep(Field::LastName, required(values, Field::LastName, PersonName::parse));
    let first = errors.keep(Field::FirstName, required(values, Field::FirstName, PersonName::parse));
    let middle = errors.keep(Field::MiddleName, optional(values, Field::MiddleName, PersonName::parse));
    let mut stored = Values::default();
    stored.set(Field::LastName, last?.as_str());
    stored.set(Field::FirstName, first?.as_str());
    if let Some(middle) = middle? {
        stored.set(Field::MiddleName, middle.as_str());
    }
    Some(stored)
}

fn consent(values: &Values, errors: &mut FieldErrors) {
    if !values.is_ticked(Field::Consent) {
        errors.push(Field::Consent, Code::ConsentMissing);
    }
}

fn finished<T>(made: Option<T>, errors: FieldErrors, values: &Values) -> Result<T, FieldErrors> {
    match made {
        Some(made) if errors.is_empty() => Ok(made),
        _ => Err(errors.naming(values)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(pairs: &[(Field, &str)]) -> Values {
        pairs.iter().map(|(f, v)| (*f, (*v).to_owned())).collect()
    }

    fn wrong<T>(read: Result<T, FieldErrors>) -> Vec<(Field, Code)> {
        read.err().map(|errors| errors.0.iter().map(|e| (e.field, e.code)).collect()).unwrap_or_default()
    }

    #[test]
    fn each_way_in_asks_for_what_it_needs_and_nothing_else() {
        assert!(by_email(&values(&[(Field::Email, "anna@example.org"), (Field::Consent, "yes")])).is_ok());
        assert_eq!(
            wrong(by_email(&Values::default())),
            [(Field::Email, Code::Empty), (Field::Consent, Code::ConsentMissing)]
        );
        let told =
            values(&[(Field::LastName, "Кузьмина"), (Field::FirstName, "Татьяна"), (Field::Phone, "8 913 765-43-21")]);
        let (names, phone) = on_the_phone(&told).unwrap();
        assert_eq!((names.get(Field::LastName), phone.as_str()), ("Кузьмина", "+79137654321"));
        assert_eq!(
            wrong(at_the_counter(&told)),
            [(Field::PassportSeries, Code::Empty), (Field::PassportNumber, Code::Empty)]
        );
    }

    #[test]
    fn the_first_entry_asks_for_a_phone_only_where_there_is_none() {
        let mut chosen = values(&[(Field::Password, "Ледоход-7-самоваR"), (Field::Consent, "yes")]);
        chosen.set(Field::PasswordAgain, chosen.get(Field::Password).to_owned());
        assert!(first_entry(&chosen, false).is_ok());
        assert_eq!(wrong(first_entry(&chosen, true)), [(Field::Phone, Code::Empty)]);
        chosen.set(Field::Consent, "");
        assert_eq!(wrong(first_entry(&chosen, false)), [(Field::Consent, Code::ConsentMissing)]);
    }

    #[test]
    fn a_login_from_the_counter_is_read_however_it_is_typed() {
        for text in ["ACDE-3467", "acde 3467", " ACDE3467 "] {
            assert_eq!(counter_login(text).as_deref(), Some("ACDE3467"), "{text}");
        }
        for text in ["", "ACDE-346", "anna@example.org", "+79137654321", "ЖЖЖЖ3467"] {
            assert_eq!(counter_login(text), None, "{text}");
        }
    }
}
