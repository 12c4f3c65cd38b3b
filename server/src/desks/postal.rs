//! «Привязать аккаунт Почты России»: login, password, then the code that the post sends (LNK-1, LNK-2). The password goes
//! to the post and is kept nowhere; what is kept, sealed, is the key the post gives.

use super::proofs::MINUTE;
use super::security::{button, form, heading, notice, words as text};
use super::{refuse, trouble};
use crate::http::{POST, Visit};
use crate::integrations::postal::Problem;
use crate::storage::post_accounts::{self, Held};
use crate::storage::{Place, Purpose, ids};
use app::content::view::{Block, Link, Page};
use app::error::Refusal;
use app::routes;
use app::text::Frame;
use app::text::doors::Post;
use app::ui::form::Next;
use app::ui::pieces::moment_text;
use domain::access::Opens;
use domain::accounts::{CODE, LOGIN, login as check_login, one_time_code};
use domain::clock::Timestamp;
use domain::{Code, Field, Values};
use serde::{Deserialize, Serialize};

/// From the password to the code.
const ASKED_MS: i64 = 10 * MINUTE;
const ASKED: Place<'static> = Place::new("post", "asked", "cookie");

/// The post has sent a code; in the browser of whom it concerns.
#[derive(Serialize, Deserialize)]
struct Asked {
    account: String,
    link: String,
    sent_to: String,
    login: String,
    until_ms: i64,
}

impl Visit {
    pub async fn ask_post(&self, values: Values) -> Result<Next, Refusal> {
        let owner = self.owner(Opens::Letters)?;
        let errors = check_login(&values);
        if !errors.is_empty() {
            return Err(errors.into());
        }
        let login = values.get(Field::Login).trim().to_owned();
        // Whoever guesses passwords of the post guesses them here no faster, however the login is spelt.
        self.limit(&[
            ("post/account", &owner.account_id, 15, 10),
            ("post/login", &ids::hex(&self.login_index(&login.to_lowercase())), 15, 10),
            ("post/address", &self.address.to_string(), 15, 30),
        ])
        .await?;
        let asked = self.house.integrations.postal.ask(&login, values.get(Field::Password)).await;
        let asked = asked.map_err(|problem| match problem {
            Problem::NoAccount => Refusal::on(Field::Login, Code::PostAccountUnknown),
            Problem::WrongPassword => Refusal::on(Field::Password, Code::PostPasswordWrong),
            _ => Code::PostUnreachable.into(),
        })?;
        let account = owner.account_id.clone();
        let until_ms = self.now.0 + ASKED_MS;
        let asked = Asked { account, link: asked.link, sent_to: asked.sent_to, login, until_ms };
        self.seal_cookie(POST, ASKED, &asked, ASKED_MS)?;
        Ok(Next::to(routes::POST_CODE))
    }

    fn asked_post(&self) -> Option<Asked> {
        let asked: Asked = self.opened_cookie(self.post.as_deref(), ASKED)?;
        let theirs = self.citizen.as_ref().is_some_and(|c| c.account_id == asked.account);
        (theirs && asked.until_ms >= self.now.0).then_some(asked)
    }

    pub async fn link_post(&self, values: Values) -> Result<Next, Refusal> {
        let owner = self.owner(Opens::Letters)?;
        let code = one_time_code(&values)?;
        let asked = self.asked_post().ok_or(Code::PostAttemptGone)?;
        self.limit(&[("post/code", &owner.account_id, 15, 20)]).await?;
        let postal = &self.house.integrations.postal;
        let key = postal.confirm(&asked.link, &code).await.map_err(|problem| match problem {
            Problem::WrongCode => Refusal::on(Field::Code, Code::CodeWrong),
            Problem::Down => Code::PostUnreachable.into(),
            _ => Code::PostAttemptGone.into(),
        })?;
        let index = self.house.vault.blind_index(Purpose::Subject, &format!("post\n{}", key.account));
        let held = Held { login: asked.login, key: key.token };
        if let Err(refusal) = self.keep_post(&owner.account_id, &index, &held).await {
            // Nobody will use this key.
            self.give_back(&held).await;
            return Err(refusal);
        }
        self.set_cookie(POST, "", 0);
        Ok(Next::to(routes::POST_ACCOUNT))
    }

    async fn keep_post(&self, account_id: &str, index: &[u8; 32], held: &Held) -> Result<(), Refusal> {
        let (mut tx, account) = self.holding().await?;
        let linked = post_accounts::link(&mut tx, &self.house.vault, account_id, index, held, self.now.0).await;
        if !linked.map_err(trouble)? {
            return Err(refuse(tx, Code::PostAccountTaken).await);
        }
        self.changed(&mut tx, &account, "post_linked", "").await?;
        tx.commit().await.map_err(trouble)
    }

    pub async fn unlink_post(&self) -> Result<Next, Refusal> {
        let owner = self.proved(Opens::Cabinet)?;
        let (mut tx, account) = self.holding().await?;
        let held = post_accounts::unlink(&mut tx, &self.house.vault, &owner.account_id).await.map_err(trouble)?;
        let Some(held) = held else {
            return Err(refuse(tx, Code::DoorGone).await);
        };
        self.changed(&mut tx, &account, "post_unlinked", "").await?;
        tx.commit().await.map_err(trouble)?;
        self.give_back(&held).await;
        Ok(Next::to(routes::POST_ACCOUNT))
    }

    /// Gives the post its key back: it is gone here whether or not the post hears of it.
    pub(super) async fn give_back(&self, held: &Held) {
        if let Err(problem) = self.house.integrations.postal.forget(&held.key).await {
            tracing::warn!(%problem, "the post did not take its key back");
        }
    }

    fn post_trail(&self) -> Vec<Link> {
        vec![Link { to: routes::CABINET.to_owned(), text: Frame::of(self.lang).cabinet.to_owned() }]
    }

    pub(super) async fn post_page(&self) -> Result<Page, Refusal> {
        let owner = self.owner(Opens::Letters)?;
        let words = Post::of(self.lang);
        let mut tx = self.house.db.write().await.map_err(trouble)?;
        let found = post_accounts::find(&mut tx, &self.house.vault, &owner.account_id).await.map_err(trouble)?;
        if found.is_some() {
            // The key is opened, and with it a name and what is on its way are fetched.
            self.note(&mut tx, &owner.account_id, "post_read", "").await?;
        }
        tx.commit().await.map_err(trouble)?;
        let blocks = match found {
            None => vec![
                text(words.about),
                form("post-form", routes::POST_ACCOUNT, LOGIN, words.ask),
                Block::Fold(words.none.to_owned(), vec![words.none_how.to_owned(), words.none_again.to_owned()]),
            ],
            Some((held, linked_ms)) => {
                let since = (words.since.to_owned(), moment_text(Timestamp(linked_ms)));
                let mut facts = vec![(words.login.to_owned(), held.login.clone()), since];
                let mut blocks = Vec::new();
                match self.house.integrations.postal.account(&held.key).await {
                    Ok(account) => {
                        facts.insert(0, (words.name.to_owned(), account.name));
                        blocks.push(Block::Facts(facts));
                        blocks.push(heading(words.items));
                        if account.items.is_empty() {
                            blocks.push(text(words.items_none));
                        } else {
                            let head = [words.number, words.state, words.day].map(str::to_owned).to_vec();
                            let rows = account.items.into_iter().map(|i| vec![i.number, i.state, day(&i.at)]);
                            blocks.push(Block::Table(head, rows.collect()));
                        }
                    }
                    Err(problem) => {
                        blocks.push(Block::Facts(facts));
                        blocks.push(match problem {
                            Problem::Down => notice("wait", words.down, words.down_text),
                            _ => notice("bad", words.ended, words.ended_text),
                        });
                    }
                }
                let act = format!("{}?act=unlink", routes::POST_ACCOUNT);
                blocks.push(Block::Buttons(vec![button(act, words.unlink, "danger")]));
                blocks
            }
        };
        Ok(Page { title: words.title.to_owned(), lead: words.lead.to_owned(), trail: self.post_trail(), blocks })
    }

    pub(super) fn post_code_page(&self) -> Result<Page, Refusal> {
        self.owner(Opens::Letters)?;
        let words = Post::of(self.lang);
        let again = Block::Also(Link { to: routes::POST_ACCOUNT.to_owned(), text: words.again.to_owned() });
        let blocks = match self.asked_post() {
            Some(asked) => vec![
                Block::Facts(vec![(words.sent_to.to_owned(), asked.sent_to)]),
                form("post-code-form", routes::POST_CODE, CODE, words.link),
                again,
            ],
            None => vec![notice("wait", words.gone, words.gone_text), again],
        };
        let lead = words.code_lead.to_owned();
        Ok(Page { title: words.code_title.to_owned(), lead, trail: self.post_trail(), blocks })
    }
}

/// `2026-11-20` as people write it.
fn day(iso: &str) -> String {
    domain::accounts::doors::date(iso).unwrap_or_else(|| iso.to_owned())
}
