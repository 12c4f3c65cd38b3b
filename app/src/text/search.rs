//! The search field (NAV-3): what a person typed → the services meant, best first.
//!
//! Tolerant of case, ё/е, word order, endings, one typing error in a long word and a forgotten
//! keyboard layout. The index holds service names and phrases only; nothing typed is kept.

mod index;
mod recognised;
#[cfg(test)]
mod tests;
mod words;

use super::article::Text;

pub use index::search;
pub use recognised::{Recognised, recognise};

/// One result, ready to show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// Straight to the service, or to its page while it is closed.
    pub href: Text,
    pub title: Text,
    pub summary: Text,
    pub category: Text,
    pub open: bool,
}
