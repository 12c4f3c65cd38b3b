//! SQLite's one writer: many acts, one commit.
//!
//! A commit costs an fsync, thousands of times the rest of a short act. So acts that wait for the writer at the same
//! time share one: each runs in a savepoint of its own inside a common transaction, which is committed behind the
//! last of them. An act is answered only after that commit, and a failed act takes nothing but its own savepoint with it.

use super::error::{Result, StorageError};
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{Connection, SqliteConnection};
use std::ops::{Deref, DerefMut};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{Mutex, OwnedMutexGuard, oneshot};

/// The queue for the writer: first come, first served.
#[derive(Clone)]
pub(super) struct Lane(Arc<Mutex<Writer>>);

struct Writer {
    /// `None` once closed, or while a broken connection could not be replaced.
    connection: Option<SqliteConnection>,
    options: SqliteConnectOptions,
    /// Whether the common transaction is open.
    open: bool,
    /// Acts that are through and wait for the commit they share.
    through: Vec<oneshot::Sender<bool>>,
    /// Whether a commit already stands in the queue.
    settling: bool,
    closed: bool,
}

/// One act: a savepoint with the writer to itself. Dropping it takes the savepoint back.
pub(super) struct Act(Option<OwnedMutexGuard<Writer>>);

impl Lane {
    pub(super) async fn open(options: SqliteConnectOptions) -> Result<Lane> {
        let connection = SqliteConnection::connect_with(&options).await?;
        let writer = Writer {
            connection: Some(connection),
            options,
            open: false,
            through: Vec::new(),
            settling: false,
            closed: false,
        };
        Ok(Lane(Arc::new(Mutex::new(writer))))
    }

    /// Waits for the writer and begins an act; after `patience` in vain we are overloaded.
    pub(super) async fn begin(&self, patience: Duration) -> Result<Act> {
        let waited = tokio::time::timeout(patience, Arc::clone(&self.0).lock_owned()).await;
        let mut writer = waited.map_err(|_| sqlx::Error::PoolTimedOut)?;
        // A task of its own: whoever asked may go away in the middle, and the savepoint must have an owner then too.
        let begun = tokio::spawn(async move { writer.begin().await.map(|()| Act(Some(writer))) });
        begun.await.map_err(|_| sqlx::Error::WorkerCrashed)?
    }

    /// Runs `body` on the bare connection, outside any act.
    pub(super) async fn alone<T, E: From<sqlx::Error>>(
        &self,
        body: impl AsyncFnOnce(&mut SqliteConnection) -> Result<T, E>,
    ) -> Result<T, E> {
        let mut writer = self.0.lock().await;
        writer.settle().await;
        body(writer.connection().await?).await
    }

    /// Commits what is through and closes the connection.
    pub(super) async fn close(&self) {
        let mut writer = self.0.lock().await;
        writer.settle().await;
        writer.closed = true;
        if let Some(connection) = writer.connection.take()
            && let Err(error) = connection.close().await
        {
            tracing::warn!(%error, "the database did not close cleanly");
        }
    }
}

impl Act {
    /// Makes the act durable, together with its neighbours.
    pub(super) async fn commit(self) -> Result<()> {
        self.end(true).await
    }

    /// Takes the act back, and waits until what it may have read of its neighbours is durable.
    pub(super) async fn roll_back(self) -> Result<()> {
        self.end(false).await
    }

    async fn end(mut self, keep: bool) -> Result<()> {
        let Some(mut writer) = self.0.take() else {
            return Err(sqlx::Error::WorkerCrashed.into());
        };
        let (sender, durable) = oneshot::channel();
        // A task of its own, as in `begin`.
        tokio::spawn(async move {
            // First, so that it is told whatever comes of it.
            writer.through.push(sender);
            if keep {
                writer.release().await;
            } else {
                writer.take_back().await;
            }
            leave(writer);
        });
        match durable.await {
            Ok(true) => Ok(()),
            _ => Err(StorageError::Setup("the commit failed; nothing of it was kept".into())),
        }
    }
}

impl Drop for Act {
    fn drop(&mut self) {
        // Without a runtime the process is ending, and the connection with it.
        if let (Some(mut writer), Ok(runtime)) = (self.0.take(), tokio::runtime::Handle::try_current()) {
            runtime.spawn(async move {
                writer.take_back().await;
                leave(writer);
            });
        }
    }
}

impl Deref for Act {
    type Target = SqliteConnection;

    fn deref(&self) -> &SqliteConnection {
        self.0.as_ref().and_then(|w| w.connection.as_ref()).expect("an act has a connection until it ends")
    }
}

impl DerefMut for Act {
    fn deref_mut(&mut self) -> &mut SqliteConnection {
        self.0.as_mut().and_then(|w| w.connection.as_mut()).expect("an act has a connection until it ends")
    }
}

/// Lets the next one in; a commit goes to the end of the queue unless one stands there already.
fn leave(mut writer: OwnedMutexGuard<Writer>) {
    if std::mem::replace(&mut writer.settling, true) {
        return;
    }
    let lane = Arc::clone(OwnedMutexGuard::mutex(&writer));
    tokio::spawn(async move {
        let mut writer = lane.lock().await;
        writer.settling = false;
        writer.settle().await;
    });
}

impl Writer {
    async fn connection(&mut self) -> std::result::Result<&mut SqliteConnection, sqlx::Error> {
        if self.closed {
            return Err(sqlx::Error::PoolClosed);
        }
        if self.connection.is_none() {
            self.connection = Some(SqliteConnection::connect_with(&self.options).await?);
        }
        self.connection.as_mut().ok_or(sqlx::Error::PoolClosed)
    }

    async fn begin(&mut self) -> Result<()> {
        let done = self.savepoint().await;
        if done.is_err() {
            self.give_up("an act could not begin").await;
        }
        Ok(done?)
    }

    async fn savepoint(&mut self) -> std::result::Result<(), sqlx::Error> {
        if !self.open {
            // IMMEDIATE: a transaction that reads first and then writes could otherwise fail half-way.
            sqlx::query("BEGIN IMMEDIATE").execute(self.connection().await?).await?;
            self.open = true;
        }
        sqlx::query("SAVEPOINT act").execute(self.connection().await?).await?;
        Ok(())
    }

    async fn release(&mut self) {
        self.end_savepoint(&["RELEASE act"], "an act could not end").await;
    }

    async fn take_back(&mut self) {
        self.end_savepoint(&["ROLLBACK TO act", "RELEASE act"], "an act could not be taken back").await;
    }

    /// A full disk makes SQLite roll everything back by itself: then there is no savepoint any more, nor are the acts before.
    async fn end_savepoint(&mut self, statements: &[&'static str], trouble: &'static str) {
        let Some(connection) = &mut self.connection else { return };
        for statement in statements {
            if let Err(error) = sqlx::query(*statement).execute(&mut *connection).await {
                tracing::error!(%error, statement, "the writer");
                return self.give_up(trouble).await;
            }
        }
    }

    /// Commits the common transaction and tells its acts.
    async fn settle(&mut self) {
        let Some(connection) = self.connection.as_mut().filter(|_| self.open) else { return };
        match sqlx::query("COMMIT").execute(connection).await {
            Ok(_) => {
                self.open = false;
                self.tell(true);
            }
            Err(error) => {
                tracing::error!(%error, "the database did not commit");
                self.give_up("the commit failed").await;
            }
        }
    }

    /// Closes the connection, which rolls back, and tells the waiting acts that they failed.
    async fn give_up(&mut self, why: &'static str) {
        tracing::error!(acts = self.through.len(), why, "the database writer begins anew");
        if let Some(connection) = self.connection.take() {
            let _ = connection.close().await;
        }
        self.open = false;
        self.tell(false);
    }

    fn tell(&mut self, durable: bool) {
        for act in self.through.drain(..) {
            // Whoever asked may have gone.
            let _ = act.send(durable);
        }
    }
}
