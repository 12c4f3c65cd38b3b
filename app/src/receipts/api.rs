//! Server functions of receipts.

use super::view;
use crate::error::AppError;
use crate::wire::Wire;
use leptos::prelude::*;

#[server(prefix = "/api", endpoint = "receipts/verify", protocol = Wire)]
pub async fn verify(receipt: String) -> Result<view::Verification, AppError> {
    crate::rpc::answer(async { crate::rpc::desks()?.verify(receipt).await }).await
}
