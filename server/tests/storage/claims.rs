//! What a pass deletes it claims first, and no object of the store is forgotten.

use crate::house::{DAY, House, MINUTE, NOON, answers};
use crate::purging::{consent, goes, moved, pass, receipt, session, term, withdraw};
use domain::{Field, Values};
use server::jobs::purge::Kept;
use server::storage::applications::Submitted;
use server::storage::consents::NewConsent;
use server::storage::{accounts, acts, applications, checks, consents, deletions, documents, ids, litter, persons};

on_both!(
    an_approved_application_keeps_its_answers_and_no_scans,
    what_the_store_would_not_delete_is_deleted_later,
    an_object_whose_row_never_came_goes,
    who_takes_a_wish_back_at_the_last_moment_stays,
    who_consents_again_at_the_last_moment_stays,
    a_draft_sent_at_the_last_moment_keeps_its_documents,
);

/// Where an object lies in the folder.
fn object(house: &House, id: &str) -> std::path::PathBuf {
    house.folder.path().join("files").join(&id[..2]).join(id)
}

async fn what_the_store_would_not_delete_is_deleted_later(house: &House) {
    let anna = house.citizen("+79161111111").await;
    let mut receipts = Vec::new();
    for _ in 0..3 {
        let (application, version) = house.application(&anna).await;
        receipts.push(receipt(house, &anna, &application).await);
        moved(house, &application, version, "rejected", NOON + DAY).await;
    }
    // The store refuses: a folder stands where the object was.
    let stuck = object(house, &receipts[0]);
    std::fs::remove_file(&stuck).unwrap();
    std::fs::create_dir(&stuck).unwrap();
    assert_eq!(pass(house, NOON + DAY + term(Kept::Closed), Kept::Closed).await, 3, "the pass goes on");
    assert!(receipts[1..].iter().all(|id| !object(house, id).exists()), "the others are gone");
    assert_eq!(house.number("SELECT COUNT(*) FROM files").await, 0);
    assert_eq!(house.number("SELECT COUNT(*) FROM litter").await, 1, "what is left is known");
    std::fs::remove_dir(&stuck).unwrap();
    std::fs::write(&stuck, "a passport").unwrap();
    pass(house, NOON + DAY + term(Kept::Closed), Kept::Closed).await;
    assert!(!stuck.exists());
    assert_eq!(house.number("SELECT COUNT(*) FROM litter").await, 0);
}

async fn an_object_whose_row_never_came_goes(house: &House) {
    let anna = house.citizen("+79161111111").await;
    let mut tx = house.db.read().await.unwrap();
    let key = persons::key(&mut tx, &house.vault, &anna).await.unwrap();
    drop(tx);
    let (named, orphan) = (ids::public_id(), ids::public_id());
    for id in [&named, &orphan] {
        litter::expect(&house.db, id, NOON).await.unwrap();
        house.files.put(&house.vault, &key, id, b"scan").await.unwrap();
    }
    let taken = async |id: &str, at_ms| {
        let mut tx = house.db.write().await.unwrap();
        let taken = litter::take_out(&mut tx, id, at_ms).await.unwrap();
        tx.commit().await.unwrap();
        taken
    };
    assert!(taken(&named, NOON + MINUTE).await);
    pass(house, NOON + 59 * MINUTE, Kept::Codes).await;
    assert!(object(house, &orphan).exists(), "its row may still come");
    assert!(!taken(&orphan, NOON + 59 * MINUTE).await, "now it is too late for one");
    pass(house, NOON + 60 * MINUTE, Kept::Codes).await;
    assert!(!object(house, &orphan).exists() && object(house, &named).exists());
}

/// Commits what somebody does while a pass is on its way.
async fn meanwhile(house: &House, tx: server::storage::Tx, at_ms: i64) {
    let commit = async {
        tokio::time::sleep(std::time::Duration::from_millis(300)).await;
        tx.commit().await.unwrap();
    };
    tokio::join!(pass(house, at_ms, Kept::Codes), commit);
}

async fn is_readable(house: &House, account: &str) -> bool {
    let mut tx = house.db.read().await.unwrap();
    persons::key(&mut tx, &house.vault, account).await.is_ok()
}

async fn who_takes_a_wish_back_at_the_last_moment_stays(house: &House) {
    let anna = house.citizen("+79161111111").await;
    session(house, &anna, NOON).await;
    let mut tx = house.db.write().await.unwrap();
    assert!(deletions::ask(&mut tx, &ids::random(), &anna, NOON, NOON + DAY).await.unwrap());
    tx.commit().await.unwrap();
    let mut tx = house.db.write().await.unwrap();
    assert!(deletions::cancel(&mut tx, &anna, NOON + DAY).await.unwrap(), "she is told that it is cancelled");
    meanwhile(house, tx, NOON + DAY).await;
    assert!(is_readable(house, &anna).await);
    let mut tx = house.db.write().await.unwrap();
    assert!(deletions::ask(&mut tx, &ids::random(), &anna, NOON, NOON + DAY).await.unwrap());
    tx.commit().await.unwrap();
    pass(house, NOON + DAY, Kept::Asked).await;
    assert!(!is_readable(house, &anna).await);
    let mut tx = house.db.write().await.unwrap();
    assert!(!deletions::cancel(&mut tx, &anna, NOON + DAY).await.unwrap(), "too late, and told so");
    assert!(!accounts::hold(&mut tx, &anna).await.unwrap());
}

async fn who_consents_again_at_the_last_moment_stays(house: &House) {
    let anna = house.citizen("+79161111111").await;
    consent(house, &anna, NOON).await;
    withdraw(house, &anna, NOON).await;
    let now = NOON + term(Kept::Withdrawn);
    session(house, &anna, now).await;
    let mut tx = house.db.write().await.unwrap();
    let new = NewConsent { account_id: &anna, purpose: "account", text_version: "1", text_hash: "a", given_ms: now };
    assert!(consents::give(&mut tx, &new).await.unwrap());
    meanwhile(house, tx, now).await;
    assert!(is_readable(house, &anna).await);
}

async fn a_draft_sent_at_the_last_moment_keeps_its_documents(house: &House) {
    let anna = house.citizen("+79161111111").await;
    let now = NOON + term(Kept::Drafts);
    session(house, &anna, now).await;
    let (id, key) = house.draft(&anna).await;
    let mut tx = house.db.write().await.unwrap();
    let scan = documents::NewDocument {
        id: "scan",
        account_id: &anna,
        application_id: &id,
        kind: "passport",
        name: "passport.jpg",
        digest: &[1; 32],
        media_type: "image/jpeg",
        size: 4,
        pages: 1,
        state: documents::State::Kept,
        added_ms: NOON,
    };
    assert!(documents::create(&mut tx, &house.vault, &scan).await.unwrap());
    tx.commit().await.unwrap();
    let mut tx = house.db.write().await.unwrap();
    let given = Values::default();
    let mut sent = crate::house::submission(&id, &anna, &key, "1", &given);
    sent.now_ms = now;
    applications::submit(&mut tx, &house.vault, &sent).await.unwrap();
    meanwhile(house, tx, now).await;
    assert_eq!(house.number("SELECT COUNT(*) FROM documents").await, 1);
}

async fn an_approved_application_keeps_its_answers_and_no_scans(house: &House) {
    let anna = house.citizen("+79161111111").await;
    session(house, &anna, NOON + term(Kept::Approved)).await;
    let (id, key) = house.draft(&anna).await;
    let scan = receipt(house, &anna, &id).await;
    let mut tx = house.db.write().await.unwrap();
    let given = answers(&[(Field::Snils, "112-233-445 95")]);
    let sent = crate::house::submission(&id, &anna, &key, "1", &given);
    let sent = applications::submit(&mut tx, &house.vault, &sent).await.unwrap();
    let Submitted::Now { version, .. } = sent else { panic!("not sent") };
    let document = documents::NewDocument {
        id: &ids::public_id(),
        account_id: &anna,
        application_id: &id,
        kind: "passport",
        name: "passport.jpg",
        digest: &[1; 32],
        media_type: "image/jpeg",
        size: 4,
        pages: 1,
        state: documents::State::Kept,
        added_ms: NOON,
    };
    let key = persons::key(&mut tx, &house.vault, &anna).await.unwrap();
    house.files.put(&house.vault, &key, document.id, b"scan").await.unwrap();
    documents::create(&mut tx, &house.vault, &document).await.unwrap();
    checks::answer(&mut tx, &id, "passport", "{}", NOON).await.unwrap();
    acts::keep_answers(&mut tx, &house.vault, (&id, &anna), version, &given).await.unwrap();
    let approve = domain::staff::Act::Approve;
    acts::append(&mut tx, &house.vault, (&id, &anna), version, "clerk", &approve, NOON).await.unwrap();
    tx.commit().await.unwrap();
    let mut tx = house.db.read().await.unwrap();
    assert_eq!(acts::list(&mut tx, &house.vault, &id, &anna).await.unwrap().len(), 1);
    let before = acts::all_answers_before(&mut tx, &house.vault, &id, &anna).await.unwrap();
    assert!(before == [(version, given.clone())]);
    drop(tx);
    moved(house, &id, version, "approved", NOON + DAY).await;
    let rows = "SELECT (SELECT COUNT(*) FROM documents) + (SELECT COUNT(*) FROM checks) + (SELECT COUNT(*) FROM acts)
         + (SELECT COUNT(*) FROM answers_before)";
    assert_eq!(house.number(rows).await, 4);
    goes(house, NOON + DAY, Kept::Approved, 1).await;
    assert_eq!(house.number(rows).await, 0);
    assert!(!object(house, document.id).exists() && object(house, &scan).exists(), "the receipt stays");
    let mut tx = house.db.read().await.unwrap();
    let found = applications::find_owned(&mut tx, &house.vault, &id, &anna).await.unwrap().unwrap();
    assert!(found.answers == given, "they serve the mailbox");
    drop(tx);
    assert_eq!(pass(house, NOON + 400 * DAY, Kept::Approved).await, 0, "once is enough");
}
