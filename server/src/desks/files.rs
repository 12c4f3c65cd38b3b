//! Files of a citizen: found by owner, opened, and the reading noted.

use super::trouble;
use crate::http::Visit;
use crate::storage::{documents, file_entries, persons};
use app::error::Refusal;
use domain::Code;
use domain::documents::Media;

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
        let (name, media_type, act) = match entry {
            Some(entry) => (format!("{}.pdf", entry.kind), entry.media_type, "receipt_read"),
            None => {
                let found = documents::find_owned(&mut tx, vault, id, &owner.account_id).await.map_err(trouble)?;
                // What the virus scanner has not seen is opened to nobody.
                let found = found.filter(|d| d.state == documents::State::Kept).ok_or(Code::NotFound)?;
                let ending = Media::from_name(&found.media_type).map_or("bin", Media::extension);
                (format!("{}-{}.{ending}", found.kind, found.place), found.media_type, "document_read")
            }
        };
        let key = persons::key(&mut tx, vault, &owner.account_id).await.map_err(trouble)?;
        // The row stands before the answer leaves.
        self.note(&mut tx, &owner.account_id, act, "").await?;
        tx.commit().await.map_err(trouble)?;
        let content = house.files.get(vault, &key, id).await.map_err(trouble)?.ok_or(Code::Unavailable)?;
        Ok(Document { name, media_type, content: content.to_vec() })
    }
}
