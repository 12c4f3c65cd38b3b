//! The code of the unit that issued a passport.

use super::typed::{is_dash, stored_text, trimmed};
use crate::code::Code;

stored_text! {
    /// Stored and shown as `NNN-NNN`. Whether such a unit is known is asked of the server, and an
    /// unknown one only warns: the list is crowd-sourced.
    plain DepartmentCode
}

impl DepartmentCode {
    /// Takes `NNN-NNN` with any dash, or six digits.
    ///
    /// # Errors
    /// `Empty`, `WrongCharacter`, `DepartmentCodeFormat` (a space or dash out of place),
    /// `TooLong`, `DepartmentCodeLength`.
    pub fn parse(input: &str) -> Result<Self, Code> {
        let input = trimmed(input);
        if input.is_empty() {
            return Err(Code::Empty);
        }
        let mut code = String::with_capacity(7);
        let mut dashed = false;
        for c in input.chars() {
            match (code.len(), c) {
                (7, '0'..='9') => return Err(Code::TooLong),
                (3, '0'..='9') => {
                    code.push('-');
                    code.push(c);
                }
                (_, '0'..='9') => code.push(c),
                (3, c) if is_dash(c) && !dashed => dashed = true,
                (_, c) if is_dash(c) || super::typed::is_space(c) => {
                    return Err(Code::DepartmentCodeFormat);
                }
                _ => return Err(Code::WrongCharacter),
            }
        }
        if code.len() < 7 {
            return Err(Code::DepartmentCodeLength);
        }
        Ok(DepartmentCode(code))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_dash_in_the_middle_or_none() {
        for typed in ["770-096", "770096", "770–096", " 770−096\n"] {
            assert_eq!(DepartmentCode::parse(typed).unwrap().as_str(), "770-096");
        }
        for typed in ["77-0", "770--", "770 - 096", "770-09-6"] {
            assert_eq!(DepartmentCode::parse(typed), Err(Code::DepartmentCodeFormat), "{typed}");
        }
        assert_eq!(DepartmentCode::parse("770-"), Err(Code::DepartmentCodeLength));
        assert_eq!(DepartmentCode::parse("770/"), Err(Code::WrongCharacter));
    }
}
