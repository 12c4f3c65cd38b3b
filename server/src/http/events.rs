//! `/events`: news of one's own applications, as server-sent events. Carries ids, never answers.

use super::Visit;
use super::guard::refuse;
use crate::house::House;
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

pub async fn stream(State(house): State<Arc<House>>, request: Request) -> Response {
    let (parts, _) = request.into_parts();
    let visit = Visit::open(&house, &parts).await;
    let Some(citizen) = &visit.citizen else {
        return refuse(StatusCode::UNAUTHORIZED, Code::NoSession);
    };
    let mine = citizen.account_id.clone();
    let news = stream::unfold(house.news.subscribe(), move |mut news| {
        let mine = mine.clone();
        async move {
            loop {
                match news.recv().await {
                    Ok(event) if event.account_id == mine => {
                        return Some((Event::default().event("application").data(event.application_id), news));
                    }
                    Ok(_) => {}
                    // Missed some: one news is as good as many, the page asks for the state anyway.
                    Err(RecvError::Lagged(_)) => return Some((Event::default().event("application").data(""), news)),
                    Err(RecvError::Closed) => return None,
                }
            }
        }
    });
    let news = news.map(Ok::<_, Infallible>);
    Sse::new(news).keep_alive(KeepAlive::new().interval(Duration::from_secs(20))).into_response()
}
