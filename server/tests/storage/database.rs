//! Transactions, migrations, durability.

use crate::house::House;
use server::jobs::{self, Job};
use server::news::{News, NewsRoom};
use server::storage::{Db, StorageError, consents, links, meta};
use sqlx::{Connection, SqliteConnection};

on_both!(
    a_dropped_transaction_leaves_nothing,
    one_that_is_taken_back_leaves_nothing_and_the_next_one_works,
    a_reader_sees_one_moment_and_cannot_write,
    a_glance_sees_what_there_is_now,
    readers_wait_for_each_other_and_come_back,
    starting_again_changes_nothing,
    a_database_without_our_tables_is_not_ready,
    writers_wait_for_each_other,
    a_failed_act_takes_nothing_of_its_neighbours_with_it,
    whoever_goes_away_in_the_middle_leaves_the_writer_free,
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

async fn one_that_is_taken_back_leaves_nothing_and_the_next_one_works(house: &House) {
    let mut tx = house.db.write().await.unwrap();
    meta::set(&mut tx, "kept", "no").await.unwrap();
    tx.roll_back().await.unwrap();
    house.db.read().await.unwrap().roll_back().await.unwrap();
    house.db.glance().await.unwrap().roll_back().await.unwrap();
    let mut tx = house.db.write().await.unwrap();
    assert_eq!(meta::get(&mut tx, "kept").await.unwrap(), None);
    meta::set(&mut tx, "kept", "yes").await.unwrap();
    tx.commit().await.unwrap();
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

async fn a_glance_sees_what_there_is_now(house: &House) {
    let mut glance = house.db.glance().await.unwrap();
    assert_eq!(meta::get(&mut glance, "a").await.unwrap(), None);
    let mut writer = house.db.write().await.unwrap();
    meta::set(&mut writer, "a", "1").await.unwrap();
    assert_eq!(meta::get(&mut glance, "a").await.unwrap(), None, "not before its commit");
    writer.commit().await.unwrap();
    assert_eq!(meta::get(&mut glance, "a").await.unwrap().as_deref(), Some("1"));
    glance.commit().await.unwrap();
}

/// More readers than there are connections; half of them go away in the middle of what they ask.
async fn readers_wait_for_each_other_and_come_back(house: &House) {
    let read = async |i: usize| {
        let mut tx = if i.is_multiple_of(3) { house.db.glance().await } else { house.db.read().await }.unwrap();
        let asked = meta::get(&mut tx, "a");
        match i % 2 {
            0 => drop(tokio::time::timeout(std::time::Duration::ZERO, asked).await),
            _ => assert_eq!(asked.await.unwrap(), None),
        }
    };
    futures::future::join_all((0..200).map(read)).await;
    let mut writer = house.db.write().await.unwrap();
    meta::set(&mut writer, "a", "1").await.unwrap();
    writer.commit().await.unwrap();
    for _ in 0..40 {
        let mut tx = house.db.glance().await.unwrap();
        assert_eq!(meta::get(&mut tx, "a").await.unwrap().as_deref(), Some("1"), "a connection was left in the past");
    }
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
    let newest = "DELETE FROM _sqlx_migrations WHERE version = (SELECT MAX(version) FROM _sqlx_migrations)";
    house.raw(newest).await.unwrap();
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

async fn a_failed_act_takes_nothing_of_its_neighbours_with_it(house: &House) {
    let add = |i: usize| {
        let db = house.db.clone();
        async move {
            let mut tx = db.write().await.unwrap();
            meta::set(&mut tx, &format!("k{i}"), "1").await.unwrap();
            match i % 5 {
                0 => tx.commit().await.unwrap(),
                1 => drop(tx),
                2 => tx.roll_back().await.unwrap(),
                // Refused at the commit only, behind a row that is none's fault.
                3 => {
                    jobs::enqueue(&mut tx, &Job::CheckApplication { id: i.to_string() }, None).await.unwrap();
                    let consent = consents::NewConsent {
                        account_id: "nobody",
                        purpose: "test",
                        text_version: "1",
                        text_hash: "",
                        given_ms: 0,
                    };
                    consents::give_at_commit(&mut tx, &consent).await.unwrap();
                    tx.commit().await.unwrap_err();
                }
                // The database itself refuses: the key of a person who is not there.
                _ => {
                    let link = links::NewLink {
                        token_hash: [i as u8; 32],
                        account_id: "nobody",
                        purpose: "test",
                        created_ms: 0,
                        expires_ms: 1,
                    };
                    links::create(&mut tx, &link).await.unwrap_err();
                }
            }
        }
    };
    let tasks: Vec<_> = (0..100).map(|i| tokio::spawn(add(i))).collect();
    for task in tasks {
        task.await.unwrap();
    }
    let mut tx = house.db.read().await.unwrap();
    for i in 0..100 {
        let kept = meta::get(&mut tx, &format!("k{i}")).await.unwrap().is_some();
        assert_eq!(kept, i % 5 == 0, "k{i}");
    }
    assert_eq!(jobs::counts(&mut tx).await.unwrap().waiting, 0);
}

async fn whoever_goes_away_in_the_middle_leaves_the_writer_free(house: &House) {
    for i in 0..40u64 {
        let db = house.db.clone();
        let act = tokio::spawn(async move {
            let mut tx = db.write().await.unwrap();
            meta::set(&mut tx, "gone", "1").await.unwrap();
            tx.commit().await.unwrap();
        });
        tokio::time::sleep(std::time::Duration::from_micros(i * 25)).await;
        act.abort();
    }
    let mut tx = house.db.write().await.unwrap();
    meta::set(&mut tx, "after", "1").await.unwrap();
    tx.commit().await.unwrap();
    // Another program gets the database too: no transaction stays open behind our back.
    house.raw("DELETE FROM meta WHERE key = 'after'").await.unwrap();
    let mut tx = house.db.read().await.unwrap();
    assert_eq!(meta::get(&mut tx, "after").await.unwrap(), None);
}

/// Durable means: another program that opens the file finds it the moment the answer is given.
#[tokio::test]
async fn what_is_answered_is_committed() {
    let house = House::sqlite().await;
    let add = |i: usize| {
        let (db, url) = (house.db.clone(), house.url.clone());
        async move {
            let key = format!("k{i}");
            let mut tx = db.write().await.unwrap();
            meta::set(&mut tx, &key, "1").await.unwrap();
            tx.commit().await.unwrap();
            let mut other = SqliteConnection::connect(&url).await.unwrap();
            let found = sqlx::query_scalar::<_, i64>("SELECT COUNT(*) FROM meta WHERE key = $1").bind(&key);
            assert_eq!(found.fetch_one(&mut other).await.unwrap(), 1, "{key}");
        }
    };
    let tasks: Vec<_> = (0..40).map(|i| tokio::spawn(add(i))).collect();
    for task in tasks {
        task.await.unwrap();
    }
    house.leave().await;
}

/// Whoever answers because of what a neighbour wrote answers no sooner than the neighbour, a refusal neither.
#[tokio::test]
async fn what_was_only_read_is_committed_before_the_answer_too() {
    let house = House::sqlite().await;
    let mut tasks = Vec::new();
    for i in 0..40 {
        let db = house.db.clone();
        tasks.push(tokio::spawn(async move {
            let mut tx = db.write().await.unwrap();
            meta::set(&mut tx, &format!("k{i}"), "1").await.unwrap();
            tx.commit().await.unwrap();
        }));
        let (db, url) = (house.db.clone(), house.url.clone());
        tasks.push(tokio::spawn(async move {
            let key = format!("k{i}");
            let mut tx = db.write().await.unwrap();
            let seen = meta::get(&mut tx, &key).await.unwrap().is_some();
            if i % 2 == 0 {
                tx.commit().await.unwrap()
            } else {
                tx.roll_back().await.unwrap()
            }
            let mut other = SqliteConnection::connect(&url).await.unwrap();
            let found = sqlx::query_scalar::<_, i64>("SELECT COUNT(*) FROM meta WHERE key = $1").bind(&key);
            let durable = found.fetch_one(&mut other).await.unwrap() == 1;
            assert!(!seen || durable, "{key}");
        }));
    }
    for task in tasks {
        task.await.unwrap();
    }
    house.leave().await;
}

/// A commit the disk refuses is told to every act that waited for it, and the next act finds a working writer.
#[tokio::test]
async fn a_refused_commit_is_told_to_all_who_wait_for_it() {
    let house = House::sqlite().await;
    house.raw("CREATE TABLE parents (id TEXT PRIMARY KEY)").await.unwrap();
    house.raw("CREATE TABLE children (id TEXT REFERENCES parents (id) DEFERRABLE INITIALLY DEFERRED)").await.unwrap();
    // A child without a parent, noticed only by COMMIT: the stand-in for a disk that fails there.
    house
        .raw("CREATE TRIGGER orphan AFTER INSERT ON meta WHEN new.key = 'orphan' BEGIN INSERT INTO children VALUES ('x'); END")
        .await
        .unwrap();
    let add = |key: &'static str| {
        let db = house.db.clone();
        async move {
            let mut tx = db.write().await.unwrap();
            meta::set(&mut tx, key, "1").await.unwrap();
            tx.commit().await
        }
    };
    // All three wait while the first holds the writer, so they share a commit.
    let first = house.db.write().await.unwrap();
    let waiting: Vec<_> = ["a", "orphan", "b"].map(|key| tokio::spawn(add(key))).into();
    tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    drop(first);
    for act in waiting {
        act.await.unwrap().expect_err("not kept, so not promised");
    }
    add("later").await.unwrap();
    let mut tx = house.db.read().await.unwrap();
    assert_eq!(meta::get(&mut tx, "a").await.unwrap(), None);
    assert!(meta::get(&mut tx, "later").await.unwrap().is_some());
    drop(tx);
    house.leave().await;
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

/// Two servers on one PostgreSQL: what one tells, the pages of the other hear.
#[tokio::test]
async fn news_reach_the_other_servers() {
    let Some(house) = House::postgres().await else {
        return;
    };
    let other = Db::open(&house.url).await.unwrap();
    let (here, there) = (NewsRoom::open(&house.db).await.unwrap(), NewsRoom::open(&other).await.unwrap());
    let (mut near, mut far) = (here.subscribe(), there.subscribe());
    here.tell("account", "application");
    let changed = News::Changed { account_id: "account".into(), application_id: "application".into() };
    let soon = std::time::Duration::from_secs(10);
    assert_eq!(tokio::time::timeout(soon, far.recv()).await.unwrap().unwrap(), changed);
    assert_eq!(near.recv().await.unwrap(), changed);
    there.tell("account", "back");
    assert!(matches!(tokio::time::timeout(soon, near.recv()).await.unwrap().unwrap(),
        News::Changed { application_id, .. } if application_id == "back"));
    other.close().await;
    house.leave().await;
}
