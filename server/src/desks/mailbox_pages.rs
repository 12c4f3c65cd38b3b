//! `/cabinet/mailboxes` and `/cabinet/mailboxes/{id}` as pages of words: their text stays out of the wasm.

use super::content::{link, plain_page};
use super::security::button;
use crate::http::Visit;
use app::content::view::{Block, Invite, Item, Page};
use app::desks::MailboxesDesk;
use app::error::Refusal;
use app::mailboxes::view::{InvitationRow, Mailbox, MailboxRow, MemberRow};
use app::routes;
use app::text::filing::{self, Filing};
use app::text::mailboxes::{Mailboxes, role};
use app::ui::pieces::moment_text;
use domain::applications::MailboxKind;
use domain::mailboxes::Role;

impl Visit {
    pub(super) async fn mailboxes_page(&self) -> Result<Page, Refusal> {
        let words = Mailboxes::of(self.lang);
        let mine = self.mailboxes().await?;
        let mut items: Vec<Item> = mine.invitations.iter().map(|i| self.invitation_item(i)).collect();
        items.extend(mine.mailboxes.iter().map(|row| Item {
            mark: "mailbox".to_owned(),
            title: self.name_of(row),
            to: routes::mailbox(&row.id),
            lines: vec![format!("{}: {}", words.role, role(self.lang, row.role))],
            buttons: Vec::new(),
        }));
        let mut blocks = Vec::new();
        if mine.mailboxes.is_empty() {
            blocks.push(Block::Note(format!("{}. {}", words.empty_title, words.empty_text)));
            blocks.push(Block::Also(link(routes::NEW_APPLICATION, words.open_one)));
        }
        blocks.push(Block::Items(items));
        Ok(plain_page(words.title, blocks))
    }

    pub(super) async fn mailbox_page(&self, id: &str) -> Result<Page, Refusal> {
        let words = Mailboxes::of(self.lang);
        let found = self.mailbox(id.to_owned()).await?;
        let row = &found.row;
        let mut facts = vec![
            (words.role.to_owned(), role(self.lang, row.role).to_owned()),
            (words.opened.to_owned(), moment_text(row.opened_at)),
        ];
        if let Some(office) = &row.office {
            facts.push((Filing::of(self.lang).office.to_owned(), office.clone()));
        }
        let mut blocks = vec![Block::Facts(facts)];
        match row.role {
            Role::Owner if row.kind == MailboxKind::Corporate => blocks.extend(self.members_blocks(&found)),
            Role::Owner => {}
            Role::Sender | Role::Reader => blocks.push(Block::Items(vec![Item {
                mark: format!("own-{}", row.role.name()),
                title: role(self.lang, row.role).to_owned(),
                to: String::new(),
                lines: Vec::new(),
                buttons: vec![button(routes::mailbox(id) + "?act=leave", words.leave, "quiet")],
            }])),
        }
        let trail = vec![link(routes::MAILBOXES, words.title)];
        Ok(Page { trail, ..plain_page(&self.name_of(row), blocks) })
    }

    /// «Корпоративный R2026-7Q4K-93CX».
    fn name_of(&self, row: &MailboxRow) -> String {
        format!("{} {}", filing::mailbox(self.lang, row.kind).0, row.number)
    }

    fn invitation_item(&self, row: &InvitationRow) -> Item {
        let words = Mailboxes::of(self.lang);
        Item {
            mark: "invitation".to_owned(),
            title: format!("{} {}", words.invited, row.number),
            to: String::new(),
            lines: vec![
                format!("{}: {}", words.role, role(self.lang, row.role)),
                format!("{} {}", words.invited_until, moment_text(row.until)),
            ],
            buttons: vec![
                button(routes::invitation(&row.id, "accept"), words.accept, "primary"),
                button(routes::invitation(&row.id, "decline"), words.decline, "quiet"),
            ],
        }
    }

    fn members_blocks(&self, mailbox: &Mailbox) -> Vec<Block> {
        let words = Mailboxes::of(self.lang);
        let id = &mailbox.row.id;
        let members = match mailbox.members.is_empty() {
            true => Block::Text(words.alone.to_owned()),
            false => Block::Items(mailbox.members.iter().map(|m| self.member_item(id, m)).collect()),
        };
        let last = match mailbox.room {
            true => Block::Invite(Invite {
                action: routes::mailbox(id),
                title: words.invite_title.to_owned(),
                lead: words.invite_text.to_owned(),
                roles: Role::GIVEN.iter().map(|r| role(self.lang, *r).to_owned()).collect(),
                submit: words.invite.to_owned(),
            }),
            false => Block::Note(words.full.to_owned()),
        };
        vec![Block::Heading(words.members.to_owned()), members, last]
    }

    fn member_item(&self, mailbox: &str, m: &MemberRow) -> Item {
        let words = Mailboxes::of(self.lang);
        let act = |act: &str| routes::member_act(mailbox, &m.id, act);
        let (state, since) = match m.accepted_at {
            Some(at) => ("member", format!("{} {}", words.since, moment_text(at))),
            None => ("invited", format!("{} {}", words.waits_until, moment_text(m.until))),
        };
        let mut buttons = vec![button(act("remove"), words.remove, "danger")];
        if m.accepted_at.is_some() {
            buttons.insert(0, button(act("hand_over"), words.hand_over, "quiet"));
        }
        Item {
            mark: format!("{state}-{}", m.role.name()),
            title: m.contact.clone(),
            to: String::new(),
            lines: vec![role(self.lang, m.role).to_owned(), since],
            buttons,
        }
    }
}
