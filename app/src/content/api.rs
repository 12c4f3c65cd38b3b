//! Server functions of pages of words.

use super::view;
use crate::error::AppError;
use crate::wire::Wire;
use leptos::prelude::*;

#[server(prefix = "/api", endpoint = "content/page", protocol = Wire)]
pub async fn page(path: String) -> Result<view::Page, AppError> {
    crate::rpc::answer(async { crate::rpc::desks()?.page(path).await }).await
}

#[server(prefix = "/api", endpoint = "content/search", protocol = Wire)]
pub async fn search(query: String) -> Result<view::SearchPage, AppError> {
    crate::rpc::answer(async { crate::rpc::desks()?.search(query).await }).await
}
