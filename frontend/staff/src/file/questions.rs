//! What a question and a refusal are made of: reasons of the catalogue, fields, documents, the clerk's words.

use crate::drafts::Draft;
use crate::forms::select;
use app::text::staff::{FileWords, reason_group};
use app::text::{codes, fields, filing};
use app::visitor::lang;
use domain::applications::{Reason, Step};
use domain::staff::{ActKind, Ask, Document, Refusal, Use, catalogue, concerns, usable};
use domain::{Code, Field};
use leptos::prelude::*;

/// A question being written.
#[derive(Clone, Copy)]
pub struct Asked {
    reason: RwSignal<String>,
    fields: RwSignal<Vec<Field>>,
    documents: RwSignal<Vec<Document>>,
    text: RwSignal<String>,
    days: RwSignal<String>,
}

/// A refusal being written.
#[derive(Clone, Copy)]
pub struct Refused {
    reasons: RwSignal<Vec<Code>>,
    text: RwSignal<String>,
}

fn toggle<T: PartialEq + Copy + Send + Sync + 'static>(list: RwSignal<Vec<T>>, one: T, on: bool) {
    list.update(|all| {
        all.retain(|x| *x != one);
        if on {
            all.push(one);
        }
    });
}

/// A box to tick.
fn tick<T: PartialEq + Copy + Send + Sync + 'static>(
    list: RwSignal<Vec<T>>,
    one: T,
    name: &'static str,
    value: String,
    label: String,
) -> AnyView {
    view! {
        <label class="check">
            <input
                type="checkbox"
                name=name
                value=value
                prop:checked=move || list.with(|all| all.contains(&one))
                on:change=move |event| toggle(list, one, event_target_checked(&event))
            />
            <span>{label}</span>
        </label>
    }
    .into_any()
}

/// The most letters, and from where on those that are left are counted aloud.
const LETTERS: usize = 1000;
const FEW_LEFT: usize = 200;

pub fn words_to_citizen(text: RwSignal<String>) -> AnyView {
    let words = FileWords::here();
    // As the browser counts them when it stops taking more.
    let left = Memo::new(move |_| LETTERS.saturating_sub(text.with(|t| t.encode_utf16().count())));
    view! {
        <div class="field">
            <label for="text">{words.text}</label>
            <span class="hint" id="text-hint">{words.text_hint}</span>
            <textarea
                id="text"
                name="text"
                rows="3"
                maxlength=LETTERS.to_string()
                aria-describedby="text-hint"
                prop:value=move || text.get()
                on:input=move |event| text.set(event_target_value(&event))
            ></textarea>
            <span class="hint num" role="status" data-left="">
                {move || (left.get() < FEW_LEFT).then(|| format!("{} {}", words.chars_left, left.get()))}
            </span>
        </div>
    }
    .into_any()
}

fn said(u: &Use) -> String {
    format!("{} · {}", u.code, codes::message(lang(), u.code))
}

impl Asked {
    pub fn new(draft: &Draft) -> Asked {
        Asked {
            reason: RwSignal::new(draft.reason.clone()),
            fields: RwSignal::new(draft.fields.clone()),
            documents: RwSignal::new(draft.documents.clone()),
            text: RwSignal::new(draft.asked.clone()),
            days: RwSignal::new(draft.days.clone()),
        }
    }

    pub fn keep(self, draft: &mut Draft) {
        draft.reason = self.reason.get();
        draft.fields = self.fields.get();
        draft.documents = self.documents.get();
        draft.asked = self.text.get();
        draft.days = self.days.get();
    }

    pub fn act(self) -> Ask {
        Ask {
            reason: self.reason.get_untracked().parse().unwrap_or(Code::DataUnclear),
            fields: self.fields.get_untracked(),
            documents: self.documents.get_untracked(),
            text: self.text.get_untracked(),
            days: self.days.get_untracked().trim().parse().unwrap_or(0),
        }
    }

    pub fn view(self) -> AnyView {
        let words = FileWords::here();
        let reasons = catalogue()
            .iter()
            .filter(|u| usable(u.code, ActKind::Ask))
            .map(|u| (u.code.to_string(), said(u)))
            .collect();
        let steps = [Step::Applicant, Step::Passport, Step::Contacts, Step::Mailbox]
            .map(|step| {
                let boxes = step
                    .all_fields()
                    .iter()
                    .map(|f| tick(self.fields, *f, "fields", f.id().to_owned(), fields::label(lang(), *f).to_owned()))
                    .collect_view();
                view! { <fieldset><legend>{filing::step(lang(), step)}</legend><div class="ticks">{boxes}</div></fieldset> }
            })
            .into_iter()
            .collect_view();
        let documents = Document::ALL
            .iter()
            .map(|d| {
                tick(self.documents, *d, "documents", d.name().to_owned(), filing::document(lang(), *d).to_owned())
            })
            .collect_view();
        view! {
            {select("reason", words.ask_reason, reasons, self.reason)}
            {words_to_citizen(self.text)}
            <details class="more" open=true>
                <summary>{words.ask_fields}</summary>
                <div class="flow tight">{steps}</div>
            </details>
            <fieldset><legend>{words.ask_documents}</legend><div class="ticks">{documents}</div></fieldset>
            <div class="field">
                <label for="days">{words.ask_days}</label>
                <input
                    id="days"
                    name="days"
                    class="w-4"
                    inputmode="numeric"
                    prop:value=move || self.days.get()
                    on:input=move |event| self.days.set(event_target_value(&event))
                />
            </div>
        }
        .into_any()
    }
}

impl Refused {
    pub fn new(draft: &Draft) -> Refused {
        Refused { reasons: RwSignal::new(draft.reasons.clone()), text: RwSignal::new(draft.refused.clone()) }
    }

    pub fn keep(self, draft: &mut Draft) {
        draft.reasons = self.reasons.get();
        draft.refused = self.text.get();
    }

    pub fn act(self) -> Refusal {
        let reasons = self.reasons.get_untracked().into_iter().map(|code| Reason::new(code, concerns(code))).collect();
        Refusal { reasons, text: self.text.get_untracked() }
    }

    pub fn view(self) -> AnyView {
        let words = FileWords::here();
        let groups = domain::staff::ReasonGroup::ALL
            .iter()
            .map(|group| {
                let boxes: Vec<AnyView> = catalogue()
                    .iter()
                    .filter(|u| u.group == *group && usable(u.code, ActKind::Refuse))
                    .map(|u| tick(self.reasons, u.code, "reasons", u.code.to_string(), said(u)))
                    .collect();
                (!boxes.is_empty()).then(|| {
                    view! { <fieldset><legend>{reason_group(lang(), *group)}</legend>{boxes}</fieldset> }
                })
            })
            .collect_view();
        view! {
            <p class="hint">{words.refuse_reasons}</p>
            <div class="flow tight">{groups}</div>
            {words_to_citizen(self.text)}
        }
        .into_any()
    }
}
