//! Mailboxes that approved applications opened.

use crate::storage::sql::{all, exec};
use crate::storage::{Result, Tx, ids};

pub struct NewMailbox<'a> {
    pub account_id: &'a str,
    pub application_id: &'a str,
    pub kind: &'a str,
    pub office_index: Option<&'a str>,
    pub registration_number: &'a str,
    pub opened_ms: i64,
}

#[derive(Debug, Clone, PartialEq, Eq, sqlx_macros::FromRow)]
pub struct Mailbox {
    pub id: String,
    pub application_id: String,
    pub kind: String,
    pub office_index: Option<String>,
    pub registration_number: String,
    pub opened_ms: i64,
}

/// Opens the application's mailbox. `false`: it has one, as when a job runs again.
pub async fn open(tx: &mut Tx, new: &NewMailbox<'_>) -> Result<bool> {
    let done = exec!(
        tx,
        "INSERT INTO mailboxes (id, account_id, application_id, kind, office_index, registration_number, opened_ms)
         VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (application_id) DO NOTHING",
        ids::public_id(),
        new.account_id,
        new.application_id,
        new.kind,
        new.office_index,
        new.registration_number,
        new.opened_ms
    )?;
    Ok(done == 1)
}

/// Holds a mailbox until the commit: whether it is the account's. First in whatever its owner does with its members: who
/// gives it away or takes it back comes before, and is seen, or waits.
pub async fn hold(tx: &mut Tx, id: &str, account_id: &str) -> Result<bool> {
    let sql = "UPDATE mailboxes SET opened_ms = opened_ms WHERE id = $1 AND account_id = $2";
    Ok(exec!(tx, sql, id, account_id)? == 1)
}

/// The account's mailboxes, newest first.
pub async fn list_owned(tx: &mut Tx, account_id: &str) -> Result<Vec<Mailbox>> {
    all!(
        tx,
        Mailbox,
        "SELECT id, application_id, kind, office_index, registration_number, opened_ms FROM mailboxes
         WHERE account_id = $1 ORDER BY opened_ms DESC, id",
        account_id
    )
}
