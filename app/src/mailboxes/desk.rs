//! What mailboxes are asked for.

use super::view::{Mailbox, Mine};
use crate::error::Refusal;
use crate::ui::form::Next;
use async_trait::async_trait;
use domain::Values;

/// Mailboxes the citizen may use. A foreign one and an absent one answer alike; so do acts that only an owner may do.
#[async_trait]
pub trait MailboxesDesk {
    /// One's mailboxes, and invitations to one's phone or e-mail.
    async fn mailboxes(&self) -> Result<Mine, Refusal>;
    async fn mailbox(&self, id: String) -> Result<Mailbox, Refusal>;
    /// Invites a phone or an e-mail; the answer is the same whether it has an account or not.
    async fn invite(&self, mailbox: String, values: Values) -> Result<Next, Refusal>;
    /// Accepts an invitation, or turns it down.
    async fn answer_invitation(&self, invitation: String, accepted: bool) -> Result<Next, Refusal>;
    /// Removes a member, or takes an invitation back.
    async fn remove_member(&self, mailbox: String, member: String) -> Result<Next, Refusal>;
    /// A member goes.
    async fn leave_mailbox(&self, mailbox: String) -> Result<Next, Refusal>;
    /// Makes a member the owner; whoever was stays as a member that sends.
    async fn hand_over(&self, mailbox: String, member: String) -> Result<Next, Refusal>;
}
