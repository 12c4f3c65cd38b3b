//! The public key of a passkey (RFC 9052, RFC 9053): ES256, EdDSA, RS256, which is what authenticators have. The little
//! CBOR that takes is read here.

use ring::signature::{
    ECDSA_P256_SHA256_ASN1, ED25519, RSA_PKCS1_2048_8192_SHA256, RsaPublicKeyComponents, UnparsedPublicKey,
};

/// A public key, with its COSE bytes as they are stored.
#[derive(Clone, PartialEq, Eq)]
pub struct Key {
    kind: Kind,
    cose: Vec<u8>,
}

#[derive(Clone, PartialEq, Eq)]
enum Kind {
    /// An uncompressed point.
    Es256(Vec<u8>),
    Ed25519(Vec<u8>),
    Rs256 {
        n: Vec<u8>,
        e: Vec<u8>,
    },
}

/// No key is larger.
const LONGEST: usize = 2048;

impl Key {
    /// Reads a key; what stands behind it (extensions) is left out. `None`: another algorithm, or no key.
    pub fn parse(bytes: &[u8]) -> Option<Key> {
        let mut rest = bytes.get(..bytes.len().min(LONGEST))?;
        let (major, pairs) = head(&mut rest)?;
        if major != MAP || pairs > 16 {
            return None;
        }
        let (mut kty, mut alg, mut curve, mut parts) = (None, None, None, [None, None, None]);
        for _ in 0..pairs {
            let name = integer(&mut rest)?;
            match (name, value(&mut rest)?) {
                (1, Value::Integer(n)) => kty = Some(n),
                (3, Value::Integer(n)) => alg = Some(n),
                (-1, Value::Integer(n)) => curve = Some(n),
                (-1, Value::Bytes(b)) => parts[0] = Some(b),
                (-2, Value::Bytes(b)) => parts[1] = Some(b),
                (-3, Value::Bytes(b)) => parts[2] = Some(b),
                _ => {}
            }
        }
        let kind = match (kty?, alg?, curve, parts) {
            (2, -7, Some(1), [None, Some(x), Some(y)]) if x.len() == 32 && y.len() == 32 => {
                Kind::Es256([&[4], x, y].concat())
            }
            (1, -8, Some(6), [None, Some(x), None]) if x.len() == 32 => Kind::Ed25519(x.to_vec()),
            (3, -257, None, [Some(n), Some(e), None]) => Kind::Rs256 { n: n.to_vec(), e: e.to_vec() },
            _ => return None,
        };
        Some(Key { kind, cose: bytes[..bytes.len().min(LONGEST) - rest.len()].to_vec() })
    }

    /// As it is stored.
    pub fn bytes(&self) -> &[u8] {
        &self.cose
    }

    pub fn verifies(&self, signed: &[u8], signature: &[u8]) -> bool {
        match &self.kind {
            Kind::Es256(point) => UnparsedPublicKey::new(&ECDSA_P256_SHA256_ASN1, point).verify(signed, signature),
            Kind::Ed25519(point) => UnparsedPublicKey::new(&ED25519, point).verify(signed, signature),
            Kind::Rs256 { n, e } => {
                RsaPublicKeyComponents { n, e }.verify(&RSA_PKCS1_2048_8192_SHA256, signed, signature)
            }
        }
        .is_ok()
    }
}

const UNSIGNED: u8 = 0;
const NEGATIVE: u8 = 1;
const BYTES: u8 = 2;
const MAP: u8 = 5;

enum Value<'a> {
    Integer(i64),
    Bytes(&'a [u8]),
}

/// The major type and the argument of the next item (RFC 8949, 3).
fn head(rest: &mut &[u8]) -> Option<(u8, u64)> {
    let (&first, tail) = rest.split_first()?;
    let (argument, tail) = match first & 31 {
        small @ 0..=23 => (u64::from(small), tail),
        24 => tail.split_first().map(|(b, t)| (u64::from(*b), t))?,
        25 => tail.split_first_chunk::<2>().map(|(b, t)| (u64::from(u16::from_be_bytes(*b)), t))?,
        26 => tail.split_first_chunk::<4>().map(|(b, t)| (u64::from(u32::from_be_bytes(*b)), t))?,
        _ => return None,
    };
    *rest = tail;
    Some((first >> 5, argument))
}

fn value<'a>(rest: &mut &'a [u8]) -> Option<Value<'a>> {
    match head(rest)? {
        (UNSIGNED, n) => i64::try_from(n).ok().map(Value::Integer),
        (NEGATIVE, n) => i64::try_from(n).ok().map(|n| Value::Integer(-1 - n)),
        (BYTES, length) => {
            let (bytes, tail) = rest.split_at_checked(usize::try_from(length).ok()?)?;
            *rest = tail;
            Some(Value::Bytes(bytes))
        }
        _ => None,
    }
}

fn integer(rest: &mut &[u8]) -> Option<i64> {
    match value(rest)? {
        Value::Integer(n) => Some(n),
        Value::Bytes(_) => None,
    }
}
