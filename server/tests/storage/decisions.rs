//! What happens to an application once it is submitted.

use crate::house::{DAY, House, MINUTE, NOON, answers, join, submission};
use domain::{Code, Field};
use server::storage::applications::{Draft, Move, Reason, Submitted};
use server::storage::identities::Kind;
use server::storage::mailboxes::NewMailbox;
use server::storage::{Purpose, applications, checks, history, identities, mailboxes};

on_both!(
    a_decision_on_an_old_version_is_refused,
    a_clarified_application_is_submitted_once_under_its_new_key,
    one_person_is_registered_once,
    answers_of_registries_stay,
    a_mailbox_is_opened_once,
);

fn decision<'a>(
    id: &'a str,
    version: i64,
    status: &'a str,
    reasons: &'a [Reason],
    number: Option<&'a str>,
) -> Move<'a> {
    Move {
        id,
        version,
        actor: "system",
        status,
        stage: "agreement",
        reasons,
        due_ms: Some(NOON + DAY),
        registration_number: number,
        submit_key: None,
        now_ms: NOON + 2 * MINUTE,
    }
}

async fn a_decision_on_an_old_version_is_refused(house: &House) {
    let anna = house.citizen("+79161111111").await;
    let (id, version) = house.application(&anna).await;
    let (other, other_version) = house.application(&anna).await;
    let reasons = [Reason { code: Code::RegistrySnilsMismatch, field: Some(Field::Snils) }];
    let decide = |_| async {
        let mut tx = house.db.write().await.unwrap();
        let moved =
            applications::advance(&mut tx, &decision(&id, version, "needs_clarification", &reasons, None)).await;
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

async fn a_clarified_application_is_submitted_once_under_its_new_key(house: &House) {
    let anna = house.citizen("+79161111111").await;
    let (id, version) = house.application(&anna).await;
    let (v, corrected) = (&house.vault, answers(&[(Field::Snils, "001-001-998 00")]));
    let mut tx = house.db.write().await.unwrap();
    let old_key = applications::find(&mut tx, v, &id).await.unwrap().unwrap().summary.submit_key;
    let asked = Move { submit_key: Some("new key"), ..decision(&id, version, "needs_clarification", &[], None) };
    let version = applications::advance(&mut tx, &asked).await.unwrap().unwrap();
    let draft = Draft { id: &id, account_id: &anna, version, answers: &corrected, now_ms: NOON + 3 * MINUTE };
    let saved = applications::save_draft(&mut tx, v, &draft).await.unwrap();
    assert_eq!(saved, Some(version + 1));
    tx.commit().await.unwrap();
    let press = |key: &'static str| async {
        let mut tx = house.db.write().await.unwrap();
        let again = submission(&id, &anna, key, "another number", &corrected);
        let submitted = applications::submit(&mut tx, v, &again).await.unwrap();
        tx.commit().await.unwrap();
        submitted
    };
    let now = join(20, |_| press("new key")).await.into_iter().filter(|s| matches!(s, Submitted::Now { .. }));
    assert_eq!(now.count(), 1);
    let mut tx = house.db.write().await.unwrap();
    let stale = submission(&id, &anna, &old_key, "another number", &corrected);
    assert_eq!(applications::submit(&mut tx, v, &stale).await.unwrap(), Submitted::Missing);
    assert_eq!(applications::find(&mut tx, v, &id).await.unwrap().unwrap().answers, corrected);
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
        identities::set(&mut tx, &id, &[(Kind::Snils, [9; 32]), (Kind::Inn, [7; 32])]).await.unwrap();
        tx.commit().await.unwrap();
        let mut tx = house.db.write().await.unwrap();
        identities::set(&mut tx, &id, &[(Kind::Snils, snils), (Kind::Passport, passport)]).await.unwrap();
        tx.commit().await.unwrap();
        applications_of.push((id, citizen));
    }
    let mut tx = house.db.read().await.unwrap();
    let others = identities::others(&mut tx, &applications_of[0].0).await.unwrap();
    assert_eq!(others.len(), 9, "a number that was taken out of the answers binds nobody");
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
    assert_eq!(
        (list[1].outcome.as_deref(), list[1].asked_ms, list[1].answered_ms),
        (Some("agrees"), NOON + 1, Some(NOON + 2))
    );
    checks::clear(&mut tx, &id);
    tx.commit().await.unwrap();
    let mut tx = house.db.read().await.unwrap();
    assert!(checks::list(&mut tx, &id).await.unwrap().is_empty());
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
