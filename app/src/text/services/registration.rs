//! The page of the registration: who, what to prepare, steps, term, price, refusals
//! (REG-12, MBX-2…MBX-6, RSB-4, DOC-1, DOC-2).

use crate::text::Lang;
use crate::text::article::{Section, link, list, p, section, steps};

pub(super) fn sections(lang: Lang) -> Vec<Section> {
    match lang {
        Lang::Ru => ru(),
        Lang::En => en(),
    }
}

fn ru() -> Vec<Section> {
    vec![
        section(
            "who",
            "Кто может зарегистрироваться",
            vec![
                list(&[
                    "Гражданин России с 14 лет, у которого есть действующий паспорт",
                    "Организация — через представителя, для корпоративного ящика",
                ]),
                p(
                    "Нужна учётная запись на портале с подтверждёнными телефоном и почтой. Если её нет, создадите по пути.",
                ),
            ],
        ),
        section(
            "prepare",
            "Что приготовить",
            vec![
                list(&[
                    "Паспорт: серия, номер, дата выдачи, кем выдан, код подразделения",
                    "СНИЛС",
                    "ИНН, если помните. Для корпоративного ящика обязателен, вместе с КПП и ОГРН",
                    "Мобильный телефон, на который приходят SMS",
                    "Адрес электронной почты",
                    "Адрес регистрации с индексом и адрес, где живёте, если он другой",
                    "Для ящика в отделении — подтверждение адреса, например справка о месте жительства: PDF или JPG, до 5 МБ",
                ]),
                p("Паспорт положите рядом: данные нужны буква в букву."),
            ],
        ),
        section(
            "steps",
            "Как это проходит",
            vec![
                steps(&[
                    "Войдите или создайте учётную запись.",
                    "Заполните пять коротких страниц: заявитель, паспорт, контакты и адрес, ящик, проверка. Подсказываем сразу, черновик сохраняется сам.",
                    "Сверьте всё на последней странице, дайте согласие и отправьте.",
                    "Получите номер и квитанцию. Её можно скачать.",
                    "Мы сверим данные с реестрами паспортов, СНИЛС и ИНН и с почтовой базой.",
                    "Придёт решение. При одобрении — регистрационный номер, ящик появится в кабинете.",
                ]),
                p("Сомневаетесь в данных — проверьте их до отправки и без входа. Они не покинут ваше устройство."),
            ],
        ),
        section(
            "term",
            "Сколько ждать",
            vec![
                p("До 48 часов с отправки. Приходить никуда не нужно."),
                p(
                    "Если реестр не отвечает, проверка ждёт его, а заявка остаётся в работе. Если нужно уточнение, срок ответа указан в заявке.",
                ),
            ],
        ),
        section(
            "price",
            "Сколько стоит",
            vec![
                p("Сама регистрация бесплатна. Ящик — по виду:"),
                list(&[
                    "Электронный — бесплатно",
                    "Обычный, в отделении — платно, по тарифу отделения",
                    "Комбинированный — электронная часть бесплатно, ящик в отделении платно",
                    "Корпоративный — платно, по договору",
                ]),
            ],
        ),
        section(
            "refusals",
            "Почему могут отказать",
            vec![
                p("У каждой причины есть код. По нему видно, что исправить."),
                link("/help/errors/OTD-3101", "OTD-3101 — данные не совпали с реестром паспортов"),
                link("/help/errors/OTD-3102", "OTD-3102 — паспорт недействителен"),
                link("/help/errors/OTD-3103", "OTD-3103 — СНИЛС не совпал с реестром"),
                link("/help/errors/OTD-3104", "OTD-3104 — ИНН не совпал с реестром"),
                link("/help/errors/OTD-3105", "OTD-3105 — адреса нет в почтовой базе"),
                link("/help/errors/OTD-3109", "OTD-3109 — нет документа о месте жительства"),
                link("/help/errors/OTD-3106", "OTD-3106 — вы уже зарегистрированы"),
                link("/help/errors/OTD-3107", "OTD-3107 — ограничение учётной записи"),
                link("/help/errors/OTD-3006", "OTD-3006 — гражданин подаёт как организация или наоборот"),
                p("Сбой на нашей стороне причиной отказа не бывает: заявка подождёт."),
            ],
        ),
    ]
}

fn en() -> Vec<Section> {
    vec![
        section(
            "who",
            "Who can register",
            vec![
                list(&[
                    "A citizen of Russia from the age of 14 with a valid passport",
                    "An organisation, through a representative, for a corporate mailbox",
                ]),
                p(
                    "You need an account on this site with a confirmed phone and e-mail. If you have none, you create it on the way.",
                ),
            ],
        ),
        section(
            "prepare",
            "What to prepare",
            vec![
                list(&[
                    "Passport: series, number, date of issue, issued by, department code",
                    "SNILS, the insurance number",
                    "INN, the taxpayer number, if you have it. Mandatory for a corporate mailbox, together with KPP and OGRN",
                    "A mobile phone that receives text messages",
                    "An e-mail address",
                    "Your registered address with its postcode, and the address where you live if it differs",
                    "For a mailbox at an office, proof of address such as a certificate of residence: PDF or JPG, up to 5 MB",
                ]),
                p("Keep the passport beside you: the data must match letter by letter."),
            ],
        ),
        section(
            "steps",
            "How it goes",
            vec![
                steps(&[
                    "Log in or create an account.",
                    "Fill in five short pages: applicant, passport, contacts and address, mailbox, check. Hints come at once and the draft saves itself.",
                    "Compare everything on the last page, give your consent and send.",
                    "Receive a number and a receipt. You can download it.",
                    "We compare the data with the passport, SNILS and INN registries and the postal directory.",
                    "The decision arrives. If approved, you get a registration number and the mailbox appears in the cabinet.",
                ]),
                p(
                    "Not sure of the data? Check them before sending and without logging in. They do not leave your device.",
                ),
            ],
        ),
        section(
            "term",
            "How long it takes",
            vec![
                p("Up to 48 hours from sending. You need not go anywhere."),
                p(
                    "If a registry does not answer, the check waits for it and the application stays open. If clarification is needed, the application shows by when.",
                ),
            ],
        ),
        section(
            "price",
            "What it costs",
            vec![
                p("The registration itself is free. The mailbox depends on its kind:"),
                list(&[
                    "Electronic: free",
                    "Ordinary, at an office: paid, at the office's rate",
                    "Combined: electronic part free, box at the office paid",
                    "Corporate: paid, under a contract",
                ]),
            ],
        ),
        section(
            "refusals",
            "Why it may be refused",
            vec![
                p("Each reason has a code that tells what to put right."),
                link("/help/errors/OTD-3101", "OTD-3101: the data differ from the passport registry"),
                link("/help/errors/OTD-3102", "OTD-3102: the passport is not valid"),
                link("/help/errors/OTD-3103", "OTD-3103: the SNILS differs from the registry"),
                link("/help/errors/OTD-3104", "OTD-3104: the INN differs from the registry"),
                link("/help/errors/OTD-3105", "OTD-3105: the postal directory has no such address"),
                link("/help/errors/OTD-3109", "OTD-3109: the proof of address is missing"),
                link("/help/errors/OTD-3106", "OTD-3106: you are already registered"),
                link("/help/errors/OTD-3107", "OTD-3107: the account is restricted"),
                link("/help/errors/OTD-3006", "OTD-3006: a citizen applies as an organisation or the reverse"),
                p("A failure on our side is never a reason for refusal: the application waits."),
            ],
        ),
    ]
}
