//! How long a session lives, and what outlives it (E1).

use crate::house::{Citizen, DAY, House, MINUTE, answers};
use app::accounts::view::SessionLeft;
use app::desks::AccountsDesk;
use axum::http::{HeaderMap, HeaderValue, Request, header};
use server::http::Visit;

/// What the page's own question is answered.
async fn ask(citizen: &Citizen<'_>, quiet: u32) -> Option<SessionLeft> {
    citizen.request("/api/accounts/session").await.session(quiet).await.unwrap()
}

fn left(left: u32) -> Option<SessionLeft> {
    Some(SessionLeft { left, warn: 150, last: false })
}

#[tokio::test]
async fn asking_does_not_prolong_and_doing_something_does() {
    let house = House::open().await;
    let citizen = house.citizen("+79137654321").await;
    citizen.visit().await;
    assert_eq!(ask(&citizen, 0).await, left(900));
    house.at(10 * MINUTE).await;
    assert_eq!(ask(&citizen, 600).await, left(300), "nothing was done since");
    assert_eq!(ask(&citizen, 60).await, left(840), "something was typed a minute ago");
    assert_eq!(ask(&citizen, 3600).await, left(840), "what was done in one page counts for the others");
    house.at(20 * MINUTE).await;
    // Following the news is nothing the person does; opening a page is.
    citizen.request("/events").await;
    assert_eq!(ask(&citizen, 660).await, left(240));
    citizen.request("/cabinet").await;
    assert_eq!(ask(&citizen, 660).await, left(900));
    house.at(35 * MINUTE).await;
    assert_eq!(ask(&citizen, 0).await, None, "what has ended is not brought back");
}

#[tokio::test]
async fn the_oldest_session_ends_whatever_is_done() {
    let house = House::open().await;
    let citizen = house.citizen("+79137654321").await;
    // The session of these tests lives for a year.
    house.at(365 * DAY - 2 * MINUTE).await;
    citizen.visit().await;
    assert_eq!(ask(&citizen, 0).await, Some(SessionLeft { left: 120, warn: 150, last: true }));
    house.at(365 * DAY).await;
    assert_eq!(ask(&citizen, 0).await, None);
}

#[tokio::test]
async fn what_was_typed_into_an_ended_session_is_kept_for_half_an_hour() {
    let house = House::open().await;
    let citizen = house.citizen("+79137654321").await;
    let page = "/applications/abc/edit/applicant";
    let stashed = citizen.visit().await;
    stashed.stash(page, &answers()).await;
    let mut set = HeaderMap::new();
    stashed.dress(&mut set);
    let cookie = set[header::SET_COOKIE].to_str().unwrap().split(';').next().unwrap().to_owned();
    let mut sent = HeaderMap::new();
    sent.insert(header::COOKIE, HeaderValue::from_str(&cookie).unwrap());

    let taken = |visit: Visit, path| visit.take_stash(&sent, path).map(|r| r.values == answers());
    house.at(30 * MINUTE).await;
    assert_eq!(taken(citizen.visit().await, "/applications/other/edit/applicant"), None, "another page");
    assert_eq!(taken(citizen.visit().await, page), Some(true));
    // At one browser several people log in one after the other.
    let next = house.citizen("+79137654322").await.visit().await;
    assert_eq!(next.take_stash(&sent, page).map(|r| r.path), None, "somebody else's");
    let mut dropped = HeaderMap::new();
    next.dress(&mut dropped);
    assert!(dropped[header::SET_COOKIE].to_str().unwrap().contains("stash=; Path=/; Max-Age=0"));
    house.at(30 * MINUTE + 1).await;
    assert_eq!(taken(citizen.visit().await, page), None, "too late");
    let nobody = Visit::open(&house.house, &Request::builder().uri(page).body(()).unwrap().into_parts().0).await;
    nobody.stash("/cabinet/data/correct", &answers()).await;
    let mut nothing = HeaderMap::new();
    nobody.dress(&mut nothing);
    assert!(nothing.is_empty(), "whose it is is not known, so nobody gets it");
}
