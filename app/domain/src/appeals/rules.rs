//! Who may appeal, until when, in which words; and who may not judge it.

use crate::clock::Timestamp;
use crate::code::Code;

/// Days from a refusal in which it may be appealed. The answers of a refused application are kept for 29 days, and the
/// evidence has to be weighed against them.
pub const FILING_DAYS: i64 = 20;
/// Days in which an appeal is decided unless the operator promises fewer or more. Pre-trial complaints about services
/// of the state have 15 working days (210-ФЗ, article 11.2, part 6); ten calendar days always lie within them.
pub const TERM_DAYS: i64 = 10;
/// Hours before the end of its term from which an appeal comes before everything else at the desk.
pub const URGENT_HOURS: i64 = 48;
/// Days of the new date when a term was missed. Twice over it still lies within the fifteen working days.
pub const EXTENSION_DAYS: i64 = 3;
/// Characters of the grounds: enough to say something, no more than a page.
pub const GROUNDS_LENGTH: core::ops::RangeInclusive<usize> = 20..=3000;

/// A refusal that stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    pub at: Timestamp,
    /// Id of the member of staff; `None`: the house refused by itself.
    pub by: Option<String>,
}

impl Refused {
    /// The last moment of an appeal.
    pub fn until(&self) -> Timestamp {
        self.at.plus_days(FILING_DAYS)
    }
}

/// Whether an appeal comes before everything else: its term is near, or over.
pub fn is_urgent(due: Timestamp, now: Timestamp) -> bool {
    due <= now.plus_hours(URGENT_HOURS)
}

/// When the desk is reminded of a term that was set now: [`URGENT_HOURS`] before its end, or halfway to a nearer one.
pub fn remind_at(now: Timestamp, due: Timestamp) -> Timestamp {
    Timestamp((now.0 + (due.0 - now.0) / 2).max(due.plus_hours(-URGENT_HOURS).0))
}

/// The date that replaces a term which has passed: one that can still be kept, whenever it was noticed.
pub fn new_term(due: Timestamp, now: Timestamp) -> Timestamp {
    due.max(now).plus_days(EXTENSION_DAYS)
}

/// Grounds as they are kept: without spaces around, line ends as they are.
///
/// # Errors
/// `Empty`, `AppealGroundsShort`, `TooLong`.
pub fn grounds(input: &str) -> Result<String, Code> {
    let text: String = input.replace("\r\n", "\n").trim().to_owned();
    // Marks and pictures say nothing: half of the least length has to be letters and figures. Those people here write
    // with: the tables of all others would weigh 2 KB in the early rules.
    let says = |c: &char| matches!(c, '0'..='9' | 'A'..='Z' | 'a'..='z' | '\u{400}'..='\u{4ff}');
    let said = text.chars().filter(says).count();
    match text.chars().count() {
        0 => Err(Code::Empty),
        n if n < *GROUNDS_LENGTH.start() || said < *GROUNDS_LENGTH.start() / 2 => Err(Code::AppealGroundsShort),
        n if n > *GROUNDS_LENGTH.end() => Err(Code::TooLong),
        _ => Ok(text),
    }
}

/// Whether the refusal may still be appealed.
///
/// # Errors
/// `AppealLate`.
pub fn may_file(refused: &Refused, now: Timestamp) -> Result<(), Code> {
    if now <= refused.until() { Ok(()) } else { Err(Code::AppealLate) }
}

/// Nobody judges their own refusal. What the house refused by itself any clerk may judge.
///
/// # Errors
/// `OwnRefusal`.
pub fn may_decide(refused_by: Option<&str>, clerk: &str) -> Result<(), Code> {
    if refused_by == Some(clerk) { Err(Code::OwnRefusal) } else { Ok(()) }
}

/// Evidence may be taken back until the appeal is sent; what lay there at the refusal stays.
///
/// # Errors
/// `DocumentStays`.
pub fn may_remove_evidence(refused: &Refused, added: Timestamp, sent: bool) -> Result<(), Code> {
    if !sent && added > refused.at { Ok(()) } else { Err(Code::DocumentStays) }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOON: Timestamp = Timestamp(1_795_338_000_000);

    fn refused(by: Option<&str>) -> Refused {
        Refused { at: NOON, by: by.map(str::to_owned) }
    }

    #[test]
    fn a_refusal_is_appealed_within_its_days() {
        let refused = refused(None);
        assert_eq!(may_file(&refused, NOON.plus_days(FILING_DAYS)), Ok(()));
        assert_eq!(may_file(&refused, NOON.plus_days(FILING_DAYS).plus_seconds(1)), Err(Code::AppealLate));
    }

    #[test]
    fn nobody_judges_their_own_refusal() {
        assert_eq!(may_decide(Some("anna"), "anna"), Err(Code::OwnRefusal));
        assert_eq!(may_decide(Some("anna"), "boris"), Ok(()));
        assert_eq!(may_decide(None, "anna"), Ok(()));
    }

    #[test]
    fn a_term_comes_near_and_is_replaced_by_one_that_can_be_kept() {
        let due = NOON.plus_days(TERM_DAYS);
        assert_eq!(remind_at(NOON, due), NOON.plus_days(8));
        assert_eq!(remind_at(NOON, NOON.plus_days(1)), NOON.plus_hours(12), "a short term");
        assert!(is_urgent(due, NOON.plus_days(8)) && is_urgent(due, due.plus_days(1)));
        assert!(!is_urgent(due, NOON.plus_days(8).plus_seconds(-1)));
        assert_eq!(new_term(due, due.plus_seconds(1)), due.plus_seconds(1).plus_days(EXTENSION_DAYS));
        assert_eq!(new_term(due, due.plus_days(30)), due.plus_days(30 + EXTENSION_DAYS), "after a long outage");
    }

    #[test]
    fn grounds_say_something_and_not_too_much() {
        assert_eq!(grounds(" \n "), Err(Code::Empty));
        assert_eq!(grounds("не согласен"), Err(Code::AppealGroundsShort));
        assert_eq!(grounds(&"😡".repeat(30)), Err(Code::AppealGroundsShort));
        assert_eq!(grounds(&"я".repeat(3001)), Err(Code::TooLong));
        let said = grounds("  Паспорт действует:\r\nменяли регистр сами.  ");
        assert_eq!(said.as_deref(), Ok("Паспорт действует:\nменяли регистр сами."));
    }

    #[test]
    fn evidence_can_be_taken_back_until_it_is_sent() {
        let refused = refused(None);
        assert_eq!(may_remove_evidence(&refused, NOON.plus_seconds(1), false), Ok(()));
        assert_eq!(may_remove_evidence(&refused, NOON.plus_seconds(1), true), Err(Code::DocumentStays));
        assert_eq!(may_remove_evidence(&refused, NOON, false), Err(Code::DocumentStays));
    }
}
