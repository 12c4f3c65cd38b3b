//! `/staff/export/{name}`: what auditors take with them, as CSV or JSON. Sent while it is read, so that a year is no more to
//! the server than a day; noted in the journal before the first byte.

use super::StaffVisit;
use crate::csv;
use crate::desks::staff::export::{Export, Rows};
use crate::house::House;
use crate::http::guard::refuse;
use axum::body::Body;
use axum::extract::{Path, Query, Request, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use domain::Code;
use futures::{StreamExt, stream};
use serde::Deserialize;
use std::fmt::Write;
use std::sync::Arc;

#[derive(Deserialize)]
struct Days {
    #[serde(default)]
    from: String,
    #[serde(default)]
    to: String,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Format {
    Csv,
    Json,
}

pub async fn download(State(house): State<Arc<House>>, Path(name): Path<String>, request: Request) -> Response {
    let (parts, _) = request.into_parts();
    let visit = StaffVisit::open(&house, &parts, true).await;
    let wanted = name.split_once('.').and_then(|(what, ending)| {
        let format = match ending {
            "csv" => Format::Csv,
            "json" => Format::Json,
            _ => return None,
        };
        Some((Export::from_name(what)?, format))
    });
    let (Some((what, format)), Ok(Query(days))) = (wanted, Query::<Days>::try_from_uri(&parts.uri)) else {
        let (status, code) = if visit.present.is_some() {
            (StatusCode::NOT_FOUND, Code::NotFound)
        } else {
            (StatusCode::UNAUTHORIZED, Code::NoSession)
        };
        return refuse(status, code);
    };
    match visit.export(what, &days.from, &days.to).await {
        Ok(rows) => sent(&name, what, format, rows),
        Err(refusal) => refuse(refusal.status(), refusal.code),
    }
}

fn sent(name: &str, what: Export, format: Format, rows: Rows) -> Response {
    let columns = what.columns();
    let head = match format {
        Format::Csv => csv::MARK.to_owned() + &csv::line(columns.iter().copied()),
        Format::Json => "[".to_owned(),
    };
    let pages = stream::unfold((rows, true), move |(mut rows, first)| async move {
        match rows.next().await {
            Ok(page) if page.is_empty() => None,
            Ok(page) => Some((Ok(written(columns, &page, format, first)), (rows, false))),
            // Breaks the transfer off: half a file must not look like a whole one.
            Err(error) => Some((Err(std::io::Error::other(error.code.to_string())), (rows, false))),
        }
    });
    let tail = if format == Format::Json { "\n]\n" } else { "" };
    let whole = stream::once(async move { Ok(Bytes::from(head)) })
        .chain(pages)
        .chain(stream::once(async move { Ok::<_, std::io::Error>(Bytes::from_static(tail.as_bytes())) }));
    let kind = if format == Format::Csv { "text/csv; charset=utf-8" } else { "application/json" };
    let headers = [
        (header::CONTENT_TYPE, kind.to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
    ];
    (headers, Body::from_stream(whole)).into_response()
}

fn written(columns: &[&str], page: &[Vec<Option<String>>], format: Format, first: bool) -> Bytes {
    let mut text = String::new();
    for (i, row) in page.iter().enumerate() {
        match format {
            Format::Csv => {
                text.push_str(&csv::line(row.iter().map(|cell| cell.as_deref().unwrap_or_default())));
            }
            Format::Json => {
                let object: serde_json::Map<_, _> =
                    columns.iter().zip(row).map(|(name, cell)| ((*name).to_owned(), cell.clone().into())).collect();
                let comma = if first && i == 0 { "" } else { "," };
                // Writing to a String does not fail.
                let _ = write!(text, "{comma}\n{}", serde_json::Value::Object(object));
            }
        }
    }
    Bytes::from(text)
}
