//! The queue: what waits, the nearest term first; taking by «t», by «n», or by opening a row.

use crate::file::open_next;
use crate::forms::select;
use crate::frame;
use crate::keys::{Keys, hint};
use crate::list::List;
use crate::session::Session;
use app::staff::api;
use app::staff::view::{Held, QueuePage, Term};
use app::text::appeals::Judging;
use app::text::filing;
use app::text::staff::{Queue, span};
use app::ui::pieces::moment_text;
use app::visitor::lang;
use domain::applications::MailboxKind;
use domain::clock::Timestamp;
use domain::staff::{Power, Scope};
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use std::time::Duration;

/// In the list of kinds, the appeals.
const APPEALS: &str = "appeal";

/// News come in bursts; the queue is asked for at most this often.
const CALM: Duration = Duration::from_millis(1500);

pub fn file_path(id: &str) -> String {
    format!("/staff/files/{id}")
}

pub fn page() -> AnyView {
    let session = Session::here();
    let Some(me) = session.me() else { return ().into_any() };
    if !me.may(Power::Work) {
        // Whoever has no queue begins where they have something to do.
        let first = [
            (Power::Administer, "/staff/people"),
            (Power::Oversee, "/staff/board"),
            (Power::Verify, "/staff/identities"),
        ]
        .into_iter()
        .find(|(power, _)| me.may(*power))
        .or(me.may(Power::Read).then_some((Power::Read, "/staff/search")));
        if let Some((_, to)) = first {
            let go = use_navigate();
            Effect::new(move |_| go(to, NavigateOptions { replace: true, ..NavigateOptions::default() }));
        }
        return frame::closed();
    }
    let words = Queue::here();
    let list = List::new(session);
    // A person changed the filter.
    Effect::new(move |before: Option<()>| {
        session.filter.track();
        list.anew();
        // What was taken ahead, and what was looked at, belongs to another part of the queue.
        if before.is_some() {
            session.ahead.set(None);
            session.round.set_value(Vec::new());
        }
    });
    follow(session, list);
    keys(session, list);
    let go = use_navigate();
    let next = move |_| open_next(session, None, go.clone());
    view! {
        <div class="row apart">
            <div><h1>{words.title}</h1><p class="hint">{words.lead}</p></div>
            <button type="button" class="btn primary" data-action="next" on:click=next>{words.next}" "{hint("n")}</button>
        </div>
        {filters(session, list.page)}
        {move || appeals_waiting(session, list.page)}
        {list.view()}
    }
    .into_any()
}

/// The page asks by itself when something changed, and keeps no session alive by it.
fn follow(session: Session, list: List) {
    let waits = StoredValue::new(false);
    Effect::new(move |before: Option<u32>| {
        let (count, _) = session.news.get();
        if before.is_some_and(|b| b != count) && !waits.get_value() {
            waits.set_value(true);
            set_timeout(
                move || {
                    // The page may have been left.
                    if waits.try_set_value(false).is_none() {
                        list.ask(true);
                    }
                },
                CALM,
            );
        }
        count
    });
}

fn keys(session: Session, list: List) {
    let go = use_navigate();
    Keys::here().listen(move |key| {
        match (key, list.current()) {
            ("j", _) => list.step(1),
            ("k", _) => list.step(-1),
            ("n", _) => open_next(session, None, go.clone()),
            ("o", Some(row)) => go(&file_path(&row.id), NavigateOptions::default()),
            ("t", Some(row)) => take(session, row.id, go.clone()),
            _ => return false,
        }
        true
    });
}

/// Takes a row and goes to it.
fn take(session: Session, id: String, go: impl Fn(&str, NavigateOptions) + 'static) {
    let asker = session.asker();
    leptos::task::spawn_local(async move {
        if let Some(file) = session.keep(api::take(id).await)
            && session.is_still(asker.as_deref())
        {
            let to = file_path(&file.id);
            session.handed.set(Some(file));
            go(&to, NavigateOptions::default());
        }
    });
}

/// Appeals that wait while one looks at applications.
fn appeals_waiting(session: Session, page: RwSignal<Option<QueuePage>>) -> AnyView {
    let (count, urgent) = page.with(|p| p.as_ref().map_or((0, 0), |p| (p.appeals, p.urgent)));
    if count == 0 || session.filter.with(|f| f.appeals) {
        return ().into_any();
    }
    let words = Judging::here();
    let show = move |_| session.filter.update(|f| (f.appeals, f.kind, f.after) = (true, None, None));
    view! {
        <div class="notice row middle" data-appeals=count.to_string()>
            <p>{words.waiting}" "<b>{count}</b></p>
            <button type="button" class="btn link" on:click=show>{words.show}</button>
        </div>
        {(urgent > 0).then(|| view! {
            <div class="notice bad" role="status" data-urgent=urgent.to_string()><p>{words.urgent}" "<b>{urgent}</b></p></div>
        })}
    }
    .into_any()
}

fn filters(session: Session, page: RwSignal<Option<QueuePage>>) -> AnyView {
    let words = Queue::here();
    let filter = session.filter.get_untracked();
    let reviews = session.me().is_some_and(|me| me.may(Power::Review));
    let place = RwSignal::new(filter.scope.as_ref().map(Scope::name).unwrap_or_default());
    let chosen = || filter.kind.map(|k| k.name().to_owned()).unwrap_or_default();
    let kind = RwSignal::new(if filter.appeals { APPEALS.to_owned() } else { chosen() });
    // Shown elsewhere on the page too, so it follows the filter.
    Effect::new(move |_| {
        if session.filter.with(|f| f.appeals) && kind.get_untracked() != APPEALS {
            kind.set(APPEALS.to_owned());
        }
    });
    let term = RwSignal::new(name_of(&TERMS, filter.term));
    let held = RwSignal::new(name_of(&HELD, filter.held));
    Effect::new(move |before: Option<()>| {
        let (place, kind, term, held) = (place.get(), kind.get(), term.get(), held.get());
        if before.is_some() {
            session.filter.update(|f| {
                f.scope = Scope::from_name(&place);
                f.appeals = kind == APPEALS;
                f.kind = MailboxKind::from_name(&kind);
                f.term = TERMS.iter().find(|(name, _)| *name == term).map_or(Term::Any, |(_, t)| *t);
                f.held = HELD.iter().find(|(name, _)| *name == held).map_or(Held::Any, |(_, h)| *h);
                f.after = None;
            });
        }
    });
    let pair = |name: &str, words: &str| (name.to_owned(), words.to_owned());
    let kinds = std::iter::once(pair("", words.all_kinds))
        .chain(MailboxKind::ALL.iter().map(|k| pair(k.name(), filing::mailbox(lang(), *k).0)))
        .chain(reviews.then(|| pair(APPEALS, Judging::here().queue)))
        .collect();
    let terms = vec![pair("any", words.term_any), pair("overdue", words.term_overdue), pair("today", words.term_today)];
    let states = vec![
        pair("any", words.held_any),
        pair("open", words.held_open),
        pair("mine", words.held_mine),
        pair("returned", words.held_returned),
    ];
    // The list of places comes with the queue.
    let places = Memo::new(move |_| {
        page.with(|p| {
            p.as_ref().map(|p| p.places.iter().map(|p| (p.scope.name(), p.words.clone(), p.count)).collect::<Vec<_>>())
        })
        .unwrap_or_default()
    });
    view! {
        <form class="row filters" aria-label=words.filter on:submit=|event| event.prevent_default()>
            {move || {
                let all = std::iter::once(("".to_owned(), words.all_places.to_owned()))
                    .chain(places.get().into_iter().map(|(name, text, count)| (name, format!("{text} ({count})"))))
                    .collect();
                select("place", words.place, all, place)
            }}
            {select("kind", words.kind, kinds, kind)}
            {select("term", words.term, terms, term)}
            {select("held", words.held, states, held)}
        </form>
    }
    .into_any()
}

const TERMS: [(&str, Term); 3] = [("any", Term::Any), ("overdue", Term::Overdue), ("today", Term::Today)];
const HELD: [(&str, Held); 4] =
    [("any", Held::Any), ("open", Held::Open), ("mine", Held::Mine), ("returned", Held::Returned)];

fn name_of<T: PartialEq + Copy>(table: &[(&'static str, T)], value: T) -> String {
    table.iter().find(|(_, v)| *v == value).map_or("any", |(name, _)| *name).to_owned()
}

/// What is left of the term: the colour says it, and so do the words.
pub fn age(due: Timestamp, now: Timestamp) -> AnyView {
    let left = due.since(now);
    let class = match left {
        ..=0 => "badge bad",
        1..=21_600_000 => "badge wait",
        _ => "badge",
    };
    let words =
        if left <= 0 { format!("{} {}", Queue::here().overdue_by, span(lang(), left)) } else { span(lang(), left) };
    view! { <span class=class title=moment_text(due)>{words}</span> }.into_any()
}
