//! `/cabinet/mailboxes` and `/cabinet/mailboxes/{id}`. Plain forms: they need no script.

use super::api;
use super::view::{InvitationRow, Mailbox, MailboxRow, MemberRow, Mine};
use crate::routes;
use crate::text::FormWords;
use crate::text::filing;
use crate::text::mailboxes::{Mailboxes, role};
use crate::ui::field::{field, select};
use crate::ui::form::{Form, error_summary};
use crate::ui::load::{load, load_part};
use crate::ui::pieces::{self, facts, moment, post_button, text};
use crate::visitor::lang;
use domain::mailboxes::Role;
use domain::{Field, FieldErrors, Values};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

const FIELDS: &[Field] = &[Field::MemberContact, Field::MemberRole];

pub fn list() -> AnyView {
    let words = Mailboxes::here();
    let shown = load_part(RwSignal::new(0), api::mine, |mine: Mine| {
        let invitations = mine.invitations.into_iter().map(invitation).collect_view();
        let rows = mine.mailboxes.iter().map(row).collect_view();
        let none = mine.mailboxes.is_empty().then(|| {
            let way = view! { <a class="btn primary" href=routes::NEW_APPLICATION>{words.open_one}</a> };
            pieces::empty(words.empty_title, words.empty_text, way.into_any())
        });
        view! { {invitations} {none} {rows} }.into_any()
    });
    let body = view! { <h1>{words.title}</h1>{shown} };
    pieces::page(words.title, pieces::column(body.into_any()))
}

fn row(row: &MailboxRow) -> AnyView {
    view! {
        <section class="card flow tight" data-mailbox=row.number.clone()>
            <h2><a href=routes::mailbox(&row.id)>{filing::mailbox(lang(), row.kind).0}" "<span class="num">{row.number.clone()}</span></a></h2>
            {about(row)}
        </section>
    }
    .into_any()
}

fn about(row: &MailboxRow) -> AnyView {
    let words = Mailboxes::here();
    let mut rows = vec![(words.role, text(role(lang(), row.role))), (words.opened, moment(row.opened_at))];
    if let Some(office) = row.office.clone() {
        rows.push((filing::Filing::here().office, text(office)));
    }
    facts(rows)
}

fn invitation(row: InvitationRow) -> AnyView {
    let words = Mailboxes::here();
    let act = |act: &str| routes::invitation(&row.id, act);
    view! {
        <section class="card now flow tight" data-invitation=row.number.clone()>
            <h2>{words.invited}" "<span class="num">{row.number.clone()}</span></h2>
            <p>{words.role}": "{role(lang(), row.role)}". "{words.invited_until}" "{moment(row.until)}"."</p>
            <div class="row">
                {post_button(act("accept"), "btn primary", words.accept)}
                {post_button(act("decline"), "btn quiet", words.decline)}
            </div>
        </section>
    }
    .into_any()
}

pub fn page() -> AnyView {
    let id = use_params_map().with_untracked(|p| p.get("id")).unwrap_or_default();
    load(RwSignal::new(0), move || api::one(id.clone()), show)
}

fn show(mailbox: Mailbox) -> AnyView {
    let words = Mailboxes::here();
    let title = format!("{} {}", filing::mailbox(lang(), mailbox.row.kind).0, mailbox.row.number);
    let members = (mailbox.row.role.manages() && mailbox.row.kind == domain::applications::MailboxKind::Corporate)
        .then(|| members(&mailbox));
    let leave = (!mailbox.row.role.manages())
        .then(|| post_button(routes::mailbox(&mailbox.row.id) + "?act=leave", "btn link", words.leave));
    let main = view! {
        <p class="eyebrow">{words.title}</p>
        <h1>{filing::mailbox(lang(), mailbox.row.kind).0}" "<span class="num">{mailbox.row.number.clone()}</span></h1>
        <div class="card" data-role=mailbox.row.role.name()>{about(&mailbox.row)}</div>
        {members}
        {leave}
        <p><a class="btn quiet" href=routes::MAILBOXES>{words.back}</a></p>
    };
    pieces::page(title, pieces::column(main.into_any()))
}

fn members(mailbox: &Mailbox) -> AnyView {
    let words = Mailboxes::here();
    let rows = mailbox.members.iter().map(|m| member(&mailbox.row.id, m)).collect_view();
    let list = match mailbox.members.is_empty() {
        true => view! { <p class="hint">{words.alone}</p> }.into_any(),
        false => view! { <ol class="documents">{rows}</ol> }.into_any(),
    };
    let form = match mailbox.room {
        true => invite(&mailbox.row.id),
        false => view! { <div class="notice wait"><p>{words.full}</p></div> }.into_any(),
    };
    view! {
        <section class="flow" aria-labelledby="members"><h2 id="members">{words.members}</h2>{list}</section>
        {form}
    }
    .into_any()
}

fn member(mailbox: &str, m: &MemberRow) -> AnyView {
    let words = Mailboxes::here();
    let act = |act: &str| routes::member_act(mailbox, &m.id, act);
    let since = match m.accepted_at {
        Some(at) => view! { {words.since}" "{moment(at)} }.into_any(),
        None => view! { {words.waits_until}" "{moment(m.until)} }.into_any(),
    };
    let buttons = view! {
        {m.accepted_at.is_some().then(|| button(act("hand_over"), "btn quiet", words.hand_over, &m.contact))}
        {button(act("remove"), "btn danger", words.remove, &m.contact)}
    };
    view! {
        <li data-member=m.role.name() data-accepted=m.accepted_at.is_some().to_string()>
            <div><b class="num">{m.contact.clone()}</b><br/><span class="small">{role(lang(), m.role)}" · "{since}</span></div>
            <div class="row middle">{buttons}</div>
        </li>
    }
    .into_any()
}

/// Whom a button is about is said to those who do not see the row.
fn button(action: String, class: &'static str, label: &'static str, whom: &str) -> AnyView {
    view! {
        <form method="post" action=action>
            <button type="submit" class=class>{label}<span class="vh">": "{whom.to_owned()}</span></button>
        </form>
    }
    .into_any()
}

fn invite(mailbox: &str) -> AnyView {
    let words = Mailboxes::here();
    let form = Form::new(FIELDS, Values::default(), |_, _| FieldErrors::default());
    let roles = Role::GIVEN.iter().map(|r| (r.name(), role(lang(), *r).to_owned())).collect();
    view! {
        <form id="invite-form" class="form flow card" method="post" action=routes::mailbox(mailbox) aria-labelledby="invite">
            <h2 id="invite">{words.invite_title}</h2>
            <p class="hint">{words.invite_text}</p>
            {error_summary(form)}
            {field(form, Field::MemberContact)}
            {select(form, Field::MemberRole, FormWords::here().choose, roles)}
            <div class="actions"><button type="submit" class="btn primary" data-action="submit">{words.invite}</button></div>
        </form>
    }
    .into_any()
}
