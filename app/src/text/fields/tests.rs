use super::*;
use std::collections::HashSet;

#[test]
fn every_control_has_a_name_of_its_own_and_a_short_hint() {
    for lang in [Lang::Ru, Lang::En] {
        let mut seen = HashSet::new();
        for &field in Field::ALL {
            let (label, hint) = (label(lang, field), hint(lang, field));
            assert!(seen.insert(label), "{label}");
            assert!(!label.is_empty() && label.chars().count() <= 45, "{label}");
            assert!(!hint.is_empty() && hint.chars().count() <= 80, "{hint}");
            assert!(!hint.contains('!') && !hint.ends_with('.'), "{hint}");
        }
    }
}
