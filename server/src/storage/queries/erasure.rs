//! Finding and deleting what has run out. Rows that others refer to stay, emptied; what was sealed in them is gone with
//! its bytes or with the person's key. Each function takes at most `limit` at once, so that no transaction is long.

use super::persons;
use crate::storage::sql::{all, exec};
use crate::storage::{Result, Tx, Vault};

/// In place of a sealed value that was erased; see `FullRow::read` and `accounts::find`.
const NOTHING: &[u8] = &[];

fn ids(rows: Result<Vec<(String,)>>) -> Result<Vec<String>> {
    Ok(rows?.into_iter().map(|(id,)| id).collect())
}

/// Accounts whose consent was withdrawn before `before_ms` and not given again.
pub async fn withdrawn(tx: &mut Tx, before_ms: i64, limit: i64) -> Result<Vec<String>> {
    ids(all!(
        tx,
        (String,),
        "SELECT DISTINCT c.account_id FROM consents c JOIN persons p ON p.id = c.account_id
         WHERE c.purpose = 'account' AND c.withdrawn_ms <= $1 AND p.destroyed_ms IS NULL
           AND NOT EXISTS (SELECT 1 FROM consents o WHERE o.account_id = c.account_id AND o.purpose = 'account'
             AND (o.withdrawn_ms IS NULL OR o.withdrawn_ms > $1))
         LIMIT $2",
        before_ms,
        limit
    ))
}

/// Accounts that never proved their e-mail, sent nothing, and were not used since `before_ms`.
pub async fn unconfirmed(tx: &mut Tx, before_ms: i64, limit: i64) -> Result<Vec<String>> {
    ids(all!(
        tx,
        (String,),
        "SELECT a.id FROM accounts a JOIN persons p ON p.id = a.id
         WHERE a.level NOT IN ('confirmed', 'email') AND a.created_ms <= $1 AND p.destroyed_ms IS NULL
           AND NOT EXISTS (SELECT 1 FROM sessions s WHERE s.account_id = a.id AND s.seen_ms > $1)
           AND NOT EXISTS (SELECT 1 FROM applications x WHERE x.account_id = a.id AND x.number IS NOT NULL)
         LIMIT $2",
        before_ms,
        limit
    ))
}

/// Makes everything of a person unreadable and unfindable, and nobody of the account. What stays: ids, moments, numbers
/// and states of applications, consents, the journal. The files whose contents are to be deleted after the commit.
pub async fn person(tx: &mut Tx, vault: &Vault, id: &str, now_ms: i64) -> Result<Vec<String>> {
    persons::destroy(tx, vault, id, now_ms).await?;
    exec!(
        tx,
        "UPDATE accounts SET phone_index = NULL, email_index = NULL, login_index = NULL, password_hash = '', profile = $2, blocked_ms = $3
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
    exec!(tx, "DELETE FROM alarms WHERE account_id = $1", id)?;
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
    let mut files = ids(all!(tx, (String,), "DELETE FROM files WHERE person_id = $1 RETURNING id", id))?;
    for application in ids(all!(tx, (String,), "SELECT id FROM applications WHERE account_id = $1", id))? {
        files.extend(papers(tx, &application).await?);
    }
    exec!(tx, "DELETE FROM applications WHERE account_id = $1 AND number IS NULL", id)?;
    exec!(tx, "UPDATE applications SET answers = $2, sources = NULL WHERE account_id = $1", id, NOTHING)?;
    Ok(files)
}

/// Drafts that were never sent and not saved since `before_ms`.
pub async fn drafts(tx: &mut Tx, before_ms: i64, limit: i64) -> Result<Vec<String>> {
    ids(all!(
        tx,
        (String,),
        "SELECT id FROM applications WHERE number IS NULL AND saved_ms <= $1 LIMIT $2",
        before_ms,
        limit
    ))
}

/// Deletes a draft with its documents. The files whose contents are to be deleted after the commit.
pub async fn draft(tx: &mut Tx, id: &str) -> Result<Vec<String>> {
    let files = papers(tx, id).await?;
    exec!(tx, "DELETE FROM applications WHERE id = $1 AND number IS NULL", id)?;
    Ok(files)
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

/// Applications that ended without a registration, nothing having happened to them since `before_ms`.
pub async fn closed(tx: &mut Tx, before_ms: i64, limit: i64) -> Result<Vec<String>> {
    ids(all!(
        tx,
        (String,),
        "SELECT a.id FROM applications a
         WHERE a.status IN ('rejected', 'expired', 'withdrawn') AND length(a.answers) > 0 AND a.saved_ms <= $1
           AND NOT EXISTS (SELECT 1 FROM history h WHERE h.application_id = a.id AND h.at_ms > $1)
           AND NOT EXISTS (SELECT 1 FROM appeals p JOIN appeal_moves m ON m.appeal_id = p.id
             WHERE p.application_id = a.id AND (m.at_ms > $1 OR p.status IN ('submitted', 'taken')))
         LIMIT $2",
        before_ms,
        limit
    ))
}

/// Empties a closed application: answers, indexes and what the registries said. The files whose contents are to be
/// deleted after the commit.
pub async fn application(tx: &mut Tx, id: &str) -> Result<Vec<String>> {
    exec!(
        tx,
        "UPDATE applications SET answers = $2, sources = NULL, version = version + 1 WHERE id = $1",
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
    Ok(files)
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
