//! Numbers of mail items: the Russian 14-digit ШПИ and the international S10 of the UPU.

use super::typed::{is_grouping, stored_text, trimmed, values, weighted, write_groups};
use crate::code::Code;

/// Countries whose operators give S10 numbers, two letters each, in order.
const COUNTRIES: &str = "\
    AEAFAGALAMAOARATAUAZBABBBDBEBFBGBHBIBJBNBOBRBSBTBWBYBZCACDCFCGCHCICLCMCNCOCRCUCVCYCZ\
    DEDJDKDMDODZECEEEGERESETFIFJFRGAGBGDGEGHGMGNGQGRGTGWGYHKHNHRHTHUIDIEILINIQIRISITJMJO\
    JPKEKGKHKIKMKNKPKRKWKZLALBLCLILKLRLSLTLULVLYMAMCMDMEMGMKMLMMMNMRMTMUMVMWMXMYMZNANENG\
    NINLNONPNRNZOMPAPEPGPHPKPLPTPYQARORSRURWSASBSCSDSESGSISKSLSMSNSOSRSSSTSVSYSZTDTGTHTJ\
    TLTMTNTOTRTTTVTZUAUGUSUYUZVAVCVEVNVUWSYEZAZMZW";

/// Which of the two numberings an item has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TrackKind {
    /// 14 digits: index of acceptance, month number, serial, check digit.
    Domestic,
    /// Two service letters, eight digits and a check digit, the country.
    International,
}

stored_text! {
    /// Stored without spaces, letters capital; shown as `RA 123 456 785 RU` or `443063 49 21120 1`.
    TrackNumber
}

impl TrackNumber {
    /// Takes either numbering in any case, with spaces and dashes anywhere.
    ///
    /// # Errors
    /// `Empty`, `WrongCharacter`, `TooLong`, `TrackFormat` (a letter where a digit belongs or the
    /// reverse, letters of no service), `TrackChecksum`, `TrackCountry`, `TrackLength`.
    pub fn parse(input: &str) -> Result<Self, Code> {
        let input = trimmed(input);
        if input.is_empty() {
            return Err(Code::Empty);
        }
        let mut number = String::with_capacity(14);
        for c in input.chars() {
            if c.is_ascii_alphanumeric() {
                number.push(c.to_ascii_uppercase());
            } else if !is_grouping(c) {
                return Err(Code::WrongCharacter);
            }
        }
        match number.bytes().next() {
            None => return Err(Code::TrackLength),
            Some(b'0'..=b'9') => check_domestic(&number)?,
            Some(_) => check_international(&number)?,
        }
        Ok(TrackNumber(number))
    }

    /// Which numbering it is.
    pub fn kind(&self) -> TrackKind {
        if self.0.len() == 14 { TrackKind::Domestic } else { TrackKind::International }
    }

    /// The country of the operator that gave the number (`RU` for domestic ones).
    pub fn country(&self) -> &str {
        match self.kind() {
            TrackKind::Domestic => "RU",
            TrackKind::International => self.0.get(11..).unwrap_or_default(),
        }
    }

    /// The two letters of the service (`RA`: registered letter); none for domestic numbers.
    pub fn service_letters(&self) -> Option<&str> {
        match self.kind() {
            TrackKind::Domestic => None,
            TrackKind::International => self.0.get(..2),
        }
    }

    /// The check digit, 0 to 9.
    pub fn check_digit(&self) -> u8 {
        let place = match self.kind() {
            TrackKind::Domestic => 13,
            TrackKind::International => 10,
        };
        self.0.as_bytes().get(place).map_or(0, |b| b - b'0')
    }
}

/// GS1 modulo 10, weights 3 and 1.
fn check_domestic(number: &str) -> Result<(), Code> {
    if !number.bytes().all(|b| b.is_ascii_digit()) {
        return Err(Code::TrackFormat);
    }
    match number.len() {
        14 => {}
        0..14 => return Err(Code::TrackLength),
        _ => return Err(Code::TooLong),
    }
    let sum = weighted(number, &[3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1]);
    if sum.is_multiple_of(10) { Ok(()) } else { Err(Code::TrackChecksum) }
}

/// Whether the letters may begin a number: the service indicators of UPU S10 in use.
const fn is_service(first: u8, second: Option<u8>) -> bool {
    match (first, second) {
        (b'A', Some(second)) => matches!(second, b'V'..=b'Z'),
        (b'G', Some(second)) => matches!(second, b'A' | b'D'),
        (b'Q', Some(second)) => matches!(second, b'A'..=b'M'),
        _ => {
            matches!(first, b'A'..=b'E' | b'G' | b'H' | b'L'..=b'N' | b'P'..=b'R' | b'U' | b'V' | b'Z')
        }
    }
}

/// UPU S10: the check digit is certain before the country is typed.
fn check_international(number: &str) -> Result<(), Code> {
    for (place, b) in number.bytes().enumerate() {
        if place == 13 {
            return Err(Code::TooLong);
        }
        if b.is_ascii_digit() != (2..11).contains(&place) {
            return Err(Code::TrackFormat);
        }
    }
    if let Some(first) = number.bytes().next()
        && !is_service(first, number.as_bytes().get(1).copied())
    {
        return Err(Code::TrackFormat);
    }
    if let Some(serial) = number.get(2..10)
        && let Some(check) = number.get(10..11)
    {
        let right = match 11 - weighted(serial, &[8, 6, 4, 2, 3, 5, 9, 7]) % 11 {
            10 => 0,
            11 => 5,
            digit => digit,
        };
        if values(check).next() != Some(right) {
            return Err(Code::TrackChecksum);
        }
    }
    let country = number.get(11..).unwrap_or_default().as_bytes();
    let known = COUNTRIES.as_bytes().chunks_exact(2).any(|code| code.starts_with(country));
    if !known {
        return Err(Code::TrackCountry);
    }
    if number.len() < 13 {
        return Err(Code::TrackLength);
    }
    Ok(())
}

impl core::fmt::Display for TrackNumber {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        let groups: &[usize] = match self.kind() {
            TrackKind::Domestic => &[6, 2, 5, 1],
            TrackKind::International => &[2, 3, 3, 3, 2],
        };
        write_groups(f, &self.0, groups, " ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_international_number_says_what_and_whence() {
        let track = TrackNumber::parse("rg 759 271 807 ru\n").unwrap();
        assert_eq!(track.as_str(), "RG759271807RU");
        assert_eq!(track.to_string(), "RG 759 271 807 RU");
        assert_eq!(track.kind(), TrackKind::International);
        assert_eq!((track.country(), track.service_letters()), ("RU", Some("RG")));
        assert_eq!(track.check_digit(), 7);
    }

    #[test]
    fn a_domestic_number_is_fourteen_digits() {
        let track = TrackNumber::parse("443063 49 21120 1").unwrap();
        assert_eq!(track.as_str(), "44306349211201");
        assert_eq!(track.to_string(), "443063 49 21120 1");
        assert_eq!((track.country(), track.service_letters()), ("RU", None));
        assert_eq!(track.check_digit(), 1);
    }

    #[test]
    fn what_is_certain_is_told_at_once() {
        for (typed, code) in [
            ("R1", Code::TrackFormat),
            ("S", Code::TrackFormat),
            ("AR", Code::TrackFormat),
            ("QZ", Code::TrackFormat),
            ("RG7592718O", Code::TrackFormat),
            ("4430A", Code::TrackFormat),
            ("РА1", Code::WrongCharacter),
            ("RG759271808", Code::TrackChecksum),
            ("RG759271807X", Code::TrackCountry),
            ("RG759271807RX", Code::TrackCountry),
            ("RG759271807R", Code::TrackLength),
            ("RG759271807RUS", Code::TooLong),
            ("443063492112010", Code::TooLong),
            ("44306349211202", Code::TrackChecksum),
            ("RA644000001RU", Code::TrackChecksum),
        ] {
            assert_eq!(TrackNumber::parse(typed), Err(code), "{typed}");
        }
    }
}
