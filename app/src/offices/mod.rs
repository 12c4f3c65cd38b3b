//! The directory of post offices.

pub mod api;
#[cfg(feature = "ssr")]
pub mod desk;
pub mod view;

use crate::routes;
use crate::text::content::Content;
use crate::ui::load::{asked, load};
use crate::ui::pieces::{self, facts, text};
use domain::reference::PostalKind;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use view::{IndexAnswer, OfficeRow};

/// `/offices?q=`: search by index, town or name.
pub fn page() -> AnyView {
    let words = Content::here();
    let (query, shown) = asked(api::find_offices, move |query, rows: Vec<OfficeRow>| {
        if rows.is_empty() {
            return view! { <p hidden=query.is_empty()>{words.offices_none}</p> }.into_any();
        }
        let rows = rows
            .into_iter()
            .map(|o| {
                view! {
                    <li class="card">
                        <h2><a href=routes::office(&o.index)><span class="num">{o.index.clone()}</span>" "{o.name}</a></h2>
                        <p class="hint">{kind(words, o.kind)}" · "{o.place}</p>
                    </li>
                }
            })
            .collect_view();
        view! { <ul class="plain flow">{rows}</ul> }.into_any()
    });
    let body = view! {
        <h1>{words.offices_title}</h1>
        <p>{words.offices_lead}</p>
        <form class="search" role="search" action=routes::OFFICES>
            <input
                type="search"
                name="q"
                id="q"
                aria-label=words.offices_label
                placeholder=words.offices_label
                maxlength="100"
                value=query
            />
            <button type="submit">{words.find}</button>
        </form>
        {shown}
    };
    pieces::page(words.offices_title, pieces::column(body.into_any()))
}

/// `/offices/{index}`.
pub fn one() -> AnyView {
    let words = Content::here();
    let index = use_params_map().with_untracked(|p| p.get("index")).unwrap_or_default();
    load(
        RwSignal::new(0),
        move || api::postcode(index.clone()),
        move |found: IndexAnswer| {
            let Some(place) = found.place else {
                return crate::ui::frame::not_found();
            };
            let o = place.object;
            let title = format!("{} {}", o.index, o.name);
            let serves =
                o.kind.serves_visitors().then(|| view! { <p><span class="badge ok">{words.serves}</span></p> });
            let body = view! {
                <nav class="crumbs"><ol><li><a href=routes::OFFICES>{words.offices_title}</a></li></ol></nav>
                <h1 class="num">{title.clone()}</h1>
                {serves}
                {facts(vec![(words.kind, text(kind(words, o.kind))), (words.place, text(place.words))])}
            };
            pieces::page(title, pieces::column(body.into_any()))
        },
    )
}

fn kind(words: &'static Content, kind: PostalKind) -> &'static str {
    match kind {
        PostalKind::Office => words.kind_office,
        PostalKind::Main => words.kind_main,
        PostalKind::Mobile => words.kind_mobile,
        PostalKind::Agent => words.kind_agent,
        PostalKind::Pickup => words.kind_pickup,
        PostalKind::Locker => words.kind_locker,
        PostalKind::Internal => words.kind_internal,
    }
}
