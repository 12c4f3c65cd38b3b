//! When documents may be added and removed (DOC-3).

use super::Kind;
use crate::applications::State;
use crate::clock::Timestamp;
use crate::code::Code;
use crate::staff::Document;

/// While the application is open, and before its deadline where it has one.
pub fn may_add(state: &State, now: Timestamp) -> Result<(), Code> {
    match state {
        State::Draft(_) | State::InReview(_) => Ok(()),
        State::NeedsClarification(s) if now <= s.until => Ok(()),
        State::AwaitingConfirmation(s) if now <= s.until => Ok(()),
        _ => Err(Code::DocumentsClosed),
    }
}

/// Freely in a draft. Afterwards what was sent stays, for a clerk may be looking at it; only what was added since
/// the last sending may go, and only while the author is asked.
pub fn may_remove(state: &State, added: Timestamp, sent: Option<Timestamp>, now: Timestamp) -> Result<(), Code> {
    let open = match state {
        State::Draft(_) => return Ok(()),
        State::NeedsClarification(s) => now <= s.until,
        State::AwaitingConfirmation(s) => now <= s.until,
        _ => false,
    };
    if open && sent.is_none_or(|sent| added > sent) { Ok(()) } else { Err(Code::DocumentStays) }
}

/// What a clerk named and has not been sent since: whoever names a document wants a new one, whatever lies there already.
/// `sent`: kinds and moments of what is there.
pub fn unanswered(named: &[Document], sent: &[(Kind, Timestamp)], asked: Timestamp) -> Vec<Kind> {
    let came = |kind: Kind| sent.iter().any(|(k, at)| *k == kind && *at >= asked);
    let mut absent: Vec<Kind> = named.iter().map(|d| Kind::of(*d)).filter(|k| !came(*k)).collect();
    absent.sort_unstable();
    absent.dedup();
    absent
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::applications::{Draft, Reason};

    const NOW: Timestamp = Timestamp(1_000_000);

    fn asked(until: Timestamp) -> [State; 2] {
        let why = || vec![Reason::new(Code::AddressProofNeeded, &[])];
        [Draft.submit().ask(why(), until).into(), Draft.submit().await_document(why(), until).into()]
    }

    #[test]
    fn documents_come_while_the_application_is_open() {
        assert_eq!(may_add(&Draft.into(), NOW), Ok(()));
        assert_eq!(may_add(&Draft.submit().into(), NOW), Ok(()));
        for state in asked(NOW) {
            assert_eq!(may_add(&state, NOW), Ok(()));
            assert_eq!(may_add(&state, NOW.plus_seconds(1)), Err(Code::DocumentsClosed), "after the deadline");
        }
        for closed in [State::from(Draft.submit().withdraw()), Draft.submit().reject(Vec::new()).into()] {
            assert_eq!(may_add(&closed, NOW), Err(Code::DocumentsClosed));
        }
    }

    #[test]
    fn what_a_clerk_named_is_answered_only_by_what_came_since() {
        let asked = NOW;
        let old = [(Kind::Snils, NOW.plus_hours(-1)), (Kind::Passport, NOW.plus_hours(1))];
        let named = [Document::Snils, Document::Charter, Document::PowerOfAttorney];
        assert_eq!(unanswered(&named, &old, asked), [Kind::Snils, Kind::Other]);
        let answered = [(Kind::Snils, NOW.plus_hours(1)), (Kind::Other, NOW.plus_hours(2))];
        assert_eq!(unanswered(&named, &answered, asked), []);
        assert_eq!(unanswered(&[], &[], asked), []);
    }

    #[test]
    fn what_was_sent_stays() {
        let (before, after) = (NOW.plus_hours(-2), NOW.plus_hours(-1));
        let sent = Some(NOW.plus_minutes(-90));
        assert_eq!(may_remove(&Draft.into(), before, None, NOW), Ok(()));
        assert_eq!(may_remove(&Draft.submit().into(), after, sent, NOW), Err(Code::DocumentStays));
        for state in asked(NOW) {
            assert_eq!(may_remove(&state, before, sent, NOW), Err(Code::DocumentStays));
            assert_eq!(may_remove(&state, after, sent, NOW), Ok(()));
            assert_eq!(may_remove(&state, after, sent, NOW.plus_days(1)), Err(Code::DocumentStays));
        }
    }
}
