//! Partners that are told what happens to applications (E24): which events there are, and when to try again.

use crate::applications::names;
use serde::{Deserialize, Serialize};
use std::time::Duration;

names! {
    /// What a partner can be told. Never personal data: numbers, statuses, stages, moments.
    Event {
        Submitted = "application.submitted",
        StatusChanged = "application.status_changed",
        StageChanged = "application.stage_changed",
    }
}

names! {
    /// How it stands with one event for one partner.
    DeliveryState {
        Waiting = "waiting",
        Delivered = "delivered",
        Failed = "failed",
    }
}

/// Between one attempt and the next, as the Standard Webhooks recommend: a little over a day in all.
const PAUSES: [Duration; 7] = [
    Duration::from_secs(5),
    Duration::from_secs(5 * 60),
    Duration::from_secs(30 * 60),
    Duration::from_secs(2 * 3600),
    Duration::from_secs(5 * 3600),
    Duration::from_secs(10 * 3600),
    Duration::from_secs(14 * 3600),
];

/// So many events given up one after the other end the telling.
pub const GIVEN_UP_IN_A_ROW: i64 = 5;

/// How long to wait after the n-th attempt, counted from 1; `None`: given up. `jitter` from 0 to 1 spreads by a fifth
/// to either side, so that what failed together does not come back together.
pub fn pause(attempts: i64, jitter: f64) -> Option<Duration> {
    let pause = PAUSES.get(usize::try_from(attempts - 1).ok()?)?;
    Some(pause.mul_f64(0.8 + 0.4 * jitter.clamp(0.0, 1.0)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pauses_grow_and_end() {
        let all: Vec<_> = (1..=8).map(|n| pause(n, 0.5)).collect();
        assert!(all[..7].is_sorted() && all[..7].iter().all(Option::is_some));
        assert_eq!(all[7], None);
        assert_eq!(pause(1, 0.0), Some(Duration::from_secs(4)));
        assert_eq!(pause(1, 1.0), Some(Duration::from_secs(6)));
        assert_eq!(pause(0, 0.5), None);
    }
}
