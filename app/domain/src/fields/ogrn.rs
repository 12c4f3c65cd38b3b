//! ОГРН and ОГРНИП: state registration numbers (приказ Минфина России от 30.10.2017 № 165н).

use super::typed::{digits, is_grouping, stored_text, values, write_groups};
use crate::code::Code;

stored_text! {
    /// Stored as 13 digits (organisation) or 15 (sole trader); shown with the sign, the year and
    /// the region apart: `5 16 13 290441 68`.
    Ogrn
}

impl Ogrn {
    /// Takes either kind, with spaces and dashes anywhere.
    ///
    /// # Errors
    /// `Empty`, `WrongCharacter`, `TooLong`, `OgrnFirstDigit`, `OgrnLength`, `OgrnChecksum`.
    pub fn parse(input: &str) -> Result<Self, Code> {
        let digits = digits(input, 15, is_grouping)?;
        // 1 and 5 register organisations, 3 sole traders; the rest number changes in the register.
        let (length, modulus) = match digits.bytes().next() {
            Some(b'1' | b'5') => (13, 11),
            Some(b'3') => (15, 13),
            Some(_) => return Err(Code::OgrnFirstDigit),
            None => return Err(Code::OgrnLength),
        };
        if digits.len() < length {
            return Err(Code::OgrnLength);
        }
        if digits.len() > length {
            return Err(Code::TooLong);
        }
        let rest = values(&digits).take(length - 1).fold(0, |rest, digit| (rest * 10 + digit) % modulus);
        if values(&digits).next_back() != Some(rest % 10) {
            return Err(Code::OgrnChecksum);
        }
        Ok(Ogrn(digits))
    }

    /// An organisation's number only (MBX-5: a corporate mailbox is for legal entities).
    ///
    /// # Errors
    /// As [`Ogrn::parse`], and `OgrnOfSoleTrader` for an ОГРНИП.
    pub fn parse_organisation(input: &str) -> Result<Self, Code> {
        let ogrn = Self::parse(input)?;
        if ogrn.is_sole_trader() { Err(Code::OgrnOfSoleTrader) } else { Ok(ogrn) }
    }

    /// Whether the region of the ОГРН (its 4th and 5th digit) is that of the ИНН (its first two). Both stay for life, but
    /// an ИНН may be older than a move, so this only warns.
    ///
    /// # Errors
    /// `OgrnRegionDiffers`.
    pub fn agrees(&self, inn: &super::inn::Inn) -> Result<(), Code> {
        if self.0.get(3..5) == inn.as_str().get(..2) { Ok(()) } else { Err(Code::OgrnRegionDiffers) }
    }

    /// Whether a sole trader holds it (ОГРНИП, 15 digits).
    pub fn is_sole_trader(&self) -> bool {
        self.0.len() == 15
    }
}

impl core::fmt::Display for Ogrn {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write_groups(f, &self.0, &[1, 2, 2], " ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sole_trader_is_no_organisation() {
        assert_eq!(Ogrn::parse_organisation("306042992714672"), Err(Code::OgrnOfSoleTrader));
        assert!(Ogrn::parse_organisation("1027700132195").is_ok());
    }

    #[test]
    fn another_region_is_pointed_out() {
        let ogrn = Ogrn::parse("1027700132195").unwrap();
        let at = |inn| ogrn.agrees(&super::super::inn::Inn::parse(inn).unwrap());
        assert_eq!(at("7707083893"), Ok(()));
        assert_eq!(at("7830002293"), Err(Code::OgrnRegionDiffers));
    }

    #[test]
    fn the_first_digit_says_how_long_it_is() {
        let ogrn = Ogrn::parse("1027700132195").unwrap();
        assert_eq!(ogrn.to_string(), "1 02 77 00132195");
        assert!(!ogrn.is_sole_trader());
        assert!(Ogrn::parse("3 06 042992714672").unwrap().is_sole_trader());
        assert_eq!(Ogrn::parse("10277001321951"), Err(Code::TooLong));
        assert_eq!(Ogrn::parse("30604299271467"), Err(Code::OgrnLength));
        assert_eq!(Ogrn::parse("2"), Err(Code::OgrnFirstDigit));
        assert_eq!(Ogrn::parse("1027700132196"), Err(Code::OgrnChecksum));
    }
}
