//! СНИЛС: the insurance number of an individual personal account.

use super::typed::{digits, is_grouping, stored_text, weighted, write_groups};
use crate::code::Code;

/// Up to this number no control digits were given out
/// (постановление Правления ПФР от 31.07.2006 № 192п).
const LAST_WITHOUT_CONTROL: u32 = 1_001_998;

stored_text! {
    /// Stored as 11 digits, shown as `123-456-789 00`.
    Snils
}

impl Snils {
    /// Takes 11 digits with spaces and dashes anywhere.
    ///
    /// # Errors
    /// `Empty`, `WrongCharacter`, `TooLong`, `SnilsLength`, `SnilsZero`, `SnilsChecksum`.
    pub fn parse(input: &str) -> Result<Self, Code> {
        let digits = digits(input, 11, is_grouping)?;
        let (Some(number), Some(control)) = (digits.get(..9), digits.get(9..11)) else {
            return Err(Code::SnilsLength);
        };
        let (Ok(serial), Ok(control)) = (number.parse::<u32>(), control.parse::<u32>()) else {
            return Err(Code::SnilsLength);
        };
        if serial == 0 {
            return Err(Code::SnilsZero);
        }
        // The sum modulo 101, where 100 counts as 0.
        let right = weighted(number, &[9, 8, 7, 6, 5, 4, 3, 2, 1]) % 101 % 100;
        if serial > LAST_WITHOUT_CONTROL && control != right {
            return Err(Code::SnilsChecksum);
        }
        Ok(Snils(digits))
    }
}

impl core::fmt::Display for Snils {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        let (number, control) = self.0.split_at_checked(9).unwrap_or((&self.0, ""));
        write_groups(f, number, &[3, 3, 3], "-")?;
        f.write_str(" ")?;
        f.write_str(control)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shown_in_groups_stored_as_digits() {
        let snils = Snils::parse("112 233 445-95\n").unwrap();
        assert_eq!(snils.as_str(), "11223344595");
        assert_eq!(snils.to_string(), "112-233-445 95");
        assert_eq!(format!("{snils:?}"), "Snils(***)");
    }

    #[test]
    fn the_oldest_numbers_have_no_control_digits() {
        assert!(Snils::parse("001-001-998 77").is_ok());
        assert_eq!(Snils::parse("001-001-999 77"), Err(Code::SnilsChecksum));
        assert_eq!(Snils::parse("000-000-000 00"), Err(Code::SnilsZero));
    }

    #[test]
    fn a_sum_of_100_ends_in_00() {
        assert!(Snils::parse("672-353-078 00").is_ok());
    }
}
