//! `/`: one search field, and the services.

use super::api;
use super::view::Page;
use super::words;
use crate::routes;
use crate::text::content::Content;
use crate::ui::load::load_part;
use crate::ui::pieces;
use leptos::prelude::*;

pub fn page() -> AnyView {
    let words = Content::here();
    let often = [(": ", words.often_1), (" · ", words.often_2), (" · ", words.often_3)]
        .map(|(before, q)| view! { {before}<a href=format!("{}?q={}", routes::SEARCH, q.replace(' ', "+"))>{q}</a> })
        .into_iter()
        .collect_view();
    let services = load_part(
        RwSignal::new(0),
        || api::page(routes::HOME.to_owned()),
        |page: Page| page.blocks.into_iter().map(words::block).collect::<Vec<AnyView>>().into_any(),
    );
    let body = view! {
        <section class="hero">
            <h1>{words.home_title}</h1>
            {search_field(String::new())}
            <p class="hint">{words.often}{often}</p>
        </section>
        <section class="flow">
            <h2>{words.services}</h2>
            {services}
        </section>
        <section class="flow prose">
            <h2>{words.promise_title}</h2>
            <ol>
                <li>{words.promise_1}</li>
                <li>{words.promise_2}</li>
                <li>{words.promise_3}</li>
            </ol>
        </section>
    };
    pieces::page(words.home_title, pieces::column(body.into_any()))
}

/// The search field (NAV-3). A plain GET: works the same with and without wasm.
pub fn search_field(query: String) -> AnyView {
    let words = Content::here();
    view! {
        <form class="search" role="search" action=routes::SEARCH>
            <input
                type="search"
                name="q"
                id="q"
                aria-label=words.search_label
                placeholder=words.search_hint
                autocomplete="off"
                maxlength="200"
                value=query
            />
            <button type="submit">{words.find}</button>
        </form>
    }
    .into_any()
}
