//! `GET` and `POST /demo/registries`: faults of the stand-ins, and the numbers worth trying.

use super::{Demo, escape};
use crate::demo::scenarios::SCENARIOS;
use crate::demo::switches::{Mode, Setting, System};
use axum::extract::{FromRequest, Request, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum::{Form, Json};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fmt::Write;

/// `{"registry": "passport|snils|inn|address|sms|mail|scanner|doors|accounts", "mode": "ok|down|slow|garbage",
/// "delay_ms": 0}`, as JSON or as a form.
#[derive(Deserialize)]
struct Change {
    registry: System,
    mode: Mode,
    #[serde(default)]
    delay_ms: u64,
}

pub(super) async fn switch(State(demo): State<Demo>, request: Request) -> Response {
    let is_json = request
        .headers()
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|value| value.starts_with("application/json"));
    let change = if is_json {
        match Json::<Change>::from_request(request, &()).await {
            Ok(Json(change)) => change,
            Err(_) => return StatusCode::UNPROCESSABLE_ENTITY.into_response(),
        }
    } else {
        match Form::<Change>::from_request(request, &()).await {
            Ok(Form(change)) => change,
            Err(_) => return StatusCode::UNPROCESSABLE_ENTITY.into_response(),
        }
    };
    demo.switches.set(change.registry, change.mode, change.delay_ms);
    if !is_json {
        return Redirect::to("/demo/registries").into_response();
    }
    let state: BTreeMap<&str, Setting> =
        System::ALL.into_iter().map(|system| (system.id(), demo.switches.get(system))).collect();
    Json(state).into_response()
}

pub(super) async fn page(State(demo): State<Demo>) -> impl IntoResponse {
    let mut main = String::from(
        "<p>В демонстрации реестры, SMS и почта — встроенные заместители. \
         Первый человек, названный с номером паспорта, СНИЛС или ИНН, считается его владельцем; \
         другой человек с тем же номером не сойдётся.</p>\n\
         <section class=\"flow\" aria-labelledby=\"now\"><h2 id=\"now\">Состояние</h2>\n",
    );
    for system in System::ALL {
        main.push_str(&form(system, demo.switches.get(system)));
    }
    main.push_str("</section>\n");
    main.push_str(&scenarios());
    let page = demo.document("Реестры и сбои", &main);
    ([(header::CACHE_CONTROL, "no-store")], page)
}

fn name(system: System) -> &'static str {
    match system {
        System::Passport => "Реестр паспортов",
        System::Snils => "Реестр СНИЛС",
        System::Inn => "Реестр ИНН",
        System::Address => "Адресная база",
        System::Sms => "SMS",
        System::Mail => "Почта",
        System::Scanner => "Антивирус",
        System::Push => "Уведомления на устройство",
        System::Doors => "Банк и Госуслуги",
        System::Accounts => "Почтовые аккаунты",
    }
}

fn form(system: System, setting: Setting) -> String {
    let (id, name) = (system.id(), name(system));
    let mut options = String::new();
    for mode in Mode::ALL {
        let words = match mode {
            Mode::Ok => "работает",
            Mode::Down => "не отвечает",
            Mode::Slow => "отвечает слишком поздно",
            Mode::Garbage => "отвечает непонятно",
        };
        let selected = if mode == setting.mode { " selected" } else { "" };
        // Writing to a String cannot fail.
        let _ = write!(options, "<option value=\"{}\"{selected}>{words}</option>", mode.id());
    }
    let delay = setting.delay_ms;
    format!(
        "<form class=\"card flow\" method=\"post\" action=\"/demo/registries\" aria-labelledby=\"{id}-name\">\
         <h3 id=\"{id}-name\">{name}</h3>\
         <input type=\"hidden\" name=\"registry\" value=\"{id}\">\
         <div class=\"row\"><div class=\"field\"><label for=\"{id}-mode\">Режим</label>\
         <span class=\"select\"><select id=\"{id}-mode\" name=\"mode\">{options}</select></span></div>\
         <div class=\"field\"><label for=\"{id}-delay\">Задержка, мс</label>\
         <input class=\"w-10\" id=\"{id}-delay\" name=\"delay_ms\" type=\"number\" \
         min=\"0\" max=\"60000\" step=\"1\" value=\"{delay}\"></div></div>\
         <p><button class=\"btn\" type=\"submit\">Применить: {name}</button></p></form>\n"
    )
}

fn scenarios() -> String {
    let mut html = String::from(
        "<section class=\"flow\" aria-labelledby=\"try\"><h2 id=\"try\">Номера для проверки</h2>\n\
         <p>Введите такой номер с любым именем, и реестр ответит, как написано.</p>\n<ul class=\"flow\">\n",
    );
    for scenario in SCENARIOS {
        let n = scenario.number;
        let number = match scenario.register {
            "passport" => format!("Паспорт {} {}", &n[..4], &n[4..]),
            "snils" => format!("СНИЛС {}-{}-{} {}", &n[..3], &n[3..6], &n[6..9], &n[9..]),
            _ => format!("ИНН {n}"),
        };
        let words = escape(scenario.words);
        let _ = writeln!(html, "<li><b class=\"num\">{number}</b>. {words}</li>");
    }
    html.push_str("</ul>\n</section>\n");
    html
}
