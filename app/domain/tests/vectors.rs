//! Every vector, in the browser's target too.

mod support;

use domain::fields::{
    Address, BirthPlace, PassportIssuer, PassportNumber, PassportSeries, check_dates, check_field, check_series, dates,
    format_field,
};
use domain::{Code, Field, Timestamp};
use support::{Directory, applicants, hostile_strings, read, vectors};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

#[test]
fn every_vector_is_answered_as_its_oracle_does() {
    let directory = Directory::load();
    let mut wrong = Vec::new();
    let all = vectors();
    assert_eq!(all.len(), 2875);
    for vector in &all {
        let answer = read(&vector.kind, &vector.input, &directory);
        let expected = vector.valid.then_some(vector.normalised.as_str());
        if answer.as_deref().ok() != expected {
            wrong.push(format!("{} {:?}: {answer:?} ({})", vector.kind, vector.input, vector.source));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn hostile_strings_are_answered_too() {
    let hostile = hostile_strings();
    assert_eq!(hostile.len(), 515);
    let directory = Directory::load();
    for text in hostile {
        for field in Field::ALL {
            let stored = check_field(*field, &text);
            assert_eq!(stored.is_ok(), format_field(*field, &text).is_some());
        }
        for kind in ["inn", "passport", "postal_index"] {
            let _ = read(kind, &text, &directory);
        }
        if let Ok(address) = Address::parse(&text) {
            assert!(!address.as_str().contains('<'));
        }
    }
}

/// Their passports, dates and addresses hold together on the day they were made up.
#[test]
fn generated_applicants_pass_every_rule() {
    let today = Timestamp(1_793_491_200_000).date_in(3);
    assert_eq!(dates::format_date(today), "01.11.2026");
    for person in applicants() {
        let text = |path: &str| person.pointer(path).unwrap().as_str().unwrap().to_owned();
        for (field, path) in [
            (Field::LastName, "/last_name"),
            (Field::FirstName, "/first_name"),
            (Field::Snils, "/snils"),
            (Field::Phone, "/phone"),
            (Field::Email, "/email"),
            (Field::PassportDepartmentCode, "/passport/department_code"),
            (Field::RegistrationPostcode, "/registration_address/postal_index"),
            (Field::RegistrationAddress, "/registration_address/text"),
            (Field::ResidenceAddress, "/actual_address/text"),
            (Field::OfficeIndex, "/office_index"),
        ] {
            let answer = check_field(field, &text(path));
            assert!(answer.is_ok(), "{} {path}: {answer:?}", person["id"]);
        }
        BirthPlace::parse(&text("/birth_place")).unwrap();
        PassportIssuer::parse(&text("/passport/issued_by")).unwrap();
        PassportNumber::parse(&text("/passport/number")).unwrap();
        let series = PassportSeries::parse(&text("/passport/series")).unwrap();
        let birth = dates::parse_date(&text("/birth_date")).unwrap();
        let issued = dates::parse_date(&text("/passport/issued_on")).unwrap();
        assert_eq!(check_series(&series, issued), Ok(()), "{}", person["id"]);
        assert_eq!(check_dates(birth, issued, today), [], "{}", person["id"]);
    }
}

/// An address written from the directory itself never contradicts its own index, and one moved
/// to an index of another region nearly always does. Forty thousand addresses are too many for the
/// slower target.
#[test]
#[cfg(not(target_arch = "wasm32"))]
fn indexes_are_compared_with_addresses() {
    let directory = Directory::load();
    let samara = directory.get("443081").unwrap();
    let (mut refused, mut compared, mut missed) = (Vec::new(), 0, 0);
    for object in directory.objects().filter(|o| o.kind.valid_in_address()) {
        let parts = [&*object.region, &*object.area, &*object.town, "ул. Мира", "д. 1"];
        let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        // Names with shortenings of their own are not for this test.
        let Ok(address) = Address::parse(&parts.join(", ")) else {
            continue;
        };
        compared += 1;
        if let Err((code, detail)) = address.agrees(object) {
            refused.push(format!("{} {}: {code} {detail}", object.index, address.as_str()));
        }
        if object.region_code != "63" && address.agrees(samara).is_ok() {
            missed += 1;
        }
    }
    assert!(refused.is_empty(), "{}: {}", refused.len(), refused.join("\n"));
    assert!(compared > 42_000, "{compared}");
    assert!(missed < 50, "{missed}");
}

#[test]
fn applicants_live_where_their_index_says() {
    let directory = Directory::load();
    for person in applicants() {
        for home in ["/registration_address", "/actual_address"] {
            let text = person.pointer(home).unwrap()["text"].as_str().unwrap();
            let index = person.pointer(home).unwrap()["postal_index"].as_str().unwrap();
            let object = directory.get(index).unwrap();
            assert_eq!(Address::parse(text).unwrap().agrees(object), Ok(()), "{text}");
        }
    }
}

/// A changed code number would change what people read out to support.
#[test]
fn code_numbers_stay() {
    assert_eq!(Code::NameEndsOpen.to_string(), "OTD-1109");
    assert_eq!(Code::SnilsChecksum.to_string(), "OTD-1402");
}
