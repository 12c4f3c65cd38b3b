//! What ends all that was entered ends what is only being entered too: a login, a recovery, an act in the middle.

use crate::house::{Citizen, HOUR, House, code, code_to, typed};
use crate::verification::Browser;
use app::desks::AccountsDesk;
use domain::{Code, Field, Values};
use server::storage::{accounts, devices, sessions};

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
            tokio::time::sleep(std::time::Duration::from_millis(1)).await;
        }
    };
    tokio::time::timeout(std::time::Duration::from_secs(20), counted).await.expect("the try is counted");
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
