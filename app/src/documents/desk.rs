//! What documents are asked for.

use super::view::{Documents, OfApplication, Progress};
use crate::error::Refusal;
use crate::ui::form::Next;
use async_trait::async_trait;
use domain::documents::Kind;

/// A citizen's own documents. A foreign one and an absent one answer alike.
#[async_trait]
pub trait DocumentsDesk {
    /// The documents of one application, in their order.
    async fn documents(&self, application: String) -> Result<Documents, Refusal>;
    /// All documents of the person, by application, newest first.
    async fn my_documents(&self) -> Result<Vec<OfApplication>, Refusal>;
    /// Announces a file that will come in parts. `fingerprint`: SHA-256 of its content in hex, or nothing; by it what was
    /// begun before is gone on with.
    async fn begin_upload(
        &self,
        application: String,
        kind: Kind,
        name: String,
        size: u64,
        fingerprint: String,
    ) -> Result<Progress, Refusal>;
    /// How far an upload has come: where to go on after the line was cut.
    async fn upload_progress(&self, upload: String) -> Result<Progress, Refusal>;
    /// All parts have arrived: the file is judged and kept. `more`: others follow, so the application waits for them.
    async fn finish_upload(&self, upload: String, more: bool) -> Result<Next, Refusal>;
    async fn cancel_upload(&self, upload: String) -> Result<(), Refusal>;
}
