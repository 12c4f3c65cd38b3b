//! Somebody of the staff in these tests, and the way in: password, authenticator, backup codes.

use crate::house::{House, NOON, code};
use app::staff::desk::{EntryDesk, HouseDesk};
use app::staff::view::LoginStep;
use axum::http::{HeaderMap, Request, header};
use domain::Code;
use domain::accounts::factors::BACKUP_CODES;
use domain::staff::{Grant, Role, Scope};
use server::desks::totp;
use server::http::StaffVisit;
use server::storage::staff_grants::{CONSOLE, INSTALLATION};
use server::storage::staff_sessions::{NewSession, Stage};
use server::storage::{ids, staff, staff_grants, staff_sessions};

const PASSWORD: &str = "Otdelenie-2026!";
const SECRET: &[u8; 20] = b"otdelenie-test-01-->";

pub struct Clerk<'h> {
    house: &'h House,
    token: String,
    session: String,
}

/// An account with one right in force: its id.
async fn account(house: &House, login: &str, role: Role, scope: &str) -> String {
    let hash = house.house.passwords.hash(PASSWORD.to_owned()).await.unwrap();
    let id = ids::public_id();
    let mut tx = house.house.db.write().await.unwrap();
    let new = staff::NewStaff { id: &id, login, password_hash: &hash, created_ms: NOON };
    staff::create(&mut tx, &new).await.unwrap();
    staff::set_password(&mut tx, &id, &hash, NOON).await.unwrap();
    let grant = Grant { role, scope: Scope::from_name(scope).unwrap() };
    let proposal = staff_grants::propose(&mut tx, &id, &grant, CONSOLE, NOON).await.unwrap();
    staff_grants::confirm(&mut tx, &proposal, INSTALLATION, NOON).await.unwrap();
    tx.commit().await.unwrap();
    id
}

impl<'h> Clerk<'h> {
    /// At the desk already.
    pub async fn here(house: &'h House, login: &str, role: Role, scope: &str) -> Clerk<'h> {
        let staff_id = account(house, login, role, scope).await;
        let (token, session) = (ids::token(), ids::public_id());
        let mut tx = house.house.db.write().await.unwrap();
        let new = NewSession {
            token_hash: ids::token_hash(&token),
            id: &session,
            staff_id: &staff_id,
            stage: Stage::Open,
            created_ms: NOON,
            absolute_expires_ms: house.house.now().0 + 12 * 3_600_000,
            label: "test",
        };
        staff_sessions::create(&mut tx, &new).await.unwrap();
        tx.commit().await.unwrap();
        Clerk { house, token, session }
    }

    /// As a browser sends it below `/staff`.
    pub fn cookie(&self) -> String {
        format!("__Secure-staff={}", self.token)
    }

    /// A new request of theirs.
    pub async fn visit(&self) -> StaffVisit {
        let mut tx = self.house.house.db.write().await.unwrap();
        staff_sessions::touch(&mut tx, &self.session, self.house.house.now().0).await.unwrap();
        tx.commit().await.unwrap();
        visit(self.house, Some(&self.token)).await
    }
}

async fn visit(house: &House, token: Option<&str>) -> StaffVisit {
    let mut request = Request::builder();
    if let Some(token) = token {
        request = request.header(header::COOKIE, format!("__Secure-staff={token}"));
    }
    let (parts, ()) = request.body(()).unwrap().into_parts();
    StaffVisit::open(&house.house, &parts, true).await
}

/// The token an answer sets.
fn token(visit: &StaffVisit) -> String {
    let mut headers = HeaderMap::new();
    visit.dress(&mut headers);
    let cookie = headers[header::SET_COOKIE].to_str().unwrap().to_owned();
    for part in ["Path=/staff", "HttpOnly", "Secure", "SameSite=Strict"] {
        assert!(cookie.contains(part), "{cookie}");
    }
    cookie.split(['=', ';']).nth(1).unwrap().to_owned()
}

/// Past the password.
async fn past_password(house: &House, login: &str) -> (String, LoginStep) {
    let door = visit(house, None).await;
    let step = door.login(login.into(), PASSWORD.into()).await.unwrap();
    (token(&door), step)
}

#[tokio::test]
async fn the_first_time_an_authenticator_is_enrolled_and_from_then_on_asked_for() {
    let house = House::open().await;
    account(&house, "anna", Role::Reviewer, "everywhere").await;
    let door = visit(&house, None).await;
    let wrong = door.login("anna".into(), "x".into()).await.err().unwrap();
    let nobody = door.login("nobody".into(), "x".into()).await.err().unwrap();
    assert_eq!(wrong, nobody, "who has an account is not told");

    let (pending, step) = past_password(&house, "anna").await;
    assert_eq!(step, LoginStep::Enrol);
    assert_eq!(code(visit(&house, Some(&pending)).await.me().await), Some(Code::NoSession));
    let shown = visit(&house, Some(&pending)).await.enrolment().await.unwrap();
    let again = visit(&house, Some(&pending)).await.enrolment().await.unwrap();
    assert_eq!(shown.secret, again.secret, "a page loaded anew shows the same key");
    let secret = base32(&shown.secret.replace(' ', ""));
    assert!(shown.uri.contains("otpauth://totp/Otdelenie:anna?secret=") && shown.qr_side > 20);
    let wrong = code(visit(&house, Some(&pending)).await.enrol("000000".into()).await);
    assert_eq!(wrong, Some(Code::CodeWrong));
    let door = visit(&house, Some(&pending)).await;
    let backup = door.enrol(totp::code(&secret, house.house.now()).unwrap()).await.unwrap();
    assert_eq!(backup.len(), BACKUP_CODES);
    let open = token(&door);
    assert_eq!(visit(&house, Some(&open)).await.me().await.unwrap().login, "anna");
    assert!(visit(&house, Some(&pending)).await.me().await.is_err(), "the token before is dead");

    // The same code again, from somebody who saw it and knows the password.
    let (pending, step) = past_password(&house, "anna").await;
    assert_eq!(step, LoginStep::Code);
    let step = totp::code(&secret, house.house.now()).unwrap();
    let replayed = code(visit(&house, Some(&pending)).await.code(step).await);
    assert_eq!(replayed, Some(Code::TotpUsed));
    assert!(visit(&house, Some(&pending)).await.enrolment().await.is_err(), "no second authenticator beside the first");
    house.at(30_000).await;
    let door = visit(&house, Some(&pending)).await;
    door.code(totp::code(&secret, house.house.now()).unwrap()).await.unwrap();
    assert_eq!(visit(&house, Some(&token(&door))).await.me().await.unwrap().backup_codes_left, 10);

    // Without the phone.
    let (pending, _) = past_password(&house, "anna").await;
    let door = visit(&house, Some(&pending)).await;
    door.code(backup[3].to_lowercase()).await.unwrap();
    assert_eq!(visit(&house, Some(&token(&door))).await.me().await.unwrap().backup_codes_left, 9);
    let (pending, _) = past_password(&house, "anna").await;
    let used = code(visit(&house, Some(&pending)).await.code(backup[3].clone()).await);
    assert_eq!(used, Some(Code::CodeWrong));
}

#[tokio::test]
async fn a_first_password_opens_nothing_but_the_choice_of_ones_own() {
    let house = House::open().await;
    let anna = Clerk::here(&house, "anna", Role::Administrator, "everywhere").await;
    let added = anna.visit().await.add("vera".into(), Role::Support, Scope::Everywhere).await.unwrap();
    let door = visit(&house, None).await;
    assert_eq!(door.login("vera".into(), added.password.clone()).await.unwrap(), LoginStep::NewPassword);
    let pending = token(&door);
    let giver = visit(&house, None).await;
    giver.login("vera".into(), added.password.clone()).await.unwrap();
    let giver = token(&giver);
    let chosen = async |password: &str, again: &str| {
        let door = visit(&house, Some(&pending)).await;
        door.new_password(password.into(), again.into()).await.map_err(|r| r.code)
    };
    let early = code(visit(&house, Some(&pending)).await.enrolment().await);
    assert_eq!(early, Some(Code::FirstPassword), "no authenticator for whoever gave the password out");
    assert_eq!(
        visit(&house, Some(&pending)).await.code("123456".into()).await.err().map(|r| r.code),
        Some(Code::FirstPassword)
    );
    assert_eq!(chosen("short", "short").await, Err(Code::PasswordTooShort));
    assert_eq!(chosen("Aaaaaaaa-1", "Aaaaaaaa-1").await, Err(Code::PasswordBreached));
    assert_eq!(chosen("Svoj-Parol-77!", "Svoj-Parol-78!").await, Err(Code::PasswordsDiffer));
    assert_eq!(chosen(&added.password, &added.password).await, Err(Code::PasswordNotNew));
    assert_eq!(chosen("Svoj-Parol-77!", "Svoj-Parol-77!").await, Ok(LoginStep::Enrol));
    let early = code(visit(&house, Some(&giver)).await.enrolment().await);
    assert_eq!(early, Some(Code::NoSession), "whoever gave the password out has lost their attempt with it");
    assert_eq!(chosen("Svoj-Parol-79!", "Svoj-Parol-79!").await, Err(Code::NoSession), "one's own is not changed here");
    let old = code(visit(&house, None).await.login("vera".into(), added.password).await);
    assert_eq!(old, Some(Code::LoginFailed));
    let door = visit(&house, None).await;
    assert_eq!(door.login("vera".into(), "Svoj-Parol-77!".into()).await.unwrap(), LoginStep::Enrol);
}

#[tokio::test]
async fn a_lost_authenticator_is_replaced_by_two() {
    let house = House::open().await;
    let (anna, boris) = (
        Clerk::here(&house, "anna", Role::Administrator, "everywhere").await,
        Clerk::here(&house, "boris", Role::Administrator, "everywhere").await,
    );
    let id = account(&house, "vera", Role::Reviewer, "everywhere").await;
    let enrolled = async || {
        let mut tx = house.house.db.write().await.unwrap();
        staff::set_secret(&mut tx, &house.house.vault, &id, SECRET, NOON).await.unwrap();
        staff::confirm_secret(&mut tx, &id, NOON).await.unwrap();
        tx.commit().await.unwrap();
    };
    enrolled().await;
    let reset = async |clerk: &Clerk<'_>, login: &str| clerk.visit().await.reset(login.into()).await;
    assert_eq!(code(reset(&anna, "anna").await), Some(Code::SecondPersonNeeded));
    assert!(reset(&anna, "vera").await.unwrap().is_none(), "asked for");
    assert_eq!(
        reset(&anna, "vera").await.err().map(|r| r.code),
        Some(Code::SecondPersonNeeded),
        "not by the same again"
    );
    assert_eq!(past_password(&house, "vera").await.1, LoginStep::Code, "nothing has changed yet");
    let row = boris.visit().await.people().await.unwrap().into_iter().find(|p| p.login == "vera").unwrap();
    assert!(row.reset_by.as_deref() == Some("anna") && row.mine_to_reset);
    // Asked for yesterday, it has lapsed: this is a request anew.
    house.at(25 * 3_600_000).await;
    let (anna, boris) = (
        Clerk::here(&house, "anna2", Role::Administrator, "everywhere").await,
        Clerk::here(&house, "boris2", Role::Administrator, "everywhere").await,
    );
    assert!(reset(&boris, "vera").await.unwrap().is_none());
    let added = reset(&anna, "vera").await.unwrap().unwrap();
    let door = visit(&house, None).await;
    assert!(door.login("vera".into(), PASSWORD.into()).await.is_err(), "the old password is gone");
    assert_eq!(door.login("vera".into(), added.password).await.unwrap(), LoginStep::NewPassword);
    let pending = token(&door);
    let door = visit(&house, Some(&pending)).await;
    assert_eq!(door.new_password("Svoj-Parol-77!".into(), "Svoj-Parol-77!".into()).await.unwrap(), LoginStep::Enrol);
    let pending = token(&door);
    let shown = visit(&house, Some(&pending)).await.enrolment().await.unwrap();
    assert_ne!(base32(&shown.secret.replace(' ', "")), SECRET, "another secret");
}

#[tokio::test]
async fn guesses_end_and_so_do_sessions() {
    let house = House::open().await;
    let id = account(&house, "anna", Role::Reviewer, "everywhere").await;
    let mut tx = house.house.db.write().await.unwrap();
    staff::set_secret(&mut tx, &house.house.vault, &id, SECRET, NOON).await.unwrap();
    staff::confirm_secret(&mut tx, &id, NOON).await.unwrap();
    tx.commit().await.unwrap();
    let (pending, _) = past_password(&house, "anna").await;
    for n in 0..10 {
        let guess = format!("{n:06}");
        let refused = code(visit(&house, Some(&pending)).await.code(guess).await);
        assert_eq!(refused, Some(Code::CodeWrong));
    }
    let right = totp::code(SECRET, house.house.now()).unwrap();
    let refused = code(visit(&house, Some(&pending)).await.code(right).await);
    assert_eq!(refused, Some(Code::TooManyRequests), "even the right one comes too late");

    let clerk = Clerk::here(&house, "boris", Role::Reviewer, "everywhere").await;
    house.at(14 * 60_000).await;
    // A page that asks by itself keeps nothing alive; a person does.
    let (parts, ()) = Request::builder()
        .header(header::COOKIE, format!("__Secure-staff={}", clerk.token))
        .body(())
        .unwrap()
        .into_parts();
    assert!(StaffVisit::open(&house.house, &parts, false).await.me().await.is_ok());
    house.at(16 * 60_000).await;
    assert!(visit(&house, Some(&clerk.token)).await.me().await.is_err(), "idle for 15 minutes");
}

/// As an app reads a key.
fn base32(text: &str) -> Vec<u8> {
    let (mut bytes, mut buffer, mut bits) = (Vec::new(), 0u32, 0);
    for sign in text.bytes() {
        let value = if sign.is_ascii_digit() { sign - b'2' + 26 } else { sign - b'A' };
        buffer = (buffer << 5) | u32::from(value);
        bits += 5;
        if bits >= 8 {
            bits -= 8;
            bytes.push((buffer >> bits) as u8);
            buffer &= (1 << bits) - 1;
        }
    }
    bytes
}
