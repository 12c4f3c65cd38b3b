//! Other ways in, as the archive names them: what a bank or Госуслуги said, the post's own account, requests to verify an
//! identity.

use super::{At, record};
use crate::desks::trouble;
use crate::house::House;
use crate::storage::{Tx, counter_resets, doors, post_accounts, verifications};
use app::error::Refusal;
use app::text::accounts::act;
use app::text::{Lang, doors as words, fields};
use domain::Values;
use serde::Serialize;

#[derive(Serialize)]
pub struct Ways {
    doors: Vec<Door>,
    post_accounts: Vec<Post>,
    identity_requests: Vec<Asked>,
    access_resets: Vec<Reset>,
}

#[derive(Serialize)]
struct Door {
    #[serde(skip)]
    of: domain::accounts::doors::Door,
    door: &'static str,
    said: Values,
    linked_at: At,
}

#[derive(Serialize)]
struct Post {
    login: String,
    linked_at: At,
}

#[derive(Serialize)]
struct Asked {
    number: String,
    state: String,
    asked_at: At,
}

/// Which clerk it was is the journal's to say.
#[derive(Serialize)]
struct Reset {
    reset_at: At,
    confirmed_by_second_clerk: bool,
}

pub async fn gather(tx: &mut Tx, house: &House, account_id: &str) -> Result<Ways, Refusal> {
    let vault = &house.vault;
    let linked = doors::list(tx, vault, account_id).await.map_err(trouble)?;
    let post = post_accounts::find(tx, vault, account_id).await.map_err(trouble)?;
    let asked = verifications::asked_by(tx, account_id).await.map_err(trouble)?;
    let resets = counter_resets::of_account(tx, account_id).await.map_err(trouble)?;
    Ok(Ways {
        access_resets: resets
            .into_iter()
            .map(|(at, second)| Reset { reset_at: At(at), confirmed_by_second_clerk: second })
            .collect(),
        doors: linked
            .into_iter()
            .map(|d| Door { of: d.door, door: d.door.name(), said: d.told, linked_at: At(d.linked_ms) })
            .collect(),
        // The key that the post gave opens that account: whoever gets hold of an archive must not find it.
        post_accounts: post.into_iter().map(|(held, at)| Post { login: held.login, linked_at: At(at) }).collect(),
        identity_requests: asked
            .into_iter()
            .map(|(number, state, at)| Asked { number, state, asked_at: At(at) })
            .collect(),
    })
}

impl Ways {
    pub fn count(&self) -> usize {
        self.doors.len() + self.post_accounts.len() + self.identity_requests.len() + self.access_resets.len()
    }

    /// The same to read.
    pub fn rows(&self, lang: Lang) -> Vec<(String, String)> {
        let mut rows = Vec::new();
        for door in &self.doors {
            let name = words::name(lang, door.of);
            rows.push((name.to_owned(), record::when(door.linked_at)));
            let said = door.said.iter().filter(|(_, value)| !value.is_empty());
            rows.extend(said.map(|(f, value)| (format!("{name}: {}", fields::label(lang, f)), value.to_owned())));
        }
        rows.extend(self.post_accounts.iter().map(|p| (p.login.clone(), record::when(p.linked_at))));
        rows.extend(self.identity_requests.iter().map(|a| (a.number.clone(), record::when(a.asked_at))));
        let reset = act(lang, "access_reset");
        rows.extend(self.access_resets.iter().map(|r| (reset.to_owned(), record::when(r.reset_at))));
        rows
    }
}
