//! The new phone of somebody whose identity was confirmed: one's own is none, its code comes again, and no other change is
//! finished by it.

use crate::house::{Citizen, House, MINUTE, code, code_to, typed};
use crate::staff_entry::Clerk;
use crate::verification::{Browser, confirm, renew};
use domain::staff::Role;
use domain::{Code, Field};
use server::storage::Purpose;
use server::storage::contact_changes::{self, Kind, NewChange};

const PHONE: &str = "+79137654321";
const NEW: &str = "+79135550101";

/// Somebody whose identity support has confirmed.
async fn confirmed(house: &House) -> (Citizen<'_>, Clerk<'_>, Browser<'_>) {
    let citizen = house.citizen(PHONE).await;
    let support = Clerk::here(house, "support", Role::Support, "everywhere").await;
    let mut browser = Browser::new(house);
    browser.ask(PHONE).await.unwrap();
    confirm(&support).await;
    (citizen, support, browser)
}

#[tokio::test(flavor = "multi_thread")]
async fn ones_own_number_is_no_new_phone_and_a_code_is_sent_again() {
    let house = House::open().await;
    let (citizen, support, mut anna) = confirmed(&house).await;
    assert_eq!(renew(&mut anna, "Совсем-новый-7-тополь!", "8 913 765-43-21").await, "/recover/done");
    assert_eq!(citizen.account().await.profile.get(Field::Phone), PHONE);

    house.at(61 * MINUTE).await;
    anna.ask(PHONE).await.unwrap();
    confirm(&support).await;
    assert_eq!(renew(&mut anna, "Ещё-один-8-ледоход!", NEW).await, "/recover/identity/phone");
    let first = code_to(&house, NEW).await;
    let soon = anna.visit().await.resend_to_new_phone().await;
    assert_eq!(code(soon), Some(Code::CodeTooSoon));
    // The first has run out; the change it was for goes on.
    house.at(75 * MINUTE).await;
    anna.visit().await.resend_to_new_phone().await.unwrap();
    let second = code_to(&house, NEW).await;
    let enter = async |code: &str| anna.visit().await.verified_phone(typed(&[(Field::Code, code)])).await;
    if first != second {
        assert_eq!(code(enter(&first).await), Some(Code::CodeWrong));
    }
    enter(&second).await.unwrap();
    assert_eq!(citizen.account().await.profile.get(Field::Phone), NEW);
    assert_eq!(code(anna.visit().await.resend_to_new_phone().await), Some(Code::NoSession), "done is done");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_after_documents_finishes_its_own_change_only() {
    let house = House::open().await;
    let (citizen, _, mut anna) = confirmed(&house).await;
    renew(&mut anna, "Совсем-новый-7-тополь!", NEW).await;
    // Somebody signed in begins another change meanwhile.
    let index = house.house.vault.blind_index(Purpose::Phone, "+79135550102");
    let account = citizen.account().await.id;
    let mut tx = house.house.db.write().await.unwrap();
    let other = NewChange {
        id: "other",
        account_id: &account,
        kind: Kind::Phone,
        value: "+79135550102",
        index,
        shadow: false,
        token_hash: None,
        created_ms: house.house.now().0,
        expires_ms: house.house.now().0 + 10 * MINUTE,
    };
    contact_changes::begin(&mut tx, &house.house.vault, &other).await.unwrap();
    tx.commit().await.unwrap();
    let right = code_to(&house, NEW).await;
    let late = anna.visit().await.verified_phone(typed(&[(Field::Code, &right)])).await;
    assert_eq!(code(late), Some(Code::ChangeGone));
    assert_eq!(citizen.account().await.profile.get(Field::Phone), PHONE, "neither number became theirs");
    assert_eq!(code(anna.visit().await.resend_to_new_phone().await), Some(Code::ChangeGone));
}
