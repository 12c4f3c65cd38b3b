//! Consent to the processing of personal data (CON-1…CON-3) and the terms of service.
//!
//! Written to статья 9 Федерального закона от 27.07.2006 № 152-ФЗ: specific, informed, given
//! apart from any other document, withdrawn at any time. The Russian text is the one consented to;
//! the English one is a translation. What was shown is kept by version and by the hash of
//! [`plain`] (E10), so a changed text needs a new [`VERSION`].

#[cfg(feature = "ssr")]
mod consent_text;
#[cfg(feature = "ssr")]
mod terms;
#[cfg(all(test, feature = "ssr"))]
mod tests;

use super::Lang;
#[cfg(feature = "ssr")]
use super::article::Section;

/// The version of the consent, the date it took effect. Changes with every word of it.
pub const VERSION: &str = "2026-11-23";

/// What personal data are processed for. Each is consented to apart from the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// Creating and running the account. Without it there is no service.
    Account,
    /// Registering with the postal service and running the mailboxes. Without it there is no service.
    Mailboxes,
    /// Messages about the application and about items.
    Notifications,
}

impl Purpose {
    pub const ALL: [Purpose; 3] = [Purpose::Account, Purpose::Mailboxes, Purpose::Notifications];

    /// The stored id.
    pub const fn id(self) -> &'static str {
        match self {
            Purpose::Account => "account",
            Purpose::Mailboxes => "mailboxes",
            Purpose::Notifications => "notifications",
        }
    }

    pub const fn name(self, lang: Lang) -> &'static str {
        match (lang, self) {
            (Lang::Ru, Purpose::Account) => "Учётная запись: создать её, проверить личность, вести кабинет",
            (Lang::Ru, Purpose::Mailboxes) => {
                "Почтовые ящики: зарегистрировать в почтовой службе, открыть и обслуживать ящик"
            }
            (Lang::Ru, Purpose::Notifications) => "Уведомления: сообщать о заявках и отправлениях по SMS и почте",
            (Lang::En, Purpose::Account) => "Account: create it, check identity, run the cabinet",
            (Lang::En, Purpose::Mailboxes) => "Mailboxes: register with the postal service, open and run the mailbox",
            (Lang::En, Purpose::Notifications) => {
                "Notifications: tell you about applications and items by text message and e-mail"
            }
        }
    }
}

/// What stands beside the checkbox.
pub const fn label(lang: Lang) -> &'static str {
    match lang {
        Lang::Ru => "Даю согласие на обработку моих персональных данных",
        Lang::En => "I consent to the processing of my personal data",
    }
}

/// Who processes the data: named in the consent as the law demands, set by whoever runs the portal.
#[cfg(feature = "ssr")]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Operator<'a> {
    pub name: &'a str,
    /// Ten digits, and thirteen; both empty for a demonstration only.
    pub inn: &'a str,
    pub ogrn: &'a str,
    pub address: &'a str,
    /// Where a paper withdrawal is sent by e-mail.
    pub email: &'a str,
}

/// The operator of a demonstration, recognisable as one.
#[cfg(feature = "ssr")]
pub const DEMO_OPERATOR: Operator<'static> = Operator {
    name: "Демонстрационный портал «Отделение»",
    inn: "",
    ogrn: "",
    address: "адрес оператора указывает тот, кто запускает портал",
    email: "consent@example.ru",
};

/// The whole consent, section by section.
#[cfg(feature = "ssr")]
pub fn consent(lang: Lang, operator: &Operator) -> Vec<Section> {
    consent_text::sections(lang, operator)
}

/// The terms of service. A document apart from the consent, as the law demands.
#[cfg(feature = "ssr")]
pub fn terms(lang: Lang) -> Vec<Section> {
    terms::sections(lang)
}

/// The words of a document as one text, the version first: what is hashed and kept.
#[cfg(feature = "ssr")]
pub fn plain(version: &str, sections: &[Section]) -> String {
    let mut text = version.to_owned();
    for section in sections {
        text.push_str("\n\n");
        text.push_str(&section.plain());
    }
    text
}
