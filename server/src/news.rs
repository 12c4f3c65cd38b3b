//! News of applications, from whoever changes them to the open pages.
//!
//! Within a process they go by a channel. Servers that share a PostgreSQL also call them out to each other
//! (`NOTIFY`), because the page may hang on another server than the one that runs the job. News carry ids only.

use crate::storage::{Db, Result, ids};
use sqlx::postgres::PgListener;
use std::time::Duration;
use tokio::sync::broadcast::{Receiver, Sender, channel};

const CHANNEL: &str = "otdelenie_news";
/// A page that falls this far behind is told to look for itself.
const KEPT: usize = 1024;
const TROUBLE: Duration = Duration::from_secs(1);

/// What an open page may want to know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum News {
    /// Something about an application changed.
    Changed { account_id: String, application_id: String },
    /// The line to the other servers was cut: anything may have happened.
    Missed,
}

/// Where news are told and heard. Cheap to clone.
#[derive(Clone)]
pub struct NewsRoom {
    here: Sender<News>,
    db: Db,
    /// Tells our own calls from those of the others.
    me: String,
}

impl NewsRoom {
    pub async fn open(db: &Db) -> Result<NewsRoom> {
        let room = NewsRoom { here: channel(KEPT).0, db: db.clone(), me: ids::inner_id() };
        if let Some(listener) = db.listener(CHANNEL).await? {
            tokio::spawn(hear(listener, room.here.clone(), room.me.clone()));
        }
        Ok(room)
    }

    pub fn subscribe(&self) -> Receiver<News> {
        self.here.subscribe()
    }

    /// Here at once, elsewhere within moments.
    pub fn tell(&self, account_id: &str, application_id: &str) {
        let news = News::Changed { account_id: account_id.to_owned(), application_id: application_id.to_owned() };
        // Nobody may be listening.
        let _ = self.here.send(news);
        if self.db.is_shared() {
            let call = format!("{} {account_id} {application_id}", self.me);
            let db = self.db.clone();
            tokio::spawn(async move {
                if let Err(error) = db.call_out(CHANNEL, &call).await {
                    tracing::warn!(%error, "news did not reach the other servers");
                }
            });
        }
    }
}

async fn hear(mut listener: PgListener, here: Sender<News>, me: String) {
    loop {
        let news = match listener.try_recv().await {
            Ok(Some(call)) => read(call.payload(), &me),
            // The connection broke and was made again: what was called out meanwhile is lost.
            Ok(None) => Some(News::Missed),
            Err(sqlx::Error::PoolClosed) => return,
            Err(error) => {
                tracing::warn!(%error, "news of the other servers cannot be heard");
                tokio::time::sleep(TROUBLE).await;
                Some(News::Missed)
            }
        };
        if let Some(news) = news {
            let _ = here.send(news);
        }
    }
}

/// A call of another server; `None` for our own.
fn read(payload: &str, me: &str) -> Option<News> {
    let mut parts = payload.split(' ');
    let (who, account_id, application_id) = (parts.next()?, parts.next()?, parts.next()?);
    (who != me).then(|| News::Changed { account_id: account_id.to_owned(), application_id: application_id.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn our_own_calls_are_not_told_twice() {
        assert_eq!(read("a acc app", "a"), None);
        let changed = News::Changed { account_id: "acc".into(), application_id: "app".into() };
        assert_eq!(read("b acc app", "a"), Some(changed));
        assert_eq!(read("nonsense", "a"), None);
    }
}
