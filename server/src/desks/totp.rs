//! Codes of an authenticator app: RFC 6238 with HMAC-SHA-1, six digits, steps of 30 seconds. SHA-1 is what every
//! app can do; several ignore a request for anything else, and in HMAC its collisions do not matter.

use domain::clock::Timestamp;
use hmac::{Hmac, KeyInit, Mac};
use sha1::Sha1;
use std::fmt::Write as _;
use subtle::ConstantTimeEq;

const STEP_SECONDS: i64 = 30;
/// RFC 4226 asks for at least 16 bytes and recommends 20, the length of the hash.
pub const SECRET: usize = 20;
const BASE32: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/// The code of a step.
fn code_at(secret: &[u8], step: i64) -> Option<String> {
    let mut mac = <Hmac<Sha1> as KeyInit>::new_from_slice(secret).ok()?;
    mac.update(&step.to_be_bytes());
    let hash = mac.finalize().into_bytes();
    // RFC 4226, 5.3: the last half-byte says which four bytes count; their sign bit does not.
    let offset = usize::from(hash[hash.len() - 1] & 15);
    let chosen = [hash[offset], hash[offset + 1], hash[offset + 2], hash[offset + 3]];
    Some(format!("{:06}", (u32::from_be_bytes(chosen) & 0x7fff_ffff) % 1_000_000))
}

pub const fn step_of(now: Timestamp) -> i64 {
    now.0.div_euclid(STEP_SECONDS * 1000)
}

/// The code an app shows at this moment.
pub fn code(secret: &[u8], now: Timestamp) -> Option<String> {
    code_at(secret, step_of(now))
}

/// The step a typed code belongs to: this one, or one beside it, for clocks that drift. All are compared.
pub fn step(secret: &[u8], typed: &str, now: Timestamp) -> Option<i64> {
    let mut found = None;
    for step in [step_of(now) - 1, step_of(now), step_of(now) + 1] {
        let fits = code_at(secret, step).is_some_and(|code| bool::from(code.as_bytes().ct_eq(typed.as_bytes())));
        if fits {
            found = Some(step);
        }
    }
    found
}

/// RFC 4648 without padding, as apps take it.
pub fn base32(bytes: &[u8]) -> String {
    let mut text = String::new();
    let (mut buffer, mut bits) = (0u32, 0);
    for byte in bytes {
        buffer = (buffer << 8) | u32::from(*byte);
        bits += 8;
        while bits >= 5 {
            bits -= 5;
            text.push(char::from(BASE32[(buffer >> bits) as usize & 31]));
        }
        buffer &= (1 << bits) - 1;
    }
    if bits > 0 {
        text.push(char::from(BASE32[(buffer << (5 - bits)) as usize & 31]));
    }
    text
}

/// In groups of four, for typing.
pub fn grouped(base32: &str) -> String {
    let signs: Vec<char> = base32.chars().collect();
    signs.chunks(4).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
}

/// The address an app scans. Login and issuer hold nothing that needs escaping.
pub fn uri(login: &str, secret: &[u8]) -> String {
    format!("otpauth://totp/Otdelenie:{login}?secret={}&issuer=Otdelenie", base32(secret))
}

/// A QR code as an SVG path: side in modules with four of quiet zone (ISO/IEC 18004), and the dark ones.
pub fn qr(text: &str) -> Option<(usize, String)> {
    const QUIET: usize = 4;
    let code = fast_qr::QRBuilder::new(text).ecl(fast_qr::ECL::M).build().ok()?;
    let mut path = String::new();
    for y in 0..code.size {
        for x in 0..code.size {
            if code[y][x].value() {
                // Writing to a String cannot fail.
                let _ = write!(path, "M{} {}h1v1h-1z", x + QUIET, y + QUIET);
            }
        }
    }
    Some((code.size + 2 * QUIET, path))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 6238, appendix B, the last six of its eight digits.
    #[test]
    fn the_vectors_of_the_standard() {
        let secret = b"12345678901234567890";
        for (seconds, expected) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
            (20_000_000_000, "353130"),
        ] {
            assert_eq!(code(secret, Timestamp(seconds * 1000)).as_deref(), Some(expected), "{seconds}");
        }
    }

    #[test]
    fn a_clock_may_drift_by_one_step_and_no_more() {
        let (secret, now) = ([7; SECRET], Timestamp(1_795_338_000_000));
        let shown = code(&secret, now).unwrap();
        for late in [-30, 0, 30] {
            assert_eq!(step(&secret, &shown, now.plus_seconds(late)), Some(step_of(now)), "{late}");
        }
        for late in [-60, 60, 3600] {
            assert_eq!(step(&secret, &shown, now.plus_seconds(late)), None, "{late}");
        }
        assert_eq!(step(&secret, "", now), None);
        assert_eq!(step(&[8; SECRET], &shown, now), None);
    }

    /// RFC 4648, section 10.
    #[test]
    fn base32_is_the_standards() {
        for (bytes, text) in [("", ""), ("f", "MY"), ("fo", "MZXQ"), ("foo", "MZXW6"), ("foobar", "MZXW6YTBOI")] {
            assert_eq!(base32(bytes.as_bytes()), text);
        }
        assert_eq!(grouped("MZXW6YTBOI"), "MZXW 6YTB OI");
    }
}
