//! Asks the registries about a submitted application and moves it by their answers (VAL-12, RSB-4).
//!
//! The registries are asked outside any transaction, all at once; the answers of a round are kept together, so a
//! run that waits for one of them asks only that one again. A registry that is down delays, it never refuses.

use super::announce::{By, announce, language};
use super::registration::{Lost, register};
use super::{JobError, expire, moves, notify, term};
use crate::desks::{mailbox_of, state_of};
use crate::house::House;
use crate::integrations::notices::Notice;
use crate::integrations::registries::{
    AddressOf, AddressQuery, Answer, Holder, InnQuery, Organisation, PassportQuery, Person, Query, RegistryError,
    SnilsQuery,
};
use crate::storage::applications::{self as stored, Summary};
use crate::storage::{Tx, acts, checks, documents, identities};
use app::routes;
use app::text::filing;
use domain::applications::{
    Application, CLARIFICATION_DAYS, Finding, InReview, Reason, Registry, Review, Stage, State, Verdict, decision,
    parse, promised, verdict,
};
use domain::clock::{HOUR, Timestamp};
use domain::documents::{Kind, missing};
use domain::fields::dates;
use domain::{Code, Field};
use std::time::Duration;

const ASK_AGAIN: Duration = Duration::from_secs(5);

pub async fn run(house: &House, id: &str) -> Result<(), JobError> {
    let mut tx = house.db.write().await?;
    let Some(found) = stored::find(&mut tx, &house.vault, id).await? else {
        return Ok(tx.commit().await?);
    };
    // Decided or withdrawn meanwhile: nothing left to ask.
    let Ok(state) = state_of(&found.summary).in_review() else {
        return Ok(tx.commit().await?);
    };
    let submitted = Timestamp(found.summary.submitted_ms.unwrap_or(found.summary.created_ms));
    let Ok(application) = parse(&found.answers, submitted.portal_date()) else {
        tracing::error!(id, "stored answers do not pass the rules they passed");
        return Err(JobError::Fail);
    };
    if State::from(state.clone()).stage() == Some(Stage::Intake) {
        let begun = State::from(state.advance().map_err(|_| JobError::Fail)?);
        moved(moves::apply(&mut tx, &found.summary, &begun, "system", None, house.now()).await?)?;
    }
    // Most are decided within seconds, and need no clock.
    if house.now().since(submitted) > HOUR {
        term::watch(&mut tx, &found.summary).await?;
    }
    let questions = questions(&application);
    for (registry, _) in &questions {
        checks::ask(&mut tx, id, registry.name(), house.now().0).await?;
    }
    tx.commit().await?;
    house.tell(&found.summary.account_id, id);

    let late = ask_all(house, id, questions).await?;
    if let Some(registry) = late {
        delayed(house, &found.summary, registry).await?;
        return Err(JobError::again_in(ASK_AGAIN));
    }
    decide(house, id).await
}

fn moved(version: Option<i64>) -> Result<i64, JobError> {
    // Somebody else moved it between reading and writing: look again.
    version.ok_or(JobError::RETRY)
}

/// Whom to ask and what. The duplicates are our own list and need no question.
fn questions(a: &Application) -> Vec<(Registry, Vec<Query>)> {
    let person = || Person {
        last_name: a.last_name.to_string(),
        first_name: a.first_name.to_string(),
        middle_name: a.middle_name.as_ref().map(ToString::to_string),
        birth_date: dates::iso(a.birth_date),
    };
    let passport = Query::Passport(PassportQuery {
        series: a.passport.series().to_owned(),
        number: a.passport.number().to_owned(),
        issue_date: dates::iso(a.passport_issued),
        department_code: a.department_code.as_str().to_owned(),
        person: person(),
    });
    let snils = Query::Snils(SnilsQuery { snils: a.snils.as_str().to_owned(), person: person() });
    let address = |of, place: &domain::applications::Place| {
        Query::Address(AddressQuery {
            of,
            postcode: place.postcode.as_str().to_owned(),
            address: place.address.as_str().to_owned(),
        })
    };
    let mut addresses = vec![address(AddressOf::Registration, &a.registration)];
    if a.residence != a.registration {
        addresses.push(address(AddressOf::Residence, &a.residence));
    }
    let mut inns = Vec::new();
    if let Some(inn) = &a.inn {
        inns.push(Query::Inn(InnQuery { inn: inn.as_str().to_owned(), holder: Holder::Person(person()) }));
    }
    if let Some(o) = &a.organisation {
        let holder =
            Organisation { name: o.name.to_string(), kpp: o.kpp.as_str().to_owned(), ogrn: o.ogrn.as_str().to_owned() };
        inns.push(Query::Inn(InnQuery { inn: o.inn.as_str().to_owned(), holder: Holder::Organisation(holder) }));
    }
    let mut all =
        vec![(Registry::Passport, vec![passport]), (Registry::Snils, vec![snils]), (Registry::Address, addresses)];
    if !inns.is_empty() {
        all.push((Registry::Inn, inns));
    }
    all
}

/// Asks whoever has not answered yet, all at once; each answer is kept. The first registry that is down, if any.
async fn ask_all(
    house: &House,
    id: &str,
    questions: Vec<(Registry, Vec<Query>)>,
) -> Result<Option<Registry>, JobError> {
    let mut tx = house.db.read().await?;
    let known = checks::list(&mut tx, id).await?;
    drop(tx);
    let open = questions
        .into_iter()
        .filter(|(registry, _)| !known.iter().any(|c| c.registry == registry.name() && c.outcome.is_some()));
    let asked = open.map(|(registry, queries)| async move { (registry, ask(house, &queries).await) });
    let answers = futures::future::join_all(asked).await;
    let mut late = None;
    let mut tx = house.db.write().await?;
    for (registry, answer) in answers {
        let Some(finding) = answer else {
            late = late.or(Some(registry));
            continue;
        };
        let outcome = serde_json::to_string(&finding).map_err(|_| JobError::Fail)?;
        checks::answer(&mut tx, id, registry.name(), &outcome, house.now().0).await?;
    }
    tx.commit().await?;
    Ok(late)
}

/// One registry's finding, all it was asked taken together; `None` while it is down.
async fn ask(house: &House, queries: &[Query]) -> Option<Finding> {
    let mut found = Finding::Agrees;
    for query in queries {
        let said = match house.integrations.registry.ask(query).await {
            Ok(Answer::Agrees) => Finding::Agrees,
            // No record is not a contradiction: registers lag behind life. A person looks.
            Ok(Answer::Unknown) => Finding::Unknown { fields: subject(query) },
            Ok(Answer::Differs { reason, fields }) => Finding::Differs { code: reason, fields },
            Err(RegistryError::Down { .. } | RegistryError::BadAnswer) => return None,
        };
        found = found.and(said);
    }
    Some(found)
}

/// Which answers a question is about.
fn subject(query: &Query) -> Vec<Field> {
    match query {
        Query::Passport(_) => vec![Field::PassportSeries, Field::PassportNumber],
        Query::Snils(_) => vec![Field::Snils],
        Query::Inn(InnQuery { holder: Holder::Person(_), .. }) => vec![Field::Inn],
        Query::Inn(InnQuery { holder: Holder::Organisation(_), .. }) => vec![Field::OrganisationInn],
        Query::Address(AddressQuery { of: AddressOf::Registration, .. }) => vec![Field::RegistrationAddress],
        Query::Address(AddressQuery { of: AddressOf::Residence, .. }) => vec![Field::ResidenceAddress],
    }
}

/// Says once that it takes longer.
async fn delayed(house: &House, summary: &Summary, registry: Registry) -> Result<(), JobError> {
    let mut tx = house.db.write().await?;
    let lang = language(house, &mut tx, &summary.account_id).await?;
    let due = Timestamp(summary.due_ms.unwrap_or(summary.created_ms));
    let notice = Notice::Delayed {
        number: summary.number.clone().unwrap_or_default(),
        registry: filing::registry(lang, registry).to_owned(),
        due: notify::civil(promised(due, house.now())),
        link: house.config.link(&routes::application(&summary.id)),
    };
    // Once a term: an answer begins another.
    let occasion = format!("delayed/{}/{}", summary.id, due.0);
    notify::everywhere(&mut tx, house, &summary.account_id, &summary.id, &notice, lang, &occasion).await?;
    tx.commit().await?;
    house.tell(&summary.account_id, &summary.id);
    Ok(())
}

/// All have answered: one transaction from agreement to the decision, its mailbox, journal and notices; or the
/// application goes to the clerks.
async fn decide(house: &House, id: &str) -> Result<(), JobError> {
    let now = house.now();
    let mut tx = house.db.write().await?;
    let Some(found) = stored::find(&mut tx, &house.vault, id).await? else {
        return Ok(tx.commit().await?);
    };
    let Ok(state) = state_of(&found.summary).in_review() else {
        return Ok(tx.commit().await?);
    };
    let mut findings = Vec::new();
    for check in checks::list(&mut tx, id).await? {
        let Some(outcome) = check.outcome else {
            return Err(JobError::RETRY);
        };
        findings.push(serde_json::from_str::<Finding>(&outcome).map_err(|_| JobError::Fail)?);
    }
    if identities::others(&mut tx, id).await?.iter().any(|m| m.active) {
        findings.push(duplicate());
    }
    // What a clerk has begun a clerk ends: the answer to a question goes back to whoever asked.
    let begun = acts::any(&mut tx, id).await?;
    let decision = decision(if begun { Review::Always } else { house.config.review }, &findings);
    // A document that is missing is asked for before anybody approves, or looks.
    let complete = match &decision {
        Verdict::Approve => true,
        Verdict::Refer(reasons) => reasons.is_empty() && !begun,
        _ => false,
    };
    let absent = if complete { absent_documents(&mut tx, &found.summary).await? } else { Vec::new() };
    let decided = match decision {
        _ if !absent.is_empty() => {
            let until = now.plus_days(CLARIFICATION_DAYS);
            let awaited = State::from(state.await_document(absent, until));
            moved(moves::apply(&mut tx, &found.summary, &awaited, "system", None, now).await?)?;
            expire::watch(&mut tx, id, now, until).await?;
            (awaited, None)
        }
        Verdict::Approve => {
            let (agreed, summary) = agreed(&mut tx, state, &found.summary, now).await?;
            let approved = State::from(agreed.approve().map_err(|_| JobError::Fail)?);
            match register(&mut tx, &summary, &approved, &found.answers, "system", now).await {
                Ok((number, _)) => (approved, Some(number)),
                Err(Lost::Duplicate) => {
                    // Begin anew, and refuse.
                    drop(tx);
                    return refuse_duplicate(house, id).await;
                }
                Err(Lost::Moved) => return Err(JobError::RETRY),
                Err(Lost::Storage(error)) => return Err(error.into()),
            }
        }
        Verdict::Ask(reasons) => {
            let until = now.plus_days(CLARIFICATION_DAYS);
            let asked = State::from(state.ask(reasons, until));
            let version = moved(moves::apply(&mut tx, &found.summary, &asked, "system", None, now).await?)?;
            let whose = (id, found.summary.account_id.as_str());
            acts::keep_answers(&mut tx, &house.vault, whose, version, &found.answers).await?;
            expire::watch(&mut tx, id, now, until).await?;
            (asked, None)
        }
        Verdict::Reject(reasons) => {
            let rejected = State::from(state.reject(reasons));
            moved(moves::apply(&mut tx, &found.summary, &rejected, "system", None, now).await?)?;
            (rejected, None)
        }
        Verdict::Refer(reasons) => {
            // With nothing to clear up the documents are checked: what is left is a clerk's agreement.
            let summary = match reasons.is_empty() {
                true => agreed(&mut tx, state, &found.summary, now).await?.1,
                false => found.summary.clone(),
            };
            stored::refer(&mut tx, id, summary.version, now.0).await?;
            term::watch(&mut tx, &summary).await?;
            tx.commit().await?;
            house.tell(&found.summary.account_id, id);
            return Ok(());
        }
    };
    let by = By::system();
    announce(house, &mut tx, &found.summary, &found.answers, &decided.0, decided.1.as_deref(), &by, now).await?;
    tx.commit().await?;
    house.tell(&found.summary.account_id, id);
    Ok(())
}

/// The documents the mailbox needs and nobody has sent (MBX-2, DOC-2). One that waits for the virus scanner is there,
/// but nothing can be decided on it: the job comes again.
async fn absent_documents(tx: &mut Tx, summary: &Summary) -> Result<Vec<Reason>, JobError> {
    let there = documents::kinds(tx, &summary.id).await?;
    let in_state = |state| there.iter().filter(move |(_, s)| *s == state).filter_map(|(k, _)| Kind::from_name(k));
    let kept: Vec<Kind> = in_state(documents::State::Kept).collect();
    let absent = mailbox_of(summary).map(|m| missing(m, &kept)).unwrap_or_default();
    if absent.iter().any(|k| in_state(documents::State::Waiting).any(|w| w == *k)) {
        return Err(JobError::again_in(ASK_AGAIN));
    }
    Ok(absent.into_iter().filter_map(Kind::asking).map(|code| Reason::new(code, &[])).collect())
}

/// Brings the application to «согласование», if it is not there yet.
async fn agreed(
    tx: &mut Tx,
    state: InReview,
    summary: &Summary,
    now: Timestamp,
) -> Result<(InReview, Summary), JobError> {
    if State::from(state.clone()).stage() == Some(Stage::Agreement) {
        return Ok((state, summary.clone()));
    }
    let agreed = state.advance().map_err(|_| JobError::Fail)?;
    let version = moved(moves::apply(tx, summary, &agreed.clone().into(), "system", None, now).await?)?;
    let stage = domain::applications::Stage::Agreement.name().to_owned();
    Ok((agreed, Summary { version, stage, ..summary.clone() }))
}

fn duplicate() -> Finding {
    Finding::Differs { code: Code::DuplicateRegistration, fields: vec![Field::PassportNumber, Field::Snils] }
}

async fn refuse_duplicate(house: &House, id: &str) -> Result<(), JobError> {
    let now = house.now();
    let mut tx = house.db.write().await?;
    let Some(found) = stored::find(&mut tx, &house.vault, id).await? else {
        return Ok(tx.commit().await?);
    };
    let Ok(state) = state_of(&found.summary).in_review() else {
        return Ok(tx.commit().await?);
    };
    let Verdict::Reject(reasons) = verdict(&[duplicate()]) else {
        return Err(JobError::Fail);
    };
    let rejected = State::from(state.reject(reasons));
    moved(moves::apply(&mut tx, &found.summary, &rejected, "system", None, now).await?)?;
    announce(house, &mut tx, &found.summary, &found.answers, &rejected, None, &By::system(), now).await?;
    tx.commit().await?;
    house.tell(&found.summary.account_id, id);
    Ok(())
}
