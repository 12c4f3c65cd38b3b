//! Doors of other services, the account of the post, and accounts that staff opened.

use crate::house::{House, NOON, answers, join};
use domain::Field;
use domain::accounts::doors::{Door, Mark};
use server::storage::accounts::Level;
use server::storage::doors::{Linking, NewDoor};
use server::storage::post_accounts::Held;
use server::storage::{Purpose, accounts, applications, doors, ids, post_accounts};

on_both!(
    one_person_of_a_provider_enters_one_account,
    of_many_who_link_at_once_one_does,
    an_unlinked_door_comes_back_while_both_sides_are_free,
    the_sources_of_answers_stay_with_the_application,
    an_account_of_the_post_belongs_to_one_citizen,
    a_new_first_password_is_for_an_account_that_nobody_has_entered,
    a_login_from_the_counter_ends_when_a_phone_is_proved,
);

async fn link(house: &House, account: &str, door: Door, subject: u8) -> (Linking, String) {
    let id = ids::public_id();
    let told = answers(&[(Field::LastName, "Климова"), (Field::Snils, "170-901-001 23")]);
    let mut tx = house.db.write().await.unwrap();
    let new = NewDoor { id: &id, account_id: account, door, subject_index: [subject; 32], told: &told, now_ms: NOON };
    let linking = doors::link(&mut tx, &house.vault, &new).await.unwrap();
    tx.commit().await.unwrap();
    (linking, id)
}

async fn one_person_of_a_provider_enters_one_account(house: &House) {
    let (anna, boris) = (house.citizen("+79161111111").await, house.citizen("+79162222222").await);
    let (linking, id) = link(house, &anna, Door::Bank, 1).await;
    assert_eq!(linking, Linking::Done);
    assert_eq!(link(house, &anna, Door::Bank, 1).await.0, Linking::Already);
    assert_eq!(link(house, &boris, Door::Bank, 1).await.0, Linking::Taken);
    assert_eq!(link(house, &anna, Door::Bank, 2).await.0, Linking::Exists);
    assert_eq!(link(house, &anna, Door::Gosuslugi, 3).await.0, Linking::Done);
    let v = &house.vault;
    let mut tx = house.db.write().await.unwrap();
    assert_eq!(doors::find(&mut tx, &[1; 32]).await.unwrap(), Some((id.clone(), anna.clone())));
    assert_eq!(doors::find(&mut tx, &[9; 32]).await.unwrap(), None);
    let newer = answers(&[(Field::LastName, "Климова-Орлова")]);
    assert!(doors::used(&mut tx, v, &id, &anna, &newer, NOON + 5).await.unwrap());
    assert!(!doors::used(&mut tx, v, &id, &boris, &newer, NOON + 5).await.unwrap());
    let all = doors::list(&mut tx, v, &anna).await.unwrap();
    assert_eq!(all.len(), 2);
    let bank = all.iter().find(|d| d.door == Door::Bank).unwrap();
    assert_eq!((bank.told.get(Field::LastName), bank.used_ms), ("Климова-Орлова", Some(NOON + 5)));
    assert!(doors::list(&mut tx, v, &boris).await.unwrap().is_empty());
    tx.commit().await.unwrap();
    let stored = house.everything_stored().await;
    assert!(!stored.contains("Климова") && !stored.contains("170-901"), "what a provider says is sealed");
}

async fn of_many_who_link_at_once_one_does(house: &House) {
    let mut people = Vec::new();
    for n in 0..10 {
        people.push(house.citizen(&format!("+7916111111{n}")).await);
    }
    let linked = join(10, |i| link(house, &people[i], Door::Bank, 7)).await;
    assert_eq!(linked.iter().filter(|(l, _)| *l == Linking::Done).count(), 1);
    assert_eq!(linked.iter().filter(|(l, _)| *l == Linking::Taken).count(), 9);
}

async fn an_unlinked_door_comes_back_while_both_sides_are_free(house: &House) {
    let (anna, boris) = (house.citizen("+79161111111").await, house.citizen("+79162222222").await);
    let (_, id) = link(house, &anna, Door::Bank, 1).await;
    let mut tx = house.db.write().await.unwrap();
    assert!(!doors::remove(&mut tx, &boris, &id, NOON).await.unwrap(), "another's");
    assert!(doors::remove(&mut tx, &anna, &id, NOON).await.unwrap());
    assert!(!doors::remove(&mut tx, &anna, &id, NOON).await.unwrap());
    assert!(doors::find(&mut tx, &[1; 32]).await.unwrap().is_none());
    assert!(!doors::restore(&mut tx, &boris, &id).await.unwrap());
    assert!(doors::restore(&mut tx, &anna, &id).await.unwrap());
    assert!(doors::remove(&mut tx, &anna, &id, NOON).await.unwrap());
    tx.commit().await.unwrap();
    assert_eq!(link(house, &boris, Door::Bank, 1).await.0, Linking::Done);
    let mut tx = house.db.write().await.unwrap();
    assert!(!doors::restore(&mut tx, &anna, &id).await.unwrap(), "its person has another account now");
    assert_eq!(doors::purge(&mut tx, NOON - 1).await.unwrap(), 0);
    assert_eq!(doors::purge(&mut tx, NOON).await.unwrap(), 1);
    tx.commit().await.unwrap();
}

async fn the_sources_of_answers_stay_with_the_application(house: &House) {
    let anna = house.citizen("+79161111111").await;
    let (id, _) = house.draft(&anna).await;
    let mut tx = house.db.write().await.unwrap();
    assert_eq!(applications::sources(&mut tx, &id).await.unwrap(), []);
    let marks = [Mark { field: Field::Snils, door: Door::Gosuslugi, changed: true }];
    applications::set_sources(&mut tx, &id, &marks).await.unwrap();
    assert_eq!(applications::sources(&mut tx, &id).await.unwrap(), marks);
    applications::set_sources(&mut tx, &id, &[]).await.unwrap();
    assert_eq!(applications::sources(&mut tx, &id).await.unwrap(), []);
    tx.commit().await.unwrap();
}

async fn an_account_of_the_post_belongs_to_one_citizen(house: &House) {
    let (anna, boris) = (house.citizen("+79161111111").await, house.citizen("+79162222222").await);
    let v = &house.vault;
    let held = Held { login: "galina@example.org".into(), key: "a key of the post".into() };
    let mut tx = house.db.write().await.unwrap();
    assert!(post_accounts::find(&mut tx, v, &anna).await.unwrap().is_none());
    assert!(post_accounts::link(&mut tx, v, &anna, &[1; 32], &held, NOON).await.unwrap());
    assert!(!post_accounts::link(&mut tx, v, &anna, &[2; 32], &held, NOON).await.unwrap(), "one each");
    assert!(!post_accounts::link(&mut tx, v, &boris, &[1; 32], &held, NOON).await.unwrap(), "and the other way");
    assert_eq!(post_accounts::find(&mut tx, v, &anna).await.unwrap(), Some((held.clone(), NOON)));
    tx.commit().await.unwrap();
    let stored = house.everything_stored().await;
    assert!(!stored.contains("galina") && !stored.contains("a key of the post"));
    let mut tx = house.db.write().await.unwrap();
    let given_back = post_accounts::unlink(&mut tx, v, &anna).await.unwrap();
    assert!(given_back == Some(held.clone()), "the key, for the post to take it back");
    assert!(post_accounts::unlink(&mut tx, v, &anna).await.unwrap().is_none());
    assert!(post_accounts::link(&mut tx, v, &boris, &[1; 32], &held, NOON).await.unwrap());
    tx.commit().await.unwrap();
}

async fn a_login_from_the_counter_ends_when_a_phone_is_proved(house: &House) {
    let (anna, boris) = (house.citizen("+79161111111").await, house.citizen("+79162222222").await);
    let v = &house.vault;
    let mut tx = house.db.write().await.unwrap();
    accounts::give_first_password(&mut tx, &anna, Some(&[3; 32]), NOON).await.unwrap();
    let account = accounts::find(&mut tx, v, &anna).await.unwrap().unwrap();
    assert_eq!((account.first_password_ms, account.by_counter_login), (Some(NOON), true));
    assert_eq!(accounts::credentials(&mut tx, &[3; 32]).await.unwrap().map(|c| c.id), Some(anna.clone()));
    accounts::set_password(&mut tx, &anna, "$argon2id$own").await.unwrap();
    let account = accounts::find(&mut tx, v, &anna).await.unwrap().unwrap();
    assert_eq!((account.first_password_ms, account.by_counter_login), (None, true));
    accounts::prove_phone(&mut tx, &anna, &[4; 32], NOON).await.unwrap();
    let account = accounts::find(&mut tx, v, &anna).await.unwrap().unwrap();
    assert_eq!((account.by_counter_login, account.level), (false, Level::Phone));
    assert!(accounts::credentials(&mut tx, &[3; 32]).await.unwrap().is_none());
    tx.commit().await.unwrap();
    let mut tx = house.db.write().await.unwrap();
    let error = accounts::prove_phone(&mut tx, &boris, &[4; 32], NOON).await.unwrap_err();
    assert!(error.is_conflict("accounts.phone_index"), "{error}");
}

async fn a_new_first_password_is_for_an_account_that_nobody_has_entered(house: &House) {
    let anna = house.citizen("+79161111111").await;
    let v = &house.vault;
    let mut tx = house.db.write().await.unwrap();
    assert!(!accounts::renew_first_password(&mut tx, &anna, "$argon2id$new", NOON).await.unwrap(), "it is entered");
    let index = v.blind_index(Purpose::Phone, "+79161111111");
    accounts::give_first_password(&mut tx, &anna, Some(&[3; 32]), NOON - 1).await.unwrap();
    // Nothing is proved: as an account that staff opened on the phone and nobody has entered.
    accounts::change_phone(&mut tx, &anna, Some(&index), None).await.unwrap();
    let account = accounts::find(&mut tx, v, &anna).await.unwrap().unwrap();
    assert!(account.by_counter_login, "a phone that nobody has proved ends no login from the counter");
    accounts::change_email(&mut tx, &anna, None, None).await.unwrap();
    assert!(accounts::renew_first_password(&mut tx, &anna, "$argon2id$new", NOON).await.unwrap());
    let account = accounts::find(&mut tx, v, &anna).await.unwrap().unwrap();
    assert_eq!((account.password_hash.as_str(), account.first_password_ms), ("$argon2id$new", Some(NOON)));
    accounts::change_phone(&mut tx, &anna, Some(&index), Some(NOON)).await.unwrap();
    let account = accounts::find(&mut tx, v, &anna).await.unwrap().unwrap();
    assert!(!account.by_counter_login, "one that is proved does");
    assert!(!accounts::renew_first_password(&mut tx, &anna, "$argon2id$again", NOON).await.unwrap());
    tx.commit().await.unwrap();
}
