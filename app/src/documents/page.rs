//! `/applications/{id}/documents`: add, look, remove, order.
//!
//! The form is a plain multipart post and works without scripts. With wasm its files go into a queue: photos are made
//! ready on the device, and everything is sent in parts.

use super::queue::Queue;
use super::view::Documents;
use super::{api, block, queue_view, rows};
use crate::browser::{self, papers};
use crate::error::{AppError, FieldMessage};
use crate::routes;
use crate::text::documents::{Papers, kind, kind_about, size};
use crate::text::{codes, fields};
use crate::ui::field::{is_bad, message, select, state};
use crate::ui::form::Form;
use crate::ui::load::load;
use crate::ui::pieces::{self, moment};
use crate::ui::summary::error_summary;
use crate::visitor::lang;
use domain::applications::Step;
use domain::documents::Kind;
use domain::{Code, Field, FieldErrors, Values};
use judge::forms::Judged;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

const FIELDS: &[Field] = &[Field::DocumentKind, Field::Document];
const FORM: &str = "documents-form";
/// What the browser offers without wasm; the queue widens it to what the bench can turn into a JPG.
const ACCEPTED: &str = ".pdf,.jpg,.jpeg,application/pdf,image/jpeg";

pub fn page() -> AnyView {
    let id = use_params_map().with_untracked(|p| p.get("id")).unwrap_or_default();
    load(RwSignal::new(0), move || api::of(id.clone()), show)
}

/// The form is made once; around it, news change what is shown.
fn show(documents: Documents) -> AnyView {
    let words = Papers::here();
    let id = StoredValue::new(documents.application_id.clone());
    let form = form(&documents);
    let aside = aside(&documents);
    let (back, label) = match documents.number {
        Some(_) if documents.evidence => (routes::appeal(&documents.application_id), words.back_appeal),
        Some(_) => (routes::application(&documents.application_id), words.back_card),
        None => (routes::step(&documents.application_id, Step::Review), words.back_review),
    };
    let number = documents.number.clone();
    let now = RwSignal::new(documents);
    let refresh = move || {
        leptos::task::spawn_local(async move {
            if let Some(id) = id.try_get_value()
                && let Ok(newer) = api::of(id).await
            {
                now.try_set(newer);
            }
        });
    };
    Effect::new(move |_| browser::events::listen(refresh));
    let form = form(refresh);
    let closed = move || now.with(|d| !d.may_add);
    let full = move || now.with(|d| d.may_add && !d.has_room);
    let main = view! {
        {number.map(|n| view! { <p class="eyebrow num">{words.application}" "{n}</p> })}
        <h1>{words.title}</h1>
        <p>{words.lead}</p>
        {move || now.with(|d| d.missing.iter().map(|k| block::needed(*k)).collect_view())}
        {move || now.with(|d| d.until.filter(|_| d.may_add).map(|at| view! { <p><b>{words.until}" "{moment(at)}</b></p> }))}
        <div class="notice" hidden=move || !closed()><p>{words.closed}</p></div>
        <div class="notice wait" hidden=move || !full()><p>{words.full}</p></div>
        {move || now.with(unfinished)}
        <div hidden=move || closed() || full()>{form}</div>
        <section class="flow" aria-labelledby="added">
            <h2 id="added">{words.list_title}</h2>
            {move || now.with(list)}
        </section>
        <p><a class="btn quiet" href=back>{label}</a></p>
    };
    pieces::page(words.title, pieces::columns(main.into_any(), aside))
}

/// What was begun here and left, and how to go on.
fn unfinished(documents: &Documents) -> AnyView {
    if documents.unfinished.is_empty() {
        return ().into_any();
    }
    let words = Papers::here();
    let rows = documents.unfinished.iter().map(|(name, received, whole)| {
        let (name, far) = (name.clone(), format!("{} / {}", size(lang(), *received), size(lang(), *whole)));
        view! { <li><span class="filename">{name}</span>" · "<span class="num">{far}</span></li> }
    });
    view! {
        <div class="notice flow tight" data-unfinished="">
            <p><b>{words.unfinished}</b></p>
            <ul>{rows.collect_view()}</ul>
            <p>{words.unfinished_how}</p>
        </div>
    }
    .into_any()
}

fn list(documents: &Documents) -> AnyView {
    if documents.rows.is_empty() {
        return view! { <p class="hint">{Papers::here().list_empty}</p> }.into_any();
    }
    rows::editable(documents)
}

fn form<R: Fn() + Copy + Send + Sync + 'static>(documents: &Documents) -> impl FnOnce(R) -> AnyView + use<R> {
    let words = Papers::here();
    let id = documents.application_id.clone();
    let mut known = Values::default();
    if let Some(kind) = documents.missing.first() {
        known.set(Field::DocumentKind, kind.name());
    }
    move |refresh| {
        let form = Form::new(Judged { fields: FIELDS, check: |_, _| FieldErrors::default() }, known);
        let queue = Queue::new();
        let kinds = Kind::ALL.iter().map(|k| (k.name(), kind(lang(), *k).to_owned())).collect();
        let action = routes::documents(&id);
        let id = StoredValue::new(id);
        let send = Callback::new(move |()| {
            if let Some(kind) = chosen_kind(form, queue) {
                queue.send_all(id.get_value(), kind, refresh);
            }
        });
        Effect::new(move |_| papers::on_files(FORM, move |files| queue.add(files)));
        on_cleanup(papers::stop);
        view! {
            <form
                id=FORM
                class="form flow card drop"
                method="post"
                action=action
                enctype="multipart/form-data"
                aria-labelledby="add"
                on:submit=move |event| {
                    event.prevent_default();
                    send.run(());
                }
            >
                <h2 id="add">{words.add_title}</h2>
                {limits()}
                {error_summary(form)}
                {select(form, Field::DocumentKind, words.choose_kind, kinds)}
                {files(form)}
                {queue_view::list(queue, send)}
                <div class="actions">
                    <button
                        type="submit"
                        class="btn primary"
                        data-action="submit"
                        aria-busy=move || queue.busy.get().then_some("true")
                        aria-disabled=move || queue.busy.get().then_some("true")
                    >
                        {words.add}
                    </button>
                    <span class="saved" role="status">
                        {move || Some(queue.arrived.get()).filter(|n| *n > 0).map(|n| format!("{} {n}", words.uploaded))}
                    </span>
                </div>
            </form>
        }
        .into_any()
    }
}

/// The kind, when there is one and something to send; else says what is missing.
fn chosen_kind(form: Form, queue: Queue) -> Option<Kind> {
    let typed = browser::form_by_id(FORM).map(|element| browser::read(&element, FIELDS)).unwrap_or_default();
    let kind = Kind::from_name(typed.get(Field::DocumentKind));
    let empty = !queue.items.with_untracked(|all| all.iter().any(super::queue::Item::is_waiting));
    let mut missing = FieldErrors::default();
    if kind.is_none() {
        missing.push(Field::DocumentKind, Code::Empty);
    }
    if empty {
        missing.push(Field::Document, Code::Empty);
    }
    let fields: Vec<FieldMessage> = missing
        .0
        .iter()
        .map(|e| FieldMessage { field: e.field, code: e.code, message: codes::beside(lang(), e) })
        .collect();
    match fields.first() {
        None => {
            form.error.set(None);
            for field in FIELDS {
                form.shown(*field).set(crate::ui::form::Shown::Quiet);
            }
            kind
        }
        Some(first) => {
            form.refuse(AppError { code: first.code, message: first.message.clone(), fields });
            None
        }
    }
}

fn files(form: Form) -> AnyView {
    let words = Papers::here();
    let id = Field::Document.id();
    let shown = form.shown(Field::Document);
    view! {
        <div class="field" data-state=state(shown)>
            <label for=id>{fields::label(lang(), Field::Document)}</label>
            <span class="hint" id="document-hint">{fields::hint(lang(), Field::Document)}</span>
            <p class="error" id="document-error">{message(shown)}</p>
            <input
                id=id
                name=id
                type="file"
                multiple
                accept=ACCEPTED
                aria-describedby="document-hint document-error"
                aria-invalid=is_bad(shown)
            />
        </div>
        <div class="field camera">
            <label for="document_camera">{words.camera}</label>
            <input id="document_camera" name=id type="file" accept="image/jpeg,image/*" capture="environment"/>
        </div>
        <p class="hint" data-needs-wasm="">{words.drop}</p>
    }
    .into_any()
}

/// Limits, said before anything is chosen (E9).
fn limits() -> AnyView {
    let words = Papers::here();
    view! {
        <div>
            <p><b>{words.limits_title}</b></p>
            <ul class="small">
                <li>{words.limit_type}": "{words.limit_size}</li>
                <li>{words.limit_pages}</li>
                <li>{words.limit_photo}</li>
                <li data-needs-wasm="">{words.limit_photos}</li>
            </ul>
        </div>
    }
    .into_any()
}

fn aside(documents: &Documents) -> AnyView {
    let words = Papers::here();
    let kinds = Kind::ALL
        .iter()
        .map(|k| view! { <li><b>{kind(lang(), *k)}</b>" — "{kind_about(lang(), *k)}</li> })
        .collect_view();
    let free = documents.missing.is_empty() && documents.rows.is_empty();
    view! {
        {free.then(|| view! { <div class="notice"><p>{words.not_needed}</p></div> })}
        <div class="card flow"><h2>{words.open}</h2><ul class="small">{kinds}</ul></div>
        <p class="hint">{words.who_sees}</p>
    }
    .into_any()
}
