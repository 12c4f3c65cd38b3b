//! Reasons of a question or a refusal: what it is about, the code to look up, and what mends it.

use crate::routes;
use crate::text::{codes, fields};
use crate::visitor::lang;
use domain::applications::Reason;
use leptos::prelude::*;

/// `remedies` stand beside the reasons, in their order; there may be none.
pub fn list(all: &[Reason], remedies: &[String]) -> AnyView {
    let items = all
        .iter()
        .enumerate()
        .map(|(n, r)| {
            let names: Vec<_> = r.fields.iter().map(|f| fields::label(lang(), *f)).collect();
            view! {
                <li>
                    <b>{names.join(", ")}</b>
                    {(!names.is_empty()).then_some(": ")}
                    {codes::message(lang(), r.code)}" "
                    <a href=routes::error(r.code)>{r.code.to_string()}</a>
                    {remedies.get(n).cloned().map(|text| view! { <p class="hint" data-remedy="">{text}</p> })}
                </li>
            }
        })
        .collect_view();
    view! { <ul>{items}</ul> }.into_any()
}
