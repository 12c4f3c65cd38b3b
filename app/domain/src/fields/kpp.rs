//! КПП: the reason code of an organisation's tax registration
//! (приказ ФНС России от 29.06.2012 № ММВ-7-6/435@).

use super::inn::Inn;
use super::typed::{stored_text, trimmed};
use crate::code::Code;

stored_text! {
    /// Nine characters NNNNPPXXX: tax office, reason (digits or capital Latin letters), number.
    plain Kpp
}

impl Kpp {
    /// Takes the nine characters as they are; spaces between them are refused.
    ///
    /// # Errors
    /// `Empty`, `WrongCharacter`, `TooLong`, `KppFormat` (a letter out of place), `KppLength`.
    pub fn parse(input: &str) -> Result<Self, Code> {
        let input = trimmed(input);
        if input.is_empty() {
            return Err(Code::Empty);
        }
        for (place, c) in input.chars().enumerate() {
            match (place, c) {
                (9.., _) => return Err(Code::TooLong),
                (_, '0'..='9') | (4 | 5, 'A'..='Z') => {}
                (_, 'A'..='Z') => return Err(Code::KppFormat),
                _ => return Err(Code::WrongCharacter),
            }
        }
        if input.len() < 9 {
            return Err(Code::KppLength);
        }
        Ok(Kpp(input.to_owned()))
    }

    /// Whether the tax office of the КПП is that of the ИНН. Branches and large taxpayers differ
    /// lawfully, so this only warns.
    ///
    /// # Errors
    /// `KppRegionDiffers`.
    pub fn agrees(&self, inn: &Inn) -> Result<(), Code> {
        if self.0.get(..4) == inn.as_str().get(..4) { Ok(()) } else { Err(Code::KppRegionDiffers) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_stand_in_the_reason_only() {
        assert!(Kpp::parse("7701AB001").is_ok());
        assert_eq!(Kpp::parse("77A"), Err(Code::KppFormat));
        assert_eq!(Kpp::parse("7701А"), Err(Code::WrongCharacter));
        assert_eq!(Kpp::parse("770143"), Err(Code::KppLength));
    }

    #[test]
    fn another_tax_office_is_pointed_out() {
        let kpp = Kpp::parse("770743001").unwrap();
        let at = |inn| kpp.agrees(&Inn::parse(inn).unwrap());
        assert_eq!(at("7707083893"), Ok(()));
        assert_eq!(at("7830002293"), Err(Code::KppRegionDiffers));
    }
}
