//! Wording of the staff desk. Only `frontend/staff` and the citizen's journal use it, so citizens download almost none.

use super::{Lang, wording};
use domain::staff::{ActKind, Power, Purpose, ReasonGroup, Role};

wording! {
    /// The frame, the way in, and what every page says.
    Desk {
        needs_scripts: "Рабочее место работает только со скриптами. Включите JavaScript для этого сайта и обновите страницу.", "The desk works with scripts only. Switch JavaScript on for this site and load the page again.";
        title: "Рабочее место", "Staff desk";
        menu: "Разделы", "Sections";
        queue: "Очередь", "Queue";
        search: "Поиск", "Search";
        board: "Сводка", "Board";
        people: "Сотрудники", "Staff";
        log_out: "Выйти", "Log out";
        you: "Вы", "You";
        loading: "Загружаем…", "Loading…";
        again: "Повторить", "Try again";
        login_title: "Вход для сотрудников", "Staff login";
        login_lead: "Каждое открытие данных гражданина записывается в его журнал.", "Each look at a citizen's data is written to their journal.";
        login: "Логин", "Login";
        password: "Пароль", "Password";
        log_in: "Войти", "Log in";
        code_title: "Код из приложения", "Code from the app";
        code_lead: "Откройте приложение-аутентификатор и введите шесть цифр. Нет телефона — введите резервный код.", "Open the authenticator app and enter six digits. Without the phone enter a backup code.";
        code: "Код", "Code";
        confirm: "Подтвердить", "Confirm";
        enrol_title: "Подключите приложение", "Connect an app";
        enrol_lead: "Без него войти нельзя. Отсканируйте код приложением-аутентификатором или введите ключ вручную.", "Nobody gets in without it. Scan the code with an authenticator app or type the key.";
        qr: "QR-код для приложения", "QR code for the app";
        key: "Ключ", "Key";
        enrol_code: "Код, который показало приложение", "The code that the app shows";
        backup_title: "Резервные коды", "Backup codes";
        backup_lead: "Каждый действует один раз, когда телефона нет под рукой. Больше мы их не покажем: перепишите сейчас.", "Each works once when the phone is not at hand. We will not show them again: copy them now.";
        backup_done: "Переписал, продолжить", "Copied, continue";
        new_title: "Придумайте свой пароль", "Think of your own password";
        new_lead: "Первый пароль знает и тот, кто его выдал.", "Whoever gave you the first password knows it too.";
        new_password: "Новый пароль", "New password";
        new_again: "Ещё раз", "Once more";
        partners: "Партнёры", "Partners";
        session_over: "Сессия закончилась. Войдите снова.", "The session has ended. Log in again.";
        no_right: "Этот раздел закрыт для вашей роли.", "This section is closed to your role.";
        cancel: "Отмена", "Cancel";
        close: "Закрыть", "Close";
        save: "Сохранить", "Save";
        offline: "Сервер не ответил. Дошло ли отправленное, станет видно, когда он ответит; введённое остаётся в этом открытом окне.", "The server did not answer. Whether what you sent arrived will show once it does; what you typed stays in this open window.";
        confirm_lead: "Сразу отменить это нельзя.", "It cannot be undone at once.";
        disable_lead: "Сотрудник сразу выйдет и не сможет войти, пока его не включат.", "They are logged out at once and cannot log in until they are enabled.";
    }
}

wording! {
    /// Queue, search.
    Queue {
        title: "Очередь", "Queue";
        lead: "Сверху те, чей срок ближе.", "The nearest term comes first.";
        filter: "Отбор", "Filter";
        place: "Отделение или регион", "Office or region";
        all_places: "Все мои", "All of mine";
        kind: "Вид ящика", "Mailbox";
        all_kinds: "Любой", "Any";
        term: "Срок", "Term";
        term_any: "Любой", "Any";
        term_overdue: "Вышел", "Overdue";
        term_today: "Меньше суток", "Less than a day";
        held: "Состояние", "State";
        held_any: "Все", "All";
        held_open: "Свободные и мои", "Free and mine";
        held_mine: "Мои", "Mine";
        held_returned: "Ответили мне", "Answered to me";
        next: "Взять следующую", "Take the next";
        number: "Заявка", "Application";
        left: "Осталось", "Left";
        office: "Отделение", "Office";
        holder: "У кого", "Who has it";
        free: "свободна", "free";
        mine: "у вас", "you";
        returned: "ответ на ваш вопрос", "answers your question";
        empty_title: "Очередь пуста", "The queue is empty";
        empty_text: "Новые заявки появятся здесь сами.", "New applications appear here by themselves.";
        more: "Показать ещё", "Show more";
        overdue_by: "просрочена на", "overdue by";
        search_title: "Поиск", "Search";
        search_label: "Номер заявки, СНИЛС, телефон или фамилия", "Application number, SNILS, phone or last name";
        search_hint: "Поиск записывается. Данные откроются, когда вы назовёте цель.", "Searches are noted. Data opens once you state a purpose.";
        find: "Найти", "Find";
        nothing: "Ничего не нашли в вашей области.", "Nothing found in your scope.";
        by_number: "По номеру", "By number";
        by_snils: "По СНИЛС", "By SNILS";
        by_phone: "По телефону", "By phone";
        by_name: "По фамилии", "By last name";
        submitted: "Подана", "Sent";
        status: "Статус", "Status";
    }
}

wording! {
    /// A file and the acts on it.
    FileWords {
        application: "Заявка", "Application";
        answers: "Ответы", "Answers";
        documents: "Документы", "Documents";
        look: "Посмотреть", "Look";
        hide: "Скрыть", "Hide";
        save_pdf: "Скачать PDF", "Download the PDF";
        looks_noted: "Каждый просмотр записывается в журнал гражданина.", "Each look is written to the citizen's journal.";
        look_failed: "Документ не открылся. Возьмите файл или откройте его снова, назвав цель.", "The document did not open. Take the file, or open it again and state a purpose.";
        came_after: "новый", "new";
        no_documents: "Документов в заявке нет.", "The application has no documents.";
        checks: "Реестры", "Registries";
        agrees: "сходится", "agrees";
        unknown: "записи нет", "no record";
        waits: "ещё не ответил", "has not answered yet";
        duplicates: "Совпадения", "Same person";
        no_duplicates: "Других заявок с этими номерами нет.", "No other application has these numbers.";
        registered: "действующая регистрация", "registered";
        out_of_reach: "вне вашей области", "out of your scope";
        changed: "Что изменилось", "What changed";
        before: "Было", "Before";
        now: "Стало", "Now";
        field: "Поле", "Field";
        not_changed: "После вопроса ответы не изменились.", "The answers did not change after the question.";
        history: "История", "History";
        last_act: "Последнее решение", "Last decision";
        reasons: "Причины", "Reasons";
        take: "Взять", "Take";
        release: "Вернуть в очередь", "Give back";
        hand_over: "Передать", "Hand over";
        hand_over_to: "Кому, логин", "To whom, login";
        approve: "Одобрить", "Approve";
        ask: "Спросить", "Ask";
        refuse: "Отказать", "Refuse";
        next: "Следующая", "Next";
        held_by: "В работе у", "Worked on by";
        held_until: "до", "until";
        mine_until: "У вас до", "Yours until";
        free: "Свободна", "Free";
        approve_title: "Одобрить заявку?", "Approve the application?";
        approve_text: "Гражданин получит регистрационный номер и ящик. Отменить нельзя.", "The citizen gets a registration number and a mailbox. It cannot be undone.";
        ask_title: "Что спросить", "What to ask";
        ask_fields: "Какие поля открыть", "Which fields to open";
        ask_documents: "Какие документы нужны", "Which documents are needed";
        ask_reason: "Причина", "Reason";
        ask_days: "Дней на ответ", "Days to answer";
        text: "Текст гражданину", "Text to the citizen";
        text_hint: "Что не так и что сделать. Одно-два предложения.", "What is wrong and what to do. A sentence or two.";
        refuse_title: "Почему отказ", "Why it is refused";
        refuse_reasons: "Причины, их коды увидит гражданин", "Reasons; the citizen sees their codes";
        preview: "Что прочитает гражданин", "What the citizen will read";
        show_preview: "Показать письмо", "Show the letter";
        send: "Отправить решение", "Send the decision";
        sms: "SMS", "SMS";
        done: "Готово", "Done";
        purpose_title: "Зачем открываете данные?", "Why do you open the data?";
        purpose_text: "Цель увидит гражданин в своём журнале.", "The citizen sees the purpose in their journal.";
        open: "Открыть", "Open";
        nothing_left: "Свободных заявок нет.", "No free applications.";
        due: "Ответить до", "Answer by";
        stage: "Этап", "Stage";
        actor_citizen: "гражданин", "citizen";
        actor_system: "система", "system";
        keys_title: "Клавиши", "Keys";
        keys_switch: "Сочетания из одной клавиши", "Single-key shortcuts";
        key_down: "Следующая строка", "Next row";
        key_up: "Предыдущая строка", "Previous row";
        key_open: "Открыть строку", "Open the row";
        key_help: "Эта подсказка", "This help";
        key_escape: "Закрыть окно", "Close the window";
        released: "возвращена в очередь", "back in the queue";
        to_queue: "К очереди", "To the queue";
        gone: "Заявка больше не у вас: её передали или вернули в очередь. Ничего не отправлено, написанное пока можно прочитать здесь.", "The application is no longer yours: it was handed over or given back. Nothing was sent; what you wrote can still be read here.";
        chars_left: "осталось", "left";
    }
}

wording! {
    /// Board and staff.
    HouseWords {
        board_title: "Сводка", "Board";
        waiting: "Ждут решения", "Waiting for a decision";
        promise: "Обещали ответить за 48 часов", "We promised an answer within 48 hours";
        overdue: "срок вышел", "overdue";
        soon: "меньше 6 часов", "less than 6 hours";
        today: "меньше суток", "less than a day";
        later: "больше суток", "more than a day";
        clerks: "Нагрузка", "Load";
        clerk: "Сотрудник", "Clerk";
        held: "В работе", "Working on";
        approved: "Одобрил", "Approved";
        asked: "Спросил", "Asked";
        refused: "Отказал", "Refused";
        days: "Решения за неделю", "Decisions of the week";
        nobody: "Сегодня никто не брал заявок.", "Nobody took an application today.";
        people_title: "Сотрудники", "Staff";
        people_lead: "Право предлагает один администратор, а вступает оно в силу, когда подтвердит другой.", "One administrator proposes a right; it takes effect when another confirms it.";
        add_title: "Добавить сотрудника", "Add a member of staff";
        add: "Добавить", "Add";
        role: "Роль", "Role";
        scope: "Область", "Scope";
        scope_hint: "everywhere, region:54 или office:630099", "everywhere, region:54 or office:630099";
        first_password: "Первый пароль, показан один раз", "First password, shown once";
        grants: "Права", "Rights";
        proposed_by: "предложил", "proposed by";
        waits_second: "ждёт второго администратора", "waits for a second administrator";
        confirm: "Подтвердить", "Confirm";
        end: "Отозвать", "Take back";
        identify: "Кто это как гражданин", "Who they are as a citizen";
        identify_hint: "По СНИЛС или телефону закроем от сотрудника его собственную заявку. Сами номера не храним.", "By SNILS or phone we keep their own application from them. The numbers themselves are not kept.";
        not_identified: "гражданин не указан", "citizen unknown";
        end_agree: "Согласиться отозвать", "Agree to take back";
        ending_by: "отзывает", "taken back by";
        reset: "Потерян аутентификатор", "Lost authenticator";
        reset_agree: "Согласиться на новый вход", "Agree to a new start";
        reset_by: "новый вход просит", "a new start is asked for by";
        export_title: "Выгрузка", "Export";
        export_lead: "Без персональных данных. Выгрузка записывается в журнал.", "Without personal data. An export is noted in the journal.";
        export_what: "Что выгрузить", "What to export";
        export_applications: "Заявки", "Applications";
        export_acts: "Решения", "Decisions";
        export_staff: "Действия сотрудников", "Acts of the staff";
        export_from: "С дня", "From the day";
        export_to: "По день", "To the day";
        partners_title: "Партнёры", "Partners";
        partners_lead: "Им сообщаем о событиях заявок: номер, статус, этап. Персональных данных в событиях нет.", "They are told of events of applications: number, status, stage. Events hold no personal data.";
        partner_name: "Название", "Name";
        partner_url: "Адрес, https://", "Address, https://";
        partner_events: "О чём сообщать", "What to tell";
        partner_add: "Добавить партнёра", "Add a partner";
        partner_secret: "Секрет для проверки подписи, показан один раз", "Secret for checking signatures, shown once";
        partner_off: "отключён", "off";
        partner_failed: "не принято подряд", "given up in a row";
        partner_log: "Доставки", "Deliveries";
        partner_none: "Партнёров пока нет.", "No partners yet.";
        remove: "Удалить", "Remove";
        remove_title: "Удалить партнёра?", "Remove the partner?";
        disable_title: "Отключить сотрудника?", "Disable the member of staff?";
        event: "Событие", "Event";
        attempts: "Попытки", "Attempts";
        answered: "Ответ", "Answer";
        told: "доставлено", "delivered";
        waits: "ждёт", "waits";
        given_up: "не доставлено", "given up";
        redeliver: "Отправить ещё раз", "Send again";
        nothing_told: "Событий пока не было.", "No events yet.";
        propose: "Предложить право", "Propose a right";
        disable: "Отключить", "Disable";
        enable: "Включить", "Enable";
        disabled: "отключён", "disabled";
        not_enrolled: "приложение не подключено", "no authenticator yet";
        audit: "Журнал сотрудника", "Journal of a member";
        show: "Показать", "Show";
        when: "Когда", "When";
        what: "Что", "What";
        about: "О чём", "About";
        everywhere: "везде", "everywhere";
    }
}

fn pick(lang: Lang, ru: &'static str, en: &'static str) -> &'static str {
    match lang {
        Lang::Ru => ru,
        Lang::En => en,
    }
}

pub fn role(lang: Lang, role: Role) -> &'static str {
    match role {
        Role::Operator => pick(lang, "оператор", "operator"),
        Role::Reviewer => pick(lang, "проверяющий", "reviewer"),
        Role::Support => pick(lang, "поддержка", "support"),
        Role::Auditor => pick(lang, "аудитор", "auditor"),
        Role::Administrator => pick(lang, "администратор", "administrator"),
    }
}

/// Why somebody looked, as the citizen's journal says it.
pub fn purpose(lang: Lang, purpose: Purpose) -> &'static str {
    match purpose {
        Purpose::Review => pick(lang, "рассмотрение заявки", "review of the application"),
        Purpose::CitizenAsked => pick(lang, "обращение гражданина", "the citizen asked"),
        Purpose::Complaint => pick(lang, "разбор жалобы", "a complaint"),
        Purpose::Mistake => pick(lang, "разбор ошибки", "an error is looked into"),
    }
}

pub fn act(lang: Lang, act: ActKind) -> &'static str {
    match act {
        ActKind::Approve => pick(lang, "одобрено", "approved"),
        ActKind::Ask => pick(lang, "задан вопрос", "asked"),
        ActKind::Refuse => pick(lang, "отказано", "refused"),
    }
}

pub fn reason_group(lang: Lang, group: ReasonGroup) -> &'static str {
    match group {
        ReasonGroup::Data => pick(lang, "Ошибки в данных", "Errors in the data"),
        ReasonGroup::Documents => pick(lang, "Неполные документы", "Incomplete documents"),
        ReasonGroup::Restriction => pick(lang, "Ограничения", "Restrictions"),
        ReasonGroup::Technical => pick(lang, "Технический сбой", "Technical failure"),
        ReasonGroup::ApplicantKind => pick(lang, "Другой вид заявителя", "Wrong kind of applicant"),
    }
}

pub fn power(lang: Lang, power: Power) -> &'static str {
    match power {
        Power::Read => pick(lang, "открывает заявки", "opens applications"),
        Power::Work => pick(lang, "берёт и спрашивает", "takes and asks"),
        Power::Review => pick(lang, "решает", "decides"),
        Power::Distribute => pick(lang, "передаёт", "hands over"),
        Power::Oversee => pick(lang, "видит сводку", "sees the board"),
        Power::Audit => pick(lang, "видит журнал", "sees the journal"),
        Power::Verify => pick(lang, "проверяет личность", "verifies identities"),
        Power::Enrol => pick(lang, "открывает учётные записи по телефону", "opens accounts on the phone"),
        Power::Admit => {
            pick(lang, "открывает и возвращает учётные записи у окна", "opens and gives back accounts at the counter")
        }
        Power::Administer => pick(lang, "ведёт сотрудников", "keeps the staff"),
    }
}

/// A span in hours and minutes: «5 ч 12 мин», «2 дн 3 ч».
pub fn span(lang: Lang, millis: i64) -> String {
    let minutes = millis.abs() / 60_000;
    let (days, hours, minutes) = (minutes / 1440, minutes / 60 % 24, minutes % 60);
    match (lang, days, hours) {
        (Lang::Ru, 0, 0) => format!("{minutes} мин"),
        (Lang::Ru, 0, _) => format!("{hours} ч {minutes} мин"),
        (Lang::Ru, ..) => format!("{days} дн {hours} ч"),
        (Lang::En, 0, 0) => format!("{minutes} min"),
        (Lang::En, 0, _) => format!("{hours} h {minutes} min"),
        (Lang::En, ..) => format!("{days} d {hours} h"),
    }
}

wording! {
    NewcomerWords {
        by_phone: "Новый звонящий", "New caller";
        at_counter: "Новый у окна", "New at the counter";
        phone_title: "Открыть учётную запись по телефону", "Open an account on the phone";
        phone_lead: "Введите то, что продиктовал гражданин. Пароль уйдёт ему по SMS, вы его не увидите.", "Enter what the citizen tells you. The password goes to them by text message; you do not see it.";
        counter_title: "Открыть учётную запись у окна", "Open an account at the counter";
        counter_lead: "Введите данные паспорта, который лежит перед вами. Логин и пароль напечатаем на листке.", "Enter the data of the passport before you. Login and password are printed on a slip.";
        open: "Открыть учётную запись", "Open the account";
        sent: "Учётная запись открыта. Пароль отправлен на", "The account is open. The password was sent to";
        slip: "Вход в «Отделение»", "Your Otdelenie login";
        slip_text: "Войдите на сайте с этим логином и паролем в течение 7 дней. При первом входе придумайте свой пароль и укажите телефон.", "Log in on the site with this login and password within 7 days. At the first login choose a password of your own and give your phone.";
        slip_keep: "Никому не показывайте этот листок.", "Show this slip to nobody.";
        site: "Сайт", "Site";
        login: "Логин", "Login";
        password: "Временный пароль", "Temporary password";
        print: "Напечатать", "Print";
        next: "Следующий гражданин", "Next citizen";
    }
}
