//! A page that needs something from the server first: rendered with it, and loaded again when asked.

use crate::error::AppError;
use crate::routes;
use crate::text::{FormWords, Frame, Missing};
use crate::ui::pieces;
use domain::Code;
use leptos::prelude::*;
use serde::{Serialize, de::DeserializeOwned};

/// Shows `view` of what `fetch` brings; a refusal becomes a page that says what to do. `again` reloads.
pub fn load<T, F>(
    again: RwSignal<u32>,
    fetch: impl Fn() -> F + Send + Sync + 'static,
    view: impl Fn(T) -> AnyView + Clone + Send + Sync + 'static,
) -> AnyView
where
    T: Serialize + DeserializeOwned + Clone + Send + Sync + 'static,
    F: Future<Output = Result<T, AppError>> + Send + 'static,
{
    let resource = Resource::new_blocking(move || again.get(), move |_| fetch());
    view! {
        <Transition fallback=|| loading()>
            {move || {
                let view = view.clone();
                Suspend::new(async move {
                    match resource.await {
                        Ok(value) => view(value),
                        Err(error) => refusal(error),
                    }
                })
            }}
        </Transition>
    }
    .into_any()
}

fn loading() -> AnyView {
    view! { <p class="skeleton" role="status">{Frame::here().loading}</p> }.into_any()
}

/// A whole page's refusal: not there, no session, no connection, our fault.
pub fn refusal(error: AppError) -> AnyView {
    let words = Missing::here();
    match error.code {
        Code::NotFound | Code::ApplicationNotFound | Code::ReceiptNotFound => {
            pieces::message_page(words.not_found_title, error.message, vec![(routes::HOME.to_owned(), words.to_home)])
        }
        Code::NoSession | Code::SessionExpired => {
            let words = FormWords::here();
            pieces::message_page(
                words.session_title,
                error.message,
                vec![(routes::LOGIN.to_owned(), words.login_again)],
            )
        }
        Code::Offline => crate::ui::frame::offline_page(),
        code => pieces::message_page(
            words.error_title,
            error.message,
            vec![(routes::error(code), FormWords::here().what_means), (routes::HOME.to_owned(), words.to_home)],
        ),
    }
}
