//! One SQL text for both databases.
//!
//! `$1` placeholders, `RETURNING` and `ON CONFLICT` read the same in SQLite and PostgreSQL, so a query
//! is written once; these macros expand it for each driver. Texts are `&'static str`: each connection
//! prepares a query once.

/// Runs `$body` with `$conn`, the open connection of the transaction, for whichever database it is.
macro_rules! on_tx {
    ($tx:expr, |$conn:ident| $body:expr) => {
        match $tx.connection() {
            $crate::storage::db::Connection::Sqlite($conn) => $body,
            $crate::storage::db::Connection::Pg($conn) => $body,
        }
    };
}

/// Executes a statement: the number of rows it touched.
macro_rules! exec {
    ($tx:expr, $sql:expr $(, $arg:expr)* $(,)?) => {
        $crate::storage::sql::on_tx!($tx, |c| sqlx::query($sql)$(.bind($arg))*.execute(c).await.map(|done| done.rows_affected()))
            .map_err(|error| $tx.failed(error))
    };
}

/// The one row, if there is one, as `$row` (a struct with `FromRow`, or a tuple).
macro_rules! one {
    ($tx:expr, $row:ty, $sql:expr $(, $arg:expr)* $(,)?) => {
        $crate::storage::sql::on_tx!($tx, |c| sqlx::query_as::<_, $row>($sql)$(.bind($arg))*.fetch_optional(c).await)
            .map_err(|error| $tx.failed(error))
    };
}

/// All rows as `$row`.
macro_rules! all {
    ($tx:expr, $row:ty, $sql:expr $(, $arg:expr)* $(,)?) => {
        $crate::storage::sql::on_tx!($tx, |c| sqlx::query_as::<_, $row>($sql)$(.bind($arg))*.fetch_all(c).await)
            .map_err(|error| $tx.failed(error))
    };
}

/// Puts an `INSERT` off to the commit: it goes together with the others. For rows nothing in the
/// transaction reads without a `flush`.
macro_rules! defer {
    ($tx:expr, $sql:expr $(, $arg:expr)* $(,)?) => {
        $tx.defer($sql, vec![$($arg.into()),*])
    };
}

/// A closed set of words that a TEXT column may hold.
macro_rules! text_enum {
    ($(#[$doc:meta])* $name:ident in $table:literal . $column:literal { $($(#[$vdoc:meta])* $variant:ident = $text:literal,)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum $name { $($(#[$vdoc])* $variant,)* }

        impl $name {
            pub const ALL: &'static [$name] = &[$($name::$variant,)*];

            /// As it is stored.
            pub const fn as_str(self) -> &'static str {
                match self { $($name::$variant => $text,)* }
            }
            pub(in $crate::storage) fn read(text: &str, row: &str) -> $crate::storage::Result<Self> {
                match text {
                    $($text => Ok($name::$variant),)*
                    _ => Err($crate::storage::StorageError::bad($table, $column, row)),
                }
            }
        }
    };
}

pub(crate) use {all, defer, exec, on_tx, one, text_enum};
