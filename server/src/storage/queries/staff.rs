//! Accounts of staff.

use crate::storage::sql::{all, exec, one};
use crate::storage::{Result, Tx};

pub struct NewStaff<'a> {
    pub id: &'a str,
    pub login: &'a str,
    pub password_hash: &'a str,
    pub role: &'a str,
    pub created_ms: i64,
}

#[derive(Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Staff {
    pub id: String,
    pub login: String,
    pub password_hash: String,
    pub role: String,
    pub created_ms: i64,
    pub disabled_ms: Option<i64>,
}

impl std::fmt::Debug for Staff {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Staff({}, {})", self.id, self.role)
    }
}

/// `Conflict("staff.login")` when the login is taken.
pub async fn create(tx: &mut Tx, new: &NewStaff<'_>) -> Result<()> {
    exec!(
        tx,
        "INSERT INTO staff (id, login, password_hash, role, created_ms) VALUES ($1, $2, $3, $4, $5)",
        new.id,
        new.login,
        new.password_hash,
        new.role,
        new.created_ms
    )?;
    Ok(())
}

pub async fn find_by_login(tx: &mut Tx, login: &str) -> Result<Option<Staff>> {
    one!(tx, Staff, "SELECT id, login, password_hash, role, created_ms, disabled_ms FROM staff WHERE login = $1", login)
}

/// Everybody, by login.
pub async fn list(tx: &mut Tx) -> Result<Vec<Staff>> {
    all!(tx, Staff, "SELECT id, login, password_hash, role, created_ms, disabled_ms FROM staff ORDER BY login")
}

/// Disables from `at_ms` on; `None` enables again. Whether there is such a login.
pub async fn set_disabled(tx: &mut Tx, login: &str, at_ms: Option<i64>) -> Result<bool> {
    Ok(exec!(tx, "UPDATE staff SET disabled_ms = $2 WHERE login = $1", login, at_ms)? == 1)
}
