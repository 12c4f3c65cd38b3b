//! `/applications/{id}`: number, status, stages, reasons and what to do (STS-4, E5).

use super::api;
use super::list::badge;
use super::view::Card;
use crate::appeals::track::track as appeal_track;
use crate::browser;
use crate::documents::block;
use crate::routes;
use crate::text::appeals::Appeals;
use crate::text::documents::Papers;
use crate::text::filing::{self, Filing};
use crate::ui::load::load;
use crate::ui::pieces::{self, facts, moment, text};
use crate::ui::reasons;
use crate::visitor::lang;
use domain::applications::{Stage, Status, Step};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

pub fn page() -> AnyView {
    let id = use_params_map().with_untracked(|p| p.get("id")).unwrap_or_default();
    let again = RwSignal::new(0);
    Effect::new(move |_| browser::events::listen(move || again.update(|n| *n += 1)));
    load(again, move || api::card(id.clone()), show)
}

fn show(card: Card) -> AnyView {
    let words = Filing::here();
    let title = words.service;
    let main = view! {
        <p class="eyebrow num">
            {words.application}" "
            <span data-application-number=card.number.clone()>{card.number.clone()}</span>
            " · "{words.submitted}" "{moment(card.submitted_at)}
        </p>
        <h1>{title}</h1>
        <p aria-live="polite">{badge(card.status)}</p>
        {next_act(words, &card)}
        {appeal(&card)}
        {block::section(&card.documents)}
        <section class="flow">
            <h2>{words.progress}</h2>
            {track(words, &card)}
        </section>
        <section class="flow">
            <h2>{words.history}</h2>
            {history(&card)}
        </section>
    };
    pieces::page(format!("{title} {}", card.number), pieces::columns(main.into_any(), aside(words, card)))
}

/// What the person should do now, or that there is nothing to do.
fn next_act(words: &'static Filing, card: &Card) -> AnyView {
    let asked = reasons::list(&card.reasons, &card.remedies);
    let new = routes::NEW_APPLICATION.to_owned() + "?from=" + &card.id;
    match card.status {
        Status::AwaitingConfirmation => {
            let papers = Papers::here();
            view! {
                <section class="card now flow" aria-labelledby="ask">
                    <h2 id="ask">{papers.awaited_title}</h2>
                    {asked}
                    {message(words, card)}
                    {card.until.map(|at| view! { <p><b>{papers.until}" "{moment(at)}</b></p> })}
                    <p>{papers.awaited_text}</p>
                    <p><a class="btn primary" data-action="next" href=routes::documents(&card.id)>{papers.awaited_button}</a></p>
                </section>
            }
            .into_any()
        }
        Status::NeedsClarification => {
            let step =
                card.reasons.iter().flat_map(|r| &r.fields).find_map(|f| Step::of(*f)).unwrap_or(Step::Applicant);
            view! {
                <section class="card flow" aria-labelledby="ask">
                    <h2 id="ask">{words.asked_title}</h2>
                    {asked}
                    {message(words, card)}
                    {card.until.map(|at| view! { <p><b>{words.answer_until}" "{moment(at)}</b></p> })}
                    <p>{words.mend_about}</p>
                    <p><a class="btn primary" data-action="next" href=routes::step(&card.id, step)>{words.mend}</a></p>
                </section>
            }
            .into_any()
        }
        Status::Rejected | Status::Expired | Status::Withdrawn => view! {
            <section class="card flow" aria-labelledby="why">
                <h2 id="why">{words.reasons}</h2>
                {said(card)}
                {asked}
                {message(words, card)}
                <p>{words.again_about}</p>
                <form method="post" action=new>
                    <button type="submit" class="btn primary" data-action="next">{words.again}</button>
                </form>
                {card.appeal_until.map(|at| appeal_way(card, at))}
            </section>
        }
        .into_any(),
        Status::Approved => view! {
            <section class="stamp flow">
                <p class="eyebrow">{words.registration_number}</p>
                <p class="stamp-no" data-registration-number=card.registration_number.clone()>
                    {card.registration_number.clone()}
                </p>
                <p>{if card.mailbox.needs_office() { words.approved_text } else { words.approved_online }}</p>
            </section>
        }
        .into_any(),
        Status::InReview if !card.waiting_for.is_empty() => {
            let names: Vec<_> = card.waiting_for.iter().map(|r| filing::registry(lang(), *r)).collect();
            view! {
                <div class="notice wait">
                    <p><b>{words.waiting}": "{names.join(", ")}</b></p>
                    {said(card)}
                    <p>{words.waiting_text}" "{words.due}" "{moment(card.due_at)}"."</p>
                </div>
            }
            .into_any()
        }
        Status::InReview => view! {
            <div class="notice">
                {card.taken_at.map(|at| view! { <p data-taken="">{words.taken}" "{moment(at)}</p> })}
                {said(card)}
                <p>{words.due}" "{moment(card.due_at)}</p>
            </div>
        }
        .into_any(),
    }
}

fn said(card: &Card) -> Option<AnyView> {
    (!card.said.is_empty()).then(|| view! { <p>{card.said.clone()}</p> }.into_any())
}

/// The other way from a refusal.
fn appeal_way(card: &Card, until: domain::Timestamp) -> AnyView {
    let words = Appeals::here();
    view! {
        <p>{words.about}" "{moment(until)}"."</p>
        <p><a class="btn" data-action="appeal" href=routes::appeal(&card.id)>{words.button}</a></p>
    }
    .into_any()
}

/// How the appeal goes, whatever became of the application since.
fn appeal(card: &Card) -> AnyView {
    let Some(filed) = &card.appeal else {
        return ().into_any();
    };
    let words = Appeals::here();
    view! {
        <section class="card flow tight" aria-labelledby="appeal">
            <div class="row apart"><h2 id="appeal">{words.title}</h2><a href=routes::appeal(&card.id)>{words.open}</a></div>
            {appeal_track(filed)}
        </section>
    }
    .into_any()
}

/// What the clerk wrote, and the documents named.
fn message(words: &'static Filing, card: &Card) -> AnyView {
    let Some(message) = card.message.clone() else {
        return ().into_any();
    };
    let documents = message.documents.iter().map(|d| view! { <li>{filing::document(lang(), *d)}</li> }).collect_view();
    view! {
        {(!message.documents.is_empty()).then(|| view! { <p><b>{words.documents_asked}</b></p><ul>{documents}</ul> })}
        {(!message.text.is_empty())
            .then(|| view! { <p data-message=""><b>{words.clerk_writes}": "</b>{message.text.clone()}</p> })}
    }
    .into_any()
}

/// Four stages with the time each was reached.
fn track(words: &'static Filing, card: &Card) -> AnyView {
    let finished = card.status == Status::Approved;
    let stages = Stage::ALL
        .iter()
        .map(|stage| {
            let reached = card.history.iter().find(|h| h.stage == *stage).map(|h| h.at);
            let here = card.stage == *stage && !finished;
            let bad = here && card.status.is_final();
            view! {
                <li
                    data-stage=stage.name()
                    data-done=(*stage < card.stage || finished).then_some("")
                    data-bad=bad.then_some("")
                    aria-current=(here && !bad).then_some("step")
                >
                    <b>{filing::stage(lang(), *stage)}</b>
                    {reached.map(moment)}
                    {(here && !bad).then(|| view! { <small>{words.now}</small> })}
                </li>
            }
        })
        .collect_view();
    view! { <ol class="track">{stages}</ol> }.into_any()
}

fn history(card: &Card) -> AnyView {
    let rows = card
        .history
        .iter()
        .rev()
        .map(|h| {
            let codes = h.reasons.iter().map(|r| r.code.to_string()).collect::<Vec<_>>().join(", ");
            view! {
                <li>
                    {moment(h.at)}" — "{filing::status(lang(), h.status)}", "
                    {filing::stage(lang(), h.stage)}
                    {(!codes.is_empty()).then(|| format!(" ({codes})"))}
                </li>
            }
        })
        .collect_view();
    view! { <ul class="plain small">{rows}</ul> }.into_any()
}

fn aside(words: &'static Filing, card: Card) -> AnyView {
    let copied = RwSignal::new(false);
    let number = StoredValue::new(card.number.clone());
    let receipt = card.receipt.map(|file| {
        view! { <p><a href=routes::receipt_pdf(&file) rel="external" download="">{words.download}</a></p> }
    });
    let mut rows = vec![(words.mailbox, text(filing::mailbox(lang(), card.mailbox).0))];
    if let Some(office) = card.office {
        rows.push((words.office, text(office)));
    }
    let withdraw = (!card.status.is_final()).then(|| {
        pieces::post_button(format!("{}?act=withdraw", routes::application(&card.id)), "btn link", words.withdraw)
    });
    view! {
        <div class="stamp flow tight">
            <p class="eyebrow">{words.receipt}</p>
            <p class="stamp-no num">{card.number.clone()}</p>
            <p class="hint">
                <a href=routes::verify(&card.number)>{words.receipt_about}</a>
            </p>
            {receipt}
            <button
                type="button"
                class="btn link"
                data-needs-wasm=""
                on:click=move |_| {
                    browser::copy(&number.get_value());
                    copied.set(true);
                }
            >
                {move || if copied.get() { words.copied } else { words.copy }}
            </button>
        </div>
        <div class="card">{facts(rows)}</div>
        {withdraw}
    }
    .into_any()
}
