//! Server functions of mailboxes. Everything that changes something is a plain form.

use super::view;
use crate::error::AppError;
use crate::wire::Wire;
use leptos::prelude::*;

#[server(prefix = "/api", endpoint = "mailboxes/mine", protocol = Wire)]
pub async fn mine() -> Result<view::Mine, AppError> {
    crate::rpc::answer(async { crate::rpc::desks()?.mailboxes().await }).await
}

#[server(prefix = "/api", endpoint = "mailboxes/one", protocol = Wire)]
pub async fn one(id: String) -> Result<view::Mailbox, AppError> {
    crate::rpc::answer(async { crate::rpc::desks()?.mailbox(id).await }).await
}
