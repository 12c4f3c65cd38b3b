//! Words as the search compares them.

/// Lower case, ё as е, split at everything that is neither letter nor digit.
pub(super) fn words(text: &str) -> Vec<String> {
    text.to_lowercase()
        .replace('ё', "е")
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty())
        .map(str::to_owned)
        .collect()
}

/// Words that carry no meaning in a query.
pub(super) fn is_stop(word: &str) -> bool {
    matches!(
        word,
        "в" | "во"
            | "на"
            | "по"
            | "и"
            | "с"
            | "со"
            | "к"
            | "о"
            | "об"
            | "от"
            | "до"
            | "за"
            | "для"
            | "из"
            | "у"
            | "не"
            | "ли"
            | "а"
            | "я"
            | "мне"
            | "мой"
            | "моя"
            | "мое"
            | "мои"
            | "моей"
            | "моего"
            | "где"
            | "как"
            | "что"
            | "это"
            | "хочу"
            | "нужно"
            | "можно"
            | "a"
            | "an"
            | "the"
            | "to"
            | "of"
            | "in"
            | "on"
            | "at"
            | "for"
            | "my"
            | "is"
            | "i"
            | "how"
            | "where"
            | "with"
            | "and"
    )
}

/// Endings of nouns, adjectives and verbs, longest first within each length.
const ENDINGS: &[&str] = &[
    "иться",
    "аться",
    "яться",
    "иями",
    "ться",
    "ями",
    "ами",
    "ого",
    "его",
    "ому",
    "ему",
    "ыми",
    "ими",
    "ией",
    "иям",
    "иях",
    "ить",
    "ать",
    "ять",
    "еть",
    "ия",
    "ии",
    "ию",
    "ий",
    "ие",
    "ые",
    "ый",
    "ой",
    "ей",
    "ая",
    "яя",
    "ое",
    "ее",
    "ую",
    "юю",
    "ым",
    "им",
    "ом",
    "ем",
    "ам",
    "ям",
    "ах",
    "ях",
    "ых",
    "их",
    "ов",
    "ев",
    "ью",
    "ья",
    "ье",
    "а",
    "я",
    "о",
    "е",
    "и",
    "ы",
    "у",
    "ю",
    "ь",
    "й",
    "s",
];
const SHORTEST_STEM: usize = 4;

/// The word without its ending: «регистрации» and «регистрация» are one.
pub(super) fn stem(word: &str) -> &str {
    ENDINGS
        .iter()
        .filter_map(|ending| word.strip_suffix(ending))
        .find(|stem| stem.chars().count() >= SHORTEST_STEM)
        .unwrap_or(word)
}

/// How well a typed stem fits one of the index: 0 not at all, 10 the same.
pub(super) fn likeness(typed: &str, known: &str) -> u32 {
    if typed == known {
        return 10;
    }
    let (short, long) = if typed.len() < known.len() { (typed, known) } else { (known, typed) };
    if short.chars().count() >= SHORTEST_STEM && long.starts_with(short) {
        return 6;
    }
    if short.chars().count() >= SHORTEST_STEM && typed.chars().count() > SHORTEST_STEM && one_slip(typed, known) {
        return 4;
    }
    0
}

/// Whether one letter added, lost or changed, or two neighbours swapped, makes them equal.
pub(super) fn one_slip(a: &str, b: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let head = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
    let (a, b) = (&a[head..], &b[head..]);
    let tail = a.iter().rev().zip(b.iter().rev()).take_while(|(x, y)| x == y).count();
    match (&a[..a.len() - tail], &b[..b.len() - tail]) {
        ([] | [_], [] | [_]) => true,
        ([x, y], [u, v]) => x == v && y == u,
        _ => false,
    }
}

const LATIN: &str = "`qwertyuiop[]asdfghjkl;'zxcvbnm,.";
const RUSSIAN: &str = "ёйцукенгшщзхъфывапролджэячсмитьбю";

/// The same keys on the other layout: «htubcnhfwbz» is «регистрация».
/// `None` when the text mixes both or has no letter.
pub(super) fn other_layout(text: &str) -> Option<String> {
    let text = text.to_lowercase();
    let latin = text.chars().any(|c| c.is_ascii_alphabetic());
    let russian = text.chars().any(|c| RUSSIAN.contains(c));
    let (from, to) = match (latin, russian) {
        (true, false) => (LATIN, RUSSIAN),
        (false, true) => (RUSSIAN, LATIN),
        _ => return None,
    };
    let keys = || from.chars().zip(to.chars());
    Some(text.chars().map(|c| keys().find(|(key, _)| *key == c).map_or(c, |(_, k)| k)).collect())
}
