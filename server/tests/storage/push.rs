//! Devices that are told, on both databases.

use crate::house::{DAY, House, NOON, join};
use server::storage::notices::{self, Message, NewNotice, State};
use server::storage::push::{self, Added, Address};
use server::storage::{accounts, erasure, ids, notice_choices};

on_both!(
    a_browser_tells_one_person_and_ten_of_one_are_told,
    where_a_browser_is_reached_is_sealed_and_goes_with_its_person,
    a_device_may_be_quicker_than_its_service,
);

fn address(n: usize) -> Address {
    Address {
        endpoint: format!("https://push.example/send/{n}-aBcDeF"),
        p256dh: "BCVxsr7N".into(),
        auth: "BTBZMqHH".into(),
        label: "Chrome, Android".into(),
    }
}

async fn added(house: &House, account: &str, n: usize, at: i64) -> Added {
    let mut tx = house.db.write().await.unwrap();
    assert!(accounts::hold(&mut tx, account).await.unwrap());
    let added = push::add(&mut tx, &house.vault, account, &address(n), at).await.unwrap();
    tx.commit().await.unwrap();
    added
}

async fn devices(house: &House, account: &str) -> Vec<push::Device> {
    let mut tx = house.db.read().await.unwrap();
    push::list(&mut tx, &house.vault, account).await.unwrap()
}

async fn a_browser_tells_one_person_and_ten_of_one_are_told(house: &House) {
    let (anna, boris) = (house.citizen("+79161234567").await, house.citizen("+79161234568").await);
    let alone = Added::Now { before: None };
    assert_eq!(added(house, &anna, 0, NOON).await, alone);
    assert_eq!(added(house, &anna, 0, NOON + 1).await, alone, "the same browser again is one device");
    assert_eq!(devices(house, &anna).await.len(), 1);
    assert_eq!(added(house, &boris, 0, NOON).await, Added::Now { before: Some(anna.clone()) });
    assert!(devices(house, &anna).await.is_empty());
    // Of twelve at once ten find a place, and nobody is told of ten that are not there.
    let said = join(12, |n| added(house, &anna, n + 1, NOON)).await;
    assert_eq!(said.iter().filter(|a| **a == alone).count(), 10);
    let mine = devices(house, &anna).await;
    assert_eq!(mine.len(), 10);
    assert_eq!(added(house, &anna, 50, NOON).await, Added::Full);
    assert_eq!(added(house, &anna, 0, NOON).await, Added::Full, "another's is not taken for nothing");
    assert_eq!(devices(house, &boris).await.len(), 1);
    let mut tx = house.db.write().await.unwrap();
    assert!(!push::remove(&mut tx, &boris, &mine[0].id).await.unwrap(), "a stranger's");
    assert!(push::remove(&mut tx, &anna, &mine[0].id).await.unwrap());
    push::reached(&mut tx, &mine[1].id, NOON + DAY).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(added(house, &anna, 50, NOON).await, alone, "a place is free again");
    let mut tx = house.db.write().await.unwrap();
    let whom = notice_choices::addressee(&mut tx, &house.vault, &anna).await.unwrap().unwrap();
    assert_eq!(whom.devices.len(), 10);
    assert_eq!(push::purge(&mut tx, NOON).await.unwrap(), 10, "all but the one that was reached since");
    assert_eq!(push::remove_all(&mut tx, &anna).await.unwrap(), 1);
    tx.commit().await.unwrap();
}

async fn where_a_browser_is_reached_is_sealed_and_goes_with_its_person(house: &House) {
    let anna = house.citizen("+79161234567").await;
    added(house, &anna, 1, NOON).await;
    let mut tx = house.db.read().await.unwrap();
    let id = address(1).id();
    assert_eq!(push::find(&mut tx, &house.vault, &anna, &id).await.unwrap(), Some(address(1)));
    assert_eq!(push::find(&mut tx, &house.vault, "somebody", &id).await.unwrap(), None);
    drop(tx);
    assert_eq!(format!("{:?}", address(1)), "Address(***)");
    let stored = house.everything_stored().await;
    for part in ["push.example", "aBcDeF"] {
        assert!(!stored.contains(part) && !stored.contains(&ids::hex(part.as_bytes())), "an address lies open: {part}");
    }
    let mut tx = house.db.write().await.unwrap();
    erasure::person(&mut tx, &house.vault, &anna, NOON).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(house.number("SELECT COUNT(*) FROM push_subscriptions").await, 0);
}

async fn a_device_may_be_quicker_than_its_service(house: &House) {
    let anna = house.citizen("+79161234567").await;
    let mut tx = house.db.write().await.unwrap();
    let message =
        Message { to: address(1).id(), subject: "Заявка".into(), text: "Принята.".into(), link: None };
    let mut ids = Vec::new();
    for (channel, dedup_key) in [("push", "push/1"), ("push", "push/2"), ("sms", "sms/1")] {
        let new = NewNotice {
            person_id: &anna,
            application_id: None,
            channel,
            template: "received",
            message: &message,
            dedup_key,
            queued_ms: NOON,
            after_ms: None,
        };
        ids.push(notices::queue(&mut tx, &house.vault, &new).await.unwrap());
    }
    tx.commit().await.unwrap();
    let mut tx = house.db.write().await.unwrap();
    assert!(notices::shown(&mut tx, &ids[0], NOON + 1).await.unwrap());
    assert!(!notices::shown(&mut tx, &ids[0], NOON + 2).await.unwrap(), "said once");
    assert!(!notices::shown(&mut tx, &ids[2], NOON + 2).await.unwrap(), "a phone says nothing");
    for id in &ids[..2] {
        notices::settle(&mut tx, id, State::Sent, None, NOON + 3).await.unwrap();
    }
    let listed = notices::list_owned(&mut tx, &anna, 10).await.unwrap();
    let mut states: Vec<_> = listed.iter().filter(|n| n.channel == "push").map(|n| n.state.as_str()).collect();
    states.sort_unstable();
    assert_eq!(states, ["delivered", "sent"], "the service's answer does not undo the device's word");
    tx.commit().await.unwrap();
}
