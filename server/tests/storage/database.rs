//! Transactions, migrations, durability.

use crate::house::House;
use server::storage::{Db, StorageError, meta};

on_both!(
    a_dropped_transaction_leaves_nothing,
    a_reader_sees_one_moment_and_cannot_write,
    starting_again_changes_nothing,
    a_database_without_our_tables_is_not_ready,
    writers_wait_for_each_other,
);

async fn a_dropped_transaction_leaves_nothing(house: &House) {
    let mut tx = house.db.write().await.unwrap();
    meta::set(&mut tx, "kept", "no").await.unwrap();
    drop(tx);
    let mut tx = house.db.write().await.unwrap();
    assert_eq!(meta::get(&mut tx, "kept").await.unwrap(), None);
    meta::set(&mut tx, "kept", "yes").await.unwrap();
    meta::set(&mut tx, "kept", "again").await.unwrap();
    tx.commit().await.unwrap();
    let mut tx = house.db.read().await.unwrap();
    assert_eq!(meta::get(&mut tx, "kept").await.unwrap().as_deref(), Some("again"));
}

async fn a_reader_sees_one_moment_and_cannot_write(house: &House) {
    let mut reader = house.db.read().await.unwrap();
    assert_eq!(meta::get(&mut reader, "a").await.unwrap(), None);
    let mut writer = house.db.write().await.unwrap();
    meta::set(&mut writer, "a", "1").await.unwrap();
    writer.commit().await.unwrap();
    assert_eq!(meta::get(&mut reader, "a").await.unwrap(), None, "the snapshot does not move");
    assert!(matches!(meta::set(&mut reader, "b", "1").await, Err(StorageError::Driver(_))));
    drop(reader);
    let mut reader = house.db.read().await.unwrap();
    assert_eq!(meta::get(&mut reader, "a").await.unwrap().as_deref(), Some("1"));
}

async fn starting_again_changes_nothing(house: &House) {
    let again = Db::open(&house.url).await.unwrap();
    again.migrate().await.unwrap();
    again.ready().await.unwrap();
    again.assert_durable().await.unwrap();
    again.close().await;
    house.db.ready().await.unwrap();
}

async fn a_database_without_our_tables_is_not_ready(house: &House) {
    house.raw("DELETE FROM _sqlx_migrations WHERE version = 4").await.unwrap();
    house.db.ready().await.unwrap_err();
}

async fn writers_wait_for_each_other(house: &House) {
    let add = |i: usize| {
        let db = house.db.clone();
        async move {
            let mut tx = db.write().await.unwrap();
            meta::set(&mut tx, &format!("k{i}"), "1").await.unwrap();
            tx.commit().await.unwrap();
        }
    };
    let tasks: Vec<_> = (0..100).map(|i| tokio::spawn(add(i))).collect();
    for task in tasks {
        task.await.unwrap();
    }
    let mut tx = house.db.read().await.unwrap();
    for i in 0..100 {
        assert!(meta::get(&mut tx, &format!("k{i}")).await.unwrap().is_some());
    }
}

#[tokio::test]
async fn a_sqlite_that_would_lose_writes_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    // A URL cannot talk us out of it: the settings are ours.
    let url = format!("sqlite:{}?mode=rwc", folder.path().join("a.db").display());
    Db::open(&url).await.unwrap().assert_durable().await.unwrap();
    Db::open("sqlite::memory:").await.expect_err("nothing in memory survives");
}

#[tokio::test]
async fn a_postgres_that_would_lose_writes_is_refused() {
    let Some(house) = House::postgres().await else {
        return;
    };
    let careless = format!("{}?options=-c%20synchronous_commit%3Doff", house.url);
    let error = Db::open(&careless).await.expect_err("acknowledged before it is written");
    assert!(matches!(error, StorageError::Setup(_)));
    house.leave().await;
}
