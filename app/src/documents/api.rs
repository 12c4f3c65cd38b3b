//! Server functions of documents. The parts of a file itself go to `PUT /uploads/{id}`.

use super::view;
use crate::error::AppError;
use crate::ui::form::Next;
use crate::wire::Wire;
use domain::documents::Kind;
use leptos::prelude::*;

#[server(prefix = "/api", endpoint = "documents/of", protocol = Wire)]
pub async fn of(application: String) -> Result<view::Documents, AppError> {
    crate::rpc::answer(async { crate::rpc::desks()?.documents(application).await }).await
}

#[server(prefix = "/api", endpoint = "documents/mine", protocol = Wire)]
pub async fn mine() -> Result<Vec<view::OfApplication>, AppError> {
    crate::rpc::answer(async { crate::rpc::desks()?.my_documents().await }).await
}

#[server(prefix = "/api", endpoint = "documents/begin", protocol = Wire)]
pub async fn begin(
    application: String,
    kind: Kind,
    name: String,
    size: u64,
    fingerprint: String,
) -> Result<view::Progress, AppError> {
    let begun = async { crate::rpc::desks()?.begin_upload(application, kind, name, size, fingerprint).await };
    crate::rpc::answer(begun).await
}

#[server(prefix = "/api", endpoint = "documents/progress", protocol = Wire)]
pub async fn progress(upload: String) -> Result<view::Progress, AppError> {
    crate::rpc::answer(async { crate::rpc::desks()?.upload_progress(upload).await }).await
}

#[server(prefix = "/api", endpoint = "documents/finish", protocol = Wire)]
pub async fn finish(upload: String, more: bool) -> Result<Next, AppError> {
    crate::rpc::answer(async { crate::rpc::desks()?.finish_upload(upload, more).await }).await
}

#[server(prefix = "/api", endpoint = "documents/cancel", protocol = Wire)]
pub async fn cancel(upload: String) -> Result<(), AppError> {
    crate::rpc::answer(async { crate::rpc::desks()?.cancel_upload(upload).await }).await
}
