//! How an address line falls into words, where its house stands, and which shortenings are known
//! (VAL-8). Shortenings are those of приказ Минфина России от 05.11.2015 № 171н and everyday ones.

use super::typed::{is_russian, is_russian_capital, small};

/// Words a settlement, a street or a part of a region begins or ends with.
const PLACE_TYPES: &str = " г гор город д дер деревня с село п пос поселок посёлок пгт рп дп кп ст ст-ца \
    станица х хут хутор аул сл слобода м-ко местечко нп тер территория снт днт днп тсн тсж гск жск жк \
    ж/д р-н р район обл область респ край ао аобл окр округ г/о гп сп с/с с/п с/о у улус мо зато ";
const STREET_TYPES: &str = " ул улица пр пр-т пр-кт просп проспект пр-д проезд пер переулок ш шоссе пл \
    площадь наб набережная б-р бул бульвар туп тупик ал аллея лин линия кв-л квартал мкр мкрн м-н мк-н микр \
    микрорайон м тракт тр-т спуск взвоз съезд просек просека просека дор дорога ";
const HOUSE_TYPES: &str = " д дом вл влд владение двлд домовладение стр строение корп кор корпус к зд здание \
    уч участок соор сооружение лит литер литера ";
const ROOM_TYPES: &str = " кв квартира оф офис пом помещ помещение комн ком комната эт этаж под подъезд ап \
    апартаменты бокс секц секция ";
/// Names and titles shortened on street plates and in passports, and two cities.
const OTHER: &str = " им ак акад ген мар марш адм кап полк св б м н в ср бол мал нов стар верх ниж лет мск \
    спб рф россии респ фед в/ч а/я б/н бн стрк ";

fn lists(list: &str, word: &str) -> bool {
    list.split(' ').any(|known| known == word)
}

pub(crate) fn is_street_type(word: &str) -> bool {
    lists(STREET_TYPES, word)
}

fn is_known(word: &str) -> bool {
    [PLACE_TYPES, STREET_TYPES, HOUSE_TYPES, ROOM_TYPES, OTHER].iter().any(|list| lists(list, word))
}

/// The parts between commas, each as words in small letters, ё as е, dots and quotes left out.
/// A number glued to its type («д5») is taken apart.
pub(crate) fn segments(text: &str) -> Vec<Vec<String>> {
    let mut segments = vec![Vec::new()];
    let mut word = String::new();
    for c in text.chars().chain([',']) {
        let c = match small(c) {
            'ё' => 'е',
            c if super::typed::is_dash(c) => '-',
            c => c,
        };
        let glued = c.is_ascii_digit()
            && word.chars().all(is_russian)
            && (lists(HOUSE_TYPES, &word) || lists(ROOM_TYPES, &word));
        let within = is_russian(c) || c.is_ascii_alphanumeric() || matches!(c, '-' | '/');
        if (!within || glued)
            && !word.is_empty()
            && let Some(words) = segments.last_mut()
        {
            let word = core::mem::take(&mut word);
            // A dash between spaces joins nothing.
            if word.chars().any(|c| c != '-') {
                words.push(word);
            }
        }
        if within {
            word.push(c);
        } else if matches!(c, ',' | ';') {
            segments.push(Vec::new());
        }
    }
    segments.retain(|words| !words.is_empty());
    segments
}

/// Whether a house is named: a number that is not an index, a flat or part of a street's name, or
/// an honest «б/н», or a military unit.
pub(crate) fn has_house(segments: &[Vec<String>]) -> bool {
    segments.iter().enumerate().any(|(nth, words)| {
        words.iter().enumerate().any(|(i, word)| {
            let before = i.checked_sub(1).and_then(|i| words.get(i)).map(String::as_str);
            let after = words.get(i + 1).map(String::as_str);
            matches!(word.as_str(), "б/н" | "бн" | "в/ч") || (is_number(word) && numbers_house(before, after, nth > 0))
        })
    })
}

/// `12`, `12а`, `12/3`, `12к1`; not `1-я` or `50-летия`.
fn is_number(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_digit())
        && word.split_once('-').is_none_or(|(_, rest)| rest.starts_with(|c: char| c.is_ascii_digit()))
}

fn numbers_house(before: Option<&str>, after: Option<&str>, later_segment: bool) -> bool {
    if before.is_some_and(|w| lists(HOUSE_TYPES, w)) {
        return true;
    }
    if before.is_some_and(|w| lists(ROOM_TYPES, w) || is_street_type(w)) {
        return false;
    }
    // «50 лет Октября», «1 Мая»: the number begins a name. A lone letter belongs to the house.
    let named = after.is_some_and(|w| {
        !lists(HOUSE_TYPES, w) && !lists(ROOM_TYPES, w) && !is_number(w) && w.chars().nth(1).is_some()
    });
    !named && (before.is_some() || later_segment)
}

/// A word shortened in a way nobody else writes. Only what is certain: a word before a dot that
/// is not on the lists, or a word without vowels that something follows. Initials, capitals like
/// «СССР» and the last word, still being typed, pass.
pub(crate) fn has_unknown_shortening(text: &str) -> bool {
    let mut word = String::new();
    let mut capitals_only = true;
    for c in text.chars() {
        if is_russian(c) || (matches!(c, '-' | '/') && !word.is_empty()) {
            capitals_only &= !is_russian(c) || is_russian_capital(c);
            word.push(small(c));
            continue;
        }
        let several = word.chars().nth(1).is_some();
        let vowelless = !word.contains(['а', 'е', 'ё', 'и', 'о', 'у', 'ы', 'э', 'ю', 'я']);
        if several && (c == '.' || (vowelless && !capitals_only)) && !is_known(&word) {
            return true;
        }
        word.clear();
        capitals_only = true;
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_house_is_told_from_other_numbers() {
        for text in [
            "г. Самара, ул. Ленина, д. 5",
            "Самара, Ленина 5",
            "Самара, Ленина, 5а, кв 7",
            "г Самара ул 8 Марта д5",
            "Москва, 1-я Тверская-Ямская ул., 2 стр. 1",
            "ул. 50 лет ВЛКСМ, д. 81к1, кв. 163",
            "с. Кашпир, ул. 1 Мая, 72/2",
            "мкр. Солнечный, 12 б, 3",
            "д. Пески, дом б/н",
            "Зеленоград, корп. 1205, кв. 1",
        ] {
            assert!(has_house(&segments(text)), "{text}");
        }
        for text in [
            "443081, Самара, ул. Ленина",
            "Самара, ул. 8 Марта",
            "Самара, ул. 50 лет Октября",
            "Самара, 1-я линия",
            "Самара, ул. Ленина, кв. 5",
            "Самара, мкр 5",
            "Самара, ул. 50-летия Победы",
        ] {
            assert!(!has_house(&segments(text)), "{text}");
        }
    }

    #[test]
    fn only_shortenings_nobody_knows_are_refused() {
        for text in [
            "г. Н. Новгород, пр-кт Ленина, д. 5, корп. 2, кв. 7",
            "ул. З.Космодемьянской, д. 4",
            "ул. 50 лет ВЛКСМ, д. 1",
            "пос. им. Кирова, б-р Мира, влд. 2, стр. 1",
            "г. Самара, ул. Сд",
        ] {
            assert!(!has_unknown_shortening(text), "{text}");
        }
        for text in ["ул. Лен. д. 5", "г. Крснд, ул. Мира", "проул. Мира, 5", "Рост. обл., г. Шахты"]
        {
            assert!(has_unknown_shortening(text), "{text}");
        }
    }
}
