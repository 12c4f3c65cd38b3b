//! Stops asking a provider that keeps failing, so that our workers do not queue up behind its
//! time-outs (security row 34).

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// When a breaker opens and for how long.
#[derive(Debug, Clone, Copy)]
pub struct Policy {
    /// Failures in a row that open it.
    pub failures: u32,
    /// How long no call is let through.
    pub open_for: Duration,
}

impl Default for Policy {
    fn default() -> Self {
        Policy { failures: 5, open_for: Duration::from_secs(15) }
    }
}

#[derive(Debug, Clone, Copy)]
enum State {
    Closed {
        failures: u32,
    },
    Open {
        until: Instant,
    },
    /// One call is on its way to see whether the provider is back. Should that call be dropped
    /// without a verdict, another may try after `next`.
    Trying {
        next: Instant,
    },
}

/// One per provider. Time is passed in.
#[derive(Debug)]
pub struct Breaker {
    policy: Policy,
    state: Mutex<State>,
}

impl Breaker {
    pub fn new(policy: Policy) -> Self {
        Breaker { policy, state: Mutex::new(State::Closed { failures: 0 }) }
    }

    /// Whether a call may be made now; if not, how long to wait.
    pub fn admit(&self, now: Instant) -> Result<(), Duration> {
        let mut state = self.lock();
        match *state {
            State::Closed { .. } => Ok(()),
            State::Open { until: at } | State::Trying { next: at } if now < at => Err(at - now),
            State::Open { .. } | State::Trying { .. } => {
                *state = State::Trying { next: now + self.policy.open_for };
                Ok(())
            }
        }
    }

    /// The provider answered.
    pub fn succeeded(&self) {
        *self.lock() = State::Closed { failures: 0 };
    }

    /// The provider did not answer, or not sensibly. Returns whether this opened the breaker.
    pub fn failed(&self, now: Instant) -> bool {
        let mut state = self.lock();
        let failures = match *state {
            State::Closed { failures } => failures + 1,
            State::Trying { .. } => self.policy.failures,
            // A straggler that set out before the breaker opened.
            State::Open { .. } => return false,
        };
        let opens = failures >= self.policy.failures;
        *state = if opens { State::Open { until: now + self.policy.open_for } } else { State::Closed { failures } };
        opens
    }

    /// Whether calls go through freely; what the status page shows.
    pub fn is_closed(&self) -> bool {
        matches!(*self.lock(), State::Closed { .. })
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn opens_after_five_failures_in_a_row_and_lets_one_call_try() {
        let breaker = Breaker::new(Policy::default());
        let start = Instant::now();
        for _ in 0..4 {
            assert!(!breaker.failed(start));
        }
        breaker.succeeded();
        for _ in 0..4 {
            assert!(!breaker.failed(start));
        }
        assert_eq!(breaker.admit(start), Ok(()));
        assert!(breaker.failed(start));
        assert!(!breaker.is_closed());
        assert_eq!(breaker.admit(start), Err(Duration::from_secs(15)));
        let later = start + Duration::from_secs(14);
        assert_eq!(breaker.admit(later), Err(Duration::from_secs(1)));

        let back = start + Duration::from_secs(15);
        assert_eq!(breaker.admit(back), Ok(()));
        assert!(breaker.admit(back).is_err(), "only one call tries");
        breaker.succeeded();
        assert!(breaker.is_closed());
    }

    #[test]
    fn a_failed_try_opens_it_again_and_a_lost_try_does_not_shut_it_for_ever() {
        let breaker = Breaker::new(Policy::default());
        let start = Instant::now();
        for _ in 0..5 {
            breaker.failed(start);
        }
        let back = start + Duration::from_secs(15);
        assert!(breaker.admit(back).is_ok());
        assert!(breaker.failed(back));
        assert!(breaker.admit(back + Duration::from_secs(14)).is_err());

        let again = back + Duration::from_secs(15);
        assert!(breaker.admit(again).is_ok());
        // The trying call is dropped: no verdict ever comes.
        assert!(breaker.admit(again + Duration::from_secs(15)).is_ok());
    }
}
