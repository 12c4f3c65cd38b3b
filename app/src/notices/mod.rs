//! `/cabinet/notifications` (NTF-1 … NTF-3): what one is told by which channel, when SMS keep quiet, and what became of each
//! notice. A plain form: it works without scripts, and with them too.

pub mod api;
#[cfg(feature = "ssr")]
pub mod desk;
pub mod view;

use crate::browser;
use crate::routes;
use crate::text::FormWords;
use crate::text::notices::{Notices, channel, kind, state, template};
use crate::ui::form::Replay;
use crate::ui::load::load_part;
use crate::ui::pieces::{self, clock_text, moment};
use crate::visitor::lang;
use domain::notices::{Channel, Kind};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use view::{Device, Page, Sent};

pub fn page() -> AnyView {
    let words = Notices::here();
    let said = use_query_map().with_untracked(|q| {
        let push = q.get("push").map(|on| if on == "1" { words.push_on } else { words.push_off });
        q.get("saved").map(|_| words.saved).or(push)
    });
    let refused = use_context::<StoredValue<Option<Replay>>>()
        .and_then(|told| told.with_value(|t| t.as_ref().filter(|r| r.path == routes::NOTICES)?.error.clone()));
    let note = match (refused, said) {
        (Some(error), _) => {
            let about = routes::error(error.code);
            view! {
                <div id="error-summary" class="error-summary" role="alert" tabindex="-1">
                    <p>{error.message}</p>
                    <p><a href=about>{FormWords::here().what_means}</a></p>
                </div>
            }
            .into_any()
        }
        (None, Some(said)) => view! { <div class="notice ok" role="status"><p>{said}</p></div> }.into_any(),
        (None, None) => ().into_any(),
    };
    let shown = load_part(RwSignal::new(0), api::mine, move |page: Page| {
        let (form, devices, log) = (form(&page), devices(page.push_key, page.devices), log(page.sent));
        view! { {form} {devices} {log} }.into_any()
    });
    let body = view! {
        {pieces::in_cabinet()}
        <h1>{words.title}</h1>
        <p>{words.lead}</p>
        {note}
        {shown}
    };
    pieces::page(words.title, pieces::column(body.into_any()))
}

/// One choice of a list: its value, its words, and whether it is the one in force.
fn choice(id: &'static str, label: &'static str, options: Vec<(String, String, bool)>) -> AnyView {
    let options = options
        .into_iter()
        .map(|(value, words, chosen)| view! { <option value=value selected=chosen>{words}</option> })
        .collect_view();
    view! {
        <div class="field">
            <label for=id>{label}</label>
            <div class="select"><select id=id name=id>{options}</select></div>
        </div>
    }
    .into_any()
}

fn form(page: &Page) -> AnyView {
    let words = Notices::here();
    let chosen = &page.chosen;
    let kinds = Kind::ALL.iter().map(|k| boxes(*k, &chosen.on)).collect_view();
    let hours = |chosen: Option<u8>| {
        let hour = move |h: u8| (h.to_string(), format!("{h:02}:00"), chosen == Some(h));
        std::iter::once((String::new(), words.never.to_owned(), chosen.is_none())).chain((0..24).map(hour)).collect()
    };
    let (from, to) = (hours(chosen.quiet_from), hours(chosen.quiet_to));
    view! {
        <form class="form flow" method="post" action=routes::NOTICES id="notices-form">
            {kinds}
            <p class="hint">{words.needed}</p>
            <fieldset class="flow">
                <legend>{words.quiet}</legend>
                <p class="hint">{words.quiet_about}</p>
                <div class="row">{choice("quiet_from", words.quiet_from, from)}{choice("quiet_to", words.quiet_to, to)}</div>
            </fieldset>
            <p class="hint">{words.always}</p>
            <div class="actions"><button type="submit" class="btn primary" data-action="submit">{words.save}</button></div>
        </form>
    }
    .into_any()
}

/// One kind of notices, and the channels it may take.
fn boxes(of: Kind, on: &[(Kind, Channel)]) -> AnyView {
    let boxes = Channel::ALL
        .iter()
        .map(|by| {
            let id = format!("{}-{}", of.name(), by.name());
            view! {
                <label class="check" for=id.clone()>
                    <input id=id.clone() name=of.name() type="checkbox" value=by.name() checked=on.contains(&(of, *by))/>
                    <span>{channel(lang(), *by)}</span>
                </label>
            }
        })
        .collect_view();
    view! { <fieldset><legend>{kind(lang(), of)}</legend><div class="row">{boxes}</div></fieldset> }.into_any()
}

/// Browsers that are told, and the way to connect this one. What `push.js` knows of this browser stands at the root of the
/// document; styles show what fits.
fn devices(key: String, all: Vec<Device>) -> AnyView {
    browser::script("/push.js");
    let words = Notices::here();
    let rows = all
        .into_iter()
        .map(|d| {
            let reached = d.reached_at.map(|at| view! { <p class="hint">{words.device_reached}" "{moment(at)}</p> });
            view! {
                <li class="card flow tight" data-device=d.id.clone()>
                    <h3>{d.label.clone()}<span data-device-here="" hidden>" · "{words.device_here}</span></h3>
                    <p class="hint">{words.device_added}" "{moment(d.added_at)}</p>
                    {reached}
                    {pieces::post_button(routes::forget_device(&d.id), "btn", words.device_forget)}
                </li>
            }
        })
        .collect_view();
    view! {
        <section class="flow" aria-labelledby="devices" data-push-box=key>
            <h2 id="devices">{words.devices}</h2>
            <p>{words.devices_about}</p>
            <ul class="plain flow">{rows}</ul>
            <p data-push="none">{words.push_none}</p>
            <p data-push="denied">{words.push_denied}</p>
            <p class="error" role="alert" data-push-said="" data-failed=words.push_failed></p>
            <p data-push="off"><button type="button" class="btn" data-push-add="">{words.push_add}</button></p>
        </section>
    }
    .into_any()
}

fn log(sent: Vec<Sent>) -> AnyView {
    let words = Notices::here();
    if sent.is_empty() {
        return view! { <h2>{words.log}</h2><p class="hint">{words.nothing_sent}</p> }.into_any();
    }
    let rows = sent
        .into_iter()
        .map(|n| {
            let waits = n.after.map(|at| format!(" {} {}", words.until, clock_text(at)));
            view! {
                <tr data-state=n.state.name()>
                    <td data-label=words.when>{moment(n.at)}</td>
                    <td data-label=words.what>{template(lang(), &n.template)}" "<span class="num">{n.number}</span></td>
                    <td data-label=words.how>{channel(lang(), n.channel)}</td>
                    <td data-label=words.state>{state(lang(), n.state)}{waits}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <h2 id="sent">{words.log}</h2>
            <div class="table stack" role="region" aria-labelledby="sent" tabindex="0">
                <table>
                    <thead>
                        <tr>
                            <th scope="col">{words.when}</th>
                            <th scope="col">{words.what}</th>
                            <th scope="col">{words.how}</th>
                            <th scope="col">{words.state}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
    }
    .into_any()
}
