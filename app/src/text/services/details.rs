//! The pages of the other services: what is needed, the term and the price of each.

use crate::text::Lang;
use crate::text::article::{Section, list, p, section};

/// What is needed, how long it takes, what it costs.
type Facts = (&'static [&'static str], &'static str, &'static str);

pub(super) fn sections(lang: Lang, slug: &str) -> Vec<Section> {
    let (facts, titles) = match lang {
        Lang::Ru => (ru(slug), ["Что понадобится", "Сколько ждать", "Сколько стоит"]),
        Lang::En => (en(slug), ["What you need", "How long it takes", "What it costs"]),
    };
    let Some((need, term, price)) = facts else {
        return Vec::new();
    };
    vec![
        section("prepare", titles[0], vec![list(need)]),
        section("term", titles[1], vec![p(term)]),
        section("price", titles[2], vec![p(price)]),
    ]
}

const BY_TARIFF_RU: &str = "По тарифу: цена зависит от веса и расстояния. Покажем её до оплаты.";
const BY_TARIFF_EN: &str = "By tariff: the price depends on weight and distance. You see it before you pay.";

#[rustfmt::skip]
fn ru(slug: &str) -> Option<Facts> {
    Some(match slug {
        "access" => (&["Подтверждённая учётная запись", "Индекс вашего отделения", "Скан или фото паспорта: PDF или JPG, до 5 МБ"],
            "До 48 часов. После одобрения придёт инструкция, как пользоваться доступом.", "Бесплатно."),
        "letters" => (&["Регистрация в почтовой службе", "Электронный или комбинированный ящик"],
            "Письмо уходит сразу. Отметка о вручении появляется, когда адресат его получил.", "Электронный ящик бесплатный."),
        "linking" => (&["Логин прежнего аккаунта Почты России", "Доступ к телефону или почте этого аккаунта: туда придёт код"],
            "Несколько минут. Если прежнего аккаунта нет, привязывать нечего: сначала его создают на сайте Почты России.", "Бесплатно."),
        "tracking" => (&["Трек-номер с чека: 14 цифр или вид RA123456785RU"],
            "Ответ сразу. Сейчас проверяем сам номер; где находится отправление, покажем позже.", "Бесплатно."),
        "letter" => (&["Адрес получателя с индексом", "Вес письма"], "Срок доставки покажем вместе с ценой.", BY_TARIFF_RU),
        "parcel" => (&["Адрес получателя с индексом", "Вес и размеры посылки"], "Срок доставки покажем вместе с ценой.", BY_TARIFF_RU),
        "registered" => (&["Адрес получателя с индексом", "Вес письма"], "Срок доставки покажем вместе с ценой. Трек-номер будет на чеке.", BY_TARIFF_RU),
        "delivery-certificate" => (&["Трек-номер отправления", "Подтверждённая учётная запись: справку дают отправителю или получателю"],
            "Срок назовём при запросе.", "Цену назовём до оплаты."),
        "payment" => (&["Вид услуги: отправка, доставка или хранение", "Трек-номер, вес и адрес", "Подтверждённая учётная запись"],
            "Оплата проходит сразу, чек приходит в кабинет.", BY_TARIFF_RU),
        "directory" => (&["Индекс, 6 цифр, или название населённого пункта"], "Ответ сразу.", "Бесплатно."),
        "appointment" => (&["Фамилия, имя, отчество и телефон", "Отделение и цель обращения"],
            "Запись подтверждается сразу: придёт SMS со временем и QR-кодом.", "Бесплатно."),
        "account" => (&["Паспорт", "Мобильный телефон и почта: на них придут код и ссылка"], "Несколько минут.", "Бесплатно."),
        "applications" => (&["Вход в кабинет"], "Статус меняется на странице сам, обновлять её не нужно.", "Бесплатно."),
        "profile" => (&["Вход в кабинет"], "Изменения действуют сразу.", "Бесплатно."),
        "consents" => (&["Вход в кабинет"], "Согласие и отзыв действуют сразу.", "Бесплатно."),
        "journal" => (&["Вход в кабинет"], "Записи появляются сразу.", "Бесплатно."),
        "receipt" => (&["Номер квитанции или её QR-код"], "Ответ сразу.", "Бесплатно."),
        "documents" => (&["Вход в кабинет", "Файлы PDF или JPG, до 5 МБ каждый"], "Загрузка — сразу, проверка — вместе с заявкой.", "Бесплатно."),
        "recovery" => (&["Телефон или почта учётной записи"], "Несколько минут.", "Бесплатно."),
        "identity" => (&["Скан или фото паспорта и ИНН", "Телефон или почта учётной записи"], "Обычно 5–10 минут.", "Бесплатно."),
        "access-settings" => (&["Вход в кабинет"], "Изменения действуют сразу.", "Бесплатно."),
        "notifications" => (&["Вход в кабинет", "Подтверждённые телефон и почта"], "Изменения действуют сразу.", "Бесплатно."),
        "questions" => (&["Ничего, вход не нужен"], "Ответ сразу.", "Бесплатно."),
        "errors" => (&["Код из сообщения, например OTD-1402"], "Ответ сразу.", "Бесплатно."),
        "status" => (&["Ничего, вход не нужен"], "Ответ сразу.", "Бесплатно."),
        "support" => (&["Номер заявки и код ошибки, если они есть", "Короткое описание: что делали и что увидели"],
            "Ответ до 24 часов, на срочные обращения — до 4.", "Бесплатно."),
        _ => return None,
    })
}

#[rustfmt::skip]
fn en(slug: &str) -> Option<Facts> {
    Some(match slug {
        "access" => (&["A confirmed account", "The postcode of your office", "A scan or photo of the passport: PDF or JPG, up to 5 MB"],
            "Up to 48 hours. Once approved, you receive instructions for using the access.", "Free."),
        "letters" => (&["Registration with the postal service", "An electronic or combined mailbox"],
            "The letter goes at once. Proof of delivery appears when the addressee has received it.", "The electronic mailbox is free."),
        "linking" => (&["The login of your earlier Russian Post account", "Access to that account's phone or e-mail: a code will come there"],
            "A few minutes. Without an earlier account there is nothing to link: create one on the Russian Post site first.", "Free."),
        "tracking" => (&["The tracking number from the receipt: 14 digits, or like RA123456785RU"],
            "At once. For now we check the number itself; where the item is, we will show later.", "Free."),
        "letter" => (&["The addressee's address with postcode", "The weight of the letter"], "You see the delivery time with the price.", BY_TARIFF_EN),
        "parcel" => (&["The addressee's address with postcode", "Weight and size of the parcel"], "You see the delivery time with the price.", BY_TARIFF_EN),
        "registered" => (&["The addressee's address with postcode", "The weight of the letter"], "You see the delivery time with the price. The tracking number is on the receipt.", BY_TARIFF_EN),
        "delivery-certificate" => (&["The item's tracking number", "A confirmed account: certificates are given to sender or addressee"],
            "We name the term when you ask for it.", "We name the price before you pay."),
        "payment" => (&["The kind of service: dispatch, delivery or storage", "Tracking number, weight and address", "A confirmed account"],
            "The payment goes through at once, the receipt comes to the cabinet.", BY_TARIFF_EN),
        "directory" => (&["A postcode, 6 digits, or the name of a town"], "At once.", "Free."),
        "appointment" => (&["Full name and phone", "The office and the purpose of the visit"],
            "Confirmed at once: a text message brings the time and a QR code.", "Free."),
        "account" => (&["Passport", "A mobile phone and e-mail: they receive a code and a link"], "A few minutes.", "Free."),
        "applications" => (&["Being logged in"], "The status changes on the page by itself, no need to refresh.", "Free."),
        "profile" => (&["Being logged in"], "Changes apply at once.", "Free."),
        "consents" => (&["Being logged in"], "Consent and withdrawal apply at once.", "Free."),
        "journal" => (&["Being logged in"], "Entries appear at once.", "Free."),
        "receipt" => (&["The receipt's number or its QR code"], "At once.", "Free."),
        "documents" => (&["Being logged in", "PDF or JPG files, up to 5 MB each"], "Uploading is immediate, checking goes with the application.", "Free."),
        "recovery" => (&["The account's phone or e-mail"], "A few minutes.", "Free."),
        "identity" => (&["A scan or photo of the passport and INN", "The account's phone or e-mail"], "Usually 5–10 minutes.", "Free."),
        "access-settings" => (&["Being logged in"], "Changes apply at once.", "Free."),
        "notifications" => (&["Being logged in", "A confirmed phone and e-mail"], "Changes apply at once.", "Free."),
        "questions" => (&["Nothing, no login needed"], "At once.", "Free."),
        "errors" => (&["The code from the message, for example OTD-1402"], "At once.", "Free."),
        "status" => (&["Nothing, no login needed"], "At once.", "Free."),
        "support" => (&["The application number and error code, if any", "A short description: what you did and what you saw"],
            "An answer within 24 hours, urgent ones within 4.", "Free."),
        _ => return None,
    })
}
