//! What is inside an element, taken over in a task of its own.
//!
//! Taking a page over is mostly the browser compiling each function as it is first called. In one piece that holds a slow phone
//! for a tenth of a second, and with it whoever is typing. So the app comes in steps (`shell::start`): it takes over the frame
//! and the page, then one by one what was put here, and lets the browser breathe in between. Nothing of it shows: the page is
//! in the document already, and its rules are at work until the last step.
//!
//! Nothing outside may change what an inside shows before its turn: taking over compares nothing, it believes that the page
//! shows what the signals say.

use leptos::prelude::*;
use leptos::tachys::html::attribute::Attribute;
use leptos::tachys::hydration::Cursor;
use leptos::tachys::renderer::types::{Element, Node};
use leptos::tachys::view::add_attr::AddAnyAttr;
use leptos::tachys::view::any_view::{AnyView, AnyViewState};
use leptos::tachys::view::{Mountable, Position, PositionState, Render, RenderHtml};
use leptos::wasm_bindgen::JsCast;
use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::{Rc, Weak};

/// Behind a pointer, for the wasm's sake: else each form would be compiled by itself.
pub type Children = Box<dyn FnOnce() -> AnyView + Send>;

/// The whole inside of one element. Nothing in it may be loaded with the page (`ui::load`): the data that came with it is
/// told to those who ask during the first steps only.
pub fn later(children: Children) -> AnyView {
    if cfg!(feature = "ssr") { children() } else { Later(children).into_any() }
}

struct Later(Children);

struct State(Rc<RefCell<Inside>>);

enum Inside {
    /// For its turn.
    Waiting {
        children: Children,
        element: Element,
        owner: Owner,
    },
    Here(AnyViewState),
    /// In between.
    Moving,
}

thread_local! {
    static WAITING: RefCell<VecDeque<Weak<RefCell<Inside>>>> = const { RefCell::new(VecDeque::new()) };
}

/// What is there is pressed or typed into: it does not wait any more. Called before the event reaches anybody
/// (`shell::take_over`), so that effects that follow have been at work when it does.
pub fn take_over_all() {
    while take_over_next() {}
}

/// Takes over what has waited longest: whether there was anything.
pub fn take_over_next() -> bool {
    let Some(next) = WAITING.with_borrow_mut(VecDeque::pop_front) else { return false };
    // It may have left the page by now.
    if let Some(inside) = next.upgrade() {
        take_over(&inside);
    }
    true
}

fn take_over(inside: &RefCell<Inside>) {
    let here = match inside.replace(Inside::Moving) {
        Inside::Waiting { children, element, owner } => {
            let hydrate =
                || children().hydrate::<true>(&Cursor::new(element), &PositionState::new(Position::FirstChild));
            Inside::Here(owner.with(hydrate))
        }
        other => other,
    };
    inside.replace(here);
}

impl State {
    fn now(inside: Inside) -> State {
        State(Rc::new(RefCell::new(inside)))
    }

    fn with<T>(&self, act: impl FnOnce(&mut AnyViewState) -> T) -> Option<T> {
        match &mut *self.0.borrow_mut() {
            Inside::Here(state) => Some(act(state)),
            _ => None,
        }
    }
}

impl Render for Later {
    type State = State;

    fn build(self) -> State {
        State::now(Inside::Here((self.0)().build()))
    }

    fn rebuild(self, state: &mut State) {
        take_over(&state.0);
        state.with(|inside| (self.0)().rebuild(inside));
    }
}

impl AddAnyAttr for Later {
    type Output<A: Attribute> = Later;

    fn add_any_attr<A: Attribute>(self, _: A) -> Later {
        self
    }
}

impl RenderHtml for Later {
    type AsyncOutput = Later;
    type Owned = Later;
    const MIN_LENGTH: usize = 0;

    fn dry_resolve(&mut self) {}

    async fn resolve(self) -> Later {
        self
    }

    fn to_html_with_buf(
        self,
        buf: &mut String,
        position: &mut Position,
        escape: bool,
        mark_branches: bool,
        extra_attrs: Vec<leptos::tachys::html::attribute::any_attribute::AnyAttribute>,
    ) {
        (self.0)().to_html_with_buf(buf, position, escape, mark_branches, extra_attrs);
    }

    /// Steps over all of it, to the mark that views erased to one type leave behind the last child of an element.
    fn hydrate<const FROM_SERVER: bool>(self, cursor: &Cursor, position: &PositionState) -> State {
        let element: Element = cursor.current().unchecked_into();
        // What an extension of the browser has put behind the mark is none of ours.
        let mut from_the_end = std::iter::successors(element.last_child(), Node::previous_sibling);
        let mark = from_the_end.find(|node| node.node_type() == Node::COMMENT_NODE);
        if let Some(last) = mark.and_then(|mark| mark.previous_sibling()) {
            cursor.set(last);
            position.set(Position::NextChild);
        }
        let owner = Owner::current().unwrap_or_default();
        let state = State::now(Inside::Waiting { children: self.0, element, owner });
        WAITING.with_borrow_mut(|waiting| waiting.push_back(Rc::downgrade(&state.0)));
        state
    }

    fn into_owned(self) -> Later {
        self
    }
}

/// While it waits it cannot be moved but by its element.
impl Mountable for State {
    fn unmount(&mut self) {
        self.with(Mountable::unmount);
    }

    fn mount(&mut self, parent: &Element, marker: Option<&Node>) {
        self.with(|inside| inside.mount(parent, marker));
    }

    fn insert_before_this(&self, child: &mut dyn Mountable) -> bool {
        self.with(|inside| inside.insert_before_this(child)).unwrap_or_default()
    }

    fn elements(&self) -> Vec<Element> {
        self.with(|inside| inside.elements()).unwrap_or_default()
    }
}
