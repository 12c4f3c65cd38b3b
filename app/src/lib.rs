//! Pages of «Отделение»: rendered by the server, taken over by wasm in the browser.
#![recursion_limit = "256"]

#[cfg(all(feature = "hydrate", feature = "ssr"))]
compile_error!("`hydrate` and `ssr` exclude each other: build one package at a time");

pub mod accounts;
pub mod appeals;
pub mod applications;
pub mod browser;
pub mod content;
#[cfg(feature = "ssr")]
pub mod desks;
pub mod documents;
pub mod error;
pub mod mailboxes;
pub mod notices;
pub mod offices;
pub mod pages;
pub mod receipts;
pub mod routes;
#[cfg(feature = "ssr")]
pub mod rpc;
mod shell;
pub mod staff;
pub mod text;
pub mod ui;
pub mod visitor;
pub mod wire;

#[cfg(feature = "ssr")]
pub use pages::patterns as page_patterns;
#[cfg(feature = "hydrate")]
pub use shell::start;
#[cfg(feature = "ssr")]
pub use shell::{Head, document};
