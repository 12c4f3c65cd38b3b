//! The document, and the app in its body: the same on the server and in the browser.

use crate::ui::form::Replay;
use crate::ui::frame;
use crate::visitor::Visitor;
use crate::{accounts, applications, browser, content, offices, receipts};
use leptos::prelude::*;
use leptos_meta::{Html, provide_meta_context};
use leptos_router::components::{FlatRoutes, Route, Router};
use leptos_router::hooks::use_location;
use leptos_router::path;

/// The head that Trunk built: hashed names, integrity, preloads.
#[cfg(feature = "ssr")]
#[derive(Clone, Copy)]
pub struct Head(pub &'static str);

/// A whole page around the app.
#[cfg(feature = "ssr")]
pub fn document(head: String, offline_shell: bool) -> impl IntoView {
    use leptos::tachys::html::InertElement;
    view! {
        <!DOCTYPE html>
        <html data-shell=offline_shell.then_some("")>
            <head>
                {InertElement::new(head)}
                <leptos_meta::MetaTags/>
            </head>
            <body>{(!offline_shell).then(|| view! { <App/> })}</body>
        </html>
    }
}

/// The app.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    let visitor = SharedValue::new(|| use_context::<Visitor>().unwrap_or_default()).into_inner();
    let replay = SharedValue::new(use_context::<Replay>).into_inner();
    let (lang, large) = (visitor.lang.tag(), visitor.large);
    provide_context(StoredValue::new(visitor));
    provide_context(StoredValue::new(replay));
    view! {
        <Html attr:lang=lang attr:data-vision=large.then_some("large")/>
        <Router>
            {frame::header()}
            <main id="main" tabindex="-1">
                {announce_moves()}
                <FlatRoutes fallback=content::words_page>
                    <Route path=path!("/") view=content::home/>
                    <Route path=path!("/search") view=content::search/>
                    <Route path=path!("/register") view=accounts::register::page/>
                    <Route path=path!("/register/phone") view=accounts::code::phone_page/>
                    <Route path=path!("/register/email/:token") view=accounts::email::page/>
                    <Route path=path!("/login") view=accounts::login::page/>
                    <Route path=path!("/login/code") view=accounts::code::login_page/>
                    <Route path=path!("/cabinet") view=accounts::cabinet::page/>
                    <Route path=path!("/cabinet/profile") view=accounts::profile::page/>
                    <Route path=path!("/cabinet/consents") view=accounts::consents::page/>
                    <Route path=path!("/cabinet/journal") view=accounts::journal::page/>
                    <Route path=path!("/applications") view=applications::list::page/>
                    <Route path=path!("/applications/new") view=applications::new::page/>
                    <Route path=path!("/applications/:id") view=applications::card::page/>
                    <Route path=path!("/applications/:id/edit/:step") view=applications::edit::page/>
                    <Route path=path!("/services/post/registration/rehearsal") view=applications::rehearsal::page/>
                    <Route path=path!("/offices") view=offices::page/>
                    <Route path=path!("/offices/:index") view=offices::one/>
                    <Route path=path!("/verify") view=receipts::page/>
                    <Route path=path!("/verify/:receipt") view=receipts::one/>
                </FlatRoutes>
            </main>
            {frame::footer()}
            {frame::update_prompt()}
        </Router>
    }
}

/// After a move inside the app the focus goes to the new heading; on the first page it stays where it is.
fn announce_moves() {
    let path = use_location().pathname;
    Effect::new(move |before: Option<String>| {
        let now = path.get();
        if before.is_some_and(|b| b != now) {
            browser::focus_heading();
        }
        now
    });
}
