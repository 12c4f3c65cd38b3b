//! The document of the staff's API says what the server does: every verb, every table, and real answers fit.

use crate::house::House;
use crate::routes::Door;
use crate::routes_found as found;
use crate::routes_table::{Needs, VERBS};
use crate::staff_entry::Clerk;
use domain::applications::Review;
use domain::staff::{Power, Role};
use serde_json::{Value, json};
use server::http::openapi;
use std::collections::BTreeSet;

/// What of a value does not fit a schema. Knows what the document uses.
fn misfits(document: &Value, schema: &Value, value: &Value, at: &str, wrong: &mut Vec<String>) {
    let mut no = |what: &str| wrong.push(format!("{at}: {what}: {value}"));
    if let Some(name) = schema["$ref"].as_str() {
        let target = document.pointer(name.strip_prefix('#').unwrap()).unwrap_or_else(|| panic!("{name} is nowhere"));
        return misfits(document, target, value, at, wrong);
    }
    for (key, enough) in [("anyOf", 1..=usize::MAX), ("oneOf", 1..=1)] {
        if let Some(all) = schema[key].as_array() {
            let fits = |one: &&Value| {
                let mut found = Vec::new();
                misfits(document, one, value, at, &mut found);
                found.is_empty()
            };
            if !enough.contains(&all.iter().filter(fits).count()) {
                no(key);
            }
            return;
        }
    }
    if let Some(constant) = schema.get("const") {
        if constant != value {
            no("const");
        }
        return;
    }
    let right = match schema["type"].as_str() {
        Some("null") => value.is_null(),
        Some("boolean") => value.is_boolean(),
        Some("integer") => value.is_i64() || value.is_u64(),
        Some("number") => value.is_number(),
        Some("string") => value.is_string(),
        Some("array") => value.is_array(),
        Some("object") => value.is_object(),
        other => panic!("{at}: a schema of type {other:?}"),
    };
    if !right {
        return no("type");
    }
    if let Some(words) = schema["enum"].as_array()
        && !words.contains(value)
    {
        return no("enum");
    }
    if let Some(items) = value.as_array() {
        if let Some(row) = schema["prefixItems"].as_array() {
            if row.len() != items.len() {
                return no("length");
            }
            for (i, (schema, item)) in row.iter().zip(items).enumerate() {
                misfits(document, schema, item, &format!("{at}[{i}]"), wrong);
            }
        } else {
            for item in items {
                misfits(document, &schema["items"], item, &format!("{at}[]"), wrong);
            }
        }
    }
    if let Some(object) = value.as_object() {
        for name in schema["required"].as_array().into_iter().flatten() {
            if !object.contains_key(name.as_str().unwrap()) {
                wrong.push(format!("{at}: without {name}"));
            }
        }
        for (name, value) in object {
            match schema["properties"].get(name) {
                Some(schema) => misfits(document, schema, value, &format!("{at}.{name}"), wrong),
                None if schema["additionalProperties"] == json!(false) => {
                    wrong.push(format!("{at}.{name} is not described"))
                }
                None => {}
            }
        }
    }
}

fn schema<'a>(document: &'a Value, verb: &str, status: &str) -> &'a Value {
    let answer = &document["paths"][format!("/staff/api/{verb}")]["post"]["responses"][status];
    let answer = match answer["$ref"].as_str() {
        Some(name) => document.pointer(name.strip_prefix('#').unwrap()).unwrap(),
        None => answer,
    };
    &answer["content"]["application/json"]["schema"]
}

#[test]
fn every_verb_is_described_with_its_power() {
    let described: BTreeSet<String> = openapi::VERBS.iter().map(|v| v.name.to_owned()).collect();
    assert_eq!(described, found::functions("/staff/api/"));
    for (name, needs, body) in VERBS {
        let verb = openapi::VERBS.iter().find(|v| v.name == *name).unwrap();
        let power = match needs {
            Needs::Entry(..) | Needs::Anybody => None,
            Needs::Of(power) | Needs::At(power) => Some(*power),
        };
        // Two verbs need the power of what they are asked for.
        let either = matches!(*name, "act" | "preview") && matches!(power, Some(Power::Work | Power::Review));
        assert!(verb.power == power || either, "{name}");
        let document = openapi::whole().unwrap();
        let schema = &document["paths"][format!("/staff/api/{name}")]["post"]["requestBody"]["content"]["application/json"]
            ["schema"];
        let mut wrong = Vec::new();
        misfits(&document, schema, &body("an id"), name, &mut wrong);
        assert!(wrong.is_empty(), "{wrong:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn real_answers_fit() {
    let house = House::with(Review::Always).await;
    let citizen = house.citizen("+79137654321").await;
    let id = citizen.apply(&[]).await;
    house.work().await;
    let door = Door::open(&house).await;
    let answer = door.get("/staff/api/openapi.json", "").await;
    assert_eq!(answer.status, 200);
    let document: Value = serde_json::from_str(&answer.body).unwrap();
    assert_eq!(document["openapi"], "3.1.0");
    let clerk = Clerk::here(&house, "clerk", Role::Reviewer, "everywhere").await;
    let other = Clerk::here(&house, "other", Role::Reviewer, "everywhere").await;
    let admin = Clerk::here(&house, "admin", Role::Administrator, "everywhere").await;
    let auditor = Clerk::here(&house, "auditor", Role::Auditor, "everywhere").await;
    let support = Clerk::here(&house, "support", Role::Support, "everywhere").await;
    let ask = json!({"act": "ask", "reason": "OTD-3153", "fields": ["snils"], "documents": ["snils"], "text": "Сверьте номер с карточкой.", "days": 7});
    let mut wrong = Vec::new();
    let mut answered = BTreeSet::new();
    let mut call = async |who: &Clerk<'_>, verb: &str, body: Value, status: u16| {
        let answer = door.call(&format!("/staff/api/{verb}"), &who.cookie(), &body).await;
        assert_eq!(answer.status, status, "{verb}: {}", answer.body);
        let value: Value = serde_json::from_str(&answer.body).unwrap();
        misfits(&document, schema(&document, verb, &status.to_string()), &value, verb, &mut wrong);
        if status == 200 {
            answered.insert(verb.to_owned());
        }
        value
    };
    call(&clerk, "me", json!({}), 200).await;
    call(&clerk, "queue", json!({"filter": {}}), 200).await;
    call(&clerk, "queue_live", json!({"filter": {"scope": "region:54", "kind": "electronic"}}), 200).await;
    let file = call(&clerk, "take_next", json!({"filter": {}, "except": []}), 200).await;
    call(&other, "take", json!({"id": id}), 409).await;
    call(&other, "queue", json!({"filter": {}}), 200).await;
    call(&other, "open", json!({"id": id, "purpose": "complaint"}), 200).await;
    call(&other, "open", json!({"id": id, "purpose": null}), 422).await;
    call(&clerk, "take", json!({"id": id}), 200).await;
    call(&clerk, "preview", json!({"id": id, "act": ask}), 200).await;
    call(&admin, "reassign", json!({"id": id, "to": "other"}), 200).await;
    call(&other, "release", json!({"id": id}), 200).await;
    call(&clerk, "take", json!({"id": id}), 200).await;
    call(&clerk, "act", json!({"id": id, "version": file["version"], "act": ask}), 200).await;
    call(&other, "open", json!({"id": id, "purpose": "mistake"}), 200).await;
    call(&clerk, "search", json!({"query": "Кузьмина", "after": null}), 200).await;
    call(&clerk, "search", json!({"query": ""}), 422).await;
    call(&clerk, "board", json!({}), 200).await;
    crate::verification::request(&house).await;
    let asked = call(&support, "identities", json!({}), 200).await[0]["id"].clone();
    call(&support, "identities_live", json!({}), 200).await;
    call(&clerk, "identities", json!({}), 403).await;
    call(&support, "take_identity", json!({"id": asked}), 200).await;
    call(&support, "decide_identity", json!({"id": asked, "reason": "OTD-3101", "words": ""}), 422).await;
    call(&support, "decide_identity", json!({"id": asked, "reason": "OTD-3412", "words": ""}), 200).await;
    call(&support, "decide_identity", json!({"id": asked, "reason": null, "words": ""}), 409).await;
    call(&support, "take_identity", json!({"id": "nobody"}), 404).await;
    let operator = Clerk::here(&house, "operator", Role::Operator, "everywhere").await;
    let names = [["last_name", "Гордеева"], ["first_name", "Нина"]];
    let caller = json!({"values": [names[0], names[1], ["phone", "+79135550301"]]});
    call(&support, "open_on_the_phone", caller, 200).await;
    house.citizen("+79135550309").await;
    let known = json!({"values": [names[0], names[1], ["phone", "+79135550309"]]});
    call(&support, "open_on_the_phone", known, 409).await;
    let read = json!({"values": [names[0], names[1], ["passport_series", "5014"], ["passport_number", "417299"]]});
    call(&operator, "open_at_the_counter", read.clone(), 200).await;
    call(&support, "open_at_the_counter", read, 403).await;
    let (series, number) = (["passport_series", "5014"], ["passport_number", "417299"]);
    let shown = json!([names[0], names[1], ["birth_date", "15.01.1990"], series, number]);
    let ask_back = |values: &Value, seen: bool| json!({"values": values, "reason": "stolen", "seen": seen});
    call(&operator, "reset_access", ask_back(&shown, false), 422).await;
    call(&operator, "reset_access", ask_back(&json!([]), true), 422).await;
    call(&operator, "reset_access", ask_back(&shown, true), 200).await;
    let seen = json!({"values": [series, number], "seen": true});
    call(&operator, "confirm_reset", seen.clone(), 403).await;
    let operator2 = Clerk::here(&house, "operator2", Role::Operator, "everywhere").await;
    call(&operator2, "confirm_reset", seen.clone(), 200).await;
    call(&operator2, "confirm_reset", seen.clone(), 200).await;
    let nobodys = json!({"values": [series, ["passport_number", "417298"]], "seen": true});
    call(&operator2, "confirm_reset", nobodys, 422).await;
    call(&support, "confirm_reset", seen, 403).await;
    call(&clerk, "people", json!({}), 403).await;
    call(&clerk, "take_next", json!({"filter": {}, "except": []}), 200).await;
    call(&auditor, "audit", json!({"login": "clerk"}), 200).await;
    call(&admin, "add", json!({"login": "vera", "role": "support", "scope": "region:54"}), 200).await;
    let people = call(&admin, "people", json!({}), 200).await;
    let vera = people.as_array().unwrap().iter().find(|p| p["login"] == "vera").unwrap();
    call(&admin, "propose", json!({"staff_id": vera["id"], "role": "operator", "scope": "everywhere"}), 200).await;
    call(&admin, "confirm", json!({"grant_id": vera["grants"][0]["id"]}), 403).await;
    call(&admin, "end", json!({"grant_id": vera["grants"][0]["id"]}), 200).await;
    call(&admin, "reset", json!({"login": "vera"}), 200).await;
    call(&admin, "disable", json!({"login": "vera", "disabled": true}), 200).await;
    let partner = json!({"name": "Банк", "url": "http://127.0.0.1:9/", "events": ["application.status_changed"]});
    let partner = call(&admin, "add_partner", partner, 200).await;
    call(&admin, "add_partner", json!({"name": "x", "url": "ftp://x", "events": ["application.submitted"]}), 422).await;
    call(&admin, "partners", json!({}), 200).await;
    let second = house.citizen("+79137654322").await;
    second.apply(&[(domain::Field::Snils, "001-001-998 00"), (domain::Field::PassportNumber, "654322")]).await;
    let mut tx = house.house.db.write().await.unwrap();
    let event = domain::staff::Event::StatusChanged;
    let delivery =
        server::storage::webhooks::enter(&mut tx, partner["id"].as_str().unwrap(), event, "{}", 0).await.unwrap();
    tx.commit().await.unwrap();
    call(&admin, "deliveries", json!({"id": partner["id"], "after": null}), 200).await;
    call(&admin, "redeliver", json!({"delivery": delivery}), 200).await;
    call(&admin, "switch_partner", json!({"id": partner["id"], "on": false}), 200).await;
    call(&admin, "remove_partner", json!({"id": partner["id"]}), 200).await;
    call(&admin, "logout", json!({}), 200).await;
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    // Those that lead in are walked through elsewhere; a second administrator's consent and appeals too.
    let left: Vec<_> = openapi::VERBS.iter().map(|v| v.name).filter(|name| !answered.contains(*name)).collect();
    assert_eq!(
        left,
        [
            "login",
            "new_password",
            "enrolment",
            "enrol",
            "code",
            "preview_appeal",
            "decide_appeal",
            "confirm",
            "identify"
        ]
    );
}
