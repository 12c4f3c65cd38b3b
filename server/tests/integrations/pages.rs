//! The demonstration's pages, as a browser and a script see them.

use crate::{connect, hasty, stand_ins};
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode, header};
use domain::clock::Timestamp;
use server::demo::StandIns;
use server::demo::switches::{Mode, System};
use server::integrations::mail::Letter;
use std::sync::Arc;
use tower::ServiceExt;
use uuid::Uuid;

/// 22.11.2026, noon in Moscow.
const NOON: Timestamp = Timestamp(1_795_338_000_000);
const HEAD: &str = r#"<link rel="stylesheet" href="/style.css">"#;

async fn call(stand_ins: &StandIns, request: Request<Body>) -> (StatusCode, String) {
    let app = server::demo::routes(stand_ins, HEAD, Arc::new(|| NOON));
    let response = app.oneshot(request).await.unwrap();
    let status = response.status();
    let body = to_bytes(response.into_body(), 1 << 20).await.unwrap();
    (status, String::from_utf8(body.to_vec()).unwrap())
}

fn get(path: &str) -> Request<Body> {
    Request::get(path).body(Body::empty()).unwrap()
}

fn post(kind: &str, body: &str) -> Request<Body> {
    Request::post("/demo/registries").header(header::CONTENT_TYPE, kind).body(Body::from(body.to_owned())).unwrap()
}

const FORM: &str = "application/x-www-form-urlencoded";

#[tokio::test]
async fn the_outbox_shows_what_was_sent_as_text_only() {
    let stand_ins = stand_ins().await;
    let (status, page) = call(&stand_ins, get("/demo/outbox")).await;
    assert_eq!(status, StatusCode::OK);
    assert!(page.contains("Пока пусто") && page.contains(HEAD));

    let letter = Letter {
        id: Uuid::new_v4(),
        to: "maria@example.org".into(),
        subject: "<script>alert(1)</script>".into(),
        text: "<img src=x onerror=alert(1)>\n\nhttps://a.example/\"onclick=\"x".into(),
    };
    connect(hasty(&stand_ins)).mail.send(&letter).await.unwrap();
    let (_, page) = call(&stand_ins, get("/demo/outbox")).await;
    assert!(!page.contains("<script") && !page.contains("<img"));
    assert!(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;"));
    assert!(page.contains(r#"<a href="https://a.example/">"#));
    assert!(page.starts_with("<!DOCTYPE html>\n<html lang=\"ru\">"));
    assert!(!page.contains("style=") && !page.contains("http-equiv"));

    let (_, json) = call(&stand_ins, get("/demo/outbox.json")).await;
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    let first = json[0].as_object().unwrap();
    let mut names: Vec<&str> = first.keys().map(String::as_str).collect();
    names.sort_unstable();
    assert_eq!(names, ["at", "channel", "code", "id", "link", "subject", "text", "to"]);
    assert_eq!(first["channel"], "email");
    assert_eq!(first["code"], serde_json::Value::Null);
    assert_eq!(first["link"], "https://a.example/");
}

#[tokio::test]
async fn faults_are_switched_by_form_and_by_json() {
    let stand_ins = stand_ins().await;
    let get_mode = |system| stand_ins.switches.get(system).mode;
    let (status, _) = call(&stand_ins, post(FORM, "registry=snils&mode=down&delay_ms=0")).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    assert_eq!(get_mode(System::Snils), Mode::Down);
    let (_, page) = call(&stand_ins, get("/demo/registries")).await;
    assert!(page.contains(r#"<option value="down" selected>"#));
    assert!(page.contains("4510 900101"), "the numbers worth trying");

    let json = r#"{"registry": "address", "mode": "slow", "delay_ms": 250}"#;
    let (status, state) = call(&stand_ins, post("application/json", json)).await;
    assert_eq!(status, StatusCode::OK);
    let state: serde_json::Value = serde_json::from_str(&state).unwrap();
    assert_eq!(state["address"]["mode"], "slow");
    assert_eq!(state["address"]["delay_ms"], 250);
    assert_eq!(get_mode(System::Address), Mode::Slow);

    for wrong in ["registry=bank&mode=down", "registry=snils", ""] {
        let (status, _) = call(&stand_ins, post(FORM, wrong)).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{wrong}");
    }
    let (status, _) = call(&stand_ins, get("/demo/registries")).await;
    assert_eq!(status, StatusCode::OK);
}

#[tokio::test]
async fn the_staff_of_a_demonstration_can_be_read_by_machines() {
    let stand_ins = stand_ins().await;
    let (status, body) = call(&stand_ins, get("/demo/staff.json")).await;
    assert_eq!(status, StatusCode::OK);
    let rows: Vec<serde_json::Value> = serde_json::from_str(&body).unwrap();
    let logins: Vec<_> = rows.iter().filter_map(|r| r["login"].as_str()).collect();
    for login in ["clerk", "clerk2", "admin", "admin2"] {
        assert!(logins.contains(&login), "{login}");
    }
    assert!(rows.iter().all(|r| r["code"].as_str().is_some_and(|c| c.len() == 6) && r["seconds"] == 30));
    let (_, page) = call(&stand_ins, get("/demo/staff")).await;
    assert!(page.contains(rows[0]["code"].as_str().unwrap()) && page.contains("/staff/login"));
}
