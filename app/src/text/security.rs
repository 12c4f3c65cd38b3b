//! Wording of the pages of security, devices and recovery. On the server only: pages get it as blocks.

use super::{Lang, plural_ru, wording};
use domain::accounts::factors::Advice;

wording! {
    Security {
        title: "Безопасность", "Security";
        lead: "Чем подтверждаете вход, с каких устройств входили и как вернуть доступ.", "How you prove that it is you, which devices you logged in from, and how to get back in.";
        apps: "Приложение с кодами", "Authenticator app";
        apps_about: "Приложение показывает новый код каждые 30 секунд и работает без связи. Подойдёт любое: Яндекс Ключ, Aegis, Google Authenticator. Подключите два на разных устройствах.", "The app shows a new code every 30 seconds and works without a network. Any will do: Aegis, Google Authenticator, Yandex Key. Add two, on two devices.";
        app_none: "Приложение не подключено: вход подтверждаете кодом из SMS.", "No app yet: you confirm a login with a text message.";
        app_add: "Подключить приложение", "Add an app";
        app_add_second: "Подключить запасное приложение", "Add a second app";
        added: "Подключено", "Added";
        used: "Последний вход", "Last used";
        never: "ещё не было", "not yet";
        remove: "Удалить", "Remove";
        passkeys: "Ключи доступа", "Passkeys";
        passkeys_about: "Вход отпечатком, лицом или кодом блокировки устройства, без пароля и SMS. Ключ не подойдёт чужому сайту, поэтому его нельзя выманить.", "Log in with your fingerprint, face or screen lock, without password or text message. A passkey does not work on somebody else's site, so it cannot be phished.";
        passkey_name: "Как назвать ключ", "What to call it";
        passkey_add: "Добавить ключ доступа", "Add a passkey";
        codes: "Запасные коды", "Backup codes";
        codes_about: "Десять кодов на случай, если ни телефона, ни приложения под рукой нет. Каждый срабатывает один раз.", "Ten codes for when neither phone nor app is at hand. Each works once.";
        codes_left: "Осталось кодов", "Codes left";
        codes_make: "Сделать запасные коды", "Make backup codes";
        codes_again: "Сделать новые коды", "Make new codes";
        codes_again_about: "Новые коды отменят прежние.", "New codes cancel the earlier ones.";
        only_phone: "Сейчас войти можно только с этим телефоном", "Your phone is the only way in";
        only_phone_text: "Если потеряете телефон или сменится номер, войти не получится. Сделайте запасные коды или подключите приложение: это две минуты.", "If you lose it, or the number changes, you cannot log in. Make backup codes or add an app: it takes two minutes.";
        no_codes: "Сделайте запасные коды", "Make backup codes";
        no_codes_text: "С ними вы войдёте, даже если потеряете все устройства.", "With them you can log in even after losing every device.";
        few_codes: "Запасные коды заканчиваются", "Few backup codes are left";
        few_codes_text: "Сделайте новые, пока прежние ещё действуют.", "Make new ones while the old ones still work.";
        fine: "Вход защищён хорошо", "Your login is well protected";
        fine_text: "Есть больше одного способа войти. Держите запасные коды отдельно от устройств.", "There is more than one way in. Keep the backup codes away from your devices.";
        app_title: "Подключить приложение", "Add an authenticator app";
        app_lead: "Отсканируйте код приложением или введите ключ вручную. Потом введите код, который покажет приложение.", "Scan the code with the app, or type the key. Then enter the code the app shows.";
        app_qr: "QR-код для приложения с кодами", "QR code for the authenticator app";
        app_key: "Ключ для ввода вручную", "Key for typing";
        app_confirm: "Подключить", "Add";
        app_gone: "Сначала нажмите «Подключить приложение» на странице «Безопасность».", "First press “Add an app” on the security page.";
        app_here: "Откройте эту страницу на компьютере, а код сканируйте телефоном. На одном телефоне введите ключ вручную.", "Open this page on a computer and scan with the phone. On the phone itself type the key.";
        codes_title: "Ваши запасные коды", "Your backup codes";
        codes_lead: "Показываем их один раз. Напечатайте страницу или перепишите коды и храните отдельно от телефона.", "They are shown once. Print this page or write them down, and keep them away from the phone.";
        codes_gone: "Коды показывались один раз", "The codes were shown once";
        codes_gone_text: "Если не успели сохранить, сделайте новые на странице «Безопасность».", "If you did not keep them, make new ones on the security page.";
        codes_saved: "Коды сохранены, продолжить", "I have kept them, continue";
        back: "Вернуться к безопасности", "Back to security";
        proof_title: "Подтвердите, что это вы", "Confirm that it is you";
        proof_lead: "Прежде чем менять способы входа, введите пароль. Следующие 10 минут он больше не понадобится.", "Before changing how you log in, enter your password. It is not asked for again for 10 minutes.";
        proof_button: "Подтвердить", "Confirm";
        devices: "Где вы вошли", "Where you are logged in";
        devices_about: "Здесь устройства, на которых вход открыт сейчас. Не узнали какое-то — завершите вход и смените пароль.", "Devices that are logged in now. If you do not know one, end it and change your password.";
        this_device: "это устройство", "this device";
        device_unknown: "Неизвестное устройство", "Unknown device";
        logged_in: "Вход", "Logged in";
        place: "Место", "Place";
        place_unknown: "не определено", "not known";
        last_seen: "Последнее действие", "Last used";
        end: "Завершить вход", "End";
        end_others: "Выйти на всех других устройствах", "Log out everywhere else";
        trusted: "Доверенные устройства", "Trusted devices";
        trusted_about: "На них 30 дней не спрашиваем второй код.", "They are not asked for the second code for 30 days.";
        trusted_none: "Доверенных устройств нет.", "There are no trusted devices.";
        trusted_until: "Доверяем до", "Trusted until";
        forget: "Забыть все доверенные устройства", "Forget all trusted devices";
        history: "История входов", "Login history";
        history_about: "Входы за последние 29 дней.", "Logins of the last 29 days.";
        when: "Когда", "When";
        device: "Устройство", "Device";
        how: "Чем подтверждён", "Proved by";
        ended: "Завершён", "Ended";
        open: "открыт", "open";
        password: "Пароль", "Password";
        password_about: "Смените, если кто-то мог его узнать. Другие устройства выйдут из учётной записи.", "Change it if somebody may know it. Other devices are logged out.";
        password_change_after: "Входы на других устройствах завершатся.", "Other devices are logged out.";
        log_in: "Войти", "Log in";
        password_change: "Сменить пароль", "Change password";
        not_me_title: "Это были не вы?", "Was it not you?";
        not_me_lead: "Нажмите кнопку, и мы сразу закроем вход в учётную запись, завершим все сессии и отменим изменение. Вернуть доступ сможете вы: по коду и с новым паролем.", "Press the button: we close the account at once, end every session and undo the change. You get back in with a code and a new password.";
        not_me_button: "Это не я, закрыть вход", "It was not me, close the account";
        not_me_done: "Вход закрыт", "The account is closed";
        not_me_done_text: "Все сессии завершены, изменение отменено. Теперь восстановите доступ: придумайте новый пароль.", "All sessions have ended and the change is undone. Now recover access and choose a new password.";
        not_me_lost: "Вернули не всё", "Not everything is back";
        not_me_lost_text: "Все сессии завершены. Теперь восстановите доступ: придумайте новый пароль.", "All sessions have ended. Now recover access and choose a new password.";
        not_me_no_way_in: "Все сессии завершены. Прислать код теперь некуда: доступ вернут в отделении.", "All sessions have ended. There is nowhere left to send a code to: access is given back at a post office.";
        not_me_stop: "Нажмите кнопку, и мы отменим запрос на восстановление доступа. Вход и пароль останутся прежними.", "Press the button: the request to recover access is cancelled. Login and password stay as they are.";
        not_me_stopped: "Запрос отменён", "The request is cancelled";
        not_me_stopped_text: "Никто не войдёт по этому запросу. Пароль и сессии прежние. Если тревожно, смените пароль.", "Nobody gets in by it. Password and sessions are as they were. If you are worried, change your password.";
        contacts: "Телефон и почта", "Phone and e-mail";
        contacts_about: "На них приходят коды и сообщения о безопасности.", "They get the codes and the messages about security.";
        contacts_change: "Сменить телефон или почту", "Change phone or e-mail";
        not_me_gone: "Ссылка больше не действует", "This link no longer works";
        not_me_gone_text: "Она действует 10 дней и срабатывает один раз. Если тревожно, смените пароль.", "It works for 10 days, once. If you are worried, change your password.";
        what: "Что произошло", "What happened";
        recover_title: "Восстановление доступа", "Recover access";
        recover_lead: "Введите телефон или почту, с которыми регистрировались. Если учётная запись есть, пришлём код.", "Enter the phone or e-mail you signed up with. If there is an account, we send a code.";
        recover_button: "Получить код", "Get a code";
        recover_code_title: "Код для восстановления", "Code to recover access";
        recover_code_lead: "Если учётная запись есть, код уже отправлен. Он действует 10 минут. Не пришёл — проверьте «Спам» и то, верно ли введены телефон или почта.", "If there is an account, the code is on its way. It works for 10 minutes. If it does not arrive, look into the spam folder and check what you entered.";
        recover_code_button: "Продолжить", "Continue";
        recover_again: "Ввести другой телефон или почту", "Enter another phone or e-mail";
        recover_password_title: "Новый пароль", "New password";
        recover_password_lead: "Не короче 8 знаков: строчная и заглавная буквы, цифра и знак вроде ! или %. Лучше всего — несколько слов, которые рядом не стоят.", "At least 8 characters: a small and a capital letter, a digit and a sign like ! or %. Best of all, a few words that do not belong together.";
        recover_password_after: "Входы на всех устройствах завершатся. Дальше войдите с новым паролем.", "All devices are logged out. Then log in with the new password.";
        recover_save: "Сохранить", "Save";
        recover_done: "Пароль изменён", "Your password is changed";
        recover_done_text: "Теперь войдите с новым паролем. Код для входа на этот раз может прийти на почту: так мы проверяем, что телефон у вас не украли.", "Now log in with the new password. This time the code may come by e-mail: that is how we know the phone was not stolen.";
    }
}

wording! {
    Contacts {
        title: "Телефон и почта", "Phone and e-mail";
        lead: "Новый номер или адрес вступит в силу, когда вы введёте код или откроете ссылку.", "A new number or address counts once you enter the code or open the link.";
        phone: "Телефон", "Phone";
        email: "Почта", "E-mail";
        now: "Сейчас", "Now";
        none: "Пока не указано.", "None yet.";
        send_code: "Получить код", "Get a code";
        send_link: "Получить ссылку", "Get a link";
        old_told: "О смене сообщим на прежние телефон и почту, со ссылкой «Это не я».", "The earlier phone and e-mail are told, with a link “It was not me”.";
        code_title: "Код с нового телефона", "Code from the new phone";
        code_lead: "Введите код из SMS на новый номер. Он действует 10 минут. Не пришёл — проверьте, верно ли введён номер.", "Enter the code we sent to the new number. It works for 10 minutes. If it does not come, check the number.";
        confirm: "Подтвердить", "Confirm";
        again: "Начать снова", "Begin again";
        sent_title: "Письмо отправлено", "The letter is on its way";
        sent_lead: "Откройте ссылку из письма на новом адресе. Она действует 24 часа. Пока не откроете, почта останется прежней.", "Open the link of the letter at the new address. It works for 24 hours. Until then the e-mail stays as it is.";
        link_title: "Подтвердите новую почту", "Confirm the new e-mail";
        link_lead: "Нажмите кнопку, и эта почта заменит прежнюю в учётной записи. Если прежняя была подтверждена, входы на других устройствах завершатся.", "Press the button, and this address takes the place of the earlier one. If that one was confirmed, logins on other devices end.";
        link_gone: "Ссылка больше не действует", "This link no longer works";
        link_gone_text: "Она действует 24 часа и срабатывает один раз. Начните смену почты снова.", "It works for 24 hours, once. Begin the change again.";
    }
}

/// The heading, the words and the kind of the notice that tells how safe the account is.
pub const fn advice(lang: Lang, advice: Advice) -> (&'static str, &'static str, &'static str) {
    let words = Security::of(lang);
    match advice {
        Advice::OnlyPhone => ("bad", words.only_phone, words.only_phone_text),
        Advice::NoBackupCodes => ("wait", words.no_codes, words.no_codes_text),
        Advice::FewBackupCodes => ("wait", words.few_codes, words.few_codes_text),
        Advice::Fine => ("ok", words.fine, words.fine_text),
    }
}

/// How a login was proved.
pub fn proved_by(lang: Lang, by: &str) -> &'static str {
    let (ru, en) = match by {
        "sms" => ("код из SMS", "text message"),
        "email" => ("код из письма", "code by e-mail"),
        "app" => ("код из приложения", "authenticator app"),
        "backup_code" => ("запасной код", "backup code"),
        "passkey" => ("ключ доступа", "passkey"),
        "bank" => ("вход через банк", "login through a bank"),
        "gosuslugi" => ("вход через Госуслуги", "login through Gosuslugi"),
        "trusted" => ("доверенное устройство", "trusted device"),
        "sign_up" => ("регистрация", "sign-up"),
        _ => ("не записано", "not recorded"),
    };
    match lang {
        Lang::Ru => ru,
        Lang::En => en,
    }
}

/// What a letter with «Это не я» says was done.
pub fn alarming(lang: Lang, act: &str) -> &'static str {
    let (ru, en) = match act {
        "login_far" => {
            ("вход из места, до которого так быстро не доехать", "a login from a place nobody gets to so fast")
        }
        "login_paused" => (
            "кто-то ввёл верный пароль там, куда вы не успели бы доехать; вход остановлен",
            "the right password was typed at a place you could not have got to; the login was stopped",
        ),
        "device_new" => ("вход с нового устройства", "a login from a new device"),
        "app_added" => ("подключено приложение с кодами", "an authenticator app was added"),
        "app_removed" => ("удалено приложение с кодами", "an authenticator app was removed"),
        "backup_codes_made" => ("сделаны новые запасные коды", "new backup codes were made"),
        "backup_code_used" => ("вход по запасному коду", "a login with a backup code"),
        "passkey_added" => ("подключён ключ доступа", "a passkey was added"),
        "passkey_removed" => ("удалён ключ доступа", "a passkey was removed"),
        "door_linked" => ("привязан вход через банк или Госуслуги", "a login through a bank or Gosuslugi was linked"),
        "door_unlinked" => {
            ("отвязан вход через банк или Госуслуги", "a login through a bank or Gosuslugi was unlinked")
        }
        "profile_corrected" => ("исправлены имя, паспорт или ИНН", "name, passport or INN were corrected"),
        "post_linked" => ("привязан аккаунт Почты России", "an account of Russian Post was linked"),
        "post_unlinked" => ("отвязан аккаунт Почты России", "an account of Russian Post was unlinked"),
        "deletion_asked" => ("запрошено удаление учётной записи", "deletion of the account was asked for"),
        "consent_withdrawn" => {
            ("отозвано согласие на обработку данных", "the consent to process your data was withdrawn")
        }
        "mailbox_handed_over" => ("почтовый ящик передан другому владельцу", "a mailbox was handed to another owner"),
        "identity_asked" => {
            ("запрошено восстановление доступа по документам", "recovery of access by documents was asked for")
        }
        "identity_used" => ("доступ восстановлен по документам", "access was recovered by documents"),
        "access_reset" => (
            "доступ сброшен в почтовом отделении по паспорту; прежние пароль, телефон и почта больше не действуют",
            "access was reset at a post office by passport; the earlier password, phone and e-mail work no more",
        ),
        "phone_changed" => ("изменён телефон учётной записи", "the account's phone was changed"),
        "email_changed" => ("изменена почта учётной записи", "the account's e-mail was changed"),
        "password_changed" => ("изменён пароль", "the password was changed"),
        _ => ("изменены настройки безопасности", "security settings were changed"),
    };
    match lang {
        Lang::Ru => ru,
        Lang::En => en,
    }
}

/// What «Это не я» could not bring back, and what to do about it; `None` for an act that leaves nothing behind.
pub fn lost(lang: Lang, act: &str) -> Option<&'static str> {
    let (ru, en) = match act {
        "phone_changed" => (
            "Прежний телефон уже в другой учётной записи. Новый мы убрали: войдите по почте и укажите свой.",
            "The earlier phone is in another account by now. The new one is removed: log in by e-mail and enter yours.",
        ),
        "email_changed" => (
            "Прежняя почта уже в другой учётной записи. Новую мы убрали: войдите по телефону и укажите свою.",
            "The earlier e-mail is in another account by now. The new one is removed: log in by phone and enter yours.",
        ),
        "access_reset" => (
            "Прежний телефон или почта уже в другой учётной записи либо не сохранились: войдите тем, что осталось, и укажите свои.",
            "The earlier phone or e-mail is in another account by now, or was not kept: log in by what is left and enter yours.",
        ),
        "no_way_in" => (
            "Прежний номер или адрес уже в другой учётной записи, новый мы убрали. Придите в отделение с паспортом или напишите в поддержку: учётную запись сохраним.",
            "The earlier number or address is in another account by now, the new one is removed. Come to a post office with your passport or write to support; the account is kept.",
        ),
        "profile_corrected" => (
            "Прежние имя, паспорт или ИНН не сохранились: проверьте их в разделе «Мои данные».",
            "The earlier name, passport or INN were not kept: check them under My data.",
        ),
        "app_removed" => (
            "Приложение с кодами: подключите его снова в разделе «Безопасность».",
            "The authenticator app: add it again on the security page.",
        ),
        "passkey_removed" => (
            "Ключ доступа: добавьте его снова в разделе «Безопасность».",
            "The passkey: add it again on the security page.",
        ),
        "door_unlinked" => (
            "Вход через банк или Госуслуги: привяжите его снова в разделе «Безопасность».",
            "The login through a bank or Gosuslugi: link it again on the security page.",
        ),
        "post_unlinked" => {
            ("Аккаунт Почты России: привяжите его снова.", "The account of Russian Post: link it again.")
        }
        "mailbox_handed_over" => (
            "Почтовый ящик уже у другого владельца. Обратитесь в поддержку.",
            "The mailbox has another owner by now. Ask support.",
        ),
        _ => return None,
    };
    Some(match lang {
        Lang::Ru => ru,
        Lang::En => en,
    })
}

/// «10 кодов».
pub fn codes_left(lang: Lang, n: usize) -> String {
    match lang {
        Lang::Ru => format!("{n} {}", plural_ru(n as u64, "код", "кода", "кодов")),
        Lang::En => format!("{n}"),
    }
}

/// How soon a password would be guessed, from 0 to 4.
pub const fn strength(lang: Lang, score: u8) -> &'static str {
    match (lang, score) {
        (Lang::Ru, 0) => "Пароль подберут сразу: добавьте слова, которые рядом не стоят",
        (Lang::Ru, 1) => "Пароль очень слабый: сделайте его длиннее",
        (Lang::Ru, 2) => "Пароль слабый: добавьте слово или два",
        (Lang::Ru, 3) => "Пароль хороший",
        (Lang::Ru, _) => "Пароль надёжный",
        (Lang::En, 0) => "Guessed at once: add words that do not belong together",
        (Lang::En, 1) => "Very weak: make it longer",
        (Lang::En, 2) => "Weak: add a word or two",
        (Lang::En, 3) => "Good",
        (Lang::En, _) => "Strong",
    }
}
