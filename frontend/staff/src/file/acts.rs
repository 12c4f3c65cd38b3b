//! Approve, ask, refuse: each a dialog with the words the citizen will read, previewed before it is sent.

use super::questions::{Asked, Refused};
use super::{Hand, open_next};
use crate::browser;
use crate::drafts::Draft;
use crate::forms::{field, refusal, send, submit};
use app::error::AppError;
use app::staff::api;
use app::staff::view::Preview;
use app::text::filing;
use app::text::staff::{Desk, FileWords, purpose};
use app::visitor::lang;
use domain::Code;
use domain::appeals::{Decision, Verdict};
use domain::staff::{Act, Power, Purpose};
use leptos::ev::SubmitEvent;
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

/// What is being written; it outlives a refresh of the file, and by the session's drafts this page.
#[derive(Clone, Copy)]
pub struct Acts {
    id: StoredValue<String>,
    asked: Asked,
    refused: Refused,
    /// Words about an appeal.
    pub judged: RwSignal<String>,
    error: RwSignal<Option<AppError>>,
    preview: RwSignal<Option<Preview>>,
    to: RwSignal<String>,
}

impl Acts {
    pub fn new(hand: Hand, id: String) -> Acts {
        let draft = hand.session.drafts.of(&id).unwrap_or_else(|| Draft::new(Code::DataUnclear));
        let acts = Acts {
            id: StoredValue::new(id),
            asked: Asked::new(&draft),
            refused: Refused::new(&draft),
            judged: RwSignal::new(draft.judged),
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
        // What is written is kept until it is sent; a preview of other words is none.
        Effect::new(move |before: Option<Draft>| {
            let draft = acts.draft();
            if before.is_some_and(|before| before != draft) {
                hand.session.drafts.keep(&acts.id.get_value(), draft.clone());
                acts.preview.set(None);
            }
            draft
        });
        acts
    }

    fn draft(self) -> Draft {
        let mut draft = Draft::new(Code::DataUnclear);
        self.asked.keep(&mut draft);
        self.refused.keep(&mut draft);
        draft.judged = self.judged.get();
        draft
    }

    fn act(self, open: Open) -> Act {
        match open {
            Open::Ask => Act::Ask(self.asked.act()),
            Open::Refuse => Act::Refuse(self.refused.act()),
            _ => Act::Approve,
        }
    }

    fn show(self, hand: Hand, open: Open) {
        let (id, written) = (self.id.get_value(), untrack(|| self.draft()));
        let call = async move {
            match open {
                Open::Judge(verdict) => api::preview_appeal(id, self.decision(verdict)).await,
                _ => api::preview(id, self.act(open)).await,
            }
        };
        send(hand.busy, self.error, call, move |preview| {
            // The page may have been left.
            if hand.busy.try_get_untracked().is_none() {
                return;
            }
            // Written on meanwhile: it is no preview of what stands there now.
            if untrack(|| self.draft()) == written {
                self.preview.set(Some(preview));
                browser::show_part("preview");
            }
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
        send(hand.busy, self.error, call, move |told| {
            hand.session.decided(&id);
            // The page may have been left: then its reader is somewhere else already.
            if hand.busy.try_get_untracked().is_none() {
                return;
            }
            hand.dialog.set(Open::Nothing);
            let status = filing::status(browser::lang(), told.status);
            let said = format!("{}: {} — {status}", words.done, told.number);
            if open == Open::Judge(Verdict::Uphold) {
                // Whoever upheld an appeal has the application in hand now.
                hand.session.said.set(said);
                hand.refresh(id);
            } else {
                hand.finish(told, said.clone());
                // The next one is here already: on with the work.
                if hand.session.ahead.with_untracked(Option::is_some) {
                    open_next(hand.session, None, go);
                    hand.session.said.set(said);
                }
            }
        });
    }
}

pub fn dialogs(hand: Hand, acts: Acts) -> AnyView {
    let node = NodeRef::<Dialog>::new();
    let go = use_navigate();
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
            on:keydown=move |event| stay(hand, event.key() == "Escape", &event)
            on:cancel=move |event| stay(hand, true, &event)
            on:close=move |_| {
                // Whoever says no purpose sees nothing: there is no page to stay on.
                if hand.dialog.get_untracked() == Open::Purpose {
                    go("/staff", NavigateOptions::default());
                }
                hand.dialog.set(Open::Nothing);
            }
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

/// While a decision is on its way its dialog stays: closed, it would go out all the same.
fn stay(hand: Hand, closes: bool, event: &leptos::web_sys::Event) {
    if closes && hand.busy.get_untracked() {
        event.prevent_default();
    }
}

fn close(hand: Hand) {
    if !hand.busy.get_untracked() {
        hand.dialog.set(Open::Nothing);
    }
}

/// What was written about a file that is somebody else's by now can be read, and not sent.
fn gone(hand: Hand) -> AnyView {
    view! {
        <div role="alert">
            {move || {
                hand.gone.get().then(|| view! { <p class="notice wait" data-gone="">{FileWords::of(browser::lang()).gone}</p> })
            }}
        </div>
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
        {gone(hand)}
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
                hidden=move || hand.gone.get()
                aria-busy=move || hand.busy.get().then_some("true")
                on:click=move |_| acts.decide(hand, open, go.clone())
            >
                {words.send}
            </button>
            <button
                type="button"
                class="btn"
                data-act="preview"
                hidden=move || hand.gone.get()
                on:click=move |_| acts.show(hand, open)
            >
                {words.show_preview}
            </button>
            <button
                type="button"
                class="btn quiet"
                data-act="cancel"
                aria-disabled=move || hand.busy.get().then_some("true")
                on:click=move |_| close(hand)
            >
                {move || if hand.gone.get() { desk.close } else { desk.cancel }}
            </button>
        </div>
    }
    .into_any()
}

/// Nothing of a citizen is shown before somebody has said what for.
fn why(hand: Hand, acts: Acts) -> AnyView {
    let words = FileWords::here();
    let usual = if hand.may(Power::Review) { Purpose::Review } else { Purpose::CitizenAsked };
    let chosen = RwSignal::new(usual);
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
    let open = move |event: SubmitEvent| {
        event.prevent_default();
        hand.purpose.set(Some(chosen.get_untracked()));
        hand.dialog.set(Open::Nothing);
        hand.open(acts.id.get_value());
    };
    view! {
        <h2 id="act-title">{words.purpose_title}</h2>
        <p>{words.purpose_text}</p>
        <form class="flow" method="post" on:submit=open>
            <fieldset class="flow tight"><legend class="vh">{words.purpose_title}</legend>{options}</fieldset>
            <div class="actions">
                {submit(words.open, hand.busy)}
                <a class="btn quiet" href="/staff">{Desk::here().cancel}</a>
            </div>
        </form>
    }
    .into_any()
}

fn hand_over(hand: Hand, acts: Acts) -> AnyView {
    let words = FileWords::here();
    let give = move |_| {
        let id = acts.id.get_value();
        send(hand.busy, acts.error, api::reassign(id.clone(), acts.to.get_untracked()), move |()| {
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
            <button type="button" class="btn quiet" on:click=move |_| close(hand)>{Desk::here().cancel}</button>
        </div>
    }
    .into_any()
}
