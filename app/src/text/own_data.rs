//! Wording of «Мои данные», of deletion and of access. On the server only: pages get it as blocks.

use super::{Lang, wording};

wording! {
    OwnData {
        title: "Копия и удаление данных", "Copy and deletion of your data";
        lead: "Всё, что мы о вас храним: посмотрите, скачайте, исправьте или удалите.", "Everything we hold about you: look, download, correct or delete.";
        held: "Что хранится", "What we hold";
        held_about: "Закрытые данные лежат зашифрованными под вашим личным ключом.", "Personal values are encrypted under a key of your own.";
        profile: "Профиль", "Profile";
        applications: "Заявки", "Applications";
        documents: "Документы", "Documents";
        receipts: "Квитанции", "Receipts";
        checks: "Сверки с реестрами", "Checks with registries";
        agrees: "данные совпали", "the data agree";
        differs: "данные расходятся", "the data differ";
        unknown: "записи нет", "no such record";
        unanswered: "ответа ещё нет", "no answer yet";
        said: "Решения сотрудников и ответы до вопроса", "Decisions of clerks, and answers before a question";
        before: "Ответы до вопроса", "Answers before a question";
        appeals: "Апелляции", "Appeals";
        grounds: "Ваши доводы", "Your grounds";
        answer: "Ответ", "The answer";
        mailboxes: "Почтовые ящики", "Mailboxes";
        members: "Участники ящиков и приглашения", "Members of mailboxes and invitations";
        invited_by_you: "вы пригласили", "you invited";
        you_are_member: "вы участник", "you are a member";
        you_are_invited: "вас пригласили", "you are invited";
        ended: "до", "until";
        choices: "Выбор уведомлений", "Choices of notices";
        switched_off: "Отключено", "Switched off";
        quiet: "Тихие часы", "Quiet hours";
        consents: "Согласия", "Consents";
        messages: "Отправленные вам сообщения, кроме кодов и ссылок входа", "Messages sent to you, codes and login links aside";
        sessions: "Входы", "Logins";
        devices: "Устройства", "Devices";
        factors: "Способы входа", "Ways to log in";
        journal: "Записи журнала", "Journal rows";
        until_account: "пока есть учётная запись", "as long as the account";
        until_29: "29 дней", "29 days";
        until_decided: "29 дней после решения по заявке", "29 days after the decision about the application";
        until_always: "всегда: подтверждение согласия по закону 152-ФЗ, статья 9", "always: proof of consent, article 9 of 152-FZ";
        until_journal: "всегда: кто и что делал с данными; самих данных в журнале нет", "always: who did what with the data; it holds no data";
        what: "Что", "What";
        amount: "Сколько", "How many";
        kept: "Сколько храним", "How long";
        download: "Скачать", "Download";
        download_about: "Архив для программ (JSON) и то же для чтения (PDF). В них всё, кроме самих файлов документов: их скачайте на странице «Документы».", "An archive for programs (JSON), and the same to read (PDF). All but the files themselves: download those from the documents page.";
        json: "Скачать архив JSON", "Download the JSON archive";
        pdf: "Скачать PDF", "Download the PDF";
        correct: "Исправить", "Correct";
        correct_about: "ФИО, паспорт и ИНН исправьте здесь. Телефон и почту смените в разделе «Телефон и почта».", "Correct name, passport and INN here. Change phone and e-mail under Phone and e-mail.";
        correct_title: "Исправить данные", "Correct your data";
        correct_lead: "Новые данные пойдут в следующие заявки. Отправленные заявки не изменятся.", "The new data go into your next applications. Those already sent do not change.";
        save: "Сохранить", "Save";
        readers: "Кто смотрел мои данные", "Who looked at my data";
        readers_about: "Каждый просмотр сотрудником: когда, кто по роли, зачем и какую заявку. Вместе с заявкой видны все её поля.", "Each look by our staff: when, which role, why, and which application. With an application all its fields are seen.";
        readers_none: "Сотрудники ваши данные не открывали.", "No member of staff has opened your data.";
        when: "Когда", "When";
        who: "Кто", "Who";
        why: "Зачем", "Why";
        which: "Что открывали", "What was opened";
        delete: "Удалить учётную запись", "Delete the account";
        delete_about: "Удалим через 10 дней: столько есть, чтобы передумать. Ключ к вашим данным уничтожим, прочитать их не сможет никто, и в резервных копиях тоже.", "We delete it in 10 days: so long you may change your mind. The key to your data is destroyed; nobody can read them, not in backups either.";
        stays: "Что останется по закону", "What stays by law";
        stays_consents: "Согласия: версия и отпечаток текста, когда дано и отозвано. Статья 9 закона 152-ФЗ. Бессрочно, без ваших имени и телефона.", "Consents: version and fingerprint of the text, when given and withdrawn. Article 9 of 152-FZ. Without term, without your name or phone.";
        stays_journal: "Журнал действий: что и когда делалось. Данных в нём нет. Бессрочно.", "The journal of acts: what was done and when. It holds no data. Without term.";
        stays_numbers: "Номера и состояния отправленных заявок, пустые внутри. Бессрочно.", "Numbers and states of the applications you sent, empty inside. Without term.";
        stays_copies: "Резервные копии: до срока оператора, но без ключа они не читаются.", "Backups: until the operator's term, unreadable without the key.";
        ask: "Удалить учётную запись", "Delete the account";
        asked: "Учётная запись будет удалена", "The account will be deleted";
        asked_until: "Передумать можно до", "You may change your mind until";
        cancel: "Не удалять", "Do not delete";
        ticket: "Ссылка на свидетельство об удалении. Сохраните её: после удаления войти не получится.", "The link to the certificate of deletion. Keep it: after the deletion you cannot log in.";
        deletion_title: "Удаление учётной записи", "Deletion of the account";
        deletion_waits: "Учётная запись будет удалена", "The account will be deleted";
        deletion_cancelled: "Удаление отменено", "The deletion was cancelled";
        deletion_done: "Учётная запись удалена", "The account is deleted";
        deletion_done_text: "Ключ данных уничтожен. Свидетельство подписано порталом: подпись можно проверить без нас.", "The data key is destroyed. The certificate is signed by the portal; the signature can be checked without us.";
        certificate: "Скачать свидетельство", "Download the certificate";
        asked_at: "Запрошено", "Asked";
        erased_at: "Удалено", "Deleted";
        erased_what: "Что удалено", "What was deleted";
        erased_list: "профиль, ответы заявок, документы, квитанции, сообщения, телефон и почта в поиске, способы входа, устройства; ключ данных уничтожен", "profile, answers, documents, receipts, messages, phone and e-mail in search, ways to log in, devices; the data key is destroyed";
        stays_what: "Что осталось", "What stays";
        stays_list: "согласия, журнал действий, номера и состояния заявок; без персональных данных", "consents, journal of acts, numbers and states of applications; without personal data";
        record_title: "Что мы о вас храним", "What we hold about you";
        record_lead: "Все данные учётной записи на момент выдачи.", "All data of the account at the moment of issue.";
        withdrawn: "отозвано", "withdrawn";
        draft: "Черновик", "Draft";
    }
}

wording! {
    Access {
        title: "Настройки доступа", "Access";
        lead: "Что открывает каждый уровень учётной записи и как его получить.", "What each level of the account opens, and how to get it.";
        yours: "Ваш уровень", "Your level";
        role: "Роль", "Role";
        citizen: "Гражданин", "Citizen";
        table: "Что открыто", "What is open";
        act: "Действие", "Act";
        needs: "Нужен уровень", "Level needed";
        now: "Сейчас", "Now";
        open: "открыто", "open";
        closed: "закрыто", "closed";
        no_consent: "закрыто: согласие отозвано", "closed: consent withdrawn";
        how: "Как получить", "How to get it";
        how_phone: "Телефон подтверждён: введите код из SMS при регистрации.", "Phone confirmed: enter the code of the text message at the sign-up.";
        add_phone: "Подтвердить телефон", "Confirm a phone";
        how_confirmed: "Подтверждена: откройте ссылку из письма и нажмите кнопку.", "Confirmed: open the link in our letter and press the button.";
        consent: "Согласие отозвано", "Consent withdrawn";
        consent_text: "Услуги закрыты, пока вы не дадите согласие снова. Откроются сразу.", "Services are closed until you consent again. They open at once.";
        to_consents: "К согласиям", "To the consents";
        resend: "Прислать письмо ещё раз", "Send the letter again";
        roles: "Роли", "Roles";
        role_mine: "У вас", "Yours";
        role_how: "Как получить", "How to get it";
        yes: "есть", "yes";
        no: "нет", "no";
        citizen_how: "Подтвердите телефон и почту.", "Confirm phone and e-mail.";
        owner: "Владелец ящика", "Owner of a mailbox";
        owner_how: "Подайте заявку: ящик откроется, когда её одобрят. Владение можно и передать на странице ящика.", "Apply: the mailbox opens once approved. An owner can also hand one over.";
        organisation: "Представитель организации", "Representative of an organisation";
        organisation_how: "Подайте заявку от организации с её ИНН и ОГРН.", "Apply for the organisation with its INN and OGRN.";
        sender: "Участник: отправляет письма", "Member who sends";
        reader: "Участник: читает письма", "Member who reads";
        member_how: "Попросите владельца корпоративного ящика пригласить вас по телефону или почте.", "Ask the owner of a corporate mailbox to invite you by phone or e-mail.";
        staff: "Сотрудник почты", "Member of staff";
        staff_how: "Роль даёт администратор почты, вход у сотрудников отдельный.", "Given by an administrator of the post; the staff log in elsewhere.";
        blocked: "Если вход закрыт", "If you cannot log in";
        blocked_text: "После десяти неверных паролей вход закрывается на 10 минут, потом дольше. Сменить пароль по коду можно сразу.", "After ten wrong passwords the login closes for 10 minutes, then longer. With a code you can set a new password at once.";
        recover: "Восстановить доступ", "Recover access";
    }
}

/// What an account can be used for, in words.
pub const fn opens(lang: Lang, what: domain::access::Opens) -> &'static str {
    use domain::access::Opens;
    let (ru, en) = match what {
        Opens::Cabinet => ("Кабинет, свои данные, журнал", "Cabinet, own data, journal"),
        Opens::Security => ("Настройки безопасности", "Security settings"),
        Opens::FillApplication => ("Заполнение заявок", "Filling in applications"),
        Opens::SubmitApplication => ("Отправка заявок", "Sending applications"),
        Opens::Letters => ("Письма и посылки", "Letters and parcels"),
        Opens::Payments => ("Платежи", "Payments"),
    };
    match lang {
        Lang::Ru => ru,
        Lang::En => en,
    }
}
