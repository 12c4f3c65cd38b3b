use super::*;
use std::collections::HashSet;

const LANGS: [Lang; 2] = [Lang::Ru, Lang::En];

fn calm(text: &str) {
    assert!(!text.trim().is_empty());
    assert!(!text.contains('!'), "{text}");
    assert!(text.chars().count() <= 140, "too long: {text}");
    let lower = text.to_lowercase();
    for blame in ["неверный", "некорректн", "ошиблись", "invalid format", "incorrect"] {
        assert!(!lower.contains(blame), "{text}");
    }
}

#[test]
fn every_code_says_what_to_do_and_none_says_the_same() {
    for lang in LANGS {
        let mut seen = HashSet::new();
        for &code in Code::ALL {
            let text = message(lang, code);
            calm(text);
            assert!(!text.contains("{}"), "{code} needs a detail to be readable");
            assert!(seen.insert(text), "{code} repeats another message");
            if let Some(template) = template(lang, code) {
                calm(template);
                assert_eq!(template.matches("{}").count(), 1, "{code}");
            }
        }
    }
    for &code in Code::ALL {
        assert_ne!(message(Lang::Ru, code), message(Lang::En, code));
        let templates = LANGS.map(|lang| template(lang, code).is_some());
        assert_eq!(templates[0], templates[1], "{code}");
    }
}

#[test]
fn a_browser_has_words_for_what_it_notices_itself() {
    for lang in LANGS {
        for code in [Code::Offline, Code::BadRequest, Code::Unavailable, Code::Internal] {
            assert_eq!(noticed(lang, code), message(lang, code));
        }
        assert_eq!(noticed(lang, Code::NoPower), message(lang, Code::Internal), "anything else is our fault");
    }
}

#[test]
fn an_empty_field_is_called_not_filled_in() {
    for (lang, start) in [(Lang::Ru, "Не заполнено: "), (Lang::En, "Not filled in: ")] {
        let mut seen = HashSet::new();
        for &field in Field::ALL {
            let text = empty(lang, field);
            calm(text);
            assert!(text.starts_with(start), "{text}");
            assert!(seen.insert(text), "{text}");
        }
    }
    let error = FieldError::new(Field::PassportSeries, Code::Empty);
    assert_eq!(render(Lang::Ru, &error), "Не заполнено: введите серию паспорта — 4 цифры");
}

#[test]
fn a_detail_is_named_when_there_is_one() {
    let with = FieldError::with(Field::LastName, Code::WrongCharacter, "7");
    assert_eq!(render(Lang::Ru, &with), "Уберите знак «7»: в этом поле такого не бывает");
    let unnamed = FieldError::new(Field::LastName, Code::WrongCharacter);
    assert_eq!(render(Lang::Ru, &unnamed), message(Lang::Ru, Code::WrongCharacter));
    // Nobody would see it between the quotes.
    let space = FieldError::with(Field::RegistrationPostcode, Code::WrongCharacter, " ");
    assert_eq!(render(Lang::Ru, &space), "Уберите пробел: в этом поле его не бывает");
    // A code without a place for it ignores the detail.
    let ignored = FieldError::with(Field::Snils, Code::SnilsChecksum, "112");
    assert_eq!(render(Lang::En, &ignored), message(Lang::En, Code::SnilsChecksum));
}

#[test]
fn a_wait_is_put_into_words() {
    let say = |seconds| render_code(Lang::Ru, Code::CodeTooSoon, Some(seconds));
    assert_eq!(say("41"), "Новый код можно запросить через 41 секунду");
    assert_eq!(say("12"), "Новый код можно запросить через 12 секунд");
    assert_eq!(
        render_code(Lang::Ru, Code::TooManyRequests, Some("300")),
        "Попыток слишком много. Повторите через 5 минут"
    );
    // Already in words.
    assert_eq!(say("3 минуты"), "Новый код можно запросить через 3 минуты");
    assert_eq!(wait(Lang::Ru, 0), "1 секунду");
    assert_eq!(wait(Lang::Ru, 122), "3 минуты");
    assert_eq!(wait(Lang::Ru, 660), "11 минут");
    assert_eq!(wait(Lang::Ru, 7_200), "2 часа");
    assert_eq!(wait(Lang::En, 1), "1 second");
    assert_eq!(wait(Lang::En, 91), "2 minutes");
}

#[test]
fn beside_a_field_stands_what_stands_in_the_summary() {
    for lang in LANGS {
        // And what the rules of the forms find: the kind of mailbox and who it is for.
        let ruled = [Code::WrongApplicantKind, Code::MailboxForOrganisationsOnly];
        for &code in Code::ALL.iter().filter(|c| (**c as u16) < 1900 || ruled.contains(c)) {
            for detail in [None, Some("Томск".to_owned())] {
                let error = FieldError { field: Field::LastName, code, detail };
                assert_eq!(beside(lang, &error), render(lang, &error), "{code}");
                assert_ne!(beside(lang, &error), "", "{code}");
            }
        }
    }
}
