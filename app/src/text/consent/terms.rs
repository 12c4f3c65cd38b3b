//! The terms of service.

use crate::text::Lang;
use crate::text::article::{Section, list, p, section};

pub(super) fn sections(lang: Lang) -> Vec<Section> {
    match lang {
        Lang::Ru => ru(),
        Lang::En => en(),
    }
}

fn ru() -> Vec<Section> {
    vec![
        section(
            "service",
            "Что мы делаем",
            vec![p(
                "Портал «Отделение» принимает заявки на регистрацию в почтовой службе, проверяет их и открывает почтовые ящики. Подать заявку можно в любое время, из любого места, бесплатно. На портале ничего не оплачивается: ячейку в отделении оплачивают там, по тарифу отделения.",
            )],
        ),
        section(
            "you",
            "Что нужно от вас",
            vec![list(&[
                "Указывать достоверные данные и свои документы. Ложные сведения — нарушение и причина отказа",
                "Беречь пароль и коды и никому их не передавать",
                "Сообщать, если телефон, почта или документы изменились",
                "Не мешать работе портала и других людей",
            ])],
        ),
        section(
            "term",
            "Сроки",
            vec![p(
                "Решение по заявке — до 48 часов. Если реестр недоступен, срок продлевается на это время: о задержке сообщим, из-за неё не откажем.",
            )],
        ),
        section(
            "refusal",
            "Отказ и возражение",
            vec![p("Отказ всегда назван причиной и кодом. Можно исправить и подать снова или подать апелляцию.")],
        ),
        section(
            "end",
            "Как прекратить",
            vec![p(
                "Вы можете потребовать удалить учётную запись в любой день. Мы можем ограничить доступ, если правила нарушены, и сообщим причину.",
            )],
        ),
        section(
            "changes",
            "Изменения",
            vec![p(
                "Новые условия действуют со дня, когда они показаны на этой странице. Согласие на обработку данных — отдельный документ с версией и отпечатком; какое дали вы, записано в кабинете.",
            )],
        ),
    ]
}

fn en() -> Vec<Section> {
    vec![
        section(
            "service",
            "What we do",
            vec![p(
                "«Отделение» accepts applications to register with the postal service, checks them and opens mailboxes. You can apply at any time, from anywhere, free of charge. Nothing is paid for on the site: a box at an office is paid for there, by the tariff of the office.",
            )],
        ),
        section(
            "you",
            "What we need from you",
            vec![list(&[
                "Give true data and your own documents. False data are a violation and a reason for refusal",
                "Guard your password and codes and pass them to nobody",
                "Tell us if your phone, e-mail or documents change",
                "Do not disturb the site or other people",
            ])],
        ),
        section(
            "term",
            "Terms of time",
            vec![p(
                "An application is decided within 48 hours. If a registry is down, the term is extended by that time: we tell you of the delay and never refuse because of it.",
            )],
        ),
        section(
            "refusal",
            "Refusal and objection",
            vec![p("A refusal always names its reason and code. You can correct and apply again, or appeal.")],
        ),
        section(
            "end",
            "How to end it",
            vec![p(
                "You can demand that the account be deleted any day. We may limit access if the rules are broken, and will say why.",
            )],
        ),
        section(
            "changes",
            "Changes",
            vec![p(
                "New terms apply from the day they are shown on this page. The consent to data processing is a document of its own with version and fingerprint; the one you gave is recorded in your cabinet.",
            )],
        ),
    ]
}
