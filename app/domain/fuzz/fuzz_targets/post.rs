//! Track numbers and cards.
#![no_main]

mod common;

use domain::Field;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    for field in [Field::TrackNumber, Field::CardNumber] {
        common::check(field, text);
    }
    if let Ok(track) = domain::fields::TrackNumber::parse(text) {
        let _ = (track.kind(), track.country(), track.service_letters(), track.check_digit());
    }
});
