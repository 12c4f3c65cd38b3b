//! The clock of an appeal: near, missed, told, and set anew at the start.

use crate::appeals::{GROUNDS, decision, grounds, refused};
use crate::house::{DAY, HOUR, House};
use crate::staff_entry::Clerk;
use app::desks::AppealsDesk;
use app::staff::desk::{FilesDesk, HouseDesk};
use app::staff::view::QueueFilter;
use domain::appeals::Verdict;
use domain::applications::Review;
use domain::staff::Role;

#[tokio::test(flavor = "multi_thread")]
async fn a_term_comes_near_passes_and_is_told_honestly() {
    let house = House::with(Review::Always).await;
    let citizen = house.citizen("+79137654321").await;
    let other = house.citizen("+79137654322").await;
    let anna = Clerk::here(&house, "anna", Role::Reviewer, "everywhere").await;
    let boris = Clerk::here(&house, "boris", Role::Reviewer, "everywhere").await;
    let chief = Clerk::here(&house, "chief", Role::Administrator, "everywhere").await;
    let id = refused(&house, &citizen, &anna).await;
    citizen.visit().await.file_appeal(id.clone(), grounds(GROUNDS)).await.unwrap();
    house.work().await;
    let due = 10 * DAY;
    let board = async || chief.visit().await.board().await.unwrap().appeals;
    assert_eq!((board().await.later, board().await.due), (1, 0));

    // Two days before its end the desk is reminded: its pages hear of it, and the appeal stands above everything else.
    house.at(due - 3 * DAY).await;
    let waiting = other.apply(&[]).await;
    house.work().await;
    assert_eq!(boris.visit().await.queue(QueueFilter::default()).await.unwrap().urgent, 0);
    let mut news = house.house.news.subscribe();
    house.at(due - 2 * DAY + HOUR).await;
    let heard = news.try_recv().unwrap();
    assert!(matches!(heard, server::news::News::Changed { application_id, .. } if application_id == id));
    assert_eq!(house.told("appeal_delayed").await, 0, "nothing is missed yet");
    let page = boris.visit().await.queue(QueueFilter::default()).await.unwrap();
    assert_eq!((page.urgent, page.rows.len(), page.rows[0].appeal, page.rows[1].appeal), (1, 2, true, false));
    let page = anna.visit().await.queue(QueueFilter::default()).await.unwrap();
    assert_eq!((page.urgent, page.rows.len()), (0, 1), "who refused is not asked");
    assert_eq!((board().await.due, board().await.old), (1, 1));

    // The term passes: the author is told, with a date, and told again when that passes too.
    house.at(due - HOUR).await;
    assert_eq!(house.told("appeal_delayed").await, 0);
    house.at(due + HOUR).await;
    assert_eq!(house.told("appeal_delayed").await, 2, "SMS and letter");
    let filed = citizen.visit().await.appealing(id.clone()).await.unwrap().filed.unwrap();
    let missed = filed.missed.unwrap();
    assert!(filed.due_at.0 - missed.0 >= 3 * DAY && filed.due_at.0 > house.house.now().0);
    let log = citizen.journal().await;
    assert!(log.iter().any(|r| r.act == "appeal_delayed" && r.actor == "system"));
    assert_eq!(board().await.overdue, 1);
    house.at(due + 4 * DAY).await;
    assert_eq!(house.told("appeal_delayed").await, 4);
    let again = citizen.visit().await.appealing(id.clone()).await.unwrap().filed.unwrap();
    assert_eq!(again.missed, Some(missed), "the first promise is what was missed");
    assert!(again.due_at.0 > house.house.now().0, "the new date can still be kept");

    // «Next» hands the appeal out before the application; the clerk sees what was promised.
    let file = boris.visit().await.take_next(QueueFilter::default(), Vec::new()).await.unwrap().unwrap();
    assert_eq!(file.id, id);
    let appeal = file.appeal.unwrap();
    assert_eq!((appeal.due_at, appeal.promised_at), (missed, Some(again.due_at)));
    boris.visit().await.decide_appeal(id.clone(), appeal.version, decision(Verdict::Dismiss)).await.unwrap();
    house.at(due + 30 * DAY).await;
    assert_eq!(house.told("appeal_delayed").await, 4, "decided: nothing is late any more");
    let next = boris.visit().await.take_next(QueueFilter::default(), Vec::new()).await.unwrap().unwrap();
    assert_eq!(next.id, waiting);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_appeal_from_before_there_were_clocks_gets_one_at_the_start_and_a_restart_adds_none() {
    let house = House::with(Review::Always).await;
    let citizen = house.citizen("+79137654321").await;
    let clerk = Clerk::here(&house, "clerk", Role::Reviewer, "everywhere").await;
    let id = refused(&house, &citizen, &clerk).await;
    citizen.visit().await.file_appeal(id.clone(), grounds(GROUNDS)).await.unwrap();
    house.work().await;
    let clocks = "SELECT CAST(COUNT(*) AS TEXT) FROM jobs WHERE payload LIKE '%_appeal%'";
    assert_eq!(house.text(clocks).await, "2");
    house.text("DELETE FROM jobs RETURNING id").await;
    assert_eq!(house.text(clocks).await, "0");
    let start = async || {
        let mut tx = house.house.db.write().await.unwrap();
        server::jobs::at_start(&mut tx, house.house.now()).await.unwrap();
        tx.commit().await.unwrap();
    };
    for _ in 0..2 {
        start().await;
        assert_eq!(house.text(clocks).await, "2");
    }
    // The desk has been reminded: a start in between does not remind it again.
    house.at(9 * DAY).await;
    start().await;
    assert_eq!(house.text(clocks).await, "1");
    house.at(10 * DAY + 3 * HOUR).await;
    assert_eq!(house.told("appeal_delayed").await, 2, "SMS and letter");
    start().await;
    house.work().await;
    assert_eq!(house.told("appeal_delayed").await, 2, "told once");
}
