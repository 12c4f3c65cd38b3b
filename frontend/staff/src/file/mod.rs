//! `/staff/files/{id}`: one file on one screen, and the acts on it.

mod acts;
mod appeal;
mod done;
mod next;
mod panes;
mod questions;
mod scans;

use crate::frame;
use crate::keys::{Keys, hint};
use crate::queue::age;
use crate::session::{ANY, Session};
use acts::{Acts, Open};
use app::browser::focus;
use app::error::AppError;
use app::staff::api;
use app::staff::view::{Done, File};
use app::text::filing;
use app::text::staff::{Desk, FileWords, Queue};
use app::ui::pieces::{clock_text, moment};
use app::visitor::lang;
use domain::Code;
use domain::appeals::Verdict;
use domain::applications::Status;
use domain::staff::{Power, Purpose};
use leptos::prelude::*;
use leptos_router::hooks::{use_navigate, use_params_map};

pub use next::open_next;

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
    /// A decision or a preview is on its way.
    pub busy: RwSignal<bool>,
    /// It was the clerk's, and is no longer, by no act of theirs.
    pub gone: RwSignal<bool>,
    /// How it ended here: of the file itself nothing is shown any more.
    pub done: RwSignal<Option<Done>>,
}

impl Hand {
    pub fn may(self, power: Power) -> bool {
        self.session.me().is_some_and(|me| me.may(power))
    }

    /// Asks for the file, and of whoever does not hold it, what for.
    pub fn open(self, id: String) {
        let purpose = self.purpose.get_untracked();
        let ask = move || {
            let id = id.clone();
            async move { unless_asked(api::open(id, purpose).await) }
        };
        self.session.load(ask, move |found| match found {
            Some(found) => drop(self.file.try_set(Some(found))),
            None => drop(self.dialog.try_set(Open::Purpose)),
        });
    }

    /// Shows the file that was handed over to this page: whether one was.
    fn receive(self, id: &str) -> bool {
        let Some(file) = self.session.handed.get_untracked().filter(|f| f.id == id) else { return false };
        self.session.handed.set(None);
        self.done.set(None);
        self.gone.set(false);
        self.file.set(Some(file));
        true
    }

    /// Asks for the file again, with the purpose already said.
    pub fn refresh(self, id: String) {
        let purpose = self.purpose.get_untracked();
        leptos::task::spawn_local(async move {
            let found = unless_asked(api::open(id, purpose).await);
            // Decided meanwhile, or the page was left.
            if self.file.try_with_untracked(Option::is_some) != Some(true) {
                return;
            }
            let mine = untrack(|| self.mine());
            match found {
                Ok(Some(found)) => {
                    self.file.set(Some(found));
                    self.gone.update(|gone| *gone = (*gone || mine) && !untrack(|| self.mine()));
                }
                // It may be looked at no longer for having it in hand.
                Ok(None) => self.gone.set(true),
                Err(error) => drop(self.session.keep::<()>(Err(error))),
            }
        });
    }

    /// The act is done, and the page says so.
    pub fn finish(self, done: Done, said: String) {
        self.session.said.set(said);
        self.dialog.set(Open::Nothing);
        self.file.set(None);
        self.done.set(Some(done));
        focus::new_heading();
    }

    /// Whether it is mine to decide about.
    pub fn mine(self) -> bool {
        self.file.with(|f| f.as_ref().is_some_and(|f| f.holder.as_ref().is_some_and(|h| h.mine)))
    }
}

/// The file, or that a purpose has to be said first.
fn unless_asked(answer: Result<File, AppError>) -> Result<Option<File>, AppError> {
    match answer {
        Err(error) if error.code == Code::PurposeMissing => Ok(None),
        answer => answer.map(Some),
    }
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
        busy: RwSignal::new(false),
        gone: RwSignal::new(false),
        done: RwSignal::new(None),
    };
    if !hand.may(Power::Read) {
        return frame::closed();
    }
    if !hand.receive(&id) {
        hand.open(id.clone());
    }
    session.look(&id);
    // What was decided or given back on this page may be the next one again.
    let mine = id.clone();
    Effect::new(move |_| {
        session.handed.track();
        hand.receive(&mine);
    });
    // The tab is called by the number, not by anybody's name.
    Effect::new(move |_| {
        let number = hand.file.with(|f| f.as_ref().map(|f| f.number.clone()));
        if hand.done.with(Option::is_none) {
            let words = FileWords::of(crate::browser::lang()).application;
            crate::browser::title(&number.unwrap_or_else(|| words.to_owned()));
        }
    });
    follow(hand, id.clone());
    keys(hand);
    let acts = Acts::new(hand, id);
    view! {
        {move || match (hand.done.get(), hand.file.get()) {
            (Some(done), _) => done::view(hand, done),
            (None, None) => {
                view! { <h1>{FileWords::here().application}</h1><p role="status">{Desk::here().loading}</p> }.into_any()
            }
            (None, Some(file)) => shown(hand, file),
        }}
        {acts::dialogs(hand, acts)}
    }
    .into_any()
}

/// When the file changes while it is shown, so does the page; what is being written stays. News of one's own act come before
/// its answer, which says more: they wait for it.
fn follow(hand: Hand, id: String) {
    Effect::new(move |before: Option<(u32, bool)>| {
        let ((count, changed), busy) = (hand.session.news.get(), hand.busy.get());
        let (last, owed) = before.unwrap_or((count, false));
        let ours = last != count && (changed == id || changed == ANY);
        // Whoever is being asked why they look is not asked again: the answer brings the file as it is then.
        let asked = hand.dialog.with_untracked(|d| matches!(d, Open::Purpose));
        let wanted = (ours || owed) && !asked && hand.file.with_untracked(Option::is_some);
        if wanted && !busy {
            hand.refresh(id.clone());
        }
        (count, wanted && busy)
    });
}

fn keys(hand: Hand) {
    let go = use_navigate();
    Keys::here().listen(move |key| {
        let (mine, reviews) = (hand.mine() && !hand.gone.get_untracked(), hand.may(Power::Review));
        let (id, judged) = hand.file.with_untracked(|f| {
            (f.as_ref().map(|f| f.id.clone()), f.as_ref().is_some_and(|f| appeal::open(f).is_some()))
        });
        match key {
            "a" if mine && reviews && judged => hand.dialog.set(Open::Judge(Verdict::Uphold)),
            "r" if mine && reviews && judged => hand.dialog.set(Open::Judge(Verdict::Dismiss)),
            "q" if judged => {}
            "n" if hand.may(Power::Work) => open_next(hand.session, id, go.clone()),
            "t" if hand.may(Power::Work) => take(hand),
            "a" if mine && reviews => hand.dialog.set(Open::Approve),
            "q" if mine => hand.dialog.set(Open::Ask),
            "r" if mine && reviews => hand.dialog.set(Open::Refuse),
            _ => return false,
        }
        true
    });
}

fn take(hand: Hand) {
    let Some(id) = hand.file.with_untracked(|f| f.as_ref().map(|f| f.id.clone())) else { return };
    leptos::task::spawn_local(async move {
        if let Some(file) = hand.session.keep(api::take(id).await) {
            let _ = hand.gone.try_set(false);
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
    if hand.gone.get() {
        return view! { <p class="notice wait" role="status" data-gone="">{words.gone}</p> }.into_any();
    }
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
    let mine = file.holder.as_ref().is_some_and(|h| h.mine) && !hand.gone.get();
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
    let id = file.id.clone();
    let next = move |_| open_next(hand.session, Some(id.clone()), go.clone());
    let (id, number, status) = (file.id.clone(), file.number.clone(), file.status);
    let release = move |_| {
        // One at a time; and its news are no news.
        if hand.busy.get_untracked() {
            return;
        }
        hand.busy.set(true);
        let (id, number) = (id.clone(), number.clone());
        leptos::task::spawn_local(async move {
            let released = hand.session.keep(api::release(id).await);
            if hand.busy.try_set(false).is_none() && released.is_some() {
                let said = format!("{}: {number} — {}", words.done, words.released);
                hand.finish(Done { number, status }, said);
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
