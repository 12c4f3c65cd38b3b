//! Any page of words: its text comes from the server as blocks, so that it is not part of the wasm.

use super::api;
use super::forms;
use super::view::{Block, Link, Page};
use crate::pages;
use crate::ui::load::load;
use crate::ui::pieces;
use leptos::prelude::*;
use leptos_router::hooks::use_location;

/// The page for every path that no other page claims; the server answers «not found» for the rest. From one such page to
/// another it stays and asks anew.
pub fn page() -> AnyView {
    let path = use_location().pathname;
    let again = RwSignal::new(0);
    // What was asked last: the router may show this page before it has written down where it is.
    let asked = StoredValue::new(path.get_untracked());
    Effect::new(move |_| {
        let now = path.get();
        // On the way to a page of its own this one is about to end.
        if asked.get_value() != now && !pages::claims(&now) {
            again.update(|n| *n += 1);
        }
    });
    let fetch = move || {
        let path = path.get_untracked();
        asked.set_value(path.clone());
        api::page(path)
    };
    load(again, fetch, show)
}

fn show(page: Page) -> AnyView {
    let trail =
        (!page.trail.is_empty()).then(|| pieces::crumbs(page.trail.into_iter().map(|l| (l.to, l.text)).collect()));
    let lead = (!page.lead.is_empty()).then(|| view! { <p>{page.lead}</p> });
    let title = page.title.clone();
    let refused = forms::prepare(&page.blocks);
    let body = view! {
        {trail}
        <h1>{page.title}</h1>
        {lead}
        {refused}
        {page.blocks.into_iter().map(block).collect::<Vec<AnyView>>()}
    };
    pieces::page(title, view! { <div class="wrap page"><div class="flow">{body}</div></div> }.into_any())
}

pub(super) fn anchor(link: Link, class: &'static str) -> AnyView {
    view! { <a href=link.to class=class>{link.text}</a> }.into_any()
}

pub fn block(block: Block) -> AnyView {
    match block {
        Block::Heading(text) => view! { <h2>{text}</h2> }.into_any(),
        Block::Text(text) => view! { <p class="prose">{text}</p> }.into_any(),
        Block::List(items) => {
            let items = items.into_iter().map(|i| view! { <li>{i}</li> }).collect_view();
            view! { <ul class="prose">{items}</ul> }.into_any()
        }
        Block::Steps(items) => {
            let items = items.into_iter().map(|i| view! { <li>{i}</li> }).collect_view();
            view! { <ol class="prose">{items}</ol> }.into_any()
        }
        Block::Facts(rows) => {
            let rows = rows.into_iter().map(|(n, v)| view! { <div><dt>{n}</dt><dd>{v}</dd></div> }).collect_view();
            view! { <dl class="facts">{rows}</dl> }.into_any()
        }
        Block::Tiles(tiles) => {
            let tiles = tiles
                .into_iter()
                .map(|(link, about, mark)| {
                    let mark = (!mark.is_empty()).then(|| view! { <p><span class="badge wait">{mark}</span></p> });
                    view! { <li><a class="card" href=link.to><h3>{link.text}</h3><p>{about}</p>{mark}</a></li> }
                })
                .collect_view();
            view! { <ul class="tiles">{tiles}</ul> }.into_any()
        }
        Block::Links(links) => {
            let links = links.into_iter().map(|l| view! { <li>{anchor(l, "")}</li> }).collect_view();
            view! { <ul>{links}</ul> }.into_any()
        }
        Block::Start(link) => view! { <p>{anchor(link, "btn primary")}</p> }.into_any(),
        Block::Also(link) => view! { <p>{anchor(link, "btn")}</p> }.into_any(),
        Block::Away(link) => view! { <p><a href=link.to class="btn" rel="external">{link.text}</a></p> }.into_any(),
        Block::Note(text) => view! { <div class="notice prose"><p>{text}</p></div> }.into_any(),
        Block::Fold(title, texts) => {
            let texts = texts.into_iter().map(|t| view! { <p>{t}</p> }).collect_view();
            view! { <details class="more"><summary>{title}</summary>{texts}</details> }.into_any()
        }
        Block::State(name, word, kind) => {
            view! { <p>{name}" "<span class=format!("badge {kind}")>{word}</span></p> }.into_any()
        }
        Block::Notice(kind, title, text) => {
            view! { <div class=format!("notice prose {kind}")><h2>{title}</h2><p>{text}</p></div> }.into_any()
        }
        Block::Download(link) => {
            view! { <p><a href=link.to class="btn" rel="external" download="">{link.text}</a></p> }.into_any()
        }
        other => forms::block(other),
    }
}
