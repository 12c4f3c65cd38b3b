//! The rows of the queue: asked for, kept in place while others come and go around them, walked by keys.

use crate::queue::{age, file_path};
use crate::session::Session;
use crate::table::table;
use app::browser::focus;
use app::error::AppError;
use app::staff::api;
use app::staff::view::{QueueFilter, QueuePage, QueueRow};
use app::text::appeals::Judging;
use app::text::filing;
use app::text::staff::{Desk, Queue};
use app::visitor::lang;
use domain::clock::Timestamp;
use leptos::prelude::*;
use std::collections::HashSet;

/// The id of the button that shows more.
const MORE: &str = "more";

/// The list as it is shown.
#[derive(Clone, Copy)]
pub struct List {
    session: Session,
    pub page: RwSignal<Option<QueuePage>>,
    /// The file the keys are about, by its id: rows come and go around it.
    chosen: RwSignal<String>,
    /// How many rows at least, while there are: news take back nothing that was shown.
    wanted: StoredValue<usize>,
    /// The number of the last question: answers to those before it come too late.
    asked: StoredValue<u32>,
    /// A person waits for the answer.
    busy: RwSignal<bool>,
}

impl List {
    pub fn new(session: Session) -> List {
        List {
            session,
            page: RwSignal::new(None),
            chosen: RwSignal::new(String::new()),
            wanted: StoredValue::new(1),
            asked: StoredValue::new(0),
            busy: RwSignal::new(false),
        }
    }

    /// From the beginning: another part of the queue.
    pub fn anew(self) {
        self.chosen.set(String::new());
        self.wanted.set_value(1);
        self.ask(false);
    }

    /// Asks for the rows. `live`: by itself, which keeps no session alive; not while a person waits for an answer, whose
    /// question this one then is.
    pub fn ask(self, live: bool) {
        let live = live && !self.busy.get_untracked();
        let Some(number) = self.asked.try_update_value(|n| {
            *n += 1;
            *n
        }) else {
            return;
        };
        self.busy.set(!live);
        let answer = move |found: Result<QueuePage, AppError>| {
            if self.asked.try_get_value() != Some(number) {
                return Ok(None);
            }
            self.busy.set(false);
            match found {
                Err(_) if live => Ok(None),
                found => found.map(Some),
            }
        };
        let ask = move || async move {
            let (filter, wanted) = (self.session.filter.get_untracked(), self.wanted.try_get_value().unwrap_or(1));
            answer(pages(filter, wanted, live).await)
        };
        if live {
            // Nobody asked: what is told above the list stays, whatever comes.
            leptos::task::spawn_local(async move {
                if let Ok(Some(found)) = ask().await {
                    self.show(found);
                }
            });
            return;
        }
        self.session.load(ask, move |found| {
            if let Some(found) = found {
                self.show(found);
            }
        });
    }

    fn show(self, found: QueuePage) {
        if self.chosen.with_untracked(String::is_empty)
            && let Some(first) = found.rows.first()
        {
            self.chosen.set(first.id.clone());
        }
        let shown = self.page.with_untracked(|p| p.as_ref().map_or(0, |p| p.rows.len()));
        // The button goes with the last rows; who pressed it goes on with the first of them.
        if focus::at() == MORE
            && !found.more
            && let Some(next) = found.rows.get(shown)
        {
            focus::soon(&row_id(&next.id));
        }
        self.page.set(Some(found));
    }

    fn further(self) {
        if !self.busy.get_untracked() {
            self.wanted.set_value(self.page.with_untracked(|p| p.as_ref().map_or(0, |p| p.rows.len())) + 1);
            self.ask(false);
        }
    }

    /// The row the keys are about; none when it has left the list: no other one stands for it.
    pub fn current(self) -> Option<QueueRow> {
        let id = self.chosen.get_untracked();
        self.page.with_untracked(|p| p.as_ref()?.rows.iter().find(|row| row.id == id).cloned())
    }

    pub fn step(self, by: isize) {
        let id = self.chosen.get_untracked();
        let to = self.page.with_untracked(|p| {
            let rows = &p.as_ref()?.rows;
            let to = match rows.iter().position(|row| row.id == id) {
                Some(at) => at.saturating_add_signed(by).min(rows.len().saturating_sub(1)),
                None => 0,
            };
            rows.get(to).map(|row| row.id.clone())
        });
        if let Some(id) = to {
            focus::soon(&row_id(&id));
            self.chosen.set(id);
        }
    }

    pub fn view(self) -> AnyView {
        let words = Queue::here();
        // The table stays while its rows change: focus and place of reading stay with it.
        let rows = Memo::new(move |_| self.page.with(|p| p.as_ref().map(|p| !p.rows.is_empty())));
        view! {
            {move || match rows.get() {
                None => view! { <p role="status">{Desk::here().loading}</p> }.into_any(),
                Some(false) => {
                    view! { <div class="empty"><h2>{words.empty_title}</h2><p>{words.empty_text}</p></div> }.into_any()
                }
                Some(true) => self.table(),
            }}
        }
        .into_any()
    }

    fn table(self) -> AnyView {
        let words = Queue::here();
        let rows = move || self.page.with(|p| p.as_ref().map(|p| p.rows.clone()).unwrap_or_default());
        let more = Memo::new(move |_| self.page.with(|p| p.as_ref().is_some_and(|p| p.more)));
        let busy = move || self.busy.get().then_some("true");
        let rows = view! { <For each=rows key=key children=move |row| self.row(row)/> }.into_any();
        let columns = [words.number, words.left, words.kind, words.office, words.holder];
        view! {
            {table("dense stack", words.title, &columns, rows)}
            {move || {
                more.get()
                    .then(|| {
                        view! {
                            <button type="button" class="btn" id=MORE aria-busy=busy on:click=move |_| self.further()>
                                {words.more}
                            </button>
                        }
                    })
            }}
        }
        .into_any()
    }

    fn row(self, row: QueueRow) -> AnyView {
        let words = Queue::here();
        let holder = match &row.holder {
            None if row.returned => words.returned.to_owned(),
            None => words.free.to_owned(),
            Some(holder) if holder.mine => words.mine.to_owned(),
            Some(holder) => holder.login.clone(),
        };
        let held = if row.holder.as_ref().is_some_and(|h| !h.mine) { "another" } else { "" };
        let now = move || self.page.with(|p| p.as_ref().map_or(Timestamp(0), |p| p.now));
        let (id, due) = (row.id.clone(), row.due_at);
        let mine = StoredValue::new(row.id.clone());
        let current = move || self.chosen.with(|c| mine.with_value(|id| c == id)).then_some("true");
        let choose = move |_| self.chosen.set(mine.get_value());
        view! {
            <tr data-number=row.number.clone() data-held=held aria-current=current>
                <td data-label=words.number>
                    <a id=row_id(&id) class="num" href=file_path(&id) on:focus=choose>{row.number.clone()}</a>
                </td>
                <td data-label=words.left>{move || age(due, now())}</td>
                <td data-label=words.kind>
                    {filing::mailbox(lang(), row.kind).0}
                    {row.appeal.then(|| view! { " "<span class="badge wait">{Judging::here().badge}</span> })}
                </td>
                <td data-label=words.office>{row.place}</td>
                <td data-label=words.holder>{holder}</td>
            </tr>
        }
        .into_any()
    }
}

fn row_id(id: &str) -> String {
    format!("row-{id}")
}

/// What of a row is shown: with another of it the row is drawn anew.
fn key(row: &QueueRow) -> String {
    let holder = row.holder.as_ref().map_or("", |h| h.login.as_str());
    format!("{} {} {holder} {}", row.id, row.due_at.0, row.returned)
}

/// So many rows at least, while there are, each file once.
async fn pages(filter: QueueFilter, wanted: usize, live: bool) -> Result<QueuePage, AppError> {
    let ask = async |filter: QueueFilter| match live {
        true => api::queue_live(filter).await,
        false => api::queue(filter).await,
    };
    let mut found = ask(filter.clone()).await?;
    while found.more && found.rows.len() < wanted {
        let after = found.rows.last().map(|row| (row.due_at, row.id.clone()));
        let further = ask(QueueFilter { after, ..filter.clone() }).await?;
        found.rows.extend(further.rows);
        found.more = further.more;
    }
    let mut seen = HashSet::new();
    found.rows.retain(|row| seen.insert(row.id.clone()));
    Ok(found)
}
