//! Members of a corporate mailbox: what the database decides, on both databases.

use crate::house::{DAY, House, NOON, join};
use domain::mailboxes::Role as Member;
use server::storage::members::NewMember;
use server::storage::{Purpose, accounts, erasure, ids, mailboxes, members};

on_both!(
    a_contact_is_invited_once_and_one_member_comes_of_it,
    contacts_of_invited_people_do_not_stay,
    of_two_who_are_handed_a_mailbox_one_gets_it,
    a_mailbox_is_taken_back_from_whom_it_went_to,
    whoever_invites_and_whoever_takes_back_wait_for_each_other,
    who_was_invited_stays_when_the_former_owner_is_erased,
    whoever_has_a_part_in_a_mailbox_is_not_erased_as_nobodys,
);

/// A corporate mailbox of the account.
async fn mailbox(house: &House, account: &str) -> String {
    let (application, _) = house.application(account).await;
    let mut tx = house.db.write().await.unwrap();
    let new = mailboxes::NewMailbox {
        account_id: account,
        application_id: &application,
        kind: "corporate",
        office_index: None,
        registration_number: &ids::spoken(10),
        opened_ms: NOON,
    };
    mailboxes::open(&mut tx, &new).await.unwrap();
    let id = mailboxes::list_owned(&mut tx, account).await.unwrap().remove(0).id;
    tx.commit().await.unwrap();
    id
}

async fn invited(house: &House, mailbox: &str, owner: &str, phone: &str, at: i64) -> bool {
    let index = house.vault.blind_index(Purpose::Phone, phone);
    let mut tx = house.db.write().await.unwrap();
    let new = NewMember {
        mailbox_id: mailbox,
        contact_index: &index,
        contact: phone,
        role: Member::Reader,
        invited_by: owner,
        invited_ms: at,
        until_ms: at + 14 * DAY,
    };
    let done = members::invite(&mut tx, &house.vault, &new).await.unwrap();
    tx.commit().await.unwrap();
    done
}

async fn confirmed(house: &House, phone: &str) -> String {
    let id = house.citizen(phone).await;
    let mut tx = house.db.write().await.unwrap();
    accounts::confirm_email(&mut tx, &id, &ids::random(), NOON).await.unwrap();
    tx.commit().await.unwrap();
    id
}

async fn a_contact_is_invited_once_and_one_member_comes_of_it(house: &House) {
    let owner = confirmed(house, "+79161111111").await;
    let (boris, vera) = (confirmed(house, "+79162222222").await, confirmed(house, "+79163333333").await);
    let id = mailbox(house, &owner).await;
    let sent = join(10, |_| invited(house, &id, &owner, "+79162222222", NOON)).await;
    assert_eq!(sent.into_iter().filter(|s| *s).count(), 1);
    let listed = async |at: i64| {
        let mut tx = house.db.read().await.unwrap();
        members::list(&mut tx, &house.vault, &id, at).await.unwrap()
    };
    assert_eq!(listed(NOON).await[0].contact, "+79162222222");
    assert!(listed(NOON + 15 * DAY).await.is_empty(), "an invitation runs out");
    assert!(invited(house, &id, &owner, "+79162222222", NOON + 15 * DAY).await, "and makes room for a new one");
    let later = NOON + 15 * DAY;
    let invitation = listed(later).await.remove(0).id;
    let accept = async |account: &str, at: i64| {
        let mut tx = house.db.write().await.unwrap();
        let done = members::accept(&mut tx, &invitation, account, at).await.unwrap();
        tx.commit().await.unwrap();
        done
    };
    assert!(!accept(&vera, later).await, "it is not hers");
    assert!(!accept(&boris, later + 15 * DAY).await, "too late");
    let took = join(5, |_| accept(&boris, later)).await;
    assert_eq!(took.into_iter().filter(|t| *t).count(), 1);
    let mut tx = house.db.read().await.unwrap();
    assert_eq!(members::find_for(&mut tx, &id, &boris).await.unwrap().map(|(_, role)| role), Some(Member::Reader));
    assert_eq!(members::find_for(&mut tx, &id, &owner).await.unwrap().map(|(_, role)| role), Some(Member::Owner));
    assert!(members::find_for(&mut tx, &id, &vera).await.unwrap().is_none());
    drop(tx);
    let stored = house.everything_stored().await;
    assert!(!stored.contains("79162222222"), "a contact is sealed");
}

/// An invitation that is on its way when the mailbox is taken back ends with it.
async fn whoever_invites_and_whoever_takes_back_wait_for_each_other(house: &House) {
    let (owner, boris) = (confirmed(house, "+79161111111").await, confirmed(house, "+79162222222").await);
    let id = mailbox(house, &owner).await;
    invited(house, &id, &owner, "+79162222222", NOON).await;
    let mut tx = house.db.write().await.unwrap();
    let invitation = members::invitations(&mut tx, &boris, NOON).await.unwrap().remove(0);
    assert!(members::accept(&mut tx, &invitation.id, &boris, NOON).await.unwrap());
    members::hand_over(&mut tx, &house.vault, &id, &owner, &invitation.id, NOON + 1).await.unwrap().unwrap();
    tx.commit().await.unwrap();
    let mut tx = house.db.write().await.unwrap();
    assert!(!mailboxes::hold(&mut tx, &id, &owner).await.unwrap(), "it is another's by now");
    assert!(mailboxes::hold(&mut tx, &id, &boris).await.unwrap());
    let invite = async {
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
        let index = house.vault.blind_index(Purpose::Phone, "+79163333333");
        let new = NewMember {
            mailbox_id: &id,
            contact_index: &index,
            contact: "+79163333333",
            role: Member::Reader,
            invited_by: &boris,
            invited_ms: NOON + 2,
            until_ms: NOON + DAY,
        };
        assert!(members::invite(&mut tx, &house.vault, &new).await.unwrap());
        tx.commit().await.unwrap();
    };
    let take_back = async {
        let mut tx = house.db.write().await.unwrap();
        members::take_back(&mut tx, &house.vault, &id, (&boris, &owner), NOON + 1, NOON + 3).await.unwrap().unwrap();
        tx.commit().await.unwrap();
    };
    futures::future::join(invite, take_back).await;
    let mut tx = house.db.read().await.unwrap();
    assert!(members::list(&mut tx, &house.vault, &id, NOON + 3).await.unwrap().is_empty());
}

async fn who_was_invited_stays_when_the_former_owner_is_erased(house: &House) {
    let owner = confirmed(house, "+79161111111").await;
    let id = mailbox(house, &owner).await;
    let mut accounts = Vec::new();
    for phone in ["+79162222222", "+79163333333"] {
        let account = confirmed(house, phone).await;
        invited(house, &id, &owner, phone, NOON).await;
        let mut tx = house.db.write().await.unwrap();
        let invitation = members::invitations(&mut tx, &account, NOON).await.unwrap().remove(0);
        assert!(members::accept(&mut tx, &invitation.id, &account, NOON).await.unwrap());
        tx.commit().await.unwrap();
        accounts.push((account, invitation.id));
    }
    let (boris, vera) = (&accounts[0], &accounts[1]);
    let mut tx = house.db.write().await.unwrap();
    let to = members::hand_over(&mut tx, &house.vault, &id, &owner, &boris.1, NOON).await.unwrap();
    assert_eq!(to.as_ref(), Some(&boris.0));
    erasure::person(&mut tx, &house.vault, &owner, NOON).await.unwrap();
    tx.commit().await.unwrap();
    let mut tx = house.db.read().await.unwrap();
    assert!(
        members::find_for(&mut tx, &id, &vera.0).await.unwrap().is_some(),
        "she was invited by nobody who is there"
    );
    let sent = members::invited_by(&mut tx, &house.vault, &boris.0).await.unwrap();
    assert_eq!(sent.iter().map(|(_, m, _)| m.contact.as_str()).collect::<Vec<_>>(), ["+79163333333"]);
    assert_eq!(members::memberships(&mut tx, &vera.0).await.unwrap().len(), 1);
    let listed = members::list(&mut tx, &house.vault, &id, NOON).await.unwrap();
    assert_eq!(listed.iter().map(|m| m.contact.as_str()).collect::<Vec<_>>(), ["+79163333333"]);
}

async fn contacts_of_invited_people_do_not_stay(house: &House) {
    let owner = confirmed(house, "+79161111111").await;
    let boris = confirmed(house, "+79162222222").await;
    let id = mailbox(house, &owner).await;
    for phone in ["+79162222222", "+79164444444"] {
        assert!(invited(house, &id, &owner, phone, NOON).await);
    }
    let mut tx = house.db.write().await.unwrap();
    // Boris never answered, and is erased: what somebody wrote down of him goes too.
    erasure::person(&mut tx, &house.vault, &boris, NOON).await.unwrap();
    let left = members::list(&mut tx, &house.vault, &id, NOON).await.unwrap();
    assert_eq!(left.iter().map(|m| m.contact.as_str()).collect::<Vec<_>>(), ["+79164444444"]);
    assert_eq!(members::purge(&mut tx, NOON + 14 * DAY - 1).await.unwrap(), 0);
    assert_eq!(members::purge(&mut tx, NOON + 14 * DAY).await.unwrap(), 1);
}

async fn of_two_who_are_handed_a_mailbox_one_gets_it(house: &House) {
    let owner = confirmed(house, "+79161111111").await;
    let id = mailbox(house, &owner).await;
    let mut tokens = Vec::new();
    for phone in ["+79162222222", "+79163333333"] {
        let account = confirmed(house, phone).await;
        invited(house, &id, &owner, phone, NOON).await;
        let mut tx = house.db.write().await.unwrap();
        let invitation = members::invitations(&mut tx, &account, NOON).await.unwrap().remove(0);
        assert!(members::accept(&mut tx, &invitation.id, &account, NOON).await.unwrap());
        tx.commit().await.unwrap();
        tokens.push((account, invitation.id));
    }
    let given = join(2, |n| {
        let (id, owner, token) = (&id, &owner, &tokens[n].1);
        async move {
            let mut tx = house.db.write().await.unwrap();
            let to = members::hand_over(&mut tx, &house.vault, id, owner, token, NOON).await.unwrap();
            tx.commit().await.unwrap();
            to
        }
    });
    let given: Vec<_> = given.await.into_iter().flatten().collect();
    assert_eq!(given.len(), 1);
    let mut tx = house.db.read().await.unwrap();
    assert_eq!(mailboxes::list_owned(&mut tx, &given[0]).await.unwrap().len(), 1);
    assert!(members::find_for(&mut tx, &id, &owner).await.unwrap().is_none(), "and whoever was owner is none");
}

async fn a_mailbox_is_taken_back_from_whom_it_went_to(house: &House) {
    let owner = confirmed(house, "+79161111111").await;
    let (boris, vera) = (confirmed(house, "+79162222222").await, confirmed(house, "+79163333333").await);
    let id = mailbox(house, &owner).await;
    for phone in ["+79162222222", "+79163333333"] {
        assert!(invited(house, &id, &owner, phone, NOON).await);
    }
    let mut tx = house.db.write().await.unwrap();
    for account in [&boris, &vera] {
        let invitation = members::invitations(&mut tx, account, NOON).await.unwrap().remove(0).id;
        assert!(members::accept(&mut tx, &invitation, account, NOON).await.unwrap());
    }
    let all = members::list(&mut tx, &house.vault, &id, NOON).await.unwrap();
    let his = all.iter().find(|m| m.account_id.as_ref() == Some(&boris)).unwrap().id.clone();
    let given = NOON + DAY;
    assert_eq!(
        members::hand_over(&mut tx, &house.vault, &id, &owner, &his, given).await.unwrap().as_ref(),
        Some(&boris)
    );
    tx.commit().await.unwrap();
    assert!(invited(house, &id, &boris, "+79164444444", given + 1).await);
    let back = async |from: &str| {
        let mut tx = house.db.write().await.unwrap();
        let pair = (from, owner.as_str());
        let number = members::take_back(&mut tx, &house.vault, &id, pair, given, given + 2).await.unwrap();
        tx.commit().await.unwrap();
        number.is_some()
    };
    assert!(!back(&vera).await, "it did not go to her");
    assert!(back(&boris).await && !back(&boris).await, "once");
    let mut tx = house.db.read().await.unwrap();
    assert!(members::find_for(&mut tx, &id, &boris).await.unwrap().is_none());
    let left = members::list(&mut tx, &house.vault, &id, given + 3).await.unwrap();
    let contacts: Vec<&str> = left.iter().map(|m| m.contact.as_str()).collect();
    assert_eq!(contacts, ["+79163333333"], "who was there before stays, and can be read under the owner's key");
}

async fn whoever_has_a_part_in_a_mailbox_is_not_erased_as_nobodys(house: &House) {
    let owner = confirmed(house, "+79161111111").await;
    let (boris, vera) = (confirmed(house, "+79162222222").await, confirmed(house, "+79163333333").await);
    let kira = house.citizen("+79164444444").await;
    let id = mailbox(house, &owner).await;
    let mut parts = Vec::new();
    for (account, phone) in [(&boris, "+79162222222"), (&vera, "+79163333333")] {
        assert!(invited(house, &id, &owner, phone, NOON).await);
        let mut tx = house.db.write().await.unwrap();
        let part = members::invitations(&mut tx, account, NOON).await.unwrap().remove(0).id;
        assert!(members::accept(&mut tx, &part, account, NOON).await.unwrap());
        // A reset at a counter takes a proved e-mail off.
        accounts::change_email(&mut tx, account, None, None).await.unwrap();
        tx.commit().await.unwrap();
        parts.push(part);
    }
    let unconfirmed = async || {
        let mut tx = house.db.write().await.unwrap();
        let mut found = erasure::unconfirmed(&mut tx, NOON + 300 * DAY, 10).await.unwrap();
        tx.commit().await.unwrap();
        found.sort();
        found
    };
    assert_eq!(unconfirmed().await, [kira.as_str()], "who has no part in anything");
    let mut tx = house.db.write().await.unwrap();
    members::end(&mut tx, &id, &parts[0], NOON).await.unwrap().unwrap();
    members::hand_over(&mut tx, &house.vault, &id, &owner, &parts[1], NOON).await.unwrap().unwrap();
    tx.commit().await.unwrap();
    let mut left = [boris, kira];
    left.sort();
    assert_eq!(unconfirmed().await, left, "he is out, and it is hers");
}
