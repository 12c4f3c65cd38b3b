//! What exists only in a browser.

use app::text::Lang;
use futures::StreamExt;
use gloo_net::eventsource::futures::EventSource;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::wasm_bindgen::closure::Closure;
use std::time::Duration;
use web_sys::{Element, HtmlDialogElement, HtmlElement, KeyboardEvent};

const KEYS_OFF: &str = "staff-keys-off";

/// The page's language, as the server chose it. For handlers of events, which have no context to ask.
pub fn lang() -> Lang {
    let tag = document().document_element().and_then(|root| root.get_attribute("lang"));
    tag.as_deref().and_then(Lang::from_tag).unwrap_or_default()
}

/// A pressed key, unless it belongs to a control, a dialog or the browser. One that was acted on does nothing else: its
/// letter must not go into the field that the act has opened.
pub fn on_key(act: impl Fn(&str) -> bool + 'static) {
    let listener = Closure::<dyn FnMut(KeyboardEvent)>::new(move |event: KeyboardEvent| {
        if event.ctrl_key() || event.alt_key() || event.meta_key() || event.default_prevented() || dialog_is_open() {
            return;
        }
        let typing = event
            .target()
            .and_then(|t| t.dyn_into::<Element>().ok())
            .is_some_and(|e| app::browser::focus::is_typed_into(&e));
        if !typing && act(&key_of(&event)) {
            event.prevent_default();
        }
    });
    let _ = window().add_event_listener_with_callback("keydown", listener.as_ref().unchecked_ref());
    // Lives as long as the page does.
    listener.forget();
}

/// A Latin letter in either case (CapsLock); on a layout that has none, as the Russian one, the letter of the key's place.
fn key_of(event: &KeyboardEvent) -> String {
    let (key, code) = (event.key(), event.code());
    match (key.as_bytes(), code.strip_prefix("Key")) {
        _ if event.shift_key() => key,
        ([letter], _) if letter.is_ascii_alphabetic() => key.to_ascii_lowercase(),
        (_, Some(letter)) => letter.to_ascii_lowercase(),
        _ => key,
    }
}

fn dialog_is_open() -> bool {
    document().query_selector("dialog[open]").ok().flatten().is_some()
}

pub fn show(dialog: &HtmlDialogElement) {
    if !dialog.open() {
        let _ = dialog.show_modal();
    }
}

/// Brings what has just appeared into view, whatever sticks over its place, and the focus to it.
pub fn show_part(id: &'static str) {
    request_animation_frame(move || {
        if let Some(part) = document().get_element_by_id(id).and_then(|e| e.dyn_into::<HtmlElement>().ok()) {
            let _ = part.focus();
            part.scroll_into_view();
        }
    });
}

/// What the tab is called.
pub fn title(page: &str) {
    document().set_title(&format!("{page} · {}", app::text::Frame::of(lang()).brand));
}

/// The browser's own dialog of printing.
pub fn print() {
    let _ = window().print();
}

pub fn origin() -> String {
    window().location().origin().unwrap_or_default()
}

/// Marks the control with this id as holding something that was refused, or no more: whether there is one.
pub fn mark(id: &str, wrong: bool) -> bool {
    let Some(control) = document().get_element_by_id(id) else { return false };
    let done =
        if wrong { control.set_attribute("aria-invalid", "true") } else { control.remove_attribute("aria-invalid") };
    done.is_ok()
}

fn store() -> Option<web_sys::Storage> {
    window().local_storage().ok().flatten()
}

/// Whether the person left the single-key shortcuts on (WCAG 2.1.4).
pub fn keys_are_on() -> bool {
    store().and_then(|s| s.get_item(KEYS_OFF).ok().flatten()).is_none()
}

pub fn remember_keys(on: bool) {
    if let Some(store) = store() {
        let _ = if on { store.remove_item(KEYS_OFF) } else { store.set_item(KEYS_OFF, "1") };
    }
}

/// Calls back with the id of each file that changed; with `*` when it may be any. Where the stream ends
/// (a session over, a server restarted) it begins anew after a while, for as long as `goes_on`.
pub fn news(goes_on: impl Fn() -> bool + 'static, tell: impl Fn(String) + 'static) {
    leptos::task::spawn_local(async move {
        while goes_on() {
            if let Ok(mut source) = EventSource::new(app::routes::STAFF_EVENTS)
                && let Ok(mut events) = source.subscribe("application")
            {
                while let Some(Ok((_, event))) = events.next().await {
                    if !goes_on() {
                        return;
                    }
                    tell(event.data().as_string().unwrap_or_default());
                }
            }
            pause(Duration::from_secs(10)).await;
        }
    });
}

/// Comes back after a while.
pub async fn pause(time: Duration) {
    let (done, wait) = futures::channel::oneshot::channel::<()>();
    set_timeout(
        move || {
            let _ = done.send(());
        },
        time,
    );
    let _ = wait.await;
}
