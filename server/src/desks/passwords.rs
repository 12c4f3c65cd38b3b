//! Password hashing: Argon2id, 19 MiB, two passes (OWASP's first choice), never more at once than there
//! are cores to do it, so that logins cannot starve pages.

use app::error::Refusal;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};
use base64::Engine;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use domain::{Code, Field};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use zeroize::Zeroizing;

const MEMORY_KIB: u32 = 19 * 1024;
const PASSES: u32 = 2;
/// Longer than this in the queue, and the person is better told to try again.
const PATIENCE: Duration = Duration::from_secs(5);

#[derive(Clone)]
pub struct Passwords {
    places: Arc<Semaphore>,
    /// Verified against when there is no account, so that both answers take the same time.
    nobody: Arc<str>,
}

impl Passwords {
    /// `cores`: how many may be hashed at once.
    pub fn new(cores: usize) -> Passwords {
        Passwords { places: Arc::new(Semaphore::new(cores.max(1))), nobody: nobody().into() }
    }

    async fn place(&self) -> Result<OwnedSemaphorePermit, Refusal> {
        match tokio::time::timeout(PATIENCE, self.places.clone().acquire_owned()).await {
            Ok(Ok(place)) => Ok(place),
            _ => Err(Refusal { retry_after: Some(5), ..Code::Unavailable.into() }),
        }
    }

    /// The PHC string to store.
    pub async fn hash(&self, password: String) -> Result<String, Refusal> {
        let place = self.place().await?;
        let password = Zeroizing::new(password);
        let work = tokio::task::spawn_blocking(move || {
            let hash = hash_now(&password);
            drop(place);
            hash
        });
        work.await.ok().flatten().ok_or(Refusal::from(Code::Internal))
    }

    /// Refuses a new password that is guessed soon; `about` is what a guesser may know of the person.
    pub async fn judge(&self, password: &str, about: &[&str]) -> Result<(), Refusal> {
        let place = self.place().await?;
        let password = Zeroizing::new(password.to_owned());
        let about: Vec<Zeroizing<String>> = about.iter().map(|text| Zeroizing::new((*text).to_owned())).collect();
        let work = tokio::task::spawn_blocking(move || {
            let about: Vec<&str> = about.iter().map(|text| text.as_str()).collect();
            let judged = super::strength::judge(&password, &about);
            drop(place);
            judged
        });
        let judged = work.await.map_err(|_| Refusal::from(Code::Internal))?;
        judged.map_err(|code| Refusal::on(Field::Password, code))
    }

    /// How soon a new password would be guessed, 0 … 4.
    pub async fn score(&self, password: String, about: Vec<String>) -> Result<u8, Refusal> {
        let place = self.place().await?;
        let password = Zeroizing::new(password);
        let about: Vec<Zeroizing<String>> = about.into_iter().map(Zeroizing::new).collect();
        let work = tokio::task::spawn_blocking(move || {
            let about: Vec<&str> = about.iter().map(|text| text.as_str()).collect();
            let score = super::strength::score(&password, &about);
            drop(place);
            score
        });
        work.await.map_err(|_| Code::Internal.into())
    }

    /// Whether the password is the one hashed; `None` is nobody's hash and never fits.
    pub async fn verify(&self, password: String, hash: Option<String>) -> Result<bool, Refusal> {
        let place = self.place().await?;
        let (password, nobody) = (Zeroizing::new(password), self.nobody.clone());
        let work = tokio::task::spawn_blocking(move || {
            let fits = verify_now(&password, hash.as_deref().unwrap_or(&nobody));
            drop(place);
            fits && hash.is_some()
        });
        work.await.map_err(|_| Code::Internal.into())
    }
}

fn argon() -> Option<Argon2<'static>> {
    Some(Argon2::new(Algorithm::Argon2id, Version::V0x13, Params::new(MEMORY_KIB, PASSES, 1, None).ok()?))
}

/// A hash as costly to compare with as any, of no password at all: nothing was hashed for it.
fn nobody() -> String {
    let (salt, hash): ([u8; 16], [u8; 32]) = (crate::storage::ids::random(), crate::storage::ids::random());
    let (salt, hash) = (STANDARD_NO_PAD.encode(salt), STANDARD_NO_PAD.encode(hash));
    format!("$argon2id$v=19$m={MEMORY_KIB},t={PASSES},p=1${salt}${hash}")
}

fn hash_now(password: &str) -> Option<String> {
    let salt: [u8; 16] = crate::storage::ids::random();
    argon()?.hash_password_with_salt(password.as_bytes(), &salt).ok().map(|h| h.to_string())
}

fn verify_now(password: &str, hash: &str) -> bool {
    let Ok(parsed) = PasswordHash::new(hash) else {
        return false;
    };
    argon().is_some_and(|a| a.verify_password(password.as_bytes(), &parsed).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_password_fits_only_its_own_hash_and_nobody_fits_nothing() {
        let passwords = Passwords::new(2);
        let hash = passwords.hash("Тополь-7-река!".into()).await.unwrap();
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hash}");
        assert!(passwords.verify("Тополь-7-река!".into(), Some(hash.clone())).await.unwrap());
        assert!(!passwords.verify("тополь-7-река!".into(), Some(hash)).await.unwrap());
        assert!(!passwords.verify("Тополь-7-река!".into(), None).await.unwrap());
    }

    #[test]
    fn nobodys_hash_is_like_any_other_so_that_it_takes_as_long() {
        let (nobody, real) = (nobody(), hash_now("Тополь-7-река!").unwrap());
        let of = |hash: &str| {
            let parsed = PasswordHash::new(hash).unwrap();
            let (salt, hash) = (parsed.salt.unwrap(), parsed.hash.unwrap());
            (parsed.algorithm.to_string(), parsed.params.to_string(), salt.as_ref().len(), hash.as_bytes().len())
        };
        assert_eq!(of(&nobody), of(&real));
        assert!(!verify_now("", &nobody));
    }
}
