//! `/register/phone` (REG-2) and `/login/code` (AUTH-1): six digits from an SMS.

use super::api;
use super::view::CodeSent;
use crate::text::FormWords;
use crate::text::accounts::Accounts;
use crate::ui::field::{field, main_button};
use crate::ui::form::{Form, Sender, error_summary, form_view};
use crate::ui::load::load_part;
use crate::ui::pieces;
use crate::{browser, routes};
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

pub fn phone_page() -> AnyView {
    page(Accounts::here().phone_title, routes::REGISTER, Arc::new(|values| Box::pin(api::confirm_phone(values))))
}

pub fn login_page() -> AnyView {
    page(Accounts::here().login_code_title, routes::LOGIN, Arc::new(|values| Box::pin(api::login_code(values))))
}

fn page(title: &'static str, back: &'static str, send: Sender) -> AnyView {
    let words = Accounts::here();
    let form = Form::new(Judged { fields: CODE, check }, Values::default());
    let again = RwSignal::new(0);
    let fields = move || {
        view! {
            {error_summary(form)}
            {field(form, Field::Code)}
            <div class="actions">
                {main_button(form, "submit", words.confirm)}
                <a class="btn quiet" href=back>{FormWords::here().back}</a>
            </div>
        }
        .into_any()
    };
    let sent = load_part(again, api::code_sent, move |sent: CodeSent| {
        view! {
            <p>{words.sent_to}" "<b class="num">{sent.to.clone()}</b>". "{words.code_valid}</p>
        }
        .into_any()
    });
    let main = view! {
        <h1>{title}</h1>
        {sent}
        {form_view(form, "code-form", send, fields)}
        {resend(again)}
    };
    let aside = view! {
        <div class="notice">
            <h2>{words.no_code}</h2>
            <p>{words.no_code_text}</p>
            <p><a href=back>{words.wrong_number}</a></p>
        </div>
    };
    pieces::page(title, pieces::columns(main.into_any(), aside.into_any()))
}

/// Asks for another code; without wasm by a POST to the same page.
fn resend(again: RwSignal<u32>) -> AnyView {
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
                    browser::focus_soon("code");
                }
                Err(error) => {
                    if let Some(form) = use_context::<Form>() {
                        form.refuse(error);
                    }
                }
            }
        });
    };
    view! {
        <form method="post" action="?resend=1" on:submit=ask>
            <button type="submit" class="btn link" aria-disabled=move || (wait.get() > 0).then_some("true")>
                {words.again}
            </button>
            <span class="hint num" hidden=move || wait.get() == 0>
                " "{words.again_in}" "{move || wait.get()}" "{words.seconds}
            </span>
        </form>
    }
    .into_any()
}
