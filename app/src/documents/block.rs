//! Documents among other things: on the review step and on the card of an application.

use super::rows;
use super::view::Documents;
use crate::routes;
use crate::text::documents::{Papers, kind, kind_about};
use crate::visitor::lang;
use domain::documents::Kind;
use leptos::prelude::*;

/// The section, with a link to where documents are added. Nothing where there is nothing to say.
pub fn section(documents: &Documents) -> AnyView {
    let words = Papers::here();
    if documents.rows.is_empty() && !documents.may_add {
        return ().into_any();
    }
    let shown = if documents.rows.is_empty() {
        view! { <p class="hint">{words.list_empty}</p> }.into_any()
    } else {
        rows::readable(&documents.rows)
    };
    let link = documents.may_add.then(|| {
        view! { <a href=routes::documents(&documents.application_id)>{words.add_more}<span class="vh">": "{words.open}</span></a> }
    });
    view! {
        <section class="card flow" data-documents="">
            <div class="row apart"><h2>{words.open}</h2>{link}</div>
            {documents.missing.iter().map(|k| needed(*k)).collect_view()}
            {shown}
        </section>
    }
    .into_any()
}

/// A document that is needed: which, and what serves as one.
pub fn needed(missing: Kind) -> AnyView {
    let words = Papers::here();
    view! {
        <div class="notice wait" data-needed=missing.name()>
            <p><b>{words.needed}": "{kind(lang(), missing)}</b>" — "{kind_about(lang(), missing)}"."</p>
            <p>{if missing == Kind::AddressProof { words.needed_text } else { words.needed_other }}</p>
        </div>
    }
    .into_any()
}
