//! sms.ru's stand-in: `POST /sms/send` and `/sms/status`, in its own format, into the outbox.

use super::faults;
use super::outbox::{Channel, Outbox, Received};
use super::switches::{Switches, System};
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use axum::{Form, Json, Router};
use serde::Deserialize;
use serde_json::{Map, Value, json};
use std::sync::Arc;
use time::OffsetDateTime;

struct Gateway {
    api_id: String,
    switches: Switches,
    outbox: Outbox,
}

#[derive(Deserialize)]
struct Send {
    api_id: String,
    /// Digits; several numbers are separated by commas.
    to: String,
    #[serde(default)]
    msg: String,
}

/// Eight segments of Cyrillic text, the provider's limit.
const LONGEST: usize = 8 * 67;
const MOST_NUMBERS: usize = 100;

pub(super) fn app(api_id: String, switches: Switches, outbox: Outbox) -> Router {
    let gateway = Arc::new(Gateway { api_id, switches, outbox });
    Router::new().route("/sms/send", post(send)).route("/sms/status", post(status)).with_state(gateway)
}

async fn send(State(gateway): State<Arc<Gateway>>, headers: HeaderMap, Form(send): Form<Send>) -> Response {
    let key = headers.get("idempotency-key").and_then(|value| value.to_str().ok());
    let work = || Json(answer(&gateway, send, key)).into_response();
    faults::play(gateway.switches.get(System::Sms), work).await
}

#[derive(Deserialize)]
struct Ask {
    api_id: String,
    sms_id: String,
}

/// What became of messages: delivered, but to a phone whose number ends in 0404, which is off.
async fn status(State(gateway): State<Arc<Gateway>>, Form(ask): Form<Ask>) -> Response {
    let work = || {
        if ask.api_id != gateway.api_id {
            return Json(refused(200, "Неправильный api_id")).into_response();
        }
        let messages = gateway.outbox.messages();
        let one = |id: &str| match messages.iter().find(|m| sms_id(&m.id) == id) {
            Some(m) if m.to.ends_with("0404") => json!({"status": "OK", "status_code": 104}),
            Some(_) => json!({"status": "OK", "status_code": 103}),
            None => json!({"status": "ERROR", "status_code": -1}),
        };
        let sms: Map<String, Value> = ask.sms_id.split(',').map(|id| (id.to_owned(), one(id))).collect();
        Json(json!({"status": "OK", "status_code": 100, "sms": sms})).into_response()
    };
    faults::play(gateway.switches.get(System::Sms), work).await
}

fn sms_id(id: &str) -> String {
    format!("000000-{id:0>8}")
}

fn answer(gateway: &Gateway, send: Send, key: Option<&str>) -> Value {
    if send.api_id != gateway.api_id {
        return refused(200, "Неправильный api_id");
    }
    let sms: Map<String, Value> = send
        .to
        .split(',')
        .take(MOST_NUMBERS)
        .map(|to| (to.to_owned(), one(&gateway.outbox, to, &send.msg, key)))
        .collect();
    json!({"status": "OK", "status_code": 100, "sms": sms, "balance": 4122.56})
}

fn one(outbox: &Outbox, to: &str, text: &str, key: Option<&str>) -> Value {
    if !(11..=15).contains(&to.len()) || !to.bytes().all(|b| b.is_ascii_digit()) {
        return refused(202, "Неправильно указан номер телефона получателя");
    }
    if text.trim().is_empty() {
        return refused(203, "Нет текста сообщения");
    }
    if text.chars().count() > LONGEST {
        return refused(205, "Сообщение слишком длинное (превышает 8 СМС)");
    }
    let received = Received {
        channel: Channel::Sms,
        to: format!("+{to}"),
        subject: None,
        text: text.to_owned(),
        key: key.map(str::to_owned),
    };
    #[expect(clippy::disallowed_methods, reason = "an outside system has a clock of its own")]
    let id = outbox.put(received, OffsetDateTime::now_utc());
    json!({"status": "OK", "status_code": 100, "sms_id": sms_id(&id)})
}

fn refused(code: u16, words: &str) -> Value {
    json!({"status": "ERROR", "status_code": code, "status_text": words})
}
