//! Categories and services. A slug is part of a bookmarked address and never changes.

use super::{Both, Category, Service};

const fn both(ru: &'static str, en: &'static str) -> Both {
    Both { ru, en }
}

/// In the order they are shown.
pub static CATEGORIES: &[Category] = &[
    Category { slug: "post", name: both("Связь и коммуникации", "Post and communications") },
    Category { slug: "items", name: both("Почтовые услуги", "Postal services") },
    Category { slug: "offices", name: both("Услуги связи в отделениях", "At the post office") },
    Category { slug: "cabinet", name: both("Личный кабинет", "Your cabinet") },
    Category { slug: "help", name: both("Помощь", "Help") },
];

/// Grouped by category, in the order they are shown.
pub static SERVICES: &[Service] = &[
    Service {
        category: "post",
        slug: "registration",
        name: both("Регистрация в почтовой службе", "Registration with the postal service"),
        summary: both(
            "Ящик в отделении, электронный или оба. Решение до 48 часов, без визита.",
            "A mailbox at an office, online, or both. A decision within 48 hours, no visit.",
        ),
        open: true,
        target: "/applications/new",
    },
    Service {
        category: "post",
        slug: "access",
        name: both("Доступ к почтовому отделению связи", "Remote access to a post office"),
        summary: both(
            "Услуги вашего отделения из кабинета, без очереди.",
            "Your office's services from the cabinet, without queueing.",
        ),
        open: false,
        target: "/applications/new",
    },
    Service {
        category: "post",
        slug: "letters",
        name: both("Электронные письма", "Electronic letters"),
        summary: both("Официальные письма с отметкой о вручении.", "Official letters with proof of delivery."),
        open: false,
        target: "/letters",
    },
    Service {
        category: "post",
        slug: "linking",
        name: both("Привязка аккаунта Почты России", "Linking a Russian Post account"),
        summary: both(
            "Отправления прежнего аккаунта появятся в кабинете.",
            "The items of your earlier account appear in the cabinet.",
        ),
        open: true,
        target: "/cabinet/post",
    },
    Service {
        category: "items",
        slug: "tracking",
        name: both("Отслеживание", "Tracking"),
        summary: both(
            "Проверим трек-номер на опечатки, без входа. История отправления откроется позже.",
            "We check a tracking number for typing errors, no login. The item's history opens later.",
        ),
        open: true,
        target: "/tracking",
    },
    Service {
        category: "items",
        slug: "letter",
        name: both("Отправка писем", "Sending letters"),
        summary: both(
            "Простое письмо: адрес, вес и цена до оплаты.",
            "An ordinary letter: address, weight, and the price before you pay.",
        ),
        open: false,
        target: "/payments/new",
    },
    Service {
        category: "items",
        slug: "parcel",
        name: both("Доставка посылок", "Parcel delivery"),
        summary: both(
            "Посылка по России: цена по весу и расстоянию.",
            "A parcel within Russia, priced by weight and distance.",
        ),
        open: false,
        target: "/payments/new",
    },
    Service {
        category: "items",
        slug: "registered",
        name: both("Заказные отправления", "Registered items"),
        summary: both(
            "Письмо с трек-номером и вручением под подпись.",
            "A letter with a tracking number, delivered against signature.",
        ),
        open: false,
        target: "/payments/new",
    },
    Service {
        category: "items",
        slug: "delivery-certificate",
        name: both("Справка о доставке", "Certificate of delivery"),
        summary: both(
            "Документ о том, когда и кому вручено отправление.",
            "A document stating when and to whom an item was delivered.",
        ),
        open: false,
        target: "/payments/new",
    },
    Service {
        category: "items",
        slug: "payment",
        name: both("Оплата отправлений", "Paying for items"),
        summary: both(
            "Расчёт по весу и адресу, затем оплата картой, СБП или другим способом.",
            "A price by weight and address, then payment by card, QR code or otherwise.",
        ),
        open: false,
        target: "/payments",
    },
    Service {
        category: "offices",
        slug: "directory",
        name: both("Отделения и индексы", "Post offices and postcodes"),
        summary: both("Найдите отделение по индексу или населённому пункту.", "Find an office by postcode or town."),
        open: true,
        target: "/offices",
    },
    Service {
        category: "offices",
        slug: "appointment",
        name: both("Запись на приём", "Book an appointment"),
        summary: both("Выберите отделение, день и свободное время.", "Choose an office, a day and a free time."),
        open: false,
        target: "/appointments/new",
    },
    Service {
        category: "cabinet",
        slug: "account",
        name: both("Учётная запись на портале", "An account on this site"),
        summary: both(
            "Телефон, почта и пароль. Занимает несколько минут.",
            "Phone, e-mail and a password. It takes a few minutes.",
        ),
        open: true,
        target: "/register",
    },
    Service {
        category: "cabinet",
        slug: "applications",
        name: both("Мои заявки", "My applications"),
        summary: both(
            "Статус каждой заявки, сроки, квитанции и история.",
            "The status of each application, terms, receipts and history.",
        ),
        open: true,
        target: "/applications",
    },
    Service {
        category: "cabinet",
        slug: "profile",
        name: both("Профиль", "Profile"),
        summary: both("Ваши данные и как их исправить.", "Your data, and how to correct them."),
        open: true,
        target: "/cabinet/profile",
    },
    Service {
        category: "cabinet",
        slug: "consents",
        name: both("Согласия", "Consents"),
        summary: both("Что вы разрешили, когда и как отозвать.", "What you allowed, when, and how to withdraw it."),
        open: true,
        target: "/cabinet/consents",
    },
    Service {
        category: "cabinet",
        slug: "journal",
        name: both("Журнал", "Journal"),
        summary: both(
            "Все действия с вашей учётной записью и заявками.",
            "Everything done with your account and applications.",
        ),
        open: true,
        target: "/cabinet/journal",
    },
    Service {
        category: "cabinet",
        slug: "receipt",
        name: both("Проверка квитанции", "Verify a receipt"),
        summary: both("По номеру или QR-коду, без входа.", "By number or QR code, no login."),
        open: true,
        target: "/verify",
    },
    Service {
        category: "cabinet",
        slug: "documents",
        name: both("Документы", "Documents"),
        summary: both("Сканы и фото, которые вы прислали или получили.", "The scans and photos you sent or received."),
        open: true,
        target: "/cabinet/documents",
    },
    Service {
        category: "cabinet",
        slug: "recovery",
        name: both("Восстановить доступ", "Recover access"),
        summary: both(
            "Новый пароль по коду на телефон или почту.",
            "A new password by a code to your phone or e-mail.",
        ),
        open: true,
        target: "/recover",
    },
    Service {
        category: "cabinet",
        slug: "identity",
        name: both("Верификация личности", "Identity check"),
        summary: both(
            "Вернуть доступ, если вход заблокирован: паспорт и ИНН.",
            "Regain access to a locked account with your passport and INN.",
        ),
        open: true,
        target: "/recover/identity",
    },
    Service {
        category: "cabinet",
        slug: "access-settings",
        name: both("Настройки доступа", "Access settings"),
        summary: both(
            "Что вам открыто, ваши роли и что для этого нужно.",
            "What is open to you, your roles, and what it takes.",
        ),
        open: true,
        target: "/cabinet/access",
    },
    Service {
        category: "cabinet",
        slug: "notifications",
        name: both("Настройки уведомлений", "Notification settings"),
        summary: both(
            "О чём сообщать и куда: SMS, почта, уведомления на устройство.",
            "What to tell you and where: text message, e-mail, notices on a device.",
        ),
        open: true,
        target: "/cabinet/notifications",
    },
    Service {
        category: "help",
        slug: "questions",
        name: both("Помощь и частые вопросы", "Help and common questions"),
        summary: both(
            "Как подать заявку, что понадобится и что делать с ошибкой.",
            "How to apply, what you need, and what to do about an error.",
        ),
        open: true,
        target: "/help",
    },
    Service {
        category: "help",
        slug: "errors",
        name: both("Коды ошибок", "Error codes"),
        summary: both(
            "Что значит код вида OTD-1402 и как исправить.",
            "What a code such as OTD-1402 means and how to put it right.",
        ),
        open: true,
        target: "/help/errors",
    },
    Service {
        category: "help",
        slug: "support",
        name: both("Техническая поддержка", "Technical support"),
        summary: both(
            "Чат и обращения. Ответ до 24 часов, срочные — до 4.",
            "Chat and requests. An answer within 24 hours, urgent ones within 4.",
        ),
        open: false,
        target: "/support",
    },
    Service {
        category: "help",
        slug: "status",
        name: both("Состояние сервиса", "Service status"),
        summary: both("Что работает сейчас, а что нет.", "What works now and what does not."),
        open: true,
        target: "/status",
    },
];
