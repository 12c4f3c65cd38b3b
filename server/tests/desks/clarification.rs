//! A question to the citizen: what it opens, how long it waits, how it ends (STS-5, E3).

use crate::house::{DAY, HOUR, House, answers};
use app::desks::ApplicationsDesk;
use domain::Field;
use domain::applications::{CLARIFICATION_DAYS, Status, Step};

/// The stand-in's register knows this number under another name.
const SOMEBODY_ELSES: (Field, &str) = (Field::Snils, "150-900-101 06");

#[tokio::test]
async fn all_agree_and_a_mailbox_is_opened() {
    let house = House::open().await;
    let citizen = house.citizen("+79137654321").await;
    let id = citizen.apply(&[]).await;
    house.work().await;
    assert_eq!(citizen.status(&id).await, Status::Approved);
    assert_eq!(house.told("approved").await, 2, "SMS and letter");
}

#[tokio::test]
async fn taken_back_before_the_registries_were_asked_it_stays_so() {
    let house = House::open().await;
    let citizen = house.citizen("+79137654321").await;
    let id = citizen.apply(&[]).await;
    citizen.visit().await.withdraw(id.clone()).await.unwrap();
    // The check was due already, and everything it would find agrees.
    house.work().await;
    assert_eq!(citizen.status(&id).await, Status::Withdrawn);
    house.at(HOUR).await;
    assert_eq!(citizen.status(&id).await, Status::Withdrawn);
    assert_eq!(house.told("approved").await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_receipt_is_drawn_for_whoever_opens_it_first_and_stays() {
    let house = House::open().await;
    let citizen = house.citizen("+79137654321").await;
    let id = citizen.apply(&[]).await;
    house.work().await;
    assert_eq!(house.objects(), 0, "nobody has asked for it yet");
    let receipt = citizen.visit().await.card(id).await.unwrap().receipt.unwrap();
    let at_once = citizen.visit().await;
    let (one, other) = tokio::join!(at_once.file(&receipt), at_once.file(&receipt));
    let (one, other) = (one.unwrap().content, other.unwrap().content);
    assert!(one.starts_with(b"%PDF-"));
    assert_eq!((one == other, house.objects()), (true, 1));
    assert_eq!(citizen.visit().await.file(&receipt).await.unwrap().content, one);
    let stranger = house.citizen("+79137654322").await;
    assert!(stranger.visit().await.file(&receipt).await.is_err());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_receipt_is_drawn_before_a_question_opens_the_answers_it_tells_of() {
    let house = House::open().await;
    let citizen = house.citizen("+79137654321").await;
    let id = citizen.apply(&[SOMEBODY_ELSES]).await;
    house.work().await;
    assert_eq!(citizen.status(&id).await, Status::NeedsClarification);
    assert_eq!(house.objects(), 1);
}

#[tokio::test]
async fn only_what_was_asked_about_can_be_changed() {
    let house = House::open().await;
    let citizen = house.citizen("+79137654321").await;
    let id = citizen.apply(&[SOMEBODY_ELSES]).await;
    house.work().await;
    assert_eq!(citizen.status(&id).await, Status::NeedsClarification);

    let editing = citizen.visit().await.edit(id.clone()).await.unwrap();
    assert!(editing.locked.contains(&Field::LastName) && !editing.locked.contains(&Field::Snils));
    // Somebody past the page sends another name along with the right number.
    let mut corrected = answers();
    corrected.set(Field::LastName, "Чужая");
    for step in [Step::Applicant, Step::Passport] {
        citizen.visit().await.save_step(id.clone(), step, corrected.only(step.all_fields())).await.unwrap();
    }
    let editing = citizen.visit().await.edit(id.clone()).await.unwrap();
    assert_eq!(editing.values.get(Field::LastName), "Кузьмина");
    assert_eq!(editing.values.get(Field::Snils), "112-233-445 95");
    citizen.submit(&id).await;
    house.work().await;
    assert_eq!(citizen.status(&id).await, Status::Approved);
}

#[tokio::test]
async fn an_open_question_is_reminded_of_twice_and_then_closed() {
    let house = House::open().await;
    let citizen = house.citizen("+79137654321").await;
    let id = citizen.apply(&[SOMEBODY_ELSES]).await;
    house.work().await;
    let end = CLARIFICATION_DAYS * DAY;
    house.at(end / 2 - HOUR).await;
    assert_eq!(house.told("reminder").await, 0);
    house.at(end / 2 + HOUR).await;
    assert_eq!(house.told("reminder").await, 2, "SMS and letter, halfway");
    house.at(end - DAY + HOUR).await;
    assert_eq!(house.told("reminder").await, 4, "and a day before the end");
    house.at(end - HOUR).await;
    assert_eq!(citizen.status(&id).await, Status::NeedsClarification);
    house.at(end + HOUR).await;
    assert_eq!(citizen.status(&id).await, Status::Expired);
    assert_eq!(house.told("closed").await, 2);
    // Filed again, the answers are there already.
    let to = citizen.visit().await.create(Some(id)).await.unwrap().to;
    let again = to.split('/').nth(2).unwrap().to_owned();
    assert_eq!(citizen.visit().await.edit(again).await.unwrap().values.get(Field::LastName), "Кузьмина");
}

#[tokio::test]
async fn whoever_has_answered_is_not_reminded() {
    let house = House::open().await;
    let citizen = house.citizen("+79137654321").await;
    let id = citizen.apply(&[SOMEBODY_ELSES]).await;
    house.work().await;
    let step = Step::Passport;
    citizen.visit().await.save_step(id.clone(), step, answers().only(step.all_fields())).await.unwrap();
    citizen.submit(&id).await;
    house.at(CLARIFICATION_DAYS * DAY + HOUR).await;
    assert_eq!(citizen.status(&id).await, Status::Approved);
    assert_eq!(house.told("reminder").await + house.told("closed").await, 0);
}
