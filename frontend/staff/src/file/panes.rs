//! What a file shows: answers on one side, what is known about them on the other.

use crate::queue::file_path;
use app::staff::view::{CheckRow, File};
use app::text::doors::source_of_answer;
use app::text::staff::{Desk, FileWords, act};
use app::text::{codes, fields, filing};
use app::ui::pieces::moment;
use app::visitor::lang;
use domain::applications::{ApplicantKind, Finding, MailboxKind, Reason, Registry, Step};
use domain::{Field, Values};
use leptos::prelude::*;

pub fn answers(file: &File) -> AnyView {
    let words = FileWords::here();
    let steps = [Step::Applicant, Step::Passport, Step::Contacts, Step::Mailbox].map(|step| {
        let rows = step
            .fields(&file.values)
            .into_iter()
            .filter(|f| !file.values.get(*f).trim().is_empty())
            .map(|f| {
                let marked = marked(file, f);
                view! {
                    <div data-field=f.id() data-marked=marked>
                        <dt>{fields::label(lang(), f)}</dt>
                        <dd>{shown(f, &file.values)}{source(file, f)}</dd>
                    </div>
                }
            })
            .collect_view();
        view! { <section class="card flow tight"><h2 class="step">{filing::step(lang(), step)}</h2><dl class="facts">{rows}</dl></section> }
    });
    view! {
        <section class="flow tight" aria-labelledby="answers"><h2 id="answers">{words.answers}</h2>{steps.into_iter().collect_view()}</section>
    }
    .into_any()
}

/// Who gave the answer, and whether the applicant has changed it since (E11).
fn source(file: &File, field: Field) -> Option<AnyView> {
    let mark = file.sources.iter().find(|m| m.field == field)?;
    let class = if mark.changed { "badge wait" } else { "hint" };
    Some(view! { " "<span class=class data-source=mark.door.name()>{source_of_answer(lang(), mark)}</span> }.into_any())
}

/// How a field stands out: the registry knows otherwise, or it changed since the question.
fn marked(file: &File, field: Field) -> Option<&'static str> {
    let differs = file.checks.iter().any(|c| match &c.finding {
        Some(Finding::Differs { fields, .. } | Finding::Unknown { fields }) => fields.contains(&field),
        _ => false,
    });
    let changed = file.changed.iter().any(|c| c.field == field);
    match (differs, changed) {
        (true, _) => Some("differs"),
        (false, true) => Some("changed"),
        (false, false) => None,
    }
}

fn shown(field: Field, values: &Values) -> String {
    let value = values.get(field).trim();
    match field {
        Field::ResidenceSame => app::text::FormWords::here().yes.to_owned(),
        Field::MailboxKind => {
            MailboxKind::from_name(value).map_or_else(|| value.to_owned(), |k| filing::mailbox(lang(), k).0.to_owned())
        }
        Field::ApplicantKind => {
            let words = filing::Filing::here();
            match ApplicantKind::of(values) {
                ApplicantKind::Citizen => words.kind_citizen,
                ApplicantKind::Organisation => words.kind_organisation,
            }
            .to_owned()
        }
        _ => domain::fields::format_field(field, value).unwrap_or_else(|| value.to_owned()),
    }
}

pub fn about(file: &File) -> AnyView {
    let words = FileWords::here();
    view! {
        {reasons(&file.reasons)}
        {changes(file)}
        <section class="card flow tight" aria-labelledby="checks">
            <h2 id="checks" class="step">{words.checks}</h2>
            <ul class="plain">{file.checks.iter().map(check).collect_view()}</ul>
        </section>
        {duplicates(file)}
        {last_act(file)}
        {history(file)}
    }
    .into_any()
}

fn reasons(all: &[Reason]) -> AnyView {
    if all.is_empty() {
        return ().into_any();
    }
    let items = all.iter().map(|r| view! { <li>{reason(r)}</li> }).collect_view();
    view! {
        <section class="card flow tight" aria-labelledby="reasons">
            <h2 id="reasons" class="step">{FileWords::here().reasons}</h2>
            <ul>{items}</ul>
        </section>
    }
    .into_any()
}

fn reason(reason: &Reason) -> String {
    let names: Vec<_> = reason.fields.iter().map(|f| fields::label(lang(), *f)).collect();
    let about = if names.is_empty() { String::new() } else { format!("{}: ", names.join(", ")) };
    format!("{about}{} {}", codes::message(lang(), reason.code), reason.code)
}

fn changes(file: &File) -> AnyView {
    let words = FileWords::here();
    if file.changed.is_empty() {
        return match &file.last_act {
            Some(last) if last.act == domain::staff::ActKind::Ask => {
                view! { <p class="hint">{words.not_changed}</p> }.into_any()
            }
            _ => ().into_any(),
        };
    }
    let none = || app::text::FormWords::here().empty_answer.to_owned();
    let or_none = |text: &str| if text.trim().is_empty() { none() } else { text.to_owned() };
    let rows = file
        .changed
        .iter()
        .map(|c| {
            view! {
                <tr data-changed=c.field.id()>
                    <th scope="row">{fields::label(lang(), c.field)}</th>
                    <td data-label=words.before><del>{or_none(&c.before)}</del></td>
                    <td data-label=words.now><ins>{or_none(&c.now)}</ins></td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <section class="card flow tight" aria-labelledby="changed">
            <h2 id="changed" class="step">{words.changed}</h2>
            <div class="table dense">
                <table>
                    <thead>
                        <tr>
                            <th scope="col">{words.field}</th>
                            <th scope="col">{words.before}</th>
                            <th scope="col">{words.now}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </section>
    }
    .into_any()
}

fn check(check: &CheckRow) -> AnyView {
    let words = FileWords::here();
    let registry = filing::registry(lang(), check.registry);
    let (class, told) = match &check.finding {
        None => ("badge wait", words.waits.to_owned()),
        Some(Finding::Agrees) => ("badge ok", words.agrees.to_owned()),
        Some(Finding::Unknown { .. }) => ("badge wait", words.unknown.to_owned()),
        Some(Finding::Differs { code, .. }) => ("badge bad", format!("{} {code}", codes::message(lang(), *code))),
    };
    view! { <li data-registry=Registry::name(check.registry)><span class=class>{told}</span>" "{registry}</li> }
        .into_any()
}

fn duplicates(file: &File) -> AnyView {
    let words = FileWords::here();
    let rows = file
        .duplicates
        .iter()
        .map(|d| {
            let same: Vec<_> = d.same.iter().map(|f| fields::label(lang(), *f)).collect();
            let number = match (&d.id, &d.number) {
                (Some(id), Some(number)) => view! { <a class="num" href=file_path(id)>{number.clone()}</a> }.into_any(),
                _ => view! { <span>{words.out_of_reach}</span> }.into_any(),
            };
            view! {
                <li>
                    {number}": "{same.join(", ")}
                    {d.registered.then(|| view! { " "<span class="badge bad">{words.registered}</span> })}
                </li>
            }
        })
        .collect_view();
    view! {
        <section class="card flow tight" aria-labelledby="duplicates">
            <h2 id="duplicates" class="step">{words.duplicates}</h2>
            {match file.duplicates.is_empty() {
                true => view! { <p class="hint">{words.no_duplicates}</p> }.into_any(),
                false => view! { <ul>{rows}</ul> }.into_any(),
            }}
        </section>
    }
    .into_any()
}

fn last_act(file: &File) -> AnyView {
    let Some(last) = file.last_act.clone() else {
        return ().into_any();
    };
    view! {
        <section class="card flow tight" aria-labelledby="last">
            <h2 id="last" class="step">{FileWords::here().last_act}</h2>
            <p>{moment(last.at)}" · "{last.by}" · "{act(lang(), last.act)}</p>
            <p>{last.text}</p>
        </section>
    }
    .into_any()
}

fn history(file: &File) -> AnyView {
    let words = FileWords::here();
    let actor = |actor: &str| match actor {
        "citizen" => words.actor_citizen.to_owned(),
        "system" => words.actor_system.to_owned(),
        login => login.to_owned(),
    };
    let rows = file
        .history
        .iter()
        .rev()
        .map(|h| {
            let codes: Vec<_> = h.reasons.iter().map(|r| r.code.to_string()).collect();
            view! {
                <li>
                    {moment(h.at)}" · "{actor(&h.actor)}" · "{filing::status(lang(), h.status)}", "
                    {filing::stage(lang(), h.stage)}
                    {(!codes.is_empty()).then(|| format!(" ({})", codes.join(", ")))}
                </li>
            }
        })
        .collect_view();
    view! {
        <section class="card flow tight" aria-labelledby="history">
            <h2 id="history" class="step">{words.history}</h2>
            <ul class="plain small">{rows}</ul>
        </section>
        <p class="vh">{Desk::here().title}</p>
    }
    .into_any()
}
