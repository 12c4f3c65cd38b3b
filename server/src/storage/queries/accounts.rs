//! Accounts of citizens.

use super::{open, seal};
use crate::storage::sql::{all, exec, one, text_enum};
use crate::storage::{Place, Purpose, Result, StorageError, Tx, Vault};
use domain::Values;
use domain::accounts::counter::held_passport;

text_enum! {
    /// How far the person is known.
    Level in "accounts"."level" {
        /// Nothing is proved yet.
        Created = "created",
        /// The e-mail alone is.
        Email = "email",
        /// The phone is.
        Phone = "phone",
        /// Phone and e-mail are.
        Confirmed = "confirmed",
    }
}

/// What a new account starts with; an e-mail nobody proved has no index. Its person must exist: see [`persons::create`](super::persons::create).
pub struct NewAccount<'a> {
    pub id: &'a str,
    pub phone_index: Option<[u8; 32]>,
    pub email_index: Option<[u8; 32]>,
    /// PHC string.
    pub password_hash: &'a str,
    pub profile: &'a Values,
    pub level: Level,
    pub phone_confirmed_ms: Option<i64>,
    pub email_confirmed_ms: Option<i64>,
    pub lang: &'a str,
    pub created_ms: i64,
}

pub struct Account {
    pub id: String,
    pub password_hash: String,
    /// Names, passport, phone, e-mail as field values.
    pub profile: Values,
    pub level: Level,
    pub phone_confirmed_ms: Option<i64>,
    pub email_confirmed_ms: Option<i64>,
    pub lang: String,
    pub created_ms: i64,
    pub blocked_ms: Option<i64>,
    /// «Это не я» was pressed: nobody enters until access was recovered.
    pub frozen_ms: Option<i64>,
    /// `phone` or `email`: access was recovered through it, and the next login asks for the other.
    pub recovered_by: Option<String>,
    /// The password is the one that staff gave, and works since then.
    pub first_password_ms: Option<i64>,
    /// It is entered by a login from the counter: no phone is proved yet.
    pub by_counter_login: bool,
}

impl std::fmt::Debug for Account {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Account({}, {})", self.id, self.level.as_str())
    }
}

/// What a login compares with.
pub struct Credentials {
    pub id: String,
    pub password_hash: String,
    pub level: Level,
    pub lang: String,
    /// Blocked, or frozen by its owner.
    pub blocked_ms: Option<i64>,
}

impl std::fmt::Debug for Credentials {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Credentials({})", self.id)
    }
}

#[derive(sqlx_macros::FromRow)]
struct Row {
    id: String,
    password_hash: String,
    profile: Vec<u8>,
    level: String,
    phone_confirmed_ms: Option<i64>,
    email_confirmed_ms: Option<i64>,
    lang: String,
    created_ms: i64,
    blocked_ms: Option<i64>,
    frozen_ms: Option<i64>,
    recovered_by: Option<String>,
    first_password_ms: Option<i64>,
    by_counter_login: bool,
}

pub(super) const fn profile_of(id: &str) -> Place<'_> {
    Place::new("accounts", "profile", id)
}

/// By what a counter finds the account (`counter_resets::candidates`); empty without a passport.
fn passport_index(vault: &Vault, profile: &Values) -> Vec<u8> {
    let index = |passport: domain::fields::Passport| vault.blind_index(Purpose::Passport, passport.as_str());
    held_passport(profile).map(index).map_or_else(Vec::new, |index| index.to_vec())
}

/// `Conflict("accounts.phone_index")` or `Conflict("accounts.email_index")` when the phone or e-mail has an account.
pub async fn create(tx: &mut Tx, vault: &Vault, new: &NewAccount<'_>) -> Result<()> {
    let profile = seal(tx, vault, new.id, profile_of(new.id), new.profile).await?;
    exec!(
        tx,
        "INSERT INTO accounts (id, phone_index, email_index, password_hash, profile, level,
           phone_confirmed_ms, email_confirmed_ms, lang, created_ms, passport_index)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        new.id,
        new.phone_index.as_ref().map(|hash| &hash[..]),
        new.email_index.as_ref().map(|hash| &hash[..]),
        new.password_hash,
        &profile,
        new.level.as_str(),
        new.phone_confirmed_ms,
        new.email_confirmed_ms,
        new.lang,
        new.created_ms,
        passport_index(vault, new.profile)
    )?;
    Ok(())
}

pub async fn find(tx: &mut Tx, vault: &Vault, id: &str) -> Result<Option<Account>> {
    let row = one!(
        tx,
        Row,
        "SELECT id, password_hash, profile, level, phone_confirmed_ms, email_confirmed_ms, lang, created_ms, blocked_ms,
           frozen_ms, recovered_by, first_password_ms, (login_index IS NOT NULL) AS by_counter_login FROM accounts WHERE id = $1",
        id
    )?;
    let Some(row) = row else { return Ok(None) };
    Ok(Some(Account {
        // Nothing is what erasure leaves; a sealed value is never empty.
        profile: match row.profile.as_slice() {
            [] => Values::default(),
            sealed => open(tx, vault, &row.id, profile_of(&row.id), sealed).await?,
        },
        level: Level::read(&row.level, &row.id)?,
        id: row.id,
        password_hash: row.password_hash,
        phone_confirmed_ms: row.phone_confirmed_ms,
        email_confirmed_ms: row.email_confirmed_ms,
        lang: row.lang,
        created_ms: row.created_ms,
        blocked_ms: row.blocked_ms,
        frozen_ms: row.frozen_ms,
        recovered_by: row.recovered_by,
        first_password_ms: row.first_password_ms,
        by_counter_login: row.by_counter_login,
    }))
}

/// The account with this phone, e-mail or login from the counter, by blind index. Opens no sealed value.
pub async fn credentials(tx: &mut Tx, phone_or_email_index: &[u8; 32]) -> Result<Option<Credentials>> {
    let row = one!(
        tx,
        (String, String, String, String, Option<i64>),
        "SELECT id, password_hash, level, lang, COALESCE(blocked_ms, frozen_ms) FROM accounts
         WHERE phone_index = $1 OR email_index = $1 OR login_index = $1",
        &phone_or_email_index[..]
    )?;
    let Some((id, password_hash, level, lang, blocked_ms)) = row else {
        return Ok(None);
    };
    Ok(Some(Credentials { level: Level::read(&level, &id)?, id, password_hash, lang, blocked_ms }))
}

/// Whether some account has this phone.
pub async fn phone_taken(tx: &mut Tx, phone_index: &[u8; 32]) -> Result<bool> {
    Ok(one!(tx, (String,), "SELECT id FROM accounts WHERE phone_index = $1", &phone_index[..])?.is_some())
}

/// Whether some account has proved this e-mail.
pub async fn email_taken(tx: &mut Tx, email_index: &[u8; 32]) -> Result<bool> {
    Ok(one!(tx, (String,), "SELECT id FROM accounts WHERE email_index = $1", &email_index[..])?.is_some())
}

pub async fn set_profile(tx: &mut Tx, vault: &Vault, id: &str, profile: &Values) -> Result<()> {
    let sealed = seal(tx, vault, id, profile_of(id), profile).await?;
    let index = passport_index(vault, profile);
    exec!(tx, "UPDATE accounts SET profile = $2, passport_index = $3 WHERE id = $1", id, &sealed, index)?;
    Ok(())
}

/// Enters up to `limit` accounts from before there was an index of passports: how many. One whose profile does not open is
/// entered as if it held none: no counter could compare it, and those after it are to be found.
pub async fn index_passports(tx: &mut Tx, vault: &Vault, limit: i64) -> Result<u64> {
    let rows = all!(
        tx,
        (String, Vec<u8>),
        "SELECT id, profile FROM accounts WHERE passport_index IS NULL ORDER BY id LIMIT $1",
        limit
    )?;
    let mut done = 0;
    for (id, sealed) in rows {
        let profile = match sealed.as_slice() {
            // Erased.
            [] => Values::default(),
            sealed => match open(tx, vault, &id, profile_of(&id), sealed).await {
                Err(error @ (StorageError::BadData { .. } | StorageError::Erased)) => {
                    tracing::error!(account = %id, %error, "a profile does not open: no passport is indexed");
                    Values::default()
                }
                opened => opened?,
            },
        };
        done += exec!(
            tx,
            "UPDATE accounts SET passport_index = $2 WHERE id = $1 AND passport_index IS NULL",
            &id,
            passport_index(vault, &profile)
        )?;
    }
    Ok(done)
}

/// Notes that the e-mail was proved, and from here on finds the account by it; with a proved phone the account is then
/// confirmed. An address that is only claimed belongs to nobody: it finds no account, and keeps nobody from proving it.
/// `Conflict("accounts.email_index")` when another account proved it before.
pub async fn confirm_email(tx: &mut Tx, id: &str, email_index: &[u8; 32], at_ms: i64) -> Result<()> {
    exec!(
        tx,
        "UPDATE accounts SET email_index = $2, email_confirmed_ms = COALESCE(email_confirmed_ms, $3),
           level = CASE WHEN phone_confirmed_ms IS NULL THEN 'email' ELSE 'confirmed' END WHERE id = $1",
        id,
        &email_index[..],
        at_ms
    )?;
    Ok(())
}

/// Notes that the phone was proved; with a proved e-mail the account is then confirmed.
pub async fn confirm_phone(tx: &mut Tx, id: &str, at_ms: i64) -> Result<()> {
    exec!(
        tx,
        "UPDATE accounts SET phone_confirmed_ms = COALESCE(phone_confirmed_ms, $2),
           level = CASE WHEN email_confirmed_ms IS NULL THEN 'phone' ELSE 'confirmed' END WHERE id = $1",
        id,
        at_ms
    )?;
    Ok(())
}

/// Another phone, proved at `at_ms`: with it one logs in from here on. `Conflict("accounts.phone_index")` when it has an account.
pub async fn change_phone(tx: &mut Tx, id: &str, index: Option<&[u8; 32]>, at_ms: Option<i64>) -> Result<()> {
    exec!(
        tx,
        "UPDATE accounts SET phone_index = $2, phone_confirmed_ms = $3,
           login_index = CASE WHEN $3 IS NULL THEN login_index ELSE NULL END,
           level = CASE WHEN $3 IS NULL AND email_confirmed_ms IS NULL THEN 'created' WHEN $3 IS NULL THEN 'email'
             WHEN email_confirmed_ms IS NULL THEN 'phone' ELSE 'confirmed' END
         WHERE id = $1",
        id,
        index.map(|h| &h[..]),
        at_ms
    )?;
    Ok(())
}

/// Another e-mail, proved at `at_ms`. `Conflict("accounts.email_index")` when it has an account.
pub async fn change_email(tx: &mut Tx, id: &str, index: Option<&[u8; 32]>, at_ms: Option<i64>) -> Result<()> {
    exec!(
        tx,
        "UPDATE accounts SET email_index = $2, email_confirmed_ms = $3,
           level = CASE WHEN phone_confirmed_ms IS NULL AND $3 IS NULL THEN 'created' WHEN phone_confirmed_ms IS NULL THEN 'email'
             WHEN $3 IS NULL THEN 'phone' ELSE 'confirmed' END
         WHERE id = $1",
        id,
        index.map(|h| &h[..]),
        at_ms
    )?;
    Ok(())
}

/// A password that staff gave opens nothing before somebody else of the staff has confirmed it.
pub const NOT_YET: i64 = i64::MAX;

/// Notes that the password is one that staff gave, and the login that goes with it, if any. It works from `at_ms` on.
pub async fn give_first_password(tx: &mut Tx, id: &str, login_index: Option<&[u8; 32]>, at_ms: i64) -> Result<()> {
    exec!(
        tx,
        "UPDATE accounts SET first_password_ms = $3, login_index = $2 WHERE id = $1",
        id,
        login_index.map(|index| &index[..]),
        at_ms
    )?;
    Ok(())
}

/// Lets the password that staff gave work from `at_ms` on. `false`: its owner has chosen another by now.
pub async fn start_first_password(tx: &mut Tx, id: &str, at_ms: i64) -> Result<bool> {
    let done = exec!(
        tx,
        "UPDATE accounts SET first_password_ms = $2 WHERE id = $1 AND first_password_ms IS NOT NULL",
        id,
        at_ms
    )?;
    Ok(done == 1)
}

/// Ends a login from the counter and the password that staff gave with it.
pub async fn end_first_password(tx: &mut Tx, id: &str) -> Result<()> {
    exec!(tx, "UPDATE accounts SET first_password_ms = NULL, login_index = NULL WHERE id = $1", id)?;
    Ok(())
}

/// Another password of staff's in place of the first, for an account that nothing is proved of. `false`: somebody has
/// entered it, or it is closed.
pub async fn renew_first_password(tx: &mut Tx, id: &str, password_hash: &str, at_ms: i64) -> Result<bool> {
    let done = exec!(
        tx,
        "UPDATE accounts SET password_hash = $2, first_password_ms = $3
         WHERE id = $1 AND level = 'created' AND blocked_ms IS NULL AND frozen_ms IS NULL",
        id,
        password_hash,
        at_ms
    )?;
    Ok(done == 1)
}

/// The blind indexes of phone and e-mail.
pub async fn indexes(tx: &mut Tx, id: &str) -> Result<(Option<[u8; 32]>, Option<[u8; 32]>)> {
    let row = one!(
        tx,
        (Option<Vec<u8>>, Option<Vec<u8>>),
        "SELECT phone_index, email_index FROM accounts WHERE id = $1",
        id
    )?;
    let read = |bytes: Option<Vec<u8>>| bytes.and_then(|b| b.as_slice().try_into().ok());
    Ok(row.map_or((None, None), |(phone, email)| (read(phone), read(email))))
}

/// The phone is proved and the account's: with it one logs in from here on. `Conflict("accounts.phone_index")` when it has
/// an account.
pub async fn prove_phone(tx: &mut Tx, id: &str, phone_index: &[u8; 32], at_ms: i64) -> Result<()> {
    exec!(tx, "UPDATE accounts SET phone_index = $2, login_index = NULL WHERE id = $1", id, &phone_index[..])?;
    confirm_phone(tx, id, at_ms).await
}

/// One's own, in place of whichever there was.
pub async fn set_password(tx: &mut Tx, id: &str, password_hash: &str) -> Result<()> {
    exec!(tx, "UPDATE accounts SET password_hash = $2, first_password_ms = NULL WHERE id = $1", id, password_hash)?;
    Ok(())
}

pub async fn set_lang(tx: &mut Tx, id: &str, lang: &str) -> Result<()> {
    exec!(tx, "UPDATE accounts SET lang = $2 WHERE id = $1", id, lang)?;
    Ok(())
}

/// Holds the account until the commit: whether it is still one that is used. An erasure comes before, and is seen, or waits.
pub async fn hold(tx: &mut Tx, id: &str) -> Result<bool> {
    Ok(exec!(tx, "UPDATE accounts SET lang = lang WHERE id = $1 AND blocked_ms IS NULL", id)? == 1)
}

/// Lets nobody in from `at_ms` on; `None` opens again.
pub async fn set_frozen(tx: &mut Tx, id: &str, at_ms: Option<i64>) -> Result<()> {
    exec!(tx, "UPDATE accounts SET frozen_ms = $2 WHERE id = $1", id, at_ms)?;
    Ok(())
}

/// Notes through which channel access was recovered; `None` once the next login has asked for the other.
pub async fn set_recovered_by(tx: &mut Tx, id: &str, channel: Option<&str>) -> Result<()> {
    exec!(tx, "UPDATE accounts SET recovered_by = $2 WHERE id = $1", id, channel)?;
    Ok(())
}
