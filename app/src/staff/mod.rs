//! The staff desk: what its pages ask and what crosses the wire. The pages themselves are in `frontend/staff`, which
//! citizens do not download.

pub mod api;
pub mod appeal;
#[cfg(feature = "ssr")]
pub mod desk;
pub mod view;

use crate::routes;
use domain::staff::Power;

/// The pages below `/staff` and the power each needs; a segment `:id` stands for one of anything.
const PAGES: &[(&str, Option<Power>)] = &[
    (routes::STAFF, None),
    ("/staff/files/:id", Some(Power::Read)),
    ("/staff/search", Some(Power::Read)),
    ("/staff/identities", Some(Power::Verify)),
    ("/staff/newcomers/phone", Some(Power::Enrol)),
    ("/staff/newcomers/counter", Some(Power::Admit)),
    ("/staff/counter", Some(Power::Admit)),
    ("/staff/board", Some(Power::Oversee)),
    ("/staff/people", Some(Power::Administer)),
    ("/staff/audit", Some(Power::Audit)),
    ("/staff/partners", Some(Power::Administer)),
    ("/staff/partners/:id", Some(Power::Administer)),
];

/// All pages with the power each needs, for tests that must forget none.
#[cfg(feature = "ssr")]
pub fn pages() -> &'static [(&'static str, Option<Power>)] {
    PAGES
}

/// What the page at a path needs; `None` for what is no page.
pub fn page_power(path: &str) -> Option<Option<Power>> {
    let path = path.strip_suffix('/').unwrap_or(path);
    PAGES.iter().find(|(pattern, _)| fits(pattern, path)).map(|(_, power)| *power)
}

fn fits(pattern: &str, path: &str) -> bool {
    let (mut wanted, mut found) = (pattern.split('/'), path.split('/'));
    loop {
        match (wanted.next(), found.next()) {
            (None, None) => return true,
            (Some(":id"), Some(id)) if !id.is_empty() => {}
            (Some(a), Some(b)) if a == b => {}
            _ => return false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_page_has_its_power_and_nothing_else_is_a_page() {
        assert_eq!(page_power("/staff/"), Some(None));
        assert_eq!(page_power("/staff/files/42"), Some(Some(Power::Read)));
        assert_eq!(page_power("/staff/people"), Some(Some(Power::Administer)));
        for absent in ["/staff/files", "/staff/files/", "/staff/files/1/2", "/staff/peoplex", "/staffx", "/staff/login"]
        {
            assert_eq!(page_power(absent), None, "{absent}");
        }
    }
}
