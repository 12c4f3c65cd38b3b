//! The registration application.

pub mod api;
pub mod card;
#[cfg(feature = "ssr")]
pub mod desk;
pub mod edit;
mod keeper;
pub mod list;
pub mod new;
mod places;
pub mod rehearsal;
mod review;
mod steps;
pub mod view;
