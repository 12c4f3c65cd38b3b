//! Who runs the portal, as the consent has to name them (152-ФЗ, article 9).

use app::text::consent;
use clap::Args;
use domain::fields::{Email, Inn, Ogrn};
use serde::Deserialize;

/// The operator of personal data: `[operator]` of the file, or the environment.
#[derive(Debug, Clone, Default, Args, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Given {
    /// The operator of personal data: its full name, as the consent shows it
    #[arg(long = "operator-name", env = "OTDELENIE_OPERATOR_NAME")]
    name: Option<String>,
    /// The operator's ИНН, ten digits
    #[arg(long = "operator-inn", env = "OTDELENIE_OPERATOR_INN")]
    inn: Option<String>,
    /// The operator's ОГРН, thirteen digits
    #[arg(long = "operator-ogrn", env = "OTDELENIE_OPERATOR_OGRN")]
    ogrn: Option<String>,
    /// The operator's postal address
    #[arg(long = "operator-address", env = "OTDELENIE_OPERATOR_ADDRESS")]
    address: Option<String>,
    /// Where a consent is withdrawn by letter
    #[arg(long = "operator-email", env = "OTDELENIE_OPERATOR_EMAIL")]
    email: Option<String>,
}

/// An operator whose every line is there and right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Operator {
    pub name: String,
    pub inn: String,
    pub ogrn: String,
    pub address: String,
    pub email: String,
}

/// The line of the settings that is missing or wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum OperatorError {
    #[error(
        "settings have no operator {0}: without --demo the consent names whoever runs the portal ([operator] name, inn, ogrn, address, email)"
    )]
    Missing(&'static str),
    #[error("the operator's {0} cannot be right")]
    Wrong(&'static str),
}

impl Given {
    /// Each line of `self`, else of the file.
    pub(super) fn or(self, file: Given) -> Given {
        Given {
            name: self.name.or(file.name),
            inn: self.inn.or(file.inn),
            ogrn: self.ogrn.or(file.ogrn),
            address: self.address.or(file.address),
            email: self.email.or(file.email),
        }
    }

    /// The operator. A demonstration that names none has one of its own; naming half of one is a mistake anywhere.
    pub(super) fn settle(self, demo: bool) -> Result<Operator, OperatorError> {
        let all = [&self.name, &self.inn, &self.ogrn, &self.address, &self.email];
        if demo && all.iter().all(|line| line.is_none()) {
            return Ok(Operator::of(&consent::DEMO_OPERATOR));
        }
        let line = |given: Option<String>, name| {
            let text = given.map(|t| t.trim().to_owned()).filter(|t| !t.is_empty());
            text.ok_or(OperatorError::Missing(name))
        };
        let (inn, ogrn) = (line(self.inn, "inn")?, line(self.ogrn, "ogrn")?);
        let email = line(self.email, "email")?;
        Ok(Operator {
            name: line(self.name, "name")?,
            inn: Inn::parse_organisation(&inn).map_err(|_| OperatorError::Wrong("inn"))?.as_str().to_owned(),
            ogrn: Ogrn::parse(&ogrn).map_err(|_| OperatorError::Wrong("ogrn"))?.as_str().to_owned(),
            address: line(self.address, "address")?,
            email: Email::parse(&email).map_err(|_| OperatorError::Wrong("email"))?.as_str().to_owned(),
        })
    }
}

impl Operator {
    fn of(known: &consent::Operator) -> Operator {
        Operator {
            name: known.name.to_owned(),
            inn: known.inn.to_owned(),
            ogrn: known.ogrn.to_owned(),
            address: known.address.to_owned(),
            email: known.email.to_owned(),
        }
    }

    /// As the texts take it.
    pub fn named(&self) -> consent::Operator<'_> {
        consent::Operator {
            name: &self.name,
            inn: &self.inn,
            ogrn: &self.ogrn,
            address: &self.address,
            email: &self.email,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn given() -> Given {
        let text = r#"
            name = "ООО «Почтовик»"
            inn = "6124960452"
            ogrn = "1176104961856"
            address = "344000, г. Ростов-на-Дону, ул. Почтовая, д. 1"
            email = "consent@post.example.ru"
        "#;
        toml::from_str(text).expect("a section")
    }

    #[test]
    fn without_demo_every_line_is_needed() {
        assert_eq!(Given::default().settle(false), Err(OperatorError::Missing("inn")));
        for (name, given) in [
            ("name", Given { name: None, ..given() }),
            ("address", Given { address: Some("  ".into()), ..given() }),
            ("email", Given { email: None, ..given() }),
        ] {
            assert_eq!(given.clone().settle(false), Err(OperatorError::Missing(name)));
            assert_eq!(given.settle(true), Err(OperatorError::Missing(name)), "half an operator is a mistake");
        }
        assert_eq!(given().settle(false).map(|o| o.inn), Ok("6124960452".into()));
        let demo = Given::default().settle(true).expect("the demonstration's own");
        assert_eq!(demo.named(), consent::DEMO_OPERATOR);
    }

    #[test]
    fn a_slip_in_a_number_is_seen() {
        for (name, given) in [
            ("inn", Given { inn: Some("6124960453".into()), ..given() }),
            ("ogrn", Given { ogrn: Some("1176104961857".into()), ..given() }),
            ("email", Given { email: Some("consent@".into()), ..given() }),
        ] {
            assert_eq!(given.settle(false), Err(OperatorError::Wrong(name)));
        }
    }
}
