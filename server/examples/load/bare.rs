//! What the database can do at best: one row inserted and committed durably, through a pool like the server's.

use crate::Outcome;
use crate::drive::Run;
use sqlx::postgres::PgPoolOptions;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{AssertSqlSafe, Connection, PgConnection, PgPool, SqlitePool};
use std::io::{Seek, Write};
use std::path::Path;
use std::str::FromStr;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, Instant};
use tokio::task::JoinSet;

/// An hour: at the end of a run nobody is to be told that the pool is busy.
const PATIENCE: Duration = Duration::from_secs(3600);
const TABLE: &str = "CREATE TABLE IF NOT EXISTS bare (id BIGINT PRIMARY KEY, text TEXT NOT NULL)";
const INSERT: &str = "INSERT INTO bare (id, text) VALUES ($1, $2)";

/// The settings are those of `server/src/storage/db.rs`.
#[derive(Clone)]
pub enum Bare {
    Sqlite(SqlitePool),
    Pg(PgPool),
}

impl Bare {
    /// SQLite gets a file of its own beside the server's, so that neither waits for the other's lock.
    pub async fn open(url: &str) -> Outcome<Bare> {
        if url.starts_with("postgres") {
            let pool = PgPoolOptions::new().max_connections(24).acquire_timeout(PATIENCE).test_before_acquire(false);
            let pool = pool.connect(url).await?;
            sqlx::query(TABLE).execute(&pool).await?;
            sqlx::query("TRUNCATE bare").execute(&pool).await?;
            return Ok(Bare::Pg(pool));
        }
        let options = SqliteConnectOptions::from_str(url)?
            .create_if_missing(true)
            .foreign_keys(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .pragma("wal_autocheckpoint", "8000")
            .busy_timeout(Duration::from_secs(5));
        let pool = SqlitePoolOptions::new().max_connections(1).acquire_timeout(PATIENCE).test_before_acquire(false);
        let pool = pool.connect_with(options).await?;
        sqlx::query(TABLE).execute(&pool).await?;
        sqlx::query("DELETE FROM bare").execute(&pool).await?;
        Ok(Bare::Sqlite(pool))
    }

    async fn once(&self, id: i64) -> sqlx::Result<()> {
        match self {
            Bare::Sqlite(pool) => {
                let mut tx = pool.begin_with("BEGIN IMMEDIATE").await?;
                sqlx::query(INSERT).bind(id).bind("bare").execute(&mut *tx).await?;
                tx.commit().await
            }
            Bare::Pg(pool) => {
                let mut tx = pool.begin().await?;
                sqlx::query(INSERT).bind(id).bind("bare").execute(&mut *tx).await?;
                tx.commit().await
            }
        }
    }

    /// Transactions of `clients` at once for `time`; `ids` goes on from run to run.
    pub async fn run(&self, clients: usize, time: Duration, ids: &Arc<AtomicI64>) -> Run {
        let started = Instant::now();
        let mut tasks = JoinSet::new();
        for _ in 0..clients {
            let (bare, ids) = (self.clone(), Arc::clone(ids));
            tasks.spawn(async move {
                let mut run = Run::default();
                while started.elapsed() < time {
                    let sent = Instant::now();
                    match bare.once(ids.fetch_add(1, Ordering::Relaxed)).await {
                        Ok(()) => run.millis.push(sent.elapsed().as_secs_f64() * 1000.0),
                        Err(_) => run.failures += 1,
                    }
                }
                run
            });
        }
        let mut all = Run::default();
        while let Some(done) = tasks.join_next().await {
            all.join(done.unwrap_or_default());
        }
        all.seconds = started.elapsed().as_secs_f64();
        all
    }
}

/// Applications in the server's database: all that were submitted, and those of them that were decided well.
pub async fn submitted(url: &str) -> Outcome<(i64, i64)> {
    const COUNT: &str = "SELECT COUNT(*), COUNT(registration_number) FROM applications WHERE submitted_ms IS NOT NULL";
    Ok(if url.starts_with("postgres") {
        sqlx::query_as(COUNT).fetch_one(&mut PgConnection::connect(url).await?).await?
    } else {
        sqlx::query_as(COUNT).fetch_one(&mut sqlx::SqliteConnection::connect(url).await?).await?
    })
}

/// One statement on a PostgreSQL server.
pub async fn admin(server: &str, statement: String) -> Outcome<()> {
    let mut connection = PgConnection::connect(server).await?;
    sqlx::query(AssertSqlSafe(statement)).execute(&mut connection).await?;
    Ok(())
}

/// What no database on this disk can go beyond without sharing a write between transactions.
pub fn disk(folder: &Path) -> std::io::Result<f64> {
    let path = folder.join("durable.probe");
    let mut file = std::fs::File::create(&path)?;
    let block = [7; 4096];
    // As a database's log: a file that is long already and written over.
    for _ in 0..256 {
        file.write_all(&block)?;
    }
    file.sync_all()?;
    let (started, mut count) = (Instant::now(), 0u32);
    while started.elapsed() < Duration::from_secs(1) {
        if count.is_multiple_of(256) {
            file.rewind()?;
        }
        file.write_all(&block)?;
        file.sync_data()?;
        count += 1;
    }
    let per_second = f64::from(count) / started.elapsed().as_secs_f64();
    std::fs::remove_file(&path)?;
    Ok(per_second)
}
