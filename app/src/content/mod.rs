//! Home, search, and the pages that are mostly words.

pub mod api;
#[cfg(feature = "ssr")]
pub mod desk;
mod forms;
mod home;
mod search;
pub mod view;
mod words;

pub use home::page as home;
pub use search::page as search;
pub use words::page as words_page;
