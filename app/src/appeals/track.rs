//! An appeal on its way: on its own page and on the application's card.

use super::view::Filed;
use crate::text::appeals::{Appeals, stage};
use crate::ui::pieces::moment;
use crate::visitor::lang;
use domain::appeals::Stage;
use leptos::prelude::*;

/// The three stages with the time each was reached, the term, and the answer.
pub fn track(filed: &Filed) -> AnyView {
    let words = Appeals::here();
    let end = if filed.stage.is_open() { Stage::Upheld } else { filed.stage };
    let reached = |wanted: Stage| filed.moves.iter().find(|(s, _)| *s == wanted).map(|(_, at)| *at);
    // Withdrawn before anybody took it, it was never in work.
    let way =
        [Stage::Submitted, Stage::Taken, end].into_iter().filter(|s| filed.stage.is_open() || reached(*s).is_some());
    let steps = way
        .map(|s| {
            let at = reached(s);
            let here = filed.stage == s && s.is_open();
            let label = if filed.stage.is_open() && s == end { words.decision } else { stage(lang(), s) };
            view! {
                <li
                    data-appeal-stage=s.name()
                    data-done=(at.is_some() && !here).then_some("")
                    aria-current=here.then_some("step")
                >
                    <b>{label}</b>
                    {at.map(moment)}
                </li>
            }
        })
        .collect_view();
    view! {
        <ol class="track" data-appeal=filed.stage.name()>{steps}</ol>
        {filed.missed.filter(|_| filed.stage.is_open()).map(|at| view! {
            <div class="notice wait" data-appeal-late=""><p>{words.late}" "{moment(at)}". "{words.late_ours}</p></div>
        })}
        {filed.stage.is_open().then(|| view! { <p>{words.due}" "{moment(filed.due_at)}</p> })}
        {filed.answer.clone().map(|text| view! { <p data-appeal-answer=""><b>{words.answer}": "</b>{text}</p> })}
    }
    .into_any()
}
