//! The six-digit index of a postal object.

use super::typed::{stored_text, trimmed};
use crate::code::Code;

stored_text! {
    /// Six digits. Whether the index exists is asked of the postal directory.
    plain Postcode
}

impl Postcode {
    /// Takes exactly six digits, nothing between them.
    ///
    /// # Errors
    /// `Empty`, `WrongCharacter`, `PostcodeUnknown` (none begins with 0), `TooLong`,
    /// `PostcodeLength`.
    pub fn parse(input: &str) -> Result<Self, Code> {
        let digits = super::typed::digits(trimmed(input), 6, |_| false)?;
        if digits.starts_with('0') {
            return Err(Code::PostcodeUnknown);
        }
        if digits.len() < 6 {
            return Err(Code::PostcodeLength);
        }
        Ok(Postcode(digits))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn six_digits_and_nothing_else() {
        assert!(Postcode::parse(" 101000\n").is_ok());
        assert_eq!(Postcode::parse("101 000"), Err(Code::WrongCharacter));
        assert_eq!(Postcode::parse("10100О"), Err(Code::WrongCharacter));
        assert_eq!(Postcode::parse("0"), Err(Code::PostcodeUnknown));
        assert_eq!(Postcode::parse("10100"), Err(Code::PostcodeLength));
        assert_eq!(Postcode::parse("1010000"), Err(Code::TooLong));
    }
}
