//! A person's own data: seen, taken along, corrected, deleted, and who looked at them (PD-1…PD-4, M8).

mod archive;
mod certificate;
mod told;

use archive::gather;

use super::security::{button, form, heading, notice, words as text};
use super::trouble;
use crate::http::Visit;
use crate::storage::{accounts, deletions, ids, journal, profile_changes};
use app::content::view::{Block, Form, Link, Page};
use app::error::Refusal;
use app::routes;
use app::text::documents::kind as document;
use app::text::own_data::OwnData;
use app::text::staff::{purpose, role};
use app::text::{Frame, Lang};
use app::ui::form::Next;
use app::ui::pieces::moment_text;
use domain::access::Opens;
use domain::accounts::factors::ALARM_DAYS;
use domain::accounts::{CORRECT, corrected};
use domain::clock::{DAY, Timestamp};
use domain::journal::Look;
use domain::{Code, Field, Values};

/// Looks of staff shown on the page; the journal has all.
const SHOWN: usize = 100;

/// What may be taken along.
pub struct Taken {
    pub name: &'static str,
    pub media_type: &'static str,
    pub content: Vec<u8>,
}

impl Visit {
    fn data_trail(&self, below: bool) -> Vec<Link> {
        let cabinet = Link { to: routes::CABINET.to_owned(), text: Frame::of(self.lang).cabinet.to_owned() };
        let data = Link { to: routes::DATA.to_owned(), text: OwnData::of(self.lang).title.to_owned() };
        if below { vec![cabinet, data] } else { vec![cabinet] }
    }

    pub(super) async fn data_page(&self) -> Result<Page, Refusal> {
        let owner = self.signed_in()?;
        let (words, lang, id) = (OwnData::of(self.lang), self.lang, owner.account_id.as_str());
        let held = gather(&self.house, id, self.now).await?;
        let mut tx = self.house.db.read().await.map_err(trouble)?;
        let rows = journal::list_owned(&mut tx, id, 10_000).await.map_err(trouble)?;
        let wish = deletions::open_of(&mut tx, id).await.map_err(trouble)?;
        drop(tx);
        let mut blocks = Vec::new();
        if let Some(wish) = &wish {
            let until = format!("{} {}", words.asked_until, moment_text(Timestamp(wish.due_ms)));
            blocks.push(notice("bad", words.asked, &until));
            let act = format!("{}?act=keep", routes::DATA);
            blocks.push(Block::Buttons(vec![button(act, words.cancel, "primary")]));
        }
        blocks.extend([heading(words.held), text(words.held_about)]);
        let row = |(n, kind): (usize, archive::Kind)| {
            let (name, until) = kind.words(lang);
            vec![name.to_owned(), n.to_string(), until.to_owned()]
        };
        let head = [words.what, words.amount, words.kept].map(str::to_owned).to_vec();
        blocks.push(Block::Table(head, held.amounts().into_iter().map(row).collect()));
        blocks.extend([heading(words.download), text(words.download_about)]);
        let file = |to: &str, words: &str| Block::Download(Link { to: to.to_owned(), text: words.to_owned() });
        blocks.extend([file(routes::DATA_JSON, words.json), file(routes::DATA_PDF, words.pdf)]);
        blocks.extend([heading(words.correct), text(words.correct_about)]);
        let correct = Link { to: routes::DATA_CORRECT.to_owned(), text: words.correct_title.to_owned() };
        let contacts =
            Link { to: routes::CONTACTS.to_owned(), text: app::text::security::Contacts::of(lang).title.to_owned() };
        blocks.extend([Block::Also(correct), Block::Also(contacts)]);
        blocks.extend([heading(words.readers), text(words.readers_about)]);
        blocks.push(readers(lang, &rows));
        blocks.extend([heading(words.delete), text(words.delete_about)]);
        blocks.push(Block::Fold(
            words.stays.to_owned(),
            [words.stays_consents, words.stays_journal, words.stays_numbers, words.stays_copies]
                .map(str::to_owned)
                .to_vec(),
        ));
        if wish.is_none() {
            let act = format!("{}?act=delete", routes::DATA);
            blocks.push(Block::Buttons(vec![button(act, words.ask, "danger")]));
        }
        Ok(Page { title: words.title.to_owned(), lead: words.lead.to_owned(), trail: self.data_trail(false), blocks })
    }

    /// Everything held, as a file. Asked for with a fresh proof: it is the whole person.
    pub async fn take_data(&self, pdf: bool) -> Result<Taken, Refusal> {
        let owner = self.proved(Opens::Cabinet)?;
        self.limit(&[("data/account", &owner.account_id, 60, 20)]).await?;
        // The row stands before the answer leaves.
        let mut tx = self.house.db.write().await.map_err(trouble)?;
        self.note(&mut tx, &owner.account_id, "data_taken", "").await?;
        tx.commit().await.map_err(trouble)?;
        let held = gather(&self.house, &owner.account_id, self.now).await?;
        if !pdf {
            let content = serde_json::to_vec_pretty(&held).map_err(|_| Code::Internal)?;
            return Ok(Taken { name: "otdelenie.json", media_type: "application/json", content });
        }
        let record = held.record(self.lang, self.now);
        let drawn = tokio::task::spawn_blocking(move || documents::record(&record)).await;
        match drawn {
            Ok(Ok(content)) => Ok(Taken { name: "otdelenie.pdf", media_type: "application/pdf", content }),
            Ok(Err(error)) => {
                tracing::error!(%error, "record not drawn");
                Err(Code::Internal.into())
            }
            Err(_) => Err(Code::Internal.into()),
        }
    }

    /// The form of correction, with what is there.
    pub(super) async fn correct_page(&self) -> Result<Page, Refusal> {
        let owner = self.proved(Opens::Cabinet)?;
        let words = OwnData::of(self.lang);
        let mut tx = self.house.db.write().await.map_err(trouble)?;
        let account = self.account(&mut tx, owner).await?;
        self.note(&mut tx, &owner.account_id, "profile_read", "").await?;
        tx.commit().await.map_err(trouble)?;
        let mut asked = form("correct-form", routes::DATA_CORRECT, CORRECT, words.save);
        if let Block::Form(Form { values, .. }) = &mut asked {
            *values = account.profile.only(CORRECT);
        }
        Ok(Page {
            title: words.correct_title.to_owned(),
            lead: words.correct_lead.to_owned(),
            trail: self.data_trail(true),
            blocks: vec![asked],
        })
    }

    pub async fn correct_data(&self, values: Values) -> Result<Next, Refusal> {
        let owner = self.proved(Opens::Cabinet)?;
        let stored = corrected(&values)?;
        // Each one that changes something is told by SMS and letter.
        self.limit(&[("correct/account", &owner.account_id, 60, 5)]).await?;
        let (mut tx, mut account) = self.holding().await?;
        // Which fields changed is told, never what they say.
        let changed: Vec<&str> =
            CORRECT.iter().filter(|f| account.profile.get(**f) != stored.get(**f)).map(|f| f.id()).collect();
        if !changed.is_empty() {
            let (vault, former) = (&self.house.vault, account.profile.only(CORRECT));
            account.profile.take(&stored, CORRECT);
            accounts::set_profile(&mut tx, vault, &owner.account_id, &account.profile).await.map_err(trouble)?;
            self.note(&mut tx, &owner.account_id, "profile_corrected", &changed.join(" ")).await?;
            // By passport and ИНН support lets somebody in (REC-3): its owner is told, and can take it back.
            let change = ids::public_id();
            let kept = profile_changes::keep(&mut tx, vault, &owner.account_id, &change, &former, self.now.0).await;
            kept.map_err(trouble)?;
            self.alarm(&mut tx, &account, "profile_corrected", &change).await?;
        }
        tx.commit().await.map_err(trouble)?;
        Ok(Next::reload(routes::PROFILE))
    }

    /// The wish to be forgotten. The answer leads to the page that will hold the certificate: its address is the only
    /// thing of the account that its owner keeps.
    pub async fn ask_deletion(&self) -> Result<Next, Refusal> {
        let owner = self.proved(Opens::Cabinet)?;
        let token = ids::token();
        let due = self.now.0 + ALARM_DAYS * DAY;
        let (mut tx, account) = self.holding().await?;
        let asked = deletions::ask(&mut tx, &ids::token_hash(&token), &owner.account_id, self.now.0, due).await;
        if !asked.map_err(trouble)? {
            tx.commit().await.map_err(trouble)?;
            return Ok(Next::to(routes::DATA));
        }
        self.changed(&mut tx, &account, "deletion_asked", "").await?;
        tx.commit().await.map_err(trouble)?;
        Ok(Next::to(routes::deletion(&token)))
    }

    pub async fn cancel_deletion(&self) -> Result<Next, Refusal> {
        let owner = self.owner(Opens::Cabinet)?;
        let mut tx = self.house.db.write().await.map_err(trouble)?;
        if deletions::cancel(&mut tx, &owner.account_id, self.now.0).await.map_err(trouble)? {
            self.note(&mut tx, &owner.account_id, "deletion_cancelled", "").await?;
        }
        tx.commit().await.map_err(trouble)?;
        Ok(Next::to(routes::DATA))
    }

    async fn wish(&self, token: &str) -> Result<Option<deletions::Deletion>, Refusal> {
        self.limit(&[("link/address", &self.address.to_string(), 15, 60)]).await?;
        if token.len() != ids::TOKEN_SIGNS {
            return Ok(None);
        }
        let mut tx = self.house.db.read().await.map_err(trouble)?;
        deletions::find(&mut tx, &ids::token_hash(token)).await.map_err(trouble)
    }

    pub(super) async fn deletion_page(&self, token: &str) -> Result<Page, Refusal> {
        let words = OwnData::of(self.lang);
        let at = |ms: i64| moment_text(Timestamp(ms));
        let fact = |name: &str, value: String| (name.to_owned(), value);
        let Some(wish) = self.wish(token).await? else { return Err(Code::NotFound.into()) };
        let mut facts = vec![fact(words.asked_at, at(wish.asked_ms))];
        let blocks = match (wish.erased_ms, wish.cancelled_ms) {
            (Some(erased), _) => {
                facts.push(fact(words.erased_at, at(erased)));
                facts.push(fact(words.erased_what, words.erased_list.to_owned()));
                facts.push(fact(words.stays_what, words.stays_list.to_owned()));
                let to = format!("{}/certificate", routes::deletion(token));
                let file = Block::Download(Link { to, text: words.certificate.to_owned() });
                vec![notice("ok", words.deletion_done, words.deletion_done_text), Block::Facts(facts), file]
            }
            (None, Some(_)) => vec![notice("ok", words.deletion_cancelled, ""), Block::Facts(facts)],
            (None, None) => {
                let until = format!("{} {}", words.asked_until, at(wish.due_ms));
                let back = Link { to: routes::DATA.to_owned(), text: words.title.to_owned() };
                vec![
                    notice("wait", words.deletion_waits, &until),
                    text(words.ticket),
                    Block::Facts(facts),
                    Block::Also(back),
                ]
            }
        };
        Ok(Page { title: words.deletion_title.to_owned(), lead: String::new(), trail: Vec::new(), blocks })
    }

    /// The signed certificate of a deletion that was carried out.
    pub async fn deletion_certificate(&self, token: &str) -> Result<Taken, Refusal> {
        let wish = self.wish(token).await?.ok_or(Code::NotFound)?;
        let erased = wish.erased_ms.ok_or(Code::NotFound)?;
        let content = certificate::sign(&self.house, &wish, erased)?;
        Ok(Taken { name: "deletion-certificate.json", media_type: "application/json", content })
    }
}

/// Each look of staff: when, by which role, why, at what.
fn readers(lang: Lang, rows: &[journal::Entry]) -> Block {
    let words = OwnData::of(lang);
    let looks: Vec<Vec<String>> = rows
        .iter()
        .filter(|r| r.actor.starts_with("staff"))
        .take(SHOWN)
        .map(|r| {
            let look = Look::parse(&r.detail);
            let who = look.as_ref().map_or("", |l| role(lang, l.role));
            let why = look.as_ref().map_or("", |l| purpose(lang, l.purpose));
            let of = look.as_ref().and_then(|l| l.document.as_ref()).map_or("", |(k, _)| document(lang, *k));
            let act = app::text::accounts::act(lang, &r.act);
            let about = app::text::counter::about(lang, &r.act, &r.object);
            let what = [act, of, about].into_iter().filter(|t| !t.is_empty()).collect::<Vec<_>>().join(" · ");
            vec![moment_text(Timestamp(r.at_ms)), who.to_owned(), why.to_owned(), what]
        })
        .collect();
    if looks.is_empty() {
        return text(words.readers_none);
    }
    Block::Table([words.when, words.who, words.why, words.which].map(str::to_owned).to_vec(), looks)
}

/// Names the fields a correction may touch; phone and e-mail are proved anew instead.
const _: () = {
    let mut i = 0;
    while i < CORRECT.len() {
        assert!(!matches!(CORRECT[i], Field::Phone | Field::Email));
        i += 1;
    }
};
