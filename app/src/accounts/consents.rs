//! `/cabinet/consents` (CON-2, CON-3).

use super::api;
use super::view::Consent;
use crate::text::accounts::{Accounts, OwnData};
use crate::ui::load::load_part;
use crate::ui::pieces::{self, facts, moment, post_button, text};
use leptos::prelude::*;

pub fn page() -> AnyView {
    let words = Accounts::here();
    let shown = load_part(RwSignal::new(0), api::consents, move |all: Vec<Consent>| {
        let given = all.iter().any(|c| c.withdrawn_at.is_none());
        let cards = all.into_iter().map(|c| card(words, c)).collect_view();
        let action = if given {
            view! {
                <p class="hint">{OwnData::here().withdraw_about}</p>
                {post_button("/cabinet/consents?act=withdraw".to_owned(), "btn danger", words.withdraw)}
            }
            .into_any()
        } else {
            view! {
                <p>{OwnData::here().consent_blocked}</p>
                {post_button("/cabinet/consents?act=give".to_owned(), "btn primary", words.give_again)}
            }
            .into_any()
        };
        view! { {cards} {action} }.into_any()
    });
    let body = view! {
        {pieces::in_cabinet()}
        <h1>{words.consents}</h1>
        <p><a href="/help/consent">{words.consent_read}</a></p>
        {shown}
    };
    pieces::page(words.consents, pieces::column(body.into_any()))
}

fn card(words: &'static Accounts, c: Consent) -> AnyView {
    let title = match c.purpose.as_str() {
        "account" => words.purpose_account,
        "mailboxes" => words.purpose_mailboxes,
        _ => words.purpose_notifications,
    };
    let mut rows = vec![
        (words.consent_given, moment(c.given_at)),
        (words.consent_version, text(c.version)),
        (words.consent_hash, view! { <code class="small">{c.hash}</code> }.into_any()),
    ];
    if let Some(at) = c.withdrawn_at {
        rows.push((words.consent_withdrawn, moment(at)));
    }
    view! { <section class="card flow"><h2>{title}</h2>{facts(rows)}</section> }.into_any()
}
