//! `/events`: news of one's own applications, as server-sent events. Carries ids, never answers.
//!
//! The first event comes at once: whatever happened between rendering the page (or losing the line) and this
//! subscription is asked for then, and cannot be missed.

use super::Visit;
use super::guard::refuse;
use crate::house::House;
use crate::news::News;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use domain::Code;
use futures::StreamExt;
use futures::stream;
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::broadcast::error::RecvError;

const ANY: &str = "*";

pub async fn stream(State(house): State<Arc<House>>, request: Request) -> Response {
    let (parts, _) = request.into_parts();
    let visit = Visit::open(&house, &parts).await;
    let Some(citizen) = &visit.citizen else {
        return refuse(StatusCode::UNAUTHORIZED, Code::NoSession);
    };
    let mine = citizen.account_id.clone();
    // Subscribed before the first event is sent, so that nothing falls between the two.
    let later = stream::unfold(house.news.subscribe(), move |mut news| {
        let mine = mine.clone();
        async move {
            loop {
                match news.recv().await {
                    Ok(News::Changed { account_id, application_id }) if account_id == mine => {
                        return Some((application(application_id), news));
                    }
                    Ok(News::Changed { .. }) => {}
                    // Missed some: one news is as good as many, the page asks for the state anyway.
                    Ok(News::Missed) | Err(RecvError::Lagged(_)) => return Some((application(String::new()), news)),
                    Err(RecvError::Closed) => return None,
                }
            }
        }
    });
    let news = stream::once(async { application(String::new()) }).chain(later).map(Ok::<_, Infallible>);
    Sse::new(news).keep_alive(KeepAlive::new().interval(Duration::from_secs(20))).into_response()
}

/// An empty id stands for any of them. On the wire it is a sign: an event without data is dropped by browsers.
fn application(id: String) -> Event {
    Event::default().event("application").data(if id.is_empty() { ANY } else { &id })
}
