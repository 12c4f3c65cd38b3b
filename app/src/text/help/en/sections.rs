//! The sections of `/help`.

use crate::text::Lang;
use crate::text::article::{Block, Section, link, list, p, section, steps};
use crate::text::services::link_to;

pub(in crate::text::help) fn sections(email: &str) -> Vec<Section> {
    vec![
        section(
            "apply",
            "How to apply",
            vec![
                steps(&[
                    "Open “Registration with the postal service” and press “Start registration”.",
                    "Log in. If you have no account, create one: a code comes by text message, a link by e-mail.",
                    "Go through the five steps. The draft saves itself and waits for 29 days after it was last saved.",
                    "Compare the data with the documents, give your consent and send.",
                    "Keep the number and the receipt.",
                ]),
                p("The status is in “My applications”. We tell you of every change by text message and e-mail."),
                link_to(Lang::En, "post", "registration"),
            ],
        ),
        section(
            "documents",
            "Which documents you need",
            vec![
                list(&[
                    "Passport of a citizen of Russia",
                    "SNILS, the insurance number",
                    "INN, the taxpayer number: a citizen if at hand, an organisation always, with KPP and OGRN",
                    "For a mailbox at an office, a document with the address",
                ]),
                p(
                    "Scan or photo: PDF or JPG, up to 5 MB, the whole sheet in view, no glare. For an electronic mailbox there is nothing to upload.",
                ),
            ],
        ),
        section(
            "term",
            "How long it takes",
            vec![
                p("The decision comes within 48 hours of sending. Usually sooner: data are compared automatically."),
                list(&[
                    "In review: the check is under way, wait for a message",
                    "Clarification needed: correct what is marked before the date shown",
                    "Awaiting confirmation: upload the named document before the date shown",
                    "Approved: the number is assigned, the mailbox is open",
                    "Rejected: the reason and its code are in the application, you can file a new one",
                    "Closed, out of time: there was no answer, file a new one",
                    "Withdrawn: you withdrew the application",
                ]),
            ],
        ),
        section(
            "mailboxes",
            "Which mailbox to choose",
            vec![
                list(&[
                    "Ordinary: paper letters at an office. Paid, a document with the address is needed",
                    "Electronic: all online. Free, no documents needed",
                    "Combined: paper and electronic together. The box at the office is paid, a document with the address is needed",
                    "Corporate: for organisations, several employees. Paid, INN, KPP and OGRN are needed",
                ]),
                p("If in doubt, choose the electronic one: it is free and opens soonest."),
            ],
        ),
        section(
            "login",
            "You cannot log in",
            vec![
                steps(&[
                    "Check the layout and Caps Lock. Enter the phone with +7, the e-mail in full.",
                    "Turn autofill off: the browser may have put in an old password.",
                    "Enter the code from the newest message. A code lasts 10 minutes, a new one can be requested after 60 seconds.",
                    "No code? Check the connection, blocked numbers and the spam folder.",
                    "Too many tries? Wait for the time shown.",
                ]),
                p(
                    "If you forgot the password or changed your number, you need to recover access. If the login is blocked, “Identity check” helps: passport and INN, usually 5–10 minutes. If nothing is left, or the check was refused, come to a post office with your passport: access is given back there.",
                ),
                link_to(Lang::En, "cabinet", "identity"),
            ],
        ),
        section(
            "rights",
            "A service is not available",
            vec![
                p(
                    "Open the cabinet: “Access settings” shows what is open to you and what is missing, such as a confirmed e-mail.",
                ),
                p(
                    "If the list of offices is not shown, refresh the page and clear the cache. Then enter the office's postcode by hand.",
                ),
                link_to(Lang::En, "cabinet", "access-settings"),
            ],
        ),
        section(
            "browser",
            "Which browser will do",
            vec![
                p(
                    "The latest Chrome, Firefox and Edge, on phone and computer. Other modern browsers usually do too. Forms work without JavaScript too, but hints come only after sending.",
                ),
                p("If a page does not open or a button does not react:"),
                steps(&[
                    "Refresh the page.",
                    "Turn off ad blockers and extensions for this site.",
                    "Open the site in a separate window.",
                    "Clear cache and cookies and log in again.",
                    "Update the browser.",
                ]),
                p("Keep a copy of what you typed before clearing. Drafts on the server stay."),
            ],
        ),
        section(
            "outage",
            "The site answers with an error",
            vec![
                p("Try again in a few minutes. What does not work is shown on the service status page."),
                p(
                    "If a registry does not answer, the application is neither lost nor refused: the check waits for it.",
                ),
                link_to(Lang::En, "help", "status"),
                link("/help/errors", "All error codes"),
            ],
        ),
        section(
            "security",
            "How to protect your cabinet",
            vec![list(&[
                "Choose a password you use nowhere else: 8 characters or more, small and capital letters, a digit and a sign",
                "Do not save the password in someone else's browser and tell it to nobody. Our staff ask for neither password nor code",
                "On a shared computer use an incognito window and log out at the end",
                "Keep browser, system and antivirus up to date",
                "Look at the login history. An unknown login? Change the password at once and tell support",
                "Keep recovery codes apart from the phone",
                "Open the site from your own bookmark, not from a link in an unknown message",
            ])],
        ),
        section(
            "signature",
            "Electronic signature",
            vec![
                p("Registration needs no signature. You are asked for one only where the terms have legal force."),
                list(&[
                    "An accredited certification centre issues it: with a passport, for a fee",
                    "Watch its validity and renew in time",
                    "Keep the file and password safe and do not send them on",
                ]),
            ],
        ),
        section(
            "contacts",
            "Where to turn",
            vec![
                Block::Text(
                    format!("Write to {email}. Chat and requests on this site open later. Common answers are in this section and the list of error codes.").into(),
                ),
                p(
                    "When you turn to support, have ready the error code, application number, time and a short description. Do not give your password or codes from messages.",
                ),
                link_to(Lang::En, "help", "support"),
            ],
        ),
        section(
            "libraries",
            "Programs of others",
            vec![p(
                "HEIC photos of an iPhone that the browser cannot read itself are decoded by the library libheif of its authors, licence LGPL 3.0. It is loaded apart, for such a photo only, and runs on your device. Licence of libheif: /bench/heic/LICENSE.txt, where its source is: /bench/heic/README.txt",
            )],
        ),
    ]
}
