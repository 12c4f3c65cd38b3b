//! The passport, whole and in parts.
#![no_main]

mod common;

use domain::Field;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    for field in [Field::PassportSeries, Field::PassportNumber, Field::PassportDepartmentCode] {
        common::check(field, text);
    }
    let _ = domain::fields::Passport::parse(text);
});
