//! Pages that are mostly words: composed on the server, so that their words are not in the wasm.

use super::view::{Page, SearchPage};
use crate::error::Refusal;
use async_trait::async_trait;

#[async_trait]
pub trait ContentDesk {
    /// The page at this path (`/help`, `/services/post/registration`, `/help/errors/OTD-1402`, `/status` …).
    async fn page(&self, path: String) -> Result<Page, Refusal>;
    async fn search(&self, query: String) -> Result<SearchPage, Refusal>;
}
