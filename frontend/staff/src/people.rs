//! Who works here, by four eyes; and what somebody did, for auditors.

use crate::forms::{field, refusal, select, send, submit};
use crate::frame;
use crate::session::Session;
use app::error::AppError;
use app::staff::api;
use app::staff::view::{Added, AuditRow, GrantRow, PersonRow, Secret};
use app::text::fields;
use app::text::staff::{Desk, HouseWords, power, role};
use app::ui::pieces::moment;
use app::visitor::lang;
use domain::Code;
use domain::staff::{Power, Role, Scope};
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
}

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
        send(self.busy, self.error, api::reset(login), move |added| {
            if added.is_some() {
                self.added.set(added);
            }
            self.refresh();
        });
    }

    /// One act on somebody, then the list anew.
    fn act(self, call: impl Future<Output = Result<(), AppError>> + 'static) {
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
    };
    staff.refresh();
    view! {
        <h1>{words.people_title}</h1>
        <p class="hint">{words.people_lead}</p>
        {refusal(staff.error)}
        {move || {
            staff
                .added
                .get()
                .map(|a| {
                    view! {
                        <div class="notice ok" role="status">
                            <p>{words.first_password}": "<b>{a.login}</b>" "<code data-first-password="">{a.password}</code></p>
                        </div>
                    }
                })
        }}
        {move || match staff.all.get() {
            None => view! { <p role="status">{Desk::here().loading}</p> }.into_any(),
            Some(all) => list(staff, all),
        }}
        {add(staff)}
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
                view! {
                    <button
                        type="button"
                        class="btn link"
                        on:click=move |_| staff.act(api::disable(login.clone(), !disabled))
                    >
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
                    <td>{propose(staff, p.id.clone())}{(!mine).then(|| identify(staff, p.id))}{reset}{switch}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <div class="table stack" role="region" aria-label=words.people_title tabindex="0">
            <table>
                <thead>
                    <tr>
                        <th scope="col">{words.clerk}</th>
                        <th scope="col">{words.grants}</th>
                        <td></td>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
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
            <b>{role(lang(), g.role)}</b>" · "{scope}{state}" "{confirm}
            {end}
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
                {control(fields::label(lang(), domain::Field::Snils), snils)}
                {control(fields::label(lang(), domain::Field::Phone), phone)}
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
    let on_submit = move |event: SubmitEvent| {
        event.prevent_default();
        match chosen(role, scope) {
            Ok((role, scope)) => staff.act(api::propose(id.clone(), role, scope)),
            Err(error) => staff.error.set(Some(error)),
        }
    };
    let options = Role::ALL
        .iter()
        .map(|r| view! { <option value=r.name()>{app::text::staff::role(lang(), *r)}</option> })
        .collect_view();
    view! {
        <details class="more">
            <summary>{words.propose}</summary>
            <form class="row" method="post" on:submit=on_submit>
                <select aria-label=words.role on:change=move |event| role.set(event_target_value(&event))>{options}</select>
                <input
                    aria-label=words.scope
                    class="w-20"
                    prop:value=move || scope.get()
                    on:input=move |event| scope.set(event_target_value(&event))
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
        match chosen(role, scope) {
            Ok((role, scope)) => {
                send(staff.busy, staff.error, api::add(login.get_untracked(), role, scope), move |added| {
                    login.set(String::new());
                    staff.added.set(Some(added));
                    staff.refresh();
                });
            }
            Err(error) => staff.error.set(Some(error)),
        }
    };
    view! {
        <section class="card flow" aria-labelledby="add">
            <h2 id="add">{words.add_title}</h2>
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

/// `/staff/audit`: acts of one member of staff, the newest first.
pub fn audit() -> AnyView {
    let session = Session::here();
    if !session.me().is_some_and(|me| me.may(Power::Audit)) {
        return frame::closed();
    }
    let words = HouseWords::here();
    let (login, rows) = (RwSignal::new(String::new()), RwSignal::new(None::<Vec<AuditRow>>));
    let (busy, error) = (RwSignal::new(false), RwSignal::new(None::<AppError>));
    let on_submit = move |event: SubmitEvent| {
        event.prevent_default();
        send(busy, error, api::audit(login.get_untracked()), move |found| rows.set(Some(found)));
    };
    let table = move |all: Vec<AuditRow>| {
        let rows = all
            .into_iter()
            .map(|r| {
                view! {
                    <tr>
                        <td>{moment(r.at)}</td>
                        <td>{r.act}</td>
                        <td class="num">{r.object}" "{r.detail}</td>
                    </tr>
                }
            })
            .collect_view();
        view! {
            <div class="table dense" role="region" aria-label=words.audit tabindex="0">
                <table>
                    <thead>
                        <tr>
                            <th scope="col">{words.when}</th>
                            <th scope="col">{words.what}</th>
                            <th scope="col">{words.about}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        }
    };
    view! {
        <h1>{words.audit}</h1>
        {refusal(error)}
        <form class="row" method="post" on:submit=on_submit>
            {field("audited", Desk::here().login, "text", "off", login)}
            <div class="actions">{submit(words.show, busy)}</div>
        </form>
        <div aria-live="polite">{move || rows.get().map(table)}</div>
        {export()}
    }
    .into_any()
}

/// Files for auditors: plain links of a form, which the browser saves while they come.
fn export() -> AnyView {
    let words = HouseWords::here();
    let what =
        [("applications", words.export_applications), ("acts", words.export_acts), ("staff", words.export_staff)];
    let (from, to) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let links = what
        .into_iter()
        .map(|(name, label)| {
            let link = move |ending: &'static str| {
                let href = move || format!("/staff/export/{name}.{ending}?from={}&to={}", from.get(), to.get());
                let file = format!("{name}.{ending}");
                view! { " "<a class="btn" rel="external" download=file href=href>{ending.to_uppercase()}<span class="vh">" "{label}</span></a> }
            };
            view! { <li>{label}{link("csv")}{link("json")}</li> }
        })
        .collect_view();
    view! {
        <section class="card flow" aria-labelledby="export">
            <h2 id="export">{words.export_title}</h2>
            <p class="hint">{words.export_lead}</p>
            <div class="row">
                {field("export_from", words.export_from, "date", "off", from)}
                {field("export_to", words.export_to, "date", "off", to)}
            </div>
            <ul class="plain flow" aria-label=words.export_what>{links}</ul>
        </section>
    }
    .into_any()
}
