//! Telling a decision: the journal's rows and the notices, in the transaction that decides.

use super::notify;
use crate::desks::{mailbox_of, place};
use crate::house::House;
use crate::integrations::notices::{Notice, Reason as Told};
use crate::storage::applications::Summary;
use crate::storage::{Result, Tx, accounts, journal};
use app::routes;
use app::text::{Lang, codes, fields, filing};
use domain::applications::{MailboxKind, Reason, State};
use domain::clock::Timestamp;
use domain::documents::Kind;
use domain::staff::Document;
use domain::{Field, Values};

/// Who decided, and what they add to the reasons.
pub(crate) struct By<'a> {
    /// `system`, or `staff:<id>`.
    pub actor: &'a str,
    /// A clerk's own words; empty for the house.
    pub words: &'a str,
    pub documents: &'a [Document],
}

impl By<'static> {
    pub(crate) const fn system() -> By<'static> {
        By { actor: "system", words: "", documents: &[] }
    }
}

/// Journal and notices of a decision, in the transaction that makes it.
#[expect(clippy::too_many_arguments, reason = "each is a different thing; a struct would only rename them")]
pub(crate) async fn announce(
    house: &House,
    tx: &mut Tx,
    summary: &Summary,
    answers: &Values,
    state: &State,
    registration_number: Option<&str>,
    by: &By<'_>,
    now: Timestamp,
) -> Result<()> {
    let number = summary.number.clone().unwrap_or_default();
    let acts: &[&str] = match by.actor {
        "system" => &["application_checked", "application_decided"],
        _ => &["application_decided"],
    };
    for act in acts {
        let row = journal::NewEntry {
            account_id: Some(&summary.account_id),
            at_ms: now.0,
            actor: by.actor,
            act,
            object: &number,
            detail: state.status().map_or("", |s| s.name()),
        };
        journal::append(tx, &row).await?;
    }
    let lang = language(house, tx, &summary.account_id).await?;
    let Some(notice) = notice(house, lang, summary, answers, state, registration_number, by) else {
        return Ok(());
    };
    let occasion = format!("decided/{}/{}", summary.id, now.0);
    notify::everywhere(tx, house, &summary.account_id, &summary.id, &notice, lang, &occasion).await?;
    Ok(())
}

/// What a state is told with, if it is told at all.
pub(crate) fn notice(
    house: &House,
    lang: Lang,
    summary: &Summary,
    answers: &Values,
    state: &State,
    registration_number: Option<&str>,
    by: &By<'_>,
) -> Option<Notice> {
    let number = summary.number.clone().unwrap_or_default();
    let link = house.config.link(&routes::application(&summary.id));
    let told = told(lang, state.reasons());
    Some(match state {
        State::Approved(_) => Notice::Approved {
            number,
            registration_number: registration_number.unwrap_or_default().to_owned(),
            mailbox: mailbox_of(summary).map(|m| filing::mailbox(lang, m).0.to_owned()).unwrap_or_default(),
            // An electronic box stands in no office, whatever was typed while another was chosen.
            office: match mailbox_of(summary).is_some_and(MailboxKind::needs_office) {
                true => office_words(house, answers),
                false => String::new(),
            },
            link,
        },
        State::NeedsClarification(asked) => Notice::NeedsClarification {
            number,
            reasons: told,
            words: by.words.to_owned(),
            deadline: notify::civil(asked.until),
            link,
        },
        State::AwaitingConfirmation(asked) => Notice::AwaitingConfirmation {
            number,
            documents: awaited(lang, asked.reasons.as_slice(), by.documents),
            words: by.words.to_owned(),
            deadline: notify::civil(asked.until),
            link: house.config.link(&routes::documents(&summary.id)),
        },
        State::Rejected(_) => Notice::Rejected {
            number,
            reasons: told,
            words: by.words.to_owned(),
            again_link: link,
            appeal_link: house.config.link(&routes::appeal(&summary.id)),
        },
        _ => return None,
    })
}

pub(crate) async fn language(house: &House, tx: &mut Tx, account_id: &str) -> Result<Lang> {
    let account = accounts::find(tx, &house.vault, account_id).await?;
    Ok(account.and_then(|a| Lang::from_tag(&a.lang)).unwrap_or_default())
}

fn office_words(house: &House, answers: &Values) -> String {
    let found = house.reference.postcode(answers.get(Field::OfficeIndex));
    found.map(|o| format!("{}, {}, {}", o.name, o.index, place(&o))).unwrap_or_default()
}

/// What is awaited, by name: the documents a clerk named, and those the reasons speak of.
fn awaited(lang: Lang, reasons: &[Reason], named: &[Document]) -> Vec<String> {
    let asked = reasons.iter().filter_map(|r| Kind::asked_by(r.code));
    let asked = asked.filter(|k| !named.iter().any(|d| Kind::of(*d) == *k));
    let asked = asked.map(|k| app::text::documents::kind(lang, k).to_owned());
    named.iter().map(|d| filing::document(lang, *d).to_owned()).chain(asked).collect()
}

/// Reasons in words, as the catalogue of codes has them.
pub(super) fn told(lang: Lang, reasons: &[Reason]) -> Vec<Told> {
    reasons
        .iter()
        .map(|r| Told {
            code: r.code,
            fields: r.fields.iter().map(|f| fields::label(lang, *f).to_owned()).collect(),
            // The catalogue's sentences stand beside fields, without a full stop.
            words: format!("{}.", codes::message(lang, r.code).trim_end_matches('.')),
            remedy: app::text::help::help(lang, r.code).remedy.into_owned(),
        })
        .collect()
}
