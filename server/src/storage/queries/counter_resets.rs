//! Access resets at a counter (REC-4): which accounts a passport leads to, who has reset and who has confirmed, and the
//! phone and e-mail there were, for «Это не я».

use super::contact_changes::{Former, Kind};
use super::{open, seal};
use crate::storage::sql::{all, exec, one};
use crate::storage::{Place, Result, Tx, Vault};
use domain::staff::Admitting;
use domain::{Field, Values};

/// More accounts of one passport than anybody has: others have written it into theirs.
const MOST: usize = 10;

pub struct NewReset<'a> {
    pub id: &'a str,
    pub account_id: &'a str,
    pub document_idx: &'a [u8; 32],
    pub asked_ms: i64,
    /// As they stood before.
    pub phone: &'a Former,
    pub email: &'a Former,
}

/// A reset as it stands; opens no sealed value.
#[derive(Debug, Clone, PartialEq, Eq, sqlx_macros::FromRow)]
pub struct Reset {
    pub id: String,
    pub account_id: String,
    pub asked_by: String,
    pub asked_ms: i64,
    pub second_by: Option<String>,
}

const fn former_of(id: &str) -> Place<'_> {
    Place::new("counter_resets", "former", id)
}

/// The accounts in use whose profile holds this passport, or that have sent an application with it. `None`: so many that the
/// right one may be missing among them.
pub async fn candidates(tx: &mut Tx, document_idx: &[u8; 32]) -> Result<Option<Vec<String>>> {
    tx.flush().await?;
    let rows = all!(
        tx,
        (String,),
        "SELECT id FROM accounts WHERE passport_index = $1 AND blocked_ms IS NULL
         UNION SELECT c.id FROM identities i JOIN applications a ON a.id = i.application_id
           JOIN accounts c ON c.id = a.account_id
         WHERE i.kind = 'passport' AND i.idx = $1 AND c.blocked_ms IS NULL
         ORDER BY 1 LIMIT $2",
        &document_idx[..],
        MOST as i64
    )?;
    Ok((rows.len() < MOST).then(|| rows.into_iter().map(|(id,)| id).collect()))
}

/// Of the accounts this passport leads to the one with this phone or e-mail, however many there are: its own, or what it had
/// before a reset by this passport took it off.
pub async fn named(tx: &mut Tx, document_idx: &[u8; 32], login_idx: &[u8; 32]) -> Result<Vec<String>> {
    tx.flush().await?;
    let rows = all!(
        tx,
        (String,),
        "SELECT c.id FROM accounts c
         WHERE c.blocked_ms IS NULL
           AND c.id IN (SELECT id FROM accounts WHERE phone_index = $2 OR email_index = $2
             UNION SELECT account_id FROM counter_resets WHERE document_idx = $1 AND (phone_idx = $2 OR email_idx = $2))
           AND (c.passport_index = $1 OR EXISTS (SELECT 1 FROM identities i JOIN applications a ON a.id = i.application_id
             WHERE i.kind = 'passport' AND i.idx = $1 AND a.account_id = c.id))
         ORDER BY c.id",
        &document_idx[..],
        &login_idx[..]
    )?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// The СНИЛС that the account's applications with this passport name, as blind indexes.
pub async fn snils_of(tx: &mut Tx, account_id: &str, document_idx: &[u8; 32]) -> Result<Vec<Vec<u8>>> {
    let rows = all!(
        tx,
        (Vec<u8>,),
        "SELECT DISTINCT s.idx FROM applications a
           JOIN identities p ON p.application_id = a.id AND p.kind = 'passport' AND p.idx = $2
           JOIN identities s ON s.application_id = a.id AND s.kind = 'snils'
         WHERE a.account_id = $1",
        account_id,
        &document_idx[..]
    )?;
    Ok(rows.into_iter().map(|(idx,)| idx).collect())
}

/// Whether this member of staff is known to be the account's owner: by its phone, the phone before a reset, or the СНИЛС
/// of one of its applications.
pub async fn own(tx: &mut Tx, account_id: &str, staff_id: &str) -> Result<bool> {
    let row = one!(
        tx,
        (String,),
        "SELECT s.staff_id FROM staff_identities s JOIN accounts a ON a.phone_index = s.idx
         WHERE a.id = $1 AND s.staff_id = $2 AND s.kind = 'phone'
         UNION SELECT s.staff_id FROM staff_identities s JOIN counter_resets r ON r.phone_idx = s.idx
         WHERE r.account_id = $1 AND s.staff_id = $2 AND s.kind = 'phone'
         UNION SELECT s.staff_id FROM staff_identities s
           JOIN identities i ON i.idx = s.idx AND i.kind IN ('snils', 'filer_snils')
           JOIN applications a ON a.id = i.application_id
         WHERE a.account_id = $1 AND s.staff_id = $2 AND s.kind = 'snils'",
        account_id,
        staff_id
    )?;
    Ok(row.is_some())
}

/// Keeps who reset and what there was. The account is held.
pub async fn create(tx: &mut Tx, vault: &Vault, admitting: &Admitting, new: &NewReset<'_>) -> Result<()> {
    let former: Values =
        [(Field::Phone, new.phone.value.clone()), (Field::Email, new.email.value.clone())].into_iter().collect();
    let sealed = seal(tx, vault, new.account_id, former_of(new.id), &former).await?;
    exec!(
        tx,
        "INSERT INTO counter_resets (id, account_id, document_idx, asked_by, asked_ms, former, phone_idx, email_idx,
           phone_confirmed_ms, email_confirmed_ms) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        new.id,
        new.account_id,
        &new.document_idx[..],
        admitting.member(),
        new.asked_ms,
        &sealed,
        new.phone.index.as_ref().map(|index| &index[..]),
        new.email.index.as_ref().map(|index| &index[..]),
        new.phone.confirmed_ms,
        new.email.confirmed_ms
    )?;
    Ok(())
}

/// The account's newest reset, undone or not.
pub async fn last(tx: &mut Tx, account_id: &str) -> Result<Option<Reset>> {
    one!(
        tx,
        Reset,
        "SELECT id, account_id, asked_by, asked_ms, second_by FROM counter_resets
         WHERE account_id = $1 ORDER BY asked_ms DESC, id DESC LIMIT 1",
        account_id
    )
}

/// Whether the account's newest reset is this clerk's, by this passport, since `since_ms`.
pub async fn newest_is(
    tx: &mut Tx,
    account_id: &str,
    admitting: &Admitting,
    document_idx: &[u8; 32],
    since_ms: i64,
) -> Result<bool> {
    let row = one!(
        tx,
        (bool,),
        "SELECT (asked_by = $2 AND document_idx = $3 AND asked_ms > $4) AS theirs FROM counter_resets
         WHERE account_id = $1 ORDER BY asked_ms DESC, id DESC LIMIT 1",
        account_id,
        admitting.member(),
        &document_idx[..],
        since_ms
    )?;
    Ok(row.is_some_and(|(theirs,)| theirs))
}

/// The resets by this passport since `since_ms` whose slips nobody has used, newest first: of each account the last alone,
/// waiting for a second clerk, or confirmed by this one.
pub async fn waiting(tx: &mut Tx, admitting: &Admitting, document_idx: &[u8; 32], since_ms: i64) -> Result<Vec<Reset>> {
    all!(
        tx,
        Reset,
        "SELECT r.id, r.account_id, r.asked_by, r.asked_ms, r.second_by FROM counter_resets r
           JOIN accounts a ON a.id = r.account_id
         WHERE r.document_idx = $1 AND r.asked_ms > $2 AND (r.second_by IS NULL OR r.second_by = $4) AND r.undone_ms IS NULL
           AND a.first_password_ms IS NOT NULL AND a.login_index IS NOT NULL
           AND a.blocked_ms IS NULL AND a.frozen_ms IS NULL
           AND NOT EXISTS (SELECT 1 FROM counter_resets o WHERE o.account_id = r.account_id
             AND (o.asked_ms > r.asked_ms OR (o.asked_ms = r.asked_ms AND o.id > r.id)))
         ORDER BY r.asked_ms DESC LIMIT $3",
        &document_idx[..],
        since_ms,
        MOST as i64,
        admitting.member()
    )
}

/// The second clerk has seen the same: of two at once one gets `true`, never who reset, and never for one that another
/// reset of the account has replaced. The account is held.
pub async fn confirm(tx: &mut Tx, admitting: &Admitting, id: &str, now_ms: i64) -> Result<bool> {
    let done = exec!(
        tx,
        "UPDATE counter_resets SET second_by = $2, second_ms = $3
         WHERE id = $1 AND second_by IS NULL AND undone_ms IS NULL AND asked_by <> $2
           AND NOT EXISTS (SELECT 1 FROM counter_resets o WHERE o.account_id = counter_resets.account_id
             AND (o.asked_ms > counter_resets.asked_ms OR (o.asked_ms = counter_resets.asked_ms AND o.id > counter_resets.id)))",
        id,
        admitting.member(),
        now_ms
    )?;
    Ok(done == 1)
}

#[derive(sqlx_macros::FromRow)]
struct Row {
    former: Vec<u8>,
    phone_idx: Option<Vec<u8>>,
    email_idx: Option<Vec<u8>>,
    phone_confirmed_ms: Option<i64>,
    email_confirmed_ms: Option<i64>,
}

/// Phone and e-mail before a reset of this account that can still be undone.
pub async fn former(tx: &mut Tx, vault: &Vault, account_id: &str, id: &str) -> Result<Option<(Former, Former)>> {
    let row = one!(
        tx,
        Row,
        "SELECT former, phone_idx, email_idx, phone_confirmed_ms, email_confirmed_ms FROM counter_resets
         WHERE id = $1 AND account_id = $2 AND former IS NOT NULL AND undone_ms IS NULL",
        id,
        account_id
    )?;
    let Some(row) = row else { return Ok(None) };
    let values: Values = open(tx, vault, account_id, former_of(id), &row.former).await?;
    let read = |bytes: Option<Vec<u8>>| bytes.and_then(|b| b.as_slice().try_into().ok());
    let of = |kind, field, index, confirmed_ms| Former {
        kind,
        value: values.get(field).to_owned(),
        index: read(index),
        confirmed_ms,
    };
    Ok(Some((
        of(Kind::Phone, Field::Phone, row.phone_idx, row.phone_confirmed_ms),
        of(Kind::Email, Field::Email, row.email_idx, row.email_confirmed_ms),
    )))
}

/// This reset and those before it that nobody has entered between, which therefore tell of the same phone and e-mail: ids, and
/// the moments that what went with them bears. Those only that can still be undone.
pub async fn chain(tx: &mut Tx, account_id: &str, id: &str) -> Result<Vec<(String, i64)>> {
    all!(
        tx,
        (String, i64),
        "SELECT o.id, o.asked_ms FROM counter_resets r JOIN counter_resets o ON o.account_id = r.account_id
         WHERE r.id = $1 AND r.account_id = $2 AND o.asked_ms <= r.asked_ms AND o.undone_ms IS NULL AND o.former IS NOT NULL
           AND o.phone_idx IS NOT DISTINCT FROM r.phone_idx
           AND o.phone_confirmed_ms IS NOT DISTINCT FROM r.phone_confirmed_ms
           AND o.email_confirmed_ms IS NOT DISTINCT FROM r.email_confirmed_ms
         ORDER BY o.asked_ms, o.id",
        id,
        account_id
    )
}

/// Notes that «Это не я» took it back: of two at once one gets `true`.
pub async fn undo(tx: &mut Tx, account_id: &str, id: &str, now_ms: i64) -> Result<bool> {
    let done = exec!(
        tx,
        "UPDATE counter_resets SET undone_ms = $3 WHERE id = $1 AND account_id = $2 AND undone_ms IS NULL",
        id,
        account_id,
        now_ms
    )?;
    Ok(done == 1)
}

/// Forgets phone and e-mail of resets before `before_ms`: how many.
pub async fn forget(tx: &mut Tx, before_ms: i64) -> Result<u64> {
    exec!(
        tx,
        "UPDATE counter_resets SET former = NULL, email_idx = NULL WHERE asked_ms <= $1 AND former IS NOT NULL",
        before_ms
    )
}

/// Deletes resets before `before_ms`: how many.
pub async fn purge(tx: &mut Tx, before_ms: i64) -> Result<u64> {
    exec!(tx, "DELETE FROM counter_resets WHERE asked_ms <= $1", before_ms)
}

/// When an account was reset and whether a second clerk confirmed, oldest first.
pub async fn of_account(tx: &mut Tx, account_id: &str) -> Result<Vec<(i64, bool)>> {
    all!(
        tx,
        (i64, bool),
        "SELECT asked_ms, (second_by IS NOT NULL) AS confirmed FROM counter_resets WHERE account_id = $1
         ORDER BY asked_ms, id",
        account_id
    )
}
