//! Tries of names from addresses, counted without either.

use crate::house::{House, MINUTE, NOON, join};
use domain::clock::Timestamp;
use server::jobs::purge::{self, Kept};
use server::storage::sightings;
use server::storage::{ids, sessions};

on_both!(different_ones_are_counted_once, a_session_remembers_the_country_it_began_in);

async fn see(house: &House, address: u8, name: u8, at_ms: i64) -> (Vec<i64>, Vec<i64>) {
    let mut tx = house.db.write().await.unwrap();
    let since = at_ms - 60 * MINUTE;
    let seen = sightings::see(&mut tx, &[address; 32], &[name; 32], at_ms, since, 50).await.unwrap();
    tx.commit().await.unwrap();
    seen
}

async fn different_ones_are_counted_once(house: &House) {
    join(20, |n| see(house, 1, (n % 5) as u8, NOON)).await;
    let (names, addresses) = see(house, 1, 0, NOON + MINUTE).await;
    assert_eq!(names, [NOON + MINUTE, NOON, NOON, NOON, NOON], "five names, the newest first");
    assert_eq!(addresses, [NOON + MINUTE]);
    let (names, addresses) = see(house, 2, 0, NOON + 2 * MINUTE).await;
    assert_eq!((names.len(), addresses.as_slice()), (1, &[NOON + 2 * MINUTE, NOON + MINUTE][..]));
    let (names, _) = see(house, 1, 9, NOON + 60 * MINUTE).await;
    assert_eq!(names, [NOON + 60 * MINUTE, NOON + MINUTE], "the others have left the window");
    let mut tx = house.db.write().await.unwrap();
    sightings::forget(&mut tx, &[1; 32], &[9; 32]).await.unwrap();
    tx.commit().await.unwrap();
    let (names, _) = see(house, 1, 0, NOON + 60 * MINUTE).await;
    assert_eq!(names, [NOON + 60 * MINUTE], "a right password was no guess");
    let term = purge::CLOCKS.iter().find(|(k, _)| *k == Kept::Limits).unwrap().1;
    let purged = purge::pass(&house.db, &house.vault, &house.files, Timestamp(NOON + term)).await.unwrap();
    assert_eq!(purged.rows.iter().find(|(k, _)| *k == Kept::Limits).unwrap().1, 4);
}

async fn a_session_remembers_the_country_it_began_in(house: &House) {
    let owner = house.citizen("+79160000001").await;
    let mut tx = house.db.write().await.unwrap();
    for (id, country) in [("s1", Some("RU")), ("s2", None)] {
        let new = sessions::NewSession {
            token_hash: ids::random(),
            id,
            account_id: Some(&owner),
            stage: sessions::Stage::Open,
            subject: None,
            created_ms: NOON,
            absolute_expires_ms: NOON + MINUTE,
            label: "",
            device_hash: None,
            proved_by: "sms",
        };
        sessions::create(&mut tx, &new).await.unwrap();
        if let Some(country) = country {
            sessions::set_country(&mut tx, id, country).await.unwrap();
        }
    }
    let places: Vec<Option<String>> =
        sessions::logins(&mut tx, &owner, 10).await.unwrap().into_iter().map(|s| s.country).collect();
    assert_eq!(places, [Some("RU".to_owned()), None]);
}
