//! The server.

pub mod demo;
pub mod integrations;
