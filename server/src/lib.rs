//! The server.

pub mod reference;
