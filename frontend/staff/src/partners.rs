//! Partners that are told of events, and the log of what they were told.

use crate::browser;
use crate::confirm::Confirm;
use crate::forms::{field, refusal, refusal_at, send, submit};
use crate::frame;
use crate::session::Session;
use crate::table::table;
use app::error::AppError;
use app::staff::api;
use app::staff::view::{DeliveryPage, DeliveryRow, NewPartner, PartnerRow};
use app::text::staff::{Desk, HouseWords, Queue};
use app::ui::pieces::moment;
use domain::Code;
use domain::staff::{DeliveryState, Event, Power};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

/// What the page of partners has in hand.
#[derive(Clone, Copy)]
struct Partners {
    session: Session,
    all: RwSignal<Option<Vec<PartnerRow>>>,
    added: RwSignal<Option<NewPartner>>,
    busy: RwSignal<bool>,
    error: RwSignal<Option<AppError>>,
    /// The form that asked last: its refusal stands there. Empty: none, it was a button of the list.
    at: RwSignal<String>,
    confirm: Confirm,
}

/// The form of a new partner.
const ADD: &str = "add";

impl Partners {
    fn refresh(self) {
        leptos::task::spawn_local(async move {
            if let Some(all) = self.session.keep(api::partners().await) {
                let _ = self.all.try_set(Some(all));
            }
        });
    }

    fn act(self, call: impl Future<Output = Result<(), AppError>> + 'static) {
        self.at.set(String::new());
        send(self.busy, self.error, call, move |()| self.refresh());
    }
}

pub fn page() -> AnyView {
    let session = Session::here();
    if !session.me().is_some_and(|me| me.may(Power::Administer)) {
        return frame::closed();
    }
    let words = HouseWords::here();
    let partners = Partners {
        session,
        all: RwSignal::new(None),
        added: RwSignal::new(None),
        busy: RwSignal::new(false),
        error: RwSignal::new(None),
        at: RwSignal::new(String::new()),
        confirm: Confirm::new(),
    };
    partners.refresh();
    let added = move || {
        partners.added.get().map(|new| {
            view! {
                <div class="notice ok" role="status">
                    <h2 id="added" class="step" tabindex="-1">{words.partner_secret}</h2>
                    <p><code data-secret="">{new.secret}</code></p>
                </div>
            }
        })
    };
    view! {
        <h1>{words.partners_title}</h1>
        <p class="hint">{words.partners_lead}</p>
        {refusal_at(partners.error, partners.at, String::new(), |_| None)}
        {added}
        {move || match partners.all.get() {
            None => view! { <p role="status">{Desk::here().loading}</p> }.into_any(),
            Some(all) if all.is_empty() => view! { <p>{words.partner_none}</p> }.into_any(),
            Some(all) => list(partners, all),
        }}
        {add(partners)}
        {partners.confirm.view()}
    }
    .into_any()
}

fn list(partners: Partners, all: Vec<PartnerRow>) -> AnyView {
    let words = HouseWords::here();
    let rows = all
        .into_iter()
        .map(|p| {
            let (switched, removed, off) = (p.id.clone(), p.id.clone(), p.disabled);
            let name = p.name.clone();
            let remove = move |_| {
                let id = removed.clone();
                let act = move || partners.act(api::remove_partner(id.clone()));
                partners.confirm.ask(words.remove_title, name.clone(), Desk::of(browser::lang()).confirm_lead, words.remove, act);
            };
            let label = if off { words.enable } else { words.disable };
            let events = p.events.iter().map(|e| view! { <li>{e.name()}</li> }).collect_view();
            let failures = (p.failures > 0).then(|| view! { " "<span class="badge bad">{words.partner_failed}" "{p.failures}</span> });
            view! {
                <tr data-partner=p.name.clone()>
                    <th scope="row">
                        <a href=format!("/staff/partners/{}", p.id)>{p.name.clone()}</a>
                        {off.then(|| view! { " "<span class="badge bad">{words.partner_off}</span> })}
                        {failures}
                    </th>
                    <td data-label=words.partner_url>{p.url}</td>
                    <td data-label=words.partner_events><ul class="plain">{events}</ul></td>
                    <td><div class="row">
                        <button type="button" class="btn link" data-act="switch" on:click=move |_| partners.act(api::switch_partner(switched.clone(), off))>
                            {label}<span class="vh">" "{p.name.clone()}</span>
                        </button>
                        <button type="button" class="btn link" data-act="remove" on:click=remove>
                            {words.remove}<span class="vh">" "{p.name.clone()}</span>
                        </button>
                    </div>
                    </td>
                </tr>
            }
        })
        .collect_view();
    table(
        "stack",
        words.partners_title,
        &[words.partner_name, words.partner_url, words.partner_events, ""],
        rows.into_any(),
    )
}

fn add(partners: Partners) -> AnyView {
    let words = HouseWords::here();
    let (name, url) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let chosen = RwSignal::new(Event::ALL.to_vec());
    let on_submit = move |event: SubmitEvent| {
        event.prevent_default();
        partners.at.set(ADD.to_owned());
        let call = api::add_partner(name.get_untracked(), url.get_untracked(), chosen.get_untracked());
        send(partners.busy, partners.error, call, move |new| {
            name.set(String::new());
            url.set(String::new());
            partners.added.set(Some(new));
            browser::show_part("added");
            partners.refresh();
        });
    };
    let wrong = move |e: &AppError| match e.code {
        Code::PartnerAddress => Some("partner_url".to_owned()),
        Code::PartnerIncomplete if name.get_untracked().trim().is_empty() => Some("partner_name".to_owned()),
        _ => None,
    };
    let events = Event::ALL
        .iter()
        .map(|event| {
            let switch = move |on: bool| {
                chosen.update(|all| {
                    all.retain(|e| e != event);
                    if on {
                        all.push(*event);
                    }
                });
            };
            view! {
                <label class="check">
                    <input
                        type="checkbox"
                        prop:checked=move || chosen.with(|all| all.contains(event))
                        on:change=move |e| switch(event_target_checked(&e))
                    />
                    <span>{event.name()}</span>
                </label>
            }
        })
        .collect_view();
    view! {
        <section class="card flow" aria-labelledby="add">
            <h2 id="add">{words.partner_add}</h2>
            {refusal_at(partners.error, partners.at, ADD.to_owned(), wrong)}
            <form class="form" method="post" on:submit=on_submit>
                {field("partner_name", words.partner_name, "text", "off", name)}
                {field("partner_url", words.partner_url, "url", "off", url)}
                <fieldset class="flow"><legend>{words.partner_events}</legend>{events}</fieldset>
                <div class="actions">{submit(words.add, partners.busy)}</div>
            </form>
        </section>
    }
    .into_any()
}

/// `/staff/partners/{id}`: what was told, newest first, and again on request.
pub fn log() -> AnyView {
    let session = Session::here();
    if !session.me().is_some_and(|me| me.may(Power::Administer)) {
        return frame::closed();
    }
    let words = HouseWords::here();
    let id = StoredValue::new(use_params_map().with_untracked(|p| p.get("id")).unwrap_or_default());
    let page = RwSignal::new(None::<DeliveryPage>);
    let (busy, error) = (RwSignal::new(false), RwSignal::new(None::<AppError>));
    let load = move |further: bool| {
        let last = page.with_untracked(|p| p.as_ref()?.rows.last().map(|r| (r.created_at, r.id.clone())));
        let after = last.filter(|_| further);
        send(busy, error, api::deliveries(id.get_value(), after), move |found| {
            page.update(|page| match page {
                Some(page) if further => {
                    page.rows.extend(found.rows);
                    page.more = found.more;
                }
                _ => *page = Some(found),
            });
        });
    };
    load(false);
    let again = move |delivery: String| send(busy, error, api::redeliver(delivery), move |()| load(false));
    let shown = move || {
        page.get().map(|page| {
            if page.rows.is_empty() {
                return view! { <p>{words.nothing_told}</p> }.into_any();
            }
            let rows = page.rows.into_iter().map(|r| row(r, again)).collect_view();
            let columns = [words.when, words.event, words.attempts, words.answered, ""];
            view! {
                {table("dense stack", words.partner_log, &columns, rows.into_any())}
                {page.more.then(|| view! { <button type="button" class="btn" on:click=move |_| load(true)>{Queue::here().more}</button> })}
            }
            .into_any()
        })
    };
    view! {
        <h1>{words.partner_log}</h1>
        <p><a href="/staff/partners">{words.partners_title}</a></p>
        {refusal(error)}
        <div aria-live="polite">{shown}</div>
    }
    .into_any()
}

fn row(r: DeliveryRow, again: impl Fn(String) + Copy + 'static) -> AnyView {
    let words = HouseWords::here();
    let (class, state) = match r.state {
        DeliveryState::Delivered => ("badge ok", words.told),
        DeliveryState::Waiting => ("badge wait", words.waits),
        DeliveryState::Failed => ("badge bad", words.given_up),
    };
    let answer = r.answer.map(|a| a.to_string()).or(r.problem).unwrap_or_default();
    let button = (r.state != DeliveryState::Waiting).then(|| {
        let id = r.id.clone();
        view! {
            <button type="button" class="btn link" data-act="redeliver" on:click=move |_| again(id.clone())>
                {words.redeliver}<span class="vh">" "{r.id.clone()}</span>
            </button>
        }
    });
    view! {
        <tr data-delivery=r.state.name()>
            <td data-label=words.when>{moment(r.tried_at.unwrap_or(r.created_at))}</td>
            <td data-label=words.event>
                <details class="more"><summary>{r.event}</summary><code class="small">{r.body}</code></details>
            </td>
            <td data-label=words.attempts class="num">{r.attempts}</td>
            <td data-label=words.answered><span class=class>{state}</span>" "<span class="num">{answer}</span></td>
            <td>{button}</td>
        </tr>
    }
    .into_any()
}
