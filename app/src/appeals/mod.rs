//! Appeals against refusals (RSB-3).

pub mod api;
#[cfg(feature = "ssr")]
pub mod desk;
pub mod page;
pub mod track;
pub mod view;
