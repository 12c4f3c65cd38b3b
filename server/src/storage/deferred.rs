//! Inserts that nobody waits for until the commit: sent to the database together.
//!
//! A submission writes a history row, a journal row, its blind indexes and its jobs; one by one each costs a
//! round trip (or, in SQLite, a change of threads), which is most of the time of a transaction. Each insert is still
//! one text for both databases; SQLite takes several texts in one go, PostgreSQL as parts of one `WITH`.

use super::db::{Connection, Tx};
use super::error::Result;
use sqlx::AssertSqlSafe;
use std::fmt::Write;

/// A value of a deferred insert.
pub(crate) enum Value {
    Text(Option<String>),
    Int(Option<i64>),
    Bytes(Vec<u8>),
    Bool(bool),
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Value::Text(Some(text.to_owned()))
    }
}
impl From<Option<&str>> for Value {
    fn from(text: Option<&str>) -> Self {
        Value::Text(text.map(str::to_owned))
    }
}
impl From<String> for Value {
    fn from(text: String) -> Self {
        Value::Text(Some(text))
    }
}
impl From<i64> for Value {
    fn from(number: i64) -> Self {
        Value::Int(Some(number))
    }
}
impl From<Option<i64>> for Value {
    fn from(number: Option<i64>) -> Self {
        Value::Int(number)
    }
}
impl From<bool> for Value {
    fn from(flag: bool) -> Self {
        Value::Bool(flag)
    }
}
impl From<Vec<u8>> for Value {
    fn from(bytes: Vec<u8>) -> Self {
        Value::Bytes(bytes)
    }
}
impl From<&[u8; 32]> for Value {
    fn from(hash: &[u8; 32]) -> Self {
        Value::Bytes(hash.to_vec())
    }
}

#[derive(Default)]
pub(super) struct Deferred(Vec<(&'static str, Vec<Value>)>);

/// So many go in one text: each mixture is prepared once per connection.
const TOGETHER: usize = 32;

/// Inserts in one text, and what they insert.
#[derive(Default)]
pub(super) struct Text {
    pub(super) sql: String,
    values: Vec<Value>,
}

impl Deferred {
    /// In the order they were put off.
    pub(super) fn texts(mut self, sqlite: bool) -> Vec<Text> {
        let mut texts = Vec::new();
        while !self.0.is_empty() {
            let rest = self.0.split_off(self.0.len().min(TOGETHER));
            let inserts = std::mem::replace(&mut self.0, rest);
            let sql = join(&inserts, sqlite);
            texts.push(Text { sql, values: inserts.into_iter().flat_map(|(_, values)| values).collect() });
        }
        texts
    }
}

macro_rules! run {
    ($text:expr, $connection:expr) => {{
        // Made of our own texts only: values are bound.
        let mut query = sqlx::query(AssertSqlSafe($text.sql));
        for value in $text.values {
            query = match value {
                Value::Text(text) => query.bind(text),
                Value::Int(number) => query.bind(number),
                Value::Bytes(bytes) => query.bind(bytes),
                Value::Bool(flag) => query.bind(flag),
            };
        }
        query.execute($connection).await.map(drop)
    }};
}

impl Text {
    pub(super) async fn run(self, connection: Connection<'_>) -> Result<(), sqlx::Error> {
        match connection {
            Connection::Sqlite(connection) => run!(self, connection),
            Connection::Pg(connection) => run!(self, connection),
        }
    }
}

impl Tx {
    /// Puts an `INSERT` off to the commit, or to [`flush`](Tx::flush). Its placeholders are `$1`, `$2`, … once each and in order.
    pub(crate) fn defer(&mut self, insert: &'static str, values: Vec<Value>) {
        self.deferred.0.push((insert, values));
    }

    /// Sends what was put off. Whoever reads rows that are written this way flushes first.
    pub(crate) async fn flush(&mut self) -> Result<()> {
        for text in std::mem::take(&mut self.deferred).texts(self.is_sqlite()) {
            text.run(self.connection()).await?;
        }
        Ok(())
    }
}

/// One text of many, their placeholders numbered through.
fn join(inserts: &[(&'static str, Vec<Value>)], sqlite: bool) -> String {
    let mut text = String::new();
    let mut before = 0;
    for (i, (insert, values)) in inserts.iter().enumerate() {
        let last = i + 1 == inserts.len();
        // Writing to a String does not fail.
        let _ = match (sqlite, i, last) {
            (true, ..) | (false, 0, true) => Ok(()),
            (false, 0, false) => write!(text, "WITH d{i} AS ("),
            (false, _, false) => write!(text, ", d{i} AS ("),
            (false, _, true) => write!(text, " "),
        };
        renumber(&mut text, insert, before);
        before += values.len();
        text.push_str(match (sqlite, last) {
            (true, _) => ";",
            (false, false) => ")",
            (false, true) => "",
        });
    }
    text
}

/// Appends `insert` with each `$n` as `$(n + before)`.
fn renumber(text: &mut String, insert: &str, before: usize) {
    let mut parts = insert.split('$');
    text.push_str(parts.next().unwrap_or_default());
    for part in parts {
        let digits = part.bytes().take_while(u8::is_ascii_digit).count();
        let number: usize = part[..digits].parse().unwrap_or_default();
        let _ = write!(text, "${}{}", number + before, &part[digits..]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_are_numbered_through() {
        let two = |n: i64| vec![Value::from(n), Value::from(n)];
        let inserts = [
            ("INSERT INTO a VALUES ($1, $2)", two(1)),
            ("INSERT INTO b VALUES ($1, 0, $2) ON CONFLICT DO NOTHING", two(2)),
        ];
        assert_eq!(
            join(&inserts, true),
            "INSERT INTO a VALUES ($1, $2);INSERT INTO b VALUES ($3, 0, $4) ON CONFLICT DO NOTHING;"
        );
        assert_eq!(
            join(&inserts, false),
            "WITH d0 AS (INSERT INTO a VALUES ($1, $2)) INSERT INTO b VALUES ($3, 0, $4) ON CONFLICT DO NOTHING"
        );
        assert_eq!(join(&inserts[..1], false), "INSERT INTO a VALUES ($1, $2)");
    }
}
