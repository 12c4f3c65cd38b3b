//! One-time codes. Tries are spent before comparing and in a transaction of their own, so that
//! neither parallel guesses nor a rolled back request give any back.

use crate::storage::sql::{exec, one};
use crate::storage::{Db, Result, Tx, ids};
use subtle::ConstantTimeEq;

pub struct NewCode<'a> {
    /// The sign-up, session or account it is for.
    pub subject: &'a str,
    pub purpose: &'a str,
    /// [`Vault::code_hash`](crate::storage::Vault::code_hash).
    pub hash: [u8; 32],
    pub tries: i64,
    pub sent_ms: i64,
    pub expires_ms: i64,
    /// How long after the last sending a new one may be sent.
    pub gap_ms: i64,
}

/// What became of a wish to send a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Issued {
    /// Send it: it is the only live one now.
    New,
    /// The last one is too fresh: again after so many milliseconds.
    TooSoon { retry_after_ms: i64 },
}

/// What came of comparing a typed code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// It is the code. Pass the id to [`consume`] in the transaction that acts on it.
    Right { id: String },
    /// It is not; so many tries are left.
    Wrong { tries_left: i64 },
    /// It ran out, was used or was never sent.
    Expired,
    /// No tries are left.
    Spent,
}

#[derive(sqlx_macros::FromRow)]
struct Row {
    id: String,
    code_hash: Vec<u8>,
    tries_left: i64,
}

/// Makes this the one live code of its subject and purpose.
pub async fn issue(tx: &mut Tx, code: &NewCode<'_>) -> Result<Issued> {
    let made = exec!(
        tx,
        "INSERT INTO codes (id, subject, purpose, code_hash, tries_left, sent_ms, expires_ms)
         VALUES ($1, $2, $3, $4, $5, $6, $7)
         ON CONFLICT (subject, purpose) DO UPDATE SET id = excluded.id, code_hash = excluded.code_hash,
           tries_left = excluded.tries_left, sent_ms = excluded.sent_ms, expires_ms = excluded.expires_ms, used_ms = NULL
         WHERE codes.sent_ms <= $8",
        ids::inner_id(), code.subject, code.purpose, &code.hash[..], code.tries, code.sent_ms, code.expires_ms,
        code.sent_ms - code.gap_ms
    )?;
    if made == 1 {
        return Ok(Issued::New);
    }
    let last = sent_ms(tx, code.subject, code.purpose).await?.unwrap_or(code.sent_ms);
    Ok(Issued::TooSoon { retry_after_ms: (last + code.gap_ms - code.sent_ms).max(1) })
}

/// When the last code for this was sent.
pub async fn sent_ms(tx: &mut Tx, subject: &str, purpose: &str) -> Result<Option<i64>> {
    let row = one!(tx, (i64,), "SELECT sent_ms FROM codes WHERE subject = $1 AND purpose = $2", subject, purpose)?;
    Ok(row.map(|(at,)| at))
}

/// Spends one try and compares. Takes the database, not a transaction: the spent try must stay spent.
pub async fn check(db: &Db, subject: &str, purpose: &str, hash: &[u8; 32], now_ms: i64) -> Result<Verdict> {
    let mut tx = db.write().await?;
    let row = one!(
        tx,
        Row,
        "UPDATE codes SET tries_left = tries_left - 1
         WHERE subject = $1 AND purpose = $2 AND used_ms IS NULL AND expires_ms > $3 AND tries_left > 0
         RETURNING id, code_hash, tries_left",
        subject,
        purpose,
        now_ms
    )?;
    let Some(row) = row else {
        let spent = one!(
            tx,
            (i64,),
            "SELECT tries_left FROM codes
             WHERE subject = $1 AND purpose = $2 AND used_ms IS NULL AND expires_ms > $3",
            subject,
            purpose,
            now_ms
        )?;
        tx.roll_back().await?;
        return Ok(if spent.is_some() { Verdict::Spent } else { Verdict::Expired });
    };
    tx.commit().await?;
    Ok(if bool::from(row.code_hash.ct_eq(&hash[..])) {
        Verdict::Right { id: row.id }
    } else {
        Verdict::Wrong { tries_left: row.tries_left }
    })
}

/// Uses a code up. Of many at once one gets `true`; only it may act.
pub async fn consume(tx: &mut Tx, id: &str, now_ms: i64) -> Result<bool> {
    let done =
        exec!(tx, "UPDATE codes SET used_ms = $2 WHERE id = $1 AND used_ms IS NULL AND expires_ms > $2", id, now_ms)?;
    Ok(done == 1)
}

/// Deletes codes that ran out before `before_ms`: how many.
pub async fn purge(tx: &mut Tx, before_ms: i64) -> Result<u64> {
    exec!(tx, "DELETE FROM codes WHERE expires_ms <= $1", before_ms)
}
