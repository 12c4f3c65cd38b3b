//! «Верификация личности» (REC-3, REC-4): whoever has lost every way in sends scans, and support compares them with the
//! account.

use crate::applications::names;
use crate::code::Code;
use crate::form::{Field, FieldErrors, Values};
use serde::{Deserialize, Serialize};

/// Support answers within this long (REC-3: «обычно 5–10 минут»).
pub const PROMISED_MINUTES: i64 = 10;
/// The browser that asked can follow its request this long.
pub const FOLLOWED_HOURS: i64 = 24;
/// What was confirmed can be used this long, once.
pub const USABLE_MINUTES: i64 = 60;

/// What the request asks for beside the two files.
pub const ASK: &[Field] = &[Field::Login, Field::PassportScan, Field::InnScan];
/// What is chosen once the identity is confirmed.
pub const RENEW: &[Field] = &[Field::Password, Field::PasswordAgain, Field::LostFactors, Field::NewPhone];
/// An answer to a refusal (REC-4).
pub const OBJECT: &[Field] = &[Field::Grounds];

names! {
    /// Where a request stands.
    State {
        Waiting = "waiting",
        Confirmed = "confirmed",
        Refused = "refused",
        /// A new password was set with it.
        Used = "used",
        /// The account's owner pressed «Это не я», or another request was confirmed.
        Cancelled = "cancelled",
    }
}

names! {
    /// What a scan shows.
    Scan {
        Passport = "passport",
        Inn = "inn",
    }
}

impl Scan {
    /// The control it is chosen in.
    pub const fn field(self) -> Field {
        match self {
            Scan::Passport => Field::PassportScan,
            Scan::Inn => Field::InnScan,
        }
    }
}

/// Whether an account holds anything that scans can be compared with: a number of a passport or an ИНН. A name fits every
/// namesake, and whoever signed up by e-mail or was entered on the phone has left no more.
///
/// # Errors
/// `IdentityNothingHeld`.
pub fn comparable(profile: &Values) -> Result<(), Code> {
    let held = |field| !profile.get(field).trim().is_empty();
    if held(Field::PassportNumber) || held(Field::Inn) { Ok(()) } else { Err(Code::IdentityNothingHeld) }
}

/// Why support may refuse.
pub const REASONS: &[Code] =
    &[Code::IdentityDiffers, Code::IdentityUnreadable, Code::IdentityPaperInvalid, Code::IdentityPaperWrong];

/// A refusal names a reason of the catalogue; words of the clerk's own may stand beside it.
///
/// # Errors
/// `ReasonNotInCatalogue`, `TooLong`.
pub fn refusal(reason: Code, words: &str) -> Result<String, Code> {
    if !REASONS.contains(&reason) {
        return Err(Code::ReasonNotInCatalogue);
    }
    let words = words.trim();
    if words.chars().count() > 1000 { Err(Code::TooLong) } else { Ok(words.to_owned()) }
}

/// The new telephone of somebody who lost the old one; `None` when none was typed.
///
/// # Errors
/// Of the phone.
pub fn new_phone(values: &Values) -> Result<Option<String>, FieldErrors> {
    let typed = values.get(Field::NewPhone).trim();
    if typed.is_empty() {
        return Ok(None);
    }
    let mut errors = FieldErrors::default();
    let phone = errors.keep(Field::NewPhone, crate::fields::check_field(Field::NewPhone, typed));
    phone.map(Some).ok_or(errors)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn support_refuses_for_a_reason_of_the_catalogue_only() {
        assert_eq!(refusal(Code::IdentityDiffers, " Фамилия другая. ").as_deref(), Ok("Фамилия другая."));
        assert_eq!(refusal(Code::RegistryInnMismatch, "x"), Err(Code::ReasonNotInCatalogue));
        assert_eq!(refusal(Code::IdentityDiffers, &"я".repeat(1001)), Err(Code::TooLong));
    }

    #[test]
    fn a_name_alone_is_compared_with_nothing() {
        let with = |field: Field, text: &str| {
            let pairs = [(Field::LastName, "Кузьмина".to_owned()), (field, text.to_owned())];
            comparable(&pairs.into_iter().collect())
        };
        assert_eq!(with(Field::FirstName, "Татьяна"), Err(Code::IdentityNothingHeld));
        assert_eq!(with(Field::PassportNumber, " "), Err(Code::IdentityNothingHeld));
        assert_eq!(with(Field::PassportNumber, "654321"), Ok(()));
        assert_eq!(with(Field::Inn, "500100732259"), Ok(()));
    }

    #[test]
    fn a_new_phone_is_asked_for_and_not_demanded() {
        let typed = |text: &str| new_phone(&[(Field::NewPhone, text.to_owned())].into_iter().collect());
        assert_eq!(typed(" ").ok(), Some(None));
        assert_eq!(typed("8 913 765-43-21").ok(), Some(Some("+79137654321".to_owned())));
        assert_eq!(typed("913").err().unwrap().of(Field::NewPhone).map(|e| e.code), Some(Code::PhoneIncomplete));
    }
}
