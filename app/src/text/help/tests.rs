use super::*;
use crate::text::codes;
use std::collections::HashSet;

const LANGS: [Lang; 2] = [Lang::Ru, Lang::En];

#[test]
fn every_code_has_cause_remedy_and_what_to_quote() {
    for lang in LANGS {
        let mut titles = HashSet::new();
        for &code in Code::ALL {
            let help = help(lang, code);
            assert!(titles.insert(help.title.clone()), "{code}: {}", help.title);
            for text in [&help.cause, &help.remedy, &help.quote] {
                assert!(text.ends_with('.') && !text.contains('!'), "{code}: {text}");
                assert!(!text.contains("  "), "{code}: {text}");
            }
            // The page adds to what the field already said.
            assert_ne!(help.remedy, codes::message(lang, code), "{code}");
            assert!(help.remedy.chars().count() >= 15, "{code}: {}", help.remedy);
            assert!(help.quote.contains(&code.to_string()), "{code}");
            let all = format!("{} {} {}", help.title, help.cause, help.remedy).to_lowercase();
            for blame in ["неверный формат", "вы ошиблись", "invalid format", "гибдд"] {
                assert!(!all.contains(blame), "{code}: {blame}");
            }
        }
    }
}

#[test]
fn english_is_not_shorter_by_a_thought() {
    for &code in Code::ALL {
        let [ru, en] = LANGS.map(|lang| help(lang, code));
        let sentences = |text: &str| text.matches(". ").count();
        assert!(sentences(&ru.remedy).abs_diff(sentences(&en.remedy)) <= 1, "{code}");
        assert_ne!(ru.title, en.title);
    }
}

#[test]
fn a_checksum_says_where_to_look() {
    let help = help(Lang::Ru, Code::SnilsChecksum);
    assert!(help.remedy.contains("две последние") && help.remedy.contains("карточки"));
    assert!(help.quote.contains("OTD-1402"));
}

#[test]
fn the_sections_are_the_same_in_both_languages() {
    let ids = |lang| -> Vec<_> { sections(lang, "help@example.ru").into_iter().map(|s| s.id).collect() };
    assert_eq!(ids(Lang::Ru), ids(Lang::En));
    for section in LANGS.into_iter().flat_map(|lang| sections(lang, "help@example.ru")) {
        assert!(!section.blocks.is_empty());
        assert!(!section.plain().contains('!'), "{}", section.title);
    }
}

#[test]
fn every_code_stands_in_one_group() {
    for lang in LANGS {
        let groups = groups(lang);
        assert!(groups.iter().all(|g| !g.codes.is_empty() && !g.title.is_empty()));
        let listed: Vec<Code> = groups.into_iter().flat_map(|g| g.codes).collect();
        assert_eq!(listed, Code::ALL);
    }
}
