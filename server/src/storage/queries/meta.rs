//! Single facts about the installation.

use crate::storage::sql::{exec, one};
use crate::storage::{Result, Tx};

pub async fn get(tx: &mut Tx, key: &str) -> Result<Option<String>> {
    Ok(one!(tx, (String,), "SELECT value FROM meta WHERE key = $1", key)?.map(|(value,)| value))
}

pub async fn set(tx: &mut Tx, key: &str, value: &str) -> Result<()> {
    exec!(
        tx,
        "INSERT INTO meta (key, value) VALUES ($1, $2) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        key,
        value
    )?;
    Ok(())
}
