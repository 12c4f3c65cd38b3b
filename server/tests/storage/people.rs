//! Sign-ups, accounts, codes, links, sessions, limits, consents.

use crate::house::{DAY, House, MINUTE, NOON, answers};
use domain::Field;
use server::storage::accounts::{Level, NewAccount};
use server::storage::codes::{Issued, NewCode, Verdict};
use server::storage::consents::NewConsent;
use server::storage::links::NewLink;
use server::storage::registrations::NewRegistration;
use server::storage::sessions::{NewSession, Stage};
use server::storage::throttle::Limit;
use server::storage::{Purpose, StorageError, Tx, accounts, codes, consents, ids, links, persons, registrations, sessions, throttle};

on_both!(
    a_sign_up_becomes_an_account,
    sign_ups_that_run_out_are_erased,
    one_phone_has_one_account,
    an_account_is_confirmed_by_phone_and_email,
    a_code_is_tried_so_often_and_used_once,
    parallel_guesses_spend_the_same_tries,
    fifty_with_the_right_code_and_one_gets_in,
    a_new_code_waits_and_replaces_the_old,
    a_link_works_once,
    a_session_lives_until_it_is_idle_old_or_revoked,
    attempts_are_counted_in_windows,
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
    let Some(sign_up) = registrations::take(&mut tx, &house.vault, id, NOON).await? else { return Ok(false) };
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
    accounts::set_email(&mut tx, &anna, &email).await.unwrap();
    assert!(accounts::email_taken(&mut tx, &email).await.unwrap());
    accounts::confirm_email(&mut tx, &anna, NOON + 1).await.unwrap();
    accounts::confirm_email(&mut tx, &anna, NOON + 2).await.unwrap();
    accounts::set_lang(&mut tx, &anna, "en").await.unwrap();
    accounts::set_password(&mut tx, &anna, "$argon2id$new").await.unwrap();
    accounts::set_profile(&mut tx, v, &anna, &answers(&[(Field::FirstName, "Анна")])).await.unwrap();
    accounts::set_blocked(&mut tx, &anna, Some(NOON)).await.unwrap();
    tx.commit().await.unwrap();

    let mut tx = house.db.read().await.unwrap();
    let account = accounts::find(&mut tx, v, &anna).await.unwrap().unwrap();
    assert_eq!((account.level, account.email_confirmed_ms), (Level::Confirmed, Some(NOON + 1)));
    assert_eq!((account.lang.as_str(), account.blocked_ms), ("en", Some(NOON)));
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
    let error = accounts::set_email(&mut tx, &boris, &email).await.unwrap_err();
    assert!(error.is_conflict("accounts.email_index"), "{error}");
    drop(tx);
    let mut tx = house.db.write().await.unwrap();
    accounts::set_email(&mut tx, &anna, &v.blind_index(Purpose::Email, "other@example.ru")).await.unwrap();
    accounts::set_blocked(&mut tx, &anna, None).await.unwrap();
    accounts::confirm_phone(&mut tx, &anna, NOON).await.unwrap();
    let account = accounts::find(&mut tx, v, &anna).await.unwrap().unwrap();
    assert_eq!((account.level, account.email_confirmed_ms, account.blocked_ms), (Level::Phone, None, None));
}

fn code<'a>(house: &House, subject: &'a str, digits: &str, at: i64) -> NewCode<'a> {
    NewCode {
        subject,
        purpose: "phone",
        hash: house.vault.code_hash(subject, "phone", digits),
        tries: 10,
        sent_ms: at,
        expires_ms: at + 10 * MINUTE,
        gap_ms: MINUTE,
    }
}

async fn issue(house: &House, subject: &str, digits: &str, at: i64) -> Issued {
    let mut tx = house.db.write().await.unwrap();
    let issued = codes::issue(&mut tx, &code(house, subject, digits, at)).await.unwrap();
    tx.commit().await.unwrap();
    issued
}

async fn guess(house: &House, subject: &str, digits: &str, at: i64) -> Verdict {
    let hash = house.vault.code_hash(subject, "phone", digits);
    codes::check(&house.db, subject, "phone", &hash, at).await.unwrap()
}

async fn a_code_is_tried_so_often_and_used_once(house: &House) {
    assert_eq!(guess(house, "s1", "111111", NOON).await, Verdict::Expired, "never sent");
    issue(house, "s1", "123456", NOON).await;
    assert_eq!(guess(house, "s1", "111111", NOON).await, Verdict::Wrong { tries_left: 9 });
    assert_eq!(guess(house, "other", "123456", NOON).await, Verdict::Expired);
    let Verdict::Right { id } = guess(house, "s1", "123456", NOON).await else { panic!("right code refused") };
    assert_eq!(guess(house, "s1", "123456", NOON + 10 * MINUTE).await, Verdict::Expired);
    let mut tx = house.db.write().await.unwrap();
    assert!(codes::consume(&mut tx, &id, NOON).await.unwrap());
    assert!(!codes::consume(&mut tx, &id, NOON).await.unwrap());
    tx.commit().await.unwrap();
    assert_eq!(guess(house, "s1", "123456", NOON).await, Verdict::Expired, "used");
    let mut tx = house.db.write().await.unwrap();
    assert_eq!(codes::purge(&mut tx, NOON).await.unwrap(), 0);
    assert_eq!(codes::purge(&mut tx, NOON + DAY).await.unwrap(), 1);
}

async fn parallel_guesses_spend_the_same_tries(house: &House) {
    issue(house, "s1", "123456", NOON).await;
    let verdicts = join(60, |_| guess(house, "s1", "000000", NOON)).await;
    let compared = verdicts.iter().filter(|v| matches!(v, Verdict::Wrong { .. })).count();
    let spent = verdicts.iter().filter(|v| **v == Verdict::Spent).count();
    assert_eq!((compared, spent), (10, 50));
    assert_eq!(guess(house, "s1", "123456", NOON).await, Verdict::Spent, "even the right one comes too late");
}

async fn fifty_with_the_right_code_and_one_gets_in(house: &House) {
    let mut new = code(house, "s1", "123456", NOON);
    new.tries = 100;
    let mut tx = house.db.write().await.unwrap();
    codes::issue(&mut tx, &new).await.unwrap();
    tx.commit().await.unwrap();
    let enter = |_| async {
        let Verdict::Right { id } = guess(house, "s1", "123456", NOON).await else { return false };
        let mut tx = house.db.write().await.unwrap();
        let won = codes::consume(&mut tx, &id, NOON).await.unwrap();
        tx.commit().await.unwrap();
        won
    };
    assert_eq!(join(50, enter).await.into_iter().filter(|won| *won).count(), 1);
}

async fn a_new_code_waits_and_replaces_the_old(house: &House) {
    assert_eq!(issue(house, "s1", "111111", NOON).await, Issued::New);
    assert_eq!(issue(house, "s1", "222222", NOON + 20_000).await, Issued::TooSoon { retry_after_ms: 40_000 });
    assert!(matches!(guess(house, "s1", "111111", NOON).await, Verdict::Right { .. }));
    let mut sent = 0;
    for issued in join(20, |_| issue(house, "s1", "333333", NOON + MINUTE)).await {
        sent += usize::from(issued == Issued::New);
    }
    assert_eq!(sent, 1, "one message however often the button is pressed");
    assert_eq!(guess(house, "s1", "111111", NOON + MINUTE).await, Verdict::Wrong { tries_left: 9 });
    assert!(matches!(guess(house, "s1", "333333", NOON + MINUTE).await, Verdict::Right { .. }));
    let mut tx = house.db.read().await.unwrap();
    assert_eq!(codes::sent_ms(&mut tx, "s1", "phone").await.unwrap(), Some(NOON + MINUTE));
    assert_eq!(codes::sent_ms(&mut tx, "s1", "login").await.unwrap(), None);
}

async fn a_link_works_once(house: &House) {
    let anna = house.citizen("+79161111111").await;
    let (first, second) = (ids::token_hash("first"), ids::token_hash("second"));
    let link = |token_hash, at| NewLink {
        token_hash,
        account_id: &anna,
        purpose: "email",
        created_ms: at,
        expires_ms: at + DAY,
    };
    let mut tx = house.db.write().await.unwrap();
    links::create(&mut tx, &link(first, NOON)).await.unwrap();
    assert!(links::find(&mut tx, &first, "email", NOON).await.unwrap().is_some());
    links::create(&mut tx, &link(second, NOON + 1)).await.unwrap();
    assert!(links::find(&mut tx, &first, "email", NOON).await.unwrap().is_none(), "replaced");
    assert!(links::find(&mut tx, &second, "recover", NOON).await.unwrap().is_none(), "for something else");
    assert!(links::find(&mut tx, &second, "email", NOON + 1 + DAY).await.unwrap().is_none(), "ran out");
    assert_eq!(links::newest_ms(&mut tx, &anna, "email").await.unwrap(), Some(NOON + 1));
    assert_eq!(links::newest_ms(&mut tx, &anna, "recover").await.unwrap(), None);
    tx.commit().await.unwrap();
    let open = |_| async {
        let mut tx = house.db.write().await.unwrap();
        let account = links::consume(&mut tx, &second, "email", NOON + 2).await.unwrap();
        tx.commit().await.unwrap();
        account
    };
    let opened: Vec<_> = join(50, open).await.into_iter().flatten().collect();
    assert_eq!(opened, [anna]);
    let mut tx = house.db.write().await.unwrap();
    assert_eq!(links::purge(&mut tx, NOON + 2 * DAY).await.unwrap(), 1);
}

async fn a_session_lives_until_it_is_idle_old_or_revoked(house: &House) {
    const IDLE: i64 = 15 * MINUTE;
    let anna = house.citizen("+79161111111").await;
    let tokens: Vec<_> = ["phone", "laptop", "library"].map(ids::token_hash).to_vec();
    let mut tx = house.db.write().await.unwrap();
    for (i, token_hash) in tokens.iter().enumerate() {
        let new = NewSession {
            token_hash: *token_hash,
            id: &format!("session{i}"),
            account_id: Some(&anna),
            stage: Stage::Open,
            subject: None,
            created_ms: NOON + i as i64,
            absolute_expires_ms: NOON + DAY / 2,
            label: "Firefox, Linux",
        };
        sessions::create(&mut tx, &new).await.unwrap();
    }
    let guest = NewSession {
        token_hash: ids::token_hash("guest"),
        id: "guest",
        account_id: None,
        stage: Stage::Registering,
        subject: Some("attempt"),
        created_ms: NOON,
        absolute_expires_ms: NOON + DAY / 2,
        label: "",
    };
    sessions::create(&mut tx, &guest).await.unwrap();
    let found = sessions::find(&mut tx, &ids::token_hash("guest"), NOON, IDLE).await.unwrap().unwrap();
    assert_eq!((found.stage, found.subject.as_deref(), found.account_id), (Stage::Registering, Some("attempt"), None));

    let find = async |tx: &mut Tx, i: usize, at| sessions::find(tx, &tokens[i], at, IDLE).await.unwrap();
    assert_eq!(find(&mut tx, 0, NOON).await.unwrap().label, "Firefox, Linux");
    assert!(find(&mut tx, 0, NOON + IDLE).await.is_none(), "idle");
    sessions::touch(&mut tx, "session0", NOON + 10 * MINUTE).await.unwrap();
    sessions::touch(&mut tx, "session0", NOON).await.unwrap();
    assert!(find(&mut tx, 0, NOON + IDLE).await.is_some(), "touched; an earlier touch takes nothing back");
    sessions::touch(&mut tx, "session0", NOON + DAY / 2 - 1).await.unwrap();
    assert!(find(&mut tx, 0, NOON + DAY / 2).await.is_none(), "old");

    let listed = sessions::list(&mut tx, &anna, NOON + MINUTE, IDLE).await.unwrap();
    assert_eq!(listed.iter().map(|s| s.id.as_str()).collect::<Vec<_>>(), ["session0", "session2", "session1"]);
    assert!(!sessions::revoke_owned(&mut tx, "session1", "stranger", NOON).await.unwrap());
    assert!(sessions::revoke_owned(&mut tx, "session1", &anna, NOON).await.unwrap());
    assert!(find(&mut tx, 1, NOON).await.is_none());
    assert_eq!(sessions::revoke_all(&mut tx, &anna, Some("session2"), NOON).await.unwrap(), 1);
    assert!(find(&mut tx, 2, NOON).await.is_some());
    assert!(sessions::revoke(&mut tx, &tokens[2], NOON).await.unwrap());
    assert!(!sessions::revoke(&mut tx, &tokens[2], NOON).await.unwrap());
    assert!(find(&mut tx, 2, NOON).await.is_none());
    assert_eq!(sessions::revoke_all(&mut tx, &anna, None, NOON).await.unwrap(), 0);
    assert_eq!(sessions::purge(&mut tx, NOON).await.unwrap(), 3, "the revoked; the guest is alive");
}

async fn attempts_are_counted_in_windows(house: &House) {
    let limit = |who, limit| Limit {
        key: house.vault.throttle_key("login", who),
        window_ms: 15 * MINUTE,
        limit,
    };
    let hit = async |at| throttle::hit(&house.db, &[limit("account", 3), limit("address", 100)], at).await.unwrap();
    for _ in 0..3 {
        assert_eq!(hit(NOON).await, None);
    }
    assert_eq!(hit(NOON + MINUTE).await, Some(14 * MINUTE));
    assert_eq!(hit(NOON + 15 * MINUTE).await, None, "a new window");
    let mut tx = house.db.write().await.unwrap();
    throttle::clear(&mut tx, &limit("account", 3).key).await.unwrap();
    tx.commit().await.unwrap();
    let allowed = join(50, |_| hit(NOON + 16 * MINUTE)).await.into_iter().filter(Option::is_none).count();
    assert_eq!(allowed, 3, "fifty at once get no more than three");
    let mut tx = house.db.write().await.unwrap();
    assert_eq!(throttle::purge(&mut tx, NOON + DAY).await.unwrap(), 2);
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
}

/// Runs `n` at once.
async fn join<F: Future>(n: usize, task: impl Fn(usize) -> F) -> Vec<F::Output> {
    futures::future::join_all((0..n).map(task)).await
}
