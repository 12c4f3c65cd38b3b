//! Every notice, in both languages, on every channel it has.

use super::*;
use time::{Date, Month, Time, UtcOffset};

const LINK: &str = "https://otdelenie.example/applications/7Q4K";

fn due() -> OffsetDateTime {
    Date::from_calendar_date(2026, Month::November, 24)
        .unwrap()
        .with_time(Time::from_hms(14, 36, 0).unwrap())
        .assume_offset(UtcOffset::from_hms(3, 0, 0).unwrap())
}

fn reasons() -> Vec<Reason> {
    let reason = |code, field: &str, words: &str| Reason {
        code,
        fields: vec![field.into()],
        words: words.into(),
        remedy: "Сверьте номер с документом.".into(),
    };
    vec![
        reason(Code::RegistrySnilsMismatch, "СНИЛС", "В реестре СНИЛС номер записан на другого человека."),
        reason(Code::RegistryInnMismatch, "ИНН", "В реестре ИНН другие данные."),
        reason(Code::RegistryInnMismatch, "ИНН", "В реестре ИНН другая фамилия."),
    ]
}

fn all() -> Vec<Notice> {
    let (code, link) = (|| "482913".to_owned(), || LINK.to_owned());
    let number = || "2026-7Q4K-93".to_owned();
    vec![
        Notice::SignUpCode { code: code(), minutes: 10 },
        Notice::LoginCode { code: code(), minutes: 10 },
        Notice::EmailLink { link: link(), hours: 24 },
        Notice::AccountExists { login_link: link(), recover_link: link() },
        Notice::AccountConfirmed { link: link() },
        Notice::Received { number: number(), due: due(), link: link() },
        Notice::Approved {
            number: number(),
            registration_number: "RU-4410-2098".into(),
            mailbox: "комбинированный".into(),
            office: "отделение 101000, Москва".into(),
            link: link(),
        },
        Notice::NeedsClarification {
            number: number(),
            reasons: reasons(),
            words: "Сверьте номер с карточкой.".into(),
            deadline: due(),
            link: link(),
        },
        Notice::AwaitingConfirmation {
            number: number(),
            documents: vec!["справка о месте жительства".into()],
            words: "Подойдёт и договор найма.".into(),
            deadline: due(),
            link: link(),
        },
        Notice::Reminder { number: number(), reasons: reasons(), deadline: due(), link: link() },
        Notice::DocumentsReminder {
            number: number(),
            documents: vec!["справка о месте жительства".into(), "паспорт".into()],
            deadline: due(),
            link: link(),
        },
        Notice::Closed { number: number(), deadline: due(), link: link() },
        Notice::Late { number: number(), due: due(), link: link() },
        Notice::Rejected {
            number: number(),
            reasons: reasons(),
            words: "Паспорт заменён.".into(),
            again_link: link(),
            appeal_link: link(),
        },
        Notice::AppealDelayed { number: number(), due: due(), link: link() },
        Notice::RecoverCode { code: "482913".into(), minutes: 10 },
        Notice::PhoneCode { code: code(), minutes: 10 },
        Notice::NewEmail { link: link(), hours: 24 },
        Notice::FirstPassword { password: "ACDEFG-34679A".into(), days: 7, link: link() },
        Notice::Alarm {
            what: "вход с нового устройства".into(),
            device: "Firefox, Linux".into(),
            at: due(),
            link: link(),
            days: 10,
        },
        Notice::Delayed {
            number: number(), registry: "реестр паспортов".into(), due: due(), link: link()
        },
        Notice::Approved {
            number: number(),
            registration_number: "RU-4410-2098".into(),
            mailbox: "электронный".into(),
            office: String::new(),
            link: link(),
        },
        Notice::AppealReceived {
            number: number(), words: "Паспорт действует.".into(), due: due(), link: link()
        },
        Notice::AppealUpheld {
            number: number(), words: "Паспорт проверен.".into(), due: due(), link: link()
        },
        Notice::AppealDismissed { number: number(), words: "Паспорт заменён.".into(), link: link() },
        Notice::MailboxInvitation {
            number: number(), role: "читает письма".into(), deadline: due(), link: link()
        },
    ]
}

fn written(notice: &Notice) -> Vec<Written> {
    [Language::Ru, Language::En]
        .into_iter()
        .flat_map(|language| [notice.sms(language), notice.letter(language), notice.push(language)])
        .flatten()
        .collect()
}

#[test]
fn every_notice_is_written_out_in_both_languages() {
    for notice in all() {
        let written = written(&notice);
        assert!(written.len() >= 2, "{notice:?} has words in both languages");
        for Written { subject, text } in written {
            for words in [&subject, &text] {
                assert!(!words.contains(['{', '}']), "{notice:?}: {words}");
                assert!(!words.contains('!'), "{notice:?}: no exclamation marks");
                assert!(!words.contains("  "), "{notice:?}: {words}");
            }
            assert!(!subject.contains('\n'));
        }
    }
}

#[test]
fn a_value_given_is_a_value_told() {
    for notice in all() {
        for language in [Language::Ru, Language::En] {
            let told: String = [notice.sms(language), notice.letter(language)]
                .into_iter()
                .flatten()
                .map(|w| w.subject + &w.text)
                .collect();
            for (name, value) in notice.values(language) {
                assert!(told.contains(&value), "{notice:?} never tells its {name}");
            }
        }
    }
}

/// A device shows it to whoever holds it: the number and what happened (E5), no clerk's words, no link, no code.
#[test]
fn a_device_is_told_what_can_be_chosen_and_no_more_than_it_may_show() {
    for notice in all() {
        let chosen = domain::notices::Kind::of_template(notice.id()).is_some();
        let pushed = notice.push(Language::Ru);
        assert_eq!(pushed.is_some(), chosen, "{notice:?}");
        let Some(Written { subject, text }) = pushed else { continue };
        assert!(text.contains("2026-7Q4K-93") && subject.contains("2026-7Q4K-93"), "{text}");
        for closed in ["https://", "482913", "Сверьте номер с карточкой", "Паспорт заменён", "Паспорт проверен"]
        {
            assert!(!text.contains(closed), "{text}");
        }
        // What a push service must take (RFC 8030, 7.2), with room for the rest of the message.
        assert!(subject.len() + text.len() < 2000, "{text}");
    }
}

#[test]
fn a_box_without_an_office_is_told_of_none() {
    let online = all().into_iter().find(|n| matches!(n, Notice::Approved { office, .. } if office.is_empty())).unwrap();
    assert_eq!(online.id(), "approved");
    for Written { text, .. } in written(&online) {
        assert!(!text.to_lowercase().contains("отделени") || text.contains("«Отделение»"), "{text}");
        assert!(!text.contains("Отделение:") && !text.contains("Office"), "{text}");
    }
}

#[test]
fn a_code_comes_first_and_says_to_keep_it() {
    for notice in &all()[..2] {
        let ru = notice.sms(Language::Ru).unwrap().text;
        assert!(ru.starts_with("Код: 482913. "), "{ru}");
        assert!(ru.contains("Никому не сообщайте код"));
        assert!(ru.contains("10 мин"));
        let en = notice.sms(Language::En).unwrap().text;
        assert!(en.starts_with("Code: 482913. "), "{en}");
        assert!(en.contains("Never tell it"));
    }
}

#[test]
fn a_letter_about_corrections_names_fields_reasons_and_the_deadline() {
    let notice = &all()[7];
    let letter = notice.letter(Language::Ru).unwrap();
    assert_eq!(letter.subject, "Заявка 2026-7Q4K-93: уточните данные");
    for part in [
        "— СНИЛС. В реестре СНИЛС номер записан на другого человека. Сверьте номер с документом. Номер ошибки: OTD-3103.",
        "OTD-3104",
        "Сотрудник пишет: Сверьте номер с карточкой.",
        "Ответьте до 24 ноября 2026, 14:36 (московское время)",
        LINK,
    ] {
        assert!(letter.text.contains(part), "{part} in {}", letter.text);
    }
    let sms = notice.sms(Language::Ru).unwrap().text;
    assert!(sms.contains("уточните данные (СНИЛС, ИНН) до 24 ноября"), "{sms}");
}

#[test]
fn nothing_of_a_notice_is_printed_by_debug() {
    assert_eq!(format!("{:?}", all()[0]), "Notice(sign_up_code)");
    let printed = format!("{:?} {:?}", written(&all()[0]), reasons());
    assert!(!printed.contains("482913") && !printed.contains("СНИЛС"));
}

#[test]
fn moments_say_their_zone() {
    let omsk = due().to_offset(UtcOffset::from_hms(6, 0, 0).unwrap());
    assert_eq!(moment(omsk, Language::Ru), "24 ноября 2026, 17:36 (UTC+6)");
    assert_eq!(moment(due(), Language::En), "24 November 2026, 14:36 (Moscow time)");
}
