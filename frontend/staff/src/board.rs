//! The board: what waits and for how long against the promise, and who works on how much.

use crate::frame;
use crate::session::Session;
use app::staff::api;
use app::staff::view::{AppealsWaiting, Board, ClerkRow, DayRow, Waiting};
use app::text::appeals::Judging;
use app::text::staff::{Desk, HouseWords};
use app::ui::pieces::moment_text;
use domain::staff::Power;
use leptos::prelude::*;

pub fn page() -> AnyView {
    let session = Session::here();
    if !session.me().is_some_and(|me| me.may(Power::Oversee)) {
        return frame::closed();
    }
    let words = HouseWords::here();
    let board = RwSignal::new(None::<Board>);
    leptos::task::spawn_local(async move {
        if let Some(found) = session.keep(api::board().await) {
            let _ = board.try_set(Some(found));
        }
    });
    view! {
        <h1>{words.board_title}</h1>
        {move || match board.get() {
            None => view! { <p role="status">{Desk::here().loading}</p> }.into_any(),
            Some(board) => view! { {waiting(board.waiting)} {appeals(board.appeals)} {clerks(board.clerks)} {days(board.days)} }.into_any(),
        }}
    }
    .into_any()
}

/// A bar as long as its share; the number stands beside it, so the bar itself says nothing new.
fn bar(count: i64, most: i64, class: &'static str) -> AnyView {
    let width = if most > 0 { (count * 100 / most).max(i64::from(count > 0)) } else { 0 };
    view! {
        <svg class="gauge" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
            <rect class=class width=width.to_string() height="10"></rect>
        </svg>
    }
    .into_any()
}

fn waiting(w: Waiting) -> AnyView {
    let words = HouseWords::here();
    let all = [
        (words.overdue, w.overdue, "bad", "overdue"),
        (words.soon, w.soon, "wait", "soon"),
        (words.today, w.today, "ink", "today"),
        (words.later, w.later, "ink", "later"),
    ];
    let rows = bars(all.to_vec());
    let total = w.overdue + w.soon + w.today + w.later;
    view! {
        <section class="card flow tight" aria-labelledby="waiting">
            <h2 id="waiting">{words.waiting}": "<span class="num" data-waiting="">{total}</span></h2>
            <p class="hint">{words.promise}</p>
            <div class="table dense"><table class="bars"><tbody>{rows}</tbody></table></div>
        </section>
    }
    .into_any()
}

/// Rows of a label, a count, the bar's class, and a name for tests.
fn bars(all: Vec<(&'static str, i64, &'static str, &'static str)>) -> AnyView {
    let most = all.iter().map(|(_, count, ..)| *count).max().unwrap_or(0);
    all.into_iter()
        .map(|(label, count, class, name)| {
            view! {
                <tr data-age=name>
                    <th scope="row">{label}</th>
                    <td class="sum num">{count}</td>
                    <td class="wide">{bar(count, most, class)}</td>
                </tr>
            }
        })
        .collect_view()
        .into_any()
}

fn appeals(a: AppealsWaiting) -> AnyView {
    let words = Judging::here();
    let terms = bars(vec![
        (words.board_overdue, a.overdue, "bad", "appeal-overdue"),
        (words.board_due, a.due, "wait", "appeal-due"),
        (words.board_later, a.later, "ink", "appeal-later"),
    ]);
    let ages = bars(vec![
        (words.board_fresh, a.fresh, "ink", "appeal-fresh"),
        (words.board_week, a.week, "ink", "appeal-week"),
        (words.board_old, a.old, "bad", "appeal-old"),
    ]);
    let total = a.overdue + a.due + a.later;
    view! {
        <section class="card flow tight" aria-labelledby="appeals">
            <h2 id="appeals">{words.board}": "<span class="num" data-appeals-open="">{total}</span></h2>
            <div class="table dense"><table class="bars"><tbody>{terms}</tbody></table></div>
            <h3>{words.board_ages}</h3>
            <div class="table dense"><table class="bars"><tbody>{ages}</tbody></table></div>
        </section>
    }
    .into_any()
}

fn clerks(all: Vec<ClerkRow>) -> AnyView {
    let words = HouseWords::here();
    if all.is_empty() {
        return view! { <section class="card"><h2>{words.clerks}</h2><p>{words.nobody}</p></section> }.into_any();
    }
    let most = all.iter().map(|c| c.held).max().unwrap_or(0);
    let rows = all
        .into_iter()
        .map(|c| {
            view! {
                <tr data-clerk=c.login.clone()>
                    <th scope="row">{c.login.clone()}</th>
                    <td class="sum num">{c.held}</td>
                    <td class="wide">{bar(c.held, most, "ink")}</td>
                    <td class="sum num">{c.approved}</td>
                    <td class="sum num">{c.asked}</td>
                    <td class="sum num">{c.refused}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <section class="card flow tight">
            <h2 id="clerks">{words.clerks}</h2>
            <div class="table dense" role="region" aria-labelledby="clerks" tabindex="0">
                <table class="bars">
                    <thead>
                        <tr>
                            <th scope="col">{words.clerk}</th>
                            <th scope="col" class="sum">{words.held}</th>
                            <td></td>
                            <th scope="col" class="sum">{words.approved}</th>
                            <th scope="col" class="sum">{words.asked}</th>
                            <th scope="col" class="sum">{words.refused}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </section>
    }
    .into_any()
}

fn days(all: Vec<DayRow>) -> AnyView {
    let words = HouseWords::here();
    let most = all.iter().map(|d| d.count).max().unwrap_or(0);
    let rows = all
        .into_iter()
        .map(|d| {
            let day = moment_text(d.day).split(',').next().unwrap_or_default().to_owned();
            view! {
                <tr>
                    <th scope="row" class="num">{day}</th>
                    <td class="sum num">{d.count}</td>
                    <td class="wide">{bar(d.count, most, "ink")}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <section class="card flow tight" aria-labelledby="days">
            <h2 id="days">{words.days}</h2>
            <div class="table dense"><table class="bars"><tbody>{rows}</tbody></table></div>
        </section>
    }
    .into_any()
}
