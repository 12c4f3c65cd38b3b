//! `GET` and `POST /demo/door/{door}`: the stand-in asks whether the portal may know who one is.

use super::{Demo, escape};
use crate::demo::doors::{Ask, PEOPLE, Person};
use axum::Form;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Path, Query, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use domain::accounts::doors::Door;
use serde::Deserialize;
use std::fmt::Write;

fn title(door: Door) -> &'static str {
    match door {
        Door::Bank => "Банк: вход на портал «Отделение»",
        Door::Gosuslugi => "Госуслуги: вход на портал «Отделение»",
    }
}

pub(super) async fn page(
    State(demo): State<Demo>,
    Path(name): Path<String>,
    ask: Result<Query<Ask>, QueryRejection>,
) -> Response {
    let Some(door) = Door::from_name(&name) else { return StatusCode::NOT_FOUND.into_response() };
    let Some(Query(ask)) = ask.ok().filter(|Query(ask)| demo.doors.fits(door, ask)) else {
        let words = "<p>Портал спросил не то, о чём договаривались. Вернитесь и начните <a href=\"/login\">вход</a> заново.</p>\n";
        return (StatusCode::BAD_REQUEST, demo.document(title(door), words)).into_response();
    };
    let mut hidden = String::new();
    for (name, value) in [
        ("client_id", &ask.client_id),
        ("redirect_uri", &ask.redirect_uri),
        ("response_type", &ask.response_type),
        ("scope", &ask.scope),
        ("state", &ask.state),
        ("nonce", &ask.nonce),
        ("code_challenge", &ask.code_challenge),
        ("code_challenge_method", &ask.code_challenge_method),
    ] {
        // Writing to a String cannot fail.
        let _ = write!(hidden, "<input type=\"hidden\" name=\"{name}\" value=\"{}\">", escape(value));
    }
    let mut main = format!(
        "<p>Это заместитель: так выглядел бы вопрос настоящего сервиса. Портал просит имя, дату рождения, паспорт, \
         телефон и почту. Выберите, кем войти.</p>\n<form class=\"flow\" method=\"post\" action=\"/demo/door/{name}\">{hidden}\n",
        name = door.name()
    );
    for person in PEOPLE {
        let _ = writeln!(
            main,
            "<p><button class=\"btn\" type=\"submit\" name=\"person\" value=\"{}\">{}</button> \
             <span class=\"hint\">{}</span></p>",
            person.id,
            escape(&person.name()),
            person.about()
        );
    }
    main.push_str(
        "<p><button class=\"btn quiet\" type=\"submit\" name=\"person\" value=\"\">Отказаться</button></p>\n</form>\n",
    );
    ([(header::CACHE_CONTROL, "no-store")], demo.document(title(door), &main)).into_response()
}

#[derive(Deserialize)]
pub(super) struct Said {
    #[serde(default)]
    person: String,
    #[serde(flatten)]
    ask: Ask,
}

pub(super) async fn answer(State(demo): State<Demo>, Path(name): Path<String>, Form(said): Form<Said>) -> Response {
    match Door::from_name(&name) {
        Some(door) if demo.doors.fits(door, &said.ask) => {
            Redirect::to(&demo.doors.answered(door, said.ask, Person::find(&said.person))).into_response()
        }
        _ => StatusCode::BAD_REQUEST.into_response(),
    }
}
