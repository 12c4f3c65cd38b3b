//! The last step: everything at a glance, consent, and the one door to submission (VAL-13, CON-1).

use super::api;
use super::edit::progress;
use super::view::Editing;
use crate::documents::{block, view::Documents};
use crate::routes;
use crate::text::filing::{self, Filing};
use crate::text::{FormWords, fields};
use crate::ui::field::{checkbox, main_button};
use crate::ui::form::{Form, Sending, form_view};
use crate::ui::pieces;
use crate::ui::summary::error_summary;
use crate::visitor::lang;
use domain::applications::{ApplicantKind, MailboxKind, Step};
use domain::{Code, Field, FieldErrors, Values};
use judge::forms::Judged;
use leptos::prelude::*;
use std::sync::Arc;

fn check(values: &Values) -> FieldErrors {
    let mut errors = FieldErrors::default();
    if !values.is_ticked(Field::Consent) {
        errors.push(Field::Consent, Code::ConsentMissing);
    }
    errors
}

pub fn page(editing: Editing) -> AnyView {
    let words = Filing::here();
    let judged = Judged { fields: Step::Review.all_fields(), check: |values, _| check(values) };
    let form = Form::new(judged, editing.values.clone());
    let (id, key) = (editing.id.clone(), editing.submit_key.clone());
    let send = Arc::new(move |values: Values| {
        let (id, key) = (id.clone(), key.clone());
        Box::pin(api::submit(id, key, values.only(Step::Review.all_fields()))) as Sending
    });
    let key = editing.submit_key.clone();
    let back = routes::step(&editing.id, Step::Mailbox);
    let fields = move || {
        view! {
            {error_summary(form)}
            <input type="hidden" name="submit_key" value=key/>
            {checkbox(form, Field::Consent, words.consent.into_any())}
            <p class="small"><a href="/help/consent" target="_blank">{words.consent_read}</a></p>
            <div class="actions">
                {main_button(form, "submit", words.send)}
                <a class="btn quiet" href=back>{FormWords::here().back}</a>
            </div>
        }
        .into_any()
    };
    let answers = [Step::Applicant, Step::Passport, Step::Contacts, Step::Mailbox]
        .map(|step| answers(step, &editing.values, &editing.id))
        .into_iter()
        .collect_view();
    let main = view! {
        {progress(Step::Review, &Editing { reachable: Step::Review, ..head(&editing) })}
        <h1>{words.review_title}</h1>
        <p>{words.review_lead}</p>
        {answers}
        {block::section(&editing.documents)}
        {form_view(form, "review-form", send, fields)}
    };
    let aside = view! {
        <div class="card flow"><h2>{words.what_next}</h2><p>{words.what_next_text}</p></div>
        <p class="hint">{words.signature}</p>
    };
    pieces::page(words.review_title, pieces::columns(main.into_any(), aside.into_any()))
}

/// What the progress needs, without copying the answers.
fn head(editing: &Editing) -> Editing {
    Editing {
        id: editing.id.clone(),
        values: Values::default(),
        from_profile: Vec::new(),
        reachable: editing.reachable,
        saved_at: editing.saved_at,
        submit_key: String::new(),
        asked: Vec::new(),
        locked: Vec::new(),
        places: Vec::new(),
        number: None,
        documents: Documents::default(),
    }
}

fn answers(step: Step, values: &Values, id: &str) -> AnyView {
    let title = filing::step(lang(), step);
    let rows = step
        .fields(values)
        .into_iter()
        .map(|field| {
            view! { <div><dt>{fields::label(lang(), field)}</dt><dd>{shown(field, values)}</dd></div> }
        })
        .collect_view();
    view! {
        <section class="card flow" data-step=step.name()>
            <div class="row apart">
                <h2>{title}</h2>
                <a href=routes::step(id, step)>{FormWords::here().change}<span class="vh">": "{title}</span></a>
            </div>
            <dl class="facts">{rows}</dl>
        </section>
    }
    .into_any()
}

fn shown(field: Field, values: &Values) -> String {
    let words = FormWords::here();
    let value = values.get(field).trim();
    match field {
        Field::ResidenceSame => if value.is_empty() { words.no } else { words.yes }.to_owned(),
        _ if value.is_empty() => words.empty_answer.to_owned(),
        Field::MailboxKind => {
            MailboxKind::from_name(value).map_or_else(|| value.to_owned(), |k| filing::mailbox(lang(), k).0.to_owned())
        }
        Field::ApplicantKind => {
            let words = Filing::here();
            match ApplicantKind::of(values) {
                ApplicantKind::Citizen => words.kind_citizen,
                ApplicantKind::Organisation => words.kind_organisation,
            }
            .to_owned()
        }
        _ => domain::fields::format_field(field, value).unwrap_or_else(|| value.to_owned()),
    }
}
