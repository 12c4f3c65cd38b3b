//! Drafts on the device: kept at each pause, named by person and form (E21), wiped at logout.

use super::vault;
use domain::Values;
use domain::clock::Timestamp;
use send_wrapper::SendWrapper;
use serde::{Deserialize, Serialize};

/// One form's answers and when they were typed.
#[derive(Serialize, Deserialize)]
pub struct Draft {
    pub at: Timestamp,
    pub values: Values,
}

/// The name of a person's draft: `{person}{page path}`.
pub fn name(person: &str, path: &str) -> String {
    format!("{person}{path}")
}

pub async fn keep(name: &str, values: Values) -> Option<Timestamp> {
    let at = super::now();
    let text = serde_json::to_string(&Draft { at, values }).ok()?;
    vault::keep(name, &text).await.ok()?;
    Some(at)
}

pub async fn recall(name: &str) -> Option<Draft> {
    let text = vault::recall(name).await.ok()?.as_string()?;
    serde_json::from_str(&text).ok()
}

pub async fn forget(name: &str) {
    // A store that cannot be opened holds nothing either.
    let _ = vault::forget(name).await;
}

/// The paths that have a draft here, of whomever last used the device.
pub async fn paths() -> Vec<String> {
    let Ok(names) = vault::names().await else {
        return Vec::new();
    };
    js_sys::Array::from(&names)
        .iter()
        .filter_map(|n| n.as_string())
        .filter_map(|n| n.find('/').map(|i| n[i..].to_owned()))
        .collect()
}

pub async fn wipe() {
    let _ = vault::wipe().await;
}

/// The draft of a page, whoever is using this device: without a connection nobody can be asked who.
pub fn recall_path(path: String) -> impl Future<Output = Option<Draft>> + Send {
    SendWrapper::new(async move { recall(&full_name(&path).await?).await })
}

pub fn forget_path(path: String) -> impl Future<Output = ()> + Send {
    SendWrapper::new(async move {
        if let Some(name) = full_name(&path).await {
            forget(&name).await;
        }
    })
}

async fn full_name(path: &str) -> Option<String> {
    let names = vault::names().await.ok()?;
    js_sys::Array::from(&names).iter().filter_map(|n| n.as_string()).find(|n| n.ends_with(path))
}
