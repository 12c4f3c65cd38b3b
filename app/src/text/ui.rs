//! Wording of the frame and of forms. Wording of a feature stands in its own file.

use super::{Lang, plural_ru, wording};

wording! {
    /// The frame around every page.
    Frame {
        brand: "Отделение", "Otdelenie";
        zone: "МСК", "MSK";
        skip: "К содержанию", "Skip to content";
        main_menu: "Главное меню", "Main menu";
        menu: "Меню", "Menu";
        services: "Услуги", "Services";
        my_applications: "Мои заявки", "My applications";
        help: "Помощь", "Help";
        log_in: "Войти", "Log in";
        log_out: "Выйти", "Log out";
        cabinet: "Кабинет", "My account";
        large_on: "Версия для слабовидящих", "Large print";
        large_off: "Обычная версия", "Standard view";
        other_language: "English", "Русский";
        tracking: "Отслеживание", "Tracking";
        offices: "Отделения", "Post offices";
        status: "Состояние сервиса", "Service status";
        register: "Регистрация", "Sign up";
        errors: "Коды ошибок", "Error codes";
        footer_note: "Данные о почтовых объектах: ПИндкс, GeoNames (CC BY 4.0), HFLabs и DaData (CC BY-SA 4.0).", "Postal data: PIndx, GeoNames (CC BY 4.0), HFLabs and DaData (CC BY-SA 4.0).";
        update_ready: "Готово обновление страницы.", "An update of this site is ready.";
        update_now: "Обновить", "Update";
        offline: "Нет связи. Введённое сохраняется на этом устройстве.", "You are offline. What you type is kept on this device.";
        demo: "Демонстрация: письма и SMS приходят в «Исходящие».", "Demo: letters and text messages arrive in the outbox.";
        demo_outbox: "Исходящие", "Outbox";
        loading: "Загружаем…", "Loading…";
        breadcrumbs: "Вы здесь", "You are here";
    }
}

wording! {
    /// Forms of every kind.
    FormWords {
        optional: "необязательно", "optional";
        strength: "Надёжность пароля", "Strength of the password";
        sending: "Отправляем…", "Sending…";
        next: "Продолжить", "Continue";
        back: "Назад", "Back";
        send: "Отправить", "Send";
        change: "Изменить", "Change";
        choose: "Выберите из списка", "Choose from the list";
        what_means: "Что значит код", "What does this code mean:";
        login_again: "Войти и вернуться к этому полю", "Log in and come back here";
        saved_at: "Черновик сохранён в", "Draft saved at";
        saved_here: "Сохранено на этом устройстве в", "Saved on this device at";
        restored: "Восстановили то, что вы вводили на этом устройстве.", "We restored what you typed on this device.";
        show: "Показать", "Show";
        show_password: "Показать пароль", "Show password";
        empty_answer: "не указано", "not given";
        session_title: "Сессия истекла", "Your session has ended";
        yes: "да", "yes";
        no: "нет", "no";
    }
}

wording! {
    /// The warning before a session ends, and what login says after it (E1).
    SessionEnd {
        title: "Вы ещё здесь?", "Are you still here?";
        text: "Вы давно ничего не делали. Чтобы никто другой не увидел ваши данные, сессия скоро закончится. Введённое сохранено.", "You have been away for a while. So that nobody else sees your data, the session will end soon. What you typed is kept.";
        last: "Сессия длится не дольше 12 часов и скоро закончится. Введённое сохранено: войдите снова и продолжите с этого же места.", "A session lasts 12 hours at most and will end soon. What you typed is kept: log in again and go on from here.";
        left: "До конца сессии:", "Until the session ends:";
        stay: "Остаться", "Stay";
        ended: "Сессия закончилась", "The session has ended";
        ended_text: "Войдите снова: вернёмся на ту же страницу, введённое сохранено на этом устройстве.", "Log in again: we will return to the same page, what you typed is kept on this device.";
    }
}

wording! {
    /// Pages that say that something is not there.
    Missing {
        not_found_title: "Такой страницы нет", "There is no such page";
        not_found_text: "Проверьте адрес или найдите услугу через поиск. Если вы пришли по ссылке с нашего сайта, сообщите в поддержку код OTD-5003.", "Check the address or use the search. If a link of ours led you here, tell support the code OTD-5003.";
        to_home: "На главную", "To the home page";
        closed_title: "Доступ ограничен", "Access is limited";
        to_access: "Что открыто и как открыть остальное", "What is open, and how to open the rest";
        error_title: "На нашей стороне сбой", "Something failed on our side";
        offline_title: "Нет связи", "You are offline";
        offline_text: "Эта страница откроется, когда связь появится. Черновики на этом устройстве доступны и сейчас.", "This page will open once you are online. Drafts on this device are available now.";
        drafts: "Черновики на этом устройстве", "Drafts on this device";
        no_drafts: "Черновиков на этом устройстве нет.", "There are no drafts on this device.";
    }
}

/// «Исправьте одно поле», «Исправьте 3 поля».
pub fn correct_fields(lang: Lang, n: usize) -> String {
    match (lang, n) {
        (Lang::Ru, 1) => "Исправьте одно поле".to_owned(),
        (Lang::Ru, n) => format!("Исправьте {n} {}", plural_ru(n as u64, "поле", "поля", "полей")),
        (Lang::En, 1) => "Correct one field".to_owned(),
        (Lang::En, n) => format!("Correct {n} fields"),
    }
}

/// What a draft's page is called in a list.
pub fn page_name(lang: Lang, path: &str) -> String {
    use crate::text::filing;
    use domain::applications::Step;
    let step = path.rsplit('/').next().and_then(Step::from_name);
    let filing = filing::Filing::of(lang);
    match step {
        Some(step) => format!("{}: {}", filing.service, filing::step(lang, step)),
        None => filing.service.to_owned(),
    }
}
