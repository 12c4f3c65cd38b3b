//! The appeal in a file: what its author writes, and the two ways to decide it.

use super::Hand;
use super::acts::{Acts, Open};
use crate::queue::age;
use app::staff::appeal::AppealFile;
use app::staff::view::File;
use app::text::appeals::{Judging, stage};
use app::text::staff::FileWords;
use app::ui::pieces::moment;
use app::visitor::lang;
use domain::appeals::Verdict;
use leptos::prelude::*;

/// The appeal of the file, while it waits for a decision.
pub fn open(file: &File) -> Option<&AppealFile> {
    file.appeal.as_ref().filter(|a| a.stage.is_open())
}

pub fn view(file: &File) -> AnyView {
    let Some(appeal) = file.appeal.clone() else {
        return ().into_any();
    };
    let words = Judging::here();
    let refused_by = appeal.refused_by.unwrap_or_else(|| words.by_house.to_owned());
    view! {
        <section class="card now flow tight" aria-labelledby="appeal" data-appeal=appeal.stage.name()>
            <h2 id="appeal" class="step">{words.title}": "{stage(lang(), appeal.stage)}</h2>
            <p class="small">{moment(appeal.filed_at)}" · "{words.refused_by}": "{refused_by}</p>
            <p>{age(appeal.due_at, file.now)}</p>
            {appeal.promised_at.map(|at| view! { <p class="notice bad" data-promised="">{words.told}" "{moment(at)}</p> })}
            {appeal.mine.then(|| view! { <p class="notice wait">{words.mine}</p> })}
            <p><b>{words.grounds}":"</b></p>
            <p class="letter wrapped">{appeal.grounds}</p>
            {appeal.answer.map(|text| view! { <p><b>{FileWords::here().last_act}": "</b>{text}</p> })}
        </section>
    }
    .into_any()
}

/// Both ways, for whoever holds the file.
pub fn buttons(hand: Hand) -> AnyView {
    let words = Judging::here();
    let act = |class: &'static str, label: &'static str, key: &'static str, verdict: Verdict| {
        view! {
            <button
                type="button"
                class=class
                data-act=verdict.name()
                on:click=move |_| hand.dialog.set(Open::Judge(verdict))
            >
                {label}" "{crate::keys::hint(key)}
            </button>
        }
        .into_any()
    };
    view! {
        {act("btn primary", words.uphold, "a", Verdict::Uphold)}
        {act("btn danger", words.dismiss, "r", Verdict::Dismiss)}
    }
    .into_any()
}

/// What the dialog says.
pub fn asked(acts: Acts, verdict: Verdict) -> (&'static str, AnyView) {
    let words = Judging::here();
    let (title, about) = match verdict {
        Verdict::Uphold => (words.uphold_title, words.uphold_text),
        Verdict::Dismiss => (words.dismiss_title, words.dismiss_text),
    };
    (title, view! { <p>{about}</p>{super::questions::words_to_citizen(acts.judged)} }.into_any())
}
