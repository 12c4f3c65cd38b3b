//! `/login` (AUTH-1).

use super::api;
use crate::text::accounts::Accounts;
use crate::text::{Frame, SessionEnd};
use crate::ui::field::{field, main_button};
use crate::ui::form::{Form, Sending, form_view};
use crate::ui::pieces;
use crate::ui::summary::error_summary;
use crate::visitor::visitor;
use crate::{browser, routes};
use domain::{Field, Values};
use judge::forms;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use std::sync::Arc;

pub fn page() -> AnyView {
    let words = Accounts::here();
    let (next, ended) = use_query_map().with_untracked(|q| (q.get("next"), q.get("ended").is_some()));
    let next_after = next.clone();
    let form = Form::new(forms::sign_in(), Values::default());
    let send = Arc::new(move |values| Box::pin(api::login(values, next.clone())) as Sending);
    let fields = move || {
        view! {
            {error_summary(form)}
            {field(form, Field::Login)}
            {field(form, Field::Password)}
            <div class="actions">
                {main_button(form, "submit", words.login_button)}
                <a class="btn quiet" href=routes::RECOVER>{words.forgot}</a>
                <a class="btn quiet" href=routes::REGISTER>{words.no_account}" "{Frame::here().register}</a>
            </div>
        }
        .into_any()
    };
    let lead = if ended {
        let words = SessionEnd::here();
        view! { <div class="notice wait"><h2>{words.ended}</h2><p>{words.ended_text}</p></div> }.into_any()
    } else {
        view! { <p>{words.login_lead}</p> }.into_any()
    };
    let body = view! {
        <h1>{words.login_title}</h1>
        {lead}
        {form_view(form, forms::SIGN_IN, send, fields)}
        {with_passkey()}
        {with_doors(next_after)}
    };
    pieces::page(words.login_title, pieces::column(body.into_any()))
}

/// The button for who has a passkey; its place is kept until the script that knows them is here.
pub fn with_passkey() -> AnyView {
    browser::script("/passkeys.js");
    view! {
        <div class="flow" data-passkey="" data-passkey-box="">
            <p class="error" role="alert" data-passkey-said=""></p>
            <p><button type="button" class="btn" data-passkey="login">{Accounts::here().with_passkey}</button></p>
        </div>
    }
    .into_any()
}

/// Links to the providers of identities that are set up here. The browser follows them, not the router: they lead away.
pub fn with_doors(next: Option<String>) -> AnyView {
    let after = next.map(|next| format!("?next={}", next.replace('#', "%23"))).unwrap_or_default();
    let rows = visitor().doors.into_iter().map(|(to, name)| {
        let words = format!("{} {name}", Accounts::here().through);
        view! { <p><a class="btn" rel="external" href=to + &after>{words}</a></p> }
    });
    rows.collect_view().into_any()
}
