//! What we write to people: each notice is a folder of templates, in Russian and English.
//!
//! A notice carries the number and the whole message, never «see the cabinet» alone (E5), and never
//! a passport, СНИЛС or ИНН number: a letter is read by more machines than its addressee's. Words
//! for refusal codes come from the product's catalogue with each [`Reason`].

mod moment;
mod template;

pub use moment::moment;

use domain::Code;
use std::fmt;
use template::{Files, Template, files, fill};
use time::OffsetDateTime;

/// The language a person has chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Language {
    #[default]
    Ru,
    En,
}

/// One thing found wrong, worded for the person by the catalogue of codes.
#[derive(Clone, PartialEq, Eq)]
pub struct Reason {
    pub code: Code,
    /// The labels of the fields concerned; none when it is the whole application.
    pub fields: Vec<String>,
    /// What is wrong: one sentence with its full stop.
    pub words: String,
    /// What to do about it: one sentence with its full stop.
    pub remedy: String,
}

/// Everything we write about. Moments are in the person's own time zone; links are whole
/// (`https://…`).
#[derive(Clone, PartialEq, Eq)]
pub enum Notice {
    /// REG-2. SMS only.
    SignUpCode { code: String, minutes: u16 },
    /// The phone of an account is changed. SMS only.
    PhoneCode { code: String, minutes: u16 },
    /// AUTH-1. A letter when access was just recovered through the phone.
    LoginCode { code: String, minutes: u16 },
    /// REC-1.
    RecoverCode { code: String, minutes: u16 },
    /// ALT-2: the password of an account that staff opened, until its owner chooses another. SMS only.
    FirstPassword { password: String, days: u16, link: String },
    /// Something about the account's security changed (E13): `what` was done, from which device; the link's button takes
    /// it back.
    Alarm { what: String, device: String, at: OffsetDateTime, link: String, days: u16 },
    /// REG-3. Letter only.
    EmailLink { link: String, hours: u16 },
    /// The same for another e-mail of an account. Letter only.
    NewEmail { link: String, hours: u16 },
    /// Someone signed up with a phone or address that has an account: its owner learns of it, the
    /// one at the form does not (security row 17). No code inside.
    AccountExists { login_link: String, recover_link: String },
    /// REG-4.
    AccountConfirmed { link: String },
    /// REG-7: `due` is the end of the promised term (REG-12).
    Received { number: String, due: OffsetDateTime, link: String },
    /// REG-8. `office` is written out: name, index, town; empty for a box that stands in none.
    Approved { number: String, registration_number: String, mailbox: String, office: String, link: String },
    /// STS-1, STS-5: unanswered by `deadline` the application is closed.
    /// `words` are a clerk's own, or empty.
    NeedsClarification { number: String, reasons: Vec<Reason>, words: String, deadline: OffsetDateTime, link: String },
    /// STS-2: waits for documents, named one by one.
    AwaitingConfirmation {
        number: String,
        documents: Vec<String>,
        words: String,
        deadline: OffsetDateTime,
        link: String,
    },
    /// Halfway to the deadline and a day before it.
    Reminder { number: String, reasons: Vec<Reason>, deadline: OffsetDateTime, link: String },
    /// The same of documents that have not come.
    DocumentsReminder { number: String, documents: Vec<String>, deadline: OffsetDateTime, link: String },
    /// STS-5: the deadline passed; `link` offers to file again with the answers kept.
    Closed { number: String, deadline: OffsetDateTime, link: String },
    /// RSB-4, with the ways on (RSB-1, RSB-3).
    Rejected { number: String, reasons: Vec<Reason>, words: String, again_link: String, appeal_link: String },
    /// A registry is down: nothing is lost, it takes longer. `registry` as decision C1 names it
    /// («реестр паспортов»).
    Delayed { number: String, registry: String, due: OffsetDateTime, link: String },
    /// REG-12: the promised term has passed with no decision; `due` is the new one.
    Late { number: String, due: OffsetDateTime, link: String },
    /// RSB-3: `words` are the author's own grounds.
    AppealReceived { number: String, words: String, due: OffsetDateTime, link: String },
    /// RSB-3: the application is considered again, answered by `due`; `words` are the clerk's.
    AppealUpheld { number: String, words: String, due: OffsetDateTime, link: String },
    /// RSB-3: the refusal stands.
    AppealDismissed { number: String, words: String, link: String },
    /// RSB-3: the term was missed; `due` is the new one.
    AppealDelayed { number: String, due: OffsetDateTime, link: String },
    /// MBX-5: `number` is the mailbox', `role` in words.
    MailboxInvitation { number: String, role: String, deadline: OffsetDateTime, link: String },
}

/// A notice in words, for one channel.
#[derive(Clone, PartialEq, Eq)]
pub struct Written {
    /// Empty for an SMS.
    pub subject: String,
    pub text: String,
}

/// Codes and links open accounts: none of these may be printed.
impl fmt::Debug for Notice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Notice({})", self.id())
    }
}
impl fmt::Debug for Written {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Written(***)")
    }
}
impl fmt::Debug for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Reason({})", self.code)
    }
}

impl Notice {
    /// The name of its folder; fit for logs and metrics.
    pub fn id(&self) -> &'static str {
        self.files().id
    }

    /// As a text message, where it is sent as one.
    pub fn sms(&self, language: Language) -> Option<Written> {
        let template = pick(self.files().sms.as_ref()?, language);
        Some(Written { subject: String::new(), text: fill(template, &self.values(language)) })
    }

    /// As a letter, where it is sent as one.
    pub fn letter(&self, language: Language) -> Option<Written> {
        let template = pick(self.files().letter.as_ref()?, language);
        let whole = fill(template, &self.values(language));
        let (subject, text) = whole.split_once("\n\n")?;
        let signature = pick(&SIGNATURE, language);
        Some(Written { subject: subject.to_owned(), text: format!("{text}\n\n{signature}\n") })
    }

    /// On a device: the letter's subject above, short words below. Only what an application is told of is sent so.
    pub fn push(&self, language: Language) -> Option<Written> {
        let values = self.values(language);
        let text = fill(pick(self.files().push.as_ref()?, language), &values);
        let letter = pick(self.files().letter.as_ref()?, language);
        let subject = fill(letter.split_once("\n\n")?.0, &values);
        Some(Written { subject, text })
    }

    fn files(&self) -> Files {
        match self {
            Notice::SignUpCode { .. } => files!("sign_up_code", sms),
            // Kept and deleted as the code of a sign-up is; its words are others.
            Notice::PhoneCode { .. } => Files { id: "sign_up_code", ..files!("phone_code", sms) },
            Notice::LoginCode { .. } => files!("login_code", sms, letter),
            Notice::RecoverCode { .. } => files!("recover_code", sms, letter),
            Notice::FirstPassword { .. } => files!("first_password", sms),
            Notice::Alarm { .. } => files!("alarm", sms, letter),
            Notice::EmailLink { .. } => files!("email_link", letter),
            Notice::NewEmail { .. } => Files { id: "email_link", ..files!("new_email", letter) },
            Notice::AccountExists { .. } => files!("account_exists", sms, letter),
            Notice::AccountConfirmed { .. } => files!("account_confirmed", sms, letter),
            Notice::Received { .. } => files!("received", sms, letter, push),
            // One occasion in two wordings: who has a box without an office is told of none.
            Notice::Approved { office, .. } if office.is_empty() => {
                Files { id: "approved", ..files!("approved_online", sms, letter, push) }
            }
            Notice::Approved { .. } => files!("approved", sms, letter, push),
            Notice::NeedsClarification { .. } => files!("needs_clarification", sms, letter, push),
            Notice::AwaitingConfirmation { .. } => files!("awaiting_confirmation", sms, letter, push),
            Notice::Reminder { .. } => files!("reminder", sms, letter, push),
            // One occasion in two wordings, as an approval has.
            Notice::DocumentsReminder { .. } => {
                Files { id: "reminder", ..files!("reminder_documents", sms, letter, push) }
            }
            Notice::Closed { .. } => files!("closed", sms, letter, push),
            Notice::Rejected { .. } => files!("rejected", sms, letter, push),
            Notice::Delayed { .. } => files!("delayed", sms, letter, push),
            Notice::Late { .. } => files!("late", sms, letter, push),
            Notice::AppealReceived { .. } => files!("appeal_received", sms, letter, push),
            Notice::AppealUpheld { .. } => files!("appeal_upheld", sms, letter, push),
            Notice::AppealDelayed { .. } => files!("appeal_delayed", sms, letter, push),
            Notice::AppealDismissed { .. } => files!("appeal_dismissed", sms, letter, push),
            Notice::MailboxInvitation { .. } => files!("mailbox_invitation", sms, letter),
        }
    }

    fn values(&self, language: Language) -> Vec<(&'static str, String)> {
        let at = |when: &OffsetDateTime| moment(*when, language);
        match self.clone() {
            Notice::Alarm { what, device, at: when, link, days } => {
                vec![("what", what), ("device", device), ("at", at(&when)), ("link", link), ("days", days.to_string())]
            }
            Notice::SignUpCode { code, minutes }
            | Notice::PhoneCode { code, minutes }
            | Notice::LoginCode { code, minutes }
            | Notice::RecoverCode { code, minutes } => {
                vec![("code", code), ("minutes", minutes.to_string())]
            }
            Notice::FirstPassword { password, days, link } => {
                vec![("password", password), ("days", days.to_string()), ("link", link)]
            }
            Notice::EmailLink { link, hours } | Notice::NewEmail { link, hours } => {
                vec![("link", link), ("hours", hours.to_string())]
            }
            Notice::AccountExists { login_link, recover_link } => {
                vec![("login_link", login_link), ("recover_link", recover_link)]
            }
            Notice::AccountConfirmed { link } => vec![("link", link)],
            Notice::Received { number, due, link }
            | Notice::Late { number, due, link }
            | Notice::AppealDelayed { number, due, link } => {
                vec![("number", number), ("due", at(&due)), ("link", link)]
            }
            Notice::Approved { number, registration_number, mailbox, office, link } => vec![
                ("number", number),
                ("registration_number", registration_number),
                ("mailbox", mailbox),
                ("office", office),
                ("link", link),
            ],
            Notice::NeedsClarification { number, reasons, words, deadline, link } => vec![
                ("number", number),
                ("reasons", with_words(list(&reasons, language), &words, language)),
                ("fields", fields(&reasons)),
                ("deadline", at(&deadline)),
                ("link", link),
            ],
            Notice::Reminder { number, reasons, deadline, link } => vec![
                ("number", number),
                ("reasons", list(&reasons, language)),
                ("fields", fields(&reasons)),
                ("deadline", at(&deadline)),
                ("link", link),
            ],
            Notice::DocumentsReminder { number, documents, deadline, link } => vec![
                ("number", number),
                ("documents", documents.join(", ")),
                ("list", lines(&documents)),
                ("deadline", at(&deadline)),
                ("link", link),
            ],
            Notice::Closed { number, deadline, link } => {
                vec![("number", number), ("deadline", at(&deadline)), ("link", link)]
            }
            Notice::AwaitingConfirmation { number, documents, words, deadline, link } => vec![
                ("number", number),
                ("documents", documents.join(", ")),
                ("list", with_words(lines(&documents), &words, language)),
                ("deadline", at(&deadline)),
                ("link", link),
            ],
            Notice::Rejected { number, reasons, words, again_link, appeal_link } => vec![
                ("number", number),
                ("reasons", with_words(list(&reasons, language), &words, language)),
                ("why", first(&reasons)),
                ("again_link", again_link),
                ("appeal_link", appeal_link),
            ],
            Notice::Delayed { number, registry, due, link } => {
                vec![("number", number), ("registry", registry), ("due", at(&due)), ("link", link)]
            }
            Notice::AppealReceived { number, words, due, link } | Notice::AppealUpheld { number, words, due, link } => {
                vec![("number", number), ("words", words), ("due", at(&due)), ("link", link)]
            }
            Notice::AppealDismissed { number, words, link } => {
                vec![("number", number), ("words", words), ("link", link)]
            }
            Notice::MailboxInvitation { number, role, deadline, link } => {
                vec![("number", number), ("role", role), ("deadline", at(&deadline)), ("link", link)]
            }
        }
    }
}

const SIGNATURE: Template = [
    include_str!("templates/signature.ru.txt").trim_ascii_end(),
    include_str!("templates/signature.en.txt").trim_ascii_end(),
];
const REASON: Template = [
    include_str!("templates/reason.ru.txt").trim_ascii_end(),
    include_str!("templates/reason.en.txt").trim_ascii_end(),
];

const WORDS: Template =
    [include_str!("templates/words.ru.txt").trim_ascii_end(), include_str!("templates/words.en.txt").trim_ascii_end()];

/// What a clerk adds stands below, said to be theirs.
fn with_words(text: String, words: &str, language: Language) -> String {
    if words.is_empty() {
        return text;
    }
    format!("{text}\n\n{}", fill(pick(&WORDS, language), &[("words", words.to_owned())]))
}

fn pick(template: &Template, language: Language) -> &'static str {
    match language {
        Language::Ru => template[0],
        Language::En => template[1],
    }
}

/// One line each.
fn lines(documents: &[String]) -> String {
    documents.iter().map(|d| format!("— {d}")).collect::<Vec<_>>().join("\n")
}

/// One paragraph a reason.
fn list(reasons: &[Reason], language: Language) -> String {
    let paragraphs: Vec<String> = reasons
        .iter()
        .map(|reason| {
            let field = (!reason.fields.is_empty()).then(|| format!("{}. ", reason.fields.join(", ")));
            fill(
                pick(&REASON, language),
                &[
                    ("field", field.unwrap_or_default()),
                    ("words", reason.words.clone()),
                    ("remedy", reason.remedy.clone()),
                    ("number", reason.code.to_string()),
                ],
            )
        })
        .collect();
    paragraphs.join("\n\n")
}

/// The labels once each, for a text message.
fn fields(reasons: &[Reason]) -> String {
    let mut labels: Vec<&str> = Vec::new();
    for label in reasons.iter().flat_map(|r| &r.fields).map(String::as_str) {
        if !labels.contains(&label) {
            labels.push(label);
        }
    }
    labels.join(", ")
}

/// The reason that weighs most comes first; a text message has room for one.
fn first(reasons: &[Reason]) -> String {
    reasons.first().map(|r| format!("{} ({})", r.words.trim_end_matches('.'), r.code)).unwrap_or_default()
}

#[cfg(test)]
mod tests;
