//! A question before an act that is not easily taken back, asked once.

use crate::browser;
use app::text::staff::Desk;
use leptos::html::Dialog;
use leptos::prelude::*;
use std::rc::Rc;

#[derive(Clone)]
struct Question {
    title: &'static str,
    /// Who or what it is about.
    about: String,
    /// What follows from it.
    lead: &'static str,
    yes: &'static str,
    act: Rc<dyn Fn()>,
}

/// The dialog of a page that asks.
#[derive(Clone, Copy)]
pub struct Confirm {
    asked: RwSignal<Option<Question>, LocalStorage>,
}

impl Confirm {
    pub fn new() -> Confirm {
        Confirm { asked: RwSignal::new_local(None) }
    }

    pub fn ask(
        self,
        title: &'static str,
        about: String,
        lead: &'static str,
        yes: &'static str,
        act: impl Fn() + 'static,
    ) {
        self.asked.set(Some(Question { title, about, lead, yes, act: Rc::new(act) }));
    }

    pub fn view(self) -> AnyView {
        let node = NodeRef::<Dialog>::new();
        Effect::new(move |_| {
            let open = self.asked.with(Option::is_some);
            if let Some(dialog) = node.get() {
                if open { browser::show(&dialog) } else { dialog.close() }
            }
        });
        view! {
            <dialog
                class="dialog flow"
                aria-labelledby="confirm-title"
                node_ref=node
                on:close=move |_| self.asked.set(None)
            >
                {move || self.asked.get().map(|question| self.question(question))}
            </dialog>
        }
        .into_any()
    }

    fn question(self, question: Question) -> AnyView {
        let desk = Desk::here();
        let yes = move |_| {
            self.asked.set(None);
            (question.act)();
        };
        view! {
            <h2 id="confirm-title">{question.title}</h2>
            <p><b>{question.about}</b></p>
            <p>{question.lead}</p>
            <div class="actions">
                <button type="button" class="btn danger" data-action="confirm" on:click=yes>{question.yes}</button>
                <button type="button" class="btn quiet" on:click=move |_| self.asked.set(None)>{desk.cancel}</button>
            </div>
        }
        .into_any()
    }
}
