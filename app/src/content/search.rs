//! `/search?q=`.

use super::api;
use super::home::search_field;
use super::view::SearchPage;
use crate::text::content::Content;
use crate::ui::load::asked;
use crate::ui::pieces;
use leptos::prelude::*;

pub fn page() -> AnyView {
    let words = Content::here();
    let (query, shown) = asked(api::search, move |_, found: SearchPage| {
        let recognised = found.recognised.map(|(link, about)| {
            view! {
                <section class="card flow">
                    <p class="eyebrow">{words.recognised}</p>
                    <h2><a href=link.to>{link.text}</a></h2>
                    <p>{about}</p>
                </section>
            }
        });
        let nothing = recognised.is_none() && found.hits.is_empty();
        let hits = found
            .hits
            .into_iter()
            .map(|(link, about)| {
                view! { <li class="card"><h2><a href=link.to>{link.text}</a></h2><p>{about}</p></li> }
            })
            .collect_view();
        view! {
            {recognised}
            <ul class="plain flow">{hits}</ul>
            {nothing.then(|| view! { <div class="empty"><h2>{words.nothing}</h2><p>{words.nothing_text}</p></div> })}
        }
        .into_any()
    });
    let body = view! {
        <h1>{words.search_label}</h1>
        {search_field(query)}
        {shown}
    };
    pieces::page(words.search_label, pieces::column(body.into_any()))
}
