//! A copy of the whole database as of one moment, and a database made from such a copy.
//!
//! SQLite copies itself while others read and write; PostgreSQL has programs for it, `pg_dump` and `pg_restore`, which
//! get their connection through the environment: a command line is seen by everybody on the machine.

use super::db::is_postgres;
use super::{Db, Result, StorageError};
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, Connection};
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::str::FromStr;
use tokio::process::Command;

/// Which database a copy is of; the copy of one cannot become the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    Sqlite,
    Postgres,
}

impl Kind {
    pub fn of(url: &str) -> Kind {
        if is_postgres(url) { Kind::Postgres } else { Kind::Sqlite }
    }

    /// What the copy is called in a backup.
    pub const fn file(self) -> &'static str {
        match self {
            Kind::Sqlite => "database.sqlite",
            Kind::Postgres => "database.dump",
        }
    }
}

fn failed(what: &str, error: impl std::fmt::Display) -> StorageError {
    StorageError::Setup(format!("{what}: {error}"))
}

/// The file behind `sqlite:…`.
pub fn sqlite_file(url: &str) -> Result<PathBuf> {
    Ok(SqliteConnectOptions::from_str(url)?.get_filename().to_owned())
}

/// Copies the database at `url` into the new file `to`.
///
/// # Errors
/// There is no database, the file is there already, or (PostgreSQL) its programs are not.
pub async fn out(url: &str, to: &Path) -> Result<()> {
    match Kind::of(url) {
        Kind::Sqlite => {
            let from = sqlite_file(url)?;
            if !from.exists() {
                return Err(StorageError::Setup(format!("there is no database at {}", from.display())));
            }
            let mut source = SqliteConnectOptions::new().filename(&from).connect().await?;
            // One read transaction: writers go on beside it, and the copy has all of one moment or nothing.
            sqlx::query("VACUUM INTO $1").bind(to.to_string_lossy().into_owned()).execute(&mut source).await?;
            source.close().await?;
            check_sqlite(to).await?;
        }
        Kind::Postgres => {
            let to = to.as_os_str();
            let arguments: [&OsStr; 4] = ["--format=custom".as_ref(), "--no-owner".as_ref(), "--file".as_ref(), to];
            run("pg_dump", url, arguments).await?;
        }
    }
    std::fs::File::open(to).and_then(|file| file.sync_all()).map_err(|e| failed("the copy is not on the disk", e))
}

/// Makes the database at `url` from a copy. There must be none yet.
pub async fn back(url: &str, from: &Path) -> Result<()> {
    match Kind::of(url) {
        Kind::Sqlite => {
            check_sqlite(from).await?;
            let to = sqlite_file(url)?;
            // Beside it first: a restore that is broken off leaves no half database under the real name.
            let beside = to.with_extension("restoring");
            let copied = (|| {
                if let Some(folder) = to.parent() {
                    std::fs::create_dir_all(folder)?;
                }
                std::fs::copy(from, &beside)?;
                std::fs::File::open(&beside)?.sync_all()?;
                std::fs::rename(&beside, &to)
            })();
            copied.map_err(|e| failed(&to.display().to_string(), e))
        }
        Kind::Postgres => {
            let name = format!("--dbname={}", Url::read(url)?.database());
            let once: [&OsStr; 3] =
                ["--no-owner".as_ref(), "--exit-on-error".as_ref(), "--single-transaction".as_ref()];
            run("pg_restore", url, once.into_iter().chain([name.as_ref(), from.as_os_str()])).await
        }
    }
}

/// Whether nothing has been made at `url` yet.
pub async fn is_absent(url: &str) -> Result<bool> {
    match Kind::of(url) {
        Kind::Sqlite => {
            let file = sqlite_file(url)?;
            let log = PathBuf::from(format!("{}-wal", file.display()));
            Ok(!file.exists() && !log.exists())
        }
        Kind::Postgres => {
            let mut connection = sqlx::PgConnection::connect(url).await?;
            let tables: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM pg_tables WHERE schemaname = 'public'")
                .fetch_one(&mut connection)
                .await?;
            connection.close().await?;
            Ok(tables == 0)
        }
    }
}

async fn check_sqlite(file: &Path) -> Result<()> {
    let options = SqliteConnectOptions::new().filename(file).read_only(true).immutable(true);
    let mut copy = options.connect().await?;
    let said: String = sqlx::query_scalar("PRAGMA quick_check(1)").fetch_one(&mut copy).await?;
    copy.close().await?;
    if said == "ok" { Ok(()) } else { Err(failed("the copy is damaged", said)) }
}

/// What libpq's programs read from the environment.
struct Url(reqwest::Url);

impl Url {
    fn read(url: &str) -> Result<Url> {
        reqwest::Url::parse(url).map(Url).map_err(|_| StorageError::Setup("the database's URL cannot be read".into()))
    }

    fn database(&self) -> String {
        decoded(self.0.path().trim_start_matches('/'))
    }

    fn environment(&self) -> Vec<(&'static str, String)> {
        let mut all = vec![("PGDATABASE", self.database())];
        let mut add = |name, value: Option<String>| all.extend(value.map(|value| (name, value)));
        add("PGHOST", self.0.host_str().map(decoded));
        add("PGPORT", self.0.port().map(|p| p.to_string()));
        add("PGUSER", Some(decoded(self.0.username())).filter(|u| !u.is_empty()));
        add("PGPASSWORD", self.0.password().map(decoded));
        for (option, name) in [("sslmode", "PGSSLMODE"), ("sslrootcert", "PGSSLROOTCERT")] {
            add(name, self.0.query_pairs().find(|(k, _)| k == option).map(|(_, v)| v.into_owned()));
        }
        all
    }
}

/// Text of a URL without its escapes.
fn decoded(text: &str) -> String {
    // A pair's value is read the same way, but for plus signs, which mean spaces there.
    let pair = format!("t={}", text.replace('+', "%2B"));
    form_urlencoded::parse(pair.as_bytes()).next().map(|(_, v)| v.into_owned()).unwrap_or_default()
}

async fn run<'a>(program: &str, url: &str, arguments: impl IntoIterator<Item = &'a OsStr>) -> Result<()> {
    let done = Command::new(program).args(arguments).envs(Url::read(url)?.environment()).output().await;
    let done = done.map_err(|error| match error.kind() {
        std::io::ErrorKind::NotFound => StorageError::Setup(format!(
            "{program} is not on PATH: install PostgreSQL's client programs (Debian: postgresql-client) of the server's version or newer"
        )),
        _ => failed(program, error),
    })?;
    if done.status.success() {
        return Ok(());
    }
    // Its last line says what is wrong; it names tables and roles, never rows.
    let words = String::from_utf8_lossy(&done.stderr);
    Err(failed(program, words.lines().last().unwrap_or("failed")))
}

impl Db {
    /// After a restore: nobody is signed in, no code or link of then opens anything, and jobs in work are free again.
    pub async fn forget_the_day(&self) -> Result<()> {
        let mut tx = self.write().await?;
        for delete in [
            "DELETE FROM sessions",
            "DELETE FROM staff_sessions",
            "DELETE FROM codes",
            "DELETE FROM links",
            "DELETE FROM alarms",
            "DELETE FROM throttle",
            "UPDATE devices SET trusted_until_ms = NULL",
        ] {
            super::sql::exec!(tx, delete)?;
        }
        super::sql::exec!(tx, "UPDATE jobs SET lease = NULL, due_ms = 0 WHERE lease IS NOT NULL")?;
        tx.commit().await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_programs_are_told_through_the_environment() {
        let url = Url::read("postgres://post:p%40ss+1@db.example:5433/otdelenie?sslmode=verify-full").expect("a URL");
        assert_eq!(
            url.environment(),
            [
                ("PGDATABASE", "otdelenie".to_owned()),
                ("PGHOST", "db.example".to_owned()),
                ("PGPORT", "5433".to_owned()),
                ("PGUSER", "post".to_owned()),
                ("PGPASSWORD", "p@ss+1".to_owned()),
                ("PGSSLMODE", "verify-full".to_owned()),
            ]
        );
    }
}
