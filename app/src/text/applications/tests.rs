use super::*;
use std::collections::HashSet;

#[test]
fn names_are_told_apart_and_nothing_is_left_unsaid() {
    for lang in [Lang::Ru, Lang::En] {
        let text = applications(lang);
        let statuses: HashSet<_> = text.statuses().map(|s| s.name).into();
        let stages: HashSet<_> = text.stages().map(|s| s.name).into();
        let steps: HashSet<_> = text.steps().map(|s| s.title).into();
        let mailboxes: HashSet<_> = text.mailboxes().map(|m| m.name).into();
        assert_eq!(
            [statuses.len(), stages.len(), steps.len(), mailboxes.len()],
            [7, 4, 5, 4]
        );
        for status in text.statuses() {
            for sentence in [status.meaning, status.next] {
                assert!(sentence.ends_with('.') && !sentence.contains('!'));
            }
        }
        for m in text.mailboxes() {
            for fact in [m.purpose, m.access, m.cost, m.documents] {
                assert!(!fact.is_empty());
            }
        }
    }
}

/// The words of STS-1 and STS-2 themselves.
#[test]
fn the_citizen_reads_the_statuses_of_the_rules() {
    let names = applications(Lang::Ru).statuses().map(|s| s.name);
    assert_eq!(
        names,
        [
            "На рассмотрении",
            "Требуется уточнение",
            "Ожидает подтверждения",
            "Одобрено",
            "Отклонено",
            "Закрыто по сроку",
            "Отозвано"
        ]
    );
}
