//! Whether the region and the town an address names are those its index belongs to (VAL-8).
//!
//! Only certain contradictions count: a wrong refusal stops a person, a missed one is found by the
//! registry check. Names are those of the state address register. Villages share names with big
//! towns, and offices near Moscow and St Petersburg serve both sides of the border.

use super::address_words::{is_street_type, segments};
use super::typed::small;
use crate::code::Code;
use crate::reference::PostalObject;

// Code and names by the kind of region, in small letters, е for ё.
const REPUBLICS: &str = "01 адыгея|02 башкортостан башкирия|03 бурятия|04 алтай|05 дагестан|06 ингушетия\
    |07 кабардино-балкарская кабардино-балкария|08 калмыкия\
    |09 карачаево-черкесская карачаево-черкесия|10 карелия|11 коми|12 марий эл|13 мордовия\
    |14 саха якутия|15 северная осетия алания|16 татарстан|17 тыва тува|18 удмуртская удмуртия\
    |19 хакасия|20 чеченская чечня|21 чувашская чувашия|91 крым";
const TERRITORIES: &str = "22 алтайский|23 краснодарский|24 красноярский|25 приморский|26 ставропольский|27 хабаровский\
    |41 камчатский|59 пермский|75 забайкальский";
const PROVINCES: &str = "28 амурская|29 архангельская|30 астраханская|31 белгородская|32 брянская|33 владимирская\
    |34 волгоградская|35 вологодская|36 воронежская|37 ивановская|38 иркутская\
    |39 калининградская|40 калужская|42 кемеровская|43 кировская|44 костромская|45 курганская\
    |46 курская|47 ленинградская|48 липецкая|49 магаданская|50 московская|51 мурманская\
    |52 нижегородская|53 новгородская|54 новосибирская|55 омская|56 оренбургская|57 орловская\
    |58 пензенская|60 псковская|61 ростовская|62 рязанская|63 самарская|64 саратовская\
    |65 сахалинская|66 свердловская|67 смоленская|68 тамбовская|69 тверская|70 томская\
    |71 тульская|72 тюменская|73 ульяновская|74 челябинская|76 ярославская|90 запорожская\
    |95 херсонская";
const AUTONOMOUS: &str = "79 еврейская|83 ненецкий|86 ханты-мансийский ханты-мансийский-югра хмао хмао-югра\
    |87 чукотский|89 ямало-ненецкий янао";
const FEDERAL_CITIES: &str = "77 москва мск|78 санкт-петербург спб|92 севастополь|99 байконур";

/// The most populous towns, the code of the region in front.
const TOWNS: &str = "54новосибирск|66екатеринбург|52нижний новгород|16казань|63самара|55омск|74челябинск\
    |61ростов-на-дону|02уфа|34волгоград|59пермь|24красноярск|36воронеж|64саратов|23краснодар\
    |63тольятти|22барнаул|18ижевск|73ульяновск|25владивосток|76ярославль|38иркутск|72тюмень\
    |05махачкала|27хабаровск|56оренбург|42новокузнецк|42кемерово|62рязань|70томск|30астрахань\
    |58пенза|16набережные челны|48липецк|71тула|43киров|21чебоксары|03улан-удэ|39калининград\
    |32брянск|46курск|37иваново|74магнитогорск|69тверь|26ставрополь|66нижний тагил|31белгород\
    |29архангельск|33владимир|23сочи|45курган|91симферополь|67смоленск|40калуга|75чита|13саранск\
    |57орел|34волжский|35череповец|15владикавказ|51мурманск|86сургут|35вологда|68тамбов\
    |02стерлитамак|20грозный|14якутск|44кострома|27комсомольск-на-амуре|10петрозаводск\
    |61таганрог|86нижневартовск|12йошкар-ола|38братск|23новороссийск|52дзержинск|61шахты\
    |07нальчик|56орск|11сыктывкар|16нижнекамск|38ангарск|31старый оскол|53великий новгород\
    |50балашиха|28благовещенск|42прокопьевск|50химки|60псков|22бийск|64энгельс|76рыбинск\
    |64балаково|29северодвинск|23армавир|50подольск|50королев|65южно-сахалинск\
    |41петропавловск-камчатский|63сызрань|24норильск|74златоуст|66каменск-уральский|50мытищи\
    |50люберцы|61волгодонск|61новочеркасск|19абакан|25находка|25уссурийск|59березники|02салават";

/// A province and the region inside it that older documents write under its name.
const NESTED: [(&str, &str); 3] = [("29", "83"), ("72", "86"), ("72", "89")];
/// A federal city, the region around it, and the beginning of indexes that are in the city for
/// certain (108 and 188 serve both).
const SURROUNDED: [(&str, &str, &str); 2] = [("77", "50", "1"), ("78", "47", "19")];

type Words = [String];

/// Refuses an address whose text names another region or another big town than `object`, with
/// what the index does belong to.
pub(super) fn check(address: &str, object: &PostalObject) -> Result<(), (Code, String)> {
    if object.region_code.is_empty() {
        return Ok(());
    }
    let segments = before_street(segments(address));
    let regions = named_regions(&segments);
    let region_agrees = regions.iter().any(|code| may_be(code, &object.region_code, &object.index));
    if !regions.is_empty() && !region_agrees {
        return Err((Code::PostcodeRegionDiffers, object.region.clone()));
    }
    let mut towns = named_towns(&segments);
    // A town across a shared border contradicts nothing.
    towns.retain(|(code, _)| *code == object.region_code || !may_be(code, &object.region_code, &object.index));
    let own = own_town(object);
    let mentions_own = segments.iter().any(|words| mentions(words, &own));
    if towns.is_empty() || own.is_empty() || mentions_own {
        return Ok(());
    }
    let own_is_big =
        TOWNS.split('|').any(|entry| entry.strip_prefix(object.region_code.as_str()) == Some(own.as_str()))
            || federal(&own).is_some();
    // Far away: the town lies in another region and the text names none to explain a namesake.
    let far = regions.is_empty() && !towns.iter().any(|(code, _)| *code == object.region_code);
    // Beside: the index belongs to another big town of the list.
    if far || own_is_big {
        let detail = if object.town.is_empty() { &object.region } else { &object.town };
        return Err((Code::PostcodeTownDiffers, detail.clone()));
    }
    Ok(())
}

/// Whether an index of region `object` may stand in an address of region `named`.
fn may_be(named: &str, object: &str, index: &str) -> bool {
    named == object
        || NESTED.contains(&(named, object))
        || SURROUNDED.iter().any(|(city, around, certain)| {
            (named == *city && object == *around)
                || (named == *around && object == *city && (index.starts_with("108") || !index.starts_with(certain)))
        })
}

/// The parts that name places: all before the first that names a street.
fn before_street(mut segments: Vec<Vec<String>>) -> Vec<Vec<String>> {
    let street = |words: &Vec<String>| words.iter().position(|w| is_street_type(w));
    if let Some(nth) = segments.iter().position(|words| street(words).is_some()) {
        segments.truncate(nth + 1);
        if let Some(last) = segments.pop()
            && nth == 0
        {
            // Written without commas: what precedes the street's type still names places.
            let before = street(&last).unwrap_or(0);
            segments.push(last.into_iter().take(before).collect());
        }
    }
    // An index and the country in front say nothing.
    if let Some(first) = segments.first_mut() {
        let index = |w: &String| w.len() == 6 && w.bytes().all(|b| b.is_ascii_digit());
        first.retain(|w| !index(w) && !matches!(w.as_str(), "россия" | "рф"));
    }
    segments.retain(|words| !words.is_empty());
    segments
}

fn find(list: &'static str, word: &str) -> Option<&'static str> {
    list.split('|').find_map(|entry| {
        let (code, names) = entry.split_once(' ')?;
        names.split(' ').any(|name| name == word).then_some(code)
    })
}

fn federal(name: &str) -> Option<&'static str> {
    find(FEDERAL_CITIES, name)
}

fn named_regions(segments: &[Vec<String>]) -> Vec<&'static str> {
    let mut found = Vec::new();
    for words in segments {
        for (i, word) in words.iter().enumerate() {
            let list = match word.as_str() {
                "республика" | "респ" => REPUBLICS,
                "край" => TERRITORIES,
                "область" | "обл" => PROVINCES,
                "автономный" | "автономная" | "ао" | "аобл" => AUTONOMOUS,
                _ => continue,
            };
            let before = i.checked_sub(1).and_then(|i| words.get(i));
            let code =
                before.and_then(|name| find(list, name)).or_else(|| words.get(i + 1).and_then(|name| find(list, name)));
            found.extend(code);
        }
    }
    if let Some(first) = segments.first() {
        found.extend(leading_region(first));
    }
    found
}

/// A region named by its bare name in front: «Татарстан», «г Москва», «ХМАО».
fn leading_region(words: &Words) -> Option<&'static str> {
    let bare = match words {
        [kind, name, ..] if is_town_word(kind) => return federal(name),
        [name, ..] => name,
        [] => return None,
    };
    let republic = || {
        // «Алтай» is also a territory's mountains, «Северная» anything.
        let alone = words.len() == 1 && !matches!(bare.as_str(), "алтай" | "северная" | "эл" | "марий");
        alone.then(|| find(REPUBLICS, bare)).flatten()
    };
    let short = || matches!(bare.as_str(), "хмао" | "хмао-югра" | "янао").then(|| find(AUTONOMOUS, bare)).flatten();
    federal(bare).or_else(republic).or_else(short)
}

fn is_town_word(word: &str) -> bool {
    matches!(word, "г" | "гор" | "город")
}

/// The big towns named, with the codes of their regions.
fn named_towns(segments: &[Vec<String>]) -> Vec<(&'static str, &'static str)> {
    let mut found = Vec::new();
    for entry in TOWNS.split('|') {
        if let Some((code, name)) = entry.split_at_checked(2)
            && segments.iter().any(|words| mentions(words, name))
        {
            found.push((code, name));
        }
    }
    for words in segments {
        if let [name] | [_, name] = words.as_slice()
            && let Some(code) = federal(name)
            && (words.len() == 1 || words.first().is_some_and(|w| is_town_word(w)))
        {
            found.push((code, ""));
        }
    }
    found
}

/// Whether a part is this town: its bare name, or the name beside «г».
fn mentions(words: &Words, name: &str) -> bool {
    let length = name.split(' ').count();
    words.windows(length).enumerate().any(|(i, window)| {
        let marked = |at: Option<usize>| at.and_then(|at| words.get(at)).is_some_and(|w| is_town_word(w));
        window.iter().map(String::as_str).eq(name.split(' '))
            && (words.len() == length || marked(i.checked_sub(1)) || marked(Some(i + length)))
    })
}

/// The town of the object as the address words have it; the federal cities name none.
fn own_town(object: &PostalObject) -> String {
    let town = match (object.town.as_str(), object.region_code.as_str()) {
        ("", "77") => "москва",
        ("", "78") => "санкт-петербург",
        ("", "92") => "севастополь",
        (town, _) => town,
    };
    town.chars()
        .map(|c| match small(c) {
            'ё' => 'е',
            c => c,
        })
        .collect()
}
