//! How far a grant reaches: everywhere, one region, one office.

use crate::fields::Postcode;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Where a file belongs. Two digits of the region («77») and the six of the office; either may be unknown.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    pub region: Option<String>,
    pub office_index: Option<String>,
}

/// A reach. Stored as `everywhere`, `region:77`, `office:101000`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scope {
    Everywhere,
    /// Two digits, as in `regions.tsv`.
    Region(String),
    Office(String),
}

impl Scope {
    pub fn name(&self) -> String {
        match self {
            Scope::Everywhere => "everywhere".to_owned(),
            Scope::Region(code) => format!("region:{code}"),
            Scope::Office(index) => format!("office:{index}"),
        }
    }

    pub fn from_name(name: &str) -> Option<Scope> {
        if name == "everywhere" {
            return Some(Scope::Everywhere);
        }
        match name.split_once(':')? {
            ("region", code) => {
                (code.len() == 2 && code.bytes().all(|b| b.is_ascii_digit())).then(|| Scope::Region(code.to_owned()))
            }
            ("office", index) => Postcode::parse(index).ok().map(|index| Scope::Office(index.as_str().to_owned())),
            _ => None,
        }
    }

    /// A file whose place is not known lies in no region: only who works everywhere sees it.
    pub fn covers(&self, place: &Place) -> bool {
        match self {
            Scope::Everywhere => true,
            Scope::Region(code) => place.region.as_ref() == Some(code),
            Scope::Office(index) => place.office_index.as_ref() == Some(index),
        }
    }
}

impl Serialize for Scope {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.name())
    }
}

impl<'de> Deserialize<'de> for Scope {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Scope::from_name(&String::deserialize(deserializer)?).ok_or_else(|| serde::de::Error::custom("not a scope"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scope_is_read_back_as_it_was_written() {
        for scope in [Scope::Everywhere, Scope::Region("54".into()), Scope::Office("630099".into())] {
            assert_eq!(Scope::from_name(&scope.name()), Some(scope));
        }
        for odd in ["", "region:", "region:7", "region:777", "office:63", "office:абвгде", "planet:1", "everywhere:1"]
        {
            assert_eq!(Scope::from_name(odd), None, "{odd}");
        }
    }

    #[test]
    fn a_file_without_a_place_is_seen_only_by_who_works_everywhere() {
        let nowhere = Place::default();
        let novosibirsk = Place { region: Some("54".into()), office_index: Some("630099".into()) };
        assert!(Scope::Everywhere.covers(&nowhere) && Scope::Everywhere.covers(&novosibirsk));
        assert!(Scope::Region("54".into()).covers(&novosibirsk) && !Scope::Region("77".into()).covers(&novosibirsk));
        assert!(Scope::Office("630099".into()).covers(&novosibirsk));
        assert!(!Scope::Region("54".into()).covers(&nowhere) && !Scope::Office("630099".into()).covers(&nowhere));
    }
}
