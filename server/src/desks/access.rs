//! `/cabinet/access`: what each level opens, what is closed now and why, and how to open it (REG-4, REG-5, ERR-4).

use super::security::{button, heading, notice, words as text};
use crate::http::Visit;
use app::accounts::cabinet::level as level_name;
use app::content::view::{Block, Link, Page};
use app::error::Refusal;
use app::routes;
use app::text::Frame;
use app::text::accounts::Accounts;
use app::text::own_data::{Access, opens};
use domain::access::{Level, Opens};

impl Visit {
    pub(super) fn access_page(&self) -> Result<Page, Refusal> {
        let owner = self.signed_in()?;
        let (words, names, lang) = (Access::of(self.lang), Accounts::of(self.lang), self.lang);
        let mut blocks = vec![Block::Facts(vec![
            (words.yours.to_owned(), level_name(names, owner.level).to_owned()),
            (words.role.to_owned(), words.citizen.to_owned()),
        ])];
        if !owner.consent {
            blocks.push(notice("bad", words.consent, words.consent_text));
            blocks.push(Block::Start(Link { to: routes::CONSENTS.to_owned(), text: words.to_consents.to_owned() }));
        }
        blocks.push(heading(words.table));
        let row = |what: Opens| {
            let state = match (owner.level.opens(what), owner.consent || !what.needs_consent()) {
                (true, true) => words.open,
                (true, false) => words.no_consent,
                (false, _) => words.closed,
            };
            vec![opens(lang, what).to_owned(), level_name(names, what.needs()).to_owned(), state.to_owned()]
        };
        let head = [words.act, words.needs, words.now].map(str::to_owned).to_vec();
        blocks.push(Block::Table(head, Opens::ALL.into_iter().map(row).collect()));
        blocks.push(heading(words.how));
        blocks.push(Block::List(vec![words.how_phone.to_owned(), words.how_confirmed.to_owned()]));
        if owner.level == Level::Email {
            let link = Link { to: routes::PHONE.to_owned(), text: words.add_phone.to_owned() };
            blocks.push(Block::Start(link));
        } else if owner.level < Level::Confirmed {
            blocks.push(Block::Buttons(vec![button("/cabinet/resend-email", words.resend, "primary")]));
        }
        blocks.push(text(words.organisations));
        blocks.extend([heading(words.blocked), text(words.blocked_text)]);
        blocks.push(Block::Also(Link { to: routes::RECOVER.to_owned(), text: words.recover.to_owned() }));
        let cabinet = Link { to: routes::CABINET.to_owned(), text: Frame::of(lang).cabinet.to_owned() };
        Ok(Page { title: words.title.to_owned(), lead: words.lead.to_owned(), trail: vec![cabinet], blocks })
    }
}
