//! Access reset at a counter: the last way for whoever has lost password, phone, e-mail and second factors, and whose
//! scans nobody could confirm (REC-3, REC-4, E14). The person stands there with the original passport. No clerk picks an
//! account: what lies on the counter has to find it. No clerk alone opens one at once: the slip works a day later, while
//! the owner's old phone and e-mail say «Это не я», or when a second clerk has seen the same passport.

use super::newcomers::FIRST_PASSWORD_DAYS;
use super::{optional, required};
use crate::applications::names;
use crate::clock::{DAY, HOUR, Timestamp};
use crate::code::Code;
use crate::fields::{Email, Passport, PassportNumber, PassportSeries, PersonName, Phone, Snils, check_field};
use crate::form::{Field, FieldErrors, Values};
use serde::{Deserialize, Serialize};

/// What one clerk alone has reset opens after this long: so long the owner is asked on the old phone and e-mail.
pub const DELAY_HOURS: i64 = 24;
/// So long after a reset its slip may open the account: the delay, and as long as any first password. An account whose
/// consent somebody withdrew is not erased within it; article 21 of 152-ФЗ, part 6, leaves more (six months, the data blocked).
pub const SLIP_DAYS: i64 = DELAY_HOURS / 24 + FIRST_PASSWORD_DAYS;
/// A second reset of an account within so many days opens nothing until a second clerk has confirmed it. Rows of resets
/// are kept this long.
pub const AGAIN_DAYS: i64 = 29;
/// So long the clerk who has reset prints the slip again for who stands there: an answer is lost, a printer jams, and login
/// and password are shown once.
pub const REPRINT_MS: i64 = HOUR;
/// The same after a correction of names or passport within so many days: somebody may have fitted them to their own.
pub const CORRECTED_DAYS: i64 = super::factors::ALARM_DAYS;

/// What the clerk reads on the counter. СНИЛС and login may be missing, but what the account holds has to be shown.
pub const SHOWN: &[Field] = &[
    Field::LastName,
    Field::FirstName,
    Field::BirthDate,
    Field::PassportSeries,
    Field::PassportNumber,
    Field::Snils,
    Field::Login,
];
/// What the second clerk reads in the same passport.
pub const CONFIRM: &[Field] = &[Field::PassportSeries, Field::PassportNumber];

names! {
    /// Why the person comes; told in their journal.
    Reason {
        Lost = "lost",
        Stolen = "stolen",
        CheckRefused = "check_refused",
    }
}

/// What lies on the counter, in stored form.
#[derive(Clone)]
pub struct Shown {
    last_name: String,
    first_name: String,
    birth_date: String,
    pub passport: Passport,
    pub snils: Option<Snils>,
    /// Of several accounts of one person: the one they name.
    pub login: Option<Login>,
}

/// A phone or e-mail that an account is entered by, proved or not.
#[derive(Clone)]
pub enum Login {
    Phone(Phone),
    Email(Email),
}

/// What the first clerk typed.
///
/// # Errors
/// What is wrong with any; СНИЛС and login may be empty.
pub fn shown(values: &Values) -> Result<Shown, FieldErrors> {
    let mut errors = FieldErrors::default();
    let last = errors.keep(Field::LastName, required(values, Field::LastName, PersonName::parse));
    let first = errors.keep(Field::FirstName, required(values, Field::FirstName, PersonName::parse));
    let birth = errors.keep(Field::BirthDate, required(values, Field::BirthDate, |t| check_field(Field::BirthDate, t)));
    let passport = read_passport(values, &mut errors);
    let snils = errors.keep(Field::Snils, optional(values, Field::Snils, Snils::parse));
    let login = errors.keep(Field::Login, optional(values, Field::Login, login));
    match (last, first, birth, passport, snils, login) {
        (Some(last), Some(first), Some(birth_date), Some(passport), Some(snils), Some(login)) if errors.is_empty() => {
            let (last_name, first_name) = (last.as_str().to_owned(), first.as_str().to_owned());
            Ok(Shown { last_name, first_name, birth_date, passport, snils, login })
        }
        _ => Err(errors.naming(values)),
    }
}

/// What the second clerk typed.
///
/// # Errors
/// What is wrong with series or number.
pub fn passport(values: &Values) -> Result<Passport, FieldErrors> {
    let mut errors = FieldErrors::default();
    let read = read_passport(values, &mut errors);
    read.filter(|_| errors.is_empty()).ok_or_else(|| errors.naming(values))
}

/// Neither a look nor a reset without the person and the original before the clerk's eyes.
///
/// # Errors
/// `OriginalNotSeen`.
pub fn seen(ticked: bool) -> Result<(), Code> {
    if ticked { Ok(()) } else { Err(Code::OriginalNotSeen) }
}

impl Shown {
    /// Whether this is the person of a profile that its passport, or one of its applications, has led to: the names always,
    /// and whatever else the profile holds. What is held and not shown does not match.
    pub fn fits(&self, held: &Values) -> bool {
        let name = |field, shown: &str| folded(held.get(field)) == folded(shown) && !shown.is_empty();
        let holds = |field| !held.get(field).trim().is_empty();
        let passport = || held_passport(held).is_some_and(|held| held.as_str() == self.passport.as_str());
        let snils = || {
            let shown = self.snils.as_ref().map(Snils::as_str);
            Snils::parse(held.get(Field::Snils)).is_ok_and(|held| Some(held.as_str()) == shown)
        };
        let birth = || {
            let stored = check_field(Field::BirthDate, held.get(Field::BirthDate));
            stored.is_ok_and(|held| held == self.birth_date)
        };
        name(Field::LastName, &self.last_name)
            && name(Field::FirstName, &self.first_name)
            && (!holds(Field::PassportNumber) || passport())
            && (!holds(Field::Snils) || snils())
            && (!holds(Field::BirthDate) || birth())
    }
}

/// From when on the slip opens anything; `None`: not before a second clerk has confirmed it. `told`: a proved phone or e-mail
/// hears of it in that day; where there is neither, the day protects nobody.
pub fn works_from(
    now: Timestamp,
    last_reset: Option<Timestamp>,
    corrected: Option<Timestamp>,
    told: bool,
) -> Option<Timestamp> {
    let within = |at: Option<Timestamp>, days: i64| at.is_some_and(|at| now.0 - at.0 < days * DAY);
    let doubtful = !told || within(last_reset, AGAIN_DAYS) || within(corrected, CORRECTED_DAYS);
    (!doubtful).then_some(Timestamp(now.0 + DELAY_HOURS * HOUR))
}

/// Whether a member of staff may be the second for what another has reset.
///
/// # Errors
/// `ResetSecondNeeded`.
pub fn second(asked_by: &str, confirmer: &str) -> Result<(), Code> {
    if asked_by == confirmer { Err(Code::ResetSecondNeeded) } else { Ok(()) }
}

/// The passport in a profile, where it holds one.
pub fn held_passport(profile: &Values) -> Option<Passport> {
    let series = PassportSeries::parse(profile.get(Field::PassportSeries)).ok()?;
    let number = PassportNumber::parse(profile.get(Field::PassportNumber)).ok()?;
    Some(Passport::new(&series, &number))
}

fn read_passport(values: &Values, errors: &mut FieldErrors) -> Option<Passport> {
    let series = errors.keep(Field::PassportSeries, required(values, Field::PassportSeries, PassportSeries::parse));
    let number = errors.keep(Field::PassportNumber, required(values, Field::PassportNumber, PassportNumber::parse));
    Some(Passport::new(&series?, &number?))
}

fn login(typed: &str) -> Result<Login, Code> {
    if typed.contains(|c: char| c == '@' || c.is_alphabetic()) {
        Email::parse(typed).map(Login::Email)
    } else {
        Phone::parse(typed).map(Login::Phone)
    }
}

/// A name however it is written: a passport in capitals, «Е» for «Ё», a hyphen with spaces.
fn folded(name: &str) -> String {
    crate::staff::last_name_key(name)
}

#[cfg(test)]
mod tests {
    use super::super::CORRECT;
    use super::*;

    const NOW: Timestamp = Timestamp(1_800_000_000_000);

    fn values(pairs: &[(Field, &str)]) -> Values {
        pairs.iter().map(|(f, v)| (*f, (*v).to_owned())).collect()
    }

    fn on_the_counter() -> Values {
        values(&[
            (Field::LastName, "Королёва"),
            (Field::FirstName, "Анна"),
            (Field::BirthDate, "15.01.2000"),
            (Field::PassportSeries, "5020"),
            (Field::PassportNumber, "654321"),
            (Field::Snils, "112-233-445 95"),
        ])
    }

    fn with(mut values: Values, field: Field, text: &str) -> Values {
        values.set(field, text);
        values
    }

    fn profile() -> Values {
        on_the_counter().only(CORRECT)
    }

    #[test]
    fn the_person_of_the_passport_is_found_and_a_namesake_is_not() {
        let shown = shown(&on_the_counter()).unwrap();
        assert!(shown.fits(&profile()));
        assert!(shown.fits(&with(profile(), Field::LastName, "КОРОЛЕВА")), "as it is written elsewhere");
        for (field, other) in [
            (Field::LastName, "Орлова"),
            (Field::FirstName, "Инна"),
            (Field::PassportSeries, "5021"),
            (Field::PassportNumber, "654322"),
            (Field::BirthDate, "16.01.2000"),
            (Field::Snils, "001-001-998 00"),
        ] {
            assert!(!shown.fits(&with(profile(), field, other)), "{field:?}");
        }
        assert!(!shown.fits(&Values::default()), "an empty profile is nobody");
    }

    #[test]
    fn what_the_account_holds_has_to_be_shown() {
        let without = shown(&with(on_the_counter(), Field::Snils, "")).unwrap();
        assert!(without.fits(&profile()), "the account knows no СНИЛС either");
        assert!(!without.fits(&with(profile(), Field::Snils, "112-233-445 95")));
    }

    #[test]
    fn a_passport_is_asked_for_and_a_login_is_not() {
        let empty = shown(&Values::default()).err().unwrap();
        for field in [Field::LastName, Field::FirstName, Field::BirthDate, Field::PassportSeries, Field::PassportNumber]
        {
            assert_eq!(empty.of(field).map(|e| e.code), Some(Code::Empty), "{field:?}");
        }
        assert!(empty.of(Field::Snils).is_none() && empty.of(Field::Login).is_none());
        assert!(shown(&with(on_the_counter(), Field::Login, "8 913 765-43-21")).unwrap().login.is_some());
        assert!(shown(&with(on_the_counter(), Field::Login, "anna@")).is_err());
        assert!(passport(&values(&[(Field::PassportSeries, "5020")])).is_err());
    }

    #[test]
    fn one_clerk_waits_a_day_and_the_second_time_it_takes_two() {
        let ago = |days: i64| Some(Timestamp(NOW.0 - days * DAY));
        assert_eq!(works_from(NOW, None, None, true), Some(Timestamp(NOW.0 + DAY)));
        assert_eq!(works_from(NOW, ago(AGAIN_DAYS), ago(CORRECTED_DAYS), true), Some(Timestamp(NOW.0 + DAY)));
        assert_eq!(works_from(NOW, ago(AGAIN_DAYS - 1), None, true), None);
        assert_eq!(works_from(NOW, None, ago(CORRECTED_DAYS - 1), true), None, "names fitted to another passport");
        assert_eq!(works_from(NOW, None, None, false), None, "nobody is left to be told");
        assert_eq!(second("anna", "anna"), Err(Code::ResetSecondNeeded));
        assert_eq!(second("anna", "boris"), Ok(()));
        assert_eq!(seen(false), Err(Code::OriginalNotSeen));
    }
}
