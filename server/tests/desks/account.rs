//! An account over time: proof that grows old, devices, deletion and what is left of it.

use crate::house::{Citizen, DAY, House, MINUTE, code};
use app::desks::ContentDesk;
use axum::http::{HeaderMap, header};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use domain::Code;
use ring::signature::{ED25519, UnparsedPublicKey};
use server::http::Visit;
use server::storage::alarms::NewAlarm;
use server::storage::{accounts, alarms, factors, ids};

#[tokio::test]
async fn a_proof_grows_old_while_the_session_lives_on() {
    let house = House::open().await;
    let citizen = house.citizen("+79137654321").await;
    assert_eq!(code(citizen.visit().await.add_app().await), None, "just logged in");
    house.at(10 * MINUTE).await;
    assert_eq!(code(citizen.visit().await.make_codes().await), None);
    house.at(10 * MINUTE + 1).await;
    assert_eq!(code(citizen.visit().await.make_codes().await), Some(Code::ProofNeeded));
    assert_eq!(code(citizen.visit().await.take_data(false).await), Some(Code::ProofNeeded));
    // What makes the account safer at once needs no proof.
    assert_eq!(code(citizen.visit().await.forget_devices().await), None);
    assert_eq!(code(citizen.visit().await.end_sessions(None).await), None);
}

#[tokio::test]
async fn somebody_forgotten_leaves_a_certificate_that_anybody_can_check() {
    let house = House::open().await;
    let citizen = house.citizen("+79137654321").await;
    let id = citizen.apply(&[]).await;
    house.work().await;
    let asked = citizen.visit().await.ask_deletion().await.unwrap().to;
    let token = asked.strip_prefix("/deletion/").unwrap().to_owned();
    let again = citizen.visit().await.ask_deletion().await.unwrap().to;
    assert_eq!(again, "/cabinet/data", "one wish at a time");
    house.purge_at(9 * DAY).await;
    assert!(citizen.visit().await.citizen.is_some());
    assert_eq!(code(citizen.visit().await.deletion_certificate(&token).await), Some(Code::NotFound));
    house.purge_at(10 * DAY).await;
    let stranger = citizen.visit().await;
    assert!(stranger.citizen.is_none(), "nobody is in any more");
    assert!(!citizen.can_read(&id).await);
    let page = stranger.page(format!("/deletion/{token}")).await.unwrap();
    assert!(serde_json::to_string(&page).unwrap().contains("certificate"));

    let file = stranger.deletion_certificate(&token).await.unwrap();
    let signed: serde_json::Value = serde_json::from_slice(&file.content).unwrap();
    let text = |name: &str| signed[name].as_str().unwrap().to_owned();
    assert!(text("statement").contains("erased: 2026-12-02T09:00Z"), "{}", text("statement"));
    for personal in ["Кузьмина", "+7913", "654321", "citizen@example.org"] {
        assert!(!text("statement").contains(personal));
    }
    let key = STANDARD.decode(text("public_key")).unwrap();
    let signature = STANDARD.decode(text("signature")).unwrap();
    let key = UnparsedPublicKey::new(&ED25519, key);
    assert!(key.verify(text("statement").as_bytes(), &signature).is_ok());
    assert!(key.verify(text("statement").replace("2026-12", "2026-11").as_bytes(), &signature).is_err());
}

#[tokio::test]
async fn one_letter_takes_back_all_that_a_stranger_did_since() {
    let house = House::open().await;
    let citizen = house.citizen("+79137654321").await;
    let owner = citizen.visit().await.citizen.unwrap().account_id;
    let kept = app(&house, &owner, "kept").await;
    let token = ids::token();
    let alarm = NewAlarm {
        token_hash: ids::token_hash(&token),
        account_id: &owner,
        act: "device_new",
        object: "",
        created_ms: house.house.now().0,
        expires_ms: i64::MAX,
    };
    let mut tx = house.house.db.write().await.unwrap();
    alarms::create(&mut tx, &alarm).await.unwrap();
    tx.commit().await.unwrap();
    // The stranger throws the owner's app out, makes codes, and asks for everything to be erased.
    house.at(MINUTE).await;
    citizen.visit().await.remove_app(&kept).await.unwrap();
    citizen.visit().await.make_codes().await.unwrap();
    citizen.visit().await.ask_deletion().await.unwrap();
    citizen.visit().await.not_me(&token).await.unwrap();
    assert!(citizen.visit().await.citizen.is_none());
    let mut tx = house.house.db.read().await.unwrap();
    assert_eq!(factors::count(&mut tx, &owner).await.unwrap(), 1, "the owner's app is back");
    assert_eq!(factors::backup_codes_left(&mut tx, &owner).await.unwrap(), 0);
    drop(tx);
    house.purge_at(20 * DAY).await;
    let mut tx = house.house.db.read().await.unwrap();
    let account = accounts::find(&mut tx, &house.house.vault, &owner).await.unwrap().unwrap();
    assert!(!account.profile.is_empty(), "nothing was erased");
}

/// An app of the account, in use: its id.
async fn app(house: &House, owner: &str, name: &str) -> String {
    let id = ids::public_id();
    let (db, vault, now) = (&house.house.db, &house.house.vault, house.house.now().0);
    let mut tx = db.write().await.unwrap();
    assert!(factors::begin(&mut tx, vault, owner, &id, &[7; 20], now - 2).await.unwrap());
    assert!(factors::confirm(&mut tx, vault, owner, &id, name, 0, now - 1).await.unwrap());
    tx.commit().await.unwrap();
    id
}

#[tokio::test]
async fn the_form_that_shows_the_passport_whole_asks_for_the_password_and_is_noted() {
    let house = House::open().await;
    let citizen = house.citizen("+79137654321").await;
    citizen.visit().await.page("/cabinet/data/correct".into()).await.unwrap();
    assert_eq!(citizen.journal().await[0].act, "profile_read");
    house.at(10 * MINUTE + 1).await;
    let late = citizen.visit().await;
    assert!(late.needs_proof());
    assert_eq!(code(late.page("/cabinet/data/correct".into()).await), Some(Code::ProofNeeded));
}

#[tokio::test]
async fn codes_are_shown_once_and_only_to_whom_they_were_made_for() {
    let house = House::open().await;
    let (owner, other) = (house.citizen("+79137654321").await, house.citizen("+79137654322").await);
    let made = owner.visit().await;
    made.make_codes().await.unwrap();
    let once = cookie(&made);
    let shown = async |citizen: &Citizen<'_>| {
        let mut visit = citizen.visit().await;
        visit.once = Some(once.clone());
        serde_json::to_string(&visit.page("/cabinet/security/codes".into()).await.unwrap())
            .unwrap()
            .contains("\"codes\"")
    };
    assert!(!shown(&other).await, "a cookie carried to another account");
    assert!(shown(&owner).await);
    house.at(10 * MINUTE + 1).await;
    assert!(!shown(&owner).await, "too late");
}

/// What the visit put into the cookie of codes shown once.
fn cookie(visit: &Visit) -> String {
    let mut set = HeaderMap::new();
    visit.dress(&mut set);
    let all = set.get_all(header::SET_COOKIE).iter().map(|v| v.to_str().unwrap().to_owned());
    let line = all.into_iter().find(|c| c.starts_with("__Host-once=")).unwrap();
    line.split(';').next().unwrap().split_once('=').unwrap().1.to_owned()
}
