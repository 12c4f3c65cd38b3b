//! All wording shown to a person, Russian first, English beside it.
//!
//! [`wording!`] makes a group of phrases whose two languages are complete or do not compile.

pub mod accounts;
pub mod appeals;
#[cfg(feature = "ssr")]
pub mod article;
pub mod consent;
pub mod content;
pub mod counter;
pub mod documents;
pub mod doors;
#[cfg(feature = "ssr")]
pub mod faq;
pub mod fields;
pub mod filing;
#[cfg(feature = "ssr")]
pub mod help;
#[cfg(feature = "ssr")]
pub mod journal;
#[cfg(feature = "ssr")]
pub mod mailboxes;
pub mod notices;
#[cfg(feature = "ssr")]
pub mod own_data;
#[cfg(feature = "ssr")]
pub mod retention;
#[cfg(feature = "ssr")]
pub mod search;
#[cfg(feature = "ssr")]
pub mod security;
pub mod services;
pub mod staff;
#[cfg(feature = "ssr")]
pub mod standing;
mod ui;
pub mod verification;

pub use judge::text::{Lang, codes};
pub use ui::*;

macro_rules! wording {
    ($(#[$doc:meta])* $group:ident { $($key:ident: $ru:literal, $en:literal;)* }) => {
        $(#[$doc])*
        pub struct $group { $(pub $key: &'static str,)* }
        impl $group {
            const RU: $group = $group { $($key: $ru,)* };
            const EN: $group = $group { $($key: $en,)* };
            pub const fn of(lang: $crate::text::Lang) -> &'static $group {
                match lang {
                    $crate::text::Lang::Ru => &$group::RU,
                    $crate::text::Lang::En => &$group::EN,
                }
            }
            /// In the language of the page being shown.
            pub fn here() -> &'static $group {
                $group::of($crate::visitor::lang())
            }
        }
    };
}
pub(crate) use wording;

/// The Russian form for a count: 1 поле, 2 поля, 5 полей.
pub const fn plural_ru<'a>(n: u64, one: &'a str, few: &'a str, many: &'a str) -> &'a str {
    match (n % 10, n % 100) {
        (1, r) if r != 11 => one,
        (2..=4, r) if r < 12 || r > 14 => few,
        _ => many,
    }
}

/// «10 дней», in the form a count takes.
pub fn days(lang: Lang, count: i64) -> String {
    let word = match lang {
        Lang::Ru => plural_ru(count.unsigned_abs(), "день", "дня", "дней"),
        Lang::En if count == 1 => "day",
        Lang::En => "days",
    };
    format!("{count} {word}")
}

#[cfg(test)]
mod tests {
    use super::plural_ru;

    #[test]
    fn counts_take_their_form() {
        let fields = |n| plural_ru(n, "поле", "поля", "полей");
        assert_eq!(
            [1, 2, 5, 11, 12, 21, 22, 111, 112, 121].map(fields),
            ["поле", "поля", "полей", "полей", "полей", "поле", "поля", "полей", "полей", "поле"]
        );
    }
}
