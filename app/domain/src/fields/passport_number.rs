//! The number of a Russian passport within its series.

use super::typed::{digits, is_grouping, stored_text};
use crate::code::Code;

stored_text! {
    /// Six digits, stored and shown alike.
    plain PassportNumber
}

impl PassportNumber {
    /// Takes six digits with spaces and dashes anywhere.
    ///
    /// # Errors
    /// `Empty`, `WrongCharacter`, `TooLong`, `PassportNumberLength`, `PassportNumberZero`.
    pub fn parse(input: &str) -> Result<Self, Code> {
        Self::checked(digits(input, 6, is_grouping)?)
    }

    pub(super) fn checked(digits: String) -> Result<Self, Code> {
        if digits.len() < 6 {
            return Err(Code::PassportNumberLength);
        }
        if digits == "000000" {
            return Err(Code::PassportNumberZero);
        }
        Ok(PassportNumber(digits))
    }
}
