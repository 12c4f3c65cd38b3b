//! Fields and buttons of the desk: the same markup as the citizens', their values in signals.

use crate::session::{Session, is_lost, is_over, told};
use app::error::{AppError, FieldMessage};
use app::text::fields;
use app::text::staff::Desk;
use app::visitor::lang;
use domain::Field;
use leptos::prelude::*;

/// A line of text.
pub fn field(
    id: &'static str,
    label: &'static str,
    kind: &'static str,
    fill: &'static str,
    value: RwSignal<String>,
) -> AnyView {
    view! {
        <div class="field">
            <label for=id>{label}</label>
            <input
                id=id
                name=id
                type=kind
                class="w-20"
                autocomplete=fill
                prop:value=move || value.get()
                on:input=move |event| {
                    crate::browser::mark(id, false);
                    value.set(event_target_value(&event));
                }
            />
        </div>
    }
    .into_any()
}

/// A list to choose from: value and words.
pub fn select(
    id: &'static str,
    label: &'static str,
    options: Vec<(String, String)>,
    value: RwSignal<String>,
) -> AnyView {
    let options = options
        .into_iter()
        .map(|(name, words)| {
            let chosen = name.clone();
            view! { <option value=name selected=move || value.get() == chosen>{words}</option> }
        })
        .collect_view();
    view! {
        <div class="field">
            <label for=id>{label}</label>
            <div class="select">
                <select id=id name=id on:change=move |event| value.set(event_target_value(&event))>{options}</select>
            </div>
        </div>
    }
    .into_any()
}

/// The field as the desk calls it: a login here is no phone and no e-mail.
fn named_here(field: Field) -> &'static str {
    match field {
        Field::Login => Desk::here().login,
        other => fields::label(lang(), other),
    }
}

/// What was refused, with its code: of fields each by its name, marked, and the way to it where it has a control here.
pub fn refusal(error: RwSignal<Option<AppError>>) -> AnyView {
    // That there was no answer is true until there is one.
    let session = Session::here();
    Effect::new(move |before: Option<bool>| {
        let lost = session.lost.get();
        if before == Some(true) && !lost {
            error.update(|error| {
                error.take_if(|e| is_lost(e));
            });
        }
        lost
    });
    view! {
        <div id="error-summary" class="error-summary" role="alert" tabindex="-1" hidden=move || error.with(Option::is_none)>
            {move || {
                error
                    .get()
                    .map(|e| {
                        let lost = is_lost(&e).then(crate::frame::again);
                        let code = view! { <span class="num small">{e.code.to_string()}</span> };
                        if e.fields.is_empty() {
                            return view! { <p>{told(&e)}" "{code}</p>{lost} }.into_any();
                        }
                        let named = |m: FieldMessage| {
                            let said = format!("{}: {}", named_here(m.field), m.message);
                            let id = m.field.id();
                            match crate::browser::mark(id, true) {
                                true => view! { <li><a rel="external" href=format!("#{id}")>{said}</a></li> }.into_any(),
                                false => view! { <li>{said}</li> }.into_any(),
                            }
                        };
                        let all = e.fields.into_iter().map(named).collect_view();
                        view! { <ul>{all}</ul><p>{code}</p> }.into_any()
                    })
            }}
        </div>
    }
    .into_any()
}

/// The same of one of several forms of a page, which `at` names: it stands at its form, and the control that is wrong, if
/// the error tells which, is marked and entered.
pub fn refusal_at(
    error: RwSignal<Option<AppError>>,
    at: RwSignal<String>,
    form: String,
    control: impl Fn(&AppError) -> Option<String> + 'static,
) -> AnyView {
    let here = Memo::new(move |_| at.with(|at| *at == form));
    Effect::new(move |_| {
        let wrong = error.with(|e| e.as_ref().and_then(&control));
        if let (true, Some(id)) = (here.get(), wrong) {
            crate::browser::mark(&id, true);
            app::browser::focus::soon(&id);
        }
    });
    view! { {move || here.get().then(|| refusal(error))} }.into_any()
}

/// The main button of a form.
pub fn submit(label: &'static str, busy: RwSignal<bool>) -> AnyView {
    view! {
        <button
            type="submit"
            class="btn primary"
            data-action="submit"
            aria-busy=move || busy.get().then_some("true")
            aria-disabled=move || busy.get().then_some("true")
        >
            {label}
        </button>
    }
    .into_any()
}

/// Runs one call at a time; its refusal stands above the form.
pub fn send<T: 'static>(
    busy: RwSignal<bool>,
    error: RwSignal<Option<AppError>>,
    call: impl Future<Output = Result<T, AppError>> + 'static,
    then: impl FnOnce(T) + 'static,
) {
    if busy.get_untracked() {
        return;
    }
    busy.set(true);
    let session = Session::here();
    leptos::task::spawn_local(async move {
        let answer = call.await;
        let _ = busy.try_set(false);
        match answer {
            Ok(value) => {
                let _ = error.try_set(None);
                then(value);
            }
            Err(refused) => {
                if is_over(&refused) {
                    session.leave(true);
                } else {
                    session.miss(&refused);
                    let _ = error.try_set(Some(refused));
                    app::browser::focus::soon("error-summary");
                }
            }
        }
    });
}
