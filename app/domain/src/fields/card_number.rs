//! A bank card's number: Мир, Visa or MasterCard, control digit by Luhn (ISO/IEC 7812-1).

use super::typed::{digits, is_grouping, stored_text, values, write_groups};
use crate::code::Code;

/// The payment system a card belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CardSystem {
    Mir,
    Visa,
    MasterCard,
}

stored_text! {
    /// Stored as digits, shown as `2200 0000 0000 0004`. Never kept longer than a payment needs.
    CardNumber
}

impl CardNumber {
    /// Takes the digits with spaces and dashes anywhere.
    ///
    /// # Errors
    /// `Empty`, `WrongCharacter`, `TooLong`, `CardSystem` as soon as the first digits tell,
    /// `CardLength`, `CardChecksum`.
    pub fn parse(input: &str) -> Result<Self, Code> {
        let digits = digits(input, 19, is_grouping)?;
        let system = match system(&digits) {
            Beginning::Of(system) => system,
            Beginning::Open => return Err(Code::CardLength),
            Beginning::Foreign => return Err(Code::CardSystem),
        };
        let right_length = match system {
            CardSystem::Mir => matches!(digits.len(), 16..=19),
            CardSystem::Visa => matches!(digits.len(), 16 | 18 | 19),
            CardSystem::MasterCard if digits.len() > 16 => return Err(Code::TooLong),
            CardSystem::MasterCard => digits.len() == 16,
        };
        if !right_length {
            return Err(Code::CardLength);
        }
        if !luhn(&digits) {
            return Err(Code::CardChecksum);
        }
        Ok(CardNumber(digits))
    }

    /// The payment system.
    pub fn system(&self) -> CardSystem {
        match system(&self.0) {
            Beginning::Of(system) => system,
            // `parse` lets no other number in.
            Beginning::Open | Beginning::Foreign => CardSystem::Mir,
        }
    }
}

enum Beginning {
    Of(CardSystem),
    /// Too few digits to tell.
    Open,
    Foreign,
}

fn system(digits: &str) -> Beginning {
    match digits.as_bytes() {
        [] | [b'2' | b'5'] | [b'2', b'2' | b'7'] | [b'2', b'2', b'0' | b'2'] | [b'2', b'7', b'2'] => Beginning::Open,
        [b'4', ..] => Beginning::Of(CardSystem::Visa),
        [b'2', b'2', b'0', b'0'..=b'4', ..] => Beginning::Of(CardSystem::Mir),
        // 51-55 and 2221-2720.
        [b'5', b'1'..=b'5', ..]
        | [b'2', b'2', b'2', b'1'..=b'9', ..]
        | [b'2', b'2', b'3'..=b'9', ..]
        | [b'2', b'3'..=b'6', ..]
        | [b'2', b'7', b'0' | b'1', ..]
        | [b'2', b'7', b'2', b'0', ..] => Beginning::Of(CardSystem::MasterCard),
        _ => Beginning::Foreign,
    }
}

fn luhn(digits: &str) -> bool {
    let sum: u32 = values(digits)
        .rev()
        .enumerate()
        .map(|(place, digit)| match (place % 2, digit) {
            (0, d) => d,
            (_, d @ 0..5) => d * 2,
            (_, d) => d * 2 - 9,
        })
        .sum();
    sum.is_multiple_of(10)
}

impl core::fmt::Display for CardNumber {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write_groups(f, &self.0, &[4, 4, 4, 4], " ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_digits_name_the_system() {
        let system = |number| CardNumber::parse(number).map(|card| card.system());
        assert_eq!(system("2200 0000 0000 0004"), Ok(CardSystem::Mir));
        assert_eq!(system("4111-1111-1111-1111"), Ok(CardSystem::Visa));
        assert_eq!(system("2221000007102055"), Ok(CardSystem::MasterCard));
        assert_eq!(system("5555555555554444"), Ok(CardSystem::MasterCard));
        assert_eq!(system("3"), Err(Code::CardSystem));
        assert_eq!(system("2205"), Err(Code::CardSystem));
        assert_eq!(system("2721"), Err(Code::CardSystem));
        assert_eq!(system("220"), Err(Code::CardLength));
        assert_eq!(system("4111111111111112"), Err(Code::CardChecksum));
        assert_eq!(system("55555555555544440"), Err(Code::TooLong));
    }

    #[test]
    fn shown_in_fours_and_never_debugged() {
        let card = CardNumber::parse("4111111111111111").unwrap();
        assert_eq!(card.to_string(), "4111 1111 1111 1111");
        assert_eq!(format!("{card:?}"), "CardNumber(***)");
    }
}
