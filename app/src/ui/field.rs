//! Controls: a label, a hint, a message, an input, tied together by the ids of the contract.

use super::form::{Form, Shown};
use crate::browser;
use crate::text::fields;
use crate::visitor::lang;
use domain::Field;
use leptos::prelude::*;

/// How a field is typed. Everything else about it (label, hint, rules) follows from its name.
#[derive(Clone, Copy)]
pub struct Typing {
    /// `type` of the input.
    pub kind: &'static str,
    /// Which keyboard a phone shows.
    pub mode: &'static str,
    /// The browser's own memory (WCAG 1.3.5).
    pub autocomplete: &'static str,
    /// A width class: as long as the value.
    pub width: &'static str,
    pub optional: bool,
}

impl Typing {
    /// The way each field is typed.
    pub const fn of(field: Field) -> Typing {
        use Field::*;
        let (kind, mode, autocomplete, width, optional) = match field {
            LastName => ("text", "text", "family-name", "w-20", false),
            FirstName => ("text", "text", "given-name", "w-20", false),
            MiddleName => ("text", "text", "additional-name", "w-20", true),
            BirthDate => ("text", "numeric", "bday", "w-10", false),
            PassportSeries => ("text", "numeric", "off", "w-6", false),
            PassportNumber => ("text", "numeric", "off", "w-10", false),
            PassportIssueDate => ("text", "numeric", "off", "w-10", false),
            PassportDepartmentCode => ("text", "numeric", "off", "w-10", false),
            Snils => ("text", "numeric", "off", "w-20", false),
            Inn => ("text", "numeric", "off", "w-20", true),
            OrganisationInn | OrganisationKpp | OrganisationOgrn => ("text", "numeric", "off", "w-20", false),
            OrganisationName => ("text", "text", "organization", "w-full", false),
            Phone | NewPhone => ("tel", "tel", "tel", "w-20", false),
            Email | NewEmail => ("email", "email", "email", "w-full", false),
            RegistrationPostcode | ResidencePostcode => ("text", "numeric", "postal-code", "w-10", false),
            OfficeIndex => ("text", "numeric", "off", "w-10", false),
            RegistrationAddress | ResidenceAddress => ("text", "text", "address-line1", "w-full", false),
            Password => ("password", "text", "current-password", "w-full", false),
            PasswordAgain => ("password", "text", "new-password", "w-full", false),
            BackupCode => ("text", "text", "off", "w-20", true),
            AppName => ("text", "text", "off", "w-20", false),
            Code | TotpCode => ("text", "numeric", "one-time-code", "w-10", false),
            Login => ("text", "email", "username", "w-full", false),
            Purpose => ("text", "text", "off", "w-full", true),
            _ => ("text", "text", "off", "w-full", false),
        };
        Typing { kind, mode, autocomplete, width, optional }
    }
}

pub fn state(shown: RwSignal<Shown>) -> impl Fn() -> &'static str + Copy {
    move || {
        shown.with(|s| match s {
            Shown::Quiet => "",
            Shown::Good | Shown::Note(_) => "ok",
            Shown::Bad(_) => "bad",
        })
    }
}

pub fn is_bad(shown: RwSignal<Shown>) -> impl Fn() -> Option<&'static str> + Copy {
    move || shown.with(|s| matches!(s, Shown::Bad(_)).then_some("true"))
}

pub fn message(shown: RwSignal<Shown>) -> impl Fn() -> String + Copy {
    move || {
        shown.with(|s| match s {
            Shown::Bad(m) => m.clone(),
            _ => String::new(),
        })
    }
}

fn note(shown: RwSignal<Shown>) -> impl Fn() -> String + Copy {
    move || {
        shown.with(|s| match s {
            Shown::Note(m) => m.clone(),
            _ => String::new(),
        })
    }
}

/// A line of text.
pub fn field(form: Form, field: Field) -> AnyView {
    field_typed(form, field, Typing::of(field))
}

pub fn field_typed(form: Form, field: Field, typing: Typing) -> AnyView {
    let id = field.id();
    let shown = form.shown(field);
    let words = crate::text::FormWords::here();
    let secret = typing.kind == "password";
    // A password is never sent back to the page.
    let value = if secret { String::new() } else { form.initial(field) };
    let described = format!("{id}-hint {id}-error {id}-note");
    let input = view! {
        <input
            id=id
            name=id
            class=typing.width
            type=typing.kind
            inputmode=typing.mode
            autocomplete=typing.autocomplete
            value=value
            readonly=form.is_locked(field)
            aria-describedby=described
            aria-invalid=is_bad(shown)
            aria-required=(!typing.optional).then_some("true")
            list=matches!(field, Field::PassportIssuer | Field::OfficeIndex).then(|| format!("{id}-list"))
        />
    }
    .into_any();
    let control = if secret { revealing(id, input) } else { input };
    // The rules of a new password say nothing to whoever types the one they have.
    let hint = if typing.autocomplete == "current-password" { "" } else { fields::hint(lang(), field) };
    let strength = (field == Field::Password && typing.autocomplete == "new-password").then(strength);
    view! {
        <div class="field" data-state=state(shown)>
            <label for=id>
                {fields::label(lang(), field)}
                {typing.optional.then(|| view! { <span class="optional">" · "{words.optional}</span> })}
            </label>
            <span class="hint" id=format!("{id}-hint")>{hint}</span>
            <p class="error" id=format!("{id}-error")>{message(shown)}</p>
            {control}
            {strength}
            <p class="source" id=format!("{id}-note") aria-live="polite">{note(shown)}</p>
        </div>
    }
    .into_any()
}

/// How soon the password would be guessed: filled by a script of its own (`frontend/strength.js`), nothing without it.
fn strength() -> AnyView {
    browser::script("/strength.js");
    view! {
        <div id="password-strength">
            <meter value="0" min="0" max="4" low="2" high="3" optimum="4" hidden aria-label=crate::text::FormWords::here().strength></meter>
            <p class="small" role="status"></p>
        </div>
    }
    .into_any()
}

/// A password with a button that shows it. Without wasm the button could do nothing and stays invisible.
fn revealing(id: &'static str, input: AnyView) -> AnyView {
    let words = crate::text::FormWords::here();
    view! {
        <div class="reveal">
            {input}
            <button
                type="button"
                data-needs-wasm=""
                aria-pressed="false"
                aria-controls=id
                aria-label=words.show_password
                on:click=move |event| browser::reveal(&event)
            >
                {words.show}
            </button>
        </div>
    }
    .into_any()
}

/// Several short fields side by side.
pub fn row(views: Vec<AnyView>) -> AnyView {
    view! { <div class="row">{views}</div> }.into_any()
}

/// A box to tick, with its own wording.
pub fn checkbox(form: Form, field: Field, label: AnyView) -> AnyView {
    let id = field.id();
    let shown = form.shown(field);
    view! {
        <div class="field" data-state=state(shown)>
            <label class="check" for=id>
                <input
                    id=id
                    name=id
                    type="checkbox"
                    value="yes"
                    checked=!form.initial(field).is_empty()
                    disabled=form.is_locked(field)
                    aria-describedby=format!("{id}-error")
                    aria-invalid=is_bad(shown)
                />
                <span>{label}</span>
            </label>
            <p class="error" id=format!("{id}-error")>{message(shown)}</p>
        </div>
    }
    .into_any()
}

/// One choice of several, each with what it means.
pub struct Choice {
    pub value: &'static str,
    pub label: &'static str,
    pub price: &'static str,
    pub about: String,
}

/// Radio cards. The group has the field's id; so an error link finds it.
pub fn choices(form: Form, field: Field, legend: &'static str, options: Vec<Choice>) -> AnyView {
    let id = field.id();
    let shown = form.shown(field);
    let initial = form.initial(field);
    view! {
        <fieldset
            id=id
            class="field"
            data-state=state(shown)
            aria-describedby=format!("{id}-error")
            aria-invalid=is_bad(shown)
            tabindex="-1"
        >
            <legend>{legend}</legend>
            <p class="error" id=format!("{id}-error")>{message(shown)}</p>
            <div class="choices">{options
                .into_iter()
                .map(|o| {
                    let option = format!("{id}-{}", o.value);
                    let about = format!("{option}-about");
                    view! {
                        <label class="choice" for=option.clone()>
                            <input
                                type="radio"
                                id=option.clone()
                                name=id
                                value=o.value
                                checked=initial == o.value
                                disabled=form.is_locked(field)
                                aria-describedby=about.clone()
                            />
                            <b>{o.label}</b>
                            <span class="price">{o.price}</span>
                            <span class="need" id=about>{o.about}</span>
                        </label>
                    }
                })
                .collect_view()}</div>
        </fieldset>
    }
    .into_any()
}

/// A drop-down list (MBX-1).
pub fn select(form: Form, field: Field, empty: &'static str, options: Vec<(&'static str, String)>) -> AnyView {
    let id = field.id();
    let shown = form.shown(field);
    let initial = form.initial(field);
    view! {
        <div class="field" data-state=state(shown)>
            <label for=id>{fields::label(lang(), field)}</label>
            <span class="hint" id=format!("{id}-hint")>{fields::hint(lang(), field)}</span>
            <p class="error" id=format!("{id}-error")>{message(shown)}</p>
            <span class="select">
                <select
                    id=id
                    name=id
                    aria-describedby=format!("{id}-hint {id}-error")
                    aria-invalid=is_bad(shown)
                    aria-required="true"
                    disabled=form.is_locked(field)
                >
                    <option value="">{empty}</option>
                    {options
                        .into_iter()
                        .map(|(value, label)| view! { <option value=value selected=initial == value>{label}</option> })
                        .collect_view()}
                </select>
            </span>
        </div>
    }
    .into_any()
}

/// The main button of a page: `next` for a step, `submit` for an end.
pub fn main_button(form: Form, action: &'static str, label: &'static str) -> AnyView {
    let words = crate::text::FormWords::here();
    view! {
        <button
            type="submit"
            class="btn primary"
            data-action=action
            aria-disabled=move || form.busy.get().then_some("true")
            aria-busy=move || form.busy.get().then_some("true")
        >
            {move || if form.busy.get() { words.sending } else { label }}
        </button>
    }
    .into_any()
}
