//! Signed tokens (RFC 7515, ES256) under a key that lives as long as the process.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as B64;
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair};
use serde_json::{Value, json};

const KEY: &str = "demo";

pub(super) struct Signer {
    key: EcdsaKeyPair,
    random: SystemRandom,
}

impl Signer {
    pub fn new() -> Option<Signer> {
        let (random, alg) = (SystemRandom::new(), &ECDSA_P256_SHA256_FIXED_SIGNING);
        let document = EcdsaKeyPair::generate_pkcs8(alg, &random).ok()?;
        Some(Signer { key: EcdsaKeyPair::from_pkcs8(alg, document.as_ref(), &random).ok()?, random })
    }

    /// The set of keys (RFC 7517). The public key is `04 ‖ x ‖ y` (SEC 1, 2.3.3).
    pub fn keys(&self) -> Value {
        let (x, y) = self.key.public_key().as_ref()[1..].split_at(32);
        let key = json!({
            "kty": "EC", "crv": "P-256", "use": "sig", "alg": "ES256", "kid": KEY, "x": B64.encode(x), "y": B64.encode(y),
        });
        json!({ "keys": [key] })
    }

    pub fn sign(&self, claims: &Value) -> Option<String> {
        let header = B64.encode(json!({"alg": "ES256", "typ": "JWT", "kid": KEY}).to_string());
        let text = format!("{header}.{}", B64.encode(claims.to_string()));
        let signature = self.key.sign(&self.random, text.as_bytes()).ok()?;
        Some(format!("{text}.{}", B64.encode(signature.as_ref())))
    }
}
