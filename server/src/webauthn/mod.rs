//! What a relying party has to check of a passkey (WebAuthn level 3, sections 7.1 and 7.2), and no more: attestation is
//! not asked for, so that nothing is learnt about the device, and a passkey counts only when its owner was verified by
//! it, which makes it two factors at once. Signatures are checked by `ring`, which TLS brings anyway.

mod cose;

pub use cose::Key;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::digest;
use serde::Deserialize;
use subtle::ConstantTimeEq;

/// Why a passkey was not taken; all are one answer to whoever tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Wrong {
    #[error("not in the form of the standard")]
    Form,
    #[error("answers another question")]
    Challenge,
    #[error("made for another site")]
    Site,
    #[error("its owner was not verified")]
    NotVerified,
    #[error("signature")]
    Signature,
    /// An earlier or equal count: somebody has a copy.
    #[error("counter")]
    Counter,
}

/// Whose pages may use the passkey.
pub struct Site<'a> {
    /// `https://post.example`
    pub origin: &'a str,
    /// `post.example`
    pub id: &'a str,
}

/// A passkey that was just made.
pub struct Made {
    pub id: Vec<u8>,
    pub key: Key,
    pub counter: u32,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ClientData {
    #[serde(rename = "type")]
    kind: String,
    challenge: String,
    origin: String,
    #[serde(default)]
    cross_origin: bool,
}

/// What the authenticator itself says: the site, that the owner was there and verified, the count.
struct Spoken<'a> {
    counter: u32,
    /// The new credential, when one was made.
    made: Option<(&'a [u8], &'a [u8])>,
}

/// Longest credential id (section 4).
const LONGEST_ID: usize = 1023;
const PRESENT: u8 = 1;
const VERIFIED: u8 = 1 << 2;
const MADE: u8 = 1 << 6;

/// Checks a new passkey: the browser's account of it and what the authenticator says.
///
/// # Errors
/// As [`Wrong`] says.
pub fn made(client: &[u8], spoken: &[u8], challenge: &[u8], site: &Site<'_>) -> Result<Made, Wrong> {
    client_data(client, "webauthn.create", challenge, site)?;
    let told = authenticator_data(spoken, site)?;
    let (id, key) = told.made.ok_or(Wrong::Form)?;
    Ok(Made { id: id.to_vec(), key: Key::parse(key).ok_or(Wrong::Form)?, counter: told.counter })
}

/// Checks the use of a passkey: the count it tells from now on.
///
/// # Errors
/// As [`Wrong`] says.
pub fn used(
    client: &[u8],
    spoken: &[u8],
    signature: &[u8],
    key: &Key,
    counter: u32,
    challenge: &[u8],
    site: &Site<'_>,
) -> Result<u32, Wrong> {
    client_data(client, "webauthn.get", challenge, site)?;
    let told = authenticator_data(spoken, site)?;
    let mut signed = spoken.to_vec();
    signed.extend_from_slice(digest::digest(&digest::SHA256, client).as_ref());
    if !key.verifies(&signed, signature) {
        return Err(Wrong::Signature);
    }
    // Passkeys that live in several devices do not count and stay at 0.
    if (told.counter != 0 || counter != 0) && told.counter <= counter {
        return Err(Wrong::Counter);
    }
    Ok(told.counter)
}

fn client_data(client: &[u8], kind: &str, challenge: &[u8], site: &Site<'_>) -> Result<(), Wrong> {
    let data: ClientData = serde_json::from_slice(client).map_err(|_| Wrong::Form)?;
    if data.kind != kind {
        return Err(Wrong::Form);
    }
    let told = URL_SAFE_NO_PAD.decode(&data.challenge).map_err(|_| Wrong::Form)?;
    if !bool::from(told.as_slice().ct_eq(challenge)) {
        return Err(Wrong::Challenge);
    }
    // The origin as a whole, never its end; and not from inside somebody else's page.
    if data.origin != site.origin || data.cross_origin {
        return Err(Wrong::Site);
    }
    Ok(())
}

fn authenticator_data<'a>(data: &'a [u8], site: &Site<'_>) -> Result<Spoken<'a>, Wrong> {
    let (hash, rest) = data.split_at_checked(32).ok_or(Wrong::Form)?;
    if hash != digest::digest(&digest::SHA256, site.id.as_bytes()).as_ref() {
        return Err(Wrong::Site);
    }
    let (&flags, rest) = rest.split_first().ok_or(Wrong::Form)?;
    if flags & (PRESENT | VERIFIED) != PRESENT | VERIFIED {
        return Err(Wrong::NotVerified);
    }
    let (counter, rest) = rest.split_first_chunk::<4>().ok_or(Wrong::Form)?;
    let made = if flags & MADE == 0 {
        None
    } else {
        // Sixteen bytes name the model; they are zero when nothing is attested, and not looked at.
        let (_, rest) = rest.split_at_checked(16).ok_or(Wrong::Form)?;
        let (length, rest) = rest.split_first_chunk::<2>().ok_or(Wrong::Form)?;
        let length = usize::from(u16::from_be_bytes(*length));
        if length == 0 || length > LONGEST_ID {
            return Err(Wrong::Form);
        }
        Some(rest.split_at_checked(length).ok_or(Wrong::Form)?)
    };
    Ok(Spoken { counter: u32::from_be_bytes(*counter), made })
}

#[cfg(test)]
mod tests;
