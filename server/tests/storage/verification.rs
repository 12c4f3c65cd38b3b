//! Requests to verify an identity, and phones and e-mails being changed.

use crate::house::{DAY, House, MINUTE, NOON, join};
use domain::clock::Timestamp;
use domain::staff::{Grant, Role, Scope, StaffMember, Verifying};
use domain::{Code, Field};
use server::jobs::purge::{self, Kept};
use server::storage::contact_changes::{self, Former, Kind, NewChange};
use server::storage::staff::NewStaff;
use server::storage::verifications::{self, NewScan, NewVerification, State};
use server::storage::{Purpose, accounts, factors, ids, journal, passkeys, persons, staff};

on_both!(
    of_two_clerks_one_holds_and_of_two_decisions_one_is_taken,
    an_answer_to_a_refusal_is_for_somebody_else,
    what_was_confirmed_is_used_once_and_within_its_hour,
    a_request_goes_with_its_scans_and_key,
    a_contact_is_changed_once_and_what_was_there_is_kept,
    a_change_under_way_is_prolonged_by_its_owner_and_ended,
    nobodys_phone_is_taken_from_them,
    lost_factors_go_at_once_and_come_back_together,
);

const AT: Timestamp = Timestamp(NOON);

async fn clerk(house: &House, login: &str) -> Verifying {
    let mut tx = house.db.write().await.unwrap();
    let new = NewStaff { id: login, login, password_hash: "x", created_ms: NOON };
    staff::create(&mut tx, &new).await.unwrap();
    tx.commit().await.unwrap();
    let grants = vec![Grant { role: Role::Support, scope: Scope::Everywhere }];
    StaffMember::recognised(login.to_owned(), grants).verifying().unwrap()
}

async fn request(house: &House, account: Option<&str>) -> String {
    let id = ids::public_id();
    let mut tx = house.db.write().await.unwrap();
    persons::create(&mut tx, &house.vault, &id, NOON).await.unwrap();
    let key = persons::key(&mut tx, &house.vault, &id).await.unwrap();
    let new = NewVerification {
        id: &id,
        number: &ids::spoken(8),
        account_id: account,
        asked_ms: NOON,
        due_ms: NOON + 10 * MINUTE,
    };
    let scan = format!("{id}-scan");
    house.files.put(&house.vault, &key, &scan, b"PASSPORT OF IVANOVA").await.unwrap();
    let scan = NewScan { id: &scan, kind: "passport", media_type: "image/jpeg", size: 9, pages: 1 };
    verifications::create(&mut tx, &new, &[scan]).await.unwrap();
    tx.commit().await.unwrap();
    id
}

async fn hold(house: &House, clerk: &Verifying, id: &str, now: Timestamp) -> bool {
    let mut tx = house.db.write().await.unwrap();
    let held = verifications::hold(&mut tx, clerk, id, now).await.unwrap();
    tx.commit().await.unwrap();
    held
}

async fn decide(house: &House, clerk: &Verifying, id: &str, refused: Option<(u16, &str)>, now: Timestamp) -> bool {
    let mut tx = house.db.write().await.unwrap();
    let done = verifications::decide(&mut tx, &house.vault, clerk, id, refused, now).await.unwrap();
    tx.commit().await.unwrap();
    done
}

async fn state(house: &House, id: &str) -> State {
    let mut tx = house.db.read().await.unwrap();
    verifications::find(&mut tx, &house.vault, id).await.unwrap().unwrap().state
}

async fn of_two_clerks_one_holds_and_of_two_decisions_one_is_taken(house: &House) {
    let owner = house.citizen("+79160000001").await;
    let (anna, boris) = (clerk(house, "anna").await, clerk(house, "boris").await);
    let id = request(house, Some(&owner)).await;
    assert!(hold(house, &anna, &id, AT).await);
    assert!(!hold(house, &boris, &id, AT).await, "in her hands");
    assert!(!decide(house, &boris, &id, None, AT).await);
    let look = async |clerk: &Verifying, now| {
        verifications::look(&house.db, &house.vault, clerk, &id, "identity_read", None, now).await.unwrap().is_some()
    };
    assert!(look(&anna, AT).await && !look(&boris, AT).await);
    let mut tx = house.db.read().await.unwrap();
    let rows = journal::list_owned(&mut tx, &owner, 10).await.unwrap();
    drop(tx);
    assert_eq!(rows.iter().filter(|r| r.act == "identity_read").count(), 1);
    assert_eq!(rows[0].detail, "support/citizen_asked");
    // Her hold runs out: he may go on, she may not.
    let later = AT.plus_minutes(15);
    assert!(!look(&anna, later).await);
    assert!(hold(house, &boris, &id, later).await);
    assert!(!decide(house, &anna, &id, None, later).await);
    let decided = join(10, |n| {
        let (boris, id) = (boris.clone(), id.clone());
        async move {
            let refused = (n % 2 == 0).then_some((Code::IdentityDiffers.number(), "Другая фамилия"));
            decide(house, &boris, &id, refused, later).await
        }
    })
    .await;
    assert_eq!(decided.iter().filter(|done| **done).count(), 1);
    assert!(!house.everything_stored().await.contains("Другая фамилия"), "a clerk's words are sealed");

    let nobody = request(house, None).await;
    assert!(hold(house, &anna, &nobody, AT).await);
    assert!(!decide(house, &anna, &nobody, None, AT).await, "there is nobody to confirm");
    assert!(decide(house, &anna, &nobody, Some((Code::IdentityDiffers.number(), "")), AT).await);
}

async fn an_answer_to_a_refusal_is_for_somebody_else(house: &House) {
    let owner = house.citizen("+79160000001").await;
    let (anna, boris) = (clerk(house, "anna").await, clerk(house, "boris").await);
    let id = request(house, Some(&owner)).await;
    let object = async || {
        let mut tx = house.db.write().await.unwrap();
        let done = verifications::object(&mut tx, &house.vault, &id, "Паспорт менялся в мае", NOON).await.unwrap();
        tx.commit().await.unwrap();
        done
    };
    assert!(!object().await, "nothing was refused yet");
    assert!(hold(house, &anna, &id, AT).await);
    assert!(decide(house, &anna, &id, Some((Code::IdentityDiffers.number(), "")), AT).await);
    assert!(object().await && !object().await, "once");
    assert!(!house.everything_stored().await.contains("Паспорт менялся"));
    assert!(!hold(house, &anna, &id, AT).await, "not whoever refused");
    assert!(
        house.raw("UPDATE verifications SET decided_by = refused_by").await.is_err(),
        "the database holds to it too"
    );
    assert!(hold(house, &boris, &id, AT).await);
    assert!(decide(house, &boris, &id, Some((Code::IdentityUnreadable.number(), "")), AT).await);
    assert!(!object().await, "there is no third look");
}

async fn what_was_confirmed_is_used_once_and_within_its_hour(house: &House) {
    let owner = house.citizen("+79160000001").await;
    let anna = clerk(house, "anna").await;
    let (id, other) = (request(house, Some(&owner)).await, request(house, Some(&owner)).await);
    let use_up = async |id: String, since| {
        let mut tx = house.db.write().await.unwrap();
        let done = verifications::use_up(&mut tx, &id, since).await.unwrap();
        tx.commit().await.unwrap();
        done
    };
    assert!(!use_up(id.clone(), 0).await, "not before it is confirmed");
    for id in [&id, &other] {
        assert!(hold(house, &anna, id, AT).await);
        assert!(decide(house, &anna, id, None, AT).await);
    }
    assert!(!use_up(id.clone(), NOON).await, "its hour is over");
    let used = join(10, |_| use_up(id.clone(), NOON - 1)).await;
    assert_eq!(used.iter().filter(|used| **used).count(), 1);
    let mut tx = house.db.write().await.unwrap();
    assert_eq!(verifications::cancel(&mut tx, &owner, &id).await.unwrap(), 1);
    tx.commit().await.unwrap();
    assert_eq!((state(house, &id).await, state(house, &other).await), (State::Used, State::Cancelled));
    assert!(!use_up(other, 0).await);
}

async fn a_request_goes_with_its_scans_and_key(house: &House) {
    let owner = house.citizen("+79160000001").await;
    let id = request(house, None).await;
    // One of an account goes with it at the latest; this one was never confirmed and is erased at the same moment.
    request(house, Some(&owner)).await;
    assert!(!house.everything_stored().await.contains("PASSPORT OF IVANOVA"), "sealed");
    let term = purge::CLOCKS.iter().find(|(k, _)| *k == Kept::Identities).unwrap().1;
    assert!(term <= 30 * DAY);
    let gone = async |at| {
        let purged = purge::pass(&house.db, &house.vault, &house.files, Timestamp(at)).await.unwrap();
        purged.rows.iter().find(|(k, _)| *k == Kept::Identities).unwrap().1
    };
    let count = || house.files.size();
    assert_eq!(gone(NOON + term - 1).await, 0);
    assert_eq!(count().await.unwrap().0, 2);
    assert_eq!(gone(NOON + term).await, 1);
    assert_eq!(count().await.unwrap().0, 0);
    let mut tx = house.db.read().await.unwrap();
    assert!(persons::key(&mut tx, &house.vault, &id).await.is_err(), "its key is destroyed");
    assert!(verifications::find(&mut tx, &house.vault, &id).await.unwrap().is_none());
}

fn change<'a>(house: &House, id: &'a str, account: &'a str, phone: &'a str) -> NewChange<'a> {
    NewChange {
        id,
        account_id: account,
        kind: Kind::Phone,
        value: phone,
        index: house.vault.blind_index(Purpose::Phone, phone),
        shadow: false,
        token_hash: None,
        created_ms: NOON,
        expires_ms: NOON + 10 * MINUTE,
    }
}

fn former() -> Former {
    Former { kind: Kind::Phone, value: "+79160000001".into(), index: Some([1; 32]), confirmed_ms: Some(NOON) }
}

async fn a_contact_is_changed_once_and_what_was_there_is_kept(house: &House) {
    let (v, owner) = (&house.vault, house.citizen("+79160000001").await);
    let mut tx = house.db.write().await.unwrap();
    contact_changes::begin(&mut tx, v, &change(house, "c1", &owner, "+79160000007")).await.unwrap();
    contact_changes::begin(&mut tx, v, &change(house, "c2", &owner, "+79160000008")).await.unwrap();
    tx.commit().await.unwrap();
    assert!(!house.everything_stored().await.contains("79160000008"), "sealed");
    let mut tx = house.db.read().await.unwrap();
    let open = contact_changes::open_of(&mut tx, v, &owner, Kind::Phone, NOON).await.unwrap().unwrap();
    assert_eq!((open.id.as_str(), open.value.as_str()), ("c2", "+79160000008"), "the newer took the place");
    assert!(contact_changes::open_of(&mut tx, v, &owner, Kind::Email, NOON).await.unwrap().is_none());
    assert!(contact_changes::open_of(&mut tx, v, "stranger", Kind::Phone, NOON).await.unwrap().is_none());
    let late = NOON + 10 * MINUTE;
    assert!(contact_changes::open_of(&mut tx, v, &owner, Kind::Phone, late).await.unwrap().is_none());
    drop(tx);
    let open = &open;
    let done = join(10, |_| async move {
        let mut tx = house.db.write().await.unwrap();
        let done = contact_changes::finish(&mut tx, v, open, &former(), NOON).await.unwrap();
        tx.commit().await.unwrap();
        done
    })
    .await;
    assert_eq!(done.iter().filter(|done| **done).count(), 1);
    let mut tx = house.db.write().await.unwrap();
    let before = contact_changes::former(&mut tx, v, &owner, "c2").await.unwrap().unwrap();
    assert_eq!((before.value.as_str(), before.index, before.confirmed_ms), ("+79160000001", Some([1; 32]), Some(NOON)));
    assert!(contact_changes::former(&mut tx, v, "stranger", "c2").await.unwrap().is_none());
    assert_eq!(contact_changes::purge(&mut tx, late - 1).await.unwrap(), 0);
    assert_eq!(contact_changes::purge(&mut tx, late).await.unwrap(), 1);
}

async fn a_change_under_way_is_prolonged_by_its_owner_and_ended(house: &House) {
    let (v, owner) = (&house.vault, house.citizen("+79160000001").await);
    let mut tx = house.db.write().await.unwrap();
    contact_changes::begin(&mut tx, v, &change(house, "c1", &owner, "+79160000007")).await.unwrap();
    let late = NOON + 10 * MINUTE;
    assert!(contact_changes::prolong(&mut tx, v, "stranger", "c1", late + MINUTE).await.unwrap().is_none());
    let open = contact_changes::prolong(&mut tx, v, &owner, "c1", late + MINUTE).await.unwrap().unwrap();
    assert_eq!(open.value, "+79160000007");
    assert!(contact_changes::open_of(&mut tx, v, &owner, Kind::Phone, late).await.unwrap().is_some());
    assert!(contact_changes::finish(&mut tx, v, &open, &former(), late).await.unwrap());
    assert!(contact_changes::prolong(&mut tx, v, &owner, "c1", late + DAY).await.unwrap().is_none(), "made is made");
    contact_changes::begin(&mut tx, v, &change(house, "c2", &owner, "+79160000008")).await.unwrap();
    assert_eq!(contact_changes::drop_open(&mut tx, &owner).await.unwrap(), 1);
    assert!(contact_changes::open_of(&mut tx, v, &owner, Kind::Phone, NOON).await.unwrap().is_none());
    assert!(contact_changes::former(&mut tx, v, &owner, "c1").await.unwrap().is_some(), "what was made can be undone");
}

async fn nobodys_phone_is_taken_from_them(house: &House) {
    let (anna, boris) = (house.citizen("+79160000001").await, house.citizen("+79160000002").await);
    let wanted = house.vault.blind_index(Purpose::Phone, "+79160000009");
    let hers = house.vault.blind_index(Purpose::Phone, "+79160000001");
    let mut tx = house.db.write().await.unwrap();
    let taken = accounts::change_phone(&mut tx, &boris, Some(&hers), Some(NOON)).await;
    assert!(taken.is_err_and(|e| e.is_conflict("accounts.phone_index")));
    drop(tx);
    // Two want the same new number at the same moment.
    let owners = [anna.as_str(), boris.as_str()];
    let got = join(2, |n| async move {
        let mut tx = house.db.write().await.unwrap();
        match accounts::change_phone(&mut tx, owners[n], Some(&wanted), Some(NOON)).await {
            Ok(()) => tx.commit().await.is_ok(),
            Err(_) => false,
        }
    })
    .await;
    assert_eq!(got.iter().filter(|got| **got).count(), 1);
    let mut tx = house.db.write().await.unwrap();
    let owner = accounts::credentials(&mut tx, &wanted).await.unwrap().unwrap();
    let email = house.vault.blind_index(Purpose::Email, "new@example.org");
    accounts::change_email(&mut tx, &owner.id, Some(&email), Some(NOON)).await.unwrap();
    let found = accounts::find(&mut tx, &house.vault, &owner.id).await.unwrap().unwrap();
    assert_eq!((found.level, found.email_confirmed_ms), (accounts::Level::Confirmed, Some(NOON)));
    assert_eq!(accounts::indexes(&mut tx, &owner.id).await.unwrap(), (Some(wanted), Some(email)));
    accounts::change_email(&mut tx, &owner.id, None, None).await.unwrap();
    let found = accounts::find(&mut tx, &house.vault, &owner.id).await.unwrap().unwrap();
    assert_eq!((found.level, found.profile.get(Field::LastName)), (accounts::Level::Phone, "Иванова"));
}

async fn lost_factors_go_at_once_and_come_back_together(house: &House) {
    let (v, owner) = (&house.vault, house.citizen("+79160000001").await);
    let mut tx = house.db.write().await.unwrap();
    assert!(factors::begin(&mut tx, v, &owner, "a1", b"secret", NOON).await.unwrap());
    assert!(factors::confirm(&mut tx, v, &owner, "a1", "Телефон", 1, NOON).await.unwrap());
    let key = passkeys::NewPasskey {
        id: b"k1",
        account_id: &owner,
        name: "Ключ",
        public_key: b"cose",
        counter: 1,
        now_ms: NOON,
    };
    assert!(passkeys::create(&mut tx, v, &key).await.unwrap());
    factors::set_backup_codes(&mut tx, &owner, &[[1; 32]]).await.unwrap();
    factors::remove_all(&mut tx, &owner, NOON + 5).await.unwrap();
    assert_eq!(factors::count(&mut tx, &owner).await.unwrap(), 0);
    assert_eq!(passkeys::count(&mut tx, &owner).await.unwrap(), 0);
    assert_eq!(factors::backup_codes_left(&mut tx, &owner).await.unwrap(), 0);
    assert_eq!(factors::restore_all(&mut tx, &owner, NOON + 4).await.unwrap(), 0);
    assert_eq!(factors::count(&mut tx, &owner).await.unwrap(), 0, "removed at another moment");
    assert_eq!(factors::restore_all(&mut tx, &owner, NOON + 5).await.unwrap(), 2);
    assert_eq!(
        (factors::count(&mut tx, &owner).await.unwrap(), passkeys::count(&mut tx, &owner).await.unwrap()),
        (1, 1)
    );
}
