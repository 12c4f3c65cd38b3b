//! `/staff/api/openapi.json`: the staff's API, the exports and what partners are told, as an OpenAPI 3.1 document made of
//! the types themselves.

mod shape;
mod verbs;

pub use verbs::VERBS;

use crate::desks::staff::export::Export;
use crate::http::guard::refuse;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::Code;
use domain::applications::{MailboxKind, Stage, Status};
use domain::staff::{Ask, Event, Refusal};
use serde_json::{Map, Value, json};
use shape::Shape;
use std::sync::OnceLock;

/// The document; the same for everybody, and of nobody's data.
pub async fn document() -> Response {
    static WRITTEN: OnceLock<Option<String>> = OnceLock::new();
    let written = WRITTEN.get_or_init(|| match whole() {
        Ok(document) => Some(document.to_string()),
        Err(error) => {
            tracing::error!(error, "a type does not tell its shape");
            None
        }
    });
    match written {
        Some(text) => ([(header::CONTENT_TYPE, "application/json")], text.as_str()).into_response(),
        None => refuse(StatusCode::INTERNAL_SERVER_ERROR, Code::Internal),
    }
}

/// # Errors
/// A type whose shape is not told.
pub fn whole() -> Result<Value, String> {
    let mut schemas = Map::new();
    schemas.insert("Error".into(), error());
    let mut paths = Map::new();
    for verb in VERBS {
        // What is sent as a whole is its verb's alone; objects within it have names of their own.
        let body = inline(&(verb.body)()?, &mut schemas);
        let answer = schema(&(verb.answer)()?, &mut schemas);
        let mut answers = Map::new();
        answers.insert(
            "200".into(),
            json!({ "description": "Done", "content": { "application/json": { "schema": answer } } }),
        );
        let power: &[u16] = if verb.power.is_some() { &[403] } else { &[] };
        for status in [400, 401].iter().chain(power).chain(verb.refused).chain(&[500, 503]) {
            answers.insert(status.to_string(), json!({ "$ref": "#/components/responses/Refused" }));
        }
        let about = match verb.power {
            Some(power) => format!("{}. Needs the power `{}`.", verb.about, power.name()),
            None => format!("{}.", verb.about),
        };
        paths.insert(
            format!("/staff/api/{}", verb.name),
            json!({ "post": {
                "operationId": verb.name, "summary": verb.about, "description": about, "tags": ["desk"],
                "requestBody": { "required": true, "content": { "application/json": { "schema": body } } },
                "responses": answers,
            }}),
        );
    }
    paths.insert("/staff/export/{name}".into(), exports());
    schemas.insert("Act".into(), act(&mut Map::new())?);
    schemas.insert("Finding".into(), finding());
    Ok(json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Otdelenie: staff and partners", "version": env!("CARGO_PKG_VERSION"),
            "license": { "name": "MIT OR Apache-2.0", "identifier": "MIT OR Apache-2.0" },
            "description": "Moments are milliseconds since 1970 UTC unless said otherwise. Every call is noted.",
        },
        "security": [{ "staff": [] }],
        "paths": paths,
        "webhooks": webhooks(),
        "components": {
            "securitySchemes": { "staff": { "type": "apiKey", "in": "cookie", "name": "__Secure-staff" } },
            "responses": { "Refused": {
                "description": "Refused; the code is explained at /help/errors/{code}",
                "content": { "application/json": { "schema": { "$ref": "#/components/schemas/Error" } } },
            }},
            "schemas": schemas,
        },
    }))
}

/// A shape as JSON Schema; objects go to `schemas` under their names.
fn schema(shape: &Shape, schemas: &mut Map<String, Value>) -> Value {
    match shape {
        Shape::Null => json!({ "type": "null" }),
        Shape::Bool => json!({ "type": "boolean" }),
        Shape::Integer => json!({ "type": "integer" }),
        Shape::Number => json!({ "type": "number" }),
        Shape::Text => json!({ "type": "string" }),
        Shape::Words(words) => json!({ "type": "string", "enum": words }),
        Shape::List(inner) => json!({ "type": "array", "items": schema(inner, schemas) }),
        Shape::Row(all) => {
            let items: Vec<Value> = all.iter().map(|one| schema(one, schemas)).collect();
            json!({ "type": "array", "prefixItems": items, "minItems": all.len(), "maxItems": all.len() })
        }
        Shape::Maybe(inner) => json!({ "anyOf": [schema(inner, schemas), { "type": "null" }] }),
        Shape::Tagged(name) => json!({ "$ref": format!("#/components/schemas/{name}") }),
        Shape::Object { name, .. } => {
            let written = inline(shape, schemas);
            match schemas.get(*name) {
                // Two types of one name: the second stands where it is used.
                Some(other) if *other != written => return written,
                Some(_) => {}
                None => {
                    schemas.insert((*name).to_owned(), written);
                }
            }
            json!({ "$ref": format!("#/components/schemas/{name}") })
        }
    }
}

/// An object where it stands.
fn inline(shape: &Shape, schemas: &mut Map<String, Value>) -> Value {
    let Shape::Object { fields, .. } = shape else { return schema(shape, schemas) };
    let properties: Map<String, Value> =
        fields.iter().map(|part| (part.name.to_owned(), schema(&part.shape, schemas))).collect();
    let required: Vec<&str> = fields.iter().filter(|p| p.required).map(|p| p.name).collect();
    json!({ "type": "object", "properties": properties, "required": required, "additionalProperties": false })
}

/// An act, told apart by the field `act`.
fn act(schemas: &mut Map<String, Value>) -> Result<Value, String> {
    let mut all = vec![tagged("act", "approve", json!({ "type": "object", "properties": {}, "required": [] }))];
    for (name, shape) in [("ask", shape::of::<Ask>()?), ("refuse", shape::of::<Refusal>()?)] {
        all.push(tagged("act", name, inline(&shape, schemas)));
    }
    Ok(json!({ "oneOf": all }))
}

fn finding() -> Value {
    let (text, texts) = (json!({ "type": "string" }), json!({ "type": "array", "items": { "type": "string" } }));
    let object = |properties: Value, required: &[&str]| json!({ "type": "object", "properties": properties, "required": required });
    json!({ "oneOf": [
        tagged("outcome", "agrees", object(json!({}), &[])),
        tagged("outcome", "differs", object(json!({ "code": text, "fields": texts }), &["code", "fields"])),
        tagged("outcome", "unknown", object(json!({ "fields": texts }), &[])),
    ]})
}

/// An object with the field that tells it apart.
fn tagged(tag: &str, name: &str, mut object: Value) -> Value {
    object["properties"][tag] = json!({ "const": name });
    if let Some(required) = object["required"].as_array_mut() {
        required.push(tag.into());
    }
    object["additionalProperties"] = false.into();
    object
}

fn error() -> Value {
    let (text, field) = (json!({ "type": "string" }), json!({ "type": "array", "items": { "type": "object" } }));
    json!({
        "type": "object", "properties": { "code": text, "message": text, "fields": field },
        "required": ["code", "message", "fields"], "additionalProperties": false,
    })
}

fn exports() -> Value {
    let names: Vec<String> =
        Export::ALL.iter().flat_map(|e| ["csv", "json"].map(|ending| format!("{}.{ending}", e.name()))).collect();
    let columns: Map<String, Value> = Export::ALL.iter().map(|e| (e.name().to_owned(), json!(e.columns()))).collect();
    let day = |name: &str| {
        let about = "A day of Moscow, included; without it the last thirty";
        json!({ "name": name, "in": "query", "schema": { "type": "string", "format": "date" }, "description": about })
    };
    let row = json!({ "type": "object", "additionalProperties": { "type": ["string", "null"] } });
    json!({ "get": {
        "operationId": "export", "tags": ["audit"], "summary": "Rows for auditors, sent while they are read",
        "description": "Needs the power `audit`; noted in the journal. Nobody's data beyond numbers and places.",
        "parameters": [
            { "name": "name", "in": "path", "required": true, "schema": { "type": "string", "enum": names } },
            day("from"), day("to"),
        ],
        "x-columns": columns,
        "responses": {
            "200": { "description": "The rows", "content": {
                "application/json": { "schema": { "type": "array", "items": row } },
                "text/csv": { "schema": { "type": "string" } },
            }},
            "400": { "$ref": "#/components/responses/Refused" }, "401": { "$ref": "#/components/responses/Refused" },
            "403": { "$ref": "#/components/responses/Refused" }, "404": { "$ref": "#/components/responses/Refused" },
        },
    }})
}

/// What partners are told, by the Standard Webhooks.
fn webhooks() -> Value {
    let words = |all: Vec<&str>| json!({ "type": "string", "enum": all });
    let status = words(Status::ALL.iter().map(|s| s.name()).collect());
    let stage = words(Stage::ALL.iter().map(|s| s.name()).collect());
    let kind = words(MailboxKind::ALL.iter().map(|k| k.name()).collect());
    let header = |name: &str, about: &str| json!({ "name": name, "in": "header", "required": true, "schema": { "type": "string" }, "description": about });
    let all = Event::ALL.iter().map(|event| {
        let body = json!({
            "type": "object", "required": ["type", "timestamp", "data"],
            "properties": {
                "type": { "const": event.name() },
                "timestamp": { "type": "string", "format": "date-time" },
                "data": {
                    "type": "object", "required": ["number", "kind", "status", "stage", "version"],
                    "properties": {
                        "number": { "type": "string" }, "kind": kind, "status": status, "stage": stage,
                        "version": { "type": "integer", "description": "Grows with every change of the application" },
                        "previous_status": status, "previous_stage": stage,
                    },
                },
            },
        });
        let told = json!({ "post": {
            "summary": event.name(), "tags": ["partners"], "security": [],
            "parameters": [
                header("webhook-id", "The same in every attempt: drop a second one"),
                header("webhook-timestamp", "Seconds since 1970 of this attempt: refuse what is older than five minutes"),
                header("webhook-signature", "`v1,` and base64 of HMAC-SHA-256 over `id.timestamp.body` under the secret"),
            ],
            "requestBody": { "required": true, "content": { "application/json": { "schema": body } } },
            "responses": { "2XX": { "description": "Taken. Anything else is tried again for a day, `410` never" } },
        }});
        (event.name().to_owned(), told)
    });
    Value::Object(all.collect())
}
