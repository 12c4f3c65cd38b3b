//! `/cabinet/access`: what each level opens, what is closed now and why, and how to open it (REG-4, REG-5, ERR-4).

use super::security::{button, heading, notice, words as text};
use crate::http::Visit;
use app::accounts::cabinet::level as level_name;
use app::content::view::{Block, Link, Page};
use app::desks::MailboxesDesk;
use app::error::Refusal;
use app::routes;
use app::text::Frame;
use app::text::accounts::Accounts;
use app::text::own_data::{Access, opens};
use app::text::services::CLOSED;
use domain::access::{Level, Opens};
use domain::applications::MailboxKind;
use domain::mailboxes::Role;

impl Visit {
    pub(super) async fn access_page(&self) -> Result<Page, Refusal> {
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
                (true, true) if !what.is_here() => CLOSED.of(lang),
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
        let start = |to: &str, text: &str| Block::Start(Link { to: to.to_owned(), text: text.to_owned() });
        if owner.level == Level::Email {
            blocks.push(start(routes::CONTACTS_PHONE, words.add_phone));
        } else if !owner.has_email {
            blocks.push(start(routes::CONTACTS_EMAIL, names.email_add));
        } else if owner.level < Level::Confirmed {
            blocks.push(Block::Buttons(vec![button("/cabinet/resend-email", words.resend, "primary")]));
        }
        blocks.extend([heading(words.roles), self.roles(owner.level).await?]);
        blocks.extend([heading(words.blocked), text(words.blocked_text)]);
        blocks.push(Block::Also(Link { to: routes::RECOVER.to_owned(), text: words.recover.to_owned() }));
        let cabinet = Link { to: routes::CABINET.to_owned(), text: Frame::of(lang).cabinet.to_owned() };
        Ok(Page { title: words.title.to_owned(), lead: words.lead.to_owned(), trail: vec![cabinet], blocks })
    }

    /// Every role there is, whether it is one's own, and how to get it (ERR-4).
    async fn roles(&self, level: Level) -> Result<Block, Refusal> {
        let words = Access::of(self.lang);
        let mine = self.mailboxes().await?.mailboxes;
        let has = |role: Role| mine.iter().any(|m| m.role == role);
        let organisation = mine.iter().any(|m| m.role == Role::Owner && m.kind == MailboxKind::Corporate);
        let rows = [
            (words.citizen, level == Level::Confirmed, words.citizen_how),
            (words.owner, has(Role::Owner), words.owner_how),
            (words.organisation, organisation, words.organisation_how),
            (words.sender, has(Role::Sender), words.member_how),
            (words.reader, has(Role::Reader), words.member_how),
            (words.staff, false, words.staff_how),
        ];
        let row = |(role, mine, how): (&str, bool, &str)| {
            let mine = if mine { words.yes } else { words.no };
            [role, mine, how].map(str::to_owned).to_vec()
        };
        let head = [words.role, words.role_mine, words.role_how].map(str::to_owned).to_vec();
        Ok(Block::Table(head, rows.into_iter().map(row).collect()))
    }
}
