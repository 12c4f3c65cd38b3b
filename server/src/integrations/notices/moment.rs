//! Dates and times as people read them.

use super::Language;
use time::{OffsetDateTime, UtcOffset};

const RU: [&str; 12] = [
    "января",
    "февраля",
    "марта",
    "апреля",
    "мая",
    "июня",
    "июля",
    "августа",
    "сентября",
    "октября",
    "ноября",
    "декабря",
];
const EN: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// «24 ноября 2026, 14:36 (московское время)»: the zone is always said, Russia has eleven (E8).
pub fn moment(at: OffsetDateTime, language: Language) -> String {
    let month = usize::from(u8::from(at.month())) - 1;
    let (day, year, hour, minute) = (at.day(), at.year(), at.hour(), at.minute());
    let zone = zone(at.offset(), language);
    match language {
        Language::Ru => format!("{day} {} {year}, {hour:02}:{minute:02} ({zone})", RU[month]),
        Language::En => format!("{day} {} {year}, {hour:02}:{minute:02} ({zone})", EN[month]),
    }
}

fn zone(offset: UtcOffset, language: Language) -> String {
    let (hours, minutes, _) = offset.as_hms();
    match (hours, minutes, language) {
        (3, 0, Language::Ru) => "московское время".to_owned(),
        (3, 0, Language::En) => "Moscow time".to_owned(),
        (hours, 0, _) => format!("UTC{hours:+}"),
        (hours, minutes, _) => format!("UTC{hours:+}:{:02}", minutes.abs()),
    }
}
