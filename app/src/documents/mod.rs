//! Documents of an application, and all documents of a person.

pub mod api;
pub mod block;
#[cfg(feature = "ssr")]
pub mod desk;
pub mod mine;
pub mod page;
mod queue;
mod queue_view;
pub(crate) mod rows;
pub mod view;
