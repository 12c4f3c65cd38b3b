//! What `/help` and `/help/errors/{code}` say: each refusal with cause and remedy (ERR-2, ERR-3),
//! and the sections of general help (ERR-4, SEC-3, SUP-1).
//!
//! Built on the server only, so that none of it is in the wasm.

mod en;
mod ru;
#[cfg(test)]
mod tests;

use super::{
    Lang,
    article::{Section, Text},
};
use domain::Code;

/// One refusal explained.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Help {
    pub title: Text,
    /// Why it happens.
    pub cause: Text,
    /// What to do.
    pub remedy: Text,
    /// What to tell support when the remedy did not help, the code included.
    pub quote: Text,
}

/// The codes of one theme, for the list at `/help/errors`.
pub struct Group {
    pub id: &'static str,
    pub title: &'static str,
    pub codes: Vec<Code>,
}

#[derive(Clone, Copy)]
struct Entry {
    title: &'static str,
    cause: &'static str,
    remedy: &'static str,
}

/// The entries of one theme. Each list answers for its codes only; that together they answer for
/// all is asserted at compile time beside the lists.
macro_rules! entries {
    ($($code:ident: $title:literal, $cause:literal, $remedy:literal;)*) => {
        pub(super) const fn find(code: domain::Code) -> Option<$crate::text::help::Entry> {
            match code {
                $(domain::Code::$code => Some($crate::text::help::Entry {
                    title: $title,
                    cause: $cause,
                    remedy: $remedy,
                }),)*
                _ => None,
            }
        }
    };
}
use entries;

/// Asks each list in turn, and refuses to compile when a code is in none.
macro_rules! lists {
    ($($list:ident),*) => {
        $(mod $list;)*

        pub(super) const fn find(code: domain::Code) -> Option<$crate::text::help::Entry> {
            $(if let Some(entry) = $list::find(code) {
                return Some(entry);
            })*
            None
        }

        const _: () = {
            let mut i = 0;
            while i < domain::Code::ALL.len() {
                assert!(find(domain::Code::ALL[i]).is_some(), "a code without help");
                i += 1;
            }
        };
    };
}
use lists;

/// The explanation of `code`.
pub fn help(lang: Lang, code: Code) -> Help {
    let (entry, quote) = match lang {
        Lang::Ru => (ru::find(code), ru::quote(code)),
        Lang::En => (en::find(code), en::quote(code)),
    };
    // Never absent: asserted at compile time.
    let Entry { title, cause, remedy } = entry.unwrap_or(Entry { title: "", cause: "", remedy: "" });
    Help {
        title: title.into(),
        cause: cause.into(),
        remedy: remedy.into(),
        quote: quote.replace("{}", &code.to_string()).into(),
    }
}

/// The sections of `/help`, in the order they are shown; ids are the same in both languages. `email` is where the
/// operator's support reads.
pub fn sections(lang: Lang, email: &str) -> Vec<Section> {
    match lang {
        Lang::Ru => ru::sections(email),
        Lang::En => en::sections(email),
    }
}

/// Where to write when a remedy did not help.
pub fn write_to(lang: Lang, email: &str) -> String {
    match lang {
        Lang::Ru => format!("Не помогло? Пишите на {email}."),
        Lang::En => format!("Did not help? Write to {email}."),
    }
}

/// All codes by theme, for `/help/errors`.
pub fn groups(lang: Lang) -> Vec<Group> {
    let titles = match lang {
        Lang::Ru => ru::GROUPS,
        Lang::En => en::GROUPS,
    };
    [
        ("form", 1000..1100),
        ("person", 1100..1200),
        ("dates", 1200..1300),
        ("passport", 1300..1400),
        ("numbers", 1400..1500),
        ("contacts", 1500..1600),
        ("addresses", 1600..1700),
        ("post", 1700..1800),
        ("password", 1800..2000),
        ("account", 2000..3000),
        ("application", 3000..3100),
        ("checks", 3100..3200),
        ("receipts", 3200..3300),
        ("documents", 3300..3350),
        ("doors", 3350..3400),
        ("appeals", 3400..3700),
        ("notices", 3700..5000),
        ("service", 5000..6000),
        ("staff", 6000..u16::MAX),
    ]
    .into_iter()
    .zip(titles)
    .map(|((id, numbers), title)| Group {
        id,
        title,
        codes: Code::ALL.iter().copied().filter(|code| numbers.contains(&code.number())).collect(),
    })
    .collect()
}
