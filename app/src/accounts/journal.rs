//! `/cabinet/journal`: every act on one's data.

use super::api;
use super::view::JournalRow;
use crate::text::accounts::{Accounts, act, actor};
use crate::text::documents::kind;
use crate::text::staff::{purpose, role};
use crate::ui::load::load_part;
use crate::ui::pieces::{self, moment};
use crate::visitor::lang;
use leptos::prelude::*;

pub fn page() -> AnyView {
    let words = Accounts::here();
    let shown = load_part(RwSignal::new(0), api::journal, move |rows: Vec<JournalRow>| {
        if rows.is_empty() {
            return view! { <p>{words.journal_empty}</p> }.into_any();
        }
        let rows = rows
            .into_iter()
            .map(|r| {
                view! {
                    <tr>
                        <td>{moment(r.at)}</td>
                        <td>
                            {act(lang(), &r.act)}
                            {r.document.map(|k| format!(": {}", kind(lang(), k)))}
                            {r.about.map(|a| format!(" · {a}"))}
                            {r.purpose.map(|p| format!(" · {}", purpose(lang(), p)))}
                        </td>
                        <td>{actor(lang(), &r.actor)}{r.role.map(|r| format!(": {}", role(lang(), r)))}</td>
                    </tr>
                }
            })
            .collect_view();
        view! {
            <table class="table">
                <thead>
                    <tr>
                        <th scope="col">{words.when}</th>
                        <th scope="col">{words.what}</th>
                        <th scope="col">{words.who_acted}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        }
        .into_any()
    });
    let body = view! { <h1>{words.journal}</h1>{shown} };
    pieces::page(words.journal, pieces::column(body.into_any()))
}
