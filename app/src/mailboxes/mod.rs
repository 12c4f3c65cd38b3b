//! Mailboxes one may use, and the members of a corporate one (MBX-5). Their pages are pages of words.

#[cfg(feature = "ssr")]
pub mod desk;
#[cfg(feature = "ssr")]
pub mod view;
