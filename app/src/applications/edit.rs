//! `/applications/{id}/edit/{step}`: one question group a page.

use super::keeper::keeper;
use super::steps::questions;
use super::view::Editing;
use super::{api, review};
use crate::browser::drafts;
use crate::documents::view::Documents;
use crate::error::AppError;
use crate::routes;
use crate::text::FormWords;
use crate::text::filing::{self, Filing};
use crate::ui::field::main_button;
use crate::ui::form::{Form, Sending, Shown, form_view};
use crate::ui::load::load;
use crate::ui::summary::error_summary;
use crate::ui::{frame, pieces};
use crate::visitor::lang;
use domain::applications::Step;
use domain::{Code, Values};
use judge::forms;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use std::sync::Arc;

pub fn page() -> AnyView {
    let params = use_params_map();
    // Another step is another page: everything below is made anew.
    view! {
        {move || {
            let (id, step) = params.with(|p| (p.get("id").unwrap_or_default(), p.get("step").unwrap_or_default()));
            match Step::from_name(&step) {
                Some(step) => one(id, step),
                None => frame::not_found(),
            }
        }}
    }
    .into_any()
}

fn one(id: String, step: Step) -> AnyView {
    let fetch = move || {
        let id = id.clone();
        async move {
            match api::edit(id.clone()).await {
                Err(error) if error.code == Code::Offline => from_device(id, step).await.ok_or(error),
                answer => answer,
            }
        }
    };
    load(RwSignal::new(0), fetch, move |editing: Editing| {
        // A step that the answers have not opened yet is not shown: the server leads to the open one.
        match step {
            Step::Review => review::page(editing),
            step => form(editing, step),
        }
    })
}

/// What this device holds of the step, when the server cannot be asked.
async fn from_device(id: String, step: Step) -> Option<Editing> {
    let draft = drafts::recall_path(routes::step(&id, step)).await?;
    Some(Editing {
        id,
        values: draft.values,
        from_profile: Vec::new(),
        reachable: step,
        saved_at: draft.at,
        submit_key: String::new(),
        asked: Vec::new(),
        locked: Vec::new(),
        places: Vec::new(),
        number: None,
        documents: Documents::default(),
    })
}

fn form(editing: Editing, step: Step) -> AnyView {
    let words = FormWords::here();
    let title = filing::step(lang(), step);
    let form = Form::new(forms::step(step), editing.values.clone());
    form.lock(&editing.locked);
    for (field, place) in &editing.places {
        if matches!(form.shown(*field).get_untracked(), Shown::Quiet) {
            form.shown(*field).set(Shown::Note(place.clone()));
        }
    }
    for field in editing.from_profile.iter().filter(|f| step.all_fields().contains(f)) {
        if matches!(form.shown(*field).get_untracked(), Shown::Quiet) {
            form.shown(*field).set(Shown::Note(Filing::here().from_profile.to_owned()));
        }
    }
    // What was left empty was not checked.
    let given = |f: &&domain::Field| step.all_fields().contains(f) && !editing.values.get(**f).trim().is_empty();
    for field in editing.locked.iter().filter(given) {
        form.shown(*field).set(Shown::Note(Filing::here().locked.to_owned()));
    }
    for asked in editing.asked.iter().filter(|m| step.all_fields().contains(&m.field)) {
        form.shown(asked.field).set(Shown::Bad(asked.message.clone()));
    }
    let id = editing.id.clone();
    let send = Arc::new(move |values: Values| {
        let id = id.clone();
        Box::pin(async move {
            let path = routes::step(&id, step);
            let next = api::save_step(id, step, values.only(step.all_fields())).await?;
            drafts::forget_path(path).await;
            Ok::<_, AppError>(next)
        }) as Sending
    });
    let back = match step.previous() {
        Some(previous) => routes::step(&editing.id, previous),
        None => routes::APPLICATIONS.to_owned(),
    };
    let section = routes::step(&editing.id, Step::Applicant);
    let progress = progress(step, &editing);
    let fields = move || {
        view! {
            {error_summary(form)}
            {(step == Step::Mailbox).then(|| other_section(form, section))}
            {questions(form, step)}
            <div class="actions">
                {main_button(form, "next", words.next)}
                <a class="btn quiet" href=back>{words.back}</a>
                {keeper(form, &editing)}
            </div>
        }
        .into_any()
    };
    let main = view! {
        {progress}
        <h1>{title}</h1>
        {form_view(form, forms::step_id(step), send, fields)}
    };
    pieces::page(title, pieces::columns(main.into_any(), aside(step)))
}

/// The way to the section for the other kind of applicant, when that is what is wrong; the answers stay (REG-10).
fn other_section(form: Form, to: String) -> AnyView {
    let words = Filing::here();
    let wrong = move || {
        form.error.with(|e| {
            let wrong = |code| matches!(code, Code::MailboxForOrganisationsOnly | Code::WrongApplicantKind);
            e.as_ref().is_some_and(|e| e.fields.iter().any(|m| wrong(m.code)))
        })
    };
    view! {
        <div class="notice" data-other-section="" hidden=move || !wrong()>
            <p>{words.other_section}" "<a href=to>{words.other_section_link}</a></p>
        </div>
    }
    .into_any()
}

/// Where one is: in words, and as steps of which the open ones are links.
pub fn progress(step: Step, editing: &Editing) -> AnyView {
    let words = Filing::here();
    let items = Step::ALL
        .iter()
        .map(|s| {
            let title = filing::step(lang(), *s);
            let open = *s <= editing.reachable && *s != step;
            let inner = if open {
                view! { <a href=routes::step(&editing.id, *s)>{title}</a> }.into_any()
            } else {
                view! { <span>{title}</span> }.into_any()
            };
            view! {
                <li data-done=(*s < step).then_some("") aria-current=(*s == step).then_some("step")>{inner}</li>
            }
        })
        .collect_view();
    view! {
        <p class="eyebrow">
            {words.service}" · "{words.step_of}" "{step.ordinal()}" "{words.of}" "{Step::ALL.len()}
        </p>
        <nav aria-label=words.steps><ol class="steps">{items}</ol></nav>
    }
    .into_any()
}

fn aside(step: Step) -> AnyView {
    let words = Filing::here();
    let help = match step {
        Step::Passport => view! {
            <div class="card flow">
                <h2>{words.passport_where}</h2>
                <p class="hint">{words.passport_where_text}</p>
                <p class="hint">{words.snils_where_text}</p>
            </div>
        }
        .into_any(),
        Step::Mailbox => view! {
            <div class="card flow"><h2>{words.choose_help}</h2><p class="hint">{words.choose_text}</p></div>
        }
        .into_any(),
        _ => ().into_any(),
    };
    view! {
        {help}
        <div class="notice">{words.who_sees}</div>
    }
    .into_any()
}
