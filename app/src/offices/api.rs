//! Server functions of the postal directory.

use super::view;
use crate::error::AppError;
use crate::wire::Wire;
use leptos::prelude::*;

#[server(prefix = "/api", endpoint = "offices/postcode", protocol = Wire)]
pub async fn postcode(index: String) -> Result<view::IndexAnswer, AppError> {
    crate::rpc::answer(async { crate::rpc::desks()?.postcode(index).await }).await
}

#[server(prefix = "/api", endpoint = "offices/issuing_units", protocol = Wire)]
pub async fn issuing_units(department_code: String) -> Result<view::IssuingUnits, AppError> {
    crate::rpc::answer(async { crate::rpc::desks()?.issuing_units(department_code).await }).await
}

#[server(prefix = "/api", endpoint = "offices/find", protocol = Wire)]
pub async fn find_offices(query: String) -> Result<Vec<view::OfficeRow>, AppError> {
    crate::rpc::answer(async { crate::rpc::desks()?.find_offices(query).await }).await
}
