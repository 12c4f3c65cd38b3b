//! Server functions of appeals. Sending and taking back are plain forms.

use super::view;
use crate::error::AppError;
use crate::wire::Wire;
use leptos::prelude::*;

#[server(prefix = "/api", endpoint = "appeals/of", protocol = Wire)]
pub async fn of(application: String) -> Result<view::Appealing, AppError> {
    crate::rpc::answer(async { crate::rpc::desks()?.appealing(application).await }).await
}
