//! Server functions of receipts.

use super::view;
use crate::error::AppError;
use leptos::prelude::*;
use leptos::server_fn::codec::Json;

#[server(prefix = "/api", endpoint = "receipts/verify", input = Json)]
pub async fn verify(receipt: String) -> Result<view::Verification, AppError> {
    crate::rpc::answer(async { crate::rpc::desks()?.verify(receipt).await }).await
}
