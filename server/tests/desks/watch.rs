//! Logins that stand out: asked for the second half on a trusted device too, then paused. The clock and the addresses are
//! the test's.

use crate::house::{Citizen, House, MINUTE, code, code_to};
use crate::verification::{Browser, link, messages};
use app::desks::{AccountsDesk, ContentDesk};
use app::error::Refusal;
use domain::accounts::watch::{MANY_ACCOUNTS, MANY_ADDRESSES};
use domain::{Code, Field, Values};
use server::http::Visit;
use server::storage::{accounts, factors, journal, sessions};

const PHONE: &str = "+79137654321";
const PASSWORD: &str = "Тополь-7-река!";
const RUSSIA: &str = "77.88.8.8";
const BRAZIL: &str = "200.160.2.3";

async fn from(browser: &Browser<'_>, address: &str) -> Visit {
    let mut visit = browser.visit().await;
    visit.address = address.parse().unwrap();
    visit
}

/// Where the password leads: to the code, or straight in.
async fn log_in(browser: &mut Browser<'_>, address: &str, login: &str) -> Result<String, Refusal> {
    let visit = from(browser, address).await;
    let values: Values =
        [(Field::Login, login.to_owned()), (Field::Password, PASSWORD.to_owned())].into_iter().collect();
    let next = visit.login(values, None).await?;
    browser.keep(&visit);
    Ok(next.to)
}

async fn second_half(house: &House, browser: &mut Browser<'_>, address: &str) {
    let visit = from(browser, address).await;
    let values: Values =
        [(Field::Code, code_to(house, PHONE).await), (Field::TrustDevice, "yes".to_owned())].into_iter().collect();
    visit.login_code(values).await.unwrap();
    browser.keep(&visit);
}

/// A citizen with a password, and their browser, trusted since a login in Russia.
async fn trusted(house: &House) -> (Citizen<'_>, String, Browser<'_>) {
    let citizen = house.citizen(PHONE).await;
    let account = citizen.visit().await.citizen.unwrap().account_id;
    let hash = house.house.passwords.hash(PASSWORD.to_owned()).await.unwrap();
    let mut tx = house.house.db.write().await.unwrap();
    accounts::set_password(&mut tx, &account, &hash).await.unwrap();
    tx.commit().await.unwrap();
    let mut browser = Browser::new(house);
    assert_eq!(log_in(&mut browser, RUSSIA, PHONE).await.unwrap(), "/login/code");
    second_half(house, &mut browser, RUSSIA).await;
    (citizen, account, browser)
}

async fn noted(house: &House, account: &str) -> Vec<String> {
    let mut tx = house.house.db.read().await.unwrap();
    let rows = journal::list_owned(&mut tx, account, 50).await.unwrap();
    rows.into_iter().filter(|r| r.act == "login_stood_out").map(|r| r.detail).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_in_two_countries_at_once_proves_themselves_again() {
    let house = House::open().await;
    let (_citizen, account, mut browser) = trusted(&house).await;
    assert_eq!(log_in(&mut browser, RUSSIA, PHONE).await.unwrap(), "/cabinet", "a trusted device");
    house.at(30 * MINUTE).await;
    let before = house.told("alarm").await;
    assert_eq!(log_in(&mut browser, BRAZIL, PHONE).await.unwrap(), "/login/code", "trusted or not");
    assert_eq!(noted(&house, &account).await, ["travel"]);
    second_half(&house, &mut browser, BRAZIL).await;
    assert_eq!(house.told("alarm").await, before + 2, "told by SMS and letter");
    let mut visit = browser.visit().await;
    visit.lang = app::text::Lang::Ru;
    let page = serde_json::to_string(&visit.page("/cabinet/security".into()).await.unwrap()).unwrap();
    assert!(page.contains("Россия") && page.contains("Бразилия"), "places, and no addresses");
    assert!(!page.contains(RUSSIA) && !page.contains(BRAZIL));
    // Half a day later they may well be back.
    house.at(13 * 60 * MINUTE).await;
    assert_eq!(log_in(&mut browser, RUSSIA, PHONE).await.unwrap(), "/cabinet");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_third_impossible_journey_pauses_strange_devices() {
    let house = House::open().await;
    let (_citizen, account, mut browser) = trusted(&house).await;
    for (minutes, address) in [(20, BRAZIL), (40, RUSSIA)] {
        house.at(minutes * MINUTE).await;
        assert_eq!(log_in(&mut browser, address, PHONE).await.unwrap(), "/login/code");
        second_half(&house, &mut browser, address).await;
    }
    house.at(60 * MINUTE).await;
    let paused = log_in(&mut Browser::new(&house), BRAZIL, PHONE).await.err().unwrap();
    assert_eq!(paused.code, Code::LoginPaused);
    // The password was right: that is no mistake, and its owner is told, once a day.
    let told = house.told("alarm").await;
    for _ in 0..11 {
        assert_eq!(code(log_in(&mut Browser::new(&house), BRAZIL, PHONE).await), Some(Code::LoginPaused));
    }
    assert_eq!(house.told("alarm").await, told);
    let text = messages(&house).await.into_iter().find(|(_, text)| text.contains("/not-me/")).unwrap().1;
    assert!(text.contains("верный пароль"), "{text}");
    assert_eq!(noted(&house, &account).await.len(), 2 + 12);
    // As long as the way takes.
    assert!(paused.retry_after.is_some_and(|wait| (6 * 3600..12 * 3600).contains(&wait)), "{:?}", paused.retry_after);
    assert_eq!(
        log_in(&mut browser, BRAZIL, PHONE).await.unwrap(),
        "/login/code",
        "a known device is asked, not shut out"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn many_names_from_one_address_are_asked_and_then_turned_away() {
    let house = House::open().await;
    let (_citizen, account, mut browser) = trusted(&house).await;
    let spray = async |from: usize, to: usize| {
        for n in from..to {
            let name = format!("+7916{n:07}");
            assert_eq!(code(log_in(&mut Browser::new(&house), RUSSIA, &name).await), Some(Code::LoginFailed), "{n}");
        }
    };
    spray(0, MANY_ACCOUNTS.step_up - 2).await;
    assert_eq!(log_in(&mut browser, RUSSIA, PHONE).await.unwrap(), "/cabinet");
    spray(100, 101).await;
    assert_eq!(log_in(&mut browser, RUSSIA, PHONE).await.unwrap(), "/login/code");
    assert_eq!(noted(&house, &account).await, ["many_accounts"]);
    assert_eq!(log_in(&mut browser, "77.88.8.1", PHONE).await.unwrap(), "/cabinet", "from elsewhere all is calm");
    spray(200, 200 + MANY_ACCOUNTS.pause - MANY_ACCOUNTS.step_up).await;
    // Somebody's name and one that is nobody's are answered alike.
    house.citizen("+79137654322").await;
    for name in ["+79137654322", "+79169999999"] {
        let paused = log_in(&mut Browser::new(&house), RUSSIA, name).await.err().unwrap();
        assert_eq!(paused.code, Code::LoginPaused, "{name}");
        assert!(paused.retry_after.is_some_and(|wait| (1..=3600).contains(&wait)));
    }
    assert_eq!(log_in(&mut browser, RUSSIA, PHONE).await.unwrap(), "/login/code");
    house.at(61 * MINUTE).await;
    assert_eq!(code(log_in(&mut Browser::new(&house), RUSSIA, "+79169999998").await), Some(Code::LoginFailed));
    assert_eq!(log_in(&mut browser, RUSSIA, PHONE).await.unwrap(), "/cabinet", "an hour later it is forgotten");
}

#[tokio::test(flavor = "multi_thread")]
async fn one_name_from_many_addresses_is_asked_and_then_turned_away() {
    let house = House::open().await;
    let (_citizen, account, mut browser) = trusted(&house).await;
    let address = |n: usize| format!("95.24.0.{n}");
    let wrong = async |n: usize| {
        let visit = from(&Browser::new(&house), &address(n)).await;
        let typed = [(Field::Login, PHONE.to_owned()), (Field::Password, "not-hers".to_owned())];
        // Whatever refuses it, it is counted.
        visit.login(typed.into_iter().collect(), None).await.err().unwrap();
    };
    for n in 0..MANY_ADDRESSES.step_up - 1 {
        wrong(n).await;
    }
    wrong(0).await;
    assert_eq!(log_in(&mut browser, &address(100), PHONE).await.unwrap(), "/login/code");
    assert_eq!(noted(&house, &account).await, ["many_addresses"]);
    for n in 101..102 + MANY_ADDRESSES.pause - MANY_ADDRESSES.step_up {
        wrong(n).await;
    }
    for n in 0..MANY_ADDRESSES.pause {
        let _ = log_in(&mut Browser::new(&house), &address(n), "+79169999999").await;
    }
    for name in [PHONE, "+79169999999"] {
        let paused = log_in(&mut Browser::new(&house), &address(200), name).await;
        assert_eq!(code(paused), Some(Code::LoginPaused), "{name}");
    }
    // By then codes are sent again; the hour is not over.
    house.at(16 * MINUTE).await;
    assert_eq!(
        log_in(&mut browser, &address(201), PHONE).await.unwrap(),
        "/login/code",
        "the owner's device is let on"
    );
    house.at(61 * MINUTE).await;
    assert_eq!(log_in(&mut browser, &address(201), PHONE).await.unwrap(), "/cabinet");
}

#[tokio::test(flavor = "multi_thread")]
async fn people_behind_one_address_who_know_their_passwords_shut_nobody_out() {
    let house = House::open().await;
    let (_citizen, _, mut browser) = trusted(&house).await;
    let hash = house.house.passwords.hash(PASSWORD.to_owned()).await.unwrap();
    for n in 0..MANY_ACCOUNTS.pause {
        let phone = format!("+7916{n:07}");
        let account = house.citizen(&phone).await.account().await.id;
        let mut tx = house.house.db.write().await.unwrap();
        accounts::set_password(&mut tx, &account, &hash).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(log_in(&mut Browser::new(&house), RUSSIA, &phone).await.unwrap(), "/login/code", "{n}");
    }
    assert_eq!(log_in(&mut browser, RUSSIA, PHONE).await.unwrap(), "/cabinet", "not even asked");
    assert_eq!(code(log_in(&mut Browser::new(&house), RUSSIA, "+79169999999").await), Some(Code::LoginFailed));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_code_used_far_away_makes_the_others_worth_nothing() {
    let house = House::open().await;
    let (citizen, account, _) = trusted(&house).await;
    let (mut thief, stolen) = (Browser::new(&house), "ACDEF34679");
    house.at(30 * MINUTE).await;
    citizen.prove().await;
    citizen.visit().await.make_codes().await.unwrap();
    // The test does not read what was shown once: it puts a code of its own beside them.
    let hash = house.house.vault.code_hash(&account, "backup", stolen);
    let mut tx = house.house.db.write().await.unwrap();
    let others: Vec<[u8; 32]> = (0..9).map(|n| [n; 32]).chain([hash]).collect();
    factors::set_backup_codes(&mut tx, &account, &others).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(log_in(&mut thief, BRAZIL, PHONE).await.unwrap(), "/login/code");
    let visit = from(&thief, BRAZIL).await;
    visit.login_code([(Field::BackupCode, stolen.to_owned())].into_iter().collect()).await.unwrap();
    let token = link(&house, "не доехать").await;
    Browser::new(&house).visit().await.not_me(&token).await.unwrap();
    let mut tx = house.house.db.read().await.unwrap();
    assert_eq!(factors::backup_codes_left(&mut tx, &account).await.unwrap(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_meter_tells_nobody_who_has_proved_nothing_whether_there_is_an_account() {
    let house = House::open().await;
    let citizen = house.citizen(PHONE).await;
    let score = async |visit: Visit| visit.strength("Кузьмина-1990".to_owned(), Vec::new()).await.unwrap().0;
    let stranger = score(Browser::new(&house).visit().await).await;
    assert!(score(citizen.visit().await).await < stranger, "the word is the account's");
    let mut guesser = Browser::new(&house);
    let visit = guesser.visit().await;
    visit.recover([(Field::Login, PHONE.to_owned())].into_iter().collect()).await.unwrap();
    guesser.keep(&visit);
    assert!(guesser.visit().await.session.is_some_and(|s| s.stage == sessions::Stage::Recovering));
    assert_eq!(score(guesser.visit().await).await, stranger, "no code was proved");
    let visit = guesser.visit().await;
    visit.recover_code([(Field::Code, code_to(&house, PHONE).await)].into_iter().collect()).await.unwrap();
    guesser.keep(&visit);
    assert!(score(guesser.visit().await).await < stranger, "proved: one's own name is no password");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_meter_knows_the_person_and_is_counted() {
    let house = House::open().await;
    let citizen = house.citizen(PHONE).await;
    let stranger = Browser::new(&house);
    let ask = async |visit: Visit, password: &str, about: &[&str]| {
        visit
            .strength(password.to_owned(), about.iter().map(|s| (*s).to_owned()).collect())
            .await
            .map(|(score, _)| score)
    };
    let free = ask(stranger.visit().await, "Correct-horse-9-battery", &[]).await;
    assert_eq!(free.unwrap(), 4);
    assert!(ask(stranger.visit().await, "Кузьмина-1990", &["Кузьмина"]).await.unwrap() < 3);
    let own = ask(citizen.visit().await, "Кузьмина-1990", &[]).await;
    assert!(own.unwrap() < 3, "the account's own data are asked too");
    for _ in 0..297 {
        ask(stranger.visit().await, "x", &[]).await.unwrap();
    }
    assert_eq!(code(ask(stranger.visit().await, "x", &[]).await), Some(Code::TooManyRequests));
}
