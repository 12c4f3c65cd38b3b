//! Who did what. Append-only: the database refuses anything else. Codes and ids only, no personal data.
//!
//! The rows of one account are a chain: numbered without gaps, each with a hash over itself and the hash before it.
//! A row is given its place at the commit, when the end of its chain is taken and held for the shortest time: appends
//! to one account take turns there, appends to different ones do not meet. `server journal verify` follows the chains.

use crate::storage::sql::{all, defer, one};
use crate::storage::{Result, StorageError, Tx, ids};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

pub struct NewEntry<'a> {
    /// Whom it concerns.
    pub account_id: Option<&'a str>,
    pub at_ms: i64,
    /// `citizen`, `system`, or `staff:<id>`.
    pub actor: &'a str,
    /// Feature and verb, as in `applications.submit`.
    pub act: &'a str,
    /// The id of what was acted on; may be empty.
    pub object: &'a str,
    /// Codes; may be empty.
    pub detail: &'a str,
}

#[derive(Debug, Clone, PartialEq, Eq, sqlx_macros::FromRow)]
pub struct Entry {
    pub id: String,
    pub account_id: Option<String>,
    pub at_ms: i64,
    pub actor: String,
    pub act: String,
    pub object: String,
    pub detail: String,
}

impl Entry {
    fn chain(&self) -> &str {
        self.account_id.as_deref().unwrap_or_default()
    }

    /// Covers every column and the row before. Each text goes with its length, so nothing can move between two.
    fn hash(&self, chain: &str, seq: i64, before: &[u8]) -> [u8; 32] {
        let mut hash = Sha256::new_with_prefix(before);
        hash.update(seq.to_be_bytes());
        hash.update(self.at_ms.to_be_bytes());
        hash.update([u8::from(self.account_id.is_some())]);
        for text in [self.id.as_str(), chain, self.chain(), &self.actor, &self.act, &self.object, &self.detail] {
            hash.update((text.len() as u64).to_be_bytes());
            hash.update(text.as_bytes());
        }
        hash.finalize().into()
    }
}

/// What stands before the first row of a chain.
const START: [u8; 32] = [0; 32];

/// Enters a row when the transaction commits.
pub async fn append(tx: &mut Tx, new: &NewEntry<'_>) -> Result<()> {
    tx.journal.push(Entry {
        id: ids::inner_id(),
        account_id: new.account_id.map(str::to_owned),
        at_ms: new.at_ms,
        actor: new.actor.to_owned(),
        act: new.act.to_owned(),
        object: new.object.to_owned(),
        detail: new.detail.to_owned(),
    });
    Ok(())
}

/// Gives the rows appended so far their places. The last thing before a commit: the ends of the chains are held from
/// here on, in the order of their names, so that no two transactions wait for each other.
pub(in crate::storage) async fn link(tx: &mut Tx) -> Result<()> {
    let mut chains: BTreeMap<String, Vec<Entry>> = BTreeMap::new();
    for entry in std::mem::take(&mut tx.journal) {
        chains.entry(entry.chain().to_owned()).or_default().push(entry);
    }
    for (chain, entries) in chains {
        // One statement takes the end and says what it was; a lost race waits here and sees the winner's end.
        let head = one!(
            tx,
            (i64, Vec<u8>),
            "INSERT INTO journal_heads (chain, seq, hash) VALUES ($1, $2, $3)
             ON CONFLICT (chain) DO UPDATE SET seq = journal_heads.seq + excluded.seq RETURNING seq, hash",
            &chain,
            entries.len() as i64,
            &START[..]
        )?;
        let (last, before) = head.ok_or_else(|| StorageError::bad("journal_heads", "chain", &*chain))?;
        let mut hash: [u8; 32] = before.try_into().map_err(|_| StorageError::bad("journal_heads", "hash", &*chain))?;
        let mut seq = last - entries.len() as i64;
        for entry in entries {
            seq += 1;
            hash = entry.hash(&chain, seq, &hash);
            defer!(
                tx,
                "INSERT INTO journal (id, account_id, at_ms, actor, act, object, detail, chain, seq, hash)
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
                entry.id,
                entry.account_id.as_deref(),
                entry.at_ms,
                entry.actor,
                entry.act,
                entry.object,
                entry.detail,
                &*chain,
                seq,
                &hash
            );
        }
        defer!(tx, "UPDATE journal_heads SET hash = $1 WHERE chain = $2", &hash, &*chain);
    }
    Ok(())
}

/// When names or papers of the account last changed: by its owner's hand, or by a door, whose own papers they then are.
pub async fn last_correction(tx: &mut Tx, account_id: &str) -> Result<Option<i64>> {
    let sql = "SELECT MAX(at_ms) FROM journal WHERE account_id = $1 AND act IN ('profile_corrected', 'profile_filled')";
    Ok(one!(tx, (Option<i64>,), sql, account_id)?.and_then(|(at_ms,)| at_ms))
}

/// What concerns the account, newest first.
pub async fn list_owned(tx: &mut Tx, account_id: &str, limit: i64) -> Result<Vec<Entry>> {
    link(tx).await?;
    tx.flush().await?;
    all!(
        tx,
        Entry,
        "SELECT id, account_id, at_ms, actor, act, object, detail FROM journal
         WHERE account_id = $1 ORDER BY at_ms DESC, id DESC LIMIT $2",
        account_id,
        limit
    )
}

/// A place where the journal is not as it was written.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum Broken {
    /// The row does not fit its hash, or its hash not the row before.
    Altered { chain: String, seq: i64 },
    /// The row with this number is gone.
    Missing { chain: String, seq: i64 },
    /// The chain does not end where its last append left it.
    End { chain: String },
    /// Rows from before there were chains came or went.
    Unchained { expected: i64, found: i64 },
}

/// What [`verify`] saw.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Verified {
    pub rows: u64,
    pub chains: u64,
    /// Rows from before there were chains; nothing can be said about them but their number.
    pub unchained: i64,
    pub broken: Vec<Broken>,
}

#[derive(sqlx_macros::FromRow)]
struct Linked {
    chain: String,
    seq: i64,
    hash: Vec<u8>,
    #[sqlx(flatten)]
    entry: Entry,
}

const PAGE: i64 = 2_000;
/// So many findings are told; more say no more.
const TOLD: usize = 100;

/// Follows every chain from its start to its end.
pub async fn verify(tx: &mut Tx) -> Result<Verified> {
    let mut broken = Vec::new();
    let (mut rows, mut chains) = (0, 0);
    let mut at: Option<(String, i64, Vec<u8>)> = None;
    loop {
        let (chain, seq) = at.as_ref().map_or(("", 0), |(chain, seq, _)| (chain.as_str(), *seq));
        let page = all!(
            tx,
            Linked,
            "SELECT chain, seq, hash, id, account_id, at_ms, actor, act, object, detail FROM journal
             WHERE (chain, seq) > ($1, $2) ORDER BY chain, seq LIMIT $3",
            chain,
            seq,
            PAGE
        )?;
        if page.is_empty() {
            break;
        }
        for row in page {
            let (seq, before) = match &at {
                Some((chain, seq, hash)) if *chain == row.chain => (seq + 1, hash.clone()),
                _ => {
                    chains += 1;
                    (1, START.to_vec())
                }
            };
            rows += 1;
            let place = (row.chain.clone(), row.seq);
            if row.seq != seq {
                broken.push(Broken::Missing { chain: place.0, seq });
            } else if row.hash != row.entry.hash(&row.chain, row.seq, &before) {
                broken.push(Broken::Altered { chain: place.0, seq: place.1 });
            }
            at = Some((row.chain, row.seq, row.hash));
        }
        if broken.len() > TOLD {
            break;
        }
    }
    // A whole chain may be gone too: its end is then left over, or its rows have none.
    let ends = all!(
        tx,
        (String,),
        "SELECT h.chain FROM journal_heads h LEFT JOIN journal j ON j.chain = h.chain AND j.seq = h.seq
         WHERE j.hash IS NULL OR j.hash <> h.hash
         UNION SELECT j.chain FROM journal j LEFT JOIN journal_heads h ON h.chain = j.chain
         WHERE j.chain IS NOT NULL AND (h.seq IS NULL OR h.seq < j.seq)"
    )?;
    broken.extend(ends.into_iter().map(|(chain,)| Broken::End { chain }));
    let found = one!(tx, (i64,), "SELECT COUNT(*) FROM journal WHERE chain IS NULL")?.map_or(0, |(n,)| n);
    let expected = super::meta::get(tx, "journal_unchained").await?.and_then(|n| n.parse().ok()).unwrap_or(0);
    if found != expected {
        broken.push(Broken::Unchained { expected, found });
    }
    broken.truncate(TOLD);
    Ok(Verified { rows, chains, unchained: found, broken })
}
