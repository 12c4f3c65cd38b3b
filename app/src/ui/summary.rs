//! What is wrong with a form, in one place above it.

use crate::routes;
use crate::ui::form::Form;
use crate::visitor::lang;
use domain::Code;
use leptos::prelude::*;
use leptos_router::hooks::use_location;

/// The summary of what is wrong (E2): takes the focus, links each message to its control.
pub fn error_summary(form: Form) -> AnyView {
    let words = crate::text::FormWords::here();
    let title = move || {
        form.error.with(|e| match e {
            Some(e) if !e.fields.is_empty() => crate::text::correct_fields(lang(), e.fields.len()),
            Some(e) => e.message.clone(),
            None => String::new(),
        })
    };
    let links = move || {
        form.error.with(|e| {
            e.iter()
                .flat_map(|e| &e.fields)
                .map(|m| {
                    let label = crate::text::fields::label(lang(), m.field);
                    view! { <li><a rel="external" href=format!("#{}", m.field.id())>{label}": "{m.message.clone()}</a></li> }
                })
                .collect_view()
        })
    };
    let code = move || form.error.with(|e| e.as_ref().map(|e| e.code));
    let path = use_location().pathname;
    let login = move || matches!(code(), Some(Code::NoSession | Code::SessionExpired));
    view! {
        <div
            id="error-summary"
            class="error-summary"
            role="alert"
            tabindex="-1"
            hidden=move || form.error.with(|e| e.is_none())
        >
            <h2>{title}</h2>
            <ul>{links}</ul>
            <p>
                <a href=move || code().map_or_else(|| routes::ERRORS.to_owned(), routes::error)>
                    {move || code().map(|c| format!("{} {c}", words.what_means))}
                </a>
            </p>
            <p hidden=move || !login()>
                <a href=move || routes::login_then(&path.get())>{words.login_again}</a>
            </p>
        </div>
    }
    .into_any()
}
