//! `/register` (REG-1).

use super::api;
use super::login::with_doors;
use crate::routes;
use crate::text::accounts::Accounts;
use crate::text::{FormWords, Frame};
use crate::ui::field::{Typing, checkbox, field, field_typed, row};
use crate::ui::form::{Form, form_view};
use crate::ui::pieces;
use crate::ui::summary::error_summary;
use crate::visitor::visitor;
use domain::{Field, Values};
use judge::forms;
use leptos::prelude::*;
use std::sync::Arc;

pub fn page() -> AnyView {
    let words = Accounts::here();
    let form = Form::new(forms::sign_up(), Values::default());
    let new_password = Typing { autocomplete: "new-password", ..Typing::of(Field::Password) };
    let fields = move || {
        view! {
            {error_summary(form)}
            <h2>{words.who}</h2>
            {field(form, Field::LastName)}
            {field(form, Field::FirstName)}
            {field(form, Field::MiddleName)}
            <h2>{words.passport}</h2>
            {row(vec![field(form, Field::PassportSeries), field(form, Field::PassportNumber)])}
            {field(form, Field::Inn)}
            <h2>{words.contacts}</h2>
            {field(form, Field::Phone)}
            {field(form, Field::Email)}
            <h2>{words.password}</h2>
            {field_typed(form, Field::Password, new_password)}
            {field(form, Field::PasswordAgain)}
            {checkbox(form, Field::Consent, words.consent_label.into_any())}
            <p class="small"><a href="/help/consent" target="_blank">{words.consent_read}</a></p>
            <div class="actions">
                {crate::ui::field::main_button(form, "submit", FormWords::here().send)}
                <a class="btn quiet" href=routes::LOGIN>{words.has_account}" "{Frame::here().log_in}</a>
            </div>
        }
        .into_any()
    };
    let main = view! {
        <h1>{words.register_title}</h1>
        <p>{words.register_lead}</p>
        {told()}
        {form_view(form, forms::SIGN_UP, Arc::new(|values| Box::pin(api::register(values))), fields)}
    };
    let aside = view! {
        <div class="notice">
            <h2>{words.why_passport}</h2>
            <p>{words.why_passport_text}</p>
        </div>
        <p class="hint">{words.register_next}</p>
        <p><a href=routes::REGISTER_EMAIL>{words.by_email}</a></p>
    };
    pieces::page(words.register_title, pieces::columns(main.into_any(), aside.into_any()))
}

/// Who came through a provider of identities is told what was filled in; anybody else may go that way.
fn told() -> AnyView {
    match visitor().told {
        told if told.is_empty() => with_doors(None),
        told => view! {
            <div class="notice ok">
                <p>{told}</p>
                {pieces::post_button(format!("{}?act=forget", routes::REGISTER), "btn link", Accounts::here().told_not_mine)}
            </div>
        }
        .into_any(),
    }
}
