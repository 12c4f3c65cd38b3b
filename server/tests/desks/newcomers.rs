//! Accounts that begin otherwise: by e-mail alone, opened on the phone, opened at the counter.

use crate::doors::{Browser, Page};
use crate::house::{DAY, House, typed};
use crate::staff_entry::Clerk;
use app::staff::desk::NewcomersDesk;
use domain::staff::Role;
use domain::{Code, Field};

const OWN: &str = "Ледоход-7-самоваR";

fn newest(house: &House, to: &str) -> std::sync::Arc<server::demo::outbox::Message> {
    let messages = house.house.stand_ins.as_ref().unwrap().outbox.messages();
    messages.iter().find(|m| m.to == to).unwrap_or_else(|| panic!("nothing for {to}")).clone()
}

/// Of whoever stands at the counter.
const PASSPORT: &[(Field, &str)] = &[
    (Field::LastName, "Гордеев"),
    (Field::FirstName, "Пётр"),
    (Field::PassportSeries, "5014"),
    (Field::PassportNumber, "417299"),
];

/// The form of the first entry after the counter.
fn first_entry<'a>(phone: &'a str, password: &'a str) -> [(&'a str, &'a str); 4] {
    [("phone", phone), ("password", password), ("password_again", password), ("consent", "yes")]
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
    let looked = anna.get(&path).await.body;
    assert!(looked.contains("Закончите регистрацию"), "looking uses nothing up");
    assert!(looked.contains("a***@example.org") && !looked.contains(email), "it says whose address it is about");
    let form = [
        ("last_name", "Орлова"),
        ("first_name", "Анна"),
        ("middle_name", ""),
        ("password", OWN),
        ("password_again", OWN),
    ];
    assert_eq!(anna.post(&path, &form).await.to, "/cabinet");
    let again = anna.other().post(&path, &form).await;
    assert!(again.status == 422 && again.body.contains("Ссылка больше не действует"), "the link works once");
    let looked = anna.other().get(&path).await.body;
    assert!(looked.contains("Ссылка больше не действует") && !looked.contains("last_name"), "nothing is typed in vain");

    // The cabinet and drafts are open; sending and security are closed and say how to open them.
    assert!(anna.get("/cabinet").await.body.contains("Подтвердите телефон"));
    assert!(anna.post("/applications/new", &[]).await.to.contains("/edit/applicant"));
    let access = anna.get("/cabinet/access").await.body;
    assert!(access.contains("Почта подтверждена") && access.contains("/cabinet/contacts/phone"));
    assert_eq!(anna.post("/cabinet/security?act=codes", &[]).await.status, 403);

    // The second half of a login comes by letter.
    let mut elsewhere = anna.other();
    assert_eq!(log_in(&mut elsewhere, email, OWN).await.to, "/login/code");
    assert_eq!(second(&house, &mut elsewhere, email).await.to, "/cabinet");

    // Somebody else's phone stays theirs: its owner is warned, and no code fits.
    house.citizen("+79137654399").await;
    let asked = anna.post("/cabinet/contacts/phone", &[("new_phone", "+79137654399")]).await;
    assert_eq!(asked.to, "/cabinet/contacts/code");
    house.work().await;
    assert!(newest(&house, "+79137654399").code.is_none());
    assert_eq!(anna.post("/cabinet/contacts/code", &[("code", "123456")]).await.status, 422);

    anna.post("/cabinet/contacts/phone", &[("new_phone", "+79137654321")]).await;
    house.work().await;
    let sms = newest(&house, "+79137654321");
    assert!(!sms.text.contains("чтобы войти"), "{}", sms.text);
    let code = sms.code.clone().unwrap();
    assert_eq!(anna.post("/cabinet/contacts/code", &[("code", &code)]).await.to, "/cabinet/profile");
    assert!(anna.get("/cabinet/access").await.body.contains("Подтверждена"));
    assert!(anna.get("/cabinet/journal").await.body.contains("Телефон изменён"));
    house.work().await;
    let told = newest(&house, email);
    assert!(told.text.contains("изменён телефон"), "{}", told.text);

    // «Это не я»: there was no phone before, and there is none again; the way back in is the e-mail alone.
    let (_, link) = told.text.split_once("http://127.0.0.1").unwrap();
    let not_me = link.split_whitespace().next().unwrap().to_owned();
    let mut owner = anna.other();
    assert_eq!(owner.post(&not_me, &[]).await.to, "/not-me/done");
    assert_eq!(log_in(&mut owner.other(), "+79137654321", OWN).await.status, 422, "the phone enters nothing");
    assert_eq!(owner.post("/recover", &[("login", email)]).await.to, "/recover/code");
    house.work().await;
    let code = newest(&house, email).code.clone().unwrap();
    assert_eq!(owner.post("/recover/code", &[("code", &code)]).await.to, "/recover/password");
    let new = "Самовар-9-ледохоD";
    let renewed = owner.post("/recover/password", &[("password", new), ("password_again", new)]).await;
    assert_eq!(renewed.to, "/recover/done");
    assert_eq!(log_in(&mut owner, email, new).await.to, "/login/code");
    assert_eq!(second(&house, &mut owner, email).await.to, "/cabinet", "the code came by letter");
    assert!(owner.get("/cabinet").await.body.contains("Подтвердите телефон"));
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
    assert!(late.body.contains("Ссылка больше не действует"), "{} {}", late.status, late.to);

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
    assert!(boris.get("/help/retention").await.body.contains("Регистрация по почте"), "and its term is told");
    assert!(
        boris.get("/help/retention").await.body.contains("8 дней после сброса"),
        "and why a withdrawn consent may wait"
    );
    let late = boris.post(link.strip_prefix("http://127.0.0.1").unwrap(), &form).await;
    assert!(late.status == 422 && late.body.contains("Ссылка больше не действует"));
}

#[tokio::test]
async fn an_operator_opens_an_account_for_a_caller_who_chooses_the_password_at_the_first_entry() {
    let house = House::open().await;
    let support = Clerk::here(&house, "support", Role::Support, "everywhere").await;
    let told = [(Field::LastName, "Гордеева"), (Field::FirstName, "Нина"), (Field::Phone, "+7 913 555-03-01")];
    let opened = support.visit().await.open_on_the_phone(typed(&told)).await.unwrap();
    assert!(opened.sent_to.contains("***"), "{}", opened.sent_to);
    let reviewer = Clerk::here(&house, "reviewer", Role::Reviewer, "everywhere").await;
    let refused = reviewer.visit().await.open_on_the_phone(typed(&told)).await.err().unwrap();
    assert_eq!(refused.code, Code::NoPower);

    let password = first_password(&house, "+79135550301").await;
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
    let again = support.visit().await.open_on_the_phone(typed(&told)).await.err().unwrap();
    assert_eq!(again.code, Code::PersonExists, "she has one");
    // Staff asked her for no e-mail: she is asked to name one, and gets no letter to nowhere.
    for path in ["/cabinet", "/cabinet/access"] {
        let page = nina.get(path).await.body;
        assert!(page.contains("/cabinet/contacts/email") && !page.contains("Прислать письмо ещё раз"), "{path}");
    }
    let letters = house.told("email_link").await;
    assert_eq!(nina.post("/cabinet/resend-email", &[]).await.to, "/cabinet/contacts/email");
    assert_eq!(house.told("email_link").await, letters);
    assert!(nina.get("/cabinet/contacts").await.body.contains("Пока не указано"));
    assert!(nina.get("/cabinet/data").await.body.contains("открыл сотрудник по телефону"));
    let mut elsewhere = nina.other();
    assert_eq!(log_in(&mut elsewhere, "+79135550301", &password).await.status, 422, "it is worth nothing now");
    assert_eq!(log_in(&mut elsewhere, "+79135550301", OWN).await.to, "/login/code");
}

#[tokio::test]
async fn a_clerk_gives_a_login_on_paper_which_ends_when_a_phone_is_proved() {
    let house = House::open().await;
    let (login, password) = slip(&house).await;
    let support = Clerk::here(&house, "support", Role::Support, "everywhere").await;
    let refused = support.visit().await.open_at_the_counter(typed(PASSPORT)).await.err().unwrap();
    assert_eq!(refused.code, Code::NoPower);

    let mut petr = Browser::open(&house).await;
    let spelt = login.to_lowercase().replace('-', " ");
    assert_eq!(log_in(&mut petr, &spelt, &password).await.to, "/login/first");
    assert!(petr.get("/login/first").await.body.contains("name=\"phone\""));
    // Another's phone: its owner is warned, no code fits; the next try takes a phone of one's own.
    house.citizen("+79137654399").await;
    assert_eq!(petr.post("/login/first", &first_entry("+79137654399", OWN)).await.to, "/login/code");
    house.work().await;
    assert!(newest(&house, "+79137654399").code.is_none());
    assert_eq!(petr.post("/login/code", &[("code", "123456")]).await.status, 422);

    let mut again = petr.other();
    assert_eq!(log_in(&mut again, &login, OWN).await.to, "/login/first");
    // The password just chosen serves again: only the phone was mistyped.
    assert_eq!(again.post("/login/first", &first_entry("+79135550302", OWN)).await.to, "/login/code");
    assert_eq!(second(&house, &mut again, "+79135550302").await.to, "/cabinet");
    assert!(again.get("/cabinet/profile").await.body.contains("Гордеев Пётр"));
    let mut elsewhere = again.other();
    assert_eq!(log_in(&mut elsewhere, &login, OWN).await.status, 422, "the login from the counter has ended");
    assert_eq!(log_in(&mut elsewhere, "+79135550302", OWN).await.to, "/login/code");
}

/// What staff hand over at a counter.
async fn slip(house: &House) -> (String, String) {
    let clerk = Clerk::here(house, "operator", Role::Operator, "everywhere").await;
    let issued = clerk.visit().await.open_at_the_counter(typed(PASSPORT)).await.unwrap();
    (issued.login, issued.password)
}

/// The first password in the newest message to a phone.
async fn first_password(house: &House, phone: &str) -> String {
    house.work().await;
    let sms = newest(house, phone);
    let (_, after) = sms.text.split_once("Пароль: ").unwrap();
    after.split(' ').next().unwrap().to_owned()
}

#[tokio::test]
async fn who_read_the_slip_takes_no_account_over_from_who_has_chosen() {
    let house = House::open().await;
    let (login, password) = slip(&house).await;
    let (mut petr, theirs) = (Browser::open(&house).await, "Самовар-9-ледохоD");
    let mut thief = petr.other();
    assert_eq!(log_in(&mut thief, &login, &password).await.to, "/login/first");
    assert_eq!(log_in(&mut petr, &login, &password).await.to, "/login/first");
    assert_eq!(petr.post("/login/first", &first_entry("+79135550302", OWN)).await.to, "/login/code");
    // The other comes after him, with the session the slip had opened.
    let late = thief.post("/login/first", &first_entry("+79135550309", theirs)).await;
    assert!(late.status == 303 && late.to.starts_with("/login?"), "{} {}", late.status, late.to);
    assert_eq!(second(&house, &mut petr, "+79135550302").await.to, "/cabinet");
    let mut elsewhere = petr.other();
    assert_eq!(log_in(&mut elsewhere, "+79135550302", OWN).await.to, "/login/code", "his phone, his password");
    assert_eq!(log_in(&mut elsewhere, "+79135550302", theirs).await.status, 422);
    assert_eq!(log_in(&mut elsewhere, "+79135550309", theirs).await.status, 422);
}

#[tokio::test]
async fn a_code_proves_the_phone_it_was_sent_to_and_no_other() {
    let house = House::open().await;
    let (login, password) = slip(&house).await;
    let (mut first, (his, anothers)) = (Browser::open(&house).await, ("+79135550302", "+79135550309"));
    let mut second_browser = first.other();
    assert_eq!(log_in(&mut first, &login, &password).await.to, "/login/first");
    assert_eq!(first.post("/login/first", &first_entry(his, OWN)).await.to, "/login/code");
    house.work().await;
    let code = newest(&house, his).code.clone().unwrap();
    assert_eq!(log_in(&mut second_browser, &login, OWN).await.to, "/login/first");
    assert_eq!(second_browser.post("/login/first", &first_entry(anothers, OWN)).await.to, "/login/code");
    // In either browser, the code of one number proves nothing of the other.
    let refused = first.post("/login/code", &[("code", &code)]).await;
    assert!(refused.to.starts_with("/login?"), "{} {}", refused.status, refused.to);
    assert_eq!(second_browser.post("/login/code", &[("code", &code)]).await.status, 422);
    let mut elsewhere = first.other();
    for phone in [his, anothers] {
        assert_eq!(log_in(&mut elsewhere, phone, OWN).await.status, 422, "{phone} is nobody's");
    }
    assert_eq!(second(&house, &mut second_browser, anothers).await.to, "/cabinet");
    assert_eq!(second_browser.get("/login/first").await.to, "/login", "and the first entry is over");
}

#[tokio::test]
async fn an_account_nobody_has_entered_gets_a_new_first_password_and_is_recovered_by_nobody() {
    let house = House::open().await;
    let support = Clerk::here(&house, "support", Role::Support, "everywhere").await;
    let phone = "+79135550301";
    let told = [(Field::LastName, "Гордеева"), (Field::FirstName, "Нина"), (Field::Phone, phone)];
    support.visit().await.open_on_the_phone(typed(&told)).await.unwrap();
    let old = first_password(&house, phone).await;
    let mut nina = Browser::open(&house).await;
    // Recovery would go around the first entry and its consent.
    assert_eq!(nina.post("/recover", &[("login", phone)]).await.to, "/recover/code");
    house.work().await;
    assert!(newest(&house, phone).code.is_none(), "nothing but the first password was sent");

    house.at(7 * DAY + 1).await;
    assert!(log_in(&mut nina.other(), phone, &old).await.body.contains("OTD-3371"));
    let support = Clerk::here(&house, "support_2", Role::Support, "everywhere").await;
    let told = [(Field::LastName, "Гордеева"), (Field::FirstName, "Нинель"), (Field::Phone, phone)];
    support.visit().await.open_on_the_phone(typed(&told)).await.unwrap();
    let new = first_password(&house, phone).await;
    assert_ne!(new, old);
    assert_eq!(log_in(&mut nina.other(), phone, &old).await.status, 422, "the old one is worth nothing");
    assert_eq!(log_in(&mut nina, phone, &new).await.to, "/login/first");
    let own = [("password", OWN), ("password_again", OWN), ("consent", "yes")];
    assert_eq!(nina.post("/login/first", &own).await.to, "/login/code");
    assert_eq!(second(&house, &mut nina, phone).await.to, "/cabinet");
    assert!(nina.get("/cabinet/profile").await.body.contains("Гордеева Нинель"), "as it was told the last time");
    let journal = nina.get("/cabinet/journal").await.body;
    assert!(journal.contains("Сотрудник выдал новый первый пароль"));
}

#[tokio::test]
async fn a_first_password_that_lay_about_for_a_week_opens_nothing() {
    let house = House::open().await;
    let (login, password) = slip(&house).await;
    house.at(7 * DAY + 1).await;
    let mut petr = Browser::open(&house).await;
    // However often: the password is right, and no mistake.
    for _ in 0..12 {
        let late = log_in(&mut petr, &login, &password).await;
        assert!(late.status == 422 && late.body.contains("OTD-3371"), "{}", late.status);
    }
}
