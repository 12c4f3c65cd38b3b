//! `/cabinet/profile`: what the portal knows of its owner.

use super::api;
use super::cabinet::level;
use super::view::Profile;
use crate::routes;
use crate::text::accounts::{Accounts, OwnData};
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
    let body = view! {
        {pieces::in_cabinet()}
        <h1>{words.profile}</h1>
        {shown}
        <ul>
            <li><a href=routes::DATA_CORRECT>{OwnData::here().correct}</a></li>
            <li><a href=routes::CONTACTS>{OwnData::here().change_contacts}</a></li>
            <li><a href=routes::DATA>{OwnData::here().delete_account}</a></li>
        </ul>
    };
    pieces::page(words.profile, pieces::column(body.into_any()))
}
