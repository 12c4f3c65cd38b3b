//! What a control is called and how its value looks in the document (VAL-1…VAL-9).
//!
//! Part of the wasm: labels and hints stay short. Explanations are in `text::help`.

mod en;
mod ru;
#[cfg(test)]
mod tests;

use super::Lang;
use domain::Field;

/// The name above the control.
pub fn label(lang: Lang, field: Field) -> &'static str {
    match lang {
        Lang::Ru => ru::label(field),
        Lang::En => en::label(field),
    }
}

/// How the value looks in the document, or what is done with it.
pub fn hint(lang: Lang, field: Field) -> &'static str {
    match lang {
        Lang::Ru => ru::hint(field),
        Lang::En => en::hint(field),
    }
}

/// What follows the label of a field that may stay empty.
pub fn optional(lang: Lang) -> &'static str {
    match lang {
        Lang::Ru => "если есть",
        Lang::En => "if any",
    }
}
