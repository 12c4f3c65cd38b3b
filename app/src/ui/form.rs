//! One form, two lives: plain HTML with a POST, and, once wasm has arrived, corrected as it is typed.
//!
//! Controls are never controlled: the DOM keeps what was typed, also what was typed before wasm came.
//! The form listens once, at its root, and asks the rules that the server will ask again.

use crate::browser;
use crate::error::{AppError, FieldMessage};
use crate::pages::Part;
use crate::text::codes;
use crate::ui::later::{Children, later};
use crate::visitor::lang;
use domain::{Field, FieldError, FieldErrors, Values};
use judge::forms::{Check, Judged};
use leptos::prelude::*;
use leptos::web_sys::{Event, FocusEvent, SubmitEvent};
use leptos_router::hooks::{use_location, use_navigate};
use serde::{Deserialize, Serialize};
use std::pin::Pin;
use std::sync::Arc;

pub use judge::Shown;

/// Where an accepted form leads.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Next {
    pub to: String,
    /// Load the page anew: who the visitor is has changed.
    #[serde(default)]
    pub reload: bool,
}

impl Next {
    pub fn to(path: impl Into<String>) -> Next {
        Next { to: path.into(), reload: false }
    }
    pub fn reload(path: impl Into<String>) -> Next {
        Next { to: path.into(), reload: true }
    }
}

pub type Sending = Pin<Box<dyn Future<Output = Result<Next, AppError>> + Send>>;
/// Sends the form to the server.
pub type Sender = Arc<dyn Fn(Values) -> Sending + Send + Sync>;

/// A refused form, rendered again by the server with everything typed still in it.
#[derive(Clone, Serialize, Deserialize)]
pub struct Replay {
    pub path: String,
    pub values: Values,
    /// Absent when the answers only come back (after a login in between).
    pub error: Option<AppError>,
}

type Settled = Arc<dyn Fn(Form, &str) + Send + Sync>;

/// The state of one form on the page. Cheap to copy; shared by its fields through context.
#[derive(Clone, Copy)]
pub struct Form {
    fields: StoredValue<Vec<(Field, RwSignal<Shown>)>>,
    /// Answers known from before: the initial values, and those of other steps.
    known: StoredValue<Values>,
    check: Check,
    /// Shown, but not to be changed.
    locked: StoredValue<Vec<Field>>,
    settled: StoredValue<Vec<(Field, Settled)>>,
    pub error: RwSignal<Option<AppError>>,
    pub busy: RwSignal<bool>,
    /// Bumped whenever something was typed; the draft keeper watches it.
    pub typed: RwSignal<u32>,
    /// Bumped whenever a field is left.
    pub left: RwSignal<u32>,
}

impl Form {
    /// A form filled with `known`.
    pub fn new(Judged { fields, check }: Judged, known: Values) -> Form {
        Form::with(fields, check, known)
    }

    /// A form that is judged where it is posted to.
    pub fn posted(fields: &[Field], known: Values) -> Form {
        Form::with(fields, |_, _| FieldErrors::default(), known)
    }

    fn with(fields: &[Field], check: Check, known: Values) -> Form {
        let replay = Self::replay(fields);
        let mut known = known;
        if let Some(replay) = &replay {
            known.take(&replay.values, fields);
        }
        let error = replay.and_then(|r| r.error);
        let shown = |f: Field| match error.as_ref().and_then(|e| e.fields.iter().find(|m| m.field == f)) {
            Some(m) => Shown::Bad(m.message.clone()),
            None => Shown::Quiet,
        };
        let form = Form {
            fields: StoredValue::new(fields.iter().map(|f| (*f, RwSignal::new(shown(*f)))).collect()),
            known: StoredValue::new(known),
            check,
            locked: StoredValue::new(Vec::new()),
            settled: StoredValue::new(Vec::new()),
            error: RwSignal::new(error),
            busy: RwSignal::new(false),
            typed: RwSignal::new(0),
            left: RwSignal::new(0),
        };
        provide_context(form);
        form
    }

    /// The refused form of this page, told to the browser too so that both render the same.
    fn replay(fields: &[Field]) -> Option<Replay> {
        let told = use_context::<StoredValue<Option<Replay>>>()?;
        let here = use_location().pathname.get_untracked();
        let fits = told.with_value(|r| {
            r.as_ref().is_some_and(|r| r.path == here && r.values.iter().all(|(f, _)| fields.contains(&f)))
        });
        // Taken once: the next form of this app's life starts clean.
        if !fits {
            return None;
        }
        // The server may build a page twice while it waits for data; the browser builds it once.
        if cfg!(feature = "ssr") { told.get_value() } else { told.try_update_value(Option::take).flatten() }
    }

    pub fn initial(self, field: Field) -> String {
        self.known.with_value(|v| v.get(field).to_owned())
    }

    pub fn shown(self, field: Field) -> RwSignal<Shown> {
        self.fields
            .try_with_value(|all| all.iter().find(|(f, _)| *f == field).map(|(_, s)| *s))
            .flatten()
            .unwrap_or_else(|| RwSignal::new(Shown::Quiet))
    }

    /// These stay as they are.
    pub fn lock(self, fields: &[Field]) {
        self.locked.set_value(fields.to_vec());
    }

    pub fn is_locked(self, field: Field) -> bool {
        self.locked.with_value(|all| all.contains(&field))
    }

    pub fn field_list(self) -> Vec<Field> {
        self.fields.try_with_value(|all| all.iter().map(|(f, _)| *f).collect()).unwrap_or_default()
    }

    /// Calls back with a good value once its field is left.
    pub fn when_settled(self, field: Field, then: impl Fn(Form, &str) + Send + Sync + 'static) {
        self.settled.update_value(|all| all.push((field, Arc::new(then))));
    }

    /// All answers as they stand: the known ones, and on top what the page holds.
    pub fn values(self) -> Values {
        // An answer may arrive after its page was left: then there is nothing any more.
        self.known.try_get_value().unwrap_or_default()
    }

    pub fn set(self, field: Field, value: &str) {
        if self.known.try_update_value(|v| v.set(field, value)).is_some() {
            browser::write(field, value);
        }
    }

    fn errors(self) -> FieldErrors {
        self.known.with_value(|v| (self.check)(v, browser::today()))
    }

    fn take_from(self, element: &leptos::web_sys::HtmlFormElement) {
        let typed = browser::read(element, &self.field_list());
        // A control that cannot be changed may not be read either: its answer is the known one.
        let fields: Vec<Field> = self.field_list().into_iter().filter(|f| !self.is_locked(*f)).collect();
        self.known.update_value(|v| v.take(&typed, &fields));
    }

    fn on_input(self, event: Event) {
        let Some((field, mut value)) = browser::touched(&event) else {
            return;
        };
        if let Some(dotted) = judge::with_dots(field, &value) {
            browser::write(field, &dotted);
            value = dotted;
        }
        // The other fields were taken at their own keys, and all are read anew when one is left: walking through the form
        // at each key would cost a frame on a slow phone.
        if !self.is_locked(field) {
            self.known.update_value(|v| v.set(field, value.as_str()));
        }
        self.typed.update(|n| *n += 1);
        let shown = self.shown(field);
        if let Some(next) = shown.with_untracked(|was| judge::typed(&self.errors(), field, &value, was, lang())) {
            set_if_changed(shown, next);
        }
    }

    fn on_blur(self, event: FocusEvent) {
        let Some((field, value)) = browser::touched(&event) else {
            return;
        };
        if let Some(element) = browser::form_of(&event) {
            self.take_from(&element);
        }
        self.left.update(|n| *n += 1);
        let errors = self.errors();
        let shown = self.shown(field);
        if let Some(next) = shown.with_untracked(|was| judge::left(&errors, field, &value, was, lang())) {
            set_if_changed(shown, next);
        }
        if value.trim().is_empty() {
            return;
        }
        if errors.of(field).is_none() {
            if let Some(grouped) = judge::grouped(field, &value) {
                self.set(field, &grouped);
            }
            self.settle(field, &value);
        }
        // A relation may have been mended from its other end.
        for (other, shown) in self.fields.get_value() {
            if other != field && shown.with_untracked(Shown::is_bad) && errors.of(other).is_none() {
                set_if_changed(shown, Shown::Good);
            }
        }
    }

    fn settle(self, field: Field, value: &str) {
        let then: Vec<Settled> = self
            .settled
            .with_value(|all| all.iter().filter(|(f, _)| *f == field).map(|(_, then)| then.clone()).collect());
        for then in then {
            then(self, value);
        }
    }

    /// What was typed before wasm arrived belongs to the form.
    fn when_taken_over(self, id: &'static str) {
        Effect::new(move |_| {
            let Some(element) = browser::form_by_id(id) else { return };
            let before = self.values();
            self.take_from(&element);
            let after = self.values();
            // It is kept on the device too, not only what is typed from now on.
            if self.field_list().iter().any(|f| before.get(*f) != after.get(*f)) {
                self.typed.update(|n| *n += 1);
            }
            self.take_early_words();
        });
    }

    /// Takes over what the early rules have said beside the fields, word for word, so that nothing moves.
    fn take_early_words(self) {
        for (field, shown) in self.fields.get_value() {
            let Some(said) = browser::judged_early(field) else { continue };
            let settled = said == Shown::Good && browser::focus::at() != field.id();
            set_if_changed(shown, said);
            if settled {
                self.settle(field, &self.initial(field));
            }
        }
    }

    /// Shows a refusal: beside the fields, in the summary, and takes the focus there.
    pub fn refuse(self, error: AppError) {
        for (field, shown) in self.fields.get_value() {
            match error.fields.iter().find(|m| m.field == field) {
                Some(m) => set_if_changed(shown, Shown::Bad(m.message.clone())),
                None if matches!(shown.get_untracked(), Shown::Bad(_)) => set_if_changed(shown, Shown::Quiet),
                None => {}
            }
        }
        self.error.set(Some(error));
        browser::focus::soon("error-summary");
    }

    fn local_refusal(self) -> Option<AppError> {
        refusal(&self.errors().stop().err()?.0, &self.field_list())
    }
}

/// What is wrong with these fields, as a form is refused; nothing where there are warnings only.
pub fn refusal(errors: &[FieldError], among: &[Field]) -> Option<AppError> {
    let fields: Vec<FieldMessage> = errors
        .iter()
        .filter(|e| among.contains(&e.field) && !e.code.is_warning())
        .map(|e| FieldMessage { field: e.field, code: e.code, message: codes::beside(lang(), e) })
        .collect();
    let first = fields.first()?;
    Some(AppError { code: first.code, message: first.message.clone(), fields })
}

fn set_if_changed(shown: RwSignal<Shown>, next: Shown) {
    if shown.with_untracked(|old| *old != next) {
        shown.set(next);
    }
}

/// The form element. `send` is used once wasm has arrived; until then the browser posts to the page's own path.
pub fn form_view(
    form: Form,
    id: &'static str,
    send: Sender,
    children: impl FnOnce() -> AnyView + Send + 'static,
) -> AnyView {
    form_around(form, id, send, Box::new(children))
}

fn form_around(form: Form, id: &'static str, send: Sender, children: Children) -> AnyView {
    let navigate = use_navigate();
    let part = use_context::<Part>();
    let inside = Box::new(move || {
        form.when_taken_over(id);
        children()
    });
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        if form.busy.get_untracked() {
            return;
        }
        if let Some(element) = browser::form_of(&event) {
            form.take_from(&element);
        }
        if let Some(error) = form.local_refusal() {
            form.refuse(error);
            return;
        }
        form.busy.set(true);
        let sending = send(form.values());
        let navigate = navigate.clone();
        leptos::task::spawn_local(async move {
            let answer = sending.await;
            form.busy.set(false);
            match answer {
                Ok(next) if next.reload || part.is_some_and(|p| p.is_elsewhere(&next.to)) => browser::load(&next.to),
                Ok(next) => {
                    form.error.set(None);
                    navigate(&next.to, Default::default());
                }
                Err(error) => form.refuse(error),
            }
        });
    };
    view! {
        <form
            id=id
            class="form flow"
            method="post"
            novalidate
            data-early=judge::forms::of(id).map(|_| "")
            on:input=move |e| form.on_input(e)
            on:focusout=move |e| form.on_blur(e)
            on:submit=submit
        >
            {later(inside)}
        </form>
    }
    .into_any()
}
