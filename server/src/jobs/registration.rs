//! Approval's consequence: the person's numbers become a registration, which can exist only once, and the box is opened.

use super::moves;
use crate::desks::mailbox_of;
use crate::storage::applications::Summary;
use crate::storage::{StorageError, Tx, identities, ids, mailboxes};
use domain::applications::{MailboxKind, Number, State};
use domain::clock::Timestamp;
use domain::{Field, Values};

/// Why an approval did not come about.
pub(crate) enum Lost {
    /// The same person was registered a moment ago: the database said so. The transaction is of no more use.
    Duplicate,
    /// Somebody moved the application since it was read.
    Moved,
    Storage(StorageError),
}

impl From<StorageError> for Lost {
    fn from(error: StorageError) -> Self {
        Lost::Storage(error)
    }
}

/// Writes the approval: the registration number and the new version.
pub(crate) async fn register(
    tx: &mut Tx,
    summary: &Summary,
    approved: &State,
    answers: &Values,
    actor: &str,
    now: Timestamp,
) -> Result<(String, i64), Lost> {
    match identities::register(tx, &summary.id).await {
        Err(StorageError::Conflict(_)) => return Err(Lost::Duplicate),
        done => done?,
    }
    // The same kind of number as an application's: read aloud, typed on any keyboard.
    let number = format!("R{}", Number::new(now.portal_date().year(), ids::random()));
    let version = moves::apply(tx, summary, approved, actor, Some(&number), now).await?.ok_or(Lost::Moved)?;
    let office = answers.get(Field::OfficeIndex);
    let stands = mailbox_of(summary).is_some_and(MailboxKind::needs_office);
    let mailbox = mailboxes::NewMailbox {
        account_id: &summary.account_id,
        application_id: &summary.id,
        kind: &summary.kind,
        office_index: (stands && !office.is_empty()).then_some(office),
        registration_number: &number,
        opened_ms: now.0,
    };
    mailboxes::open(tx, &mailbox).await?;
    Ok((number, version))
}
