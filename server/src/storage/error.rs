//! What can go wrong with stored data, and whose trouble it is.

use super::vault::VaultError;

pub type Result<T, E = StorageError> = std::result::Result<T, E>;

/// After any of these the transaction is of no more use: drop it.
#[derive(thiserror::Error)]
pub enum StorageError {
    /// The database could not be reached or refused the statement.
    #[error("database: {0}")]
    Driver(sqlx::Error),
    /// A unique index decided against us; the name is `table.column`.
    #[error("already taken: {0}")]
    Conflict(&'static str),
    /// A row holds what our code never writes there.
    #[error("bad data in {table}.{column}, row {row}")]
    BadData { table: &'static str, column: &'static str, row: String },
    /// The person was erased: the data key is gone, and with it all that was sealed under it.
    #[error("the person's data was erased")]
    Erased,
    /// A key is missing or the sealing failed.
    #[error("vault: {0}")]
    Vault(#[from] VaultError),
    /// The folder or bucket of files failed.
    #[error("object store: {0}")]
    Files(String),
    /// The installation is not as it must be (durability, migrations).
    #[error("setup: {0}")]
    Setup(String),
}

/// The driver's own Debug can quote column values (PostgreSQL's "Failing row contains"); ours never does.
impl std::fmt::Debug for StorageError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "StorageError({self})")
    }
}

impl StorageError {
    pub fn bad(table: &'static str, column: &'static str, row: impl Into<String>) -> Self {
        StorageError::BadData { table, column, row: row.into() }
    }

    /// Whether the index over `table.column` refused the write.
    pub fn is_conflict(&self, column: &str) -> bool {
        matches!(self, StorageError::Conflict(name) if *name == column)
    }
}

/// Unique columns a caller may lose a race for.
const UNIQUE: &[&str] = &[
    "accounts.phone_index",
    "accounts.email_index",
    "applications.number",
    "applications.submit_key",
    "applications.registration_number",
    "mailboxes.application_id",
    "mailboxes.registration_number",
    "staff.login",
];
/// Partial and composed unique indexes: our name, SQLite's list of columns, PostgreSQL's name.
const UNIQUE_INDEXES: &[(&str, &str, &str)] = &[
    ("identities.idx", "identities.kind, identities.idx", "identities_registered"),
    ("consents.purpose", "consents.account_id, consents.purpose", "consents_in_force"),
    ("files.kind", "files.application_id, files.kind", "files_application_kind"),
    ("staff_grants.role", "staff_grants.staff_id, staff_grants.role, staff_grants.scope", "staff_grants_once"),
    ("mailbox_members.account_id", "mailbox_members.mailbox_id, mailbox_members.account_id", "mailbox_members_account"),
    ("history.seq", "history.application_id, history.seq", "history_pkey"),
];

impl From<sqlx::Error> for StorageError {
    fn from(error: sqlx::Error) -> Self {
        if let sqlx::Error::Database(db) = &error
            && db.is_unique_violation()
        {
            let constraint = db.constraint().unwrap_or_default();
            // SQLite names no constraint: its message ends in the columns.
            let columns = db.message().rsplit(": ").next().unwrap_or_default();
            let simple =
                UNIQUE.iter().find(|name| columns == **name || constraint == format!("{}_key", name.replace('.', "_")));
            let composed = || {
                UNIQUE_INDEXES
                    .iter()
                    .find(|(_, sqlite, postgres)| columns == *sqlite || constraint == *postgres)
                    .map(|(name, ..)| name)
            };
            return StorageError::Conflict(simple.or_else(composed).copied().unwrap_or("id"));
        }
        StorageError::Driver(error)
    }
}
