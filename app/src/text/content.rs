//! Wording of home, search and the office directory.

use super::wording;

wording! {
    Content {
        home_title: "Почтовое отделение, которое всегда открыто", "A post office that is always open";
        search_label: "Найти услугу или отправление", "Find a service or a parcel";
        search_hint: "Регистрация в почте", "Registration with the post";
        find: "Найти", "Find";
        often: "Часто ищут", "People often look for";
        often_1: "регистрация в почте", "registration with the post";
        often_2: "запись на приём", "appointment";
        often_3: "где моя посылка", "where is my parcel";
        services: "Услуги", "Services";
        promise_title: "Как это работает", "How it works";
        promise_1: "Заполняете заявку один раз: ошибки видно сразу, черновик сохраняется сам.", "Fill the application once: errors show at once, the draft saves itself.";
        promise_2: "Отправляете и сразу получаете номер и квитанцию.", "Send it and get a number and a receipt at once.";
        promise_3: "Решение не позже чем через 48 часов. Если что-то не так, скажем, что исправить.", "A decision within 48 hours. If something is wrong, we say what to correct.";
        nothing: "Ничего не нашли", "Nothing found";
        nothing_text: "Попробуйте назвать услугу короче: «регистрация», «посылка», «приём». Трек-номер, почтовый индекс и код ошибки тоже можно ввести сюда.", "Try a shorter name: “registration”, “parcel”, “visit”. A tracking number, a postcode or an error code works here too.";
        recognised: "Похоже, вы ищете", "You seem to look for";
        offices_title: "Отделения и индексы", "Post offices and postcodes";
        offices_lead: "Поиск по индексу, городу или названию. В справочнике 61 429 почтовых объектов.", "Search by postcode, town or name. The directory has 61,429 postal objects.";
        offices_label: "Индекс, город или название", "Postcode, town or name";
        offices_none: "Таких отделений нет в справочнике. Проверьте название или введите первые цифры индекса.", "No such office in the directory. Check the name or enter the first digits of the postcode.";
        kind: "Вид", "Kind";
        place: "Где", "Where";
        kind_office: "отделение", "office";
        kind_main: "почтамт", "main office";
        kind_mobile: "передвижное отделение", "mobile office";
        kind_agent: "агентство", "agent";
        kind_pickup: "пункт выдачи", "pickup point";
        kind_locker: "почтомат", "parcel locker";
        kind_internal: "служебный объект", "internal object";
        serves: "Можно открыть ящик", "A mailbox can be opened here";
        verify_title: "Проверка квитанции", "Verify a receipt";
        verify_lead: "Введите номер с квитанции или наведите камеру на её QR-код.", "Enter the number on the receipt or point a camera at its QR code.";
        verify_label: "Номер квитанции", "Number of the receipt";
        verify_hint: "Например, 2026-7A4K-93CX", "For example, 2026-7A4K-93CX";
        verify_button: "Проверить", "Verify";
        genuine: "Квитанция подлинная", "The receipt is genuine";
        genuine_text: "Заявка с этим номером принята порталом. Имя и другие данные заявителя здесь не показываем.", "The portal has taken an application with this number. The name and other data of the applicant are not shown here.";
        submitted: "Подана", "Sent";
        state: "Состояние", "State";
    }
}

wording! {
    /// Pages that the server puts together from the catalogue.
    Pages {
        consent: "Согласие на обработку персональных данных", "Consent to the processing of personal data";
        terms: "Условия обслуживания", "Terms of service";
        version: "Версия", "Version";
        fingerprint: "отпечаток SHA-256", "SHA-256";
        questions: "Вопросы и ответы", "Questions and answers";
        documents: "Документы и коды", "Documents and codes";
        cause: "Почему так бывает", "Why it happens";
        remedy: "Что сделать", "What to do";
        portal: "Портал", "The portal";
        sms: "SMS", "Text messages";
        mail: "почта", "Mail";
        door: "вход через", "Login through";
        postal: "аккаунты Почты России", "Accounts of Russian Post";
        up: "работает", "works";
        down: "не отвечает", "does not answer";
        status_lead: "Что работает прямо сейчас.", "What works right now.";
        status_note: "Когда реестр не отвечает, заявки ждут и проверяются сами, как только он вернётся. Отправленное не теряется.", "While a registry does not answer, applications wait and are checked as soon as it is back. Nothing sent is lost.";
        track_title: "Трек-номер", "Tracking number";
        track_number: "Номер", "Number";
        track_ask: "Трек-номер", "Tracking number";
        track_hint: "На чеке: 14 цифр или вид RA123456785RU", "On the receipt: 14 digits, or like RA123456785RU";
        track_button: "Проверить номер", "Check the number";
        track_check: "Контрольная цифра", "Check digit";
        track_letters: "Вид отправления", "Kind of item";
        track_country: "Страна приёма", "Country of origin";
        track_good: "Номер записан правильно: контрольная цифра сходится.", "The number is written correctly: its check digit fits.";
        track_later: "Движение отправления этот портал пока не показывает. Сейчас он проверяет, что в номере нет опечатки.", "This portal does not show movements yet. For now it checks the number for slips.";
        }
}

wording! {
    /// What a query is.
    Recognition {
        receipt: "Номер заявки: откроем проверку квитанции.", "The number of an application: opens the check of its receipt.";
        track: "Трек-номер: контрольная цифра сходится.", "A tracking number: its check digit fits.";
        track_wrong: "Похоже на трек-номер, но в нём опечатка: контрольная цифра не сходится.", "It looks like a tracking number, but has a slip: the check digit does not fit.";
    }
}

pub fn recognised(lang: super::Lang) -> &'static Recognition {
    Recognition::of(lang)
}
