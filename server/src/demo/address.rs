//! The stand-in address base: does the address name the place its index belongs to?
//!
//! It has the postal directory and no street register, so it looks for contradictions: an address
//! that names no place («ул. Тверская, д. 7») is taken on trust, one that names another is not.

use crate::integrations::registries::wire::{Reason, Reply};
use domain::reference::PostalObject;
use std::sync::Arc;

/// Finds a postal object by its six-digit index.
pub type PostalLookup = Arc<dyn Fn(&str) -> Option<PostalObject> + Send + Sync>;

/// Compares the words of an address with the directory's row for its index. An index the directory
/// does not have is unknown, not wrong: four regions are missing from it.
pub(super) fn check(object: Option<PostalObject>, address: &str) -> Reply {
    let Some(object) = object else {
        return Reply::Unknown;
    };
    let parts: Vec<Vec<String>> = address.split([',', ';', '\n']).map(words).collect();
    let places: Vec<&Vec<String>> = parts.iter().filter(|p| is_place(p)).collect();
    // «Саха (Якутия)» is called by either name, a town by its whole name.
    let region = |part: &Vec<String>| {
        let names = telling(&object.region);
        names.iter().any(|word| says(part, word))
    };
    let place = |part: &Vec<String>, name: &str| {
        let name = telling(name);
        !name.is_empty() && name.iter().all(|word| says(part, word))
    };
    let (regions, towns): (Vec<&Vec<String>>, Vec<&Vec<String>>) =
        places.into_iter().partition(|p| has(p, REGION_WORDS));
    let region_fits = regions.is_empty() || regions.iter().any(|p| region(p));
    let town_fits =
        towns.is_empty() || towns.iter().any(|p| region(p) || place(p, &object.town) || place(p, &object.area));
    if region_fits && town_fits {
        Reply::Agrees
    } else {
        Reply::Differs { reason: Reason::DataDiffer, fields: vec!["postcode".to_owned(), "address".to_owned()] }
    }
}

const REGION_WORDS: &[&str] = &["область", "обл", "край", "республика", "респ", "округ", "ао"];
const STREET_WORDS: &[&str] = &[
    "ул",
    "улица",
    "пр",
    "просп",
    "проспект",
    "пр-кт",
    "пр-т",
    "пер",
    "переулок",
    "ш",
    "шоссе",
    "наб",
    "набережная",
    "б-р",
    "бульвар",
    "пл",
    "площадь",
    "проезд",
    "пр-д",
    "туп",
    "тупик",
    "аллея",
    "линия",
    "мкр",
    "микрорайон",
    "кв-л",
    "квартал",
    "кв",
    "квартира",
    "дом",
    "корп",
    "корпус",
    "стр",
    "строение",
    "оф",
    "офис",
    "тер",
    "снт",
    "днп",
    "гск",
    "россия",
    "рф",
];
/// Kinds of places, which say nothing about which place.
const PLACE_WORDS: &[&str] = &[
    "г",
    "гор",
    "город",
    "г.о",
    "п",
    "пос",
    "поселок",
    "пгт",
    "рп",
    "с",
    "село",
    "д",
    "дер",
    "деревня",
    "ст",
    "ст-ца",
    "станица",
    "х",
    "хутор",
    "аул",
    "р-н",
    "район",
    "городской",
    "муниципальный",
    "автономная",
    "автономный",
    "федеральная",
    "федеральный",
];

/// Lower case, «ё» as «е», without full stops.
fn words(part: &str) -> Vec<String> {
    part.to_lowercase()
        .replace('ё', "е")
        .split(|c: char| c.is_whitespace() || matches!(c, '.' | '(' | ')' | '"' | '«' | '»'))
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

fn has(part: &[String], list: &[&str]) -> bool {
    part.iter().any(|word| list.contains(&word.as_str()))
}

/// A part that names a region, district or settlement: letters only, and not a street.
fn is_place(part: &[String]) -> bool {
    let letters = |word: &String| word.chars().all(|c| c.is_alphabetic() || c == '-');
    !part.is_empty() && part.iter().all(letters) && !has(part, STREET_WORDS) && part.iter().any(|word| !is_kind(word))
}

fn is_kind(word: &str) -> bool {
    PLACE_WORDS.contains(&word) || REGION_WORDS.contains(&word)
}

/// The words of a name that tell it from others of its kind.
fn telling(name: &str) -> Vec<String> {
    let mut words = words(name);
    words.retain(|word| !is_kind(word) && word.chars().any(char::is_alphabetic));
    words
}

/// Whether the part holds the word, give or take its ending («Московской обл.»).
fn says(part: &[String], word: &str) -> bool {
    let length = word.chars().count();
    if length < 6 {
        return part.iter().any(|said| said == word);
    }
    let stem: String = word.chars().take(length - 2).collect();
    part.iter().any(|said| said.starts_with(&stem) && said.chars().count() <= length + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::reference::PostalKind;

    fn object(region: &str, area: &str, town: &str) -> Option<PostalObject> {
        Some(PostalObject {
            index: "101000".into(),
            name: "Отделение".into(),
            kind: PostalKind::Office,
            region_code: "77".into(),
            region: region.into(),
            area: area.into(),
            town: town.into(),
        })
    }

    #[test]
    fn an_address_agrees_unless_it_names_another_place() {
        let moscow = || object("г. Москва", "", "");
        let zainsk = || object("Республика Татарстан", "Бугульминский район", "Бугульма");
        let khimki = || object("Московская область", "", "Химки");
        for (object, address) in [
            (moscow(), "г. Москва, ул. Мясницкая, д. 26"),
            (moscow(), "Москва, Мясницкая ул., 26"),
            (moscow(), "ул. Мясницкая, д. 26, кв. 4"),
            (zainsk(), "423236, Татарстан Республика, Бугульминский район, Бугульма, ул. Ореховая, д. 54"),
            (zainsk(), "Респ. Татарстан, г. Бугульма, ул. Ленина, д. 1"),
            (khimki(), "Московской обл., г. Химки, ул. Репина, д. 3"),
            (khimki(), "Россия, г. Химки, пр-кт Мира, д. 3"),
        ] {
            assert_eq!(check(object, address), Reply::Agrees, "{address}");
        }
        for (object, address) in [
            (moscow(), "г. Казань, ул. Баумана, д. 1"),
            (moscow(), "Казань, ул. Баумана, д. 1"),
            (zainsk(), "Респ. Татарстан, г. Казань, ул. Баумана, д. 1"),
            (khimki(), "Тверская обл., г. Химки, ул. Репина, д. 3"),
        ] {
            assert!(matches!(check(object, address), Reply::Differs { .. }), "{address}");
        }
        assert_eq!(check(None, "г. Донецк, ул. Артёма, д. 1"), Reply::Unknown);
    }
}
