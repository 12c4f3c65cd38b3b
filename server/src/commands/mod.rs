//! What an operator can ask of the binary. Each command exits non-zero on failure and answers JSON with `--json`.

mod backup;
mod demo_people;
mod doctor;
mod journal;
mod keys;
mod migrate;
pub mod open;
mod purge;
mod serve;
mod staff;

use crate::config::Options;
use clap::Subcommand;
use std::error::Error;
use std::path::PathBuf;
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
    /// Write a backup into a new folder: the database as of one moment and all files, without the keys
    Backup {
        /// A folder that is not there yet, or empty
        folder: PathBuf,
        #[command(flatten)]
        options: Options,
        /// Answer as JSON
        #[arg(long)]
        json: bool,
    },
    /// Make an installation of a backup, where there is none yet
    Restore {
        /// What `backup` wrote
        folder: PathBuf,
        #[command(flatten)]
        options: Options,
        /// Answer as JSON
        #[arg(long)]
        json: bool,
    },
    /// Delete now what has run out; a running server does it every ten minutes
    Purge {
        #[command(flatten)]
        options: Options,
        /// Answer as JSON
        #[arg(long)]
        json: bool,
    },
    /// The journal of acts
    Journal {
        #[command(subcommand)]
        act: journal::Act,
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
            Command::Backup { folder, options, json } => backup::backup(&folder, options, json).await,
            Command::Restore { folder, options, json } => backup::restore(&folder, options, json).await,
            Command::Purge { options, json } => purge::run(options, json).await,
            Command::Journal { act } => journal::run(act).await,
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
