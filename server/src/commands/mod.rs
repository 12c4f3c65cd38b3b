//! What an operator can ask of the binary. Each command exits non-zero on failure and answers JSON with `--json`.

mod demo_people;
mod doctor;
mod keys;
mod migrate;
pub mod open;
mod serve;
mod staff;

use crate::config::Options;
use clap::Subcommand;
use std::error::Error;
use std::process::ExitCode;

pub type Outcome = Result<(), Box<dyn Error + Send + Sync>>;

#[derive(Subcommand)]
pub enum Command {
    /// Serve the site
    Serve {
        #[command(flatten)]
        options: Options,
    },
    /// Bring the database up to date
    Migrate {
        #[command(flatten)]
        options: Options,
        /// Answer as JSON
        #[arg(long)]
        json: bool,
    },
    /// Check settings, database, keys, files and reference data
    Doctor {
        #[command(flatten)]
        options: Options,
        /// Answer as JSON
        #[arg(long)]
        json: bool,
    },
    /// Accounts of staff
    Staff {
        #[command(subcommand)]
        act: staff::Act,
    },
    /// Judge a file given on standard input; the server starts this itself
    #[command(hide = true)]
    Inspect,
    /// Master keys
    Keys {
        #[command(subcommand)]
        act: keys::Act,
    },
}

impl Command {
    pub async fn run(self) -> Outcome {
        match self {
            Command::Serve { options } => serve::run(options).await,
            Command::Migrate { options, json } => migrate::run(options, json).await,
            Command::Doctor { options, json } => doctor::run(options, json).await,
            Command::Staff { act } => staff::run(act).await,
            Command::Keys { act } => keys::run(act).await,
            Command::Inspect => Err("`inspect` runs without a runtime".into()),
        }
    }
}

/// Prints what failed, cause after cause.
pub fn failed(error: &dyn Error) -> ExitCode {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(inner) = cause {
        text = format!("{text}: {inner}");
        cause = inner.source();
    }
    eprintln!("error: {text}");
    ExitCode::FAILURE
}

/// Prints an answer of a command: a line for people, or JSON for scripts.
#[expect(clippy::print_stdout, reason = "the answer of a command goes to standard output")]
fn answer(json: bool, value: &serde_json::Value, words: &str) {
    if json { println!("{value}") } else { println!("{words}") }
}
