//! Second factors, known devices, alarms, counted mistakes.

use crate::house::{DAY, House, MINUTE, NOON, join};
use domain::Field;
use domain::clock::Timestamp;
use server::jobs::purge::{self, Kept};
use server::storage::alarms::NewAlarm;
use server::storage::lockouts::Rule;
use server::storage::passkeys::NewPasskey;
use server::storage::{
    accounts, alarms, deletions, devices, factors, ids, journal, lockouts, passkeys, profile_changes,
};

on_both!(
    an_app_is_sealed_and_its_step_is_used_once,
    an_account_has_two_apps_and_no_third,
    a_removed_app_comes_back_until_it_is_purged,
    a_backup_code_of_a_citizen_works_once,
    a_device_is_known_to_its_account_only,
    an_alarm_rings_once_within_its_term,
    one_alarm_takes_all_that_followed,
    an_alarm_knows_whether_anything_else_happened_since,
    what_was_begun_ends_and_an_old_beginning_is_not_gone_on_with,
    a_profile_that_is_held_loses_nothing_two_write_at_once,
    a_correction_is_kept_sealed_for_ten_days,
    the_newest_row_of_an_act_is_found,
    wrong_passwords_close_the_door_for_longer_each_time,
    parallel_mistakes_are_all_counted,
    recovery_is_remembered_until_the_next_login,
    a_passkey_counts_upwards_and_five_are_enough,
    a_wish_to_be_forgotten_waits_and_can_be_taken_back,
);

async fn app(house: &House, owner: &str, secret: &[u8]) -> String {
    let id = ids::public_id();
    let mut tx = house.db.write().await.unwrap();
    assert!(factors::begin(&mut tx, &house.vault, owner, &id, secret, NOON).await.unwrap());
    assert!(factors::confirm(&mut tx, &house.vault, owner, &id, "Мой телефон", 100, NOON).await.unwrap());
    tx.commit().await.unwrap();
    id
}

async fn an_app_is_sealed_and_its_step_is_used_once(house: &House) {
    let (v, owner) = (&house.vault, house.citizen("+79160000001").await);
    let mut tx = house.db.write().await.unwrap();
    assert!(factors::begin(&mut tx, v, &owner, "a1", b"KLJUCHIKOTPRILOZHENI", NOON).await.unwrap());
    assert_eq!(factors::count(&mut tx, &owner).await.unwrap(), 0, "begun is not yet there");
    let (id, secret) = factors::adding(&mut tx, v, &owner, NOON).await.unwrap().unwrap();
    assert_eq!((id.as_str(), &secret[..]), ("a1", &b"KLJUCHIKOTPRILOZHENI"[..]));
    assert!(!factors::confirm(&mut tx, v, "stranger", "a1", "x", 1, NOON).await.is_ok_and(|done| done));
    drop(tx);
    let id = app(house, &owner, b"KLJUCHIKOTPRILOZHENI").await;
    let mut tx = house.db.read().await.unwrap();
    let apps = factors::apps(&mut tx, v, &owner).await.unwrap();
    assert_eq!(apps.iter().map(|a| (a.id.as_str(), a.name.as_str())).collect::<Vec<_>>(), [(&*id, "Мой телефон")]);
    drop(tx);
    let stored = house.everything_stored().await;
    assert!(!stored.contains("KLJUCHIK") && !stored.contains("Мой телефон"));

    // One code typed in twenty places at once opens one of them, and no older code opens anything after it.
    let used = join(20, |_| async {
        let mut tx = house.db.write().await.unwrap();
        let used = factors::use_step(&mut tx, &id, 101, NOON).await.unwrap();
        tx.commit().await.unwrap();
        used
    })
    .await;
    assert_eq!(used.iter().filter(|used| **used).count(), 1);
    let mut tx = house.db.write().await.unwrap();
    assert!(!factors::use_step(&mut tx, &id, 100, NOON).await.unwrap());
    assert!(factors::use_step(&mut tx, &id, 102, NOON).await.unwrap());
}

async fn an_account_has_two_apps_and_no_third(house: &House) {
    let owner = house.citizen("+79160000001").await;
    app(house, &owner, b"one").await;
    app(house, &owner, b"two").await;
    let begun = join(5, |n| {
        let owner = owner.clone();
        async move {
            let mut tx = house.db.write().await.unwrap();
            let begun = factors::begin(&mut tx, &house.vault, &owner, &format!("x{n}"), b"three", NOON).await.unwrap();
            tx.commit().await.unwrap();
            begun
        }
    })
    .await;
    assert_eq!(begun, [false; 5]);
    let mut tx = house.db.read().await.unwrap();
    assert_eq!(factors::secrets(&mut tx, &house.vault, &owner).await.unwrap().len(), 2);
    drop(tx);
    assert!(house.raw("UPDATE authenticators SET place = 3").await.is_err(), "the database holds to it too");
}

async fn a_removed_app_comes_back_until_it_is_purged(house: &House) {
    let owner = house.citizen("+79160000001").await;
    let id = app(house, &owner, b"one").await;
    let mut tx = house.db.write().await.unwrap();
    assert!(!factors::remove(&mut tx, "stranger", &id, NOON).await.unwrap());
    assert!(factors::remove(&mut tx, &owner, &id, NOON).await.unwrap());
    assert!(!factors::remove(&mut tx, &owner, &id, NOON).await.unwrap());
    assert!(!factors::use_step(&mut tx, &id, 500, NOON).await.unwrap(), "removed is removed");
    assert_eq!(factors::count(&mut tx, &owner).await.unwrap(), 0);
    assert!(factors::restore(&mut tx, &owner, &id).await.unwrap());
    assert_eq!(factors::count(&mut tx, &owner).await.unwrap(), 1);
    assert!(factors::remove(&mut tx, &owner, &id, NOON).await.unwrap());
    assert!(factors::begin(&mut tx, &house.vault, &owner, "a2", b"two", NOON).await.unwrap());
    assert!(!factors::restore(&mut tx, &owner, &id).await.unwrap(), "its place is taken");
    assert_eq!(factors::purge(&mut tx, NOON - 1).await.unwrap(), 0);
    assert_eq!(factors::purge(&mut tx, NOON).await.unwrap(), 2, "the removed and the unfinished");
}

async fn a_backup_code_of_a_citizen_works_once(house: &House) {
    let (owner, other) = (house.citizen("+79160000001").await, house.citizen("+79160000002").await);
    let mut tx = house.db.write().await.unwrap();
    factors::set_backup_codes(&mut tx, &owner, &[[1; 32], [2; 32]]).await.unwrap();
    assert!(!factors::use_backup_code(&mut tx, &other, &[1; 32], NOON).await.unwrap(), "somebody else's");
    tx.commit().await.unwrap();
    let used = join(10, |_| async {
        let mut tx = house.db.write().await.unwrap();
        let used = factors::use_backup_code(&mut tx, &owner, &[1; 32], NOON).await.unwrap();
        tx.commit().await.unwrap();
        used
    })
    .await;
    assert_eq!(used.iter().filter(|used| **used).count(), 1);
    let mut tx = house.db.write().await.unwrap();
    assert_eq!(factors::backup_codes_left(&mut tx, &owner).await.unwrap(), 1);
    factors::set_backup_codes(&mut tx, &owner, &[[3; 32]]).await.unwrap();
    assert!(!factors::use_backup_code(&mut tx, &owner, &[2; 32], NOON).await.unwrap(), "the earlier ones are gone");
}

async fn a_device_is_known_to_its_account_only(house: &House) {
    let (owner, other) = (house.citizen("+79160000001").await, house.citizen("+79160000002").await);
    let mut tx = house.db.write().await.unwrap();
    devices::seen(&mut tx, &[7; 32], &owner, "Firefox, Linux", Some(NOON + DAY), NOON).await.unwrap();
    devices::seen(&mut tx, &[8; 32], &owner, "Chrome", None, NOON + 1).await.unwrap();
    assert!(devices::find(&mut tx, &[7; 32], &other).await.unwrap().is_none());
    devices::seen(&mut tx, &[7; 32], &owner, "Firefox, Linux", None, NOON + 2).await.unwrap();
    let known = devices::find(&mut tx, &[7; 32], &owner).await.unwrap().unwrap();
    assert_eq!((known.first_ms, known.seen_ms, known.trusted_until_ms), (NOON, NOON + 2, Some(NOON + DAY)));
    let labels: Vec<_> = devices::list(&mut tx, &owner).await.unwrap().into_iter().map(|d| d.label).collect();
    assert_eq!(labels, ["Firefox, Linux", "Chrome"]);
    assert_eq!(devices::distrust_all(&mut tx, &owner, NOON).await.unwrap(), 1);
    assert_eq!(devices::purge(&mut tx, NOON + 1).await.unwrap(), 1);
    assert_eq!(devices::forget_all(&mut tx, &owner).await.unwrap(), 1);
}

async fn an_alarm_rings_once_within_its_term(house: &House) {
    let owner = house.citizen("+79160000001").await;
    let mut tx = house.db.write().await.unwrap();
    let new = NewAlarm {
        token_hash: [9; 32],
        account_id: &owner,
        act: "app_added",
        object: "a1",
        created_ms: NOON,
        expires_ms: NOON + 10 * DAY,
    };
    alarms::create(&mut tx, &new).await.unwrap();
    assert!(alarms::find(&mut tx, &[9; 32], NOON + 10 * DAY).await.unwrap().is_none(), "too late");
    assert_eq!(alarms::find(&mut tx, &[9; 32], NOON).await.unwrap().unwrap().object, "a1");
    tx.commit().await.unwrap();
    let rung = join(10, |_| async {
        let mut tx = house.db.write().await.unwrap();
        let rung = alarms::consume(&mut tx, &[9; 32], NOON + DAY).await.unwrap();
        tx.commit().await.unwrap();
        rung.is_some()
    })
    .await;
    assert_eq!(rung.iter().filter(|rung| **rung).count(), 1);
    let mut tx = house.db.write().await.unwrap();
    assert_eq!(alarms::purge(&mut tx, NOON + 10 * DAY).await.unwrap(), 1);
}

async fn one_alarm_takes_all_that_followed(house: &House) {
    let (owner, other) = (house.citizen("+79160000001").await, house.citizen("+79160000002").await);
    let mut tx = house.db.write().await.unwrap();
    for (n, account_id, act) in
        [(0, &owner, "app_removed"), (1, &owner, "device_new"), (2, &owner, "app_added"), (3, &other, "app_added")]
    {
        let created_ms = NOON + i64::from(n);
        let expires_ms = NOON + 10 * DAY;
        let new = NewAlarm { token_hash: [n; 32], account_id, act, object: "", created_ms, expires_ms };
        alarms::create(&mut tx, &new).await.unwrap();
    }
    let rung = alarms::consume(&mut tx, &[1; 32], NOON + DAY).await.unwrap().unwrap();
    let later = alarms::consume_since(&mut tx, &owner, rung.created_ms, NOON + DAY).await.unwrap();
    assert_eq!(later.iter().map(|a| a.act.as_str()).collect::<Vec<_>>(), ["app_added"]);
    assert!(alarms::find(&mut tx, &[2; 32], NOON + DAY).await.unwrap().is_none());
    for before_or_other in [0, 3] {
        assert!(alarms::find(&mut tx, &[before_or_other; 32], NOON + DAY).await.unwrap().is_some());
    }
}

async fn an_alarm_knows_whether_anything_else_happened_since(house: &House) {
    let (owner, other) = (house.citizen("+79160000001").await, house.citizen("+79160000002").await);
    let mut tx = house.db.write().await.unwrap();
    let rows = [(1, &owner, "device_new"), (2, &owner, "identity_asked"), (3, &owner, "identity_asked")];
    for (n, account_id, act) in rows.into_iter().chain([(4, &other, "app_added")]) {
        let (created_ms, expires_ms) = (NOON + i64::from(n), NOON + 10 * DAY);
        let new = NewAlarm { token_hash: [n; 32], account_id, act, object: "", created_ms, expires_ms };
        alarms::create(&mut tx, &new).await.unwrap();
    }
    let mut others = async |since| alarms::others_since(&mut tx, &owner, since, "identity_asked").await.unwrap();
    assert!(others(NOON + 1).await, "a login since");
    assert!(!others(NOON + 2).await, "only requests since");
    alarms::consume(&mut tx, &[1; 32], NOON).await.unwrap().unwrap();
    assert!(!alarms::others_since(&mut tx, &owner, NOON, "identity_asked").await.unwrap(), "taken back already");
}

async fn what_was_begun_ends_and_an_old_beginning_is_not_gone_on_with(house: &House) {
    let (v, owner) = (&house.vault, house.citizen("+79160000001").await);
    let kept = app(house, &owner, b"kept").await;
    let mut tx = house.db.write().await.unwrap();
    assert!(factors::begin(&mut tx, v, &owner, "begun", b"begun", NOON).await.unwrap());
    assert!(factors::adding(&mut tx, v, &owner, NOON).await.unwrap().is_some());
    assert!(factors::adding(&mut tx, v, &owner, NOON + 1).await.unwrap().is_none(), "begun before that");
    factors::drop_begun(&mut tx, &owner).await.unwrap();
    assert!(factors::adding(&mut tx, v, &owner, 0).await.unwrap().is_none());
    let left = factors::apps(&mut tx, v, &owner).await.unwrap();
    assert_eq!(left.iter().map(|a| a.id.as_str()).collect::<Vec<_>>(), [&*kept], "what is in use stays");
}

async fn a_profile_that_is_held_loses_nothing_two_write_at_once(house: &House) {
    let (v, owner) = (&house.vault, house.citizen("+79160000001").await);
    let fields = [Field::LastName, Field::FirstName, Field::MiddleName, Field::BirthPlace, Field::Inn, Field::Email];
    let owner = &owner;
    join(fields.len(), |n| async move {
        let mut tx = house.db.write().await.unwrap();
        assert!(accounts::hold(&mut tx, owner).await.unwrap());
        let mut profile = accounts::find(&mut tx, v, owner).await.unwrap().unwrap().profile;
        profile.set(fields[n], format!("written by {n}"));
        accounts::set_profile(&mut tx, v, owner, &profile).await.unwrap();
        tx.commit().await.unwrap();
    })
    .await;
    let mut tx = house.db.read().await.unwrap();
    let profile = accounts::find(&mut tx, v, owner).await.unwrap().unwrap().profile;
    for (n, field) in fields.into_iter().enumerate() {
        assert_eq!(profile.get(field), format!("written by {n}"));
    }
}

async fn a_correction_is_kept_sealed_for_ten_days(house: &House) {
    let (v, owner) = (&house.vault, house.citizen("+79160000001").await);
    let former = [(Field::LastName, "ПРЕЖНЯЯ".to_owned())].into_iter().collect();
    let mut tx = house.db.write().await.unwrap();
    profile_changes::keep(&mut tx, v, &owner, "p1", &former, NOON).await.unwrap();
    tx.commit().await.unwrap();
    assert!(!house.everything_stored().await.contains("ПРЕЖНЯЯ"));
    let mut tx = house.db.read().await.unwrap();
    let found = profile_changes::former(&mut tx, v, &owner, "p1").await.unwrap().unwrap();
    assert_eq!(found.get(Field::LastName), "ПРЕЖНЯЯ");
    assert!(profile_changes::former(&mut tx, v, "stranger", "p1").await.unwrap().is_none());
    drop(tx);
    let term = purge::CLOCKS.iter().find(|(k, _)| *k == Kept::Removed).unwrap().1;
    let pass = async |at| purge::pass(&house.db, v, &house.files, Timestamp(at)).await.unwrap();
    pass(NOON + term - 1).await;
    assert_eq!(house.number("SELECT COUNT(*) FROM profile_changes").await, 1);
    pass(NOON + term).await;
    assert_eq!(house.number("SELECT COUNT(*) FROM profile_changes").await, 0);
}

async fn the_newest_row_of_an_act_is_found(house: &House) {
    let (owner, other) = (house.citizen("+79160000001").await, house.citizen("+79160000002").await);
    let mut tx = house.db.write().await.unwrap();
    for (account, act, at_ms) in
        [(&owner, "profile_corrected", 5), (&owner, "profile_filled", 9), (&owner, "login", 20), (&other, "x", 30)]
    {
        let row = journal::NewEntry { account_id: Some(account), at_ms, actor: "citizen", act, object: "", detail: "" };
        journal::append(&mut tx, &row).await.unwrap();
    }
    tx.commit().await.unwrap();
    let mut tx = house.db.read().await.unwrap();
    assert_eq!(journal::last_correction(&mut tx, &owner).await.unwrap(), Some(9));
    assert_eq!(journal::last_correction(&mut tx, &other).await.unwrap(), None);
}

const RULE: Rule = Rule { tries: 10, first_ms: 10 * MINUTE, longest_ms: DAY, forget_ms: DAY };

async fn wrong_passwords_close_the_door_for_longer_each_time(house: &House) {
    let key = [1; 32];
    let mut now = NOON;
    for closed in [10, 20, 40, 80] {
        for _ in 0..10 {
            assert_eq!(lockouts::spend(&house.db, &key, RULE, now).await.unwrap(), None);
        }
        assert_eq!(lockouts::spend(&house.db, &key, RULE, now).await.unwrap(), Some(closed * MINUTE));
        // Knocking does not prolong it.
        assert_eq!(lockouts::spend(&house.db, &key, RULE, now + MINUTE).await.unwrap(), Some((closed - 1) * MINUTE));
        now += closed * MINUTE;
    }
    // A day without a mistake, and it begins anew.
    now += DAY + DAY;
    for _ in 0..10 {
        assert_eq!(lockouts::spend(&house.db, &key, RULE, now).await.unwrap(), None);
    }
    assert_eq!(lockouts::spend(&house.db, &key, RULE, now).await.unwrap(), Some(10 * MINUTE));
    // The right password opens it for good.
    let mut tx = house.db.write().await.unwrap();
    lockouts::clear(&mut tx, &key).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(lockouts::spend(&house.db, &key, RULE, now).await.unwrap(), None);
    assert_eq!(lockouts::spend(&house.db, &[2; 32], RULE, now).await.unwrap(), None, "another door");
    let mut tx = house.db.write().await.unwrap();
    assert_eq!(lockouts::purge(&mut tx, now).await.unwrap(), 2);
}

async fn parallel_mistakes_are_all_counted(house: &House) {
    let taken = join(30, |_| async { lockouts::spend(&house.db, &[3; 32], RULE, NOON).await.unwrap() }).await;
    assert_eq!(taken.iter().filter(|wait| wait.is_none()).count(), 10);
}

async fn recovery_is_remembered_until_the_next_login(house: &House) {
    let owner = house.citizen("+79160000001").await;
    let mut tx = house.db.write().await.unwrap();
    accounts::set_frozen(&mut tx, &owner, Some(NOON)).await.unwrap();
    accounts::set_recovered_by(&mut tx, &owner, Some("phone")).await.unwrap();
    let found = accounts::find(&mut tx, &house.vault, &owner).await.unwrap().unwrap();
    assert_eq!((found.frozen_ms, found.recovered_by.as_deref()), (Some(NOON), Some("phone")));
    accounts::set_frozen(&mut tx, &owner, None).await.unwrap();
    accounts::set_recovered_by(&mut tx, &owner, None).await.unwrap();
    let found = accounts::find(&mut tx, &house.vault, &owner).await.unwrap().unwrap();
    assert_eq!((found.frozen_ms, found.recovered_by), (None, None));
}

async fn a_passkey_counts_upwards_and_five_are_enough(house: &House) {
    let (v, owner) = (&house.vault, house.citizen("+79160000001").await);
    let new = |id: &'static [u8]| NewPasskey {
        id,
        account_id: &owner,
        name: "Отпечаток Кузьминой",
        public_key: b"cose",
        counter: 1,
        now_ms: NOON,
    };
    let mut tx = house.db.write().await.unwrap();
    assert!(passkeys::create(&mut tx, v, &new(b"k1")).await.unwrap());
    assert!(!passkeys::create(&mut tx, v, &new(b"k1")).await.unwrap(), "the same one twice");
    for id in [&b"k2"[..], b"k3", b"k4", b"k5"] {
        assert!(passkeys::create(&mut tx, v, &new(id)).await.unwrap());
    }
    assert!(!passkeys::create(&mut tx, v, &new(b"k6")).await.unwrap());
    tx.commit().await.unwrap();
    assert!(!house.everything_stored().await.contains("Отпечаток"));
    let used = join(20, |_| async {
        let mut tx = house.db.write().await.unwrap();
        let used = passkeys::used(&mut tx, b"k1", 2, NOON).await.unwrap();
        tx.commit().await.unwrap();
        used
    })
    .await;
    assert_eq!(used.iter().filter(|used| **used).count(), 1, "one signature opens one door");
    let mut tx = house.db.write().await.unwrap();
    assert!(!passkeys::used(&mut tx, b"k1", 1, NOON).await.unwrap(), "a copy");
    assert!(!passkeys::remove(&mut tx, "stranger", b"k1", NOON).await.unwrap());
    assert!(passkeys::remove(&mut tx, &owner, b"k1", NOON).await.unwrap());
    assert!(passkeys::find(&mut tx, b"k1").await.unwrap().is_none());
    assert_eq!(passkeys::count(&mut tx, &owner).await.unwrap(), 4);
    assert!(passkeys::restore(&mut tx, &owner, b"k1").await.unwrap());
    assert_eq!(passkeys::list(&mut tx, v, &owner).await.unwrap().len(), 5);
    assert!(passkeys::remove(&mut tx, &owner, b"k2", NOON).await.unwrap());
    assert_eq!(passkeys::purge(&mut tx, NOON).await.unwrap(), 1);
}

async fn a_wish_to_be_forgotten_waits_and_can_be_taken_back(house: &House) {
    let owner = house.citizen("+79160000001").await;
    let mut tx = house.db.write().await.unwrap();
    assert!(deletions::ask(&mut tx, &[1; 32], &owner, NOON, NOON + 10 * DAY).await.unwrap());
    assert!(!deletions::ask(&mut tx, &[2; 32], &owner, NOON, NOON + 10 * DAY).await.unwrap(), "one at a time");
    assert!(deletions::cancel(&mut tx, &owner, NOON).await.unwrap());
    assert!(!deletions::cancel(&mut tx, &owner, NOON).await.unwrap());
    assert_eq!(deletions::due(&mut tx, NOON + 10 * DAY, 10).await.unwrap(), Vec::<String>::new());
    assert!(deletions::ask(&mut tx, &[3; 32], &owner, NOON, NOON + 10 * DAY).await.unwrap());
    tx.commit().await.unwrap();

    let now = |at| domain::clock::Timestamp(at);
    server::jobs::purge::pass(&house.db, &house.vault, &house.files, now(NOON + 10 * DAY - 1)).await.unwrap();
    let mut tx = house.db.read().await.unwrap();
    assert!(accounts::find(&mut tx, &house.vault, &owner).await.unwrap().unwrap().blocked_ms.is_none());
    drop(tx);
    server::jobs::purge::pass(&house.db, &house.vault, &house.files, now(NOON + 10 * DAY)).await.unwrap();
    let mut tx = house.db.read().await.unwrap();
    let wish = deletions::find(&mut tx, &[3; 32]).await.unwrap().unwrap();
    assert_eq!(wish.erased_ms, Some(NOON + 10 * DAY));
    assert!(deletions::open_of(&mut tx, &owner).await.unwrap().is_none());
    drop(tx);
    assert_eq!(house.number("SELECT COUNT(*) FROM persons WHERE wrapped_key IS NOT NULL").await, 0, "the key is gone");
}
