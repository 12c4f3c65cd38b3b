//! The server of «Отделение».

pub mod commands;
pub mod config;
mod csv;
pub mod demo;
pub mod desks;
pub mod house;
pub mod http;
pub mod integrations;
pub mod jobs;
pub mod news;
pub mod reference;
pub mod storage;
pub mod uploads;
pub mod webauthn;
