//! «Проверить данные без входа» (M3): the rules that would refuse, run before anything is sent.

use super::places::{contradicted, known_issuers, known_place};
use crate::routes;
use crate::text::filing::Filing;
use crate::ui::field::{field, main_button, row};
use crate::ui::form::{Form, Next, Sending, form_view};
use crate::ui::pieces;
use crate::ui::summary::error_summary;
use domain::{Field, Values};
use judge::forms;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use std::sync::Arc;

pub fn page() -> AnyView {
    let words = Filing::here();
    let good = use_query_map().with_untracked(|q| q.get("good").is_some());
    let form = Form::new(forms::rehearsal(), Values::default());
    let passed = RwSignal::new(good);
    known_place(form, Field::RegistrationPostcode);
    // Nothing is sent: the page itself has judged by the time this runs, all but what the directory knows of the index.
    let send = Arc::new(move |values: Values| {
        Box::pin(async move {
            if let Some(refused) = contradicted(&values, Field::RegistrationPostcode).await {
                return Err(refused);
            }
            passed.set(true);
            Ok(Next::to(routes::REHEARSAL))
        }) as Sending
    });
    Effect::new(move |_| {
        if form.typed.get() > 0 {
            passed.set(false);
        }
    });
    let fields = move || {
        view! {
            {error_summary(form)}
            {field(form, Field::LastName)}
            {field(form, Field::FirstName)}
            {field(form, Field::MiddleName)}
            {field(form, Field::BirthDate)}
            {row(vec![
                field(form, Field::PassportSeries),
                field(form, Field::PassportNumber),
                field(form, Field::PassportIssueDate),
            ])}
            {field(form, Field::PassportDepartmentCode)}
            {field(form, Field::PassportIssuer)}
            {known_issuers(form)}
            {row(vec![field(form, Field::Snils), field(form, Field::Inn)])}
            {row(vec![field(form, Field::Phone), field(form, Field::Email)])}
            {field(form, Field::RegistrationPostcode)}
            {field(form, Field::RegistrationAddress)}
            <div class="notice ok" role="status" hidden=move || !passed.get()>
                <p>{words.rehearsal_good}</p>
                <p><a href=routes::NEW_APPLICATION>{words.start}</a></p>
            </div>
            <div class="actions">{main_button(form, "submit", words.rehearsal_button)}</div>
        }
        .into_any()
    };
    let main = view! {
        <h1>{words.rehearsal_title}</h1>
        <p>{words.rehearsal_lead}</p>
        <noscript><p>{words.rehearsal_plain}</p></noscript>
        {form_view(form, forms::REHEARSAL, send, fields)}
    };
    let aside = view! {
        <div class="card flow"><h2>{words.passport_where}</h2><p class="hint">{words.passport_where_text}</p></div>
    };
    pieces::page(words.rehearsal_title, pieces::columns(main.into_any(), aside.into_any()))
}
