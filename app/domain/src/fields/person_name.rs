//! A surname, a name or a patronymic, as the passport spells it (VAL-1).

use super::typed::{is_russian, is_russian_capital, is_space, stored_text, trimmed};
use crate::code::Code;

const LONGEST: usize = 100;

stored_text! {
    /// Stored and shown as typed: the passport's spelling is the person's own.
    plain PersonName
}

impl PersonName {
    /// Takes Russian letters beginning with a capital; one space, hyphen or apostrophe between
    /// parts. One-letter surnames exist and pass.
    ///
    /// # Errors
    /// `Empty`, `NameNotCyrillic`, `NameAbbreviated` (a dot), `WrongCharacter`,
    /// `NameNotCapitalised`, `NameSpacing` (separators doubled or in front), `TooLong`,
    /// `NameEndsOpen` (a hyphen or apostrophe at the end, so far).
    pub fn parse(input: &str) -> Result<Self, Code> {
        let input = trimmed(input);
        let mut name = String::with_capacity(input.len());
        // Whether the last character stands between parts; nothing may before the first.
        let mut open = true;
        let mut length = 0;
        for c in input.chars() {
            length += 1;
            match c {
                c if is_russian(c) => {
                    if name.is_empty() && !is_russian_capital(c) {
                        return Err(Code::NameNotCapitalised);
                    }
                    name.push(c);
                    open = false;
                }
                '-' | '\'' | '\u{2019}' | ' ' | '\u{a0}' if open => return Err(Code::NameSpacing),
                '-' | '\'' | '\u{2019}' => {
                    name.push(c);
                    open = true;
                }
                c if is_space(c) && !open => {
                    name.push(' ');
                    open = true;
                }
                '.' => return Err(Code::NameAbbreviated),
                // Latin letters and those of other Cyrillic alphabets.
                'a'..='z' | 'A'..='Z' | '\u{c0}'..='\u{24f}' | '\u{400}'..='\u{52f}' => {
                    return Err(Code::NameNotCyrillic);
                }
                _ => return Err(Code::WrongCharacter),
            }
        }
        if length == 0 {
            return Err(Code::Empty);
        }
        if length > LONGEST {
            return Err(Code::TooLong);
        }
        if open {
            return Err(Code::NameEndsOpen);
        }
        Ok(PersonName(name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_joined_by_one_character() {
        for name in ["Ким", "О", "Анна-Мария", "О’Нил", "Д'Артаньян", "Мамедов оглы"]
        {
            assert_eq!(PersonName::parse(name).unwrap().as_str(), name);
        }
        assert_eq!(PersonName::parse(" Мамедов\u{a0}Оглы\n").unwrap().as_str(), "Мамедов Оглы");
    }

    #[test]
    fn each_slip_has_its_own_code() {
        for (typed, code) in [
            ("", Code::Empty),
            ("И.", Code::NameAbbreviated),
            ("иван", Code::NameNotCapitalised),
            ("Ivan", Code::NameNotCyrillic),
            ("Тюльпанoв", Code::NameNotCyrillic),
            ("Іван", Code::NameNotCyrillic),
            ("Иван1", Code::WrongCharacter),
            ("Анна  Мария", Code::NameSpacing),
            ("-Анна", Code::NameSpacing),
            ("Анна-", Code::NameEndsOpen),
        ] {
            assert_eq!(PersonName::parse(typed), Err(code), "{typed}");
        }
    }
}
