//! Who is at the desk, and what its pages share.

use crate::browser;
use crate::drafts::Drafts;
use app::error::AppError;
use app::staff::api;
use app::staff::view::{File, Me, QueueFilter};
use app::text::staff::Desk;
use domain::Code;
use leptos::prelude::*;
use std::rc::Rc;
use std::sync::OnceLock;
use std::time::Duration;

/// How often a server that did not answer is asked whether it is there again.
const ASK_AGAIN: Duration = Duration::from_secs(4);
/// Files remembered of one round through the queue; the server heeds as many.
const ROUND: usize = 200;
/// News that may be about any file.
pub const ANY: &str = "*";

static HERE: OnceLock<Session> = OnceLock::new();

#[derive(Clone, PartialEq)]
pub enum At {
    /// The server is being asked.
    Asking,
    /// Nobody; `true` when somebody was.
    Door(bool),
    Desk(Me),
}

/// Shared by all pages of one visit.
#[derive(Clone, Copy)]
pub struct Session {
    pub at: RwSignal<At>,
    /// Set by `set_error` of any call that failed for no form's fault.
    pub trouble: RwSignal<Option<AppError>>,
    /// What was done last, told politely.
    pub said: RwSignal<String>,
    /// The part of the queue one works on.
    pub filter: RwSignal<QueueFilter>,
    /// A file taken already, for when «next» is pressed.
    pub ahead: RwSignal<Option<File>>,
    /// A file in hand that the page of files shows without asking.
    pub handed: RwSignal<Option<File>>,
    /// Which file changed, with a count so that the same one twice is news twice.
    pub news: RwSignal<(u32, String)>,
    /// Files looked at in this round through the queue: «next» goes on to others.
    pub round: StoredValue<Vec<String>>,
    /// The next file is being asked for.
    pub going: StoredValue<bool>,
    pub drafts: Drafts,
    /// The server does not answer.
    pub lost: RwSignal<bool>,
    /// What its pages asked for meanwhile.
    unanswered: StoredValue<Vec<Rc<dyn Fn()>>, LocalStorage>,
}

impl Session {
    fn new() -> Session {
        Session {
            at: RwSignal::new(At::Asking),
            trouble: RwSignal::new(None),
            said: RwSignal::new(String::new()),
            filter: RwSignal::new(QueueFilter::default()),
            ahead: RwSignal::new(None),
            handed: RwSignal::new(None),
            news: RwSignal::new((0, String::new())),
            round: StoredValue::new(Vec::new()),
            going: StoredValue::new(false),
            drafts: Drafts::new(),
            lost: RwSignal::new(false),
            unanswered: StoredValue::new_local(Vec::new()),
        }
    }

    /// The one of this page; also where no view is being made, as in the handler of an event.
    pub fn here() -> Session {
        *HERE.get_or_init(Session::new)
    }

    pub fn me(self) -> Option<Me> {
        self.at.with(|at| match at {
            At::Desk(me) => Some(me.clone()),
            _ => None,
        })
    }

    /// Somebody has come in.
    pub fn enter(self, me: Me) {
        if !self.drafts.belong_to(&me.login) {
            self.said.set(String::new());
            self.filter.set(QueueFilter::default());
            self.news.set((0, String::new()));
        }
        self.at.set(At::Desk(me));
    }

    /// Whether this is still the person who asked: an answer that comes after they left is nobody's to see.
    pub fn is_still(self, asker: Option<&str>) -> bool {
        self.asker().as_deref() == asker
    }

    /// The login of whoever is at the desk.
    pub fn asker(self) -> Option<String> {
        self.at.with_untracked(|at| match at {
            At::Desk(me) => Some(me.login.clone()),
            _ => None,
        })
    }

    /// Ends what is shown; nothing of anybody stays on the page. What was being written waits for its author where the
    /// session ended by itself, and is gone where they left.
    pub fn leave(self, was_here: bool) {
        if !was_here {
            self.drafts.belong_to("");
        }
        self.ahead.set(None);
        self.handed.set(None);
        self.round.set_value(Vec::new());
        self.unanswered.set_value(Vec::new());
        self.trouble.set(None);
        self.at.set(At::Door(was_here));
    }

    /// The answer, or its trouble told; a session that is over leads to the door.
    pub fn keep<T>(self, answer: Result<T, AppError>) -> Option<T> {
        match answer {
            Ok(value) => {
                self.trouble.set(None);
                Some(value)
            }
            Err(error) if is_over(&error) => {
                self.leave(true);
                None
            }
            Err(error) => {
                self.miss(&error);
                self.trouble.set(Some(error));
                None
            }
        }
    }

    /// Asks for what a page shows; where the server does not answer, anew as soon as it does.
    pub fn load<T: 'static, F: Future<Output = Result<T, AppError>> + 'static>(
        self,
        ask: impl Fn() -> F + 'static,
        then: impl Fn(T) + 'static,
    ) {
        self.loading(Rc::new(move || -> Answer<T> { Box::pin(ask()) }), Rc::new(then));
    }

    fn loading<T: 'static>(self, ask: Rc<dyn Fn() -> Answer<T>>, then: Rc<dyn Fn(T)>) {
        leptos::task::spawn_local(async move {
            let answer = ask().await;
            if answer.as_ref().is_err_and(is_lost) {
                self.unanswered.update_value(|all| {
                    all.push(Rc::new(move || self.loading(ask.clone(), then.clone())));
                });
                self.keep(answer);
            } else if let Some(value) = self.keep(answer) {
                then(value);
            }
        });
    }

    /// Where it was for want of an answer: asks for one until it comes.
    pub fn miss(self, error: &AppError) {
        if !is_lost(error) || self.lost.get_untracked() {
            return;
        }
        self.lost.set(true);
        leptos::task::spawn_local(async move {
            while self.lost.get_untracked() {
                browser::pause(ASK_AGAIN).await;
                self.ask_again().await;
            }
        });
    }

    /// Asks whether the server is there, by a call that keeps no session alive: whatever it answers, it is; then the
    /// trouble goes, and what was left without an answer is asked again.
    pub async fn ask_again(self) {
        let answer = api::queue_live(QueueFilter::default()).await;
        if answer.as_ref().is_err_and(is_lost) || !self.lost.get_untracked() {
            return;
        }
        self.lost.set(false);
        self.trouble.update(|trouble| {
            trouble.take_if(|error| is_lost(error));
        });
        if answer.is_err_and(|error| is_over(&error)) {
            self.leave(true);
            return;
        }
        for again in self.unanswered.try_update_value(std::mem::take).unwrap_or_default() {
            again();
        }
        self.news.update(|(count, id)| (*count, *id) = (*count + 1, ANY.to_owned()));
    }

    /// Somebody looks at a file: in this round «next» shows others.
    pub fn look(self, id: &str) {
        self.round.update_value(|seen| {
            seen.retain(|other| other != id);
            seen.push(id.to_owned());
            let most = seen.len().saturating_sub(ROUND);
            seen.drain(..most);
        });
    }

    /// A file was decided about: nothing of it is kept, and when it comes back it is shown.
    pub fn decided(self, id: &str) {
        self.drafts.forget(id);
        self.round.update_value(|seen| seen.retain(|other| other != id));
    }
}

type Answer<T> = std::pin::Pin<Box<dyn Future<Output = Result<T, AppError>>>>;

pub fn is_over(error: &AppError) -> bool {
    matches!(error.code, Code::NoSession | Code::SessionExpired)
}

pub fn is_lost(error: &AppError) -> bool {
    error.code == Code::Offline
}

/// What an error says at the desk, where nothing is kept on the device and sent later.
pub fn told(error: &AppError) -> String {
    if is_lost(error) { Desk::of(browser::lang()).offline.to_owned() } else { error.message.clone() }
}
