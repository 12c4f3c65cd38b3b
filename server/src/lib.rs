//! The server.

pub mod integrations;
