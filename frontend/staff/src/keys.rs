//! Single-key shortcuts: j k t n a q r o ? and nothing while one types. They can be switched off (WCAG 2.1.4).

use crate::browser;
use leptos::prelude::*;

/// The last key, with a count so that the same one twice is two.
#[derive(Clone, Copy)]
pub struct Keys {
    pub on: RwSignal<bool>,
    pressed: RwSignal<(u32, String)>,
}

impl Keys {
    pub fn start() -> Keys {
        let keys = Keys { on: RwSignal::new(browser::keys_are_on()), pressed: RwSignal::new((0, String::new())) };
        browser::on_key(move |key| {
            if keys.on.get_untracked() || key == "?" {
                keys.pressed.update(|(count, last)| {
                    *count += 1;
                    *last = key;
                });
            }
        });
        keys
    }

    pub fn switch(self, on: bool) {
        self.on.set(on);
        browser::remember_keys(on);
    }

    /// Calls back with each key while the page that asks is shown.
    pub fn listen(self, act: impl Fn(&str) + 'static) {
        let before = self.pressed.with_untracked(|(count, _)| *count);
        Effect::new(move |_| {
            let (count, key) = self.pressed.get();
            if count != before {
                untrack(|| act(&key));
            }
        });
    }

    pub fn here() -> Keys {
        use_context::<Keys>().unwrap_or_else(Keys::start)
    }
}

/// A key beside the words of a button.
pub fn hint(key: &'static str) -> AnyView {
    let keys = Keys::here();
    view! { <kbd hidden=move || !keys.on.get()>{key}</kbd> }.into_any()
}
