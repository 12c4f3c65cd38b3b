//! Lines of Russian text copied from a document: where from, who issued, what an organisation is
//! called.

use super::typed::{is_dash, is_russian, one_line};
use crate::code::Code;

/// Punctuation documents use beside letters and digits.
const fn is_punctuation(c: char) -> bool {
    matches!(
        c,
        ' ' | '.' | ',' | '-' | '\'' | '"' | '(' | ')' | '/' | ':' | ';' | '№' | '«' | '»' | '’' | '+' | '&' | '!'
    ) || is_dash(c)
}

/// One line of at most `longest` characters with at least `letters` letters, or `too_short`.
pub(super) fn line(input: &str, latin: bool, letters: usize, longest: usize, too_short: Code) -> Result<String, Code> {
    let line = one_line(input);
    if line.is_empty() {
        return Err(Code::Empty);
    }
    let (mut found, mut length) = (0, 0);
    for c in line.chars() {
        length += 1;
        if is_russian(c) || (latin && c.is_ascii_alphabetic()) {
            found += 1;
        } else if !(c.is_ascii_digit() || is_punctuation(c)) {
            return Err(Code::WrongCharacter);
        }
    }
    if length > longest {
        return Err(Code::TooLong);
    }
    if found < letters {
        return Err(too_short);
    }
    Ok(line)
}
