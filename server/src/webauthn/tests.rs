//! An authenticator made of `ring` answers; each lie is refused for its own reason.

use super::*;
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, Ed25519KeyPair, KeyPair};

const SITE: Site<'static> = Site { origin: "https://post.example", id: "post.example" };
const CHALLENGE: &[u8] = b"a question of thirty-two bytes..";

struct Authenticator {
    keys: EcdsaKeyPair,
    random: SystemRandom,
}

impl Authenticator {
    fn new() -> Authenticator {
        let random = SystemRandom::new();
        let pkcs8 = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, &random).unwrap();
        let keys = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, pkcs8.as_ref(), &random).unwrap();
        Authenticator { keys, random }
    }

    fn cose(&self) -> Vec<u8> {
        let point = self.keys.public_key().as_ref();
        let mut cose = vec![0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 32];
        cose.extend_from_slice(&point[1..33]);
        cose.extend_from_slice(&[0x22, 0x58, 32]);
        cose.extend_from_slice(&point[33..]);
        cose
    }

    fn makes(&self, flags: u8) -> Vec<u8> {
        let mut data = says(SITE.id, flags | MADE, 1);
        data.extend_from_slice(&[0; 16]);
        data.extend_from_slice(&[0, 4, 9, 9, 9, 9]);
        data.extend_from_slice(&self.cose());
        data
    }

    fn signs(&self, spoken: &[u8], client: &[u8]) -> Vec<u8> {
        let mut signed = spoken.to_vec();
        signed.extend_from_slice(digest::digest(&digest::SHA256, client).as_ref());
        self.keys.sign(&self.random, &signed).unwrap().as_ref().to_vec()
    }
}

fn says(site: &str, flags: u8, counter: u32) -> Vec<u8> {
    let mut data = digest::digest(&digest::SHA256, site.as_bytes()).as_ref().to_vec();
    data.push(flags);
    data.extend_from_slice(&counter.to_be_bytes());
    data
}

fn client(kind: &str, challenge: &[u8], origin: &str, cross: bool) -> Vec<u8> {
    let challenge = URL_SAFE_NO_PAD.encode(challenge);
    format!(r#"{{"type":"{kind}","challenge":"{challenge}","origin":"{origin}","crossOrigin":{cross},"extra":1}}"#)
        .into()
}

const BOTH: u8 = PRESENT | VERIFIED;

#[test]
fn a_passkey_is_made_and_used() {
    let device = Authenticator::new();
    let create = client("webauthn.create", CHALLENGE, SITE.origin, false);
    let made = made(&create, &device.makes(BOTH), CHALLENGE, &SITE).ok().unwrap();
    assert_eq!((made.id.as_slice(), made.counter), (&[9, 9, 9, 9][..], 1));
    let stored = Key::parse(made.key.bytes()).unwrap();
    let get = client("webauthn.get", CHALLENGE, SITE.origin, false);
    let spoken = says(SITE.id, BOTH, 2);
    let signature = device.signs(&spoken, &get);
    assert_eq!(used(&get, &spoken, &signature, &stored, 1, CHALLENGE, &SITE), Ok(2));
    assert_eq!(used(&get, &spoken, &signature, &stored, 2, CHALLENGE, &SITE), Err(Wrong::Counter), "a copy");
    let still = says(SITE.id, BOTH, 0);
    let signature = device.signs(&still, &get);
    assert_eq!(used(&get, &still, &signature, &stored, 0, CHALLENGE, &SITE), Ok(0), "one that does not count");
    assert_eq!(used(&get, &still, &signature, &stored, 5, CHALLENGE, &SITE), Err(Wrong::Counter));
}

#[test]
fn every_lie_is_refused() {
    let device = Authenticator::new();
    let key = Key::parse(&device.cose()).unwrap();
    let ask = |client: Vec<u8>, spoken: Vec<u8>| {
        let signature = device.signs(&spoken, &client);
        used(&client, &spoken, &signature, &key, 0, CHALLENGE, &SITE)
    };
    let good = || client("webauthn.get", CHALLENGE, SITE.origin, false);
    let spoken = || says(SITE.id, BOTH, 1);
    assert_eq!(ask(good(), spoken()), Ok(1));
    assert_eq!(ask(client("webauthn.create", CHALLENGE, SITE.origin, false), spoken()), Err(Wrong::Form));
    assert_eq!(ask(client("webauthn.get", b"another", SITE.origin, false), spoken()), Err(Wrong::Challenge));
    for origin in
        ["https://post.example.evil", "https://evil.post.example", "http://post.example", "https://post.example:8443"]
    {
        assert_eq!(ask(client("webauthn.get", CHALLENGE, origin, false), spoken()), Err(Wrong::Site), "{origin}");
    }
    assert_eq!(ask(client("webauthn.get", CHALLENGE, SITE.origin, true), spoken()), Err(Wrong::Site), "in a frame");
    assert_eq!(ask(good(), says("evil.example", BOTH, 1)), Err(Wrong::Site));
    assert_eq!(ask(good(), says(SITE.id, PRESENT, 1)), Err(Wrong::NotVerified));
    assert_eq!(ask(good(), says(SITE.id, VERIFIED, 1)), Err(Wrong::NotVerified));
    assert_eq!(ask(b"{}".to_vec(), spoken()), Err(Wrong::Form));
    assert_eq!(ask(good(), spoken()[..36].to_vec()), Err(Wrong::Form));

    let other = Authenticator::new().signs(&spoken(), &good());
    assert_eq!(used(&good(), &spoken(), &other, &key, 0, CHALLENGE, &SITE), Err(Wrong::Signature));
    let mut altered = device.signs(&spoken(), &good());
    altered[20] ^= 1;
    assert_eq!(used(&good(), &spoken(), &altered, &key, 0, CHALLENGE, &SITE), Err(Wrong::Signature));
    assert_eq!(used(&good(), &spoken(), &[], &key, 0, CHALLENGE, &SITE), Err(Wrong::Signature));
}

#[test]
fn a_broken_credential_is_refused_and_nothing_panics() {
    let device = Authenticator::new();
    let create = client("webauthn.create", CHALLENGE, SITE.origin, false);
    let whole = device.makes(BOTH);
    for end in 0..whole.len() {
        assert!(made(&create, &whole[..end], CHALLENGE, &SITE).is_err(), "{end}");
    }
    assert_eq!(made(&create, &device.makes(PRESENT), CHALLENGE, &SITE).err(), Some(Wrong::NotVerified));
    for at in 37..whole.len() {
        let mut odd = whole.clone();
        odd[at] = odd[at].wrapping_add(101);
        let _ = made(&create, &odd, CHALLENGE, &SITE);
    }
    for bytes in [
        &[][..],
        &[0xa1],
        &[0xbf, 0xff],
        &[0xbb, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff],
        &[0x5a, 0xff, 0xff, 0xff, 0xff],
    ] {
        assert!(Key::parse(bytes).is_none());
    }
}

#[test]
fn an_ed25519_key_verifies_too() {
    let pkcs8 = Ed25519KeyPair::generate_pkcs8(&SystemRandom::new()).unwrap();
    let pair = Ed25519KeyPair::from_pkcs8(pkcs8.as_ref()).unwrap();
    let mut cose = vec![0xa4, 0x01, 0x01, 0x03, 0x27, 0x20, 0x06, 0x21, 0x58, 32];
    cose.extend_from_slice(pair.public_key().as_ref());
    let key = Key::parse(&cose).unwrap();
    assert!(key.verifies(b"words", pair.sign(b"words").as_ref()));
    assert!(!key.verifies(b"other words", pair.sign(b"words").as_ref()));
}
