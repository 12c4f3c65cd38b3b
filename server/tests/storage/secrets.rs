//! Codes, links, sessions, limits: what lets a person in, and how often it may be tried.

use crate::house::{DAY, House, MINUTE, NOON, join};
use server::storage::codes::{Issued, NewCode, Verdict};
use server::storage::consents::{self, NewConsent};
use server::storage::links::NewLink;
use server::storage::sessions::{NewSession, Stage};
use server::storage::throttle::Limit;
use server::storage::{Tx, accounts, codes, ids, links, sessions, throttle};

on_both!(
    a_code_is_tried_so_often_and_used_once,
    parallel_guesses_spend_the_same_tries,
    fifty_with_the_right_code_and_one_gets_in,
    a_new_code_waits_and_replaces_the_old,
    a_link_works_once,
    a_session_lives_until_it_is_idle_old_or_revoked,
    attempts_are_counted_in_windows,
);

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
        let Verdict::Right { id } = guess(house, "s1", "123456", NOON).await else {
            return false;
        };
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
    links::create(&mut tx, &link(second, NOON + 1)).await.unwrap();
    for (hash, purpose, at, why) in [
        (&first, "email", NOON, "replaced"),
        (&second, "recover", NOON, "for something else"),
        (&second, "email", NOON + 1 + DAY, "ran out"),
    ] {
        assert_eq!(links::find(&mut tx, hash, purpose, at).await.unwrap(), None, "{why}");
        assert!(!links::consume(&mut tx, hash, purpose, at).await.unwrap(), "{why}");
    }
    tx.commit().await.unwrap();
    let open = |_| async {
        let mut tx = house.db.write().await.unwrap();
        let account = links::find(&mut tx, &second, "email", NOON + 2).await.unwrap();
        let one = links::consume(&mut tx, &second, "email", NOON + 2).await.unwrap();
        tx.commit().await.unwrap();
        account.filter(|_| one)
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
            device_hash: None,
            proved_by: "",
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
        device_hash: None,
        proved_by: "",
    };
    sessions::create(&mut tx, &guest).await.unwrap();
    let visit = async |tx: &mut Tx, token: &[u8; 32], at| {
        sessions::find(tx, &house.vault, token, "account", at, IDLE).await.unwrap()
    };
    let (found, nobody) = visit(&mut tx, &ids::token_hash("guest"), NOON).await.unwrap();
    assert!(nobody.is_none());
    assert_eq!((found.stage, found.subject.as_deref(), found.account_id), (Stage::Registering, Some("attempt"), None));

    let find = async |tx: &mut Tx, i: usize, at| visit(tx, &tokens[i], at).await.map(|(session, _)| session);
    assert_eq!(find(&mut tx, 0, NOON).await.unwrap().label, "Firefox, Linux");
    assert!(find(&mut tx, 0, NOON + IDLE).await.is_none(), "idle");
    sessions::touch(&mut tx, "session0", NOON + 10 * MINUTE).await.unwrap();
    sessions::touch(&mut tx, "session0", NOON).await.unwrap();
    assert!(find(&mut tx, 0, NOON + IDLE).await.is_some(), "touched; an earlier touch takes nothing back");
    sessions::touch(&mut tx, "session0", NOON + DAY / 2 - 1).await.unwrap();
    assert!(find(&mut tx, 0, NOON + DAY / 2).await.is_none(), "old");

    let mine = visit(&mut tx, &tokens[1], NOON).await.unwrap().1.unwrap();
    assert!(mine.lang == "ru" && !mine.consent);
    let consent =
        NewConsent { account_id: &anna, purpose: "account", text_version: "1", text_hash: "a", given_ms: NOON };
    consents::give(&mut tx, &consent).await.unwrap();
    assert!(visit(&mut tx, &tokens[1], NOON).await.unwrap().1.unwrap().consent);
    accounts::set_frozen(&mut tx, &anna, Some(NOON)).await.unwrap();
    assert!(visit(&mut tx, &tokens[1], NOON).await.unwrap().1.is_none(), "a frozen account is nobody's");
    accounts::set_frozen(&mut tx, &anna, None).await.unwrap();

    let listed = sessions::list(&mut tx, &anna, NOON + MINUTE, IDLE).await.unwrap();
    assert_eq!(listed.iter().map(|s| s.id.as_str()).collect::<Vec<_>>(), ["session0", "session2", "session1"]);
    assert!(!sessions::revoke_owned(&mut tx, "session1", "stranger", NOON).await.unwrap());
    assert!(sessions::is_live(&mut tx, "session1").await.unwrap());
    assert!(sessions::revoke_owned(&mut tx, "session1", &anna, NOON).await.unwrap());
    assert!(!sessions::is_live(&mut tx, "session1").await.unwrap());
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
    let limit = |who, limit| Limit { key: house.vault.throttle_key("login", who), window_ms: 15 * MINUTE, limit };
    let hit = async |at| throttle::hit(&house.db, &[limit("account", 3), limit("address", 100)], at).await.unwrap();
    for _ in 0..3 {
        assert_eq!(hit(NOON).await, None);
    }
    assert_eq!(hit(NOON + MINUTE).await, Some(14 * MINUTE));
    assert_eq!(hit(NOON + 15 * MINUTE).await, None, "a new window");
    let allowed = join(50, |_| hit(NOON + 30 * MINUTE)).await.into_iter().filter(Option::is_none).count();
    assert_eq!(allowed, 3, "fifty at once get no more than three");
    let mut tx = house.db.write().await.unwrap();
    assert_eq!(throttle::purge(&mut tx, NOON + DAY).await.unwrap(), 2);
}
