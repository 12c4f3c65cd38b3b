//! What an organisation is called.

use super::prose::line;
use super::typed::stored_text;
use crate::code::Code;

stored_text! {
    /// What an organisation is called; Latin letters are part of many names.
    plain OrganisationName
}

impl OrganisationName {
    /// Takes Russian and Latin text of at least one letter.
    ///
    /// # Errors
    /// `Empty` (also without any letter), `WrongCharacter`, `TooLong` (over 300 characters).
    pub fn parse(input: &str) -> Result<Self, Code> {
        line(input, true, 1, 300, Code::Empty).map(OrganisationName)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_alphabets_and_quotes() {
        assert!(OrganisationName::parse("ООО «R&K-Сервис»").is_ok());
        assert_eq!(OrganisationName::parse("<b>"), Err(Code::WrongCharacter));
        assert_eq!(OrganisationName::parse("«»"), Err(Code::Empty));
    }
}
