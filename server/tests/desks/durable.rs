//! No refusal tells of what may still be lost: it waits, as every answer does, until what it was read from is kept.

use crate::appeals::refuse;
use crate::house::{House, code};
use crate::put_out::in_line;
use crate::staff_entry::Clerk;
use app::desks::ApplicationsDesk;
use app::error::Refusal;
use app::staff::desk::FilesDesk;
use domain::Code;
use domain::applications::{Review, Status};
use domain::staff::Role;
use server::storage::Db;
use std::time::Duration;

/// The first act succeeds, the second is refused because of it, and neither is told before both can no longer be lost.
async fn in_one_commit<A: Send + 'static, B: Send + 'static>(
    db: &Db,
    first: impl Future<Output = Result<A, Refusal>> + Send + 'static,
    second: impl Future<Output = Result<B, Refusal>> + Send + 'static,
) -> Option<Code> {
    let a_moment = || tokio::time::sleep(Duration::from_millis(100));
    let held = db.write().await.unwrap();
    let first = tokio::spawn(first);
    a_moment().await;
    let second = tokio::spawn(second);
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
    assert!(first.await.unwrap().is_ok());
    code(second.await.unwrap())
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_comes_second_is_refused_once_the_first_act_is_kept() {
    let house = House::open().await;
    let citizen = house.citizen("+79137654321").await;
    let id = citizen.apply(&[]).await;
    let (first, second) = (citizen.visit().await, citizen.visit().await);
    let ids = (id.clone(), id.clone());
    let first = async move { first.withdraw(ids.0).await };
    let second = async move { second.withdraw(ids.1).await };
    assert_eq!(in_one_commit(&house.house.db, first, second).await, Some(Code::IllegalMove));
    assert_eq!(citizen.status(&id).await, Status::Withdrawn);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clerk_hears_that_the_citizen_was_faster_once_that_is_kept() {
    let house = House::with(Review::Always).await;
    let citizen = house.citizen("+79137654321").await;
    let anna = Clerk::here(&house, "anna", Role::Reviewer, "everywhere").await;
    let id = citizen.apply(&[]).await;
    house.work().await;
    let file = anna.visit().await.take(id.clone()).await.unwrap();
    let withdraw = {
        let (visit, id) = (citizen.visit().await, id.clone());
        async move { visit.withdraw(id).await }
    };
    let decide = {
        let (visit, id) = (anna.visit().await, id.clone());
        async move { visit.act(id, file.version, refuse()).await }
    };
    assert_eq!(in_one_commit(&house.house.db, withdraw, decide).await, Some(Code::IllegalMove));
    assert_eq!(citizen.status(&id).await, Status::Withdrawn);
}
