//! What the directory answers to citizens and clerks.

#![expect(clippy::unwrap_used, reason = "a test may")]

use std::sync::LazyLock;
use std::time::{Duration, Instant};

use domain::applications::check_places;
use domain::reference::PostalKind;
use domain::{Code, Field};
use server::reference::{OfficeQuery, Reference};

static REFERENCE: LazyLock<Reference> = LazyLock::new(|| Reference::load().unwrap());

const VECTORS: &str = include_str!("../../app/domain/tests/vectors/postal_index.csv");

fn search(text: &str) -> Vec<domain::reference::PostalObject> {
    REFERENCE.offices(OfficeQuery { text, region_code: None, limit: 10 })
}

#[test]
fn the_whole_directory_is_there() {
    assert_eq!(REFERENCE.count(), 61_429);
    assert_eq!(REFERENCE.regions().len(), 90);
    assert_eq!(REFERENCE.postcode("101000").unwrap().kind, PostalKind::Office);
}

#[test]
fn an_object_is_named_as_people_name_it() {
    let office = REFERENCE.postcode("630099").unwrap();
    assert_eq!(office.index, "630099");
    assert_eq!(office.name, "Новосибирск 99");
    assert_eq!(office.town, "Новосибирск");
    assert_eq!((office.region_code.as_str(), office.region.as_str()), ("54", "Новосибирская область"));

    let moscow = REFERENCE.postcode("101000").unwrap();
    assert_eq!((moscow.town.as_str(), moscow.region.as_str()), ("", "г. Москва"));

    let amur = REFERENCE.postcode("681032").unwrap();
    assert_eq!((amur.town.as_str(), amur.name.as_str()), ("Комсомольск-на-Амуре", "Комсомольск-на-Амуре 32"));

    let autonomous = REFERENCE.postcode("628247").unwrap();
    assert_eq!(autonomous.region, "Ханты-Мансийский автономный округ — Югра");
    assert_eq!(autonomous.area, "Советский район");
}

#[test]
fn every_vector_is_answered_as_the_directory_says() {
    let (mut known, mut unknown) = (0, 0);
    for row in VECTORS.lines().skip(1).filter(|row| row.contains("PIndx")) {
        let mut cells = row.splitn(5, ',');
        let (Some(input), Some(valid), Some(_), Some(source)) =
            (cells.nth(1), cells.next(), cells.next(), cells.next())
        else {
            continue;
        };
        let input = input.trim_matches('"').trim();
        let object = REFERENCE.postcode(input);
        if source.contains("no such index") {
            assert!(object.is_none(), "{input}");
            unknown += 1;
            continue;
        }
        let object = object.unwrap_or_else(|| panic!("{input} is in the directory"));
        assert_eq!(object.kind.valid_in_address(), valid == "1", "{input}");
        if valid == "1" {
            let name = source.trim_matches('"').split(": ").nth(1).and_then(|s| s.rsplit_once(", ")).map(|(n, _)| n);
            assert_eq!(Some(object.name.to_lowercase()), name.map(str::to_lowercase), "{input}");
        }
        known += 1;
    }
    assert!(known > 100 && unknown > 10, "{known} known, {unknown} unknown");
}

#[test]
fn only_six_digits_are_an_index() {
    for input in ["", "10100", "1010000", "101 000", "10100O", "１０１０００", "+10100", "000000", "999999"] {
        assert_eq!(REFERENCE.postcode(input), None, "{input}");
    }
}

#[test]
fn an_index_of_a_place_the_directory_has_nothing_about_is_let_through_with_a_warning() {
    // One of Khabarovsk that no office has, and one of Donetsk, whose offices are not in the directory.
    let (listed, nobodys) = ("680072", "283001");
    assert!(REFERENCE.covers(listed) && !REFERENCE.covers(nobodys));
    assert!(["", "63", "000"].iter().all(|short| !REFERENCE.covers(short)));
    let fields = [Field::RegistrationPostcode];
    let told = |index: &str| {
        let values = [(Field::RegistrationPostcode, index.to_owned())].into_iter().collect();
        let found = check_places(&values, &fields, |i| REFERENCE.postcode(i), |i| REFERENCE.covers(i));
        found.into_iter().map(|error| error.code).collect::<Vec<_>>()
    };
    assert_eq!(told(listed), [Code::PostcodeUnknown], "its neighbours are there, it is not");
    assert_eq!(told(nobodys), [Code::PostcodeRegionNotInDirectory]);
    assert!(Code::PostcodeRegionNotInDirectory.is_warning() && !Code::PostcodeUnknown.is_warning());
}

#[test]
fn an_index_of_another_region_is_seen() {
    let citizen_says = REFERENCE.region("77").unwrap();
    let office = REFERENCE.postcode("630099").unwrap();
    assert_ne!(office.region_code, citizen_says.code);
    assert_eq!(REFERENCE.region(&office.region_code).unwrap().name, office.region);
    for object in ["101000", "190000", "299011", "420000", "679000", "468320"] {
        let object = REFERENCE.postcode(object).unwrap();
        assert_eq!(REFERENCE.region(&object.region_code).unwrap().name, object.region);
    }
}

#[test]
fn regions_have_the_names_of_the_constitution() {
    let name = |code| REFERENCE.region(code).map(|region| region.name.as_str());
    assert_eq!(name("16"), Some("Республика Татарстан"));
    assert_eq!(name("18"), Some("Удмуртская Республика"));
    assert_eq!(name("21"), Some("Чувашская Республика"));
    assert_eq!(name("14"), Some("Республика Саха (Якутия)"));
    assert_eq!(name("93"), Some("Донецкая Народная Республика"));
    assert_eq!(name("79"), Some("Еврейская автономная область"));
    assert_eq!(name("78"), Some("г. Санкт-Петербург"));
    assert_eq!(name("96"), None);
    assert_eq!(name("7"), None);
    assert_eq!(REFERENCE.region("39").unwrap().utc_offset_minutes, 120);
    assert_eq!(REFERENCE.region("41").unwrap().utc_offset_minutes, 720);
    assert!(
        REFERENCE
            .regions()
            .iter()
            .all(|region| !region.name.contains(['/', '-']) || region.name.contains(char::is_lowercase))
    );
}

#[test]
fn the_department_code_names_who_issued_the_passport() {
    let units = REFERENCE.units("770-001");
    assert!(units.contains(&"УФМС РОССИИ ПО Г. МОСКВЕ"), "{units:?}");
    assert_eq!(REFERENCE.units("770001"), units);
    assert!(REFERENCE.units("010-001").contains(&"МВД ПО РЕСП. АДЫГЕЯ"));
    for unknown in ["", "770", "77-0001", "000-000", "999-999", "77000Ж", "770–001", "770-001-1"] {
        assert!(REFERENCE.units(unknown).is_empty(), "{unknown}");
    }
}

#[test]
fn the_series_names_the_region_of_the_blank() {
    let codes = |series| REFERENCE.series_regions(series).iter().map(|r| r.code.clone()).collect::<Vec<_>>();
    assert_eq!(codes("4510"), ["77"]);
    assert_eq!(codes("50"), ["54"]);
    assert_eq!(codes("1104"), ["29", "83"]);
    assert!(codes("00").is_empty() && codes("ы").is_empty() && codes("").is_empty());
}

#[test]
fn a_citizen_finds_an_office_by_its_town() {
    let found = search("казань");
    assert!(found.iter().all(|office| office.town == "Казань"));
    assert_eq!(found[0].kind, PostalKind::Main);

    assert!(search("новосиб").iter().all(|office| office.town == "Новосибирск"));
    assert_eq!(search("ОРЁЛ")[0].town.to_lowercase().replace('ё', "е"), "орел");
    assert_eq!(search("орел"), search("Орёл"));
    assert_eq!(search("ростов на дону")[0].town, "Ростов-на-Дону");
    assert_eq!(search("москва")[0].region_code, "77");
    assert_eq!(search("путилково")[0].index, "143440");
    assert_eq!(search("московская область, г. Красногорск")[0].town, "Красногорск");
}

#[test]
fn a_citizen_finds_an_office_by_its_index_or_number() {
    assert_eq!(search("630099")[0].index, "630099");
    assert_eq!(search(" 420015 ")[0].index, "420015");
    assert_eq!(search("г. Казань, 420015")[0].index, "420015");
    assert_eq!(search("Москва 87")[0].index, "121087");
    assert!(search("6300").iter().all(|office| office.index.starts_with("6300")));
}

#[test]
fn nobody_is_sent_to_a_locker_or_a_sorting_place() {
    assert_eq!(REFERENCE.postcode("918517").unwrap().kind, PostalKind::Locker);
    assert!(search("918517").is_empty());
    for text in ["москва", "казань", "9", "1"] {
        assert!(search(text).iter().all(|office| office.kind.serves_visitors()));
    }
}

#[test]
fn a_region_narrows_the_search_and_lists_itself() {
    let within = |text, code| REFERENCE.offices(OfficeQuery { text, region_code: Some(code), limit: 500 });
    assert!(within("октябрьский", "02").iter().all(|office| office.region_code == "02"));
    assert!(within("казань", "54").is_empty());
    assert_eq!(within("", "16")[0].town, "Казань");
    assert_eq!(within("", "16").len(), 500);
    assert!(within("", "93").is_empty() && within("а", "нет").is_empty());
}

#[test]
fn odd_queries_find_nothing_and_break_nothing() {
    for text in ["", "   ", "\n", "мясницкая", "%", "'; --", "😀", "9999999999999", "İ", "\u{0}"] {
        assert!(search(text).is_empty(), "{text:?}");
    }
    let words = "а б в г д е ж з и к л м н о п р с т у ф ".repeat(50);
    search(&words);
    assert!(REFERENCE.offices(OfficeQuery { text: "казань", region_code: None, limit: 0 }).is_empty());
}

/// Generous, for a busy machine and an unoptimised build; it would catch a scan gone quadratic.
#[test]
fn a_search_is_as_quick_as_typing() {
    LazyLock::force(&REFERENCE);
    let started = Instant::now();
    for text in ["к", "ка", "каз", "казань", "новосибирск 15"] {
        search(text);
    }
    assert!(started.elapsed() < Duration::from_secs(2), "{:?}", started.elapsed());
}
