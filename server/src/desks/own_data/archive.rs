//! Everything held about a person, for programs (JSON) and for reading (PDF) (PD-4). One gathering, two forms.

use super::told::ToldDevice;
use crate::desks::trouble;
use crate::house::House;
use crate::storage::{
    accounts, applications, consents, devices, documents, factors, file_entries, history, journal, mailboxes, notices,
    passkeys, push, sessions,
};
use ::documents::{Record, Section};
use app::error::Refusal;
use app::text::own_data::OwnData;
use app::text::security::proved_by;
use app::text::{Lang, accounts as words_of, fields, filing};
use app::ui::pieces::moment_text;
use domain::applications::Status;
use domain::clock::Timestamp;
use domain::{Code, Values};
use serde::{Serialize, Serializer};

/// More of a kind is not gathered: an account of a person has less.
const MOST: i64 = 10_000;

#[derive(Serialize)]
pub struct Archive {
    format: &'static str,
    made_at: At,
    account: About,
    profile: Values,
    consents: Vec<Given>,
    applications: Vec<Filed>,
    mailboxes: Vec<Box_>,
    factors: Vec<Factor>,
    logins: Vec<Login>,
    devices: Vec<Device>,
    told_devices: Vec<ToldDevice>,
    messages: Vec<Told>,
    journal: Vec<Row>,
}

#[derive(Serialize)]
struct About {
    id: String,
    level: &'static str,
    language: String,
    created_at: At,
    phone_confirmed_at: Option<At>,
    email_confirmed_at: Option<At>,
}

#[derive(Serialize)]
struct Given {
    purpose: String,
    text_version: String,
    text_sha256: String,
    given_at: At,
    withdrawn_at: Option<At>,
}

#[derive(Serialize)]
struct Filed {
    id: String,
    number: Option<String>,
    status: String,
    saved_at: At,
    submitted_at: Option<At>,
    registration_number: Option<String>,
    answers: Values,
    moves: Vec<Moved>,
    documents: Vec<Paper>,
    files: Vec<Paper>,
}

#[derive(Serialize)]
struct Moved {
    at: At,
    status: String,
    actor: String,
}

#[derive(Serialize)]
struct Paper {
    kind: String,
    name: String,
    media_type: String,
    bytes: i64,
    added_at: At,
}

#[derive(Serialize)]
struct Box_ {
    kind: String,
    office: Option<String>,
    registration_number: String,
    opened_at: At,
}

#[derive(Serialize)]
struct Factor {
    kind: &'static str,
    name: String,
    added_at: At,
    used_at: Option<At>,
}

#[derive(Serialize)]
struct Login {
    at: At,
    device: String,
    proved_by: String,
    last_used_at: At,
    ended_at: Option<At>,
}

#[derive(Serialize)]
struct Device {
    device: String,
    first_at: At,
    last_at: At,
    trusted_until: Option<At>,
}

#[derive(Serialize)]
struct Told {
    at: At,
    channel: String,
    to: String,
    subject: String,
    text: String,
}

#[derive(Serialize)]
struct Row {
    at: At,
    actor: String,
    act: String,
    object: String,
    detail: String,
}

/// A moment: ISO 8601 for programs, the portal's own form on paper.
#[derive(Clone, Copy)]
pub(super) struct At(pub(super) i64);

impl Serialize for At {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&Timestamp(self.0).iso())
    }
}

/// Gathers it on one snapshot.
pub async fn gather(house: &House, account_id: &str, now: Timestamp) -> Result<Archive, Refusal> {
    let vault = &house.vault;
    let mut tx = house.db.read().await.map_err(trouble)?;
    let tx = &mut tx;
    let account = accounts::find(tx, vault, account_id).await.map_err(trouble)?.ok_or(Code::NoSession)?;
    let given = consents::list(tx, account_id).await.map_err(trouble)?;
    let papers = file_entries::list_owned(tx, account_id).await.map_err(trouble)?;
    let kept = documents::list_owned(tx, vault, account_id).await.map_err(trouble)?;
    let mut filed = Vec::new();
    for summary in applications::list_owned(tx, account_id).await.map_err(trouble)? {
        let found = applications::find_owned(tx, vault, &summary.id, account_id).await.map_err(trouble)?;
        let moves = history::list_owned(tx, &summary.id, account_id).await.map_err(trouble)?;
        let kept = kept.iter().filter(|d| d.application_id == summary.id);
        let paper = |d: &documents::Document| Paper {
            kind: d.kind.clone(),
            name: d.name.clone(),
            media_type: d.media_type.clone(),
            bytes: d.size,
            added_at: At(d.added_ms),
        };
        let file = |f: &file_entries::FileEntry| Paper {
            kind: f.kind.clone(),
            name: String::new(),
            media_type: f.media_type.clone(),
            bytes: f.size,
            added_at: At(f.created_ms),
        };
        filed.push(Filed {
            answers: found.map(|f| f.answers).unwrap_or_default(),
            moves: moves
                .into_iter()
                // Which member of staff it was is theirs; that it was staff is the citizen's.
                .map(|m| Moved { at: At(m.at_ms), status: m.status, actor: kind_of(&m.actor) })
                .collect(),
            documents: kept.map(paper).collect(),
            files: papers.iter().filter(|f| f.application_id.as_deref() == Some(&summary.id)).map(file).collect(),
            id: summary.id,
            number: summary.number,
            status: summary.status,
            saved_at: At(summary.saved_ms),
            submitted_at: summary.submitted_ms.map(At),
            registration_number: summary.registration_number,
        });
    }
    let boxes = mailboxes::list_owned(tx, account_id).await.map_err(trouble)?;
    let apps = factors::apps(tx, vault, account_id).await.map_err(trouble)?;
    let keys = passkeys::list(tx, vault, account_id).await.map_err(trouble)?;
    let logins = sessions::logins(tx, account_id, MOST).await.map_err(trouble)?;
    let known = devices::list(tx, account_id).await.map_err(trouble)?;
    let pushed = push::list(tx, vault, account_id).await.map_err(trouble)?;
    let told = notices::written_to(tx, vault, account_id, MOST).await.map_err(trouble)?;
    let rows = journal::list_owned(tx, account_id, MOST).await.map_err(trouble)?;
    let app = |a: factors::App| ("app", a.name, a.created_ms, a.used_ms);
    let key = |k: passkeys::Passkey| ("passkey", k.name, k.created_ms, k.used_ms);
    Ok(Archive {
        format: "otdelenie-archive/1",
        made_at: At(now.0),
        account: About {
            id: account.id,
            level: account.level.as_str(),
            language: account.lang,
            created_at: At(account.created_ms),
            phone_confirmed_at: account.phone_confirmed_ms.map(At),
            email_confirmed_at: account.email_confirmed_ms.map(At),
        },
        profile: account.profile,
        consents: given
            .into_iter()
            .map(|c| Given {
                purpose: c.purpose,
                text_version: c.text_version,
                text_sha256: c.text_hash,
                given_at: At(c.given_ms),
                withdrawn_at: c.withdrawn_ms.map(At),
            })
            .collect(),
        applications: filed,
        mailboxes: boxes
            .into_iter()
            .map(|b| Box_ {
                kind: b.kind,
                office: b.office_index,
                registration_number: b.registration_number,
                opened_at: At(b.opened_ms),
            })
            .collect(),
        factors: apps
            .into_iter()
            .map(app)
            .chain(keys.into_iter().map(key))
            .map(|(kind, name, added, used)| Factor { kind, name, added_at: At(added), used_at: used.map(At) })
            .collect(),
        logins: logins
            .into_iter()
            .map(|s| Login {
                at: At(s.created_ms),
                device: s.label,
                proved_by: s.proved_by,
                last_used_at: At(s.seen_ms),
                ended_at: s.revoked_ms.map(At),
            })
            .collect(),
        devices: known
            .into_iter()
            .map(|d| Device {
                device: d.label,
                first_at: At(d.first_ms),
                last_at: At(d.seen_ms),
                trusted_until: d.trusted_until_ms.map(At),
            })
            .collect(),
        told_devices: pushed.into_iter().map(ToldDevice::from).collect(),
        messages: told
            .into_iter()
            // Codes and links open the account; whoever gets hold of an archive must not find one that still works.
            .filter(|n| !n.template.ends_with("_code") && !matches!(n.template.as_str(), "alarm" | "email_link"))
            .map(|n| Told {
                at: At(n.queued_ms),
                channel: n.channel,
                to: n.message.to,
                subject: n.message.subject,
                text: n.message.text,
            })
            .collect(),
        journal: rows
            .into_iter()
            .map(|r| Row { at: At(r.at_ms), actor: kind_of(&r.actor), act: r.act, object: r.object, detail: r.detail })
            .collect(),
    })
}

/// `citizen`, `system`, `staff`.
fn kind_of(actor: &str) -> String {
    actor.split(':').next().unwrap_or_default().to_owned()
}

fn when(at: At) -> String {
    moment_text(Timestamp(at.0))
}

impl Archive {
    /// How much of each kind there is, in the order of the page.
    pub fn amounts(&self) -> [(usize, Kind); 10] {
        let papers = self.applications.iter().map(|a| a.documents.len()).sum();
        let receipts = self.applications.iter().map(|a| a.files.len()).sum();
        [
            (self.profile.iter().count(), Kind::Profile),
            (self.applications.len(), Kind::Applications),
            (papers, Kind::Documents),
            (receipts, Kind::Receipts),
            (self.mailboxes.len(), Kind::Mailboxes),
            (self.consents.len(), Kind::Consents),
            (self.messages.len(), Kind::Messages),
            (self.logins.len() + self.devices.len() + self.told_devices.len(), Kind::Logins),
            (self.factors.len(), Kind::Factors),
            (self.journal.len(), Kind::Journal),
        ]
    }

    /// The same to read.
    pub fn record(&self, lang: Lang, now: Timestamp) -> Record {
        let words = OwnData::of(lang);
        let section = |title: &str, rows: Vec<(String, String)>| Section { title: title.to_owned(), rows };
        let answers = |values: &Values| -> Vec<(String, String)> {
            let filled = values.iter().filter(|(_, v)| !v.is_empty());
            filled.map(|(f, v)| (fields::label(lang, f).to_owned(), v.to_owned())).collect()
        };
        let mut sections = vec![section(words.profile, answers(&self.profile))];
        for filed in &self.applications {
            let title = filed.number.as_ref().map_or_else(
                || words.draft.to_owned(),
                |n| {
                    let status = Status::from_name(&filed.status).map_or("", |s| filing::status(lang, s));
                    format!("{} {n}, {status}", words.applications)
                },
            );
            sections.push(section(&title, answers(&filed.answers)));
            let papers = filed.documents.iter().chain(&filed.files);
            let rows = papers.map(|p| (p.kind.clone(), format!("{} · {} · {}", p.name, p.bytes, when(p.added_at))));
            sections.push(section(words.documents, rows.collect()));
        }
        let boxes = self.mailboxes.iter().map(|b| (b.registration_number.clone(), when(b.opened_at)));
        sections.push(section(words.mailboxes, boxes.collect()));
        let consents = self.consents.iter().map(|c| {
            let end = c.withdrawn_at.map(|at| format!(", {} {}", words.withdrawn, when(at)));
            (c.purpose.clone(), format!("{} · {}{}", when(c.given_at), c.text_version, end.unwrap_or_default()))
        });
        sections.push(section(words.consents, consents.collect()));
        let factors = self.factors.iter().map(|f| (f.name.clone(), when(f.added_at)));
        sections.push(section(words.factors, factors.collect()));
        let logins =
            self.logins.iter().map(|l| (when(l.at), format!("{} · {}", l.device, proved_by(lang, &l.proved_by))));
        let pushed = self.told_devices.iter().map(|d| (when(d.added_at), format!("{} · {}", d.device, d.service)));
        sections.push(section(words.sessions, logins.chain(pushed).collect()));
        let told = self.messages.iter().map(|m| (when(m.at), format!("{} · {} · {}", m.to, m.subject, m.text)));
        sections.push(section(words.messages, told.collect()));
        let rows = self.journal.iter().map(|r| {
            let line = [words_of::act(lang, &r.act), words_of::actor(lang, &r.actor), &r.object];
            (when(r.at), line.iter().filter(|t| !t.is_empty()).copied().collect::<Vec<_>>().join(" · "))
        });
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
}

/// What is counted on the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Profile,
    Applications,
    Documents,
    Receipts,
    Mailboxes,
    Consents,
    Messages,
    Logins,
    Factors,
    Journal,
}

impl Kind {
    /// Its name, and how long it is kept.
    pub const fn words(self, lang: Lang) -> (&'static str, &'static str) {
        let words = OwnData::of(lang);
        match self {
            Kind::Profile => (words.profile, words.until_account),
            Kind::Applications => (words.applications, words.until_account),
            Kind::Documents => (words.documents, words.until_account),
            Kind::Receipts => (words.receipts, words.until_account),
            Kind::Mailboxes => (words.mailboxes, words.until_account),
            Kind::Consents => (words.consents, words.until_always),
            Kind::Messages => (words.messages, words.until_29),
            Kind::Logins => (words.sessions, words.until_29),
            Kind::Factors => (words.factors, words.until_account),
            Kind::Journal => (words.journal, words.until_journal),
        }
    }
}
