//! The index and the order of results.

use super::{Hit, words};
use crate::text::{
    Lang,
    services::{SERVICES, Service, phrases},
};
use std::sync::LazyLock;

/// What one service is found by.
struct Entry {
    service: &'static Service,
    names: Vec<Vec<String>>,
    phrases: Vec<Vec<String>>,
    rest: Vec<String>,
}

static INDEX: LazyLock<Vec<Entry>> = LazyLock::new(|| SERVICES.iter().map(Entry::new).collect());

/// Longer queries are cut: nobody names a service in more words.
const MOST_WORDS: usize = 12;
const MOST_HITS: usize = 10;

/// The services meant by `query`, best first, at most ten; empty when nothing fits.
pub fn search(lang: Lang, query: &str) -> Vec<Hit> {
    let query: String = query.chars().take(200).collect();
    let other = words::other_layout(&query);
    let typed = Some(stems(&query, true));
    let switched = other.as_deref().map(|q| stems(q, true));
    // First every word must fit, as typed and then on the other layout; only then half of them.
    for enough in [all as fn(usize) -> usize, half] {
        for stems in [&typed, &switched].into_iter().flatten() {
            let found = find(stems, enough(stems.len()));
            if !found.is_empty() {
                return found.into_iter().map(|s| hit(lang, s)).collect();
            }
        }
    }
    Vec::new()
}

fn all(words: usize) -> usize {
    words
}

fn half(words: usize) -> usize {
    words.div_ceil(2)
}

fn find(typed: &[String], enough: usize) -> Vec<&'static Service> {
    if typed.is_empty() {
        return Vec::new();
    }
    let mut found: Vec<(u32, &'static Service)> =
        INDEX.iter().filter_map(|entry| Some((entry.score(typed, enough)?, entry.service))).collect();
    // Stable: equals stay in the order of the catalogue.
    found.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
    found.truncate(MOST_HITS);
    found.into_iter().map(|(_, service)| service).collect()
}

impl Entry {
    fn new(service: &'static Service) -> Self {
        let both = |lang| stems(service.name.of(lang), false);
        Entry {
            service,
            names: vec![both(Lang::Ru), both(Lang::En)],
            phrases: phrases(service).iter().map(|p| stems(p, false)).collect(),
            rest: [Lang::Ru, Lang::En].into_iter().flat_map(|lang| stems(service.summary.of(lang), true)).collect(),
        }
    }

    /// `None` when fewer than `enough` of the typed stems fit.
    fn score(&self, typed: &[String], enough: usize) -> Option<u32> {
        let mut score = 0;
        let mut fitting = 0;
        for stem in typed {
            let best = |words: &mut dyn Iterator<Item = &String>| {
                words.map(|known| words::likeness(stem, known)).max().unwrap_or(0)
            };
            let weighed = [
                best(&mut self.names.iter().flatten()) * 5,
                best(&mut self.phrases.iter().flatten()) * 4,
                best(&mut self.rest.iter()) * 2,
            ];
            let best = weighed.into_iter().max().unwrap_or(0);
            fitting += usize::from(best > 0);
            score += best;
        }
        let whole = self.names.iter().chain(&self.phrases).map(|phrase| closeness(typed, phrase)).max().unwrap_or(0);
        (fitting >= enough).then_some(score + whole * typed.len() as u32)
    }
}

/// Whether the query is a phrase, or all within one: that counts more than words here and there.
fn closeness(typed: &[String], phrase: &[String]) -> u32 {
    let within = |a: &[String], b: &[String]| a.iter().all(|x| b.contains(x));
    let bare: Vec<String> = phrase.iter().filter(|w| !words::is_stop(w)).cloned().collect();
    match (within(typed, phrase), within(&bare, typed)) {
        (true, true) => 60,
        (true, false) => 10,
        _ => 0,
    }
}

/// The stems of a text, without words that mean nothing unless there are no others.
fn stems(text: &str, drop_stops: bool) -> Vec<String> {
    let all = words::words(text);
    let keep_stops = !drop_stops || all.iter().all(|w| words::is_stop(w));
    all.iter()
        .filter(|w| keep_stops || !words::is_stop(w))
        .take(MOST_WORDS)
        .map(|w| words::stem(w).to_owned())
        .collect()
}

fn hit(lang: Lang, service: &'static Service) -> Hit {
    Hit {
        href: service.href().into(),
        title: service.name.of(lang).into(),
        summary: service.summary.of(lang).into(),
        category: service.category().map_or("", |c| c.name.of(lang)).into(),
        open: service.open,
    }
}
