//! Documents and uploads on both databases.

use crate::house::{DAY, House, NOON};
use server::storage::documents::{self, NewDocument, State};
use server::storage::uploads::{self, NewUpload};
use server::storage::{Purpose, ids};

on_both! {
    documents_are_found_by_their_owner_only,
    the_same_file_is_kept_once,
    documents_keep_the_order_their_owner_gave,
    a_document_waits_for_the_scanner_and_is_settled_once,
    names_are_sealed,
    parts_come_in_order_and_go_together,
    a_file_that_was_begun_is_known_again_by_its_author_alone,
    an_abandoned_upload_is_found,
    ten_at_once_stay_within_the_limit,
}

fn new<'a>(id: &'a str, account: &'a str, application: &'a str, digest: &'a [u8]) -> NewDocument<'a> {
    NewDocument {
        id,
        account_id: account,
        application_id: application,
        kind: "passport",
        name: "Паспорт Ивановой.pdf",
        digest,
        media_type: "application/pdf",
        size: 1000,
        pages: 2,
        state: State::Kept,
        added_ms: NOON,
    }
}

async fn documents_are_found_by_their_owner_only(house: &House) {
    let anna = house.citizen("+79161111111").await;
    let (application, _) = house.application(&anna).await;
    let v = &house.vault;
    let mut tx = house.db.write().await.unwrap();
    assert!(documents::create(&mut tx, v, &new("d1", &anna, &application, b"1")).await.unwrap());
    let found = documents::find_owned(&mut tx, v, "d1", &anna).await.unwrap().unwrap();
    assert_eq!((found.name.as_str(), found.place, found.pages), ("Паспорт Ивановой.pdf", 1, 2));
    assert_eq!(documents::find(&mut tx, v, "d1").await.unwrap(), Some(found.clone()));
    assert_eq!(documents::list_of_application(&mut tx, v, &application).await.unwrap(), std::slice::from_ref(&found));
    assert_eq!(documents::list_owned(&mut tx, v, &anna).await.unwrap(), [found]);
    assert_eq!(documents::held(&mut tx, &application).await.unwrap(), (1, 1000));
    assert!(documents::hold(&mut tx, &application, &anna).await.unwrap());
    for stranger in ["stranger", ""] {
        assert!(documents::find_owned(&mut tx, v, "d1", stranger).await.unwrap().is_none());
        assert!(documents::list_owned(&mut tx, v, stranger).await.unwrap().is_empty());
        assert!(!documents::delete_owned(&mut tx, "d1", stranger).await.unwrap());
        assert!(!documents::hold(&mut tx, &application, stranger).await.unwrap());
    }
    assert!(documents::delete_owned(&mut tx, "d1", &anna).await.unwrap());
    assert_eq!(documents::held(&mut tx, &application).await.unwrap(), (0, 0));
    tx.commit().await.unwrap();
}

async fn the_same_file_is_kept_once(house: &House) {
    let anna = house.citizen("+79161111111").await;
    let (application, _) = house.application(&anna).await;
    let digest = house.vault.blind_index(Purpose::Document, "abc");
    let mut tx = house.db.write().await.unwrap();
    assert!(!documents::holds(&mut tx, &application, &digest).await.unwrap());
    assert!(documents::create(&mut tx, &house.vault, &new("d1", &anna, &application, &digest)).await.unwrap());
    assert!(!documents::create(&mut tx, &house.vault, &new("d2", &anna, &application, &digest)).await.unwrap());
    assert!(documents::holds(&mut tx, &application, &digest).await.unwrap());
    assert_eq!(documents::held(&mut tx, &application).await.unwrap().0, 1);
}

async fn documents_keep_the_order_their_owner_gave(house: &House) {
    let anna = house.citizen("+79161111111").await;
    let (application, _) = house.application(&anna).await;
    let v = &house.vault;
    let mut tx = house.db.write().await.unwrap();
    for id in ["b", "a", "c"] {
        assert!(documents::create(&mut tx, v, &new(id, &anna, &application, id.as_bytes())).await.unwrap());
    }
    documents::set_place(&mut tx, "c", 1).await.unwrap();
    documents::set_place(&mut tx, "b", 3).await.unwrap();
    let order: Vec<_> =
        documents::list_of_application(&mut tx, v, &application).await.unwrap().into_iter().map(|d| d.id).collect();
    assert_eq!(order, ["c", "a", "b"]);
}

async fn a_document_waits_for_the_scanner_and_is_settled_once(house: &House) {
    let anna = house.citizen("+79161111111").await;
    let (application, _) = house.application(&anna).await;
    let mut tx = house.db.write().await.unwrap();
    let waiting = NewDocument { state: State::Waiting, ..new("d1", &anna, &application, b"1") };
    documents::create(&mut tx, &house.vault, &waiting).await.unwrap();
    let kinds = |state| vec![("passport".to_owned(), state)];
    assert_eq!(documents::kinds(&mut tx, &application).await.unwrap(), kinds(State::Waiting));
    assert!(documents::settle(&mut tx, "d1", State::Kept).await.unwrap());
    assert!(!documents::settle(&mut tx, "d1", State::Infected).await.unwrap(), "it was settled");
    assert_eq!(documents::kinds(&mut tx, &application).await.unwrap(), kinds(State::Kept));
}

async fn names_are_sealed(house: &House) {
    let anna = house.citizen("+79161111111").await;
    let (application, _) = house.application(&anna).await;
    let mut tx = house.db.write().await.unwrap();
    documents::create(&mut tx, &house.vault, &new("d1", &anna, &application, b"1")).await.unwrap();
    documents::create(&mut tx, &house.vault, &new("d2", &anna, &application, b"2")).await.unwrap();
    tx.commit().await.unwrap();
    let debug =
        format!("{:?}", documents::find(&mut house.db.read().await.unwrap(), &house.vault, "d1").await.unwrap());
    assert!(!debug.contains("Ивановой"), "{debug}");
    // One name put in the place of another does not open.
    house
        .raw("UPDATE documents SET name = (SELECT name FROM documents WHERE id = 'd2') WHERE id = 'd1'")
        .await
        .unwrap();
    let mut tx = house.db.read().await.unwrap();
    documents::find(&mut tx, &house.vault, "d1").await.unwrap_err();
}

fn upload<'a>(id: &'a str, account: &'a str, application: &'a str, now_ms: i64) -> NewUpload<'a> {
    let (name, mark) = ("ИНН.jpg", None);
    NewUpload { id, account_id: account, application_id: application, kind: "inn", name, size: 10, mark, now_ms }
}

async fn parts_come_in_order_and_go_together(house: &House) {
    let anna = house.citizen("+79161111111").await;
    let (application, _) = house.application(&anna).await;
    let v = &house.vault;
    let mut tx = house.db.write().await.unwrap();
    uploads::begin(&mut tx, v, &upload("u1", &anna, &application, NOON)).await.unwrap();
    assert_eq!(uploads::count(&mut tx, &anna).await.unwrap(), 1);
    assert!(uploads::find_owned(&mut tx, v, "u1", "stranger").await.unwrap().is_none());
    assert!(uploads::add_part(&mut tx, "u1", 0, 4, "p1", NOON).await.unwrap());
    assert!(!uploads::add_part(&mut tx, "u1", 0, 4, "p2", NOON).await.unwrap(), "a repeat");
    assert!(!uploads::add_part(&mut tx, "u1", 5, 1, "p2", NOON).await.unwrap(), "a gap");
    assert!(!uploads::add_part(&mut tx, "u1", 4, 7, "p2", NOON).await.unwrap(), "more than announced");
    assert!(uploads::add_part(&mut tx, "u1", 4, 6, "p2", NOON).await.unwrap());
    let found = uploads::find_owned(&mut tx, v, "u1", &anna).await.unwrap().unwrap();
    assert_eq!((found.received, found.size, found.name.as_str()), (10, 10, "ИНН.jpg"));
    assert_eq!(uploads::parts(&mut tx, "u1").await.unwrap(), ["p1", "p2"]);
    assert_eq!(uploads::end(&mut tx, "u1", "stranger").await.unwrap(), None);
    let mut gone = uploads::end(&mut tx, "u1", &anna).await.unwrap().unwrap();
    gone.sort();
    assert_eq!(gone, ["p1", "p2"]);
    assert_eq!(uploads::end(&mut tx, "u1", &anna).await.unwrap(), None);
    assert!(uploads::parts(&mut tx, "u1").await.unwrap().is_empty());
}

async fn a_file_that_was_begun_is_known_again_by_its_author_alone(house: &House) {
    let (anna, boris) = (house.citizen("+79161111111").await, house.citizen("+79161111112").await);
    let (application, _) = house.application(&anna).await;
    let v = &house.vault;
    let mut tx = house.db.write().await.unwrap();
    let marked = NewUpload { mark: Some(b"mark"), ..upload("u1", &anna, &application, NOON) };
    uploads::begin(&mut tx, v, &marked).await.unwrap();
    assert!(uploads::add_part(&mut tx, "u1", 0, 4, "p1", NOON).await.unwrap());
    tx.commit().await.unwrap();
    let mut tx = house.db.write().await.unwrap();
    let again = |account, mark, size| NewUpload {
        mark,
        size,
        kind: "snils",
        name: "СНИЛС.jpg",
        ..upload("u2", account, &application, NOON + DAY)
    };
    for (account, mark, size) in
        [(&boris, Some(&b"mark"[..]), 10), (&anna, Some(b"other"), 10), (&anna, Some(b"mark"), 11), (&anna, None, 10)]
    {
        assert_eq!(uploads::resume(&mut tx, v, &again(account, mark, size)).await.unwrap(), None);
    }
    let found = uploads::resume(&mut tx, v, &again(&anna, Some(b"mark"), 10)).await.unwrap();
    assert_eq!(found, Some(("u1".to_owned(), 4)));
    let left = uploads::unfinished(&mut tx, v, &application, &anna).await.unwrap();
    assert_eq!((left.len(), left[0].kind.as_str(), left[0].received), (1, "snils", 4));
    assert_eq!(left[0].name, "СНИЛС.jpg", "called what it is called now");
    assert!(uploads::abandoned(&mut tx, NOON + 1, 10).await.unwrap().is_empty(), "gone on with is not left");
    assert!(uploads::unfinished(&mut tx, v, &application, &boris).await.unwrap().is_empty());
    tx.commit().await.unwrap();
    // Two pages that begin the same file at once: the database lets one through.
    let mut tx = house.db.write().await.unwrap();
    let twice = NewUpload { id: "u2", ..marked };
    let refused = async {
        uploads::begin(&mut tx, v, &twice).await?;
        tx.commit().await
    };
    assert!(refused.await.is_err());
}

async fn an_abandoned_upload_is_found(house: &House) {
    let anna = house.citizen("+79161111111").await;
    let (application, _) = house.application(&anna).await;
    let mut tx = house.db.write().await.unwrap();
    uploads::begin(&mut tx, &house.vault, &upload("old", &anna, &application, NOON)).await.unwrap();
    uploads::begin(&mut tx, &house.vault, &upload("gone-on-with", &anna, &application, NOON)).await.unwrap();
    assert!(uploads::add_part(&mut tx, "gone-on-with", 0, 1, "p", NOON + DAY).await.unwrap());
    assert_eq!(uploads::abandoned(&mut tx, NOON + 1, 10).await.unwrap(), ["old"]);
}

/// Whoever holds the application counts alone: of ten that each see room for one more, one enters.
async fn ten_at_once_stay_within_the_limit(house: &House) {
    let anna = house.citizen("+79161111111").await;
    let (application, _) = house.application(&anna).await;
    let (anna, application) = (&anna, &application);
    let one = |n: u8| async move {
        let mut tx = house.db.write().await.unwrap();
        assert!(documents::hold(&mut tx, application, anna).await.unwrap());
        if documents::held(&mut tx, application).await.unwrap().0 > 0 {
            return;
        }
        let id = ids::public_id();
        documents::create(&mut tx, &house.vault, &new(&id, anna, application, &[n])).await.unwrap();
        tx.commit().await.unwrap();
    };
    futures::future::join_all((0..10).map(one)).await;
    let mut tx = house.db.read().await.unwrap();
    assert_eq!(documents::held(&mut tx, application).await.unwrap().0, 1);
}
