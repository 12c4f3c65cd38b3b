//! SQLite's readers: connections that stay open and are lent.
//!
//! A pool of sqlx asks a connection whether it lives each time it comes back: for SQLite, which lives as long as we do,
//! a change of threads more than the read itself costs.

use super::error::Result;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{Connection, SqliteConnection};
use std::ops::{Deref, DerefMut};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

#[derive(Clone)]
pub(super) struct Readers {
    shelf: Arc<Shelf>,
    /// One permit for each connection that may be open.
    permits: Arc<Semaphore>,
    most: u32,
}

struct Shelf {
    options: SqliteConnectOptions,
    idle: Mutex<Vec<SqliteConnection>>,
}

/// A lent connection. Dropping it ends its snapshot, if it has one, and gives it back, unless it was given up.
pub(super) struct Lent {
    connection: Option<SqliteConnection>,
    shelf: Arc<Shelf>,
    permit: Option<OwnedSemaphorePermit>,
    snapshot: bool,
    given_up: bool,
}

impl Readers {
    /// Opens one connection, so that a database that cannot be read is known at once; up to `most` when needed.
    pub(super) async fn open(options: SqliteConnectOptions, most: u32) -> Result<Readers> {
        let idle = Mutex::new(vec![SqliteConnection::connect_with(&options).await?]);
        Ok(Readers { shelf: Arc::new(Shelf { options, idle }), permits: Arc::new(Semaphore::new(most as usize)), most })
    }

    /// Lends a connection; after `patience` in vain we are overloaded.
    pub(super) async fn lend(&self, patience: Duration) -> Result<Lent> {
        let waited = tokio::time::timeout(patience, Arc::clone(&self.permits).acquire_owned()).await;
        let permit = waited.map_err(|_| sqlx::Error::PoolTimedOut)?.map_err(|_| sqlx::Error::PoolClosed)?;
        let connection = match self.shelf.take() {
            Some(connection) => connection,
            None => SqliteConnection::connect_with(&self.shelf.options).await?,
        };
        Ok(Lent {
            connection: Some(connection),
            shelf: Arc::clone(&self.shelf),
            permit: Some(permit),
            snapshot: false,
            given_up: false,
        })
    }

    #[cfg(test)]
    pub(super) fn idle(&self) -> usize {
        self.shelf.idle.lock().unwrap_or_else(PoisonError::into_inner).len()
    }

    /// Waits for what is lent and closes all.
    pub(super) async fn close(&self) {
        let Ok(all) = self.permits.acquire_many(self.most).await else { return };
        self.permits.close();
        drop(all);
        while let Some(connection) = self.shelf.take() {
            if let Err(error) = connection.close().await {
                tracing::warn!(%error, "a reader did not close cleanly");
            }
        }
    }
}

impl Shelf {
    fn take(&self) -> Option<SqliteConnection> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop()
    }

    fn put(&self, connection: SqliteConnection) {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(connection);
    }
}

impl Lent {
    /// From here on everything read is of one moment.
    pub(super) async fn snapshot(mut self) -> Result<Lent> {
        // Before the statement: whoever asked may go away in its middle.
        self.snapshot = true;
        sqlx::query("BEGIN").execute(&mut *self).await?;
        Ok(self)
    }

    /// It does not come back to the shelf, from whose top it would be lent again and again: the next one opens another.
    pub(super) fn give_up(&mut self) {
        self.given_up = true;
    }
}

impl Drop for Lent {
    fn drop(&mut self) {
        let Some(mut connection) = self.connection.take().filter(|_| !self.given_up) else { return };
        if !self.snapshot {
            return self.shelf.put(connection);
        }
        // Without a runtime the process is ending, and the connection with it.
        let Ok(runtime) = tokio::runtime::Handle::try_current() else { return };
        let (shelf, permit) = (Arc::clone(&self.shelf), self.permit.take());
        runtime.spawn(async move {
            // What does not end its snapshot would show the past for ever: it is closed by being dropped.
            if sqlx::query("ROLLBACK").execute(&mut connection).await.is_ok() {
                shelf.put(connection);
            }
            drop(permit);
        });
    }
}

impl Deref for Lent {
    type Target = SqliteConnection;

    fn deref(&self) -> &SqliteConnection {
        self.connection.as_ref().expect("a lent connection is there until it is given back")
    }
}

impl DerefMut for Lent {
    fn deref_mut(&mut self) -> &mut SqliteConnection {
        self.connection.as_mut().expect("a lent connection is there until it is given back")
    }
}
