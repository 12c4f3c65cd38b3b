//! Numbers of the state: СНИЛС, ИНН, ОГРН, КПП.
#![no_main]

mod common;

use domain::Field;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    for field in [Field::Snils, Field::Inn, Field::OrganisationInn, Field::OrganisationOgrn, Field::OrganisationKpp] {
        common::check(field, text);
    }
});
