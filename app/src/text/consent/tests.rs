use super::*;

const LANGS: [Lang; 2] = [Lang::Ru, Lang::En];

/// 152-ФЗ, статья 9, часть 4: operator, purposes, data, actions, term, withdrawal.
#[test]
fn the_consent_holds_what_the_law_lists() {
    for lang in LANGS {
        let sections = consent(lang, &DEMO_OPERATOR);
        let ids: Vec<&str> = sections.iter().map(|s| &*s.id).collect();
        for id in ["operator", "purposes", "data", "actions", "term", "withdrawal"] {
            assert!(ids.contains(&id), "{id}");
        }
        let text = plain(VERSION, &sections);
        assert!(text.starts_with(VERSION));
        for said in [DEMO_OPERATOR.name, DEMO_OPERATOR.address, DEMO_OPERATOR.email, "30", "152"] {
            assert!(text.contains(said), "{said}");
        }
        for purpose in Purpose::ALL {
            assert!(text.contains(purpose.name(lang)));
        }
        assert!(!text.contains('!'));
    }
}

/// The person sees whom the consent is given to, so another operator is another text.
#[test]
fn another_operator_is_another_text() {
    let other = Operator { name: "Почтовая служба области", ..DEMO_OPERATOR };
    let text = |operator| plain(VERSION, &consent(Lang::Ru, operator));
    assert_ne!(text(&other), text(&DEMO_OPERATOR));
    assert_eq!(text(&other), text(&other));
    let registered = Operator { inn: "7724490000", ogrn: "1197746000000", ..other };
    assert!(text(&registered).contains("Почтовая служба области, ИНН 7724490000, ОГРН 1197746000000. Адрес"));
}

#[test]
fn both_documents_say_the_same_in_both_languages() {
    let shape =
        |sections: Vec<Section>| -> Vec<_> { sections.iter().map(|s| (s.id.clone(), s.blocks.len())).collect() };
    let [ru, en] = LANGS.map(|lang| shape(consent(lang, &DEMO_OPERATOR)));
    assert_eq!(ru, en);
    let [ru, en] = LANGS.map(|lang| shape(terms(lang)));
    assert_eq!(ru, en);
}
