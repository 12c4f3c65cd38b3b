//! Names, places and issuers.
#![no_main]

mod common;

use domain::Field;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    for field in [Field::LastName, Field::BirthPlace, Field::PassportIssuer, Field::OrganisationName, Field::Purpose] {
        common::check(field, text);
    }
});
