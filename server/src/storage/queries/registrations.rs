//! Sign-ups that have not proved the phone. They live under their own person, who becomes the account's.

use super::{open, persons, seal};
use crate::storage::sql::{all, exec, one};
use crate::storage::{Place, Result, Tx, Vault};
use domain::Values;

pub struct NewRegistration<'a> {
    /// Also the id of its person and, once the phone is proved, of the account.
    pub id: &'a str,
    pub profile: &'a Values,
    pub password_hash: &'a str,
    pub phone_index: [u8; 32],
    pub email_index: [u8; 32],
    pub lang: &'a str,
    /// The phone or e-mail has an account already: the sign-up looks like any other and leads nowhere.
    pub shadow: bool,
    pub created_ms: i64,
    pub expires_ms: i64,
}

pub struct Registration {
    pub id: String,
    pub profile: Values,
    pub password_hash: String,
    pub phone_index: [u8; 32],
    pub email_index: [u8; 32],
    pub lang: String,
    pub shadow: bool,
    pub created_ms: i64,
    pub expires_ms: i64,
}

impl std::fmt::Debug for Registration {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Registration({})", self.id)
    }
}

#[derive(sqlx_macros::FromRow)]
struct Row {
    id: String,
    profile: Vec<u8>,
    password_hash: String,
    phone_index: Vec<u8>,
    email_index: Vec<u8>,
    lang: String,
    shadow: bool,
    created_ms: i64,
    expires_ms: i64,
}

const fn profile_of(id: &str) -> Place<'_> {
    Place::new("registrations", "profile", id)
}

/// Keeps a sign-up and makes its person.
pub async fn create(tx: &mut Tx, vault: &Vault, new: &NewRegistration<'_>) -> Result<()> {
    persons::create(tx, vault, new.id, new.created_ms).await?;
    let profile = seal(tx, vault, new.id, profile_of(new.id), new.profile).await?;
    exec!(
        tx,
        "INSERT INTO registrations (id, profile, password_hash, phone_index, email_index, lang, shadow, created_ms, expires_ms)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        new.id, &profile, new.password_hash, &new.phone_index[..], &new.email_index[..],
        new.lang, new.shadow, new.created_ms, new.expires_ms
    )?;
    Ok(())
}

/// A sign-up that has not run out.
pub async fn find(tx: &mut Tx, vault: &Vault, id: &str, now_ms: i64) -> Result<Option<Registration>> {
    let row = one!(
        tx,
        Row,
        "SELECT id, profile, password_hash, phone_index, email_index, lang, shadow, created_ms, expires_ms
         FROM registrations WHERE id = $1 AND expires_ms > $2",
        id,
        now_ms
    )?;
    match row {
        Some(row) => read(tx, vault, row).await.map(Some),
        None => Ok(None),
    }
}

/// Takes the sign-up out, to make an account of it: of many at once one gets it.
pub async fn take(tx: &mut Tx, vault: &Vault, id: &str, now_ms: i64) -> Result<Option<Registration>> {
    let row = one!(
        tx,
        Row,
        "DELETE FROM registrations WHERE id = $1 AND expires_ms > $2
         RETURNING id, profile, password_hash, phone_index, email_index, lang, shadow, created_ms, expires_ms",
        id,
        now_ms
    )?;
    match row {
        Some(row) => read(tx, vault, row).await.map(Some),
        None => Ok(None),
    }
}

/// Deletes up to `limit` sign-ups that ran out and destroys their people's keys: how many.
pub async fn purge(tx: &mut Tx, vault: &Vault, now_ms: i64, limit: i64) -> Result<u64> {
    let gone = all!(
        tx,
        (String,),
        "DELETE FROM registrations WHERE id IN (SELECT id FROM registrations WHERE expires_ms <= $1 LIMIT $2) RETURNING id",
        now_ms,
        limit
    )?;
    for (id,) in &gone {
        // Whatever was sent to them was about the sign-up.
        exec!(tx, "DELETE FROM notices WHERE person_id = $1", id)?;
        persons::destroy(tx, vault, id, now_ms).await?;
    }
    Ok(gone.len() as u64)
}

async fn read(tx: &mut Tx, vault: &Vault, row: Row) -> Result<Registration> {
    let bad = |column| crate::storage::StorageError::bad("registrations", column, &*row.id);
    Ok(Registration {
        phone_index: row.phone_index.as_slice().try_into().map_err(|_| bad("phone_index"))?,
        email_index: row.email_index.as_slice().try_into().map_err(|_| bad("email_index"))?,
        profile: open(tx, vault, &row.id, profile_of(&row.id), &row.profile).await?,
        id: row.id,
        password_hash: row.password_hash,
        lang: row.lang,
        shadow: row.shadow,
        created_ms: row.created_ms,
        expires_ms: row.expires_ms,
    })
}
