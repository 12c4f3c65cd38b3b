//! Finding an office by what a person knows of it: index, town, name.

use std::cmp::Reverse;
use std::collections::HashMap;

use domain::reference::PostalKind;

use super::directory::{Directory, Row};
use super::pool::{Hit, Name, fold};
use super::regions::Regions;

/// What to look for. An empty `text` lists a region, the largest towns first; with no region either,
/// nothing is found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OfficeQuery<'a> {
    /// Digits of an index, or words of a town's or an office's name in any case and order.
    pub text: &'a str,
    /// Only this region.
    pub region_code: Option<&'a str>,
    /// At most so many answers.
    pub limit: usize,
}

/// Words of an address that say what a place is, not which.
const KINDS: [&str; 19] = [
    "г",
    "гор",
    "город",
    "обл",
    "область",
    "край",
    "респ",
    "республика",
    "ао",
    "п",
    "пос",
    "поселок",
    "с",
    "д",
    "дер",
    "деревня",
    "рп",
    "пгт",
    "опс",
];

/// Railway, airport and sorting places the directory lists as offices: after the real ones.
const DEPOTS: [&str; 7] = ["ПЖДП", "АОПП", "ОПП", "МСЦ", "МСО", "ЛЦ", "ЛПЦ"];

/// Words beyond these say nothing more.
const MOST_WORDS: usize = 8;

/// Region, district and town: there are many Октябрьских.
type TownKey = (u8, Name, Name);

/// Positions in the directory, best first.
pub(super) fn find(directory: &Directory, regions: &Regions, query: OfficeQuery<'_>) -> Vec<usize> {
    let folded: String = query.text.chars().take(200).map(fold).collect();
    let words: Vec<&str> = folded.split_whitespace().take(MOST_WORDS).collect();
    let region = query.region_code.map(|code| regions.position(code));
    let wanted = |row: &Row| row.kind.serves_visitors() && region.is_none_or(|only| only == Some(row.region));
    // An index decides alone, also inside a pasted address.
    let digits = |word: &&&str| word.bytes().all(|b| b.is_ascii_digit()) && (word.len() == 6 || words.len() == 1);
    if let Some(index) = words.iter().find(digits) {
        return directory.beginning(index).filter(|at| wanted(&directory.rows()[*at])).take(query.limit).collect();
    }
    if words.is_empty() && query.region_code.is_none() {
        return Vec::new();
    }

    let telling: Vec<&str> = words.iter().copied().filter(|word| !KINDS.contains(word)).collect();
    let words = if telling.is_empty() { words } else { telling };
    let whole = words.join(" ");
    let names = directory.pool().hits(&words, &whole);
    let by_region: Vec<Hit> = regions.bare().iter().map(|bare| hit(bare, &words, &whole)).collect();
    let all_words = (1_u16 << words.len()) - 1;

    let mut found = Vec::new();
    let mut town_sizes: HashMap<TownKey, u32> = HashMap::new();
    for (at, row) in directory.rows().iter().enumerate() {
        let region = by_region[usize::from(row.region)];
        let [name, town, settlement, area] =
            [row.name, row.town, row.settlement, row.area].map(|name| names[name as usize]);
        let words = name.words | town.words | settlement.words | area.words | region.words;
        if words != all_words || !wanted(row) {
            continue;
        }
        // In a city that is a region of its own the directory leaves the town empty.
        let town = if row.town == 0 { region } else { town };
        let rank = match () {
            () if town.equal => 0_u8,
            () if settlement.equal || name.equal => 1,
            () if town.begins => 2,
            () if settlement.begins || name.begins => 3,
            () => 4,
        };
        let town_key = (row.region, row.area, row.town);
        *town_sizes.entry(town_key).or_default() += 1;
        let standing = match row.kind {
            PostalKind::Main => 0_u8,
            _ if directory.pool().get(row.name).split([' ', '-']).any(|word| DEPOTS.contains(&word)) => 2,
            _ => 1,
        };
        found.push((rank, town_key, standing, at));
    }
    let order = |(rank, town, standing, at): &(u8, TownKey, u8, usize)| {
        (*rank, Reverse(town_sizes[town]), *town, *standing, *at)
    };
    if found.len() > query.limit {
        if query.limit == 0 {
            return Vec::new();
        }
        found.select_nth_unstable_by_key(query.limit - 1, order);
        found.truncate(query.limit);
    }
    found.sort_unstable_by_key(order);
    found.into_iter().map(|(_, _, _, at)| at).collect()
}

fn hit(name: &str, words: &[&str], whole: &str) -> Hit {
    let name: String = name.chars().map(fold).collect();
    let mut hit = Hit { words: 0, begins: !whole.is_empty() && name.starts_with(whole), equal: name == whole };
    for (bit, word) in words.iter().enumerate() {
        if name.split(' ').any(|own| own.starts_with(word)) {
            hit.words |= 1 << bit;
        }
    }
    hit
}
