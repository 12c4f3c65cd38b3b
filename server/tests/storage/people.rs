//! Sign-ups, accounts, consents.

use crate::house::{DAY, House, NOON, answers, join};
use domain::Field;
use server::storage::accounts::{Level, NewAccount};
use server::storage::consents::NewConsent;
use server::storage::registrations::NewRegistration;
use server::storage::{Purpose, StorageError, accounts, consents, ids, persons, registrations};

on_both!(
    a_sign_up_becomes_an_account,
    sign_ups_that_run_out_are_erased,
    one_phone_has_one_account,
    an_account_is_confirmed_by_phone_and_email,
    a_consent_is_in_force_until_withdrawn,
);

async fn sign_up(house: &House, phone: &str) -> String {
    let id = ids::public_id();
    let mut tx = house.db.write().await.unwrap();
    let new = NewRegistration {
        id: &id,
        profile: &answers(&[(Field::LastName, "Петров"), (Field::Phone, phone)]),
        password_hash: "$argon2id$x",
        phone_index: house.vault.blind_index(Purpose::Phone, phone),
        email_index: house.vault.blind_index(Purpose::Email, "petrov@example.ru"),
        lang: "ru",
        shadow: false,
        created_ms: NOON,
        expires_ms: NOON + DAY,
    };
    registrations::create(&mut tx, &house.vault, &new).await.unwrap();
    tx.commit().await.unwrap();
    id
}

/// What a desk does when the phone is proved.
async fn become_account(house: &House, id: &str) -> Result<bool, StorageError> {
    let mut tx = house.db.write().await?;
    let Some(sign_up) = registrations::take(&mut tx, &house.vault, id, NOON).await? else {
        return Ok(false);
    };
    let account = NewAccount {
        id,
        phone_index: Some(sign_up.phone_index),
        email_index: None,
        password_hash: &sign_up.password_hash,
        profile: &sign_up.profile,
        level: Level::Phone,
        phone_confirmed_ms: Some(NOON),
        email_confirmed_ms: None,
        lang: &sign_up.lang,
        created_ms: NOON,
    };
    accounts::create(&mut tx, &house.vault, &account).await?;
    tx.commit().await?;
    Ok(true)
}

async fn a_sign_up_becomes_an_account(house: &House) {
    let id = sign_up(house, "+79161234567").await;
    let mut tx = house.db.read().await.unwrap();
    let found = registrations::find(&mut tx, &house.vault, &id, NOON).await.unwrap().unwrap();
    assert_eq!(found.profile.get(Field::LastName), "Петров");
    assert_eq!((found.lang.as_str(), found.shadow, found.expires_ms), ("ru", false, NOON + DAY));
    assert!(registrations::find(&mut tx, &house.vault, &id, NOON + DAY).await.unwrap().is_none());
    drop(tx);
    // Pressed many times at once, one account.
    let mut made = 0;
    for result in join(20, |_| become_account(house, &id)).await {
        made += usize::from(result.unwrap());
    }
    assert_eq!(made, 1);
    let mut tx = house.db.read().await.unwrap();
    let account = accounts::find(&mut tx, &house.vault, &id).await.unwrap().unwrap();
    assert_eq!(account.profile.get(Field::Phone), "+79161234567");
    assert_eq!(account.level, Level::Phone);
    assert_eq!(format!("{account:?}"), format!("Account({id}, phone)"));
}

async fn sign_ups_that_run_out_are_erased(house: &House) {
    let old = sign_up(house, "+79161234567").await;
    let mut tx = house.db.write().await.unwrap();
    assert_eq!(registrations::purge(&mut tx, &house.vault, NOON, 10).await.unwrap(), 0);
    assert_eq!(registrations::purge(&mut tx, &house.vault, NOON + DAY, 10).await.unwrap(), 1);
    assert!(matches!(persons::key(&mut tx, &house.vault, &old).await, Err(StorageError::Erased)));
    tx.commit().await.unwrap();
}

async fn one_phone_has_one_account(house: &House) {
    // Fifty people sign up with one phone and all prove it in the same moment.
    let mut sign_ups = Vec::new();
    for _ in 0..50 {
        sign_ups.push(sign_up(house, "+79160000001").await);
    }
    let results = join(50, |i| become_account(house, &sign_ups[i])).await;
    let won = results.iter().filter(|r| matches!(r, Ok(true))).count();
    let lost = results.iter().filter(|r| matches!(r, Err(e) if e.is_conflict("accounts.phone_index"))).count();
    assert_eq!((won, lost), (1, 49));
    let mut tx = house.db.read().await.unwrap();
    assert!(accounts::phone_taken(&mut tx, &house.vault.blind_index(Purpose::Phone, "+79160000001")).await.unwrap());
    assert!(!accounts::phone_taken(&mut tx, &house.vault.blind_index(Purpose::Phone, "+79160000002")).await.unwrap());
}

async fn an_account_is_confirmed_by_phone_and_email(house: &House) {
    let v = &house.vault;
    let (anna, boris) = (house.citizen("+79161111111").await, house.citizen("+79162222222").await);
    let email = v.blind_index(Purpose::Email, "anna@example.ru");
    let mut tx = house.db.write().await.unwrap();
    assert!(!accounts::email_taken(&mut tx, &email).await.unwrap());
    accounts::confirm_email(&mut tx, &anna, &email, NOON + 1).await.unwrap();
    accounts::confirm_email(&mut tx, &anna, &email, NOON + 2).await.unwrap();
    assert!(accounts::email_taken(&mut tx, &email).await.unwrap());
    accounts::set_lang(&mut tx, &anna, "en").await.unwrap();
    accounts::set_password(&mut tx, &anna, "$argon2id$new").await.unwrap();
    accounts::set_profile(&mut tx, v, &anna, &answers(&[(Field::FirstName, "Анна")])).await.unwrap();
    tx.commit().await.unwrap();
    house.raw("UPDATE accounts SET blocked_ms = 1 WHERE lang = 'en'").await.unwrap();

    let mut tx = house.db.read().await.unwrap();
    let account = accounts::find(&mut tx, v, &anna).await.unwrap().unwrap();
    assert_eq!((account.level, account.email_confirmed_ms), (Level::Confirmed, Some(NOON + 1)));
    assert_eq!((account.lang.as_str(), account.blocked_ms), ("en", Some(1)));
    assert_eq!(account.profile.get(Field::FirstName), "Анна");
    // By phone or by e-mail the same account.
    for index in [email, v.blind_index(Purpose::Phone, "+79161111111")] {
        let credentials = accounts::credentials(&mut tx, &index).await.unwrap().unwrap();
        assert_eq!((credentials.id.as_str(), credentials.password_hash.as_str()), (anna.as_str(), "$argon2id$new"));
    }
    assert!(accounts::credentials(&mut tx, &[0; 32]).await.unwrap().is_none());
    assert!(accounts::find(&mut tx, v, "nobody").await.unwrap().is_none());
    drop(tx);

    let mut tx = house.db.write().await.unwrap();
    let error = accounts::confirm_email(&mut tx, &boris, &email, NOON).await.unwrap_err();
    assert!(error.is_conflict("accounts.email_index"), "{error}");
    drop(tx);
    let mut tx = house.db.write().await.unwrap();
    accounts::confirm_phone(&mut tx, &boris, NOON).await.unwrap();
    let account = accounts::find(&mut tx, v, &boris).await.unwrap().unwrap();
    assert_eq!((account.level, account.email_confirmed_ms, account.blocked_ms), (Level::Phone, None, None));
}

async fn a_consent_is_in_force_until_withdrawn(house: &House) {
    let anna = house.citizen("+79161111111").await;
    let consent = |text_version, given_ms| NewConsent {
        account_id: &anna,
        purpose: "processing",
        text_version,
        text_hash: "ab12",
        given_ms,
    };
    let mut tx = house.db.write().await.unwrap();
    assert!(consents::give(&mut tx, &consent("1", NOON)).await.unwrap());
    assert!(!consents::give(&mut tx, &consent("2", NOON + 1)).await.unwrap(), "the first stays");
    assert_eq!(consents::in_force(&mut tx, &anna, "processing").await.unwrap().unwrap().text_version, "1");
    assert!(consents::in_force(&mut tx, &anna, "advertising").await.unwrap().is_none());
    assert!(consents::withdraw(&mut tx, &anna, "processing", NOON + 2).await.unwrap());
    assert!(!consents::withdraw(&mut tx, &anna, "processing", NOON + 3).await.unwrap());
    assert!(consents::in_force(&mut tx, &anna, "processing").await.unwrap().is_none());
    assert!(consents::give(&mut tx, &consent("2", NOON + 4)).await.unwrap());
    let all = consents::list(&mut tx, &anna).await.unwrap();
    assert_eq!(all.len(), 2);
    assert_eq!((all[1].withdrawn_ms, all[0].withdrawn_ms), (Some(NOON + 2), None));
    assert!(!consents::restore(&mut tx, &anna, NOON + 2).await.unwrap(), "a new one was given since");
    assert!(consents::withdraw(&mut tx, &anna, "processing", NOON + 5).await.unwrap());
    assert!(consents::restore(&mut tx, &anna, NOON + 5).await.unwrap());
    assert_eq!(consents::in_force(&mut tx, &anna, "processing").await.unwrap().unwrap().text_version, "2");
}
