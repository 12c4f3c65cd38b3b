//! The frame around every page: header, footer, banners, and the page for no connection.

use crate::browser;
use crate::routes;
use crate::text::{Frame, Missing};
use crate::ui::later::later;
use crate::ui::pieces;
use crate::visitor::{lang, visitor};
use leptos::prelude::*;
use leptos_router::hooks::use_location;

/// Set by the server in demonstrations: says where letters go.
#[derive(Clone, Copy, Default)]
pub struct Demo(pub bool);

pub fn header() -> AnyView {
    let words = Frame::here();
    let who = visitor();
    let path = use_location().pathname;
    let current = move |to: &'static str| {
        move || {
            path.with(|p| p == to || p.starts_with(to) && p.as_bytes().get(to.len()) == Some(&b'/')).then_some("page")
        }
    };
    let menu = [
        (routes::SERVICES, words.services),
        (routes::APPLICATIONS, words.my_applications),
        (routes::OFFICES, words.offices),
        (routes::HELP, words.help),
    ];
    let items = move || {
        menu.map(|(to, label)| view! { <li><a href=to aria-current=current(to)>{label}</a></li> }.into_any())
            .into_iter()
            .collect::<Vec<AnyView>>()
    };
    let citizen = who.citizen.clone();
    let bar = Box::new(move || {
        let account = match &citizen {
            Some(citizen) => view! {
                <a class="avatar" href=routes::CABINET>
                    <span aria-hidden="true">{citizen.initials.clone()}</span>
                    <span class="vh">{words.cabinet}": "{citizen.first_name.clone()}</span>
                </a>
            }
            .into_any(),
            None => view! { <a class="btn primary" href=routes::LOGIN>{words.log_in}</a> }.into_any(),
        };
        view! {
            <a class="brand" href=routes::HOME>
                <svg viewBox="0 0 32 32" fill="none" stroke="currentColor" stroke-width="2.4" aria-hidden="true">
                    <path d="M3 8h26v17H3z"></path>
                    <path d="m3.500 9 12.500 10 12.500-10"></path>
                </svg>
                {words.brand}
            </a>
            <nav class="nav" aria-label=words.main_menu><ul>{items()}</ul></nav>
            {account}
            <details class="menu">
                <summary>{words.menu}</summary>
                <nav aria-label=words.menu><ul>{items()}</ul></nav>
            </details>
        }
        .into_any()
    });
    view! {
        <a class="skip" rel="external" href="#main">{words.skip}</a>
        <header class="top">
            <div class="strip">
                <div class="wrap">
                    <form method="post" action=routes::SETTINGS on:submit=browser::drafts::keep_first>
                        <input type="hidden" name="large" value=if who.large { "" } else { "yes" }/>
                        <input type="hidden" name="back" value=move || path.get()/>
                        <button type="submit">{if who.large { words.large_off } else { words.large_on }}</button>
                    </form>
                    <form method="post" action=routes::SETTINGS on:submit=browser::drafts::keep_first>
                        <input type="hidden" name="lang" value=who.lang.other().tag()/>
                        <input type="hidden" name="back" value=move || path.get()/>
                        <button type="submit" lang=who.lang.other().tag()>{words.other_language}</button>
                    </form>
                </div>
            </div>
            <div class="wrap bar">
                {later(bar)}
            </div>
            {demo_banner()}
            {offline_banner()}
        </header>
    }
    .into_any()
}

fn demo_banner() -> AnyView {
    let words = Frame::here();
    let shown = SharedValue::new(|| use_context::<Demo>().unwrap_or_default().0).into_inner();
    shown
        .then(|| {
            view! {
                <div class="banner">
                    <div class="wrap">
                        <span>{words.demo}</span>
                        <a href="/demo/outbox" rel="external">{words.demo_outbox}</a>
                    </div>
                </div>
            }
        })
        .into_any()
}

fn offline_banner() -> AnyView {
    let offline = RwSignal::new(false);
    Effect::new(move |_| {
        offline.set(!browser::is_online());
        browser::on_connection(move |online| offline.set(!online));
        browser::when_back(move || offline.set(false));
    });
    view! {
        <div class="banner wait" role="status" hidden=move || !offline.get()>
            <div class="wrap">{Frame::here().offline}</div>
        </div>
    }
    .into_any()
}

/// The offer of a new version: taken when the person says so, never under their hands.
pub fn update_prompt() -> AnyView {
    let words = Frame::here();
    let ready = RwSignal::new(false);
    Effect::new(move |_| browser::install(move || ready.set(true)));
    view! {
        <div class="prompt" role="status" hidden=move || !ready.get()>
            <span>{words.update_ready}</span>
            <button type="button" class="btn" on:click=|_| browser::take_update()>{words.update_now}</button>
        </div>
    }
    .into_any()
}

pub fn footer() -> AnyView {
    let words = Frame::here();
    let inside = Box::new(move || {
        let link = |to: &'static str, label: &'static str| view! { <li><a href=to>{label}</a></li> };
        view! {
            <p><b>{words.brand}</b><br/>{words.footer_note}</p>
            <ul>
                {link(routes::SERVICES, words.services)}
                {link(routes::OFFICES, words.offices)}
                {link(routes::TRACKING, words.tracking)}
            </ul>
            <ul>
                {link(routes::HELP, words.help)}
                {link(routes::ERRORS, words.errors)}
                {link(routes::STATUS, words.status)}
            </ul>
        }
        .into_any()
    });
    view! {
        <footer class="foot">
            <div class="wrap">
                {later(inside)}
            </div>
        </footer>
    }
    .into_any()
}

/// What the installed app shows without a connection: why, and the drafts that are here.
pub fn offline_page() -> AnyView {
    let words = Missing::here();
    let body = view! { <h1>{words.offline_title}</h1>{offline(words)} };
    pieces::page(words.offline_title, pieces::column(body.into_any()))
}

/// The same within a page that has a heading already.
pub fn offline_part() -> AnyView {
    let words = Missing::here();
    view! { <section class="flow"><h2>{words.offline_title}</h2>{offline(words)}</section> }.into_any()
}

fn offline(words: &'static Missing) -> AnyView {
    let drafts = RwSignal::new(Vec::<String>::new());
    Effect::new(move |_| {
        leptos::task::spawn_local(async move { drafts.set(browser::drafts::paths().await) });
    });
    let list = move || {
        drafts.with(|all| {
            all.iter()
                .map(|path| view! { <li><a href=path.clone()>{crate::text::page_name(lang(), path)}</a></li> })
                .collect_view()
        })
    };
    view! {
        <p>{words.offline_text}</p>
        <h2>{words.drafts}</h2>
        <p hidden=move || drafts.with(|d| !d.is_empty())>{words.no_drafts}</p>
        <ul class="outbox">{list}</ul>
    }
    .into_any()
}

/// The page for an address that leads nowhere.
pub fn not_found() -> AnyView {
    let words = Missing::here();
    #[cfg(feature = "ssr")]
    if let Some(response) = use_context::<leptos_axum::ResponseOptions>() {
        response.set_status(axum::http::StatusCode::NOT_FOUND);
    }
    pieces::message_page(
        words.not_found_title,
        words.not_found_text.to_owned(),
        vec![(routes::HOME.to_owned(), words.to_home)],
    )
}
