//! Wording of «Верификация личности»: the pages of whoever lost every way in (REC-3, REC-4). On the server only.

use super::{Lang, wording};
use domain::accounts::verification::Scan;

wording! {
    Verification {
        title: "Верификация личности", "Proving who you are";
        lead: "Если нет ни телефона, ни почты, ни запасных кодов. Пришлите паспорт и ИНН: сотрудник поддержки сверит их с учётной записью. Обычно это 5–10 минут.", "For when phone, e-mail and backup codes are all gone. Send your passport and INN: support compares them with the account. It usually takes 5 to 10 minutes.";
        files: "Принимаем PDF и JPG до 5 МБ. Файлы зашифрованы, их видит только сотрудник, который проверяет запрос. Через 30 дней удалим.", "We take PDF and JPG up to 5 MB. The files are encrypted; only whoever checks the request sees them. They are deleted after 30 days.";
        send: "Отправить на проверку", "Send";
        have_code: "У меня есть телефон или почта", "I have my phone or e-mail";
        lost: "Нет доступа ни к телефону, ни к почте", "Neither phone nor e-mail at hand";
        waiting: "Запрос проверяет поддержка", "Support is checking your request";
        waiting_text: "Страница обновится сама. Без скриптов нажмите «Обновить».", "This page follows by itself. Without scripts press “Refresh”.";
        late: "Мы не успели за 10 минут. Запрос в очереди, отвечать больше ничего не нужно.", "We did not make it in 10 minutes. The request is still in the queue; there is nothing for you to do.";
        number: "Номер обращения", "Number of the request";
        asked: "Отправлен", "Sent";
        due: "Ответим до", "Answered by";
        refresh: "Обновить", "Refresh";
        confirmed: "Личность подтверждена", "Your identity is confirmed";
        confirmed_text: "Задайте новый пароль. Это можно сделать один раз в течение часа и только в этом браузере.", "Set a new password. You can do it once, within an hour, in this browser only.";
        enter: "Задать новый пароль", "Set a new password";
        refused: "Подтвердить личность не получилось", "We could not confirm your identity";
        reason: "Причина", "Reason";
        words: "Сотрудник пишет", "Support says";
        object: "Не согласны?", "You disagree?";
        object_text: "Напишите коротко, что мы не учли. Запрос с тем же номером посмотрит другой сотрудник.", "Say shortly what we overlooked. Somebody else looks at the request, under the same number.";
        object_button: "Отправить ответ", "Send the answer";
        again: "Отправить новый запрос", "Send a new request";
        office: "Последний способ — отделение", "The last way: a post office";
        office_text: "Если доступ не вернули, приходите в любое отделение с паспортом: сотрудник найдёт учётную запись и выдаст новый вход.", "If you are still locked out, come to any post office with your passport: a clerk finds the account and gives you a new login.";
        offices: "Найти отделение", "Find a post office";
        cancelled: "Запрос отменён", "The request was cancelled";
        cancelled_text: "Владелец учётной записи отменил его или подтвердили другой запрос.", "The account's owner cancelled it, or another request was confirmed.";
        used: "Новый пароль уже задан", "The new password is set";
        used_text: "Запрос использован. Войдите с новым паролем.", "The request was used. Log in with the new password.";
        gone: "Час прошёл", "The hour is over";
        gone_text: "Подтверждением никто не воспользовался. Отправьте новый запрос.", "Nobody used the confirmation. Send a new request.";
        renew_lead: "Придумайте пароль. Если прежних способов входа нет, отметьте это и укажите новый телефон.", "Choose a password. If your earlier ways to log in are gone, say so and give a new phone.";
        phone_title: "Код на новый телефон", "Code to the new phone";
        phone_lead: "Отправили код на новый номер. Он действует 10 минут. Пароль уже изменён.", "We sent a code to the new number. It works for 10 minutes. The password is changed already.";
        phone_button: "Подтвердить", "Confirm";
        phone_resend: "Отправить код ещё раз", "Send the code again";
    }
}

wording! {
    /// What support reads on its desk. Part of the staff's wasm.
    VerifyingWords {
        title: "Проверка личности", "Identities";
        lead: "Ответ обещан за 10 минут. Открытие запроса и каждого скана записывается в журнал гражданина.", "An answer is promised within 10 minutes. Opening a request, and each scan, is written to the citizen's journal.";
        empty: "Запросов нет", "There are no requests";
        empty_text: "Новые появятся здесь сами.", "New ones appear by themselves.";
        number: "Обращение", "Request";
        left: "Осталось", "Left";
        holder: "У кого", "Who has it";
        free: "свободно", "free";
        mine: "у вас", "you";
        again: "повторно", "again";
        take: "Взять", "Take";
        held: "В учётной записи", "The account says";
        no_account: "Учётной записи с таким телефоном или почтой нет. Подтвердить нечего: откажите «данные не совпали».", "Nobody has this phone or e-mail. There is nothing to confirm: refuse, “the data do not match”.";
        nothing_held: "В учётной записи нет ни паспорта, ни ИНН: имя подойдёт любому тёзке. Подтвердить нельзя, откажите «данные не совпали».", "The account holds neither passport nor INN: a name fits every namesake. It cannot be confirmed; refuse, “the data do not match”.";
        scans: "Сканы", "Scans";
        look: "Посмотреть", "Look";
        hide: "Скрыть", "Hide";
        save: "Скачать PDF", "Download the PDF";
        look_failed: "Скан не открылся: взятие закончилось. Возьмите запрос снова.", "The scan did not open: your hold is over. Take the request again.";
        objection: "Ответ гражданина на первый отказ", "The citizen's answer to the first refusal";
        confirm: "Личность подтверждена", "Identity confirmed";
        confirm_hint: "Гражданин задаст новый пароль. Все входы завершатся.", "The citizen sets a new password. All sessions end.";
        refuse: "Отказать", "Refuse";
        reason: "Причина", "Reason";
        words: "Что сделать гражданину", "What the citizen should do";
        refuse_title: "Отказать по обращению?", "Refuse the request?";
        done: "Решено", "Decided";
        back: "К списку", "Back to the list";
    }
}

/// How long ago the account's names and papers were corrected, for whoever compares.
pub fn corrected(lang: Lang, days: i64) -> String {
    match (lang, days) {
        (Lang::Ru, 0) => {
            "Данные исправлены сегодня: их могли подогнать под документы. Сверяйте внимательно.".to_owned()
        }
        (Lang::Ru, n) => {
            format!(
                "Данные исправлены {} назад: их могли подогнать под документы. Сверяйте внимательно.",
                super::days(lang, n)
            )
        }
        (Lang::En, 0) => {
            "The data were corrected today: somebody may have fitted them to the papers. Compare with care.".to_owned()
        }
        (Lang::En, n) => {
            format!(
                "The data were corrected {} ago: somebody may have fitted them to the papers. Compare with care.",
                super::days(lang, n)
            )
        }
    }
}

/// What a scan is called.
pub const fn scan(lang: Lang, kind: Scan) -> &'static str {
    match (lang, kind) {
        (Lang::Ru, Scan::Passport) => "Паспорт",
        (Lang::Ru, Scan::Inn) => "ИНН",
        (Lang::En, Scan::Passport) => "Passport",
        (Lang::En, Scan::Inn) => "INN",
    }
}
