//! Drafts on the device: kept at each pause, named by person and form (E21), wiped at logout, at another person's login,
//! and after a week.

use super::vault;
use domain::Values;
use domain::applications::DEVICE_DRAFT_DAYS;
use domain::clock::Timestamp;
use leptos::prelude::set_timeout;
use leptos::web_sys::{HtmlFormElement, SubmitEvent};
use send_wrapper::SendWrapper;
use serde::{Deserialize, Serialize};
use std::cell::Cell;
use std::time::Duration;

thread_local! {
    /// Drafts that are being sealed and stored at this moment.
    static UNDER_WAY: Cell<u32> = const { Cell::new(0) };
}

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
    UNDER_WAY.set(UNDER_WAY.get() + 1);
    let kept = vault::keep(name, &text).await;
    UNDER_WAY.set(UNDER_WAY.get() - 1);
    kept.ok().map(|()| at)
}

/// For a form that leads away from the page: it is sent once no draft is under way any more, since leaving the page
/// breaks off what is not yet stored.
pub fn keep_first(event: SubmitEvent) {
    if UNDER_WAY.get() > 0
        && let Some(form) = super::form_of(&event)
    {
        event.prevent_default();
        send_soon(form);
    }
}

fn send_soon(form: HtmlFormElement) {
    let again = move || match UNDER_WAY.get() {
        0 => drop(form.request_submit()),
        _ => send_soon(form),
    };
    set_timeout(again, Duration::from_millis(20));
}

pub async fn recall(name: &str) -> Option<Draft> {
    let text = vault::recall(name).await.ok()?.as_string()?;
    serde_json::from_str::<Draft>(&text).ok().filter(|draft| draft.at >= oldest())
}

/// Drafts from before this moment are forgotten.
fn oldest() -> Timestamp {
    super::now().plus_days(-DEVICE_DRAFT_DAYS)
}

/// Forgets what has run out, and what anybody but `person` left on this device.
pub fn tidy(person: Option<String>) {
    leptos::task::spawn_local(async move {
        let _ = vault::tidy(&person.unwrap_or_default(), oldest().0 as f64).await;
    });
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
    SendWrapper::new(async move { recall(&name_here(&path).await?).await })
}

pub fn forget_path(path: String) -> impl Future<Output = ()> + Send {
    SendWrapper::new(async move {
        if let Some(name) = name_here(&path).await {
            forget(&name).await;
        }
    })
}

/// The name of the draft that is kept for this path, if there is one.
pub async fn name_here(path: &str) -> Option<String> {
    let names = vault::names().await.ok()?;
    js_sys::Array::from(&names).iter().filter_map(|n| n.as_string()).find(|n| n.ends_with(path))
}
