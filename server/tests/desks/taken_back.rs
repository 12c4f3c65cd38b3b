//! What somebody did with another's account, began or asked for, and what «Это не я» and a new password leave of it.

use crate::house::{Citizen, DAY, House, MINUTE, code, code_to, typed};
use crate::mailboxes::{COLLEAGUE, corporate, invited};
use crate::staff_entry::Clerk;
use crate::verification::{Browser, link, messages, new_email, renew, token};
use app::desks::{AccountsDesk, ContentDesk, MailboxesDesk};
use app::staff::desk::IdentitiesDesk;
use app::text::Lang;
use domain::mailboxes::Role as Member;
use domain::staff::Role;
use domain::{Code, Field};
use server::desks::totp;
use server::storage::{Purpose, accounts, factors};

const PHONE: &str = "+79137654321";
const THIEF: &str = "+79135550199";
const EMAIL: &str = "citizen@example.org";
const NEW: &str = "Совсем-новый-7-тополь!";

/// The button of the message about `what`: where it leads.
pub async fn not_me(house: &House, what: &str) -> String {
    let token = link(house, what).await;
    Browser::new(house).visit().await.not_me(&token).await.unwrap().to
}

pub async fn read(house: &House, path: &str) -> String {
    let mut visit = Browser::new(house).visit().await;
    visit.lang = Lang::Ru;
    serde_json::to_string(&visit.page(path.to_owned()).await.unwrap()).unwrap()
}

/// The account's owner gets back in by the code to their phone or e-mail.
async fn recover(house: &House, login: &str) {
    let mut owner = Browser::new(house);
    owner.recover(login).await;
    let password = typed(&[(Field::Password, NEW), (Field::PasswordAgain, NEW)]);
    owner.visit().await.recover_password(password).await.unwrap();
}

/// An account with an e-mail alone.
async fn by_email(house: &House) -> Citizen<'_> {
    let citizen = house.citizen(PHONE).await;
    citizen.rewrite(|profile| profile.set(Field::Phone, "")).await;
    let account = citizen.account().await.id;
    let index = house.house.vault.blind_index(Purpose::Email, EMAIL);
    let mut tx = house.house.db.write().await.unwrap();
    accounts::change_phone(&mut tx, &account, None, None).await.unwrap();
    accounts::confirm_email(&mut tx, &account, &index, house.house.now().0).await.unwrap();
    tx.commit().await.unwrap();
    citizen
}

#[tokio::test(flavor = "multi_thread")]
async fn the_letter_about_one_request_freezes_when_another_was_used() {
    let house = House::open().await;
    let citizen = house.citizen(PHONE).await;
    let (mut first, mut second) = (Browser::new(&house), Browser::new(&house));
    first.ask(PHONE).await.unwrap();
    let token = link(&house, "запрошено восстановление").await;
    house.at(MINUTE).await;
    let support = Clerk::here(&house, "support", Role::Support, "everywhere").await;
    let letter = format!("/not-me/{token}");
    assert!(read(&house, &letter).await.contains("Вход и пароль останутся прежними"));
    second.ask(PHONE).await.unwrap();
    // The newer one is confirmed and used, and ends the older one.
    house.at(2 * MINUTE).await;
    let rows = support.visit().await.identities().await.unwrap();
    let newer = rows.into_iter().max_by_key(|r| r.asked_at.0).unwrap().id;
    support.visit().await.take_identity(newer.clone()).await.unwrap();
    support.visit().await.decide_identity(newer, None, String::new()).await.unwrap();
    assert_eq!(renew(&mut second, NEW, "").await, "/recover/done");
    assert!(read(&house, &letter).await.contains("закроем вход"), "the page says what the button does");
    let pressed = Browser::new(&house).visit().await.not_me(&token).await.unwrap().to;
    assert_eq!(pressed, "/not-me/done");
    assert!(citizen.account().await.frozen_ms.is_some(), "somebody has got in by the other one");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_letter_about_a_request_freezes_when_something_changed_since() {
    let house = House::open().await;
    let citizen = house.citizen(PHONE).await;
    Browser::new(&house).ask(PHONE).await.unwrap();
    house.at(MINUTE).await;
    citizen.visit().await.make_codes().await.unwrap();
    assert_eq!(not_me(&house, "запрошено восстановление").await, "/not-me/done");
    let account = citizen.account().await;
    assert!(account.frozen_ms.is_some());
    let mut tx = house.house.db.read().await.unwrap();
    assert_eq!(factors::backup_codes_left(&mut tx, &account.id).await.unwrap(), 0);
}

/// Somebody begins to change the account's e-mail to their own: what opens the link they got.
async fn begun_email(house: &House, citizen: &Citizen<'_>) -> String {
    citizen.visit().await.ask_email(typed(&[(Field::NewEmail, "thief@example.org")])).await.unwrap();
    new_email(house, "thief@example.org").await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_to_a_strangers_e_mail_ends_with_the_account_frozen() {
    let house = House::open().await;
    let citizen = house.citizen(PHONE).await;
    let sent = begun_email(&house, &citizen).await;
    citizen.visit().await.make_codes().await.unwrap();
    not_me(&house, "сделаны новые запасные коды").await;
    recover(&house, PHONE).await;
    let pressed = Browser::new(&house).visit().await.confirm_new_email(&sent).await;
    assert_eq!(code(pressed), Some(Code::LinkUsedOrExpired));
    assert_eq!(citizen.account().await.profile.get(Field::Email), EMAIL);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_to_a_strangers_e_mail_ends_with_a_new_password() {
    let house = House::open().await;
    let citizen = house.citizen(PHONE).await;
    let sent = begun_email(&house, &citizen).await;
    // Nobody pressed anything.
    recover(&house, PHONE).await;
    let pressed = Browser::new(&house).visit().await.confirm_new_email(&sent).await;
    assert_eq!(code(pressed), Some(Code::LinkUsedOrExpired));
    assert_eq!(citizen.account().await.profile.get(Field::Email), EMAIL);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_app_a_stranger_began_is_nobodys() {
    let house = House::open().await;
    let citizen = house.citizen(PHONE).await;
    let account = citizen.account().await.id;
    let begun = async || {
        let mut tx = house.house.db.read().await.unwrap();
        factors::adding(&mut tx, &house.house.vault, &account, 0).await.unwrap().map(|(_, secret)| secret)
    };
    citizen.visit().await.add_app().await.unwrap();
    let theirs = begun().await.unwrap();
    citizen.visit().await.add_app().await.unwrap();
    assert_eq!(begun().await.as_ref(), Some(&theirs), "begun since the proof: the app may have it already");
    // The owner proves to be themselves and adds an app: it has a secret of its own.
    house.at(MINUTE).await;
    citizen.prove().await;
    citizen.visit().await.add_app().await.unwrap();
    let own = begun().await.unwrap();
    assert_ne!(own, theirs);
    citizen.visit().await.make_codes().await.unwrap();
    not_me(&house, "сделаны новые запасные коды").await;
    assert!(begun().await.is_none(), "frozen: nothing that was begun is left");
    recover(&house, PHONE).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_app_begun_in_another_login_is_not_confirmed() {
    let house = House::open().await;
    let citizen = house.citizen(PHONE).await;
    let account = citizen.account().await.id;
    let (vault, now) = (&house.house.vault, house.house.now());
    let mut tx = house.house.db.write().await.unwrap();
    factors::begin(&mut tx, vault, &account, "theirs", &[7; 20], now.0 - MINUTE).await.unwrap();
    tx.commit().await.unwrap();
    let shown = totp::code(&[7; 20], now).unwrap();
    let confirmed =
        citizen.visit().await.confirm_app(typed(&[(Field::AppName, "Телефон"), (Field::TotpCode, &shown)])).await;
    assert_eq!(code(confirmed), Some(Code::FactorGone));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_from_before_the_letter_is_cancelled_too() {
    let house = House::open().await;
    let citizen = house.citizen(PHONE).await;
    let mut thief = Browser::new(&house);
    thief.ask(PHONE).await.unwrap();
    house.at(MINUTE).await;
    citizen.visit().await.make_codes().await.unwrap();
    not_me(&house, "сделаны новые запасные коды").await;
    let support = Clerk::here(&house, "support", Role::Support, "everywhere").await;
    assert!(support.visit().await.identities().await.unwrap().is_empty(), "there is nothing left to confirm");
    assert_eq!(code(thief.visit().await.enter_verified().await), Some(Code::VerificationGone));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_phone_that_was_added_goes_and_codes_go_to_the_e_mail() {
    let house = House::open().await;
    let citizen = by_email(&house).await;
    citizen.visit().await.change_phone(typed(&[(Field::NewPhone, THIEF)])).await.unwrap();
    // Asked for is not proved: nothing about security goes there.
    let chosen = "Другой-пароль-5-река!";
    let password = typed(&[(Field::Password, chosen), (Field::PasswordAgain, chosen)]);
    citizen.visit().await.change_password(password).await.unwrap();
    let told = messages(&house).await;
    assert!(told.iter().any(|(to, text)| to == EMAIL && text.contains("изменён пароль")));
    assert!(!told.iter().any(|(to, text)| to == THIEF && text.contains("/not-me/")), "nobody proved this number");
    // What was begun has ended with the password: it is asked for again.
    citizen.visit().await.change_phone(typed(&[(Field::NewPhone, THIEF)])).await.unwrap();
    let right = code_to(&house, THIEF).await;
    citizen.visit().await.confirm_new_phone(typed(&[(Field::Code, &right)])).await.unwrap();
    assert!(citizen.account().await.phone_confirmed_ms.is_some());
    not_me(&house, "изменён телефон").await;
    let account = citizen.account().await;
    assert_eq!((account.profile.get(Field::Phone), account.phone_confirmed_ms), ("", None));
    assert_eq!(account.level, accounts::Level::Email);
    assert!(citizen.acts().await.contains(&"phone_removed".to_owned()));
    let mut tx = house.house.db.read().await.unwrap();
    let index = house.house.vault.blind_index(Purpose::Phone, THIEF);
    assert!(accounts::credentials(&mut tx, &index).await.unwrap().is_none());
    drop(tx);
    house.at(MINUTE).await;
    recover(&house, EMAIL).await;
    let login = typed(&[(Field::Login, EMAIL), (Field::Password, NEW)]);
    let mut owner = Browser::new(&house);
    let visit = owner.visit().await;
    assert_eq!(visit.login(login, None).await.unwrap().to, "/login/code");
    owner.keep(&visit);
    let visit = owner.visit().await;
    visit.login_code(typed(&[(Field::Code, &code_to(&house, EMAIL).await)])).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_correction_is_told_shown_to_support_and_taken_back() {
    let house = House::open().await;
    let citizen = house.citizen(PHONE).await;
    let forged = typed(&[
        (Field::LastName, "Воров"),
        (Field::FirstName, "Иван"),
        (Field::PassportSeries, "4024"),
        (Field::PassportNumber, "118846"),
    ]);
    citizen.visit().await.correct_data(forged.clone()).await.unwrap();
    citizen.visit().await.correct_data(forged).await.unwrap();
    assert_eq!(house.told("alarm").await, 2, "by SMS and letter, of the one that changed something");
    house.at(3 * DAY).await;
    Browser::new(&house).ask(PHONE).await.unwrap();
    let support = Clerk::here(&house, "support", Role::Support, "everywhere").await;
    let id = support.visit().await.identities().await.unwrap().remove(0).id;
    let file = support.visit().await.take_identity(id).await.unwrap();
    assert_eq!((file.corrected_days, file.held.get(Field::LastName)), (Some(3), "Воров"));
    assert_eq!(not_me(&house, "исправлены имя, паспорт или ИНН").await, "/not-me/done");
    let profile = citizen.account().await.profile;
    assert_eq!((profile.get(Field::LastName), profile.get(Field::PassportNumber)), ("Кузьмина", "654321"));
    assert!(citizen.acts().await.contains(&"profile_restored".to_owned()));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mailbox_comes_back_from_whom_it_was_given_to() {
    let house = House::open().await;
    let (owner, thief) = (house.citizen(PHONE).await, house.citizen(COLLEAGUE).await);
    let id = corporate(&house, &owner).await;
    owner.visit().await.invite(id.clone(), invited(COLLEAGUE, "reader")).await.unwrap();
    let invitation = thief.visit().await.mailboxes().await.unwrap().invitations.remove(0);
    thief.visit().await.answer_invitation(invitation.id, true).await.unwrap();
    house.at(MINUTE).await;
    let member = owner.visit().await.mailbox(id.clone()).await.unwrap().members.remove(0);
    owner.visit().await.hand_over(id.clone(), member.id).await.unwrap();
    thief.visit().await.invite(id.clone(), invited("+79137654323", "reader")).await.unwrap();
    assert_eq!(not_me(&house, "почтовый ящик передан").await, "/not-me/done");
    assert_eq!(code(thief.visit().await.mailbox(id.clone()).await), Some(Code::MailboxNotFound));
    let account = owner.account().await.id;
    let mut tx = house.house.db.read().await.unwrap();
    let (_, role) = server::storage::members::find_for(&mut tx, &id, &account).await.unwrap().unwrap();
    assert_eq!(role, Member::Owner);
    let now = house.house.now().0;
    let left = server::storage::members::list(&mut tx, &house.house.vault, &id, now).await.unwrap();
    assert!(left.is_empty(), "whom the other one invited is out");
    drop(tx);
    assert!(owner.acts().await.contains(&"mailbox_taken_back".to_owned()));
    assert!(thief.acts().await.contains(&"mailbox_taken_back".to_owned()));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_come_back_is_said_and_what_came_instead_goes() {
    let house = House::open().await;
    let (anna, boris) = (house.citizen(PHONE).await, house.citizen(COLLEAGUE).await);
    anna.visit().await.change_phone(typed(&[(Field::NewPhone, THIEF)])).await.unwrap();
    let right = code_to(&house, THIEF).await;
    anna.visit().await.confirm_new_phone(typed(&[(Field::Code, &right)])).await.unwrap();
    // Her number becomes his.
    boris.visit().await.change_phone(typed(&[(Field::NewPhone, PHONE)])).await.unwrap();
    let right = code_to(&house, PHONE).await;
    boris.visit().await.confirm_new_phone(typed(&[(Field::Code, &right)])).await.unwrap();
    let text = messages(&house).await.into_iter().rev().find(|(_, text)| text.contains("изменён телефон")).unwrap().1;
    let to = Browser::new(&house).visit().await.not_me(&token(&text, "/not-me/")).await.unwrap().to;
    assert_eq!(to, "/not-me/lost.phone_changed");
    assert!(read(&house, &to).await.contains("Прежний телефон уже в другой учётной записи"));
    let account = anna.account().await;
    assert_eq!(
        (account.profile.get(Field::Phone), account.phone_confirmed_ms),
        ("", None),
        "not the stranger's either"
    );
    assert!(!anna.acts().await.contains(&"phone_restored".to_owned()));
    assert_eq!(boris.account().await.profile.get(Field::Phone), PHONE);
    // Nothing of an address is shown but words of ours.
    let mut visit = Browser::new(&house).visit().await;
    visit.lang = Lang::Ru;
    assert_eq!(code(visit.page("/not-me/lost.rubbish".into()).await), Some(Code::NotFound));
}

#[tokio::test(flavor = "multi_thread")]
async fn each_act_taken_back_has_its_row() {
    let house = House::open().await;
    let citizen = house.citizen(PHONE).await;
    citizen.visit().await.change_phone(typed(&[(Field::NewPhone, THIEF)])).await.unwrap();
    let right = code_to(&house, THIEF).await;
    citizen.visit().await.confirm_new_phone(typed(&[(Field::Code, &right)])).await.unwrap();
    house.at(MINUTE).await;
    citizen.visit().await.make_codes().await.unwrap();
    citizen.visit().await.ask_deletion().await.unwrap();
    not_me(&house, "изменён телефон").await;
    let acts = citizen.acts().await;
    for act in ["phone_restored", "backup_codes_removed", "deletion_cancelled", "account_frozen"] {
        assert!(acts.iter().any(|a| a == act), "{act} is not in the journal: {acts:?}");
    }
    assert_eq!(citizen.account().await.profile.get(Field::Phone), PHONE);
}

#[tokio::test(flavor = "multi_thread")]
async fn papers_a_linked_door_filled_in_are_shown_to_support_and_go_with_it() {
    let house = House::open().await;
    let citizen = house.citizen(PHONE).await;
    let mut account = citizen.account().await;
    account.profile = typed(&[(Field::LastName, "Климова"), (Field::FirstName, "Вера"), (Field::Phone, PHONE)]);
    let mut tx = house.house.db.write().await.unwrap();
    accounts::set_profile(&mut tx, &house.house.vault, &account.id, &account.profile).await.unwrap();
    tx.commit().await.unwrap();
    // Somebody of the same name, with the account's password and session.
    let mut thief = crate::doors::Browser::open(&house).await;
    thief.sign_in(&citizen);
    assert_eq!(thief.through("gosuslugi", "vera").await, "/cabinet/security/door");
    assert_eq!(thief.post("/cabinet/security/door", &[]).await.to, "/cabinet/security");
    let filled = citizen.account().await.profile;
    for field in [Field::PassportNumber, Field::Inn, Field::Snils, Field::BirthDate] {
        assert!(!filled.get(field).is_empty(), "{}", field.id());
    }
    // At eleven in the evening it was done, and looked at after midnight.
    house.at(13 * 60 * MINUTE).await;
    Browser::new(&house).ask(PHONE).await.unwrap();
    let support = Clerk::here(&house, "support", Role::Support, "everywhere").await;
    let id = support.visit().await.identities().await.unwrap().remove(0).id;
    assert_eq!(support.visit().await.take_identity(id).await.unwrap().corrected_days, Some(1), "yesterday");
    assert_eq!(not_me(&house, "привязан вход").await, "/not-me/done");
    let profile = citizen.account().await.profile;
    for field in [Field::PassportNumber, Field::Inn, Field::Snils, Field::BirthDate] {
        assert_eq!(profile.get(field), "", "{}", field.id());
    }
    assert_eq!(profile.get(Field::LastName), "Климова");
    let acts = citizen.acts().await;
    assert!(acts.contains(&"profile_restored".to_owned()) && acts.contains(&"door_unlinked".to_owned()), "{acts:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_app_begun_under_a_proof_that_lapsed_is_nobodys() {
    let house = House::open().await;
    let citizen = house.citizen(PHONE).await;
    let account = citizen.account().await.id;
    let hash = house.house.passwords.hash(NEW.to_owned()).await.unwrap();
    let mut tx = house.house.db.write().await.unwrap();
    accounts::set_password(&mut tx, &account, &hash).await.unwrap();
    tx.commit().await.unwrap();
    let prove = async || citizen.visit().await.prove(typed(&[(Field::Password, NEW)]), None).await.unwrap();
    let begun = async || {
        let mut tx = house.house.db.read().await.unwrap();
        factors::adding(&mut tx, &house.house.vault, &account, 0).await.unwrap().is_some()
    };
    citizen.visit().await.add_app().await.unwrap();
    prove().await;
    assert!(begun().await, "in one sitting");
    house.at(11 * MINUTE).await;
    prove().await;
    assert!(!begun().await, "whoever sat here before has its secret");
}

#[tokio::test(flavor = "multi_thread")]
async fn corrections_have_a_limit_since_each_is_told() {
    let house = House::open().await;
    let citizen = house.citizen(PHONE).await;
    let correct = async |number: &str| {
        let values = typed(&[
            (Field::LastName, "Воров"),
            (Field::FirstName, "Иван"),
            (Field::PassportSeries, "4024"),
            (Field::PassportNumber, number),
        ]);
        code(citizen.visit().await.correct_data(values).await)
    };
    for n in 1..=5 {
        assert_eq!(correct(&format!("11884{n}")).await, None);
    }
    assert_eq!(correct("118849").await, Some(Code::TooManyRequests));
    assert_eq!(house.told("alarm").await, 10, "by SMS and letter, five times");
}
