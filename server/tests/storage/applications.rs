//! Drafts, submission, checks, answers.

use crate::house::{DAY, House, MINUTE, NOON, answers, submission};
use domain::{Code, Field, Values};
use server::storage::applications::{Draft, Move, NewDraft, Reason, Reopening, Submitted};
use server::storage::identities::Kind;
use server::storage::mailboxes::NewMailbox;
use server::storage::{Purpose, applications, checks, history, identities, ids, mailboxes};

on_both!(
    a_draft_is_saved_by_its_owner_only,
    two_tabs_cannot_overwrite_each_other,
    fifty_presses_submit_once,
    strangers_find_nothing,
    a_decision_on_an_old_version_is_refused,
    a_returned_application_is_filled_in_again,
    one_person_is_registered_once,
    answers_of_registries_stay,
    a_mailbox_is_opened_once,
    overdue_applications_are_found,
);

async fn save(house: &House, id: &str, owner: &str, version: i64, town: &str) -> Option<i64> {
    let mut tx = house.db.write().await.unwrap();
    let draft = Draft {
        id,
        account_id: owner,
        version,
        answers: &answers(&[(Field::BirthPlace, town)]),
        now_ms: NOON + 1,
    };
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
    drop(tx);
    let mut tx = house.db.write().await.unwrap();
    assert!(!applications::delete_draft(&mut tx, &id, &boris).await.unwrap());
    assert!(applications::delete_draft(&mut tx, &id, &anna).await.unwrap());
    assert!(applications::find(&mut tx, &house.vault, &id).await.unwrap().is_none());
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
            let submitted = applications::submit(&mut tx, &house.vault, &submission(id, anna, key, &number, given)).await;
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
    let (id, version) = house.application(&anna).await;
    let mut tx = house.db.write().await.unwrap();
    let v = &house.vault;
    assert!(applications::find_owned(&mut tx, v, &id, &boris).await.unwrap().is_none());
    assert!(applications::find_owned(&mut tx, v, "absent", &boris).await.unwrap().is_none());
    assert!(applications::list_owned(&mut tx, &boris).await.unwrap().is_empty());
    assert!(history::list_owned(&mut tx, &id, &boris).await.unwrap().is_empty());
    let key = applications::find(&mut tx, v, &id).await.unwrap().unwrap().summary.submit_key;
    let stolen = applications::submit(&mut tx, v, &submission(&id, &boris, &key, "X", &Values::default())).await.unwrap();
    assert_eq!(stolen, Submitted::Missing);
    let reopening = Reopening {
        id: &id,
        account_id: &boris,
        version,
        status: "draft",
        stage: "intake",
        submit_key: "k",
        now_ms: NOON,
    };
    assert_eq!(applications::reopen(&mut tx, &reopening).await.unwrap(), None);
    assert_eq!(applications::list_owned(&mut tx, &anna).await.unwrap().len(), 1);
}

fn decision<'a>(id: &'a str, version: i64, status: &'a str, reasons: &'a [Reason], number: Option<&'a str>) -> Move<'a> {
    Move {
        id,
        version,
        actor: "system",
        status,
        stage: "agreement",
        reasons,
        due_ms: Some(NOON + DAY),
        registration_number: number,
        now_ms: NOON + 2 * MINUTE,
    }
}

async fn a_decision_on_an_old_version_is_refused(house: &House) {
    let anna = house.citizen("+79161111111").await;
    let (id, version) = house.application(&anna).await;
    let (other, other_version) = house.application(&anna).await;
    let reasons = [Reason {
        code: Code::RegistrySnilsMismatch,
        field: Some(Field::Snils),
    }];
    let decide = |_| async {
        let mut tx = house.db.write().await.unwrap();
        let moved = applications::advance(&mut tx, &decision(&id, version, "needs_clarification", &reasons, None)).await;
        tx.commit().await.unwrap();
        moved.unwrap()
    };
    let moved = futures::future::join_all((0..20).map(decide)).await;
    assert_eq!(moved.into_iter().flatten().collect::<Vec<_>>(), [version + 1]);
    let mut tx = house.db.write().await.unwrap();
    let summary = applications::find(&mut tx, &house.vault, &id).await.unwrap().unwrap().summary;
    assert_eq!((summary.status.as_str(), summary.reasons.as_slice()), ("needs_clarification", &reasons[..]));
    assert_eq!(history::list_owned(&mut tx, &id, &anna).await.unwrap()[1].reasons, reasons);
    let approved = decision(&id, version + 1, "approved", &[], Some("R-1"));
    assert_eq!(applications::advance(&mut tx, &approved).await.unwrap(), Some(version + 2));
    let taken = decision(&other, other_version, "approved", &[], Some("R-1"));
    let error = applications::advance(&mut tx, &taken).await.unwrap_err();
    assert!(error.is_conflict("applications.registration_number"), "{error}");
}

async fn a_returned_application_is_filled_in_again(house: &House) {
    let anna = house.citizen("+79161111111").await;
    let (id, version) = house.application(&anna).await;
    let v = &house.vault;
    let mut tx = house.db.write().await.unwrap();
    let before = applications::find(&mut tx, v, &id).await.unwrap().unwrap().summary;
    let reopening = Reopening {
        id: &id,
        account_id: &anna,
        version,
        status: "draft",
        stage: "intake",
        submit_key: "second key",
        now_ms: NOON + 3 * MINUTE,
    };
    let version = applications::reopen(&mut tx, &reopening).await.unwrap().unwrap();
    assert_eq!(applications::reopen(&mut tx, &reopening).await.unwrap(), None);
    let corrected = answers(&[(Field::Snils, "001-001-998 00")]);
    let old_key = submission(&id, &anna, &before.submit_key, "another number", &corrected);
    assert_eq!(applications::submit(&mut tx, v, &old_key).await.unwrap(), Submitted::Missing);
    let again = submission(&id, &anna, "second key", "another number", &corrected);
    let submitted = applications::submit(&mut tx, v, &again).await.unwrap();
    let number = before.number.unwrap();
    assert_eq!(submitted, Submitted::Now { number, version: version + 1 }, "the number stays");
    assert_eq!(history::list_owned(&mut tx, &id, &anna).await.unwrap().len(), 3);
}

async fn one_person_is_registered_once(house: &House) {
    let snils = house.vault.blind_index(Purpose::Snils, "11223344595");
    let mut applications_of = Vec::new();
    for i in 0..10 {
        let citizen = house.citizen(&format!("+7916000000{i}")).await;
        let (id, _) = house.application(&citizen).await;
        let passport = house.vault.blind_index(Purpose::Passport, &format!("450{i}123456"));
        let mut tx = house.db.write().await.unwrap();
        identities::set(&mut tx, &id, &[(Kind::Snils, [9; 32])]).await.unwrap();
        identities::set(&mut tx, &id, &[(Kind::Snils, snils), (Kind::Passport, passport)]).await.unwrap();
        tx.commit().await.unwrap();
        applications_of.push((id, citizen));
    }
    let mut tx = house.db.read().await.unwrap();
    let others = identities::others(&mut tx, &applications_of[0].0).await.unwrap();
    assert_eq!(others.len(), 9);
    assert!(others.iter().all(|o| o.kind == Kind::Snils && !o.active && o.account_id != applications_of[0].1));
    drop(tx);
    let approve = |i: usize| {
        let id = &applications_of[i].0;
        async move {
            let mut tx = house.db.write().await.unwrap();
            identities::register(&mut tx, id).await?;
            tx.commit().await
        }
    };
    let results = futures::future::join_all((0..10).map(approve)).await;
    let lost = results.iter().filter(|r| matches!(r, Err(e) if e.is_conflict("identities.idx"))).count();
    assert_eq!((results.iter().filter(|r| r.is_ok()).count(), lost), (1, 9));
}

async fn answers_of_registries_stay(house: &House) {
    let anna = house.citizen("+79161111111").await;
    let (id, _) = house.application(&anna).await;
    let mut tx = house.db.write().await.unwrap();
    checks::ask(&mut tx, &id, "snils", NOON).await.unwrap();
    checks::ask(&mut tx, &id, "snils", NOON + 1).await.unwrap();
    assert!(checks::answer(&mut tx, &id, "snils", "agrees", NOON + 2).await.unwrap());
    assert!(!checks::answer(&mut tx, &id, "snils", "differs", NOON + 3).await.unwrap());
    checks::ask(&mut tx, &id, "snils", NOON + 4).await.unwrap();
    assert!(checks::answer(&mut tx, &id, "inn", "agrees", NOON + 5).await.unwrap());
    let list = checks::list(&mut tx, &id).await.unwrap();
    assert_eq!(list.len(), 2);
    assert_eq!((list[1].outcome.as_deref(), list[1].asked_ms, list[1].answered_ms), (Some("agrees"), NOON + 1, Some(NOON + 2)));
    assert_eq!(checks::clear(&mut tx, &id).await.unwrap(), 2);
}

async fn a_mailbox_is_opened_once(house: &House) {
    let anna = house.citizen("+79161111111").await;
    let ((first, _), (second, _)) = (house.application(&anna).await, house.application(&anna).await);
    let mailbox = |application_id, registration_number| NewMailbox {
        account_id: &anna,
        application_id,
        kind: "physical",
        office_index: Some("101000"),
        registration_number,
        opened_ms: NOON,
    };
    let mut tx = house.db.write().await.unwrap();
    assert!(mailboxes::open(&mut tx, &mailbox(&first, "R-1")).await.unwrap());
    assert!(!mailboxes::open(&mut tx, &mailbox(&first, "R-2")).await.unwrap());
    let list = mailboxes::list_owned(&mut tx, &anna).await.unwrap();
    assert_eq!((list.len(), list[0].registration_number.as_str()), (1, "R-1"));
    assert!(mailboxes::list_owned(&mut tx, "stranger").await.unwrap().is_empty());
    let error = mailboxes::open(&mut tx, &mailbox(&second, "R-1")).await.unwrap_err();
    assert!(error.is_conflict("mailboxes.registration_number"), "{error}");
}

async fn overdue_applications_are_found(house: &House) {
    let anna = house.citizen("+79161111111").await;
    let (id, _) = house.application(&anna).await;
    let mut tx = house.db.read().await.unwrap();
    assert!(applications::overdue(&mut tx, "in_review", NOON, 10).await.unwrap().is_empty());
    let late = applications::overdue(&mut tx, "in_review", NOON + 30 * DAY, 10).await.unwrap();
    assert_eq!(late.iter().map(|s| s.id.as_str()).collect::<Vec<_>>(), [id.as_str()]);
    assert!(applications::overdue(&mut tx, "approved", NOON + 30 * DAY, 10).await.unwrap().is_empty());
}
