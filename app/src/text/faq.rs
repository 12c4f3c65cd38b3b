//! Ready answers (SUP-1), shown at `/help` under the sections.

use super::{Lang, article::Text, services::Both};

/// A question with its answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The HTML id.
    pub id: Text,
    pub question: Text,
    pub answer: Text,
}

/// All answers, the most asked first.
pub fn answers(lang: Lang) -> Vec<Answer> {
    ANSWERS
        .iter()
        .map(|(id, question, answer)| Answer {
            id: (*id).into(),
            question: question.of(lang).into(),
            answer: answer.of(lang).into(),
        })
        .collect()
}

const fn both(ru: &'static str, en: &'static str) -> Both {
    Both { ru, en }
}

static ANSWERS: &[(&str, Both, Both)] = &[
    (
        "how-long",
        both("Сколько ждать решения?", "How long does the decision take?"),
        both(
            "До 48 часов с отправки. Ждать на странице не нужно: сообщим по SMS и почте.",
            "Up to 48 hours from sending. You need not wait on the page: we tell you by text message and e-mail.",
        ),
    ),
    (
        "price",
        both("Регистрация платная?", "Does registration cost anything?"),
        both(
            "Нет. Электронный ящик тоже бесплатный. Ящик в отделении и корпоративный — платные.",
            "No. The electronic mailbox is free too. A box at an office and a corporate one are paid.",
        ),
    ),
    (
        "visit",
        both("Нужно ли приходить в отделение?", "Do I have to go to an office?"),
        both(
            "Нет, всё проходит онлайн. В отделение приходят только за бумажными письмами.",
            "No, all of it is online. You go to an office only to collect paper letters.",
        ),
    ),
    (
        "without-login",
        both("Можно проверить данные до отправки?", "Can I check my data before sending?"),
        both(
            "Да. На странице услуги нажмите «Проверить данные без входа». Ошибки в данных видны сразу, остаются они на вашем устройстве: на сервер уходят только индекс и код подразделения. Что ответят реестры, станет известно после подачи.",
            "Yes. On the service's page press “Check your data without logging in”. Mistakes show at once, and the data stay on your device: only postcode and department code go to the server. What the registries answer is known after you apply.",
        ),
    ),
    (
        "draft",
        both("Закрыл страницу. Всё пропало?", "I closed the page. Is it all lost?"),
        both(
            "Нет. Черновик хранится на сервере и на вашем устройстве. Откройте «Мои заявки» и продолжите с того же места.",
            "No. The draft is kept on the server and on your device. Open “My applications” and go on from the same place.",
        ),
    ),
    (
        "twice",
        both("Нажал «Отправить» два раза. Будет две заявки?", "I pressed “Send” twice. Are there two applications?"),
        both(
            "Нет, заявка одна. Сколько бы раз вы ни нажали, номер будет один и тот же.",
            "No, there is one. However often you press, the number stays the same.",
        ),
    ),
    (
        "code",
        both("Не приходит код по SMS", "The code does not arrive"),
        both(
            "Подождите минуту, проверьте связь и список заблокированных номеров. Через 60 секунд запросите код снова. Действует только последний код, 10 минут.",
            "Wait a minute, check the connection and your blocked numbers. After 60 seconds request it again. Only the latest code counts, for 10 minutes.",
        ),
    ),
    (
        "lost-everything",
        both("Потерял и пароль, и телефон, и почту", "I lost password, phone and e-mail"),
        both(
            "На странице «Восстановить доступ» выберите «Нет доступа ни к телефону, ни к почте» и пришлите паспорт и ИНН. Не вышло — приходите в любое отделение с паспортом: выдадут временный вход. Что взять и как скоро он заработает, сказано на странице «Восстановить доступ в отделении».",
            "At “Recover access” choose “Neither phone nor e-mail at hand” and send passport and INN. If that fails, come to any post office with your passport: you get a temporary login. What to bring and how soon it works stands at “Recover access at a post office”.",
        ),
    ),
    (
        "letter",
        both("Не приходит письмо со ссылкой", "The letter with the link does not arrive"),
        both(
            "Посмотрите папку «Спам» и проверьте адрес в форме. Если он верный, запросите письмо снова.",
            "Look in the spam folder and check the address in the form. If it is right, request the letter again.",
        ),
    ),
    (
        "inn",
        both("Обязательно ли указывать ИНН?", "Is the INN mandatory?"),
        both(
            "Гражданину — нет. Организации для корпоративного ящика — да, вместе с КПП и ОГРН.",
            "Not for a citizen. For an organisation's corporate mailbox it is, together with KPP and OGRN.",
        ),
    ),
    (
        "no-patronymic",
        both("В паспорте нет отчества", "My passport has no patronymic"),
        both("Оставьте поле «Отчество» пустым.", "Leave the field “Patronymic” empty."),
    ),
    (
        "new-passport",
        both("Меняю паспорт. Можно подать сейчас?", "I am replacing my passport. Can I apply now?"),
        both(
            "Подавайте, когда получите новый. После 20 и 45 лет прежний паспорт действует не дольше 90 дней.",
            "Apply once you have the new one. After the ages of 20 and 45 the old passport holds no longer than 90 days.",
        ),
    ),
    (
        "clarification",
        both("Статус «Требуется уточнение». Что делать?", "The status is “Clarification needed”. What do I do?"),
        both(
            "Откройте заявку: отмечены только поля, которые нужно исправить. Исправьте и нажмите «Отправить» до указанного срока, иначе заявка закроется.",
            "Open the application: only the fields to correct are marked. Correct them and press “Send” before the date shown, or the application is closed.",
        ),
    ),
    (
        "rejected",
        both("Отказали. Можно подать снова?", "I was refused. Can I apply again?"),
        both(
            "Да. Посмотрите код причины, исправьте и создайте новую заявку: данные подставим из прежней. Если не согласны, откройте заявку и подайте апелляцию.",
            "Yes. Look at the reason's code, correct and create a new application: we fill it in from the old one. If you disagree, open the application and appeal.",
        ),
    ),
    (
        "receipt",
        both("Как проверить квитанцию?", "How can a receipt be checked?"),
        both(
            "Наведите камеру на QR-код: откроется страница с номером и временем. Вход не нужен.",
            "Point the camera at the QR code: a page opens with the number and time. No login needed.",
        ),
    ),
    (
        "who-sees",
        both("Кто видит мои данные?", "Who sees my data?"),
        both(
            "Вы и сотрудник, который проверяет заявку. Данные хранятся зашифрованными, другим передаются только с вашего согласия или по закону.",
            "You and the employee who checks the application. Data are stored encrypted and passed to others only with your consent or by law.",
        ),
    ),
    (
        "withdraw-consent",
        both("Что будет, если отозвать согласие?", "What happens if I withdraw my consent?"),
        both(
            "Услуги закроются, пока вы не дадите согласие снова. Если не дать его за 29 дней, учётную запись и данные, которые закон не обязывает хранить, удалим.",
            "Services are closed until you consent again. If you do not within 29 days, the account and the data the law does not oblige us to keep are deleted.",
        ),
    ),
];

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn every_question_is_answered_calmly_in_both_languages() {
        let mut ids = HashSet::new();
        for answer in [Lang::Ru, Lang::En].into_iter().flat_map(answers) {
            ids.insert(answer.id);
            assert!(!answer.question.is_empty());
            assert!(answer.answer.ends_with('.') && !answer.answer.contains('!'));
        }
        assert_eq!(ids.len(), ANSWERS.len());
    }
}
