//! The key file: master keys by id, which of them is active, and the key of the blind indexes.
//!
//! `{"active":"k2","keys":{"k1":"<base64>","k2":"<base64>"},"index":"<base64>"}`
//! The index key does not rotate: every stored index would have to be computed anew from opened values.

use crate::storage::ids;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hkdf::Hkdf;
use serde::{Deserialize, Serialize};
use sha2::Sha256;
use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::{PoisonError, RwLock};
use std::time::SystemTime;
use zeroize::{Zeroize, Zeroizing};

/// Names keys and files, never their contents.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum VaultError {
    #[error("key file {0}: {1}")]
    File(String, String),
    #[error("key file: {0}")]
    Format(&'static str),
    #[error("no master key {0}")]
    UnknownKey(String),
    /// Wrong key, wrong place, or changed bytes: on purpose not told apart.
    #[error("a sealed value does not open")]
    Sealed,
}

type Key = Zeroizing<[u8; 32]>;

/// The file as it is written.
#[derive(Serialize, Deserialize)]
struct Text {
    active: String,
    keys: BTreeMap<String, String>,
    index: String,
}

impl Drop for Text {
    fn drop(&mut self) {
        self.index.zeroize();
        self.keys.values_mut().for_each(Zeroize::zeroize);
    }
}

struct Keys {
    active: String,
    masters: BTreeMap<String, Key>,
    index: Key,
    /// When and how long the file was: differs after any change.
    seen: Option<(SystemTime, u64)>,
}

pub(super) struct KeyFile {
    path: Option<PathBuf>,
    keys: RwLock<Keys>,
}

impl KeyFile {
    pub(super) fn from_text(text: &str) -> Result<KeyFile, VaultError> {
        Ok(KeyFile { path: None, keys: RwLock::new(Keys::parse(text)?) })
    }

    pub(super) fn open(path: &Path) -> Result<KeyFile, VaultError> {
        Ok(KeyFile { keys: RwLock::new(read(path)?), path: Some(path.to_owned()) })
    }

    pub(super) fn open_or_create(path: &Path) -> Result<KeyFile, VaultError> {
        if !path.exists() {
            if let Some(folder) = path.parent() {
                fs::create_dir_all(folder).map_err(|e| file_error(path, &e))?;
            }
            let keys = Keys {
                active: "k1".into(),
                masters: BTreeMap::from([("k1".to_owned(), Key::new(ids::random()))]),
                index: Key::new(ids::random()),
                seen: None,
            };
            match write(path, &keys, false) {
                // Another start was quicker: its keys count.
                Err(_) if path.exists() => {}
                other => other?,
            }
        }
        KeyFile::open(path)
    }

    /// The active master key. Looks whether the file has changed, so that a running server stops
    /// wrapping under the old key as soon as `keys rotate` has written a new one.
    pub(super) fn active(&self) -> Result<(String, Key), VaultError> {
        self.refresh()?;
        let keys = self.keys.read().unwrap_or_else(PoisonError::into_inner);
        let key = keys.masters.get(&keys.active).ok_or(VaultError::Format("no active key"))?;
        Ok((keys.active.clone(), key.clone()))
    }

    pub(super) fn master(&self, id: &str) -> Result<Key, VaultError> {
        let find = || {
            let keys = self.keys.read().unwrap_or_else(PoisonError::into_inner);
            keys.masters.get(id).cloned()
        };
        if let Some(key) = find() {
            return Ok(key);
        }
        self.refresh()?;
        find().ok_or_else(|| VaultError::UnknownKey(id.to_owned()))
    }

    /// The HMAC key of one purpose, derived from the index key.
    pub(super) fn index_key(&self, label: &[u8]) -> Key {
        let keys = self.keys.read().unwrap_or_else(PoisonError::into_inner);
        let mut key = Key::new([0; 32]);
        #[expect(clippy::expect_used, reason = "32 bytes are within HKDF's limit of 255 blocks")]
        Hkdf::<Sha256>::new(None, &keys.index[..]).expand(label, &mut key[..]).expect("32 bytes");
        key
    }

    pub(super) fn rotate(&self) -> Result<String, VaultError> {
        self.change(|keys| {
            // Numbers of retired keys are not given again: rows may still name them in a backup.
            let newest = keys.masters.keys().filter_map(|id| id.strip_prefix('k')?.parse::<u32>().ok()).max();
            let id = format!("k{}", newest.unwrap_or(0) + 1);
            keys.masters.insert(id.clone(), Key::new(ids::random()));
            keys.active.clone_from(&id);
            Ok(id)
        })
    }

    pub(super) fn retire(&self, id: &str) -> Result<(), VaultError> {
        self.change(|keys| {
            if keys.active == id {
                return Err(VaultError::Format("the active key cannot be retired"));
            }
            let removed = keys.masters.remove(id);
            removed.map(drop).ok_or_else(|| VaultError::UnknownKey(id.to_owned()))
        })
    }

    /// Reads the file anew, changes the keys, and replaces the file in one step.
    fn change<T>(&self, change: impl FnOnce(&mut Keys) -> Result<T, VaultError>) -> Result<T, VaultError> {
        let path = self.path.as_deref().ok_or(VaultError::Format("keys from the environment do not rotate"))?;
        let mut held = self.keys.write().unwrap_or_else(PoisonError::into_inner);
        let mut keys = read(path)?;
        let made = change(&mut keys)?;
        write(path, &keys, true)?;
        *held = read(path)?;
        Ok(made)
    }

    fn refresh(&self) -> Result<(), VaultError> {
        let Some(path) = &self.path else {
            return Ok(());
        };
        let now = seen(path);
        let known = self.keys.read().unwrap_or_else(PoisonError::into_inner).seen;
        // A file that cannot be seen just now leaves us with the keys we have.
        if now.is_some() && now != known {
            let fresh = read(path)?;
            *self.keys.write().unwrap_or_else(PoisonError::into_inner) = fresh;
        }
        Ok(())
    }
}

impl Keys {
    fn parse(text: &str) -> Result<Keys, VaultError> {
        let text: Text = serde_json::from_str(text).map_err(|_| VaultError::Format("not the expected JSON"))?;
        let mut masters = BTreeMap::new();
        for (id, key) in &text.keys {
            masters.insert(id.clone(), decode(key)?);
        }
        if !masters.contains_key(&text.active) {
            return Err(VaultError::Format("the active key is not among the keys"));
        }
        Ok(Keys { active: text.active.clone(), masters, index: decode(&text.index)?, seen: None })
    }

    fn text(&self) -> Text {
        Text {
            active: self.active.clone(),
            keys: self.masters.iter().map(|(id, key)| (id.clone(), STANDARD.encode(&key[..]))).collect(),
            index: STANDARD.encode(&self.index[..]),
        }
    }
}

fn decode(text: &str) -> Result<Key, VaultError> {
    let bytes = Zeroizing::new(STANDARD.decode(text).map_err(|_| VaultError::Format("a key is not base64"))?);
    let mut key = Key::new([0; 32]);
    if bytes.len() != key.len() {
        return Err(VaultError::Format("a key is not 32 bytes"));
    }
    key.copy_from_slice(&bytes);
    Ok(key)
}

fn file_error(path: &Path, error: &std::io::Error) -> VaultError {
    VaultError::File(path.display().to_string(), error.to_string())
}

fn seen(path: &Path) -> Option<(SystemTime, u64)> {
    let file = fs::metadata(path).ok()?;
    Some((file.modified().ok()?, file.len()))
}

fn read(path: &Path) -> Result<Keys, VaultError> {
    let seen = seen(path);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = fs::metadata(path).map_err(|e| file_error(path, &e))?.permissions().mode();
        if mode & 0o077 != 0 {
            return Err(VaultError::File(
                path.display().to_string(),
                "must be readable by its owner only (chmod 600)".into(),
            ));
        }
    }
    let text = Zeroizing::new(fs::read_to_string(path).map_err(|e| file_error(path, &e))?);
    Ok(Keys { seen, ..Keys::parse(&text)? })
}

/// Writes beside the file, makes it durable, and moves it into place: a crash leaves the old or the new keys.
fn write(path: &Path, keys: &Keys, replace: bool) -> Result<(), VaultError> {
    let failed = |e: std::io::Error| file_error(path, &e);
    let json = serde_json::to_string_pretty(&keys.text()).map(Zeroizing::new);
    let json = json.map_err(|_| VaultError::Format("cannot be written"))?;
    let beside = path.with_extension(format!("new-{}", ids::inner_id()));
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    let mut file = options.open(&beside).map_err(failed)?;
    let written = file.write_all(json.as_bytes()).and_then(|()| file.sync_all()).and_then(|()| {
        // A link does not replace: of two first starts one wins, and both then use its keys.
        if replace { fs::rename(&beside, path) } else { fs::hard_link(&beside, path) }
    });
    if !replace || written.is_err() {
        // Best effort: what is left over is only a copy.
        let _ = fs::remove_file(&beside);
    }
    written.map_err(failed)?;
    if let Some(folder) = path.parent().filter(|f| !f.as_os_str().is_empty()) {
        fs::File::open(folder).and_then(|f| f.sync_all()).map_err(failed)?;
    }
    Ok(())
}
