//! Phone and e-mail after «Это не я»: back, gone with what was added, or lost, and what its reader is told then.

use crate::counter;
use crate::house::{Citizen, House, code_to, typed};
use crate::mailboxes::COLLEAGUE;
use crate::staff_entry::Clerk;
use crate::taken_back::{not_me, read};
use crate::verification::{self, Browser, link};
use app::staff::desk::CounterDesk;
use domain::Field;
use domain::accounts::counter::Reason;
use domain::staff::Role;
use server::storage::accounts;

const PHONE: &str = "+79137654321";
const THIEF: &str = "+79135550199";
const MINUTE: i64 = 60_000;
const DAY: i64 = 24 * 60 * MINUTE;

/// Their phone and no e-mail.
async fn by_phone(house: &House) -> Citizen<'_> {
    let citizen = house.citizen(PHONE).await;
    let mut account = citizen.account().await;
    account.profile.set(Field::Email, "");
    let mut tx = house.house.db.write().await.unwrap();
    accounts::change_email(&mut tx, &account.id, None, None).await.unwrap();
    accounts::set_profile(&mut tx, &house.house.vault, &account.id, &account.profile).await.unwrap();
    tx.commit().await.unwrap();
    citizen
}

async fn new_phone(house: &House, citizen: &Citizen<'_>, phone: &str) {
    citizen.visit().await.change_phone(typed(&[(Field::NewPhone, phone)])).await.unwrap();
    let right = code_to(house, phone).await;
    citizen.visit().await.confirm_new_phone(typed(&[(Field::Code, &right)])).await.unwrap();
}

async fn new_email(house: &House, citizen: &Citizen<'_>, email: &str) {
    citizen.visit().await.ask_email(typed(&[(Field::NewEmail, email)])).await.unwrap();
    let token = verification::new_email(house, email).await;
    citizen.visit().await.confirm_new_email(&token).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn an_account_without_any_way_in_is_sent_to_an_office_and_kept() {
    let house = House::open().await;
    let (anna, boris) = (by_phone(&house).await, house.citizen(COLLEAGUE).await);
    new_phone(&house, &anna, THIEF).await;
    let first = link(&house, "изменён телефон").await;
    new_phone(&house, &boris, PHONE).await;
    // In these tests all citizens have one passport; his is another.
    let mut his = boris.account().await;
    his.profile.set(Field::PassportNumber, "118846");
    let mut tx = house.house.db.write().await.unwrap();
    accounts::set_profile(&mut tx, &house.house.vault, &his.id, &his.profile).await.unwrap();
    tx.commit().await.unwrap();
    let to = Browser::new(&house).visit().await.not_me(&first).await.unwrap().to;
    assert_eq!(to, "/not-me/lost.no_way_in");
    let page = read(&house, &to).await;
    assert!(page.contains("Придите в отделение с паспортом") && page.contains("/recover/office"), "{page}");
    assert!(!page.contains("войдите по почте") && !page.contains("\"/recover\""), "nowhere to send a code to");
    let account = anna.account().await;
    assert_eq!(account.level, accounts::Level::Created);
    house.purge_at(40 * DAY).await;
    let mut tx = house.house.db.read().await.unwrap();
    let kept = accounts::find(&mut tx, &house.house.vault, &account.id).await.unwrap().unwrap();
    drop(tx);
    assert_eq!(kept.profile.get(Field::LastName), "Кузьмина", "its owner comes for it yet");
    // A counter opens what is closed when nothing else can.
    let clerk = Clerk::here(&house, "clerk", Role::Operator, "everywhere").await;
    let slip = clerk.visit().await.reset_access(counter::shown(), Reason::Lost, true).await.unwrap();
    assert!(slip.from.is_none(), "nobody is left to be told: it takes a second clerk");
}

#[tokio::test(flavor = "multi_thread")]
async fn ones_own_address_in_other_letters_is_nobody_elses() {
    let house = House::open().await;
    let citizen = house.citizen(PHONE).await;
    new_email(&house, &citizen, "Anna@example.org").await;
    house.at(MINUTE).await;
    new_email(&house, &citizen, "anna@example.org").await;
    assert_eq!(not_me(&house, "изменена почта").await, "/not-me/done");
    let account = citizen.account().await;
    assert_eq!(account.profile.get(Field::Email), "Anna@example.org");
    assert!(account.email_confirmed_ms.is_some());
}

#[tokio::test(flavor = "multi_thread")]
async fn an_e_mail_that_was_added_goes() {
    let house = House::open().await;
    let citizen = by_phone(&house).await;
    new_email(&house, &citizen, "thief@example.org").await;
    assert_eq!(not_me(&house, "изменена почта").await, "/not-me/done");
    assert_eq!(citizen.account().await.profile.get(Field::Email), "");
    let acts = citizen.acts().await;
    assert!(acts.contains(&"email_removed".to_owned()) && !acts.contains(&"email_restored".to_owned()), "{acts:?}");
}
