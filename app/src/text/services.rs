//! The catalogue: what can be done here, in which category, and whether it is open (NAV-1…NAV-5).
//!
//! The list is small and part of the wasm; the texts of the pages and the search phrases stay on
//! the server.

#[cfg(feature = "ssr")]
mod details;
mod list;
#[cfg(feature = "ssr")]
mod phrases;
#[cfg(feature = "ssr")]
mod registration;
#[cfg(test)]
mod tests;

use super::Lang;
#[cfg(feature = "ssr")]
use super::article::{Block, Section};

pub use list::{CATEGORIES, SERVICES};

/// One wording in both languages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Both {
    pub ru: &'static str,
    pub en: &'static str,
}

impl Both {
    pub const fn of(self, lang: Lang) -> &'static str {
        match lang {
            Lang::Ru => self.ru,
            Lang::En => self.en,
        }
    }
}

/// A group of services, `/services#{slug}`.
#[derive(Debug)]
pub struct Category {
    pub slug: &'static str,
    pub name: Both,
}

/// A service, `/services/{category}/{slug}`.
#[derive(Debug)]
pub struct Service {
    pub category: &'static str,
    pub slug: &'static str,
    pub name: Both,
    /// One or two sentences for the tile.
    pub summary: Both,
    /// Whether it works today. A closed one keeps its page, which says so ([`closed_note`]).
    pub open: bool,
    /// Where the service itself is.
    pub target: &'static str,
}

/// The service the house is built for.
pub const REGISTRATION: (&str, &str) = ("post", "registration");

impl Service {
    /// Its own page.
    pub fn page(&self) -> String {
        format!("/services/{}/{}", self.category, self.slug)
    }

    /// Where a person is sent: to the service when it is open, to its page when it is not.
    /// Registration always starts from its page, which says what to prepare.
    pub fn href(&self) -> String {
        if self.open && (self.category, self.slug) != REGISTRATION { self.target.to_owned() } else { self.page() }
    }

    pub fn category(&self) -> Option<&'static Category> {
        category(self.category)
    }
}

pub fn category(slug: &str) -> Option<&'static Category> {
    CATEGORIES.iter().find(|c| c.slug == slug)
}

/// The service at `/services/{category}/{slug}`.
pub fn service(category: &str, slug: &str) -> Option<&'static Service> {
    SERVICES.iter().find(|s| s.category == category && s.slug == slug)
}

/// The services of a category, in the order they are shown.
pub fn services_of(category: &str) -> impl Iterator<Item = &'static Service> {
    SERVICES.iter().filter(move |s| s.category == category)
}

/// The main button of the registration's page (NAV-2).
pub const START: Both = Both { ru: "Начать регистрацию", en: "Start registration" };

/// The link to the same checks before sending and without logging in.
pub const REHEARSE: Both =
    Both { ru: "Проверить данные без входа", en: "Check your data without logging in" };

/// The main button of any other open service.
pub const OPEN: Both = Both { ru: "Перейти к услуге", en: "Go to the service" };

/// The mark on the tile of a service that is not open yet.
pub const CLOSED: Both = Both { ru: "Откроется позже", en: "Opens later" };

/// What the page of a closed service says.
pub fn closed_note(lang: Lang) -> &'static str {
    match lang {
        Lang::Ru => {
            "Услуга откроется позже. Сейчас подать или оформить её здесь нельзя. Ниже — что понадобится, когда она откроется."
        }
        Lang::En => "This service opens later. It cannot be used here yet. Below is what you will need when it opens.",
    }
}

/// The page of a service: who can, what to prepare, steps, term, price, refusals.
#[cfg(feature = "ssr")]
pub fn details(lang: Lang, service: &Service) -> Vec<Section> {
    if (service.category, service.slug) == REGISTRATION {
        registration::sections(lang)
    } else {
        details::sections(lang, service.slug)
    }
}

/// A link to a service by its name; a closed one says so, so that no text promises what is shut.
#[cfg(feature = "ssr")]
pub(in crate::text) fn link_to(lang: Lang, category: &str, slug: &str) -> Block {
    let service = service(category, slug);
    let name = service.map_or("", |s| s.name.of(lang));
    let text = match service {
        Some(s) if !s.open => format!("{name} — {}", CLOSED.of(lang).to_lowercase()).into(),
        _ => name.into(),
    };
    Block::Link { href: service.map_or_else(String::new, Service::href).into(), text }
}

/// What people type when they look for the service, in either language: menu words, names of
/// cabinet sections, plain phrases (NAV-1…NAV-5).
#[cfg(feature = "ssr")]
pub fn phrases(service: &Service) -> &'static [&'static str] {
    phrases::of(service.category, service.slug)
}
