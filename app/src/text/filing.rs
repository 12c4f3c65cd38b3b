//! Wording of the application's pages: the form, the review, the card.

use super::wording;
use domain::applications::{MailboxKind, Registry, Stage, Status, Step};
use domain::staff::Document;

wording! {
    Filing {
        service: "Регистрация в почтовой службе", "Registration with the postal service";
        step_of: "шаг", "step";
        of: "из", "of";
        steps: "Шаги заявки", "Steps of the application";
        review_title: "Проверьте и отправьте", "Check and send";
        review_lead: "Сравните с документами. Если что-то не так, нажмите «Изменить»: остальные ответы сохранятся.", "Compare with your documents. If something is wrong, press “Change”: the other answers stay.";
        send: "Отправить заявку", "Send the application";
        what_next: "Что дальше", "What happens next";
        what_next_text: "Сразу дадим номер и квитанцию. Сверим данные с реестрами и ответим не позже чем через 48 часов. Состояние видно в «Моих заявках».", "You get a number and a receipt at once. We check the data with the registries and answer within 48 hours. You can follow it in “My applications”.";
        signature: "Электронная подпись для этой заявки не нужна: её просят только там, где вы принимаете юридически значимые условия.", "This application needs no e-signature: it is asked only where you accept legally binding terms.";
        consent: "Даю согласие на обработку персональных данных для ведения учётной записи, почтовых ящиков и уведомлений", "I consent to the processing of my personal data for my account, mailboxes and notifications";
        consent_read: "Прочитать текст согласия", "Read the text of the consent";
        kind_legend: "Кто подаёт заявку", "Who applies";
        kind_citizen: "Гражданин", "A citizen";
        kind_citizen_about: "Ящик на ваше имя: обычный, электронный или оба", "A mailbox in your name: ordinary, electronic or both";
        kind_organisation: "Организация", "An organisation";
        kind_organisation_about: "Корпоративный ящик с несколькими пользователями", "A corporate mailbox with several users";
        other_section: "Корпоративный ящик открывают организации, остальные — гражданину. Введённое сохранится.", "Corporate mailboxes are for organisations, the others for citizens. What you entered is kept.";
        other_section_link: "Выбрать, кто подаёт заявку", "Choose who applies";
        organisation: "Организация", "The organisation";
        passport_where: "Где это в паспорте", "Where it is in the passport";
        passport_where_text: "Серия и номер — красные цифры сбоку страницы. Код подразделения стоит рядом с датой выдачи.", "Series and number are the red digits at the side of the page. The department code stands beside the date of issue.";
        snils_where_text: "СНИЛС — 11 цифр на зелёной карточке или в выписке. ИНН можно не указывать.", "SNILS is the 11 digits on the green card. INN may be left empty.";
        who_sees: "Данные видите вы и сотрудник, который проверяет заявку. Каждый просмотр записывается в ваш журнал.", "You and the clerk who checks the application see the data. Each look is written to your journal.";
        registration: "Адрес регистрации", "Registered address";
        residence: "Где вы живёте", "Where you live";
        residence_same: "Живу по адресу регистрации", "I live at the registered address";
        office_help: "Найти отделение", "Find an office";
        office_why: "Отделение нужно для обычного, комбинированного и корпоративного ящика.", "An office is needed for an ordinary, combined or corporate mailbox.";
        choose_help: "Как выбрать", "How to choose";
        choose_text: "Электронный ящик бесплатный, документы для него не нужны. Обычный и комбинированный нужны, если вы ждёте бумажные письма: они платные, и мы сверим адрес.", "The electronic mailbox is free and needs no documents. Take an ordinary or combined one for paper letters: they cost money and we check your address.";
        list_empty_title: "Здесь будут ваши заявки", "Your applications will be here";
        list_empty_text: "Заполнение занимает около пяти минут. Черновик сохраняется сам.", "It takes about five minutes. The draft saves itself.";
        apply: "Подать заявку", "Apply";
        draft: "Черновик", "Draft";
        continue_draft: "Продолжить", "Continue";
        open: "Показать статус", "Show status";
        new_title: "Новая заявка", "New application";
        new_text: "Понадобятся паспорт, СНИЛС и адрес с индексом. ИНН — по желанию. Начатое можно закончить позже.", "You need your passport, SNILS and address with postcode. INN is optional. You can finish later.";
        start: "Начать регистрацию", "Start registration";
        application: "Заявка", "Application";
        submitted: "подана", "sent";
        copy: "Скопировать номер", "Copy the number";
        copied: "Скопировано", "Copied";
        receipt: "Квитанция о подаче", "Receipt";
        receipt_about: "Подлинность проверяется по QR-коду без входа.", "Anyone can verify it by the QR code without logging in.";
        download: "Скачать PDF", "Download PDF";
        progress: "Как идёт рассмотрение", "How it is going";
        history: "История", "History";
        reasons: "Почему", "Why";
        due: "Ответим до", "We answer by";
        waiting: "Ждём ответа реестра", "Waiting for a registry";
        waiting_text: "Реестр не отвечает. Это не отказ: спросим снова сами.", "The registry does not answer. This is no refusal: we will ask again.";
        answer_until: "Ответьте до", "Answer by";
        mend: "Исправить и отправить снова", "Correct and send again";
        mend_about: "Остальные данные сохранены, заполнять их заново не нужно.", "The other data is kept; you need not enter it again.";
        again: "Создать новую заявку", "Make a new application";
        again_about: "Перенесём данные из этой заявки, пока они хранятся: проверьте и отправьте.", "We copy the data of this application while they are kept: check and send.";
        registration_number: "Регистрационный номер", "Registration number";
        approved_text: "Ящик открыт. Сохраните регистрационный номер: по нему вас найдут в отделении.", "Your mailbox is open. Keep the registration number: the office will find you by it.";
        approved_online: "Ящик открыт. Сохраните регистрационный номер: по нему вас найдёт сотрудник.", "Your mailbox is open. Keep the registration number: staff will find you by it.";
        mailbox: "Ящик", "Mailbox";
        office: "Отделение", "Office";
        withdraw: "Отозвать заявку", "Withdraw the application";
        now: "сейчас", "now";
        rehearsal_title: "Проверить данные без входа", "Check your data without logging in";
        rehearsal_lead: "Те же правила, что при подаче. Данные остаются на вашем устройстве: на сервер уходят только индекс и код подразделения.", "The same rules as for the application. The data stays on your device: only postcode and department code go to the server.";
        rehearsal_plain: "Без JavaScript данные проверит сервер и сразу забудет.", "Without JavaScript the server checks the data and forgets it at once.";
        rehearsal_button: "Проверить", "Check";
        rehearsal_good: "Ошибок не нашли. С такими данными заявку можно подавать, дальше их сверят реестры.", "No errors found. You can apply with these data; then the registries check them.";
        asked_title: "Что нужно исправить", "What to correct";
        from_profile: "из профиля", "from your profile";
        taken: "В работе у сотрудника с", "A clerk has been working on it since";
        clerk_writes: "Сотрудник пишет", "The clerk writes";
        documents_asked: "Нужны документы", "Documents needed";
        locked: "проверено, менять не нужно", "checked, no need to change";
    }
}

/// The title of a step.
pub fn step(lang: super::Lang, step: Step) -> &'static str {
    let (ru, en) = match step {
        Step::Applicant => ("Заявитель", "Applicant"),
        Step::Passport => ("Паспорт и СНИЛС", "Passport and SNILS"),
        Step::Contacts => ("Контакты и адрес", "Contacts and address"),
        Step::Mailbox => ("Почтовый ящик", "Mailbox"),
        Step::Review => ("Проверка", "Review"),
    };
    if matches!(lang, super::Lang::Ru) { ru } else { en }
}

pub fn status(lang: super::Lang, status: Status) -> &'static str {
    let (ru, en) = match status {
        Status::InReview => ("На рассмотрении", "In review"),
        Status::NeedsClarification => ("Требуется уточнение", "Needs clarification"),
        Status::AwaitingConfirmation => ("Ожидает подтверждения", "Awaiting confirmation"),
        Status::Approved => ("Одобрено", "Approved"),
        Status::Rejected => ("Отклонено", "Rejected"),
        Status::Expired => ("Закрыто по сроку", "Closed: out of time"),
        Status::Withdrawn => ("Отозвано", "Withdrawn"),
    };
    if matches!(lang, super::Lang::Ru) { ru } else { en }
}

pub fn stage(lang: super::Lang, stage: Stage) -> &'static str {
    let (ru, en) = match stage {
        Stage::Intake => ("Приём", "Intake"),
        Stage::DocumentCheck => ("Проверка документов", "Document check"),
        Stage::Agreement => ("Согласование", "Agreement"),
        Stage::Issue => ("Выдача", "Issue"),
    };
    if matches!(lang, super::Lang::Ru) { ru } else { en }
}

/// Name, price and what it takes (MBX-2 … MBX-6).
pub fn mailbox(lang: super::Lang, kind: MailboxKind) -> (&'static str, &'static str, &'static str) {
    let (ru, en) = match kind {
        MailboxKind::Ordinary => (
            ("Обычный", "платный", "Ячейка в отделении для бумажных писем. Нужно подтвердить адрес."),
            ("Ordinary", "paid", "A box in an office for paper letters. Your address is checked."),
        ),
        MailboxKind::Electronic => (
            ("Электронный", "бесплатно", "Всё онлайн, без документов и визита. Письма в кабинете откроются позже."),
            ("Electronic", "free", "All online, no documents, no visit. Letters open later."),
        ),
        MailboxKind::Combined => (
            ("Комбинированный", "платный", "Бумажные письма в отделении, электронные позже. Нужно подтвердить адрес."),
            ("Combined", "paid", "Paper letters in an office, electronic ones later. Your address is checked."),
        ),
        MailboxKind::Corporate => (
            ("Корпоративный", "платный", "Только для организаций: несколько пользователей, роли, общий доступ."),
            ("Corporate", "paid", "For organisations only: several users, roles, shared access."),
        ),
    };
    if matches!(lang, super::Lang::Ru) { ru } else { en }
}

/// Registries are named by what they hold (C1).
pub fn registry(lang: super::Lang, registry: Registry) -> &'static str {
    let (ru, en) = match registry {
        Registry::Passport => ("реестр паспортов", "the registry of passports"),
        Registry::Snils => ("реестр СНИЛС", "the registry of SNILS"),
        Registry::Inn => ("реестр ИНН", "the registry of INN"),
        Registry::Address => ("база адресов", "the address base"),
        Registry::Duplicates => ("список регистраций", "the list of registrations"),
    };
    if matches!(lang, super::Lang::Ru) { ru } else { en }
}

/// A document a clerk can ask for.
pub fn document(lang: super::Lang, document: Document) -> &'static str {
    let (ru, en) = match document {
        Document::Passport => ("паспорт: страница с фотографией", "passport: the page with the photograph"),
        Document::AddressProof => ("справка о месте жительства или договор найма", "proof of address or a lease"),
        Document::Snils => ("карточка СНИЛС", "SNILS card"),
        Document::Inn => ("свидетельство ИНН", "INN certificate"),
        Document::PowerOfAttorney => ("доверенность", "power of attorney"),
        Document::Charter => ("устав или выписка из ЕГРЮЛ", "charter or register extract"),
    };
    if matches!(lang, super::Lang::Ru) { ru } else { en }
}
