//! Drafts and their submission.

use crate::house::{DAY, House, MINUTE, NOON, answers, submission};
use domain::{Field, Values};
use server::storage::applications::{Draft, Move, NewDraft, Submitted};
use server::storage::{applications, history, ids};

on_both!(
    a_draft_is_saved_by_its_owner_only,
    two_tabs_cannot_overwrite_each_other,
    fifty_presses_submit_once,
    strangers_find_nothing,
    a_returned_application_is_filled_in_again,
);

async fn save(house: &House, id: &str, owner: &str, version: i64, town: &str) -> Option<i64> {
    let mut tx = house.db.write().await.unwrap();
    let draft =
        Draft { id, account_id: owner, version, answers: &answers(&[(Field::BirthPlace, town)]), now_ms: NOON + 1 };
    // A stranger has a data key of their own; what they seal must not land in another's row.
    let saved = applications::save_draft(&mut tx, &house.vault, &draft).await.unwrap();
    tx.commit().await.unwrap();
    saved
}

async fn a_draft_is_saved_by_its_owner_only(house: &House) {
    let (anna, boris) = (house.citizen("+79161111111").await, house.citizen("+79162222222").await);
    let (id, key) = house.draft(&anna).await;
    assert_eq!(save(house, &id, &boris, 1, "Омск").await, None);
    assert_eq!(save(house, &id, &anna, 1, "Тверь").await, Some(2));
    let mut tx = house.db.write().await.unwrap();
    let found = applications::find_owned(&mut tx, &house.vault, &id, &anna).await.unwrap().unwrap();
    assert_eq!(found.answers.get(Field::BirthPlace), "Тверь");
    let summary = found.summary;
    assert_eq!((summary.version, summary.saved_ms, summary.submitted_ms, summary.number), (2, NOON + 1, None, None));
    assert_eq!(summary.submit_key, key);
    // The same key cannot start a second draft.
    let again = NewDraft {
        id: &ids::public_id(),
        account_id: &anna,
        kind: "person",
        status: "draft",
        stage: "intake",
        answers: &Values::default(),
        submit_key: &key,
        now_ms: NOON,
    };
    let error = applications::create(&mut tx, &house.vault, &again).await.unwrap_err();
    assert!(error.is_conflict("applications.submit_key"), "{error}");
}

async fn two_tabs_cannot_overwrite_each_other(house: &House) {
    let anna = house.citizen("+79161111111").await;
    let (id, _) = house.draft(&anna).await;
    let saves = futures::future::join_all((0..20).map(|_| save(house, &id, &anna, 1, "Тула"))).await;
    assert_eq!(saves.into_iter().flatten().collect::<Vec<_>>(), [2]);
}

async fn fifty_presses_submit_once(house: &House) {
    let anna = house.citizen("+79161111111").await;
    let (id, key) = house.draft(&anna).await;
    let given = answers(&[(Field::Snils, "112-233-445 95")]);
    let press = |i: usize| {
        let (id, anna, key, given) = (&id, &anna, &key, &given);
        async move {
            let number = format!("N{i}");
            let mut tx = house.db.write().await.unwrap();
            let submitted =
                applications::submit(&mut tx, &house.vault, &submission(id, anna, key, &number, given)).await;
            tx.commit().await.unwrap();
            submitted.unwrap()
        }
    };
    let results = futures::future::join_all((0..50).map(press)).await;
    let mut numbers = Vec::new();
    let mut now = 0;
    for result in results {
        match result {
            Submitted::Now { number, version } => {
                now += 1;
                assert_eq!(version, 2);
                numbers.push(number);
            }
            Submitted::Before { number } => numbers.push(number),
            Submitted::Missing => panic!("a repeat gets the same receipt"),
        }
    }
    assert_eq!(now, 1);
    numbers.dedup();
    assert_eq!(numbers.len(), 1, "everybody holds the same number");
    let mut tx = house.db.read().await.unwrap();
    let moves = history::list_owned(&mut tx, &id, &anna).await.unwrap();
    assert_eq!(moves.len(), 1);
    assert_eq!((moves[0].seq, moves[0].actor.as_str(), moves[0].status.as_str()), (2, "citizen", "in_review"));
    let summary = applications::find_by_number(&mut tx, &numbers[0]).await.unwrap().unwrap();
    assert_eq!((summary.id.as_str(), summary.submitted_ms), (id.as_str(), Some(NOON + MINUTE)));
    assert!(applications::find_by_number(&mut tx, "absent").await.unwrap().is_none());
    drop(tx);
    assert_eq!(save(house, &id, &anna, 2, "Тула").await, None, "a submitted one is no draft");
}

async fn strangers_find_nothing(house: &House) {
    let (anna, boris) = (house.citizen("+79161111111").await, house.citizen("+79162222222").await);
    let (id, _) = house.application(&anna).await;
    let mut tx = house.db.write().await.unwrap();
    let v = &house.vault;
    assert!(applications::find_owned(&mut tx, v, &id, &boris).await.unwrap().is_none());
    assert!(applications::find_owned(&mut tx, v, "absent", &boris).await.unwrap().is_none());
    assert!(applications::list_owned(&mut tx, &boris).await.unwrap().is_empty());
    assert!(history::list_owned(&mut tx, &id, &boris).await.unwrap().is_empty());
    let key = applications::find(&mut tx, v, &id).await.unwrap().unwrap().summary.submit_key;
    let stolen =
        applications::submit(&mut tx, v, &submission(&id, &boris, &key, "X", &Values::default())).await.unwrap();
    assert_eq!(stolen, Submitted::Missing);
    assert_eq!(applications::list_owned(&mut tx, &anna).await.unwrap().len(), 1);
}

async fn a_returned_application_is_filled_in_again(house: &House) {
    let anna = house.citizen("+79161111111").await;
    let (id, version) = house.application(&anna).await;
    let v = &house.vault;
    let mut tx = house.db.write().await.unwrap();
    let before = applications::find(&mut tx, v, &id).await.unwrap().unwrap().summary;
    let asked = Move {
        id: &id,
        version,
        actor: "system",
        status: "needs_clarification",
        stage: "document_check",
        reasons: &[],
        due_ms: Some(NOON + 7 * DAY),
        registration_number: None,
        submit_key: Some("second key"),
        now_ms: NOON + 3 * MINUTE,
    };
    let version = applications::advance(&mut tx, &asked).await.unwrap().unwrap();
    let corrected = answers(&[(Field::Snils, "001-001-998 00")]);
    let old_key = submission(&id, &anna, &before.submit_key, "another number", &corrected);
    assert_eq!(applications::submit(&mut tx, v, &old_key).await.unwrap(), Submitted::Missing);
    let again = submission(&id, &anna, "second key", "another number", &corrected);
    let submitted = applications::submit(&mut tx, v, &again).await.unwrap();
    let number = before.number.unwrap();
    assert_eq!(submitted, Submitted::Now { number, version: version + 1 }, "the number stays");
    assert_eq!(history::list_owned(&mut tx, &id, &anna).await.unwrap().len(), 3);
}
