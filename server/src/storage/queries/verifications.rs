//! Requests to verify an identity (REC-3). Of several who decide at once the database lets one through.

use super::{journal, open, persons, seal};
use crate::storage::sql::{all, exec, one, text_enum};
use crate::storage::{Db, Place, Result, StorageError, Tx, Vault};
use domain::clock::Timestamp;
use domain::documents;
use domain::journal::Look;
use domain::staff::{HOLD_MINUTES, Purpose, Verifying};

text_enum! {
    /// Where a request stands; `domain::accounts::verification::State`.
    State in "verifications"."state" {
        Waiting = "waiting",
        Confirmed = "confirmed",
        Refused = "refused",
        Used = "used",
        Cancelled = "cancelled",
    }
}

pub struct NewVerification<'a> {
    /// Its person's id too; that row must exist.
    pub id: &'a str,
    pub number: &'a str,
    pub account_id: Option<&'a str>,
    pub asked_ms: i64,
    pub due_ms: i64,
}

pub struct NewScan<'a> {
    pub id: &'a str,
    pub kind: &'a str,
    pub media_type: &'a str,
    pub size: i64,
    pub pages: i64,
}

/// A request, its sealed words opened.
pub struct Verification {
    pub id: String,
    pub number: String,
    pub account_id: Option<String>,
    pub state: State,
    pub asked_ms: i64,
    pub due_ms: i64,
    pub holder: Option<String>,
    pub until_ms: Option<i64>,
    pub decided_ms: Option<i64>,
    /// The number of a code.
    pub reason: Option<i64>,
    pub words: String,
    pub objection: String,
    pub refused_by: Option<String>,
}

impl std::fmt::Debug for Verification {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Verification({}, {})", self.number, self.state.as_str())
    }
}

#[derive(sqlx_macros::FromRow)]
struct Row {
    id: String,
    number: String,
    account_id: Option<String>,
    state: String,
    asked_ms: i64,
    due_ms: i64,
    holder: Option<String>,
    until_ms: Option<i64>,
    decided_ms: Option<i64>,
    reason: Option<i64>,
    words: Option<Vec<u8>>,
    objection: Option<Vec<u8>>,
    refused_by: Option<String>,
}

/// A request as lists show it: nobody's data.
#[derive(Debug, Clone, PartialEq, Eq, sqlx_macros::FromRow)]
pub struct Listed {
    pub id: String,
    pub number: String,
    pub asked_ms: i64,
    pub due_ms: i64,
    pub holder: Option<String>,
    pub until_ms: Option<i64>,
    pub refused_by: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, sqlx_macros::FromRow)]
pub struct Scan {
    pub id: String,
    pub verification_id: String,
    pub kind: String,
    pub media_type: String,
    pub size: i64,
    pub pages: i64,
}

const fn words_of(id: &str) -> Place<'_> {
    Place::new("verifications", "words", id)
}

const fn objection_of(id: &str) -> Place<'_> {
    Place::new("verifications", "objection", id)
}

pub async fn create(tx: &mut Tx, new: &NewVerification<'_>, scans: &[NewScan<'_>]) -> Result<()> {
    exec!(
        tx,
        "INSERT INTO verifications (id, number, account_id, state, asked_ms, due_ms) VALUES ($1, $2, $3, 'waiting', $4, $5)",
        new.id,
        new.number,
        new.account_id,
        new.asked_ms,
        new.due_ms
    )?;
    for scan in scans {
        exec!(
            tx,
            "INSERT INTO verification_scans (id, verification_id, kind, media_type, size, pages)
             VALUES ($1, $2, $3, $4, $5, $6)",
            scan.id,
            new.id,
            scan.kind,
            scan.media_type,
            scan.size,
            scan.pages
        )?;
    }
    Ok(())
}

pub async fn find(tx: &mut Tx, vault: &Vault, id: &str) -> Result<Option<Verification>> {
    let row = one!(
        tx,
        Row,
        "SELECT id, number, account_id, state, asked_ms, due_ms, holder, until_ms, decided_ms, reason, words, objection,
           refused_by FROM verifications WHERE id = $1",
        id
    )?;
    let Some(row) = row else { return Ok(None) };
    let words = match &row.words {
        Some(sealed) => open(tx, vault, id, words_of(id), sealed).await?,
        None => String::new(),
    };
    let objection = match &row.objection {
        Some(sealed) => open(tx, vault, id, objection_of(id), sealed).await?,
        None => String::new(),
    };
    Ok(Some(Verification {
        state: State::read(&row.state, &row.id)?,
        id: row.id,
        number: row.number,
        account_id: row.account_id,
        asked_ms: row.asked_ms,
        due_ms: row.due_ms,
        holder: row.holder,
        until_ms: row.until_ms,
        decided_ms: row.decided_ms,
        reason: row.reason,
        words,
        objection,
        refused_by: row.refused_by,
    }))
}

/// What waits, the nearest term first.
pub async fn waiting(tx: &mut Tx, limit: i64) -> Result<Vec<Listed>> {
    all!(
        tx,
        Listed,
        "SELECT id, number, asked_ms, due_ms, holder, until_ms, refused_by FROM verifications
         WHERE state = 'waiting' ORDER BY due_ms, id LIMIT $1",
        limit
    )
}

/// Takes a request that is free, or goes on holding one's own. Never one that oneself has refused before.
pub async fn hold(tx: &mut Tx, verifying: &Verifying, id: &str, now: Timestamp) -> Result<bool> {
    let done = exec!(
        tx,
        "UPDATE verifications SET holder = $2, until_ms = $4
         WHERE id = $1 AND state = 'waiting' AND (holder IS NULL OR holder = $2 OR until_ms <= $3)
           AND (refused_by IS NULL OR refused_by <> $2)",
        id,
        verifying.member(),
        now.0,
        now.plus_minutes(HOLD_MINUTES).0
    )?;
    Ok(done == 1)
}

/// Whether this member of staff is known to be the account's owner: by phone.
pub async fn own(tx: &mut Tx, account_id: &str, staff_id: &str) -> Result<bool> {
    let row = one!(
        tx,
        (String,),
        "SELECT s.kind FROM staff_identities s JOIN accounts a ON a.phone_index = s.idx
         WHERE a.id = $1 AND s.staff_id = $2 AND s.kind = 'phone'",
        account_id,
        staff_id
    )?;
    Ok(row.is_some())
}

/// Notes in the account's journal that its data or a scan is about to be looked at; committed before anything opens.
/// `None`: not there, decided meanwhile, or not in this clerk's hands.
pub async fn look(
    db: &Db,
    vault: &Vault,
    verifying: &Verifying,
    id: &str,
    act: &str,
    document: Option<(documents::Kind, String)>,
    now: Timestamp,
) -> Result<Option<Verification>> {
    let mut tx = db.write().await?;
    let found = find(&mut tx, vault, id).await?.filter(|v| {
        v.state == State::Waiting
            && v.holder.as_deref() == Some(verifying.member())
            && v.until_ms.is_some_and(|until| until > now.0)
    });
    let Some(found) = found else {
        tx.roll_back().await?;
        return Ok(None);
    };
    let actor = format!("staff:{}", verifying.member());
    let look = Look { role: verifying.role(), purpose: Purpose::CitizenAsked, document };
    let row = journal::NewEntry {
        account_id: found.account_id.as_deref(),
        at_ms: now.0,
        actor: &actor,
        act,
        object: &found.number,
        detail: &look.to_string(),
    };
    journal::append(&mut tx, &row).await?;
    tx.commit().await?;
    Ok(Some(found))
}

pub async fn scans(tx: &mut Tx, id: &str) -> Result<Vec<Scan>> {
    all!(
        tx,
        Scan,
        "SELECT id, verification_id, kind, media_type, size, pages FROM verification_scans
         WHERE verification_id = $1 ORDER BY kind DESC",
        id
    )
}

pub async fn scan(tx: &mut Tx, id: &str) -> Result<Option<Scan>> {
    one!(
        tx,
        Scan,
        "SELECT id, verification_id, kind, media_type, size, pages FROM verification_scans WHERE id = $1",
        id
    )
}

/// Decides a request that one holds: of two decisions one is taken. `refused`: the code and the clerk's words.
pub async fn decide(
    tx: &mut Tx,
    vault: &Vault,
    verifying: &Verifying,
    id: &str,
    refused: Option<(u16, &str)>,
    now: Timestamp,
) -> Result<bool> {
    let words = match refused {
        Some((_, words)) if !words.is_empty() => Some(seal(tx, vault, id, words_of(id), &words).await?),
        _ => None,
    };
    let state = if refused.is_some() { State::Refused } else { State::Confirmed };
    let done = exec!(
        tx,
        "UPDATE verifications SET state = $3, decided_by = $2, decided_ms = $4, reason = $5, words = $6
         WHERE id = $1 AND state = 'waiting' AND holder = $2 AND until_ms > $4 AND ($3 = 'refused' OR account_id IS NOT NULL)",
        id,
        verifying.member(),
        state.as_str(),
        now.0,
        refused.map(|(code, _)| i64::from(code)),
        words
    )?;
    Ok(done == 1)
}

/// The person's answer to a refusal, once: it waits again, for somebody else.
pub async fn object(tx: &mut Tx, vault: &Vault, id: &str, words: &str, due_ms: i64) -> Result<bool> {
    let sealed = seal(tx, vault, id, objection_of(id), &words).await?;
    let done = exec!(
        tx,
        "UPDATE verifications SET state = 'waiting', refused_by = decided_by, decided_by = NULL, decided_ms = NULL,
           holder = NULL, until_ms = NULL, objection = $2, due_ms = $3
         WHERE id = $1 AND state = 'refused' AND refused_by IS NULL",
        id,
        &sealed,
        due_ms
    )?;
    Ok(done == 1)
}

/// Uses up what was confirmed after `since_ms`: of many at once one gets `true`.
pub async fn use_up(tx: &mut Tx, id: &str, since_ms: i64) -> Result<bool> {
    let done = exec!(
        tx,
        "UPDATE verifications SET state = 'used' WHERE id = $1 AND state = 'confirmed' AND decided_ms > $2",
        id,
        since_ms
    )?;
    Ok(done == 1)
}

/// Ends whatever else of the account is under way.
pub async fn cancel(tx: &mut Tx, account_id: &str, except: &str) -> Result<u64> {
    exec!(
        tx,
        "UPDATE verifications SET state = 'cancelled'
         WHERE account_id = $1 AND id <> $2 AND state IN ('waiting', 'confirmed')",
        account_id,
        except
    )
}

/// Deletes up to `limit` requests made before `before_ms` and destroys their keys: how many, and the objects to delete.
pub async fn purge(tx: &mut Tx, vault: &Vault, before_ms: i64, now_ms: i64, limit: i64) -> Result<(u64, Vec<String>)> {
    let old = all!(
        tx,
        (String,),
        "SELECT id FROM verifications WHERE asked_ms <= $1 ORDER BY asked_ms LIMIT $2",
        before_ms,
        limit
    )?;
    let ids: Vec<String> = old.into_iter().map(|(id,)| id).collect();
    let litter = remove(tx, vault, &ids, now_ms).await?;
    Ok((ids.len() as u64, litter))
}

/// What was asked for an account: number, state, moment; oldest first.
pub async fn asked_by(tx: &mut Tx, account_id: &str) -> Result<Vec<(String, String, i64)>> {
    all!(
        tx,
        (String, String, i64),
        "SELECT number, state, asked_ms FROM verifications WHERE account_id = $1 ORDER BY asked_ms, id",
        account_id
    )
}

/// All of an account, when it is erased.
pub async fn of_account(tx: &mut Tx, account_id: &str) -> Result<Vec<String>> {
    let rows = all!(tx, (String,), "SELECT id FROM verifications WHERE account_id = $1", account_id)?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// Deletes requests with their scans and keys: the objects to delete after the commit.
pub async fn remove(tx: &mut Tx, vault: &Vault, ids: &[String], now_ms: i64) -> Result<Vec<String>> {
    let mut litter = Vec::new();
    for id in ids {
        let scans = all!(tx, (String,), "DELETE FROM verification_scans WHERE verification_id = $1 RETURNING id", id)?;
        litter.extend(scans.into_iter().map(|(id,)| id));
        exec!(tx, "DELETE FROM verifications WHERE id = $1", id)?;
        persons::destroy(tx, vault, id, now_ms).await?;
    }
    Ok(litter)
}

/// The code a stored number stands for.
///
/// # Errors
/// A number that is no code.
pub fn reason(found: &Verification) -> Result<Option<domain::Code>> {
    let bad = || StorageError::bad("verifications", "reason", &*found.id);
    let read = |n: i64| u16::try_from(n).ok().and_then(|n| domain::Code::try_from(n).ok()).ok_or_else(bad);
    found.reason.map(read).transpose()
}
