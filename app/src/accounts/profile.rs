//! `/cabinet/profile`: what the portal knows of its owner.

use super::api;
use super::cabinet::level;
use super::view::Profile;
use crate::text::accounts::Accounts;
use crate::ui::load::load_part;
use crate::ui::pieces::{self, facts, text};
use leptos::prelude::*;

pub fn page() -> AnyView {
    let words = Accounts::here();
    let shown = load_part(RwSignal::new(0), api::profile, move |p: Profile| {
        let state = if p.email_confirmed { words.confirmed } else { words.not_confirmed };
        facts(vec![
            (words.name, text(p.full_name)),
            (words.passport, text(p.passport)),
            (words.phone, text(p.phone)),
            (words.email, text(format!("{} ({state})", p.email))),
            (words.level, text(level(words, p.level))),
        ])
    });
    let body = view! { <h1>{words.profile}</h1>{shown} };
    pieces::page(words.profile, pieces::column(body.into_any()))
}
