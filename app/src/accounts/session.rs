//! The end of a session (E1): said in time, put off with one press, and followed by a login that leads back to
//! the same field. All tabs ask the server, so what is done in one counts for the others.

use super::api;
use super::cabinet::log_out;
use crate::browser;
use crate::routes;
use crate::text::{SessionEnd, codes};
use crate::visitor::{lang, visitor};
use domain::clock::Timestamp;
use leptos::prelude::*;
use std::time::Duration;

const DIALOG: &str = "session-end";
/// While the warning stands, and when the server cannot be reached: how often to ask, in seconds.
const EVERY: u32 = 10;
/// Read aloud when so many seconds are left; each second would drown everything else.
const SAID: [u32; 4] = [10, 30, 60, 120];

#[derive(Clone, Copy)]
struct Watch {
    /// Seconds to the end, while the warning is shown.
    left: RwSignal<Option<u32>>,
    /// The end cannot be put off: the session is as old as any may become.
    last: RwSignal<bool>,
    /// When the person last did something on this page.
    active: StoredValue<Timestamp>,
    /// The control the person was in.
    field: StoredValue<String>,
}

/// The warning, closed until its time; nothing for somebody who is not signed in.
pub fn session_end() -> AnyView {
    if !visitor().is_signed_in() {
        return ().into_any();
    }
    let words = SessionEnd::here();
    let watch = Watch {
        left: RwSignal::new(None),
        last: RwSignal::new(false),
        active: StoredValue::new(Timestamp(0)),
        field: StoredValue::new(String::new()),
    };
    Effect::new(move |_| {
        watch.active.set_value(browser::now());
        browser::on_activity(move || {
            // The warning itself is answered by its buttons.
            if watch.left.get_untracked().is_none() {
                watch.active.set_value(browser::now());
            }
        });
        watch.ask();
    });
    let stay = move || {
        leptos::task::spawn_local(async move {
            if let Ok(Some(now)) = api::session(0).await
                && now.left > now.warn
            {
                watch.show(None);
            }
        });
    };
    let shown = move || watch.left.get().unwrap_or_default();
    let said = move || {
        let mark = SAID.iter().find(|mark| shown() <= **mark);
        mark.map(|mark| format!("{} {}", words.left, codes::wait(lang(), u64::from(*mark)))).unwrap_or_default()
    };
    view! {
        <dialog
            id=DIALOG
            class="dialog flow"
            role="alertdialog"
            aria-labelledby="session-end-title"
            aria-describedby="session-end-text"
            on:cancel=move |event: leptos::web_sys::Event| {
                event.prevent_default();
                stay();
            }
        >
            <h2 id="session-end-title">{words.title}</h2>
            <p id="session-end-text">{move || if watch.last.get() { words.last } else { words.text }}</p>
            <p class="count" role="timer">{move || format!("{}:{:02}", shown() / 60, shown() % 60)}</p>
            <p class="vh" aria-live="assertive">{said}</p>
            <div class="actions">
                <button type="button" class="btn primary" hidden=move || watch.last.get() on:click=move |_| stay()>
                    {words.stay}
                </button>
                {log_out()}
            </div>
        </dialog>
    }
    .into_any()
}

impl Watch {
    /// Asks the server how long the session lives; that alone does not prolong it, but what was done here does.
    fn ask(self) {
        leptos::task::spawn_local(async move {
            let quiet = (browser::now().0 - self.active.get_value().0) / 1000;
            let wait = match api::session(u32::try_from(quiet).unwrap_or_default()).await {
                Ok(Some(now)) if now.left > now.warn => {
                    self.show(None);
                    now.left - now.warn
                }
                Ok(Some(now)) => {
                    self.last.set(now.last);
                    self.show(Some(now.left));
                    1
                }
                // Loaded anew, so that nothing of the person stays on the screen.
                Ok(None) => return browser::load(&routes::login_again(&browser::path(), &self.field())),
                Err(_) => EVERY,
            };
            self.wait(wait);
        });
    }

    fn wait(self, seconds: u32) {
        let tick = move || match self.left.get_untracked() {
            Some(left) if left > 0 && left % EVERY != 1 => {
                self.left.set(Some(left - 1));
                self.wait(1);
            }
            _ => self.ask(),
        };
        set_timeout(tick, Duration::from_secs(u64::from(seconds)));
    }

    fn show(self, left: Option<u32>) {
        let was = self.left.get_untracked();
        if was.is_none() && left.is_some() {
            self.field.set_value(browser::focus::at());
        }
        self.left.set(left);
        if was.is_some() != left.is_some() {
            browser::open_dialog(DIALOG, left.is_some());
        }
    }

    fn field(self) -> String {
        if self.left.get_untracked().is_some() { self.field.get_value() } else { browser::focus::at() }
    }
}
