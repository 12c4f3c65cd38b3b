//! Rows into tables, many at a time: COPY into PostgreSQL, long inserts into SQLite. Keys between tables are not looked at
//! while it lasts, and PostgreSQL's indexes are made at the end.

use crate::fill::Filling;
use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection, SqliteConnection};
use std::fmt::Write;

/// A value as both databases take it.
#[derive(Clone)]
pub enum Cell {
    Null,
    Int(i64),
    Bool(bool),
    /// Holds no tab, line break or backslash.
    Text(String),
    /// Hex digits.
    Bytes(String),
}

impl Cell {
    pub fn text(text: &str) -> Cell {
        Cell::Text(text.to_owned())
    }

    pub fn bytes(bytes: &[u8]) -> Cell {
        let mut hex = String::with_capacity(2 * bytes.len());
        for byte in bytes {
            for half in [byte >> 4, byte & 15] {
                hex.push(char::from(b"0123456789abcdef"[usize::from(half)]));
            }
        }
        Cell::Bytes(hex)
    }
}

impl From<i64> for Cell {
    fn from(number: i64) -> Cell {
        Cell::Int(number)
    }
}

enum Database {
    Sqlite(SqliteConnection),
    Pg(PgConnection),
}

struct Table {
    name: &'static str,
    columns: &'static str,
    text: String,
}

pub struct Sink {
    database: Database,
    /// In the order in which they were first met: what is referred to comes first.
    tables: Vec<Table>,
    /// PostgreSQL's indexes that were dropped, to be made again.
    indexes: Vec<String>,
    bytes: usize,
}

/// So much is gathered before it is sent.
const TOGETHER: usize = 24 << 20;

impl Sink {
    pub async fn open(url: &str) -> Filling<Sink> {
        let mut indexes = Vec::new();
        let database = if url.starts_with("postgres") {
            let mut c = PgConnection::connect(url).await?;
            c.execute("SET session_replication_role = replica; SET maintenance_work_mem = '512MB'; SET synchronous_commit = off")
                .await?;
            let found: Vec<(String, String)> = sqlx::query_as(
                "SELECT indexname::text, indexdef FROM pg_indexes WHERE schemaname = 'public'
                   AND tablename IN ('accounts', 'applications', 'identities', 'acts', 'assignments', 'documents', 'journal')
                   AND indexname NOT IN (SELECT conname FROM pg_constraint)",
            )
            .fetch_all(&mut c)
            .await?;
            for (name, definition) in found {
                c.execute(AssertSqlSafe(format!("DROP INDEX {name}"))).await?;
                indexes.push(definition);
            }
            Database::Pg(c)
        } else {
            let mut c = SqliteConnection::connect(url).await?;
            c.execute("PRAGMA foreign_keys = OFF; PRAGMA synchronous = OFF").await?;
            Database::Sqlite(c)
        };
        Ok(Sink { database, tables: Vec::new(), indexes, bytes: 0 })
    }

    pub fn row(&mut self, name: &'static str, columns: &'static str, cells: &[Cell]) {
        let at = self.tables.iter().position(|t| t.name == name).unwrap_or_else(|| {
            self.tables.push(Table { name, columns, text: String::new() });
            self.tables.len() - 1
        });
        let text = &mut self.tables[at].text;
        let before = text.len();
        match self.database {
            Database::Pg(_) => copied(text, cells),
            Database::Sqlite(_) => inserted(text, cells),
        }
        self.bytes += text.len() - before;
    }

    /// Sends what is gathered, if it is enough or `all` is wanted.
    pub async fn pour(&mut self, all: bool) -> Filling<()> {
        if !all && self.bytes < TOGETHER {
            return Ok(());
        }
        self.bytes = 0;
        for table in &mut self.tables {
            let (name, columns, text) = (table.name, table.columns, std::mem::take(&mut table.text));
            if text.is_empty() {
                continue;
            }
            match &mut self.database {
                Database::Pg(c) => {
                    let mut copy = c.copy_in_raw(&format!("COPY {name} ({columns}) FROM STDIN")).await?;
                    copy.send(text.as_bytes()).await?;
                    copy.finish().await?;
                }
                Database::Sqlite(c) => {
                    let mut tx = c.begin().await?;
                    // Some hundred rows in a text: SQLite reads no text beyond a limit.
                    for rows in text.lines().collect::<Vec<_>>().chunks(200) {
                        let insert = format!("INSERT INTO {name} ({columns}) VALUES {}", rows.join(","));
                        tx.execute(AssertSqlSafe(insert)).await?;
                    }
                    tx.commit().await?;
                }
            }
        }
        Ok(())
    }

    /// The rest, the indexes, and what the planner has to know.
    pub async fn close(mut self) -> Filling<()> {
        self.pour(true).await?;
        match self.database {
            Database::Pg(mut c) => {
                for definition in self.indexes {
                    c.execute(AssertSqlSafe(definition)).await?;
                }
                c.execute("VACUUM ANALYZE").await?;
                c.execute("CHECKPOINT").await?;
                c.close().await?;
            }
            Database::Sqlite(mut c) => {
                c.execute("ANALYZE").await?;
                c.close().await?;
            }
        }
        Ok(())
    }
}

/// A line of COPY's text.
fn copied(text: &mut String, cells: &[Cell]) {
    for (i, cell) in cells.iter().enumerate() {
        if i > 0 {
            text.push('\t');
        }
        // Writing to a String does not fail.
        let _ = match cell {
            Cell::Null => write!(text, "\\N"),
            Cell::Int(n) => write!(text, "{n}"),
            Cell::Bool(flag) => write!(text, "{}", if *flag { 't' } else { 'f' }),
            Cell::Text(value) => write!(text, "{value}"),
            Cell::Bytes(hex) => write!(text, "\\\\x{hex}"),
        };
    }
    text.push('\n');
}

/// A row of VALUES.
fn inserted(text: &mut String, cells: &[Cell]) {
    text.push('(');
    for (i, cell) in cells.iter().enumerate() {
        if i > 0 {
            text.push(',');
        }
        let _ = match cell {
            Cell::Null => write!(text, "NULL"),
            Cell::Int(n) => write!(text, "{n}"),
            Cell::Bool(flag) => write!(text, "{}", i32::from(*flag)),
            Cell::Text(value) => write!(text, "'{}'", value.replace('\'', "''")),
            Cell::Bytes(hex) => write!(text, "X'{hex}'"),
        };
    }
    text.push_str(")\n");
}
