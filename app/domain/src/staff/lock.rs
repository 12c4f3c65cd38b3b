//! Who holds a file (E6, E16). A hold ends by itself, so that nobody's lunch keeps a citizen waiting.

use crate::clock::Timestamp;
use crate::code::Code;

/// A hold ends this long after its clerk's last act on the file.
pub const HOLD_MINUTES: i64 = 15;

/// A hold as stored. It may have ended by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hold {
    /// Id of the member of staff.
    pub holder: String,
    pub taken: Timestamp,
    pub until: Timestamp,
}

/// A file as one clerk finds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Holding {
    Free,
    Mine(Hold),
    Another(Hold),
}

impl Hold {
    pub fn new(holder: &str, now: Timestamp) -> Hold {
        Hold { holder: holder.to_owned(), taken: now, until: now.plus_minutes(HOLD_MINUTES) }
    }

    pub fn in_force(&self, now: Timestamp) -> bool {
        now < self.until
    }
}

impl Holding {
    pub fn of(hold: Option<Hold>, clerk: &str, now: Timestamp) -> Holding {
        match hold.filter(|h| h.in_force(now)) {
            None => Holding::Free,
            Some(hold) if hold.holder == clerk => Holding::Mine(hold),
            Some(hold) => Holding::Another(hold),
        }
    }

    /// Takes a free file, or goes on holding one's own: the moment of taking stays.
    ///
    /// # Errors
    /// `HeldByAnother`.
    pub fn take(self, clerk: &str, now: Timestamp) -> Result<Hold, Code> {
        match self {
            Holding::Free => Ok(Hold::new(clerk, now)),
            Holding::Mine(hold) => Ok(Hold { until: now.plus_minutes(HOLD_MINUTES), ..hold }),
            Holding::Another(_) => Err(Code::HeldByAnother),
        }
    }

    /// The hold an act needs.
    ///
    /// # Errors
    /// `NotTaken` for a free file, `HeldByAnother`.
    pub fn mine(self) -> Result<Hold, Code> {
        match self {
            Holding::Mine(hold) => Ok(hold),
            Holding::Free => Err(Code::NotTaken),
            Holding::Another(_) => Err(Code::HeldByAnother),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOON: Timestamp = Timestamp(1_795_338_000_000);

    #[test]
    fn a_file_is_held_by_one_until_the_hold_ends_by_itself() {
        let hold = Holding::Free.take("anna", NOON).unwrap();
        let later = NOON.plus_minutes(HOLD_MINUTES - 1);
        assert_eq!(Holding::of(Some(hold.clone()), "boris", later).take("boris", later), Err(Code::HeldByAnother));
        assert_eq!(Holding::of(Some(hold.clone()), "boris", later).mine(), Err(Code::HeldByAnother));
        // Going on moves the end, not the beginning.
        let again = Holding::of(Some(hold.clone()), "anna", later).take("anna", later).unwrap();
        assert_eq!((again.taken, again.until), (NOON, later.plus_minutes(HOLD_MINUTES)));
        let ended = NOON.plus_minutes(HOLD_MINUTES);
        assert_eq!(Holding::of(Some(hold.clone()), "anna", ended).mine(), Err(Code::NotTaken));
        assert_eq!(Holding::of(Some(hold), "boris", ended).take("boris", ended).unwrap().holder, "boris");
    }
}
