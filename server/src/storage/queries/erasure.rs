//! Finding and deleting what has run out. Rows that others refer to stay, emptied; what was sealed in them is gone with
//! its bytes or with the person's key. Each list takes at most `limit` at once, so that no transaction is long. A list is
//! only where to look: on PostgreSQL others go on meanwhile, so each row is claimed, and judged once more, before it goes.

use super::{persons, verifications};
use crate::storage::sql::{all, exec, one};
use crate::storage::{Result, Tx, Vault};

/// In place of a sealed value that was erased; see `FullRow::read` and `accounts::find`.
const NOTHING: &[u8] = &[];

fn ids(rows: Result<Vec<(String,)>>) -> Result<Vec<String>> {
    Ok(rows?.into_iter().map(|(id,)| id).collect())
}

/// Holds the row of an account or an application until the commit: nobody changes it, and no row that names it comes.
/// `false`: somebody is at it this moment, and the next pass looks again. SQLite has one writer at a time.
macro_rules! hold {
    ($tx:expr, $table:literal, $id:expr) => {
        if $tx.is_sqlite() {
            Ok(true)
        } else {
            let sql = concat!("SELECT id FROM ", $table, " WHERE id = $1 FOR UPDATE SKIP LOCKED");
            one!($tx, (String,), sql, $id).map(|row| row.is_some())
        }
    };
}

/// Holds an account, for whoever erases it.
pub async fn hold_account(tx: &mut Tx, id: &str) -> Result<bool> {
    hold!(tx, "accounts", id)
}

async fn hold_application(tx: &mut Tx, id: &str) -> Result<bool> {
    hold!(tx, "applications", id)
}

macro_rules! withdrawn {
    ($rest:literal) => {
        concat!(
            "SELECT DISTINCT c.account_id FROM consents c JOIN persons p ON p.id = c.account_id
             WHERE c.purpose = 'account' AND c.withdrawn_ms <= $1 AND p.destroyed_ms IS NULL
               AND NOT EXISTS (SELECT 1 FROM consents o WHERE o.account_id = c.account_id AND o.purpose = 'account'
                 AND (o.withdrawn_ms IS NULL OR o.withdrawn_ms > $1))
               AND NOT EXISTS (SELECT 1 FROM counter_resets r
                 WHERE r.account_id = c.account_id AND r.asked_ms > $2 AND r.undone_ms IS NULL) ",
            $rest
        )
    };
}

/// Accounts whose consent was withdrawn before `before_ms` and not given again. Not those reset at a counter since
/// `reset_since_ms`: their owner stood there with a passport, and could not come in since to say who has withdrawn.
pub async fn withdrawn(tx: &mut Tx, before_ms: i64, reset_since_ms: i64, limit: i64) -> Result<Vec<String>> {
    ids(all!(tx, (String,), withdrawn!("LIMIT $3"), before_ms, reset_since_ms, limit))
}

/// Claims such an account: whether it is still one.
pub async fn claim_withdrawn(tx: &mut Tx, id: &str, before_ms: i64, reset_since_ms: i64) -> Result<bool> {
    Ok(hold_account(tx, id).await?
        && one!(tx, (String,), withdrawn!("AND c.account_id = $3"), before_ms, reset_since_ms, id)?.is_some())
}

macro_rules! unconfirmed {
    ($rest:literal) => {
        concat!(
            "SELECT a.id FROM accounts a JOIN persons p ON p.id = a.id
             WHERE a.level NOT IN ('confirmed', 'email') AND a.frozen_ms IS NULL AND a.created_ms <= $1
               AND p.destroyed_ms IS NULL
               AND NOT EXISTS (SELECT 1 FROM sessions s WHERE s.account_id = a.id AND s.seen_ms > $1)
               AND NOT EXISTS (SELECT 1 FROM counter_resets r WHERE r.account_id = a.id)
               AND NOT EXISTS (SELECT 1 FROM mailboxes b WHERE b.account_id = a.id)
               AND NOT EXISTS (SELECT 1 FROM mailbox_members m WHERE m.account_id = a.id AND m.ended_ms IS NULL)
               AND NOT EXISTS (SELECT 1 FROM applications x WHERE x.account_id = a.id AND x.number IS NOT NULL) ",
            $rest
        )
    };
}

/// Accounts without a proved e-mail that sent nothing, have no part in a mailbox (one may have been handed over to them, before a
/// reset at a counter took their e-mail off), and were neither used nor reset since `before_ms`. One that «Это не я» closed is not left alone: its owner may have lost phone and e-mail, and comes back by documents.
pub async fn unconfirmed(tx: &mut Tx, before_ms: i64, limit: i64) -> Result<Vec<String>> {
    ids(all!(tx, (String,), unconfirmed!("LIMIT $2"), before_ms, limit))
}

/// Claims such an account: whether it is still one.
pub async fn claim_unconfirmed(tx: &mut Tx, id: &str, before_ms: i64) -> Result<bool> {
    Ok(hold_account(tx, id).await? && one!(tx, (String,), unconfirmed!("AND a.id = $2"), before_ms, id)?.is_some())
}

/// Makes everything of a person unreadable and unfindable, and nobody of the account. What stays: ids, moments, numbers
/// and states of applications, consents, the journal. The files whose contents are to be deleted after the commit.
pub async fn person(tx: &mut Tx, vault: &Vault, id: &str, now_ms: i64) -> Result<Vec<String>> {
    persons::destroy(tx, vault, id, now_ms).await?;
    // What others wrote down of this person: invitations to their phone or e-mail.
    exec!(
        tx,
        "DELETE FROM mailbox_members WHERE contact_index IN (SELECT phone_index FROM accounts WHERE id = $1
           UNION ALL SELECT email_index FROM accounts WHERE id = $1)",
        id
    )?;
    exec!(
        tx,
        "UPDATE accounts SET phone_index = NULL, email_index = NULL, login_index = NULL, password_hash = '', profile = $2,
           passport_index = $2, blocked_ms = $3
         WHERE id = $1",
        id,
        NOTHING,
        now_ms
    )?;
    exec!(tx, "UPDATE sessions SET revoked_ms = $2 WHERE account_id = $1 AND revoked_ms IS NULL", id, now_ms)?;
    exec!(tx, "DELETE FROM links WHERE account_id = $1", id)?;
    exec!(tx, "DELETE FROM authenticators WHERE account_id = $1", id)?;
    exec!(tx, "DELETE FROM passkeys WHERE account_id = $1", id)?;
    exec!(tx, "DELETE FROM doors WHERE account_id = $1", id)?;
    exec!(tx, "DELETE FROM post_accounts WHERE account_id = $1", id)?;
    exec!(tx, "DELETE FROM backup_codes WHERE account_id = $1", id)?;
    exec!(tx, "DELETE FROM devices WHERE account_id = $1", id)?;
    exec!(tx, "DELETE FROM push_subscriptions WHERE account_id = $1", id)?;
    exec!(tx, "DELETE FROM alarms WHERE account_id = $1", id)?;
    exec!(tx, "DELETE FROM contact_changes WHERE account_id = $1", id)?;
    exec!(tx, "DELETE FROM profile_changes WHERE account_id = $1", id)?;
    exec!(tx, "DELETE FROM counter_resets WHERE account_id = $1", id)?;
    let asked = verifications::of_account(tx, id).await?;
    let mut files = verifications::remove(tx, vault, &asked, now_ms).await?;
    exec!(tx, "DELETE FROM notices WHERE person_id = $1", id)?;
    exec!(tx, "DELETE FROM notice_choices WHERE account_id = $1", id)?;
    exec!(
        tx,
        "DELETE FROM identities WHERE application_id IN (SELECT id FROM applications WHERE account_id = $1)",
        id
    )?;
    exec!(tx, "DELETE FROM checks WHERE application_id IN (SELECT id FROM applications WHERE account_id = $1)", id)?;
    exec!(tx, "DELETE FROM acts WHERE application_id IN (SELECT id FROM applications WHERE account_id = $1)", id)?;
    exec!(tx, "DELETE FROM appeal_moves WHERE appeal_id IN (SELECT id FROM appeals WHERE account_id = $1)", id)?;
    exec!(tx, "DELETE FROM appeals WHERE account_id = $1", id)?;
    exec!(tx, "DELETE FROM mailbox_members WHERE account_id = $1 OR invited_by = $1", id)?;
    exec!(
        tx,
        "DELETE FROM answers_before WHERE application_id IN (SELECT id FROM applications WHERE account_id = $1)",
        id
    )?;
    exec!(
        tx,
        "DELETE FROM assignments WHERE application_id IN (SELECT id FROM applications WHERE account_id = $1)",
        id
    )?;
    files.extend(ids(all!(tx, (String,), "DELETE FROM files WHERE person_id = $1 RETURNING id", id))?);
    for application in ids(all!(tx, (String,), "SELECT id FROM applications WHERE account_id = $1", id))? {
        files.extend(papers(tx, &application).await?);
    }
    exec!(tx, "DELETE FROM applications WHERE account_id = $1 AND number IS NULL", id)?;
    exec!(
        tx,
        "UPDATE applications SET answers = $2, sources = NULL, region = NULL, office_index = NULL WHERE account_id = $1",
        id,
        NOTHING
    )?;
    // Which office serves somebody tells where they live.
    exec!(tx, "UPDATE mailboxes SET office_index = NULL WHERE account_id = $1", id)?;
    Ok(files)
}

macro_rules! drafts {
    ($rest:literal) => {
        concat!("SELECT id FROM applications WHERE number IS NULL AND saved_ms <= $1 ", $rest)
    };
}

/// Drafts that were never sent and not saved since `before_ms`.
pub async fn drafts(tx: &mut Tx, before_ms: i64, limit: i64) -> Result<Vec<String>> {
    ids(all!(tx, (String,), drafts!("LIMIT $2"), before_ms, limit))
}

/// Deletes such a draft with its documents. The files whose contents are to be deleted after the commit; `None`: it was
/// sent or saved meanwhile.
pub async fn draft(tx: &mut Tx, id: &str, before_ms: i64) -> Result<Option<Vec<String>>> {
    if !hold_application(tx, id).await? || one!(tx, (String,), drafts!("AND id = $2"), before_ms, id)?.is_none() {
        return Ok(None);
    }
    let files = papers(tx, id).await?;
    exec!(tx, "DELETE FROM applications WHERE id = $1 AND number IS NULL", id)?;
    Ok(Some(files))
}

/// Deletes the documents of an application, and uploads on their way to it. The files whose contents are to be deleted.
async fn papers(tx: &mut Tx, application_id: &str) -> Result<Vec<String>> {
    let mut files =
        ids(all!(tx, (String,), "DELETE FROM documents WHERE application_id = $1 RETURNING id", application_id))?;
    files.extend(ids(all!(
        tx,
        (String,),
        "DELETE FROM upload_parts WHERE upload_id IN (SELECT id FROM uploads WHERE application_id = $1) RETURNING id",
        application_id
    ))?);
    exec!(tx, "DELETE FROM uploads WHERE application_id = $1", application_id)?;
    Ok(files)
}

macro_rules! closed {
    ($rest:literal) => {
        concat!(
            "SELECT a.id FROM applications a
             WHERE a.status IN ('rejected', 'expired', 'withdrawn') AND length(a.answers) > 0 AND a.saved_ms <= $1
               AND NOT EXISTS (SELECT 1 FROM history h WHERE h.application_id = a.id AND h.at_ms > $1)
               AND NOT EXISTS (SELECT 1 FROM appeals p JOIN appeal_moves m ON m.appeal_id = p.id
                 WHERE p.application_id = a.id AND (m.at_ms > $1 OR p.status IN ('submitted', 'taken'))) ",
            $rest
        )
    };
}

/// Applications that ended without a registration, nothing having happened to them since `before_ms`.
pub async fn closed(tx: &mut Tx, before_ms: i64, limit: i64) -> Result<Vec<String>> {
    ids(all!(tx, (String,), closed!("LIMIT $2"), before_ms, limit))
}

/// Empties such an application: answers, indexes and what the registries said. The files whose contents are to be
/// deleted after the commit; `None`: something happened to it meanwhile.
pub async fn application(tx: &mut Tx, id: &str, before_ms: i64) -> Result<Option<Vec<String>>> {
    if !hold_application(tx, id).await? || one!(tx, (String,), closed!("AND a.id = $2"), before_ms, id)?.is_none() {
        return Ok(None);
    }
    exec!(
        tx,
        "UPDATE applications SET answers = $2, sources = NULL, region = NULL, office_index = NULL, version = version + 1 WHERE id = $1",
        id,
        NOTHING
    )?;
    exec!(tx, "DELETE FROM identities WHERE application_id = $1", id)?;
    exec!(tx, "DELETE FROM checks WHERE application_id = $1", id)?;
    exec!(tx, "DELETE FROM acts WHERE application_id = $1", id)?;
    exec!(tx, "DELETE FROM appeal_moves WHERE appeal_id IN (SELECT id FROM appeals WHERE application_id = $1)", id)?;
    exec!(tx, "DELETE FROM appeals WHERE application_id = $1", id)?;
    exec!(tx, "DELETE FROM answers_before WHERE application_id = $1", id)?;
    exec!(tx, "DELETE FROM assignments WHERE application_id = $1", id)?;
    let mut files = ids(all!(tx, (String,), "DELETE FROM files WHERE application_id = $1 RETURNING id", id))?;
    files.extend(papers(tx, id).await?);
    Ok(Some(files))
}

macro_rules! approved {
    ($rest:literal) => {
        concat!(
            "SELECT a.id FROM applications a
             WHERE a.status = 'approved' AND a.trimmed_ms IS NULL AND a.saved_ms <= $1
               AND NOT EXISTS (SELECT 1 FROM history h WHERE h.application_id = a.id AND h.at_ms > $1) ",
            $rest
        )
    };
}

/// Applications that were approved before `before_ms`.
pub async fn approved(tx: &mut Tx, before_ms: i64, limit: i64) -> Result<Vec<String>> {
    ids(all!(tx, (String,), approved!("LIMIT $2"), before_ms, limit))
}

/// Leaves such an application its answers, which serve the mailbox, and its receipt, and nothing of what led to the
/// decision: documents, answers before a question, clerks' words, what registries said. The files whose contents are to be
/// deleted after the commit; `None`: somebody is at it.
pub async fn trim(tx: &mut Tx, id: &str, before_ms: i64, now_ms: i64) -> Result<Option<Vec<String>>> {
    if !hold_application(tx, id).await? || one!(tx, (String,), approved!("AND a.id = $2"), before_ms, id)?.is_none() {
        return Ok(None);
    }
    exec!(tx, "UPDATE applications SET trimmed_ms = $2 WHERE id = $1", id, now_ms)?;
    exec!(tx, "DELETE FROM checks WHERE application_id = $1", id)?;
    exec!(tx, "DELETE FROM acts WHERE application_id = $1", id)?;
    exec!(tx, "DELETE FROM answers_before WHERE application_id = $1", id)?;
    papers(tx, id).await.map(Some)
}

/// Deletes messages with codes that were written before `before_ms`, sent or not: how many.
pub async fn code_notices(tx: &mut Tx, before_ms: i64, limit: i64) -> Result<u64> {
    exec!(
        tx,
        "DELETE FROM notices WHERE id IN (SELECT id FROM notices
           WHERE template IN ('sign_up_code', 'login_code', 'recover_code', 'first_password') AND queued_ms <= $1 LIMIT $2)",
        before_ms,
        limit
    )
}

/// Deletes messages written before `before_ms` that were sent or refused; what still waits is sent first: how many.
pub async fn notices(tx: &mut Tx, before_ms: i64, limit: i64) -> Result<u64> {
    exec!(
        tx,
        "DELETE FROM notices WHERE id IN (SELECT id FROM notices WHERE queued_ms <= $1 AND state <> 'queued' LIMIT $2)",
        before_ms,
        limit
    )
}
