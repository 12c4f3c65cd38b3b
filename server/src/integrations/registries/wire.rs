//! The answer of the registry gateway as it travels, and what it means to us.
//! Described for the other side in `docs/integrations/registries.md`.

use super::{AddressOf, Answer, Holder, Query};
use domain::{Code, Field};
use serde::{Deserialize, Serialize};

/// `{"result":"agrees"}`, `{"result":"unknown"}` or
/// `{"result":"differs","reason":"data_differ","fields":["issue_date"]}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "result", rename_all = "snake_case")]
pub enum Reply {
    Agrees,
    Differs {
        reason: Reason,
        #[serde(default)]
        fields: Vec<String>,
    },
    Unknown,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// Some values of the record are others.
    DataDiffer,
    /// The number belongs to someone else.
    AnotherHolder,
    /// The document is not in force: lost, replaced, expired, its holder dead.
    Invalid,
}

impl Reply {
    /// Into the words of the product: which refusal code, which form fields.
    pub fn into_answer(self, query: &Query) -> Answer {
        let (reason, names) = match self {
            Reply::Agrees => return Answer::Agrees,
            Reply::Unknown => return Answer::Unknown,
            Reply::Differs { reason, fields } => (reason, fields),
        };
        // A name we do not know is skipped, so that a registry may add fields before we do.
        let mut fields: Vec<Field> = names.iter().filter_map(|n| field(query, n)).collect();
        if fields.is_empty() {
            fields = whole(query).to_vec();
        }
        Answer::Differs { reason: code(query, reason), fields }
    }
}

fn code(query: &Query, reason: Reason) -> Code {
    match (query, reason) {
        (Query::Passport(_), Reason::Invalid) => Code::RegistryPassportInvalid,
        (Query::Passport(_), _) => Code::RegistryPassportMismatch,
        (Query::Snils(_), _) => Code::RegistrySnilsMismatch,
        (Query::Inn(_), _) => Code::RegistryInnMismatch,
        (Query::Address(_), _) => Code::RegistryAddressMismatch,
    }
}

/// The form field behind a name on the wire.
fn field(query: &Query, name: &str) -> Option<Field> {
    let person = match name {
        "last_name" => Some(Field::LastName),
        "first_name" => Some(Field::FirstName),
        "middle_name" => Some(Field::MiddleName),
        "birth_date" => Some(Field::BirthDate),
        _ => None,
    };
    match query {
        Query::Passport(_) => match name {
            "series" => Some(Field::PassportSeries),
            "number" => Some(Field::PassportNumber),
            "issue_date" => Some(Field::PassportIssueDate),
            "department_code" => Some(Field::PassportDepartmentCode),
            _ => person,
        },
        Query::Snils(_) => match name {
            "snils" => Some(Field::Snils),
            _ => person,
        },
        Query::Inn(query) => match (&query.holder, name) {
            (Holder::Person(_), "inn") => Some(Field::Inn),
            (Holder::Person(_), _) => person,
            (Holder::Organisation(_), "inn") => Some(Field::OrganisationInn),
            (Holder::Organisation(_), "kpp") => Some(Field::OrganisationKpp),
            (Holder::Organisation(_), "ogrn") => Some(Field::OrganisationOgrn),
            (Holder::Organisation(_), "name") => Some(Field::OrganisationName),
            (Holder::Organisation(_), _) => None,
        },
        Query::Address(query) => match (query.of, name) {
            (AddressOf::Registration, "postcode") => Some(Field::RegistrationPostcode),
            (AddressOf::Registration, "address") => Some(Field::RegistrationAddress),
            (AddressOf::Residence, "postcode") => Some(Field::ResidencePostcode),
            (AddressOf::Residence, "address") => Some(Field::ResidenceAddress),
            _ => None,
        },
    }
}

/// What to look at when the registry did not say which value differs.
fn whole(query: &Query) -> &'static [Field] {
    match query {
        Query::Passport(_) => &[Field::PassportSeries, Field::PassportNumber],
        Query::Snils(_) => &[Field::Snils],
        Query::Inn(query) => match query.holder {
            Holder::Person(_) => &[Field::Inn],
            Holder::Organisation(_) => &[Field::OrganisationInn],
        },
        Query::Address(query) => match query.of {
            AddressOf::Registration => &[Field::RegistrationPostcode, Field::RegistrationAddress],
            AddressOf::Residence => &[Field::ResidencePostcode, Field::ResidenceAddress],
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::integrations::registries::{AddressQuery, InnQuery, Organisation};
    use serde_json::json;

    fn organisation() -> Query {
        Query::Inn(InnQuery {
            inn: "6124960452".into(),
            holder: Holder::Organisation(Organisation {
                name: "ООО «Почтовик»".into(),
                kpp: "612401001".into(),
                ogrn: "1176104961856".into(),
            }),
        })
    }

    #[test]
    fn questions_travel_as_documented() {
        let Query::Inn(query) = organisation() else { unreachable!() };
        assert_eq!(
            serde_json::to_value(query).unwrap(),
            json!({"inn": "6124960452", "organisation":
                {"name": "ООО «Почтовик»", "kpp": "612401001", "ogrn": "1176104961856"}})
        );
        let back: InnQuery = serde_json::from_value(json!({"inn": "616991917091", "person":
            {"last_name": "Белова", "first_name": "Пелагея", "birth_date": "1963-11-14"}}))
        .unwrap();
        assert!(matches!(back.holder, Holder::Person(p) if p.middle_name.is_none()));
    }

    #[test]
    fn replies_become_codes_and_form_fields() {
        let reply: Reply = serde_json::from_value(json!({"result": "differs",
            "reason": "data_differ", "fields": ["kpp", "capital"]}))
        .unwrap();
        assert_eq!(
            reply.into_answer(&organisation()),
            Answer::Differs { reason: Code::RegistryInnMismatch, fields: vec![Field::OrganisationKpp] }
        );
        let address = Query::Address(AddressQuery {
            of: AddressOf::Residence,
            postcode: "101000".into(),
            address: "г. Казань".into(),
        });
        let reply: Reply = serde_json::from_value(json!({"result": "differs", "reason": "data_differ"})).unwrap();
        assert_eq!(
            reply.into_answer(&address),
            Answer::Differs {
                reason: Code::RegistryAddressMismatch,
                fields: vec![Field::ResidencePostcode, Field::ResidenceAddress]
            }
        );
    }

    #[test]
    fn debug_tells_only_the_kind() {
        assert_eq!(format!("{:?}", organisation()), "Query(inn)");
    }
}
