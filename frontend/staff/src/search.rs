//! Search by number, СНИЛС, phone or last name. Rows show no one's data; opening one asks for a purpose.

use crate::forms::{field, refusal, send, submit};
use crate::frame;
use crate::queue::file_path;
use crate::session::Session;
use app::error::AppError;
use app::staff::api;
use app::staff::view::{Found, SearchedBy, Secret};
use app::text::filing;
use app::text::staff::Queue;
use app::ui::pieces::moment;
use app::visitor::lang;
use domain::applications::Status;
use domain::staff::Power;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

pub fn page() -> AnyView {
    let session = Session::here();
    if !session.me().is_some_and(|me| me.may(Power::Read)) {
        return frame::closed();
    }
    let words = Queue::here();
    let (query, found) = (RwSignal::new(String::new()), RwSignal::new(None::<Found>));
    let (busy, error) = (RwSignal::new(false), RwSignal::new(None::<AppError>));
    let on_submit = move |event: SubmitEvent| {
        event.prevent_default();
        send(busy, error, api::search(Secret(query.get_untracked()), None), move |answer| found.set(Some(answer)));
    };
    let more = move |_| {
        let last = found.with_untracked(|f| f.as_ref()?.rows.last().map(|r| (r.submitted_at, r.id.clone())));
        send(busy, error, api::search(Secret(query.get_untracked()), last), move |further| {
            found.update(|found| {
                if let Some(found) = found {
                    found.rows.extend(further.rows);
                    found.more = further.more;
                }
            });
        });
    };
    view! {
        <h1>{words.search_title}</h1>
        <p class="hint">{words.search_hint}</p>
        {refusal(error)}
        <form class="row" role="search" method="post" on:submit=on_submit>
            {field("query", words.search_label, "text", "off", query)}
            <div class="actions">{submit(words.find, busy)}</div>
        </form>
        <div aria-live="polite">{move || found.get().map(table)}</div>
        {move || found.with(|f| f.as_ref().is_some_and(|f| f.more)).then(|| view! { <button type="button" class="btn" on:click=more>{words.more}</button> })}
    }
    .into_any()
}

fn table(found: Found) -> AnyView {
    let words = Queue::here();
    if found.rows.is_empty() {
        return view! { <p data-found="0">{words.nothing}</p> }.into_any();
    }
    let title = match found.by {
        SearchedBy::Number => words.by_number,
        SearchedBy::Snils => words.by_snils,
        SearchedBy::Phone => words.by_phone,
        SearchedBy::LastName => words.by_name,
    };
    let count = found.rows.len().to_string();
    let rows = found
        .rows
        .into_iter()
        .map(|r| {
            view! {
                <tr>
                    <td data-label=words.number><a class="num" href=file_path(&r.id)>{r.number}</a></td>
                    <td data-label=words.status>{badge(r.status)}</td>
                    <td data-label=words.submitted>{moment(r.submitted_at)}</td>
                    <td data-label=words.kind>{filing::mailbox(lang(), r.kind).0}</td>
                    <td data-label=words.office>{r.place}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <div class="table dense stack" data-found=count role="region" aria-label=title tabindex="0">
            <table>
                <caption>{title}</caption>
                <thead>
                    <tr>
                        <th scope="col">{words.number}</th>
                        <th scope="col">{words.status}</th>
                        <th scope="col">{words.submitted}</th>
                        <th scope="col">{words.kind}</th>
                        <th scope="col">{words.office}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

/// A status in its colour and its words.
pub fn badge(status: Status) -> AnyView {
    let class = match status {
        Status::Approved => "badge ok",
        Status::Rejected => "badge bad",
        Status::NeedsClarification | Status::AwaitingConfirmation => "badge wait",
        Status::InReview | Status::Expired | Status::Withdrawn => "badge",
    };
    view! { <span class=class data-status=status.name()>{filing::status(lang(), status)}</span> }.into_any()
}
