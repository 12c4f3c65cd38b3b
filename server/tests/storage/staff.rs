//! Accounts of staff, their second factor, rights by four eyes, sessions.

use crate::house::{DAY, House, MINUTE, NOON, join};
use domain::staff::{Grant, Role, Scope};
use server::storage::staff::NewStaff;
use server::storage::staff_grants::{CONSOLE, INSTALLATION};
use server::storage::staff_sessions::{NewSession, Stage};
use server::storage::{ids, staff, staff_grants, staff_sessions};

on_both!(
    logins_are_unique,
    a_secret_is_sealed_and_a_step_is_used_once,
    a_backup_code_works_once,
    a_right_needs_a_second_person_in_the_database_too,
    the_first_administrator_is_known,
    a_session_ends_with_the_account,
);

pub async fn member(house: &House, login: &str) -> String {
    let id = ids::public_id();
    let mut tx = house.db.write().await.unwrap();
    let new = NewStaff { id: &id, login, password_hash: "$argon2id$x", created_ms: NOON };
    staff::create(&mut tx, &new).await.unwrap();
    tx.commit().await.unwrap();
    id
}

fn grant(role: Role, scope: &str) -> Grant {
    Grant { role, scope: Scope::from_name(scope).unwrap() }
}

async fn logins_are_unique(house: &House) {
    let id = member(house, "clerk").await;
    let mut tx = house.db.write().await.unwrap();
    assert!(staff::set_disabled(&mut tx, "clerk", Some(NOON)).await.unwrap());
    assert!(!staff::set_disabled(&mut tx, "nobody", None).await.unwrap());
    let found = staff::find_by_login(&mut tx, "clerk").await.unwrap().unwrap();
    assert_eq!((found.id.as_str(), found.disabled_ms, found.totp_confirmed_ms), (id.as_str(), Some(NOON), None));
    assert!(staff::find_by_login(&mut tx, "nobody").await.unwrap().is_none());
    assert_eq!(staff::list(&mut tx).await.unwrap(), [found]);
    let again = NewStaff { id: "s2", login: "clerk", password_hash: "$argon2id$x", created_ms: NOON };
    let error = staff::create(&mut tx, &again).await.unwrap_err();
    assert!(error.is_conflict("staff.login"), "{error}");
}

async fn a_secret_is_sealed_and_a_step_is_used_once(house: &House) {
    let (v, id) = (&house.vault, member(house, "clerk").await);
    let secret = b"KLJUCHIKOTPRILOZHENI";
    let mut tx = house.db.write().await.unwrap();
    assert_eq!(staff::secret(&mut tx, v, &id).await.unwrap(), None);
    assert!(!staff::confirm_secret(&mut tx, &id, NOON).await.unwrap(), "nothing to confirm yet");
    assert!(staff::set_secret(&mut tx, v, &id, secret, NOON).await.unwrap());
    assert_eq!(staff::secret(&mut tx, v, &id).await.unwrap().as_deref(), Some(&secret[..]));
    assert!(staff::confirm_secret(&mut tx, &id, NOON).await.unwrap());
    assert!(!staff::set_secret(&mut tx, v, &id, b"another", NOON).await.unwrap(), "one in use is not replaced");
    tx.commit().await.unwrap();
    assert!(!house.everything_stored().await.contains("KLJUCHIK"));

    // One code typed in twenty places at once opens one of them, and no older code opens anything after it.
    let used = join(20, |_| async {
        let mut tx = house.db.write().await.unwrap();
        let used = staff::use_step(&mut tx, &id, 59_844_600).await.unwrap();
        tx.commit().await.unwrap();
        used
    });
    assert_eq!(used.await.into_iter().filter(|used| *used).count(), 1);
    let mut tx = house.db.write().await.unwrap();
    assert!(!staff::use_step(&mut tx, &id, 59_844_599).await.unwrap());
    assert!(staff::use_step(&mut tx, &id, 59_844_601).await.unwrap());
}

async fn a_backup_code_works_once(house: &House) {
    let (id, other) = (member(house, "clerk").await, member(house, "clerk2").await);
    let hash = |code: &str| house.vault.code_hash(&id, "staff_backup", code);
    let mut tx = house.db.write().await.unwrap();
    staff::set_backup_codes(&mut tx, &id, &[hash("A"), hash("B")]).await.unwrap();
    assert!(!staff::use_backup_code(&mut tx, &other, &hash("A"), NOON).await.unwrap(), "somebody else's");
    tx.commit().await.unwrap();
    let used = join(20, |_| async {
        let mut tx = house.db.write().await.unwrap();
        let used = staff::use_backup_code(&mut tx, &id, &hash("A"), NOON).await.unwrap();
        tx.commit().await.unwrap();
        used
    });
    assert_eq!(used.await.into_iter().filter(|used| *used).count(), 1);
    let mut tx = house.db.write().await.unwrap();
    assert_eq!(staff::backup_codes_left(&mut tx, &id).await.unwrap(), 1);
    staff::set_backup_codes(&mut tx, &id, &[hash("C")]).await.unwrap();
    assert!(!staff::use_backup_code(&mut tx, &id, &hash("B"), NOON).await.unwrap(), "replaced");
}

async fn a_right_needs_a_second_person_in_the_database_too(house: &House) {
    let (anna, boris) = (member(house, "anna").await, member(house, "boris").await);
    let right = grant(Role::Reviewer, "region:54");
    let mut tx = house.db.write().await.unwrap();
    let id = staff_grants::propose(&mut tx, &boris, &right, &anna, NOON).await.unwrap();
    assert!(staff_grants::in_force(&mut tx, &boris).await.unwrap().is_empty(), "proposed is not in force");
    tx.commit().await.unwrap();
    for same in [&anna, &boris] {
        let mut tx = house.db.write().await.unwrap();
        staff_grants::confirm(&mut tx, &id, same, NOON).await.expect_err("the database refuses one pair of eyes");
    }
    let mut tx = house.db.write().await.unwrap();
    let error = staff_grants::propose(&mut tx, &boris, &right, "vera", NOON).await.unwrap_err();
    assert!(error.is_conflict("staff_grants.role"), "{error}");
    drop(tx);
    let mut tx = house.db.write().await.unwrap();
    assert!(staff_grants::confirm(&mut tx, &id, "vera", NOON + 1).await.unwrap());
    assert!(!staff_grants::confirm(&mut tx, &id, "vera", NOON + 2).await.unwrap());
    assert_eq!(staff_grants::in_force(&mut tx, &boris).await.unwrap(), std::slice::from_ref(&right));
    assert_eq!(staff_grants::list(&mut tx).await.unwrap()[0].confirmed_by.as_deref(), Some("vera"));
    // And two to end.
    assert!(!staff_grants::end(&mut tx, &id, "vera", NOON + 3).await.unwrap(), "nobody has asked");
    assert!(staff_grants::ask_end(&mut tx, &id, &anna, NOON + 3).await.unwrap());
    assert!(!staff_grants::ask_end(&mut tx, &id, "vera", NOON + 3).await.unwrap());
    for same in [&anna, &boris] {
        assert!(!staff_grants::end(&mut tx, &id, same, NOON + 3).await.unwrap(), "one pair of eyes");
    }
    assert!(staff_grants::end(&mut tx, &id, "vera", NOON + 3).await.unwrap());
    assert!(!staff_grants::end(&mut tx, &id, "vera", NOON + 4).await.unwrap());
    assert!(staff_grants::in_force(&mut tx, &boris).await.unwrap().is_empty());
    // What has ended may be proposed anew.
    staff_grants::propose(&mut tx, &boris, &right, &anna, NOON + 5).await.unwrap();
    assert!(staff_grants::find(&mut tx, &id).await.unwrap().is_none());
}

async fn the_first_administrator_is_known(house: &House) {
    let anna = member(house, "anna").await;
    let mut tx = house.db.write().await.unwrap();
    assert!(!staff_grants::has_administrator(&mut tx).await.unwrap());
    let first = grant(Role::Administrator, "everywhere");
    let id = staff_grants::propose(&mut tx, &anna, &first, CONSOLE, NOON).await.unwrap();
    assert!(!staff_grants::has_administrator(&mut tx).await.unwrap(), "proposed is not enough");
    assert!(staff_grants::confirm(&mut tx, &id, INSTALLATION, NOON).await.unwrap());
    assert!(staff_grants::has_administrator(&mut tx).await.unwrap());
    staff::set_disabled(&mut tx, "anna", Some(NOON)).await.unwrap();
    assert!(!staff_grants::has_administrator(&mut tx).await.unwrap(), "nor is one who cannot come in");
}

async fn a_session_ends_with_the_account(house: &House) {
    let anna = member(house, "anna").await;
    let idle = 15 * MINUTE;
    let start = async |token: &str| {
        let (hash, id) = (ids::token_hash(token), ids::public_id());
        let new = NewSession {
            token_hash: hash,
            id: &id,
            staff_id: &anna,
            stage: Stage::Open,
            created_ms: NOON,
            absolute_expires_ms: NOON + DAY / 2,
            label: "Chrome, Linux",
        };
        let mut tx = house.db.write().await.unwrap();
        staff_sessions::create(&mut tx, &new).await.unwrap();
        tx.commit().await.unwrap();
        hash
    };
    let (one, two) = (start("one").await, start("two").await);
    let mut tx = house.db.write().await.unwrap();
    let found = staff_sessions::find(&mut tx, &one, NOON + idle - 1, idle).await.unwrap().unwrap();
    assert_eq!((found.staff_id.as_str(), found.login.as_str(), found.stage), (anna.as_str(), "anna", Stage::Open));
    assert!(staff_sessions::find(&mut tx, &one, NOON + idle, idle).await.unwrap().is_none(), "idle");
    staff_sessions::touch(&mut tx, &found.id, NOON + 10 * MINUTE).await.unwrap();
    assert!(staff_sessions::find(&mut tx, &one, NOON + idle, idle).await.unwrap().is_some());
    assert!(staff_sessions::find(&mut tx, &one, NOON + DAY / 2, DAY).await.unwrap().is_none(), "too old");
    assert!(staff_sessions::revoke(&mut tx, &two, NOON).await.unwrap());
    assert!(staff_sessions::find(&mut tx, &two, NOON, idle).await.unwrap().is_none());
    staff::set_disabled(&mut tx, "anna", Some(NOON)).await.unwrap();
    assert!(staff_sessions::find(&mut tx, &one, NOON, idle).await.unwrap().is_none(), "disabled");
    staff::set_disabled(&mut tx, "anna", None).await.unwrap();
    assert_eq!(staff_sessions::revoke_all(&mut tx, &anna, NOON).await.unwrap(), 1);
    assert!(staff_sessions::find(&mut tx, &one, NOON, idle).await.unwrap().is_none());
    assert_eq!(staff_sessions::purge(&mut tx, NOON).await.unwrap(), 2);
}
