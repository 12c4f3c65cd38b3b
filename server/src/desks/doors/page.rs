//! The pages of doors: what is linked, whose data wait to be linked, why nobody came through.

use crate::desks::security::{button, heading, notice, words as text};
use crate::desks::trouble;
use crate::http::Visit;
use crate::storage::{Tx, doors};
use app::content::view::{Block, Link, Page};
use app::error::Refusal;
use app::routes;
use app::text::doors::{Doors, name};
use app::text::security::Security;
use app::text::{Frame, codes, fields, help};
use app::ui::pieces::moment_text;
use domain::accounts::doors::{Door, TOLD};
use domain::clock::Timestamp;
use domain::{Code, Field};

fn link(to: impl Into<String>, text: &str) -> Link {
    Link { to: to.into(), text: text.to_owned() }
}

impl Visit {
    /// As the button calls it.
    pub(in crate::desks) fn door_name(&self, door: Door) -> String {
        let provider = self.house.integrations.doors.find(door);
        provider.and_then(|p| p.label()).unwrap_or(name(self.lang, door)).to_owned()
    }

    /// The buttons at login and sign-up: where they lead, and through what.
    pub fn door_buttons(&self) -> Vec<(String, String)> {
        let all = self.house.integrations.doors.all().iter();
        all.map(|p| (routes::door(p.door()), self.door_name(p.door()))).collect()
    }

    /// What the sign-up says to who came through a door.
    pub fn door_told(&self) -> String {
        let Some(arrived) = self.arrived().filter(|arrived| !arrived.phone_taken) else { return String::new() };
        let words = Doors::of(self.lang);
        format!("{} {}. {}", words.filled_from, self.door_name(arrived.door), words.filled)
    }

    /// Part of the page of security.
    pub(in crate::desks) async fn door_blocks(&self, tx: &mut Tx, account_id: &str) -> Result<Vec<Block>, Refusal> {
        let (words, names) = (Doors::of(self.lang), Security::of(self.lang));
        let linked = doors::list(tx, &self.house.vault, account_id).await.map_err(trouble)?;
        let open = self.house.integrations.doors.all();
        if linked.is_empty() && open.is_empty() {
            return Ok(Vec::new());
        }
        let at = |ms: i64| moment_text(Timestamp(ms));
        let mut blocks = vec![heading(words.title), text(words.about)];
        for door in &linked {
            let used = door.used_ms.map_or_else(|| names.never.to_owned(), at);
            let facts = vec![(words.linked.to_owned(), at(door.linked_ms)), (names.used.to_owned(), used)];
            let act = format!("{}?act=unlink_door&id={}", routes::SECURITY, door.id);
            blocks.push(Block::Card(self.door_name(door.door), facts, vec![button(act, words.unlink, "danger")]));
        }
        for provider in open.iter().filter(|p| linked.iter().all(|d| d.door != p.door())) {
            let words = format!("{} {}", words.add, self.door_name(provider.door()));
            blocks.push(Block::Away(link(routes::door(provider.door()), &words)));
        }
        Ok(blocks)
    }

    /// Whose data wait to be linked, and the button that does it.
    pub(in crate::desks) async fn door_page(&self) -> Result<Page, Refusal> {
        let owner = self.signed_in()?;
        let words = Doors::of(self.lang);
        let trail = vec![
            link(routes::CABINET, Frame::of(self.lang).cabinet),
            link(routes::SECURITY, Security::of(self.lang).title),
        ];
        let back = Block::Also(link(routes::SECURITY, Security::of(self.lang).back));
        let mut tx = self.house.db.read().await.map_err(trouble)?;
        let account = self.account(&mut tx, owner).await?;
        drop(tx);
        let waiting = self.arrived();
        let (kind, why, more) = match &waiting {
            Some(_) => ("bad", words.anothers, words.anothers_text),
            None => ("wait", words.gone, words.gone_text),
        };
        let Some(arrived) = waiting.filter(|arrived| arrived.may_be_linked_to(&account)) else {
            let blocks = vec![notice(kind, why, more), back];
            return Ok(Page { title: words.link_title.to_owned(), lead: String::new(), trail, blocks });
        };
        let shown = TOLD.iter().filter(|f| !arrived.told.get(**f).is_empty());
        let facts =
            shown.map(|f| (fields::label(self.lang, *f).to_owned(), masked(*f, arrived.told.get(*f)))).collect();
        let mut blocks = vec![heading(&self.door_name(arrived.door)), Block::Facts(facts)];
        if !arrived.is_about(&account.profile) {
            blocks.push(notice("wait", words.other_name, words.other_name_text));
        }
        blocks.extend([Block::Buttons(vec![button(routes::SECURITY_DOOR, words.link, "primary")]), back]);
        Ok(Page { title: words.link_title.to_owned(), lead: words.link_lead.to_owned(), trail, blocks })
    }

    /// Why nobody came through, and the ways on.
    pub(in crate::desks) fn door_refused_page(&self, door: &str, code: &str) -> Result<Page, Refusal> {
        let door = Door::from_name(door).ok_or(Code::NotFound)?;
        let code: Code = code.parse().map_err(|_| Code::NotFound)?;
        let (words, lang) = (Doors::of(self.lang), self.lang);
        let help = help::help(lang, code);
        let mut blocks = vec![text(&help.cause), text(&help.remedy)];
        let onward = match code {
            Code::DoorPhoneTaken => link(routes::login_then(routes::SECURITY_DOOR), words.log_in_and_link),
            _ if self.citizen.is_some() => link(routes::SECURITY, Security::of(lang).back),
            _ => link(routes::LOGIN, words.with_password),
        };
        blocks.push(Block::Start(onward));
        if self.house.integrations.doors.find(door).is_some() && code != Code::DoorPhoneTaken {
            blocks.push(Block::Away(link(routes::door(door), &format!("{} {}", words.again, self.door_name(door)))));
        }
        blocks.push(Block::Links(vec![link(routes::error(code), &code.to_string())]));
        Ok(Page {
            title: help.title.into_owned(),
            lead: codes::message(lang, code).to_owned(),
            trail: Vec::new(),
            blocks,
        })
    }
}

/// Enough to recognise one's own.
fn masked(field: Field, value: &str) -> String {
    match field {
        Field::LastName | Field::FirstName | Field::MiddleName | Field::Email => value.to_owned(),
        _ => {
            let count = value.chars().count();
            value.chars().enumerate().map(|(i, c)| if i + 2 < count && c.is_alphanumeric() { '*' } else { c }).collect()
        }
    }
}
