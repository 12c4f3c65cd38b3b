//! Every wording a person reads, in Russian and English.

pub mod applications;
pub mod article;
pub mod codes;
pub mod consent;
pub mod faq;
pub mod fields;
pub mod help;
pub mod search;
pub mod services;

/// The language of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Lang {
    #[default]
    Ru,
    En,
}
