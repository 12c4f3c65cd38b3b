//! `/staff/files/{id}`: one file on one screen, and the acts on it.

mod acts;
mod appeal;
mod panes;
mod questions;
mod scans;

use crate::frame;
use crate::keys::{Keys, hint};
use crate::queue::{age, file_path};
use crate::session::Session;
use acts::{Acts, Open};
use app::staff::api;
use app::staff::view::File;
use app::text::filing;
use app::text::staff::{Desk, FileWords, Queue};
use app::ui::pieces::{clock_text, moment};
use app::visitor::lang;
use domain::Code;
use domain::appeals::Verdict;
use domain::applications::Status;
use domain::staff::{Power, Purpose};
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_navigate, use_params_map};

/// News that may be about any file.
const ANY: &str = "*";

/// What a page of a file has in hand.
#[derive(Clone, Copy)]
pub struct Hand {
    pub session: Session,
    pub file: RwSignal<Option<File>>,
    /// Said when somebody opens a file they do not hold; asked again with the same at each refresh.
    pub purpose: RwSignal<Option<Purpose>>,
    pub dialog: RwSignal<Open>,
    /// The document that is open; it stays so when the file is asked for again.
    pub scan: RwSignal<Option<String>>,
}

impl Hand {
    pub fn may(self, power: Power) -> bool {
        self.session.me().is_some_and(|me| me.may(power))
    }

    /// Asks for the file again, with the purpose already said.
    pub fn refresh(self, id: String) {
        let purpose = self.purpose.get_untracked();
        leptos::task::spawn_local(async move {
            match api::open(id, purpose).await {
                Ok(found) => {
                    let _ = self.file.try_set(Some(found));
                }
                Err(error) if error.code == Code::PurposeMissing => {
                    let _ = self.dialog.try_set(Open::Purpose);
                }
                Err(error) => {
                    self.session.keep::<()>(Err(error));
                }
            }
        });
    }

    /// Whether it is mine to decide about.
    pub fn mine(self) -> bool {
        self.file.with(|f| f.as_ref().is_some_and(|f| f.holder.as_ref().is_some_and(|h| h.mine)))
    }
}

/// Takes the file whose term is nearest and goes to it: the one taken ahead, else a new one.
pub fn open_next(session: Session, go: impl Fn(&str, NavigateOptions) + Clone + 'static) {
    if let Some(file) = session.ahead.get_untracked() {
        session.ahead.set(None);
        hand_over(session, file, &go);
        return;
    }
    leptos::task::spawn_local(async move {
        let filter = session.filter.get_untracked();
        match session.keep(api::take_next(filter, None).await) {
            Some(Some(file)) => hand_over(session, file, &go),
            Some(None) => {
                session.said.set(FileWords::of(crate::browser::lang()).nothing_left.to_owned());
                go("/staff", NavigateOptions::default());
            }
            None => {}
        }
    });
}

fn hand_over(session: Session, file: File, go: &impl Fn(&str, NavigateOptions)) {
    let to = file_path(&file.id);
    let id = file.id.clone();
    session.said.set(String::new());
    session.handed.set(Some(file));
    go(&to, NavigateOptions::default());
    look_ahead(session, id);
}

/// Takes the next file while this one is being read, so that «next» shows it at once. It is the clerk's from now on, and
/// the citizen's journal says so.
fn look_ahead(session: Session, except: String) {
    leptos::task::spawn_local(async move {
        let filter = session.filter.get_untracked();
        if let Ok(file) = api::take_next(filter, Some(except)).await {
            session.ahead.set(file);
        }
    });
}

pub fn page() -> AnyView {
    let params = use_params_map();
    // Another file is another page.
    view! { {move || one(params.with(|p| p.get("id").unwrap_or_default()))} }.into_any()
}

fn one(id: String) -> AnyView {
    let session = Session::here();
    let hand = Hand {
        session,
        file: RwSignal::new(None),
        purpose: RwSignal::new(None),
        dialog: RwSignal::new(Open::Nothing),
        scan: RwSignal::new(None),
    };
    if !hand.may(Power::Read) {
        return frame::closed();
    }
    match session.handed.get_untracked().filter(|f| f.id == id) {
        Some(file) => {
            session.handed.set(None);
            hand.file.set(Some(file));
        }
        None => hand.refresh(id.clone()),
    }
    follow(hand, id.clone());
    keys(hand);
    let acts = Acts::new(hand, id);
    view! {
        {move || match hand.file.get() {
            None => view! { <h1>{FileWords::here().application}</h1><p role="status">{Desk::here().loading}</p> }.into_any(),
            Some(file) => shown(hand, file),
        }}
        {acts::dialogs(hand, acts)}
    }
    .into_any()
}

/// When the file changes while it is shown, so does the page; what is being written stays.
fn follow(hand: Hand, id: String) {
    Effect::new(move |before: Option<u32>| {
        let (count, changed) = hand.session.news.get();
        let ours = changed == id || (changed == ANY && before.is_some_and(|b| b != count));
        // Whoever is being asked why they look is not asked again: the answer brings the file as it is then.
        let asked = hand.dialog.with_untracked(|d| matches!(d, Open::Purpose));
        if before.is_some_and(|b| b != count) && ours && !asked && hand.file.with_untracked(Option::is_some) {
            hand.refresh(id.clone());
        }
        count
    });
}

fn keys(hand: Hand) {
    let go = use_navigate();
    Keys::here().listen(move |key| {
        let (mine, reviews) = (untrack(|| hand.mine()), hand.may(Power::Review));
        let judged = hand.file.with_untracked(|f| f.as_ref().is_some_and(|f| appeal::open(f).is_some()));
        match key {
            "a" if mine && reviews && judged => hand.dialog.set(Open::Judge(Verdict::Uphold)),
            "r" if mine && reviews && judged => hand.dialog.set(Open::Judge(Verdict::Dismiss)),
            "q" if judged => {}
            "n" if hand.may(Power::Work) => open_next(hand.session, go.clone()),
            "t" if hand.may(Power::Work) => take(hand),
            "a" if mine && reviews => hand.dialog.set(Open::Approve),
            "q" if mine => hand.dialog.set(Open::Ask),
            "r" if mine && reviews => hand.dialog.set(Open::Refuse),
            _ => {}
        }
    });
}

fn take(hand: Hand) {
    let Some(id) = hand.file.with_untracked(|f| f.as_ref().map(|f| f.id.clone())) else { return };
    leptos::task::spawn_local(async move {
        if let Some(file) = hand.session.keep(api::take(id).await) {
            let _ = hand.file.try_set(Some(file));
        }
    });
}

fn shown(hand: Hand, file: File) -> AnyView {
    let words = FileWords::here();
    let left = panes::answers(&file);
    let appealed = appeal::view(&file);
    let (papers, right) = (scans::view(hand, &file), panes::about(&file));
    let status = crate::search::badge(file.status);
    view! {
        <div class="row apart file-head">
            <div class="flow tight">
                <p class="eyebrow num">
                    {words.application}" "<span data-application-number=file.number.clone()>{file.number.clone()}</span>
                    " · "{filing::mailbox(lang(), file.kind).0}" · "{file.place.clone()}
                </p>
                <h1>{title(&file)}</h1>
                <p class="row middle">
                    {status}
                    <span class="small">{words.stage}": "{filing::stage(lang(), file.stage)}</span>
                    {appeal::open(&file)
                        .map(|a| a.due_at)
                        .or((file.status == Status::InReview).then_some(file.due_at))
                        .map(|due| view! { {age(due, file.now)}" "<span class="small">{words.due}" "{moment(due)}</span> })}
                </p>
            </div>
            <div class="flow tight">{holder(hand, &file)}{buttons(hand, &file)}</div>
        </div>
        <div class="panes">
            <div class="flow">{left}</div>
            <div class="flow">{appealed}{papers}{right}</div>
        </div>

    }
    .into_any()
}

/// Whether somebody has to decide: about the application, or about the appeal against its refusal.
fn waits(file: &File) -> bool {
    (file.status == Status::InReview && file.referred) || appeal::open(file).is_some()
}

/// Who the file is about.
fn title(file: &File) -> String {
    use domain::Field::{FirstName, LastName, MiddleName};
    let parts = [LastName, FirstName, MiddleName].map(|f| file.values.get(f));
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

fn holder(hand: Hand, file: &File) -> AnyView {
    let words = FileWords::here();
    if !waits(file) {
        return ().into_any();
    }
    match &file.holder {
        None => view! { <p class="small" data-holder="">{words.free}</p> }.into_any(),
        Some(h) if h.mine => {
            view! { <p class="small" data-holder="mine">{words.mine_until}" "{clock_text(h.until)}</p> }.into_any()
        }
        Some(h) => view! {
            <div class="notice wait" data-holder=h.login.clone()>
                <p>{words.held_by}" "<b>{h.login.clone()}</b>" "{words.held_until}" "{clock_text(h.until)}</p>
                {hand
                    .may(Power::Distribute)
                    .then(|| {
                        view! {
                            <button type="button" class="btn link" on:click=move |_| hand.dialog.set(Open::HandOver)>
                                {words.hand_over}
                            </button>
                        }
                    })}
            </div>
        }
        .into_any(),
    }
}

fn buttons(hand: Hand, file: &File) -> AnyView {
    let words = FileWords::here();
    let go = use_navigate();
    let judged = appeal::open(file).map(|a| a.mine);
    let open = waits(file) && judged != Some(true) && (judged.is_none() || hand.may(Power::Review));
    let mine = file.holder.as_ref().is_some_and(|h| h.mine);
    let free = open && file.holder.is_none();
    let (works, reviews) = (hand.may(Power::Work), hand.may(Power::Review));
    let act = move |class: &'static str, label: &'static str, key: &'static str, what: Open, name: &'static str| {
        view! {
            <button type="button" class=class data-act=name on:click=move |_| hand.dialog.set(what)>
                {label}" "{hint(key)}
            </button>
        }
        .into_any()
    };
    let next = move |_| open_next(hand.session, go.clone());
    let id = file.id.clone();
    let release = move |_| {
        let id = id.clone();
        leptos::task::spawn_local(async move {
            if hand.session.keep(api::release(id.clone()).await).is_some() {
                hand.refresh(id);
            }
        });
    };
    view! {
        <div class="row">
            {(works && free)
                .then(|| {
                    view! {
                        <button type="button" class="btn primary" data-act="take" on:click=move |_| take(hand)>
                            {words.take}" "{hint("t")}
                        </button>
                    }
                })}
            {(mine && reviews && judged.is_some()).then(|| appeal::buttons(hand))}
            {(mine && reviews && judged.is_none())
                .then(|| act("btn primary", words.approve, "a", Open::Approve, "approve"))}
            {(mine && judged.is_none()).then(|| act("btn", words.ask, "q", Open::Ask, "ask"))}
            {(mine && reviews && judged.is_none())
                .then(|| act("btn danger", words.refuse, "r", Open::Refuse, "refuse"))}
            {mine
                .then(|| {
                    view! {
                        <button type="button" class="btn quiet" data-act="release" on:click=release>
                            {words.release}
                        </button>
                    }
                })}
            {works
                .then(|| {
                    view! {
                        <button type="button" class="btn" data-act="next" on:click=next>
                            {Queue::here().next}" "{hint("n")}
                        </button>
                    }
                })}
        </div>
    }
    .into_any()
}
