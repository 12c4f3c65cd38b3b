//! Load for `make bench`, which calls it and reads its JSON: citizens with filled drafts, submissions beside bare
//! transactions of the same database, pages per second. Only against a server and a database made for it.

mod answers;
mod bare;
mod citizens;
mod desk;
mod drive;
mod fill;
mod http;
mod invented;
mod people;
mod rounds;
mod sink;

use clap::Parser;
use serde_json::{Value, json};
use std::error::Error;
use std::io::Write;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

pub type Outcome<T> = Result<T, Box<dyn Error + Send + Sync>>;

#[derive(Parser)]
enum Command {
    /// Makes an empty database on a PostgreSQL server
    Create { server: String, name: String },
    /// Drops it again
    Drop { server: String, name: String },
    /// Fills the database with signed-in citizens, each with a draft ready to be sent: one line each in the file
    Prepare {
        #[arg(long)]
        database_url: String,
        #[arg(long)]
        data_dir: PathBuf,
        /// The number of the first; those that `fill` made are numbered from 0
        #[arg(long, default_value_t = 0)]
        first: u64,
        #[arg(long)]
        count: u64,
        #[arg(long)]
        out: PathBuf,
    },
    /// Fills the database with decided and waiting applications and clerks at the desk: one line for each clerk in the file
    Fill(desk::Filling),
    /// Clerks at work
    Desk(desk::Plan),
    /// Citizens who send what `prepare` made and look at their pages
    Citizens(citizens::Plan),
    /// Bare transactions and submissions by turns
    Submissions(rounds::Plan),
    /// GETs over kept connections; a path is measured with `accept-encoding: br`
    Pages {
        #[arg(long)]
        address: SocketAddr,
        #[arg(long)]
        path: String,
        #[arg(long, default_value_t = 256)]
        connections: usize,
        #[arg(long, default_value_t = 5.0)]
        seconds: f64,
    },
    /// How many blocks of 4 KB a second one file of this folder takes, each made durable
    Disk { folder: PathBuf },
}

fn main() -> ExitCode {
    let command = Command::parse();
    let done = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(Into::into)
        .and_then(|runtime| runtime.block_on(run(command)))
        .and_then(|value| Ok(writeln!(std::io::stdout(), "{value}")?));
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("load: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run(command: Command) -> Outcome<Value> {
    match command {
        Command::Create { server, name } => {
            bare::admin(&server, format!("CREATE DATABASE {name}")).await?;
            let (address, _) = server.rsplit_once('/').ok_or("no database in the URL")?;
            Ok(json!({ "url": format!("{address}/{name}") }))
        }
        Command::Drop { server, name } => {
            bare::admin(&server, format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")).await?;
            Ok(json!({}))
        }
        Command::Prepare { database_url, data_dir, first, count, out } => {
            people::prepare(&database_url, &data_dir, first, count, &out).await?;
            Ok(json!({ "drafts": count }))
        }
        Command::Fill(plan) => desk::fill(plan).await,
        Command::Desk(plan) => desk::run(plan).await,
        Command::Citizens(plan) => citizens::run(plan).await,
        Command::Submissions(plan) => rounds::run(plan).await,
        Command::Pages { address, path, connections, seconds } => {
            let request: Arc<[u8]> = http::get(address, &path).into();
            let next = Arc::new(move || Some((Arc::clone(&request), Arc::from(""))));
            let time = Duration::from_secs_f64(seconds);
            // The first second opens the connections and fills the caches.
            drive::drive(address, connections, Duration::from_secs(1), 200, next.clone()).await;
            Ok(drive::drive(address, connections, time, 200, next).await.told())
        }
        Command::Disk { folder } => {
            let per_second = tokio::task::spawn_blocking(move || bare::disk(&folder)).await??;
            Ok(json!({ "per_second": per_second }))
        }
    }
}
