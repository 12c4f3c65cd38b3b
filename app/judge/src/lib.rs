//! How a form answers while it is being filled in (VAL-10): which state a field is in after a key or after it is left,
//! with which words.
//!
//! Two programs in the browser ask it: the small `early` wasm, which judges from the first moments of a page, and the
//! application, which takes over from it. Both say the same because both say it from here.

mod dates;
pub mod forms;
pub mod text;

pub use dates::with_dots;

use domain::{Field, FieldErrors};
use text::{Lang, codes};

/// What stands beside a field.
#[derive(Clone, Default, PartialEq, Eq)]
pub enum Shown {
    #[default]
    Quiet,
    Good,
    /// Good, with something worth knowing (the town of an index).
    Note(String),
    Bad(String),
}

impl Shown {
    pub const fn is_bad(&self) -> bool {
        matches!(self, Shown::Bad(_))
    }
}

/// The state after a key, or `None` to leave it as it `was`.
///
/// Certain already: said at once. Anything more typing may mend waits until the field is left: nobody is scolded in
/// the middle of a word.
pub fn typed(errors: &FieldErrors, field: Field, value: &str, was: &Shown, lang: Lang) -> Option<Shown> {
    match errors.of(field) {
        Some(e) if !e.code.mended_by_typing() && !e.code.is_warning() => Some(Shown::Bad(codes::beside(lang, e))),
        Some(_) => None,
        None if value.is_empty() => Some(Shown::Quiet),
        None => match was {
            Shown::Bad(_) => Some(Shown::Good),
            // What a note said was about the value as it was.
            Shown::Note(_) => Some(Shown::Quiet),
            _ => None,
        },
    }
}

/// The state once the field is left, or `None` to leave it as it `was`.
pub fn left(errors: &FieldErrors, field: Field, value: &str, was: &Shown, lang: Lang) -> Option<Shown> {
    let error = errors.of(field);
    // Passing an empty field by is not a mistake yet; sending it empty is.
    if value.trim().is_empty() {
        return error.is_none().then_some(Shown::Quiet);
    }
    match error {
        Some(e) if e.code.is_warning() => Some(Shown::Note(codes::beside(lang, e))),
        Some(e) => Some(Shown::Bad(codes::beside(lang, e))),
        None => (!matches!(was, Shown::Note(_))).then_some(Shown::Good),
    }
}

/// A good value as people write it, when it was typed otherwise: grouped digits, one form of a phone.
pub fn grouped(field: Field, value: &str) -> Option<String> {
    domain::fields::format_field(field, value).filter(|grouped| grouped != value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::Values;

    fn errors(field: Field, value: &str) -> FieldErrors {
        let form = forms::of(forms::REHEARSAL).expect("a form");
        let values: Values = [(field, value.to_owned())].into_iter().collect();
        let today = time::Date::from_calendar_date(2026, time::Month::November, 20).expect("a date");
        (form.check)(&values, today)
    }

    fn after_key(field: Field, value: &str) -> Option<Shown> {
        typed(&errors(field, value), field, value, &Shown::Quiet, Lang::Ru)
    }

    #[test]
    fn a_citizen_is_told_at_once_what_no_key_can_mend() {
        assert!(after_key(Field::LastName, "Ив1").is_some_and(|s| s.is_bad()));
        assert!(after_key(Field::PassportSeries, "12").is_none(), "two digits more may come");
    }

    #[test]
    fn a_citizen_is_told_on_leaving_what_is_too_short() {
        let found = errors(Field::PassportSeries, "12");
        assert!(left(&found, Field::PassportSeries, "12", &Shown::Quiet, Lang::Ru).is_some_and(|s| s.is_bad()));
        let empty = errors(Field::PassportSeries, "");
        assert!(left(&empty, Field::PassportSeries, "", &Shown::Quiet, Lang::Ru).is_none(), "passed by");
    }

    #[test]
    fn a_mended_value_is_good_as_soon_as_it_is_whole() {
        let bad = Shown::Bad(String::new());
        let found = errors(Field::PassportSeries, "4519");
        assert!(typed(&found, Field::PassportSeries, "4519", &bad, Lang::Ru) == Some(Shown::Good));
        assert!(typed(&found, Field::PassportSeries, "4519", &Shown::Quiet, Lang::Ru).is_none(), "no praise unasked");
    }

    #[test]
    fn what_a_note_said_goes_with_the_value_and_stays_on_leaving() {
        let note = Shown::Note("Новосибирск".to_owned());
        let found = errors(Field::RegistrationPostcode, "630099");
        assert!(typed(&found, Field::RegistrationPostcode, "630099", &note, Lang::Ru) == Some(Shown::Quiet));
        assert!(left(&found, Field::RegistrationPostcode, "630099", &note, Lang::Ru).is_none());
    }
}
