//! The series of a Russian passport: the region and the year of the blank.

use super::typed::{digits, is_grouping, stored_text, write_groups};
use crate::code::Code;

/// Region codes (ОКАТО) that series begin with, one bit each. Besides the regions that have
/// issued since 1997 these are 21, 23, 43 (the regions joined in 2022) and 55 (Байконур): a
/// passport of theirs must not be called wrong.
const REGIONS: u128 = bits(&[
    1, 3, 4, 5, 7, 8, 10, 11, 12, 14, 15, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 32, 33, 34, 35, 36,
    37, 38, 39, 40, 41, 42, 43, 44, 45, 46, 47, 49, 50, 51, 52, 53, 54, 55, 56, 57, 58, 60, 61, 63, 64, 65, 66, 67, 68,
    69, 70, 71, 73, 74, 75, 76, 77, 78, 79, 80, 81, 82, 83, 84, 85, 86, 87, 88, 89, 90, 91, 92, 93, 94, 95, 96, 97, 98,
    99,
]);

const fn bits(codes: &[u8]) -> u128 {
    let mut bits = 0;
    let mut i = 0;
    while i < codes.len() {
        bits |= 1 << codes[i];
        i += 1;
    }
    bits
}

stored_text! {
    /// Stored as four digits, shown as `45 08`.
    PassportSeries
}

impl PassportSeries {
    /// Takes four digits with spaces and dashes anywhere.
    ///
    /// # Errors
    /// `Empty`, `WrongCharacter`, `TooLong`, `PassportSeriesRegion` and `PassportSeriesYear` as
    /// soon as they are certain, `PassportSeriesLength`.
    pub fn parse(input: &str) -> Result<Self, Code> {
        Self::checked(digits(input, 4, is_grouping)?)
    }

    pub(super) fn checked(digits: String) -> Result<Self, Code> {
        if let Some(Ok(region)) = digits.get(..2).map(str::parse::<u32>)
            && REGIONS & (1 << region) == 0
        {
            return Err(Code::PassportSeriesRegion);
        }
        // Blanks began in 1997; 27 to 49 are years to come, told by the issue date.
        match digits.as_bytes() {
            [_, _, b'5'..=b'8', ..] | [_, _, b'9', b'0'..=b'6'] => Err(Code::PassportSeriesYear),
            [_, _, _, _] => Ok(PassportSeries(digits)),
            _ => Err(Code::PassportSeriesLength),
        }
    }

    /// The year the blank was printed.
    pub fn blank_year(&self) -> i32 {
        let year = self.0.get(2..).and_then(|y| y.parse().ok()).unwrap_or(0);
        if year >= 97 { 1900 + year } else { 2000 + year }
    }
}

impl core::fmt::Display for PassportSeries {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write_groups(f, &self.0, &[2, 2], " ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn region_and_year_are_told_early() {
        assert_eq!(PassportSeries::parse("4"), Err(Code::PassportSeriesLength));
        assert_eq!(PassportSeries::parse("00"), Err(Code::PassportSeriesRegion));
        assert_eq!(PassportSeries::parse("455"), Err(Code::PassportSeriesYear));
        assert_eq!(PassportSeries::parse("459"), Err(Code::PassportSeriesLength));
        assert_eq!(PassportSeries::parse("4596"), Err(Code::PassportSeriesYear));
        assert_eq!(PassportSeries::parse("45 08 1"), Err(Code::TooLong));
        assert_eq!(PassportSeries::parse(" 45-08\n").unwrap().to_string(), "45 08");
    }

    #[test]
    fn the_year_of_the_blank() {
        let year = |series| PassportSeries::parse(series).unwrap().blank_year();
        assert_eq!((year("4598"), year("4500"), year("4526")), (1998, 2000, 2026));
    }
}
