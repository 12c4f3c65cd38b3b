//! Wording of access reset at a counter: the clerks' page, the slip, what journals and letters say (REC-3, REC-4).

use super::{Lang, wording};
use domain::accounts::counter::Reason;

wording! {
    /// Part of the staff's wasm.
    CounterWords {
        menu: "Восстановление доступа", "Access reset";
        title: "Восстановить доступ у окна", "Reset access at the counter";
        lead: "Для того, кто потерял пароль, телефон и почту и пришёл с паспортом. Учётную запись найдём по документу. Поиск увидит её владелец.", "For whoever has lost password, phone and e-mail and has come with a passport. The document finds the account. Its owner sees the search.";
        after: "Все входы завершатся, прежние пароль, телефон, почта и способы входа перестанут действовать. Владельцу уйдёт SMS и письмо.", "All sessions end; the earlier password, phone, e-mail and ways to log in stop working. The owner is told by SMS and letter.";
        snils_hint: "СНИЛС спросите, если он есть в учётной записи: без него она не найдётся.", "Ask for the SNILS if the account holds one: without it the account is not found.";
        login_label: "Телефон или почта учётной записи, если их несколько", "Phone or e-mail of the account, if there are several";
        reason: "Почему пришёл", "Why they come";
        seen: "Вижу гражданина и подлинный паспорт: лицо и фотография совпадают", "I see the person and the original passport: face and photo match";
        reset: "Сбросить доступ", "Reset access";
        second_title: "Подтвердить сброс коллеги", "Confirm a colleague's reset";
        second_lead: "Сами посмотрите на гражданина и паспорт. После подтверждения листок заработает сразу.", "See the person and the passport yourself. Once confirmed, the slip works at once.";
        confirm: "Подтвердить", "Confirm";
        confirmed: "Подтверждено: листок уже работает.", "Confirmed: the slip works now.";
        slip: "Новый вход в «Отделение»", "Your new Otdelenie login";
        slip_text: "Войдите на сайте с этим логином и паролем. При первом входе придумайте свой пароль и укажите телефон: на него придёт код. Листок действует 7 дней.", "Log in on the site with this login and password. At the first login choose a password of your own and give your phone: a code comes to it. The slip works for 7 days.";
        works: "Начнёт работать (время московское)", "Starts to work (Moscow time)";
        works_second: "когда подтвердит второй сотрудник", "once a second clerk has confirmed";
        only_second: "Листок не заработает сам: второй сотрудник должен подтвердить сброс по паспорту. Позовите его, пока гражданин у окна.", "The slip does not start to work by itself: a second clerk has to confirm by the passport. Call them while the person is at the counter.";
        sooner: "Второй сотрудник может подтвердить сброс по паспорту: тогда листок заработает сразу.", "A second clerk can confirm by the passport: then the slip works at once.";
    }
}

/// Why somebody comes to the counter: chosen by the clerk, read by the account's owner.
pub const fn reason(lang: Lang, reason: Reason) -> &'static str {
    match (lang, reason) {
        (Lang::Ru, Reason::Lost) => "потерял все способы входа",
        (Lang::Ru, Reason::Stolen) => "телефон или почту украли",
        (Lang::Ru, Reason::CheckRefused) => "отказано в верификации личности",
        (Lang::En, Reason::Lost) => "lost every way to log in",
        (Lang::En, Reason::Stolen) => "phone or e-mail were stolen",
        (Lang::En, Reason::CheckRefused) => "the proof of identity was refused",
    }
}

/// From where, as the letter «Это не я» says.
pub const fn device(lang: Lang) -> &'static str {
    match lang {
        Lang::Ru => "почтовое отделение, по паспорту",
        Lang::En => "a post office, by passport",
    }
}

wording! {
    /// The citizen's page about it; on the server only.
    LastWay {
        link: "Ничего не осталось: восстановить доступ в отделении", "Nothing left: recover access at a post office";
        title: "Восстановить доступ в отделении", "Recover access at a post office";
        lead: "Последний способ: если нет ни пароля, ни телефона, ни почты, ни запасных кодов или верификация личности не удалась.", "The last way: when password, phone, e-mail and backup codes are all gone, or proving who you are did not work.";
        bring: "Что взять с собой", "What to bring";
        bring_passport: "паспорт, сам документ, а не копию; если его меняли, подойдёт новый с отметкой о прежнем", "your passport itself, not a copy; if it was replaced, the new one names the one before";
        bring_snils: "СНИЛС, если он есть в вашей учётной записи или заявках", "your SNILS, if your account or applications hold it";
        bring_phone: "телефон, на который можно получить SMS", "a phone that receives SMS";
        happens: "Что будет", "What happens";
        happens_found: "Сотрудник введёт данные паспорта. Учётная запись найдётся, только если они совпадут.", "A clerk enters the data of your passport. The account is found only if they match.";
        happens_reset: "Все входы завершатся; прежние пароль, телефон, почта, ключи и приложения с кодами перестанут действовать.", "All sessions end; the earlier password, phone, e-mail, passkeys and authenticator apps stop working.";
        happens_told: "На прежние телефон и почту придёт сообщение с кнопкой «Это не я»: оно защищает вас, если за вас придёт чужой. Оно действует 10 дней.", "The earlier phone and e-mail get a message with “It was not me”: it protects you if somebody comes in your name. It works for 10 days.";
        happens_slip: "Вам дадут листок с логином и временным паролем. При первом входе вы придумаете свой пароль и укажете телефон.", "You get a slip with a login and a temporary password. At the first login you choose your own password and give your phone.";
        long: "Сколько это занимает", "How long it takes";
        long_text: "Около 10 минут в отделении. Листок начинает работать через сутки. Если в отделении есть второй сотрудник, попросите его посмотреть паспорт и подтвердить: тогда листок работает сразу. Второй сотрудник обязателен, если доступ сбрасывали меньше месяца назад, если недавно исправили имя или паспорт или если в учётной записи нет ни подтверждённого телефона, ни почты: сообщить вам о сбросе тогда некуда.", "About 10 minutes at the office. The slip works a day later. If there is a second clerk, ask them to look at the passport and confirm: then it works at once. The second clerk is required if access was reset within a month, if name or passport were corrected lately, or if the account has neither a proved phone nor a proved e-mail that could be told.";
        scans: "Сначала попробовать по сканам документов", "Try with scans of documents first";
    }
}

/// What a row of the journal was about: of a look or a reset at a counter its reason in words, of all else its object.
pub fn about<'a>(lang: Lang, act: &str, object: &'a str) -> &'a str {
    match act {
        "access_searched" | "access_reset" | "access_slip_again" => {
            Reason::from_name(object).map_or("", |why| reason(lang, why))
        }
        _ => object,
    }
}
