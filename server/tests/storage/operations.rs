//! Notices, files, the journal.

use crate::house::{House, NOON};
use domain::notices::{Channel, Choices, Kind, Quiet};
use server::storage::journal::NewEntry;
use server::storage::notices::{Message, NewNotice, State};
use server::storage::{StorageError, file_entries, ids, journal, notice_choices, notices, persons};

on_both!(an_occasion_is_told_once, files_come_back_to_their_owner_only, the_journal_cannot_be_changed,);

async fn an_occasion_is_told_once(house: &House) {
    let anna = house.citizen("+79161111111").await;
    let message =
        Message { to: "+79161111111".into(), subject: String::new(), text: "Код 123456".into(), link: None };
    let notice = |dedup_key, queued_ms| NewNotice {
        person_id: &anna,
        application_id: None,
        channel: "sms",
        template: "code",
        message: &message,
        dedup_key,
        queued_ms,
        after_ms: None,
    };
    let mut tx = house.db.write().await.unwrap();
    let v = &house.vault;
    let id = notices::queue(&mut tx, v, &notice("code/1", NOON)).await.unwrap();
    let second = notices::queue(&mut tx, v, &notice("code/2", NOON + 2)).await.unwrap();
    tx.commit().await.unwrap();
    let mut tx = house.db.write().await.unwrap();
    let again = notices::queue(&mut tx, v, &notice("code/1", NOON + 1)).await.unwrap();
    tx.commit().await.unwrap();
    let mut tx = house.db.write().await.unwrap();
    assert!(notices::find(&mut tx, v, &again).await.unwrap().is_none(), "an occasion is told once");
    let found = notices::find(&mut tx, v, &id).await.unwrap().unwrap();
    assert_eq!((&found.message, found.state, found.channel.as_str()), (&message, State::Queued, "sms"));
    assert!(!format!("{found:?}").contains("123456"));
    notices::settle(&mut tx, &id, State::Sent, Some("gw-7"), NOON + 3).await.unwrap();
    notices::settle(&mut tx, &second, State::Failed, None, NOON + 3).await.unwrap();
    let sent = notices::find(&mut tx, v, &id).await.unwrap().unwrap();
    assert_eq!((sent.state, sent.sent_ms, sent.provider_id.as_deref()), (State::Sent, Some(NOON + 3), Some("gw-7")));
    let failed = notices::find(&mut tx, v, &second).await.unwrap().unwrap();
    assert_eq!((failed.state, failed.sent_ms), (State::Failed, None));
    // What the provider is asked about, and what it tells.
    assert_eq!(notices::undelivered(&mut tx, NOON, 10).await.unwrap(), [(id.clone(), "gw-7".to_owned())]);
    assert!(notices::undelivered(&mut tx, NOON + 3, 10).await.unwrap().is_empty(), "asked about for so long");
    notices::asked(&mut tx, &id, NOON + 4).await.unwrap();
    notices::delivered(&mut tx, &id, NOON + 5).await.unwrap();
    notices::lost(&mut tx, &id, NOON + 6).await.unwrap();
    notices::delivered(&mut tx, &second, NOON + 6).await.unwrap();
    let listed = notices::list_owned(&mut tx, &anna, 10).await.unwrap();
    let told: Vec<_> = listed.iter().map(|n| (n.state, n.delivered_ms)).collect();
    assert_eq!(told, [(State::Failed, None), (State::Delivered, Some(NOON + 5))], "what is told stands");
    assert!(notices::list_owned(&mut tx, "another", 10).await.unwrap().is_empty());
    let choices =
        Choices::new(&Kind::ALL.iter().map(|k| (*k, Channel::Sms)).collect(), Quiet::new(22, 8).ok()).unwrap();
    assert_eq!(notice_choices::find(&mut tx, &anna).await.unwrap(), Choices::default());
    notice_choices::set(&mut tx, &anna, &choices, NOON).await.unwrap();
    notice_choices::set(&mut tx, &anna, &choices, NOON + 1).await.unwrap();
    assert_eq!(notice_choices::find(&mut tx, &anna).await.unwrap(), choices);
    let whom = notice_choices::addressee(&mut tx, v, &anna).await.unwrap().unwrap();
    assert_eq!((whom.choices, whom.devices.len()), (choices, 0));
    assert!(notice_choices::addressee(&mut tx, v, "absent").await.unwrap().is_none());
    assert!(notices::find(&mut tx, v, "absent").await.unwrap().is_none());
    persons::destroy(&mut tx, v, &anna, NOON).await.unwrap();
    assert!(notices::find(&mut tx, v, &id).await.is_err(), "unreadable for good");
}

async fn files_come_back_to_their_owner_only(house: &House) {
    let anna = house.citizen("+79161111111").await;
    let (application, _) = house.application(&anna).await;
    let id = ids::public_id();
    let receipt = "Расписка: Иванова".as_bytes();
    let mut tx = house.db.write().await.unwrap();
    let key = persons::key(&mut tx, &house.vault, &anna).await.unwrap();
    let path = house.files.put(&house.vault, &key, &id, receipt).await.unwrap();
    file_entries::promise(&mut tx, &id, &anna, &application, NOON).await.unwrap();
    tx.commit().await.unwrap();
    let mut tx = house.db.write().await.unwrap();
    assert!(file_entries::made(&mut tx, &id, &path, receipt.len() as i64).await.unwrap());
    tx.commit().await.unwrap();
    let mut tx = house.db.write().await.unwrap();
    file_entries::promise(&mut tx, "again", &anna, &application, NOON).await.unwrap();
    assert!(!file_entries::made(&mut tx, &id, "elsewhere", 1).await.unwrap(), "what is made stays as it is");
    assert!(file_entries::find_owned(&mut tx, &id, "stranger").await.unwrap().is_none());
    let entry = file_entries::find_owned(&mut tx, &id, &anna).await.unwrap().unwrap();
    assert_eq!((entry.path.as_str(), entry.size), (path.as_str(), receipt.len() as i64));
    assert_eq!(file_entries::find_of_application(&mut tx, &application, "receipt").await.unwrap(), Some(entry));
    assert_eq!(file_entries::list_owned(&mut tx, &anna).await.unwrap().len(), 1);
    assert_eq!(&house.files.get(&house.vault, &key, &id).await.unwrap().unwrap()[..], receipt);

    // Two objects swapped in the store are refused, not shown.
    let other = ids::public_id();
    house.files.put(&house.vault, &key, &other, b"other").await.unwrap();
    let folder = house.folder.path().join("files");
    let place = |id: &str| folder.join(&id[..2]).join(id);
    std::fs::copy(place(&id), place(&other)).unwrap();
    let error = house.files.get(&house.vault, &key, &other).await.unwrap_err();
    assert!(matches!(error, StorageError::BadData { table: "files", .. }), "{error}");

    tx.commit().await.unwrap();
    house.files.delete(&id).await.unwrap();
    house.files.delete(&id).await.unwrap();
    assert!(house.files.get(&house.vault, &key, &id).await.unwrap().is_none());
    house.files.ready().await.unwrap();
}

async fn the_journal_cannot_be_changed(house: &House) {
    let mut tx = house.db.write().await.unwrap();
    for (at_ms, act) in [(NOON, "accounts.login"), (NOON + 1, "applications.submit")] {
        let entry = NewEntry { account_id: Some("anna"), at_ms, actor: "citizen", act, object: "a1", detail: "" };
        journal::append(&mut tx, &entry).await.unwrap();
    }
    let entries = journal::list_owned(&mut tx, "anna", 10).await.unwrap();
    assert_eq!(entries.iter().map(|e| e.act.as_str()).collect::<Vec<_>>(), ["applications.submit", "accounts.login"]);
    assert!(journal::list_owned(&mut tx, "boris", 10).await.unwrap().is_empty());
    tx.commit().await.unwrap();
    for attack in ["UPDATE journal SET actor = 'system'", "DELETE FROM journal"] {
        house.raw(attack).await.expect_err(attack);
    }
    let mut tx = house.db.read().await.unwrap();
    assert_eq!(journal::list_owned(&mut tx, "anna", 10).await.unwrap(), entries);
}
