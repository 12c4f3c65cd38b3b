//! Wording of sign-up, login and the cabinet.

use super::wording;

wording! {
    Accounts {
        register_title: "Регистрация", "Sign up";
        register_lead: "Заполните один раз. Дальше подставим эти данные в заявки.", "Fill this in once. We will reuse it in your applications.";
        register_next: "Сначала подтвердим телефон кодом из SMS, потом почту по ссылке из письма.", "First we confirm your phone by a text message, then your e-mail by a link.";
        who: "Кто вы", "Who you are";
        passport: "Паспорт", "Passport";
        contacts: "Как с вами связаться", "How to reach you";
        password: "Пароль", "Password";
        has_account: "Уже есть учётная запись?", "Already have an account?";
        why_passport: "Зачем паспорт", "Why the passport";
        why_passport_text: "По нему проверим, что учётная запись ваша. Номер хранится зашифрованным, каждый просмотр записывается в ваш журнал.", "It shows that the account is yours. The number is stored encrypted, and each look at it is written to your journal.";
        consent_label: "Даю согласие на обработку персональных данных", "I consent to the processing of my personal data";
        consent_read: "Прочитать текст согласия", "Read the text of the consent";
        phone_title: "Код из SMS", "Code from the text message";
        sent_to: "Отправили код на", "We sent a code to";
        code_valid: "Код действует 10 минут.", "The code is valid for 10 minutes.";
        confirm: "Подтвердить", "Confirm";
        again: "Отправить код ещё раз", "Send the code again";
        again_in: "Новый код можно запросить через", "You can ask for a new code in";
        seconds: "с", "s";
        no_code: "Код не пришёл?", "No code?";
        no_code_text: "Проверьте, что телефон включён и принимает SMS. Через минуту запросите код ещё раз.", "Check that the phone is on and takes text messages. Ask again in a minute.";
        wrong_number: "Указать другой номер", "Use another number";
        email_title: "Подтверждение почты", "Confirm your e-mail";
        email_lead: "Нажмите кнопку, и учётная запись станет подтверждённой.", "Press the button, and your account will be confirmed.";
        email_button: "Подтвердить почту", "Confirm e-mail";
        login_title: "Вход", "Log in";
        login_lead: "После пароля понадобится код: из SMS или приложения.", "After the password you need a code: from a text message or your app.";
        login_button: "Войти", "Log in";
        login_code_title: "Код для входа", "Code to log in";
        open_app: "Откройте приложение с кодами и введите 6 цифр.", "Open your authenticator app and enter its 6 digits.";
        by_message: "Прислать код сообщением", "Send a code by message";
        use_backup: "Ввести запасной код", "Enter a backup code";
        through: "Войти через", "Log in through";
        with_passkey: "Войти с ключом доступа", "Log in with a passkey";
        forgot: "Забыли пароль?", "Forgot your password?";
        post: "Почта России", "Russian Post";
        post_about: "Отправления из аккаунта Почты России", "Items of your Russian Post account";
        security: "Безопасность", "Security";
        security_about: "Второй код, устройства, история входов", "Second code, devices, login history";
        data: "Копия и удаление данных", "Copy and deletion of your data";
        data_about: "Скачать, исправить, удалить; кто их смотрел", "Download, correct, delete; who looked at them";
        access: "Настройки доступа", "Access";
        access_about: "Что открывает ваш уровень и как получить больше", "What your level opens and how to get more";
        no_account: "Нет учётной записи?", "No account yet?";
        cabinet_title: "Кабинет", "My account";
        hello: "Здравствуйте,", "Hello,";
        level: "Учётная запись", "Account";
        level_created: "Создана", "Created";
        level_email: "Почта подтверждена", "E-mail confirmed";
        phone_pending: "Подтвердите телефон: без него заявку не отправить.", "Confirm a phone: without it you cannot send an application.";
        phone_add: "Подтвердить телефон", "Confirm a phone";
        told_not_mine: "Это не мои данные", "These are not my data";
        by_email: "Зарегистрироваться только по почте", "Sign up with an e-mail alone";
        level_phone: "Телефон подтверждён", "Phone confirmed";
        level_confirmed: "Подтверждена", "Confirmed";
        email_pending: "Подтвердите почту: откройте ссылку из письма. Без этого заявку не отправить.", "Confirm your e-mail: open the link in our letter. Without it an application cannot be sent.";
        email_missing: "Укажите почту: без неё заявку не отправить.", "Add an e-mail: without it an application cannot be sent.";
        email_add: "Указать почту", "Add an e-mail";
        email_again: "Прислать письмо ещё раз", "Send the letter again";
        my_applications_about: "Заявки, их состояние и квитанции", "Applications, their state and receipts";
        mailboxes: "Мои ящики", "My mailboxes";
        mailboxes_about: "Открытые ящики, участники корпоративного, приглашения", "Open mailboxes, members of a corporate one, invitations";
        profile: "Мои данные", "My data";
        profile_about: "ФИО, паспорт, телефон, почта", "Name, passport, phone, e-mail";
        consents: "Согласия", "Consents";
        consents_about: "Что вы разрешили и когда; здесь согласие можно отозвать", "What you agreed to and when; you can withdraw here";
        journal: "Журнал", "Journal";
        journal_about: "Всё, что происходило с вашими данными", "Everything that happened to your data";
        new_application: "Подать заявку", "Apply";
        new_application_about: "Регистрация в почтовой службе. Решение до 48 часов", "Registration with the postal service. A decision within 48 hours";
        name: "ФИО", "Name";
        phone: "Телефон", "Phone";
        email: "Почта", "E-mail";
        confirmed: "подтверждена", "confirmed";
        not_confirmed: "не подтверждена", "not confirmed";
        consent_given: "Дано", "Given";
        consent_withdrawn: "Отозвано", "Withdrawn";
        consent_version: "Версия текста", "Version of the text";
        consent_hash: "Отпечаток текста (SHA-256)", "Fingerprint of the text (SHA-256)";
        purpose_account: "Ведение учётной записи", "Keeping the account";
        purpose_mailboxes: "Почтовые ящики и заявки", "Mailboxes and applications";
        purpose_notifications: "Уведомления", "Notifications";
        withdraw: "Отозвать согласие", "Withdraw consent";
        give_again: "Дать согласие снова", "Consent again";
        journal_empty: "Здесь появятся записи о каждом действии с вашими данными.", "Every act on your data will be listed here.";
        when: "Когда", "When";
        what: "Что", "What";
        who_acted: "Кто", "Who";
    }
}

wording! {
    /// What one can do with one's own data. Apart, so that the first wasm has none of it.
    OwnData {
        correct: "Исправить имя, паспорт или ИНН", "Correct name, passport or INN";
        change_contacts: "Сменить телефон или почту", "Change phone or e-mail";
        delete_account: "Все мои данные, удалить учётную запись", "All my data, delete the account";
        withdraw_about: "После отзыва услуги остановятся. Если не дать согласие снова за 29 дней, учётная запись и её данные будут удалены.", "After that services stop. If you do not consent again within 29 days, the account and its data are deleted.";
        consent_blocked: "Согласие отозвано, поэтому услуги остановлены. Через 29 дней после отзыва учётная запись и её данные будут удалены, если не дать согласие снова.", "You withdrew your consent, so services are stopped. 29 days after the withdrawal the account and its data are deleted unless you consent again.";
    }
}

/// What a journal row says was done.
pub fn act(lang: super::Lang, act: &str) -> &'static str {
    let (ru, en) = match act {
        "account_created" => ("Учётная запись создана", "Account created"),
        "account_opened_by_phone" => {
            ("Учётную запись открыл сотрудник по телефону", "Account opened by staff on the phone")
        }
        "account_opened_at_counter" => {
            ("Учётную запись открыл сотрудник в отделении", "Account opened by staff at a post office")
        }
        "first_password_given" => ("Сотрудник выдал новый первый пароль", "Staff gave a new first password"),
        "access_searched" => {
            ("Сотрудник искал учётную запись по паспорту", "A clerk looked for the account by passport")
        }
        "access_reset" => ("Доступ сброшен в отделении по паспорту", "Access was reset at a post office, by passport"),
        "access_reset_confirmed" => {
            ("Второй сотрудник подтвердил сброс доступа", "A second clerk confirmed the reset of access")
        }
        "access_slip_again" => ("Сотрудник напечатал листок ещё раз", "A clerk printed the slip again"),
        "access_reset_undone" => (
            "Сброс доступа отменён, листок больше не действует",
            "The reset of access was undone, its slip works no more",
        ),
        "phone_confirmed" => ("Телефон подтверждён", "Phone confirmed"),
        "email_confirmed" => ("Почта подтверждена", "E-mail confirmed"),
        "login" => ("Вход", "Login"),
        "logout" => ("Выход", "Logout"),
        "consent_given" => ("Согласие дано", "Consent given"),
        "consent_withdrawn" => ("Согласие отозвано", "Consent withdrawn"),
        "draft_created" => ("Черновик заявки создан", "Draft created"),
        "application_submitted" => ("Заявка отправлена", "Application sent"),
        "application_withdrawn" => ("Заявка отозвана", "Application withdrawn"),
        "application_checked" => ("Данные заявки сверены с реестрами", "Application checked with registries"),
        "application_decided" => ("По заявке принято решение", "Application decided"),
        "appeal_filed" => ("Апелляция подана", "Appeal sent"),
        "appeal_taken" => ("Апелляцию взяли в работу", "A clerk took the appeal"),
        "appeal_withdrawn" => ("Апелляция отозвана", "Appeal taken back"),
        "application_late" => {
            ("Заявку не решили к сроку, назначен новый", "The application was not decided in time; a new term was set")
        }
        "appeal_delayed" => {
            ("Срок апелляции пропущен, назначен новый", "The term of the appeal was missed and set anew")
        }
        "appeal_decided" => ("По апелляции принято решение", "Appeal decided"),
        "mailbox_invited" => ("В ящик приглашён участник", "A member was invited to the mailbox"),
        "mailbox_joined" => ("Приглашение в ящик принято", "An invitation to the mailbox was accepted"),
        "mailbox_declined" => ("Приглашение в ящик отклонено", "An invitation to the mailbox was declined"),
        "mailbox_removed" => ("Участник убран из ящика", "A member was removed from the mailbox"),
        "mailbox_left" => ("Участник вышел из ящика", "A member left the mailbox"),
        "mailbox_handed_over" => ("Ящик передан другому владельцу", "The mailbox was handed to another owner"),
        "document_added" => ("Документ добавлен", "Document added"),
        "document_removed" => ("Документ удалён", "Document removed"),
        "document_read" => ("Документ скачан", "Document downloaded"),
        "document_infected" => ("Документ остановлен антивирусом", "Document stopped by the virus scanner"),
        "documents_sent" => ("Документы отправлены на проверку", "Documents sent for review"),
        "application_read" => ("Заявку открыл сотрудник", "A clerk opened the application"),
        "document_opened" => ("Сотрудник открыл документ", "A clerk opened a document"),
        "receipt_read" => ("Квитанция скачана", "Receipt downloaded"),
        "profile_read" => ("Данные профиля показаны", "Profile shown"),
        "account_erased" => ("Учётная запись удалена", "Account erased"),
        "push_added" => ("Подключено устройство для уведомлений", "A device for notices was connected"),
        "push_removed" => ("Отключено устройство для уведомлений", "A device for notices was disconnected"),
        "push_gone" => ("Устройство больше не принимает уведомления", "A device takes notices no more"),
        "notices_chosen" => ("Выбраны уведомления", "Notices chosen"),
        "app_added" => ("Подключено приложение с кодами", "Authenticator app added"),
        "app_removed" => ("Удалено приложение с кодами", "Authenticator app removed"),
        "data_taken" => ("Данные учётной записи скачаны", "The account's data downloaded"),
        "profile_corrected" => ("Данные профиля исправлены", "Profile corrected"),
        "deletion_asked" => ("Запрошено удаление учётной записи", "Deletion of the account asked for"),
        "deletion_cancelled" => ("Удаление учётной записи отменено", "Deletion of the account cancelled"),
        "passkey_added" => ("Подключён ключ доступа", "Passkey added"),
        "passkey_removed" => ("Удалён ключ доступа", "Passkey removed"),
        "door_used" => ("Данные от другого сервиса обновлены", "Data of another service renewed"),
        "profile_filled" => ("Профиль дополнен данными другого сервиса", "Profile filled in from another service"),
        "door_linked" => ("Привязан вход через другой сервис", "A login through another service linked"),
        "door_unlinked" => ("Отвязан вход через другой сервис", "A login through another service unlinked"),
        "post_read" => ("Показаны отправления из аккаунта Почты России", "Items of the Russian Post account shown"),
        "post_linked" => ("Привязан аккаунт Почты России", "An account of Russian Post linked"),
        "post_unlinked" => ("Отвязан аккаунт Почты России", "An account of Russian Post unlinked"),
        "backup_codes_made" => ("Сделаны запасные коды", "Backup codes made"),
        "devices_distrusted" => ("Доверенные устройства забыты", "Trusted devices forgotten"),
        "session_ended" => ("Вход на устройстве завершён", "A device was logged out"),
        "sessions_ended" => ("Входы на других устройствах завершены", "Other devices were logged out"),
        "account_frozen" => ("Вход закрыт по ссылке «Это не я»", "Account closed by “It was not me”"),
        "password_changed" => ("Пароль изменён", "Password changed"),
        "login_stood_out" => ("Необычная попытка входа", "An unusual try to log in"),
        "identity_asked" => ("Запрошена верификация личности", "Proof of identity asked for"),
        "identity_objected" => ("Ответ на отказ в верификации", "Answer to a refused proof of identity"),
        "identity_read" => ("Поддержка открыла запрос верификации", "Support opened the proof of identity"),
        "identity_scan_opened" => ("Поддержка открыла скан", "Support opened a scan"),
        "identity_confirmed" => ("Личность подтверждена", "Identity confirmed"),
        "identity_refused" => ("В верификации отказано", "Proof of identity refused"),
        "identity_stopped" => {
            ("Верификация отменена по ссылке «Это не я»", "Proof of identity stopped by “It was not me”")
        }
        "factors_reset" => ("Прежние способы входа сброшены", "Earlier ways to log in were reset"),
        "phone_changed" => ("Телефон изменён", "Phone changed"),
        "email_changed" => ("Почта изменена", "E-mail changed"),
        "phone_restored" => ("Прежний телефон возвращён", "The earlier phone is back"),
        "email_restored" => ("Прежняя почта возвращена", "The earlier e-mail is back"),
        "email_removed" => ("Добавленная почта убрана", "The added e-mail was removed"),
        "phone_removed" => ("Добавленный телефон убран", "The added phone was removed"),
        "profile_restored" => ("Прежние данные профиля возвращены", "The earlier profile is back"),
        "app_restored" => ("Приложение с кодами возвращено", "Authenticator app back"),
        "passkey_restored" => ("Ключ доступа возвращён", "Passkey back"),
        "door_restored" => ("Вход через другой сервис возвращён", "A login through another service is back"),
        "factors_restored" => ("Прежние способы входа возвращены", "Earlier ways to log in are back"),
        "backup_codes_removed" => ("Запасные коды отменены", "Backup codes cancelled"),
        "consent_restored" => ("Согласие снова действует", "The consent holds again"),
        "mailbox_taken_back" => ("Ящик возвращён прежнему владельцу", "The mailbox is its earlier owner's again"),
        "settings_changed" => ("Настройки изменены", "Settings changed"),
        _ => ("Действие", "Act"),
    };
    match lang {
        super::Lang::Ru => ru,
        super::Lang::En => en,
    }
}

/// Who acted.
pub fn actor(lang: super::Lang, actor: &str) -> &'static str {
    let (ru, en) = match actor {
        "citizen" => ("вы", "you"),
        "staff" => ("сотрудник", "staff"),
        "visitor" => ("посетитель без входа", "a visitor who is not signed in"),
        "member" => ("участник или владелец ящика", "a member or the owner of the mailbox"),
        _ => ("система", "the system"),
    };
    match lang {
        super::Lang::Ru => ru,
        super::Lang::En => en,
    }
}
