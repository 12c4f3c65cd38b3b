//! What was typed into a form whose session had ended: it travels sealed in a cookie through the login,
//! and comes back in the page it was typed into.

use crate::http::{STASH, Visit, cookie};
use crate::jobs::purge::STASH as STASH_MS;
use crate::storage::{Place, applications, sessions};
use app::ui::form::Replay;
use axum::http::HeaderMap;
use domain::Values;
use serde::{Deserialize, Serialize};

/// Browsers drop larger cookies.
const LIMIT: usize = 3800;
const PLACE: Place<'static> = Place::new("stash", "values", "cookie");

#[derive(Serialize, Deserialize)]
struct Stash {
    /// Whose: at one browser several people log in one after the other.
    account_id: String,
    path: String,
    until_ms: i64,
    values: Values,
}

impl Visit {
    /// Seals what was typed into the form at `path`, for whoever was signed in. Secrets are typed anew.
    pub async fn stash(&self, path: &str, values: &Values) {
        let Ok(Some(account_id)) = self.author(path).await else { return };
        let values = values.iter().filter(|(f, _)| !f.is_secret()).map(|(f, v)| (f, v.to_owned())).collect();
        let stash = Stash { account_id, path: path.to_owned(), until_ms: self.now.0 + STASH_MS, values };
        let Ok(text) = self.sealed(PLACE, &stash) else { return };
        if text.len() <= LIMIT {
            self.set_cookie(STASH, &text, STASH_MS / 1000);
        }
    }

    /// The account of the session that has ended; where the cookie is gone too, the one the application at `path` is of.
    async fn author(&self, path: &str) -> crate::storage::Result<Option<String>> {
        let mut tx = self.house.db.read().await?;
        if let Some(token) = &self.token_hash
            && let Some(account) = sessions::account_of(&mut tx, token).await?
        {
            return Ok(Some(account));
        }
        match path.trim_matches('/').split('/').collect::<Vec<_>>()[..] {
            ["applications", id, ..] => applications::account_of(&mut tx, id).await,
            _ => Ok(None),
        }
    }

    /// What its owner typed into this very page, once. Anybody else's login drops it.
    pub fn take_stash(&self, headers: &HeaderMap, path: &str) -> Option<Replay> {
        let owner = self.citizen.as_ref()?;
        let stash: Stash = self.opened_cookie(cookie(headers, STASH), PLACE)?;
        let mine = stash.account_id == owner.account_id && stash.until_ms >= self.now.0;
        if mine && stash.path != path {
            return None;
        }
        self.set_cookie(STASH, "", 0);
        mine.then_some(Replay { path: stash.path, values: stash.values, error: None })
    }
}
