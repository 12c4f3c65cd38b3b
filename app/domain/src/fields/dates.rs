//! Dates as people write them: ДД.ММ.ГГГГ (VAL-3).

use super::typed::trimmed;
use crate::code::Code;
use time::{Date, Month};

/// Reads `ДД.ММ.ГГГГ` with zeros and dots, years 1900 to 2099.
///
/// # Errors
/// `Empty`, `WrongCharacter`, `DateFormat` (a sign out of place, a zero left out), and as soon as
/// the digits tell `DateNoSuchDay` and `DateYearOutOfRange`; `DateIncomplete`.
pub fn parse_date(input: &str) -> Result<Date, Code> {
    let input = trimmed(input);
    if input.is_empty() {
        return Err(Code::Empty);
    }
    let mut parts = [0u16; 3];
    let mut length = 0;
    for c in input.chars() {
        match (length, c) {
            (2 | 5, '.') => {}
            (2 | 5, '0'..='9') | (10.., _) => return Err(Code::DateFormat),
            // Days begin with 0 to 3, months with 0 or 1: a zero is missing.
            (0, '4'..='9') | (3, '2'..='9') => return Err(Code::DateFormat),
            (6, '0' | '3'..='9') => return Err(Code::DateYearOutOfRange),
            (0..10, '0'..='9') => {
                let part = &mut parts[usize::from(length > 2) + usize::from(length > 5)];
                *part = *part * 10 + c as u16 - '0' as u16;
            }
            (_, '.' | '/' | '-' | ' ') => return Err(Code::DateFormat),
            _ => return Err(Code::WrongCharacter),
        }
        length += 1;
        check_so_far(length, parts)?;
    }
    let [day, month, year] = parts;
    if length < 10 {
        return Err(Code::DateIncomplete);
    }
    u8::try_from(month)
        .ok()
        .and_then(|month| Month::try_from(month).ok())
        .zip(u8::try_from(day).ok())
        .and_then(|(month, day)| Date::from_calendar_date(i32::from(year), month, day).ok())
        .ok_or(Code::DateNoSuchDay)
}

/// What the first characters already exclude.
fn check_so_far(length: usize, [day, month, year]: [u16; 3]) -> Result<(), Code> {
    let longest = match month {
        2 => 29,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    };
    match length {
        2 if !(1..=31).contains(&day) => Err(Code::DateNoSuchDay),
        5 if !(1..=12).contains(&month) || day > longest => Err(Code::DateNoSuchDay),
        8 if !(19..=20).contains(&year) => Err(Code::DateYearOutOfRange),
        _ => Ok(()),
    }
}

/// `20.11.2026`.
pub fn format_date(date: Date) -> String {
    let mut text = String::with_capacity(10);
    push_two(&mut text, u32::from(date.day()));
    text.push('.');
    push_two(&mut text, u32::from(u8::from(date.month())));
    text.push('.');
    push_year(&mut text, date);
    text
}

/// `2026-11-20`, the stored form.
pub fn iso(date: Date) -> String {
    let mut text = String::with_capacity(10);
    push_year(&mut text, date);
    text.push('-');
    push_two(&mut text, u32::from(u8::from(date.month())));
    text.push('-');
    push_two(&mut text, u32::from(date.day()));
    text
}

fn push_year(text: &mut String, date: Date) {
    // Dates come from `parse_date` or a clock; a year outside four digits cannot be shown.
    let year = date.year().clamp(0, 9999).unsigned_abs();
    push_two(text, year / 100);
    push_two(text, year % 100);
}

/// Two digits, with a zero in front where needed.
pub(crate) fn push_two(text: &mut String, number: u32) {
    for digit in [number / 10 % 10, number % 10] {
        text.push(char::from_digit(digit, 10).unwrap_or('0'));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn read_and_written_alike() {
        let date = parse_date("29.02.2024\n").unwrap();
        assert_eq!(format_date(date), "29.02.2024");
        assert_eq!(iso(date), "2024-02-29");
    }

    #[test]
    fn an_impossible_day_is_told_while_typing() {
        for (typed, code) in [
            ("3", Code::DateIncomplete),
            ("32", Code::DateNoSuchDay),
            ("00", Code::DateNoSuchDay),
            ("4", Code::DateFormat),
            ("1.", Code::DateFormat),
            ("0101", Code::DateFormat),
            ("01.13", Code::DateNoSuchDay),
            ("30.02", Code::DateNoSuchDay),
            ("29.02", Code::DateIncomplete),
            ("31.04", Code::DateNoSuchDay),
            ("01.01.18", Code::DateYearOutOfRange),
            ("01.01.0", Code::DateYearOutOfRange),
            ("01.01.2", Code::DateIncomplete),
            ("29.02.2023", Code::DateNoSuchDay),
            ("01/01", Code::DateFormat),
            ("01.01.20200", Code::DateFormat),
            ("а", Code::WrongCharacter),
        ] {
            assert_eq!(parse_date(typed), Err(code), "{typed}");
        }
    }
}
