//! The journal's chains: every row has its place, and whoever changes one behind our back is found out.

use crate::house::{House, NOON, join};
use server::storage::journal::{self, Broken, NewEntry, Verified};

on_both!(
    rows_form_one_chain_an_account,
    parallel_appends_take_turns,
    an_altered_row_is_named,
    a_row_rewritten_with_its_hash_breaks_the_next,
    a_removed_row_is_named,
    a_removed_end_and_a_removed_chain_are_named,
    rows_that_changed_places_are_named,
    a_row_slipped_in_is_named,
    rows_from_before_the_chains_are_counted,
);

fn entry<'a>(account_id: Option<&'a str>, act: &'a str, at_ms: i64) -> NewEntry<'a> {
    NewEntry { account_id, at_ms, actor: "citizen", act, object: "a1", detail: "" }
}

/// Four rows of Anna in two transactions, two of Boris, one of nobody.
async fn write(house: &House) {
    let mut tx = house.db.write().await.unwrap();
    for (n, act) in ["login", "profile_read", "draft_created"].into_iter().enumerate() {
        journal::append(&mut tx, &entry(Some("anna"), act, NOON + n as i64)).await.unwrap();
    }
    journal::append(&mut tx, &entry(Some("boris"), "login", NOON)).await.unwrap();
    journal::append(&mut tx, &entry(None, "keys_rotated", NOON)).await.unwrap();
    tx.commit().await.unwrap();
    let mut tx = house.db.write().await.unwrap();
    // Read before the commit, and added to after that: still one chain.
    journal::append(&mut tx, &entry(Some("anna"), "application_submitted", NOON + 9)).await.unwrap();
    assert_eq!(journal::list_owned(&mut tx, "anna", 10).await.unwrap().len(), 4);
    journal::append(&mut tx, &entry(Some("boris"), "logout", NOON + 9)).await.unwrap();
    tx.commit().await.unwrap();
}

async fn verify(house: &House) -> Verified {
    journal::verify(&mut house.db.read().await.unwrap()).await.unwrap()
}

/// What somebody does who has the database in hands: the guard first.
async fn attack(house: &House, sql: &'static str) {
    for guard in [
        "DROP TRIGGER journal_no_update",
        "DROP TRIGGER journal_no_delete",
        "DROP TRIGGER journal_append_only ON journal",
    ] {
        // Each database has its own.
        let _ = house.raw(guard).await;
    }
    house.raw(sql).await.unwrap();
}

fn anna(seq: i64) -> Broken {
    Broken::Altered { chain: "anna".into(), seq }
}

async fn rows_form_one_chain_an_account(house: &House) {
    assert_eq!(verify(house).await, Verified { rows: 0, chains: 0, unchained: 0, broken: vec![] });
    write(house).await;
    assert_eq!(verify(house).await, Verified { rows: 7, chains: 3, unchained: 0, broken: vec![] });
    let mut tx = house.db.write().await.unwrap();
    journal::append(&mut tx, &entry(Some("anna"), "logout", NOON)).await.unwrap();
    drop(tx);
    assert_eq!(verify(house).await.rows, 7, "what was not committed takes no place");
}

async fn parallel_appends_take_turns(house: &House) {
    let append = |n: usize| {
        let db = house.db.clone();
        async move {
            let mut tx = db.write().await.unwrap();
            journal::append(&mut tx, &entry(Some("anna"), "login", n as i64)).await.unwrap();
            journal::append(&mut tx, &entry(Some("boris"), "login", n as i64)).await.unwrap();
            journal::append(&mut tx, &entry(Some("anna"), "logout", n as i64)).await.unwrap();
            tx.commit().await
        }
    };
    for done in join(60, append).await {
        done.unwrap();
    }
    assert_eq!(verify(house).await, Verified { rows: 180, chains: 2, unchained: 0, broken: vec![] });
}

async fn an_altered_row_is_named(house: &House) {
    for (n, sql) in [
        "UPDATE journal SET actor = 'system' WHERE chain = 'anna' AND seq = 2",
        "UPDATE journal SET at_ms = at_ms + 1 WHERE chain = 'anna' AND seq = 3",
        // The boundary between two texts moves, the texts together stay.
        "UPDATE journal SET object = '', detail = 'a1' WHERE chain = 'anna' AND seq = 1",
    ]
    .into_iter()
    .enumerate()
    {
        if n == 0 {
            write(house).await;
        }
        attack(house, sql).await;
        assert_eq!(verify(house).await.broken.len(), n + 1, "{sql}");
    }
    assert_eq!(verify(house).await.broken, [anna(1), anna(2), anna(3)]);
}

async fn a_row_rewritten_with_its_hash_breaks_the_next(house: &House) {
    write(house).await;
    // As good as a hash can be made without the rows that follow.
    attack(house, "UPDATE journal SET hash = (SELECT hash FROM journal WHERE chain = 'boris' AND seq = 1) WHERE chain = 'anna' AND seq = 2").await;
    assert_eq!(verify(house).await.broken, [anna(2), anna(3)]);
}

async fn a_removed_row_is_named(house: &House) {
    write(house).await;
    attack(house, "DELETE FROM journal WHERE chain = 'anna' AND seq = 2").await;
    assert_eq!(verify(house).await.broken, [Broken::Missing { chain: "anna".into(), seq: 2 }]);
}

async fn a_removed_end_and_a_removed_chain_are_named(house: &House) {
    write(house).await;
    attack(house, "DELETE FROM journal WHERE chain = 'anna' AND seq = 4").await;
    assert_eq!(verify(house).await.broken, [Broken::End { chain: "anna".into() }]);
    attack(house, "DELETE FROM journal WHERE chain = 'boris'").await;
    let mut broken = verify(house).await.broken;
    broken.sort_by_key(|b| format!("{b:?}"));
    assert_eq!(broken, [Broken::End { chain: "anna".into() }, Broken::End { chain: "boris".into() }]);
}

async fn rows_that_changed_places_are_named(house: &House) {
    write(house).await;
    for sql in [
        "UPDATE journal SET seq = 99 WHERE chain = 'anna' AND seq = 2",
        "UPDATE journal SET seq = 2 WHERE chain = 'anna' AND seq = 3",
        "UPDATE journal SET seq = 3 WHERE chain = 'anna' AND seq = 99",
    ] {
        attack(house, sql).await;
    }
    let broken = verify(house).await.broken;
    assert!(broken.contains(&anna(2)) && broken.contains(&anna(3)), "{broken:?}");
}

async fn a_row_slipped_in_is_named(house: &House) {
    write(house).await;
    house
        .raw(
            "INSERT INTO journal (id, account_id, at_ms, actor, act, object, detail, chain, seq, hash)
              SELECT 'forged', account_id, at_ms, actor, act, object, detail, chain, 5, hash
              FROM journal WHERE chain = 'anna' AND seq = 4",
        )
        .await
        .unwrap();
    let broken = verify(house).await.broken;
    assert!(broken.contains(&anna(5)) && broken.contains(&Broken::End { chain: "anna".into() }), "{broken:?}");
}

async fn rows_from_before_the_chains_are_counted(house: &House) {
    write(house).await;
    house
        .raw("INSERT INTO journal (id, account_id, at_ms, actor, act, object, detail) VALUES ('old', 'anna', 1, 'citizen', 'login', '', '')")
        .await
        .unwrap();
    assert_eq!(verify(house).await.broken, [Broken::Unchained { expected: 0, found: 1 }]);
}
