use super::words::{one_slip, other_layout, stem};
use super::*;
use crate::text::Lang;
use domain::Code;

const REGISTRATION: &str = "/services/post/registration";
const APPOINTMENT: &str = "/services/offices/appointment";

fn hrefs(query: &str) -> Vec<String> {
    search(Lang::Ru, query).into_iter().map(|hit| hit.href.into_owned()).collect()
}

fn first(query: &str) -> String {
    hrefs(query).into_iter().next().unwrap_or_default()
}

#[test]
fn the_named_phrases_find_the_registration_first() {
    for query in [
        "почта регистрация",
        "регистрация почтовой службы",
        "Регистрация в почте",
        "регистрация",
        "Почтовая служба",
        "Услуги → Связь и коммуникации → Почтовая служба",
        "Связь и коммуникации",
        "Электронные услуги Государственные услуги Сервисы связи и почты Регистрация в почтовой службе",
        "Сервисы связи и почты",
        "Почтовые услуги",
        "Начать регистрацию",
        "проверить данные без входа",
        "почтовый ящик",
    ] {
        assert_eq!(first(query), REGISTRATION, "{query}");
    }
}

#[test]
fn the_post_office_phrase_leads_to_the_appointment() {
    assert_eq!(first("почтовое отделение связи"), APPOINTMENT);
    assert_eq!(first("запись на приём"), APPOINTMENT);
    assert_eq!(first("Запись в отделение"), APPOINTMENT);
    assert_eq!(first("перенести запись"), APPOINTMENT);
}

#[test]
fn every_cabinet_section_of_the_menu_is_found() {
    for (query, href) in [
        ("Отслеживание", "/tracking"),
        ("Отслеживание почтовых отправлений", "/tracking"),
        ("где моя посылка", "/tracking"),
        ("трек-номер", "/tracking"),
        ("Мои заявки", "/applications"),
        ("Мои услуги", "/applications"),
        ("История заявок", "/applications"),
        ("Документы", "/cabinet/documents"),
        ("Верификация личности", "/recover/identity"),
        ("Настройки доступа", "/cabinet/access"),
        ("настройки уведомлений", "/cabinet/notifications"),
        ("Техническая поддержка", "/services/help/support"),
        ("Часто задаваемые вопросы", "/help"),
        ("FAQ", "/help"),
        ("Помощь", "/help"),
        ("Привязать аккаунт", "/cabinet/post"),
        ("отправка писем", "/services/items/letter"),
        ("доставка посылок", "/services/items/parcel"),
        ("заказные отправления", "/services/items/registered"),
        ("запрос справок о доставке", "/services/items/delivery-certificate"),
        ("индекс", "/offices"),
        ("Сессия истекла", "/help/errors"),
        ("забыл пароль", "/recover"),
    ] {
        assert_eq!(first(query), href, "{query}");
    }
    assert!(hrefs("Услуги связи").contains(&APPOINTMENT.to_owned()));
    assert!(hrefs("Сервисы Почтовое отделение связи").contains(&"/services/post/access".to_owned()));
}

#[test]
fn a_hurried_hand_is_understood() {
    for query in [
        "РЕГИСТРАЦИЮ ПОЧТОВОЙ СЛУЖБЫ",
        "почте регистрации в",
        "регстрация",
        "регитсрация",
        "регисстрация почта",
        "htubcnhfwbz",
        "Gjxnf Htubcnhfwbz",
        "  регистрация,   почта? ",
        "хочу регистрацию в почтовой службе срочно",
    ] {
        assert_eq!(first(query), REGISTRATION, "{query}");
    }
    assert_eq!(first("запись на прием"), APPOINTMENT);
    assert_eq!(first("pfgbcm yf ghb`v"), APPOINTMENT);
    assert_eq!(first("где посылки"), "/tracking");
}

#[test]
fn english_finds_the_same_and_answers_in_english() {
    let hit = search(Lang::En, "register with the post").remove(0);
    assert_eq!(hit.href, REGISTRATION);
    assert_eq!(hit.title, "Registration with the postal service");
    assert_eq!(search(Lang::En, "where is my parcel")[0].href, "/tracking");
    assert_eq!(search(Lang::En, "екфслштп")[0].href, "/tracking");
}

#[test]
fn what_is_not_here_is_not_found() {
    for query in ["", "   ", "?!", "квантовая хромодинамика", "xyzzy", "🦊"] {
        assert!(hrefs(query).is_empty(), "{query}");
    }
    // Length alone breaks nothing.
    assert!(search(Lang::Ru, &"ъ".repeat(100_000)).is_empty());
}

#[test]
fn an_index_a_track_number_and_a_code_are_recognised() {
    let page = |query| recognise(query).map(|r| r.href());
    let known = |path: &str| Some(path.to_owned());
    assert_eq!(page(" 101 000 "), known("/offices/101000"));
    assert_eq!(page("443063 49 11202 3"), known("/tracking/44306349112023"));
    assert_eq!(page("ra 123456785 ru"), known("/tracking/RA123456785RU"));
    assert_eq!(page("otd-1402"), known("/help/errors/OTD-1402"));
    assert_eq!(page("ОТД 1402"), known("/help/errors/OTD-1402"));
    assert_eq!(recognise("1402"), Some(Recognised::ErrorCode(Code::SnilsChecksum)));
    for query in ["9999", "12345", "1234567", "регистрация", "RA12345678RU", "ЯЯ123456785ЯЯ", ""] {
        assert_eq!(page(query), None, "{query}");
    }
    // What is printed names the kind, never the number.
    assert_eq!(format!("{:?}", recognise("44306349112023")), "Some(Track)");
}

#[test]
fn words_are_compared_without_their_endings() {
    assert_eq!(stem("регистрации"), stem("регистрация"));
    assert_eq!(stem("почте"), "почт");
    assert_eq!(stem("записаться"), stem("запись"));
    assert!(one_slip("регистрац", "регстрац") && one_slip("абв", "бав") && one_slip("а", "а"));
    assert!(!one_slip("абвг", "вгаб"));
    assert_eq!(other_layout("htubcnhfwbz").as_deref(), Some("регистрация"));
    assert_eq!(other_layout("почта mail"), None);
}
