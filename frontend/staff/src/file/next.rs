//! On to the next file: the one taken ahead, or a new one, in rounds through the queue.

use crate::queue::file_path;
use crate::session::Session;
use app::browser::focus;
use app::error::AppError;
use app::staff::api;
use app::staff::view::{File, QueueFilter};
use app::text::staff::FileWords;
use leptos::prelude::*;
use leptos_router::NavigateOptions;

/// Takes the file whose term is nearest and goes to it: the one taken ahead, else a new one. `from`: what is shown now.
pub fn open_next(session: Session, from: Option<String>, go: impl Fn(&str, NavigateOptions) + Clone + 'static) {
    // A key held down asks once.
    if session.going.try_update_value(|going| std::mem::replace(going, true)) != Some(false) {
        return;
    }
    session.said.set(String::new());
    let ahead = session.ahead.try_update(Option::take).flatten();
    let asker = session.asker();
    leptos::task::spawn_local(async move {
        // What was taken ahead may be somebody else's by now.
        let ahead = match ahead {
            Some(file) => api::take(file.id).await.ok(),
            None => None,
        };
        let found = match ahead {
            Some(file) => Some(Some(file)),
            None => session.keep(next_of_round(session, from).await),
        };
        session.going.set_value(false);
        if !session.is_still(asker.as_deref()) {
            return;
        }
        match found {
            Some(Some(file)) => hand_over(session, file, &go),
            Some(None) => {
                let nothing = FileWords::of(crate::browser::lang()).nothing_left;
                session.said.update(|said| *said = format!("{said} {nothing}").trim().to_owned());
                go("/staff", NavigateOptions::default());
            }
            None => {}
        }
    });
}

/// A file not looked at in this round; when all were, a new round begins.
async fn next_of_round(session: Session, from: Option<String>) -> Result<Option<File>, AppError> {
    let (filter, seen) = (session.filter.get_untracked(), session.round.get_value());
    let found = api::take_next(filter.clone(), seen).await?;
    if found.is_some() {
        return Ok(found);
    }
    session.round.set_value(from.into_iter().collect());
    api::take_next(filter, session.round.get_value()).await
}

fn hand_over(session: Session, file: File, go: &impl Fn(&str, NavigateOptions)) {
    let to = file_path(&file.id);
    session.look(&file.id);
    session.handed.set(Some(file));
    go(&to, NavigateOptions::default());
    focus::new_heading();
    look_ahead(session, session.filter.get_untracked());
}

/// Takes the next file while this one is being read, so that nobody else does. It is the clerk's from now on, and the
/// citizen's journal says so.
fn look_ahead(session: Session, filter: QueueFilter) {
    let asker = session.asker();
    leptos::task::spawn_local(async move {
        let found = api::take_next(filter.clone(), session.round.get_value()).await.ok().flatten();
        // Of another part of the queue nothing is wanted any more, nor what is looked at by now, nor by whoever left.
        let wanted = session.filter.get_untracked() == filter && session.is_still(asker.as_deref());
        let seen = |file: &File| session.round.with_value(|round| round.contains(&file.id));
        session.ahead.set(found.filter(|file| wanted && !seen(file)));
    });
}
