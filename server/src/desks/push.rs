//! Devices that are told: a browser's own address, taken and given back. What the small script of the page of notices asks.

use super::{refuse, trouble};
use crate::http::Visit;
use crate::storage::push::{Added, Address};
use crate::storage::{journal, notices, push};
use app::error::Refusal;
use app::routes;
use app::ui::form::Next;
use domain::Code;
use domain::access::Opens;
use serde::Deserialize;

/// What `PushSubscription.toJSON()` gives.
#[derive(Deserialize)]
pub struct Subscribed {
    endpoint: String,
    keys: Keys,
}

#[derive(Deserialize)]
struct Keys {
    p256dh: String,
    auth: String,
}

impl Visit {
    /// Notices reach this browser from now on.
    pub async fn push_subscribe(&self, given: Subscribed) -> Result<Next, Refusal> {
        let owner = self.owner(Opens::Cabinet)?;
        self.limit(&[("push/account", &owner.account_id, 60, 20)]).await?;
        let Subscribed { endpoint, keys: Keys { p256dh, auth } } = given;
        self.house.integrations.push.browser(&endpoint, &p256dh, &auth).ok_or(Code::PushAddress)?;
        let address = Address { endpoint, p256dh, auth, label: self.device.clone() };
        // Of two browsers of one person at once, each sees the place the other took.
        let (mut tx, _) = self.holding().await?;
        let added = push::add(&mut tx, &self.house.vault, &owner.account_id, &address, self.now.0).await;
        let Added::Now { before } = added.map_err(trouble)? else {
            return Err(refuse(tx, Code::PushFull).await);
        };
        self.note(&mut tx, &owner.account_id, "push_added", "").await?;
        // Whoever it told until now reads that it tells them no more.
        if let Some(before) = before {
            let row = journal::NewEntry {
                account_id: Some(&before),
                at_ms: self.now.0,
                actor: "system",
                act: "push_gone",
                object: "",
                detail: "",
            };
            journal::append(&mut tx, &row).await.map_err(trouble)?;
        }
        tx.commit().await.map_err(trouble)?;
        Ok(Next::reload(format!("{}?push=1", routes::NOTICES)))
    }

    /// A browser says that it has shown a notice. It may have no session by then; the notice's id is known to it alone.
    pub async fn push_shown(&self, id: &str) -> Result<(), Refusal> {
        self.limit(&[("push/address", &self.address.to_string(), 60, 120)]).await?;
        let mut tx = self.house.db.write().await.map_err(trouble)?;
        notices::shown(&mut tx, id, self.now.0).await.map_err(trouble)?;
        tx.commit().await.map_err(trouble)
    }

    /// Tells this device no more.
    pub async fn forget_push(&self, id: &str) -> Result<Next, Refusal> {
        let owner = self.owner(Opens::Cabinet)?;
        let mut tx = self.house.db.write().await.map_err(trouble)?;
        if !push::remove(&mut tx, &owner.account_id, id).await.map_err(trouble)? {
            return Err(refuse(tx, Code::NotFound).await);
        }
        self.note(&mut tx, &owner.account_id, "push_removed", "").await?;
        tx.commit().await.map_err(trouble)?;
        Ok(Next::to(format!("{}?push=0", routes::NOTICES)))
    }
}
