//! The pages of «Верификация личности»: the form, where the request stands, what a confirmed one opens.

use super::security::{button, form, heading, notice, words as text};
use super::trouble;
use super::verification::usable;
use crate::http::Visit;
use crate::storage::verifications::{self, State, Verification as Request};
use app::content::view::{Block, Link, Page};
use app::error::Refusal;
use app::routes;
use app::text::codes;
use app::text::counter::LastWay;
use app::text::security::Security;
use app::text::verification::Verification;
use app::ui::pieces::moment_text;
use domain::Code;
use domain::accounts::CODE;
use domain::accounts::verification::{ASK, OBJECT, RENEW};
use domain::clock::Timestamp;

impl Visit {
    pub(super) async fn verification_page(&self, step: &[&str]) -> Result<Page, Refusal> {
        let words = Verification::of(self.lang);
        match step {
            // A refused answer is shown where it was posted to.
            [] | ["answer"] => match self.my_verification().await? {
                Some(found) => self.followed(&found),
                None => Ok(self.asking()),
            },
            ["new"] => Ok(self.asking()),
            ["phone"] => Ok(page(
                words.phone_title,
                words.phone_lead,
                vec![
                    form("identity-phone-form", routes::IDENTITY_PHONE, CODE, words.phone_button),
                    Block::Buttons(vec![button(
                        format!("{}?resend=1", routes::IDENTITY_PHONE),
                        words.phone_resend,
                        "link",
                    )]),
                ],
            )),
            _ => Err(Code::NotFound.into()),
        }
    }

    fn asking(&self) -> Page {
        let words = Verification::of(self.lang);
        page(
            words.title,
            words.lead,
            vec![
                form("identity-form", routes::IDENTITY_NEW, ASK, words.send),
                Block::Note(words.files.to_owned()),
                Block::Also(link(routes::RECOVER, words.have_code)),
                Block::Also(link(routes::RECOVER_OFFICE, LastWay::of(self.lang).link)),
            ],
        )
    }

    pub(super) fn renew_page(&self) -> Page {
        let (words, security) = (Verification::of(self.lang), Security::of(self.lang));
        page(
            security.recover_password_title,
            words.renew_lead,
            vec![
                text(security.recover_password_lead),
                text(security.recover_password_after),
                form("password-form", routes::RECOVER_PASSWORD, RENEW, security.recover_save),
            ],
        )
    }

    /// What became of a request.
    fn followed(&self, found: &Request) -> Result<Page, Refusal> {
        let words = Verification::of(self.lang);
        let at = |ms: i64| moment_text(Timestamp(ms));
        let fact = |name: &str, value: String| (name.to_owned(), value);
        let mut facts = vec![fact(words.number, found.number.clone()), fact(words.asked, at(found.asked_ms))];
        let again = Block::Also(link(routes::IDENTITY_NEW, words.again));
        let blocks = match found.state {
            State::Waiting => {
                facts.push(fact(words.due, at(found.due_ms)));
                let late = found.due_ms < self.now.0;
                let told = if late { words.late } else { words.waiting_text };
                let refresh = Block::Also(link(routes::IDENTITY, words.refresh));
                vec![notice("wait", words.waiting, told), Block::Facts(facts), refresh]
            }
            State::Confirmed if usable(found, self.now) => {
                let enter = button(format!("{}?act=enter", routes::IDENTITY), words.enter, "primary");
                vec![
                    notice("ok", words.confirmed, words.confirmed_text),
                    Block::Facts(facts),
                    Block::Buttons(vec![enter]),
                ]
            }
            State::Confirmed => vec![notice("wait", words.gone, words.gone_text), Block::Facts(facts), again],
            State::Refused => {
                let code = verifications::reason(found).map_err(trouble)?.unwrap_or(Code::IdentityDiffers);
                facts.push(fact(words.reason, codes::message(self.lang, code).to_owned()));
                if !found.words.is_empty() {
                    facts.push(fact(words.words, found.words.clone()));
                }
                let mut blocks =
                    vec![notice("bad", words.refused, codes::message(self.lang, code)), Block::Facts(facts), again];
                if found.refused_by.is_none() {
                    blocks.extend([heading(words.object), text(words.object_text)]);
                    blocks.push(form("objection-form", routes::IDENTITY_ANSWER, OBJECT, words.object_button));
                }
                blocks.extend([heading(words.office), text(words.office_text)]);
                blocks.push(Block::Also(link(routes::RECOVER_OFFICE, LastWay::of(self.lang).title)));
                blocks.push(Block::Also(link(routes::OFFICES, words.offices)));
                blocks
            }
            State::Used => vec![
                notice("ok", words.used, words.used_text),
                Block::Facts(facts),
                Block::Start(link(routes::LOGIN, Security::of(self.lang).log_in)),
            ],
            State::Cancelled => {
                vec![notice("bad", words.cancelled, words.cancelled_text), Block::Facts(facts), again]
            }
        };
        Ok(page(words.title, "", blocks))
    }
}

fn link(to: &str, text: &str) -> Link {
    Link { to: to.to_owned(), text: text.to_owned() }
}

fn page(title: &str, lead: &str, blocks: Vec<Block>) -> Page {
    Page { title: title.to_owned(), lead: lead.to_owned(), trail: Vec::new(), blocks }
}
