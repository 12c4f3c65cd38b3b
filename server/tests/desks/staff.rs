//! What the house leaves to people, and what they do with it.

use crate::documents::photo;
use crate::house::{DAY, HOUR, House, NOON, answers, code};
use crate::staff_entry::Clerk;
use app::desks::ApplicationsDesk;
use app::staff::desk::{FilesDesk, HouseDesk};
use app::staff::view::{Held, QueueFilter, SearchedBy};
use domain::applications::{Finding, Reason, Registry, Review, Stage, Status, Step};
use domain::documents::Kind;
use domain::journal::Look;
use domain::staff::{Act, Ask, Document, Purpose, Refusal, Role};
use domain::{Code, Field};
use server::desks::Incoming;

/// The stand-in's register has no such passport.
const UNKNOWN: &[(Field, &str)] = &[(Field::PassportSeries, "4510"), (Field::PassportNumber, "900105")];

fn ask(fields: &[Field], documents: &[Document]) -> Act {
    Act::Ask(Ask {
        reason: Code::DataUnclear,
        fields: fields.to_vec(),
        documents: documents.to_vec(),
        text: "Сверьте номер с карточкой.".into(),
        days: 5,
    })
}

fn refuse(code: Code) -> Act {
    Act::Refuse(Refusal {
        reasons: vec![Reason::new(code, &[])], text: "Паспорт по реестру заменён.".into()
    })
}

#[tokio::test]
async fn a_missing_record_is_for_a_clerk_to_look_at() {
    let house = House::open().await;
    let citizen = house.citizen("+79137654321").await;
    let id = citizen.apply(UNKNOWN).await;
    house.work().await;
    assert_eq!(citizen.status(&id).await, Status::InReview, "neither approved nor refused by a machine");
    let clerk = Clerk::here(&house, "clerk", Role::Reviewer, "everywhere").await;
    let queue = clerk.visit().await.queue(QueueFilter::default()).await.unwrap();
    assert_eq!(queue.rows.len(), 1);
    assert!(queue.rows[0].place.contains("Новосибирск"), "{}", queue.rows[0].place);
    let file = clerk.visit().await.take_next(QueueFilter::default(), Vec::new()).await.unwrap().unwrap();
    assert_eq!((file.id.as_str(), file.stage), (id.as_str(), Stage::DocumentCheck));
    let passport = file.checks.iter().find(|c| c.registry == Registry::Passport).unwrap();
    assert!(matches!(passport.finding, Some(Finding::Unknown { .. })));
    assert_eq!(file.values.get(Field::LastName), "Кузьмина");
    let card = citizen.visit().await.card(id.clone()).await.unwrap();
    assert_eq!(card.taken_at.map(|t| t.0), Some(NOON), "the citizen sees it");

    let done = clerk.visit().await.act(id.clone(), file.version, Act::Approve).await.unwrap();
    assert_eq!(done.status, Status::Approved);
    let card = citizen.visit().await.card(id.clone()).await.unwrap();
    assert!(card.registration_number.is_some() && card.taken_at.is_none());
    let stages: Vec<_> = card.history.iter().map(|h| h.stage).collect();
    assert_eq!(stages, [Stage::Intake, Stage::DocumentCheck, Stage::Agreement, Stage::Issue]);
    house.work().await;
    assert_eq!(house.told("approved").await, 2);
    assert!(clerk.visit().await.queue(QueueFilter::default()).await.unwrap().rows.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_comes_back_to_the_clerk_who_asked() {
    let house = House::with(Review::Always).await;
    let citizen = house.citizen("+79137654321").await;
    let id = citizen.apply(&[]).await;
    house.work().await;
    let anna = Clerk::here(&house, "anna", Role::Reviewer, "region:54").await;
    let boris = Clerk::here(&house, "boris", Role::Reviewer, "everywhere").await;
    let far = Clerk::here(&house, "far", Role::Reviewer, "region:77").await;
    assert!(far.visit().await.queue(QueueFilter::default()).await.unwrap().rows.is_empty());
    assert_eq!(code(far.visit().await.take(id.clone()).await), Some(Code::ApplicationNotFound));

    let file = anna.visit().await.take(id.clone()).await.unwrap();
    assert_eq!(file.stage, Stage::Agreement, "all agree: what is left is a person's agreement");
    let act = ask(&[Field::Snils], &[Document::Snils]);
    let preview = anna.visit().await.preview(id.clone(), act.clone()).await.unwrap();
    assert!(preview.letter.contains("Сотрудник пишет: Сверьте номер с карточкой.") && preview.sms.contains("СНИЛС"));
    assert_eq!(house.told("needs_clarification").await, 0, "a preview sends nothing");
    anna.visit().await.act(id.clone(), file.version, act).await.unwrap();
    let card = citizen.visit().await.card(id.clone()).await.unwrap();
    let message = card.message.unwrap();
    assert_eq!(
        (message.text.as_str(), message.documents.as_slice()),
        ("Сверьте номер с карточкой.", &[Document::Snils][..])
    );
    assert_eq!(card.until.map(|t| t.0), Some(NOON + 5 * DAY));
    assert_eq!(house.told("needs_clarification").await, 2);

    // Corrected; only what was asked about could be.
    let mut corrected = answers();
    corrected.set(Field::Snils, "001-001-998 00");
    citizen
        .visit()
        .await
        .save_step(id.clone(), Step::Passport, corrected.only(Step::Passport.all_fields()))
        .await
        .unwrap();
    let card = Incoming { kind: Kind::Snils, ..photo(1) };
    citizen.visit().await.take_document(&id, card, false).await.unwrap();
    citizen.submit(&id).await;
    house.work().await;
    let returned = QueueFilter { held: Held::Returned, ..QueueFilter::default() };
    assert!(boris.visit().await.queue(returned.clone()).await.unwrap().rows.is_empty());
    assert!(anna.visit().await.queue(returned).await.unwrap().rows[0].returned);
    let file = anna.visit().await.take_next(QueueFilter::default(), Vec::new()).await.unwrap().unwrap();
    assert_eq!(file.id, id);
    assert_eq!(file.changed.len(), 1);
    let change = &file.changed[0];
    assert_eq!(
        (change.field, change.before.as_str(), change.now.as_str()),
        (Field::Snils, "112-233-445 95", "001-001-998 00")
    );
    anna.visit().await.act(id.clone(), file.version, refuse(Code::RegistryPassportInvalid)).await.unwrap();
    let card = citizen.visit().await.card(id).await.unwrap();
    assert_eq!((card.status, card.reasons[0].code), (Status::Rejected, Code::RegistryPassportInvalid));
    assert_eq!(card.message.unwrap().text, "Паспорт по реестру заменён.");
}

#[tokio::test]
async fn only_who_holds_a_file_acts_on_it_and_a_hold_ends_by_itself() {
    let house = House::with(Review::Always).await;
    let citizen = house.citizen("+79137654321").await;
    let id = citizen.apply(&[]).await;
    house.work().await;
    let anna = Clerk::here(&house, "anna", Role::Operator, "everywhere").await;
    let boris = Clerk::here(&house, "boris", Role::Reviewer, "everywhere").await;
    let file = anna.visit().await.take(id.clone()).await.unwrap();
    assert_eq!(code(boris.visit().await.take(id.clone()).await), Some(Code::HeldByAnother));
    assert_eq!(code(boris.visit().await.act(id.clone(), file.version, Act::Approve).await), Some(Code::HeldByAnother));
    // An operator asks, and decides nothing.
    assert_eq!(code(anna.visit().await.act(id.clone(), file.version, Act::Approve).await), Some(Code::NoPower));
    assert_eq!(code(anna.visit().await.act(id.clone(), file.version, ask(&[], &[])).await), Some(Code::NothingAsked));
    // Fifteen minutes without an act.
    house.at(HOUR / 4).await;
    assert_eq!(
        code(anna.visit().await.act(id.clone(), file.version, ask(&[Field::Snils], &[])).await),
        Some(Code::NotTaken)
    );
    let file = boris.visit().await.take(id.clone()).await.unwrap();
    boris.visit().await.reassign(id.clone(), "anna".into()).await.unwrap();
    assert_eq!(code(boris.visit().await.act(id.clone(), file.version, Act::Approve).await), Some(Code::HeldByAnother));
    assert_eq!(
        code(anna.visit().await.act(id.clone(), file.version - 1, ask(&[Field::Snils], &[])).await),
        Some(Code::IllegalMove)
    );
    anna.visit().await.act(id.clone(), file.version, ask(&[], &[Document::AddressProof])).await.unwrap();
    assert_eq!(citizen.status(&id).await, Status::AwaitingConfirmation);
    assert_eq!(house.told("awaiting_confirmation").await, 2);
}

#[tokio::test]
async fn what_one_gave_back_goes_to_others_first_and_the_next_is_not_the_last_again() {
    let house = House::with(Review::Always).await;
    let mut ids = Vec::new();
    for phone in ["+79137654321", "+79137654322", "+79137654323"] {
        ids.push(house.citizen(phone).await.apply(&[]).await);
    }
    house.work().await;
    let anna = Clerk::here(&house, "anna", Role::Reviewer, "everywhere").await;
    let next = async |except: &[&String]| {
        let except = except.iter().map(|id| (*id).clone()).collect();
        let file = anna.visit().await.take_next(QueueFilter::default(), except).await.unwrap();
        file.map(|file| file.id)
    };
    // On and on, without deciding: each one once.
    let first = next(&[]).await.unwrap();
    assert_eq!(next(&[]).await.as_ref(), Some(&first), "what one holds comes before what is free");
    let second = next(&[&first]).await.unwrap();
    let third = next(&[&first, &second]).await.unwrap();
    assert!(first != second && first != third && second != third);
    assert_eq!(next(&[&first, &second, &third]).await, None);
    for id in &ids {
        anna.visit().await.release(id.clone()).await.unwrap();
    }
    // Given back, or lapsed, is no answer to a question, and comes last to whoever let it go.
    let returned = QueueFilter { held: Held::Returned, ..QueueFilter::default() };
    assert!(anna.visit().await.queue(returned.clone()).await.unwrap().rows.is_empty());
    assert!(anna.visit().await.queue(QueueFilter::default()).await.unwrap().rows.iter().all(|row| !row.returned));
    let boris = Clerk::here(&house, "boris", Role::Reviewer, "everywhere").await;
    boris.visit().await.take(third.clone()).await.unwrap();
    boris.visit().await.release(third.clone()).await.unwrap();
    assert_eq!(next(&[]).await.as_ref(), Some(&third), "before what she gave back herself");
    house.at(HOUR).await;
    assert!(anna.visit().await.queue(returned).await.unwrap().rows.is_empty(), "lapsed");
    assert!(next(&[]).await.is_some(), "what nobody else took comes back in the end");
    // Once its term has passed a file waits for nobody else.
    house.at(40 * HOUR).await;
    house.citizen("+79137654324").await.apply(&[]).await;
    house.work().await;
    house.at(49 * HOUR).await;
    assert!(ids.contains(&next(&[&third]).await.unwrap()), "before what came later");
}

#[tokio::test]
async fn a_file_opens_for_a_purpose_that_its_citizen_reads() {
    let house = House::with(Review::Always).await;
    let citizen = house.citizen("+79137654321").await;
    let id = citizen.apply(&[]).await;
    house.work().await;
    let support = Clerk::here(&house, "support", Role::Support, "everywhere").await;
    let found = support.visit().await.search(" кузьмина".into(), None).await.unwrap();
    assert_eq!((found.by, found.rows.len()), (SearchedBy::LastName, 1));
    for query in ["112-233-445 95", "8 913 765-43-21", found.rows[0].number.as_str()] {
        assert_eq!(support.visit().await.search(query.into(), None).await.unwrap().rows[0].id, id, "{query}");
    }
    let other = house.citizen("+79137654322").await;
    let approved = other.apply(&[(Field::Snils, "087-654-303 00")]).await;
    house.work().await;
    let reviewer = Clerk::here(&house, "reviewer", Role::Reviewer, "everywhere").await;
    let file = reviewer.visit().await.take(approved.clone()).await.unwrap();
    reviewer.visit().await.act(approved.clone(), file.version, Act::Approve).await.unwrap();
    let registration = other.visit().await.card(approved.clone()).await.unwrap().registration_number.unwrap();
    let found = support.visit().await.search(registration.to_lowercase(), None).await.unwrap();
    assert_eq!((found.by, found.rows[0].id.as_str()), (SearchedBy::Number, approved.as_str()), "{registration}");
    let looks =
        async || citizen.journal().await.into_iter().filter(|r| r.act == "application_read").collect::<Vec<_>>();
    assert!(looks().await.is_empty(), "a list shows nobody's data");
    let refused = code(support.visit().await.open(id.clone(), None).await);
    assert_eq!(refused, Some(Code::PurposeMissing));
    assert!(looks().await.is_empty());
    support.visit().await.open(id.clone(), Some(Purpose::Complaint)).await.unwrap();
    let told = looks().await;
    assert_eq!(told.len(), 1);
    let look = Look { role: Role::Support, purpose: Purpose::Complaint, document: None };
    assert!(told[0].actor.starts_with("staff:"));
    assert_eq!(Look::parse(&told[0].detail), Some(look));
    assert_eq!(code(support.visit().await.take(id).await), Some(Code::NoPower));
}

#[tokio::test]
async fn rights_are_given_by_two() {
    let house = House::open().await;
    let anna = Clerk::here(&house, "anna", Role::Administrator, "everywhere").await;
    let boris = Clerk::here(&house, "boris", Role::Administrator, "everywhere").await;
    let scope = domain::staff::Scope::Everywhere;
    let added = anna.visit().await.add("Vera".into(), Role::Reviewer, scope.clone()).await.unwrap();
    assert_eq!(added.login, "vera");
    let taken = code(anna.visit().await.add("vera".into(), Role::Reviewer, scope).await);
    assert_eq!(taken, Some(Code::StaffLoginTaken));
    let people = boris.visit().await.people().await.unwrap();
    let vera = people.iter().find(|p| p.login == "vera").unwrap();
    let grant = &vera.grants[0];
    assert!(grant.confirmed_by.is_none() && grant.mine_to_confirm);
    let alone = code(anna.visit().await.confirm(grant.id.clone()).await);
    assert_eq!(alone, Some(Code::SecondPersonNeeded));
    boris.visit().await.confirm(grant.id.clone()).await.unwrap();
    // And two end it.
    let (id, reviewer) = (grant.id.clone(), vera.id.clone());
    anna.visit().await.end(id.clone()).await.unwrap();
    let people = boris.visit().await.people().await.unwrap();
    let ending = &people.iter().find(|p| p.id == reviewer).unwrap().grants[0];
    assert!(ending.ending_by.as_deref() == Some("anna") && ending.mine_to_end, "in force until the second agrees");
    let alone = code(anna.visit().await.end(id.clone()).await);
    assert_eq!(alone, Some(Code::SecondPersonNeeded));
    boris.visit().await.end(id).await.unwrap();
    let people = boris.visit().await.people().await.unwrap();
    assert!(people.iter().find(|p| p.id == reviewer).unwrap().grants.is_empty());
    let own = code(anna.visit().await.disable("anna".into(), true).await);
    assert_eq!(own, Some(Code::SecondPersonNeeded), "nobody locks themselves out");
    anna.visit().await.disable("boris".into(), true).await.unwrap();
    assert_eq!(code(boris.visit().await.people().await), Some(Code::NoSession), "out at once");
}
