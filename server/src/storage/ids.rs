//! The one place where ids and secrets are made.

use sha2::{Digest, Sha256};

/// Lower-case base32 without the letters i, l, o, u (Crockford).
const BASE32: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
/// What a person reads out on the phone: no 0/O, 1/I/L, 2/Z, 5/S, 8/B, and nothing that needs a keyboard switch guess.
const SPOKEN: &[u8; 22] = b"34679ACDEFGHJKMNPRTUXY";

/// Random bytes from the operating system. Without them nothing here is safe, so their absence ends the process.
pub fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    #[expect(clippy::expect_used, reason = "no safe way to go on without randomness")]
    getrandom::fill(&mut bytes).expect("the operating system gives random bytes");
    bytes
}

/// An id that people and pages see: 26 characters, not to be guessed or counted. It is a ULID, 48 bits of the moment in
/// milliseconds and 80 random ones: rows of one time lie together, so a submission writes to fewer pages of the database.
pub fn public_id() -> String {
    // The moment is where a UUIDv7 has it.
    let at = uuid::Uuid::now_v7().as_u128() >> 80;
    let bits = at << 80 | u128::from_be_bytes(random()) >> 48;
    (0..26).rev().map(|place| char::from(BASE32[(bits >> (place * 5)) as usize & 31])).collect()
}

/// An id that stays inside: UUIDv7, so that rows of one time lie together.
pub fn inner_id() -> String {
    uuid::Uuid::now_v7().simple().to_string()
}

/// Lower-case hexadecimal digits.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}

/// Signs of a [`token`].
pub const TOKEN_SIGNS: usize = 52;

/// A secret for a cookie or a link: 256 random bits in 52 characters. Store only [`token_hash`].
pub fn token() -> String {
    let mut text = String::with_capacity(52);
    let (mut buffer, mut bits) = (0u32, 0);
    for byte in random::<32>() {
        buffer = (buffer << 8) | u32::from(byte);
        bits += 8;
        while bits >= 5 {
            bits -= 5;
            text.push(char::from(BASE32[(buffer >> bits) as usize & 31]));
        }
        buffer &= (1 << bits) - 1;
    }
    text.push(char::from(BASE32[(buffer << (5 - bits)) as usize & 31]));
    text
}

/// What of a token is stored. Tokens hold 256 random bits, so a plain hash cannot be searched backwards.
pub fn token_hash(token: &str) -> [u8; 32] {
    Sha256::digest(token.as_bytes()).into()
}

/// `length` characters without look-alikes, for numbers that are read aloud (35 bits in 8 characters).
pub fn spoken(length: usize) -> String {
    let mut text = String::with_capacity(length);
    while text.len() < length {
        // 242 = 11 × 22: bytes above it would make some characters likelier.
        let [byte] = random();
        if byte < 242 {
            text.push(char::from(SPOKEN[usize::from(byte) % SPOKEN.len()]));
        }
    }
    text
}

/// A code of `length` decimal digits, each equally likely.
pub fn digits(length: usize) -> String {
    let mut text = String::with_capacity(length);
    while text.len() < length {
        let [byte] = random();
        if byte < 250 {
            text.push(char::from(b'0' + byte % 10));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn ids_have_their_shape_and_do_not_repeat() {
        let ids: HashSet<_> = (0..1000).map(|_| public_id()).collect();
        assert_eq!(ids.len(), 1000);
        assert!(ids.iter().all(|id| id.len() == 26 && id.bytes().all(|b| BASE32.contains(&b))));
        // 2020-01-01 and 2200-01-01: ids of one time have their beginning in common, and what follows is drawn.
        assert!(ids.iter().all(|id| ("01dxf6dt00".."06k7ms3a00").contains(&&id[..10])), "{ids:?}");
        assert_eq!(ids.iter().map(|id| &id[10..]).collect::<HashSet<_>>().len(), 1000);
        let tokens: HashSet<_> = (0..1000).map(|_| token()).collect();
        assert_eq!(tokens.len(), 1000);
        assert!(tokens.iter().all(|t| t.len() == 52));
        assert_eq!(spoken(8).len(), 8);
        assert!(digits(6).bytes().all(|b| b.is_ascii_digit()));
        assert_ne!(token_hash("a"), token_hash("b"));
    }
}
