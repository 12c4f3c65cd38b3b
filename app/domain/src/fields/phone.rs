//! A mobile phone in Russia: the only kind a code can be sent to (VAL-6).

use super::typed::{is_grouping, stored_text, trimmed, write_groups};
use crate::code::Code;

stored_text! {
    /// Stored as `+79123456789` (E.164), shown as `+7 912 345-67-89`.
    Phone
}

impl Phone {
    /// Takes `+7`, `8`, `7` or no prefix before ten digits; spaces, dashes, dots and brackets
    /// anywhere, one leading plus.
    ///
    /// # Errors
    /// `Empty`, `WrongCharacter`; `PhoneForeign` and `PhoneNotMobile` as soon as the first digits
    /// tell; `PhoneTooLong`, `PhoneIncomplete`.
    pub fn parse(input: &str) -> Result<Self, Code> {
        let input = trimmed(input);
        if input.is_empty() {
            return Err(Code::Empty);
        }
        let international = input.starts_with('+');
        let mut digits = String::with_capacity(12);
        for c in input.strip_prefix('+').unwrap_or(input).chars() {
            match c {
                '0'..='9' => digits.push(c),
                '.' | '(' | ')' => {}
                c if is_grouping(c) => {}
                _ => return Err(Code::WrongCharacter),
            }
        }
        let national = match digits.bytes().next() {
            None => return Err(Code::PhoneIncomplete),
            Some(b'7') => digits.get(1..).unwrap_or_default(),
            // The Russian long-distance prefix. After a plus it would be another country.
            Some(b'8') if !international => digits.get(1..).unwrap_or_default(),
            Some(b'9') if !international => digits.as_str(),
            Some(b'3'..=b'5') if !international => return Err(Code::PhoneNotMobile),
            Some(_) => return Err(Code::PhoneForeign),
        };
        match national.bytes().next() {
            None | Some(b'9') => {}
            // +7 6xx and +7 7xx belong to Kazakhstan.
            Some(b'6' | b'7') => return Err(Code::PhoneForeign),
            Some(_) => return Err(Code::PhoneNotMobile),
        }
        match national.len() {
            10 => {
                let mut number = String::with_capacity(12);
                number.push_str("+7");
                number.push_str(national);
                Ok(Phone(number))
            }
            0..10 => Err(Code::PhoneIncomplete),
            _ => Err(Code::PhoneTooLong),
        }
    }

    /// Enough to recognise one's own number by: `+7 912 ***-**-89`.
    pub fn masked(&self) -> String {
        let part = |range| self.0.get(range).unwrap_or_default();
        ["+7 ", part(2..5), " ***-**-", part(10..12)].concat()
    }
}

impl core::fmt::Display for Phone {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        let (area, number) = self.0.split_at_checked(5).unwrap_or((&self.0, ""));
        write_groups(f, area, &[2, 3], " ")?;
        f.write_str(" ")?;
        write_groups(f, number, &[3, 2, 2], "-")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typed_in_many_ways_stored_in_one() {
        for typed in ["+7 (912) 345-67-89", "8 912 345 67 89", "79123456789", "912.345.67.89\n"] {
            let phone = Phone::parse(typed).unwrap();
            assert_eq!(phone.as_str(), "+79123456789");
            assert_eq!(phone.to_string(), "+7 912 345-67-89");
            assert_eq!(phone.masked(), "+7 912 ***-**-89");
        }
    }

    #[test]
    fn the_first_digits_tell_what_cannot_get_a_code() {
        assert_eq!(Phone::parse("+7 7"), Err(Code::PhoneForeign));
        assert_eq!(Phone::parse("+3"), Err(Code::PhoneForeign));
        assert_eq!(Phone::parse("+8"), Err(Code::PhoneForeign));
        assert_eq!(Phone::parse("8 800"), Err(Code::PhoneNotMobile));
        assert_eq!(Phone::parse("+7 4"), Err(Code::PhoneNotMobile));
        assert_eq!(Phone::parse("495"), Err(Code::PhoneNotMobile));
        assert_eq!(Phone::parse("+7 (9"), Err(Code::PhoneIncomplete));
        assert_eq!(Phone::parse("+7 912 345-67-890"), Err(Code::PhoneTooLong));
        assert_eq!(Phone::parse("+7+912"), Err(Code::WrongCharacter));
    }
}
