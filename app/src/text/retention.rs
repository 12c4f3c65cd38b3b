//! What is kept and how long, as people read it. The terms themselves are the server's (`jobs/purge.rs`).

use super::{Lang, plural_ru, wording};
use domain::accounts::counter::SLIP_DAYS;
use domain::clock::{DAY, MINUTE};

/// What does not stay for ever.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kept {
    /// One-time codes.
    Codes,
    /// Links sent by e-mail.
    Links,
    /// Counted attempts.
    Limits,
    /// Sign-ups that did not prove the phone.
    SignUps,
    /// Sign-ups by e-mail whose link nobody opened.
    EmailSignUps,
    /// Accounts that did not prove the e-mail and are not used.
    Unconfirmed,
    /// Everything, once consent was withdrawn.
    Withdrawn,
    /// Everything, once its owner asked to be forgotten.
    Asked,
    /// Second factors that were removed, or begun and never finished.
    Removed,
    /// Devices an account was entered from.
    Devices,
    /// Sessions that ended.
    Sessions,
    /// Applications never sent.
    Drafts,
    /// Applications closed without a registration.
    Closed,
    /// What led to an approval.
    Approved,
    /// Sent messages with codes.
    CodeNotices,
    /// Other sent messages.
    Notices,
    /// What was typed when a session had ended, on its way through the login.
    Stash,
    /// Files that were begun to be uploaded and not finished.
    Uploads,
    /// What was typed into a form and did not reach the server, in the browser.
    DeviceDrafts,
    /// Scans and requests to verify an identity.
    Identities,
    /// Invitations to a mailbox that ran out, and members who went.
    Invitations,
}

impl Kept {
    pub const ALL: &'static [Kept] = &[
        Kept::Codes,
        Kept::Links,
        Kept::Limits,
        Kept::SignUps,
        Kept::EmailSignUps,
        Kept::Unconfirmed,
        Kept::Withdrawn,
        Kept::Asked,
        Kept::Removed,
        Kept::Devices,
        Kept::Sessions,
        Kept::Drafts,
        Kept::Closed,
        Kept::Approved,
        Kept::CodeNotices,
        Kept::Notices,
        Kept::Stash,
        Kept::Uploads,
        Kept::DeviceDrafts,
        Kept::Identities,
        Kept::Invitations,
    ];

    /// The name in what `server purge` answers.
    pub const fn id(self) -> &'static str {
        match self {
            Kept::Codes => "codes",
            Kept::Links => "links",
            Kept::Limits => "limits",
            Kept::SignUps => "sign_ups",
            Kept::EmailSignUps => "email_sign_ups",
            Kept::Unconfirmed => "unconfirmed_accounts",
            Kept::Withdrawn => "withdrawn_consents",
            Kept::Asked => "asked_deletions",
            Kept::Removed => "removed_factors",
            Kept::Devices => "devices",
            Kept::Sessions => "sessions",
            Kept::Drafts => "drafts",
            Kept::Closed => "closed_applications",
            Kept::Approved => "approved_applications",
            Kept::CodeNotices => "code_messages",
            Kept::Notices => "messages",
            Kept::Stash => "stash",
            Kept::Uploads => "uploads",
            Kept::DeviceDrafts => "device_drafts",
            Kept::Identities => "identity_requests",
            Kept::Invitations => "invitations",
        }
    }

    pub const fn name(self, lang: Lang) -> &'static str {
        let (ru, en) = match self {
            Kept::Codes => ("Коды из SMS: после того как перестали действовать", "Codes: after they stop working"),
            Kept::Links => {
                ("Ссылки из писем: после того как перестали действовать", "Links in letters: after they stop working")
            }
            Kept::Limits => ("Счётчики попыток входа", "Counters of login attempts"),
            Kept::Asked => (
                "Учётная запись, которую вы попросили удалить: пока можно передумать",
                "An account you asked to delete: while you may change your mind",
            ),
            Kept::Removed => (
                "Удалённые способы входа, прежние телефон, почта, имя и документы: пока изменение можно отменить",
                "Removed ways to log in, the earlier phone, e-mail, name and papers: while it can be undone",
            ),
            Kept::Devices => (
                "Устройства, с которых вы входили: после последнего входа",
                "Devices you logged in from: after the last login",
            ),
            Kept::SignUps => {
                ("Регистрация, в которой не подтвердили телефон", "A sign-up whose phone was not confirmed")
            }
            Kept::EmailSignUps => {
                ("Регистрация по почте, в которой не открыли ссылку", "A sign-up by e-mail whose link was not opened")
            }
            Kept::Unconfirmed => (
                "Учётная запись без подтверждённой почты, отправленных заявок и ящиков: после последнего входа",
                "An account without a confirmed e-mail, sent applications and mailboxes: after its last use",
            ),
            Kept::Withdrawn => ("Все ваши данные после отзыва согласия", "All of your data after consent is withdrawn"),
            Kept::Sessions => ("Сведения о входах: после конца сессии", "Records of logins: after the session ended"),
            Kept::Drafts => ("Черновик заявки: после последнего сохранения", "A draft: after it was last saved"),
            Kept::Closed => (
                "Данные, документы и квитанция заявки, которую отклонили, отозвали или закрыли: после решения",
                "Data, documents and receipt of an application that was rejected, withdrawn or closed: after the decision",
            ),
            Kept::Approved => (
                "Документы одобренной заявки, ответы реестров и слова сотрудников: после решения",
                "Documents of an approved application, answers of registries, words of clerks: after the decision",
            ),
            Kept::CodeNotices => ("SMS с кодами", "Text messages with codes"),
            Kept::Notices => ("Другие отправленные SMS и письма", "Other messages and letters that were sent"),
            Kept::Identities => (
                "Сканы паспорта и ИНН для верификации личности, записи о сбросе доступа в отделении: после запроса",
                "Scans of passport and INN sent to prove an identity, resets of access at a post office: after the request",
            ),
            Kept::Stash => (
                "Введённое в форму, когда сессия закончилась, — до нового входа",
                "What you typed when the session had ended, until you log in again",
            ),
            Kept::Uploads => (
                "Файл, загрузку которого начали и не закончили: после последней части",
                "A file whose upload was begun and not finished: after its last part",
            ),
            Kept::DeviceDrafts => (
                "Введённое в форму на вашем устройстве и не сохранённое на сервере: если вы не вышли и с этого устройства не вошёл другой человек",
                "What you typed on your device and the server has not saved: unless you log out or somebody else logs in there",
            ),
            Kept::Invitations => (
                "Приглашения в почтовый ящик: после срока, отказа или выхода участника",
                "Invitations to a mailbox: after they ran out, were declined, or the member left",
            ),
        };
        match lang {
            Lang::Ru => ru,
            Lang::En => en,
        }
    }
}

wording! {
    Retention {
        title: "Сколько хранятся данные", "How long data are kept";
        lead: "Временные данные удаляются сами, проверка идёт каждые десять минут.", "Temporary data are deleted by themselves, every ten minutes.";
        stays: "Что остаётся", "What stays";
        approved: "Ответы одобренной заявки и квитанция нужны для обслуживания почтового ящика и хранятся, пока есть учётная запись.", "Answers of an approved application and its receipt are needed to run the mailbox and are kept while the account exists.";
        proofs: "Журнал действий и сведения о согласиях хранятся и потом: в них нет ваших ответов, только что и когда было сделано.", "The journal of acts and the record of consents are kept beyond that: they hold no answers, only what was done and when.";
    }
}

/// That nobody is erased between a reset at a counter and its slip.
pub fn reset(lang: Lang) -> String {
    let days = term(lang, SLIP_DAYS * DAY);
    match lang {
        Lang::Ru => format!(
            "Доступ сбросили в отделении: учётная запись не удаляется ещё {days} после сброса, даже если согласие отозвали. Столько по листку из отделения можно вернуться к своим данным."
        ),
        Lang::En => format!(
            "Access was reset at a post office: the account is not deleted for {days} after the reset, even if the consent was withdrawn. For so long the slip of the post office leads back to your data."
        ),
    }
}

/// «30 минут», «1 день», «29 дней».
pub fn term(lang: Lang, ms: i64) -> String {
    let (n, ru, en) = if ms >= DAY {
        (ms / DAY, ("день", "дня", "дней"), ("day", "days"))
    } else {
        (ms / MINUTE, ("минута", "минуты", "минут"), ("minute", "minutes"))
    };
    let n = n.unsigned_abs();
    match lang {
        Lang::Ru => format!("{n} {}", plural_ru(n, ru.0, ru.1, ru.2)),
        Lang::En => format!("{n} {}", if n == 1 { en.0 } else { en.1 }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terms_are_put_into_words() {
        assert_eq!(term(Lang::Ru, 30 * 60_000), "30 минут");
        assert_eq!(term(Lang::Ru, 24 * 3_600_000), "1 день");
        assert_eq!(term(Lang::En, 29 * 24 * 3_600_000), "29 days");
    }

    #[test]
    fn each_kind_has_its_own_words() {
        let all =
            |f: fn(Kept) -> &'static str| Kept::ALL.iter().map(|k| f(*k)).collect::<std::collections::HashSet<_>>();
        for f in [|k: Kept| k.id(), |k: Kept| k.name(Lang::Ru), |k: Kept| k.name(Lang::En)] {
            assert_eq!(all(f).len(), Kept::ALL.len());
        }
    }
}
