//! The search field (NAV-3): what a person typed → the services meant, best first.
//!
//! Tolerant of case, ё/е, word order, endings, one typing error in a long word and a forgotten
//! keyboard layout. The index holds service names and phrases only; nothing typed is kept.

#[cfg(feature = "ssr")]
mod index;
#[cfg(feature = "ssr")]
mod recognised;
#[cfg(all(test, feature = "ssr"))]
mod tests;
#[cfg(feature = "ssr")]
mod words;

use super::article::Text;
use serde::{Deserialize, Serialize};

#[cfg(feature = "ssr")]
pub use index::search;
#[cfg(feature = "ssr")]
pub use recognised::{Recognised, recognise};

/// One result, ready to show.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hit {
    /// Straight to the service, or to its page while it is closed.
    pub href: Text,
    pub title: Text,
    pub summary: Text,
    pub category: Text,
    pub open: bool,
}
