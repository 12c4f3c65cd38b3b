//! The states of an appeal. A move consumes the state, so one that is not written here does not compile.

use crate::applications::names;
use crate::code::Code;
use serde::{Deserialize, Serialize};

names! {
    /// Where an appeal stands, as it is stored and told.
    Stage {
        Submitted = "submitted",
        Taken = "taken",
        Upheld = "upheld",
        Dismissed = "dismissed",
        Withdrawn = "withdrawn",
    }
}

impl Stage {
    /// Somebody still has to decide.
    pub const fn is_open(self) -> bool {
        matches!(self, Stage::Submitted | Stage::Taken)
    }
}

/// Sent; nobody has looked at it yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Submitted;
/// A clerk has begun.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken;
/// The refusal was wrong: the application is considered again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Upheld;
/// The refusal stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dismissed;
/// Taken back by its author.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Withdrawn;

impl Submitted {
    pub fn take(self) -> Taken {
        Taken
    }
    pub fn withdraw(self) -> Withdrawn {
        Withdrawn
    }
}

impl Taken {
    pub fn uphold(self) -> Upheld {
        Upheld
    }
    pub fn dismiss(self) -> Dismissed {
        Dismissed
    }
    pub fn withdraw(self) -> Withdrawn {
        Withdrawn
    }
}

/// An appeal's state as stored and read back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Appeal {
    Submitted(Submitted),
    Taken(Taken),
    Upheld(Upheld),
    Dismissed(Dismissed),
    Withdrawn(Withdrawn),
}

impl From<Stage> for Appeal {
    fn from(stage: Stage) -> Appeal {
        match stage {
            Stage::Submitted => Appeal::Submitted(Submitted),
            Stage::Taken => Appeal::Taken(Taken),
            Stage::Upheld => Appeal::Upheld(Upheld),
            Stage::Dismissed => Appeal::Dismissed(Dismissed),
            Stage::Withdrawn => Appeal::Withdrawn(Withdrawn),
        }
    }
}

impl Appeal {
    pub fn stage(&self) -> Stage {
        match self {
            Appeal::Submitted(_) => Stage::Submitted,
            Appeal::Taken(_) => Stage::Taken,
            Appeal::Upheld(_) => Stage::Upheld,
            Appeal::Dismissed(_) => Stage::Dismissed,
            Appeal::Withdrawn(_) => Stage::Withdrawn,
        }
    }

    /// Taking what another took before and let go changes nothing.
    ///
    /// # Errors
    /// `IllegalMove` once it is decided or withdrawn.
    pub fn take(self) -> Result<Taken, Code> {
        match self {
            Appeal::Submitted(s) => Ok(s.take()),
            Appeal::Taken(s) => Ok(s),
            _ => Err(Code::IllegalMove),
        }
    }

    /// What can be decided: only what somebody has taken.
    ///
    /// # Errors
    /// `NotTaken` before, `IllegalMove` after.
    pub fn taken(self) -> Result<Taken, Code> {
        match self {
            Appeal::Taken(s) => Ok(s),
            Appeal::Submitted(_) => Err(Code::NotTaken),
            _ => Err(Code::IllegalMove),
        }
    }

    /// # Errors
    /// `IllegalMove` once it is decided or withdrawn.
    pub fn withdraw(self) -> Result<Withdrawn, Code> {
        match self {
            Appeal::Submitted(s) => Ok(s.withdraw()),
            Appeal::Taken(s) => Ok(s.withdraw()),
            _ => Err(Code::IllegalMove),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_open_can_be_taken_or_withdrawn() {
        for stage in Stage::ALL {
            let appeal = || Appeal::from(*stage);
            assert_eq!(appeal().stage(), *stage);
            assert_eq!(appeal().take().is_ok(), stage.is_open(), "{stage:?}");
            assert_eq!(appeal().withdraw().is_ok(), stage.is_open(), "{stage:?}");
            assert_eq!(appeal().taken().is_ok(), *stage == Stage::Taken, "{stage:?}");
        }
    }
}
