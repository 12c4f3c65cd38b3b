//! `/cabinet/documents`: all documents of a person, by application (DOC-3).

use super::view::OfApplication;
use super::{api, rows};
use crate::routes;
use crate::text::documents::{Papers, status_or_draft};
use crate::text::filing::Filing;
use crate::ui::load::load;
use crate::ui::pieces;
use crate::visitor::lang;
use domain::applications::{Status, Step};
use leptos::prelude::*;

pub fn page() -> AnyView {
    let words = Papers::here();
    let shown = load(RwSignal::new(0), api::mine, move |all: Vec<OfApplication>| {
        if all.is_empty() {
            let to = view! { <a class="btn primary" href=routes::APPLICATIONS>{Filing::here().continue_draft}</a> };
            return pieces::empty(words.mine_empty_title, words.mine_empty_text, to.into_any());
        }
        view! { <div class="flow loose">{all.into_iter().map(one).collect_view()}</div> }.into_any()
    });
    let body = view! { {pieces::in_cabinet()}<h1>{words.mine_title}</h1><p class="hint">{words.who_sees}</p>{shown} };
    pieces::page(words.mine_title, pieces::column(body.into_any()))
}

fn one(of: OfApplication) -> AnyView {
    let words = Papers::here();
    let (to, title) = match &of.number {
        Some(number) => (routes::application(&of.id), format!("{} {number}", words.application)),
        None => (routes::step(&of.id, Step::Review), words.draft.to_owned()),
    };
    let open = !of.status.is_some_and(Status::is_final);
    view! {
        <section class="card flow">
            <div class="row apart">
                <h2><a href=to>{title.clone()}</a></h2>
                {open.then(|| view! {
                    <a href=routes::documents(&of.id)>{words.add_more}<span class="vh">": "{title}</span></a>
                })}
            </div>
            <p class="eyebrow">{status_or_draft(lang(), of.status)}</p>
            {rows::readable(&of.rows)}
        </section>
    }
    .into_any()
}
