//! What appeals are asked for.

use super::view::Appealing;
use crate::error::Refusal;
use crate::ui::form::Next;
use async_trait::async_trait;
use domain::Values;

/// A citizen's own appeals, found by their application. A foreign one and an absent one answer alike.
#[async_trait]
pub trait AppealsDesk {
    /// The refusal, and the appeal against it if there is one.
    async fn appealing(&self, application: String) -> Result<Appealing, Refusal>;
    /// Sends the grounds, once; a repeat leads to the same page.
    async fn file_appeal(&self, application: String, values: Values) -> Result<Next, Refusal>;
    /// Takes it back while nobody has decided.
    async fn withdraw_appeal(&self, application: String) -> Result<Next, Refusal>;
}
