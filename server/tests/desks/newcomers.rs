//! Accounts that begin otherwise: by e-mail alone, opened on the phone, opened at the counter.

use crate::doors::{Browser, Page};
use crate::house::{DAY, House};
use crate::staff_entry::Clerk;
use app::staff::desk::NewcomersDesk;
use domain::staff::Role;
use domain::{Code, Field, Values};

const OWN: &str = "Ледоход-7-самоваR";

fn newest(house: &House, to: &str) -> std::sync::Arc<server::demo::outbox::Message> {
    let messages = house.house.stand_ins.as_ref().unwrap().outbox.messages();
    messages.iter().find(|m| m.to == to).unwrap_or_else(|| panic!("nothing for {to}")).clone()
}

fn values(pairs: &[(Field, &str)]) -> Values {
    pairs.iter().map(|(f, v)| (*f, (*v).to_owned())).collect()
}

async fn log_in(browser: &mut Browser, login: &str, password: &str) -> Page {
    browser.post("/login", &[("login", login), ("password", password)]).await
}

/// The code of the newest message, at the second half of the login.
async fn second(house: &House, browser: &mut Browser, to: &str) -> Page {
    house.work().await;
    let code = newest(house, to).code.clone().unwrap();
    browser.post("/login/code", &[("code", &code)]).await
}

#[tokio::test]
async fn a_citizen_with_an_e_mail_alone_gets_a_cabinet_and_opens_the_rest_with_a_phone() {
    let house = House::open().await;
    let mut anna = Browser::open(&house).await;
    let email = "anna.orlova@example.org";
    assert_eq!(anna.post("/register/email", &[("email", email)]).await.status, 422, "no consent");
    let asked = anna.post("/register/email", &[("email", email), ("consent", "yes")]).await;
    assert_eq!(asked.to, "/register/sent");
    house.work().await;
    let link = newest(&house, email).link.clone().unwrap();
    let path = link.strip_prefix("http://127.0.0.1").unwrap().to_owned();
    assert!(anna.get(&path).await.body.contains("Закончите регистрацию"), "looking uses nothing up");
    let form = [
        ("last_name", "Орлова"),
        ("first_name", "Анна"),
        ("middle_name", ""),
        ("password", OWN),
        ("password_again", OWN),
    ];
    assert_eq!(anna.post(&path, &form).await.to, "/cabinet");
    assert!(anna.other().post(&path, &form).await.body.contains("OTD-2006"), "the link works once");

    // The cabinet and drafts are open; sending and security are closed and say how to open them.
    assert!(anna.get("/cabinet").await.body.contains("Подтвердите телефон"));
    assert!(anna.post("/applications/new", &[]).await.to.contains("/edit/applicant"));
    let access = anna.get("/cabinet/access").await.body;
    assert!(access.contains("Почта подтверждена") && access.contains("/cabinet/phone"));
    assert_eq!(anna.post("/cabinet/security?act=codes", &[]).await.status, 403);

    // The second half of a login comes by letter.
    let mut elsewhere = anna.other();
    assert_eq!(log_in(&mut elsewhere, email, OWN).await.to, "/login/code");
    assert_eq!(second(&house, &mut elsewhere, email).await.to, "/cabinet");

    // Somebody else's phone stays theirs: its owner is warned, and no code fits.
    house.citizen("+79137654399").await;
    assert_eq!(anna.post("/cabinet/phone", &[("phone", "+79137654399")]).await.to, "/cabinet/phone/code");
    house.work().await;
    assert!(newest(&house, "+79137654399").code.is_none());
    assert_eq!(anna.post("/cabinet/phone/code", &[("code", "123456")]).await.status, 422);

    house.at(61_000).await;
    anna.post("/cabinet/phone", &[("phone", "+79137654321")]).await;
    house.work().await;
    let code = newest(&house, "+79137654321").code.clone().unwrap();
    assert_eq!(anna.post("/cabinet/phone/code", &[("code", &code)]).await.to, "/cabinet/access");
    assert!(anna.get("/cabinet/access").await.body.contains("Подтверждена"));
    house.work().await;
    assert!(newest(&house, email).text.contains("добавлен телефон"));
}

#[tokio::test]
async fn nobody_learns_by_the_form_of_an_e_mail_whether_it_has_an_account() {
    let house = House::open().await;
    let mut anna = Browser::open(&house).await;
    let email = "anna.orlova@example.org";
    let form = [("last_name", "Орлова"), ("first_name", "Анна"), ("password", OWN), ("password_again", OWN)];
    anna.post("/register/email", &[("email", email), ("consent", "yes")]).await;
    house.work().await;
    let link = newest(&house, email).link.clone().unwrap();
    let path = link.strip_prefix("http://127.0.0.1").unwrap().to_owned();
    // A second wish before the first is finished: both links lead to one account, whichever comes first.
    anna.post("/register/email", &[("email", email), ("consent", "yes")]).await;
    house.work().await;
    let other = newest(&house, email).link.clone().unwrap();
    assert_ne!(other, link);
    assert_eq!(anna.post(&path, &form).await.to, "/cabinet");
    let late = anna.other().post(other.strip_prefix("http://127.0.0.1").unwrap(), &form).await;
    assert!(late.body.contains("OTD-2006"), "{} {}", late.status, late.to);

    let mut stranger = anna.other();
    let again = stranger.post("/register/email", &[("email", email), ("consent", "yes")]).await;
    assert_eq!((again.status, again.to.as_str()), (303, "/register/sent"), "the same answer");
    house.work().await;
    let told = newest(&house, email);
    assert!(told.link.as_ref().is_none_or(|link| !link.contains("/activate/")), "its owner gets a warning");
    // A link that is too old, or nobody's.
    let mut boris = anna.other();
    boris.post("/register/email", &[("email", "boris@example.org"), ("consent", "yes")]).await;
    house.work().await;
    let link = newest(&house, "boris@example.org").link.clone().unwrap();
    house.purge_at(DAY + 1).await;
    assert!(boris.post(link.strip_prefix("http://127.0.0.1").unwrap(), &form).await.body.contains("OTD-2006"));
}

#[tokio::test]
async fn an_operator_opens_an_account_for_a_caller_who_chooses_the_password_at_the_first_entry() {
    let house = House::open().await;
    let support = Clerk::here(&house, "support", Role::Support, "everywhere").await;
    let told = [(Field::LastName, "Гордеева"), (Field::FirstName, "Нина"), (Field::Phone, "+7 913 555-03-01")];
    let opened = support.visit().await.open_on_the_phone(values(&told)).await.unwrap();
    assert!(opened.sent_to.contains("***"), "{}", opened.sent_to);
    let again = support.visit().await.open_on_the_phone(values(&told)).await.err().unwrap();
    assert_eq!(again.code, Code::PersonExists);
    let reviewer = Clerk::here(&house, "reviewer", Role::Reviewer, "everywhere").await;
    let refused = reviewer.visit().await.open_on_the_phone(values(&told)).await.err().unwrap();
    assert_eq!(refused.code, Code::NoPower);

    house.work().await;
    let sms = newest(&house, "+79135550301");
    let (_, after) = sms.text.split_once("Пароль: ").unwrap();
    let password = after.split(' ').next().unwrap().to_owned();
    let mut nina = Browser::open(&house).await;
    assert_eq!(log_in(&mut nina, "+79135550301", &password).await.to, "/login/first");
    // The password alone shows nothing and opens nothing.
    assert_eq!(nina.get("/cabinet").await.status, 303);
    assert_eq!(nina.get("/login/code").await.to, "/login/first");
    let same = [("password", password.as_str()), ("password_again", password.as_str()), ("consent", "yes")];
    assert!(nina.post("/login/first", &same).await.body.contains("OTD-2107"), "the one that staff gave");
    let own = [("password", OWN), ("password_again", OWN), ("consent", "yes")];
    assert_eq!(nina.post("/login/first", &own).await.to, "/login/code");
    assert_eq!(second(&house, &mut nina, "+79135550301").await.to, "/cabinet");
    assert!(nina.get("/cabinet/access").await.body.contains("Телефон подтверждён"));
    // She sees who did it.
    let journal = nina.get("/cabinet/journal").await.body;
    assert!(journal.contains("Учётную запись открыл сотрудник по телефону"));
    assert!(nina.get("/cabinet/data").await.body.contains("открыл сотрудник по телефону"));
    let mut elsewhere = nina.other();
    assert_eq!(log_in(&mut elsewhere, "+79135550301", &password).await.status, 422, "it is worth nothing now");
    assert_eq!(log_in(&mut elsewhere, "+79135550301", OWN).await.to, "/login/code");
}

#[tokio::test]
async fn a_clerk_gives_a_login_on_paper_which_ends_when_a_phone_is_proved() {
    let house = House::open().await;
    let clerk = Clerk::here(&house, "operator", Role::Operator, "everywhere").await;
    let passport = [
        (Field::LastName, "Гордеев"),
        (Field::FirstName, "Пётр"),
        (Field::PassportSeries, "5014"),
        (Field::PassportNumber, "417299"),
    ];
    let issued = clerk.visit().await.open_at_the_counter(values(&passport)).await.unwrap();
    let support = Clerk::here(&house, "support", Role::Support, "everywhere").await;
    let refused = support.visit().await.open_at_the_counter(values(&passport)).await.err().unwrap();
    assert_eq!(refused.code, Code::NoPower);

    let mut petr = Browser::open(&house).await;
    let typed = issued.login.to_lowercase().replace('-', " ");
    assert_eq!(log_in(&mut petr, &typed, &issued.password).await.to, "/login/first");
    assert!(petr.get("/login/first").await.body.contains("name=\"phone\""));
    // Another's phone: its owner is warned, no code fits; the next try takes a phone of one's own.
    house.citizen("+79137654399").await;
    let form = |phone| [("phone", phone), ("password", OWN), ("password_again", OWN), ("consent", "yes")];
    assert_eq!(petr.post("/login/first", &form("+79137654399")).await.to, "/login/code");
    house.work().await;
    assert!(newest(&house, "+79137654399").code.is_none());
    assert_eq!(petr.post("/login/code", &[("code", "123456")]).await.status, 422);

    let mut again = petr.other();
    assert_eq!(log_in(&mut again, &issued.login, OWN).await.to, "/login/first");
    let own = "Самовар-9-ледохоD";
    let form = [("phone", "+79135550302"), ("password", own), ("password_again", own), ("consent", "yes")];
    assert_eq!(again.post("/login/first", &form).await.to, "/login/code");
    assert_eq!(second(&house, &mut again, "+79135550302").await.to, "/cabinet");
    assert!(again.get("/cabinet/profile").await.body.contains("Гордеев Пётр"));
    let mut elsewhere = again.other();
    assert_eq!(log_in(&mut elsewhere, &issued.login, own).await.status, 422, "the login from the counter has ended");
    assert_eq!(log_in(&mut elsewhere, "+79135550302", own).await.to, "/login/code");
}

#[tokio::test]
async fn a_first_password_that_lay_about_for_a_week_opens_nothing() {
    let house = House::open().await;
    let clerk = Clerk::here(&house, "operator", Role::Operator, "everywhere").await;
    let passport = [
        (Field::LastName, "Гордеев"),
        (Field::FirstName, "Пётр"),
        (Field::PassportSeries, "5014"),
        (Field::PassportNumber, "417299"),
    ];
    let issued = clerk.visit().await.open_at_the_counter(values(&passport)).await.unwrap();
    house.at(7 * DAY + 1).await;
    let mut petr = Browser::open(&house).await;
    let late = log_in(&mut petr, &issued.login, &issued.password).await;
    assert!(late.status == 422 && late.body.contains("OTD-3371"), "{}", late.status);
}
