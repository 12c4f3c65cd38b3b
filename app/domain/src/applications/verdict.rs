//! What the registries' answers add up to (VAL-12, RSB-4).

use super::state::{Reason, names};
use crate::code::Code;
use crate::form::Field;
use serde::{Deserialize, Serialize};

/// A decision is promised within this many hours of submission (REG-12).
pub const PROMISE_HOURS: i64 = 48;
/// Days a person has to answer a question about the application.
pub const CLARIFICATION_DAYS: i64 = 7;

names! {
    /// Whom we ask. Named by what they hold (C1).
    Registry {
        Passport = "passport",
        Snils = "snils",
        Inn = "inn",
        Address = "address",
        Duplicates = "duplicates",
    }
}

/// One registry's answer about one application.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "outcome")]
pub enum Finding {
    Agrees,
    /// The registry knows otherwise: the person may correct or must be refused, by the code.
    Differs {
        code: Code,
        fields: Vec<Field>,
    },
    /// The registry has no such record. Registers lag behind life, so this stops nothing; it is kept for whoever
    /// looks at the application later.
    Unknown,
}

impl Finding {
    /// What several answers of one registry say together: every difference, else what it does not know, else agreement.
    /// The code of the first difference stands for all, for one registry has one way to mend its differences.
    pub fn and(self, other: Finding) -> Finding {
        match (self, other) {
            (Finding::Differs { code, mut fields }, Finding::Differs { fields: more, .. }) => {
                fields.extend(more);
                Finding::Differs { code, fields }
            }
            (Finding::Differs { code, fields }, _) | (_, Finding::Differs { code, fields }) => {
                Finding::Differs { code, fields }
            }
            (Finding::Unknown, _) | (_, Finding::Unknown) => Finding::Unknown,
            (Finding::Agrees, Finding::Agrees) => Finding::Agrees,
        }
    }
}

/// The decision the findings lead to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    Approve,
    Ask(Vec<Reason>),
    Reject(Vec<Reason>),
}

/// Refuses only what no correction can mend: an invalid passport, a registration that exists already,
/// a restricted account. Any other difference is asked about, for a slip of the pen is the usual cause.
/// Waiting for a registry is not decided here: the verdict needs every answer.
pub fn verdict(findings: &[Finding]) -> Verdict {
    let reasons: Vec<Reason> = findings
        .iter()
        .filter_map(|f| match f {
            Finding::Agrees | Finding::Unknown => None,
            Finding::Differs { code, fields } => Some(Reason { code: *code, fields: fields.clone() }),
        })
        .collect();
    let fatal: Vec<Reason> = reasons.iter().filter(|r| is_fatal(r.code)).cloned().collect();
    match (fatal.is_empty(), reasons.is_empty()) {
        (false, _) => Verdict::Reject(fatal),
        (true, false) => Verdict::Ask(reasons),
        (true, true) => Verdict::Approve,
    }
}

const fn is_fatal(code: Code) -> bool {
    matches!(code, Code::RegistryPassportInvalid | Code::DuplicateRegistration | Code::AccountRestricted)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn differs(code: Code, field: Field) -> Finding {
        Finding::Differs { code, fields: vec![field] }
    }

    #[test]
    fn all_agree_and_it_is_approved() {
        assert_eq!(verdict(&[Finding::Agrees, Finding::Agrees]), Verdict::Approve);
    }

    #[test]
    fn every_difference_is_named_at_once() {
        let asked = verdict(&[
            differs(Code::RegistrySnilsMismatch, Field::Snils),
            Finding::Agrees,
            differs(Code::RegistryInnMismatch, Field::Inn),
        ]);
        let Verdict::Ask(reasons) = asked else { panic!("asked, not {asked:?}") };
        assert_eq!(reasons.len(), 2);
    }

    #[test]
    fn no_record_stops_nothing() {
        assert_eq!(verdict(&[Finding::Agrees, Finding::Unknown]), Verdict::Approve);
        let kept = serde_json::to_string(&Finding::Unknown).expect("text");
        assert_eq!(
            (kept.as_str(), serde_json::from_str(&kept).ok()),
            (r#"{"outcome":"unknown"}"#, Some(Finding::Unknown))
        );
    }

    #[test]
    fn several_answers_of_one_registry_name_every_difference() {
        let [home, stay] = [Field::RegistrationPostcode, Field::ResidenceAddress]
            .map(|field| differs(Code::RegistryAddressMismatch, field));
        let both = Finding::Differs {
            code: Code::RegistryAddressMismatch,
            fields: vec![Field::RegistrationPostcode, Field::ResidenceAddress],
        };
        assert_eq!(home.clone().and(stay), both);
        assert_eq!(Finding::Agrees.and(home.clone()), home);
        assert_eq!(home.clone().and(Finding::Unknown), home);
        assert_eq!(Finding::Agrees.and(Finding::Unknown), Finding::Unknown);
        assert_eq!(Finding::Agrees.and(Finding::Agrees), Finding::Agrees);
    }

    #[test]
    fn what_cannot_be_mended_is_refused_and_says_only_that() {
        let refused = verdict(&[
            differs(Code::RegistrySnilsMismatch, Field::Snils),
            differs(Code::RegistryPassportInvalid, Field::PassportNumber),
        ]);
        assert_eq!(
            refused,
            Verdict::Reject(vec![Reason::new(Code::RegistryPassportInvalid, &[Field::PassportNumber])])
        );
    }
}
