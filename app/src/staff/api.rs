//! Server functions of the staff desk. Their prefix is below `/staff`, where alone the staff cookie goes.

use super::view::{self, Secret};
use crate::error::AppError;
use crate::wire::Wire;
use domain::Values;
use domain::accounts::counter::Reason;
use domain::appeals::Decision;
use domain::staff::{Act, Event, Purpose, Role, Scope};
use leptos::prelude::*;

#[server(prefix = "/staff/api", endpoint = "login", protocol = Wire)]
pub async fn login(login: String, password: Secret) -> Result<view::LoginStep, AppError> {
    crate::rpc::answer(async { crate::rpc::staff()?.login(login, password.0).await }).await
}

#[server(prefix = "/staff/api", endpoint = "enrolment", protocol = Wire)]
pub async fn enrolment() -> Result<view::Enrolment, AppError> {
    crate::rpc::answer(async { crate::rpc::staff()?.enrolment().await }).await
}

#[server(prefix = "/staff/api", endpoint = "enrol", protocol = Wire)]
pub async fn enrol(code: Secret) -> Result<Vec<String>, AppError> {
    crate::rpc::answer(async { crate::rpc::staff()?.enrol(code.0).await }).await
}

#[server(prefix = "/staff/api", endpoint = "code", protocol = Wire)]
pub async fn code(code: Secret) -> Result<(), AppError> {
    crate::rpc::answer(async { crate::rpc::staff()?.code(code.0).await }).await
}

#[server(prefix = "/staff/api", endpoint = "me", protocol = Wire)]
pub async fn me() -> Result<view::Me, AppError> {
    crate::rpc::answer(async { crate::rpc::staff()?.me().await }).await
}

#[server(prefix = "/staff/api", endpoint = "logout", protocol = Wire)]
pub async fn logout() -> Result<(), AppError> {
    crate::rpc::answer(async { crate::rpc::staff()?.logout().await }).await
}

#[server(prefix = "/staff/api", endpoint = "queue", protocol = Wire)]
pub async fn queue(filter: view::QueueFilter) -> Result<view::QueuePage, AppError> {
    crate::rpc::answer(async { crate::rpc::staff()?.queue(filter).await }).await
}

/// The same, asked by the page itself and not by a person: it keeps no session alive.
#[server(prefix = "/staff/api", endpoint = "queue_live", protocol = Wire)]
pub async fn queue_live(filter: view::QueueFilter) -> Result<view::QueuePage, AppError> {
    crate::rpc::answer(async { crate::rpc::staff()?.queue(filter).await }).await
}

#[server(prefix = "/staff/api", endpoint = "take_next", protocol = Wire)]
pub async fn take_next(filter: view::QueueFilter, except: Vec<String>) -> Result<Option<view::File>, AppError> {
    crate::rpc::answer(async { crate::rpc::staff()?.take_next(filter, except).await }).await
}

#[server(prefix = "/staff/api", endpoint = "open", protocol = Wire)]
pub async fn open(id: String, purpose: Option<Purpose>) -> Result<view::File, AppError> {
    crate::rpc::answer(async { crate::rpc::staff()?.open(id, purpose).await }).await
}

#[server(prefix = "/staff/api", endpoint = "take", protocol = Wire)]
pub async fn take(id: String) -> Result<view::File, AppError> {
    crate::rpc::answer(async { crate::rpc::staff()?.take(id).await }).await
}

#[server(prefix = "/staff/api", endpoint = "release", protocol = Wire)]
pub async fn release(id: String) -> Result<(), AppError> {
    crate::rpc::answer(async { crate::rpc::staff()?.release(id).await }).await
}

#[server(prefix = "/staff/api", endpoint = "reassign", protocol = Wire)]
pub async fn reassign(id: String, to: String) -> Result<(), AppError> {
    crate::rpc::answer(async { crate::rpc::staff()?.reassign(id, to).await }).await
}

#[server(prefix = "/staff/api", endpoint = "preview", protocol = Wire)]
pub async fn preview(id: String, act: Act) -> Result<view::Preview, AppError> {
    crate::rpc::answer(async { crate::rpc::staff()?.preview(id, act).await }).await
}

#[server(name = Decide, prefix = "/staff/api", endpoint = "act", protocol = Wire)]
pub async fn act(id: String, version: i64, act: Act) -> Result<view::Done, AppError> {
    crate::rpc::answer(async { crate::rpc::staff()?.act(id, version, act).await }).await
}

#[server(prefix = "/staff/api", endpoint = "preview_appeal", protocol = Wire)]
pub async fn preview_appeal(id: String, decision: Decision) -> Result<view::Preview, AppError> {
    crate::rpc::answer(async { crate::rpc::staff()?.preview_appeal(id, decision).await }).await
}

#[server(prefix = "/staff/api", endpoint = "decide_appeal", protocol = Wire)]
pub async fn decide_appeal(id: String, version: i64, decision: Decision) -> Result<view::Done, AppError> {
    crate::rpc::answer(async { crate::rpc::staff()?.decide_appeal(id, version, decision).await }).await
}

#[server(prefix = "/staff/api", endpoint = "search", protocol = Wire)]
pub async fn search(query: Secret, after: view::FoundAfter) -> Result<view::Found, AppError> {
    crate::rpc::answer(async { crate::rpc::staff()?.search(query.0, after).await }).await
}

#[server(prefix = "/staff/api", endpoint = "identities", protocol = Wire)]
pub async fn identities() -> Result<Vec<view::IdentityRow>, AppError> {
    crate::rpc::answer(async { crate::rpc::staff()?.identities().await }).await
}

/// The same, asked by the page itself and not by a person: it keeps no session alive.
#[server(prefix = "/staff/api", endpoint = "identities_live", protocol = Wire)]
pub async fn identities_live() -> Result<Vec<view::IdentityRow>, AppError> {
    crate::rpc::answer(async { crate::rpc::staff()?.identities().await }).await
}

#[server(prefix = "/staff/api", endpoint = "take_identity", protocol = Wire)]
pub async fn take_identity(id: String) -> Result<view::IdentityFile, AppError> {
    crate::rpc::answer(async { crate::rpc::staff()?.take_identity(id).await }).await
}

/// Without a reason the identity is confirmed.
#[server(prefix = "/staff/api", endpoint = "decide_identity", protocol = Wire)]
pub async fn decide_identity(id: String, reason: Option<domain::Code>, words: String) -> Result<(), AppError> {
    crate::rpc::answer(async { crate::rpc::staff()?.decide_identity(id, reason, words).await }).await
}

#[server(prefix = "/staff/api", endpoint = "board", protocol = Wire)]
pub async fn board() -> Result<view::Board, AppError> {
    crate::rpc::answer(async { crate::rpc::staff()?.board().await }).await
}

#[server(prefix = "/staff/api", endpoint = "people", protocol = Wire)]
pub async fn people() -> Result<Vec<view::PersonRow>, AppError> {
    crate::rpc::answer(async { crate::rpc::staff()?.people().await }).await
}

#[server(prefix = "/staff/api", endpoint = "add", protocol = Wire)]
pub async fn add(login: String, role: Role, scope: Scope) -> Result<view::Added, AppError> {
    crate::rpc::answer(async { crate::rpc::staff()?.add(login, role, scope).await }).await
}

#[server(prefix = "/staff/api", endpoint = "propose", protocol = Wire)]
pub async fn propose(staff_id: String, role: Role, scope: Scope) -> Result<(), AppError> {
    crate::rpc::answer(async { crate::rpc::staff()?.propose(staff_id, role, scope).await }).await
}

#[server(prefix = "/staff/api", endpoint = "confirm", protocol = Wire)]
pub async fn confirm(grant_id: String) -> Result<(), AppError> {
    crate::rpc::answer(async { crate::rpc::staff()?.confirm(grant_id).await }).await
}

#[server(prefix = "/staff/api", endpoint = "end", protocol = Wire)]
pub async fn end(grant_id: String) -> Result<(), AppError> {
    crate::rpc::answer(async { crate::rpc::staff()?.end(grant_id).await }).await
}

#[server(prefix = "/staff/api", endpoint = "identify", protocol = Wire)]
pub async fn identify(staff_id: String, snils: Secret, phone: Secret) -> Result<(), AppError> {
    crate::rpc::answer(async { crate::rpc::staff()?.identify(staff_id, snils.0, phone.0).await }).await
}

#[server(prefix = "/staff/api", endpoint = "disable", protocol = Wire)]
pub async fn disable(login: String, disabled: bool) -> Result<(), AppError> {
    crate::rpc::answer(async { crate::rpc::staff()?.disable(login, disabled).await }).await
}

#[server(prefix = "/staff/api", endpoint = "audit", protocol = Wire)]
pub async fn audit(login: String) -> Result<Vec<view::AuditRow>, AppError> {
    crate::rpc::answer(async { crate::rpc::staff()?.audit(login).await }).await
}

#[server(prefix = "/staff/api", endpoint = "new_password", protocol = Wire)]
pub async fn new_password(password: Secret, again: Secret) -> Result<view::LoginStep, AppError> {
    crate::rpc::answer(async { crate::rpc::staff()?.new_password(password.0, again.0).await }).await
}

#[server(prefix = "/staff/api", endpoint = "reset", protocol = Wire)]
pub async fn reset(login: String) -> Result<Option<view::Added>, AppError> {
    crate::rpc::answer(async { crate::rpc::staff()?.reset(login).await }).await
}

#[server(prefix = "/staff/api", endpoint = "partners", protocol = Wire)]
pub async fn partners() -> Result<Vec<view::PartnerRow>, AppError> {
    crate::rpc::answer(async { crate::rpc::staff()?.partners().await }).await
}

#[server(prefix = "/staff/api", endpoint = "add_partner", protocol = Wire)]
pub async fn add_partner(name: String, url: String, events: Vec<Event>) -> Result<view::NewPartner, AppError> {
    crate::rpc::answer(async { crate::rpc::staff()?.add_partner(name, url, events).await }).await
}

#[server(prefix = "/staff/api", endpoint = "switch_partner", protocol = Wire)]
pub async fn switch_partner(id: String, on: bool) -> Result<(), AppError> {
    crate::rpc::answer(async { crate::rpc::staff()?.switch_partner(id, on).await }).await
}

#[server(prefix = "/staff/api", endpoint = "remove_partner", protocol = Wire)]
pub async fn remove_partner(id: String) -> Result<(), AppError> {
    crate::rpc::answer(async { crate::rpc::staff()?.remove_partner(id).await }).await
}

#[server(prefix = "/staff/api", endpoint = "deliveries", protocol = Wire)]
pub async fn deliveries(id: String, after: view::FoundAfter) -> Result<view::DeliveryPage, AppError> {
    crate::rpc::answer(async { crate::rpc::staff()?.deliveries(id, after).await }).await
}

#[server(prefix = "/staff/api", endpoint = "redeliver", protocol = Wire)]
pub async fn redeliver(delivery: String) -> Result<(), AppError> {
    crate::rpc::answer(async { crate::rpc::staff()?.redeliver(delivery).await }).await
}

#[server(prefix = "/staff/api", endpoint = "open_on_the_phone", protocol = Wire)]
pub async fn open_on_the_phone(values: Values) -> Result<view::Opened, AppError> {
    crate::rpc::answer(async { crate::rpc::staff()?.open_on_the_phone(values).await }).await
}

#[server(prefix = "/staff/api", endpoint = "open_at_the_counter", protocol = Wire)]
pub async fn open_at_the_counter(values: Values) -> Result<view::Added, AppError> {
    crate::rpc::answer(async { crate::rpc::staff()?.open_at_the_counter(values).await }).await
}

#[server(prefix = "/staff/api", endpoint = "reset_access", protocol = Wire)]
pub async fn reset_access(values: Values, reason: Reason, seen: bool) -> Result<view::Slip, AppError> {
    crate::rpc::answer(async { crate::rpc::staff()?.reset_access(values, reason, seen).await }).await
}

#[server(prefix = "/staff/api", endpoint = "confirm_reset", protocol = Wire)]
pub async fn confirm_reset(values: Values, seen: bool) -> Result<(), AppError> {
    crate::rpc::answer(async { crate::rpc::staff()?.confirm_reset(values, seen).await }).await
}
