//! The certificate of a deletion: a statement without personal data, signed with Ed25519 under the installation's key.
//! How to check it without us: docs/operations.md.

use crate::house::House;
use crate::storage::deletions::Deletion;
use app::error::Refusal;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use domain::Code;
use domain::clock::Timestamp;
use ring::signature::{Ed25519KeyPair, KeyPair};
use serde::Serialize;

#[derive(Serialize)]
struct Certificate {
    /// The very text that is signed, as bytes of UTF-8.
    statement: String,
    algorithm: &'static str,
    /// base64
    public_key: String,
    signature: String,
}

/// The certificate as JSON.
///
/// # Errors
/// `Internal` when the key is none.
pub fn sign(house: &House, wish: &Deletion, erased_ms: i64) -> Result<Vec<u8>, Refusal> {
    let statement = format!(
        "otdelenie-deletion/1\noperator: {}\naccount: {}\nasked: {}\nerased: {}\n\
         destroyed: data key; profile, answers, documents, receipts, messages, indexes, factors, devices\n\
         kept without personal data: consents (152-FZ, article 9), journal, numbers and states of applications\n",
        house.config.public_origin(),
        wish.account_id,
        Timestamp(wish.asked_ms).iso(),
        Timestamp(erased_ms).iso(),
    );
    let keys = Ed25519KeyPair::from_seed_unchecked(&*house.vault.signing_seed()).map_err(|_| Code::Internal)?;
    let certificate = Certificate {
        algorithm: "Ed25519",
        public_key: STANDARD.encode(keys.public_key().as_ref()),
        signature: STANDARD.encode(keys.sign(statement.as_bytes()).as_ref()),
        statement,
    };
    serde_json::to_vec_pretty(&certificate).map_err(|_| Code::Internal.into())
}
