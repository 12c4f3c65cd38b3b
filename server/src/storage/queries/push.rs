//! Browsers that show notices. Where one is reached is sealed; it is known by the hash of that.

use super::{open, seal};
use crate::storage::sql::{all, exec, one};
use crate::storage::{Place, Result, Tx, Vault};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::notices::DEVICES;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// Where a browser is reached, and its keys (RFC 8291), as the browser gave them: base64url.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Address {
    pub endpoint: String,
    pub p256dh: String,
    pub auth: String,
    /// Kind of browser and device.
    pub label: String,
}

impl std::fmt::Debug for Address {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Address(***)")
    }
}

impl Address {
    /// Names the browser. Whoever does not know the endpoint cannot guess it from this: it is long and random.
    pub fn id(&self) -> String {
        URL_SAFE_NO_PAD.encode(Sha256::digest(self.endpoint.as_bytes()))
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Device {
    pub id: String,
    pub address: Address,
    pub created_ms: i64,
    pub reached_ms: i64,
}

const fn address_of(id: &str) -> Place<'_> {
    Place::new("push_subscriptions", "address", id)
}

/// What became of a browser that was to be kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Added {
    /// It is told from now on. It told the account `before` until now, and tells that one no more.
    Now { before: Option<String> },
    /// As many as one account may have are there already; nothing was changed.
    Full,
}

/// Keeps a browser; each has a place of its own, 1 to [`DEVICES`]. [`hold`](super::accounts::hold) the account first, or two at once want the same place.
pub async fn add(tx: &mut Tx, vault: &Vault, account_id: &str, address: &Address, now_ms: i64) -> Result<Added> {
    let id = address.id();
    let mine = ids(tx, account_id).await?;
    if mine.len() >= DEVICES && !mine.contains(&id) {
        return Ok(Added::Full);
    }
    let sealed = seal(tx, vault, account_id, address_of(&id), address).await?;
    let before = one!(tx, (String,), "DELETE FROM push_subscriptions WHERE id = $1 RETURNING account_id", &id)?;
    exec!(
        tx,
        "INSERT INTO push_subscriptions (id, account_id, place, address, created_ms, reached_ms)
         SELECT $1, $2, p.place, $3, $4, $4
         FROM (SELECT 1 AS place UNION ALL SELECT 2 UNION ALL SELECT 3 UNION ALL SELECT 4 UNION ALL SELECT 5 UNION ALL
           SELECT 6 UNION ALL SELECT 7 UNION ALL SELECT 8 UNION ALL SELECT 9 UNION ALL SELECT 10) p
         WHERE NOT EXISTS (SELECT 1 FROM push_subscriptions k WHERE k.account_id = $2 AND k.place = p.place)
         ORDER BY p.place LIMIT 1",
        &id,
        account_id,
        &sealed,
        now_ms
    )?;
    Ok(Added::Now { before: before.map(|(account,)| account).filter(|account| account != account_id) })
}

/// The person's browsers, oldest first.
pub async fn list(tx: &mut Tx, vault: &Vault, account_id: &str) -> Result<Vec<Device>> {
    let rows = all!(
        tx,
        (String, Vec<u8>, i64, i64),
        "SELECT id, address, created_ms, reached_ms FROM push_subscriptions WHERE account_id = $1 ORDER BY created_ms, place",
        account_id
    )?;
    let mut devices = Vec::with_capacity(rows.len());
    for (id, sealed, created_ms, reached_ms) in rows {
        let address = open(tx, vault, account_id, address_of(&id), &sealed).await?;
        devices.push(Device { id, address, created_ms, reached_ms });
    }
    Ok(devices)
}

async fn ids(tx: &mut Tx, account_id: &str) -> Result<Vec<String>> {
    let sql = "SELECT id FROM push_subscriptions WHERE account_id = $1";
    Ok(all!(tx, (String,), sql, account_id)?.into_iter().map(|(id,)| id).collect())
}

/// Where this browser of this person is reached.
pub async fn find(tx: &mut Tx, vault: &Vault, account_id: &str, id: &str) -> Result<Option<Address>> {
    let sql = "SELECT address FROM push_subscriptions WHERE id = $1 AND account_id = $2";
    match one!(tx, (Vec<u8>,), sql, id, account_id)? {
        Some((sealed,)) => open(tx, vault, account_id, address_of(id), &sealed).await.map(Some),
        None => Ok(None),
    }
}

/// `false`: the person has no such browser.
pub async fn remove(tx: &mut Tx, account_id: &str, id: &str) -> Result<bool> {
    Ok(exec!(tx, "DELETE FROM push_subscriptions WHERE id = $1 AND account_id = $2", id, account_id)? == 1)
}

pub async fn remove_all(tx: &mut Tx, account_id: &str) -> Result<u64> {
    exec!(tx, "DELETE FROM push_subscriptions WHERE account_id = $1", account_id)
}

/// Its service took a message.
pub async fn reached(tx: &mut Tx, id: &str, now_ms: i64) -> Result<()> {
    exec!(tx, "UPDATE push_subscriptions SET reached_ms = $2 WHERE id = $1", id, now_ms)?;
    Ok(())
}

/// Deletes those not reached since `before_ms`: how many.
pub async fn purge(tx: &mut Tx, before_ms: i64) -> Result<u64> {
    exec!(tx, "DELETE FROM push_subscriptions WHERE reached_ms <= $1", before_ms)
}
