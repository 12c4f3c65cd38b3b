//! The pages of security: what protects the account, where it is open, and the ways to change that. Plain forms.

use super::alarms::{LOST, NO_WAY_IN};
use super::{Owner, totp, trouble};
use crate::http::Visit;
use crate::storage::{devices, factors, ids, passkeys, sessions};
use app::content::view::{Block, Button, Form, Link, Page};
use app::error::Refusal;
use app::routes;
use app::text::counter::LastWay;
use app::text::security::{Security, advice, alarming, codes_left, lost, proved_by};
use app::text::{Frame, Lang};
use app::ui::pieces::moment_text;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::accounts::NEW_PASSWORD;
use domain::accounts::factors::{APPS, NEW_APP, PASSKEYS, PROOF};
use domain::clock::Timestamp;
use domain::{Code, Field, Values};

/// Logins shown in the history.
const SHOWN: i64 = 50;

pub(super) fn button(action: impl Into<String>, text: &str, kind: &str) -> Button {
    Button { action: action.into(), text: text.to_owned(), kind: kind.to_owned() }
}

pub(super) fn form(id: &str, action: &str, fields: &[Field], button: &str) -> Block {
    Block::Form(Form {
        id: id.to_owned(),
        action: action.to_owned(),
        fields: fields.to_vec(),
        values: Values::default(),
        button: button.to_owned(),
        kind: "primary".to_owned(),
    })
}

pub(super) fn heading(text: &str) -> Block {
    Block::Heading(text.to_owned())
}

pub(super) fn words(text: &str) -> Block {
    Block::Text(text.to_owned())
}

pub(super) fn notice(kind: &str, title: &str, text: &str) -> Block {
    Block::Notice(kind.to_owned(), title.to_owned(), text.to_owned())
}

fn at(ms: i64) -> String {
    moment_text(Timestamp(ms))
}

impl Visit {
    fn trail(&self, security: bool) -> Vec<Link> {
        let cabinet = Link { to: routes::CABINET.to_owned(), text: Frame::of(self.lang).cabinet.to_owned() };
        let above = Link { to: routes::SECURITY.to_owned(), text: Security::of(self.lang).title.to_owned() };
        if security { vec![cabinet, above] } else { vec![cabinet] }
    }

    pub(super) async fn security_page(&self) -> Result<Page, Refusal> {
        let owner = self.signed_in()?;
        let (words, lang, id) = (Security::of(self.lang), self.lang, owner.account_id.as_str());
        let mut tx = self.house.db.read().await.map_err(trouble)?;
        let ways = self.ways(&mut tx, id).await?;
        let apps = factors::apps(&mut tx, &self.house.vault, id).await.map_err(trouble)?;
        let keys = passkeys::list(&mut tx, &self.house.vault, id).await.map_err(trouble)?;
        let doors = self.door_blocks(&mut tx, id).await?;
        drop(tx);
        let (kind, title, text) = advice(lang, ways.advice());
        let mut blocks = vec![notice(kind, title, text), heading(words.apps), self::words(words.apps_about)];
        if apps.is_empty() {
            blocks.push(self::words(words.app_none));
        }
        let full = apps.len() >= APPS;
        for app in apps {
            let used = app.used_ms.map_or_else(|| words.never.to_owned(), at);
            let facts = vec![(words.added.to_owned(), at(app.created_ms)), (words.used.to_owned(), used)];
            let act = format!("{}?act=remove_app&id={}", routes::SECURITY, app.id);
            blocks.push(Block::Card(app.name, facts, vec![button(act, words.remove, "danger")]));
        }
        if !full {
            let text = if ways.apps == 0 { words.app_add } else { words.app_add_second };
            let act = format!("{}?act=add_app", routes::SECURITY);
            blocks.push(Block::Buttons(vec![button(act, text, if ways.apps == 0 { "primary" } else { "" })]));
        }
        blocks.push(heading(words.passkeys));
        blocks.push(self::words(words.passkeys_about));
        for key in keys {
            let used = key.used_ms.map_or_else(|| words.never.to_owned(), at);
            let facts = vec![(words.added.to_owned(), at(key.created_ms)), (words.used.to_owned(), used)];
            let act = format!("{}?act=remove_passkey&id={}", routes::SECURITY, URL_SAFE_NO_PAD.encode(&key.id));
            blocks.push(Block::Card(key.name, facts, vec![button(act, words.remove, "danger")]));
        }
        if ways.passkeys < PASSKEYS {
            blocks.push(Block::Passkey(words.passkey_name.to_owned(), words.passkey_add.to_owned()));
        }
        blocks.push(heading(words.codes));
        blocks.push(self::words(words.codes_about));
        if ways.backup_codes > 0 {
            blocks.push(Block::Facts(vec![(words.codes_left.to_owned(), codes_left(lang, ways.backup_codes))]));
            blocks.push(self::words(words.codes_again_about));
        }
        let text = if ways.backup_codes > 0 { words.codes_again } else { words.codes_make };
        blocks.push(Block::Buttons(vec![button(format!("{}?act=codes", routes::SECURITY), text, "")]));
        blocks.extend(doors);
        blocks.push(heading(words.password));
        blocks.push(self::words(words.password_about));
        blocks.push(Block::Also(Link {
            to: routes::SECURITY_PASSWORD.to_owned(),
            text: words.password_change.to_owned(),
        }));
        blocks.push(heading(words.contacts));
        blocks.push(self::words(words.contacts_about));
        blocks.push(Block::Also(Link { to: routes::CONTACTS.to_owned(), text: words.contacts_change.to_owned() }));
        blocks.extend(self.devices(owner).await?);
        Ok(Page { title: words.title.to_owned(), lead: words.lead.to_owned(), trail: self.trail(false), blocks })
    }

    /// Where the account is open, which devices are trusted, and every login that is still remembered (SEC-2).
    async fn devices(&self, owner: &Owner) -> Result<Vec<Block>, Refusal> {
        let (words, lang, id) = (Security::of(self.lang), self.lang, owner.account_id.as_str());
        let mut tx = self.house.db.read().await.map_err(trouble)?;
        let open = sessions::list(&mut tx, id, self.now.0, self.house.config.session_idle_ms).await.map_err(trouble)?;
        let known = devices::list(&mut tx, id).await.map_err(trouble)?;
        let logins = sessions::logins(&mut tx, id, SHOWN).await.map_err(trouble)?;
        drop(tx);
        let named = |label: &str| if label.is_empty() { words.device_unknown.to_owned() } else { label.to_owned() };
        let mut blocks = vec![heading(words.devices), self::words(words.devices_about)];
        let others = open.len() > 1;
        for session in &open {
            let here = session.id == owner.session_id;
            let facts = vec![
                (words.place.to_owned(), self.place_named(session.country.as_deref())),
                (words.logged_in.to_owned(), at(session.created_ms)),
                (words.last_seen.to_owned(), at(session.seen_ms)),
                (words.how.to_owned(), proved_by(lang, &session.proved_by).to_owned()),
            ];
            let name = named(&session.label);
            let act = format!("{}?act=end&id={}", routes::SECURITY, session.id);
            blocks.push(if here {
                Block::Card(format!("{name} · {}", words.this_device), facts, Vec::new())
            } else {
                Block::Card(name, facts, vec![button(act, words.end, "danger")])
            });
        }
        if others {
            let act = format!("{}?act=end_others", routes::SECURITY);
            blocks.push(Block::Buttons(vec![button(act, words.end_others, "")]));
        }
        blocks.push(heading(words.trusted));
        blocks.push(self::words(words.trusted_about));
        let trusted: Vec<_> =
            known.iter().filter_map(|d| Some((d, d.trusted_until_ms.filter(|u| *u > self.now.0)?))).collect();
        if trusted.is_empty() {
            blocks.push(self::words(words.trusted_none));
        } else {
            let rows = trusted.iter().map(|(d, until)| vec![named(&d.label), at(d.seen_ms), at(*until)]).collect();
            let head = [words.device, words.last_seen, words.trusted_until].map(str::to_owned).to_vec();
            blocks.push(Block::Table(head, rows));
            let act = format!("{}?act=forget_devices", routes::SECURITY);
            blocks.push(Block::Buttons(vec![button(act, words.forget, "")]));
        }
        blocks.push(heading(words.history));
        blocks.push(self::words(words.history_about));
        let head = [words.when, words.device, words.place, words.how, words.ended].map(str::to_owned).to_vec();
        let is_open = |id: &str| open.iter().any(|s| s.id == id);
        let rows = logins.iter().map(|s| {
            let ended = if is_open(&s.id) { words.open.to_owned() } else { at(s.revoked_ms.unwrap_or(s.seen_ms)) };
            let place = self.place_named(s.country.as_deref());
            vec![at(s.created_ms), named(&s.label), place, proved_by(lang, &s.proved_by).to_owned(), ended]
        });
        blocks.push(Block::Table(head, rows.collect()));
        Ok(blocks)
    }

    /// A country as people call it.
    fn place_named(&self, code: Option<&str>) -> String {
        let unknown = Security::of(self.lang).place_unknown;
        let found = code.and_then(crate::reference::countries::named);
        let named = found.map(|c| match self.lang {
            Lang::Ru => c.ru,
            Lang::En => c.en,
        });
        named.unwrap_or(unknown).to_owned()
    }

    /// The app being added: its QR code and key, and the form for the first code.
    pub(super) async fn app_page(&self) -> Result<Page, Refusal> {
        let owner = self.signed_in()?;
        let words = Security::of(self.lang);
        let mut tx = self.house.db.read().await.map_err(trouble)?;
        let adding = self.adding(&mut tx, &owner.account_id).await?;
        let account = self.account(&mut tx, owner).await?;
        drop(tx);
        let back = Link { to: routes::SECURITY.to_owned(), text: words.back.to_owned() };
        let (lead, blocks) = match adding {
            Some((_, secret)) => {
                // Enough to tell two accounts apart in the app, and no whole number.
                let phone = account.profile.get(Field::Phone);
                let label = phone.len().checked_sub(4).and_then(|from| phone.get(from..)).unwrap_or_default();
                let uri = totp::uri(label, &secret);
                let (side, path) = totp::qr(&uri).ok_or(Code::Internal)?;
                let key = totp::grouped(&totp::base32(&secret));
                let blocks = vec![
                    Block::Qr(side, path, words.app_qr.to_owned()),
                    Block::Facts(vec![(words.app_key.to_owned(), key)]),
                    self::words(words.app_here),
                    form("app-form", routes::SECURITY_APP, NEW_APP, words.app_confirm),
                ];
                (words.app_lead, blocks)
            }
            None => (words.app_gone, vec![Block::Also(back)]),
        };
        Ok(Page { title: words.app_title.to_owned(), lead: lead.to_owned(), trail: self.trail(true), blocks })
    }

    pub(super) fn codes_page(&self) -> Result<Page, Refusal> {
        self.signed_in()?;
        let words = Security::of(self.lang);
        let link = |text: &str| Link { to: routes::SECURITY.to_owned(), text: text.to_owned() };
        let (lead, blocks) = match self.shown_once() {
            Some(codes) => (words.codes_lead, vec![Block::Codes(codes), Block::Start(link(words.codes_saved))]),
            None => ("", vec![notice("wait", words.codes_gone, words.codes_gone_text), Block::Also(link(words.back))]),
        };
        Ok(Page { title: words.codes_title.to_owned(), lead: lead.to_owned(), trail: self.trail(true), blocks })
    }

    pub(super) fn password_page(&self) -> Result<Page, Refusal> {
        self.signed_in()?;
        let words = Security::of(self.lang);
        let blocks = vec![
            self::words(words.password_change_after),
            form("password-form", routes::SECURITY_PASSWORD, NEW_PASSWORD, words.recover_save),
        ];
        Ok(Page {
            title: words.recover_password_title.to_owned(),
            lead: words.recover_password_lead.to_owned(),
            trail: self.trail(true),
            blocks,
        })
    }

    pub(super) fn proof_page(&self) -> Result<Page, Refusal> {
        self.signed_in()?;
        let words = Security::of(self.lang);
        let blocks = vec![form("proof-form", "", PROOF, words.proof_button)];
        Ok(Page {
            title: words.proof_title.to_owned(),
            lead: words.proof_lead.to_owned(),
            trail: self.trail(true),
            blocks,
        })
    }

    /// What «Это не я» is about; looking uses nothing up.
    pub(super) async fn not_me_page(&self, token: &str) -> Result<Page, Refusal> {
        let words = Security::of(self.lang);
        let recover = Link { to: routes::RECOVER.to_owned(), text: words.recover_title.to_owned() };
        let page = |title: &str, lead: &str, blocks| Page {
            title: title.to_owned(),
            lead: lead.to_owned(),
            trail: Vec::new(),
            blocks,
        };
        if token == "done" {
            return Ok(page(words.not_me_done, words.not_me_done_text, vec![Block::Start(recover)]));
        }
        if let Some(acts) = token.strip_prefix(LOST) {
            // Words of ours for acts of ours: nothing else of an address is shown.
            let lost: Vec<String> = acts.split('.').filter_map(|act| lost(self.lang, act)).map(str::to_owned).collect();
            if lost.is_empty() {
                return Err(Code::NotFound.into());
            }
            let mut blocks = vec![heading(words.not_me_lost), Block::List(lost)];
            if acts.split('.').any(|act| act == NO_WAY_IN) {
                let office =
                    Link { to: routes::RECOVER_OFFICE.to_owned(), text: LastWay::of(self.lang).link.to_owned() };
                blocks.push(Block::Start(office));
                return Ok(page(words.not_me_done, words.not_me_no_way_in, blocks));
            }
            blocks.push(Block::Start(recover));
            return Ok(page(words.not_me_done, words.not_me_lost_text, blocks));
        }
        if token == "stopped" {
            return Ok(page(words.not_me_stopped, words.not_me_stopped_text, Vec::new()));
        }
        // A token is what `ids::token` makes; anything else is not even looked for.
        let alarm = if token.len() == ids::TOKEN_SIGNS { self.alarm_of(token).await? } else { None };
        Ok(match alarm {
            Some((alarm, stops)) => {
                let facts = vec![
                    (words.what.to_owned(), alarming(self.lang, &alarm.act).to_owned()),
                    (words.when.to_owned(), at(alarm.created_ms)),
                ];
                let act = button(format!("{}/{token}", routes::NOT_ME), words.not_me_button, "danger");
                let lead = if stops { words.not_me_stop } else { words.not_me_lead };
                page(words.not_me_title, lead, vec![Block::Facts(facts), Block::Buttons(vec![act])])
            }
            None => page(words.not_me_gone, words.not_me_gone_text, vec![Block::Also(recover)]),
        })
    }
}
