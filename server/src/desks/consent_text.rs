//! The consent a person gives: its version, and the hash of exactly the text that is shown (E10).

use crate::storage::ids;
use app::text::{Lang, consent};
use sha2::{Digest, Sha256};

/// What consent is given for (CON-2). The first one is needed for any service.
pub const PURPOSES: [&str; 3] = ["account", "mailboxes", "notifications"];
pub const VERSION: &str = consent::VERSION;

/// SHA-256 of the Russian text as this operator shows it, which is the one that counts; hex.
pub fn hash(operator: &consent::Operator) -> String {
    let text = consent::plain(consent::VERSION, &consent::consent(Lang::Ru, operator));
    ids::hex(&Sha256::digest(text.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_operator_has_another_hash() {
        let other = consent::Operator { address: "г. Тверь", ..consent::DEMO_OPERATOR };
        assert_ne!(hash(&other), hash(&consent::DEMO_OPERATOR));
        assert_eq!(hash(&other).len(), 64);
    }
}
