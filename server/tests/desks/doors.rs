//! Coming in through a bank or Госуслуги, over HTTP, against the stand-in that is a provider like any other.

use crate::house::{Citizen, HOUR, House, MINUTE, answers};
use app::desks::AccountsDesk;
use axum::http::Request;
use domain::accounts::doors::{Door, Mark};
use domain::{Code, Field};
use reqwest::{Client, redirect::Policy};
use server::demo::switches::{Mode, System};
use server::desks::Back;
use server::http::{Visit, router, serve::serve};
use server::storage::{accounts, applications};
use std::collections::BTreeMap;
use tokio::net::TcpListener;

/// A browser: cookies, and no redirect followed by itself.
pub struct Browser {
    pub client: Client,
    pub address: String,
    pub cookies: BTreeMap<String, String>,
}

pub struct Page {
    pub status: u16,
    pub body: String,
    pub to: String,
}

impl Browser {
    pub async fn open(house: &House) -> Browser {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        tokio::spawn(serve(listener, router(house.house.clone()), std::future::pending()));
        let client = Client::builder().redirect(Policy::none()).build().unwrap();
        Browser { client, address, cookies: BTreeMap::new() }
    }

    /// The same portal from another device.
    pub fn other(&self) -> Browser {
        Browser { client: self.client.clone(), address: self.address.clone(), cookies: BTreeMap::new() }
    }

    /// Of a new citizen, signed in.
    pub async fn of<'h>(house: &'h House, phone: &str) -> (Citizen<'h>, Browser) {
        let (citizen, mut browser) = (house.citizen(phone).await, Browser::open(house).await);
        browser.sign_in(&citizen);
        (citizen, browser)
    }

    pub fn sign_in(&mut self, citizen: &Citizen<'_>) {
        let cookie = citizen.cookie();
        let (name, value) = cookie.split_once('=').unwrap();
        self.cookies.insert(name.to_owned(), value.to_owned());
    }

    pub fn signed_in(&self) -> bool {
        self.cookies.contains_key("__Host-session")
    }

    pub async fn get(&mut self, path: &str) -> Page {
        self.send(self.client.get(format!("{}{path}", self.address))).await
    }

    pub async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Page {
        self.send(self.client.post(format!("{}{path}", self.address)).form(fields)).await
    }

    async fn send(&mut self, request: reqwest::RequestBuilder) -> Page {
        let jar: Vec<String> = self.cookies.iter().map(|(n, v)| format!("{n}={v}")).collect();
        let answer = request.header("cookie", jar.join("; ")).send().await.unwrap();
        for set in answer.headers().get_all("set-cookie") {
            let (pair, rest) = set.to_str().unwrap().split_once(';').unwrap();
            let (name, value) = pair.split_once('=').unwrap();
            if rest.contains("Max-Age=0;") {
                self.cookies.remove(name);
            } else {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
        let to = answer.headers().get("location").map(|v| v.to_str().unwrap().to_owned()).unwrap_or_default();
        let status = answer.status().as_u16();
        Page { status, to, body: answer.text().await.unwrap() }
    }

    /// Sets out: what the provider is asked.
    async fn ask(&mut self, door: &str) -> Vec<(String, String)> {
        let out = self.get(&format!("/login/door/{door}")).await;
        assert_eq!(out.status, 303, "{}", out.body);
        let (_, query) = out.to.split_once('?').unwrap_or_else(|| panic!("sent to {}", out.to));
        form_urlencoded::parse(query.as_bytes()).into_owned().collect()
    }

    /// Says at the provider who one is (nobody: declines): the way back.
    async fn say(&mut self, door: &str, mut asked: Vec<(String, String)>, person: &str) -> String {
        asked.push(("person".to_owned(), person.to_owned()));
        let fields: Vec<(&str, &str)> = asked.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
        let said = self.post(&format!("/demo/door/{door}"), &fields).await;
        assert_eq!(said.status, 303, "{}", said.body);
        said.to.strip_prefix("http://127.0.0.1").unwrap().to_owned()
    }

    /// All of it: where one is led.
    pub async fn through(&mut self, door: &str, person: &str) -> String {
        let asked = self.ask(door).await;
        let back = self.say(door, asked, person).await;
        self.get(&back).await.to
    }
}

/// A new citizen who has linked a person of that provider.
pub async fn linked<'h>(house: &'h House, phone: &str, door: &str, person: &str) -> (Citizen<'h>, Browser) {
    let (citizen, mut browser) = Browser::of(house, phone).await;
    assert_eq!(browser.through(door, person).await, "/cabinet/security/door");
    assert_eq!(browser.post("/cabinet/security/door", &[]).await.to, "/cabinet/security");
    (citizen, browser)
}

pub fn refused(door: &str, code: Code) -> String {
    format!("/login/door/{door}/{code}")
}

/// The sign-up form of the stand-in's Вера, with what her bank tells of her.
const VERA: &[(&str, &str)] = &[
    ("last_name", "Климова"),
    ("first_name", "Вера"),
    ("middle_name", "Олеговна"),
    ("passport_series", "5014"),
    ("passport_number", "417203"),
    ("phone", "+7 913 555-01-01"),
    ("email", "vera.klimova@example.org"),
    ("password", "Ледоход-7-самовар"),
    ("password_again", "Ледоход-7-самовар"),
    ("consent", "yes"),
];

#[tokio::test]
async fn a_newcomer_signs_up_with_what_the_bank_says_and_comes_back_through_it() {
    let house = House::open().await;
    let mut vera = Browser::open(&house).await;
    assert!(vera.get("/login").await.body.contains("/login/door/bank"));
    assert_eq!(vera.through("bank", "vera").await, "/register");
    let form = vera.get("/register").await.body;
    assert!(form.contains("value=\"Климова\"") && form.contains("Данные подставили"), "the form is filled in");
    let mut done = vera.post("/register", VERA).await;
    assert_eq!((done.status, done.to.as_str()), (303, "/cabinet"), "{}", done.body);
    // The bank speaks for phone and e-mail: no code was sent, and the account is confirmed.
    assert_eq!(house.told("sign_up_code").await + house.told("email_link").await, 0);
    done = vera.get("/cabinet/access").await;
    assert!(done.body.contains("Подтверждена"));
    let profile = vera.get("/cabinet/profile").await.body;
    assert!(profile.contains("Климова Вера Олеговна · из банка"), "{profile}");

    let mut elsewhere = vera.other();
    assert_eq!(elsewhere.through("bank", "vera").await, "/cabinet", "no password needed");
    assert!(elsewhere.signed_in());
    house.work().await;
    assert!(house.told("alarm").await > 0, "a new device is told about");
    let journal = elsewhere.get("/cabinet/journal").await.body;
    assert!(journal.contains("Привязан вход через другой сервис"));
    // The same person at another provider is somebody nobody knows yet, with a phone that has an account.
    let mut state = vera.other();
    assert_eq!(state.through("gosuslugi", "vera").await, refused("gosuslugi", Code::DoorPhoneTaken));
    assert!(!state.signed_in());
}

#[tokio::test]
async fn a_form_about_somebody_else_is_not_tied_to_who_came() {
    let house = House::open().await;
    let mut shared = Browser::open(&house).await;
    assert_eq!(shared.through("bank", "vera").await, "/register");
    let mut form = VERA.to_vec();
    form[0] = ("last_name", "Кузьмина");
    form[1] = ("first_name", "Татьяна");
    // The bank speaks for Вера alone: the phone is proved by its code.
    assert_eq!(shared.post("/register", &form).await.to, "/register/phone");
    house.work().await;
    let code = house.house.stand_ins.as_ref().unwrap().outbox.messages().iter().find_map(|m| m.code.clone()).unwrap();
    assert_eq!(shared.post("/register/phone", &[("code", &code)]).await.to, "/cabinet");
    assert_ne!(shared.other().through("bank", "vera").await, "/cabinet", "Вера is let into nobody's account");
}

#[tokio::test]
async fn a_way_back_works_once_in_the_browser_that_began_and_for_ten_minutes() {
    let house = House::open().await;
    let mut vera = Browser::open(&house).await;
    let gone = refused("bank", Code::DoorAttemptGone);

    let asked = vera.ask("bank").await;
    let back = vera.say("bank", asked, "vera").await;
    let mut thief = vera.other();
    assert_eq!(thief.get(&back).await.to, gone, "another browser has not begun");
    let copied = vera.cookies.clone();
    assert_eq!(vera.get(&back).await.to, "/register");
    vera.cookies = copied;
    assert_eq!(vera.get(&back).await.to, gone, "once, whoever copied the cookie");

    let asked = vera.ask("bank").await;
    let back = vera.say("bank", asked, "vera").await;
    let other_state = back.replace("state=", "state=x");
    assert_eq!(vera.get(&other_state).await.to, gone, "another state");
    assert_eq!(vera.get(&back).await.to, gone, "and the attempt is over");

    // Begun with one provider, answered by the other (mix-up), on its own way back and on the first one's.
    let asked = vera.ask("bank").await;
    let back = vera.say("bank", asked, "vera").await;
    assert_eq!(vera.get(&back.replace("/bank/", "/gosuslugi/")).await.to, refused("gosuslugi", Code::DoorAttemptGone));
    let asked = vera.ask("bank").await;
    let back = vera.say("bank", asked, "vera").await;
    let wrong = vera.get(&back.replace("%2Fbank", "%2Fgosuslugi")).await.to;
    assert_eq!(wrong, refused("bank", Code::DoorAnswerWrong), "{back}");

    // A code the provider does not know, however it was come by.
    let asked = vera.ask("bank").await;
    let back = vera.say("bank", asked, "vera").await;
    assert_eq!(vera.get(&back.replace("code=", "code=x")).await.to, gone, "{back}");

    let asked = vera.ask("bank").await;
    assert!(vera.say("bank", asked.clone(), "").await.contains("access_denied"));
    let back = vera.say("bank", asked, "").await;
    assert_eq!(vera.get(&back).await.to, refused("bank", Code::DoorDenied));

    let asked = vera.ask("bank").await;
    let back = vera.say("bank", asked, "vera").await;
    house.at(10 * MINUTE + 1).await;
    assert_eq!(vera.get(&back).await.to, gone, "too slow");
    let page = vera.get(&gone).await;
    assert!(page.body.contains("Попытка входа закончилась") && page.body.contains("Войти с паролем"));
}

#[tokio::test]
async fn a_taken_phone_is_linked_by_its_owner_and_by_nobody_elses_word() {
    let house = House::open().await;
    let owner = house.citizen("+79135550101").await;
    let mut vera = Browser::open(&house).await;
    assert_eq!(vera.through("bank", "vera").await, refused("bank", Code::DoorPhoneTaken));
    assert!(!vera.signed_in());
    let page = vera.get(&refused("bank", Code::DoorPhoneTaken)).await.body;
    assert!(page.contains("/login?next=/cabinet/security/door"));
    // Filling the form in all the same changes nothing.
    let tried = vera.post("/register", VERA).await;
    assert!(tried.status == 409 || tried.status == 422, "{} {}", tried.status, tried.to);
    assert!(tried.body.contains("OTD-3355") || tried.body.contains("уже есть"), "{}", tried.body);

    // Somebody else logs in at this browser: it is said why there is nothing for them.
    vera.sign_in(&house.citizen("+79137654398").await);
    assert!(vera.get("/cabinet/security/door").await.body.contains("Это вход другого человека"));
    assert_eq!(vera.post("/cabinet/security/door", &[]).await.status, 409);

    // The owner logs in (here: the session of a test) and sees whose data they are.
    vera.sign_in(&owner);
    let page = vera.get("/cabinet/security/door").await.body;
    assert!(page.contains("Климова") && page.contains("Имя отличается от вашего профиля"));
    assert!(!page.contains("417203"), "the passport is masked");
    assert_eq!(vera.post("/cabinet/security/door", &[]).await.to, "/cabinet/security");
    let mut elsewhere = vera.other();
    assert_eq!(elsewhere.through("bank", "vera").await, "/cabinet");
    assert_eq!(elsewhere.get("/cabinet").await.status, 200);

    // Nobody else gets the same person; and one account has one person of a bank.
    let stranger = house.citizen("+79137654399").await;
    let mut other = vera.other();
    other.sign_in(&stranger);
    assert_eq!(other.through("bank", "vera").await, refused("bank", Code::DoorTaken));
    let mut again = vera.other();
    again.sign_in(&owner);
    assert_eq!(again.through("bank", "oleg").await, "/cabinet/security/door");
    let refused_there = again.post("/cabinet/security/door", &[]).await;
    assert!(refused_there.status == 409 && refused_there.body.contains("OTD-3357"), "said where it was asked for");

    // Unlinked, it opens nothing.
    let security = vera.get("/cabinet/security").await.body;
    let (_, after) = security.split_once("act=unlink_door&amp;id=").unwrap();
    let id = after.split('"').next().unwrap().to_owned();
    let path = format!("/cabinet/security?act=unlink_door&id={id}");
    let mut thief = vera.other();
    thief.sign_in(&stranger);
    assert_eq!(thief.post(&path, &[]).await.status, 409, "another's door is not there");
    assert_eq!(vera.post(&path, &[]).await.to, "/cabinet/security");
    assert_eq!(elsewhere.get("/cabinet").await.status, 303, "whoever came in by it is out");
    assert_ne!(vera.other().through("bank", "vera").await, "/cabinet");
    house.work().await;
    let told = &house.house.stand_ins.as_ref().unwrap().outbox.messages();
    assert!(told.iter().any(|m| m.text.contains("отвязан вход")));
}

#[tokio::test]
async fn an_old_proof_links_nothing_and_an_old_word_is_forgotten() {
    let house = House::open().await;
    let (citizen, mut browser) = Browser::of(&house, "+79137654321").await;
    assert_eq!(browser.through("bank", "vera").await, "/cabinet/security/door");
    let id = citizen.visit().await.citizen.unwrap().account_id;
    let password = "Ледоход-7-самоваR";
    let hash = house.house.passwords.hash(password.to_owned()).await.unwrap();
    let mut tx = house.house.db.write().await.unwrap();
    accounts::set_password(&mut tx, &id, &hash).await.unwrap();
    tx.commit().await.unwrap();
    house.at(11 * MINUTE).await;
    let to = browser.post("/cabinet/security/door", &[]).await.to;
    assert!(to.starts_with("/cabinet/proof"), "{to}");
    // The proof leads back to where the link waits, and its button links.
    let to = browser.post(&to, &[("password", password)]).await.to;
    assert_eq!(to, "/cabinet/security/door");
    let waiting = browser.get(&to).await.body;
    assert!(waiting.contains("Климова") && waiting.contains("action=\"/cabinet/security/door\""));
    let copied = browser.cookies.clone();
    assert_eq!(browser.post(&to, &[]).await.to, "/cabinet/security");
    browser.cookies = copied;
    // A stranger in the same browser does not get it either.
    let stranger = house.citizen("+79137654399").await;
    browser.sign_in(&stranger);
    assert!(browser.get("/cabinet/security/door").await.body.contains("Привязывать нечего"));
}

#[tokio::test]
async fn a_closed_account_stays_closed_and_a_silent_provider_says_so() {
    let house = House::open().await;
    let (owner, vera) = linked(&house, "+79135550101", "bank", "vera").await;
    let id = owner.visit().await.citizen.unwrap().account_id;
    let mut tx = house.house.db.write().await.unwrap();
    accounts::set_frozen(&mut tx, &id, Some(1)).await.unwrap();
    tx.commit().await.unwrap();
    let mut elsewhere = vera.other();
    assert_eq!(elsewhere.through("bank", "vera").await, refused("bank", Code::AccessLimited));
    assert!(!elsewhere.signed_in());

    let switches = &house.house.stand_ins.as_ref().unwrap().switches;
    switches.set(System::Doors, Mode::Down, 0);
    let down = elsewhere.get("/login/door/gosuslugi").await.to;
    assert_eq!(down, refused("gosuslugi", Code::DoorUnreachable));
    assert!(elsewhere.get(&down).await.body.contains("Ещё раз через Госуслуги"));
    let status = elsewhere.get("/status").await.body;
    assert!(status.contains("Вход через Госуслуги") && status.contains("Аккаунты Почты России"));
    let silent = |page: &str| page.matches("не отвечает").count();
    for _ in 0..5 {
        elsewhere.get("/login/door/gosuslugi").await;
    }
    assert!(silent(&elsewhere.get("/status").await.body) > silent(&status), "told to everybody");
    assert_eq!(elsewhere.get("/login/door/nobody").await.to, "/login");
}

#[tokio::test]
async fn a_clerk_sees_which_answers_the_provider_gave_and_which_were_changed() {
    let house = House::open().await;
    let (citizen, _) = linked(&house, "+79137654321", "gosuslugi", "vera").await;
    let visit = citizen.visit().await;
    assert!(visit.profile().await.unwrap().full_name.contains("введено вами, на Госуслугах иначе"));
    house.at(HOUR).await;
    let id = citizen.apply(&[(Field::LastName, "Климова"), (Field::Snils, "170-901-001 23")]).await;
    let mut tx = house.house.db.read().await.unwrap();
    let marks = applications::sources(&mut tx, &id).await.unwrap();
    drop(tx);
    let of = |field| marks.iter().find(|m| m.field == field).copied();
    let mark = |field, changed| Some(Mark { field, door: Door::Gosuslugi, changed });
    assert_eq!(of(Field::LastName), mark(Field::LastName, false));
    assert_eq!(of(Field::Snils), mark(Field::Snils, false));
    assert_eq!(of(Field::PassportNumber), mark(Field::PassportNumber, true));
    assert_eq!(of(Field::MiddleName), None, "left empty");
    assert!(!answers().get(Field::PassportNumber).is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_login_through_a_bank_from_far_away_is_asked_for_nothing_and_written_down() {
    let house = House::open().await;
    let mut vera = Browser::open(&house).await;
    assert_eq!(vera.through("bank", "vera").await, "/register");
    assert_eq!(vera.post("/register", VERA).await.to, "/cabinet");
    let from = async |address: &str| {
        let mut browser = vera.other();
        let asked = browser.ask("bank").await;
        let back = browser.say("bank", asked, "vera").await;
        let (_, query) = back.split_once('?').unwrap();
        let told = |name: &str| {
            let mut pairs = form_urlencoded::parse(query.as_bytes());
            pairs.find(|(n, _)| n == name).map(|(_, value)| value.into_owned())
        };
        let mut visit = Visit::open(&house.house, &Request::new(()).into_parts().0).await;
        visit.address = address.parse().unwrap();
        let answer = Back { code: told("code"), state: told("state"), error: None, issuer: told("iss") };
        let sealed = browser.cookies.get("__Host-door").cloned();
        visit.door_back("bank", sealed.as_deref(), answer).await
    };
    assert_eq!(from("77.88.8.8").await, "/cabinet");
    let stood_out = async || house.text("SELECT COUNT(*) || '' FROM journal WHERE act = 'login_stood_out'").await;
    assert_eq!(stood_out().await, "0");
    house.at(30 * MINUTE).await;
    let before = house.told("alarm").await;
    assert_eq!(from("200.160.2.3").await, "/cabinet", "the bank is both halves");
    assert_eq!(stood_out().await, "1");
    assert_eq!(house.told("alarm").await, before + 2, "by SMS and letter");
}
