//! What applications are asked for.

use super::view::{Card, Editing, ListRow};
use crate::error::Refusal;
use crate::ui::form::Next;
use async_trait::async_trait;
use domain::Values;
use domain::applications::Step;

/// A citizen's own applications. A foreign one and an absent one answer alike.
#[async_trait]
pub trait ApplicationsDesk {
    /// All of one's applications, newest first.
    async fn list(&self) -> Result<Vec<ListRow>, Refusal>;
    /// A new draft, prefilled from the profile (VAL-14), or from a refused application (RSB-2).
    /// An empty draft that exists already is returned instead of a second one.
    async fn create(&self, from: Option<String>) -> Result<Next, Refusal>;
    /// The form as it stands: answers, their source, how far one may go.
    async fn edit(&self, id: String) -> Result<Editing, Refusal>;
    /// Saves one step and judges it; leads to the next step, or back to review when that was reached before.
    async fn save_step(&self, id: String, step: Step, values: Values) -> Result<Next, Refusal>;
    /// The one door: parses everything again, stores, enqueues, answers the card's path. Repeats of the same
    /// key lead to the same place.
    async fn submit(&self, id: String, submit_key: String, values: Values) -> Result<Next, Refusal>;
    async fn card(&self, id: String) -> Result<Card, Refusal>;
    async fn withdraw(&self, id: String) -> Result<Next, Refusal>;
}
