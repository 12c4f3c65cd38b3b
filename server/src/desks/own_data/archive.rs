//! Everything held about a person, for programs (JSON) and for reading (PDF) (PD-4). One gathering, two forms.

mod company;
mod filed;
mod record;
mod ways;

use super::told::ToldDevice;
use crate::desks::trouble;
use crate::house::House;
use crate::storage::{
    accounts, consents, devices, factors, journal, mailboxes, notice_choices, notices, passkeys, push, sessions,
};
use app::error::Refusal;
use app::text::Lang;
use app::text::own_data::OwnData;
use company::Company;
use domain::clock::Timestamp;
use domain::{Code, Values};
use filed::Filed;
use serde::{Serialize, Serializer};
use ways::Ways;

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
    #[serde(flatten)]
    company: Company,
    notice_choices: Choices,
    factors: Vec<Factor>,
    #[serde(flatten)]
    ways: Ways,
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
struct Box_ {
    kind: String,
    office: Option<String>,
    registration_number: String,
    opened_at: At,
}

/// How the person wants to be told.
#[derive(Serialize)]
struct Choices {
    switched_off: Vec<String>,
    quiet_from: Option<u8>,
    quiet_to: Option<u8>,
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
    /// Two letters, where it is known.
    country: Option<String>,
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
    let applications = filed::gather(tx, house, account_id).await?;
    let company = company::gather(tx, house, account_id, now).await?;
    let choices = notice_choices::find(tx, account_id).await.map_err(trouble)?;
    let boxes = mailboxes::list_owned(tx, account_id).await.map_err(trouble)?;
    let apps = factors::apps(tx, vault, account_id).await.map_err(trouble)?;
    let keys = passkeys::list(tx, vault, account_id).await.map_err(trouble)?;
    let ways = ways::gather(tx, house, account_id).await?;
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
        applications,
        company,
        notice_choices: Choices {
            switched_off: choices.off(),
            quiet_from: choices.quiet.map(|q| q.from),
            quiet_to: choices.quiet.map(|q| q.to),
        },
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
        ways,
        logins: logins
            .into_iter()
            .map(|s| Login {
                at: At(s.created_ms),
                device: s.label,
                proved_by: s.proved_by,
                country: s.country,
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

impl Archive {
    /// How much of each kind there is, in the order of the page.
    pub fn amounts(&self) -> Vec<(usize, Kind)> {
        let of = |count: fn(&Filed) -> usize| self.applications.iter().map(count).sum();
        let company = &self.company;
        let choices = &self.notice_choices;
        vec![
            (self.profile.iter().count(), Kind::Profile),
            (self.applications.len(), Kind::Applications),
            (of(|a| a.documents.len()), Kind::Documents),
            (of(|a| a.files.len()), Kind::Receipts),
            (of(|a| a.checks.len()), Kind::Checks),
            (of(|a| a.said.len() + a.answers_before.len()), Kind::Said),
            (of(|a| a.appeals.len()), Kind::Appeals),
            (self.mailboxes.len(), Kind::Mailboxes),
            (company.members.len() + company.memberships.len() + company.invitations.len(), Kind::Members),
            (choices.switched_off.len() + usize::from(choices.quiet_from.is_some()), Kind::Choices),
            (self.consents.len(), Kind::Consents),
            (self.messages.len(), Kind::Messages),
            (self.logins.len() + self.devices.len() + self.told_devices.len(), Kind::Logins),
            (self.factors.len() + self.ways.count(), Kind::Factors),
            (self.journal.len(), Kind::Journal),
        ]
    }
}

/// What is counted on the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Profile,
    Applications,
    Documents,
    Receipts,
    Checks,
    Said,
    Appeals,
    Mailboxes,
    Members,
    Choices,
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
            Kind::Documents => (words.documents, words.until_decided),
            Kind::Receipts => (words.receipts, words.until_account),
            Kind::Checks => (words.checks, words.until_decided),
            Kind::Said => (words.said, words.until_decided),
            Kind::Appeals => (words.appeals, words.until_account),
            Kind::Mailboxes => (words.mailboxes, words.until_account),
            Kind::Members => (words.members, words.until_account),
            Kind::Choices => (words.choices, words.until_account),
            Kind::Consents => (words.consents, words.until_always),
            Kind::Messages => (words.messages, words.until_29),
            Kind::Logins => (words.sessions, words.until_29),
            Kind::Factors => (words.factors, words.until_account),
            Kind::Journal => (words.journal, words.until_journal),
        }
    }
}
