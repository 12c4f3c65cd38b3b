//! What each route answers to whom. A new route needs its row here; `routes.rs` tries every one of them.

pub use crate::routes_verbs::{Needs, VERBS};
use serde_json::{Value, json};

/// What somebody gets who names an object that is another's.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Foreign {
    /// 404, in the same words as for an object that does not exist.
    Absent,
    /// 200 and nothing done: the act only ends what is one's own.
    Quiet,
    /// It names no object: one's own things, or nobody's.
    None,
}

/// A function of the citizens' API. `body` gets the object tried.
pub struct Function {
    pub name: &'static str,
    /// The status for a visitor without a session.
    pub anonymous: u16,
    pub foreign: Foreign,
    pub body: fn(&str) -> Value,
}

const fn open(name: &'static str, anonymous: u16, body: fn(&str) -> Value) -> Function {
    Function { name, anonymous, foreign: Foreign::None, body }
}
const fn own(name: &'static str) -> Function {
    Function { name, anonymous: 401, foreign: Foreign::None, body: |_| json!({}) }
}
const fn object(name: &'static str, body: fn(&str) -> Value) -> Function {
    Function { name, anonymous: 401, foreign: Foreign::Absent, body }
}

pub const FUNCTIONS: &[Function] = &[
    open("accounts/register", 422, |_| json!({"values": []})),
    open("accounts/confirm_phone", 401, |_| json!({"values": [["code", "123456"]]})),
    open("accounts/confirm_email", 422, |_| json!({"token": "A"})),
    open("accounts/login", 422, |_| json!({"values": [["login", "a@example.org"], ["password", "x"]], "next": null})),
    open("accounts/login_code", 401, |_| json!({"values": [["code", "123456"]]})),
    open("accounts/resend_code", 401, |_| json!({})),
    open("accounts/code_sent", 401, |_| json!({})),
    open("accounts/session", 200, |_| json!({"quiet": 0})),
    own("accounts/profile"),
    own("accounts/consents"),
    own("notices/mine"),
    own("applications/list"),
    object("applications/edit", |id| json!({"id": id})),
    object("applications/save_step", |id| json!({"id": id, "step": "applicant", "values": [["last_name", "Чужая"]]})),
    object("applications/submit", |id| json!({"id": id, "submit_key": "k", "values": [["consent", "yes"]]})),
    object("applications/card", |id| json!({"id": id})),
    object("appeals/of", |id| json!({"application": id})),
    object("documents/of", |id| json!({"application": id})),
    own("documents/mine"),
    object(
        "documents/begin",
        |id| json!({"application": id, "kind": "other", "name": "a.pdf", "size": 1, "fingerprint": ""}),
    ),
    object("documents/progress", |id| json!({"upload": id})),
    object("documents/finish", |id| json!({"upload": id, "more": false})),
    Function { name: "documents/cancel", anonymous: 401, foreign: Foreign::Quiet, body: |id| json!({"upload": id}) },
    open("content/page", 200, |_| json!({"path": "/help"})),
    open("content/search", 200, |_| json!({"query": "почта"})),
    open("offices/postcode", 200, |_| json!({"index": "630099"})),
    open("offices/issuing_units", 200, |_| json!({"department_code": "540-001"})),
    open("offices/find", 200, |_| json!({"query": "630099"})),
    open("receipts/verify", 404, |_| json!({"receipt": "2026-3333-3333"})),
];

/// A form, by its arm in `Posted::read`. A form without a session leads to the login with 303.
pub struct Form {
    pub arm: &'static str,
    pub path: fn(&str, &str) -> String,
    pub body: &'static str,
    pub anonymous: u16,
    pub foreign: Foreign,
}

const fn form(arm: &'static str, path: fn(&str, &str) -> String, body: &'static str, anonymous: u16) -> Form {
    Form { arm, path, body, anonymous, foreign: Foreign::None }
}
const fn object_form(arm: &'static str, path: fn(&str, &str) -> String, body: &'static str) -> Form {
    Form { arm, path, body, anonymous: 303, foreign: Foreign::Absent }
}

pub const FORMS: &[Form] = &[
    form(r#"["register"] if query.get("act") == Some("forget")"#, |_, _| "/register?act=forget".into(), "", 303),
    form(r#"["register"]"#, |_, _| "/register".into(), "", 422),
    form(
        r#"["register", "phone"] | ["login", "code"] if query.get("resend").is_some()"#,
        |_, _| "/login/code?resend=1".into(),
        "",
        303,
    ),
    form(r#"["register", "phone"]"#, |_, _| "/register/phone".into(), "code=123456", 303),
    form(r#"["register", "email", token]"#, |_, _| "/register/email/A".into(), "", 422),
    form(r#"["register", "email"]"#, |_, _| "/register/email".into(), "", 422),
    form(r#"["activate", token]"#, |_, _| "/activate/A".into(), "", 422),
    form(r#"["login", "first"]"#, |_, _| "/login/first".into(), "password=x", 303),
    form(r#"["login"]"#, |_, _| "/login".into(), "login=a&password=x", 422),
    form(r#"["login", "code"]"#, |_, _| "/login/code".into(), "code=123456", 303),
    form(r#"["logout"]"#, |_, _| "/logout".into(), "", 303),
    form(r#"["settings"]"#, |_, _| "/settings".into(), "lang=ru", 303),
    form(r#"["recover"]"#, |_, _| "/recover".into(), "", 422),
    form(r#"["recover", "code"]"#, |_, _| "/recover/code".into(), "code=123456", 303),
    form(r#"["recover", "password"]"#, |_, _| "/recover/password".into(), "", 303),
    form(
        r#"["recover", "identity"] if query.get("act") == Some("enter")"#,
        |_, _| "/recover/identity?act=enter".into(),
        "",
        404,
    ),
    form(r#"["recover", "identity", "answer"]"#, |_, _| "/recover/identity/answer".into(), "grounds=x", 422),
    form(
        r#"["recover", "identity", "phone"] if query.get("resend").is_some()"#,
        |_, _| "/recover/identity/phone?resend=1".into(),
        "",
        303,
    ),
    form(r#"["recover", "identity", "phone"]"#, |_, _| "/recover/identity/phone".into(), "code=123456", 303),
    form(r#"["cabinet", "contacts", "phone"]"#, |_, _| "/cabinet/contacts/phone".into(), "new_phone=x", 303),
    form(r#"["cabinet", "contacts", "email"]"#, |_, _| "/cabinet/contacts/email".into(), "new_email=x", 303),
    form(r#"["cabinet", "contacts", "code"]"#, |_, _| "/cabinet/contacts/code".into(), "code=123456", 303),
    form(r#"["new-email", token]"#, |_, _| "/new-email/A".into(), "", 422),
    form(r#"["not-me", token]"#, |_, _| "/not-me/A".into(), "", 422),
    form(r#"["cabinet", "proof"]"#, |_, _| "/cabinet/proof".into(), "password=x", 303),
    form(r#"["cabinet", "security"]"#, |id, _| format!("/cabinet/security?act=end&id={id}"), "", 303),
    form(r#"["cabinet", "security", "door"]"#, |_, _| "/cabinet/security/door".into(), "", 303),
    form(r#"["cabinet", "security", "app"]"#, |_, _| "/cabinet/security/app".into(), "totp_code=1", 303),
    form(r#"["cabinet", "security", "password"]"#, |_, _| "/cabinet/security/password".into(), "", 303),
    form(
        r#"["cabinet", "data"] if query.get("act") == Some("delete")"#,
        |_, _| "/cabinet/data?act=delete".into(),
        "",
        303,
    ),
    form(r#"["cabinet", "data"] if query.get("act") == Some("keep")"#, |_, _| "/cabinet/data?act=keep".into(), "", 303),
    form(
        r#"["cabinet", "post"] if query.get("act") == Some("unlink")"#,
        |_, _| "/cabinet/post?act=unlink".into(),
        "",
        303,
    ),
    form(r#"["cabinet", "post"]"#, |_, _| "/cabinet/post".into(), "login=a&password=x", 303),
    form(r#"["cabinet", "post", "code"]"#, |_, _| "/cabinet/post/code".into(), "code=123456", 303),
    form(r#"["cabinet", "data", "correct"]"#, |_, _| "/cabinet/data/correct".into(), "", 303),
    form(r#"["cabinet", "resend-email"]"#, |_, _| "/cabinet/resend-email".into(), "", 303),
    form(
        r#"["cabinet", "notifications"]"#,
        |_, _| "/cabinet/notifications".into(),
        "decision=sms&question=sms&quiet_from=&quiet_to=",
        303,
    ),
    object_form(
        r#"["cabinet", "notifications"] if query.get("act") == Some("forget")"#,
        |id, _| format!("/cabinet/notifications?act=forget&device={id}"),
        "",
    ),
    form(r#"["cabinet", "consents"]"#, |_, _| "/cabinet/consents?act=give".into(), "", 303),
    object_form(
        r#"["cabinet", "mailboxes"] if matches!(query.get("act"), Some("accept" | "decline"))"#,
        |id, _| format!("/cabinet/mailboxes?act=accept&invitation={id}"),
        "",
    ),
    object_form(
        r#"["cabinet", "mailboxes", id] if query.get("act") == Some("remove")"#,
        |id, other| format!("/cabinet/mailboxes/{id}?act=remove&member={other}"),
        "",
    ),
    object_form(
        r#"["cabinet", "mailboxes", id] if query.get("act") == Some("hand_over")"#,
        |id, other| format!("/cabinet/mailboxes/{id}?act=hand_over&member={other}"),
        "",
    ),
    object_form(
        r#"["cabinet", "mailboxes", id] if query.get("act") == Some("leave")"#,
        |id, _| format!("/cabinet/mailboxes/{id}?act=leave"),
        "",
    ),
    object_form(
        r#"["cabinet", "mailboxes", id]"#,
        |id, _| format!("/cabinet/mailboxes/{id}"),
        "member_contact=%2B79137654399&member_role=reader",
    ),
    object_form(r#"["applications", "new"]"#, |id, _| format!("/applications/new?from={id}"), ""),
    object_form(
        r#"["applications", id, "edit", "review"]"#,
        |id, _| format!("/applications/{id}/edit/review"),
        "submit_key=k&consent=yes",
    ),
    object_form(
        r#"["applications", id, "edit", step]"#,
        |id, _| format!("/applications/{id}/edit/applicant"),
        "last_name=%D0%AF",
    ),
    object_form(
        r#"["applications", id, "documents"] if query.get("act") == Some("remove")"#,
        |id, other| format!("/applications/{id}/documents?act=remove&document={other}"),
        "",
    ),
    object_form(
        r#"["applications", id, "documents"] if matches!(query.get("act"), Some("up" | "down"))"#,
        |id, other| format!("/applications/{id}/documents?act=up&document={other}"),
        "",
    ),
    object_form(
        r#"["applications", id] if query.get("act") == Some("withdraw")"#,
        |id, _| format!("/applications/{id}?act=withdraw"),
        "",
    ),
    object_form(
        r#"["applications", id, "appeal"] if query.get("act") == Some("withdraw")"#,
        |id, _| format!("/applications/{id}/appeal?act=withdraw"),
        "",
    ),
    object_form(r#"["applications", id, "appeal"]"#, |id, _| format!("/applications/{id}/appeal"), "grounds=x"),
    form(
        r#"["services", "post", "registration", "rehearsal"]"#,
        |_, _| "/services/post/registration/rehearsal".into(),
        "snils=1",
        422,
    ),
];

/// A page: its status for a visitor without a session (303: to the login), and whether `:id` is somebody's.
pub const PAGES: &[(&str, u16, Foreign)] = &[
    ("/", 200, Foreign::None),
    ("/search", 200, Foreign::None),
    ("/register", 200, Foreign::None),
    ("/register/phone", 303, Foreign::None),
    ("/register/email/:token", 200, Foreign::None),
    ("/login", 200, Foreign::None),
    ("/login/code", 303, Foreign::None),
    ("/cabinet", 303, Foreign::None),
    ("/cabinet/profile", 303, Foreign::None),
    ("/cabinet/documents", 303, Foreign::None),
    ("/cabinet/consents", 303, Foreign::None),
    ("/cabinet/notifications", 303, Foreign::None),
    ("/applications", 303, Foreign::None),
    ("/applications/new", 303, Foreign::None),
    ("/applications/:id", 303, Foreign::Absent),
    ("/applications/:id/documents", 303, Foreign::Absent),
    ("/applications/:id/appeal", 303, Foreign::Absent),
    ("/applications/:id/edit/:step", 303, Foreign::Absent),
    ("/services/post/registration/rehearsal", 200, Foreign::None),
    ("/offices", 200, Foreign::None),
    ("/offices/:index", 200, Foreign::None),
    ("/verify", 200, Foreign::None),
    ("/verify/:receipt", 404, Foreign::None),
];

/// A route beside pages, functions and forms: as it is registered, a request for it, the status for nobody.
pub struct Machine {
    pub route: &'static str,
    pub method: &'static str,
    pub path: fn(&str) -> String,
    pub anonymous: u16,
    pub foreign: Foreign,
}

const fn machine(route: &'static str, path: fn(&str) -> String, anonymous: u16) -> Machine {
    Machine { route, method: "GET", path, anonymous, foreign: Foreign::None }
}

pub const MACHINES: &[Machine] = &[
    machine("/healthz", |_| "/healthz".into(), 200),
    machine("/readyz", |_| "/readyz".into(), 200),
    machine("/events", |_| "/events".into(), 401),
    machine("/shell", |_| "/shell".into(), 200),
    machine("/sw.js", |_| "/sw.js".into(), 200),
    machine("/api/{*name}", |id| format!("/api/applications/card?id={id}"), 405),
    machine("routes::STAFF", |_| "/staff".into(), 401),
    machine("/staff/{*path}", |id| format!("/staff/files/{id}"), 401),
    machine("/staff/api/{*name}", |id| format!("/staff/api/open?id={id}"), 405),
    machine("/staff/api/openapi.json", |_| "/staff/api/openapi.json".into(), 200),
    machine("/staff/export/{name}", |_| "/staff/export/applications.csv".into(), 401),
    machine("/staff/documents/{id}", |id| format!("/staff/documents/{id}?purpose=complaint"), 401),
    machine("/login/door/{door}", |_| "/login/door/nobody".into(), 303),
    machine("/login/door/{door}/back", |_| "/login/door/bank/back?code=1&state=1".into(), 303),
    machine("app::routes::DATA_JSON", |_| "/cabinet/data/archive.json".into(), 303),
    machine("app::routes::DATA_PDF", |_| "/cabinet/data/archive.pdf".into(), 303),
    machine("app::routes::JOURNAL_CSV", |_| "/cabinet/journal/export.csv".into(), 401),
    machine("/deletion/{token}/certificate", |id| format!("/deletion/{id}/certificate"), 404),
    machine("app::routes::IDENTITY_EVENTS", |_| "/recover/identity/events".into(), 404),
    machine("/staff/identities/scans/{id}", |id| format!("/staff/identities/scans/{id}"), 401),
    Machine {
        route: "app::routes::IDENTITY_NEW",
        method: "POST",
        path: |_| "/recover/identity/new".into(),
        // Neither name nor scans.
        anonymous: 422,
        foreign: Foreign::None,
    },
    Machine {
        route: "/password/strength",
        method: "POST",
        path: |_| "/password/strength".into(),
        // The request is a form of files: a password comes as JSON.
        anonymous: 415,
        foreign: Foreign::None,
    },
    Machine {
        route: "/passkeys/{act}",
        method: "POST",
        path: |_| "/passkeys/ask_add".into(),
        // The request is a form of files: passkeys take JSON alone.
        anonymous: 415,
        foreign: Foreign::None,
    },
    Machine {
        route: "/push/{act}",
        method: "POST",
        path: |_| "/push/subscribe".into(),
        // As passkeys: JSON alone.
        anonymous: 415,
        foreign: Foreign::None,
    },
    machine("routes::STAFF_EVENTS", |_| "/staff/events".into(), 401),
    Machine {
        route: "/files/{id}",
        method: "GET",
        path: |id| format!("/files/{id}"),
        anonymous: 401,
        foreign: Foreign::Absent,
    },
    Machine {
        route: "/applications/{id}/documents",
        method: "POST",
        path: |id| format!("/applications/{id}/documents"),
        anonymous: 303,
        foreign: Foreign::Absent,
    },
    Machine {
        route: "/uploads/{id}",
        method: "PUT",
        path: |id| format!("/uploads/{id}?offset=0"),
        anonymous: 401,
        foreign: Foreign::Absent,
    },
];
