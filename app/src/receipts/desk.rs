//! Receipts anyone may verify.

use super::view::Verification;
use crate::error::Refusal;
use async_trait::async_trait;

#[async_trait]
pub trait ReceiptsDesk {
    /// What the portal itself knows of a receipt; no personal data in the answer.
    async fn verify(&self, receipt: String) -> Result<Verification, Refusal>;
}
