//! `GET /demo/outbox` and `GET /demo/outbox.json`.

use super::{Demo, escape};
use crate::demo::outbox::{Channel, Message};
use axum::Json;
use axum::extract::State;
use axum::http::header;
use axum::response::{Html, IntoResponse};
use std::fmt::Write;

pub(super) async fn json(State(demo): State<Demo>) -> impl IntoResponse {
    let messages = demo.outbox.messages();
    let messages: Vec<&Message> = messages.iter().map(AsRef::as_ref).collect();
    let body = Json(&messages).into_response();
    ([(header::CACHE_CONTROL, "no-store")], body)
}

pub(super) async fn page(State(demo): State<Demo>) -> impl IntoResponse {
    let messages = demo.outbox.messages();
    let mut main = String::from(
        "<p>Здесь видно, что служба отправила бы по SMS, почте и на устройства. Сверху последнее.</p>\n\
         <p class=\"row middle\"><a class=\"btn\" href=\"/demo/outbox\">Обновить</a> \
         <a href=\"/demo/outbox.json\">То же в JSON</a></p>\n",
    );
    if messages.is_empty() {
        main.push_str("<p>Пока пусто. Начните с <a href=\"/register\">регистрации</a>: код придёт сюда.</p>\n");
    } else {
        main.push_str("<ol class=\"plain flow\" reversed>\n");
        for message in &messages {
            main.push_str(&item(message));
        }
        main.push_str("</ol>\n");
    }
    let page: Html<String> = demo.document("Исходящие сообщения", &main);
    ([(header::CACHE_CONTROL, "no-store")], page)
}

fn item(message: &Message) -> String {
    let channel = match message.channel {
        Channel::Sms => "SMS",
        Channel::Email => "Письмо",
        Channel::Push => "Уведомление",
    };
    let (at, to) = (escape(&message.at), escape(&message.to));
    let heading = match &message.subject {
        Some(subject) => escape(subject),
        None => format!("{channel} на {to}"),
    };
    let mut html = format!(
        "<li class=\"card flow\"><h2>{heading}</h2>\n\
         <p class=\"hint\">{channel} · {to} · <time datetime=\"{at}\">{at}</time></p>\n"
    );
    // Writing to a String cannot fail.
    if let Some(code) = &message.code {
        let _ = writeln!(html, "<p>Код: <b class=\"num\">{}</b></p>", escape(code));
    }
    if let Some(link) = &message.link {
        let link = escape(link);
        let _ = writeln!(html, "<p>Ссылка: <a href=\"{link}\">{link}</a></p>");
    }
    for paragraph in message.text.split("\n\n") {
        let lines = escape(paragraph.trim()).replace('\n', "<br>\n");
        let _ = writeln!(html, "<p>{lines}</p>");
    }
    html.push_str("</li>\n");
    html
}
