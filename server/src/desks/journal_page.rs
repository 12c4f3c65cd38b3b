//! `/cabinet/journal`: every act on one's data, by kind, and as a file (SUP-5).

use super::own_data::Taken;
use super::security::words as text;
use super::trouble;
use crate::csv;
use crate::http::Visit;
use crate::storage::journal::{self, Entry};
use app::content::view::{Block, Link, Page};
use app::error::Refusal;
use app::routes;
use app::text::accounts::{Accounts, act, actor};
use app::text::counter::about as about_counter;
use app::text::documents::kind as document;
use app::text::journal::{Journal, kind_name};
use app::text::security::proved_by;
use app::text::staff::{purpose, role};
use app::text::{Frame, Lang};
use app::ui::pieces::moment_text;
use domain::Code;
use domain::access::Opens;
use domain::clock::Timestamp;
use domain::journal::{Kind, Look};

/// Rows of one page.
const SHOWN: usize = 100;
/// More is not read: a person has less in a lifetime.
const MOST: i64 = 100_000;

/// A row in words: moment, what, who.
fn cells(lang: Lang, row: &Entry) -> Vec<String> {
    let look = Look::parse(&row.detail);
    let about = match row.act.as_str() {
        "login" if !row.detail.is_empty() => proved_by(lang, &row.detail),
        act => about_counter(lang, act, &row.object),
    };
    let why = look.as_ref().map_or("", |l| purpose(lang, l.purpose));
    let of = look.as_ref().and_then(|l| l.document.as_ref()).map_or("", |(k, _)| document(lang, *k));
    let what =
        [act(lang, &row.act), about, of, why].into_iter().filter(|t| !t.is_empty()).collect::<Vec<_>>().join(" · ");
    let who = actor(lang, row.actor.split(':').next().unwrap_or_default());
    let who = look.map_or_else(|| who.to_owned(), |l| format!("{who}: {}", role(lang, l.role)));
    vec![moment_text(Timestamp(row.at_ms)), what, who]
}

impl Visit {
    async fn journal_of(&self, kind: Option<Kind>) -> Result<Vec<Entry>, Refusal> {
        let owner = self.signed_in()?;
        let mut tx = self.house.db.read().await.map_err(trouble)?;
        let mut rows = journal::list_owned(&mut tx, &owner.account_id, MOST).await.map_err(trouble)?;
        rows.retain(|r| kind.is_none_or(|kind| Kind::of(&r.actor, &r.act) == kind));
        Ok(rows)
    }

    /// `kind` and the number of the page stand in the path; both may be absent.
    pub(super) async fn journal_page(&self, rest: &[&str]) -> Result<Page, Refusal> {
        let (words, names, lang) = (Journal::of(self.lang), Accounts::of(self.lang), self.lang);
        let (kind, page) = match rest {
            [] => (None, 1),
            [kind] => (Some(*kind), 1),
            [kind, page] => (Some(*kind), page.parse::<usize>().ok().filter(|n| *n > 0).ok_or(Code::NotFound)?),
            _ => return Err(Code::NotFound.into()),
        };
        let kind = match kind {
            None | Some(ALL) => None,
            Some(name) => Some(Kind::from_name(name).ok_or(Code::NotFound)?),
        };
        let rows = self.journal_of(kind).await?;
        let to = |name: &str| format!("{}/{name}", routes::JOURNAL);
        let link = |to: String, text: &str| Link { to, text: text.to_owned() };
        let mut kinds = vec![link(routes::JOURNAL.to_owned(), words.all)];
        kinds.extend(Kind::ALL.iter().map(|k| link(to(k.name()), kind_name(lang, *k))));
        let mut blocks = vec![Block::Links(kinds)];
        let shown: Vec<_> = rows.iter().skip((page - 1) * SHOWN).take(SHOWN).map(|r| cells(lang, r)).collect();
        if shown.is_empty() {
            blocks.push(text(if kind.is_some() { words.none_of_kind } else { names.journal_empty }));
        } else {
            blocks.push(Block::Table([names.when, names.what, names.who_acted].map(str::to_owned).to_vec(), shown));
        }
        if rows.len() > page * SHOWN {
            let older = format!("{}/{}", to(kind.map_or(ALL, Kind::name)), page + 1);
            blocks.push(Block::Also(link(older, words.older)));
        }
        blocks.push(Block::Download(link(routes::JOURNAL_CSV.to_owned(), words.export)));
        let cabinet = link(routes::CABINET.to_owned(), Frame::of(lang).cabinet);
        let lead = kind.map_or(words.lead, |k| kind_name(lang, k)).to_owned();
        Ok(Page { title: names.journal.to_owned(), lead, trail: vec![cabinet], blocks })
    }

    /// All rows as a table.
    pub async fn journal_file(&self) -> Result<Taken, Refusal> {
        let owner = self.owner(Opens::Cabinet)?;
        self.limit(&[("data/account", &owner.account_id, 60, 20)]).await?;
        // The row stands before the answer leaves.
        let mut tx = self.house.db.write().await.map_err(trouble)?;
        self.note(&mut tx, &owner.account_id, "data_taken", "").await?;
        tx.commit().await.map_err(trouble)?;
        let names = Accounts::of(self.lang);
        let mut out = csv::MARK.to_owned() + &csv::line([names.when, names.what, names.who_acted]);
        for row in self.journal_of(None).await? {
            out.push_str(&csv::line(cells(self.lang, &row).iter().map(String::as_str)));
        }
        Ok(Taken { name: "journal.csv", media_type: "text/csv; charset=utf-8", content: out.into_bytes() })
    }
}

/// The path's word for every kind.
const ALL: &str = "all";
