//! The files on their way, as the page shows them.

use super::queue::{Item, Queue, Step};
use crate::routes;
use crate::text::documents::{Papers, size};
use crate::visitor::lang;
use leptos::prelude::*;

/// The list; nothing while it is empty. `go_on` sends what was cut.
pub fn list(queue: Queue, go_on: Callback<()>) -> AnyView {
    let items = move || queue.items.get();
    view! {
        <ul class="uploads" hidden=move || queue.items.with(Vec::is_empty)>
            <For each=items key=|item| item.key children=move |item| one(queue, item, go_on)/>
        </ul>
    }
    .into_any()
}

fn one(queue: Queue, item: Item, go_on: Callback<()>) -> AnyView {
    let words = Papers::here();
    let name = item.name.get_value();
    Effect::new(move |_| {
        item.edit.track();
        item.draw();
    });
    let waiting = move || item.step.with(|s| *s == Step::Waiting);
    let sending = move || item.step.with(|s| matches!(s, Step::Sending { .. } | Step::Preparing));
    let share = move || {
        item.step.with(|s| match s {
            Step::Sending { sent, total } => (sent * 100 / (*total).max(1)).to_string(),
            _ => "0".to_owned(),
        })
    };
    let cut = move || item.step.with(|s| *s == Step::Cut);
    let said = move || {
        item.step.with(|s| match s {
            Step::Waiting => String::new(),
            Step::Preparing => words.preparing.to_owned(),
            Step::Sending { sent, total } if sent == total => words.judging.to_owned(),
            Step::Sending { sent, total } => {
                format!("{} {} / {}", words.sending, size(lang(), *sent), size(lang(), *total))
            }
            Step::Cut => words.cut.to_owned(),
            Step::Refused(error) => error.message.clone(),
            Step::Done => String::new(),
        })
    };
    let code = move || {
        item.step.with(|s| match s {
            Step::Refused(error) => Some(error.code),
            _ => None,
        })
    };
    view! {
        <li data-upload="" data-state=move || code().map(|_| "bad")>
            {item.picture.then(|| bench(item, waiting))}
            <div class="flow tight">
                <p class="filename"><b>{name.clone()}</b>" · "<span class="num">{size(lang(), item.size)}</span></p>
                <progress max="100" value=share hidden=move || !sending() aria-label=format!("{}: {name}", words.sending)></progress>
                <p class=move || if code().is_some() { "error" } else { "small" } role="status">
                    {said}
                    {move || code().map(|c| view! { " "<a href=routes::error(c)>{c.to_string()}</a> })}
                </p>
                <p class="small" data-resumed="" hidden=move || !item.found.get()>{words.resumed}</p>
                <div class="row middle">
                    <button type="button" class="btn primary" hidden=move || !cut() on:click=move |_| go_on.run(())>
                        {words.go_on}<span class="vh">": "{name.clone()}</span>
                    </button>
                    <button type="button" class="btn quiet" on:click=move |_| queue.drop_item(item)>
                        {words.cancel}<span class="vh">": "{name.clone()}</span>
                    </button>
                </div>
            </div>
        </li>
    }
    .into_any()
}

/// A photo as it will be sent, with what is wrong with it and what can be done.
fn bench(item: Item, waiting: impl Fn() -> bool + Copy + Send + Sync + 'static) -> AnyView {
    let words = Papers::here();
    let looks = move |what: fn(&crate::browser::papers::Looks) -> bool| {
        move || item.looks.with(|l| !l.as_ref().is_some_and(what))
    };
    let turn =
        move |quarters: u32| move |_: leptos::ev::MouseEvent| item.edit.update(|e| e.turn = (e.turn + quarters) % 4);
    let slider = move |side: usize, label: &'static str| {
        let id = format!("crop-{}-{side}", item.key);
        view! {
            <div class="field">
                <label for=id.clone()>{label}</label>
                <input
                    id=id
                    type="range"
                    min="0"
                    max="450"
                    step="10"
                    value="0"
                    on:change=move |event| {
                        let cut = event_target_value(&event).parse().unwrap_or(0);
                        item.edit.update(|e| e.crop[side] = cut);
                    }
                />
            </div>
        }
    };
    view! {
        <div class="flow tight">
            <canvas id=item.canvas() role="img" aria-label=words.preview width="1" height="1"></canvas>
            <p class="notice wait" hidden=looks(|l| l.blurred)>{words.blurred}</p>
            <p class="notice wait" hidden=looks(|l| l.glaring)>{words.glaring}</p>
            <div class="row middle" hidden=move || !waiting()>
                <button type="button" class="btn quiet" on:click=turn(3)>{words.turn_left}</button>
                <button type="button" class="btn quiet" on:click=turn(1)>{words.turn_right}</button>
            </div>
            <details class="more" hidden=move || !waiting()>
                <summary>{words.crop}</summary>
                {slider(0, words.crop_left)}
                {slider(1, words.crop_top)}
                {slider(2, words.crop_right)}
                {slider(3, words.crop_bottom)}
            </details>
        </div>
    }
    .into_any()
}
