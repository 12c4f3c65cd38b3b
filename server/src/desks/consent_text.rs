//! The consent a person gives: its version, and the hash of exactly the text that is shown (E10).

use app::text::{Lang, consent};
use sha2::{Digest, Sha256};
use std::sync::LazyLock;

/// What consent is given for (CON-2). The first one is needed for any service.
pub const PURPOSES: [&str; 3] = ["account", "mailboxes", "notifications"];
pub const VERSION: &str = consent::VERSION;

static HASH: LazyLock<String> = LazyLock::new(|| {
    let sections = consent::consent(Lang::Ru, &consent::DEMO_OPERATOR);
    let text = consent::plain(consent::VERSION, &sections);
    Sha256::digest(text.as_bytes()).iter().map(|b| format!("{b:02x}")).collect()
});

/// SHA-256 of the Russian text, which is the one that counts; hex.
pub fn hash() -> &'static str {
    &HASH
}
