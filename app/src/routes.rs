//! Every path of ours. Pages link through these; nothing else spells a path.

use domain::accounts::doors::Door;
use domain::applications::Step;

pub const HOME: &str = "/";
pub const SERVICES: &str = "/services";
pub const REHEARSAL: &str = "/services/post/registration/rehearsal";
pub const SEARCH: &str = "/search";
pub const REGISTER: &str = "/register";
pub const REGISTER_EMAIL: &str = "/register/email";
pub const REGISTER_EMAIL_SENT: &str = "/register/sent";
pub const REGISTER_PHONE: &str = "/register/phone";
pub const LOGIN: &str = "/login";
pub const LOGIN_CODE: &str = "/login/code";
/// The first entry of an account that staff opened.
pub const LOGIN_FIRST: &str = "/login/first";
pub const LOGOUT: &str = "/logout";
pub const SETTINGS: &str = "/settings";
pub const CABINET: &str = "/cabinet";
pub const SECURITY: &str = "/cabinet/security";
pub const SECURITY_APP: &str = "/cabinet/security/app";
pub const SECURITY_CODES: &str = "/cabinet/security/codes";
/// Where what a provider said is linked to the account.
pub const SECURITY_DOOR: &str = "/cabinet/security/door";
pub const SECURITY_PASSWORD: &str = "/cabinet/security/password";
pub const ACCESS: &str = "/cabinet/access";
pub const DATA: &str = "/cabinet/data";
pub const DATA_JSON: &str = "/cabinet/data/archive.json";
pub const DATA_PDF: &str = "/cabinet/data/archive.pdf";
pub const DATA_CORRECT: &str = "/cabinet/data/correct";
pub const PROOF: &str = "/cabinet/proof";
pub const RECOVER: &str = "/recover";
pub const RECOVER_CODE: &str = "/recover/code";
pub const RECOVER_PASSWORD: &str = "/recover/password";
/// What to bring to a post office, when nothing else helps.
pub const RECOVER_OFFICE: &str = "/recover/office";
/// Proving who one is by scans, when every way in is lost.
pub const IDENTITY: &str = "/recover/identity";
pub const IDENTITY_NEW: &str = "/recover/identity/new";
pub const IDENTITY_ANSWER: &str = "/recover/identity/answer";
pub const IDENTITY_PHONE: &str = "/recover/identity/phone";
pub const IDENTITY_EVENTS: &str = "/recover/identity/events";
pub const CONTACTS: &str = "/cabinet/contacts";
pub const CONTACTS_PHONE: &str = "/cabinet/contacts/phone";
pub const CONTACTS_EMAIL: &str = "/cabinet/contacts/email";
pub const CONTACTS_CODE: &str = "/cabinet/contacts/code";
pub const CONTACTS_SENT: &str = "/cabinet/contacts/sent";
pub const NEW_EMAIL: &str = "/new-email";
pub const NOT_ME: &str = "/not-me";
/// The account of the post.
pub const POST_ACCOUNT: &str = "/cabinet/post";
pub const POST_CODE: &str = "/cabinet/post/code";
pub const PROFILE: &str = "/cabinet/profile";
pub const CONSENTS: &str = "/cabinet/consents";
pub const NOTICES: &str = "/cabinet/notifications";
pub const JOURNAL: &str = "/cabinet/journal";
pub const JOURNAL_CSV: &str = "/cabinet/journal/export.csv";
pub const DOCUMENTS: &str = "/cabinet/documents";
pub const MAILBOXES: &str = "/cabinet/mailboxes";
pub const APPLICATIONS: &str = "/applications";
pub const NEW_APPLICATION: &str = "/applications/new";
pub const OFFICES: &str = "/offices";
pub const TRACKING: &str = "/tracking";
pub const HELP: &str = "/help";
pub const ERRORS: &str = "/help/errors";
pub const STATUS: &str = "/status";
pub const VERIFY: &str = "/verify";
pub const STAFF: &str = "/staff";
pub const STAFF_LOGIN: &str = "/staff/login";
pub const STAFF_EVENTS: &str = "/staff/events";
pub const EVENTS: &str = "/events";

/// Where somebody sets out to a provider of identities…
pub fn door(door: Door) -> String {
    format!("{LOGIN}/door/{}", door.name())
}
/// …where it sends them back to…
pub fn door_back(to: Door) -> String {
    format!("{}/back", door(to))
}
/// …and where it is said why nobody came through.
pub fn door_refused(to: Door, code: domain::Code) -> String {
    format!("{}/{code}", door(to))
}
pub fn service(category: &str, service: &str) -> String {
    format!("{SERVICES}/{category}/{service}")
}
pub fn application(id: &str) -> String {
    format!("{APPLICATIONS}/{id}")
}
pub fn step(id: &str, step: Step) -> String {
    format!("{APPLICATIONS}/{id}/edit/{}", step.name())
}
/// A mailbox one may use.
pub fn mailbox(id: &str) -> String {
    format!("{MAILBOXES}/{id}")
}
/// Where a button of one member posts to: `remove`, `hand_over`.
pub fn member_act(mailbox: &str, member: &str, act: &str) -> String {
    format!("{MAILBOXES}/{mailbox}?act={act}&member={member}")
}
/// Where an invitation is answered: `accept`, `decline`.
pub fn invitation(id: &str, act: &str) -> String {
    format!("{MAILBOXES}?act={act}&invitation={id}")
}
/// The appeal against an application's refusal.
pub fn appeal(application: &str) -> String {
    format!("{APPLICATIONS}/{application}/appeal")
}
/// The documents of an application.
pub fn documents(application: &str) -> String {
    format!("{APPLICATIONS}/{application}/documents")
}
/// Where a button of one document posts to: `up`, `down`, `remove`.
pub fn document_act(application: &str, document: &str, act: &str) -> String {
    format!("{APPLICATIONS}/{application}/documents?act={act}&document={document}")
}
/// A document as a clerk looks at it; without a purpose only in a file that is theirs.
pub fn staff_document(id: &str, purpose: Option<domain::staff::Purpose>) -> String {
    let stated = purpose.map(|p| format!("?purpose={}", p.name())).unwrap_or_default();
    format!("{STAFF}/documents/{id}{stated}")
}
/// A scan as support looks at it.
pub fn staff_scan(id: &str) -> String {
    format!("{STAFF}/identities/scans/{id}")
}
pub fn file(id: &str) -> String {
    format!("/files/{id}")
}
/// Where the button of a connected device posts to.
pub fn forget_device(id: &str) -> String {
    format!("{NOTICES}?act=forget&device={id}")
}
/// Where the parts of a file are put.
pub fn upload(id: &str, offset: u64) -> String {
    format!("/uploads/{id}?offset={offset}")
}
pub fn receipt_pdf(id: &str) -> String {
    format!("/files/{id}")
}
pub fn verify(receipt: &str) -> String {
    format!("{VERIFY}/{receipt}")
}
pub fn office(index: &str) -> String {
    format!("{OFFICES}/{index}")
}
pub fn tracking(number: &str) -> String {
    format!("{TRACKING}/{number}")
}
pub fn error(code: domain::Code) -> String {
    format!("{ERRORS}/{code}")
}
/// The end of a sign-up by e-mail alone.
pub fn activation(token: &str) -> String {
    format!("/activate/{token}")
}
/// Where a wish to be forgotten stands, and later its certificate.
pub fn deletion(token: &str) -> String {
    format!("/deletion/{token}")
}
/// The page that asks for the password once more, and then returns to `next`.
pub fn proof_then(next: &str) -> String {
    format!("{PROOF}?next={next}")
}
/// Login that returns to `next` afterwards. `next` is a path of ours, so it needs no escaping.
pub fn login_then(next: &str) -> String {
    format!("{LOGIN}?next={next}")
}

/// Login after the session ended: says so, and leads back to the control with this id, if there was one.
pub fn login_again(next: &str, field: &str) -> String {
    let mark = if field.is_empty() { "" } else { "%23" };
    format!("{LOGIN}?ended=1&next={next}{mark}{field}")
}

/// Pages that only a signed-in citizen can see (NAV-6).
pub fn needs_session(path: &str) -> bool {
    [CABINET, APPLICATIONS]
        .iter()
        .any(|root| path.strip_prefix(root).is_some_and(|rest| rest.is_empty() || rest.starts_with('/')))
}

/// Pages whose form is judged from the first moment on (`judge::forms::of`): their rules come before the application.
pub fn has_early_rules(path: &str) -> bool {
    let step = |step: &str| matches!(step, "applicant" | "passport" | "contacts");
    matches!(path, REHEARSAL | REGISTER | LOGIN)
        || path.starts_with(APPLICATIONS) && path.rsplit_once("/edit/").is_some_and(|(_, name)| step(name))
}

/// A path that may be returned to after login: ours, absolute, and no other host in disguise; perhaps with the
/// id of a control on that page (`#snils`).
pub fn safe_next(next: &str) -> Option<&str> {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '/' | '-' | '_' | '.');
    let (path, field) = next.split_once('#').unwrap_or((next, ""));
    let name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    (path.starts_with('/')
        && !path.starts_with("//")
        && !path.contains("..")
        && path.chars().all(plain)
        && field.chars().all(name))
    .then_some(next)
}

#[cfg(test)]
mod tests {
    use super::safe_next;

    #[test]
    fn only_paths_of_ours_are_returned_to() {
        assert_eq!(safe_next("/applications/abc/edit/passport"), Some("/applications/abc/edit/passport"));
        assert_eq!(safe_next("/applications/abc/edit/passport#snils"), Some("/applications/abc/edit/passport#snils"));
        for bad in [
            "",
            "/a#b#c",
            "/a#javascript:alert(1)",
            "//evil.example",
            "https://evil.example",
            "/\\evil.example",
            "/a?b",
            "/../x",
            "javascript:alert(1)",
            "/a\r\nSet-Cookie:x",
        ] {
            assert_eq!(safe_next(bad), None, "{bad:?}");
        }
    }
}
