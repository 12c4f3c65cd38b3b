//! Partners and what they are told; and a new start of somebody of the staff, by two.

use crate::house::{DAY, House, NOON, join};
use crate::staff::member;
use domain::staff::{DeliveryState, Event, GIVEN_UP_IN_A_ROW};
use server::storage::{assignments, exports, staff, webhooks};

on_both!(
    a_partners_secret_is_sealed_and_goes_with_it,
    an_attempt_counts_once,
    too_many_given_up_end_the_telling,
    a_new_start_needs_two,
    empty_exports_are_empty,
);

async fn partner(house: &House) -> String {
    let mut tx = house.db.write().await.unwrap();
    let new = ("Банк", "https://partner.example/", &[Event::Submitted, Event::StatusChanged][..]);
    let id =
        webhooks::create(&mut tx, &house.vault, new, b"TAJNYJ-SEKRET-PARTNERA-0123456789", "anna", NOON).await.unwrap();
    tx.commit().await.unwrap();
    id
}

async fn a_partners_secret_is_sealed_and_goes_with_it(house: &House) {
    let id = partner(house).await;
    let mut tx = house.db.write().await.unwrap();
    let found = webhooks::find(&mut tx, &id).await.unwrap().unwrap();
    assert_eq!((found.name.as_str(), found.events.len(), found.disabled_ms), ("Банк", 2, None));
    assert_eq!(webhooks::list(&mut tx).await.unwrap(), [found]);
    let secret = webhooks::secret(&mut tx, &house.vault, &id).await.unwrap().unwrap();
    assert_eq!(secret, b"TAJNYJ-SEKRET-PARTNERA-0123456789");
    assert!(!house.everything_stored().await.contains("TAJNYJ"));
    assert!(webhooks::set_disabled(&mut tx, &id, Some(NOON)).await.unwrap());
    assert_eq!(webhooks::find(&mut tx, &id).await.unwrap().unwrap().disabled_ms, Some(NOON));
    assert!(webhooks::remove(&mut tx, &house.vault, &id, NOON).await.unwrap());
    assert!(!webhooks::remove(&mut tx, &house.vault, &id, NOON).await.unwrap());
    assert!(webhooks::secret(&mut tx, &house.vault, &id).await.unwrap().is_none());
    assert!(!webhooks::set_disabled(&mut tx, &id, None).await.unwrap(), "removed for good");
}

async fn an_attempt_counts_once(house: &House) {
    let id = partner(house).await;
    let mut tx = house.db.write().await.unwrap();
    let delivery = webhooks::enter(&mut tx, &id, Event::Submitted, "{}", NOON).await.unwrap();
    let later = webhooks::enter(&mut tx, &id, Event::StatusChanged, "{}", NOON + 1).await.unwrap();
    tx.commit().await.unwrap();
    let mut tx = house.db.read().await.unwrap();
    let before = webhooks::delivery(&mut tx, &delivery).await.unwrap().unwrap();
    drop(tx);
    let counted = join(8, |_| async {
        let mut tx = house.db.write().await.unwrap();
        let ours =
            webhooks::tried(&mut tx, &before, DeliveryState::Waiting, Some(500), Some("refused"), NOON).await.unwrap();
        tx.commit().await.unwrap();
        ours
    });
    assert_eq!(counted.await.into_iter().filter(|ours| *ours).count(), 1);
    let mut tx = house.db.write().await.unwrap();
    let now = webhooks::delivery(&mut tx, &delivery).await.unwrap().unwrap();
    assert_eq!((now.attempts, now.answer, now.problem.as_deref()), (1, Some(500), Some("refused")));
    assert!(!webhooks::again(&mut tx, &delivery).await.unwrap(), "it waits already");
    assert!(webhooks::tried(&mut tx, &now, DeliveryState::Delivered, Some(204), None, NOON).await.unwrap());
    assert!(webhooks::again(&mut tx, &delivery).await.unwrap());
    let page = webhooks::deliveries(&mut tx, &id, None, 1).await.unwrap();
    assert_eq!(page[0].id, later, "newest first");
    let next = webhooks::deliveries(&mut tx, &id, Some((page[0].created_ms, &page[0].id)), 5).await.unwrap();
    assert_eq!(next.iter().map(|d| d.id.as_str()).collect::<Vec<_>>(), [delivery.as_str()]);
    assert_eq!(webhooks::purge(&mut tx, NOON + 1).await.unwrap(), 1);
    assert_eq!(assignments::purge(&mut tx, NOON).await.unwrap(), 0);
}

async fn too_many_given_up_end_the_telling(house: &House) {
    let id = partner(house).await;
    let mut tx = house.db.write().await.unwrap();
    for _ in 1..GIVEN_UP_IN_A_ROW {
        assert!(!webhooks::count(&mut tx, &id, false, NOON).await.unwrap());
    }
    webhooks::count(&mut tx, &id, true, NOON).await.unwrap();
    for n in 1..=GIVEN_UP_IN_A_ROW {
        let ended = webhooks::count(&mut tx, &id, false, NOON).await.unwrap();
        assert_eq!(ended, n == GIVEN_UP_IN_A_ROW, "one that arrived in between begins the count anew");
    }
    assert!(!webhooks::count(&mut tx, &id, false, NOON).await.unwrap(), "ended once");
}

async fn a_new_start_needs_two(house: &House) {
    let vera = member(house, "vera").await;
    let mut tx = house.db.write().await.unwrap();
    staff::set_password(&mut tx, &vera, "$argon2id$own", NOON).await.unwrap();
    staff::set_secret(&mut tx, &house.vault, &vera, b"secret", NOON).await.unwrap();
    staff::confirm_secret(&mut tx, &vera, NOON).await.unwrap();
    staff::set_backup_codes(&mut tx, &vera, &[[1; 32]]).await.unwrap();
    let lapsed = NOON - DAY;
    assert!(!staff::reset(&mut tx, &vera, "$argon2id$new", "boris", lapsed).await.unwrap(), "nobody has asked");
    assert!(staff::ask_reset(&mut tx, &vera, "anna", lapsed, NOON).await.unwrap());
    assert!(!staff::ask_reset(&mut tx, &vera, "boris", lapsed, NOON).await.unwrap(), "asked already");
    for same in ["anna", vera.as_str()] {
        assert!(!staff::reset(&mut tx, &vera, "$argon2id$new", same, lapsed).await.unwrap(), "one pair of eyes");
    }
    assert!(!staff::reset(&mut tx, &vera, "$argon2id$new", "boris", NOON).await.unwrap(), "too late");
    assert!(staff::reset(&mut tx, &vera, "$argon2id$new", "boris", lapsed).await.unwrap());
    let found = staff::find(&mut tx, &vera).await.unwrap().unwrap();
    assert_eq!(
        (found.password_hash.as_str(), found.password_set_ms, found.totp_confirmed_ms),
        ("$argon2id$new", None, None)
    );
    assert_eq!(staff::secret(&mut tx, &house.vault, &vera).await.unwrap(), None);
    assert_eq!(staff::backup_codes_left(&mut tx, &vera).await.unwrap(), 0);
    assert!(!staff::reset(&mut tx, &vera, "$argon2id$again", "boris", lapsed).await.unwrap(), "once");
}

async fn empty_exports_are_empty(house: &House) {
    let span = exports::Span { from_ms: 0, to_ms: NOON };
    let mut tx = house.db.read().await.unwrap();
    let everywhere = domain::staff::Scope::Everywhere;
    assert!(exports::applications(&mut tx, &everywhere, span, (i64::MIN, ""), 10).await.unwrap().is_empty());
    assert!(exports::acts(&mut tx, &everywhere, span, (i64::MIN, "", 0), 10).await.unwrap().is_empty());
    assert!(exports::staff(&mut tx, span, (i64::MIN, ""), 10).await.unwrap().is_empty());
}
