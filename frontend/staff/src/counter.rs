//! Access reset at a counter: the passport finds the account, a slip is printed; a second clerk confirms (REC-4).

use crate::forms::{field, refusal, select, send, submit};
use crate::frame;
use crate::newcomers::{self, Typed};
use crate::session::Session;
use app::error::AppError;
use app::staff::api;
use app::staff::view::Slip;
use app::text::counter::{CounterWords, reason};
use app::text::fields;
use app::ui::pieces::moment_text;
use app::visitor::lang;
use domain::Field;
use domain::accounts::counter::{CONFIRM, Reason, SHOWN};
use domain::staff::Power;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

/// `/staff/counter`.
pub fn page() -> AnyView {
    if !Session::here().me().is_some_and(|me| me.may(Power::Admit)) {
        return frame::closed();
    }
    let words = CounterWords::here();
    let (typed, issued) = (newcomers::typed(SHOWN), RwSignal::new(None::<Slip>));
    let (why, seen) = (RwSignal::new(Reason::Lost.name().to_owned()), RwSignal::new(false));
    let (busy, error) = (RwSignal::new(false), RwSignal::new(None::<AppError>));
    view! {
        <h1 class="no-print">{words.title}</h1>
        {refusal(error)}
        {move || match issued.get() {
            Some(slip) => printed(slip, issued),
            None => {
                let shown = controls(&typed);
                let typed = typed.clone();
                let on_submit = move |event: SubmitEvent| {
                    event.prevent_default();
                    let reason = Reason::from_name(&why.get_untracked()).unwrap_or(Reason::Lost);
                    let (values, again) = (newcomers::values(&typed), typed.clone());
                    send(busy, error, api::reset_access(values, reason, seen.get_untracked()), move |slip| {
                        newcomers::clear(&again);
                        seen.set(false);
                        why.set(Reason::Lost.name().to_owned());
                        issued.set(Some(slip));
                    });
                };
                let reasons = Reason::ALL.iter().map(|r| (r.name().to_owned(), reason(lang(), *r).to_owned())).collect();
                view! {
                    <p class="hint">{words.lead}</p>
                    <form id="reset-form" class="form flow" method="post" on:submit=on_submit>
                        {shown}
                        {select("reset_reason", words.reason, reasons, why)}
                        {ticked("seen", seen)}
                        <p class="hint">{words.after}</p>
                        <div class="actions">{submit(words.reset, busy)}</div>
                    </form>
                    {second()}
                }
                .into_any()
            }
        }}
    }
    .into_any()
}

/// Autofill would offer the clerk's own data.
fn controls(typed: &Typed) -> AnyView {
    let words = CounterWords::here();
    typed
        .iter()
        .map(|(f, value)| {
            let label = if *f == Field::Login { words.login_label } else { fields::label(lang(), *f) };
            let hint = (*f == Field::Snils).then(|| view! { <p class="hint">{words.snils_hint}</p> });
            view! { {field(f.id(), label, "text", "off", *value)}{hint} }.into_any()
        })
        .collect_view()
        .into_any()
}

fn ticked(id: &'static str, value: RwSignal<bool>) -> AnyView {
    view! {
        <div class="field">
            <label class="check">
                <input
                    type="checkbox"
                    id=id
                    name=id
                    prop:checked=move || value.get()
                    on:change=move |event| value.set(event_target_checked(&event))
                />
                <span>{CounterWords::here().seen}</span>
            </label>
        </div>
    }
    .into_any()
}

/// For the clerk whom a colleague has called.
fn second() -> AnyView {
    let words = CounterWords::here();
    let typed = newcomers::typed(CONFIRM);
    let (seen, done) = (RwSignal::new(false), RwSignal::new(false));
    let (busy, error) = (RwSignal::new(false), RwSignal::new(None::<AppError>));
    let shown = typed
        .iter()
        .zip(["second_series", "second_number"])
        .map(|((f, value), id)| field(id, fields::label(lang(), *f), "text", "off", *value))
        .collect_view();
    let on_submit = move |event: SubmitEvent| {
        event.prevent_default();
        done.set(false);
        let again = typed.clone();
        send(busy, error, api::confirm_reset(newcomers::values(&typed), seen.get_untracked()), move |()| {
            newcomers::clear(&again);
            seen.set(false);
            done.set(true);
        });
    };
    let refused = move || {
        error.get().map(|e| {
            let message = e.fields.first().map_or(e.message, |f| f.message.clone());
            view! { <p>{message}" "<span class="num small">{e.code.to_string()}</span></p> }
        })
    };
    view! {
        <section class="card flow" aria-labelledby="second">
            <h2 id="second">{words.second_title}</h2>
            <p class="hint">{words.second_lead}</p>
            <div role="alert">{refused}</div>
            <div role="status">{move || done.get().then(|| view! { <div class="notice ok"><p>{words.confirmed}</p></div> })}</div>
            <form id="confirm-form" class="form flow" method="post" on:submit=on_submit>
                {shown}
                {ticked("second_seen", seen)}
                <div class="actions">{submit(words.confirm, busy)}</div>
            </form>
        </section>
    }
    .into_any()
}

fn printed(slip: Slip, issued: RwSignal<Option<Slip>>) -> AnyView {
    let words = CounterWords::here();
    let hint = if slip.from.is_some() { words.sooner } else { words.only_second };
    let works = slip.from.map_or_else(|| words.works_second.to_owned(), moment_text);
    let paper = newcomers::Paper {
        title: words.slip,
        text: words.slip_text,
        login: slip.login,
        password: slip.password,
        works: Some((words.works, works)),
    };
    view! {
        {newcomers::slip(paper, move || issued.set(None))}
        <p class="hint no-print">{hint}</p>
    }
    .into_any()
}
