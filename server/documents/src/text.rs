//! The documents' own words, Russian and English. `{due}` and `{page}` are filled by the templates.

use serde::Serialize;

use crate::Lang;

#[derive(Serialize)]
pub(crate) struct ReceiptText {
    portal: &'static str,
    portal_line: &'static str,
    title: &'static str,
    lead: &'static str,
    number: &'static str,
    service: &'static str,
    applicant: &'static str,
    submitted_at: &'static str,
    due_at: &'static str,
    mailbox: &'static str,
    office: &'static str,
    promise: &'static str,
    next: &'static str,
    steps: [&'static str; 3],
    verify: &'static str,
    verify_hint: &'static str,
    qr_alt: &'static str,
    footer: &'static str,
    page: &'static str,
}

#[derive(Serialize)]
pub(crate) struct CertificateText {
    portal: &'static str,
    portal_line: &'static str,
    title: &'static str,
    lead: &'static str,
    number: &'static str,
    applicant: &'static str,
    approved_at: &'static str,
    application: &'static str,
    mailbox: &'static str,
    office: &'static str,
    next: &'static str,
    steps: [&'static str; 3],
    verify: &'static str,
    verify_hint: &'static str,
    qr_alt: &'static str,
    footer: &'static str,
    page: &'static str,
}

pub(crate) const fn receipt(lang: Lang) -> ReceiptText {
    match lang {
        Lang::Ru => ReceiptText {
            portal: "Отделение",
            portal_line: "Почтовые услуги онлайн",
            title: "Квитанция о подаче заявления",
            lead: "Заявление принято. Сохраните номер: по нему видно, как идёт рассмотрение.",
            number: "Номер квитанции",
            service: "Что подано",
            applicant: "Заявитель",
            submitted_at: "Подано",
            due_at: "Ответ не позднее",
            mailbox: "Почтовый ящик",
            office: "Отделение связи",
            promise: "Ответим не позднее {due}. Приходить никуда не нужно.",
            next: "Что дальше",
            steps: [
                "Сверим данные с государственными реестрами, обычно за несколько минут.",
                "Сообщим о решении по СМС и почте. Статус — в разделе «Мои заявки».",
                "Если данные нужно уточнить, назовём поле и срок. Остальное сохранится.",
            ],
            verify: "Проверить квитанцию",
            verify_hint: "Наведите камеру на код или откройте адрес. Входить на портал не нужно.",
            qr_alt: "QR-код с адресом для проверки квитанции",
            footer: "Квитанцию сформировал портал «Отделение»",
            page: "Страница {page}",
        },
        Lang::En => ReceiptText {
            portal: "Otdelenie",
            portal_line: "Postal services online",
            title: "Receipt of application",
            lead: "We have your application. Keep the number: it shows how the review is going.",
            number: "Receipt number",
            service: "What was filed",
            applicant: "Applicant",
            submitted_at: "Filed",
            due_at: "Answer no later than",
            mailbox: "Mailbox",
            office: "Post office",
            promise: "We will answer no later than {due}. You do not need to go anywhere.",
            next: "What happens next",
            steps: [
                "We compare your data with the state registries, usually within minutes.",
                "We tell you the decision by SMS and e-mail. See “My applications”.",
                "If something needs correcting, we name the field and the date. The rest stays.",
            ],
            verify: "Verify this receipt",
            verify_hint: "Point a camera at the code or open the address. No login is needed.",
            qr_alt: "QR code with the address to verify this receipt",
            footer: "This receipt was issued by the Otdelenie portal",
            page: "Page {page}",
        },
    }
}

pub(crate) const fn certificate(lang: Lang) -> CertificateText {
    match lang {
        Lang::Ru => CertificateText {
            portal: "Отделение",
            portal_line: "Почтовые услуги онлайн",
            title: "Свидетельство о регистрации",
            lead: "Вы зарегистрированы в почтовой службе. Почтовый ящик закреплён за вами.",
            number: "Регистрационный номер",
            applicant: "Кто зарегистрирован",
            approved_at: "Одобрено",
            application: "По заявлению",
            mailbox: "Почтовый ящик",
            office: "Отделение связи",
            next: "Как пользоваться",
            steps: [
                "Называйте регистрационный номер в отделении и в обращениях.",
                "Письма и уведомления ищите в разделе «Почтовые услуги» личного кабинета.",
                "Изменились данные — исправьте их в профиле. Номер останется прежним.",
            ],
            verify: "Проверить свидетельство",
            verify_hint: "Наведите камеру на код или откройте адрес. Входить на портал не нужно.",
            qr_alt: "QR-код с адресом для проверки свидетельства",
            footer: "Свидетельство сформировал портал «Отделение»",
            page: "Страница {page}",
        },
        Lang::En => CertificateText {
            portal: "Otdelenie",
            portal_line: "Postal services online",
            title: "Certificate of registration",
            lead: "You are registered with the postal service. The mailbox is yours.",
            number: "Registration number",
            applicant: "Registered person",
            approved_at: "Approved",
            application: "Application",
            mailbox: "Mailbox",
            office: "Post office",
            next: "How to use it",
            steps: [
                "Give the registration number at the counter and when you write to us.",
                "Find letters and notices under “Postal services” in your cabinet.",
                "If your data change, correct them in the profile. The number stays the same.",
            ],
            verify: "Verify this certificate",
            verify_hint: "Point a camera at the code or open the address. No login is needed.",
            qr_alt: "QR code with the address to verify this certificate",
            footer: "This certificate was issued by the Otdelenie portal",
            page: "Page {page}",
        },
    }
}

#[derive(Serialize)]
pub(crate) struct RecordText {
    portal: &'static str,
    portal_line: &'static str,
    title: String,
    lead: String,
    footer: &'static str,
    page: &'static str,
}

pub(crate) const fn record(lang: Lang, title: String, lead: String) -> RecordText {
    let (portal, portal_line, footer, page) = match lang {
        Lang::Ru => {
            ("Отделение", "Почтовые услуги онлайн", "Документ сформировал портал «Отделение»", "Страница {page}")
        }
        Lang::En => {
            ("Otdelenie", "Postal services online", "This document was issued by the Otdelenie portal", "Page {page}")
        }
    };
    RecordText { portal, portal_line, title, lead, footer, page }
}
