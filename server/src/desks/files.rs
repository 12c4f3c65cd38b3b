//! Files of a citizen: found by owner, or by whoever of the staff may look, opened, and the reading noted.

use super::trouble;
use crate::http::{StaffVisit, Visit};
use crate::jobs::issue_receipt;
use crate::storage::{cases, documents, file_entries, persons};
use app::error::Refusal;
use domain::Code;
use domain::documents::Media;
use domain::staff::Purpose;

/// Documents one clerk opens in a day at most; the design load is 200 files of a few each.
const OPENED_A_DAY: i64 = 3000;

/// A file, opened.
pub struct Document {
    /// Ours, and plain ASCII; what a person called it is never put into a header.
    pub name: String,
    pub media_type: String,
    pub content: Vec<u8>,
}

impl Visit {
    /// The receipt or document with this id, if it is the visitor's.
    pub async fn file(&self, id: &str) -> Result<Document, Refusal> {
        let owner = self.signed_in()?;
        let (house, vault) = (&self.house, &self.house.vault);
        let mut tx = house.db.write().await.map_err(trouble)?;
        let entry = file_entries::find_owned(&mut tx, id, &owner.account_id).await.map_err(trouble)?;
        let mut promised = None;
        let (name, media_type, act) = match entry {
            Some(entry) => {
                promised = entry.application_id.filter(|_| entry.path.is_empty());
                (format!("{}.pdf", entry.kind), entry.media_type, "receipt_read")
            }
            None => {
                let found = documents::find_owned(&mut tx, vault, id, &owner.account_id).await.map_err(trouble)?;
                // What the virus scanner has not seen is opened to nobody.
                let found = found.filter(|d| d.state == documents::State::Kept).ok_or(Code::NotFound)?;
                (plain_name(&found), found.media_type, "document_read")
            }
        };
        let key = persons::key(&mut tx, vault, &owner.account_id).await.map_err(trouble)?;
        // The row stands before the answer leaves.
        self.note(&mut tx, &owner.account_id, act, "").await?;
        tx.commit().await.map_err(trouble)?;
        let content = match promised {
            Some(application) => issue_receipt::content(house, &application).await.map_err(|_| Code::Unavailable)?,
            None => house.files.get(vault, &key, id).await.map_err(trouble)?.map(|content| content.to_vec()),
        };
        Ok(Document { name, media_type, content: content.ok_or(Code::Unavailable)? })
    }
}

/// Kind, place and ending.
fn plain_name(found: &documents::Document) -> String {
    let ending = Media::from_name(&found.media_type).map_or("bin", Media::extension);
    format!("{}-{}.{ending}", found.kind, found.place)
}

impl StaffVisit {
    /// A document of a citizen's file. Who holds the file has said by taking it what for; anybody else says so now.
    /// What lies outside one's places answers as what is not there.
    pub async fn document(&self, id: &str, purpose: Option<Purpose>) -> Result<Document, Refusal> {
        let reading = self.present()?.member.reading()?;
        self.limit(&[("staff/document", reading.member(), 24 * 60, OPENED_A_DAY)]).await?;
        let (house, vault) = (&self.house, &self.house.vault);
        let purpose = match purpose {
            Some(purpose) => purpose,
            None => {
                let mut tx = house.db.read().await.map_err(trouble)?;
                let found =
                    documents::find(&mut tx, vault, id).await.map_err(trouble)?.ok_or(Code::DocumentNotFound)?;
                let case = cases::find(&mut tx, &found.application_id).await.map_err(trouble)?;
                reading.reach(&case.ok_or(Code::DocumentNotFound)?.place()).map_err(|_| Code::DocumentNotFound)?;
                drop(tx);
                if !self.holds(&found.application_id).await? {
                    return Err(Code::PurposeMissing.into());
                }
                Purpose::Review
            }
        };
        let found = cases::open_document(&house.db, vault, &reading, id, purpose, self.now).await.map_err(trouble)?;
        let found = found.ok_or(Code::DocumentNotFound)?;
        let mut tx = house.db.read().await.map_err(trouble)?;
        let key = persons::key(&mut tx, vault, &found.account_id).await.map_err(trouble)?;
        drop(tx);
        let content = house.files.get(vault, &key, id).await.map_err(trouble)?.ok_or(Code::Unavailable)?;
        Ok(Document { name: plain_name(&found), media_type: found.media_type, content: content.to_vec() })
    }
}
