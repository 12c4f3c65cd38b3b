//! What ends all that was entered ends what is only being entered too: a login, a recovery, an act in the middle.

use crate::house::{Citizen, HOUR, House, code, code_to, typed};
use crate::verification::Browser;
use app::desks::AccountsDesk;
use domain::{Code, Field, Values};
use server::storage::{Db, Purpose, Tx, accounts, devices, sessions};
use std::time::Duration;

const PHONE: &str = "+79137654321";
const OLD: &str = "Тополь-7-река!";
const NEW: &str = "Совсем-новый-7-тополь!";
const IDLE: i64 = HOUR;

fn password() -> Values {
    typed(&[(Field::Login, PHONE), (Field::Password, OLD)])
}

fn chosen() -> Values {
    typed(&[(Field::Password, NEW), (Field::PasswordAgain, NEW)])
}

/// A citizen whose old password somebody else knows.
async fn citizen(house: &House) -> Citizen<'_> {
    let citizen = house.citizen(PHONE).await;
    let account = citizen.account().await.id;
    let hash = house.house.passwords.hash(OLD.to_owned()).await.unwrap();
    let mut tx = house.house.db.write().await.unwrap();
    accounts::set_password(&mut tx, &account, &hash).await.unwrap();
    tx.commit().await.unwrap();
    citizen
}

/// How many are in.
async fn open(house: &House, citizen: &Citizen<'_>) -> usize {
    let account = citizen.account().await.id;
    let mut tx = house.house.db.read().await.unwrap();
    sessions::list(&mut tx, &account, house.house.now().0, IDLE).await.unwrap().len()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_login_in_progress_ends_with_all_others() {
    let house = House::open().await;
    let owner = citizen(&house).await;
    let mut stranger = Browser::new(&house);
    let visit = stranger.visit().await;
    assert_eq!(visit.login(password(), None).await.unwrap().to, "/login/code");
    stranger.keep(&visit);
    // Their post has arrived and is being read when the owner's new password counts.
    let late = stranger.visit().await;
    let right = code_to(&house, PHONE).await;
    owner.visit().await.change_password(chosen()).await.unwrap();
    let posted = late.login_code(typed(&[(Field::Code, &right), (Field::TrustDevice, "yes")])).await;
    assert_eq!(code(posted), Some(Code::NoSession));
    assert_eq!(open(&house, &owner).await, 1, "the owner's alone");
    let account = owner.account().await.id;
    let mut tx = house.house.db.read().await.unwrap();
    assert!(devices::list(&mut tx, &account).await.unwrap().is_empty(), "and no device is trusted");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_recovery_in_progress_ends_with_all_others() {
    let house = House::open().await;
    let owner = citizen(&house).await;
    let mut stranger = Browser::new(&house);
    let visit = stranger.visit().await;
    visit.recover(typed(&[(Field::Login, PHONE)])).await.unwrap();
    stranger.keep(&visit);
    let late = stranger.visit().await;
    let right = code_to(&house, PHONE).await;
    owner.visit().await.change_password(chosen()).await.unwrap();
    assert_eq!(code(late.recover_code(typed(&[(Field::Code, &right)])).await), Some(Code::NoSession));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_act_of_who_was_put_out_changes_nothing() {
    let house = House::open().await;
    let owner = citizen(&house).await;
    let late = owner.visit().await;
    let account = owner.account().await.id;
    let mut tx = house.house.db.write().await.unwrap();
    sessions::revoke_all(&mut tx, &account, None, house.house.now().0).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(code(late.change_password(chosen()).await), Some(Code::NoSession));
    assert_eq!(code(late.change_phone(typed(&[(Field::NewPhone, "+79135550101")])).await), Some(Code::NoSession));
    assert_eq!(code(late.make_codes().await), Some(Code::NoSession));
}

/// A trusted browser types the old password; while it is compared, the owner does something.
async fn meanwhile(new_password: bool) -> Option<Code> {
    let house = House::open().await;
    let owner = citizen(&house).await;
    let mut browser = Browser::new(&house);
    let visit = browser.visit().await;
    visit.login(password(), None).await.unwrap();
    browser.keep(&visit);
    let visit = browser.visit().await;
    let right = code_to(&house, PHONE).await;
    visit.login_code(typed(&[(Field::Code, &right), (Field::TrustDevice, "yes")])).await.unwrap();
    browser.keep(&visit);
    let account = owner.account().await.id;
    let hash = house.house.passwords.hash(NEW.to_owned()).await.unwrap();
    let (before, visit) = (open(&house, &owner).await, browser.visit().await);
    // The comparison has to wait for these: there is time to look.
    let passwords = house.house.passwords.clone();
    for _ in 0..40 {
        let passwords = passwords.clone();
        tokio::spawn(async move { passwords.hash(NEW.to_owned()).await.map(drop) });
    }
    let login = tokio::spawn(async move { visit.login(password(), None).await });
    // The try is counted before the comparison.
    let counted = async {
        while house.text("SELECT CAST(COUNT(*) AS TEXT) FROM lockouts").await == "0" {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(20), counted).await.expect("the try is counted");
    let mut tx = house.house.db.write().await.unwrap();
    if new_password {
        accounts::set_password(&mut tx, &account, &hash).await.unwrap();
    }
    devices::distrust_all(&mut tx, &account, house.house.now().0).await.unwrap();
    tx.commit().await.unwrap();
    let refused = code(login.await.unwrap());
    assert_eq!(open(&house, &owner).await, before, "nobody came in");
    refused
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_compared_is_compared_again_before_a_trusted_device_is_let_in() {
    assert_eq!(meanwhile(true).await, Some(Code::LoginFailed), "the password is another by now");
    assert_eq!(meanwhile(false).await, Some(Code::LoginFailed), "the device is trusted no more");
}

/// Waits for the writer, in a task of its own.
pub fn in_line(db: &Db) -> tokio::task::JoinHandle<Tx> {
    let db = db.clone();
    tokio::spawn(async move { db.write().await.unwrap() })
}

/// Their phone becomes another, whatever they have begun.
async fn move_phone(house: &House, citizen: &Citizen<'_>, mut tx: Tx) {
    let vault = &house.house.vault;
    let (account, index) = (citizen.account().await, vault.blind_index(Purpose::Phone, "+79135550101"));
    let (id, mut profile) = (account.id, account.profile);
    accounts::change_phone(&mut tx, &id, Some(&index), Some(house.house.now().0)).await.unwrap();
    profile.set(Field::Phone, "+79135550101");
    accounts::set_profile(&mut tx, vault, &id, &profile).await.unwrap();
    tx.commit().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_recovery_that_is_asked_for_while_the_phone_changes_sends_nothing_to_the_old_one() {
    let house = House::open().await;
    let owner = citizen(&house).await;
    let db = &house.house.db;
    let first = db.write().await.unwrap();
    let visit = Browser::new(&house).visit().await;
    let asked = tokio::spawn(async move { visit.recover(typed(&[(Field::Login, PHONE)])).await });
    let a_moment = || tokio::time::sleep(Duration::from_millis(100));
    // Behind the count of the try stands one act, and behind that one the change of the phone: what the recovery reads
    // before its own turn is of before the change.
    a_moment().await;
    let second = in_line(db);
    a_moment().await;
    drop(first);
    let second = second.await.unwrap();
    let third = in_line(db);
    a_moment().await;
    drop(second);
    let third = third.await.unwrap();
    a_moment().await;
    move_phone(&house, &owner, third).await;
    asked.await.unwrap().unwrap();
    house.work().await;
    assert_eq!(house.told("recover_code").await, 0, "the number is nobody's any more");
    let live = "SELECT CAST(COUNT(*) AS TEXT) FROM sessions WHERE stage = 'recovering' AND account_id IS NOT NULL";
    assert_eq!(house.text(live).await, "0");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_by_documents_whose_phone_changes_meanwhile_is_about_nobody() {
    let house = House::open().await;
    let owner = citizen(&house).await;
    let mut stranger = Browser::new(&house);
    let people = async || house.text("SELECT CAST(COUNT(*) AS TEXT) FROM persons").await;
    let before = people().await;
    let change = async {
        // Always next in line behind the request: once it has its key, and before all its files are put.
        loop {
            let tx = house.house.db.write().await.unwrap();
            if people().await != before {
                return move_phone(&house, &owner, tx).await;
            }
            drop(tx);
        }
    };
    let (asked, ()) = tokio::join!(stranger.ask(PHONE), change);
    asked.unwrap();
    let whose = "SELECT CAST(COUNT(account_id) AS TEXT) FROM verifications";
    assert_eq!(house.text(whose).await, "0");
    assert_eq!(house.told("alarm").await, 0);
}
