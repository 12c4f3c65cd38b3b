//! What people type around and between the characters that count (C7).
//!
//! The rules are those of `tests/vectors/README.md`: spaces, tabs, line ends and U+00A0 around a
//! value never matter; digits and Latin letters are ASCII only, so look-alikes are an error.

use crate::code::Code;

/// The value without what a paste brings along.
pub(crate) fn trimmed(input: &str) -> &str {
    input.trim_matches(|c| matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{a0}'))
}

/// A space inside a value: plain, no-break, thin or narrow.
pub(crate) const fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\u{a0}' | '\u{2009}' | '\u{202f}')
}

/// A dash inside a value: the hyphen, its typographic relatives, the minus sign.
pub(crate) const fn is_dash(c: char) -> bool {
    matches!(c, '-' | '\u{2010}'..='\u{2014}' | '\u{2212}')
}

/// Something to look at: no space, no control character, none of those that only join or turn others.
pub(crate) const fn is_visible(c: char) -> bool {
    !matches!(c, '\0'..=' ' | '\u{7f}'..='\u{a0}' | '\u{ad}' | '\u{300}'..='\u{36f}' | '\u{2000}'..='\u{200f}'
        | '\u{2028}'..='\u{202f}' | '\u{205f}'..='\u{206f}' | '\u{3000}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}')
}

/// Spaces and dashes: what groups the digits of most numbers.
pub(crate) const fn is_grouping(c: char) -> bool {
    is_space(c) || is_dash(c)
}

/// The ASCII digits of a value, with the characters `dropped` names left out.
///
/// Refuses an empty value, any other character, and more than `max` digits.
pub(crate) fn digits(input: &str, max: usize, dropped: impl Fn(char) -> bool) -> Result<String, Code> {
    let input = trimmed(input);
    if input.is_empty() {
        return Err(Code::Empty);
    }
    let mut found = String::with_capacity(max);
    for c in input.chars() {
        if c.is_ascii_digit() {
            if found.len() == max {
                return Err(Code::TooLong);
            }
            found.push(c);
        } else if !dropped(c) {
            return Err(Code::WrongCharacter);
        }
    }
    Ok(found)
}

/// The values of ASCII digits; anything else must have been refused before.
pub(crate) fn values(digits: &str) -> impl DoubleEndedIterator<Item = u32> + '_ {
    digits.bytes().map(|b| u32::from(b.wrapping_sub(b'0')))
}

/// The sum of digits times weights, as far as both go.
pub(crate) fn weighted(digits: &str, weights: &[u32]) -> u32 {
    values(digits).zip(weights).map(|(d, w)| d * w).sum()
}

/// Writes ASCII `text` in groups of the given lengths, `separator` between them.
pub(crate) fn write_groups(
    f: &mut core::fmt::Formatter<'_>,
    text: &str,
    lengths: &[usize],
    separator: &str,
) -> core::fmt::Result {
    let mut rest = text;
    for length in lengths {
        let Some((group, after)) = rest.split_at_checked(*length) else {
            break;
        };
        f.write_str(group)?;
        if after.is_empty() {
            return Ok(());
        }
        f.write_str(separator)?;
        rest = after;
    }
    f.write_str(rest)
}

/// A capital or small letter of the Russian alphabet.
pub(crate) const fn is_russian(c: char) -> bool {
    matches!(c, 'А'..='я' | 'Ё' | 'ё')
}

pub(crate) const fn is_russian_capital(c: char) -> bool {
    matches!(c, 'А'..='Я' | 'Ё')
}

/// Small letters for Russian and ASCII ones. `char::to_lowercase` would bring the tables of all
/// scripts into the page.
pub(crate) const fn small(c: char) -> char {
    match c {
        'А'..='Я' => match char::from_u32(c as u32 + 32) {
            Some(small) => small,
            None => c,
        },
        'Ё' => 'ё',
        _ => c.to_ascii_lowercase(),
    }
}

/// Free text on one line: every run of spaces and line ends becomes one space.
pub(crate) fn one_line(input: &str) -> String {
    let mut line = String::with_capacity(input.len());
    for word in input.split(|c: char| is_space(c) || matches!(c, '\t' | '\n' | '\r')) {
        if !word.is_empty() {
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
    }
    line
}

/// A value that is text in storage and personal to its owner: `as_str`, serde as the stored text
/// (read back through `parse`), and a `Debug` that tells nothing. With `plain`, people see the
/// stored text; otherwise the type writes its own `Display`.
macro_rules! stored_text {
    ($(#[$doc:meta])* plain $name:ident) => {
        stored_text! { $(#[$doc])* $name }
        impl core::fmt::Display for $name {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, Hash)]
        pub struct $name(String);

        impl $name {
            /// The stored form.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }
        impl From<$name> for String {
            fn from(value: $name) -> String {
                value.0
            }
        }
        /// Personal data: only the type's name.
        impl core::fmt::Debug for $name {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                f.write_str(concat!(stringify!($name), "(***)"))
            }
        }
        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(&self.0)
            }
        }
        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = <String as serde::Deserialize>::deserialize(deserializer)?;
                $name::parse(&text).map_err(serde::de::Error::custom)
            }
        }
    };
}
pub(crate) use stored_text;
