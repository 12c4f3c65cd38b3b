//! Approve, ask, refuse: each a dialog with the words the citizen will read, previewed before it is sent.

use super::questions::{Asked, Refused};
use super::{Hand, open_next};
use crate::browser;
use crate::forms::{field, refusal, send};
use crate::session::Session;
use app::error::AppError;
use app::staff::api;
use app::staff::view::Preview;
use app::text::filing;
use app::text::staff::{Desk, FileWords, purpose};
use app::visitor::lang;
use domain::appeals::{Decision, Verdict};
use domain::staff::{Act, Purpose};
use leptos::html::Dialog;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

/// Which dialog is open.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Open {
    Nothing,
    Approve,
    Ask,
    Refuse,
    /// An appeal.
    Judge(Verdict),
    Purpose,
    HandOver,
}

/// What is being written; it outlives a refresh of the file.
#[derive(Clone, Copy)]
pub struct Acts {
    id: StoredValue<String>,
    asked: Asked,
    refused: Refused,
    /// Words about an appeal.
    pub judged: RwSignal<String>,
    busy: RwSignal<bool>,
    error: RwSignal<Option<AppError>>,
    preview: RwSignal<Option<Preview>>,
    to: RwSignal<String>,
}

impl Acts {
    pub fn new(hand: Hand, id: String) -> Acts {
        let acts = Acts {
            id: StoredValue::new(id),
            asked: Asked::new(),
            refused: Refused::new(),
            judged: RwSignal::new(String::new()),
            busy: RwSignal::new(false),
            error: RwSignal::new(None),
            preview: RwSignal::new(None),
            to: RwSignal::new(String::new()),
        };
        // Another dialog has another preview.
        Effect::new(move |_| {
            hand.dialog.track();
            acts.preview.set(None);
            acts.error.set(None);
        });
        acts
    }

    fn act(self, open: Open) -> Act {
        match open {
            Open::Ask => Act::Ask(self.asked.act()),
            Open::Refuse => Act::Refuse(self.refused.act()),
            _ => Act::Approve,
        }
    }

    fn show(self, open: Open) {
        let id = self.id.get_value();
        let call = async move {
            match open {
                Open::Judge(verdict) => api::preview_appeal(id, self.decision(verdict)).await,
                _ => api::preview(id, self.act(open)).await,
            }
        };
        send(self.busy, self.error, call, move |preview| {
            self.preview.set(Some(preview));
            app::browser::focus::soon("preview");
        });
    }

    fn decision(self, verdict: Verdict) -> Decision {
        Decision { verdict, text: self.judged.get_untracked() }
    }

    fn decide(self, hand: Hand, open: Open, go: impl Fn(&str, NavigateOptions) + Clone + 'static) {
        let id = self.id.get_value();
        let version = hand.file.with_untracked(|f| {
            f.as_ref().map_or(0, |f| match open {
                Open::Judge(_) => f.appeal.as_ref().map_or(0, |a| a.version),
                _ => f.version,
            })
        });
        let words = FileWords::of(browser::lang());
        let file = id.clone();
        let call = async move {
            match open {
                Open::Judge(verdict) => api::decide_appeal(file, version, self.decision(verdict)).await,
                _ => api::act(file, version, self.act(open)).await,
            }
        };
        send(self.busy, self.error, call, move |told| {
            hand.dialog.set(Open::Nothing);
            hand.session.said.set(format!(
                "{}: {} — {}",
                words.done,
                told.number,
                filing::status(browser::lang(), told.status)
            ));
            // Whoever upheld an appeal has the application in hand now.
            let stays = open == Open::Judge(Verdict::Uphold);
            match !stays && hand.session.ahead.with_untracked(Option::is_some) {
                // The next one is here already: on with the work.
                true => next(hand.session, go),
                false => hand.refresh(id),
            }
        });
    }
}

fn next(session: Session, go: impl Fn(&str, NavigateOptions) + Clone + 'static) {
    let said = session.said.get_untracked();
    open_next(session, go);
    session.said.set(said);
}

pub fn dialogs(hand: Hand, acts: Acts) -> AnyView {
    let node = NodeRef::<Dialog>::new();
    Effect::new(move |_| {
        let open = hand.dialog.get();
        if let Some(dialog) = node.get() {
            match open {
                Open::Nothing => dialog.close(),
                _ => browser::show(&dialog),
            }
        }
    });
    view! {
        <dialog
            class="dialog wide flow"
            aria-labelledby="act-title"
            node_ref=node
            on:close=move |_| hand.dialog.set(Open::Nothing)
        >
            {move || match hand.dialog.get() {
                Open::Nothing => ().into_any(),
                Open::Purpose => why(hand, acts),
                Open::HandOver => hand_over(hand, acts),
                open => deciding(hand, acts, open),
            }}
        </dialog>
    }
    .into_any()
}

fn deciding(hand: Hand, acts: Acts, open: Open) -> AnyView {
    let (words, desk) = (FileWords::here(), Desk::here());
    let go = use_navigate();
    let (title, body) = match open {
        Open::Ask => (words.ask_title, acts.asked.view()),
        Open::Refuse => (words.refuse_title, acts.refused.view()),
        Open::Judge(verdict) => super::appeal::asked(acts, verdict),
        _ => (words.approve_title, view! { <p>{words.approve_text}</p> }.into_any()),
    };
    let class = if matches!(open, Open::Refuse | Open::Judge(Verdict::Dismiss)) { "btn danger" } else { "btn primary" };
    view! {
        <h2 id="act-title">{title}</h2>
        {refusal(acts.error)}
        {body}
        <section class="flow tight" aria-live="polite">
            {move || {
                acts.preview
                    .get()
                    .map(|p| {
                        view! {
                            <h3 id="preview" tabindex="-1">{words.preview}</h3>
                            <div class="letter flow tight" data-preview="">
                                <p><b>{p.subject}</b></p>
                                {p.letter.split("\n\n").map(|part| view! { <p>{part.to_owned()}</p> }).collect_view()}
                                <p class="small"><b>{words.sms}": "</b>{p.sms}</p>
                            </div>
                        }
                    })
            }}
        </section>
        <div class="actions">
            <button
                type="button"
                class=class
                data-action="submit"
                aria-busy=move || acts.busy.get().then_some("true")
                on:click=move |_| acts.decide(hand, open, go.clone())
            >
                {words.send}
            </button>
            <button type="button" class="btn" data-act="preview" on:click=move |_| acts.show(open)>{words.show_preview}</button>
            <button type="button" class="btn quiet" on:click=move |_| hand.dialog.set(Open::Nothing)>{desk.cancel}</button>
        </div>
    }
    .into_any()
}

/// Nothing of a citizen is shown before somebody has said what for.
fn why(hand: Hand, acts: Acts) -> AnyView {
    let words = FileWords::here();
    let chosen = RwSignal::new(Purpose::CitizenAsked);
    let options = Purpose::ALL
        .iter()
        .map(|p| {
            view! {
                <label class="check">
                    <input
                        type="radio"
                        name="purpose"
                        value=p.name()
                        prop:checked=move || chosen.get() == *p
                        on:change=move |_| chosen.set(*p)
                    />
                    <span>{purpose(lang(), *p)}</span>
                </label>
            }
        })
        .collect_view();
    let open = move |_| {
        hand.purpose.set(Some(chosen.get_untracked()));
        hand.dialog.set(Open::Nothing);
        hand.refresh(acts.id.get_value());
    };
    view! {
        <h2 id="act-title">{words.purpose_title}</h2>
        <p>{words.purpose_text}</p>
        <fieldset class="flow tight"><legend class="vh">{words.purpose_title}</legend>{options}</fieldset>
        <div class="actions">
            <button type="button" class="btn primary" data-action="submit" on:click=open>{words.open}</button>
            <a class="btn quiet" href="/staff">{Desk::here().cancel}</a>
        </div>
    }
    .into_any()
}

fn hand_over(hand: Hand, acts: Acts) -> AnyView {
    let words = FileWords::here();
    let give = move |_| {
        let id = acts.id.get_value();
        send(acts.busy, acts.error, api::reassign(id.clone(), acts.to.get_untracked()), move |()| {
            hand.dialog.set(Open::Nothing);
            hand.refresh(id);
        });
    };
    view! {
        <h2 id="act-title">{words.hand_over}</h2>
        {refusal(acts.error)}
        {field("to", words.hand_over_to, "text", "off", acts.to)}
        <div class="actions">
            <button type="button" class="btn primary" data-action="submit" on:click=give>{words.hand_over}</button>
            <button type="button" class="btn quiet" on:click=move |_| hand.dialog.set(Open::Nothing)>{Desk::here().cancel}</button>
        </div>
    }
    .into_any()
}
