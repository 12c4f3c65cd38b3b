//! Keeps what is typed on the device at each pause, and brings back what was not yet saved.

use super::view::Editing;
use crate::browser::{self, drafts};
use crate::text::FormWords;
use crate::ui::form::Form;
use crate::ui::pieces::clock_text;
use crate::visitor::visitor;
use domain::clock::Timestamp;
use leptos::prelude::*;
use std::time::Duration;

const PAUSE: Duration = Duration::from_millis(700);

/// Where the moment of saving is shown, and the keeping itself. For the inside of the form: once what was typed early is known.
pub fn keeper(form: Form, editing: &Editing) -> AnyView {
    let words = FormWords::here();
    let (saved_on_server, given) = (editing.saved_at, editing.values.clone());
    let kept = RwSignal::new(None::<Timestamp>);
    let restored = RwSignal::new(false);
    let name = visitor().citizen.map(|c| drafts::name(&c.id, &browser_path(&editing.id)));
    let name = StoredValue::new(name);

    Effect::new(move |_| {
        let given = given.clone();
        leptos::task::spawn_local(async move {
            // Without a connection nobody can be asked who uses the device: it is whoever left the draft of this page.
            if name.with_value(Option::is_none)
                && let Some(found) = drafts::name_here(&browser::path()).await
            {
                name.set_value(Some(found));
            }
            let Some(name) = name.get_value() else { return };
            let Some(draft) = drafts::recall(&name).await.filter(|d| d.at > saved_on_server) else {
                return;
            };
            let now = form.values();
            let mut any = false;
            for (field, value) in draft.values.iter() {
                // What has been typed since the page came is newer than any draft.
                let untouched = now.get(field) == given.get(field);
                if untouched && form.field_list().contains(&field) && now.get(field) != value {
                    form.set(field, value);
                    any = true;
                }
            }
            restored.set(any);
        });
    });

    // A number per keystroke; only the last one of a pause still matches when its time comes. What was typed before wasm came
    // has been counted already when this is first asked.
    Effect::new(move |before: Option<u32>| {
        let typed = form.typed.get();
        if before.unwrap_or_default() != typed {
            set_timeout(
                move || {
                    if form.typed.try_get_untracked() == Some(typed) {
                        keep(form, name, kept);
                    }
                },
                PAUSE,
            );
        }
        typed
    });

    // Leaving a field may be leaving the page: kept at once.
    Effect::new(move |before: Option<u32>| {
        let left = form.left.get();
        if before.unwrap_or_default() != left && form.typed.get_untracked() > 0 {
            keep(form, name, kept);
        }
        left
    });

    view! {
        <span class="saved" role="status">
            {move || match kept.get() {
                Some(at) => format!("{} {}", words.saved_here, clock_text(at)),
                None if restored.get() => words.restored.to_owned(),
                None => format!("{} {}", words.saved_at, clock_text(saved_on_server)),
            }}
        </span>
    }
    .into_any()
}

fn keep(form: Form, name: StoredValue<Option<String>>, kept: RwSignal<Option<Timestamp>>) {
    let Some(name) = name.get_value() else { return };
    leptos::task::spawn_local(async move {
        if let Some(at) = drafts::keep(&name, form.values()).await {
            kept.set(Some(at));
        }
    });
}

/// The step's own path in the browser; on the server nothing is kept, so nothing is named.
fn browser_path(id: &str) -> String {
    if cfg!(feature = "ssr") { id.to_owned() } else { browser::path() }
}
