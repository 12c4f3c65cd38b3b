//! The state registries and the address base, asked after a person has sent an application
//! (VAL-4, VAL-8, VAL-12, REG-9). Named by what they hold (decision C1).

pub mod gateway;
pub mod wire;

use domain::{Code, Field};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::time::Duration;

/// Someone who answers our questions about a person.
#[async_trait::async_trait]
pub trait Registry: Send + Sync {
    /// Asks one question. An error says nothing about the person: ask again later.
    async fn ask(&self, query: &Query) -> Result<Answer, RegistryError>;

    /// Which registries are being asked freely now; `false` = failing, calls are held back.
    fn health(&self) -> [(RegistryKind, bool); 4];
}

/// Which register is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RegistryKind {
    Passport,
    Snils,
    Inn,
    Address,
}

impl RegistryKind {
    pub const ALL: [RegistryKind; 4] =
        [RegistryKind::Passport, RegistryKind::Snils, RegistryKind::Inn, RegistryKind::Address];

    /// The name in paths, metrics and logs.
    pub const fn id(self) -> &'static str {
        match self {
            RegistryKind::Passport => "passport",
            RegistryKind::Snils => "snils",
            RegistryKind::Inn => "inn",
            RegistryKind::Address => "address",
        }
    }
}

/// Whom a document belongs to, as the passport spells it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    pub last_name: String,
    pub first_name: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub middle_name: Option<String>,
    /// ISO 8601, `1990-05-15`.
    pub birth_date: String,
}

#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PassportQuery {
    /// Four digits.
    pub series: String,
    /// Six digits.
    pub number: String,
    /// ISO 8601.
    pub issue_date: String,
    /// `NNN-NNN`.
    pub department_code: String,
    pub person: Person,
}

#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SnilsQuery {
    /// Eleven digits.
    pub snils: String,
    pub person: Person,
}

#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InnQuery {
    /// Twelve digits of a person, ten of an organisation.
    pub inn: String,
    #[serde(flatten)]
    pub holder: Holder,
}

#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Holder {
    Person(Person),
    Organisation(Organisation),
}

#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Organisation {
    pub name: String,
    /// Nine digits.
    pub kpp: String,
    /// Thirteen digits.
    pub ogrn: String,
}

#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AddressQuery {
    pub of: AddressOf,
    /// Six digits.
    pub postcode: String,
    pub address: String,
}

/// Which of a person's two addresses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AddressOf {
    Registration,
    Residence,
}

/// One question. All values are in their stored form: digits only, ISO dates, names as given.
#[derive(Clone, PartialEq, Eq)]
pub enum Query {
    Passport(PassportQuery),
    Snils(SnilsQuery),
    Inn(InnQuery),
    Address(AddressQuery),
}

impl Query {
    pub const fn registry(&self) -> RegistryKind {
        match self {
            Query::Passport(_) => RegistryKind::Passport,
            Query::Snils(_) => RegistryKind::Snils,
            Query::Inn(_) => RegistryKind::Inn,
            Query::Address(_) => RegistryKind::Address,
        }
    }
}

/// A question is all personal data: only its kind may be printed.
impl fmt::Debug for Query {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Query({})", self.registry().id())
    }
}

/// What a registry said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// The register holds the same.
    Agrees,
    /// The register holds something else: why, and which fields of ours it concerns (never empty).
    Differs { reason: Code, fields: Vec<Field> },
    /// The register has no such record. Not a contradiction: for a person to look at.
    Unknown,
}

/// Why there is no answer. Neither is the citizen's fault, so neither may refuse anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RegistryError {
    #[error("the registry is down, ask again in {} s", retry_after.as_secs())]
    Down { retry_after: Duration },
    /// It answered something we cannot read: the two sides disagree about the format.
    #[error("the registry's answer cannot be read")]
    BadAnswer,
}
