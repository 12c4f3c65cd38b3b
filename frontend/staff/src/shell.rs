//! The desk as a whole: the door or the pages.

use crate::keys::Keys;
use crate::session::{At, Session};
use crate::{
    audit, board, browser, counter, entry, file, frame, identities, newcomers, partners, people, queue, search,
};
use app::staff::api;
use app::text::staff::Desk;
use app::visitor::Visitor;
use leptos::prelude::*;
use leptos_router::components::{FlatRoutes, Route, Router};
use leptos_router::path;

#[component]
pub fn App() -> impl IntoView {
    let lang = browser::lang();
    provide_context(StoredValue::new(Visitor { lang, ..Visitor::default() }));
    // Made under the app's owner: it lives as long as the page.
    let session = Session::here();
    provide_context(Keys::start());
    leptos::task::spawn_local(async move {
        match api::me().await {
            Ok(me) => session.enter(me),
            Err(_) => session.leave(false),
        }
    });
    let here = move || session.at.with_untracked(|at| matches!(at, At::Desk(_)));
    Effect::new(move |started: Option<bool>| {
        let inside = session.at.with(|at| matches!(at, At::Desk(_)));
        if inside && started != Some(true) {
            browser::news(here, move |id| {
                session.news.update(|(count, last)| {
                    *count += 1;
                    *last = id;
                });
            });
        }
        inside
    });
    let words = Desk::here();
    let door = Memo::new(move |_| match session.at.get() {
        At::Asking => 0,
        At::Door(_) => 1,
        At::Desk(_) => 2,
    });
    view! {
        {move || match door.get() {
            0 => view! { <main class="wrap page"><p role="status">{words.loading}</p></main> }.into_any(),
            1 => entry::page().into_any(),
            _ => inside(),
        }}
    }
}

fn inside() -> AnyView {
    view! {
        <Router>
            {frame::header()}
            <main id="main" class="wrap page staff" tabindex="-1">
                {frame::trouble()}
                <FlatRoutes fallback=frame::not_found>
                    <Route path=path!("/staff") view=queue::page/>
                    <Route path=path!("/staff/login") view=queue::page/>
                    <Route path=path!("/staff/files/:id") view=file::page/>
                    <Route path=path!("/staff/search") view=search::page/>
                    <Route path=path!("/staff/identities") view=identities::page/>
                    <Route path=path!("/staff/newcomers/phone") view=newcomers::phone_page/>
                    <Route path=path!("/staff/newcomers/counter") view=newcomers::counter_page/>
                    <Route path=path!("/staff/counter") view=counter::page/>
                    <Route path=path!("/staff/board") view=board::page/>
                    <Route path=path!("/staff/people") view=people::page/>
                    <Route path=path!("/staff/audit") view=audit::page/>
                    <Route path=path!("/staff/partners") view=partners::page/>
                    <Route path=path!("/staff/partners/:id") view=partners::log/>
                </FlatRoutes>
            </main>
            {frame::help()}
        </Router>
    }
    .into_any()
}
