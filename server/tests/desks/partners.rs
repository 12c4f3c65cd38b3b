//! Partners that are told of events, with a receiver that listens for real.

use crate::house::{DAY, HOUR, House, NOON, code};
use crate::staff_entry::Clerk;
use app::desks::ApplicationsDesk;
use app::staff::desk::PartnersDesk;
use app::staff::view::DeliveryRow;
use axum::Router;
use axum::body::to_bytes;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use domain::Code;
use domain::staff::{DeliveryState, Event, Role};
use server::integrations::partners::{Message, Partners, Problem, signature};
use server::jobs::Job;
use std::sync::{Arc, Mutex};
use tokio::net::TcpListener;

#[derive(Default)]
struct Heard {
    /// What is answered to the next ones; then 204.
    answers: Vec<u16>,
    all: Vec<(HeaderMap, String)>,
}

#[derive(Clone, Default)]
struct Receiver {
    heard: Arc<Mutex<Heard>>,
    url: String,
}

impl Receiver {
    async fn listen() -> Receiver {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/events", listener.local_addr().unwrap());
        let receiver = Receiver { url, ..Receiver::default() };
        let app = Router::new().fallback(hear).with_state(receiver.clone());
        tokio::spawn(async move { axum::serve(listener, app).await });
        receiver
    }

    fn answer(&self, answers: &[u16]) {
        self.heard.lock().unwrap().answers = answers.to_vec();
    }

    fn taken(&self) -> Vec<(HeaderMap, String)> {
        std::mem::take(&mut self.heard.lock().unwrap().all)
    }
}

async fn hear(State(receiver): State<Receiver>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let body = String::from_utf8(to_bytes(body, 1 << 20).await.unwrap().to_vec()).unwrap();
    let mut heard = receiver.heard.lock().unwrap();
    heard.all.push((parts.headers, body));
    let status = if heard.answers.is_empty() { 204 } else { heard.answers.remove(0) };
    let way = [(header::LOCATION, receiver.url.clone())];
    (StatusCode::from_u16(status).unwrap(), way).into_response()
}

/// A partner that is told everything: its id, and its secret as bytes.
async fn partner(admin: &Clerk<'_>, url: &str) -> (String, Vec<u8>) {
    let new = admin.visit().await.add_partner("Банк".into(), url.into(), Event::ALL.to_vec()).await.unwrap();
    (new.id, STANDARD.decode(new.secret.strip_prefix("whsec_").unwrap()).unwrap())
}

async fn log(admin: &Clerk<'_>, id: &str) -> Vec<DeliveryRow> {
    admin.visit().await.deliveries(id.into(), None).await.unwrap().rows
}

#[tokio::test]
async fn a_partner_is_told_what_happens_and_can_check_who_tells() {
    let house = House::open().await;
    let admin = Clerk::here(&house, "admin", Role::Administrator, "everywhere").await;
    let receiver = Receiver::listen().await;
    let (id, secret) = partner(&admin, &receiver.url).await;
    let citizen = house.citizen("+79137654321").await;
    let application = citizen.apply(&[]).await;
    house.work().await;
    let number = citizen.visit().await.card(application).await.unwrap().number;

    let mut told = receiver.taken();
    told.sort_by_key(|(_, body)| serde_json::from_str::<serde_json::Value>(body).unwrap()["data"]["version"].as_i64());
    let events: Vec<_> =
        told.iter().map(|(_, body)| serde_json::from_str::<serde_json::Value>(body).unwrap()).collect();
    let seen: Vec<_> = events
        .iter()
        .map(|e| {
            (e["type"].as_str().unwrap(), e["data"]["status"].as_str().unwrap(), e["data"]["stage"].as_str().unwrap())
        })
        .collect();
    assert_eq!(
        seen,
        [
            ("application.submitted", "in_review", "intake"),
            ("application.stage_changed", "in_review", "document_check"),
            ("application.stage_changed", "in_review", "agreement"),
            ("application.status_changed", "approved", "issue"),
        ]
    );
    assert_eq!(events[3]["data"]["previous_stage"], "agreement");
    for (headers, body) in &told {
        let text = |name: &str| headers[name].to_str().unwrap();
        let at = text("webhook-timestamp").parse().unwrap();
        let message = Message { id: text("webhook-id"), at, body };
        assert_eq!(text("webhook-signature"), signature(&secret, &message));
        assert_eq!(at, NOON / 1000);
        assert!(body.contains(&number));
        // Nobody's data.
        for secret in ["Кузьмина", "Татьяна", "654321", "112-233", "9137654321", "example.org", "Советская"]
        {
            assert!(!body.contains(secret), "{body}");
        }
    }
    let rows = log(&admin, &id).await;
    assert!(rows.iter().all(|r| r.state == DeliveryState::Delivered && r.answer == Some(204) && r.attempts == 1));

    // A job that runs twice tells nothing twice.
    let mut tx = house.house.db.write().await.unwrap();
    server::jobs::enqueue(&mut tx, &Job::TellPartner { id: rows[0].id.clone() }, None).await.unwrap();
    tx.commit().await.unwrap();
    house.work().await;
    assert!(receiver.taken().is_empty());
    admin.visit().await.redeliver(rows[0].id.clone()).await.unwrap();
    house.work().await;
    let again = receiver.taken();
    assert_eq!(again[0].0["webhook-id"], rows[0].id.as_str(), "the same id, so that the receiver can drop it");
}

#[tokio::test]
async fn one_that_fails_is_tried_with_growing_pauses() {
    let house = House::open().await;
    let admin = Clerk::here(&house, "admin", Role::Administrator, "everywhere").await;
    let receiver = Receiver::listen().await;
    let (id, _) = partner(&admin, &receiver.url).await;
    let citizen = house.citizen("+79137654321").await;
    // Redirects are not followed, whatever they promise.
    receiver.answer(&[500, 500, 500, 500, 302, 302, 302, 302]);
    citizen.apply(&[]).await;
    house.work().await;
    assert_eq!(receiver.taken().len(), 4);
    let rows = log(&admin, &id).await;
    assert!(
        rows.iter().all(|r| r.state == DeliveryState::Waiting && r.answer == Some(500)),
        "waiting to be tried again"
    );
    house.at(3_900).await;
    assert!(receiver.taken().is_empty(), "not before the pause");
    house.at(6_100).await;
    assert_eq!(receiver.taken().len(), 4);
    assert!(log(&admin, &id).await.iter().all(|r| r.attempts == 2 && r.answer == Some(302)));
    house.at(60_000).await;
    assert!(receiver.taken().is_empty(), "the second pause is minutes");
    house.at(6 * 60_000 + 10_000).await;
    assert_eq!(receiver.taken().len(), 4);
    assert!(log(&admin, &id).await.iter().all(|r| r.state == DeliveryState::Delivered && r.attempts == 3));
}

#[tokio::test]
async fn a_partner_that_is_gone_is_told_no_more_until_somebody_says_so() {
    let house = House::open().await;
    let admin = Clerk::here(&house, "admin", Role::Administrator, "everywhere").await;
    let receiver = Receiver::listen().await;
    let (id, _) = partner(&admin, &receiver.url).await;
    let disabled = async || {
        let clerk = Clerk::here(&house, &format!("a{}", house.house.now().0), Role::Administrator, "everywhere").await;
        clerk.visit().await.partners().await.unwrap()[0].disabled
    };
    let (one, two) = (house.citizen("+79137654321").await, house.citizen("+79137654322").await);
    receiver.answer(&[503; 1000]);
    one.apply(&[]).await;
    house.work().await;
    // Eight attempts over a day and a half, and what chance and the steps of an hour add; four events are not yet five.
    for hours in 1..50 {
        house.at(hours * HOUR).await;
    }
    let tried = receiver.taken().len();
    assert_eq!(tried, 4 * 8, "each event eight times");
    assert!(!disabled().await);
    two.apply(&[(domain::Field::Snils, "001-001-998 00"), (domain::Field::PassportNumber, "654322")]).await;
    for hours in 50..100 {
        house.at(hours * HOUR).await;
    }
    assert!(disabled().await, "five in a row are enough");
    receiver.taken();
    receiver.answer(&[]);
    house.at(5 * DAY).await;
    assert!(receiver.taken().is_empty());

    let admin = Clerk::here(&house, "admin2", Role::Administrator, "everywhere").await;
    let lost = log(&admin, &id).await.pop().unwrap();
    assert_eq!((lost.state, lost.problem.as_deref()), (DeliveryState::Failed, Some("refused")));
    admin.visit().await.switch_partner(id.clone(), true).await.unwrap();
    admin.visit().await.redeliver(lost.id.clone()).await.unwrap();
    house.work().await;
    assert_eq!(receiver.taken().len(), 1);
    let row = log(&admin, &id).await.pop().unwrap();
    assert_eq!((row.state, row.attempts), (DeliveryState::Delivered, 1));

    // «Gone» is taken at its word.
    receiver.answer(&[410]);
    admin.visit().await.redeliver(lost.id.clone()).await.unwrap();
    house.work().await;
    assert!(admin.visit().await.partners().await.unwrap()[0].disabled);
    admin.visit().await.remove_partner(id.clone()).await.unwrap();
    assert!(admin.visit().await.partners().await.unwrap().is_empty());
    assert_eq!(code(admin.visit().await.redeliver(lost.id).await), Some(Code::NotFound));
}

#[tokio::test]
async fn no_address_opens_a_way_into_the_network() {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let receiver = Receiver::listen().await;
    let port = receiver.url.rsplit(':').next().unwrap().to_owned();
    let partners = Partners::new(false).unwrap();
    let message = Message { id: "msg_1", at: NOON / 1000, body: "{}" };
    for address in
        [receiver.url.clone(), format!("https://127.0.0.1:{port}"), format!("https://[::ffff:7f00:1]:{port}")]
    {
        assert_eq!(partners.send(&address, b"secret", &message).await, Err(Problem::Address), "{address}");
    }
    assert!(receiver.taken().is_empty(), "nobody has connected");
    let open = Partners::new(true).unwrap();
    assert_eq!(open.send(&receiver.url, b"secret", &message).await, Ok(204));
    assert_eq!(open.send("http://127.0.0.1:9/", b"secret", &message).await, Err(Problem::Unreachable));
}
