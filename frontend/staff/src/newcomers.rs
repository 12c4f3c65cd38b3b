//! Accounts for citizens who have none: on the phone, and at the counter with a slip to print.

use crate::browser;
use crate::forms::{field, refusal, send, submit};
use crate::frame;
use crate::session::Session;
use app::error::AppError;
use app::staff::api;
use app::staff::view::Added;
use app::text::fields;
use app::text::staff::NewcomerWords;
use app::visitor::lang;
use domain::accounts::newcomers::{AT_THE_COUNTER, ON_THE_PHONE};
use domain::staff::Power;
use domain::{Field, Values};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

/// What was typed, field by field.
pub type Typed = Vec<(Field, RwSignal<String>)>;

pub fn typed(asked: &[Field]) -> Typed {
    asked.iter().map(|f| (*f, RwSignal::new(String::new()))).collect()
}

pub fn values(typed: &Typed) -> Values {
    typed.iter().map(|(f, value)| (*f, value.get_untracked())).collect()
}

/// Autofill would offer the clerk's own data.
fn controls(typed: &Typed) -> AnyView {
    typed
        .iter()
        .map(|(f, value)| field(f.id(), fields::label(lang(), *f), "text", "off", *value))
        .collect_view()
        .into_any()
}

pub fn clear(typed: &Typed) {
    for (_, value) in typed {
        value.set(String::new());
    }
}

/// `/staff/newcomers/phone` (ALT-2).
pub fn phone_page() -> AnyView {
    if !Session::here().me().is_some_and(|me| me.may(Power::Enrol)) {
        return frame::closed();
    }
    let words = NewcomerWords::here();
    let (busy, error) = (RwSignal::new(false), RwSignal::new(None::<AppError>));
    let (typed, sent) = (typed(ON_THE_PHONE), RwSignal::new(None::<String>));
    let shown = controls(&typed);
    let on_submit = move |event: SubmitEvent| {
        event.prevent_default();
        sent.set(None);
        let again = typed.clone();
        send(busy, error, api::open_on_the_phone(values(&typed)), move |opened| {
            clear(&again);
            sent.set(Some(opened.sent_to));
        });
    };
    view! {
        <h1>{words.phone_title}</h1>
        <p class="hint">{words.phone_lead}</p>
        {refusal(error)}
        {move || sent.get().map(|to| view! { <div class="notice ok" role="status"><p>{words.sent}" "<b class="num">{to}</b></p></div> })}
        <form class="form flow" method="post" on:submit=on_submit>
            {shown}
            <div class="actions">{submit(words.open, busy)}</div>
        </form>
    }
    .into_any()
}

/// `/staff/newcomers/counter` (ALT-3).
pub fn counter_page() -> AnyView {
    if !Session::here().me().is_some_and(|me| me.may(Power::Admit)) {
        return frame::closed();
    }
    let words = NewcomerWords::here();
    let (busy, error) = (RwSignal::new(false), RwSignal::new(None::<AppError>));
    let (typed, issued) = (typed(AT_THE_COUNTER), RwSignal::new(None::<Added>));
    view! {
        <h1 class="no-print">{words.counter_title}</h1>
        {refusal(error)}
        {move || match issued.get() {
            Some(added) => {
                let (title, text) = (words.slip, words.slip_text);
                let paper = Paper { title, text, login: added.login, password: added.password, works: None };
                slip(paper, move || issued.set(None))
            }
            None => {
                let (shown, typed) = (controls(&typed), typed.clone());
                let on_submit = move |event: SubmitEvent| {
                    event.prevent_default();
                    let again = typed.clone();
                    send(busy, error, api::open_at_the_counter(values(&typed)), move |added| {
                        clear(&again);
                        issued.set(Some(added));
                    });
                };
                view! {
                    <p class="hint">{words.counter_lead}</p>
                    <form class="form flow" method="post" on:submit=on_submit>
                        {shown}
                        <div class="actions">{submit(words.open, busy)}</div>
                    </form>
                }
                .into_any()
            }
        }}
    }
    .into_any()
}

/// What is printed.
pub struct Paper {
    pub title: &'static str,
    pub text: &'static str,
    pub login: String,
    pub password: String,
    /// From when on, in words, where it is not at once.
    pub works: Option<(&'static str, String)>,
}

/// What the citizen takes along. Shown until the next one: it is kept nowhere.
pub fn slip(paper: Paper, next: impl Fn() + 'static) -> AnyView {
    let words = NewcomerWords::here();
    // The form that had the focus is gone: whoever reads by ear hears that the slip is there.
    app::browser::focus::soon("slip");
    let following = move |_| {
        next();
        app::browser::focus::soon(Field::LastName.id());
    };
    let works = paper.works.map(|(name, from)| view! { <div><dt>{name}</dt><dd data-works="">{from}</dd></div> });
    view! {
        <section class="card flow" aria-labelledby="slip">
            <h2 id="slip" tabindex="-1">{paper.title}</h2>
            <p>{paper.text}</p>
            <dl class="facts">
                <div><dt>{words.site}</dt><dd>{browser::origin()}</dd></div>
                <div><dt>{words.login}</dt><dd><code data-login-issued="">{paper.login}</code></dd></div>
                <div><dt>{words.password}</dt><dd><code data-first-password="">{paper.password}</code></dd></div>
                {works}
            </dl>
            <p>{words.slip_keep}</p>
        </section>
        <div class="actions">
            <button type="button" class="btn primary" on:click=move |_| browser::print()>{words.print}</button>
            <button type="button" class="btn" on:click=following>{words.next}</button>
        </div>
    }
    .into_any()
}
