//! Telling a decision: the journal's rows and the notices, in the transaction that decides.

use super::{JobError, notify};
use crate::desks::{mailbox_of, place};
use crate::house::House;
use crate::integrations::notices::{Notice, Reason as Told};
use crate::storage::applications::Summary;
use crate::storage::{Tx, accounts, journal};
use app::routes;
use app::text::{Lang, codes, fields, filing};
use domain::applications::{Reason, State};
use domain::clock::Timestamp;
use domain::documents::Kind;
use domain::{Field, Values};

/// Journal and notices of a decision, in the transaction that makes it.
pub(super) async fn announce(
    house: &House,
    tx: &mut Tx,
    summary: &Summary,
    answers: &Values,
    state: &State,
    registration_number: Option<&str>,
    now: Timestamp,
) -> Result<(), JobError> {
    let number = summary.number.clone().unwrap_or_default();
    for act in ["application_checked", "application_decided"] {
        let row = journal::NewEntry {
            account_id: Some(&summary.account_id),
            at_ms: now.0,
            actor: "system",
            act,
            object: &number,
            detail: state.status().map_or("", |s| s.name()),
        };
        journal::append(tx, &row).await?;
    }
    let lang = language(house, tx, &summary.account_id).await?;
    let link = house.config.link(&routes::application(&summary.id));
    let told = told(lang, state.reasons());
    let notice = match state {
        State::Approved(_) => Notice::Approved {
            number,
            registration_number: registration_number.unwrap_or_default().to_owned(),
            mailbox: mailbox_of(summary).map(|m| filing::mailbox(lang, m).0.to_owned()).unwrap_or_default(),
            office: office_words(house, answers),
            link,
        },
        State::NeedsClarification(asked) => {
            Notice::NeedsClarification { number, reasons: told, deadline: notify::civil(asked.until), link }
        }
        State::AwaitingConfirmation(awaited) => Notice::AwaitingConfirmation {
            number,
            documents: awaited_documents(lang, &awaited.reasons),
            reasons: told,
            deadline: notify::civil(awaited.until),
            link: house.config.link(&routes::documents(&summary.id)),
        },
        State::Rejected(_) => Notice::Rejected { number, reasons: told, again_link: link.clone(), appeal_link: link },
        _ => return Ok(()),
    };
    let occasion = format!("decided/{}/{}", summary.id, now.0);
    notify::everywhere(tx, house, &summary.account_id, &summary.id, answers, &notice, lang, &occasion).await?;
    Ok(())
}

pub(super) async fn language(house: &House, tx: &mut Tx, account_id: &str) -> Result<Lang, JobError> {
    let account = accounts::find(tx, &house.vault, account_id).await?;
    Ok(account.and_then(|a| Lang::from_tag(&a.lang)).unwrap_or_default())
}

fn office_words(house: &House, answers: &Values) -> String {
    let found = house.reference.postcode(answers.get(Field::OfficeIndex));
    found.map(|o| format!("{}, {}, {}", o.name, o.index, place(&o))).unwrap_or_default()
}

/// «Подтверждение адреса, Паспорт»: what the reasons ask for.
fn awaited_documents(lang: Lang, reasons: &[Reason]) -> String {
    let kinds = reasons.iter().filter_map(|r| Kind::asked_by(r.code));
    kinds.map(|k| app::text::documents::kind(lang, k)).collect::<Vec<_>>().join(", ")
}

/// Reasons in words, as the catalogue of codes has them.
pub(super) fn told(lang: Lang, reasons: &[Reason]) -> Vec<Told> {
    reasons
        .iter()
        .map(|r| Told {
            code: r.code,
            field: r.fields.first().map(|f| fields::label(lang, *f).to_owned()),
            words: codes::message(lang, r.code).to_owned(),
            remedy: app::text::help::help(lang, r.code).remedy.into_owned(),
        })
        .collect()
}
