//! Wording of the page of notices.

use super::{Lang, wording};
use crate::notices::view::Way;
use domain::notices::{Channel, Kind};

wording! {
    Notices {
        title: "Уведомления", "Notices";
        about: "О чём и как сообщать, когда не беспокоить", "What to tell you about, how, and when to keep quiet";
        lead: "Отметьте, куда писать о каждом событии.", "Tick where to write about each event.";
        needed: "О решениях и вопросах нужно сообщать по закону, поэтому для них нужна почта или SMS.", "The law asks to tell you about decisions and questions, so they need e-mail or SMS.";
        always: "Коды входа и предупреждения об учётной записи приходят всегда.", "Login codes and warnings about your account always arrive.";
        quiet: "Тихие часы", "Quiet hours";
        quiet_about: "В эти часы SMS и уведомления на устройство ждут, письма приходят. Время московское. Коды входа приходят сразу.", "In these hours SMS and notices on devices wait, letters arrive. Moscow time. Login codes arrive at once.";
        quiet_from: "С", "From";
        quiet_to: "До", "To";
        never: "не выбрано", "not chosen";
        save: "Сохранить", "Save";
        saved: "Сохранили.", "Saved.";
        devices: "Уведомления на устройство", "Notices on a device";
        devices_about: "Браузер покажет номер заявки и что с ней произошло, даже когда портал закрыт. Подключается каждое устройство отдельно.", "The browser shows the number of the application and what happened, even when the portal is closed. Each device is connected by itself.";
        device_here: "это устройство", "this device";
        device_added: "Подключено", "Connected";
        device_reached: "Последнее уведомление", "Last notice";
        device_forget: "Отключить", "Disconnect";
        push_add: "Подключить это устройство", "Connect this device";
        push_on: "Устройство подключено.", "The device is connected.";
        push_off: "Устройство отключено.", "The device is disconnected.";
        push_none: "Этот браузер не показывает уведомлений сайтов. На iPhone и iPad добавьте портал на экран «Домой» и откройте оттуда.", "This browser shows no notices of sites. On iPhone and iPad add the portal to the Home Screen and open it there.";
        push_denied: "Уведомления запрещены в настройках браузера. Разрешите их для портала и откройте страницу заново.", "Notices are forbidden in the browser's settings. Allow them for the portal and open the page again.";
        push_failed: "Браузер не смог подключиться к своей службе уведомлений. Проверьте сеть и повторите.", "The browser could not reach its service of notices. Check the network and try again.";
        log: "Что мы отправляли", "What we sent";
        nothing_sent: "Пока ничего.", "Nothing yet.";
        when: "Когда", "When";
        what: "О чём", "About";
        how: "Куда", "Where";
        state: "Доставка", "Delivery";
        until: "до", "until";
    }
}

fn pick(lang: Lang, ru: &'static str, en: &'static str) -> &'static str {
    match lang {
        Lang::Ru => ru,
        Lang::En => en,
    }
}

pub fn kind(lang: Lang, kind: Kind) -> &'static str {
    match kind {
        Kind::Decision => pick(lang, "Решения по заявке", "Decisions about the application"),
        Kind::Question => pick(lang, "Вопросы и запросы документов", "Questions and requests for documents"),
        Kind::Reminder => pick(lang, "Напоминания о сроке", "Reminders of a deadline"),
        Kind::Progress => pick(lang, "Ход дела: принята, задерживается", "Progress: received, delayed"),
    }
}

pub fn channel(lang: Lang, channel: Channel) -> &'static str {
    match channel {
        Channel::Email => pick(lang, "почта", "e-mail"),
        Channel::Sms => pick(lang, "SMS", "SMS"),
        Channel::Push => pick(lang, "устройство", "device"),
    }
}

pub fn state(lang: Lang, way: Way) -> &'static str {
    match way {
        Way::Queued => pick(lang, "ждёт отправки", "waiting to be sent"),
        Way::Sent => pick(lang, "отправлено", "sent"),
        Way::Delivered => pick(lang, "доставлено", "delivered"),
        Way::Refused => pick(
            lang,
            "не отправлено: адрес, номер или устройство не принимает",
            "not sent: the address, number or device does not take it",
        ),
        Way::Lost => pick(lang, "не доставлено: телефон не принял", "not delivered: the phone did not take it"),
    }
}

/// What a notice was about.
pub fn template(lang: Lang, template: &str) -> &'static str {
    match template {
        "approved" => pick(lang, "Заявка одобрена", "Application approved"),
        "rejected" => pick(lang, "Отказ по заявке", "Application refused"),
        "closed" => pick(lang, "Заявка закрыта", "Application closed"),
        "needs_clarification" => pick(lang, "Требуется уточнение", "Something is to be corrected"),
        "awaiting_confirmation" => pick(lang, "Нужны документы", "Documents are needed"),
        "reminder" => pick(lang, "Напоминание о сроке", "Reminder of a deadline"),
        "received" => pick(lang, "Заявка принята", "Application received"),
        "appeal_received" => pick(lang, "Апелляция принята", "Appeal received"),
        "appeal_delayed" => pick(lang, "Апелляция задерживается", "The appeal takes longer"),
        "appeal_upheld" => pick(lang, "Апелляция удовлетворена", "Appeal upheld"),
        "appeal_dismissed" => pick(lang, "Апелляция отклонена", "Appeal dismissed"),
        "late" => pick(lang, "Мы не успели к сроку", "We missed the term"),
        "delayed" => pick(lang, "Проверка задерживается", "The check takes longer"),
        "sign_up_code" | "login_code" => pick(lang, "Код", "Code"),
        "email_link" => pick(lang, "Подтверждение почты", "Confirmation of the e-mail"),
        _ => pick(lang, "Учётная запись", "Account"),
    }
}
