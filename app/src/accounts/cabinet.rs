//! `/cabinet`: where one is after logging in.

use crate::routes;
use crate::text::Frame;
use crate::text::accounts::{Accounts, OwnData};
use crate::text::documents::Papers;
use crate::text::notices::Notices;
use crate::ui::{load, pieces};
use crate::visitor::visitor;
use crate::{browser, error::AppError};
use domain::Code;
use domain::access::Level;
use leptos::prelude::*;

pub fn page() -> AnyView {
    let words = Accounts::here();
    let Some(citizen) = visitor().citizen else {
        return load::refusal(AppError::local(Code::NoSession));
    };
    let tile = |to: &'static str, title: &'static str, about: &'static str| {
        view! { <li><a class="card" href=to><h2>{title}</h2><p>{about}</p></a></li> }
    };
    // What is missing, and where it is given; without a place, the letter has been sent.
    let (missing, place) = match citizen.level {
        Level::Email => (words.phone_pending, Some((routes::CONTACTS_PHONE, words.phone_add))),
        _ if !citizen.has_email => (words.email_missing, Some((routes::CONTACTS_EMAIL, words.email_add))),
        _ => (words.email_pending, None),
    };
    let pending = (citizen.level < Level::Confirmed).then(|| {
        view! {
            <div class="notice wait">
                <p>{missing}</p>
                {match place {
                    Some((to, text)) => view! { <a href=to>{text}</a> }.into_any(),
                    None => pieces::post_button("/cabinet/resend-email".to_owned(), "btn link", words.email_again),
                }}
            </div>
        }
    });
    let blocked = (!citizen.consent).then(|| {
        view! {
            <div class="notice bad">
                <p>{OwnData::here().consent_blocked}" "<a href=routes::CONSENTS>{words.give_again}</a></p>
            </div>
        }
    });
    let body = view! {
        <h1>{words.hello}" "{citizen.first_name}</h1>
        <p>
            <span class=badge(citizen.level)>{words.level}": "{level(words, citizen.level)}</span>
        </p>
        {pending}
        {blocked}
        <ul class="tiles">
            {tile(routes::NEW_APPLICATION, words.new_application, words.new_application_about)}
            {tile(routes::APPLICATIONS, Frame::here().my_applications, words.my_applications_about)}
            {tile(routes::MAILBOXES, words.mailboxes, words.mailboxes_about)}
            {tile(routes::POST_ACCOUNT, words.post, words.post_about)}
            {tile(routes::DOCUMENTS, Papers::here().mine_title, Papers::here().mine_about)}
            {tile(routes::PROFILE, words.profile, words.profile_about)}
            {tile(routes::NOTICES, Notices::here().title, Notices::here().about)}
            {tile(routes::SECURITY, words.security, words.security_about)}
            {tile(routes::DATA, words.data, words.data_about)}
            {tile(routes::ACCESS, words.access, words.access_about)}
            {tile(routes::CONSENTS, words.consents, words.consents_about)}
            {tile(routes::JOURNAL, words.journal, words.journal_about)}
        </ul>
        {log_out()}
    };
    pieces::page(words.cabinet_title, pieces::column(body.into_any()))
}

pub fn level(words: &Accounts, level: Level) -> &'static str {
    match level {
        Level::Created => words.level_created,
        Level::Email => words.level_email,
        Level::Phone => words.level_phone,
        Level::Confirmed => words.level_confirmed,
    }
}

fn badge(level: Level) -> &'static str {
    if level == Level::Confirmed { "badge ok" } else { "badge wait" }
}

/// Logging out wipes the drafts of this device first (E21).
pub fn log_out() -> AnyView {
    let leave = move |event: leptos::web_sys::SubmitEvent| {
        event.prevent_default();
        let form = browser::form_of(&event);
        leptos::task::spawn_local(async move {
            browser::drafts::wipe().await;
            if let Some(form) = form {
                let _ = form.submit();
            }
        });
    };
    view! {
        <form method="post" action=routes::LOGOUT on:submit=leave>
            <button type="submit" class="btn">{Frame::here().log_out}</button>
        </form>
    }
    .into_any()
}
