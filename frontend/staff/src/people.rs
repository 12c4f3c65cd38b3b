//! Who works here, by four eyes.

use crate::browser;
use crate::confirm::Confirm;
use crate::forms::{field, refusal_at, select, send, submit};
use crate::frame;
use crate::session::Session;
use crate::table::table;
use app::error::AppError;
use app::staff::api;
use app::staff::view::{Added, GrantRow, PersonRow, Secret};
use app::text::fields;
use app::text::staff::{Desk, HouseWords, power, role};
use app::visitor::lang;
use domain::staff::{Power, Role, Scope};
use domain::{Code, Field};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

/// What the page of staff has in hand.
#[derive(Clone, Copy)]
struct Staff {
    session: Session,
    all: RwSignal<Option<Vec<PersonRow>>>,
    added: RwSignal<Option<Added>>,
    busy: RwSignal<bool>,
    error: RwSignal<Option<AppError>>,
    /// The form that asked last: its refusal stands there. Empty: none, it was a button of the list.
    at: RwSignal<String>,
    confirm: Confirm,
}

/// The form of a new member.
const ADD: &str = "add";

impl Staff {
    fn refresh(self) {
        leptos::task::spawn_local(async move {
            if let Some(all) = self.session.keep(api::people().await) {
                let _ = self.all.try_set(Some(all));
            }
        });
    }

    /// Asks for a new start of somebody, or agrees: then there is a first password to hand over.
    fn reset(self, login: String) {
        self.at.set(String::new());
        send(self.busy, self.error, api::reset(login), move |added| {
            if let Some(added) = added {
                self.hand_out(added);
            }
            self.refresh();
        });
    }

    /// A password that is shown once, wherever on the page it was asked for.
    fn hand_out(self, added: Added) {
        self.added.set(Some(added));
        browser::show_part("added");
    }

    /// One act on somebody, then the list anew.
    fn act(self, call: impl Future<Output = Result<(), AppError>> + 'static) {
        self.act_in(String::new(), call);
    }

    /// The same of a form.
    fn act_in(self, form: String, call: impl Future<Output = Result<(), AppError>> + 'static) {
        self.at.set(form);
        send(self.busy, self.error, call, move |()| self.refresh());
    }
}

pub fn page() -> AnyView {
    let session = Session::here();
    if !session.me().is_some_and(|me| me.may(Power::Administer)) {
        return frame::closed();
    }
    let words = HouseWords::here();
    let staff = Staff {
        session,
        all: RwSignal::new(None),
        added: RwSignal::new(None),
        busy: RwSignal::new(false),
        error: RwSignal::new(None),
        at: RwSignal::new(String::new()),
        confirm: Confirm::new(),
    };
    staff.refresh();
    view! {
        <h1>{words.people_title}</h1>
        <p class="hint">{words.people_lead}</p>
        {refusal_at(staff.error, staff.at, String::new(), |_| None)}
        {move || {
            staff
                .added
                .get()
                .map(|a| {
                    view! {
                        <div class="notice ok" role="status">
                            <h2 id="added" class="step" tabindex="-1">{words.first_password}</h2>
                            <p><b>{a.login}</b>" "<code data-first-password="">{a.password}</code></p>
                        </div>
                    }
                })
        }}
        {move || match staff.all.get() {
            None => view! { <p role="status">{Desk::here().loading}</p> }.into_any(),
            Some(all) => list(staff, all),
        }}
        {add(staff)}
        {staff.confirm.view()}
    }
    .into_any()
}

fn list(staff: Staff, all: Vec<PersonRow>) -> AnyView {
    let words = HouseWords::here();
    let me = staff.session.me().map(|me| me.login).unwrap_or_default();
    let rows = all
        .into_iter()
        .map(|p| {
            let (login, disabled) = (p.login.clone(), p.disabled);
            let switch = (p.login != me).then(|| {
                let label = if disabled { words.enable } else { words.disable };
                let act = move |login: &str| staff.act(api::disable(login.to_owned(), !disabled));
                let switch = move |_| {
                    let login = login.clone();
                    match disabled {
                        true => act(&login),
                        false => staff.confirm.ask(words.disable_title, login.clone(), Desk::of(browser::lang()).disable_lead, words.disable, move || act(&login)),
                    }
                };
                view! {
                    <button type="button" class="btn link" data-act="switch" on:click=switch>
                        {label}<span class="vh">" "{p.login.clone()}</span>
                    </button>
                }
            });
            let (login, asked) = (p.login.clone(), p.reset_by.is_some());
            let reset = p.mine_to_reset.then(|| {
                let label = if asked { words.reset_agree } else { words.reset };
                view! {
                    <button type="button" class="btn link" data-act="reset" on:click=move |_| staff.reset(login.clone())>
                        {label}<span class="vh">" "{p.login.clone()}</span>
                    </button>
                }
            });
            let (login, mine) = (p.login.clone(), p.login == me);
            view! {
                <tr data-login-row=login.clone()>
                    <th scope="row">
                        {login.clone()}
                        {p.disabled.then(|| view! { " "<span class="badge bad">{words.disabled}</span> })}
                        {(!p.identified).then(|| view! { " "<span class="badge wait">{words.not_identified}</span> })}
                        {(!p.enrolled).then(|| view! { " "<span class="badge wait">{words.not_enrolled}</span> })}
                        {p.reset_by.map(|by| view! { " "<span class="badge wait" data-reset="">{words.reset_by}" "{by}</span> })}
                    </th>
                    <td data-label=words.grants><ul class="plain">{p.grants.into_iter().map(|g| grant(staff, g)).collect_view()}</ul></td>
                    <td>{propose(staff, p.id.clone())}{(!mine).then(|| identify(staff, p.id))}<div class="row">{reset}{switch}</div></td>
                </tr>
            }
        })
        .collect_view();
    table("stack", words.people_title, &[words.clerk, words.grants, ""], rows.into_any())
}

fn grant(staff: Staff, g: GrantRow) -> AnyView {
    let words = HouseWords::here();
    let scope = if g.scope_words.is_empty() { words.everywhere.to_owned() } else { g.scope_words.clone() };
    let state = match (g.confirmed_by, g.ending_by.clone()) {
        (Some(_), None) => ().into_any(),
        (Some(_), Some(by)) => view! { " "<span class="badge wait" data-ending="">{words.ending_by}" "{by}</span> }.into_any(),
        (None, _) => view! {
            " "<span class="badge wait">{words.waits_second}</span>" "<span class="small">{words.proposed_by}" "{g.proposed_by}</span>
        }
        .into_any(),
    };
    let (id, ended) = (g.id.clone(), g.id.clone());
    let confirm = g.mine_to_confirm.then(|| {
        view! {
            <button type="button" class="btn" data-act="confirm" on:click=move |_| staff.act(api::confirm(id.clone()))>
                {words.confirm}
            </button>
        }
    });
    let label = if g.ending_by.is_some() { words.end_agree } else { words.end };
    let end = g.mine_to_end.then(|| {
        view! {
            <button type="button" class="btn link" data-act="end" on:click=move |_| staff.act(api::end(ended.clone()))>
                {label}<span class="vh">" "{role(lang(), g.role)}</span>
            </button>
        }
    });
    view! {
        <li data-grant=g.role.name()>
            <b>{role(lang(), g.role)}</b>" · "{scope}{state}" "{confirm}" "{end}
        </li>
    }
    .into_any()
}

fn roles() -> Vec<(String, String)> {
    let about = |r: &Role| {
        let powers: Vec<_> = r.powers().iter().map(|p| power(lang(), *p)).collect();
        (r.name().to_owned(), format!("{}: {}", role(lang(), *r), powers.join(", ")))
    };
    Role::ALL.iter().map(about).collect()
}

/// A role and a scope as typed; a scope that is none is refused beside the form.
fn chosen(role: RwSignal<String>, scope: RwSignal<String>) -> Result<(Role, Scope), AppError> {
    let found = Role::from_name(&role.get_untracked()).zip(Scope::from_name(scope.get_untracked().trim()));
    found.ok_or_else(|| AppError::local(Code::UnknownChoice))
}

/// Who somebody is as a citizen: their own application is kept from them.
fn identify(staff: Staff, id: String) -> AnyView {
    let words = HouseWords::here();
    let (snils, phone) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let on_submit = move |event: SubmitEvent| {
        event.prevent_default();
        let (id, typed) = (id.clone(), [snils, phone].map(|s| Secret(s.get_untracked())));
        let [by_snils, by_phone] = typed;
        snils.set(String::new());
        phone.set(String::new());
        staff.act(api::identify(id, by_snils, by_phone));
    };
    let control = |label: &'static str, value: RwSignal<String>| {
        view! {
            <input
                aria-label=label
                placeholder=label
                class="w-20"
                autocomplete="off"
                inputmode="numeric"
                prop:value=move || value.get()
                on:input=move |event| value.set(event_target_value(&event))
            />
        }
        .into_any()
    };
    view! {
        <details class="more">
            <summary>{words.identify}</summary>
            <p class="hint">{words.identify_hint}</p>
            <form class="row" method="post" data-identify="" on:submit=on_submit>
                {control(fields::label(lang(), Field::Snils), snils)}
                {control(fields::label(lang(), Field::Phone), phone)}
                <button type="submit" class="btn">{Desk::here().save}</button>
            </form>
        </details>
    }
    .into_any()
}

/// A right for somebody who is there.
fn propose(staff: Staff, id: String) -> AnyView {
    let words = HouseWords::here();
    let (role, scope) = (RwSignal::new(Role::Operator.name().to_owned()), RwSignal::new(Scope::Everywhere.name()));
    let control = StoredValue::new(format!("scope-{id}"));
    let on_submit = move |event: SubmitEvent| {
        event.prevent_default();
        match chosen(role, scope) {
            Ok((role, scope)) => staff.act_in(control.get_value(), api::propose(id.clone(), role, scope)),
            Err(error) => {
                staff.at.set(control.get_value());
                staff.error.set(Some(error));
            }
        }
    };
    let wrong = move |e: &AppError| (e.code == Code::UnknownChoice).then(|| control.get_value());
    let options = Role::ALL
        .iter()
        .map(|r| view! { <option value=r.name()>{app::text::staff::role(lang(), *r)}</option> })
        .collect_view();
    view! {
        <details class="more">
            <summary>{words.propose}</summary>
            {refusal_at(staff.error, staff.at, control.get_value(), wrong)}
            <form class="row" method="post" on:submit=on_submit>
                <select aria-label=words.role on:change=move |event| role.set(event_target_value(&event))>{options}</select>
                <input
                    id=control.get_value()
                    aria-label=words.scope
                    class="w-20"
                    prop:value=move || scope.get()
                    on:input=move |event| {
                        control.with_value(|id| browser::mark(id, false));
                        scope.set(event_target_value(&event));
                    }
                />
                <button type="submit" class="btn">{words.propose}</button>
            </form>
        </details>
    }
    .into_any()
}

fn add(staff: Staff) -> AnyView {
    let words = HouseWords::here();
    let (login, role) = (RwSignal::new(String::new()), RwSignal::new(Role::Operator.name().to_owned()));
    let scope = RwSignal::new(Scope::Everywhere.name());
    let on_submit = move |event: SubmitEvent| {
        event.prevent_default();
        staff.at.set(ADD.to_owned());
        match chosen(role, scope) {
            Ok((role, scope)) => {
                send(staff.busy, staff.error, api::add(login.get_untracked(), role, scope), move |added| {
                    login.set(String::new());
                    staff.hand_out(added);
                    staff.refresh();
                });
            }
            Err(error) => staff.error.set(Some(error)),
        }
    };
    let wrong = |e: &AppError| match (e.code, e.fields.first().map(|m| m.field)) {
        (Code::UnknownChoice, _) => Some("new_scope".to_owned()),
        (_, Some(Field::Login)) => Some("new_login".to_owned()),
        _ => None,
    };
    view! {
        <section class="card flow" aria-labelledby="add">
            <h2 id="add">{words.add_title}</h2>
            {refusal_at(staff.error, staff.at, ADD.to_owned(), wrong)}
            <form class="form" method="post" on:submit=on_submit>
                {field("new_login", Desk::here().login, "text", "off", login)}
                {select("new_role", words.role, roles(), role)}
                {field("new_scope", words.scope, "text", "off", scope)}
                <p class="hint">{words.scope_hint}</p>
                <div class="actions">{submit(words.add, staff.busy)}</div>
            </form>
        </section>
    }
    .into_any()
}
