//! The only home of `web-sys` and `gloo-net`: everything that exists only in a browser.
//!
//! All of it compiles on the server too, where none of it is called: effects and event handlers never run there.

pub mod drafts;
pub mod events;
pub mod focus;
pub mod papers;
mod vault;

use domain::clock::Timestamp;
use domain::{Field, Values};
use judge::Shown;
use leptos::prelude::{Effect, document, window};
use leptos::wasm_bindgen::JsCast;
use leptos::wasm_bindgen::closure::Closure;
use leptos::web_sys::{Element, Event, FormData, HtmlDialogElement, HtmlFormElement, HtmlInputElement};
use time::Date;

/// Now, by the device's clock.
pub fn now() -> Timestamp {
    Timestamp(js_sys::Date::now() as i64)
}

/// The portal's day, as the server judges by; a device elsewhere may have another.
pub fn today() -> Date {
    now().portal_date()
}

/// Marks the page as taken over (contract: `data-hydrated`).
pub fn mark_hydrated() {
    if let Some(root) = document().document_element() {
        let _ = root.set_attribute("data-hydrated", "");
    }
}

/// Whether the page came from the cache of the installed app, without a server's rendering.
pub fn is_offline_shell() -> bool {
    is_said_of_page("data-shell")
}

/// As far as the browser knows; a page that the service worker had to take from what it keeps knows better.
pub fn is_online() -> bool {
    window().navigator().on_line() && !is_said_of_page(KEPT)
}

/// Between two looks whether the server answers again.
const LOOK_AGAIN_MS: u32 = 5000;

/// Calls back once the server answers, on a page that was kept: a browser that never knew of being cut off tells nobody.
pub fn when_back(then: impl FnOnce() + 'static) {
    if !is_said_of_page(KEPT) {
        return;
    }
    leptos::task::spawn_local(async move {
        loop {
            pause(LOOK_AGAIN_MS).await;
            if wasm_bindgen_futures::JsFuture::from(window().fetch_with_str("/healthz")).await.is_ok() {
                break;
            }
        }
        if let Some(root) = document().document_element() {
            let _ = root.remove_attribute(KEPT);
        }
        then();
    });
}

/// What the service worker writes on pages it keeps (`frontend/sw.js`).
const KEPT: &str = "data-kept";

fn is_said_of_page(attribute: &str) -> bool {
    document().document_element().is_some_and(|root| root.has_attribute(attribute))
}

/// The path of the page, without query.
pub fn path() -> String {
    window().location().pathname().unwrap_or_default()
}

/// Loads a script that is no part of the wasm, once. Pages that come whole bring theirs themselves.
pub fn script(path: &'static str) {
    Effect::new(move |_| {
        let known = document().query_selector(&format!("script[src='{path}']")).ok().flatten().is_some();
        if let (false, Ok(script), Some(root)) =
            (known, document().create_element("script"), document().document_element())
        {
            let _ = script.set_attribute("src", path);
            let _ = root.append_child(&script);
        }
    });
}

/// What [`load`] leaves for the page it loads.
const SENT: &str = "sent";

/// Loads a page anew, at the end of an act: who one is has changed, or the page is the other wasm's.
pub fn load(path: &str) {
    // A path that names a control brings the focus there by itself.
    if let (false, Ok(Some(storage))) = (path.contains('#'), window().session_storage()) {
        let _ = storage.set_item(SENT, "");
    }
    let _ = window().location().assign(path);
}

/// The same in place of this page, which «Назад» then passes by.
pub fn load_instead(path: &str) {
    let _ = window().location().replace(path);
}

/// Links whose path is `elsewhere` are the browser's to follow: the router passes by what is marked as external.
pub fn load_anew(elsewhere: impl Fn(&str) -> bool + 'static) {
    let mark = move |event: Event| {
        let pressed = event.target().and_then(|t| t.dyn_into::<Element>().ok());
        if let Some(link) = pressed.and_then(|e| e.closest("a[href]").ok().flatten())
            && link.get_attribute("href").is_some_and(|href| elsewhere(&href))
        {
            let _ = link.set_attribute("rel", "external");
        }
    };
    // For as long as the page.
    std::mem::forget(Ahead::of(&["click"], mark));
}

/// Hears of events before anybody on the page does, until it is dropped.
pub struct Ahead {
    events: &'static [&'static str],
    listener: Closure<dyn FnMut(Event)>,
}

impl Ahead {
    pub fn of(events: &'static [&'static str], act: impl Fn(Event) + 'static) -> Ahead {
        let listener = Closure::new(act);
        for event in events {
            let heard = listener.as_ref().unchecked_ref();
            let _ = window().add_event_listener_with_callback_and_bool(event, heard, true);
        }
        Ahead { events, listener }
    }
}

impl Drop for Ahead {
    fn drop(&mut self) {
        for event in self.events {
            let heard = self.listener.as_ref().unchecked_ref();
            let _ = window().remove_event_listener_with_callback_and_bool(event, heard, true);
        }
    }
}

/// The control an event is about: its field and what it holds now.
pub fn touched(event: &Event) -> Option<(Field, String)> {
    let target = event.target()?.dyn_into::<Element>().ok()?;
    let field = Field::from_id(&target.get_attribute("name")?)?;
    Some((field, value_of(&target)?))
}

fn value_of(element: &Element) -> Option<String> {
    if let Some(input) = element.dyn_ref::<HtmlInputElement>() {
        return match input.type_().as_str() {
            "checkbox" | "radio" if !input.checked() => Some(String::new()),
            _ => Some(input.value()),
        };
    }
    // Selects and text areas answer to the same property.
    js_sys::Reflect::get(element, &"value".into()).ok()?.as_string()
}

/// What the form around (or at) the event's target holds, by field.
pub fn form_of(event: &Event) -> Option<HtmlFormElement> {
    let target = event.target()?.dyn_into::<Element>().ok()?;
    target.closest("form").ok()??.dyn_into().ok()
}

pub fn form_by_id(id: &str) -> Option<HtmlFormElement> {
    document().get_element_by_id(id)?.dyn_into().ok()
}

pub fn read(form: &HtmlFormElement, fields: &[Field]) -> Values {
    let Ok(data) = FormData::new_with_form(form) else {
        return Values::default();
    };
    fields.iter().map(|f| (*f, data.get(f.id()).as_string().unwrap_or_default())).collect()
}

/// Puts a value into a control as if it had been there from the start.
pub fn write(field: Field, value: &str) {
    let Some(element) = document().get_element_by_id(field.id()) else {
        // Radio buttons share a name, not an id.
        let chosen = format!("input[name={}][value='{}']", field.id(), value);
        if let Some(radio) = document().query_selector(&chosen).ok().flatten()
            && let Some(radio) = radio.dyn_ref::<HtmlInputElement>()
        {
            radio.set_checked(true);
        }
        return;
    };
    match element.dyn_ref::<HtmlInputElement>() {
        Some(input) if input.type_() == "checkbox" => input.set_checked(!value.is_empty()),
        _ => {
            let _ = js_sys::Reflect::set(&element, &"value".into(), &value.into());
        }
    }
}

/// What the rules that came before the application have said beside a field, if they did. Asked once.
pub fn judged_early(field: Field) -> Option<Shown> {
    let control = document().get_element_by_id(field.id())?;
    let state = control.get_attribute("data-judged")?;
    let _ = control.remove_attribute("data-judged");
    let words = |kind| {
        let beside = document().get_element_by_id(&format!("{}-{kind}", field.id()));
        beside.and_then(|e| e.text_content()).unwrap_or_default().trim().to_owned()
    };
    Some(match state.as_str() {
        "bad" => Shown::Bad(words("error")),
        "note" => Shown::Note(words("note")),
        "ok" => Shown::Good,
        _ => Shown::Quiet,
    })
}

/// Copies text, where the browser allows it.
pub fn copy(text: &str) {
    let _ = window().navigator().clipboard().write_text(text);
}

/// Waits.
pub async fn pause(millis: u32) {
    let (done, waited) = futures::channel::oneshot::channel::<()>();
    leptos::prelude::set_timeout(
        move || {
            let _ = done.send(());
        },
        std::time::Duration::from_millis(u64::from(millis)),
    );
    let _ = waited.await;
}

/// Tells when the connection goes and comes.
pub fn on_connection(mut tell: impl FnMut(bool) + 'static) {
    listen(&["online", "offline"], Box::new(move |event| tell(event.type_() == "online")));
}

/// Tells whenever the person does something: presses a key or a button, or touches the page.
// Phone keyboards, dictation and input methods send no keys, only what was put in.
pub fn on_activity(mut tell: impl FnMut() + 'static) {
    listen(&["keydown", "pointerdown", "input"], Box::new(move |_| tell()));
}

fn listen(kinds: &[&str], tell: Box<dyn FnMut(Event)>) {
    let listener = leptos::wasm_bindgen::closure::Closure::wrap(tell);
    for kind in kinds {
        let _ = window().add_event_listener_with_callback(kind, listener.as_ref().unchecked_ref());
    }
    // Lives as long as the page does.
    listener.forget();
}

/// Opens a dialog above everything else on the page, or closes it.
pub fn open_dialog(id: &str, open: bool) {
    let Some(dialog) = document().get_element_by_id(id).and_then(|e| e.dyn_into::<HtmlDialogElement>().ok()) else {
        return;
    };
    if open {
        let _ = dialog.show_modal();
    } else {
        dialog.close();
    }
}

/// Shows what was typed into the password beside the button, or hides it again. The button says which by its state.
pub fn reveal(event: &Event) {
    let Some(button) = event.target().and_then(|t| t.dyn_into::<Element>().ok()) else { return };
    let show = button.get_attribute("aria-pressed").as_deref() != Some("true");
    let _ = button.set_attribute("aria-pressed", if show { "true" } else { "false" });
    if let Some(input) = button.previous_element_sibling() {
        let _ = input.set_attribute("type", if show { "text" } else { "password" });
    }
}

/// Installs the service worker; `ready` when a newer one waits.
pub fn install(ready: impl Fn() + 'static) {
    leptos::task::spawn_local(async move {
        let workers = window().navigator().service_worker();
        let Ok(promise) = js_sys::Reflect::get(&workers, &"register".into())
            .and_then(|f| f.dyn_into::<js_sys::Function>())
            .and_then(|f| f.call1(&workers, &"/sw.js".into()))
            .and_then(|p| p.dyn_into::<js_sys::Promise>())
        else {
            // Not a secure page, or a browser without workers: the site works, only not offline.
            return;
        };
        let Ok(registration) = wasm_bindgen_futures::JsFuture::from(promise).await else {
            return;
        };
        let registration: leptos::web_sys::ServiceWorkerRegistration = registration.unchecked_into();
        if registration.waiting().is_some() && workers.controller().is_some() {
            ready();
            return;
        }
        let watched = registration.clone();
        let listener = leptos::wasm_bindgen::closure::Closure::<dyn FnMut()>::new(move || {
            // Only a page that already runs an older version has something to update.
            if window().navigator().service_worker().controller().is_some() && watched.waiting().is_some() {
                ready();
            }
        });
        if let Ok(Some(coming)) = js_sys::Reflect::get(&registration, &"installing".into())
            .map(|w| w.dyn_into::<leptos::web_sys::ServiceWorker>().ok())
        {
            coming.set_onstatechange(Some(listener.as_ref().unchecked_ref()));
        }
        listener.forget();
    });
}

/// Lets the waiting version take over and loads the page from it.
pub fn take_update() {
    leptos::task::spawn_local(async {
        let workers = window().navigator().service_worker();
        let Ok(registration) = wasm_bindgen_futures::JsFuture::from(workers.get_registration()).await else {
            return;
        };
        if let Some(waiting) =
            registration.dyn_into::<leptos::web_sys::ServiceWorkerRegistration>().ok().and_then(|r| r.waiting())
        {
            let message = js_sys::Object::new();
            let _ = js_sys::Reflect::set(&message, &"type".into(), &"skip-waiting".into());
            let _ = waiting.post_message(&message);
        }
        let reload = leptos::wasm_bindgen::closure::Closure::<dyn FnMut()>::new(|| load(&path()));
        workers.set_oncontrollerchange(Some(reload.as_ref().unchecked_ref()));
        reload.forget();
    });
}
