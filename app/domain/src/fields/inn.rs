//! ИНН: the taxpayer's number, 12 digits for a person, 10 for an organisation
//! (приказ ФНС России от 29.06.2012 № ММВ-7-6/435@).

use super::typed::{digits, is_grouping, stored_text, values, weighted, write_groups};
use crate::code::Code;

stored_text! {
    /// Stored as 10 or 12 digits, shown as `NNNN NNNNNN` or `NNNN NNNNNN NN`.
    Inn
}

impl Inn {
    /// Takes either kind, with spaces and dashes anywhere.
    ///
    /// # Errors
    /// `Empty`, `WrongCharacter`, `TooLong`, `InnLength`, `InnRegionZero`, `InnChecksum`.
    pub fn parse(input: &str) -> Result<Self, Code> {
        let digits = Self::digits(input, 12)?;
        match digits.len() {
            10 | 12 => Self::checked(digits),
            _ => Err(Code::InnLength),
        }
    }

    /// A person's number only.
    ///
    /// # Errors
    /// As [`Inn::parse`], and `InnPersonNeeds12` for an organisation's number.
    pub fn parse_person(input: &str) -> Result<Self, Code> {
        let digits = Self::digits(input, 12)?;
        match digits.len() {
            12 => Self::checked(digits),
            10 => Err(Code::InnPersonNeeds12),
            _ => Err(Code::InnLength),
        }
    }

    /// An organisation's number only.
    ///
    /// # Errors
    /// As [`Inn::parse`], and `InnOrganisationNeeds10` for more than ten digits.
    pub fn parse_organisation(input: &str) -> Result<Self, Code> {
        let digits = Self::digits(input, 12)?;
        match digits.len() {
            10 => Self::checked(digits),
            11 | 12 => Err(Code::InnOrganisationNeeds10),
            _ => Err(Code::InnLength),
        }
    }

    fn digits(input: &str, max: usize) -> Result<String, Code> {
        let digits = digits(input, max, is_grouping)?;
        // The first two digits are the region; there is no region 00.
        if digits.starts_with("00") {
            return Err(Code::InnRegionZero);
        }
        Ok(digits)
    }

    fn checked(digits: String) -> Result<Self, Code> {
        let right = match digits.len() {
            10 => ends_with_control(&digits, &[2, 4, 10, 3, 5, 9, 4, 6, 8]),
            _ => {
                ends_with_control(&digits, &[7, 2, 4, 10, 3, 5, 9, 4, 6, 8])
                    && ends_with_control(&digits, &[3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8])
            }
        };
        if right { Ok(Inn(digits)) } else { Err(Code::InnChecksum) }
    }
}

/// Whether the digit after the weighted ones is their sum modulo 11 modulo 10.
fn ends_with_control(digits: &str, weights: &[u32]) -> bool {
    values(digits).nth(weights.len()) == Some(weighted(digits, weights) % 11 % 10)
}

impl core::fmt::Display for Inn {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write_groups(f, &self.0, &[4, 6, 2], " ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_person_and_an_organisation_have_different_numbers() {
        assert_eq!(Inn::parse_person("5001 007322 59").map(|i| i.to_string()), Ok("5001 007322 59".into()));
        assert_eq!(Inn::parse_organisation("7707-083893").map(|i| i.to_string()), Ok("7707 083893".into()));
        assert_eq!(Inn::parse_person("7707083893"), Err(Code::InnPersonNeeds12));
        assert_eq!(Inn::parse_organisation("500100732259"), Err(Code::InnOrganisationNeeds10));
    }

    #[test]
    fn both_control_digits_count() {
        assert_eq!(Inn::parse("500100732258"), Err(Code::InnChecksum));
        assert_eq!(Inn::parse("500100732249"), Err(Code::InnChecksum));
        assert_eq!(Inn::parse("7707083894"), Err(Code::InnChecksum));
    }

    #[test]
    fn there_is_no_region_zero() {
        assert_eq!(Inn::parse("0000000000"), Err(Code::InnRegionZero));
        assert_eq!(Inn::parse_person("00"), Err(Code::InnRegionZero));
    }
}
