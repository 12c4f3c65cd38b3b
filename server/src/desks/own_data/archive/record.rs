//! The archive to read: the same sections, in words.

use super::filed::Filed;
use super::{Archive, At};
use ::documents::{Record, Section};
use app::text::own_data::OwnData;
use app::text::security::proved_by;
use app::text::{Lang, accounts as words_of, fields, filing, mailboxes, staff};
use app::ui::pieces::moment_text;
use domain::Values;
use domain::applications::{Finding, Registry, Status};
use domain::clock::Timestamp;
use domain::mailboxes::Role;
use domain::staff::ActKind;

type Rows = Vec<(String, String)>;

pub(super) fn when(at: At) -> String {
    moment_text(Timestamp(at.0))
}

/// What there is of it, in one line.
fn line(parts: &[&str]) -> String {
    parts.iter().filter(|t| !t.is_empty()).copied().collect::<Vec<_>>().join(" · ")
}

fn section(title: &str, rows: Rows) -> Section {
    Section { title: title.to_owned(), rows }
}

fn answers(lang: Lang, values: &Values) -> Rows {
    let filled = values.iter().filter(|(_, v)| !v.is_empty());
    filled.map(|(f, v)| (fields::label(lang, f).to_owned(), v.to_owned())).collect()
}

fn role(lang: Lang, name: &str) -> String {
    Role::from_name(name).map_or(name, |r| mailboxes::role(lang, r)).to_owned()
}

impl Archive {
    /// The same to read.
    pub fn record(&self, lang: Lang, now: Timestamp) -> Record {
        let words = OwnData::of(lang);
        let mut sections = vec![section(words.profile, answers(lang, &self.profile))];
        for filed in &self.applications {
            sections.extend(of_application(lang, filed));
        }
        let boxes = self.mailboxes.iter().map(|b| (b.registration_number.clone(), when(b.opened_at)));
        sections.push(section(words.mailboxes, boxes.collect()));
        sections.push(section(words.members, self.members(lang)));
        let consents = self.consents.iter().map(|c| {
            let end = c.withdrawn_at.map(|at| format!(", {} {}", words.withdrawn, when(at)));
            (c.purpose.clone(), format!("{} · {}{}", when(c.given_at), c.text_version, end.unwrap_or_default()))
        });
        sections.push(section(words.consents, consents.collect()));
        let factors = self.factors.iter().map(|f| (f.name.clone(), when(f.added_at)));
        sections.push(section(words.factors, factors.chain(self.ways.rows(lang)).collect()));
        let logins = self.logins.iter().map(|l| {
            let place = l.country.as_deref().unwrap_or_default();
            (when(l.at), line(&[&l.device, proved_by(lang, &l.proved_by), place]))
        });
        let pushed = self.told_devices.iter().map(|d| (when(d.added_at), format!("{} · {}", d.device, d.service)));
        sections.push(section(words.sessions, logins.chain(pushed).collect()));
        sections.push(section(words.choices, self.choices(lang)));
        let told = self.messages.iter().map(|m| (when(m.at), format!("{} · {} · {}", m.to, m.subject, m.text)));
        sections.push(section(words.messages, told.collect()));
        let rows = self
            .journal
            .iter()
            .map(|r| (when(r.at), line(&[words_of::act(lang, &r.act), words_of::actor(lang, &r.actor), &r.object])));
        sections.push(section(words.journal, rows.collect()));
        Record {
            lang: match lang {
                Lang::Ru => ::documents::Lang::Ru,
                Lang::En => ::documents::Lang::En,
            },
            title: words.record_title.to_owned(),
            lead: words.record_lead.to_owned(),
            id: moment_text(now),
            sections,
            issued_on: now.date_in(3),
        }
    }

    fn members(&self, lang: Lang) -> Rows {
        let words = OwnData::of(lang);
        let company = &self.company;
        let ended = |at: Option<At>| at.map(|at| format!("{} {}", words.ended, when(at))).unwrap_or_default();
        let members = company.members.iter().map(|m| {
            let role = role(lang, m.role);
            (
                m.mailbox.clone(),
                line(&[words.invited_by_you, &m.contact, &role, &when(m.invited_at), &ended(m.ended_at)]),
            )
        });
        let mine = company.memberships.iter().map(|m| {
            let since = m.accepted_at.unwrap_or(m.invited_at);
            (m.mailbox.clone(), line(&[words.you_are_member, &role(lang, &m.role), &when(since), &ended(m.ended_at)]))
        });
        let open = company
            .invitations
            .iter()
            .map(|i| (i.mailbox.clone(), line(&[words.you_are_invited, &role(lang, &i.role), &ended(Some(i.until))])));
        members.chain(mine).chain(open).collect()
    }

    fn choices(&self, lang: Lang) -> Rows {
        let words = OwnData::of(lang);
        let chosen = &self.notice_choices;
        let off = chosen.switched_off.iter().map(|what| (words.switched_off.to_owned(), what.clone()));
        let quiet = chosen.quiet_from.zip(chosen.quiet_to);
        let quiet = quiet.map(|(from, to)| (words.quiet.to_owned(), format!("{from}:00–{to}:00")));
        off.chain(quiet).collect()
    }
}

fn of_application(lang: Lang, filed: &Filed) -> Vec<Section> {
    let words = OwnData::of(lang);
    let title = filed.number.as_ref().map_or_else(
        || words.draft.to_owned(),
        |n| {
            let status = Status::from_name(&filed.status).map_or("", |s| filing::status(lang, s));
            format!("{} {n}, {status}", words.applications)
        },
    );
    let papers = filed.documents.iter().chain(&filed.files);
    let papers = papers.map(|p| (p.kind.clone(), format!("{} · {} · {}", p.name, p.bytes, when(p.added_at))));
    let checks = filed.checks.iter().map(|c| {
        let registry = Registry::from_name(&c.registry).map_or(c.registry.as_str(), |r| filing::registry(lang, r));
        let found = c.found.clone().and_then(|f| serde_json::from_value(f).ok());
        let found = match found {
            Some(Finding::Agrees) => words.agrees,
            Some(Finding::Differs { .. }) => words.differs,
            Some(Finding::Unknown { .. }) => words.unknown,
            None => words.unanswered,
        };
        (registry.to_owned(), line(&[found, &when(c.answered_at.unwrap_or(c.asked_at))]))
    });
    let said = filed.said.iter().map(|s| {
        let act = ActKind::from_name(s.act).map_or("", |a| staff::act(lang, a));
        let asked: Vec<&str> = s.documents.iter().map(|d| filing::document(lang, *d)).collect();
        (when(s.at), line(&[act, &asked.join(", "), &s.text]))
    });
    let mut sections = vec![section(&title, answers(lang, &filed.answers)), section(words.documents, papers.collect())];
    sections.push(section(words.checks, checks.collect()));
    sections.push(section(words.said, said.collect()));
    for before in &filed.answers_before {
        let title = line(&[words.before, &before.at.map(when).unwrap_or_default()]);
        sections.push(section(&title, answers(lang, &before.answers)));
    }
    for appeal in &filed.appeals {
        let mut rows = vec![(words.grounds.to_owned(), appeal.grounds.clone())];
        rows.extend(appeal.answer.clone().map(|answer| (words.answer.to_owned(), answer)));
        sections.push(section(&line(&[words.appeals, &when(appeal.filed_at)]), rows));
    }
    // A draft has been through nothing of this.
    sections.retain(|s| !s.rows.is_empty());
    sections
}
