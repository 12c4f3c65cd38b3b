//! Server functions of notices.

use super::view;
use crate::error::AppError;
use crate::wire::Wire;
use leptos::prelude::*;

#[server(prefix = "/api", endpoint = "notices/mine", protocol = Wire)]
pub async fn mine() -> Result<view::Page, AppError> {
    crate::rpc::answer(async { crate::rpc::desks()?.notices().await }).await
}
