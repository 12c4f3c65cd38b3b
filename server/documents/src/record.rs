//! A record: names and values under headings, as what the portal holds about a person (PD-4), or what it has erased.

use std::fmt;

use serde::{Deserialize, Serialize};
use time::Date;

use crate::engine::{self, RECORD};
use crate::{DocumentError, Lang, text};

/// Rows under one heading; a value is printed literally.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Section {
    pub title: String,
    pub rows: Vec<(String, String)>,
}

/// What a record says.
#[derive(Clone, PartialEq, Eq)]
pub struct Record {
    pub lang: Lang,
    pub title: String,
    pub lead: String,
    /// Stands beside the page number.
    pub id: String,
    pub sections: Vec<Section>,
    /// Kept in the PDF's metadata.
    pub issued_on: Date,
}

/// Holds everything about somebody; must not reach a log.
impl fmt::Debug for Record {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Record(..)")
    }
}

/// The shape of `templates/record.json`, the designer's sample.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Page<T> {
    pub lang: String,
    pub date: [i32; 3],
    pub id: String,
    pub sections: Vec<Section>,
    pub text: T,
}

/// The record as PDF/A-2a and PDF/UA-1.
///
/// # Errors
/// [`DocumentError`], never with content.
pub fn record(data: &Record) -> Result<Vec<u8>, DocumentError> {
    let printed = |section: &Section| Section {
        title: engine::printable(&section.title),
        rows: section.rows.iter().map(|(n, v)| (engine::printable(n), engine::printable(v))).collect(),
    };
    let page = Page {
        lang: data.lang.tag().to_owned(),
        date: engine::ymd(data.issued_on),
        id: engine::printable(&data.id),
        // A heading over nothing is no section.
        sections: data.sections.iter().filter(|s| !s.rows.is_empty()).map(printed).collect(),
        text: text::record(data.lang, engine::printable(&data.title), engine::printable(&data.lead)),
    };
    engine::render(RECORD, &page, String::new())
}
