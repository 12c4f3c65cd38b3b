//! The promised term of an application: kept, or missed and told honestly (REG-12).

use crate::house::{DAY, HOUR, House};
use crate::staff_entry::Clerk;
use app::desks::ApplicationsDesk;
use app::staff::desk::FilesDesk;
use domain::applications::{Review, Status};
use domain::clock::Timestamp;
use domain::staff::{Act, Role};
use server::jobs::{self, term};
use sqlx::{Connection, SqliteConnection};

#[tokio::test(flavor = "multi_thread")]
async fn a_term_that_passes_is_told_with_a_new_date_until_somebody_decides() {
    let house = House::with(Review::Always).await;
    let citizen = house.citizen("+79137654321").await;
    let id = citizen.apply(&[]).await;
    house.work().await;
    let card = async || citizen.visit().await.card(id.clone()).await.unwrap();
    let promise = card().await.due_at;
    assert_eq!(promise.since(card().await.submitted_at), 48 * HOUR);
    house.at(47 * HOUR).await;
    assert_eq!((house.told("late").await, card().await.said), (0, String::new()));

    house.at(49 * HOUR).await;
    assert_eq!(house.told("late").await, 2, "SMS and letter");
    assert_eq!(card().await.due_at, Timestamp(promise.0 + 2 * DAY));
    assert!(card().await.said.contains(&promise.portal_date_time()), "what was promised is said");
    // A job may run twice.
    term::missed(&house.house, &id, promise.0).await.unwrap();
    let log = citizen.journal().await;
    assert_eq!(log.iter().filter(|r| r.act == "application_late" && r.actor == "system").count(), 1);
    // The server was down for a week: one letter, with a date that can still be kept.
    house.at(9 * DAY + HOUR).await;
    assert_eq!(house.told("late").await, 4);
    assert!(card().await.due_at > house.house.now());

    let anna = Clerk::here(&house, "anna", Role::Reviewer, "everywhere").await;
    let file = anna.visit().await.take(id.clone()).await.unwrap();
    anna.visit().await.act(id.clone(), file.version, Act::Approve).await.unwrap();
    house.at(30 * DAY).await;
    assert_eq!((house.told("late").await, card().await.status), (4, Status::Approved));
    assert_eq!(card().await.said, "", "decided: nothing is late any more");
}

#[tokio::test]
async fn what_clerks_had_before_there_were_clocks_gets_one_at_the_start() {
    let house = House::with(Review::Always).await;
    let citizen = house.citizen("+79137654321").await;
    citizen.apply(&[]).await;
    house.work().await;
    let url = format!("sqlite:{}", house.folder.path().join("otdelenie.db").display());
    let mut c = SqliteConnection::connect(&url).await.unwrap();
    let gone = sqlx::query("DELETE FROM jobs WHERE id LIKE 'term/%'").execute(&mut c).await.unwrap();
    assert_eq!(gone.rows_affected(), 1);
    let mut tx = house.house.db.write().await.unwrap();
    jobs::at_start(&mut tx, house.house.now()).await.unwrap();
    tx.commit().await.unwrap();
    house.at(49 * HOUR).await;
    assert_eq!(house.told("late").await, 2);
}

#[tokio::test]
async fn what_is_decided_at_once_needs_no_clock() {
    let house = House::open().await;
    let citizen = house.citizen("+79137654321").await;
    let id = citizen.apply(&[]).await;
    house.work().await;
    assert_eq!(citizen.status(&id).await, Status::Approved);
    house.at(3 * DAY).await;
    assert_eq!(house.told("late").await, 0);
}
