//! `/applications/new`: what is needed, and the start.

use crate::routes;
use crate::text::filing::Filing;
use crate::ui::pieces;
use leptos::prelude::*;

/// A draft is a change, so it begins with a POST.
pub fn page() -> AnyView {
    let words = Filing::here();
    let body = view! {
        <h1>{words.service}</h1>
        <p>{words.new_text}</p>
        <form method="post" action=routes::NEW_APPLICATION>
            <button type="submit" class="btn primary" data-action="next">{words.start}</button>
        </form>
        <p><a href=routes::REHEARSAL>{words.rehearsal_title}</a></p>
    };
    pieces::page(words.new_title, pieces::column(body.into_any()))
}
