//! Which page stands at which address, and in which wasm.
//!
//! Tables of one type: the router's `<Route>` is a type per address, and costs the wasm 10 KB after compression.
//! There are two, one for each wasm of the citizens: the way to a sent application is what people come for on bad lines,
//! and it carries nothing else. The server knows both; a wasm knows the other's addresses, and lets the browser load them
//! anew.

use crate::ui::frame;
use crate::{accounts, appeals, applications, browser, content, documents, notices, offices, receipts};
use leptos::prelude::{AnyView, Effect};
use leptos_router::{
    ChooseView, GeneratedRouteData, MatchInterface, MatchNestedRoutes, MatchParams, Method, PathSegment, RouteMatchId,
    SsrMode,
};
use std::borrow::Cow;
use std::sync::Arc;

type View = fn() -> AnyView;
type Rows = &'static [(&'static str, View)];

/// Pages of one wasm: a table it has, or the addresses of one it has not.
#[derive(Clone, Copy)]
enum Table {
    Here(Rows),
    Elsewhere(&'static [&'static str]),
}

/// What one wasm knows. The order of the tables is everywhere the same, since the first row that fits wins:
/// `/applications/new` before `/applications/:id`.
#[derive(Clone, Copy)]
pub struct Part {
    tables: [Table; 2],
    /// What no row has: pages of words, where there are any.
    rest: Option<View>,
}

impl Part {
    /// Everything, as the server renders it.
    pub const ALL: Part = Part { tables: [Table::Here(FORMS), Table::Here(ROOMS)], rest: Some(content::words_page) };
    /// The way to a sent application.
    pub const FORMS: Part = Part { tables: [Table::Here(FORMS), Table::Elsewhere(ROOMS_ADDRESSES)], rest: None };
    /// Everything else.
    pub const ROOMS: Part =
        Part { tables: [Table::Elsewhere(FORMS_ADDRESSES), Table::Here(ROOMS)], rest: Some(content::words_page) };

    fn rows(self) -> impl Iterator<Item = (&'static str, View)> {
        let here = |table| match table {
            Table::Here(rows) => rows,
            Table::Elsewhere(_) => &[],
        };
        self.tables.into_iter().flat_map(here).copied()
    }

    /// The page at this path, with its place among [`Part::rows`]; one behind the last of them is elsewhere, and two behind
    /// are the pages of words.
    fn find(self, path: &str) -> (usize, View, Params) {
        let rows = self.rows().count();
        let mut before = 0;
        for table in self.tables {
            match table {
                Table::Here(own) => {
                    let mut numbered = own.iter().enumerate();
                    let fitting = |(at, (pattern, view)): (usize, &(&'static str, View))| {
                        Some((before + at, *view, fit(pattern, path)?))
                    };
                    if let Some(found) = numbered.find_map(fitting) {
                        return found;
                    }
                    before += own.len();
                }
                Table::Elsewhere(addresses) if fits_any(addresses, path) => return (rows, elsewhere, Params::new()),
                Table::Elsewhere(_) => {}
            }
        }
        match self.rest {
            // All pages of words are one match, which stays from one to the next. The router's fallback would not do: what
            // it shows first belongs to nobody, and its signals are gone at the next move.
            Some(words) => (rows + 1, words, Params::new()),
            None => (rows, elsewhere, Params::new()),
        }
    }

    /// Whether the page at this path (perhaps with a query) is the other wasm's.
    pub fn is_elsewhere(self, path: &str) -> bool {
        let path = path.split(['?', '#']).next().unwrap_or_default();
        let has = |table: &Table| match table {
            Table::Here(rows) => rows.iter().any(|(pattern, _)| fit(pattern, path).is_some()),
            Table::Elsewhere(addresses) => fits_any(addresses, path),
        };
        self.tables.iter().find(|table| has(table)).map_or(self.rest.is_none(), |t| matches!(t, Table::Elsewhere(_)))
    }

    /// What the router shows before it has found anything.
    pub fn fallback(self) -> AnyView {
        self.rest.unwrap_or(elsewhere)()
    }
}

fn fits_any(addresses: &[&'static str], path: &str) -> bool {
    addresses.iter().any(|pattern| fit(pattern, path).is_some())
}

/// Whether the page at this path comes with the rooms' wasm: all that is not the way to a sent application.
pub fn is_room(path: &str) -> bool {
    Part::FORMS.is_elsewhere(path)
}

/// A page that this wasm does not have: asked for anew, or, when there is nobody to ask, told.
fn elsewhere() -> AnyView {
    Effect::new(|_| {
        if !browser::is_offline_shell() {
            browser::load_instead(&browser::path());
        }
    });
    frame::offline_page()
}

/// `:name` stands for one segment. The first row that fits wins.
macro_rules! table {
    ($rows:ident, $addresses:ident: $($pattern:literal => $view:path,)*) => {
        const $rows: Rows = &[$(($pattern, $view),)*];
        const $addresses: &[&str] = &[$($pattern,)*];
    };
}

table! { FORMS, FORMS_ADDRESSES:
    "/register" => accounts::register::page,
    "/register/phone" => accounts::code::phone_page,
    "/register/email/:token" => accounts::email::page,
    "/login" => accounts::login::page,
    "/login/code" => accounts::code::login_page,
    "/applications/new" => applications::new::page,
    "/applications/:id/edit/:step" => applications::edit::page,
    "/services/post/registration/rehearsal" => applications::rehearsal::page,
}

table! { ROOMS, ROOMS_ADDRESSES:
    "/" => content::home,
    "/search" => content::search,
    "/cabinet" => accounts::cabinet::page,
    "/cabinet/profile" => accounts::profile::page,
    "/cabinet/documents" => documents::mine::page,
    "/cabinet/consents" => accounts::consents::page,
    "/cabinet/notifications" => notices::page,
    "/applications/:id/documents" => documents::page::page,
    "/applications/:id/appeal" => appeals::page::page,
    "/applications" => applications::list::page,
    "/applications/:id" => applications::card::page,
    "/offices" => offices::page,
    "/offices/:index" => offices::one,
    "/verify" => receipts::page,
    "/verify/:receipt" => receipts::one,
}

/// The patterns of all pages, for tests that must forget none.
#[cfg(feature = "ssr")]
pub fn patterns() -> impl Iterator<Item = &'static str> {
    Part::ALL.rows().map(|(pattern, _)| pattern)
}

type Params = Vec<(Cow<'static, str>, String)>;

/// A part, as the router asks it.
#[derive(Clone)]
pub struct Pages {
    part: Part,
    /// One for each row, one for pages that are elsewhere, and the last for the pages of words.
    ids: Arc<[RouteMatchId]>,
}

impl Pages {
    pub fn new(part: Part) -> Pages {
        Pages { part, ids: (0..part.rows().count() + 2).map(|_| RouteMatchId::new_from_route_id()).collect() }
    }
}

/// The page at the address in hand.
pub struct Found {
    id: RouteMatchId,
    path: String,
    params: Params,
    view: View,
}

/// The parameters of `path`, still escaped, if it fits `pattern`. A slash at the end changes nothing.
fn fit(pattern: &'static str, path: &str) -> Option<Params> {
    let mut segments = path.strip_suffix('/').unwrap_or(path).split('/');
    let mut params = Vec::new();
    for wanted in pattern.strip_suffix('/').unwrap_or(pattern).split('/') {
        let found = segments.next()?;
        match wanted.strip_prefix(':') {
            Some(name) if !found.is_empty() => params.push((Cow::Borrowed(name), found.to_owned())),
            None if wanted == found => {}
            _ => return None,
        }
    }
    segments.next().is_none().then_some(params)
}

/// Whether a row of the table has this path; the others are pages of words.
pub fn claims(path: &str) -> bool {
    fits_any(FORMS_ADDRESSES, path) || fits_any(ROOMS_ADDRESSES, path)
}

impl MatchNestedRoutes for Pages {
    type Data = ();
    type Match = Found;

    fn match_nested<'a>(&'a self, path: &'a str) -> (Option<(RouteMatchId, Found)>, &'a str) {
        let (at, view, params) = self.part.find(path);
        let found = |id| (id, Found { id, path: path.to_owned(), params, view });
        (self.ids.get(at).copied().map(found), "")
    }

    fn generate_routes(&self) -> impl IntoIterator<Item = GeneratedRouteData> + '_ {
        self.part.rows().map(|(pattern, _)| GeneratedRouteData {
            segments: pattern
                .split('/')
                .skip(1)
                .map(|segment| match segment.strip_prefix(':') {
                    Some(name) => PathSegment::Param(name.into()),
                    None => PathSegment::Static(segment.into()),
                })
                .collect(),
            ssr_mode: SsrMode::default(),
            methods: [Method::Get].into(),
            regenerate: Vec::new(),
        })
    }

    fn optional(&self) -> bool {
        false
    }
}

impl MatchParams for Found {
    fn to_params(&self) -> Params {
        self.params.clone()
    }
}

impl MatchInterface for Found {
    type Child = ();

    fn as_id(&self) -> RouteMatchId {
        self.id
    }

    fn as_matched(&self) -> &str {
        &self.path
    }

    fn into_view_and_child(self) -> (impl ChooseView, Option<()>) {
        (self.view, None)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pattern_of(path: &str) -> Option<(&'static str, Params)> {
        Part::ALL.rows().find_map(|(pattern, _)| Some((pattern, fit(pattern, path)?)))
    }

    #[test]
    fn a_citizen_finds_each_page_by_its_address() {
        assert_eq!(pattern_of("/").map(|p| p.0), Some("/"));
        assert_eq!(pattern_of("/login/code").map(|p| p.0), Some("/login/code"));
        assert_eq!(pattern_of("/offices/").map(|p| p.0), Some("/offices"));
        assert_eq!(pattern_of("/applications/new").map(|p| p.0), Some("/applications/new"));
        let (pattern, params) = pattern_of("/applications/42/edit/passport").expect("a page");
        assert_eq!(pattern, "/applications/:id/edit/:step");
        assert_eq!(params, [("id".into(), "42".to_owned()), ("step".into(), "passport".to_owned())]);
    }

    #[test]
    fn an_address_of_no_row_is_left_to_the_pages_of_words() {
        for path in ["/help/consent", "/loginx", "/log", "/applications//edit/passport", "/verify/a/b", "//"] {
            assert_eq!(pattern_of(path), None, "{path}");
        }
    }

    #[test]
    fn each_address_belongs_to_one_wasm() {
        for room in [
            "/cabinet",
            "/cabinet/",
            "/cabinet/notifications?all=1",
            "/applications/42/documents#document",
            "/applications/42",
        ] {
            assert!(is_room(room), "{room}");
            assert!(!Part::ROOMS.is_elsewhere(room), "{room}");
        }
        for form in ["/login?next=/cabinet", "/applications/new", "/applications/42/edit/passport"] {
            assert!(!is_room(form), "{form}");
            assert!(Part::ROOMS.is_elsewhere(form), "{form}");
        }
        assert_eq!(Part::ROOMS.find("/applications/new").0, ROOMS.len(), "told as elsewhere, not as a card");
        let both = FORMS_ADDRESSES.iter().find(|a| ROOMS_ADDRESSES.contains(a));
        assert_eq!(both, None);
    }
}
