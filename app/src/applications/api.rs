//! Server functions of applications.

use super::view;
use crate::error::AppError;
use crate::ui::form::Next;
use crate::wire::Wire;
use domain::Values;
use domain::applications::Step;
use leptos::prelude::*;

#[server(prefix = "/api", endpoint = "applications/list", protocol = Wire)]
pub async fn list() -> Result<Vec<view::ListRow>, AppError> {
    crate::rpc::answer(async { crate::rpc::desks()?.list().await }).await
}

#[server(prefix = "/api", endpoint = "applications/edit", protocol = Wire)]
pub async fn edit(id: String) -> Result<view::Editing, AppError> {
    crate::rpc::answer(async { crate::rpc::desks()?.edit(id).await }).await
}

#[server(prefix = "/api", endpoint = "applications/save_step", protocol = Wire)]
pub async fn save_step(id: String, step: Step, values: Values) -> Result<Next, AppError> {
    crate::rpc::answer(async { crate::rpc::desks()?.save_step(id, step, values).await }).await
}

#[server(prefix = "/api", endpoint = "applications/submit", protocol = Wire)]
pub async fn submit(id: String, submit_key: String, values: Values) -> Result<Next, AppError> {
    crate::rpc::answer(async { crate::rpc::desks()?.submit(id, submit_key, values).await }).await
}

#[server(prefix = "/api", endpoint = "applications/card", protocol = Wire)]
pub async fn card(id: String) -> Result<view::Card, AppError> {
    crate::rpc::answer(async { crate::rpc::desks()?.card(id).await }).await
}
