//! Other doors: who else may say who somebody is, what is taken from their word, and how it is marked (REG-12, E11).

use crate::applications::names;
use crate::fields::{check_field, format_field};
use crate::form::{Field, Values};
use serde::{Deserialize, Serialize};

names! {
    /// A provider of identities that people know by its kind.
    Door {
        Bank = "bank",
        Gosuslugi = "gosuslugi",
    }
}

/// What a provider can fill in; anything else it says is not kept.
pub const TOLD: &[Field] = &[
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

/// What a provider said, as far as our own rules accept it, written as people write it. A value that would not pass the
/// form is left for its owner to type.
pub fn told<'a>(said: impl IntoIterator<Item = (Field, &'a str)>) -> Values {
    let known = said.into_iter().filter(|(field, _)| TOLD.contains(field));
    known.filter_map(|(field, text)| Some((field, format_field(field, text.trim())?))).collect()
}

/// A date as providers write it (ISO 8601, `1990-05-15`) in the form of ours.
pub fn date(iso: &str) -> Option<String> {
    let mut parts = iso.get(..10)?.split('-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    Some(format!("{day}.{month}.{year}"))
}

/// Where an answer came from, when not from its owner alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    pub field: Field,
    pub door: Door,
    /// The provider said something else: its owner has changed it.
    pub changed: bool,
}

/// The marks of these answers. What two providers say differently counts for the one that agrees.
pub fn marks(answers: &Values, told: &[(Door, Values)]) -> Vec<Mark> {
    let stored = |field, values: &Values| check_field(field, values.get(field)).ok();
    let mark = |field: &Field| {
        if answers.get(*field).trim().is_empty() {
            return None;
        }
        let said = |(door, values): &(Door, Values)| stored(*field, values).map(|value| (*door, value));
        let all: Vec<(Door, String)> = told.iter().filter_map(said).collect();
        let own = stored(*field, answers);
        let same = all.iter().find(|(_, value)| Some(value) == own.as_ref());
        let (door, _) = same.or(all.first())?;
        Some(Mark { field: *field, door: *door, changed: same.is_none() })
    };
    TOLD.iter().filter_map(mark).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(pairs: &[(Field, &str)]) -> Values {
        pairs.iter().map(|(f, v)| (*f, (*v).to_owned())).collect()
    }

    #[test]
    fn a_provider_fills_in_what_our_own_rules_accept() {
        let kept = told([
            (Field::LastName, "Кузьмина"),
            (Field::FirstName, "Tatiana"),
            (Field::Snils, "11223344595"),
            (Field::Inn, "123"),
            (Field::Phone, "79137654321"),
            (Field::Password, "Otdelenie-2026!"),
        ]);
        assert_eq!(kept.get(Field::LastName), "Кузьмина");
        assert_eq!(kept.get(Field::Snils), "112-233-445 95");
        for gone in [Field::FirstName, Field::Inn, Field::Password] {
            assert_eq!(kept.get(gone), "", "{gone:?}");
        }
        assert_eq!(check_field(Field::Phone, kept.get(Field::Phone)).unwrap(), "+79137654321");
        assert_eq!(date("1990-05-15").as_deref(), Some("15.05.1990"));
        assert_eq!(date("1990"), None);
    }

    #[test]
    fn a_changed_answer_is_told_from_one_that_was_only_written_otherwise() {
        let state = values(&[(Field::Snils, "112-233-445 95"), (Field::LastName, "Кузьмина")]);
        let bank = values(&[(Field::LastName, "Кузьмина-Петрова"), (Field::Phone, "+79137654321")]);
        let answers = values(&[
            (Field::Snils, "11223344595"),
            (Field::LastName, "Кузьмина-Петрова"),
            (Field::FirstName, "Татьяна"),
            (Field::Phone, "+7 913 000-00-00"),
        ]);
        let told = [(Door::Gosuslugi, state), (Door::Bank, bank)];
        let mark = |field, door, changed| Mark { field, door, changed };
        assert_eq!(
            marks(&answers, &told),
            [
                mark(Field::LastName, Door::Bank, false),
                mark(Field::Snils, Door::Gosuslugi, false),
                mark(Field::Phone, Door::Bank, true),
            ]
        );
        assert_eq!(marks(&answers, &[]), []);
    }
}
