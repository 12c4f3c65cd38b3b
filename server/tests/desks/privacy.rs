//! What is somebody's stays theirs: addresses, consent, mailboxes, who reads what.

use crate::house::{DAY, HOUR, House, answers, code, typed};
use app::desks::AccountsDesk;
use axum::http::{HeaderMap, Request, header};
use domain::{Code, Field};
use server::http::Visit;

const PASSWORD: &str = "Тополь-7-река!";

/// A request with these cookies.
async fn visit(house: &House, cookies: &str) -> Visit {
    let request = Request::builder().uri("/").header("cookie", cookies);
    let (parts, ()) = request.body(()).unwrap().into_parts();
    Visit::open(&house.house, &parts).await
}

/// What a visit set, as the browser sends it back.
fn cookies(visit: &Visit) -> String {
    let mut set = HeaderMap::new();
    visit.dress(&mut set);
    let all = set.get_all(header::SET_COOKIE).iter();
    all.map(|v| v.to_str().unwrap().split(';').next().unwrap()).collect::<Vec<_>>().join("; ")
}

/// The newest message to an address.
async fn message(house: &House, to: &str) -> std::sync::Arc<server::demo::outbox::Message> {
    house.work().await;
    let outbox = &house.house.stand_ins.as_ref().unwrap().outbox;
    outbox.messages().into_iter().find(|m| m.to == to).unwrap()
}

/// Signs up with a phone of one's own and any address.
async fn sign_up(house: &House, phone: &str, email: &str) {
    let mut form = answers().only(&[Field::LastName, Field::FirstName, Field::PassportSeries, Field::PassportNumber]);
    for (field, value) in [
        (Field::Phone, phone),
        (Field::Email, email),
        (Field::Password, PASSWORD),
        (Field::PasswordAgain, PASSWORD),
        (Field::Consent, "yes"),
    ] {
        form.set(field, value);
    }
    let asked = visit(house, "").await;
    asked.register(form).await.unwrap();
    let code = message(house, phone).await.code.clone().unwrap();
    let attempt = visit(house, &cookies(&asked)).await;
    attempt.confirm_phone(typed(&[(Field::Code, &code)])).await.unwrap();
}

async fn log_in(house: &House, login: &str) -> Option<Code> {
    let form = typed(&[(Field::Login, login), (Field::Password, PASSWORD)]);
    code(visit(house, "").await.login(form, None).await)
}

#[tokio::test]
async fn an_address_is_whoevers_proves_it_and_a_claim_tells_nothing() {
    let house = House::open().await;
    let (anna, mallory, address) = ("+79137654321", "+79137654322", "anna@example.org");
    sign_up(&house, mallory, address).await;
    let first = message(&house, address).await.link.clone().unwrap();
    assert_eq!(log_in(&house, address).await, Some(Code::LoginFailed), "that it was free does not show");
    sign_up(&house, anna, address).await;
    let second = message(&house, address).await.link.clone().unwrap();
    let confirm = async |link: &str| {
        let token = link.rsplit('/').next().unwrap().to_owned();
        code(visit(&house, "").await.confirm_email(token).await)
    };
    assert_eq!(confirm(&second).await, None, "who reads the mailbox has the address");
    assert_eq!(confirm(&first).await, Some(Code::LinkUsedOrExpired));
    assert_eq!(log_in(&house, address).await, None);
    // Taken now: the same answers, and the owner is written to.
    sign_up(&house, "+79137654323", address).await;
    assert!(!message(&house, address).await.text.contains("/register/email/"));
}

#[tokio::test]
async fn consent_withdrawn_by_another_is_proved_told_and_taken_back() {
    let house = House::open().await;
    let anna = house.citizen("+79137654321").await;
    anna.visit().await;
    house.at(HOUR).await;
    assert_eq!(code(anna.visit().await.set_consent(false).await), Some(Code::ProofNeeded), "a session left open");
    house.at(0).await;
    anna.visit().await.set_consent(false).await.unwrap();
    assert!(!anna.visit().await.citizen.unwrap().consent);
    let letter = message(&house, "citizen@example.org").await;
    assert!(letter.text.contains("отозвано согласие"), "{}", letter.text);
    let token = letter.link.clone().unwrap().rsplit('/').next().unwrap().to_owned();
    let owner = anna.visit().await.citizen.unwrap().account_id;
    visit(&house, "").await.not_me(&token).await.unwrap();
    let mut tx = house.house.db.read().await.unwrap();
    let consent = server::storage::consents::in_force(&mut tx, &owner, server::desks::PURPOSES[0]).await.unwrap();
    assert!(consent.is_some(), "as if it had not been withdrawn");
    drop(tx);
    house.purge_at(40 * DAY).await;
    let mut tx = house.house.db.read().await.unwrap();
    server::storage::persons::key(&mut tx, &house.house.vault, &owner).await.expect("nothing is erased");
}

#[tokio::test]
async fn nobody_is_told_at_an_address_that_was_only_typed() {
    let house = House::open().await;
    let anna = house.citizen("+79137654321").await;
    let wrong = [(Field::Phone, "+79139999999"), (Field::Email, "stranger@example.org")];
    let id = anna.apply(&wrong).await;
    house.work().await;
    assert!(anna.can_read(&id).await);
    let outbox = &house.house.stand_ins.as_ref().unwrap().outbox;
    let told: std::collections::BTreeSet<String> = outbox.messages().iter().map(|m| m.to.clone()).collect();
    assert_eq!(told.into_iter().collect::<Vec<_>>(), ["+79137654321", "citizen@example.org"]);
}
