//! The frame of the desk: sections, who one is, what went wrong, the help about keys.

use crate::browser;
use crate::keys::Keys;
use crate::queue::file_path;
use crate::session::{Session, is_lost, told};
use app::staff::api;
use app::text::Frame;
use app::text::counter::CounterWords;
use app::text::staff::{Desk, FileWords, NewcomerWords, Queue};
use app::text::verification::VerifyingWords;
use domain::staff::Power;
use leptos::html::Dialog;
use leptos::prelude::*;
use leptos_router::hooks::use_location;

pub fn header() -> AnyView {
    let (words, session) = (Desk::here(), Session::here());
    let Some(me) = session.me() else { return ().into_any() };
    let path = use_location().pathname;
    let sections = [
        ("/staff", words.queue, Power::Work),
        ("/staff/search", words.search, Power::Read),
        ("/staff/identities", VerifyingWords::here().title, Power::Verify),
        ("/staff/newcomers/phone", NewcomerWords::here().by_phone, Power::Enrol),
        ("/staff/newcomers/counter", NewcomerWords::here().at_counter, Power::Admit),
        ("/staff/counter", CounterWords::here().menu, Power::Admit),
        ("/staff/board", words.board, Power::Oversee),
        ("/staff/people", words.people, Power::Administer),
        ("/staff/partners", words.partners, Power::Administer),
        ("/staff/audit", app::text::staff::HouseWords::here().audit, Power::Audit),
    ];
    // The tab says which page it is; that of a file says so itself, once it is there.
    Effect::new(move |_| {
        let path = path.get();
        let path = path.trim_end_matches('/');
        let of = |to: &str| path == to || (to != "/staff" && path.starts_with(&format!("{to}/")));
        match sections.iter().find(|(to, ..)| of(to)) {
            Some((_, label, _)) => browser::title(label),
            None if path.starts_with(&file_path("")) => {}
            None => browser::title(words.title),
        }
    });
    let items = sections
        .into_iter()
        .filter(|(_, _, power)| me.may(*power))
        .map(|(to, label, _)| {
            let current = move || path.with(|p| p.trim_end_matches('/') == to).then_some("page");
            view! { <li><a href=to aria-current=current>{label}</a></li> }
        })
        .collect_view();
    let log_out = move |_| {
        leptos::task::spawn_local(async move {
            let _ = api::logout().await;
            session.leave(false);
        });
    };
    view! {
        <a class="skip" rel="external" href="#main">{Frame::here().skip}</a>
        <header class="top">
            <div class="wrap bar">
                <a class="brand" href="/staff">{Frame::here().brand}" · "{words.title}</a>
                <nav class="sections" aria-label=words.menu><ul class="plain row">{items}</ul></nav>
                <span class="small">{words.you}": "<b data-login="">{me.login}</b></span>
                <button type="button" class="btn quiet" on:click=log_out>{words.log_out}</button>
            </div>
        </header>
    }
    .into_any()
}

/// What went wrong with the last call, and what went well.
pub fn trouble() -> AnyView {
    let session = Session::here();
    view! {
        <div id="trouble" class="error-summary" role="alert" hidden=move || session.trouble.with(Option::is_none)>
            {move || {
                session
                    .trouble
                    .get()
                    .map(|e| {
                        view! {
                            <p data-code=e.code.to_string()>{told(&e)}" "<span class="num small">{e.code.to_string()}</span></p>
                            {is_lost(&e).then(again)}
                        }
                    })
            }}
        </div>
        <p class="saved" role="status" data-said="">{move || session.said.get()}</p>
    }
    .into_any()
}

/// Asks the server again at once, rather than after a while.
pub fn again() -> AnyView {
    let ask = move |_| leptos::task::spawn_local(Session::here().ask_again());
    view! { <p><button type="button" class="btn" data-act="again" on:click=ask>{Desk::of(browser::lang()).again}</button></p> }
        .into_any()
}

pub fn not_found() -> AnyView {
    let words = app::text::Missing::here();
    view! { <h1>{words.not_found_title}</h1><p>{words.not_found_text}</p> }.into_any()
}

/// A section that one's role does not open.
pub fn closed() -> AnyView {
    let words = Desk::here();
    view! { <h1>{words.title}</h1><div class="notice"><p>{words.no_right}</p></div> }.into_any()
}

/// «?»: which keys there are, and the switch for them.
pub fn help() -> AnyView {
    let (desk, words, queue, keys) = (Desk::here(), FileWords::here(), Queue::here(), Keys::here());
    let dialog = NodeRef::<Dialog>::new();
    let open = move || {
        if let Some(dialog) = dialog.get_untracked() {
            browser::show(&dialog);
        }
    };
    keys.listen(move |key| {
        let asked = key == "?";
        if asked {
            open();
        }
        asked
    });
    let close = move |_| {
        if let Some(dialog) = dialog.get_untracked() {
            dialog.close();
        }
    };
    let list = [
        ("j", words.key_down),
        ("k", words.key_up),
        ("o", words.key_open),
        ("n", queue.next),
        ("t", words.take),
        ("a", words.approve),
        ("q", words.ask),
        ("r", words.refuse),
        ("?", words.key_help),
        ("Esc", words.key_escape),
    ];
    view! {
        <footer class="wrap keys-foot">
            <button type="button" class="btn link" on:click=move |_| open()>{words.keys_title}" "<kbd>"?"</kbd></button>
        </footer>
        <dialog class="dialog flow" aria-labelledby="keys-title" node_ref=dialog>
            <h2 id="keys-title">{words.keys_title}</h2>
            <dl class="facts">
                {list.into_iter().map(|(key, what)| view! { <div><dt><kbd>{key}</kbd></dt><dd>{what}</dd></div> }).collect_view()}
            </dl>
            <label class="check">
                <input
                    type="checkbox"
                    id="keys-on"
                    prop:checked=move || keys.on.get()
                    on:change=move |event| keys.switch(event_target_checked(&event))
                />
                <span>{words.keys_switch}</span>
            </label>
            <div class="actions"><button type="button" class="btn" on:click=close>{desk.close}</button></div>
        </dialog>
    }
    .into_any()
}
