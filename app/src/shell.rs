//! The document, and the app in its body: the same on the server and in the browser.

use crate::accounts::session::session_end;
use crate::browser;
use crate::pages::{Pages, Part};
use crate::ui::form::Replay;
use crate::ui::frame;
use crate::visitor::Visitor;
use leptos::prelude::*;
use leptos_meta::{Html, provide_meta_context};
use leptos_router::components::{FlatRoutes, Router};
use leptos_router::hooks::use_location;

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
            <body>{(!offline_shell).then(|| view! { <App part=Part::ALL/> })}</body>
        </html>
    }
}

/// Takes over the page the server rendered, or fills the empty one of the installed app.
#[cfg(feature = "hydrate")]
pub fn start(part: Part) {
    console_error_panic_hook::set_once();
    let app = move || view! { <App part=part/> };
    let leave = move || browser::load_anew(move |path| part.is_elsewhere(path));
    let ready = || {
        browser::focus::arrive();
        browser::mark_hydrated();
    };
    if browser::is_offline_shell() {
        leptos::mount::mount_to_body(app);
        leave();
        ready();
        return;
    }
    wasm_bindgen_futures::spawn_local(async move {
        take_over(app, leave).await;
        ready();
    });
}

/// What nobody shall wait for. Enter in a field presses the form's button first.
#[cfg(feature = "hydrate")]
const IMPATIENT: &[&str] = &["click", "input", "focusout", "submit", "popstate"];

/// As `leptos::mount::hydrate_body`, in steps ([`later`](crate::ui::later)).
#[cfg(feature = "hydrate")]
async fn take_over<V: IntoView>(app: impl FnOnce() -> V, framed: impl FnOnce()) {
    use crate::ui::later;
    use leptos::tachys::hydration::Cursor;
    use leptos::tachys::view::{PositionState, RenderHtml};
    use leptos::wasm_bindgen::JsCast;

    // Fails when it has been done already.
    let _ = any_spawner::Executor::init_wasm_bindgen();
    let context = std::sync::Arc::new(hydration_context::HydrateSharedContext::new());
    let owner = Owner::new_root(Some(context.clone()));
    browser::pause(0).await;
    let impatient = browser::Ahead::of(IMPATIENT, |_| later::take_over_all());
    let body = leptos::tachys::dom::body().unchecked_into();
    // Not in two: effects would find nothing taken over yet, and a link pressed in between another page than the document's.
    let state = owner.with(|| app().into_view().hydrate::<true>(&Cursor::new(body), &PositionState::default()));
    hydration_context::SharedContext::hydration_complete(&*context);
    framed();
    browser::pause(0).await;
    while later::take_over_next() {
        browser::pause(0).await;
    }
    drop(impatient);
    // For as long as the page.
    std::mem::forget((owner, state));
}

/// The app, with the pages of one part.
#[component]
fn App(part: Part) -> impl IntoView {
    provide_meta_context();
    let visitor = SharedValue::new(|| use_context::<Visitor>().unwrap_or_default()).into_inner();
    let replay = SharedValue::new(use_context::<Replay>).into_inner();
    let (lang, large) = (visitor.lang.tag(), visitor.large);
    let person = visitor.citizen.as_ref().map(|c| c.id.clone());
    Effect::new(move |_| browser::drafts::tidy(person.clone()));
    provide_context(StoredValue::new(visitor));
    provide_context(StoredValue::new(replay));
    provide_context(part);
    view! {
        <Html attr:lang=lang attr:data-vision=large.then_some("large")/>
        <Router>
            {frame::header()}
            <main id="main" tabindex="-1">
                {announce_moves()}
                <FlatRoutes fallback=move || part.fallback() children=ToChildren::to_children(move || Pages::new(part))/>
            </main>
            {frame::footer()}
            {frame::update_prompt()}
            {session_end()}
        </Router>
    }
}

/// After a move inside the app the focus goes to the new heading; on the first page it stays where it is.
/// Shows nothing, erased by hand: server and browser must leave the same mark for it.
fn announce_moves() -> AnyView {
    let path = use_location().pathname;
    Effect::new(move |before: Option<String>| {
        let now = path.get();
        if before.is_some_and(|b| b != now) {
            browser::focus::new_heading();
        }
        now
    });
    ().into_any()
}
