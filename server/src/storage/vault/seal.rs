//! Data keys, and the envelope of one sealed value.

use super::VaultError;
use crate::storage::ids;
use chacha20poly1305::aead::{Aead, Payload};
use chacha20poly1305::{KeyInit, XChaCha20Poly1305, XNonce};
use std::sync::Arc;
use zeroize::Zeroizing;

const VERSION: u8 = 1;
const KEY_ID: usize = 4;
const NONCE: usize = 24;
const HEADER: usize = 1 + KEY_ID + NONCE;

/// Where a sealed value lives. It opens nowhere else.
#[derive(Debug, Clone, Copy)]
pub struct Place<'a> {
    pub table: &'static str,
    pub column: &'static str,
    pub row: &'a str,
}

impl<'a> Place<'a> {
    pub const fn new(table: &'static str, column: &'static str, row: &'a str) -> Self {
        Place { table, column, row }
    }

    /// Table and column names hold no colon, so no two places read alike.
    fn associated_data(&self, header: &[u8]) -> Vec<u8> {
        [header, self.table.as_bytes(), b":", self.column.as_bytes(), b":", self.row.as_bytes()].concat()
    }
}

/// One person's key. Wiped from memory when the last clone goes.
#[derive(Clone)]
pub struct DataKey(Arc<Secret>);

struct Secret {
    /// Random; names the key in each value sealed under it.
    id: [u8; KEY_ID],
    key: Zeroizing<[u8; 32]>,
}

impl std::fmt::Debug for DataKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("DataKey(***)")
    }
}

impl DataKey {
    /// A fresh random key.
    pub fn generate() -> DataKey {
        DataKey(Arc::new(Secret { id: ids::random(), key: Zeroizing::new(ids::random()) }))
    }

    /// The key of what travels through a browser and back: the same in every process with the same master keys.
    pub(super) fn of_parcels(key: Zeroizing<[u8; 32]>) -> DataKey {
        DataKey(Arc::new(Secret { id: [0; KEY_ID], key }))
    }

    pub(super) fn seal(&self, place: Place<'_>, plaintext: &[u8]) -> Result<Vec<u8>, VaultError> {
        seal(&self.0.key, &self.0.id, place, plaintext)
    }

    pub(super) fn open(&self, place: Place<'_>, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, VaultError> {
        open(&self.0.key, &self.0.id, place, sealed)
    }

    /// The wrapped form: id and key sealed under a master key for this person.
    pub(super) fn wrap(&self, master: &[u8; 32], master_id: &str, person: &str) -> Result<Vec<u8>, VaultError> {
        let mut plain = Zeroizing::new([0u8; KEY_ID + 32]);
        plain[..KEY_ID].copy_from_slice(&self.0.id);
        plain[KEY_ID..].copy_from_slice(&self.0.key[..]);
        seal(master, &key_check(master_id), place_of(person), &plain[..])
    }

    pub(super) fn unwrap(
        master: &[u8; 32],
        master_id: &str,
        person: &str,
        wrapped: &[u8],
    ) -> Result<DataKey, VaultError> {
        let plain = open(master, &key_check(master_id), place_of(person), wrapped)?;
        let (id, key) = plain.split_at_checked(KEY_ID).ok_or(VaultError::Sealed)?;
        let mut secret = Secret { id: [0; KEY_ID], key: Zeroizing::new([0; 32]) };
        if key.len() != secret.key.len() {
            return Err(VaultError::Sealed);
        }
        secret.id.copy_from_slice(id);
        secret.key.copy_from_slice(key);
        Ok(DataKey(Arc::new(secret)))
    }
}

const fn place_of(person: &str) -> Place<'_> {
    Place::new("persons", "wrapped_key", person)
}

/// Four bytes that name a master key in the header.
fn key_check(master_id: &str) -> [u8; KEY_ID] {
    let hash = ids::token_hash(master_id);
    [hash[0], hash[1], hash[2], hash[3]]
}

fn seal(key: &[u8; 32], key_id: &[u8; KEY_ID], place: Place<'_>, plaintext: &[u8]) -> Result<Vec<u8>, VaultError> {
    // 192 random bits never repeat in practice, so no counter has to survive a restart.
    let nonce: [u8; NONCE] = ids::random();
    let mut sealed = Vec::with_capacity(HEADER + plaintext.len() + 16);
    sealed.push(VERSION);
    sealed.extend_from_slice(key_id);
    let aad = place.associated_data(&sealed);
    let payload = Payload { msg: plaintext, aad: &aad };
    let ciphertext =
        XChaCha20Poly1305::new(key.into()).encrypt(&XNonce::from(nonce), payload).map_err(|_| VaultError::Sealed)?;
    sealed.extend_from_slice(&nonce);
    sealed.extend_from_slice(&ciphertext);
    Ok(sealed)
}

fn open(
    key: &[u8; 32],
    key_id: &[u8; KEY_ID],
    place: Place<'_>,
    sealed: &[u8],
) -> Result<Zeroizing<Vec<u8>>, VaultError> {
    let (header, ciphertext) = sealed.split_at_checked(HEADER).ok_or(VaultError::Sealed)?;
    let (named, nonce) = header.split_at(1 + KEY_ID);
    if named[0] != VERSION || named[1..] != key_id[..] {
        return Err(VaultError::Sealed);
    }
    let nonce: [u8; NONCE] = nonce.try_into().map_err(|_| VaultError::Sealed)?;
    let aad = place.associated_data(named);
    let payload = Payload { msg: ciphertext, aad: &aad };
    XChaCha20Poly1305::new(key.into())
        .decrypt(&XNonce::from(nonce), payload)
        .map(Zeroizing::new)
        .map_err(|_| VaultError::Sealed)
}
