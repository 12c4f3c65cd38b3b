//! A counter on its bad days: nobody to be told, a crowd with one passport, a printer that jams, a thief who was there first.

use crate::counter::{apps, but, confirm, enter, found_by, log_in, operator, reset, shown, with_factors};
use crate::doors::Browser as Http;
use crate::house::{Citizen, DAY, HOUR, House, MINUTE, code, code_to, typed};
use crate::mailboxes::COLLEAGUE;
use crate::taken_back::{not_me, read};
use crate::verification::{Browser, link, messages};
use domain::{Code, Field};
use server::http::SESSION;
use server::storage::{accounts, deletions};

const PHONE: &str = "+79137654321";
const NEW: &str = "+79135550101";
const THIEF: &str = "+79135550199";
const TOLD: &str = "доступ сброшен";

/// Their phone becomes this one.
async fn new_phone(house: &House, browser: &Browser<'_>, phone: &str) {
    browser.visit().await.change_phone(typed(&[(Field::NewPhone, phone)])).await.unwrap();
    let right = code_to(house, phone).await;
    browser.visit().await.confirm_new_phone(typed(&[(Field::Code, &right)])).await.unwrap();
}

/// The same, signed in already.
fn signed_in<'h>(house: &'h House, session: &str) -> Browser<'h> {
    let mut browser = Browser::new(house);
    browser.cookies.push((SESSION.to_owned(), session.to_owned()));
    browser
}

fn of<'h>(house: &'h House, citizen: &Citizen<'_>) -> Browser<'h> {
    signed_in(house, citizen.cookie().split_once('=').unwrap().1)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_thiefs_wish_to_delete_the_account_ends_with_the_reset() {
    let house = House::open().await;
    let citizen = house.citizen(PHONE).await;
    citizen.visit().await.ask_deletion().await.unwrap();
    house.at(9 * DAY + 12 * HOUR).await;
    let slip = reset(&operator(&house, "anna").await, shown()).await.unwrap();
    // The wish would have come true half a day before the slip works.
    house.purge_at(10 * DAY + HOUR).await;
    let id = citizen.account().await.id;
    let mut tx = house.house.db.read().await.unwrap();
    assert!(deletions::open_of(&mut tx, &id).await.unwrap().is_none());
    drop(tx);
    house.at(10 * DAY + 12 * HOUR).await;
    let mut browser = Http::open(&house).await;
    assert_eq!(enter(&house, &mut browser, &slip, NEW).await.to, "/cabinet");
    assert!(browser.get("/cabinet/journal").await.body.contains("Удаление учётной записи отменено"));
}

#[tokio::test(flavor = "multi_thread")]
async fn where_nobody_can_be_told_one_clerk_alone_opens_nothing() {
    let house = House::open().await;
    let citizen = house.citizen(PHONE).await;
    let id = citizen.account().await.id;
    citizen.rewrite(|profile| [Field::Phone, Field::Email].into_iter().for_each(|field| profile.set(field, ""))).await;
    let mut tx = house.house.db.write().await.unwrap();
    accounts::change_phone(&mut tx, &id, None, None).await.unwrap();
    accounts::change_email(&mut tx, &id, None, None).await.unwrap();
    tx.commit().await.unwrap();
    let slip = reset(&operator(&house, "anna").await, shown()).await.unwrap();
    assert!(slip.from.is_none(), "no reset and no correction before it, but the day would protect nobody");
    house.at(2 * DAY).await;
    let mut browser = Http::open(&house).await;
    assert!(log_in(&mut browser, &slip.login, &slip.password).await.body.contains("OTD-3372"));
    assert_eq!(confirm(&operator(&house, "boris").await).await, None);
    assert_eq!(enter(&house, &mut browser, &slip, NEW).await.to, "/cabinet");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_crowd_with_the_passport_of_another_neither_hides_its_owner_nor_hears_of_them() {
    let house = House::open().await;
    let owner = house.citizen(PHONE).await;
    let mut crowd = Vec::new();
    for n in 40..60 {
        crowd.push(house.citizen(&format!("+791376543{n}")).await);
    }
    let anna = operator(&house, "anna").await;
    assert_eq!(code(reset(&anna, shown()).await), Some(Code::ResetSeveral), "by the passport alone nobody is found");
    reset(&anna, but(Field::Login, "8 913 765-43-21")).await.unwrap();
    assert!(owner.visit().await.citizen.is_none());
    for stranger in &crowd {
        assert!(stranger.acts().await.is_empty(), "nor do they learn when she came");
    }
    // The slip was lost: the phone that the reset took off still tells which account it is.
    house.at(3 * HOUR).await;
    let again = reset(&anna, but(Field::Login, PHONE)).await.unwrap();
    assert!(again.from.is_none());
    let strangers = reset(&anna, but(Field::Login, "+79137654399")).await;
    assert_eq!(code(strangers), Some(Code::ResetNothingFound));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_slip_that_was_never_printed_is_printed_again_and_works_no_sooner_and_no_later() {
    let house = House::open().await;
    let citizen = house.citizen(PHONE).await;
    let anna = operator(&house, "anna").await;
    let first = reset(&anna, shown()).await.unwrap();
    house.at(10 * MINUTE).await;
    let second = reset(&anna, shown()).await.unwrap();
    assert_eq!(second.from, first.from, "neither sooner nor never");
    assert!(second.login != first.login && second.password != first.password);
    let acts = citizen.acts().await;
    let times = |act: &str| acts.iter().filter(|a| *a == act).count();
    assert_eq!((times("access_reset"), times("access_slip_again")), (1, 1));
    let told = messages(&house).await.iter().filter(|(_, text)| text.contains(TOLD)).count();
    assert_eq!(told, 2, "by SMS and letter, once");
    house.at(DAY).await;
    let mut browser = Http::open(&house).await;
    let spoilt = log_in(&mut browser, &first.login, &first.password).await;
    assert!(spoilt.status == 422 && !spoilt.body.contains("OTD-337"), "whoever found the spoilt one has nothing");
    assert_eq!(enter(&house, &mut browser, &second, NEW).await.to, "/cabinet");
    assert!(browser.get("/cabinet/journal").await.body.contains("Сотрудник напечатал листок ещё раз"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_slip_is_printed_again_by_whom_it_came_from_within_the_hour_until_it_is_used() {
    let house = House::open().await;
    let citizen = house.citizen(PHONE).await;
    let (anna, boris) = (operator(&house, "anna").await, operator(&house, "boris").await);
    let first = reset(&anna, shown()).await.unwrap();
    assert_eq!(confirm(&boris).await, None);
    // Somebody took it from the printer and began to enter.
    let mut thief = Http::open(&house).await;
    assert_eq!(log_in(&mut thief, &first.login, &first.password).await.to, "/login/first");
    house.at(10 * MINUTE).await;
    let second = reset(&anna, shown()).await.unwrap();
    assert_eq!(second.from.map(|at| at.0), Some(house.house.now().0 - 10 * MINUTE), "confirmed is confirmed");
    let form = [
        ("phone", THIEF),
        ("password", "Ледоход-7-самоваR"),
        ("password_again", "Ледоход-7-самоваR"),
        ("consent", "yes"),
    ];
    assert_ne!(thief.post("/login/first", &form).await.to, "/login/code", "what was begun by the first has ended");
    assert!(reset(&boris, shown()).await.unwrap().from.is_none(), "to any other clerk it is a second reset");
    house.at(3 * HOUR).await;
    assert!(reset(&boris, shown()).await.unwrap().from.is_none(), "and to the same one after an hour");
    let resets = citizen.acts().await.iter().filter(|act| *act == "access_reset").count();
    assert_eq!(resets, 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clerk_confirms_what_another_has_reset_whatever_they_reset_themselves() {
    let house = House::open().await;
    let (_one, _two) = (house.citizen(PHONE).await, house.citizen("+79137654322").await);
    let (anna, boris) = (operator(&house, "anna").await, operator(&house, "boris").await);
    let by_anna = reset(&anna, but(Field::Login, PHONE)).await.unwrap();
    house.at(MINUTE).await;
    let by_boris = reset(&boris, but(Field::Login, "+79137654322")).await.unwrap();
    assert_eq!(confirm(&boris).await, None, "hers, though his own is newer");
    let mut browser = Http::open(&house).await;
    assert!(log_in(&mut browser, &by_boris.login, &by_boris.password).await.body.contains("OTD-3372"));
    assert_eq!(enter(&house, &mut browser, &by_anna, NEW).await.to, "/cabinet");
    assert_eq!(confirm(&boris).await, Some(Code::ResetSecondNeeded), "his own waits for another");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_letter_of_a_second_reset_brings_back_what_went_with_the_first() {
    let house = House::open().await;
    let citizen = house.citizen(PHONE).await;
    let id = with_factors(&house, &citizen).await;
    let (anna, boris) = (operator(&house, "anna").await, operator(&house, "boris").await);
    reset(&anna, shown()).await.unwrap();
    let first = link(&house, TOLD).await;
    house.at(2 * DAY).await;
    reset(&boris, shown()).await.unwrap();
    assert_eq!(not_me(&house, TOLD).await, "/not-me/done");
    assert_eq!((apps(&house, &id).await, found_by(&house, PHONE).await), (1, Some(id.clone())));
    let undone = house.text("SELECT CAST(COUNT(*) AS TEXT) FROM counter_resets WHERE undone_ms IS NOT NULL").await;
    assert_eq!(undone, "2");
    let early = Browser::new(&house).visit().await.not_me(&first).await.unwrap().to;
    assert_eq!(early, "/not-me/done", "the first letter finds nothing left to do, and nothing lost");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reset_that_was_entered_stands_when_only_the_next_one_was_not_the_owner() {
    let house = House::open().await;
    let citizen = house.citizen(PHONE).await;
    let id = with_factors(&house, &citizen).await;
    let (anna, boris) = (operator(&house, "anna").await, operator(&house, "boris").await);
    let slip = reset(&anna, shown()).await.unwrap();
    house.at(DAY).await;
    enter(&house, &mut Http::open(&house).await, &slip, NEW).await;
    house.at(2 * DAY).await;
    reset(&boris, shown()).await.unwrap();
    assert_eq!(not_me(&house, TOLD).await, "/not-me/done");
    assert_eq!((found_by(&house, NEW).await, found_by(&house, PHONE).await), (Some(id.clone()), None));
    assert_eq!(apps(&house, &id).await, 0, "what went with the first one stays gone");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_thiefs_own_phones_are_nothing_that_was_lost() {
    let house = House::open().await;
    let owner = house.citizen(PHONE).await;
    let colleague = house.citizen(COLLEAGUE).await;
    colleague.rewrite(|profile| profile.set(Field::PassportNumber, "118846")).await;
    let (anna, boris) = (operator(&house, "anna").await, operator(&house, "boris").await);
    let slip = reset(&anna, shown()).await.unwrap();
    assert_eq!(confirm(&boris).await, None);
    let token = link(&house, TOLD).await;
    let mut thief = Http::open(&house).await;
    house.at(MINUTE).await;
    assert_eq!(enter(&house, &mut thief, &slip, THIEF).await.to, "/cabinet");
    house.at(2 * MINUTE).await;
    new_phone(&house, &signed_in(&house, &thief.cookies[SESSION]), NEW).await;
    // The number they first entered with goes to an account of their own.
    colleague.prove().await;
    new_phone(&house, &of(&house, &colleague), THIEF).await;
    house.at(3 * MINUTE).await;
    assert_eq!(Browser::new(&house).visit().await.not_me(&token).await.unwrap().to, "/not-me/done");
    assert_eq!(owner.account().await.profile.get(Field::Phone), PHONE);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_a_reset_taken_back_in_part_the_journal_and_the_page_say_what_is_back() {
    let house = House::open().await;
    let owner = house.citizen(PHONE).await;
    let colleague = house.citizen(COLLEAGUE).await;
    colleague.rewrite(|profile| profile.set(Field::PassportNumber, "118846")).await;
    let slip = reset(&operator(&house, "anna").await, shown()).await.unwrap();
    let token = link(&house, TOLD).await;
    house.at(MINUTE).await;
    new_phone(&house, &of(&house, &colleague), PHONE).await;
    let to = Browser::new(&house).visit().await.not_me(&token).await.unwrap().to;
    assert_eq!(to, "/not-me/lost.phone_changed");
    assert!(read(&house, &to).await.contains("войдите по почте"));
    let acts = owner.acts().await;
    for (act, there) in [("access_reset_undone", true), ("email_restored", true), ("phone_restored", false)] {
        assert_eq!(acts.iter().any(|a| a == act), there, "{act}: {acts:?}");
    }
    assert_eq!(owner.account().await.profile.get(Field::Email), "citizen@example.org");
    house.at(DAY + MINUTE).await;
    let late = log_in(&mut Http::open(&house).await, &slip.login, &slip.password).await;
    assert!(late.status == 422 && !late.body.contains("OTD-337"));
}
