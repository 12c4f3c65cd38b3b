//! A citizen links an account of the post: login, password, then the code that the post sends by itself.

use crate::doors::Browser;
use crate::house::{House, MINUTE, code, typed};
use axum::http::Request;
use domain::{Code, Field};
use server::demo::outbox::Message;
use server::demo::postal::{ACCOUNTS, Known};
use server::demo::switches::{Mode, System};
use server::http::Visit;
use server::integrations::postal::Problem;
use server::storage::{post_accounts, sessions};
use std::sync::Arc;

fn newest_code(house: &House) -> String {
    let messages: Vec<Arc<Message>> = house.house.stand_ins.as_ref().unwrap().outbox.messages();
    messages.iter().find_map(|m| m.code.clone()).unwrap()
}

async fn ask(browser: &mut Browser, login: &str, password: &str) -> crate::doors::Page {
    browser.post("/cabinet/post", &[("login", login), ("password", password)]).await
}

/// Login, password and the code: what the last of them is answered.
async fn link(house: &House, browser: &mut Browser, known: &Known) -> crate::doors::Page {
    ask(browser, known.login, known.password).await;
    browser.post("/cabinet/post/code", &[("code", &newest_code(house))]).await
}

#[tokio::test]
async fn a_citizen_links_an_account_of_the_post_and_sees_what_is_on_its_way() {
    let house = House::open().await;
    let (_, mut browser) = Browser::of(&house, "+79137654321").await;
    let known = &ACCOUNTS[0];

    let wrong = ask(&mut browser, "+79135559999", known.password).await;
    assert_eq!(wrong.status, 422);
    assert!(wrong.body.contains("сначала создайте его") && wrong.body.contains("Нет аккаунта Почты России?"));
    let wrong = ask(&mut browser, known.login, "another").await;
    assert!(wrong.status == 422 && wrong.body.contains("нужен пароль от аккаунта Почты России"));
    assert!(!wrong.body.contains("another"), "a password is not given back");

    assert_eq!(ask(&mut browser, "+7 913 555-02-01", known.password).await.to, "/cabinet/post/code");
    assert!(browser.get("/cabinet/post/code").await.body.contains("+7 913 ***-**-01"));
    let code = newest_code(&house);
    let other = if code == "000000" { "000001" } else { "000000" };
    assert_eq!(browser.post("/cabinet/post/code", &[("code", other)]).await.status, 422);
    assert_eq!(browser.post("/cabinet/post/code", &[("code", &code)]).await.to, "/cabinet/post");
    let page = browser.get("/cabinet/post").await.body;
    assert!(page.contains("RA644000001RU") && page.contains("Галина С."));

    // One citizen for each account of the post.
    let stranger = house.citizen("+79137654399").await;
    let mut thief = browser.other();
    thief.sign_in(&stranger);
    let refused = link(&house, &mut thief, known).await;
    assert_eq!(refused.status, 409, "{}", refused.to);

    // The post falls silent: the link stays. Unlinked, the items are gone, and the key with them.
    let switches = &house.house.stand_ins.as_ref().unwrap().switches;
    switches.set(System::Accounts, Mode::Down, 0);
    assert!(browser.get("/cabinet/post").await.body.contains("Почта России не отвечает"));
    switches.set(System::Accounts, Mode::Ok, 0);
    assert_eq!(browser.post("/cabinet/post?act=unlink", &[]).await.to, "/cabinet/post");
    assert!(!browser.get("/cabinet/post").await.body.contains("RA644000001RU"));
    assert_eq!(browser.post("/cabinet/post?act=unlink", &[]).await.status, 409);
    house.work().await;
    let told = house.house.stand_ins.as_ref().unwrap().outbox.messages();
    assert!(told.iter().any(|m| m.text.contains("отвязан аккаунт Почты России")));
    let journal = browser.get("/cabinet/journal").await.body;
    assert!(journal.contains("Привязан аккаунт Почты России"));
}

#[tokio::test]
async fn a_code_of_the_post_is_awaited_ten_minutes_and_guessed_five_times_by_whom_it_concerns() {
    let house = House::open().await;
    let (citizen, mut browser) = Browser::of(&house, "+79137654321").await;
    let known = &ACCOUNTS[1];
    ask(&mut browser, known.login, known.password).await;
    let code = newest_code(&house);
    // The same browser, another person.
    let stranger = house.citizen("+79137654399").await;
    browser.sign_in(&stranger);
    let refused = browser.post("/cabinet/post/code", &[("code", &code)]).await;
    assert!(refused.body.contains("Начните привязку заново"), "{}", refused.status);
    browser.sign_in(&citizen);
    for _ in 0..5 {
        browser.post("/cabinet/post/code", &[("code", if code == "000000" { "000001" } else { "000000" })]).await;
    }
    assert!(browser.post("/cabinet/post/code", &[("code", &code)]).await.body.contains("Начните привязку заново"));

    ask(&mut browser, known.login, known.password).await;
    house.at(10 * MINUTE + 1).await;
    let late = browser.post("/cabinet/post/code", &[("code", &newest_code(&house))]).await;
    assert!(late.body.contains("Начните привязку заново"));
}

#[tokio::test]
async fn passwords_of_one_login_are_guessed_ten_times_however_it_is_spelt() {
    let house = House::open().await;
    let spelt = ["+79135559999", "8 913 555-99-99", "7 (913) 555 99 99", "89135559999"];
    let mut browser = Browser::open(&house).await;
    for n in 0..10 {
        // Another citizen each time: what is counted is the login of the post.
        browser.sign_in(&house.citizen(&format!("+7913765430{n}")).await);
        assert_eq!(ask(&mut browser, spelt[n % spelt.len()], "a guess").await.status, 422, "{n}");
    }
    browser.sign_in(&house.citizen("+79137654311").await);
    for login in spelt {
        assert_eq!(ask(&mut browser, login, "a guess").await.status, 429, "{login}");
    }
}

#[tokio::test]
async fn unlinking_is_proved_and_the_post_gets_its_key_back_whoever_unlinks() {
    let house = House::open().await;
    let (citizen, mut browser) = Browser::of(&house, "+79137654321").await;
    assert_eq!(link(&house, &mut browser, &ACCOUNTS[0]).await.to, "/cabinet/post");
    let id = citizen.visit().await.citizen.unwrap().account_id;
    let mut tx = house.house.db.read().await.unwrap();
    let (held, _) = post_accounts::find(&mut tx, &house.house.vault, &id).await.unwrap().unwrap();
    drop(tx);
    let postal = &house.house.integrations.postal;
    assert!(postal.account(&held.key).await.is_ok());
    let looks = async || citizen.journal().await.iter().filter(|row| row.act == "post_read").count();
    assert_eq!(looks().await, 0);
    browser.get("/cabinet/post").await;
    assert_eq!(looks().await, 1, "the key was opened");

    house.at(10 * MINUTE + 1).await;
    assert!(browser.post("/cabinet/post?act=unlink", &[]).await.to.starts_with("/cabinet/proof"));
    assert!(postal.account(&held.key).await.is_ok());
    // «Это не я» in the letter about the link.
    house.work().await;
    let told = house.house.stand_ins.as_ref().unwrap().outbox.messages();
    let told = told.iter().find(|m| m.text.contains("привязан аккаунт Почты России")).unwrap();
    let (_, link) = told.text.split_once("http://127.0.0.1").unwrap();
    assert_eq!(browser.other().post(link.split_whitespace().next().unwrap(), &[]).await.to, "/not-me/done");
    assert_eq!(postal.account(&held.key).await, Err(Problem::Gone), "the key is worth nothing any more");
}

#[tokio::test]
async fn the_post_gets_its_key_back_from_whoever_was_put_out_meanwhile() {
    let house = House::open().await;
    let (citizen, mut browser) = Browser::of(&house, "+79137654321").await;
    ask(&mut browser, ACCOUNTS[0].login, ACCOUNTS[0].password).await;
    let jar: Vec<String> = browser.cookies.iter().map(|(n, v)| format!("{n}={v}")).collect();
    let request = Request::builder().uri("/").header("cookie", jar.join("; "));
    let (parts, ()) = request.body(()).unwrap().into_parts();
    let late = Visit::open(&house.house, &parts).await;
    let mut tx = house.house.db.write().await.unwrap();
    sessions::revoke_all(&mut tx, &citizen.account().await.id, None, house.house.now().0).await.unwrap();
    tx.commit().await.unwrap();
    let linked = late.link_post(typed(&[(Field::Code, &newest_code(&house))])).await;
    assert_eq!(code(linked), Some(Code::NoSession));
    assert_eq!(house.house.stand_ins.as_ref().unwrap().post_keys.count(), 0, "nobody holds a key that nobody knows of");
}
