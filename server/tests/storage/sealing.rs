//! What somebody with the database, but not the keys, can do: nothing. (Threats 22, 24, 25, 26.)

use crate::house::{House, NOON, answers};
use domain::{Field, Values};
use server::storage::applications::Draft;
use server::storage::notices::{Message, NewNotice};
use server::storage::{Purpose, StorageError, Vault, accounts, applications, identities, notices, persons};

on_both!(
    nothing_typed_is_on_the_disk,
    swapped_ciphertexts_are_refused,
    keys_rotate_while_serving_and_all_stays_readable,
    an_erased_citizen_cannot_be_read,
    unreadable_rows_are_named_not_shown,
);

const TYPED: &[(Field, &str)] = &[
    (Field::LastName, "Константинопольская"),
    (Field::FirstName, "Евлампия"),
    (Field::PassportSeries, "4509"),
    (Field::PassportNumber, "718281"),
    (Field::Snils, "112-233-445 95"),
    (Field::Phone, "+79163141592"),
    (Field::Email, "evlampia@example.ru"),
    (Field::RegistrationAddress, "улица Кузнецова-Забалуева, дом 27"),
];

/// A citizen with all of it stored wherever it can be.
async fn journey(house: &House) -> (String, String) {
    let v = &house.vault;
    let citizen = house.citizen("+79163141592").await;
    let (id, _) = house.draft(&citizen).await;
    let typed = answers(TYPED);
    let mut tx = house.db.write().await.unwrap();
    accounts::set_profile(&mut tx, v, &citizen, &typed).await.unwrap();
    let email = v.blind_index(Purpose::Email, "evlampia@example.ru");
    accounts::confirm_email(&mut tx, &citizen, &email, NOON).await.unwrap();
    let draft = Draft { id: &id, account_id: &citizen, version: 1, answers: &typed, now_ms: NOON };
    applications::save_draft(&mut tx, v, &draft).await.unwrap().unwrap();
    let index = v.blind_index(Purpose::Snils, "11223344595");
    identities::set(&mut tx, &id, &[(identities::Kind::Snils, index)]).await.unwrap();
    let message = Message {
        to: "+79163141592".into(),
        subject: "Евлампия".into(),
        text: "Константинопольская, ваш код 271828".into(),
        link: None,
    };
    let notice = NewNotice {
        person_id: &citizen,
        application_id: Some(&id),
        channel: "sms",
        template: "code",
        message: &message,
        dedup_key: &id,
        queued_ms: NOON,
        after_ms: None,
    };
    notices::queue(&mut tx, v, &notice).await.unwrap();
    let key = persons::key(&mut tx, v, &citizen).await.unwrap();
    house.files.put(v, &key, "receipt", "Константинопольская 4509 718281".as_bytes()).await.unwrap();
    tx.commit().await.unwrap();
    (citizen, id)
}

async fn nothing_typed_is_on_the_disk(house: &House) {
    let (citizen, _) = journey(house).await;
    let seen = house.everything_stored().await;
    let contains = |needle: &str| seen.contains(needle);
    assert!(contains(&citizen), "the search itself works");
    let mut spellings: Vec<String> = TYPED.iter().map(|(_, value)| (*value).to_owned()).collect();
    spellings.extend(
        ["11223344595", "112-233", "9163141592", "3141592", "evlampia", "Кузнецова", "271828"].map(String::from),
    );
    for spelling in spellings {
        // Four digits stand in any ciphertext's hex by chance; series is covered with its number.
        if spelling == "4509" {
            continue;
        }
        let hex: String = spelling.bytes().map(|b| format!("{b:02x}")).collect();
        for form in [&spelling, &hex, &spelling.to_lowercase()] {
            assert!(!contains(form), "{spelling} is stored in the clear");
        }
    }
}

async fn swapped_ciphertexts_are_refused(house: &House) {
    let v = &house.vault;
    let (anna, boris) = (house.citizen("+79161111111").await, house.citizen("+79162222222").await);
    let (first, _) = house.draft(&anna).await;
    let (second, _) = house.draft(&anna).await;
    // The profiles of two people, and the answers of two drafts of one person, change places.
    house.raw("CREATE TABLE old AS SELECT id, profile FROM accounts; UPDATE accounts SET profile = (SELECT profile FROM old WHERE old.id <> accounts.id)").await.unwrap();
    house.raw("CREATE TABLE older AS SELECT id, answers FROM applications; UPDATE applications SET answers = (SELECT answers FROM older WHERE older.id <> applications.id)").await.unwrap();
    let mut tx = house.db.read().await.unwrap();
    for id in [&anna, &boris] {
        let error = accounts::find(&mut tx, v, id).await.unwrap_err();
        assert!(matches!(error, StorageError::BadData { table: "accounts", column: "profile", .. }), "{error}");
    }
    for id in [&first, &second] {
        let error = applications::find_owned(&mut tx, v, id, &anna).await.unwrap_err();
        assert!(matches!(error, StorageError::BadData { table: "applications", column: "answers", .. }), "{error}");
    }
    drop(tx);
    // Two people's data keys change places.
    house.raw("CREATE TABLE oldest AS SELECT id, wrapped_key FROM persons; UPDATE persons SET wrapped_key = (SELECT wrapped_key FROM oldest WHERE oldest.id <> persons.id)").await.unwrap();
    let fresh = Vault::open(&house.folder.path().join("keys/master.json")).unwrap();
    let mut tx = house.db.read().await.unwrap();
    assert!(matches!(persons::key(&mut tx, &fresh, &anna).await, Err(StorageError::Vault(_))));
}

async fn keys_rotate_while_serving_and_all_stays_readable(house: &House) {
    let path = house.folder.path().join("keys/master.json");
    let serving = &house.vault;
    let old = serving.active_key().unwrap();
    let mut citizens = Vec::new();
    for i in 0..25 {
        citizens.push(house.citizen(&format!("+791600000{i:02}")).await);
    }
    // `server keys rotate` is another process.
    let rotating = Vault::open(&path).unwrap();
    let new = rotating.rotate().unwrap();
    citizens.push(house.citizen("+79169999999").await);
    let mut rewrapped = 0;
    loop {
        let mut tx = house.db.write().await.unwrap();
        let done = persons::rewrap(&mut tx, &rotating, 10).await.unwrap();
        tx.commit().await.unwrap();
        if done == 0 {
            break;
        }
        rewrapped += done;
    }
    assert_eq!(rewrapped, 25, "who came after the rotation has the new key already");
    let mut tx = house.db.write().await.unwrap();
    assert_eq!(persons::wrapped_by(&mut tx, &old).await.unwrap(), 0);
    assert_eq!(persons::wrapped_by(&mut tx, &new).await.unwrap(), 26);
    rotating.retire(&old).unwrap();
    // Both the serving process and one started now read everybody.
    let started = Vault::open(&path).unwrap();
    for vault in [serving, &started] {
        for id in &citizens {
            vault.forget(id).await;
            let account = accounts::find(&mut tx, vault, id).await.unwrap().unwrap();
            assert_eq!(account.profile.get(Field::LastName), "Иванова");
        }
    }
    assert!(
        accounts::credentials(&mut tx, &started.blind_index(Purpose::Phone, "+79160000000")).await.unwrap().is_some()
    );
}

async fn an_erased_citizen_cannot_be_read(house: &House) {
    let v = &house.vault;
    let (citizen, id) = journey(house).await;
    let mut tx = house.db.write().await.unwrap();
    assert!(persons::destroy(&mut tx, v, &citizen, NOON).await.unwrap());
    assert!(!persons::destroy(&mut tx, v, &citizen, NOON).await.unwrap());
    tx.commit().await.unwrap();
    let mut tx = house.db.write().await.unwrap();
    assert!(matches!(accounts::find(&mut tx, v, &citizen).await, Err(StorageError::Erased)));
    assert!(matches!(applications::find(&mut tx, v, &id).await, Err(StorageError::Erased)));
    assert!(matches!(accounts::set_profile(&mut tx, v, &citizen, &Values::default()).await, Err(StorageError::Erased)));
    // Rotation passes over them.
    v.rotate().unwrap();
    assert_eq!(persons::rewrap(&mut tx, v, 10).await.unwrap(), 0);
}

async fn unreadable_rows_are_named_not_shown(house: &House) {
    let citizen = house.citizen("+79163141592").await;
    house.raw("UPDATE accounts SET level = 'Константинопольская'").await.unwrap();
    let mut tx = house.db.read().await.unwrap();
    let error = accounts::find(&mut tx, &house.vault, &citizen).await.unwrap_err();
    assert_eq!(error.to_string(), format!("bad data in accounts.level, row {citizen}"));
    assert!(!format!("{error:?}").contains("Константинопольская"));
    let missing = persons::key(&mut tx, &house.vault, "nobody").await.unwrap_err();
    assert!(matches!(missing, StorageError::BadData { table: "persons", .. }));
}
