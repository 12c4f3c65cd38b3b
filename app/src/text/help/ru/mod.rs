//! In Russian.

mod sections;

use super::{entries, lists};
use domain::Code;

pub(super) use sections::sections;

lists!(form, person, numbers, contacts, account, application, service);

/// The themes of `/help/errors`, in the order of [`super::groups`].
pub(super) const GROUPS: [&str; 14] = [
    "Любое поле",
    "Имя и рождение",
    "Даты",
    "Паспорт",
    "СНИЛС, ИНН, ОГРН, КПП",
    "Телефон и почта",
    "Адрес и отделение",
    "Трек-номер и карта",
    "Пароль, код, согласие",
    "Вход и учётная запись",
    "Заявка",
    "Проверка по реестрам и отказ",
    "Квитанция",
    "Сбои и связь",
];

/// What to quote to support; `{}` is the code.
pub(super) fn quote(code: Code) -> &'static str {
    match code.number() {
        ..2000 => "Назовите код {} и поле. Само значение не пишите: оно не понадобится.",
        2000..3000 => {
            "Назовите код {}, время попытки и последние четыре цифры телефона. Пароль и коды не сообщайте никому."
        }
        3000..3200 => "Назовите код {} и номер заявки.",
        3200..5000 => "Назовите код {} и номер квитанции.",
        _ => "Назовите код {}, время, страницу и номер заявки, если он есть. Поможет снимок экрана.",
    }
}
