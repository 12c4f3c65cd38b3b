//! `/applications`: «Мои заявки».

use super::api;
use super::view::ListRow;
use crate::routes;
use crate::text::Frame;
use crate::text::filing::{self, Filing};
use crate::ui::load::load_part;
use crate::ui::pieces::{self, moment};
use crate::visitor::lang;
use domain::applications::{Status, Step};
use leptos::prelude::*;

pub fn page() -> AnyView {
    let words = Filing::here();
    let title = Frame::here().my_applications;
    let shown = load_part(RwSignal::new(0), api::list, move |rows: Vec<ListRow>| {
        if rows.is_empty() {
            let apply = view! { <a class="btn primary" href=routes::NEW_APPLICATION>{words.apply}</a> };
            return pieces::empty(words.list_empty_title, words.list_empty_text, apply.into_any());
        }
        view! {
            <ul class="plain flow">{rows.into_iter().map(|r| row(words, r)).collect_view()}</ul>
            <p><a class="btn primary" href=routes::NEW_APPLICATION>{words.apply}</a></p>
        }
        .into_any()
    });
    let body = view! { <h1>{title}</h1>{shown} };
    pieces::page(title, pieces::column(body.into_any()))
}

fn row(words: &'static Filing, row: ListRow) -> AnyView {
    let (to, name) = match &row.number {
        Some(number) => (routes::application(&row.id), format!("{} {number}", words.application)),
        None => (routes::step(&row.id, Step::Applicant), words.draft.to_owned()),
    };
    let mailbox = row.mailbox.map(|m| filing::mailbox(lang(), m).0);
    view! {
        <li class="card application">
            <h2><a href=to>{words.service}</a></h2>
            <p class="eyebrow num">{name}" · "{moment(row.at)}{mailbox.map(|m| format!(" · {m}"))}</p>
            {match row.status {
                Some(status) => badge(status),
                None => view! { <span class="badge info">{words.draft}</span> }.into_any(),
            }}
        </li>
    }
    .into_any()
}

/// A status as a word with a colour, never the colour alone.
pub fn badge(status: Status) -> AnyView {
    let class = match status {
        Status::InReview => "badge info",
        Status::NeedsClarification | Status::AwaitingConfirmation => "badge wait",
        Status::Approved => "badge ok",
        Status::Rejected | Status::Expired | Status::Withdrawn => "badge bad",
    };
    view! { <span class=class data-status=status.name()>{filing::status(lang(), status)}</span> }.into_any()
}
