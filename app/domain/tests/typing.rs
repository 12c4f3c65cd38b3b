//! A form corrects as people type (VAL-10): it never scolds half a value, and tells at once what
//! no further typing can mend.

#[expect(dead_code, reason = "shared with other tests")]
mod support;

use domain::fields::{Ogrn, Passport, check_field};
use domain::{Code, Field};
use support::{applicants, vectors};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

/// The control a vector would be typed into; `None` for passports typed whole.
fn control(kind: &str, digits: usize) -> Option<Field> {
    Some(match kind {
        "card" => Field::CardNumber,
        "date" => Field::BirthDate,
        "dept_code" => Field::PassportDepartmentCode,
        "email" => Field::Email,
        "inn" if digits == 12 => Field::Inn,
        "inn" => Field::OrganisationInn,
        "kpp" => Field::OrganisationKpp,
        "name" => Field::LastName,
        "ogrn" => Field::OrganisationOgrn,
        "phone" => Field::Phone,
        "postal_index" => Field::RegistrationPostcode,
        "snils" => Field::Snils,
        "tracking" => Field::TrackNumber,
        _ => return None,
    })
}

fn never_scolds(what: &str, value: &str, check: impl Fn(&str) -> Result<(), Code>) {
    for (end, c) in value.char_indices() {
        let typed = &value[..end + c.len_utf8()];
        if let Err(code) = check(typed) {
            assert!(code.mended_by_typing(), "{what} {typed:?} of {value:?}: {code}");
        }
    }
    assert_eq!(check(value), Ok(()), "{what} {value:?}");
}

#[test]
fn a_person_typing_a_valid_value_is_never_interrupted() {
    for vector in vectors().iter().filter(|vector| vector.valid) {
        match control(&vector.kind, vector.normalised.len()) {
            // A sole trader's number has no control of its own: organisations are asked for theirs (MBX-5).
            _ if vector.kind == "ogrn" && vector.normalised.len() == 15 => {
                never_scolds("ogrn", &vector.input, |typed| Ogrn::parse(typed).map(drop));
            }
            Some(field) => never_scolds(field.id(), &vector.input, |typed| check_field(field, typed).map(drop)),
            None => never_scolds("passport", &vector.input, |typed| Passport::parse(typed).map(drop)),
        }
    }
}

#[test]
fn a_person_typing_an_address_is_never_interrupted() {
    for person in applicants() {
        for (field, path) in [
            (Field::RegistrationAddress, "/registration_address/text"),
            (Field::ResidenceAddress, "/actual_address/text"),
            (Field::BirthPlace, "/birth_place"),
            (Field::PassportIssuer, "/passport/issued_by"),
            (Field::Login, "/email"),
            (Field::Login, "/phone"),
        ] {
            let value = person.pointer(path).unwrap().as_str().unwrap();
            never_scolds(field.id(), value, |typed| check_field(field, typed).map(drop));
        }
    }
    for typed in ["Utro-Vecher-7", "Пароль не для всех 7"] {
        never_scolds("password", typed, |typed| check_field(Field::Password, typed).map(drop));
    }
    never_scolds("login", "1975@example.org", |typed| check_field(Field::Login, typed).map(drop));
}

#[test]
fn what_cannot_be_mended_is_told_at_once() {
    for (field, typed, code) in [
        (Field::LastName, "и", Code::NameNotCapitalised),
        (Field::LastName, "I", Code::NameNotCyrillic),
        (Field::FirstName, "И.", Code::NameAbbreviated),
        (Field::BirthDate, "32", Code::DateNoSuchDay),
        (Field::BirthDate, "01.13", Code::DateNoSuchDay),
        (Field::BirthPlace, "M", Code::WrongCharacter),
        (Field::PassportSeries, "00", Code::PassportSeriesRegion),
        (Field::PassportSeries, "455", Code::PassportSeriesYear),
        (Field::PassportNumber, "1234567", Code::TooLong),
        (Field::PassportNumber, "000000", Code::PassportNumberZero),
        (Field::PassportIssueDate, "01.01.18", Code::DateYearOutOfRange),
        (Field::PassportDepartmentCode, "77-", Code::DepartmentCodeFormat),
        (Field::Snils, "112-233-445 96", Code::SnilsChecksum),
        (Field::Snils, "00000000000", Code::SnilsZero),
        (Field::Snils, "1.", Code::WrongCharacter),
        (Field::Inn, "00", Code::InnRegionZero),
        (Field::Inn, "500100732258", Code::InnChecksum),
        (Field::OrganisationInn, "77070838930", Code::InnOrganisationNeeds10),
        (Field::OrganisationInn, "7707083894", Code::InnChecksum),
        (Field::OrganisationOgrn, "2", Code::OgrnFirstDigit),
        (Field::OrganisationKpp, "77A", Code::KppFormat),
        (Field::Phone, "+7 7", Code::PhoneForeign),
        (Field::Phone, "8 495", Code::PhoneNotMobile),
        (Field::Phone, "+7 912 345-67-890", Code::PhoneTooLong),
        (Field::Email, "а", Code::EmailCyrillic),
        (Field::Email, "anna ivanova", Code::EmailFormat),
        (Field::Email, "anna..", Code::EmailDoubleDot),
        (Field::RegistrationPostcode, "10100О", Code::WrongCharacter),
        (Field::RegistrationAddress, "г. Крснд, ", Code::AddressAbbreviation),
        (Field::RegistrationAddress, "S", Code::WrongCharacter),
        (Field::TrackNumber, "R1", Code::TrackFormat),
        (Field::TrackNumber, "RG759271808", Code::TrackChecksum),
        (Field::CardNumber, "3", Code::CardSystem),
        (Field::Code, "1234567", Code::TooLong),
    ] {
        assert_eq!(check_field(field, typed), Err(code), "{} {typed}", field.id());
        assert!(!code.mended_by_typing(), "{code}");
    }
}
