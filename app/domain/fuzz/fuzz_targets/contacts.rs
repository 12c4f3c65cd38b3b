//! Phones, e-mail, logins, passwords.
#![no_main]

mod common;

use domain::Field;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    for field in [Field::Phone, Field::Email, Field::Login, Field::Code, Field::Password] {
        common::check(field, text);
    }
    if let Ok(phone) = domain::fields::Phone::parse(text) {
        let _ = phone.masked();
    }
    if let Ok(email) = domain::fields::Email::parse(text) {
        let _ = email.masked();
    }
});
