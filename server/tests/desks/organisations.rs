//! Kinds of applicants: whose section it is, whose numbers they are (REG-10, C3), and a clerk who is a citizen too.

use crate::house::{House, answers, code};
use crate::mailboxes::ORGANISATION;
use crate::staff_entry::Clerk;
use app::desks::ApplicationsDesk;
use app::staff::desk::{FilesDesk, HouseDesk};
use app::staff::view::QueueFilter;
use domain::applications::{Review, Status, Step, check};
use domain::staff::{Act, Role};
use domain::{Code, Field, Values};
use time::{Date, Month};

fn today() -> Date {
    Date::from_calendar_date(2026, Month::November, 22).unwrap()
}

fn organisation(changes: &[(Field, &str)]) -> Values {
    let mut values = answers();
    for (field, value) in ORGANISATION.iter().chain(changes) {
        values.set(*field, *value);
    }
    values
}

#[test]
fn the_numbers_of_an_organisation_are_checked_against_each_other() {
    let said = |changes: &[(Field, &str)], field| check(&organisation(changes), today()).of(field).map(|e| e.code);
    assert_eq!(said(&[], Field::OrganisationOgrn), None);
    // A sole trader is no organisation: neither by the 12 digits of one number nor by the 15 of the other.
    let trader = [(Field::OrganisationOgrn, "306042992714672")];
    assert_eq!(said(&trader, Field::OrganisationOgrn), Some(Code::OgrnOfSoleTrader));
    let person = [(Field::OrganisationInn, "500100732259")];
    assert_eq!(said(&person, Field::OrganisationInn), Some(Code::InnOrganisationNeeds10));
    // Another region is lawful, and worth a look.
    assert_eq!(said(&[(Field::OrganisationKpp, "540701001")], Field::OrganisationKpp), Some(Code::KppRegionDiffers));
    assert_eq!(said(&[(Field::OrganisationInn, "7830002293")], Field::OrganisationOgrn), Some(Code::OgrnRegionDiffers));
    assert!(Code::OgrnRegionDiffers.is_warning() && Code::KppRegionDiffers.is_warning());
    // The citizen's ИНН stays optional; an organisation's is not.
    assert_eq!(said(&[(Field::OrganisationInn, "")], Field::OrganisationInn), Some(Code::Empty));
    assert_eq!(check(&answers(), today()).of(Field::Inn), None);
}

#[tokio::test]
async fn the_wrong_section_is_refused_and_everything_typed_stays() {
    let house = House::open().await;
    let citizen = house.citizen("+79137654321").await;
    let to = citizen.visit().await.create(None).await.unwrap().to;
    let id = to.split('/').nth(2).unwrap().to_owned();
    let mut values = answers();
    values.set(Field::MailboxKind, "corporate");
    for step in [Step::Applicant, Step::Passport, Step::Contacts] {
        citizen.visit().await.save_step(id.clone(), step, values.only(step.all_fields())).await.unwrap();
    }
    let step = Step::Mailbox;
    let refused = citizen.visit().await.save_step(id.clone(), step, values.only(step.all_fields())).await;
    assert_eq!(code(refused), Some(Code::MailboxForOrganisationsOnly));
    // The other way round: an organisation in the section for citizens.
    let mut values = organisation(&[]);
    values.set(Field::MailboxKind, "electronic");
    let step = Step::Applicant;
    citizen.visit().await.save_step(id.clone(), step, values.only(step.all_fields())).await.unwrap();
    let step = Step::Mailbox;
    let refused = citizen.visit().await.save_step(id.clone(), step, values.only(step.all_fields())).await;
    assert_eq!(code(refused), Some(Code::WrongApplicantKind));
    let kept = citizen.visit().await.edit(id).await.unwrap().values;
    assert_eq!((kept.get(Field::LastName), kept.get(Field::MailboxKind)), ("Кузьмина", "electronic"));
}

#[tokio::test]
async fn an_electronic_mailbox_asks_for_no_office_whatever_was_typed_before() {
    let house = House::open().await;
    let citizen = house.citizen("+79137654321").await;
    // Typed while another kind was chosen, and no office at all.
    let id = citizen.apply(&[(Field::OfficeIndex, "999999")]).await;
    house.work().await;
    let card = citizen.visit().await.card(id).await.unwrap();
    assert_eq!((card.status, card.office), (Status::Approved, None));
    let mut values = answers();
    assert!(!Step::Mailbox.fields(&values).contains(&Field::OfficeIndex));
    values.set(Field::MailboxKind, "ordinary");
    assert!(Step::Mailbox.fields(&values).contains(&Field::OfficeIndex));
}

#[tokio::test]
async fn a_clerk_neither_takes_nor_decides_their_own_application() {
    let house = House::with(Review::Always).await;
    let citizen = house.citizen("+79137654321").await;
    let id = citizen.apply(&[]).await;
    house.work().await;
    let anna = Clerk::here(&house, "anna", Role::Reviewer, "everywhere").await;
    let boris = Clerk::here(&house, "boris", Role::Reviewer, "everywhere").await;
    let admin = Clerk::here(&house, "admin", Role::Administrator, "everywhere").await;
    let file = anna.visit().await.take(id.clone()).await.unwrap();
    let people = admin.visit().await.people().await.unwrap();
    let of = |login: &str| people.iter().find(|p| p.login == login).unwrap().id.clone();
    assert!(people.iter().all(|p| !p.identified));
    let mine = admin.visit().await.identify(of("admin"), "112-233-445 95".into(), String::new()).await;
    assert_eq!(code(mine), Some(Code::SecondPersonNeeded));
    assert_eq!(code(anna.visit().await.identify(of("anna"), String::new(), "x".into()).await), Some(Code::NoPower));
    admin.visit().await.identify(of("anna"), "112-233-445 95".into(), String::new()).await.unwrap();
    // Held already: it cannot be decided any more.
    let decided = anna.visit().await.act(id.clone(), file.version, Act::Approve).await;
    assert_eq!(code(decided), Some(Code::OwnApplication));
    anna.visit().await.release(id.clone()).await.unwrap();
    assert_eq!(code(anna.visit().await.take(id.clone()).await), Some(Code::OwnApplication));
    assert!(anna.visit().await.take_next(QueueFilter::default(), Vec::new()).await.unwrap().is_none(), "passed over");
    assert_eq!(code(boris.visit().await.reassign(id.clone(), "anna".into()).await), Some(Code::OwnApplication));
    // By the account's phone too, whatever the application says.
    admin.visit().await.identify(of("boris"), String::new(), "8 913 765-43-21".into()).await.unwrap();
    assert_eq!(code(boris.visit().await.take(id.clone()).await), Some(Code::OwnApplication));
    let vera = Clerk::here(&house, "vera", Role::Reviewer, "everywhere").await;
    assert!(vera.visit().await.take(id).await.is_ok());
}

#[tokio::test]
async fn a_clerk_handles_no_application_they_filed_for_an_organisation() {
    let house = House::with(Review::Always).await;
    // Filed from colleagues' accounts, in the clerk's name.
    let (vera, galina) = (house.citizen("+79137654322").await, house.citizen("+79137654323").await);
    let other = [ORGANISATION, &[(Field::OrganisationInn, "7736050003"), (Field::OrganisationOgrn, "1027700070518")]];
    let (first, second) = (vera.apply(ORGANISATION).await, galina.apply(&other.concat()).await);
    house.work().await;
    let anna = Clerk::here(&house, "anna", Role::Reviewer, "everywhere").await;
    let boris = Clerk::here(&house, "boris", Role::Reviewer, "everywhere").await;
    let admin = Clerk::here(&house, "admin", Role::Administrator, "everywhere").await;
    let people = admin.visit().await.people().await.unwrap();
    let of = |login: &str| people.iter().find(|p| p.login == login).unwrap().id.clone();
    assert!(boris.visit().await.take(first.clone()).await.is_ok());
    boris.visit().await.release(first.clone()).await.unwrap();
    admin.visit().await.identify(of("anna"), "112-233-445 95".into(), String::new()).await.unwrap();
    admin.visit().await.identify(of("boris"), String::new(), "8 913 765-43-21".into()).await.unwrap();
    for clerk in [&anna, &boris] {
        assert_eq!(code(clerk.visit().await.take(first.clone()).await), Some(Code::OwnApplication));
        assert_eq!(code(clerk.visit().await.take(second.clone()).await), Some(Code::OwnApplication));
    }
    // Who stands for two organisations is no duplicate.
    let denis = Clerk::here(&house, "denis", Role::Reviewer, "everywhere").await;
    assert!(denis.visit().await.take(second).await.unwrap().duplicates.is_empty());
}

#[tokio::test]
async fn an_organisation_is_registered_once_whoever_stands_for_it() {
    let house = House::open().await;
    let (anna, boris) = (house.citizen("+79137654321").await, house.citizen("+79137654322").await);
    let first = anna.apply(ORGANISATION).await;
    house.work().await;
    assert_eq!(anna.status(&first).await, Status::Approved);
    // The registry knows this number with another ОГРН, and we know it as registered: no correction mends that.
    let other =
        [ORGANISATION, &[(Field::Snils, "001-001-998 00"), (Field::OrganisationOgrn, "1037739010891")]].concat();
    let second = boris.apply(&other).await;
    house.work().await;
    let card = boris.visit().await.card(second).await.unwrap();
    assert_eq!((card.status, card.reasons[0].code), (Status::Rejected, Code::DuplicateRegistration));
}
