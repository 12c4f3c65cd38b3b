//! Every form as plain HTML: a POST to the page's own path, answered by a redirect, or by the same page
//! with its messages and everything typed still in it.

use super::pages::{CLEAR, dressed, render};
use super::security::SecurityAct;
use super::{Visit, guard};
use crate::house::House;
use app::desks::{AccountsDesk, AppealsDesk, ApplicationsDesk, MailboxesDesk, NoticesDesk};
use app::error::Refusal;
use app::notices::view::Chosen;
use app::routes;
use app::ui::form::{Next, Replay};
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use domain::applications::Step;
use domain::notices::{Channel, Kind};
use domain::{Code, Field, Values};
use std::sync::Arc;

/// A form that was posted: which act it asks for. Every path that takes a POST is in [`Posted::read`].
enum Posted {
    Register,
    ForgetTold,
    ConfirmPhone,
    ConfirmEmail(String),
    ResendEmail,
    Login(Option<String>),
    LoginCode,
    ResendCode,
    Logout,
    Settings,
    Recover,
    RecoverCode,
    RecoverPassword,
    NotMe(String),
    EnterVerified,
    ObjectToRefusal,
    VerifiedPhone,
    ResendToNewPhone,
    ChangePhone,
    AskEmail,
    ConfirmNewPhone,
    ConfirmNewEmail(String),
    Prove(Option<String>),
    Security(SecurityAct),
    RegisterEmail,
    Activate(String),
    FirstEntry,
    AskPost,
    LinkPost,
    UnlinkPost,
    CorrectData,
    AskDeletion,
    CancelDeletion,
    Consent(bool),
    Notices,
    ForgetPush(String),
    NewApplication(Option<String>),
    Step(String, Step),
    Submit(String),
    Withdraw(String),
    FileAppeal(String),
    WithdrawAppeal(String),
    Invite(String),
    AnswerInvitation(String, bool),
    RemoveMember(String, String),
    HandOver(String, String),
    LeaveMailbox(String),
    RemoveDocument(String, String),
    MoveDocument(String, String, bool),
    Rehearse,
}

impl Posted {
    fn read(path: &str, query: &Pairs) -> Option<Posted> {
        let parts: Vec<&str> = path.trim_matches('/').split('/').collect();
        Some(match parts.as_slice() {
            ["register"] if query.get("act") == Some("forget") => Posted::ForgetTold,
            ["register"] => Posted::Register,
            ["register", "phone"] | ["login", "code"] if query.get("resend").is_some() => Posted::ResendCode,
            ["register", "phone"] => Posted::ConfirmPhone,
            ["register", "email"] => Posted::RegisterEmail,
            ["activate", token] => Posted::Activate((*token).to_owned()),
            ["login", "first"] => Posted::FirstEntry,
            ["register", "email", token] => Posted::ConfirmEmail((*token).to_owned()),
            ["login"] => Posted::Login(query.get("next").map(str::to_owned)),
            ["login", "code"] => Posted::LoginCode,
            ["logout"] => Posted::Logout,
            ["settings"] => Posted::Settings,
            ["recover"] => Posted::Recover,
            ["recover", "code"] => Posted::RecoverCode,
            ["recover", "password"] => Posted::RecoverPassword,
            ["recover", "identity"] if query.get("act") == Some("enter") => Posted::EnterVerified,
            ["recover", "identity", "answer"] => Posted::ObjectToRefusal,
            ["recover", "identity", "phone"] if query.get("resend").is_some() => Posted::ResendToNewPhone,
            ["recover", "identity", "phone"] => Posted::VerifiedPhone,
            ["cabinet", "contacts", "phone"] => Posted::ChangePhone,
            ["cabinet", "contacts", "email"] => Posted::AskEmail,
            ["cabinet", "contacts", "code"] => Posted::ConfirmNewPhone,
            ["new-email", token] => Posted::ConfirmNewEmail((*token).to_owned()),
            ["not-me", token] => Posted::NotMe((*token).to_owned()),
            ["cabinet", "proof"] => Posted::Prove(query.get("next").map(str::to_owned)),
            ["cabinet", "security"] => Posted::Security(SecurityAct::named(query.get("act")?, query.get("id"))?),
            ["cabinet", "security", "door"] => Posted::Security(SecurityAct::LinkDoor),
            ["cabinet", "security", "app"] => Posted::Security(SecurityAct::ConfirmApp),
            ["cabinet", "security", "password"] => Posted::Security(SecurityAct::Password),
            ["cabinet", "post"] if query.get("act") == Some("unlink") => Posted::UnlinkPost,
            ["cabinet", "post"] => Posted::AskPost,
            ["cabinet", "post", "code"] => Posted::LinkPost,
            ["cabinet", "data"] if query.get("act") == Some("delete") => Posted::AskDeletion,
            ["cabinet", "data"] if query.get("act") == Some("keep") => Posted::CancelDeletion,
            ["cabinet", "data", "correct"] => Posted::CorrectData,
            ["cabinet", "resend-email"] => Posted::ResendEmail,
            ["cabinet", "notifications"] if query.get("act") == Some("forget") => {
                Posted::ForgetPush(query.get("device")?.to_owned())
            }
            ["cabinet", "notifications"] => Posted::Notices,
            ["cabinet", "consents"] => Posted::Consent(query.get("act") == Some("give")),
            ["cabinet", "mailboxes"] if matches!(query.get("act"), Some("accept" | "decline")) => {
                let accepted = query.get("act") == Some("accept");
                Posted::AnswerInvitation(query.get("invitation")?.to_owned(), accepted)
            }
            ["cabinet", "mailboxes", id] if query.get("act") == Some("remove") => {
                Posted::RemoveMember((*id).to_owned(), query.get("member")?.to_owned())
            }
            ["cabinet", "mailboxes", id] if query.get("act") == Some("hand_over") => {
                Posted::HandOver((*id).to_owned(), query.get("member")?.to_owned())
            }
            ["cabinet", "mailboxes", id] if query.get("act") == Some("leave") => Posted::LeaveMailbox((*id).to_owned()),
            ["cabinet", "mailboxes", id] => Posted::Invite((*id).to_owned()),
            ["applications", "new"] => Posted::NewApplication(query.get("from").map(str::to_owned)),
            ["applications", id, "edit", "review"] => Posted::Submit((*id).to_owned()),
            ["applications", id, "edit", step] => Posted::Step((*id).to_owned(), Step::from_name(step)?),
            ["applications", id, "documents"] if query.get("act") == Some("remove") => {
                Posted::RemoveDocument((*id).to_owned(), query.get("document")?.to_owned())
            }
            ["applications", id, "documents"] if matches!(query.get("act"), Some("up" | "down")) => {
                let up = query.get("act") == Some("up");
                Posted::MoveDocument((*id).to_owned(), query.get("document")?.to_owned(), up)
            }
            ["applications", id] if query.get("act") == Some("withdraw") => Posted::Withdraw((*id).to_owned()),
            ["applications", id, "appeal"] if query.get("act") == Some("withdraw") => {
                Posted::WithdrawAppeal((*id).to_owned())
            }
            ["applications", id, "appeal"] => Posted::FileAppeal((*id).to_owned()),
            ["services", "post", "registration", "rehearsal"] => Posted::Rehearse,
            _ => return None,
        })
    }

    async fn act(&self, visit: &Visit, typed: &Pairs, values: Values) -> Result<Next, Refusal> {
        match self {
            Posted::Register => visit.register(values).await,
            Posted::ForgetTold => Ok(visit.forget_told()),
            Posted::ConfirmPhone => visit.confirm_phone(values).await,
            Posted::ConfirmEmail(token) => visit.confirm_email(token.clone()).await,
            Posted::ResendEmail => visit.resend_email().await,
            Posted::Login(next) => visit.login(values, next.clone()).await,
            Posted::LoginCode => visit.login_code(values).await,
            Posted::ResendCode => visit.resend_code().await.map(|_| Next::to("")),
            Posted::Logout => visit.logout().await,
            Posted::Settings => {
                let large = typed.get("large").map(|v| !v.is_empty());
                visit.settings(typed.get("lang").map(str::to_owned), large).await?;
                Ok(Next::to(typed.get("back").and_then(routes::safe_next).unwrap_or(routes::HOME)))
            }
            Posted::Notices => {
                let chosen = typed.chosen();
                let done = match chosen.quiet() {
                    Ok(quiet) => visit.choose_notices(chosen.on.iter().copied().collect(), quiet).await,
                    Err(code) => Err(code.into()),
                };
                // What is refused stays as it was ticked.
                done.inspect_err(|_| visit.keep_chosen(chosen))
            }
            Posted::ForgetPush(id) => visit.forget_push(id).await,
            Posted::Recover => visit.recover(values).await,
            Posted::RecoverCode => visit.recover_code(values).await,
            Posted::RecoverPassword => visit.recover_password(values).await,
            Posted::EnterVerified => visit.enter_verified().await,
            Posted::ObjectToRefusal => visit.object_to_refusal(values).await,
            Posted::VerifiedPhone => visit.verified_phone(values).await,
            Posted::ResendToNewPhone => visit.resend_to_new_phone().await,
            Posted::ChangePhone => visit.change_phone(values).await,
            Posted::AskEmail => visit.ask_email(values).await,
            Posted::ConfirmNewPhone => visit.confirm_new_phone(values).await,
            Posted::ConfirmNewEmail(token) => visit.confirm_new_email(token).await,
            Posted::NotMe(token) => visit.not_me(token).await,
            Posted::Prove(next) => visit.prove(values, next.as_deref()).await,
            Posted::Security(act) => act.act(visit, values).await,
            Posted::RegisterEmail => visit.register_by_email(values).await,
            Posted::Activate(token) => visit.activate(token, values).await,
            Posted::FirstEntry => visit.first_entry(values).await,
            Posted::AskPost => visit.ask_post(values).await,
            Posted::LinkPost => visit.link_post(values).await,
            Posted::UnlinkPost => visit.unlink_post().await,
            Posted::CorrectData => visit.correct_data(values).await,
            Posted::AskDeletion => visit.ask_deletion().await,
            Posted::CancelDeletion => visit.cancel_deletion().await,
            Posted::Consent(given) => visit.set_consent(*given).await,
            Posted::NewApplication(from) => visit.create(from.clone()).await,
            Posted::Step(id, step) => visit.save_step(id.clone(), *step, values).await,
            Posted::Submit(id) => {
                let key = typed.get("submit_key").unwrap_or_default().to_owned();
                visit.submit(id.clone(), key, values).await
            }
            Posted::Withdraw(id) => visit.withdraw(id.clone()).await,
            Posted::FileAppeal(id) => visit.file_appeal(id.clone(), values).await,
            Posted::WithdrawAppeal(id) => visit.withdraw_appeal(id.clone()).await,
            Posted::Invite(id) => visit.invite(id.clone(), values).await,
            Posted::AnswerInvitation(id, accepted) => visit.answer_invitation(id.clone(), *accepted).await,
            Posted::RemoveMember(id, member) => visit.remove_member(id.clone(), member.clone()).await,
            Posted::HandOver(id, member) => visit.hand_over(id.clone(), member.clone()).await,
            Posted::LeaveMailbox(id) => visit.leave_mailbox(id.clone()).await,
            Posted::RemoveDocument(id, document) => visit.remove_document(id, document).await,
            Posted::MoveDocument(id, document, up) => visit.move_document(id, document, *up).await,
            Posted::Rehearse => match domain::FieldErrors(visit.rehearse(&values)).stop() {
                Ok(()) => Ok(Next::to(format!("{}?good=1", routes::REHEARSAL))),
                Err(errors) => Err(errors.into()),
            },
        }
    }
}

/// A POST of a form.
pub async fn post(State(house): State<Arc<House>>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let path = parts.uri.path().to_owned();
    let Some(posted) = Posted::read(&path, &Pairs::parse(parts.uri.query().unwrap_or_default().as_bytes())) else {
        return guard::refuse(StatusCode::NOT_FOUND, Code::NotFound);
    };
    if !is_form(&parts) {
        return guard::refuse(StatusCode::UNSUPPORTED_MEDIA_TYPE, Code::WrongContentType);
    }
    let Ok(bytes) = to_bytes(body, super::body::LIMIT).await else {
        return guard::refuse(StatusCode::BAD_REQUEST, Code::BadRequest);
    };
    let visit = Visit::open(&house, &parts).await;
    let typed = Pairs::parse(&bytes);
    let values = typed.values();
    match posted.act(&visit, &typed, values.clone()).await {
        Ok(next) => {
            let to = if next.to.is_empty() { path } else { next.to };
            let mut response = see_other(&to);
            if matches!(posted, Posted::Logout) {
                response.headers_mut().insert(CLEAR.0, HeaderValue::from_static(CLEAR.1));
            }
            dressed(&visit, response)
        }
        Err(refusal) if refusal.code == Code::NoSession && path.starts_with(routes::RECOVER) => {
            dressed(&visit, see_other(routes::RECOVER))
        }
        Err(refusal) if matches!(refusal.code, Code::NoSession | Code::SessionExpired) => {
            // Nothing typed is lost: it travels sealed in a cookie and comes back with the page after login.
            visit.stash(&path, &values).await;
            dressed(&visit, see_other(&routes::login_then(&path)))
        }
        // The password first; then the button is pressed again.
        Err(refusal) if refusal.code == Code::ProofNeeded => dressed(&visit, see_other(&routes::proof_then(&path))),
        Err(refusal) => again(visit, parts, path, values, &refusal).await,
    }
}

/// The page as it was, with the refusal.
async fn again(visit: Visit, mut parts: Parts, path: String, values: Values, refusal: &Refusal) -> Response {
    let kept: Values = values.iter().filter(|(f, _)| !f.is_secret()).map(|(f, v)| (f, v.to_owned())).collect();
    let replay = Replay { path, values: kept, error: Some(refusal.in_language(visit.lang)) };
    let status = refusal.status();
    let retry_after = refusal.retry_after;
    parts.method = Method::GET;
    let mut response =
        render(Arc::new(visit), Request::from_parts(parts, Body::empty()), Some(replay), Some(status)).await;
    if let Some(seconds) = retry_after {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    response
}

fn see_other(to: &str) -> Response {
    // `Redirect` panics on what is no header value; paths of ours always are, and anything else leads home.
    if HeaderValue::from_str(to).is_ok() { Redirect::to(to) } else { Redirect::to(routes::HOME) }.into_response()
}

fn is_form(parts: &Parts) -> bool {
    let kind = parts.headers.get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or_default();
    // A form of one button sends an empty body, which browsers still label.
    kind.split(';').next().is_some_and(|k| k.trim().eq_ignore_ascii_case("application/x-www-form-urlencoded"))
}

/// Name and value pairs of a form or a query.
struct Pairs(Vec<(String, String)>);

impl Pairs {
    fn parse(bytes: &[u8]) -> Pairs {
        Pairs(form_urlencoded::parse(bytes).map(|(n, v)| (n.into_owned(), v.into_owned())).collect())
    }
    fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(n, _)| n == name).map(|(_, v)| v.as_str())
    }
    /// The choices of `/cabinet/notifications`: the channels of each kind, and two hours or none. What is no hour counts
    /// as one that is missing.
    fn chosen(&self) -> Chosen {
        let on = self.0.iter().filter_map(|(n, v)| Some((Kind::from_name(n)?, Channel::from_name(v)?))).collect();
        let hour = |name: &str| self.get(name).and_then(|hour| hour.parse().ok()).filter(|hour| *hour < 24);
        Chosen { on, quiet_from: hour("quiet_from"), quiet_to: hour("quiet_to") }
    }
    fn values(&self) -> Values {
        self.0.iter().filter_map(|(n, v)| Some((Field::from_id(n)?, v.clone()))).collect()
    }
}
