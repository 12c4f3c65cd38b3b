//! Logins that stand out. Each rule first asks for the second half of the login, on a trusted device too; past its further
//! line nobody is let in for a time but from a device the account knows. The table is in `docs/security.md`.

use crate::applications::names;
use crate::clock::{DAY, HOUR};
use serde::{Deserialize, Serialize};

names! {
    /// What stands out.
    Rule {
        /// Two places within a time no journey allows.
        Travel = "travel",
        /// Many names tried from one address.
        ManyAccounts = "many_accounts",
        /// One name tried from many addresses.
        ManyAddresses = "many_addresses",
    }
}

/// What follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    Calm,
    /// The second half of the login is asked for, trusted device or not.
    StepUp(Rule),
    /// Nobody new is let in before this moment.
    Pause(Rule, i64),
}

/// How many different ones within a time are let be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Line {
    pub rule: Rule,
    pub window_ms: i64,
    /// From so many on the second half is asked for…
    pub step_up: usize,
    /// …and from so many on nobody new is let in.
    pub pause: usize,
}

/// A family or an office shares an address; whoever sprays passwords needs many names.
pub const MANY_ACCOUNTS: Line = Line { rule: Rule::ManyAccounts, window_ms: HOUR, step_up: 10, pause: 50 };
/// A telephone on a journey changes its address now and then; whoever hides behind borrowed ones does so all the time.
pub const MANY_ADDRESSES: Line = Line { rule: Rule::ManyAddresses, window_ms: HOUR, step_up: 5, pause: 20 };

/// Faster than any airliner from door to door.
pub const SPEED_KM_H: i64 = 1000;
/// Places this near each other say nothing: borders are crossed on foot, and tables of addresses err near them.
pub const NEAR_KM: i64 = 500;
/// Impossible journeys within a day after which logins pause, until the way is possible.
pub const JOURNEYS: usize = 3;

impl Line {
    /// `seen`: when each of the different ones was seen last, the newest first, this one included.
    pub fn judge(&self, seen: &[i64], now_ms: i64) -> Verdict {
        let fresh = seen.iter().take_while(|at| **at > now_ms - self.window_ms).count();
        match seen.get(self.pause - 1) {
            // So many are left of the window when the one on the line leaves it.
            Some(at) if fresh >= self.pause => Verdict::Pause(self.rule, at + self.window_ms),
            _ if fresh >= self.step_up => Verdict::StepUp(self.rule),
            _ => Verdict::Calm,
        }
    }
}

/// Where an account was, and until when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stay<'a> {
    /// Two letters of the country.
    pub place: &'a str,
    pub from_ms: i64,
    /// The last sign of it there.
    pub until_ms: i64,
}

/// Whether nobody makes this way in this time.
pub fn impossible(kilometres: i64, elapsed_ms: i64) -> bool {
    kilometres > NEAR_KM && kilometres.saturating_mul(HOUR) > SPEED_KM_H.saturating_mul(elapsed_ms.max(0))
}

/// A login here and now after stays elsewhere, the oldest first. `distance`: at least so many kilometres lie between two
/// places; `None` when one of them is unknown.
pub fn travel(stays: &[Stay<'_>], here: &str, now_ms: i64, distance: impl Fn(&str, &str) -> Option<i64>) -> Verdict {
    let today: Vec<&Stay<'_>> = stays.iter().filter(|s| s.until_ms > now_ms - DAY).collect();
    // When the way is possible, if it is not yet.
    let early = |from: &Stay<'_>, to: &str, at_ms: i64| {
        let km = distance(from.place, to).filter(|km| impossible(*km, at_ms - from.until_ms))?;
        Some(from.until_ms + km.saturating_mul(HOUR) / SPEED_KM_H)
    };
    let past = today.windows(2).filter(|pair| early(pair[0], pair[1].place, pair[1].from_ms).is_some()).count();
    // Any place of today that is too far: whoever has two devices is in one place only.
    match today.iter().filter_map(|stay| early(stay, here, now_ms)).max() {
        Some(until_ms) if past + 1 >= JOURNEYS => Verdict::Pause(Rule::Travel, until_ms),
        Some(_) => Verdict::StepUp(Rule::Travel),
        None => Verdict::Calm,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::MINUTE;

    const NOON: i64 = 1_795_338_000_000;

    fn km(a: &str, b: &str) -> Option<i64> {
        match (a, b) {
            _ if a == b => Some(0),
            ("RU", "JP") | ("JP", "RU") => Some(800),
            ("RU", "EE") | ("EE", "RU") => Some(150),
            ("RU", "BR") | ("BR", "RU") => Some(9000),
            _ => None,
        }
    }

    fn stay(place: &'static str, from: i64, until: i64) -> Stay<'static> {
        Stay { place, from_ms: NOON + from, until_ms: NOON + until }
    }

    #[test]
    fn nobody_is_in_moscow_and_in_rio_within_an_hour() {
        let moscow = [stay("RU", -2 * HOUR, -HOUR)];
        assert_eq!(travel(&moscow, "BR", NOON, km), Verdict::StepUp(Rule::Travel));
        assert_eq!(travel(&moscow, "BR", NOON + 8 * HOUR, km), Verdict::Calm, "a flight takes so long");
        assert_eq!(travel(&moscow, "EE", NOON, km), Verdict::Calm, "over the border on foot");
        assert_eq!(travel(&moscow, "RU", NOON, km), Verdict::Calm);
        assert_eq!(travel(&moscow, "XX", NOON, km), Verdict::Calm, "nothing is known of it");
        assert_eq!(travel(&[], "BR", NOON, km), Verdict::Calm);
        assert!(impossible(1001, HOUR) && !impossible(1000, HOUR) && !impossible(NEAR_KM, 0));
    }

    #[test]
    fn a_day_of_impossible_journeys_pauses_logins() {
        let stays =
            [stay("RU", -5 * HOUR, -5 * HOUR), stay("BR", -4 * HOUR, -4 * HOUR), stay("RU", -3 * HOUR, -3 * HOUR)];
        // Nine thousand kilometres from where they were three hours ago.
        assert_eq!(travel(&stays, "BR", NOON, km), Verdict::Pause(Rule::Travel, NOON + 6 * HOUR));
        assert_eq!(travel(&stays, "BR", NOON + 6 * HOUR, km), Verdict::Calm);
        assert_eq!(travel(&stays[1..], "BR", NOON, km), Verdict::StepUp(Rule::Travel));
        assert_eq!(travel(&stays, "BR", NOON + DAY, km), Verdict::Calm, "yesterday's are forgotten");
    }

    #[test]
    fn many_different_ones_are_asked_and_more_are_paused() {
        let seen = |n: i64| (0..n).map(|i| NOON - i * MINUTE / 2).collect::<Vec<_>>();
        for line in [MANY_ACCOUNTS, MANY_ADDRESSES] {
            let (step_up, pause) = (line.step_up as i64, line.pause as i64);
            assert_eq!(line.judge(&seen(step_up - 1), NOON), Verdict::Calm);
            assert_eq!(line.judge(&seen(step_up), NOON), Verdict::StepUp(line.rule));
            assert_eq!(line.judge(&seen(pause - 1), NOON), Verdict::StepUp(line.rule));
            let oldest = *seen(pause).last().unwrap();
            assert_eq!(line.judge(&seen(pause), NOON), Verdict::Pause(line.rule, oldest + line.window_ms));
            // At that moment one has left the window.
            assert_eq!(line.judge(&seen(pause), oldest + line.window_ms), Verdict::StepUp(line.rule));
            assert_eq!(line.judge(&seen(pause), NOON + line.window_ms), Verdict::Calm);
        }
        assert!(Verdict::Pause(Rule::Travel, 0) > Verdict::StepUp(Rule::ManyAddresses));
        assert!(Verdict::StepUp(Rule::Travel) > Verdict::Calm);
    }
}
