//! Somebody without password, phone, e-mail and factors comes to a counter with a passport; a thief with a forged one, a
//! bad clerk and an honest second one come too.

use crate::doors::{Browser as Http, Page};
use crate::house::{Citizen, DAY, House, code, code_to, typed};
use crate::staff_entry::Clerk;
use crate::verification::{Browser, link, messages, new_email};
use app::staff::desk::CounterDesk;
use app::staff::view::Slip;
use domain::accounts::counter::Reason;
use domain::accounts::doors::Door;
use domain::staff::Role;
use domain::{Code, Field, Values};
use server::storage::doors::{self, NewDoor};
use server::storage::identities::{self, Kind};
use server::storage::verifications::State;
use server::storage::{Purpose, accounts, devices, factors, journal};

const PHONE: &str = "+79137654321";
const NEW: &str = "+79135550101";
const OWN: &str = "Ледоход-7-самоваR";
const HOUR: i64 = 60 * 60_000;

/// What lies on the counter: the passport of the citizen that `House::citizen` makes.
pub fn shown() -> Values {
    typed(&[
        (Field::LastName, "Кузьмина"),
        (Field::FirstName, "Татьяна"),
        (Field::BirthDate, "15.01.2000"),
        (Field::PassportSeries, "5020"),
        (Field::PassportNumber, "654321"),
    ])
}

pub fn but(field: Field, text: &str) -> Values {
    let mut values = shown();
    values.set(field, text);
    values
}

fn passport() -> Values {
    shown().only(&[Field::PassportSeries, Field::PassportNumber])
}

pub async fn operator<'h>(house: &'h House, login: &str) -> Clerk<'h> {
    Clerk::here(house, login, Role::Operator, "everywhere").await
}

pub async fn reset(clerk: &Clerk<'_>, values: Values) -> Result<Slip, app::error::Refusal> {
    clerk.visit().await.reset_access(values, Reason::Lost, true).await
}

pub async fn confirm(clerk: &Clerk<'_>) -> Option<Code> {
    code(clerk.visit().await.confirm_reset(passport(), true).await)
}

/// With an authenticator app and backup codes.
pub async fn with_factors(house: &House, citizen: &Citizen<'_>) -> String {
    let id = citizen.account().await.id;
    let (db, vault, now) = (&house.house.db, &house.house.vault, house.house.now().0);
    let mut tx = db.write().await.unwrap();
    assert!(factors::begin(&mut tx, vault, &id, "app", b"lost", now).await.unwrap());
    assert!(factors::confirm(&mut tx, vault, &id, "app", "Старый", 1, now).await.unwrap());
    factors::set_backup_codes(&mut tx, &id, &[[3; 32]]).await.unwrap();
    tx.commit().await.unwrap();
    id
}

pub async fn apps(house: &House, id: &str) -> usize {
    let mut tx = house.house.db.read().await.unwrap();
    factors::count(&mut tx, id).await.unwrap()
}

pub async fn found_by(house: &House, phone: &str) -> Option<String> {
    let index = house.house.vault.blind_index(Purpose::Phone, phone);
    let mut tx = house.house.db.read().await.unwrap();
    accounts::credentials(&mut tx, &index).await.unwrap().map(|c| c.id)
}

pub async fn log_in(browser: &mut Http, login: &str, password: &str) -> Page {
    browser.post("/login", &[("login", login), ("password", password)]).await
}

/// The first entry with the slip: a password and a phone of one's own.
pub async fn enter(house: &House, browser: &mut Http, slip: &Slip, phone: &str) -> Page {
    assert_eq!(log_in(browser, &slip.login, &slip.password).await.to, "/login/first");
    let form = [("phone", phone), ("password", OWN), ("password_again", OWN), ("consent", "yes")];
    assert_eq!(browser.post("/login/first", &form).await.to, "/login/code");
    house.work().await;
    browser.post("/login/code", &[("code", &code_to(house, phone).await)]).await
}

async fn not_me(house: &House) -> String {
    let token = link(house, "доступ сброшен").await;
    Browser::new(house).visit().await.not_me(&token).await.unwrap().to
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_lost_everything_gets_back_in_with_the_passport_and_two_clerks() {
    let house = House::open().await;
    let citizen = house.citizen(PHONE).await;
    let id = with_factors(&house, &citizen).await;
    let (anna, boris) = (operator(&house, "anna").await, operator(&house, "boris").await);
    let unseen = anna.visit().await.reset_access(shown(), Reason::Lost, false).await;
    assert_eq!(code(unseen), Some(Code::OriginalNotSeen));
    let reviewer = Clerk::here(&house, "reviewer", Role::Reviewer, "everywhere").await;
    assert_eq!(code(reset(&reviewer, shown()).await), Some(Code::NoPower));
    assert!(citizen.visit().await.citizen.is_some(), "nothing has happened yet");

    let slip = reset(&anna, shown()).await.unwrap();
    assert_eq!(slip.from.map(|at| at.0), Some(house.house.now().0 + DAY), "one clerk alone: a day");
    assert!(citizen.visit().await.citizen.is_none(), "all sessions have ended");
    assert_eq!((apps(&house, &id).await, found_by(&house, PHONE).await), (0, None));
    let account = citizen.account().await;
    assert_ne!(account.password_hash, "$argon2id$test", "the old password is gone");
    assert_eq!((account.profile.get(Field::Phone), account.profile.get(Field::Email)), ("", ""));
    let told = messages(&house).await.into_iter().filter(|(_, text)| text.contains("доступ сброшен"));
    let mut to: Vec<String> = told.map(|(to, _)| to).collect();
    to.sort();
    assert_eq!(to, [PHONE, "citizen@example.org"], "told where she was reached until now");

    let mut browser = Http::open(&house).await;
    let early = log_in(&mut browser, &slip.login, &slip.password).await;
    assert!(early.status == 422 && early.body.contains("OTD-3372"), "{}", early.status);
    assert_eq!(confirm(&anna).await, Some(Code::ResetSecondNeeded), "not whoever has reset");
    let other = boris.visit().await.confirm_reset(but(Field::PassportNumber, "654322"), true).await;
    assert_eq!(code(other), Some(Code::ResetNothingFound));
    let unseen = boris.visit().await.confirm_reset(passport(), false).await;
    assert_eq!(code(unseen), Some(Code::OriginalNotSeen));
    assert_eq!(confirm(&boris).await, None);
    assert_eq!(confirm(&boris).await, None, "the answer was lost, and he presses again");
    let times = citizen.acts().await.iter().filter(|act| *act == "access_reset_confirmed").count();
    assert_eq!(times, 1, "what is done is not done twice");

    assert_eq!(enter(&house, &mut browser, &slip, NEW).await.to, "/cabinet");
    let journal = browser.get("/cabinet/journal").await.body;
    for words in [
        "Сотрудник искал учётную запись по паспорту · потерял все способы входа · обращение гражданина",
        "Доступ сброшен в отделении по паспорту",
        "Второй сотрудник подтвердил сброс доступа",
    ] {
        assert!(journal.contains(words), "{words}");
    }
    let readers = browser.get("/cabinet/data").await.body;
    assert!(readers.contains("Доступ сброшен в отделении по паспорту"));
    let mut elsewhere = browser.other();
    assert_eq!(log_in(&mut elsewhere, &slip.login, &slip.password).await.status, 422, "the slip has ended");
    assert_eq!(log_in(&mut elsewhere, PHONE, OWN).await.status, 422, "the old phone enters nothing");
    assert_eq!(log_in(&mut elsewhere, NEW, OWN).await.to, "/login/code");
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_that_was_begun_or_opened_before_outlives_the_reset() {
    let house = House::open().await;
    let citizen = house.citizen(PHONE).await;
    let id = citizen.account().await.id;
    let (db, vault) = (&house.house.db, &house.house.vault);
    // A thief's e-mail on its way, a recovery past its code, a request by documents; a device that is trusted, a door.
    let next = typed(&[(Field::NewEmail, "thief@example.org")]);
    citizen.visit().await.ask_email(next).await.unwrap();
    let token = new_email(&house, "thief@example.org").await;
    let mut recovering = Browser::new(&house);
    recovering.recover(PHONE).await;
    let mut asking = Browser::new(&house);
    asking.ask(PHONE).await.unwrap();
    let mut tx = db.write().await.unwrap();
    devices::seen(&mut tx, &[5; 32], &id, "Firefox", Some(house.house.now().0 + DAY), 0).await.unwrap();
    let new = NewDoor {
        id: "door",
        account_id: &id,
        door: Door::Bank,
        subject_index: [6; 32],
        told: &typed(&[]),
        now_ms: house.house.now().0,
    };
    doors::link(&mut tx, vault, &new).await.unwrap();
    tx.commit().await.unwrap();

    house.at(HOUR).await;
    reset(&operator(&house, "anna").await, shown()).await.unwrap();
    let pressed = Browser::new(&house).visit().await.confirm_new_email(&token).await;
    assert_eq!(code(pressed), Some(Code::LinkUsedOrExpired));
    let password = typed(&[(Field::Password, OWN), (Field::PasswordAgain, OWN)]);
    assert_eq!(code(recovering.visit().await.recover_password(password).await), Some(Code::NoSession));
    let request = asking.visit().await.my_verification().await.unwrap().unwrap();
    assert_eq!(request.state, State::Cancelled);
    let mut tx = db.read().await.unwrap();
    assert!(devices::list(&mut tx, &id).await.unwrap().is_empty());
    assert!(doors::list(&mut tx, vault, &id).await.unwrap().is_empty());
    drop(tx);
    house.at(2 * HOUR).await;
    assert_eq!(not_me(&house).await, "/not-me/done");
    let mut tx = db.read().await.unwrap();
    assert_eq!(doors::list(&mut tx, vault, &id).await.unwrap().len(), 1, "the login through her bank is back");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_one_clerk_alone_has_reset_opens_a_day_later_and_lapses_a_week_after_that() {
    let house = House::open().await;
    house.citizen(PHONE).await;
    let slip = reset(&operator(&house, "anna").await, shown()).await.unwrap();
    let mut browser = Http::open(&house).await;
    house.at(DAY - 1).await;
    assert!(log_in(&mut browser, &slip.login, &slip.password).await.body.contains("OTD-3372"));
    house.at(8 * DAY + 1).await;
    assert!(log_in(&mut browser, &slip.login, &slip.password).await.body.contains("OTD-3371"));
    house.at(DAY).await;
    assert_eq!(enter(&house, &mut browser, &slip, NEW).await.to, "/cabinet");
}

#[tokio::test(flavor = "multi_thread")]
async fn it_was_not_me_takes_the_reset_back_even_after_a_thief_has_entered() {
    let house = House::open().await;
    let citizen = house.citizen(PHONE).await;
    let id = with_factors(&house, &citizen).await;
    let (anna, boris) = (operator(&house, "anna").await, operator(&house, "boris").await);
    let slip = reset(&anna, shown()).await.unwrap();
    assert_eq!(confirm(&boris).await, None);
    let mut thief = Http::open(&house).await;
    assert_eq!(enter(&house, &mut thief, &slip, NEW).await.to, "/cabinet");
    house.at(2 * HOUR).await;
    assert_eq!(not_me(&house).await, "/not-me/done");
    assert_eq!(thief.get("/cabinet").await.status, 303, "the thief is out");
    assert_eq!(log_in(&mut thief.other(), NEW, OWN).await.status, 422);
    assert_eq!((found_by(&house, PHONE).await, found_by(&house, NEW).await), (Some(id.clone()), None));
    assert_eq!(apps(&house, &id).await, 1, "the app she had");
    let account = citizen.account().await;
    assert!(account.frozen_ms.is_some() && !account.by_counter_login && account.first_password_ms.is_none());
    assert_eq!(account.profile.get(Field::Email), "citizen@example.org");
    assert!(citizen.acts().await.contains(&"access_reset_undone".to_owned()));
    assert_eq!(code(reset(&boris, shown()).await), Some(Code::ResetFrozen), "no counter opens what its owner closed");

    // She gets back in by her phone, as after any «Это не я».
    let mut owner = Browser::new(&house);
    owner.recover(PHONE).await;
    let password = typed(&[(Field::Password, "Самовар-9-ледохоD"), (Field::PasswordAgain, "Самовар-9-ледохоD")]);
    owner.visit().await.recover_password(password).await.unwrap();
    let again = log_in(&mut thief.other(), PHONE, "Самовар-9-ледохоD").await;
    assert_eq!(again.to, "/login/code");
    assert_eq!(log_in(&mut thief.other(), &slip.login, OWN).await.status, 422);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_slip_that_was_not_used_is_worth_nothing_after_it_was_not_me() {
    let house = House::open().await;
    house.citizen(PHONE).await;
    let (anna, boris) = (operator(&house, "anna").await, operator(&house, "boris").await);
    let slip = reset(&anna, shown()).await.unwrap();
    assert_eq!(not_me(&house).await, "/not-me/done");
    assert_eq!(confirm(&boris).await, Some(Code::ResetNothingFound));
    house.at(DAY + 1).await;
    let late = log_in(&mut Http::open(&house).await, &slip.login, &slip.password).await;
    assert!(late.status == 422 && !late.body.contains("OTD-337"), "as any login that is nobody's");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_reset_needs_a_second_clerk_and_two_at_once_leave_one_slip() {
    let house = House::open().await;
    let citizen = house.citizen(PHONE).await;
    let id = citizen.account().await.id;
    let (anna, boris) = (operator(&house, "anna").await, operator(&house, "boris").await);
    let (one, two) = tokio::join!(reset(&anna, shown()), reset(&boris, shown()));
    let (one, two) = (one.unwrap(), two.unwrap());
    let (first, second) = if one.from.is_some() { (one, two) } else { (two, one) };
    assert!(first.from.is_some() && second.from.is_none(), "of two at once one finds the account just reset");
    house.at(3 * DAY).await;
    let mut browser = Http::open(&house).await;
    let replaced = log_in(&mut browser, &first.login, &first.password).await;
    assert!(replaced.status == 422 && !replaced.body.contains("OTD-337"), "the first slip is nobody's");
    let waits = log_in(&mut browser, &second.login, &second.password).await;
    assert!(waits.body.contains("OTD-3372"), "time alone does not open it");
    let vera = operator(&house, "vera").await;
    assert_eq!(confirm(&vera).await, None);
    // Both were told to whom the account belonged, and either letter gives it back.
    let told =
        messages(&house).await.iter().filter(|(to, text)| to == PHONE && text.contains("доступ сброшен")).count();
    assert_eq!(told, 2);
    assert_eq!(not_me(&house).await, "/not-me/done");
    assert_eq!(found_by(&house, PHONE).await, Some(id));
    assert_eq!(log_in(&mut browser, &second.login, &second.password).await.status, 422);
}

#[tokio::test(flavor = "multi_thread")]
async fn names_that_were_just_corrected_need_a_second_clerk() {
    let house = House::open().await;
    let citizen = house.citizen(PHONE).await;
    let row = journal::NewEntry {
        account_id: Some(&citizen.account().await.id),
        at_ms: house.house.now().0,
        actor: "citizen",
        act: "profile_corrected",
        object: "",
        detail: "",
    };
    let mut tx = house.house.db.write().await.unwrap();
    journal::append(&mut tx, &row).await.unwrap();
    tx.commit().await.unwrap();
    house.at(HOUR).await;
    assert!(reset(&operator(&house, "anna").await, shown()).await.unwrap().from.is_none());
}

#[tokio::test(flavor = "multi_thread")]
async fn wrong_data_find_nothing_and_the_owner_reads_who_has_tried() {
    let house = House::open().await;
    let citizen = house.citizen(PHONE).await;
    citizen.apply(&[]).await;
    let anna = operator(&house, "anna").await;
    // A passport nobody has, a namesake's names, and the СНИЛС of the application not shown or another's.
    let nobody = reset(&anna, but(Field::PassportNumber, "654329")).await.err().unwrap();
    let namesake = reset(&anna, but(Field::FirstName, "Инна")).await.err().unwrap();
    let without = reset(&anna, shown()).await.err().unwrap();
    let another = reset(&anna, but(Field::Snils, "001-001-998 00")).await.err().unwrap();
    for refused in [&nobody, &namesake, &without, &another] {
        assert_eq!(refused.code, Code::ResetNothingFound);
        assert!(refused.fields.0.is_empty(), "not which of them was wrong");
    }
    assert!(citizen.visit().await.citizen.is_some());
    assert!(!citizen.acts().await.contains(&"access_reset".to_owned()));
    let looks: Vec<_> = citizen.journal().await.into_iter().filter(|r| r.act == "access_searched").collect();
    assert_eq!(looks.len(), 3, "each look at her account, and none about another passport");
    assert!(looks.iter().all(|r| r.actor.starts_with("staff:") && r.detail == "operator/citizen_asked"));
    assert!(reset(&anna, but(Field::Snils, "112-233-445 95")).await.is_ok());
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_accounts_of_one_person_the_login_tells_which() {
    let house = House::open().await;
    let (first, second) = (house.citizen(PHONE).await, house.citizen("+79137654322").await);
    let anna = operator(&house, "anna").await;
    assert_eq!(code(reset(&anna, shown()).await), Some(Code::ResetSeveral));
    let strangers = reset(&anna, but(Field::Login, "+79137654399")).await;
    assert_eq!(code(strangers), Some(Code::ResetNothingFound));
    reset(&anna, but(Field::Login, "8 913 765-43-22")).await.unwrap();
    assert!(first.visit().await.citizen.is_some() && second.visit().await.citizen.is_none());
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_of_the_staff_opens_their_own_account() {
    let house = House::open().await;
    let citizen = house.citizen(PHONE).await;
    let (anna, boris) = (operator(&house, "anna").await, operator(&house, "boris").await);
    let index = house.house.vault.blind_index(Purpose::Phone, PHONE);
    let me = anna.visit().await.present.unwrap().member.id().to_owned();
    let mut tx = house.house.db.write().await.unwrap();
    identities::set_of_staff(&mut tx, &me, &[(Kind::Phone, index)]).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(code(reset(&anna, shown()).await), Some(Code::ResetOwn));
    assert!(citizen.visit().await.citizen.is_some());
    reset(&boris, shown()).await.unwrap();
    assert_eq!(confirm(&anna).await, Some(Code::ResetOwn), "nor is she the second");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clerk_who_tries_passports_is_stopped_and_so_is_whoever_tries_one() {
    let house = House::open().await;
    house.citizen(PHONE).await;
    let (anna, boris) = (operator(&house, "anna").await, operator(&house, "boris").await);
    for guess in ["Анна", "Инна", "Мария", "Ольга"] {
        assert_eq!(code(reset(&anna, but(Field::FirstName, guess)).await), Some(Code::ResetNothingFound));
    }
    assert_eq!(code(reset(&boris, but(Field::FirstName, "Вера")).await), Some(Code::ResetNothingFound));
    assert_eq!(code(reset(&boris, shown()).await), Some(Code::TooManyRequests), "five tries of one passport a day");
    for number in 100_000..100_036 {
        let tried = reset(&anna, but(Field::PassportNumber, &number.to_string())).await;
        assert_eq!(code(tried), Some(Code::ResetNothingFound), "{number}");
    }
    let tried = reset(&anna, but(Field::PassportNumber, "200000")).await;
    assert_eq!(code(tried), Some(Code::TooManyRequests), "forty passports a day");
    house.at(DAY).await;
    assert!(reset(&operator(&house, "vera").await, shown()).await.is_ok());
}
