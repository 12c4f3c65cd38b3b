//! Single-key shortcuts: j k t n a q r o ? and nothing while one types. They can be switched off (WCAG 2.1.4).

use crate::browser;
use leptos::prelude::*;
use std::rc::Rc;

/// Acts on a key: whether it did.
type Act = Rc<dyn Fn(&str) -> bool>;

/// Who listens to keys, each with its number.
#[derive(Clone, Copy)]
pub struct Keys {
    pub on: RwSignal<bool>,
    listeners: StoredValue<(u32, Vec<(u32, Act)>), LocalStorage>,
}

impl Keys {
    pub fn start() -> Keys {
        let listeners = StoredValue::new_local((0, Vec::new()));
        let keys = Keys { on: RwSignal::new(browser::keys_are_on()), listeners };
        browser::on_key(move |key| {
            // Outside of the value: an act may lead to a page that listens itself.
            let listeners = keys.listeners.with_value(|(_, all)| all.clone());
            let heard = keys.on.get_untracked() || key == "?";
            heard && listeners.iter().any(|(_, act)| untrack(|| act(key)))
        });
        keys
    }

    pub fn switch(self, on: bool) {
        self.on.set(on);
        browser::remember_keys(on);
    }

    /// Calls back with each key while the page that asks is shown; the answer says whether it was acted on.
    pub fn listen(self, act: impl Fn(&str) -> bool + 'static) {
        let number = self.listeners.try_update_value(|(count, all)| {
            *count += 1;
            all.push((*count, Rc::new(act)));
            *count
        });
        on_cleanup(move || {
            self.listeners.try_update_value(|(_, all)| all.retain(|(n, _)| Some(*n) != number));
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
