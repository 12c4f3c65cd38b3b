//! The desk where anyone may verify a receipt.

use super::{applications, trouble};
use crate::http::Visit;
use crate::storage;
use app::desks::ReceiptsDesk;
use app::error::Refusal;
use app::receipts::view::Verification;
use async_trait::async_trait;
use domain::Code;
use domain::applications::{MailboxKind, Number, Status};
use domain::clock::Timestamp;

#[async_trait]
impl ReceiptsDesk for Visit {
    async fn verify(&self, receipt: String) -> Result<Verification, Refusal> {
        // A number that was never issued and one that is misspelt answer alike.
        let number = Number::parse(&receipt)?;
        self.limit(&[("verify/address", &self.address.to_string(), 10, 200)]).await?;
        let mut tx = self.house.db.read().await.map_err(trouble)?;
        let found = storage::applications::find_by_number(&mut tx, number.as_str()).await.map_err(trouble)?;
        let found = found.ok_or(Code::ReceiptNotFound)?;
        Ok(Verification {
            number: number.to_string(),
            submitted_at: Timestamp(found.submitted_ms.unwrap_or(found.created_ms)),
            status: Status::from_name(&found.status).ok_or(Code::ReceiptNotFound)?,
            mailbox: applications::mailbox_of(&found).unwrap_or(MailboxKind::Electronic),
        })
    }
}
