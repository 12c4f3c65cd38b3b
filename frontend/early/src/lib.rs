//! The rules of a form while the application is still on its way: one function, no page.
//!
//! `early.js` listens, asks here, and puts the answer into the page. The application asks the same crate, `judge`, once
//! it has taken over. What is passed are flat lists of strings: nothing that needs a parser on either side.

use domain::clock::Timestamp;
use domain::{Field, Values};
use judge::text::Lang;
use judge::{Shown, forms};
use wasm_bindgen::prelude::wasm_bindgen;

/// Between the parts of a list; no key types it.
const PART: char = '\u{1f}';

/// Judges the form `form` after `field` was typed into or `left`.
///
/// `now` is the device's local time in milliseconds, as if it were UTC. `all` is name, value and state of every field, in
/// turn: states are empty, `ok`, `note` and `bad`. The answer is name, state and message of each field that changes;
/// first, where the value itself has a better form, `=` with that value in the place of the message.
#[wasm_bindgen]
pub fn judge(form: &str, lang: &str, now: f64, field: &str, left: bool, all: &str) -> String {
    let (Some(form), Some(field)) = (forms::of(form), Field::from_id(field)) else { return String::new() };
    let lang = Lang::from_tag(lang).unwrap_or_default();
    let mut values = Values::default();
    let mut states = Vec::new();
    let mut parts = all.split(PART);
    while let (Some(name), Some(value), Some(state)) = (parts.next(), parts.next(), parts.next()) {
        if let Some(f) = Field::from_id(name).filter(|f| form.fields.contains(f)) {
            values.set(f, value);
            states.push((f, read(state)));
        }
    }
    let mut answer = String::new();
    if !left && let Some(dotted) = judge::with_dots(field, values.get(field)) {
        tell(&mut answer, field, "=", &dotted);
        values.set(field, dotted);
    }
    let errors = (form.check)(&values, Timestamp(now as i64).date_in(0));
    let was = states.iter().find(|(f, _)| *f == field).map_or(&Shown::Quiet, |(_, s)| s);
    let value = values.get(field);
    let verdict = if left { judge::left } else { judge::typed }(&errors, field, value, was, lang);
    if left
        && errors.of(field).is_none()
        && let Some(grouped) = judge::grouped(field, value)
    {
        tell(&mut answer, field, "=", &grouped);
    }
    if let Some(shown) = verdict {
        show(&mut answer, field, &shown);
    }
    if left {
        // A relation may have been mended from its other end.
        for (other, _) in states.iter().filter(|(f, s)| *f != field && s.is_bad() && errors.of(*f).is_none()) {
            show(&mut answer, *other, &Shown::Good);
        }
    }
    answer
}

fn read(state: &str) -> Shown {
    match state {
        "ok" => Shown::Good,
        "note" => Shown::Note(String::new()),
        "bad" => Shown::Bad(String::new()),
        _ => Shown::Quiet,
    }
}

fn show(answer: &mut String, field: Field, shown: &Shown) {
    match shown {
        Shown::Quiet => tell(answer, field, "", ""),
        Shown::Good => tell(answer, field, "ok", ""),
        Shown::Note(words) => tell(answer, field, "note", words),
        Shown::Bad(words) => tell(answer, field, "bad", words),
    }
}

fn tell(answer: &mut String, field: Field, state: &str, words: &str) {
    for part in [field.id(), state, words] {
        if !answer.is_empty() {
            answer.push(PART);
        }
        answer.push_str(part);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 20.11.2026
    const NOW: f64 = 1_795_132_800_000.0;

    fn asked(field: &str, left: bool, all: &[&str]) -> Vec<String> {
        judge("rehearsal", "ru", NOW, field, left, &all.join("\u{1f}")).split(PART).map(str::to_owned).collect()
    }

    #[test]
    fn a_short_series_is_told_on_leaving_only() {
        let all = ["passport_series", "12", ""];
        assert_eq!(asked("passport_series", false, &all), [""]);
        let told = asked("passport_series", true, &all);
        assert_eq!(told[..2], ["passport_series", "bad"]);
        assert!(!told[2].is_empty());
    }

    #[test]
    fn a_good_value_is_grouped() {
        let told = asked("snils", true, &["snils", "11223344595", ""]);
        assert_eq!(told, ["snils", "=", "112-233-445 95", "snils", "ok", ""]);
    }

    #[test]
    fn a_date_gets_its_dots_while_it_is_typed() {
        assert_eq!(asked("birth_date", false, &["birth_date", "210", ""]), ["birth_date", "=", "21.0"]);
    }

    #[test]
    fn an_unknown_form_has_no_rules() {
        assert_eq!(judge("nothing", "ru", NOW, "snils", true, "snils\u{1f}1\u{1f}"), "");
    }
}
