//! `server backup` and `server restore`: a folder with the database as of one moment and all files, sealed as they are.
//!
//! The master keys are not in it, on purpose: whoever finds a backup reads nothing. It says which keys it needs.

use super::{Outcome, answer, open};
use crate::config::{Config, Options};
use crate::house::{Clock, SystemClock};
use crate::storage::copy::{self, Kind};
use crate::storage::{Db, Files, Vault, ids, migrated, newest_migration, persons};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::error::Error;
use std::io::Read;
use std::path::Path;

type Done<T> = Result<T, Box<dyn Error + Send + Sync>>;

const MANIFEST: &str = "backup.json";
const FILES: &str = "files";
const FORMAT: u32 = 1;

/// What a backup says of itself.
#[derive(Debug, Serialize, Deserialize)]
struct Manifest {
    format: u32,
    /// Of the program that wrote it.
    version: String,
    /// Milliseconds since 1970 UTC.
    at_ms: i64,
    database: Kind,
    database_sha256: String,
    /// The newest migration in it.
    migration: i64,
    files: u64,
    file_bytes: u64,
    /// The master keys without which it cannot be read.
    master_keys: Vec<String>,
}

/// Writes a backup of a running or stopped installation into a new folder.
pub async fn backup(folder: &Path, options: Options, json: bool) -> Outcome {
    let config = options.settle()?;
    let manifest = write(folder, &config).await?;
    let words = format!(
        "{}: the database and {} files ({} bytes). The master keys are not in it: keep {} elsewhere, it needs {}",
        folder.display(),
        manifest.files,
        manifest.file_bytes,
        config.key_file().display(),
        manifest.master_keys.join(", "),
    );
    answer(json, &serde_json::to_value(&manifest)?, &words);
    Ok(())
}

async fn write(folder: &Path, config: &Config) -> Done<Manifest> {
    make_private(folder)?;
    if std::fs::read_dir(folder)?.next().is_some() {
        return Err(format!("{} is not empty: a backup gets a folder of its own", folder.display()).into());
    }
    let database = Kind::of(&config.database_url);
    let copied = folder.join(database.file());
    // The database first: a file is written before its row, so every row of the copy finds its file.
    copy::out(&config.database_url, &copied).await?;
    let store = Files::open(&folder.join(FILES).to_string_lossy())?;
    let (files, file_bytes) = Files::open(&config.files_url)?.copy_to(&store).await?;
    let db = Db::open(&config.database_url).await?;
    let mut tx = db.read().await?;
    let (master_keys, migration) = (persons::master_keys(&mut tx).await?, migrated(&mut tx).await?);
    drop(tx);
    db.close().await;
    let manifest = Manifest {
        format: FORMAT,
        version: env!("CARGO_PKG_VERSION").to_owned(),
        at_ms: SystemClock.now().0,
        database,
        database_sha256: fingerprint(&copied)?,
        migration: migration.unwrap_or(0),
        files,
        file_bytes,
        master_keys,
    };
    // The last thing written: a folder without it is no backup.
    let text = serde_json::to_string_pretty(&manifest)?;
    let file = folder.join(MANIFEST);
    std::fs::write(&file, text)?;
    std::fs::File::open(&file)?.sync_all()?;
    Ok(manifest)
}

/// Makes an installation of a backup, where there is none yet.
pub async fn restore(folder: &Path, options: Options, json: bool) -> Outcome {
    let config = options.settle()?;
    let manifest = read(folder)?;
    if manifest.database != Kind::of(&config.database_url) {
        return Err("the backup is of the other kind of database: set the database URL accordingly".into());
    }
    if manifest.migration > newest_migration() {
        return Err(format!("the backup was made by a newer program ({}): use that one", manifest.version).into());
    }
    let from = folder.join(manifest.database.file());
    if fingerprint(&from)? != manifest.database_sha256 {
        return Err("the database in the backup is not the one that was written: it was damaged or changed".into());
    }
    let files = Files::open(&config.files_url)?;
    let kept = Files::open(&folder.join(FILES).to_string_lossy())?;
    let (count, bytes) = kept.size().await?;
    if (count, bytes) != (manifest.files, manifest.file_bytes) {
        return Err(format!("the backup had {} files and has {count}, or others", manifest.files).into());
    }
    if !copy::is_absent(&config.database_url).await? || files.size().await? != (0, 0) {
        return Err("there is a database or there are files already: restore into an empty place".into());
    }
    std::fs::create_dir_all(&config.data_dir)?;
    kept.copy_to(&files).await?;
    copy::back(&config.database_url, &from).await?;
    let db = open::database(&config).await?;
    db.forget_the_day().await?;
    db.ready().await?;
    let lacking = match vault(&config)? {
        Some(vault) => persons::locked(&mut db.read().await?, &vault).await?,
        None => manifest.master_keys,
    };
    db.close().await;
    let keys = if lacking.is_empty() {
        "The master keys it needs are here".to_owned()
    } else {
        let place = config.key_file();
        format!("Nothing can be read before {} holds the master keys {}", place.display(), lacking.join(", "))
    };
    let value = serde_json::json!({"files": count, "migration": manifest.migration, "at_ms": manifest.at_ms, "keys_lacking": lacking});
    let words = format!(
        "restored the database and {count} files. Nobody is signed in. {keys}. People erased since the backup are back: \
         `server purge` erases again those whose terms have run out; erase the others by your own list"
    );
    answer(json, &value, &words);
    Ok(())
}

/// The keys that were put in place already. None are made here, not even for a demonstration: they would open nothing.
fn vault(config: &Config) -> Done<Option<Vault>> {
    let there = config.master_keys.is_some() || config.key_file().exists();
    if there { open::vault(config).map(Some) } else { Ok(None) }
}

fn read(folder: &Path) -> Done<Manifest> {
    let file = folder.join(MANIFEST);
    let text = std::fs::read_to_string(&file).map_err(|e| format!("{}: {e}", file.display()))?;
    let manifest: Manifest = serde_json::from_str(&text).map_err(|_| format!("{} is no backup", folder.display()))?;
    if manifest.format != FORMAT {
        return Err(format!("the backup was made by another program ({})", manifest.version).into());
    }
    Ok(manifest)
}

fn fingerprint(file: &Path) -> Done<String> {
    let mut source = std::fs::File::open(file).map_err(|e| format!("{}: {e}", file.display()))?;
    let (mut hash, mut part) = (Sha256::new(), vec![0; 1 << 20]);
    loop {
        match source.read(&mut part)? {
            0 => return Ok(ids::hex(&hash.finalize())),
            n => hash.update(&part[..n]),
        }
    }
}

/// A folder for its owner only.
fn make_private(folder: &Path) -> std::io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.recursive(true).create(folder)
}
