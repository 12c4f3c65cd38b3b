//! What notices are asked for.

use super::view::Page;
use crate::error::Refusal;
use crate::ui::form::Next;
use async_trait::async_trait;
use domain::notices::{Channel, Kind, Quiet};
use std::collections::BTreeSet;

#[async_trait]
pub trait NoticesDesk {
    async fn notices(&self) -> Result<Page, Refusal>;
    /// What is on; everything else is off.
    async fn choose_notices(&self, on: BTreeSet<(Kind, Channel)>, quiet: Option<Quiet>) -> Result<Next, Refusal>;
}
