//! Addresses and indexes, alone and against what the postal directory says.
#![no_main]

mod common;

use domain::Field;
use domain::fields::Address;
use domain::reference::{PostalKind, PostalObject};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    common::check(Field::RegistrationPostcode, text);
    common::check(Field::RegistrationAddress, text);
    if let Ok(address) = Address::parse(text) {
        for (region_code, town) in [("63", "Самара"), ("77", ""), ("86", "Сургут"), ("", "")] {
            let _ = address.agrees(&PostalObject {
                index: "101000".into(),
                name: town.into(),
                kind: PostalKind::Office,
                region_code: region_code.into(),
                region: region_code.into(),
                area: String::new(),
                town: town.into(),
            });
        }
    }
});
