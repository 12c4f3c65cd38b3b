//! Dates, and a passport's dates against each other.
#![no_main]

use domain::Timestamp;
use domain::fields::{check_dates, dates};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: (&str, &str, i64)| {
    let (birth, issued, now) = input;
    let today = Timestamp(now).date_in(3);
    let _ = Timestamp(now).ru_date_time(180);
    if let Ok(birth) = dates::parse_date(birth) {
        assert_eq!(dates::parse_date(&dates::format_date(birth)), Ok(birth));
        if let Ok(issued) = dates::parse_date(issued) {
            let _ = check_dates(birth, issued, today);
        }
    }
});
