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
            Finding::Agrees => None,
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
