//! `/register/phone` (REG-2) and `/login/code` (AUTH-1): six digits from an SMS.

use super::api;
use super::login::with_passkey;
use super::view::CodeSent;
use crate::text::FormWords;
use crate::text::accounts::Accounts;
use crate::text::fields;
use crate::ui::field::{checkbox, field, main_button};
use crate::ui::form::{Form, Sender, form_view};
use crate::ui::load::load_part;
use crate::ui::pieces;
use crate::ui::summary::error_summary;
use crate::visitor::lang;
use crate::{browser, routes};
use domain::accounts::factors::{SECOND, second_code};
use domain::accounts::{CODE, one_time_code};
use domain::{Field, FieldErrors, Values};
use judge::forms::Judged;
use leptos::prelude::*;
use std::sync::Arc;
use std::time::Duration;
use time::Date;

fn check(values: &Values, _: Date) -> FieldErrors {
    one_time_code(values).err().unwrap_or_default()
}

fn check_login(values: &Values, _: Date) -> FieldErrors {
    second_code(values).err().unwrap_or_default()
}

pub fn phone_page() -> AnyView {
    let words = Accounts::here();
    let form = Form::new(Judged { fields: CODE, check }, Values::default());
    let send: Sender = Arc::new(|values| Box::pin(api::confirm_phone(values)));
    page(words.phone_title, routes::REGISTER, form, send, None)
}

pub fn login_page() -> AnyView {
    let words = Accounts::here();
    let form = Form::new(Judged { fields: SECOND, check: check_login }, Values::default());
    let send: Sender = Arc::new(|values| Box::pin(api::login_code(values)));
    let more = view! {
        <details class="more">
            <summary>{words.use_backup}</summary>
            {field(form, Field::BackupCode)}
        </details>
        {checkbox(form, Field::TrustDevice, fields::label(lang(), Field::TrustDevice).into_any())}
    };
    page(words.login_code_title, routes::LOGIN, form, send, Some(more.into_any()))
}

fn page(title: &'static str, back: &'static str, form: Form, send: Sender, more: Option<AnyView>) -> AnyView {
    let words = Accounts::here();
    let login = more.is_some();
    let label = if login { words.by_message } else { words.again };
    let again = RwSignal::new(0);
    let controls = move || {
        view! {
            {error_summary(form)}
            {field(form, Field::Code)}
            {more}
            <div class="actions">
                {main_button(form, "submit", words.confirm)}
                <a class="btn quiet" href=back>{FormWords::here().back}</a>
            </div>
        }
        .into_any()
    };
    let sent = load_part(again, api::code_sent, move |sent: CodeSent| {
        let app = sent.app.then(|| view! { <p>{words.open_app}</p> });
        let sent = (!sent.to.is_empty())
            .then(|| view! { <p>{words.sent_to}" "<b class="num">{sent.to.clone()}</b>". "{words.code_valid}</p> });
        view! { {app}{sent} }.into_any()
    });
    let main = view! {
        <h1>{title}</h1>
        {sent}
        {form_view(form, "code-form", send, controls)}
        {resend(form, again, label)}
        {login.then(with_passkey)}
    };
    let aside = view! {
        <div class="notice">
            <h2>{words.no_code}</h2>
            <p>{words.no_code_text}</p>
            {(!login).then(|| view! { <p><a href=back>{words.wrong_number}</a></p> })}
        </div>
    };
    pieces::page(title, pieces::columns(main.into_any(), aside.into_any()))
}

/// Asks for another code; without wasm by a POST to the same page.
fn resend(form: Form, again: RwSignal<u32>, label: &'static str) -> AnyView {
    let words = Accounts::here();
    let wait = RwSignal::new(0u32);
    let tick = move || {
        if let Ok(handle) =
            set_interval_with_handle(move || wait.update(|s| *s = s.saturating_sub(1)), Duration::from_secs(1))
        {
            on_cleanup(move || handle.clear());
        }
    };
    Effect::new(move |_| {
        leptos::task::spawn_local(async move {
            if let Ok(sent) = api::code_sent().await {
                wait.set(sent.again_in);
            }
        });
        tick();
    });
    let ask = move |event: leptos::web_sys::SubmitEvent| {
        event.prevent_default();
        leptos::task::spawn_local(async move {
            match api::resend_code().await {
                Ok(sent) => {
                    wait.set(sent.again_in);
                    again.update(|n| *n += 1);
                    browser::focus::soon("code");
                }
                Err(error) => form.refuse(error),
            }
        });
    };
    view! {
        <form method="post" action="?resend=1" on:submit=ask>
            <button type="submit" class="btn link" aria-disabled=move || (wait.get() > 0).then_some("true")>
                {label}
            </button>
            <span class="hint num" hidden=move || wait.get() == 0>
                " "{words.again_in}" "{move || wait.get()}" "{words.seconds}
            </span>
        </form>
    }
    .into_any()
}
