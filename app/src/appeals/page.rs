//! `/applications/{id}/appeal`: say what one disagrees with, then follow it. A plain form: it needs no script.

use super::api;
use super::track::track;
use super::view::Appealing;
use crate::browser;
use crate::documents::block;
use crate::routes;
use crate::text::appeals::Appeals;
use crate::text::documents::Papers;
use crate::text::fields;
use crate::text::filing::Filing;
use crate::ui::field::{is_bad, message, state};
use crate::ui::form::Form;
use crate::ui::load::load;
use crate::ui::pieces::{self, moment};
use crate::ui::reasons;
use crate::ui::summary::error_summary;
use crate::visitor::lang;
use domain::appeals::GROUNDS_LENGTH;
use domain::{Field, FieldErrors, Values};
use judge::forms::Judged;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

const FIELDS: &[Field] = &[Field::Grounds];

pub fn page() -> AnyView {
    let id = use_params_map().with_untracked(|p| p.get("id")).unwrap_or_default();
    let again = RwSignal::new(0);
    // News change what is followed, never what is being written.
    let follows = StoredValue::new(false);
    Effect::new(move |_| {
        browser::events::listen(move || {
            if follows.try_get_value() == Some(true) {
                again.update(|n| *n += 1);
            }
        });
    });
    load(
        again,
        move || api::of(id.clone()),
        move |appealing: Appealing| {
            follows.set_value(appealing.filed.is_some());
            show(appealing)
        },
    )
}

fn show(appealing: Appealing) -> AnyView {
    let words = Appeals::here();
    let body = match (&appealing.filed, appealing.until) {
        (Some(_), _) => followed(&appealing),
        (None, Some(_)) => writing(&appealing),
        (None, None) => view! { <div class="notice"><p>{words.closed}</p></div> }.into_any(),
    };
    let back = routes::application(&appealing.application_id);
    let main = view! {
        <p class="eyebrow num">{Filing::here().application}" "{appealing.number.clone()}</p>
        <h1>{words.title}</h1>
        {body}
        <p><a class="btn quiet" href=back>{words.back}</a></p>
    };
    let aside = view! {
        <div class="card flow">
            <h2>{words.how_title}</h2>
            <p>{words.how_text}</p>
            <p>{words.term}" "{crate::text::days(lang(), appealing.term_days)}"."</p>
        </div>
        <p class="hint">{words.either}</p>
    };
    pieces::page(words.title, pieces::columns(main.into_any(), aside.into_any()))
}

/// The refusal, so that one need not remember it while writing.
fn refusal(appealing: &Appealing) -> AnyView {
    view! {
        <section class="card flow tight" aria-labelledby="why">
            <h2 id="why">{Appeals::here().why}</h2>
            {reasons::list(&appealing.reasons, &appealing.remedies)}
            {appealing.message.clone().map(|text| view! { <p><b>{Filing::here().clerk_writes}": "</b>{text}</p> })}
        </section>
    }
    .into_any()
}

fn writing(appealing: &Appealing) -> AnyView {
    let words = Appeals::here();
    let form = Form::new(Judged { fields: FIELDS, check: |_, _| FieldErrors::default() }, Values::default());
    let papers = &appealing.documents;
    let evidence = match papers.rows.is_empty() {
        true => view! { <p class="hint">{Papers::here().list_empty}</p> }.into_any(),
        false => crate::documents::rows::readable(&papers.rows),
    };
    view! {
        <p>{words.lead}</p>
        {appealing.until.map(|at| view! { <p><b>{words.until}" "{moment(at)}</b></p> })}
        {refusal(appealing)}
        <section class="card flow tight" aria-labelledby="evidence">
            <h2 id="evidence">{words.evidence}</h2>
            <p class="hint">{words.evidence_hint}</p>
            {evidence}
            <p><a href=routes::documents(&appealing.application_id)>{words.evidence_add}</a></p>
        </section>
        <form id="appeal-form" class="form flow" method="post" action=routes::appeal(&appealing.application_id)>
            {error_summary(form)}
            {grounds(form)}
            <div class="actions">
                <button type="submit" class="btn primary" data-action="submit">{words.send}</button>
            </div>
        </form>
    }
    .into_any()
}

fn grounds(form: Form) -> AnyView {
    let field = Field::Grounds;
    let (id, shown) = (field.id(), form.shown(field));
    let typed = form.initial(field).trim_start().to_owned();
    let rows = "8";
    let longest = GROUNDS_LENGTH.end().to_string();
    let described = "grounds-hint grounds-error";
    let bad = is_bad(shown);
    // An empty text node would leave a mark of its own in the box.
    let control = match typed.is_empty() {
        true => view! {
            <textarea id=id name=id class="w-full" rows=rows maxlength=longest aria-describedby=described aria-invalid=bad aria-required="true"></textarea>
        }
        .into_any(),
        false => view! {
            <textarea id=id name=id class="w-full" rows=rows maxlength=longest aria-describedby=described aria-invalid=bad aria-required="true">
                {typed}
            </textarea>
        }
        .into_any(),
    };
    view! {
        <div class="field" data-state=state(shown)>
            <label for=id>{fields::label(lang(), field)}</label>
            <span class="hint" id="grounds-hint">{fields::hint(lang(), field)}</span>
            <p class="error" id="grounds-error">{message(shown)}</p>
            {control}
        </div>
    }
    .into_any()
}

fn followed(appealing: &Appealing) -> AnyView {
    let words = Appeals::here();
    let Some(filed) = &appealing.filed else {
        return ().into_any();
    };
    let withdraw = filed.stage.is_open().then(|| {
        let to = routes::appeal(&appealing.application_id) + "?act=withdraw";
        pieces::post_button(to, "btn link", words.withdraw)
    });
    view! {
        <section class="card now flow tight" aria-labelledby="stage">
            <h2 id="stage">{words.stage}</h2>
            {track(filed)}
        </section>
        <section class="card flow tight" aria-labelledby="said">
            <h2 id="said">{words.you_wrote}</h2>
            <p class="wrapped">{filed.grounds.clone()}</p>
        </section>
        {block::section(&appealing.documents)}
        {refusal(appealing)}
        {withdraw}
    }
    .into_any()
}
