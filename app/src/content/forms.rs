//! Blocks with which something is done: forms, buttons, lists, codes. All are plain HTML and need no wasm.

use super::view::{Ask, Block, Button, Form as FormBlock, Invite, Item, Link};
use super::words::anchor;
use crate::browser;
use crate::text::{FormWords, fields};
use crate::ui::field::{Typing, checkbox, field, field_typed, is_bad, message, select, state};
use crate::ui::form::Form;
use crate::ui::summary::error_summary;
use crate::visitor::lang;
use domain::mailboxes::Role;
use domain::{Field, Values};
use leptos::prelude::*;

/// The one form behind all controls of the page, and in its place what a refused post has to say.
pub fn prepare(blocks: &[Block]) -> Option<AnyView> {
    let (mut fields, mut known, mut acts) = (Vec::new(), Values::default(), false);
    for block in blocks {
        match block {
            Block::Form(form) => {
                known.take(&form.values, &form.fields);
                fields.extend_from_slice(&form.fields);
                acts = true;
            }
            Block::Invite(_) => {
                fields.extend_from_slice(INVITED);
                acts = true;
            }
            Block::Buttons(_) | Block::Card(..) | Block::Items(_) => acts = true,
            _ => {}
        }
    }
    acts.then(|| error_summary(Form::posted(&fields, known)))
}

pub fn block(block: Block) -> AnyView {
    match block {
        Block::Form(form) => posted(form),
        Block::Ask(asked) => ask(asked),
        Block::Buttons(buttons) => row(buttons, ""),
        Block::Items(items) => items.into_iter().map(item).collect::<Vec<_>>().into_any(),
        Block::Invite(words) => invite(words),
        Block::Card(title, facts, buttons) => {
            let facts = facts.into_iter().map(|(n, v)| view! { <div><dt>{n}</dt><dd>{v}</dd></div> }).collect_view();
            let buttons = row(buttons, &title);
            view! { <section class="card flow"><h3>{title}</h3><dl class="facts">{facts}</dl>{buttons}</section> }
                .into_any()
        }
        Block::Table(head, rows) => {
            // On a small screen each cell names its column itself.
            let cell = |(label, text): (&String, String)| view! { <td data-label=label.clone()>{text}</td> };
            let rows = rows.into_iter().map(|row| view! { <tr>{head.iter().zip(row).map(cell).collect_view()}</tr> });
            let rows = rows.collect_view();
            let head = head.iter().map(|h| view! { <th scope="col">{h.clone()}</th> }).collect_view();
            view! {
                <div class="table stack">
                    <table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>
                </div>
            }
            .into_any()
        }
        Block::Qr(side, path, label) => view! {
            <svg class="qr" role="img" aria-label=label viewBox=format!("0 0 {side} {side}") width="220" height="220">
                <path fill="#fff" d=format!("M0 0h{side}v{side}h-{side}z")></path>
                <path fill="#000" d=path></path>
            </svg>
        }
        .into_any(),
        Block::Codes(codes) => {
            let codes = codes.into_iter().map(|c| view! { <li><code>{c}</code></li> }).collect_view();
            view! { <ul class="plain codes num">{codes}</ul> }.into_any()
        }
        Block::Passkey(label, add) => {
            browser::script("/passkeys.js");
            view! {
                <div class="field" data-passkey="" data-passkey-box="">
                    <label for="passkey_name">{label}</label>
                    <input id="passkey_name" class="w-20" type="text" autocomplete="off" maxlength="40"/>
                    <p class="error" role="alert" data-passkey-said=""></p>
                    <p><button type="button" class="btn" data-passkey="add">{add}</button></p>
                </div>
            }
            .into_any()
        }
        _ => ().into_any(),
    }
}

/// One field and its button; the router passes forms by.
fn ask(of: Ask) -> AnyView {
    let id = of.field.id();
    let hint_id = format!("{id}-hint");
    view! {
        <form class="form" action=of.action>
            <div class="field">
                <label for=id>{of.label}</label>
                <span class="hint" id=hint_id.clone()>{of.hint}</span>
                <input id=id name=id class="w-20" value=of.value aria-describedby=hint_id autocomplete="off" required/>
            </div>
            <div class="actions"><button type="submit" class="btn primary">{of.button}</button></div>
        </form>
    }
    .into_any()
}

/// Forms of one button each. What they are about is said to those who do not see what a button stands under.
fn row(buttons: Vec<Button>, about: &str) -> AnyView {
    let one = |b: Button| {
        let about = (!about.is_empty()).then(|| view! { <span class="vh">": "{about.to_owned()}</span> });
        view! {
            <form method="post" action=b.action>
                <button type="submit" class=format!("btn {}", b.kind)>{b.text}{about}</button>
            </form>
        }
    };
    let buttons = buttons.into_iter().map(one).collect_view();
    view! { <div class="row">{buttons}</div> }.into_any()
}

fn item(item: Item) -> AnyView {
    let buttons = row(item.buttons, &item.title);
    let title = match item.to.is_empty() {
        true => item.title.into_any(),
        false => anchor(Link { to: item.to, text: item.title }, ""),
    };
    let lines = item.lines.into_iter().map(|l| view! { <p>{l}</p> }).collect_view();
    view! {
        <section class="card flow tight" data-item=item.mark><h2 class="step">{title}</h2>{lines}{buttons}</section>
    }
    .into_any()
}

const INVITED: &[Field] = &[Field::MemberContact, Field::MemberRole];

fn invite(words: Invite) -> AnyView {
    let Some(form) = use_context::<Form>() else { return ().into_any() };
    let roles = Role::GIVEN.iter().map(|r| r.name()).zip(words.roles).collect();
    view! {
        <form id="invite-form" class="form flow card" method="post" action=words.action aria-labelledby="invite">
            <h2 id="invite">{words.title}</h2>
            <p class="hint">{words.lead}</p>
            {field(form, Field::MemberContact)}
            {select(form, Field::MemberRole, FormWords::here().choose, roles)}
            <div class="actions"><button type="submit" class="btn primary" data-action="submit">{words.submit}</button></div>
        </form>
    }
    .into_any()
}

fn posted(block: FormBlock) -> AnyView {
    let Some(form) = use_context::<Form>() else { return ().into_any() };
    let renewing = block.fields.contains(&Field::PasswordAgain);
    let controls = block
        .fields
        .iter()
        .map(|f| match f {
            Field::PassportScan | Field::InnScan => file(form, *f),
            Field::TrustDevice | Field::LostFactors | Field::Consent => {
                checkbox(form, *f, crate::text::fields::label(lang(), *f).into_any())
            }
            Field::Password if renewing => {
                field_typed(form, *f, Typing { autocomplete: "new-password", ..Typing::of(*f) })
            }
            _ => field(form, *f),
        })
        .collect::<Vec<_>>();
    let files = block.fields.contains(&Field::PassportScan).then_some("multipart/form-data");
    let action = (!block.action.is_empty()).then_some(block.action);
    view! {
        <form id=block.id class="form flow" method="post" action=action enctype=files novalidate>
            {controls}
            <div class="actions">
                <button type="submit" class=format!("btn {}", block.kind) data-action="submit">{block.button}</button>
            </div>
        </form>
    }
    .into_any()
}

/// One file, of a document.
fn file(form: Form, f: Field) -> AnyView {
    let id = f.id();
    let shown = form.shown(f);
    view! {
        <div class="field" data-state=state(shown)>
            <label for=id>{fields::label(lang(), f)}</label>
            <span class="hint" id=format!("{id}-hint")>{fields::hint(lang(), f)}</span>
            <p class="error" id=format!("{id}-error")>{message(shown)}</p>
            <input
                id=id
                name=id
                type="file"
                accept=".pdf,.jpg,.jpeg,application/pdf,image/jpeg"
                aria-describedby=format!("{id}-hint {id}-error")
                aria-invalid=is_bad(shown)
                aria-required="true"
            />
        </div>
    }
    .into_any()
}
