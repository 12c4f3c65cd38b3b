//! Access resets at a counter: which accounts a passport leads to, and who may confirm.

use crate::house::{DAY, House, MINUTE, NOON, answers, join};
use crate::purging::{consent, pass, term, withdraw};
use domain::Field;
use domain::accounts::counter::SLIP_DAYS;
use domain::accounts::doors::Door;
use domain::clock::Timestamp;
use domain::staff::{Admitting, Grant, Role, Scope, StaffMember};
use server::jobs::purge::{self, Kept};
use server::storage::contact_changes::{Former, Kind};
use server::storage::counter_resets::{self, NewReset};
use server::storage::doors::{self, Linking, NewDoor};
use server::storage::staff::NewStaff;
use server::storage::{Purpose, accounts, erasure, identities, ids, staff};

on_both!(
    a_passport_leads_to_the_accounts_that_hold_it_and_to_no_others,
    a_crowd_of_one_passport_is_no_answer_and_a_login_names_one_of_it,
    accounts_from_before_are_found_once_they_are_indexed,
    a_profile_that_does_not_open_keeps_nobody_from_being_indexed,
    of_two_who_confirm_one_does_and_never_who_has_reset,
    the_last_reset_of_an_account_alone_can_be_confirmed,
    what_there_was_comes_back_once_and_is_forgotten_in_time,
    resets_that_nobody_entered_between_go_together,
    an_account_that_was_reset_is_not_erased_as_nobodys,
    a_slip_outlives_the_consent_that_somebody_withdrew,
    nobody_of_the_staff_is_taken_for_a_stranger,
    doors_go_at_once_and_are_known_by_their_moment,
);

const PHONE: &str = "+79161234567";

async fn clerk(house: &House, login: &str) -> Admitting {
    let mut tx = house.db.write().await.unwrap();
    let new = NewStaff { id: login, login, password_hash: "x", created_ms: NOON };
    staff::create(&mut tx, &new).await.unwrap();
    tx.commit().await.unwrap();
    let grants = vec![Grant { role: Role::Operator, scope: Scope::Everywhere }];
    StaffMember::recognised(login.to_owned(), grants).admitting().unwrap()
}

fn passport(house: &House, text: &str) -> [u8; 32] {
    house.vault.blind_index(Purpose::Passport, text)
}

/// A citizen whose profile holds a passport.
async fn citizen(house: &House, phone: &str) -> String {
    let id = house.citizen(phone).await;
    let held = answers(&[
        (Field::LastName, "Иванова"),
        (Field::PassportSeries, "5020"),
        (Field::PassportNumber, "654321"),
        (Field::Phone, phone),
    ]);
    let mut tx = house.db.write().await.unwrap();
    accounts::set_profile(&mut tx, &house.vault, &id, &held).await.unwrap();
    tx.commit().await.unwrap();
    id
}

async fn candidates(house: &House, text: &str) -> Vec<String> {
    let mut tx = house.db.read().await.unwrap();
    counter_resets::candidates(&mut tx, &passport(house, text)).await.unwrap().unwrap()
}

async fn named(house: &House, passport_text: &str, phone: &str) -> Vec<String> {
    let index = house.vault.blind_index(Purpose::Phone, phone);
    let mut tx = house.db.read().await.unwrap();
    counter_resets::named(&mut tx, &passport(house, passport_text), &index).await.unwrap()
}

/// The account is reset: its slip waits.
async fn reset(house: &House, by: &Admitting, account: &str, id: &str, at: i64) {
    let vault = &house.vault;
    let index = Some(vault.blind_index(Purpose::Phone, PHONE));
    let phone = Former { kind: Kind::Phone, value: PHONE.to_owned(), index, confirmed_ms: Some(NOON) };
    let email = Former { kind: Kind::Email, value: String::new(), index: None, confirmed_ms: None };
    let document_idx = &passport(house, "5020 654321");
    let new = NewReset { id, account_id: account, document_idx, asked_ms: at, phone: &phone, email: &email };
    let mut tx = house.db.write().await.unwrap();
    counter_resets::create(&mut tx, vault, by, &new).await.unwrap();
    accounts::change_phone(&mut tx, account, None, None).await.unwrap();
    accounts::give_first_password(&mut tx, account, Some(&ids::random()), accounts::NOT_YET).await.unwrap();
    tx.commit().await.unwrap();
}

async fn waiting(house: &House, since: i64) -> Vec<String> {
    waiting_for(house, &somebody(), since).await
}

/// A clerk who has confirmed nothing.
fn somebody() -> Admitting {
    let grants = vec![Grant { role: Role::Operator, scope: Scope::Everywhere }];
    StaffMember::recognised("somebody".to_owned(), grants).admitting().unwrap()
}

async fn waiting_for(house: &House, clerk: &Admitting, since: i64) -> Vec<String> {
    let mut tx = house.db.read().await.unwrap();
    let found = counter_resets::waiting(&mut tx, clerk, &passport(house, "5020 654321"), since).await.unwrap();
    found.into_iter().map(|r| r.id).collect()
}

async fn a_passport_leads_to_the_accounts_that_hold_it_and_to_no_others(house: &House) {
    let anna = citizen(house, PHONE).await;
    let boris = house.citizen("+79161234568").await;
    assert_eq!(candidates(house, "5020 654321").await, [anna.as_str()]);
    assert!(candidates(house, "5020 654322").await.is_empty());
    // An application of Boris names another passport, and a СНИЛС with it.
    let (application, _) = house.application(&boris).await;
    let snils = house.vault.blind_index(Purpose::Snils, "112-233-445 95");
    let mut tx = house.db.write().await.unwrap();
    let named = [(identities::Kind::Passport, passport(house, "5020 777777")), (identities::Kind::Snils, snils)];
    identities::set(&mut tx, &application, &named).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(candidates(house, "5020 777777").await, [boris.as_str()]);
    let mut tx = house.db.read().await.unwrap();
    let told = counter_resets::snils_of(&mut tx, &boris, &passport(house, "5020 777777")).await.unwrap();
    assert_eq!(told, [snils.to_vec()]);
    let other = counter_resets::snils_of(&mut tx, &boris, &passport(house, "5020 654321")).await.unwrap();
    assert!(other.is_empty(), "it is the СНИЛС of that passport's owner only");
    drop(tx);
    // Whoever is erased is found by nothing.
    let mut tx = house.db.write().await.unwrap();
    erasure::person(&mut tx, &house.vault, &anna, NOON + DAY).await.unwrap();
    tx.commit().await.unwrap();
    assert!(candidates(house, "5020 654321").await.is_empty());
}

async fn a_crowd_of_one_passport_is_no_answer_and_a_login_names_one_of_it(house: &House) {
    let first = clerk(house, "first").await;
    let anna = citizen(house, PHONE).await;
    for n in 10..20 {
        citizen(house, &format!("+791612345{n}")).await;
    }
    let mut tx = house.db.read().await.unwrap();
    assert_eq!(counter_resets::candidates(&mut tx, &passport(house, "5020 654321")).await.unwrap(), None);
    drop(tx);
    assert_eq!(named(house, "5020 654321", PHONE).await, [anna.as_str()]);
    assert!(named(house, "5020 654322", PHONE).await.is_empty(), "another passport");
    // What a reset took off names it still.
    reset(house, &first, &anna, "one", NOON).await;
    assert_eq!(named(house, "5020 654321", PHONE).await, [anna.as_str()]);
    let mut tx = house.db.write().await.unwrap();
    let document = passport(house, "5020 654321");
    assert!(counter_resets::newest_is(&mut tx, &anna, &first, &document, NOON - 1).await.unwrap());
    assert!(!counter_resets::newest_is(&mut tx, &anna, &first, &document, NOON).await.unwrap(), "too long ago");
    assert!(!counter_resets::newest_is(&mut tx, &anna, &somebody(), &document, NOON - 1).await.unwrap());
    let other = passport(house, "5020 654322");
    assert!(!counter_resets::newest_is(&mut tx, &anna, &first, &other, NOON - 1).await.unwrap());
    erasure::person(&mut tx, &house.vault, &anna, NOON + DAY).await.unwrap();
    tx.commit().await.unwrap();
    assert!(named(house, "5020 654321", PHONE).await.is_empty());
}

async fn a_profile_that_does_not_open_keeps_nobody_from_being_indexed(house: &House) {
    let (anna, boris) = (citizen(house, PHONE).await, citizen(house, "+79161234568").await);
    let ok = if anna < boris { &boris } else { &anna };
    house.raw("UPDATE accounts SET passport_index = NULL").await.unwrap();
    house
        .raw("UPDATE accounts SET profile = substr(profile, 2) WHERE id = (SELECT MIN(id) FROM accounts)")
        .await
        .unwrap();
    purge::pass(&house.db, &house.vault, &house.files, Timestamp(NOON)).await.unwrap();
    assert_eq!(candidates(house, "5020 654321").await, [ok.as_str()]);
    assert_eq!(house.number("SELECT COUNT(*) FROM accounts WHERE passport_index IS NULL").await, 0, "looked at once");
}

async fn resets_that_nobody_entered_between_go_together(house: &House) {
    let first = clerk(house, "first").await;
    let (anna, boris) = (citizen(house, PHONE).await, house.citizen("+79161234568").await);
    for (id, at) in [("one", NOON), ("two", NOON + MINUTE), ("three", NOON + 2 * MINUTE)] {
        reset(house, &first, &anna, id, at).await;
    }
    // Before the third somebody had entered, and proved a phone.
    house.raw("UPDATE counter_resets SET phone_confirmed_ms = 7 WHERE id = 'three'").await.unwrap();
    let mut tx = house.db.write().await.unwrap();
    let mut chain = async |account: &str, id: &str| counter_resets::chain(&mut tx, account, id).await.unwrap();
    assert_eq!(chain(&anna, "two").await, [("one".to_owned(), NOON), ("two".to_owned(), NOON + MINUTE)]);
    assert_eq!(chain(&anna, "one").await, [("one".to_owned(), NOON)], "not what came later");
    assert_eq!(chain(&anna, "three").await, [("three".to_owned(), NOON + 2 * MINUTE)]);
    assert!(chain(&boris, "two").await.is_empty(), "another's");
    drop(tx);
}

async fn accounts_from_before_are_found_once_they_are_indexed(house: &House) {
    let anna = citizen(house, PHONE).await;
    house.citizen("+79161234568").await;
    house.raw("UPDATE accounts SET passport_index = NULL").await.unwrap();
    assert!(candidates(house, "5020 654321").await.is_empty());
    for expected in [1, 1, 0] {
        let mut tx = house.db.write().await.unwrap();
        assert_eq!(accounts::index_passports(&mut tx, &house.vault, 1).await.unwrap(), expected);
        tx.commit().await.unwrap();
    }
    assert_eq!(candidates(house, "5020 654321").await, [anna]);
}

async fn of_two_who_confirm_one_does_and_never_who_has_reset(house: &House) {
    let (first, second, third) =
        (clerk(house, "first").await, clerk(house, "second").await, clerk(house, "third").await);
    let anna = citizen(house, PHONE).await;
    reset(house, &first, &anna, "one", NOON).await;
    let mut tx = house.db.write().await.unwrap();
    assert!(!counter_resets::confirm(&mut tx, &first, "one", NOON).await.unwrap(), "four eyes");
    tx.commit().await.unwrap();
    let both = [&second, &third];
    let done = join(2, |n| async move {
        let mut tx = house.db.write().await.unwrap();
        let done = counter_resets::confirm(&mut tx, both[n], "one", NOON).await.unwrap();
        tx.commit().await.unwrap();
        done
    })
    .await;
    assert_eq!(done.iter().filter(|done| **done).count(), 1);
    assert!(waiting(house, NOON - 1).await.is_empty());
    let confirmed = usize::from(!done[0]);
    assert_eq!(waiting_for(house, both[confirmed], NOON - 1).await, ["one"], "whoever asks again is told it is done");
    assert!(waiting_for(house, both[1 - confirmed], NOON - 1).await.is_empty());
    // The database holds it against any program.
    assert!(house.raw("UPDATE counter_resets SET second_by = asked_by").await.is_err());
}

async fn the_last_reset_of_an_account_alone_can_be_confirmed(house: &House) {
    let first = clerk(house, "first").await;
    let anna = citizen(house, PHONE).await;
    reset(house, &first, &anna, "one", NOON).await;
    reset(house, &first, &anna, "two", NOON + MINUTE).await;
    assert_eq!(waiting(house, NOON - 1).await, ["two"]);
    let second = clerk(house, "second").await;
    let mut tx = house.db.write().await.unwrap();
    assert!(!counter_resets::confirm(&mut tx, &second, "one", NOON).await.unwrap(), "it would open the slip of «two»");
    tx.commit().await.unwrap();
    assert!(waiting(house, NOON + MINUTE).await.is_empty(), "too old");
    let mut tx = house.db.write().await.unwrap();
    accounts::set_frozen(&mut tx, &anna, Some(NOON)).await.unwrap();
    tx.commit().await.unwrap();
    assert!(waiting(house, NOON - 1).await.is_empty(), "frozen");
    let mut tx = house.db.write().await.unwrap();
    accounts::set_frozen(&mut tx, &anna, None).await.unwrap();
    accounts::set_password(&mut tx, &anna, "own").await.unwrap();
    assert!(!accounts::start_first_password(&mut tx, &anna, NOON).await.unwrap());
    tx.commit().await.unwrap();
    assert!(waiting(house, NOON - 1).await.is_empty(), "entered by now");
}

async fn what_there_was_comes_back_once_and_is_forgotten_in_time(house: &House) {
    let first = clerk(house, "first").await;
    let (anna, boris) = (citizen(house, PHONE).await, house.citizen("+79161234568").await);
    reset(house, &first, &anna, "one", NOON).await;
    assert!(!house.everything_stored().await.contains(PHONE), "sealed");
    let mut tx = house.db.write().await.unwrap();
    let vault = &house.vault;
    assert!(counter_resets::former(&mut tx, vault, &boris, "one").await.unwrap().is_none(), "another's");
    let (phone, email) = counter_resets::former(&mut tx, vault, &anna, "one").await.unwrap().unwrap();
    assert_eq!((phone.value.as_str(), phone.confirmed_ms, email.value.as_str()), (PHONE, Some(NOON), ""));
    assert_eq!(phone.index, Some(vault.blind_index(Purpose::Phone, PHONE)));
    assert!(counter_resets::undo(&mut tx, &anna, "one", NOON).await.unwrap());
    assert!(!counter_resets::undo(&mut tx, &anna, "one", NOON).await.unwrap());
    assert!(counter_resets::former(&mut tx, vault, &anna, "one").await.unwrap().is_none());
    tx.commit().await.unwrap();

    reset(house, &first, &anna, "two", NOON + MINUTE).await;
    let purged = async |after: i64| {
        purge::pass(&house.db, &house.vault, &house.files, Timestamp(NOON + MINUTE + after)).await.unwrap().rows
    };
    purged(10 * DAY - 1).await;
    assert_eq!(house.number("SELECT COUNT(*) FROM counter_resets WHERE former IS NOT NULL").await, 1);
    purged(10 * DAY).await;
    assert_eq!(house.number("SELECT COUNT(*) FROM counter_resets WHERE former IS NOT NULL").await, 0);
    assert_eq!(house.number("SELECT COUNT(*) FROM counter_resets").await, 2);
    let rows = purged(29 * DAY).await;
    assert!(rows.contains(&(Kept::Identities, 2)), "{rows:?}");
    assert_eq!(house.number("SELECT COUNT(*) FROM counter_resets").await, 0);
}

async fn an_account_that_was_reset_is_not_erased_as_nobodys(house: &House) {
    let first = clerk(house, "first").await;
    let anna = citizen(house, PHONE).await;
    let late = NOON + 300 * DAY;
    let mut tx = house.db.write().await.unwrap();
    assert!(erasure::claim_unconfirmed(&mut tx, &anna, late).await.unwrap(), "it would be: not used for so long");
    tx.commit().await.unwrap();
    reset(house, &first, &anna, "one", late).await;
    let mut tx = house.db.write().await.unwrap();
    assert!(!erasure::claim_unconfirmed(&mut tx, &anna, late).await.unwrap());
    assert!(erasure::unconfirmed(&mut tx, late, 10).await.unwrap().is_empty());
    tx.commit().await.unwrap();
}

async fn a_slip_outlives_the_consent_that_somebody_withdrew(house: &House) {
    let first = clerk(house, "first").await;
    let (anna, boris) = (citizen(house, PHONE).await, citizen(house, "+79162222222").await);
    for id in [&anna, &boris] {
        consent(house, id, NOON).await;
        withdraw(house, id, NOON).await;
    }
    let end = NOON + term(Kept::Withdrawn);
    let asked = end - DAY / 2;
    reset(house, &first, &anna, "anna", asked).await;
    reset(house, &first, &boris, "boris", asked).await;
    let mut tx = house.db.write().await.unwrap();
    assert!(counter_resets::undo(&mut tx, &boris, "boris", asked + MINUTE).await.unwrap());
    tx.commit().await.unwrap();
    assert_eq!(pass(house, end, Kept::Withdrawn).await, 1, "Boris says that it was not him");
    let still = async |at_ms: i64| {
        let mut tx = house.db.write().await.unwrap();
        let claimed = erasure::claim_withdrawn(&mut tx, &anna, end, at_ms - SLIP_DAYS * DAY).await.unwrap();
        tx.commit().await.unwrap();
        !claimed
    };
    let slip_ends = asked + SLIP_DAYS * DAY;
    assert!(still(slip_ends - 1).await && !still(slip_ends).await);
    assert_eq!(pass(house, slip_ends - 1, Kept::Withdrawn).await, 0, "Anna may come in yet");
    assert_eq!(pass(house, slip_ends, Kept::Withdrawn).await, 1, "she never came");
}

async fn nobody_of_the_staff_is_taken_for_a_stranger(house: &House) {
    let (first, second) = (clerk(house, "first").await, clerk(house, "second").await);
    let anna = citizen(house, PHONE).await;
    let own = async |who: &Admitting| {
        let mut tx = house.db.read().await.unwrap();
        counter_resets::own(&mut tx, &anna, who.member()).await.unwrap()
    };
    assert!(!own(&first).await);
    let mut tx = house.db.write().await.unwrap();
    let (phone, snils) = (house.vault.blind_index(Purpose::Phone, PHONE), [9; 32]);
    identities::set_of_staff(&mut tx, "first", &[(identities::Kind::Phone, phone)]).await.unwrap();
    identities::set_of_staff(&mut tx, "second", &[(identities::Kind::Snils, snils)]).await.unwrap();
    tx.commit().await.unwrap();
    assert!(own(&first).await && !own(&second).await);
    reset(house, &second, &anna, "one", NOON).await;
    assert!(own(&first).await, "by the phone there was, too");
    let (application, _) = house.application(&anna).await;
    let mut tx = house.db.write().await.unwrap();
    identities::set(&mut tx, &application, &[(identities::Kind::Snils, snils)]).await.unwrap();
    tx.commit().await.unwrap();
    assert!(own(&second).await);
}

async fn doors_go_at_once_and_are_known_by_their_moment(house: &House) {
    let (anna, boris) = (citizen(house, PHONE).await, house.citizen("+79161234568").await);
    let told = answers(&[]);
    let mut tx = house.db.write().await.unwrap();
    for (n, (id, account_id, door)) in
        [("a", &anna, Door::Bank), ("b", &anna, Door::Gosuslugi), ("c", &boris, Door::Bank)].into_iter().enumerate()
    {
        let new = NewDoor { id, account_id, door, subject_index: [n as u8; 32], told: &told, now_ms: NOON };
        assert_eq!(doors::link(&mut tx, &house.vault, &new).await.unwrap(), Linking::Done);
    }
    assert!(doors::remove(&mut tx, &anna, "a", NOON).await.unwrap(), "by herself, before");
    assert_eq!(doors::remove_all(&mut tx, &anna, NOON + MINUTE).await.unwrap(), 1);
    assert!(doors::list(&mut tx, &house.vault, &anna).await.unwrap().is_empty());
    assert_eq!(doors::list(&mut tx, &house.vault, &boris).await.unwrap().len(), 1);
    assert_eq!(doors::removed_at(&mut tx, &anna, NOON + MINUTE).await.unwrap(), ["b"], "and not what went before");
    tx.commit().await.unwrap();
}
