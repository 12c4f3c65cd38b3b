//! Receipts anyone may verify, without logging in.

pub mod api;
#[cfg(feature = "ssr")]
pub mod desk;
pub mod view;

use crate::applications::list::badge;
use crate::routes;
use crate::text::content::Content;
use crate::text::filing::{self, Filing};
use crate::ui::load::load;
use crate::ui::pieces::{self, facts, moment, text};
use crate::visitor::lang;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use view::Verification;

/// `/verify`: asks for the number; a GET that the server turns into `/verify/{receipt}`.
pub fn page() -> AnyView {
    let words = Content::here();
    let body = view! {
        <h1>{words.verify_title}</h1>
        <p>{words.verify_lead}</p>
        <form class="form" action=routes::VERIFY>
            <div class="field">
                <label for="receipt">{words.verify_label}</label>
                <span class="hint" id="receipt-hint">{words.verify_hint}</span>
                <input id="receipt" name="receipt" class="w-20" aria-describedby="receipt-hint" autocomplete="off"/>
            </div>
            <div class="actions"><button type="submit" class="btn primary">{words.verify_button}</button></div>
        </form>
    };
    pieces::page(words.verify_title, pieces::column(body.into_any()))
}

/// `/verify/{receipt}`.
pub fn one() -> AnyView {
    let words = Content::here();
    let receipt = use_params_map().with_untracked(|p| p.get("receipt")).unwrap_or_default();

    load(
        RwSignal::new(0),
        move || api::verify(receipt.clone()),
        move |v: Verification| {
            let rows = vec![
                (words.submitted, moment(v.submitted_at)),
                (words.state, badge(v.status)),
                (Filing::here().mailbox, text(filing::mailbox(lang(), v.mailbox).0)),
            ];
            let body = view! {
                <h1>{words.genuine}</h1>
                <div class="stamp flow">
                    <p class="eyebrow">{words.verify_label}</p>
                    <p class="stamp-no num">{v.number}</p>
                    {facts(rows)}
                </div>
                <p class="hint">{words.genuine_text}</p>
            };
            pieces::page(words.verify_title, pieces::column(body.into_any()))
        },
    )
}
