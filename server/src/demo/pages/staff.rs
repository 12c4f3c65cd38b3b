//! `GET /demo/staff` and `/demo/staff.json`: the demonstration's staff, with the codes their apps would show now.

use super::{Demo, escape};
use crate::demo::people::{PASSWORD, STAFF};
use crate::desks::totp;
use axum::Json;
use axum::extract::State;
use axum::http::header;
use axum::response::{Html, IntoResponse};
use domain::clock::Timestamp;
use std::fmt::Write;

/// What is left of a code's 30 seconds.
fn seconds_left(now: Timestamp) -> i64 {
    30 - now.0.div_euclid(1000).rem_euclid(30)
}

pub(super) async fn json(State(demo): State<Demo>) -> impl IntoResponse {
    let now = (demo.now)();
    let rows: Vec<_> = STAFF
        .iter()
        .map(|clerk| {
            serde_json::json!({
                "login": clerk.login, "password": PASSWORD, "role": clerk.role.name(),
                "secret": totp::base32(clerk.secret), "code": totp::code(clerk.secret, now), "seconds": seconds_left(now),
            })
        })
        .collect();
    ([(header::CACHE_CONTROL, "no-store")], Json(rows))
}

pub(super) async fn page(State(demo): State<Demo>) -> impl IntoResponse {
    let now = (demo.now)();
    let mut main = format!(
        "<p>Вход: <a href=\"/staff/login\">/staff/login</a>. Пароль у всех <code>{PASSWORD}</code>. \
         Код действует один раз; до следующего {} с.</p>\n<p><a class=\"btn\" href=\"/demo/staff\">Обновить</a></p>\n\
         <div class=\"table\"><table><thead><tr><th scope=\"col\">Логин</th><th scope=\"col\">Кто</th>\
         <th scope=\"col\">Код сейчас</th><th scope=\"col\">Ключ для приложения</th></tr></thead><tbody>\n",
        seconds_left(now)
    );
    for clerk in STAFF {
        let code = totp::code(clerk.secret, now).unwrap_or_default();
        // Writing to a String cannot fail.
        let _ = writeln!(
            main,
            "<tr><td>{}</td><td>{}</td><td><b class=\"num\">{code}</b></td><td><code>{}</code></td></tr>",
            escape(clerk.login),
            escape(clerk.words),
            totp::grouped(&totp::base32(clerk.secret)),
        );
    }
    main.push_str("</tbody></table></div>\n");
    let page: Html<String> = demo.document("Сотрудники демонстрации", &main);
    ([(header::CACHE_CONTROL, "no-store")], page)
}
