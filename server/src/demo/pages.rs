//! The demonstration's own pages: what was sent, and the faults of the stand-ins.

mod doors;
mod outbox;
mod postal;
mod registries;
mod staff;

use super::doors::Doors;
use super::push::{Browsers, Subscription};
use super::{Outbox, StandIns, Switches};
use axum::extract::State;
use axum::response::Html;
use axum::routing::{get, post};
use axum::{Json, Router};
use domain::clock::Timestamp;
use std::sync::Arc;

/// What the pages show and change, and the site's own `<link>` elements for their heads.
#[derive(Clone)]
struct Demo {
    outbox: Outbox,
    switches: Switches,
    browsers: Browsers,
    head: Arc<str>,
    now: Now,
    doors: Arc<Doors>,
}

/// The house's clock: codes of authenticators depend on it.
pub type Now = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// `/demo/outbox`, `/demo/outbox.json`, `/demo/registries`, `/demo/door/{door}`, `/demo/staff`, `/demo/staff.json`, and `/demo/push`,
/// which makes a browser that can be told. `head` is put into each page's
/// `<head>` as it is (style sheets, icons). Mount these with `--demo` only.
pub fn routes(of: &StandIns, head: &str, now: Now) -> Router {
    let (outbox, switches, doors) = (of.outbox.clone(), of.switches.clone(), of.doors.clone());
    let demo = Demo { outbox, switches, browsers: of.browsers.clone(), head: head.into(), now, doors };
    Router::new()
        .route("/demo/outbox", get(outbox::page))
        .route("/demo/outbox.json", get(outbox::json))
        .route("/demo/door/{door}", get(doors::page).post(doors::answer))
        .route("/demo/post", get(postal::page))
        .route("/demo/staff", get(staff::page))
        .route("/demo/staff.json", get(staff::json))
        .route("/demo/registries", get(registries::page).post(registries::switch))
        .route("/demo/push", post(subscribe))
        .with_state(demo)
}

/// A browser at the stand-in, for where no service of a real one can be reached.
async fn subscribe(State(demo): State<Demo>) -> Json<Subscription> {
    Json(demo.browsers.subscribe())
}

impl Demo {
    /// A whole HTML document around `main`, which must be HTML already.
    fn document(&self, title: &str, main: &str) -> Html<String> {
        let head = &self.head;
        Html(format!(
            "<!DOCTYPE html>\n<html lang=\"ru\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <meta name=\"robots\" content=\"noindex\">\n\
             <title>{title} — Отделение</title>\n{head}\n</head>\n<body>\n\
             <header class=\"top\"><div class=\"wrap bar\"><a class=\"brand\" href=\"/\">Отделение</a>\
             <nav class=\"row\" aria-label=\"Демонстрация\"><a href=\"/demo/outbox\">Исходящие</a>\
             <a href=\"/demo/registries\">Реестры</a>\
             <a href=\"/demo/post\">Аккаунты почты</a>\
             <a href=\"/demo/staff\">Сотрудники</a></nav></div></header>\n\
             <main class=\"wrap page flow\" id=\"main\">\n<h1>{title}</h1>\n{main}</main>\n</body>\n</html>\n"
        ))
    }
}

/// Text as it may stand in an element or a quoted attribute.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            // Characters HTML does not allow at all.
            c if c.is_control() && !matches!(c, '\n' | '\t') => escaped.push('\u{FFFD}'),
            c => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    #[test]
    fn escapes_what_html_would_read() {
        assert_eq!(
            super::escape("<a href=\"x\" id='y'>&\u{0}\n"),
            "&lt;a href=&quot;x&quot; id=&#39;y&#39;&gt;&amp;\u{FFFD}\n"
        );
    }
}
