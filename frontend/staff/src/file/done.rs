//! What is left of a file that was decided or given back: how it ended, and where to go on.

use super::{Hand, open_next};
use crate::keys::hint;
use app::staff::view::Done;
use app::text::staff::{FileWords, Queue};
use domain::staff::Power;
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;

pub fn view(hand: Hand, done: Done) -> AnyView {
    let words = FileWords::here();
    let go = use_navigate();
    let next = move |_| open_next(hand.session, None, go.clone());
    view! {
        <section class="flow" data-done="">
            <h1>{words.application}" "<span class="num">{done.number}</span></h1>
            <p>{crate::search::badge(done.status)}</p>
            <p><b>{move || hand.session.said.get()}</b></p>
            <div class="actions">
                {hand
                    .may(Power::Work)
                    .then(|| {
                        view! {
                            <button type="button" class="btn primary" data-act="next" on:click=next>
                                {Queue::here().next}" "{hint("n")}
                            </button>
                        }
                    })}
                <a class="btn" href="/staff">{words.to_queue}</a>
            </div>
        </section>
    }
    .into_any()
}
