//! Server functions of the postal directory.

use super::view;
use crate::error::AppError;
use leptos::prelude::*;
use leptos::server_fn::codec::Json;

#[server(prefix = "/api", endpoint = "offices/postcode", input = Json)]
pub async fn postcode(index: String) -> Result<view::IndexAnswer, AppError> {
    crate::rpc::answer(async { crate::rpc::desks()?.postcode(index).await }).await
}

#[server(prefix = "/api", endpoint = "offices/issuing_units", input = Json)]
pub async fn issuing_units(department_code: String) -> Result<view::IssuingUnits, AppError> {
    crate::rpc::answer(async { crate::rpc::desks()?.issuing_units(department_code).await }).await
}

#[server(prefix = "/api", endpoint = "offices/find", input = Json)]
pub async fn find_offices(query: String) -> Result<Vec<view::OfficeRow>, AppError> {
    crate::rpc::answer(async { crate::rpc::desks()?.find_offices(query).await }).await
}
