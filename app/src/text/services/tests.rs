use super::*;
use std::collections::HashSet;

const LANGS: [Lang; 2] = [Lang::Ru, Lang::En];

#[test]
fn every_service_has_its_address_category_and_words() {
    let mut pages = HashSet::new();
    for service in SERVICES {
        assert!(service.category().is_some(), "{}", service.slug);
        assert!(pages.insert(service.page()), "{}", service.page());
        assert!(service.target.starts_with('/'));
        for lang in LANGS {
            let summary = service.summary.of(lang);
            assert!(!service.name.of(lang).is_empty());
            assert!(summary.ends_with('.') && !summary.contains('!'), "{summary}");
        }
    }
    for category in CATEGORIES {
        assert!(services_of(category.slug).next().is_some());
    }
}

#[test]
fn a_closed_service_leads_to_its_own_page_that_says_so() {
    for service in SERVICES {
        if service.open {
            continue;
        }
        assert_eq!(service.href(), service.page());
    }
    assert!(closed_note(Lang::Ru).starts_with("Услуга откроется позже"));
    let (category, slug) = REGISTRATION;
    let registration = service(category, slug).unwrap();
    assert!(registration.open);
    assert_eq!(registration.href(), "/services/post/registration");
    assert_eq!(START.of(Lang::Ru), "Начать регистрацию");
}

#[cfg(feature = "ssr")]
#[test]
fn every_page_says_what_to_prepare_how_long_and_how_much() {
    for service in SERVICES {
        assert!(!phrases(service).is_empty(), "{}", service.slug);
        let [ru, en] = LANGS.map(|lang| details(lang, service));
        let ids = |sections: &[Section]| -> Vec<String> { sections.iter().map(|s| s.id.to_string()).collect() };
        assert_eq!(ids(&ru), ids(&en), "{}", service.slug);
        for id in ["prepare", "term", "price"] {
            assert!(ids(&ru).iter().any(|i| i == id), "{} {id}", service.slug);
        }
        for section in ru.iter().chain(&en) {
            assert!(!section.plain().contains('!'));
        }
    }
}

/// A refusal named on the page is one that exists.
#[cfg(feature = "ssr")]
#[test]
fn the_refusals_of_the_registration_are_real_codes() {
    use crate::text::article::Block;
    let (category, slug) = REGISTRATION;
    let registration = service(category, slug).unwrap();
    for lang in LANGS {
        let codes: Vec<domain::Code> = details(lang, registration)
            .iter()
            .flat_map(|s| &s.blocks)
            .filter_map(|block| match block {
                Block::Link { href, text } => {
                    let code = href.rsplit('/').next().unwrap();
                    assert!(text.starts_with(code), "{text}");
                    Some(code.parse().unwrap())
                }
                _ => None,
            })
            .collect();
        assert_eq!(codes.len(), 9);
    }
}

#[cfg(feature = "ssr")]
#[test]
fn a_link_to_a_closed_service_says_so() {
    use crate::text::article::Block;
    let text = |category, slug| match link_to(Lang::Ru, category, slug) {
        Block::Link { text, .. } => text.into_owned(),
        other => panic!("{other:?}"),
    };
    assert_eq!(text("help", "questions"), "Помощь и частые вопросы");
    assert_eq!(text("cabinet", "identity"), "Верификация личности");
    assert_eq!(text("help", "support"), "Техническая поддержка — откроется позже");
}
