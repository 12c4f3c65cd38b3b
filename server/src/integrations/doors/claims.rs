//! What a provider said of a person, reduced to what we keep. Names of claims: OpenID Connect Core 1.0, 5.1; passport,
//! СНИЛС and ИНН have no standard name, so the usual ones of Russian providers are read.

use domain::accounts::doors::{date, told};
use domain::{Field, Values};
use openidconnect::core::CoreGenderClaim;
use openidconnect::{AdditionalClaims, StandardClaims};
use serde::{Deserialize, Serialize};

/// Claims beside the standard's.
#[derive(Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Extra {
    passport_series: Option<String>,
    passport_number: Option<String>,
    snils: Option<String>,
    inn: Option<String>,
}

/// Personal data never prints itself.
impl std::fmt::Debug for Extra {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Extra(***)")
    }
}

impl AdditionalClaims for Extra {}

/// Who came through a door.
#[derive(Clone, PartialEq, Eq)]
pub struct Identity {
    /// Names the person at this issuer, for ever; opaque.
    pub subject: String,
    /// What our own rules accept of the rest, as people write it.
    pub told: Values,
    /// The provider has proved the phone it told.
    pub phone_proved: bool,
    pub email_proved: bool,
}

impl std::fmt::Debug for Identity {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Identity(***)")
    }
}

impl Identity {
    /// What both sources say; the first one counts where they differ.
    pub(super) fn of(sources: &[(&StandardClaims<CoreGenderClaim>, &Extra)]) -> Identity {
        let mut said: Vec<(Field, String)> = Vec::new();
        let (mut phone_proved, mut email_proved) = (false, false);
        for (standard, extra) in sources {
            let mut say = |field, text: Option<&str>| {
                if let Some(text) = text.filter(|t| !t.is_empty() && !said.iter().any(|(f, _)| *f == field)) {
                    said.push((field, text.to_owned()));
                    return true;
                }
                false
            };
            say(Field::LastName, standard.family_name().and_then(|n| n.get(None)).map(|n| n.as_str()));
            say(Field::FirstName, standard.given_name().and_then(|n| n.get(None)).map(|n| n.as_str()));
            say(Field::MiddleName, standard.middle_name().and_then(|n| n.get(None)).map(|n| n.as_str()));
            let born = standard.birthdate().and_then(|d| date(d.as_str()));
            say(Field::BirthDate, born.as_deref());
            say(Field::PassportSeries, extra.passport_series.as_deref());
            say(Field::PassportNumber, extra.passport_number.as_deref());
            say(Field::Snils, extra.snils.as_deref());
            say(Field::Inn, extra.inn.as_deref());
            // Whether it is proved goes with the very value that was taken.
            if say(Field::Phone, standard.phone_number().map(|p| p.as_str())) {
                phone_proved = standard.phone_number_verified() == Some(true);
            }
            if say(Field::Email, standard.email().map(|e| e.as_str())) {
                email_proved = standard.email_verified() == Some(true);
            }
        }
        let told = told(said.iter().map(|(field, text)| (*field, text.as_str())));
        Identity {
            subject: sources.first().map(|(s, _)| s.subject().as_str().to_owned()).unwrap_or_default(),
            phone_proved: phone_proved && !told.get(Field::Phone).is_empty(),
            email_proved: email_proved && !told.get(Field::Email).is_empty(),
            told,
        }
    }
}
