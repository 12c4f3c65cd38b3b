//! What a clerk decides about an application, and where the state machine goes by it.

use super::catalogue::usable;
use crate::applications::{InReview, Reason, State, names};
use crate::clock::Timestamp;
use crate::code::Code;
use crate::form::Field;
use serde::{Deserialize, Serialize};

/// The longest text to a citizen, in characters.
const LONGEST_TEXT: usize = 1000;
/// The shortest text that can explain anything.
const SHORTEST_TEXT: usize = 10;
/// Days a clerk may give for an answer.
const DAYS: core::ops::RangeInclusive<i64> = 1..=30;

names! {
    ActKind {
        Approve = "approve",
        Ask = "ask",
        Refuse = "refuse",
    }
}

names! {
    /// A document that can be asked for (REG-6, MBX-2, DOC-1).
    Document {
        Passport = "passport",
        AddressProof = "address_proof",
        Snils = "snils",
        Inn = "inn",
        PowerOfAttorney = "power_of_attorney",
        Charter = "charter",
    }
}

/// What is asked of the citizen.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ask {
    pub reason: Code,
    /// Only these open again for their author.
    pub fields: Vec<Field>,
    pub documents: Vec<Document>,
    /// In the clerk's words, as the citizen reads them.
    pub text: String,
    /// Days to answer.
    pub days: i64,
}

/// Why it is refused.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refusal {
    pub reasons: Vec<Reason>,
    pub text: String,
}

#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "act")]
pub enum Act {
    Approve,
    Ask(Ask),
    Refuse(Refusal),
}

/// A clerk's text may name a person.
impl core::fmt::Debug for Act {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(self.kind().name())
    }
}

/// Where an act leads: every state on the way, in order, so that each gets its row of the history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decided {
    pub passed: Vec<State>,
    pub end: State,
}

impl Act {
    pub fn kind(&self) -> ActKind {
        match self {
            Act::Approve => ActKind::Approve,
            Act::Ask(_) => ActKind::Ask,
            Act::Refuse(_) => ActKind::Refuse,
        }
    }

    /// The clerk's words to the citizen.
    pub fn text(&self) -> &str {
        match self {
            Act::Approve => "",
            Act::Ask(ask) => ask.text.trim(),
            Act::Refuse(refusal) => refusal.text.trim(),
        }
    }

    pub fn documents(&self) -> &[Document] {
        match self {
            Act::Ask(ask) => &ask.documents,
            Act::Approve | Act::Refuse(_) => &[],
        }
    }

    /// What is wrong with the act by itself.
    ///
    /// # Errors
    /// `ActTextMissing`, `TooLong`, `NothingAsked`, `DeadlineOutOfRange`, `ReasonNotInCatalogue`.
    pub fn check(&self) -> Result<(), Code> {
        let kind = self.kind();
        let text = self.text().chars().count();
        if kind != ActKind::Approve && text < SHORTEST_TEXT {
            return Err(Code::ActTextMissing);
        }
        if text > LONGEST_TEXT {
            return Err(Code::TooLong);
        }
        match self {
            Act::Approve => Ok(()),
            Act::Ask(ask) if ask.fields.is_empty() && ask.documents.is_empty() => Err(Code::NothingAsked),
            Act::Ask(ask) if !DAYS.contains(&ask.days) => Err(Code::DeadlineOutOfRange),
            Act::Ask(ask) if !usable(ask.reason, kind) => Err(Code::ReasonNotInCatalogue),
            Act::Ask(_) => Ok(()),
            Act::Refuse(r) if r.reasons.is_empty() || r.reasons.iter().any(|r| !usable(r.code, kind)) => {
                Err(Code::ReasonNotInCatalogue)
            }
            Act::Refuse(_) => Ok(()),
        }
    }

    /// Moves an application in review. Stages are passed, never chosen: an approval goes on through
    /// «согласование» to «выдача». What names documents only waits for documents (C4).
    ///
    /// # Errors
    /// Those of [`Act::check`]; `IllegalMove` where the state machine has no such way.
    pub fn decide(&self, file: InReview, now: Timestamp) -> Result<Decided, Code> {
        self.check()?;
        let mut passed = Vec::new();
        let end = match self {
            Act::Approve => {
                let mut file = file;
                while let Ok(next) = file.clone().advance() {
                    passed.push(State::from(next.clone()));
                    file = next;
                }
                file.approve()?.into()
            }
            Act::Ask(ask) => {
                let reasons = vec![Reason { code: ask.reason, fields: ask.fields.clone() }];
                let until = now.plus_days(ask.days);
                match ask.fields.is_empty() {
                    true => file.await_document(reasons, until).into(),
                    false => file.ask(reasons, until).into(),
                }
            }
            Act::Refuse(refusal) => file.reject(refusal.reasons.clone()).into(),
        };
        Ok(Decided { passed, end })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::applications::{Draft, Stage, Status};

    const NOON: Timestamp = Timestamp(1_795_338_000_000);

    fn ask(fields: &[Field], documents: &[Document]) -> Ask {
        Ask {
            reason: Code::DataUnclear,
            fields: fields.to_vec(),
            documents: documents.to_vec(),
            text: "Сверьте номер с карточкой.".into(),
            days: 7,
        }
    }

    #[test]
    fn an_approval_passes_every_stage_that_is_left() {
        let decided = Act::Approve.decide(Draft.submit().advance().unwrap(), NOON).unwrap();
        let stages: Vec<_> = decided.passed.iter().filter_map(State::stage).collect();
        assert_eq!(stages, [Stage::Agreement]);
        assert_eq!(decided.end.status(), Some(Status::Approved));
    }

    #[test]
    fn fields_ask_for_clarification_and_documents_alone_for_confirmation() {
        let file = || Draft.submit().advance().unwrap();
        let fields = Act::Ask(ask(&[Field::Snils], &[Document::Snils])).decide(file(), NOON).unwrap().end;
        assert_eq!(fields.status(), Some(Status::NeedsClarification));
        assert_eq!(fields.until(), Some(NOON.plus_days(7)));
        assert_eq!(fields.reasons(), [Reason::new(Code::DataUnclear, &[Field::Snils])]);
        let documents = Act::Ask(ask(&[], &[Document::AddressProof])).decide(file(), NOON).unwrap().end;
        assert_eq!(documents.status(), Some(Status::AwaitingConfirmation));
    }

    #[test]
    fn an_act_says_what_the_citizen_has_to_know() {
        let empty = Act::Ask(Ask { text: "  ".into(), ..ask(&[Field::Snils], &[]) });
        assert_eq!(empty.check(), Err(Code::ActTextMissing));
        assert_eq!(Act::Ask(ask(&[], &[])).check(), Err(Code::NothingAsked));
        let late = Act::Ask(Ask { days: 31, ..ask(&[Field::Snils], &[]) });
        assert_eq!(late.check(), Err(Code::DeadlineOutOfRange));
        let invented = Act::Ask(Ask { reason: Code::Internal, ..ask(&[Field::Snils], &[]) });
        assert_eq!(invented.check(), Err(Code::ReasonNotInCatalogue));
        let refusal = |reasons: &[Code]| {
            let reasons = reasons.iter().map(|c| Reason::new(*c, &[])).collect();
            Act::Refuse(Refusal { reasons, text: "Паспорт недействителен.".into() })
        };
        assert_eq!(refusal(&[]).check(), Err(Code::ReasonNotInCatalogue));
        assert_eq!(refusal(&[Code::TechnicalFailure]).check(), Err(Code::ReasonNotInCatalogue));
        assert_eq!(refusal(&[Code::RegistryPassportInvalid]).check(), Ok(()));
        let long = Act::Refuse(Refusal { text: "а".repeat(1001), reasons: vec![] });
        assert_eq!(long.check(), Err(Code::TooLong));
        assert_eq!(format!("{:?}", refusal(&[])), "refuse");
    }
}
