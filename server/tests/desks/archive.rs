//! «Everything held» is everything: each table of the migrations stands in the archive, or it is said why not.

use crate::house::{House, NOON, typed};
use crate::mailboxes::ORGANISATION;
use app::desks::{MailboxesDesk, NoticesDesk};
use domain::Field;
use domain::appeals::Stage;
use domain::mailboxes::Role;
use domain::notices::{Channel, Kind, Quiet};
use domain::staff::{Act, Refusal};
use serde_json::Value;
use server::storage::appeals::{NewAppeal, Step};
use server::storage::documents::{NewDocument, State};
use server::storage::members::NewMember;
use server::storage::{Purpose, acts, appeals, documents, ids, mailboxes, members};
use std::collections::BTreeSet;

/// Where each table stands in the archive (a JSON pointer), or why it does not.
const TABLES: &[(&str, &str)] = &[
    ("accounts", "/profile"),
    ("acts", "/applications/0/said"),
    ("alarms", "hashes of tokens; what was done is in the journal"),
    ("answers_before", "/applications/0/answers_before"),
    ("appeal_moves", "/applications/0/appeals/0/moves"),
    ("appeals", "/applications/0/appeals"),
    ("applications", "/applications"),
    ("assignments", "which member of staff holds a file is theirs"),
    ("authenticators", "/factors"),
    ("backup_codes", "keyed hashes"),
    ("checks", "/applications/0/checks"),
    ("codes", "hashes, of use for minutes"),
    ("consents", "/consents"),
    ("contact_changes", "a phone or e-mail on its way, or the one before, for ten days"),
    ("counter_resets", "/access_resets"),
    ("deletions", "hashes of tokens; the wish is in the journal"),
    ("deliveries", "events for partners: nobody's data"),
    ("devices", "/devices"),
    ("documents", "/applications/0/documents"),
    ("doors", "/doors"),
    ("files", "/applications/0/files"),
    ("history", "/applications/0/moves"),
    ("identities", "keyed hashes of answers that are there"),
    ("jobs", "ids of work to do"),
    ("journal", "/journal"),
    ("journal_heads", "hashes over the journal"),
    ("links", "hashes of tokens"),
    ("litter", "ids of objects that are being deleted"),
    ("lockouts", "keyed hashes, for a day"),
    ("mailbox_members", "/members"),
    ("mailboxes", "/mailboxes"),
    ("meta", "facts about the installation"),
    ("notice_choices", "/notice_choices"),
    ("notices", "/messages"),
    ("passkeys", "/factors"),
    ("persons", "the data key"),
    ("post_accounts", "/post_accounts"),
    ("profile_changes", "names and papers before a correction, for ten days"),
    ("push_subscriptions", "/told_devices"),
    ("registrations", "before there is an account, for half an hour"),
    ("sessions", "/logins"),
    ("sightings", "keyed hashes, for a day"),
    ("staff", "of the staff"),
    ("staff_codes", "of the staff"),
    ("staff_grants", "of the staff"),
    ("staff_identities", "of the staff"),
    ("staff_sessions", "of the staff"),
    ("throttle", "keyed hashes, for a day"),
    ("upload_parts", "parts of a file on its way, for a day"),
    ("uploads", "a file on its way, for a day"),
    ("verification_scans", "sealed under the key of their request, for 29 days; shown to whoever decides"),
    ("verifications", "/identity_requests"),
    ("webhooks", "of partners"),
];

fn tables() -> BTreeSet<String> {
    // Cargo runs tests in the folder of their package.
    let files =
        std::fs::read_dir("migrations/sqlite").unwrap().map(|f| std::fs::read_to_string(f.unwrap().path()).unwrap());
    let name = |line: &str| line.strip_prefix("CREATE TABLE ").map(|rest| rest.split(' ').next().unwrap().to_owned());
    files.flat_map(|text| text.lines().filter_map(name).collect::<Vec<_>>()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn everything_held_is_in_the_archive() {
    assert_eq!(tables(), TABLES.iter().map(|(name, _)| (*name).to_owned()).collect(), "a table nobody thought of");
    let house = House::open().await;
    let (anna, boris) = (house.citizen("+79137654321").await, house.citizen("+79137654322").await);
    let id = anna.apply(ORGANISATION).await;
    let other = [(Field::Phone, "+79137654322"), (Field::Snils, "001-001-998 00"), (Field::PassportNumber, "654322")];
    boris.apply(&other).await;
    house.work().await;
    let account = anna.visit().await.citizen.unwrap().account_id;
    let lender = boris.visit().await.citizen.unwrap().account_id;

    // What clerks and registries said, what was answered, and what was said against it.
    let (db, vault) = (&house.house.db, &house.house.vault);
    let mut tx = db.write().await.unwrap();
    let refusal =
        Act::Refuse(Refusal { reasons: Vec::new(), text: "Подпись неразборчива".to_owned() });
    acts::append(&mut tx, vault, (&id, &account), 1000, "clerk", &refusal, NOON).await.unwrap();
    let before = typed(&[(Field::BirthPlace, "г. Бердск")]);
    acts::keep_answers(&mut tx, vault, (&id, &account), 1000, &before).await.unwrap();
    let appeal = NewAppeal {
        id: &ids::inner_id(),
        application_id: &id,
        account_id: &account,
        refusal_seq: 1000,
        refused_by: None,
        grounds: "Подпись моя, обычная",
        filed_ms: NOON,
        due_ms: NOON,
    };
    appeals::file(&mut tx, vault, &appeal).await.unwrap();
    let appeal = appeals::newest(&mut tx, vault, &id).await.unwrap().unwrap();
    let answer = Some("Сверили: отказ верен");
    let step = Step { to: Stage::Dismissed, actor: "staff:judge", clerk: Some("judge"), answer, now_ms: NOON };
    appeals::advance(&mut tx, vault, &appeal, &step).await.unwrap().unwrap();
    let scan = NewDocument {
        id: &ids::public_id(),
        account_id: &account,
        application_id: &id,
        kind: "other",
        name: "Устав.pdf",
        digest: &[1; 32],
        media_type: "application/pdf",
        size: 4,
        pages: 1,
        state: State::Kept,
        added_ms: NOON,
    };
    documents::create(&mut tx, vault, &scan).await.unwrap();
    let lent = mailboxes::list_owned(&mut tx, &lender).await.unwrap().remove(0);
    let invitation = NewMember {
        mailbox_id: &lent.id,
        contact_index: &vault.blind_index(Purpose::Phone, "+79137654321"),
        contact: "+79137654321",
        role: Role::Reader,
        invited_by: &lender,
        invited_ms: NOON,
        until_ms: NOON + 1,
    };
    assert!(members::invite(&mut tx, vault, &invitation).await.unwrap());
    tx.commit().await.unwrap();
    let mine = anna.visit().await.mailboxes().await.unwrap().mailboxes.remove(0).id;
    let mut invited = typed(&[(Field::MemberContact, "colleague@example.org")]);
    invited.set(Field::MemberRole, "sender");
    anna.visit().await.invite(mine, invited).await.unwrap();
    let on = [(Kind::Decision, Channel::Email), (Kind::Question, Channel::Email)].into_iter().collect();
    anna.visit().await.choose_notices(on, Some(Quiet::new(22, 8).unwrap())).await.unwrap();

    let take = async || -> Value {
        serde_json::from_slice(&anna.visit().await.take_data(false).await.unwrap().content).unwrap()
    };
    let archive = take().await;
    for (table, place) in TABLES.iter().filter(|(_, place)| place.starts_with('/')) {
        assert!(archive.pointer(place).is_some(), "{table} at {place}");
    }
    let at = |place: &str| archive.pointer(place).and_then(Value::as_str).unwrap_or_default().to_owned();
    assert_eq!(at("/applications/0/said/0/text"), "Подпись неразборчива");
    assert!(archive["applications"][0]["answers_before"].to_string().contains("г. Бердск"));
    assert_eq!(at("/applications/0/appeals/0/grounds"), "Подпись моя, обычная");
    assert_eq!(at("/applications/0/appeals/0/answer"), "Сверили: отказ верен");
    assert_eq!(at("/applications/0/documents/0/name"), "Устав.pdf");
    assert_eq!(at("/members/0/contact"), "colleague@example.org");
    assert_eq!(at("/invitations/0/mailbox"), lent.registration_number);
    assert!(archive["applications"][0]["checks"].as_array().unwrap().iter().any(|c| !c["found"].is_null()));
    assert_eq!(archive["notice_choices"]["quiet_from"], 22);
    assert!(!archive.to_string().contains("judge"), "which member of staff it was is theirs");

    let invitation = anna.visit().await.mailboxes().await.unwrap().invitations.remove(0).id;
    anna.visit().await.answer_invitation(invitation, true).await.unwrap();
    assert_eq!(take().await["memberships"][0]["mailbox"], lent.registration_number);
    let read = anna.visit().await.take_data(true).await.unwrap();
    assert!(read.content.starts_with(b"%PDF"));
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_takes_the_whole_journal_stands_in_it_first() {
    let house = House::open().await;
    let anna = house.citizen("+79137654321").await;
    let file = anna.visit().await.journal_file().await.unwrap();
    let rows = anna.journal().await;
    assert_eq!((rows[0].act.as_str(), rows[0].actor.as_str()), ("data_taken", "citizen"));
    let told = app::text::accounts::act(app::text::Lang::Ru, "data_taken");
    assert!(String::from_utf8(file.content).unwrap().contains(told), "the file says itself that it was taken");
}
