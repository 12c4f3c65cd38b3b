//! Sealing of personal data.
//!
//! Each person has a data key; it is stored wrapped by a master key. A sealed value is
//! `version 1 ‖ data key id (4) ‖ nonce (24) ‖ XChaCha20-Poly1305 ciphertext`, with table, column and
//! row as associated data, so a ciphertext moved elsewhere does not open. Equality is searched through
//! [blind indexes](Vault::blind_index): keyed hashes, one key per [`Purpose`].

mod keys;
mod seal;

pub use keys::VaultError;
pub use seal::{DataKey, Place};

use hmac::{Hmac, KeyInit, Mac};
use keys::KeyFile;
use moka::future::Cache;
use sha2::Sha256;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use zeroize::Zeroizing;

/// What a blind index is for. The same value has unrelated indexes under different purposes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Purpose {
    Phone,
    Email,
    Passport,
    Snils,
    Inn,
    /// A last name in its searched form: [`domain::staff::last_name_key`].
    LastName,
    /// One-time codes.
    Code,
    /// Addresses and accounts that are counted for limits.
    Throttle,
    /// Who somebody is at a provider of identities, or in the postal accounts.
    Subject,
    /// The content of documents: the same file is not kept twice.
    Document,
}

impl Purpose {
    const fn label(self) -> &'static [u8] {
        match self {
            Purpose::Phone => b"index/phone",
            Purpose::Email => b"index/email",
            Purpose::Passport => b"index/passport",
            Purpose::Snils => b"index/snils",
            Purpose::Inn => b"index/inn",
            Purpose::LastName => b"index/last_name",
            Purpose::Code => b"code",
            Purpose::Throttle => b"throttle",
            Purpose::Subject => b"index/subject",
            Purpose::Document => b"document",
        }
    }
}

/// Opened data keys are kept this long, so a destroyed key is gone everywhere after it.
const KEY_LIFETIME: Duration = Duration::from_secs(60);
const KEYS_KEPT: u64 = 10_000;

/// Master keys, and the data keys of the people dealt with just now. Cheap to clone.
#[derive(Clone)]
pub struct Vault {
    file: Arc<KeyFile>,
    opened: Cache<String, DataKey>,
}

impl std::fmt::Debug for Vault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Vault(***)")
    }
}

impl Vault {
    /// Reads the key file. It must be readable by its owner only.
    pub fn open(path: &Path) -> Result<Vault, VaultError> {
        KeyFile::open(path).map(Vault::new)
    }

    /// Makes a key file with fresh keys (mode 0600) unless there is one, and reads it.
    pub fn open_or_create(path: &Path) -> Result<Vault, VaultError> {
        KeyFile::open_or_create(path).map(Vault::new)
    }

    /// Takes the keys from the text of a key file, as an environment variable holds it. Cannot rotate.
    pub fn from_text(text: &str) -> Result<Vault, VaultError> {
        KeyFile::from_text(text).map(Vault::new)
    }

    fn new(file: KeyFile) -> Vault {
        Vault {
            file: Arc::new(file),
            opened: Cache::builder().max_capacity(KEYS_KEPT).time_to_live(KEY_LIFETIME).build(),
        }
    }

    /// Seals `plaintext` under the person's key for exactly this place.
    pub fn seal(&self, key: &DataKey, place: Place<'_>, plaintext: &[u8]) -> Result<Vec<u8>, VaultError> {
        key.seal(place, plaintext)
    }

    /// Opens what was sealed under this key for this place; anything else is refused.
    pub fn open_sealed(
        &self,
        key: &DataKey,
        place: Place<'_>,
        sealed: &[u8],
    ) -> Result<Zeroizing<Vec<u8>>, VaultError> {
        key.open(place, sealed)
    }

    /// The key for what travels sealed through a browser and back. All servers of an installation have the same, so
    /// it does not matter which one the answer comes to, or whether one was started anew meanwhile.
    pub fn parcel_key(&self) -> DataKey {
        DataKey::of_parcels(self.file.index_key(b"parcel"))
    }

    /// The seed of the key that signs certificates; the same for all servers of an installation.
    pub fn signing_seed(&self) -> zeroize::Zeroizing<[u8; 32]> {
        zeroize::Zeroizing::new(*self.file.index_key(b"certificate"))
    }

    /// The searchable stand-in of a normalised value: equal values give equal indexes, nothing else shows.
    pub fn blind_index(&self, purpose: Purpose, normalised: &str) -> [u8; 32] {
        match purpose {
            // Mail reaches the same person whatever the case: two accounts for one address would be a trap.
            Purpose::Email => self.keyed_hash(purpose, &[&normalised.to_lowercase()]),
            _ => self.keyed_hash(purpose, &[normalised]),
        }
    }

    /// The stored form of a one-time code, bound to what it was sent for.
    pub fn code_hash(&self, subject: &str, purpose: &str, code: &str) -> [u8; 32] {
        self.keyed_hash(Purpose::Code, &[subject, purpose, code])
    }

    /// The key under which attempts are counted: `scope` says what is limited, `who` by whom.
    pub fn throttle_key(&self, scope: &str, who: &str) -> [u8; 32] {
        self.keyed_hash(Purpose::Throttle, &[scope, who])
    }

    fn keyed_hash(&self, purpose: Purpose, parts: &[&str]) -> [u8; 32] {
        let key = self.file.index_key(purpose.label());
        #[expect(clippy::expect_used, reason = "HMAC takes a key of any length")]
        let mut mac = <Hmac<Sha256> as KeyInit>::new_from_slice(&key[..]).expect("any length");
        for part in parts {
            // The length keeps «ab»+«c» apart from «a»+«bc».
            mac.update(&(part.len() as u64).to_be_bytes());
            mac.update(part.as_bytes());
        }
        mac.finalize().into_bytes().into()
    }

    /// Wraps a data key for storing beside the person: the master key's id and the wrapped key.
    pub fn wrap(&self, person: &str, key: &DataKey) -> Result<(String, Vec<u8>), VaultError> {
        let (id, master) = self.file.active()?;
        Ok((id.clone(), key.wrap(&master, &id, person)?))
    }

    /// Unwraps a stored data key. A master key added meanwhile by `keys rotate` is picked up from the file.
    pub fn unwrap(&self, person: &str, master_key: &str, wrapped: &[u8]) -> Result<DataKey, VaultError> {
        let master = self.file.master(master_key)?;
        DataKey::unwrap(&master, master_key, person, wrapped)
    }

    /// The id of the master key that new people get.
    pub fn active_key(&self) -> Result<String, VaultError> {
        self.file.active().map(|(id, _)| id)
    }

    /// Adds a master key to the file and makes it the active one: its id. Then call
    /// [`persons::rewrap`](super::persons::rewrap) until nothing is left, then [`Vault::retire`].
    pub fn rotate(&self) -> Result<String, VaultError> {
        self.file.rotate()
    }

    /// Removes a master key that is not the active one. Check
    /// [`persons::wrapped_by`](super::persons::wrapped_by) first: what it still wraps is lost.
    pub fn retire(&self, id: &str) -> Result<(), VaultError> {
        self.file.retire(id)
    }

    /// By what the portal proves to push services that a message is its own; the same for all servers of an installation.
    pub fn push_seed(&self) -> zeroize::Zeroizing<[u8; 32]> {
        zeroize::Zeroizing::new(*self.file.index_key(b"push"))
    }

    /// Forgets an opened data key.
    pub async fn forget(&self, person: &str) {
        self.opened.invalidate(person).await;
    }

    pub(super) async fn opened(&self, person: &str) -> Option<DataKey> {
        self.opened.get(person).await
    }

    pub(super) async fn keep_opened(&self, person: &str, key: &DataKey) {
        self.opened.insert(person.to_owned(), key.clone()).await;
    }
}

#[cfg(test)]
mod tests;
