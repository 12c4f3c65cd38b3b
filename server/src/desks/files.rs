//! Documents of a citizen: found by owner, opened, and the reading noted.

use super::trouble;
use crate::http::Visit;
use crate::storage::{file_entries, persons};
use app::error::Refusal;
use domain::Code;

/// A document, opened.
pub struct Document {
    pub name: String,
    pub media_type: String,
    pub content: Vec<u8>,
}

impl Visit {
    /// The document with this id, if it is the visitor's.
    pub async fn file(&self, id: &str) -> Result<Document, Refusal> {
        let owner = self.signed_in()?;
        let (house, vault) = (&self.house, &self.house.vault);
        let mut tx = house.db.write().await.map_err(trouble)?;
        let found = file_entries::find_owned(&mut tx, id, &owner.account_id).await.map_err(trouble)?;
        let entry = found.ok_or(Code::NotFound)?;
        let key = persons::key(&mut tx, vault, &owner.account_id).await.map_err(trouble)?;
        // The row stands before the answer leaves.
        self.note(&mut tx, &owner.account_id, "receipt_read", "").await?;
        tx.commit().await.map_err(trouble)?;
        let content = house.files.get(vault, &key, &entry.id).await.map_err(trouble)?.ok_or(Code::Unavailable)?;
        Ok(Document { name: format!("{}.pdf", entry.kind), media_type: entry.media_type, content: content.to_vec() })
    }
}
