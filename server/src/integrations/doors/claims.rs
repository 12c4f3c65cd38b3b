//! What a provider said of a person, reduced to what we keep. Names of claims: OpenID Connect Core 1.0, 5.1; passport,
//! СНИЛС and ИНН have no standard name, so the usual ones of Russian providers are read.

use domain::accounts::doors::told;
use domain::{Field, Values};
use openidconnect::AdditionalClaims;
use serde::{Deserialize, Serialize};

/// Claims beside the standard's.
#[derive(Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Extra {
    pub passport_series: Option<String>,
    pub passport_number: Option<String>,
    pub snils: Option<String>,
    pub inn: Option<String>,
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

/// One source of claims, as it came.
#[derive(Default)]
pub(super) struct Said {
    pub fields: Vec<(Field, Option<String>)>,
    pub phone_verified: bool,
    pub email_verified: bool,
}

/// Reads an id token's or a userinfo's claims: the crate gives both the same methods and no common trait.
macro_rules! said {
    ($claims:expr) => {{
        let (claims, extra) = ($claims, $claims.additional_claims());
        let born = claims.birthdate().and_then(|d| domain::accounts::doors::date(d.as_str()));
        $crate::integrations::doors::claims::Said {
            fields: vec![
                (Field::LastName, claims.family_name().and_then(|n| n.get(None)).map(|n| n.as_str().to_owned())),
                (Field::FirstName, claims.given_name().and_then(|n| n.get(None)).map(|n| n.as_str().to_owned())),
                (Field::MiddleName, claims.middle_name().and_then(|n| n.get(None)).map(|n| n.as_str().to_owned())),
                (Field::BirthDate, born),
                (Field::PassportSeries, extra.passport_series.clone()),
                (Field::PassportNumber, extra.passport_number.clone()),
                (Field::Snils, extra.snils.clone()),
                (Field::Inn, extra.inn.clone()),
                (Field::Phone, claims.phone_number().map(|p| p.as_str().to_owned())),
                (Field::Email, claims.email().map(|e| e.as_str().to_owned())),
            ],
            phone_verified: claims.phone_number_verified() == Some(true),
            email_verified: claims.email_verified() == Some(true),
        }
    }};
}
pub(super) use said;

impl Identity {
    /// What the sources say; the first one counts where they differ, and with it whether it is proved.
    pub(super) fn of(subject: &str, sources: Vec<Said>) -> Identity {
        let mut said: Vec<(Field, String)> = Vec::new();
        let (mut phone_proved, mut email_proved) = (false, false);
        for source in sources {
            for (field, text) in source.fields {
                let Some(text) = text.filter(|t| !t.is_empty() && said.iter().all(|(f, _)| *f != field)) else {
                    continue;
                };
                match field {
                    Field::Phone => phone_proved = source.phone_verified,
                    Field::Email => email_proved = source.email_verified,
                    _ => {}
                }
                said.push((field, text));
            }
        }
        let told = told(said.iter().map(|(field, text)| (*field, text.as_str())));
        Identity {
            subject: subject.to_owned(),
            phone_proved: phone_proved && !told.get(Field::Phone).is_empty(),
            email_proved: email_proved && !told.get(Field::Email).is_empty(),
            told,
        }
    }
}
