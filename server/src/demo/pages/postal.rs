//! `GET /demo/post`: the stand-in's accounts of the post, which anybody may link.

use super::{Demo, escape};
use crate::demo::postal::ACCOUNTS;
use axum::extract::State;
use axum::response::Html;
use std::fmt::Write;

pub(super) async fn page(State(demo): State<Demo>) -> Html<String> {
    let mut main = String::from(
        "<p>Эти аккаунты «Почты России» можно привязать в <a href=\"/cabinet/post\">кабинете</a>. Код придёт в \
         <a href=\"/demo/outbox\">исходящие</a>.</p>\n<div class=\"table\"><table><thead><tr><th scope=\"col\">Логин</th>\
         <th scope=\"col\">Пароль</th></tr></thead><tbody>\n",
    );
    for account in ACCOUNTS {
        // Writing to a String cannot fail.
        let (login, password) = (escape(account.login), escape(account.password));
        let _ = writeln!(main, "<tr><td>{login}</td><td><code>{password}</code></td></tr>");
    }
    main.push_str("</tbody></table></div>\n");
    demo.document("Аккаунты Почты России", &main)
}
