//! Server functions of accounts.

use super::view;
use crate::error::AppError;
use crate::ui::form::Next;
use crate::wire::Wire;
use domain::Values;
use leptos::prelude::*;

#[server(prefix = "/api", endpoint = "accounts/register", protocol = Wire)]
pub async fn register(values: Values) -> Result<Next, AppError> {
    crate::rpc::answer(async { crate::rpc::desks()?.register(values).await }).await
}

#[server(prefix = "/api", endpoint = "accounts/confirm_phone", protocol = Wire)]
pub async fn confirm_phone(values: Values) -> Result<Next, AppError> {
    crate::rpc::answer(async { crate::rpc::desks()?.confirm_phone(values).await }).await
}

#[server(prefix = "/api", endpoint = "accounts/confirm_email", protocol = Wire)]
pub async fn confirm_email(token: String) -> Result<Next, AppError> {
    crate::rpc::answer(async { crate::rpc::desks()?.confirm_email(token).await }).await
}

#[server(prefix = "/api", endpoint = "accounts/login", protocol = Wire)]
pub async fn login(values: Values, next: Option<String>) -> Result<Next, AppError> {
    crate::rpc::answer(async { crate::rpc::desks()?.login(values, next).await }).await
}

#[server(prefix = "/api", endpoint = "accounts/login_code", protocol = Wire)]
pub async fn login_code(values: Values) -> Result<Next, AppError> {
    crate::rpc::answer(async { crate::rpc::desks()?.login_code(values).await }).await
}

#[server(prefix = "/api", endpoint = "accounts/resend_code", protocol = Wire)]
pub async fn resend_code() -> Result<view::CodeSent, AppError> {
    crate::rpc::answer(async { crate::rpc::desks()?.resend_code().await }).await
}

#[server(prefix = "/api", endpoint = "accounts/code_sent", protocol = Wire)]
pub async fn code_sent() -> Result<view::CodeSent, AppError> {
    crate::rpc::answer(async { crate::rpc::desks()?.code_sent().await }).await
}

#[server(prefix = "/api", endpoint = "accounts/session", protocol = Wire)]
pub async fn session(quiet: u32) -> Result<Option<view::SessionLeft>, AppError> {
    crate::rpc::answer(async { crate::rpc::desks()?.session(quiet).await }).await
}

#[server(prefix = "/api", endpoint = "accounts/profile", protocol = Wire)]
pub async fn profile() -> Result<view::Profile, AppError> {
    crate::rpc::answer(async { crate::rpc::desks()?.profile().await }).await
}

#[server(prefix = "/api", endpoint = "accounts/consents", protocol = Wire)]
pub async fn consents() -> Result<Vec<view::Consent>, AppError> {
    crate::rpc::answer(async { crate::rpc::desks()?.consents().await }).await
}
