//! No refusal tells of what may still be lost: it waits, as every answer does, until what it was read from is kept.

use crate::house::{House, code};
use crate::put_out::in_line;
use app::desks::ApplicationsDesk;
use domain::Code;
use domain::applications::Status;
use std::time::Duration;

#[tokio::test(flavor = "multi_thread")]
async fn whoever_comes_second_is_refused_once_the_first_act_is_kept() {
    let house = House::open().await;
    let citizen = house.citizen("+79137654321").await;
    let id = citizen.apply(&[]).await;
    let a_moment = || tokio::time::sleep(Duration::from_millis(100));
    let withdraw = async || {
        let (visit, id) = (citizen.visit().await, id.clone());
        move || tokio::spawn(async move { visit.withdraw(id).await })
    };
    let (first, second) = (withdraw().await, withdraw().await);
    let db = &house.house.db;
    let held = db.write().await.unwrap();
    let first = first();
    a_moment().await;
    let second = second();
    a_moment().await;
    // Both acts end before this one begins, and the commit they share comes after it.
    let between = in_line(db);
    a_moment().await;
    drop(held);
    let between = between.await.unwrap();
    a_moment().await;
    assert!(!first.is_finished(), "nothing of it is kept yet");
    assert!(!second.is_finished(), "nor may anybody be told of it");
    drop(between);
    first.await.unwrap().unwrap();
    assert_eq!(code(second.await.unwrap()), Some(Code::IllegalMove));
    assert_eq!(citizen.status(&id).await, Status::Withdrawn);
}
