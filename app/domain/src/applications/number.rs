//! The number of an application, made to be read aloud over a bad line and typed on any keyboard.

use crate::code::Code;

/// Signs that look alike in no pair, and of whose letters each stands on a Russian keyboard too
/// in the same shape: А С Е Н К М Р Т Х. Seventeen is prime, so the check sign catches every single
/// wrong sign and every swap of neighbours.
const SIGNS: &[u8; 17] = b"23456789ACEHKMPTX";
const CYRILLIC: &[(char, u8)] = &[
    ('А', b'A'),
    ('С', b'C'),
    ('Е', b'E'),
    ('Н', b'H'),
    ('К', b'K'),
    ('М', b'M'),
    ('Р', b'P'),
    ('Т', b'T'),
    ('Х', b'X'),
];

/// `2026-7Q4K-93CX` in shape: year, seven random signs and a check sign.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Number(String);

impl Number {
    /// Signs needed from the random source.
    pub const RANDOM: usize = 7;

    /// Makes a number of the year from random bytes.
    pub fn new(year: i32, random: [u8; Self::RANDOM]) -> Number {
        // 255 = 15 · 17: every sign is equally likely but for the byte 255, which is folded in.
        let signs = random.map(|b| b % 17);
        let mut text = format!("{year:04}-");
        for (i, s) in signs.iter().copied().chain([check_sign(&signs)]).enumerate() {
            if i == 4 {
                text.push('-');
            }
            text.push(char::from(SIGNS[usize::from(s)]));
        }
        Number(text)
    }

    /// Reads a number as people type it: any case, Cyrillic look-alikes, spaces, missing dashes, «№».
    pub fn parse(input: &str) -> Result<Number, Code> {
        let mut digits = String::new();
        let mut signs = Vec::new();
        for c in input.chars().filter(|c| !c.is_whitespace() && !matches!(c, '-' | '‐' | '–' | '—' | '№')) {
            let upper = c.to_uppercase().next().unwrap_or(c);
            if digits.len() < 4 {
                if !c.is_ascii_digit() {
                    return Err(Code::ReceiptNotFound);
                }
                digits.push(c);
                continue;
            }
            let latin = CYRILLIC.iter().find(|(k, _)| *k == upper).map_or(upper, |(_, l)| char::from(*l));
            let place = SIGNS.iter().position(|s| char::from(*s) == latin).ok_or(Code::ReceiptNotFound)?;
            signs.push(place as u8);
        }
        let (random, check) = signs.split_at_checked(Self::RANDOM).ok_or(Code::ReceiptNotFound)?;
        let random: [u8; Self::RANDOM] = random.try_into().map_err(|_| Code::ReceiptNotFound)?;
        if check != [check_sign(&random)] {
            return Err(Code::ReceiptNotFound);
        }
        let year = digits.parse().map_err(|_| Code::ReceiptNotFound)?;
        Ok(Number::new(year, random))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn check_sign(signs: &[u8; Number::RANDOM]) -> u8 {
    let sum: u32 = signs.iter().zip(2u32..).map(|(s, weight)| u32::from(*s) * weight).sum();
    (sum % 17) as u8
}

impl core::fmt::Display for Number {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(&self.0)
    }
}

impl core::fmt::Debug for Number {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_read_back_however_it_is_typed() {
        let number = Number::new(2026, [8, 9, 10, 11, 12, 13, 14]);
        assert_eq!(number.as_str().len(), "2026-ACEH-KMPX".len());
        assert_eq!(Number::parse(number.as_str()), Ok(number.clone()));
        let typed = format!(" № {} \n", number.as_str().to_lowercase().replace('-', " "));
        assert_eq!(Number::parse(&typed), Ok(number.clone()));
        let cyrillic: String = number
            .as_str()
            .chars()
            .map(|c| CYRILLIC.iter().find(|(_, l)| char::from(*l) == c).map_or(c, |(k, _)| *k))
            .collect();
        assert_ne!(cyrillic, number.as_str());
        assert_eq!(Number::parse(&cyrillic), Ok(number));
    }

    #[test]
    fn a_slip_of_one_sign_or_a_swap_of_neighbours_is_caught() {
        let number = Number::new(2026, [1, 5, 9, 2, 16, 0, 7]);
        let signs: Vec<char> = number.as_str().chars().filter(|c| *c != '-').collect();
        for i in 4..signs.len() {
            for other in SIGNS.iter().map(|s| char::from(*s)).filter(|c| *c != signs[i]) {
                let mut slip = signs.clone();
                slip[i] = other;
                assert!(Number::parse(&slip.iter().collect::<String>()).is_err());
            }
            if i + 1 < signs.len() && signs[i] != signs[i + 1] {
                let mut swap = signs.clone();
                swap.swap(i, i + 1);
                assert!(Number::parse(&swap.iter().collect::<String>()).is_err(), "swap at {i}");
            }
        }
    }

    #[test]
    fn rubbish_is_no_number() {
        for rubbish in ["", "2026", "2026-", "АБВГ", "2026-AAAA-AAAAA", "２０２６-AAAA-AAAA", "\u{0}"] {
            assert!(Number::parse(rubbish).is_err(), "{rubbish:?}");
        }
    }
}
