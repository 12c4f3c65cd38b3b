//! The desk of pages of words: puts the catalogue's texts into blocks.

use crate::http::Visit;
use crate::jobs::purge;
use app::content::view::{Ask, Block, Link, Page, SearchPage};
use app::desks::ContentDesk;
use app::error::Refusal;
use app::routes;
use app::text::article::{Block as Part, Section};
use app::text::content::{Pages, recognised};
use app::text::retention::{Retention, reset, term};
use app::text::search::{Recognised, recognise, search};
use app::text::services::{self, CATEGORIES, SERVICES};
use app::text::{Frame, Lang, codes, consent, faq, filing, help};
use async_trait::async_trait;
use domain::applications::{Number, Registry};
use domain::fields::TrackNumber;
use domain::{Code, Field};

#[async_trait]
impl ContentDesk for Visit {
    async fn page(&self, path: String) -> Result<Page, Refusal> {
        let parts: Vec<&str> = path.trim_matches('/').split('/').collect();
        let lang = self.lang;
        match parts.as_slice() {
            [""] => Ok(plain_page("", vec![tiles(lang, SERVICES.iter())])),
            ["services"] => Ok(all_services(lang)),
            ["services", slug] => category(lang, slug),
            ["services", category, slug] => service(lang, category, slug),
            ["help"] => Ok(self.help_page()),
            ["help", "consent"] => Ok(self.consent_page()),
            ["help", "terms"] => Ok(article(lang, Pages::of(lang).terms, consent::terms(lang))),
            ["help", "retention"] => Ok(retention_page(lang)),
            ["help", "errors"] => Ok(error_list(lang)),
            ["help", "errors", code] => self.error_page(code),
            ["status"] => Ok(self.status_page().await),
            ["tracking"] => service(lang, "items", "tracking"),
            ["tracking", number] => tracking(lang, number),
            ["cabinet", "mailboxes"] => self.mailboxes_page().await,
            ["cabinet", "mailboxes", id] => self.mailbox_page(id).await,
            ["recover", step @ ..] => self.recovery_page(step).await,
            ["not-me", token] => self.not_me_page(token).await,
            ["cabinet", "security"] => self.security_page().await,
            ["cabinet", "security", "app"] => self.app_page().await,
            ["cabinet", "security", "door"] => self.door_page().await,
            ["login", "door", door, code] => self.door_refused_page(door, code),
            ["cabinet", "security", "codes"] => self.codes_page(),
            ["cabinet", "security", "password"] => self.password_page(),
            ["cabinet", "contacts", step @ ..] => self.contacts_page(step).await,
            ["new-email", token] => self.new_email_page(token).await,
            ["cabinet", "journal", rest @ ..] => self.journal_page(rest).await,
            ["cabinet", "access"] => self.access_page().await,
            ["register", "email"] => Ok(self.by_email_page(false)),
            ["register", "sent"] => Ok(self.by_email_page(true)),
            ["activate", token] => self.activation_page(token).await,
            ["login", "first"] => self.first_page().await,
            ["cabinet", "post"] => self.post_page().await,
            ["cabinet", "post", "code"] => self.post_code_page(),
            ["cabinet", "data"] => self.data_page().await,
            ["cabinet", "data", "correct"] => self.correct_page().await,
            ["deletion", token] => self.deletion_page(token).await,
            ["cabinet", "proof"] => self.proof_page(),
            _ => Err(Code::NotFound.into()),
        }
    }

    async fn search(&self, query: String) -> Result<SearchPage, Refusal> {
        let query: String = query.chars().take(200).collect();
        let hits = search(self.lang, &query)
            .into_iter()
            .map(|h| (Link { to: h.href.into_owned(), text: h.title.into_owned() }, h.summary.into_owned()))
            .collect();
        Ok(SearchPage { recognised: self.named(&query), hits, query })
    }
}

impl Visit {
    /// What the query itself is: an application, an index, a track number or a code.
    fn named(&self, query: &str) -> Option<(Link, String)> {
        let lang = self.lang;
        let link = |to: String, text: String| Link { to, text };
        if let Ok(number) = Number::parse(query) {
            let text = recognised(lang).receipt;
            return Some((link(routes::verify(number.as_str()), number.to_string()), text.to_owned()));
        }
        match recognise(query)? {
            Recognised::Index(index) => {
                let object = self.house.reference.postcode(&index)?;
                Some((link(routes::office(&index), format!("{index} {}", object.name)), super::place(&object)))
            }
            Recognised::Track(number) => {
                let words = recognised(lang);
                let about = match TrackNumber::parse(&number) {
                    Ok(_) => words.track,
                    Err(_) => words.track_wrong,
                };
                Some((link(routes::tracking(&number), number.clone()), about.to_owned()))
            }
            Recognised::ErrorCode(code) => {
                Some((link(routes::error(code), code.to_string()), help::help(lang, code).title.into_owned()))
            }
        }
    }

    /// The text as it is agreed to here, and what tells it from any other.
    fn consent_page(&self) -> Page {
        let (words, house) = (Pages::of(self.lang), &self.house);
        let text = consent::consent(self.lang, &house.operator.named());
        let mark = format!("{}: {}. {}: {}", words.version, consent::VERSION, words.fingerprint, house.consent_hash);
        let mut page = Page { lead: mark, ..article(self.lang, words.consent, text) };
        page.blocks.push(Block::Links(vec![link("/help/retention", Retention::of(self.lang).title)]));
        page
    }

    fn help_page(&self) -> Page {
        let lang = self.lang;
        let words = Pages::of(lang);
        let mut blocks: Vec<Block> = sections(help::sections(lang, self.house.operator.named().email)).collect();
        blocks.push(Block::Heading(words.questions.to_owned()));
        let fold = |a: faq::Answer| Block::Fold(a.question.into_owned(), vec![a.answer.into_owned()]);
        blocks.extend(faq::answers(lang).into_iter().map(fold));
        blocks.push(Block::Heading(words.documents.to_owned()));
        blocks.push(Block::Links(vec![
            link(routes::ERRORS, Frame::of(lang).errors),
            link("/help/consent", words.consent),
            link("/help/terms", words.terms),
            link("/help/retention", Retention::of(lang).title),
        ]));
        plain_page(Frame::of(lang).help, blocks)
    }

    fn error_page(&self, code: &str) -> Result<Page, Refusal> {
        let code: Code = code.parse().map_err(|_| Code::NotFound)?;
        let lang = self.lang;
        let words = Pages::of(lang);
        let help = help::help(lang, code);
        Ok(Page {
            title: format!("{code}: {}", help.title),
            lead: codes::message(lang, code).to_owned(),
            trail: vec![link(routes::HELP, Frame::of(lang).help), link(routes::ERRORS, Frame::of(lang).errors)],
            blocks: vec![
                Block::Heading(words.cause.to_owned()),
                Block::Text(help.cause.into_owned()),
                Block::Heading(words.remedy.to_owned()),
                Block::Text(help.remedy.into_owned()),
                Block::Note(format!("{} {}", help::write_to(lang, self.house.operator.named().email), help.quote)),
            ],
        })
    }

    /// Whether each outside system answers, asked of its breaker: the page itself asks nobody.
    async fn status_page(&self) -> Page {
        let words = Pages::of(self.lang);
        let state = |name: &str, up: bool| {
            let (word, kind) = if up { (words.up, "ok") } else { (words.down, "wait") };
            Block::State(capital(name), word.to_owned(), kind.to_owned())
        };
        let mut blocks = vec![state(words.portal, self.house.ready().await.is_ok())];
        for (kind, up) in self.house.integrations.registry.health() {
            if let Some(registry) = Registry::from_name(kind.id()) {
                blocks.push(state(filing::registry(self.lang, registry), up));
            }
        }
        blocks.push(state(words.sms, self.house.integrations.sms.is_up()));
        blocks.push(state(words.mail, self.house.integrations.mail.is_up()));
        for provider in self.house.integrations.doors.all() {
            blocks.push(state(&format!("{} {}", words.door, self.door_name(provider.door())), provider.is_up()));
        }
        blocks.push(state(words.postal, self.house.integrations.postal.is_up()));
        blocks.push(Block::Note(words.status_note.to_owned()));
        Page { lead: words.status_lead.to_owned(), ..plain_page(Frame::of(self.lang).status, blocks) }
    }
}

pub(super) fn plain_page(title: &str, blocks: Vec<Block>) -> Page {
    Page { title: title.to_owned(), lead: String::new(), trail: Vec::new(), blocks }
}

pub(super) fn link(to: impl Into<String>, text: impl Into<String>) -> Link {
    Link { to: to.into(), text: text.into() }
}

fn tiles<'a>(lang: Lang, all: impl Iterator<Item = &'a services::Service>) -> Block {
    let tile = |s: &services::Service| {
        let mark = if s.open { "" } else { services::CLOSED.of(lang) };
        (link(s.href(), s.name.of(lang)), s.summary.of(lang).to_owned(), mark.to_owned())
    };
    let mut tiles: Vec<_> = all.map(tile).collect();
    // What works comes first.
    tiles.sort_by_key(|(_, _, mark)| !mark.is_empty());
    Block::Tiles(tiles)
}

fn all_services(lang: Lang) -> Page {
    let blocks = CATEGORIES
        .iter()
        .flat_map(|c| [Block::Heading(c.name.of(lang).to_owned()), tiles(lang, services::services_of(c.slug))])
        .collect();
    plain_page(Frame::of(lang).services, blocks)
}

fn category(lang: Lang, slug: &str) -> Result<Page, Refusal> {
    let category = services::category(slug).ok_or(Code::NotFound)?;
    let trail = vec![link(routes::SERVICES, Frame::of(lang).services)];
    Ok(Page {
        trail,
        ..plain_page(
            category.name.of(lang),
            vec![Block::Heading(Frame::of(lang).services.to_owned()), tiles(lang, services::services_of(slug))],
        )
    })
}

fn service(lang: Lang, category: &str, slug: &str) -> Result<Page, Refusal> {
    let service = services::service(category, slug).ok_or(Code::NotFound)?;
    let mut trail = vec![link(routes::SERVICES, Frame::of(lang).services)];
    if let Some(category) = service.category() {
        trail.push(link(format!("{}/{}", routes::SERVICES, category.slug), category.name.of(lang)));
    }
    let mut blocks = Vec::new();
    if (category, slug) == services::REGISTRATION {
        blocks.push(Block::Start(link(routes::NEW_APPLICATION, services::START.of(lang))));
        blocks.push(Block::Also(link(routes::REHEARSAL, services::REHEARSE.of(lang))));
    } else if service.target == routes::TRACKING {
        blocks.push(ask_track(lang, ""));
    } else if service.open {
        blocks.push(Block::Start(link(service.target, services::OPEN.of(lang))));
    } else {
        blocks.push(Block::Note(services::closed_note(lang).to_owned()));
    }
    blocks.extend(sections(services::details(lang, service)));
    Ok(Page { title: service.name.of(lang).to_owned(), lead: service.summary.of(lang).to_owned(), trail, blocks })
}

fn sections(all: Vec<Section>) -> impl Iterator<Item = Block> {
    all.into_iter()
        .flat_map(|s| std::iter::once(Block::Heading(s.title.into_owned())).chain(s.blocks.into_iter().map(part)))
}

fn part(part: Part) -> Block {
    let owned = |items: Vec<app::text::article::Text>| items.into_iter().map(|i| i.into_owned()).collect();
    match part {
        Part::Text(text) => Block::Text(text.into_owned()),
        Part::List(items) => Block::List(owned(items)),
        Part::Steps(items) => Block::Steps(owned(items)),
        Part::Link { href, text } => Block::Links(vec![link(href, text)]),
    }
}

fn article(lang: Lang, title: &str, all: Vec<Section>) -> Page {
    Page { trail: vec![link(routes::HELP, Frame::of(lang).help)], ..plain_page(title, sections(all).collect()) }
}

/// The terms in force, as the job that deletes has them.
fn retention_page(lang: Lang) -> Page {
    let words = Retention::of(lang);
    let terms = purge::CLOCKS.iter().map(|(kept, ms)| (kept.name(lang).to_owned(), term(lang, *ms)));
    let blocks = vec![
        Block::Facts(terms.collect()),
        Block::Text(reset(lang)),
        Block::Heading(words.stays.to_owned()),
        Block::Text(words.approved.to_owned()),
        Block::Text(words.proofs.to_owned()),
        Block::Links(vec![link("/help/consent", Pages::of(lang).consent)]),
    ];
    Page {
        lead: words.lead.to_owned(),
        trail: vec![link(routes::HELP, Frame::of(lang).help)],
        ..plain_page(words.title, blocks)
    }
}

fn error_list(lang: Lang) -> Page {
    let blocks = help::groups(lang).into_iter().flat_map(|group| {
        let rows = group.codes.iter().map(|c| link(routes::error(*c), format!("{c} — {}", help::help(lang, *c).title)));
        [Block::Heading(group.title.to_owned()), Block::Links(rows.collect())]
    });
    Page {
        trail: vec![link(routes::HELP, Frame::of(lang).help)],
        ..plain_page(Frame::of(lang).errors, blocks.collect())
    }
}

/// As the beginning of a line.
fn capital(name: &str) -> String {
    let mut rest = name.chars();
    rest.next().map(|first| first.to_uppercase().chain(rest).collect()).unwrap_or_default()
}

fn ask_track(lang: Lang, before: &str) -> Block {
    let words = Pages::of(lang);
    Block::Ask(Ask {
        action: routes::TRACKING.to_owned(),
        field: Field::TrackNumber,
        value: before.to_owned(),
        label: words.track_ask.to_owned(),
        hint: words.track_hint.to_owned(),
        button: words.track_button.to_owned(),
    })
}

/// What the number itself tells: its kind and whether the check digit holds. Movements come with tracking.
fn tracking(lang: Lang, number: &str) -> Result<Page, Refusal> {
    let words = Pages::of(lang);
    let trail = vec![link(routes::SERVICES, Frame::of(lang).services)];
    let page = match TrackNumber::parse(number) {
        Ok(track) => {
            let mut facts = vec![(words.track_number.to_owned(), track.to_string())];
            facts.push((words.track_check.to_owned(), track.check_digit().to_string()));
            if let Some(letters) = track.service_letters() {
                facts.push((words.track_letters.to_owned(), letters.to_owned()));
            }
            facts.push((words.track_country.to_owned(), track.country().to_owned()));
            Page {
                lead: words.track_good.to_owned(),
                ..plain_page(words.track_title, vec![Block::Facts(facts), Block::Note(words.track_later.to_owned())])
            }
        }
        Err(code) => Page {
            lead: codes::message(lang, code).to_owned(),
            ..plain_page(
                words.track_title,
                vec![ask_track(lang, number), Block::Links(vec![link(routes::error(code), code.to_string())])],
            )
        },
    };
    Ok(Page { trail, ..page })
}
