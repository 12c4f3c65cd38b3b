//! `/register/email/{token}` (REG-3). Opening the link changes nothing: mail scanners open links too.

use super::api;
use crate::text::accounts::Accounts;
use crate::ui::field::main_button;
use crate::ui::form::{Form, form_view};
use crate::ui::pieces;
use crate::ui::summary::error_summary;
use domain::{FieldErrors, Values};
use judge::forms::Judged;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use std::sync::Arc;

pub fn page() -> AnyView {
    let words = Accounts::here();
    let token = use_params_map().with_untracked(|p| p.get("token")).unwrap_or_default();
    let form = Form::new(Judged { fields: &[], check: |_, _| FieldErrors::default() }, Values::default());
    let send = Arc::new(move |_| {
        let token = token.clone();
        Box::pin(api::confirm_email(token)) as crate::ui::form::Sending
    });
    let body = view! {
        <h1>{words.email_title}</h1>
        <p>{words.email_lead}</p>
        {form_view(form, "email-form", send, move || {
            view! {
                {error_summary(form)}
                <div class="actions">{main_button(form, "submit", words.email_button)}</div>
            }
            .into_any()
        })}
    };
    pieces::page(words.email_title, pieces::column(body.into_any()))
}
