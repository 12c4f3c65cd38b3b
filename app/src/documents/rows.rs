//! Documents as a list: on their own page with what can be done, elsewhere just to look.

use super::view::{Documents, Row, RowState};
use crate::routes;
use crate::text::documents::{Papers, about_file, kind};
use crate::ui::pieces::moment;
use crate::visitor::lang;
use domain::documents::Media;
use leptos::prelude::*;

/// All of an application's documents, each with its buttons.
pub fn editable(documents: &Documents) -> AnyView {
    let last = documents.rows.len().saturating_sub(1);
    let items = documents
        .rows
        .iter()
        .enumerate()
        .map(|(n, row)| {
            let act = |act: &'static str| routes::document_act(&documents.application_id, &row.id, act);
            let words = Papers::here();
            let buttons = view! {
                <div class="row middle">
                    {(documents.may_add && n > 0).then(|| button(act("up"), "btn quiet", words.up, row))}
                    {(documents.may_add && n < last).then(|| button(act("down"), "btn quiet", words.down, row))}
                    {row.removable.then(|| button(act("remove"), "btn danger", words.remove, row))}
                </div>
            };
            item(row, buttons.into_any())
        })
        .collect_view();
    view! { <ol class="documents">{items}</ol> }.into_any()
}

/// The same without buttons.
pub fn readable(rows: &[Row]) -> AnyView {
    let items = rows.iter().map(|row| item(row, ().into_any())).collect_view();
    view! { <ol class="documents">{items}</ol> }.into_any()
}

fn item(row: &Row, buttons: AnyView) -> AnyView {
    let words = Papers::here();
    let name = match row.state {
        RowState::Kept => view! {
            <a href=routes::file(&row.id) rel="external" download="">
                {row.name.clone()}<span class="vh">": "{words.download}</span>
            </a>
        }
        .into_any(),
        _ => view! { <span>{row.name.clone()}</span> }.into_any(),
    };
    let state = match row.state {
        RowState::Kept => None,
        RowState::Checking => Some(view! { <span class="badge wait">{words.checking}</span> }),
        RowState::Infected => Some(view! { <span class="badge bad">{words.infected}</span> }),
    };
    let about = about_file(lang(), row.media == Media::Pdf, row.pages, row.size);
    view! {
        <li data-document=row.id.clone() data-kind=row.kind.name()>
            <div class="flow tight">
                <p><b>{kind(lang(), row.kind)}</b></p>
                <p class="filename">{name}</p>
                <p class="small num">{about}" · "{moment(row.added_at)}</p>
                {state}
            </div>
            {buttons}
        </li>
    }
    .into_any()
}

/// Each button says of which document, for those who hear the page.
fn button(action: String, class: &'static str, label: &'static str, row: &Row) -> AnyView {
    view! {
        <form method="post" action=action>
            <button type="submit" class=class>{label}<span class="vh">": "{row.name.clone()}</span></button>
        </form>
    }
    .into_any()
}
