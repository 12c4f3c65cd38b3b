//! Server functions of accounts.

use super::view;
use crate::error::AppError;
use crate::ui::form::Next;
use domain::Values;
use leptos::prelude::*;
use leptos::server_fn::codec::Json;

#[server(prefix = "/api", endpoint = "accounts/register", input = Json)]
pub async fn register(values: Values) -> Result<Next, AppError> {
    crate::rpc::answer(async { crate::rpc::desks()?.register(values).await }).await
}

#[server(prefix = "/api", endpoint = "accounts/confirm_phone", input = Json)]
pub async fn confirm_phone(values: Values) -> Result<Next, AppError> {
    crate::rpc::answer(async { crate::rpc::desks()?.confirm_phone(values).await }).await
}

#[server(prefix = "/api", endpoint = "accounts/confirm_email", input = Json)]
pub async fn confirm_email(token: String) -> Result<Next, AppError> {
    crate::rpc::answer(async { crate::rpc::desks()?.confirm_email(token).await }).await
}

#[server(prefix = "/api", endpoint = "accounts/login", input = Json)]
pub async fn login(values: Values, next: Option<String>) -> Result<Next, AppError> {
    crate::rpc::answer(async { crate::rpc::desks()?.login(values, next).await }).await
}

#[server(prefix = "/api", endpoint = "accounts/login_code", input = Json)]
pub async fn login_code(values: Values) -> Result<Next, AppError> {
    crate::rpc::answer(async { crate::rpc::desks()?.login_code(values).await }).await
}

#[server(prefix = "/api", endpoint = "accounts/resend_code", input = Json)]
pub async fn resend_code() -> Result<view::CodeSent, AppError> {
    crate::rpc::answer(async { crate::rpc::desks()?.resend_code().await }).await
}

#[server(prefix = "/api", endpoint = "accounts/code_sent", input = Json)]
pub async fn code_sent() -> Result<view::CodeSent, AppError> {
    crate::rpc::answer(async { crate::rpc::desks()?.code_sent().await }).await
}

#[server(prefix = "/api", endpoint = "accounts/profile", input = Json)]
pub async fn profile() -> Result<view::Profile, AppError> {
    crate::rpc::answer(async { crate::rpc::desks()?.profile().await }).await
}

#[server(prefix = "/api", endpoint = "accounts/consents", input = Json)]
pub async fn consents() -> Result<Vec<view::Consent>, AppError> {
    crate::rpc::answer(async { crate::rpc::desks()?.consents().await }).await
}

#[server(prefix = "/api", endpoint = "accounts/journal", input = Json)]
pub async fn journal() -> Result<Vec<view::JournalRow>, AppError> {
    crate::rpc::answer(async { crate::rpc::desks()?.journal().await }).await
}
