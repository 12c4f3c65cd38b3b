//! Where a person was born.

use super::prose::line;
use super::typed::stored_text;
use crate::code::Code;

stored_text! {
    /// The place of birth, as the passport has it.
    plain BirthPlace
}

impl BirthPlace {
    /// Takes Russian text of at least two letters (there is a town Уя and a village Аа).
    ///
    /// # Errors
    /// `Empty`, `WrongCharacter`, `TooLong` (over 200 characters), `BirthPlaceTooShort`.
    pub fn parse(input: &str) -> Result<Self, Code> {
        line(input, false, 2, 200, Code::BirthPlaceTooShort).map(BirthPlace)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_or_foreign_text_is_refused() {
        assert!(BirthPlace::parse("С. 2-Я ВАСИЛЬЕВКА").is_ok());
        assert_eq!(BirthPlace::parse("М"), Err(Code::BirthPlaceTooShort));
        assert_eq!(BirthPlace::parse("Moscow"), Err(Code::WrongCharacter));
        assert_eq!(BirthPlace::parse(&"а".repeat(201)), Err(Code::TooLong));
    }
}
