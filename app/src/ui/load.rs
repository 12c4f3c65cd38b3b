//! A page that needs something from the server first: rendered with it, and loaded again when asked.

use crate::browser;
use crate::error::AppError;
use crate::routes;
use crate::text::{FormWords, Frame, Missing};
use crate::ui::{frame, pieces};
use crate::wire;
use domain::Code;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use serde::{Serialize, de::DeserializeOwned};
use std::any::Any;
use std::convert::Infallible;
use std::pin::Pin;
use std::str::FromStr;
use std::sync::Arc;

type Fetch = Arc<dyn Fn() -> Pin<Box<dyn Future<Output = Loaded> + Send>> + Send + Sync>;
type Show = Arc<dyn Fn(Loaded) -> AnyView + Send + Sync>;

/// Shows `view` of what `fetch` brings; a refusal becomes a page that says what to do. `again` reloads.
pub fn load<T, F>(
    again: RwSignal<u32>,
    fetch: impl Fn() -> F + Send + Sync + 'static,
    view: impl Fn(T) -> AnyView + Send + Sync + 'static,
) -> AnyView
where
    T: Serialize + DeserializeOwned + Clone + Send + Sync + 'static,
    F: Future<Output = Result<T, AppError>> + Send + 'static,
{
    load_or(again, fetch, view, refusal)
}

/// The same for a part of a page that has its heading already: a refusal is said in the part's place.
pub fn load_part<T, F>(
    again: RwSignal<u32>,
    fetch: impl Fn() -> F + Send + Sync + 'static,
    view: impl Fn(T) -> AnyView + Send + Sync + 'static,
) -> AnyView
where
    T: Serialize + DeserializeOwned + Clone + Send + Sync + 'static,
    F: Future<Output = Result<T, AppError>> + Send + 'static,
{
    load_or(again, fetch, view, part_refusal)
}

fn load_or<T, F>(
    again: RwSignal<u32>,
    fetch: impl Fn() -> F + Send + Sync + 'static,
    view: impl Fn(T) -> AnyView + Send + Sync + 'static,
    refused: fn(AppError) -> AnyView,
) -> AnyView
where
    T: Serialize + DeserializeOwned + Clone + Send + Sync + 'static,
    F: Future<Output = Result<T, AppError>> + Send + 'static,
{
    let fetch: Fetch = Arc::new(move || {
        let answer = fetch();
        Box::pin(async move { Loaded::new(answer.await) })
    });
    let show: Show = Arc::new(move |loaded| match loaded.open() {
        Ok(value) => view(value),
        Err(error) => refused(error),
    });
    shown(again, fetch, show)
}

/// As [`load_part`], for a page whose question stands in its address (`?q=`) and is asked again when it changes there.
/// `view` gets the question too; the answer holds the one the page came with.
pub fn asked<T, F>(
    fetch: impl Fn(String) -> F + Send + Sync + 'static,
    view: impl Fn(String, T) -> AnyView + Send + Sync + 'static,
) -> (String, AnyView)
where
    T: Serialize + DeserializeOwned + Clone + Send + Sync + 'static,
    F: Future<Output = Result<T, AppError>> + Send + 'static,
{
    let (typed, again) = question();
    (untrack(typed), load_part(again, move || fetch(untrack(typed)), move |found| view(untrack(typed), found)))
}

/// The question, and what counts its changes.
fn question() -> (impl Fn() -> String + Copy + Send + Sync, RwSignal<u32>) {
    let query = use_query_map();
    let typed = move || query.with(|q| q.get("q")).unwrap_or_default();
    let again = RwSignal::new(0);
    Effect::new(move |before: Option<String>| {
        let now = typed();
        if before.is_some_and(|b| b != now) {
            again.update(|n| *n += 1);
        }
        now
    });
    (typed, again)
}

/// The same for every type: compiled once.
fn shown(again: RwSignal<u32>, fetch: Fetch, show: Show) -> AnyView {
    let resource = Resource::new_str_blocking(move || again.get(), move |_| fetch());
    view! {
        <Transition fallback=loading>
            {move || {
                let show = show.clone();
                Suspend::new(async move { show(resource.await) })
            }}
        </Transition>
    }
    .into_any()
}

/// An answer without its type: its JSON on the way from the server's page, itself everywhere else.
#[derive(Clone)]
struct Loaded {
    json: String,
    value: Option<Arc<dyn Any + Send + Sync>>,
}

impl Loaded {
    fn new<T: Serialize + Send + Sync + 'static>(answer: Result<T, AppError>) -> Loaded {
        let json =
            if cfg!(feature = "ssr") { serde_json::to_string(&answer).unwrap_or_default() } else { String::new() };
        Loaded { json, value: Some(Arc::new(answer)) }
    }

    fn open<T: DeserializeOwned + Clone + 'static>(self) -> Result<T, AppError> {
        match self.value.as_ref().and_then(|v| v.downcast_ref::<Result<T, AppError>>()) {
            Some(answer) => answer.clone(),
            None => wire::read::<Result<T, AppError>>(&self.json)?,
        }
    }
}

impl core::fmt::Display for Loaded {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(&self.json)
    }
}

impl FromStr for Loaded {
    type Err = Infallible;

    fn from_str(json: &str) -> Result<Loaded, Infallible> {
        Ok(Loaded { json: json.to_owned(), value: None })
    }
}

fn loading() -> AnyView {
    view! { <p class="skeleton" role="status">{Frame::here().loading}</p> }.into_any()
}

/// A whole page's refusal: not there, no session, no connection, our fault.
pub fn refusal(error: AppError) -> AnyView {
    match error.code {
        Code::Offline => frame::offline_page(),
        code => {
            // The form was sent, on another page or before going back: its card says how it stands.
            if code == Code::AlreadySubmitted {
                Effect::new(|_| {
                    if let Some((card, _)) = browser::path().split_once("/edit/") {
                        browser::load_instead(card);
                    }
                });
            }
            let (title, ways) = explained(code);
            pieces::message_page(title, error.message, ways)
        }
    }
}

/// The same within a page.
fn part_refusal(error: AppError) -> AnyView {
    if error.code == Code::Offline {
        return frame::offline_part();
    }
    let (title, ways) = explained(error.code);
    view! {
        <section class="notice flow">
            <h2>{title}</h2>
            {pieces::message(error.message, ways)}
        </section>
    }
    .into_any()
}

/// The heading over a refusal and the ways on from it.
fn explained(code: Code) -> (&'static str, Vec<(String, &'static str)>) {
    let words = Missing::here();
    match code {
        code if code.is_absent() => (words.not_found_title, vec![(routes::HOME.to_owned(), words.to_home)]),
        Code::NoSession | Code::SessionExpired => {
            let words = FormWords::here();
            (words.session_title, vec![(routes::LOGIN.to_owned(), words.login_again)])
        }
        Code::AccountNotConfirmed | Code::ConsentWithdrawn | Code::AccessLimited => {
            let ways =
                vec![(routes::ACCESS.to_owned(), words.to_access), (routes::error(code), FormWords::here().what_means)];
            (words.closed_title, ways)
        }
        Code::AlreadySubmitted => {
            let words = Frame::here();
            (words.my_applications, vec![(routes::APPLICATIONS.to_owned(), words.my_applications)])
        }
        code => {
            let ways =
                vec![(routes::error(code), FormWords::here().what_means), (routes::HOME.to_owned(), words.to_home)];
            (words.error_title, ways)
        }
    }
}
