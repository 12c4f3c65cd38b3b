//! Which page stands at which address.
//!
//! One table of one type: the router's `<Route>` is a type per address, and costs the wasm 10 KB after compression.

use crate::{accounts, applications, content, documents, offices, receipts};
use leptos::prelude::AnyView;
use leptos_router::{
    ChooseView, GeneratedRouteData, MatchInterface, MatchNestedRoutes, MatchParams, Method, PathSegment, RouteMatchId,
    SsrMode,
};
use std::borrow::Cow;
use std::sync::Arc;

type View = fn() -> AnyView;

/// `:name` stands for one segment. The first row that fits wins.
const PAGES: &[(&str, View)] = &[
    ("/", content::home),
    ("/search", content::search),
    ("/register", accounts::register::page),
    ("/register/phone", accounts::code::phone_page),
    ("/register/email/:token", accounts::email::page),
    ("/login", accounts::login::page),
    ("/login/code", accounts::code::login_page),
    ("/cabinet", accounts::cabinet::page),
    ("/cabinet/profile", accounts::profile::page),
    ("/cabinet/documents", documents::mine::page),
    ("/cabinet/consents", accounts::consents::page),
    ("/applications", applications::list::page),
    ("/applications/new", applications::new::page),
    ("/applications/:id", applications::card::page),
    ("/applications/:id/documents", documents::page::page),
    ("/applications/:id/edit/:step", applications::edit::page),
    ("/services/post/registration/rehearsal", applications::rehearsal::page),
    ("/offices", offices::page),
    ("/offices/:index", offices::one),
    ("/verify", receipts::page),
    ("/verify/:receipt", receipts::one),
];

type Params = Vec<(Cow<'static, str>, String)>;

/// The table, as the router asks it.
#[derive(Clone)]
pub struct Pages(Arc<[RouteMatchId]>);

impl Pages {
    pub fn new() -> Pages {
        // One more than rows: the last is of the pages of words.
        Pages((0..=PAGES.len()).map(|_| RouteMatchId::new_from_route_id()).collect())
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
    PAGES.iter().any(|(pattern, _)| fit(pattern, path).is_some())
}

impl MatchNestedRoutes for Pages {
    type Data = ();
    type Match = Found;

    fn match_nested<'a>(&'a self, path: &'a str) -> (Option<(RouteMatchId, Found)>, &'a str) {
        let found = PAGES.iter().zip(self.0.iter()).find_map(|((pattern, view), id)| {
            let params = fit(pattern, path)?;
            Some((*id, Found { id: *id, path: path.to_owned(), params, view: *view }))
        });
        // All pages of words are one match, which stays from one to the next. The router's fallback would not do: what it
        // shows first belongs to nobody, and its signals are gone at the next move.
        let words = || {
            let found =
                |id| (id, Found { id, path: path.to_owned(), params: Params::new(), view: content::words_page });
            self.0.last().copied().map(found)
        };
        (found.or_else(words), "")
    }

    fn generate_routes(&self) -> impl IntoIterator<Item = GeneratedRouteData> + '_ {
        PAGES.iter().map(|(pattern, _)| GeneratedRouteData {
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
        PAGES.iter().find_map(|(pattern, _)| Some((*pattern, fit(pattern, path)?)))
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
}
