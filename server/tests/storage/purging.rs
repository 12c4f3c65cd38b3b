//! What has run out goes, at its moment and not before: the clock is moved to either side of each term.

use crate::house::{DAY, House, MINUTE, NOON, answers};
use domain::clock::Timestamp;
use domain::{Field, Values};
use server::jobs::purge::{self, Kept};
use server::storage::applications::Move;
use server::storage::codes::NewCode;
use server::storage::consents::NewConsent;
use server::storage::identities::Kind;
use server::storage::links::NewLink;
use server::storage::notices::{Message, NewNotice, State};
use server::storage::registrations::NewRegistration;
use server::storage::sessions::{NewSession, Stage};
use server::storage::{
    Purpose, accounts, applications, codes, consents, file_entries, identities, ids, journal, links, notices, persons,
    registrations, sessions, throttle,
};

on_both!(
    secrets_go_when_they_have_run_out,
    a_sign_up_that_proved_nothing_goes_with_its_messages,
    sent_messages_go_and_waiting_ones_stay,
    drafts_go_and_sent_applications_stay,
    a_closed_application_is_emptied,
    an_unused_unconfirmed_account_is_erased,
    withdrawn_consent_erases_all_there_is,
);

/// How long a kind is kept.
pub fn term(kept: Kept) -> i64 {
    purge::CLOCKS.iter().find(|(k, _)| *k == kept).unwrap().1
}

/// One pass at a moment: how many of a kind went.
pub async fn pass(house: &House, at_ms: i64, kept: Kept) -> u64 {
    let purged = purge::pass(&house.db, &house.vault, &house.files, Timestamp(at_ms)).await.unwrap();
    purged.rows.iter().find(|(k, _)| *k == kept).unwrap().1
}

/// Of one kind: nothing a moment before its term, so many at it.
pub async fn goes(house: &House, from_ms: i64, kept: Kept, many: u64) {
    assert_eq!(pass(house, from_ms + term(kept) - 1, kept).await, 0, "{} went too early", kept.id());
    assert_eq!(pass(house, from_ms + term(kept), kept).await, many, "{} stayed", kept.id());
}

pub async fn session(house: &House, account: &str, at_ms: i64) {
    let mut tx = house.db.write().await.unwrap();
    let new = NewSession {
        token_hash: ids::random(),
        id: &ids::public_id(),
        account_id: Some(account),
        stage: Stage::Open,
        subject: None,
        created_ms: at_ms,
        absolute_expires_ms: at_ms + DAY / 2,
        label: "",
        device_hash: None,
        proved_by: "",
    };
    sessions::create(&mut tx, &new).await.unwrap();
    tx.commit().await.unwrap();
}

async fn notice(house: &House, person: &str, template: &str, state: Option<State>) -> String {
    let message = Message { to: "+79161111111".into(), subject: String::new(), text: "Текст".into(), link: None };
    let mut tx = house.db.write().await.unwrap();
    let new = NewNotice {
        person_id: person,
        application_id: None,
        channel: "sms",
        template,
        message: &message,
        dedup_key: &ids::inner_id(),
        queued_ms: NOON,
        after_ms: None,
    };
    let id = notices::queue(&mut tx, &house.vault, &new).await.unwrap();
    tx.commit().await.unwrap();
    let mut tx = house.db.write().await.unwrap();
    if let Some(state) = state {
        notices::settle(&mut tx, &id, state, None, NOON).await.unwrap();
    }
    tx.commit().await.unwrap();
    id
}

pub async fn consent(house: &House, account: &str, at_ms: i64) {
    let mut tx = house.db.write().await.unwrap();
    let new =
        NewConsent { account_id: account, purpose: "account", text_version: "1", text_hash: "a", given_ms: at_ms };
    consents::give(&mut tx, &new).await.unwrap();
    tx.commit().await.unwrap();
}

pub async fn withdraw(house: &House, account: &str, at_ms: i64) {
    let mut tx = house.db.write().await.unwrap();
    assert!(consents::withdraw(&mut tx, account, "account", at_ms).await.unwrap());
    tx.commit().await.unwrap();
}

/// A receipt in the store: its id.
pub async fn receipt(house: &House, person: &str, application: &str) -> String {
    let id = ids::public_id();
    let mut tx = house.db.write().await.unwrap();
    let key = persons::key(&mut tx, &house.vault, person).await.unwrap();
    let path = house.files.put(&house.vault, &key, &id, b"%PDF").await.unwrap();
    file_entries::promise(&mut tx, &id, person, application, NOON).await.unwrap();
    tx.commit().await.unwrap();
    let mut tx = house.db.write().await.unwrap();
    assert!(file_entries::made(&mut tx, &id, &path, 4).await.unwrap());
    let passport = house.vault.blind_index(Purpose::Passport, "4519123456");
    identities::set(&mut tx, application, &[(Kind::Passport, passport)]).await.unwrap();
    tx.commit().await.unwrap();
    id
}

pub async fn moved(house: &House, id: &str, version: i64, status: &str, at_ms: i64) {
    let mut tx = house.db.write().await.unwrap();
    let to = Move {
        id,
        version,
        actor: "system",
        status,
        stage: "document_check",
        reasons: &[],
        due_ms: None,
        registration_number: None,
        submit_key: None,
        now_ms: at_ms,
    };
    applications::advance(&mut tx, &to).await.unwrap().unwrap();
    tx.commit().await.unwrap();
}

async fn secrets_go_when_they_have_run_out(house: &House) {
    let anna = house.citizen("+79161111111").await;
    let mut tx = house.db.write().await.unwrap();
    let code = NewCode {
        subject: "s",
        purpose: "login",
        hash: ids::random(),
        tries: 10,
        sent_ms: NOON,
        expires_ms: NOON + 10 * MINUTE,
        gap_ms: MINUTE,
    };
    codes::issue(&mut tx, &code).await.unwrap();
    let link = NewLink {
        token_hash: ids::random(),
        account_id: &anna,
        purpose: "confirm_email",
        created_ms: NOON,
        expires_ms: NOON + DAY,
    };
    links::create(&mut tx, &link).await.unwrap();
    tx.commit().await.unwrap();
    let limit = throttle::Limit { key: ids::random(), window_ms: 15 * MINUTE, limit: 3 };
    throttle::hit(&house.db, &[limit], NOON).await.unwrap();
    goes(house, NOON, Kept::Limits, 1).await;
    goes(house, NOON + 10 * MINUTE, Kept::Codes, 1).await;
    goes(house, NOON + DAY, Kept::Links, 1).await;
    session(house, &anna, NOON).await;
    goes(house, NOON + DAY / 2, Kept::Sessions, 1).await;
}

async fn a_sign_up_that_proved_nothing_goes_with_its_messages(house: &House) {
    let mut tx = house.db.write().await.unwrap();
    let new = NewRegistration {
        id: "someone",
        profile: &answers(&[(Field::LastName, "Иванова")]),
        password_hash: "$argon2id$test",
        phone_index: ids::random(),
        email_index: ids::random(),
        lang: "ru",
        shadow: false,
        created_ms: NOON,
        expires_ms: NOON + purge::SIGN_UP,
    };
    registrations::create(&mut tx, &house.vault, &new).await.unwrap();
    tx.commit().await.unwrap();
    notice(house, "someone", "sign_up_code", Some(State::Sent)).await;
    goes(house, NOON, Kept::SignUps, 1).await;
    assert_eq!(house.number("SELECT COUNT(*) FROM notices").await, 0);
    assert_eq!(house.number("SELECT COUNT(*) FROM persons WHERE wrapped_key IS NOT NULL").await, 0);
}

async fn sent_messages_go_and_waiting_ones_stay(house: &House) {
    let anna = house.citizen("+79161111111").await;
    for template in ["login_code", "approved"] {
        for state in [None, Some(State::Sent), Some(State::Failed)] {
            notice(house, &anna, template, state).await;
        }
    }
    session(house, &anna, NOON + term(Kept::Notices)).await;
    // A code is of no use any more, sent or not.
    goes(house, NOON, Kept::CodeNotices, 3).await;
    goes(house, NOON, Kept::Notices, 2).await;
    assert_eq!(house.number("SELECT COUNT(*) FROM notices WHERE state = 'queued'").await, 1);
}

async fn drafts_go_and_sent_applications_stay(house: &House) {
    let anna = house.citizen("+79161111111").await;
    house.draft(&anna).await;
    house.application(&anna).await;
    goes(house, NOON, Kept::Drafts, 1).await;
    assert_eq!(house.number("SELECT COUNT(*) FROM applications").await, 1);
}

async fn a_closed_application_is_emptied(house: &House) {
    let anna = house.citizen("+79161111111").await;
    let (rejected, version) = house.application(&anna).await;
    let (approved, other) = house.application(&anna).await;
    let (gone, stays) = (receipt(house, &anna, &rejected).await, receipt(house, &anna, &approved).await);
    moved(house, &rejected, version, "rejected", NOON + DAY).await;
    moved(house, &approved, other, "approved", NOON + DAY).await;
    goes(house, NOON + DAY, Kept::Closed, 1).await;

    let mut tx = house.db.read().await.unwrap();
    let found = applications::find_owned(&mut tx, &house.vault, &rejected, &anna).await.unwrap().unwrap();
    assert!(found.answers == Values::default() && found.summary.number.is_some(), "number and state stay");
    let key = persons::key(&mut tx, &house.vault, &anna).await.unwrap();
    assert!(house.files.get(&house.vault, &key, &gone).await.unwrap().is_none());
    assert!(house.files.get(&house.vault, &key, &stays).await.unwrap().is_some());
    drop(tx);
    assert_eq!(house.number("SELECT COUNT(*) FROM identities").await, 1);
    assert_eq!(house.number("SELECT COUNT(*) FROM files").await, 1);
    assert_eq!(pass(house, NOON + 400 * DAY, Kept::Closed).await, 0, "once is enough");
}

async fn an_unused_unconfirmed_account_is_erased(house: &House) {
    let phone = "+79161111111";
    let anna = house.citizen(phone).await;
    let used = house.citizen("+79162222222").await;
    session(house, &used, NOON + DAY).await;
    let applied = house.citizen("+79163333333").await;
    house.application(&applied).await;
    let confirmed = house.citizen("+79164444444").await;
    let mut tx = house.db.write().await.unwrap();
    accounts::confirm_email(&mut tx, &confirmed, &ids::random(), NOON).await.unwrap();
    tx.commit().await.unwrap();
    house.draft(&anna).await;
    notice(house, &anna, "email_link", None).await;

    goes(house, NOON, Kept::Unconfirmed, 1).await;
    let mut tx = house.db.write().await.unwrap();
    let index = house.vault.blind_index(Purpose::Phone, phone);
    assert!(!accounts::phone_taken(&mut tx, &index).await.unwrap(), "the phone is free for a new sign-up");
    let erased = accounts::find(&mut tx, &house.vault, &anna).await.unwrap().unwrap();
    assert!(erased.profile.is_empty() && erased.blocked_ms.is_some());
    persons::key(&mut tx, &house.vault, &anna).await.expect_err("the key is gone");
    for id in [&used, &applied, &confirmed] {
        assert!(!accounts::find(&mut tx, &house.vault, id).await.unwrap().unwrap().profile.is_empty());
    }
    let rows = journal::list_owned(&mut tx, &anna, 10).await.unwrap();
    assert_eq!(rows.iter().map(|r| r.act.as_str()).collect::<Vec<_>>(), ["account_erased"]);
    drop(tx);
    assert_eq!(house.number("SELECT COUNT(*) FROM notices").await, 0);
    assert_eq!(pass(house, NOON + 400 * DAY, Kept::Unconfirmed).await, 1, "the one that was used, now unused too");
}

async fn withdrawn_consent_erases_all_there_is(house: &House) {
    let (anna, boris) = (house.citizen("+79161111111").await, house.citizen("+79162222222").await);
    for id in [&anna, &boris] {
        consent(house, id, NOON).await;
    }
    let (application, _) = house.application(&anna).await;
    let file = receipt(house, &anna, &application).await;
    for id in [&anna, &boris] {
        withdraw(house, id, NOON + DAY).await;
    }
    // Boris thought better of it.
    consent(house, &boris, NOON + 2 * DAY).await;
    session(house, &boris, NOON + 3 * DAY).await;
    goes(house, NOON + DAY, Kept::Withdrawn, 1).await;

    let mut tx = house.db.read().await.unwrap();
    let found = applications::find_owned(&mut tx, &house.vault, &application, &anna).await.unwrap().unwrap();
    assert_eq!((found.summary.status.as_str(), found.answers.is_empty()), ("withdrawn", true));
    let placed = "SELECT COUNT(*) FROM applications WHERE region IS NOT NULL OR office_index IS NOT NULL";
    assert_eq!(house.number(placed).await, 0, "the office that serves somebody tells where they live");
    persons::key(&mut tx, &house.vault, &boris).await.expect("Boris is still there");
    assert!(journal::verify(&mut tx).await.unwrap().broken.is_empty());
    drop(tx);
    let place = house.folder.path().join("files").join(&file[..2]).join(&file);
    assert!(!place.exists());
    assert_eq!(house.number("SELECT COUNT(*) FROM identities").await, 0);
    assert_eq!(house.number("SELECT COUNT(*) FROM consents").await, 3, "what was agreed to stays provable");
}
