//! What the registries' answers add up to (VAL-12, RSB-4).

use super::state::{Reason, names};
use crate::clock::{HOUR, Timestamp};
use crate::code::Code;
use crate::form::Field;
use serde::{Deserialize, Serialize};

/// A decision is promised within this many hours of submission (REG-12).
pub const PROMISE_HOURS: i64 = 48;

/// By when the answer comes: the promised end itself, or once that has passed the end of another such term, and so on.
pub fn promised(due: Timestamp, now: Timestamp) -> Timestamp {
    let term = PROMISE_HOURS * HOUR;
    let missed = (now.0 - due.0).max(0).div_euclid(term) + i64::from((now.0 - due.0).max(0) % term > 0);
    Timestamp(due.0 + missed * term)
}
/// Days a person has to answer a question about the application.
pub const CLARIFICATION_DAYS: i64 = 7;
/// What was typed and never reached the server stays so long on the device: a week, for who is on a bad line.
pub const DEVICE_DRAFT_DAYS: i64 = 7;

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
    /// The registry has no such record. No contradiction, for registers lag behind life; a person looks.
    Unknown {
        #[serde(default)]
        fields: Vec<Field>,
    },
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
            (Finding::Unknown { mut fields }, Finding::Unknown { fields: more }) => {
                fields.extend(more);
                Finding::Unknown { fields }
            }
            (Finding::Unknown { fields }, _) | (_, Finding::Unknown { fields }) => Finding::Unknown { fields },
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
    /// A clerk decides; the reasons say what to look at, and may be empty.
    Refer(Vec<Reason>),
}

names! {
    /// What the house decides by itself.
    Review {
        /// What all registries agree on or clearly contradict; the rest goes to a clerk.
        Automatic = "automatic",
        /// Nothing: every application goes through a clerk, with the findings as hints.
        Always = "always",
    }
}

/// What the house does with the findings.
pub fn decision(review: Review, findings: &[Finding]) -> Verdict {
    match (review, verdict(findings)) {
        (Review::Automatic, verdict) => verdict,
        (Review::Always, Verdict::Approve) => Verdict::Refer(Vec::new()),
        (Review::Always, Verdict::Ask(reasons) | Verdict::Reject(reasons) | Verdict::Refer(reasons)) => {
            Verdict::Refer(reasons)
        }
    }
}

/// Refuses only what no correction can mend: an invalid passport, a registration that exists already,
/// a restricted account. Any other difference is asked about, for a slip of the pen is the usual cause.
/// A record that is missing is for a person to look at, once everything else agrees.
/// Waiting for a registry is not decided here: the verdict needs every answer.
pub fn verdict(findings: &[Finding]) -> Verdict {
    let reasons: Vec<Reason> = findings
        .iter()
        .filter_map(|f| match f {
            Finding::Differs { code, fields } => Some(Reason { code: *code, fields: fields.clone() }),
            Finding::Agrees | Finding::Unknown { .. } => None,
        })
        .collect();
    let missing: Vec<Reason> = findings
        .iter()
        .filter_map(|f| match f {
            Finding::Unknown { fields } => Some(Reason { code: Code::RegistryNoRecord, fields: fields.clone() }),
            Finding::Agrees | Finding::Differs { .. } => None,
        })
        .collect();
    let fatal: Vec<Reason> = reasons.iter().filter(|r| is_fatal(r.code)).cloned().collect();
    match (fatal.is_empty(), reasons.is_empty()) {
        (false, _) => Verdict::Reject(fatal),
        (true, false) => Verdict::Ask(reasons),
        (true, true) if !missing.is_empty() => Verdict::Refer(missing),
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
    fn a_missing_record_is_for_a_person_unless_something_else_is_to_be_mended_first() {
        let unknown = Finding::Unknown { fields: vec![Field::Snils] };
        let missing = Reason::new(Code::RegistryNoRecord, &[Field::Snils]);
        assert_eq!(verdict(&[Finding::Agrees, unknown.clone()]), Verdict::Refer(vec![missing]));
        let both = verdict(&[unknown, differs(Code::RegistryInnMismatch, Field::Inn)]);
        assert_eq!(both, Verdict::Ask(vec![Reason::new(Code::RegistryInnMismatch, &[Field::Inn])]));
    }

    #[test]
    fn where_a_clerk_sees_everything_the_house_decides_nothing() {
        for findings in [
            vec![Finding::Agrees],
            vec![differs(Code::RegistryPassportInvalid, Field::PassportNumber)],
            vec![differs(Code::RegistrySnilsMismatch, Field::Snils)],
            vec![Finding::Unknown { fields: vec![Field::Inn] }],
        ] {
            assert!(matches!(decision(Review::Always, &findings), Verdict::Refer(_)), "{findings:?}");
            assert_eq!(decision(Review::Automatic, &findings), verdict(&findings));
        }
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
    fn what_was_kept_before_fields_were_is_read() {
        let kept: Option<Finding> = serde_json::from_str(r#"{"outcome":"unknown"}"#).ok();
        assert_eq!(kept, Some(Finding::Unknown { fields: Vec::new() }));
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
        let unknown = |field| Finding::Unknown { fields: vec![field] };
        assert_eq!(home.clone().and(unknown(Field::Snils)), home);
        assert_eq!(Finding::Agrees.and(unknown(Field::Snils)), unknown(Field::Snils));
        let two = Finding::Unknown { fields: vec![Field::Snils, Field::Inn] };
        assert_eq!(unknown(Field::Snils).and(unknown(Field::Inn)), two);
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
