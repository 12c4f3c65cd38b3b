//! Sign-up, login and the cabinet.

pub mod api;
pub mod cabinet;
pub mod code;
pub mod consents;
#[cfg(feature = "ssr")]
pub mod desk;
pub mod email;
pub mod login;
pub mod profile;
pub mod register;
pub mod session;
pub mod view;
