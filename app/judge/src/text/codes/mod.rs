//! What to do about a refusal: one short sentence for beside the field (ERR-1, VAL-10, VAL-11).
//!
//! This ends up in wasm, so it stays short; cause and remedy in full are in `text::help`.

mod en;
mod ru;
#[cfg(test)]
mod tests;

use super::Lang;
use domain::{Code, Field, FieldError};

/// What to do about `code`, readable without knowing the field or the detail.
pub fn message(lang: Lang, code: Code) -> &'static str {
    typed(lang, code).or_else(|| known_anywhere(lang, code)).unwrap_or_else(|| match lang {
        Lang::Ru => ru::other(code),
        Lang::En => en::other(code),
    })
}

/// The same for what a browser notices itself (no connection, an answer that is none), without the sentences of everything
/// only a server can say.
pub fn noticed(lang: Lang, code: Code) -> &'static str {
    known_anywhere(lang, code).or_else(|| known_anywhere(lang, Code::Internal)).unwrap_or_default()
}

fn known_anywhere(lang: Lang, code: Code) -> Option<&'static str> {
    match lang {
        Lang::Ru => ru::noticed(code),
        Lang::En => en::noticed(code),
    }
}

fn typed(lang: Lang, code: Code) -> Option<&'static str> {
    match lang {
        Lang::Ru => ru::typed(code),
        Lang::En => en::typed(code),
    }
}

/// The sentence for what a rule of a form found while it was filled in.
pub fn beside(lang: Lang, error: &FieldError) -> String {
    match (error.code, template(lang, error.code), error.detail.as_deref()) {
        (Code::WrongCharacter, _, Some(" ")) => space(lang).to_owned(),
        (Code::Empty, ..) => empty(lang, error.field).to_owned(),
        (_, Some(template), Some(detail)) => template.replacen("{}", detail, 1),
        (code, ..) => typed(lang, code).unwrap_or_default().to_owned(),
    }
}

const fn space(lang: Lang) -> &'static str {
    match lang {
        Lang::Ru => ru::SPACE,
        Lang::En => en::SPACE,
    }
}

/// The same with a place `{}` for the error's detail, for the codes that can carry one.
pub fn template(lang: Lang, code: Code) -> Option<&'static str> {
    match lang {
        Lang::Ru => ru::template(code),
        Lang::En => en::template(code),
    }
}

/// An empty mandatory field: «Не заполнено» and what to enter (VAL-11).
pub fn empty(lang: Lang, field: Field) -> &'static str {
    match lang {
        Lang::Ru => ru::empty(field),
        Lang::En => en::empty(field),
    }
}

/// The sentence for one error, with its detail where there is one.
pub fn render(lang: Lang, error: &FieldError) -> String {
    match error.code {
        Code::Empty => empty(lang, error.field).to_owned(),
        Code::WrongCharacter if error.detail.as_deref() == Some(" ") => space(lang).to_owned(),
        code => render_code(lang, code, error.detail.as_deref()),
    }
}

/// The sentence for a refusal that belongs to no field.
///
/// The detail of `CodeTooSoon` and `TooManyRequests` is the wait in whole seconds; it is put into words here.
pub fn render_code(lang: Lang, code: Code, detail: Option<&str>) -> String {
    let detail = detail.map(str::trim).filter(|d| !d.is_empty());
    let (Some(template), Some(detail)) = (template(lang, code), detail) else {
        return message(lang, code).to_owned();
    };
    match (code, detail.parse::<u64>()) {
        (Code::CodeTooSoon | Code::TooManyRequests, Ok(seconds)) => template.replace("{}", &wait(lang, seconds)),
        _ => template.replace("{}", detail),
    }
}

/// A wait in words, rounded up: «45 секунд», «3 минуты», «2 часа».
pub fn wait(lang: Lang, seconds: u64) -> String {
    let (amount, unit) = match seconds {
        0..=90 => (seconds.max(1), 0),
        91..=5_400 => (seconds.div_ceil(60), 1),
        _ => (seconds.div_ceil(3_600), 2),
    };
    let word = match lang {
        Lang::Ru => ru::UNITS[unit][russian_plural(amount)],
        Lang::En => en::UNITS[unit][usize::from(amount != 1)],
    };
    format!("{amount} {word}")
}

/// Which of «минуту, минуты, минут» goes with an amount.
fn russian_plural(amount: u64) -> usize {
    match (amount % 10, amount % 100) {
        (_, 11..=14) => 2,
        (1, _) => 0,
        (2..=4, _) => 1,
        _ => 2,
    }
}
