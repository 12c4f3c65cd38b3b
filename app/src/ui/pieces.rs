//! Small pieces: headings, badges, facts, notices.

use crate::routes;
use crate::text::Frame;
use domain::clock::Timestamp;
use leptos::prelude::*;
use leptos_meta::Title;

/// A page: its title in the tab and the main column.
pub fn page(title: impl Into<String>, body: AnyView) -> AnyView {
    let title = format!("{} — {}", title.into(), Frame::here().brand);
    view! {
        // Erased by hand: it leaves no element, and server and browser must agree on the mark in its place.
        {view! { <Title text=title/> }.into_any()}
        {body}
    }
    .into_any()
}

/// Text column with an aside.
pub fn columns(main: AnyView, aside: AnyView) -> AnyView {
    view! {
        <div class="wrap page cols">
            <div class="flow main-column">{main}</div>
            <aside class="flow">{aside}</aside>
        </div>
    }
    .into_any()
}

/// One column.
pub fn column(body: AnyView) -> AnyView {
    view! { <div class="wrap page flow">{body}</div> }.into_any()
}

/// Path and name of the pages above, outermost first.
pub fn crumbs(trail: Vec<(String, String)>) -> AnyView {
    let items = trail.into_iter().map(|(to, text)| view! { <li><a href=to>{text}</a></li> }).collect_view();
    view! { <nav class="crumbs" aria-label=Frame::here().breadcrumbs><ol>{items}</ol></nav> }.into_any()
}

/// The trail of a page right below the cabinet.
pub fn in_cabinet() -> AnyView {
    crumbs(vec![(routes::CABINET.to_owned(), Frame::here().cabinet.to_owned())])
}

/// A page that says one thing and offers ways on.
pub fn message_page(title: &'static str, text: String, ways: Vec<(String, &'static str)>) -> AnyView {
    let body = view! { <h1>{title}</h1>{message(text, ways)} };
    page(title, column(body.into_any()))
}

/// A sentence and the ways on from it.
pub fn message(text: String, ways: Vec<(String, &'static str)>) -> AnyView {
    view! {
        <p>{text}</p>
        <p class="row">
            {ways.into_iter().map(|(to, label)| view! { <a class="btn quiet" href=to>{label}</a> }).collect_view()}
        </p>
    }
    .into_any()
}

/// `20.11.2026, 14:36 МСК`, machine-readable beside: the zone is always said, Russia has eleven (E8).
pub fn moment(at: Timestamp) -> AnyView {
    view! { <time class="num" datetime=at.iso()>{moment_text(at)}</time> }.into_any()
}

/// The same as text.
pub fn moment_text(at: Timestamp) -> String {
    let mut text = at.portal_date_time();
    text.push(' ');
    text.push_str(Frame::here().zone);
    text
}

/// `14:36`, by the portal's clock.
pub fn clock_text(at: Timestamp) -> String {
    let text = at.portal_date_time();
    text.rsplit(' ').next().unwrap_or_default().to_owned()
}

/// Pairs of name and value.
pub fn facts(rows: Vec<(&'static str, AnyView)>) -> AnyView {
    view! {
        <dl class="facts">
            {rows.into_iter().map(|(name, value)| view! { <div><dt>{name}</dt><dd>{value}</dd></div> }).collect_view()}
        </dl>
    }
    .into_any()
}

pub fn text(value: impl Into<String>) -> AnyView {
    value.into().into_any()
}

/// What will be here, and the first act (every empty state says both).
pub fn empty(title: &'static str, about: &'static str, action: AnyView) -> AnyView {
    view! { <div class="empty flow"><h2>{title}</h2><p>{about}</p>{action}</div> }.into_any()
}

/// A form of one button: a POST without wasm, the same POST with it.
pub fn post_button(action: String, class: &'static str, label: impl Into<String>) -> AnyView {
    let label = label.into();
    view! { <form method="post" action=action><button type="submit" class=class>{label}</button></form> }.into_any()
}
