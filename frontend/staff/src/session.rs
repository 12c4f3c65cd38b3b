//! Who is at the desk, and what its pages share.

use app::error::AppError;
use app::staff::view::{File, Me, QueueFilter};
use domain::Code;
use leptos::prelude::*;
use std::sync::OnceLock;

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

    /// Ends what is shown; nothing of anybody stays on the page.
    pub fn leave(self, was_here: bool) {
        self.ahead.set(None);
        self.handed.set(None);
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
            Err(error) if matches!(error.code, Code::NoSession | Code::SessionExpired) => {
                self.leave(true);
                None
            }
            Err(error) => {
                self.trouble.set(Some(error));
                None
            }
        }
    }
}
