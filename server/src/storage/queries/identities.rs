//! Who an application is about, as blind indexes: duplicates are found, and refused, without opening anything.

use crate::storage::sql::{all, defer, exec, one, text_enum};
use crate::storage::{Result, Tx};

text_enum! {
    /// Which of the person's numbers.
    Kind in "identities"."kind" {
        Passport = "passport",
        Snils = "snils",
        Inn = "inn",
        Phone = "phone",
        /// The last name as people search for it. Many share one: it finds files, and never makes a duplicate.
        LastName = "last_name",
        /// Of the person who stands for an organisation. They may stand for many: it makes no duplicate and finds no
        /// file, and says only whose application it is.
        FilerSnils = "filer_snils",
        FilerPhone = "filer_phone",
    }
}

/// Another application about the same person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Match {
    pub application_id: String,
    pub account_id: String,
    pub kind: Kind,
    /// It is the person's registration.
    pub active: bool,
}

/// Sets the application's indexes; those of an earlier submission are replaced. Once per transaction. Moment and place of
/// the submission go along, so that a search finds the newest of a place without looking at applications.
pub async fn set(tx: &mut Tx, application_id: &str, indexes: &[(Kind, [u8; 32])]) -> Result<()> {
    // A kind that was there and is no longer would hold somebody else's number for this person.
    for gone in Kind::ALL.iter().filter(|kind| indexes.iter().all(|(k, _)| k != *kind)) {
        defer!(tx, "DELETE FROM identities WHERE application_id = $1 AND kind = $2", application_id, gone.as_str());
    }
    for (kind, index) in indexes {
        defer!(
            tx,
            "INSERT INTO identities (kind, idx, active, application_id, at_ms, region, office_index)
             SELECT $1, $2, $3, a.id, COALESCE(a.submitted_ms, 0), a.region, a.office_index FROM applications a WHERE a.id = $4
             ON CONFLICT (application_id, kind) DO UPDATE SET idx = excluded.idx, active = excluded.active,
               at_ms = excluded.at_ms, region = excluded.region, office_index = excluded.office_index",
            kind.as_str(),
            index,
            false,
            application_id
        );
    }
    Ok(())
}

/// Submitted applications, this one left out, that share a number with it.
pub async fn others(tx: &mut Tx, application_id: &str) -> Result<Vec<Match>> {
    tx.flush().await?;
    let rows = all!(
        tx,
        (String, String, String, bool),
        "SELECT o.application_id, a.account_id, o.kind, o.active
         FROM identities mine
         JOIN identities o ON o.kind = mine.kind AND o.idx = mine.idx AND o.application_id <> mine.application_id
         JOIN applications a ON a.id = o.application_id
         WHERE mine.application_id = $1 AND mine.kind NOT IN ('last_name', 'filer_snils', 'filer_phone')
         ORDER BY o.application_id, o.kind",
        application_id
    )?;
    rows.into_iter()
        .map(|(application_id, account_id, kind, active)| {
            Ok(Match { kind: Kind::read(&kind, &application_id)?, application_id, account_id, active })
        })
        .collect()
}

/// Whether the application is this member of staff's own: a number of theirs is in it, or its account is theirs.
pub async fn own(tx: &mut Tx, application_id: &str, staff_id: &str) -> Result<bool> {
    tx.flush().await?;
    let row = one!(
        tx,
        (String,),
        "SELECT s.kind FROM staff_identities s JOIN identities i ON i.kind IN (s.kind, 'filer_' || s.kind) AND i.idx = s.idx
         WHERE i.application_id = $1 AND s.staff_id = $2
         UNION SELECT s.kind FROM staff_identities s
           JOIN accounts c ON c.phone_index = s.idx JOIN applications a ON a.account_id = c.id
         WHERE a.id = $1 AND s.staff_id = $2 AND s.kind = 'phone'",
        application_id,
        staff_id
    )?;
    Ok(row.is_some())
}

/// Says who a member of staff is as a citizen, in place of what was said before.
pub async fn set_of_staff(tx: &mut Tx, staff_id: &str, indexes: &[(Kind, [u8; 32])]) -> Result<()> {
    for (kind, index) in indexes {
        exec!(
            tx,
            "INSERT INTO staff_identities (staff_id, kind, idx) VALUES ($1, $2, $3)
             ON CONFLICT (staff_id, kind) DO UPDATE SET idx = excluded.idx",
            staff_id,
            kind.as_str(),
            &index[..]
        )?;
    }
    Ok(())
}

/// Of whom it is known who they are as a citizen.
pub async fn staff_known(tx: &mut Tx) -> Result<Vec<String>> {
    let rows = all!(tx, (String,), "SELECT DISTINCT staff_id FROM staff_identities ORDER BY staff_id")?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// Makes this application the person's registration. `Conflict("identities.idx")`: another one is.
pub async fn register(tx: &mut Tx, application_id: &str) -> Result<()> {
    tx.flush().await?;
    exec!(
        tx,
        "UPDATE identities SET active = TRUE
         WHERE application_id = $1 AND kind NOT IN ('phone', 'last_name', 'filer_snils', 'filer_phone')",
        application_id
    )?;
    Ok(())
}
