//! SQLite's one writer: many acts, one commit.
//!
//! A commit costs an fsync, thousands of times the rest of a short act. So acts that wait for the writer at the same
//! time share one: each runs in a savepoint of its own inside a common transaction, which is committed behind the
//! last of them. An act is answered only after that commit, and a failed act takes nothing but its own savepoint with it.
//!
//! Each statement is a change of threads there and back, for which all others wait too. So an act finds its savepoint
//! open: the one before it ended its own and opened the next in the text that held its last inserts.

use super::db::Connection;
use super::deferred::{Deferred, Text};
use super::error::{Result, StorageError};
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{Connection as _, SqliteConnection};
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
    /// Whether the common transaction is open, and in it the savepoint of the act that has the writer or is next.
    open: bool,
    /// Acts that are through and wait for the commit they share.
    through: Vec<oneshot::Sender<Result<()>>>,
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
        if writer.open {
            return Ok(Act(Some(writer)));
        }
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
    /// Does what the act has put off, and makes all of it durable together with its neighbours.
    pub(super) async fn commit(self, deferred: Deferred) -> Result<()> {
        self.end(Some(deferred)).await
    }

    /// Takes the act back, and waits until what it may have read of its neighbours is durable.
    pub(super) async fn roll_back(self) -> Result<()> {
        self.end(None).await
    }

    async fn end(mut self, keep: Option<Deferred>) -> Result<()> {
        let Some(mut writer) = self.0.take() else {
            return Err(sqlx::Error::WorkerCrashed.into());
        };
        let (sender, durable) = oneshot::channel();
        // A task of its own, as in `begin`.
        tokio::spawn(async move {
            let ended = match keep {
                Some(deferred) => writer.keep(deferred).await,
                None => writer.take_back().await,
            };
            match ended {
                Ok(()) => writer.through.push(sender),
                // Whoever asked may have gone.
                Err(error) => drop(sender.send(Err(error))),
            }
            leave(writer);
        });
        durable.await.unwrap_or_else(|_| Err(lost()))
    }
}

fn lost() -> StorageError {
    StorageError::Setup("the commit failed; nothing of it was kept".into())
}

impl Drop for Act {
    fn drop(&mut self) {
        // Without a runtime the process is ending, and the connection with it.
        if let (Some(mut writer), Ok(runtime)) = (self.0.take(), tokio::runtime::Handle::try_current()) {
            runtime.spawn(async move {
                // What goes wrong there is told to those who wait.
                let _ = writer.take_back().await;
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
        // IMMEDIATE: a transaction that reads first and then writes could otherwise fail half-way.
        let done = self.run("BEGIN IMMEDIATE;SAVEPOINT act").await;
        self.open = done.is_ok();
        if done.is_err() {
            self.give_up("an act could not begin").await;
        }
        Ok(done?)
    }

    /// Ends the act and opens the next. One that fails is taken back.
    async fn keep(&mut self, deferred: Deferred) -> Result<()> {
        if !self.open {
            return Err(lost());
        }
        let mut texts = deferred.texts(true);
        if texts.is_empty() {
            texts.push(Text::default());
        }
        if let Some(last) = texts.last_mut() {
            last.sql.push_str("RELEASE act;SAVEPOINT act");
        }
        for text in texts {
            let done = match self.connection().await {
                Ok(connection) => text.run(Connection::Sqlite(connection)).await,
                Err(error) => Err(error),
            };
            if let Err(error) = done {
                self.take_back().await?;
                return Err(error.into());
            }
        }
        Ok(())
    }

    /// Undoes what the act did; its savepoint is then the next one's. A full disk makes SQLite roll everything back by
    /// itself: then there is no savepoint any more, nor are the acts before.
    async fn take_back(&mut self) -> Result<()> {
        if !self.open {
            return Err(lost());
        }
        let done = self.run("ROLLBACK TO act").await;
        if done.is_err() {
            self.give_up("an act could not be taken back").await;
        }
        Ok(done?)
    }

    async fn run(&mut self, statements: &'static str) -> std::result::Result<(), sqlx::Error> {
        let done = sqlx::query(statements).execute(self.connection().await?).await;
        if let Err(error) = &done {
            tracing::error!(%error, statements, "the writer");
        }
        done.map(drop)
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
            let _ = act.send(if durable { Ok(()) } else { Err(lost()) });
        }
    }
}
