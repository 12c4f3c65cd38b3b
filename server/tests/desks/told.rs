//! What a provider of identities told: who sees it, whose profile it fills, and what it does not say.

use crate::doors::{Browser, linked, refused};
use crate::house::House;
use domain::{Code, Field, Values};
use server::storage::accounts;

#[tokio::test]
async fn what_a_provider_has_not_proved_is_proved_by_code() {
    let house = House::open().await;
    let mut zoya = Browser::open(&house).await;
    assert_eq!(zoya.through("gosuslugi", "zoya").await, "/register");
    let form: Vec<(&str, &str)> = [
        ("last_name", "Беляева"),
        ("first_name", "Зоя"),
        ("middle_name", "Львовна"),
        ("passport_series", "4024"),
        ("passport_number", "118846"),
        ("phone", "+79215550103"),
        ("email", "zoya.belyaeva@example.org"),
        ("password", "Ледоход-7-самовар"),
        ("password_again", "Ледоход-7-самовар"),
        ("consent", "yes"),
    ]
    .into();
    let sent = zoya.post("/register", &form).await;
    assert_eq!(sent.to, "/register/phone", "{}", sent.body);
    house.work().await;
    let outbox = &house.house.stand_ins.as_ref().unwrap().outbox;
    let code = outbox.messages().iter().find_map(|m| m.code.clone()).unwrap();
    assert_eq!(zoya.post("/register/phone", &[("code", &code)]).await.to, "/cabinet");
    assert_eq!(zoya.other().through("gosuslugi", "zoya").await, "/cabinet", "linked at the sign-up");
    assert!(zoya.get("/cabinet/access").await.body.contains("Телефон подтверждён"), "the e-mail is not");
}

#[tokio::test]
async fn what_a_provider_told_is_not_left_for_who_uses_the_browser_next() {
    let house = House::open().await;
    let mut shared = Browser::open(&house).await;
    // Taken: she logs in with her password, links nothing and goes.
    let owner = house.citizen("+79135550101").await;
    assert_eq!(shared.through("bank", "vera").await, refused("bank", Code::DoorPhoneTaken));
    let form = shared.get("/register").await.body;
    assert!(!form.contains("Климова") && !form.contains("Данные подставили"), "nothing is filled in meanwhile");
    let copied = shared.cookies.clone();
    shared.sign_in(&owner);
    assert!(shared.get("/cabinet/security/door").await.body.contains("Климова"));
    assert_eq!(shared.post("/logout", &[]).await.status, 303);
    assert!(!shared.cookies.contains_key("__Host-told"), "gone with her");
    // Even with a copy of it another account links nothing: its phone is not hers.
    shared.cookies = copied;
    shared.sign_in(&house.citizen("+79137654399").await);
    assert!(shared.get("/cabinet/security/door").await.body.contains("Это вход другого человека"));
    assert_eq!(shared.post("/cabinet/security/door", &[]).await.status, 409);

    // Free: the form is filled in, and emptied by whoever is somebody else.
    let mut shared = shared.other();
    assert_eq!(shared.through("bank", "oleg").await, "/register");
    let form = shared.get("/register").await.body;
    assert!(form.contains("Данные подставили") && form.contains("Это не мои данные"));
    assert_eq!(shared.post("/register?act=forget", &[]).await.to, "/register");
    let form = shared.get("/register").await.body;
    assert!(!form.contains("Данные подставили") && !form.contains("Сафонов"));
}

#[tokio::test]
async fn a_sign_up_filled_in_by_a_provider_is_packed_for_no_other_site() {
    let house = House::open().await;
    let mut vera = Browser::open(&house).await;
    let packed = async |browser: &Browser, site: &str| {
        let jar: Vec<String> = browser.cookies.iter().map(|(n, v)| format!("{n}={v}")).collect();
        let asked = browser.client.get(format!("{}/register", browser.address)).header("cookie", jar.join("; "));
        let asked = asked.header("accept-encoding", "gzip").header("sec-fetch-site", site);
        asked.send().await.unwrap().headers().contains_key("content-encoding")
    };
    assert!(packed(&vera, "cross-site").await, "an empty form tells nothing");
    assert_eq!(vera.through("bank", "vera").await, "/register");
    assert!(!packed(&vera, "cross-site").await, "her passport stands in it (BREACH)");
    assert!(packed(&vera, "same-origin").await);
}

#[tokio::test]
async fn a_login_through_a_door_says_nothing_of_the_other_channel_after_a_recovery() {
    let house = House::open().await;
    let (owner, vera) = linked(&house, "+79135550101", "bank", "vera").await;
    let id = owner.visit().await.citizen.unwrap().account_id;
    let mut tx = house.house.db.write().await.unwrap();
    accounts::set_recovered_by(&mut tx, &id, Some("phone")).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(vera.other().through("bank", "vera").await, "/cabinet");
    let mut tx = house.house.db.read().await.unwrap();
    let account = accounts::find(&mut tx, &house.house.vault, &id).await.unwrap().unwrap();
    assert_eq!(account.recovered_by.as_deref(), Some("phone"), "the next password is still followed by the e-mail");
}

#[tokio::test]
async fn only_a_person_of_the_same_name_fills_the_profile_and_every_look_has_its_row() {
    let house = House::open().await;
    let (owner, mut vera) = Browser::of(&house, "+79135550101").await;
    let born = async || owner.account().await.profile.get(Field::BirthDate).to_owned();
    vera.through("bank", "vera").await;
    assert!(vera.get("/cabinet/security/door").await.body.contains("Имя отличается"));
    vera.post("/cabinet/security/door", &[]).await;
    assert_eq!(born().await, "", "another name, perhaps another person");

    let names = |own: &mut Values| {
        own.set(Field::LastName, "Климова");
        own.set(Field::FirstName, "Вера");
    };
    owner.rewrite(names).await;
    // Come through again while signed in: what is held is renewed, with a row; the profile is as it was.
    assert_eq!(vera.through("bank", "vera").await, "/cabinet/security");
    let acts = async |act: &str| owner.journal().await.iter().filter(|row| row.act == act).count();
    assert_eq!((acts("door_used").await, acts("profile_filled").await), (1, 0));
    assert_eq!(born().await, "");
    // Of the same name, linked anew: filled in, and told.
    vera.through("gosuslugi", "vera").await;
    assert_eq!(vera.post("/cabinet/security/door", &[]).await.to, "/cabinet/security");
    assert_ne!(born().await, "");
    assert_eq!(acts("profile_filled").await, 1);
}
