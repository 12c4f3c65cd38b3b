//! Mailboxes one may use, and the members of a corporate one (MBX-5).

pub mod api;
#[cfg(feature = "ssr")]
pub mod desk;
pub mod page;
pub mod view;
