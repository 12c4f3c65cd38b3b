//! The unit that issued a passport.

use super::prose::line;
use super::typed::stored_text;
use crate::code::Code;

stored_text! {
    /// «Кем выдан», as the passport has it.
    plain PassportIssuer
}

impl PassportIssuer {
    /// Takes Russian text of at least five letters; the shortest unit known has six.
    ///
    /// # Errors
    /// `Empty`, `WrongCharacter`, `TooLong` (over 300 characters), `PassportIssuerTooShort`.
    pub fn parse(input: &str) -> Result<Self, Code> {
        line(input, false, 5, 300, Code::PassportIssuerTooShort).map(PassportIssuer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pasted_line_break_is_a_space() {
        let issuer = PassportIssuer::parse("ТП № 117 ОУФМС РОССИИ\r\n ПО САНКТ-ПЕТЕРБУРГУ").unwrap();
        assert_eq!(issuer.as_str(), "ТП № 117 ОУФМС РОССИИ ПО САНКТ-ПЕТЕРБУРГУ");
        assert_eq!(format!("{issuer:?}"), "PassportIssuer(***)");
        assert_eq!(PassportIssuer::parse("УВД"), Err(Code::PassportIssuerTooShort));
    }
}
