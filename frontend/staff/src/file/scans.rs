//! Documents beside the data. Each opens by itself, when the clerk asks for it: each look is a row in the citizen's
//! journal, so none is shown just because the file is.

use super::Hand;
use app::routes;
use app::staff::view::{DocumentRow, File};
use app::text::documents::{about_file, kind};
use app::text::staff::FileWords;
use app::ui::pieces::moment;
use app::visitor::lang;
use domain::documents::Media;
use leptos::prelude::*;

pub fn view(hand: Hand, file: &File) -> AnyView {
    let words = FileWords::here();
    let rows = file.documents.iter().map(|d| row(hand, d)).collect_view();
    let list = match file.documents.is_empty() {
        true => view! { <p class="hint">{words.no_documents}</p> }.into_any(),
        false => view! { <ol class="plain scans">{rows}</ol><p class="hint">{words.looks_noted}</p> }.into_any(),
    };
    view! {
        <section class="card flow tight" aria-labelledby="documents">
            <h2 id="documents" class="step">{words.documents}</h2>
            {list}
        </section>
    }
    .into_any()
}

fn row(hand: Hand, document: &DocumentRow) -> AnyView {
    let words = FileWords::here();
    let d = document.clone();
    let pdf = d.media == Media::Pdf;
    let about = about_file(lang(), pdf, u32::try_from(d.pages).unwrap_or(1), d.size.unsigned_abs());
    let name = kind(lang(), d.kind);
    let source = move || routes::staff_document(&d.id, hand.purpose.get_untracked());
    let id = StoredValue::new(document.id.clone());
    let act = if pdf {
        view! {
            <a class="btn quiet" data-act="save" href=source() rel="external" download="">
                {words.save_pdf}<span class="vh">": "{name}</span>
            </a>
        }
        .into_any()
    } else {
        let open = move || hand.scan.with(|shown| shown.as_deref() == Some(id.get_value().as_str()));
        let failed = RwSignal::new(false);
        let turn = move |_| {
            failed.set(false);
            hand.scan
                .update(|shown| *shown = (shown.as_deref() != Some(id.get_value().as_str())).then(|| id.get_value()));
        };
        view! {
            <button type="button" class="btn quiet" data-act="look" aria-expanded=move || open().to_string() on:click=turn>
                {move || if open() { words.hide } else { words.look }}<span class="vh">": "{name}</span>
            </button>
            {move || {
                open().then(|| match failed.get() {
                    true => view! { <p class="notice wait" role="status">{words.look_failed}</p> }.into_any(),
                    false => {
                        view! { <img class="scan" src=source() alt=name on:error=move |_| failed.set(true)/> }.into_any()
                    }
                })
            }}
        }
        .into_any()
    };
    view! {
        <li data-document=document.id.clone()>
            <div>
                <b>{name}</b>
                {document.new.then(|| view! { " "<span class="badge ok">{words.came_after}</span> })}
                <br/>
                <span class="small">{document.name.clone()}" · "{about}" · "{moment(document.at)}</span>
            </div>
            {act}
        </li>
    }
    .into_any()
}
