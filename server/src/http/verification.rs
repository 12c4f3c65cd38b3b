//! `/recover/identity/new` as plain HTML: a multipart post of two scans by somebody who is not signed in. And the stream
//! that tells their page when support has decided.

use super::documents::{broken, busy, short, whole};
use super::guard::refuse;
use super::pages::{dressed, render};
use super::{Visit, forms};
use crate::desks::Sent;
use crate::house::House;
use crate::news::News;
use app::error::Refusal;
use app::routes;
use app::ui::form::{Next, Replay};
use axum::body::Body;
use axum::extract::multipart::Multipart;
use axum::extract::{FromRequest, Request, State};
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Redirect, Response};
use domain::accounts::verification::Scan;
use domain::{Code, Field, Values};
use futures::StreamExt;
use futures::stream;
use std::convert::Infallible;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::broadcast::error::RecvError;

/// From the head to the last byte: two files of 5 MB over a line of 400 kbit/s.
const TERM: Duration = Duration::from_secs(300);

/// Requests read at once, apart from citizens' uploads: who is not signed in takes none of their places.
const PLACES: usize = 8;
/// Of those, one address': it alone keeps nobody else out.
const OF_ONE: usize = 2;

/// The addresses whose requests are being read.
#[derive(Clone, Default)]
pub struct Reading(Arc<Mutex<Vec<IpAddr>>>);

/// A place among them, free again when it is dropped.
struct Taken {
    reading: Reading,
    address: IpAddr,
}

impl Reading {
    fn taken(&self) -> MutexGuard<'_, Vec<IpAddr>> {
        // Nothing in here panics half-way.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn take(&self, address: IpAddr) -> Option<Taken> {
        let mut taken = self.taken();
        if taken.len() == PLACES || taken.iter().filter(|other| **other == address).count() == OF_ONE {
            return None;
        }
        taken.push(address);
        Some(Taken { reading: self.clone(), address })
    }
}

impl Drop for Taken {
    fn drop(&mut self) {
        let mut taken = self.reading.taken();
        if let Some(at) = taken.iter().position(|address| *address == self.address) {
            taken.swap_remove(at);
        }
    }
}

pub async fn post(State(house): State<Arc<House>>, request: Request) -> Response {
    let multipart = request
        .headers()
        .get(header::CONTENT_TYPE)
        .is_some_and(|t| t.as_bytes().to_ascii_lowercase().starts_with(b"multipart/form-data"));
    if !multipart {
        return forms::post(State(house), request).await;
    }
    let (mut parts, body) = request.into_parts();
    let visit = Visit::open(&house, &parts).await;
    let mut values = Values::default();
    // Whoever is counted out takes no place at all.
    let taken = match visit.may_verify().await {
        Err(refusal) => Err(refusal),
        Ok(()) => {
            let Some(_reading) = house.reading.take(visit.address) else {
                return busy();
            };
            let Ok(form) = Multipart::from_request(Request::from_parts(parts.clone(), body), &()).await else {
                return refuse(StatusCode::BAD_REQUEST, Code::BadRequest);
            };
            match tokio::time::timeout(TERM, take(&visit, form, &mut values)).await {
                Ok(taken) => taken,
                Err(_) => return refuse(StatusCode::REQUEST_TIMEOUT, Code::BadRequest),
            }
        }
    };
    let refusal = match taken {
        Ok(next) => return dressed(&visit, Redirect::to(&next.to).into_response()),
        Err(refusal) => refusal,
    };
    let replay = Replay { path: parts.uri.path().to_owned(), values, error: Some(refusal.in_language(visit.lang)) };
    let (status, retry_after) = (refusal.status(), refusal.retry_after);
    parts.method = Method::GET;
    let request = Request::from_parts(parts, Body::empty());
    let mut response = render(Arc::new(visit), request, Some(replay), Some(status)).await;
    if let Some(seconds) = retry_after {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    response
}

async fn take(visit: &Visit, mut form: Multipart, values: &mut Values) -> Result<Next, Refusal> {
    let mut scans: Vec<Sent> = Vec::new();
    while let Some(mut part) = form.next_field().await.map_err(broken)? {
        let field = part.name().and_then(Field::from_id);
        match Scan::ALL.iter().find(|kind| Some(kind.field()) == field) {
            Some(kind) => {
                let name = part.file_name().unwrap_or_default().to_owned();
                let content = whole(&mut part).await?.map_err(|code| Refusal::on(kind.field(), code))?;
                // A control without a file sends an empty one without a name.
                let none = name.is_empty() && content.is_empty();
                let again = scans.iter().any(|s| s.kind == *kind);
                if !none && !again {
                    scans.push(Sent { kind: *kind, name, content });
                }
            }
            None if field == Some(Field::Login) => values.set(Field::Login, short(&mut part, 254).await?),
            None => {}
        }
    }
    visit.ask_verification(values.clone(), scans).await
}

/// News of the browser's own request: where it stands now, and whenever that changes. Nothing of anybody is in it.
pub async fn events(State(house): State<Arc<House>>, request: Request) -> Response {
    let (parts, _) = request.into_parts();
    let visit = Arc::new(Visit::open(&house, &parts).await);
    // Subscribed before the first question, so that nothing falls between.
    let news = house.news.subscribe();
    let Ok(Some(mine)) = visit.my_verification().await else {
        return refuse(StatusCode::NOT_FOUND, Code::NotFound);
    };
    let first = mine.state.as_str();
    let later = stream::unfold((news, visit, mine.id), |(mut news, visit, id)| async move {
        loop {
            match news.recv().await {
                Ok(News::Changed { account_id, .. }) if account_id != id => continue,
                Ok(_) | Err(RecvError::Lagged(_)) => {}
                Err(RecvError::Closed) => return None,
            }
            // A database in trouble says nothing; the next news asks again.
            if let Ok(Some(found)) = visit.my_verification().await {
                return Some((found.state.as_str(), (news, visit, id)));
            }
        }
    });
    let states = stream::once(async move { first }).chain(later);
    let events = states.map(|state| Ok::<_, Infallible>(Event::default().event("state").data(state)));
    Sse::new(events).keep_alive(KeepAlive::new().interval(Duration::from_secs(20))).into_response()
}

/// The page of a request that waits follows it.
pub(super) async fn follows(visit: &Visit, path: &str) -> bool {
    let waits = |found: crate::storage::verifications::Verification| {
        found.state == crate::storage::verifications::State::Waiting
    };
    path == routes::IDENTITY && visit.my_verification().await.is_ok_and(|found| found.is_some_and(waits))
}
