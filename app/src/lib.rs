//! The pages.

pub mod text;
