//! Where the focus goes after an act or a move, and when it stays with whoever has gone on.

use super::SENT;
use leptos::prelude::{document, window};
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{Element, HtmlElement};

/// The id of the control that has the focus; empty when none has.
pub fn at() -> String {
    document().active_element().map(|e| e.id()).unwrap_or_default()
}

/// On a page that an act has led to, the focus goes to the heading, as after a move within the wasm; not when its reader
/// has gone on already: entered a field, or scrolled, which the focus would undo.
pub fn arrive() {
    let Ok(Some(storage)) = window().session_storage() else { return };
    if storage.get_item(SENT).is_ok_and(|sent| sent.is_some()) {
        let _ = storage.remove_item(SENT);
        let idle = document().active_element().is_none_or(|e| e.tag_name() == "BODY");
        if idle && window().scroll_y().is_ok_and(|y| y == 0.0) {
            focus(heading());
        }
    }
}

/// Moves focus to the element with this id, once it is there; not when somebody has gone into a field meanwhile, who would
/// type on into another than they see.
pub fn soon(id: &str) {
    let id = id.to_owned();
    let before = document().active_element();
    leptos::prelude::request_animation_frame(move || {
        let element = document().get_element_by_id(&id).and_then(|e| e.dyn_into::<HtmlElement>().ok());
        if let (false, Some(element)) = (has_gone_on(before), element) {
            let _ = element.focus();
        }
    });
}

/// Whether somebody has entered a field since the focus was at `before`.
fn has_gone_on(before: Option<Element>) -> bool {
    let now = document().active_element();
    now != before && now.is_some_and(|e| is_typed_into(&e))
}

/// Whether keys pressed in this element are its own.
pub fn is_typed_into(element: &Element) -> bool {
    matches!(element.tag_name().as_str(), "INPUT" | "TEXTAREA" | "SELECT")
}

/// After a move inside the app a screen reader must hear where it is: focus goes to the new heading, as soon as
/// the page that is loading shows one.
pub fn new_heading() {
    window().scroll_to_with_x_and_y(0.0, 0.0);
    let words = heading().and_then(|h| h.text_content());
    focus_next(heading(), words, document().active_element(), 60);
}

fn heading() -> Option<Element> {
    document().query_selector("main h1").ok().flatten()
}

fn focus(heading: Option<Element>) {
    if let Some(heading) = heading.and_then(|h| h.dyn_into::<HtmlElement>().ok()) {
        let _ = heading.set_attribute("tabindex", "-1");
        let _ = heading.focus();
    }
}

// Pages of one shape share the element: then the words tell that the page is another.
fn focus_next(old: Option<Element>, words: Option<String>, before: Option<Element>, tries: u32) {
    let again = move || match heading().filter(|h| Some(h) != old.as_ref() || h.text_content() != words) {
        None if tries > 0 => focus_next(old, words, before, tries - 1),
        found if !has_gone_on(before) => focus(found),
        _ => {}
    };
    leptos::prelude::set_timeout(again, std::time::Duration::from_millis(50));
}
