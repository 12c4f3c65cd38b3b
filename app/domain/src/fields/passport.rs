//! Series and number of a passport typed into one control.

use super::passport_number::PassportNumber;
use super::passport_series::PassportSeries;
use super::typed::{is_space, stored_text, trimmed};
use crate::code::Code;

stored_text! {
    /// Stored and shown as `4508 123456` (VAL-2).
    plain Passport
}

impl Passport {
    /// Takes `4508 123456`, `45 08 123456` or ten digits; any other grouping is a slip.
    ///
    /// # Errors
    /// `Empty`, `WrongCharacter`, `TooLong`, and those of the series and the number.
    pub fn parse(input: &str) -> Result<Self, Code> {
        let input = trimmed(input);
        if input.is_empty() {
            return Err(Code::Empty);
        }
        let mut digits = String::with_capacity(10);
        // The places of the spaces: after the region (2) and after the series (4).
        let (mut after_region, mut after_series) = (false, false);
        for c in input.chars() {
            match (digits.len(), c) {
                (0..10, '0'..='9') => digits.push(c),
                (_, '0'..='9') => return Err(Code::TooLong),
                (2, c) if is_space(c) && !after_region => after_region = true,
                (4, c) if is_space(c) && !after_series => after_series = true,
                _ => return Err(Code::WrongCharacter),
            }
        }
        if after_region && !after_series && digits.len() > 4 {
            return Err(Code::WrongCharacter);
        }
        let rest = digits.split_off(digits.len().min(4));
        let series = PassportSeries::checked(digits)?;
        let number = PassportNumber::checked(rest)?;
        Ok(Self::new(&series, &number))
    }

    /// Puts the two parts together.
    pub fn new(series: &PassportSeries, number: &PassportNumber) -> Self {
        let mut text = String::with_capacity(11);
        text.push_str(series.as_str());
        text.push(' ');
        text.push_str(number.as_str());
        Passport(text)
    }

    /// The four digits before the space.
    pub fn series(&self) -> &str {
        self.0.get(..4).unwrap_or_default()
    }

    /// The six digits after the space.
    pub fn number(&self) -> &str {
        self.0.get(5..).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_ways_to_type_it() {
        for typed in ["4508 123456", "45 08 123456", "4508123456", "\t45\u{a0}08\u{202f}123456\r\n"] {
            let passport = Passport::parse(typed).unwrap();
            assert_eq!(passport.as_str(), "4508 123456");
            assert_eq!((passport.series(), passport.number()), ("4508", "123456"));
        }
    }

    #[test]
    fn other_groupings_are_slips() {
        for typed in ["4508-123456", "4508  123456", "4508 123 456", "45 08123456"] {
            assert_eq!(Passport::parse(typed), Err(Code::WrongCharacter), "{typed}");
        }
        assert_eq!(Passport::parse("45081234567"), Err(Code::TooLong));
        assert_eq!(Passport::parse("4508000000"), Err(Code::PassportNumberZero));
    }
}
