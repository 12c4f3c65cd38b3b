//! A corporate mailbox and the people who use it (MBX-5).

use crate::house::{Citizen, DAY, House, code};
use crate::routes::Door;
use app::desks::MailboxesDesk;
use domain::applications::Status;
use domain::mailboxes::{INVITATION_DAYS, Role};
use domain::{Code, Field, Values};

const OWNER: &str = "+79137654321";
pub const COLLEAGUE: &str = "+79137654322";

pub const ORGANISATION: &[(Field, &str)] = &[
    (Field::ApplicantKind, "organisation"),
    (Field::OrganisationName, "ООО «Ромашка»"),
    (Field::OrganisationInn, "7707083893"),
    (Field::OrganisationKpp, "770701001"),
    (Field::OrganisationOgrn, "1027700132195"),
    (Field::MailboxKind, "corporate"),
    (Field::OfficeIndex, "630099"),
];

pub fn invited(contact: &str, role: &str) -> Values {
    [(Field::MemberContact, contact.to_owned()), (Field::MemberRole, role.to_owned())].into_iter().collect()
}

/// The corporate mailbox of an approved organisation.
pub async fn corporate(house: &House, owner: &Citizen<'_>) -> String {
    let id = owner.apply(ORGANISATION).await;
    house.work().await;
    assert_eq!(owner.status(&id).await, Status::Approved);
    let mine = owner.visit().await.mailboxes().await.unwrap().mailboxes;
    assert_eq!((mine.len(), mine[0].role), (1, Role::Owner));
    mine[0].id.clone()
}

#[tokio::test]
async fn invited_accepted_handed_over_and_gone() {
    let house = House::open().await;
    let (owner, colleague, stranger) =
        (house.citizen(OWNER).await, house.citizen(COLLEAGUE).await, house.citizen("+79137654323").await);
    let id = corporate(&house, &owner).await;
    // Whoever is not in it, or only invited, is told it is not there.
    assert_eq!(code(stranger.visit().await.mailbox(id.clone()).await), Some(Code::MailboxNotFound));
    assert_eq!(
        code(stranger.visit().await.invite(id.clone(), invited(COLLEAGUE, "reader")).await),
        Some(Code::MailboxNotFound)
    );
    let odd = owner.visit().await.invite(id.clone(), invited(COLLEAGUE, "owner")).await.err().unwrap();
    assert_eq!((odd.code, odd.fields.0[0].field), (Code::UnknownChoice, Field::MemberRole));
    let own = owner.visit().await.invite(id.clone(), invited("8 913 765-43-21", "reader")).await;
    assert_eq!(code(own), Some(Code::MemberExists));
    owner.visit().await.invite(id.clone(), invited("8 (913) 765-43-22", "reader")).await.unwrap();
    let twice = owner.visit().await.invite(id.clone(), invited(COLLEAGUE, "sender")).await;
    assert_eq!(code(twice), Some(Code::MemberExists));
    house.work().await;
    assert_eq!(house.told("mailbox_invitation").await, 1, "one contact, one message");
    assert_eq!(code(colleague.visit().await.mailbox(id.clone()).await), Some(Code::MailboxNotFound));

    let invitation = colleague.visit().await.mailboxes().await.unwrap().invitations.remove(0);
    assert_eq!(invitation.role, Role::Reader);
    let stolen = stranger.visit().await.answer_invitation(invitation.id.clone(), true).await;
    assert_eq!(code(stolen), Some(Code::InvitationGone));
    let waiting = owner.visit().await.mailbox(id.clone()).await.unwrap().members.remove(0);
    let early = owner.visit().await.hand_over(id.clone(), waiting.id.clone()).await;
    assert_eq!(code(early), Some(Code::OwnerStays), "who has not accepted cannot own it");
    colleague.visit().await.answer_invitation(invitation.id.clone(), true).await.unwrap();
    let again = colleague.visit().await.answer_invitation(invitation.id, true).await;
    assert_eq!(code(again), Some(Code::InvitationGone));
    let seen = colleague.visit().await.mailbox(id.clone()).await.unwrap();
    assert_eq!((seen.row.role, seen.members.len()), (Role::Reader, 0), "a member sees the box, not the others");
    assert_eq!(
        code(colleague.visit().await.remove_member(id.clone(), waiting.id.clone()).await),
        Some(Code::MailboxNotFound)
    );

    owner.visit().await.hand_over(id.clone(), waiting.id).await.unwrap();
    assert_eq!(house.told("alarm").await, 2, "by SMS and by letter");
    let now = colleague.visit().await.mailbox(id.clone()).await.unwrap();
    assert_eq!((now.row.role, now.members.len(), now.members[0].role), (Role::Owner, 1, Role::Sender));
    assert_eq!(owner.visit().await.mailbox(id.clone()).await.unwrap().row.role, Role::Sender);
    assert_eq!(code(colleague.visit().await.leave_mailbox(id.clone()).await), Some(Code::OwnerStays));
    colleague.visit().await.remove_member(id.clone(), now.members[0].id.clone()).await.unwrap();
    assert_eq!(code(owner.visit().await.mailbox(id.clone()).await), Some(Code::MailboxNotFound));
    let acts: Vec<_> = owner.journal().await.into_iter().map(|r| r.act).collect();
    for act in ["mailbox_invited", "mailbox_joined", "mailbox_handed_over", "mailbox_removed"] {
        assert!(acts.iter().any(|a| a == act), "{act}");
    }
}

#[tokio::test]
async fn an_invitation_ends_by_itself_and_one_declined_makes_room() {
    let house = House::open().await;
    let (owner, colleague) = (house.citizen(OWNER).await, house.citizen(COLLEAGUE).await);
    let id = corporate(&house, &owner).await;
    owner.visit().await.invite(id.clone(), invited(COLLEAGUE, "sender")).await.unwrap();
    let invitation = colleague.visit().await.mailboxes().await.unwrap().invitations.remove(0);
    colleague.visit().await.answer_invitation(invitation.id, false).await.unwrap();
    owner.visit().await.invite(id.clone(), invited(COLLEAGUE, "reader")).await.unwrap();
    house.at((INVITATION_DAYS + 1) * DAY).await;
    assert!(colleague.visit().await.mailboxes().await.unwrap().invitations.is_empty());
    assert!(owner.visit().await.mailbox(id.clone()).await.unwrap().members.is_empty());
    owner.prove().await;
    owner.visit().await.invite(id.clone(), invited(COLLEAGUE, "reader")).await.unwrap();
    let invitation = colleague.visit().await.mailboxes().await.unwrap().invitations.remove(0);
    colleague.visit().await.answer_invitation(invitation.id, true).await.unwrap();
    colleague.visit().await.leave_mailbox(id.clone()).await.unwrap();
    assert_eq!(code(colleague.visit().await.mailbox(id).await), Some(Code::MailboxNotFound));
}

#[tokio::test]
async fn a_citizens_own_mailbox_has_no_members() {
    let house = House::open().await;
    let owner = house.citizen(OWNER).await;
    let id = owner.apply(&[]).await;
    house.work().await;
    assert_eq!(owner.status(&id).await, Status::Approved);
    let mine = owner.visit().await.mailboxes().await.unwrap().mailboxes.remove(0);
    let refused = owner.visit().await.invite(mine.id, invited(COLLEAGUE, "reader")).await;
    assert_eq!(code(refused), Some(Code::MailboxNotFound));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_refused_on_a_page_of_mailboxes_is_said_there() {
    let house = House::open().await;
    let owner = house.citizen(OWNER).await;
    let id = corporate(&house, &owner).await;
    owner.visit().await;
    let door = Door::open(&house).await;
    let gone = door.post("/cabinet/mailboxes?act=accept&invitation=absent", &owner.cookie(), "").await;
    assert_eq!(gone.status, 404);
    assert!(gone.body.contains("OTD-3503"), "a page of buttons says what became of a press");
    let typed = "member_contact=rubbish&member_role=sender";
    let refused = door.post(&format!("/cabinet/mailboxes/{id}"), &owner.cookie(), typed).await;
    assert_eq!(refused.status, 422);
    assert_eq!(refused.body.matches("id=\"error-summary\"").count(), 1);
    for kept in ["member_contact-error", "value=\"rubbish\""] {
        assert!(refused.body.contains(kept), "{kept}");
    }
}

#[tokio::test]
async fn inviting_and_handing_over_are_proved_told_and_limited() {
    let house = House::open().await;
    let owner = house.citizen(OWNER).await;
    let id = corporate(&house, &owner).await;
    for _ in 0..5 {
        owner.visit().await.invite(id.clone(), invited(COLLEAGUE, "reader")).await.unwrap();
        let member = owner.visit().await.mailbox(id.clone()).await.unwrap().members.remove(0);
        owner.visit().await.remove_member(id.clone(), member.id).await.unwrap();
    }
    let again = owner.visit().await.invite(id.clone(), invited(COLLEAGUE, "reader")).await;
    assert_eq!(code(again), Some(Code::TooManyRequests), "nobody's phone rings all day");
    let late = |code| assert_eq!(code, Some(Code::ProofNeeded), "a session left open");
    house.at(DAY).await;
    late(code(owner.visit().await.invite(id.clone(), invited(COLLEAGUE, "reader")).await));
    late(code(owner.visit().await.hand_over(id.clone(), "somebody".to_owned()).await));
    owner.prove().await;
    owner.visit().await.invite(id, invited(COLLEAGUE, "reader")).await.unwrap();
}
