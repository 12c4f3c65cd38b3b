//! The door: password, then authenticator; the first time, its enrolment.

use crate::forms::{field, refusal, send, submit};
use crate::session::{At, Session};
use app::browser::focus;
use app::error::AppError;
use app::staff::api;
use app::staff::view::{Enrolment, LoginStep, Secret};
use app::text::Frame;
use app::text::staff::Desk;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

#[derive(Clone)]
enum Step {
    Password,
    NewPassword,
    Code,
    Enrol(Option<Enrolment>),
    Backup(Vec<String>),
}

/// What the steps share.
#[derive(Clone, Copy)]
struct Door {
    step: RwSignal<Step>,
    busy: RwSignal<bool>,
    error: RwSignal<Option<AppError>>,
    session: Session,
}

impl Door {
    fn go(self, step: Step) {
        self.error.set(None);
        self.step.set(step);
    }

    /// Who has come in.
    fn enter(self) {
        let session = self.session;
        leptos::task::spawn_local(async move {
            match api::me().await {
                Ok(me) => session.enter(me),
                Err(_) => session.leave(true),
            }
        });
    }
}

pub fn page() -> impl IntoView {
    let session = Session::here();
    let door =
        Door { step: RwSignal::new(Step::Password), busy: RwSignal::new(false), error: RwSignal::new(None), session };
    let words = Desk::here();
    crate::browser::title(words.login_title);
    let over = session.at.with_untracked(|at| matches!(at, At::Door(true)));
    view! {
        <header class="top"><div class="wrap bar"><span class="brand">{Frame::here().brand}</span></div></header>
        <main id="main" class="wrap page prose flow" tabindex="-1">
            {over.then(|| view! { <div class="notice wait" role="status"><p>{words.session_over}</p></div> })}
            {move || match door.step.get() {
                Step::Password => password(door),
                Step::NewPassword => new_password(door),
                Step::Code => code(door),
                Step::Enrol(enrolment) => enrol(door, enrolment),
                Step::Backup(codes) => backup(door, codes),
            }}
        </main>
    }
}

fn password(door: Door) -> AnyView {
    let words = Desk::here();
    let (login, password) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let on_submit = move |event: SubmitEvent| {
        event.prevent_default();
        send(door.busy, door.error, api::login(login.get_untracked(), Secret(password.get_untracked())), move |step| {
            password.set(String::new());
            door.go(after(step));
        });
    };
    focus::soon("login");
    view! {
        <h1>{words.login_title}</h1>
        <p>{words.login_lead}</p>
        {refusal(door.error)}
        <form class="form" method="post" on:submit=on_submit>
            {field("login", words.login, "text", "username", login)}
            {field("password", words.password, "password", "current-password", password)}
            <div class="actions">{submit(words.log_in, door.busy)}</div>
        </form>
    }
    .into_any()
}

fn after(step: LoginStep) -> Step {
    match step {
        LoginStep::Code => Step::Code,
        LoginStep::Enrol => Step::Enrol(None),
        LoginStep::NewPassword => Step::NewPassword,
    }
}

fn new_password(door: Door) -> AnyView {
    let words = Desk::here();
    let (password, again) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let on_submit = move |event: SubmitEvent| {
        event.prevent_default();
        let call = api::new_password(Secret(password.get_untracked()), Secret(again.get_untracked()));
        send(door.busy, door.error, call, move |step| door.go(after(step)));
    };
    focus::soon("new_password");
    view! {
        <h1>{words.new_title}</h1>
        <p>{words.new_lead}</p>
        {refusal(door.error)}
        <form class="form" method="post" on:submit=on_submit>
            {field("new_password", words.new_password, "password", "new-password", password)}
            {field("new_again", words.new_again, "password", "new-password", again)}
            <div class="actions">{submit(words.save, door.busy)}</div>
        </form>
    }
    .into_any()
}

fn code(door: Door) -> AnyView {
    let words = Desk::here();
    let typed = RwSignal::new(String::new());
    let on_submit = move |event: SubmitEvent| {
        event.prevent_default();
        send(door.busy, door.error, api::code(Secret(typed.get_untracked())), move |()| door.enter());
    };
    focus::soon("totp_code");
    view! {
        <h1>{words.code_title}</h1>
        <p>{words.code_lead}</p>
        {refusal(door.error)}
        <form class="form" method="post" on:submit=on_submit>
            {field("totp_code", words.code, "text", "one-time-code", typed)}
            <div class="actions">{submit(words.confirm, door.busy)}</div>
        </form>
    }
    .into_any()
}

fn enrol(door: Door, enrolment: Option<Enrolment>) -> AnyView {
    let words = Desk::here();
    let Some(enrolment) = enrolment else {
        send(door.busy, door.error, api::enrolment(), move |enrolment| door.go(Step::Enrol(Some(enrolment))));
        return view! { <p role="status">{words.loading}</p>{refusal(door.error)} }.into_any();
    };
    let typed = RwSignal::new(String::new());
    let on_submit = move |event: SubmitEvent| {
        event.prevent_default();
        send(door.busy, door.error, api::enrol(Secret(typed.get_untracked())), move |codes| {
            door.go(Step::Backup(codes))
        });
    };
    focus::soon("totp_code");
    let side = enrolment.qr_side.to_string();
    view! {
        <h1>{words.enrol_title}</h1>
        <p>{words.enrol_lead}</p>
        <div class="row">
            <svg class="qr" role="img" aria-label=words.qr viewBox=format!("0 0 {side} {side}") width="220" height="220">
                <rect width=side.clone() height=side.clone() fill="#fff"></rect>
                <path fill="#000" d=enrolment.qr_path></path>
            </svg>
            <dl class="facts"><div><dt>{words.key}</dt><dd><code data-secret="">{enrolment.secret}</code></dd></div></dl>
        </div>
        {refusal(door.error)}
        <form class="form" method="post" on:submit=on_submit>
            {field("totp_code", words.enrol_code, "text", "one-time-code", typed)}
            <div class="actions">{submit(words.confirm, door.busy)}</div>
        </form>
    }
    .into_any()
}

fn backup(door: Door, codes: Vec<String>) -> AnyView {
    let words = Desk::here();
    focus::soon("backup-title");
    view! {
        <h1 id="backup-title" tabindex="-1">{words.backup_title}</h1>
        <p>{words.backup_lead}</p>
        <ul class="plain codes num" data-backup-codes="">
            {codes.into_iter().map(|code| view! { <li><code>{code}</code></li> }).collect_view()}
        </ul>
        <div class="actions">
            <button type="button" class="btn primary" data-action="next" on:click=move |_| door.enter()>
                {words.backup_done}
            </button>
        </div>
    }
    .into_any()
}
