//! Wording of other doors: providers of identities, the postal account, accounts that staff opened.

use super::Lang;
#[cfg(feature = "ssr")]
use super::wording;
use domain::accounts::doors::{Door, Mark};

#[cfg(feature = "ssr")]
wording! {
    Doors {
        title: "Вход через другие сервисы", "Logging in through other services";
        about: "Войдите без пароля через сервис, который вас уже знает. Мы узнаем только имя, дату рождения, паспорт, СНИЛС, ИНН, телефон и почту.", "Log in without a password through a service that knows you. We learn only your name, date of birth, passport, SNILS, INN, phone and e-mail.";
        linked: "Привязан", "Linked";
        unlink: "Отвязать", "Unlink";
        add: "Привязать вход через", "Link a login through";
        link_title: "Привязать вход", "Link a login";
        link_lead: "Вот что о вас сообщил сервис. После привязки сможете входить через него без пароля.", "This is what the service told us about you. Once it is linked, you can log in through it without a password.";
        link: "Привязать", "Link";
        other_name: "Имя отличается от вашего профиля", "The name differs from your profile";
        other_name_text: "Привязывайте только свой вход: кто им пользуется, войдёт в вашу учётную запись.", "Link only your own login: whoever uses it will enter your account.";
        gone: "Привязывать нечего", "There is nothing to link";
        gone_text: "После входа в сервис на привязку есть 30 минут. Начните заново на странице «Безопасность».", "You have 30 minutes from the service to linking. Start again on the security page.";
        anothers: "Это вход другого человека", "This login is somebody else's";
        anothers_text: "Сервис подтвердил не тот телефон, что в этой учётной записи. Войдите в свою или начните привязку на странице «Безопасность».", "The service has proved another phone than this account has. Log in to your own account, or start linking on the security page.";
        log_in_and_link: "Войти с паролем и привязать", "Log in with the password and link";
        with_password: "Войти с паролем", "Log in with a password";
        again: "Ещё раз через", "Again through";
        filled_from: "Данные подставили:", "Filled in from";
        filled: "Проверьте их и придумайте пароль: с ним войдёте и без сервиса.", "Check them and choose a password: with it you can log in without the service.";
    }
}

#[cfg(feature = "ssr")]
wording! {
    Newcomers {
        email_title: "Регистрация по почте", "Sign up by e-mail";
        email_lead: "Хватит адреса почты: пришлём ссылку, и вы закончите в браузере.", "Your e-mail is enough: we send a link and you finish in the browser.";
        email_what: "Сразу откроются кабинет и черновики заявок. Чтобы отправить заявку, позже подтвердите телефон.", "The cabinet and drafts open at once. To send an application, confirm a phone later.";
        email_button: "Получить ссылку", "Get a link";
        with_phone: "Зарегистрироваться с телефоном", "Sign up with a phone";
        sent: "Письмо отправлено", "The letter is sent";
        sent_text: "Откройте ссылку из письма, она действует 24 часа. Не пришло — проверьте «Спам» и адрес.", "Open the link in the letter, it works for 24 hours. If it has not come, check spam and the address.";
        activation_title: "Закончите регистрацию", "Finish signing up";
        activation_lead: "Почта подтверждена этой ссылкой. Осталось имя и пароль.", "This link has confirmed your e-mail. Your name and a password are left.";
        activation_email: "Почта", "E-mail";
        activation_whose: "Продолжайте, только если это ваш адрес: через него восстанавливают доступ.", "Go on only if this address is yours: through it access is recovered.";
        activation_gone: "Ссылка больше не действует", "This link no longer works";
        activation_gone_text: "Она действует 24 часа и срабатывает один раз. Если учётную запись уже открыли, войдите.", "It works for 24 hours, once. If the account is open already, log in.";
        activation_again: "Получить новую ссылку", "Get a new link";
        activation_button: "Открыть учётную запись", "Open the account";
        first_title: "Первый вход", "First login";
        first_lead: "Придумайте свой пароль: выданный знает не только вы.", "Choose a password of your own: you are not the only one who knows the one you were given.";
        first_about: "Потом пришлём код на телефон, и учётная запись будет вашей.", "Then we send a code to your phone, and the account is yours.";
        first_button: "Сохранить и получить код", "Save and get a code";
        consent_read: "Прочитать текст согласия", "Read the text of the consent";
    }
}

#[cfg(feature = "ssr")]
wording! {
    Post {
        title: "Аккаунт Почты России", "Russian Post account";
        lead: "Привяжите аккаунт, и ваши отправления появятся здесь. Отдельно входить больше не понадобится.", "Link your account and your items appear here. No separate login any more.";
        about: "Введите логин и пароль от аккаунта Почты России. Пароль передадим почте и не сохраним.", "Enter the login and password of your Russian Post account. We pass the password on and do not keep it.";
        ask: "Получить код", "Get a code";
        none: "Нет аккаунта Почты России?", "No Russian Post account?";
        none_how: "Создайте его на сайте или в приложении Почты России: понадобятся телефон и почта.", "Create one on the site or in the app of Russian Post: you need a phone and an e-mail.";
        none_again: "Потом вернитесь сюда и повторите привязку.", "Then come back and link it.";
        code_title: "Код от Почты России", "Code from Russian Post";
        code_lead: "Код прислала сама Почта России. Введите его, и аккаунт привяжется.", "Russian Post sent the code itself. Enter it and the account is linked.";
        sent_to: "Отправлен на", "Sent to";
        link: "Привязать аккаунт", "Link the account";
        again: "Ввести другой логин", "Enter another login";
        gone: "Код больше не ждём", "The code is no longer awaited";
        gone_text: "После пароля на код есть 10 минут. Начните привязку заново.", "You have 10 minutes from the password to the code. Start again.";
        name: "Владелец", "Owner";
        login: "Логин", "Login";
        since: "Привязан", "Linked";
        items: "Отправления", "Items";
        items_none: "Сейчас отправлений нет.", "There are no items now.";
        number: "Номер", "Number";
        state: "Где сейчас", "Where it is";
        day: "Дата", "Date";
        down: "Почта России не отвечает", "Russian Post does not answer";
        down_text: "Аккаунт остаётся привязанным. Загляните через несколько минут.", "The account stays linked. Look again in a few minutes.";
        ended: "Почта России закрыла доступ", "Russian Post has closed the access";
        ended_text: "Отвяжите аккаунт и привяжите заново.", "Unlink the account and link it again.";
        unlink: "Отвязать аккаунт", "Unlink the account";
    }
}

/// What a door is called where the operator gave it no name.
pub const fn name(lang: Lang, door: Door) -> &'static str {
    match (lang, door) {
        (Lang::Ru, Door::Bank) => "банк",
        (Lang::En, Door::Bank) => "your bank",
        (Lang::Ru, Door::Gosuslugi) => "Госуслуги",
        (Lang::En, Door::Gosuslugi) => "Gosuslugi",
    }
}

/// Where a value came from (E11).
pub const fn source(lang: Lang, mark: Option<&Mark>) -> &'static str {
    let (ru, en) = match mark {
        None => ("введено вами", "entered by you"),
        Some(Mark { door: Door::Bank, changed: false, .. }) => ("из банка", "from your bank"),
        Some(Mark { door: Door::Gosuslugi, changed: false, .. }) => ("из Госуслуг", "from Gosuslugi"),
        Some(Mark { door: Door::Bank, changed: true, .. }) => {
            ("введено вами, в банке иначе", "entered by you, your bank says otherwise")
        }
        Some(Mark { door: Door::Gosuslugi, changed: true, .. }) => {
            ("введено вами, на Госуслугах иначе", "entered by you, Gosuslugi says otherwise")
        }
    };
    match lang {
        Lang::Ru => ru,
        Lang::En => en,
    }
}

/// The same for a clerk: what comes from the applicant alone needs no mark.
pub const fn source_of_answer(lang: Lang, mark: &Mark) -> &'static str {
    let (ru, en) = match (mark.door, mark.changed) {
        (Door::Bank, false) => ("из банка", "from the bank"),
        (Door::Gosuslugi, false) => ("из Госуслуг", "from Gosuslugi"),
        (Door::Bank, true) => {
            ("изменено заявителем: в банке иначе", "changed by the applicant: the bank says otherwise")
        }
        (Door::Gosuslugi, true) => {
            ("изменено заявителем: на Госуслугах иначе", "changed by the applicant: Gosuslugi says otherwise")
        }
    };
    match lang {
        Lang::Ru => ru,
        Lang::En => en,
    }
}
