//! What a clerk decides about an appeal, in words the author reads.

use super::state::{Appeal, Taken};
use crate::applications::names;
use crate::code::Code;
use serde::{Deserialize, Serialize};

names! {
    Verdict {
        /// The application is considered again.
        Uphold = "uphold",
        /// The refusal stands.
        Dismiss = "dismiss",
    }
}

/// A decision being made.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    pub verdict: Verdict,
    /// Why, as the author of the appeal reads it.
    pub text: String,
}

/// A clerk's text may name a person.
impl core::fmt::Debug for Decision {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(self.verdict.name())
    }
}

impl Decision {
    pub fn text(&self) -> &str {
        self.text.trim()
    }

    /// Both ways are explained: who is right wants to know it too.
    ///
    /// # Errors
    /// `ActTextMissing`, `TooLong`.
    pub fn check(&self) -> Result<(), Code> {
        match self.text().chars().count() {
            0..10 => Err(Code::ActTextMissing),
            10..=1000 => Ok(()),
            _ => Err(Code::TooLong),
        }
    }

    /// Where it leads.
    pub fn decide(&self, appeal: Taken) -> Appeal {
        match self.verdict {
            Verdict::Uphold => Appeal::Upheld(appeal.uphold()),
            Verdict::Dismiss => Appeal::Dismissed(appeal.dismiss()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::appeals::Stage;

    #[test]
    fn a_decision_is_explained_either_way() {
        let decision = |verdict, text: &str| Decision { verdict, text: text.to_owned() };
        for (verdict, stage) in [(Verdict::Uphold, Stage::Upheld), (Verdict::Dismiss, Stage::Dismissed)] {
            assert_eq!(decision(verdict, " да ").check(), Err(Code::ActTextMissing));
            let good = decision(verdict, "Документы проверены заново.");
            assert_eq!(good.check(), Ok(()));
            assert_eq!(good.decide(Taken).stage(), stage);
            assert_eq!(format!("{good:?}"), verdict.name());
        }
        assert_eq!(decision(Verdict::Dismiss, &"а".repeat(1001)).check(), Err(Code::TooLong));
    }
}
