//! Another phone or e-mail, and what ends with a factor: sessions elsewhere.

use crate::house::{House, MINUTE, code, code_to, typed};
use crate::verification::{Browser, new_email};
use domain::{Code, Field};
use server::storage::sessions::{NewSession, Stage};
use server::storage::{Purpose, accounts, devices, ids, sessions};

const PHONE: &str = "+79137654321";
const NEW: &str = "+79135550101";

async fn newest(house: &House, to: &str) -> Option<String> {
    house.messages().await.into_iter().find(|m| m.to == to).map(|m| m.text)
}

async fn owner_of(house: &House, phone: &str) -> Option<String> {
    let mut tx = house.house.db.read().await.unwrap();
    let index = house.house.vault.blind_index(Purpose::Phone, phone);
    accounts::credentials(&mut tx, &index).await.unwrap().map(|c| c.id)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_phone_is_proved_and_nobodys_is_taken() {
    let house = House::open().await;
    let (anna, boris) = (house.citizen(PHONE).await, house.citizen("+79137654322").await);
    let her = anna.visit().await.citizen.unwrap().account_id;
    let his = boris.visit().await.citizen.unwrap().account_id;
    assert_eq!(
        code(anna.visit().await.change_phone(typed(&[(Field::NewPhone, PHONE)])).await),
        Some(Code::ContactSame)
    );
    assert_eq!(
        code(anna.visit().await.change_phone(typed(&[(Field::NewPhone, "913")])).await),
        Some(Code::PhoneIncomplete)
    );
    // His number: the same answer, a warning to him, and no code fits.
    let taken = anna.visit().await.change_phone(typed(&[(Field::NewPhone, "+79137654322")])).await.unwrap();
    let free = anna.visit().await.change_phone(typed(&[(Field::NewPhone, NEW)])).await.unwrap();
    assert_eq!(taken, free);
    assert!(newest(&house, "+79137654322").await.is_some_and(|text| text.contains("/login")), "the owner is warned");
    let right = code_to(&house, NEW).await;
    let wrong = anna.visit().await.confirm_new_phone(typed(&[(Field::Code, "000000")])).await;
    assert_eq!(code(wrong), Some(Code::CodeWrong));
    // Somebody else proves the same number a moment before.
    boris.visit().await.change_phone(typed(&[(Field::NewPhone, NEW)])).await.unwrap();
    let faster = code_to(&house, NEW).await;
    boris.visit().await.confirm_new_phone(typed(&[(Field::Code, &faster)])).await.unwrap();
    let late = anna.visit().await.confirm_new_phone(typed(&[(Field::Code, &right)])).await;
    assert_eq!(code(late), Some(Code::CodeExpired));
    assert_eq!(owner_of(&house, NEW).await, Some(his));
    assert_eq!(owner_of(&house, PHONE).await, Some(her), "hers is as it was");
    house.at(10 * MINUTE + 1).await;
    assert_eq!(
        code(anna.visit().await.change_phone(typed(&[(Field::NewPhone, "+79135550102")])).await),
        Some(Code::ProofNeeded)
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_email_counts_once_its_link_was_pressed() {
    let house = House::open().await;
    let anna = house.citizen(PHONE).await;
    let ask = async |email| anna.visit().await.ask_email(typed(&[(Field::NewEmail, email)])).await;
    assert_eq!(code(ask("citizen@example.org").await), Some(Code::ContactSame));
    ask("first@example.org").await.unwrap();
    let first = new_email(&house, "first@example.org").await;
    ask("second@example.org").await.unwrap();
    let second = new_email(&house, "second@example.org").await;
    assert_eq!(code(anna.visit().await.confirm_new_email(&first).await), Some(Code::LinkUsedOrExpired), "replaced");
    anna.visit().await.confirm_new_email(&second).await.unwrap();
    assert_eq!(code(anna.visit().await.confirm_new_email(&second).await), Some(Code::LinkUsedOrExpired), "once");
    let her = anna.visit().await.citizen.unwrap().account_id;
    let mut tx = house.house.db.read().await.unwrap();
    let index = house.house.vault.blind_index(Purpose::Email, "second@example.org");
    assert_eq!(accounts::credentials(&mut tx, &index).await.unwrap().map(|c| c.id), Some(her.clone()));
    let account = accounts::find(&mut tx, &house.house.vault, &her).await.unwrap().unwrap();
    assert_eq!(account.profile.get(Field::Email), "second@example.org");
    assert_eq!(account.level, accounts::Level::Confirmed);
    drop(tx);
    assert!(newest(&house, "citizen@example.org").await.unwrap().contains("изменена почта"));
    // An address that is hers: the same answer to him, and a warning to her instead of a link.
    // The link is opened anywhere: whoever came in by the address before is out, also the browser that began it.
    house.at(MINUTE).await;
    ask("third@example.org").await.unwrap();
    let third = new_email(&house, "third@example.org").await;
    assert!(newest(&house, "third@example.org").await.unwrap().contains("входы на других устройствах завершатся"));
    Browser::new(&house).visit().await.confirm_new_email(&third).await.unwrap();
    assert!(anna.visit().await.citizen.is_none(), "as after a new password");
    let boris = house.citizen("+79137654322").await;
    let same = boris.visit().await.ask_email(typed(&[(Field::NewEmail, "third@example.org")])).await.unwrap();
    assert_eq!(same.to, "/cabinet/contacts/sent");
    assert!(!newest(&house, "third@example.org").await.unwrap().contains("/new-email/"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_factor_added_or_removed_ends_the_other_sessions() {
    let house = House::open().await;
    let anna = house.citizen(PHONE).await;
    let account = anna.visit().await.citizen.unwrap().account_id;
    let elsewhere = async || {
        let token = ids::token();
        let mut tx = house.house.db.write().await.unwrap();
        let new = NewSession {
            token_hash: ids::token_hash(&token),
            id: &ids::public_id(),
            account_id: Some(&account),
            stage: Stage::Open,
            subject: None,
            created_ms: house.house.now().0,
            absolute_expires_ms: house.house.now().0 + 60 * MINUTE,
            label: "elsewhere",
            device_hash: None,
            proved_by: "",
        };
        sessions::create(&mut tx, &new).await.unwrap();
        tx.commit().await.unwrap();
    };
    let open = async || {
        let mut tx = house.house.db.read().await.unwrap();
        let now = house.house.now().0;
        sessions::list(&mut tx, &account, now, 15 * MINUTE).await.unwrap().len()
    };
    elsewhere().await;
    assert_eq!(open().await, 2);
    anna.visit().await.add_app().await.unwrap();
    assert_eq!(open().await, 2, "begun is not added");
    let mut tx = house.house.db.read().await.unwrap();
    let (id, secret) =
        server::storage::factors::adding(&mut tx, &house.house.vault, &account, 0).await.unwrap().unwrap();
    drop(tx);
    let mut values = typed(&[(Field::AppName, "Телефон")]);
    values.set(Field::TotpCode, server::desks::totp::code(&secret, house.house.now()).unwrap());
    anna.visit().await.confirm_app(values).await.unwrap();
    assert_eq!(open().await, 1, "added: whoever came in without it is out");
    assert!(anna.visit().await.citizen.is_some(), "but for whoever did it");
    elsewhere().await;
    anna.visit().await.remove_app(&id).await.unwrap();
    assert_eq!(open().await, 1, "removed");
    elsewhere().await;
    let device = [7; 32];
    let now = house.house.now().0;
    let mut tx = house.house.db.write().await.unwrap();
    devices::seen(&mut tx, &device, &account, "elsewhere", Some(now + 60 * MINUTE), now).await.unwrap();
    tx.commit().await.unwrap();
    anna.visit().await.change_phone(typed(&[(Field::NewPhone, NEW)])).await.unwrap();
    assert_eq!(open().await, 2, "asked for is not changed");
    let right = code_to(&house, NEW).await;
    anna.visit().await.confirm_new_phone(typed(&[(Field::Code, &right)])).await.unwrap();
    assert_eq!(open().await, 1, "whoever proved themselves by the old phone is out");
    let mut tx = house.house.db.read().await.unwrap();
    let known = devices::find(&mut tx, &device, &account).await.unwrap().unwrap();
    assert_eq!(known.trusted_until_ms, None, "and proves the new one");
}
