//! The two databases behind one door: pools, transactions, migrations, durability.

use super::deferred::Deferred;
use super::error::{Result, StorageError};
use super::lane::{Act, Lane};
use super::queries::journal;
use super::readers::{Lent, Readers};
use sqlx::pool::PoolConnection;
use sqlx::postgres::{PgListener, PgPoolOptions};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous};
use sqlx::{PgConnection, PgPool, Postgres, SqliteConnection, Transaction};
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Notify;

/// How long a request waits for a connection before it is told that we are overloaded.
const PATIENCE: Duration = Duration::from_secs(10);
const READERS: u32 = 8;
const PG_CONNECTIONS: u32 = 24;

#[derive(Clone)]
enum Pools {
    Sqlite { read: Readers, write: Lane },
    Pg(PgPool),
}

/// The database. Cheap to clone.
#[derive(Clone)]
pub struct Db {
    pools: Pools,
    /// Rung after a commit that enqueued jobs.
    bell: Arc<Notify>,
}

impl std::fmt::Debug for Db {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self.pools {
            Pools::Sqlite { .. } => "Db(SQLite)",
            Pools::Pg(_) => "Db(PostgreSQL)",
        })
    }
}

static SQLITE_MIGRATIONS: sqlx::migrate::Migrator = sqlx_macros::migrate!("migrations/sqlite");
static PG_MIGRATIONS: sqlx::migrate::Migrator = sqlx_macros::migrate!("migrations/postgres");

pub(super) fn is_postgres(url: &str) -> bool {
    url.starts_with("postgres://") || url.starts_with("postgresql://")
}

/// The newest migration of this program.
pub fn newest_migration() -> i64 {
    SQLITE_MIGRATIONS.iter().map(|m| m.version).max().unwrap_or(0)
}

impl Db {
    /// Opens `sqlite:<path>` (the file is created) or `postgres://…`, and refuses a database that would
    /// lose an acknowledged write when the power goes.
    pub async fn open(url: &str) -> Result<Db> {
        let pools = if is_postgres(url) {
            let pool = PgPoolOptions::new()
                .max_connections(PG_CONNECTIONS)
                .acquire_timeout(PATIENCE)
                // A dead connection shows itself at BEGIN; asking first would cost a round trip each time.
                .test_before_acquire(false)
                .connect(url)
                .await?;
            Pools::Pg(pool)
        } else {
            let options = SqliteConnectOptions::from_str(url)?
                .create_if_missing(true)
                .foreign_keys(true)
                .journal_mode(SqliteJournalMode::Wal)
                // NORMAL loses acknowledged writes at power loss in WAL mode.
                .synchronous(SqliteSynchronous::Full)
                // 32 MB of log between two copies into the file; the default 4 MB copies the same pages too often.
                .pragma("wal_autocheckpoint", "8000")
                // What is deleted, above all the key of an erased person, is overwritten.
                .pragma("secure_delete", "ON")
                .busy_timeout(Duration::from_secs(5));
            // The writer first: it creates the file and switches it to WAL. What a savepoint overwrites stays in memory.
            let write = Lane::open(options.clone().pragma("temp_store", "MEMORY")).await?;
            let read = Readers::open(options.pragma("query_only", "ON"), READERS).await?;
            Pools::Sqlite { read, write }
        };
        let db = Db { pools, bell: Arc::new(Notify::new()) };
        db.assert_durable().await?;
        Ok(db)
    }

    /// Brings the tables up to date. Safe to call at every start, and from several servers at once.
    pub async fn migrate(&self) -> Result<()> {
        match &self.pools {
            Pools::Sqlite { write, .. } => write.alone(async |c| SQLITE_MIGRATIONS.run(c).await).await,
            Pools::Pg(pool) => PG_MIGRATIONS.run(pool).await,
        }
        .map_err(|error| StorageError::Setup(format!("migration failed: {error}")))
    }

    /// A transaction that only reads, on a snapshot; a write in it is an error.
    pub async fn read(&self) -> Result<Tx> {
        Ok(self.tx(match &self.pools {
            Pools::Sqlite { read, .. } => Inner::SqliteRead(read.lend(PATIENCE).await?.snapshot().await?),
            Pools::Pg(pool) => Inner::Pg(pool.begin_with("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY").await?),
        }))
    }

    /// Single reads, each of its own moment: nothing is opened, nothing closed. For what is one statement, or whose statements
    /// need not agree; on PostgreSQL a write in it is not refused, so none may be there.
    pub async fn glance(&self) -> Result<Tx> {
        Ok(self.tx(match &self.pools {
            Pools::Sqlite { read, .. } => Inner::SqliteRead(read.lend(PATIENCE).await?),
            Pools::Pg(pool) => Inner::PgGlance(pool.acquire().await?),
        }))
    }

    /// A transaction that may write. In SQLite there is one at a time: keep it short, ask no registry inside.
    ///
    /// End it by [`Tx::commit`] or [`Tx::roll_back`], even if it has only read, before anything is answered because of what
    /// it read: in SQLite it may see what an act before it wrote and still waits to be made durable.
    pub async fn write(&self) -> Result<Tx> {
        Ok(self.tx(match &self.pools {
            Pools::Sqlite { write, .. } => Inner::Sqlite(write.begin(PATIENCE).await?),
            Pools::Pg(pool) => Inner::Pg(pool.begin().await?),
        }))
    }

    /// Whether the database answers, can be written, and is on our migrations.
    pub async fn ready(&self) -> Result<()> {
        let mut tx = self.write().await?;
        if migrated(&mut tx).await? != Some(newest_migration()) {
            return Err(StorageError::Setup("migrations are not up to date".into()));
        }
        Ok(())
    }

    /// Fails unless a committed transaction survives power loss with the settings really in force.
    pub async fn assert_durable(&self) -> Result<()> {
        let wrong = |what: &str| Err(StorageError::Setup(format!("not durable: {what}")));
        match &self.pools {
            Pools::Sqlite { write, .. } => {
                let ask = async |c: &mut SqliteConnection| -> Result<(i64, String, i64), sqlx::Error> {
                    let level = sqlx::query_scalar("PRAGMA synchronous").fetch_one(&mut *c).await?;
                    let mode = sqlx::query_scalar("PRAGMA journal_mode").fetch_one(&mut *c).await?;
                    Ok((level, mode, sqlx::query_scalar("PRAGMA foreign_keys").fetch_one(c).await?))
                };
                let (level, mode, keys) = write.alone(ask).await?;
                // 2 is FULL, 3 is EXTRA.
                if level < 2 {
                    return wrong("synchronous must be FULL");
                }
                if mode != "wal" || keys != 1 {
                    return wrong("journal_mode must be WAL and foreign_keys ON");
                }
            }
            Pools::Pg(pool) => {
                let (fsync, commit): (String, String) =
                    sqlx::query_as("SELECT current_setting('fsync'), current_setting('synchronous_commit')")
                        .fetch_one(pool)
                        .await?;
                if fsync != "on" || commit == "off" {
                    return wrong("fsync must be on and synchronous_commit must not be off");
                }
            }
        }
        Ok(())
    }

    /// Whether other servers may work on this database at the same time.
    pub(crate) fn is_shared(&self) -> bool {
        matches!(self.pools, Pools::Pg(_))
    }

    /// Calls out to every server on this database; SQLite has but one.
    pub(crate) async fn call_out(&self, channel: &str, payload: &str) -> Result<()> {
        if let Pools::Pg(pool) = &self.pools {
            sqlx::query("SELECT pg_notify($1, $2)").bind(channel).bind(payload).execute(pool).await?;
        }
        Ok(())
    }

    /// Hears what the servers on this database call out; `None` where there is but one.
    pub(crate) async fn listener(&self, channel: &str) -> Result<Option<PgListener>> {
        let Pools::Pg(pool) = &self.pools else { return Ok(None) };
        let mut listener = PgListener::connect_with(pool).await?;
        listener.listen(channel).await?;
        Ok(Some(listener))
    }

    /// Closes all connections; the last SQLite one folds the log into the file.
    pub async fn close(&self) {
        match &self.pools {
            Pools::Sqlite { read, write } => {
                read.close().await;
                write.close().await;
            }
            Pools::Pg(pool) => pool.close().await,
        }
    }

    /// Rung when a commit of this process has enqueued jobs.
    pub(crate) fn bell(&self) -> &Notify {
        &self.bell
    }

    fn tx(&self, inner: Inner) -> Tx {
        Tx { inner, bell: Arc::clone(&self.bell), rings: false, deferred: Deferred::default(), journal: Vec::new() }
    }
}

/// The newest migration the database has been through.
pub async fn migrated(tx: &mut Tx) -> Result<Option<i64>> {
    let newest = super::sql::one!(
        tx,
        (i64,),
        "SELECT version FROM _sqlx_migrations WHERE success ORDER BY version DESC LIMIT 1"
    )?;
    Ok(newest.map(|(version,)| version))
}

enum Inner {
    SqliteRead(Lent),
    Sqlite(Act),
    Pg(Transaction<'static, Postgres>),
    PgGlance(PoolConnection<Postgres>),
}

/// A unit of work. Dropping it rolls back.
pub struct Tx {
    inner: Inner,
    bell: Arc<Notify>,
    rings: bool,
    pub(super) deferred: Deferred,
    /// Rows that get their places in the journal at the commit.
    pub(super) journal: Vec<journal::Entry>,
}

/// What [`on_tx!`](super::sql) hands to a query.
pub(crate) enum Connection<'t> {
    Sqlite(&'t mut SqliteConnection),
    Pg(&'t mut PgConnection),
}

impl std::fmt::Debug for Tx {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Tx")
    }
}

impl Tx {
    /// Makes all of it durable and visible at once, then wakes the job runner if there are new jobs.
    pub async fn commit(mut self) -> Result<()> {
        journal::link(&mut self).await?;
        if !matches!(self.inner, Inner::Sqlite(_)) {
            self.flush().await?;
        }
        match self.inner {
            // Nothing to keep: its end gives the connection back.
            Inner::SqliteRead(_) | Inner::PgGlance(_) => {}
            Inner::Sqlite(act) => act.commit(self.deferred).await?,
            Inner::Pg(tx) => tx.commit().await?,
        }
        if self.rings {
            self.bell.notify_one();
        }
        Ok(())
    }

    /// Takes all of it back. Answers once what it has read is durable: a refusal may say what somebody else has just done.
    pub async fn roll_back(self) -> Result<()> {
        match self.inner {
            Inner::SqliteRead(_) | Inner::PgGlance(_) => Ok(()),
            Inner::Sqlite(act) => act.roll_back().await,
            Inner::Pg(tx) => Ok(tx.rollback().await?),
        }
    }

    pub(crate) fn ring_on_commit(&mut self) {
        self.rings = true;
    }

    /// A statement did not work: whose trouble it is. What the database itself refuses leaves a reader well; after anything
    /// else, such as a thread of the driver's that has ended, it is lent to nobody again.
    pub(crate) fn failed(&mut self, error: sqlx::Error) -> StorageError {
        if let (Inner::SqliteRead(lent), false) = (&mut self.inner, matches!(error, sqlx::Error::Database(_))) {
            lent.give_up();
        }
        error.into()
    }

    /// For the few statements that one text cannot say.
    pub(crate) fn is_sqlite(&self) -> bool {
        matches!(self.inner, Inner::Sqlite(_) | Inner::SqliteRead(_))
    }

    pub(crate) fn connection(&mut self) -> Connection<'_> {
        match &mut self.inner {
            Inner::SqliteRead(tx) => Connection::Sqlite(tx),
            Inner::Sqlite(act) => Connection::Sqlite(act),
            Inner::Pg(tx) => Connection::Pg(tx),
            Inner::PgGlance(connection) => Connection::Pg(connection),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::sql::one;
    use super::*;

    #[tokio::test]
    async fn a_reader_whose_statement_failed_is_lent_to_nobody_again() {
        let folder = tempfile::tempdir().unwrap();
        let db = Db::open(&format!("sqlite:{}", folder.path().join("a.db").display())).await.unwrap();
        let Pools::Sqlite { read, .. } = &db.pools else { panic!("not SQLite") };
        let ask = async |sql: &'static str| {
            let mut tx = db.glance().await.unwrap();
            let answer: Result<Option<(i64,)>> = one!(&mut tx, (i64,), sql);
            answer.is_ok()
        };
        assert!(ask("SELECT 1").await);
        assert!(!ask("SELECT 1 FROM nowhere").await, "the database says so: its connection is well");
        assert_eq!(read.idle(), 1);
        // What the driver makes of it, as when its thread is gone.
        assert!(!ask("SELECT 'no number'").await);
        assert_eq!(read.idle(), 0);
        assert!(ask("SELECT 1").await, "another is opened");
        assert_eq!(read.idle(), 1);
    }
}
