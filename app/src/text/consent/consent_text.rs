//! The consent. Any change here needs a new `VERSION`.

use super::{Operator, Purpose};
use crate::text::Lang;
use crate::text::article::{Block, Section, list, p, section};

pub(super) fn sections(lang: Lang, operator: &Operator) -> Vec<Section> {
    match lang {
        Lang::Ru => ru(operator),
        Lang::En => en(operator),
    }
}

fn purposes(lang: Lang) -> Block {
    Block::List(Purpose::ALL.iter().map(|p| p.name(lang).into()).collect())
}

/// The operator's name, and the numbers it is registered under.
fn named(operator: &Operator, inn: &str, ogrn: &str) -> String {
    let mut text = operator.name.to_owned();
    for (label, number) in [(inn, operator.inn), (ogrn, operator.ogrn)] {
        if !number.is_empty() {
            text = format!("{text}, {label} {number}");
        }
    }
    text
}

fn ru(operator: &Operator) -> Vec<Section> {
    let Operator { address, email, .. } = operator;
    vec![
        section(
            "consent",
            "Согласие на обработку персональных данных",
            vec![
                p(
                    "Свободно, своей волей и в своём интересе, по статье 9 Федерального закона от 27.07.2006 № 152-ФЗ «О персональных данных», даю согласие оператору на обработку моих персональных данных на условиях ниже.",
                ),
                p(
                    "Субъект данных — я, чьи фамилия, имя, отчество, адрес и данные паспорта введены в форме рядом с этим согласием.",
                ),
            ],
        ),
        section(
            "operator",
            "Кто обрабатывает",
            vec![Block::Text(format!("Оператор: {}. Адрес: {address}.", named(operator, "ИНН", "ОГРН")).into())],
        ),
        section(
            "purposes",
            "Для чего",
            vec![
                purposes(Lang::Ru),
                p(
                    "Для других целей данные не обрабатываются. Согласие даётся на все цели вместе: без него зарегистрировать нельзя. Уведомления, кроме кодов, вопросов и решений по заявке, можно отключить в кабинете.",
                ),
            ],
        ),
        section(
            "data",
            "Какие данные",
            vec![list(&[
                "Фамилия, имя, отчество, дата и место рождения",
                "Паспорт: серия, номер, дата выдачи, кем выдан, код подразделения",
                "СНИЛС и, если указан, ИНН",
                "Мобильный телефон и адрес электронной почты",
                "Адрес регистрации и адрес проживания с индексами",
                "Вид почтового ящика и отделение",
                "Изображения документов, которые вы загрузите",
                "Время и сетевой адрес входов в кабинет",
            ])],
        ),
        section(
            "actions",
            "Что с ними делают",
            vec![
                p(
                    "Сбор, запись, систематизация, накопление, хранение, уточнение (обновление, изменение), извлечение, использование, передача (предоставление, доступ), блокирование, удаление, уничтожение — с использованием средств автоматизации и без них. Распространения нет: неограниченному кругу лиц данные не раскрываются.",
                ),
                p(
                    "Данные хранятся в России в зашифрованном виде. Доступ есть только у сотрудников, которым он нужен для работы, и каждый просмотр записывается.",
                ),
                p(
                    "Для сверки данные передаются операторам реестров паспортов, СНИЛС и ИНН, адреса — оператору адресной базы. Для доставки сообщений номер телефона передаётся оператору связи, адрес почты — почтовому серверу. Другим лицам — только с отдельного согласия или по закону.",
                ),
            ],
        ),
        section(
            "decisions",
            "Автоматические решения",
            vec![p(
                "Данные сверяются автоматически, и по итогам заявка может быть одобрена или отклонена. Против такого решения можно возразить: возражение рассматривает сотрудник.",
            )],
        ),
        section(
            "term",
            "На какой срок",
            vec![p(
                "Согласие действует, пока есть учётная запись, и прекращается с её удалением или с отзывом. Временные данные заявки удаляются в течение 30 дней после решения, если не нужны для обслуживания ящика.",
            )],
        ),
        section(
            "withdrawal",
            "Как отозвать",
            vec![
                Block::Text(
                    format!(
                        "В любой день в кабинете, раздел «Согласия», или письмом на {email} либо на адрес оператора."
                    )
                    .into(),
                ),
                p(
                    "После отзыва обработка прекращается, а данные уничтожаются в срок не более 30 дней, кроме тех, которые закон обязывает хранить. Услуги закрываются до нового согласия.",
                ),
            ],
        ),
        section(
            "rights",
            "Ваши права",
            vec![p(
                "Вы можете узнать, какие данные обрабатываются и зачем, исправить их, потребовать блокирования или удаления и обжаловать действия оператора в Роскомнадзоре или в суде.",
            )],
        ),
    ]
}

fn en(operator: &Operator) -> Vec<Section> {
    let Operator { address, email, .. } = operator;
    vec![
        section(
            "consent",
            "Consent to the processing of personal data",
            vec![
                p("Freely, of my own will and in my own interest, under article 9 of Federal Law No. 152-FZ of 27.07.2006 “On personal data”, I consent to the operator processing my personal data on the terms below. This is a translation; the Russian text prevails."),
                p("The data subject is myself, whose names, address and passport data are entered in the form beside this consent."),
            ],
        ),
        section(
            "operator",
            "Who processes",
            vec![Block::Text(format!("Operator: {}. Address: {address}.", named(operator, "INN", "OGRN")).into())],
        ),
        section(
            "purposes",
            "What for",
            vec![
                purposes(Lang::En),
                p("Data are processed for no other purpose. The consent is given to all purposes together: without it you cannot be registered. Notifications other than codes, questions and decisions can be turned off in the cabinet."),
            ],
        ),
        section(
            "data",
            "Which data",
            vec![list(&[
                "Last name, first name, patronymic, date and place of birth",
                "Passport: series, number, date of issue, issued by, department code",
                "SNILS and, if given, INN",
                "Mobile phone and e-mail address",
                "Registered address and address of residence with postcodes",
                "The kind of mailbox and the office",
                "Images of documents you upload",
                "Time and network address of logins to the cabinet",
            ])],
        ),
        section(
            "actions",
            "What is done with them",
            vec![
                p("Collection, recording, systematisation, accumulation, storage, clarification (updating, changing), extraction, use, transfer (provision, access), blocking, deletion, destruction, by automated means and without them. There is no dissemination: data are not disclosed to an unlimited circle of persons."),
                p("Data are stored in Russia in encrypted form. Only employees who need them for their work have access, and every view is recorded."),
                p("For comparison data are passed to the operators of the passport, SNILS and INN registries, the addresses to the operator of the address base. To deliver messages the phone number is passed to the mobile operator and the e-mail address to the mail server. To others only with separate consent or by law."),
            ],
        ),
        section(
            "decisions",
            "Automatic decisions",
            vec![p("Data are compared automatically, and the application may be approved or rejected as a result. You can object to such a decision: an employee considers the objection.")],
        ),
        section(
            "term",
            "For how long",
            vec![p("The consent holds while the account exists and ends with its deletion or with withdrawal. Temporary data of an application are deleted within 30 days of the decision unless needed to run the mailbox.")],
        ),
        section(
            "withdrawal",
            "How to withdraw",
            vec![
                Block::Text(format!("Any day in the cabinet, section “Consents”, or by writing to {email} or to the operator's address.").into()),
                p("After withdrawal processing stops and the data are destroyed within 30 days, except those the law obliges us to keep. Services are closed until a new consent."),
            ],
        ),
        section(
            "rights",
            "Your rights",
            vec![p("You may learn which data are processed and why, correct them, demand that they be blocked or deleted, and appeal against the operator to Roskomnadzor or in court.")],
        ),
    ]
}
