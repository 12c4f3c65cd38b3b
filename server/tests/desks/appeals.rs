//! A refusal, an appeal, another clerk: the whole way (RSB-3), and who may not walk it.

use crate::documents::photo;
use crate::house::{Citizen, DAY, HOUR, House, answers, code};
use crate::staff_entry::Clerk;
use app::desks::{AppealsDesk, ApplicationsDesk, ContentDesk, DocumentsDesk};
use app::staff::desk::FilesDesk;
use app::staff::view::QueueFilter;
use app::text::Lang;
use app::text::documents::kind;
use app::text::staff::purpose;
use domain::appeals::{Decision, FILING_DAYS, Stage, Verdict};
use domain::applications::{Reason, Review, Stage as Step, Status};
use domain::documents::Kind;
use domain::journal::Look;
use domain::staff::{Act, Ask, Document, Purpose, Refusal, Role};
use domain::{Code, Field, Values};
use server::desks::Incoming;

pub const GROUNDS: &str = "Паспорт действует, его не меняли: прилагаю снимок страницы.";
const BECAUSE: &str = "Паспорт проверен заново, запись в реестре устарела.";

pub fn grounds(text: &str) -> Values {
    [(Field::Grounds, text.to_owned())].into_iter().collect()
}

pub fn decision(verdict: Verdict) -> Decision {
    Decision { verdict, text: BECAUSE.into() }
}

pub fn refuse() -> Act {
    Act::Refuse(Refusal {
        reasons: vec![Reason::new(Code::RegistryPassportInvalid, &[Field::PassportNumber])],
        text: "Паспорт по реестру заменён.".into(),
    })
}

fn appeals() -> QueueFilter {
    QueueFilter { appeals: true, ..QueueFilter::default() }
}

/// An application that this clerk has refused.
pub async fn refused(house: &House, citizen: &Citizen<'_>, clerk: &Clerk<'_>) -> String {
    let id = citizen.apply(&[]).await;
    house.work().await;
    let file = clerk.visit().await.take(id.clone()).await.unwrap();
    clerk.visit().await.act(id.clone(), file.version, refuse()).await.unwrap();
    assert_eq!(citizen.status(&id).await, Status::Rejected);
    id
}

#[tokio::test(flavor = "multi_thread")]
async fn refused_appealed_upheld_by_another_and_approved() {
    let house = House::with(Review::Always).await;
    let citizen = house.citizen("+79137654321").await;
    let anna = Clerk::here(&house, "anna", Role::Reviewer, "everywhere").await;
    let boris = Clerk::here(&house, "boris", Role::Reviewer, "everywhere").await;
    let id = refused(&house, &citizen, &anna).await;

    // The card says why, what mends it, and both ways on.
    let card = citizen.visit().await.card(id.clone()).await.unwrap();
    assert!(card.appeal_until.is_some() && card.appeal.is_none());
    assert_eq!(card.remedies.len(), card.reasons.len());

    // Evidence first; what lay there at the refusal stays.
    house.at(HOUR).await;
    let evidence = Incoming { kind: Kind::Passport, ..photo(1) };
    citizen.visit().await.take_document(&id, evidence, false).await.unwrap();
    assert_eq!(citizen.status(&id).await, Status::Rejected, "evidence alone moves nothing");
    let short = citizen.visit().await.file_appeal(id.clone(), grounds("Не согласна")).await.err().unwrap();
    assert_eq!((short.code, short.fields.0[0].field), (Code::AppealGroundsShort, Field::Grounds));
    citizen.visit().await.file_appeal(id.clone(), grounds(GROUNDS)).await.unwrap();
    // A double click leads to the same page, and nothing is sent twice.
    citizen.visit().await.file_appeal(id.clone(), grounds(GROUNDS)).await.unwrap();
    house.work().await;
    assert_eq!(house.told("appeal_received").await, 2, "SMS and letter");
    let page = citizen.visit().await.appealing(id.clone()).await.unwrap();
    let filed = page.filed.unwrap();
    assert_eq!((filed.stage, filed.grounds.as_str()), (Stage::Submitted, GROUNDS));
    assert_eq!(filed.due_at.0 - filed.moves[0].1.0, 10 * DAY, "its own clock");
    let row = &page.documents.rows[0];
    let gone = citizen.visit().await.remove_document(&id, &row.id).await;
    assert_eq!(code(gone), Some(Code::DocumentStays), "sent with the appeal");

    // Who refused neither sees it in the queue nor can take it.
    assert!(anna.visit().await.queue(appeals()).await.unwrap().rows.is_empty());
    assert_eq!(code(anna.visit().await.take(id.clone()).await), Some(Code::OwnRefusal));
    let page = boris.visit().await.queue(QueueFilter::default()).await.unwrap();
    assert_eq!((page.rows.len(), page.appeals), (0, 1));
    assert!(boris.visit().await.queue(appeals()).await.unwrap().rows[0].appeal);
    let file = boris.visit().await.take_next(appeals(), Vec::new()).await.unwrap().unwrap();
    let appeal = file.appeal.unwrap();
    assert_eq!((file.id.as_str(), appeal.stage, appeal.grounds.as_str()), (id.as_str(), Stage::Taken, GROUNDS));
    assert_eq!(appeal.refused_by.as_deref(), Some("anna"));
    assert!(file.documents.iter().any(|d| d.new), "the evidence stands out");
    let card = citizen.visit().await.card(id.clone()).await.unwrap();
    assert_eq!(card.appeal.map(|a| a.stage), Some(Stage::Taken), "the citizen sees it");

    let preview = boris.visit().await.preview_appeal(id.clone(), decision(Verdict::Uphold)).await.unwrap();
    assert!(preview.letter.contains(BECAUSE) && preview.sms.contains(&file.number));
    assert_eq!(house.told("appeal_upheld").await, 0, "a preview sends nothing");
    let silent = Decision { text: " ".into(), ..decision(Verdict::Uphold) };
    assert_eq!(
        code(boris.visit().await.decide_appeal(id.clone(), appeal.version, silent).await),
        Some(Code::ActTextMissing)
    );
    let old = boris.visit().await.decide_appeal(id.clone(), appeal.version - 1, decision(Verdict::Uphold)).await;
    assert_eq!(code(old), Some(Code::IllegalMove));
    let done = boris.visit().await.decide_appeal(id.clone(), appeal.version, decision(Verdict::Uphold)).await.unwrap();
    assert_eq!(done.status, Status::InReview);
    house.work().await;
    assert_eq!(house.told("appeal_upheld").await, 2);

    // The application stays with whoever upheld the appeal; who refused does not decide again.
    let file = boris.visit().await.open(id.clone(), None).await.unwrap();
    boris.visit().await.release(id.clone()).await.unwrap();
    assert!(anna.visit().await.take(id.clone()).await.is_ok(), "reading and asking is no deciding");
    let again = anna.visit().await.act(id.clone(), file.version, refuse()).await;
    assert_eq!(code(again), Some(Code::OwnRefusal));
    anna.visit().await.release(id.clone()).await.unwrap();
    boris.visit().await.take(id.clone()).await.unwrap();
    boris.visit().await.act(id.clone(), file.version, Act::Approve).await.unwrap();
    let card = citizen.visit().await.card(id.clone()).await.unwrap();
    assert_eq!((card.status, card.stage), (Status::Approved, Step::Issue));
    let appeal = card.appeal.unwrap();
    assert_eq!((appeal.stage, appeal.answer.as_deref()), (Stage::Upheld, Some(BECAUSE)));
    let acts: Vec<_> = citizen.journal().await.into_iter().map(|r| r.act).collect();
    for act in ["appeal_filed", "appeal_taken", "appeal_decided"] {
        assert_eq!(acts.iter().filter(|a| *a == act).count(), 1, "{act}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn dismissed_the_refusal_stands_and_is_not_appealed_twice() {
    let house = House::with(Review::Always).await;
    let citizen = house.citizen("+79137654321").await;
    let stranger = house.citizen("+79137654322").await;
    let anna = Clerk::here(&house, "anna", Role::Reviewer, "everywhere").await;
    let boris = Clerk::here(&house, "boris", Role::Reviewer, "everywhere").await;
    let operator = Clerk::here(&house, "operator", Role::Operator, "everywhere").await;
    let far = Clerk::here(&house, "far", Role::Reviewer, "region:77").await;
    let id = refused(&house, &citizen, &anna).await;
    assert_eq!(code(stranger.visit().await.appealing(id.clone()).await), Some(Code::ApplicationNotFound));
    let foreign = stranger.visit().await.file_appeal(id.clone(), grounds(GROUNDS)).await;
    assert_eq!(code(foreign), Some(Code::ApplicationNotFound));
    assert_eq!(code(boris.visit().await.take(id.clone()).await), Some(Code::IllegalMove), "nothing to judge yet");

    citizen.visit().await.file_appeal(id.clone(), grounds(GROUNDS)).await.unwrap();
    assert_eq!(code(stranger.visit().await.withdraw_appeal(id.clone()).await), Some(Code::ApplicationNotFound));
    assert_eq!(code(operator.visit().await.take(id.clone()).await), Some(Code::NoPower));
    assert_eq!(code(far.visit().await.take(id.clone()).await), Some(Code::ApplicationNotFound));
    assert!(far.visit().await.queue(appeals()).await.unwrap().rows.is_empty());
    // Nobody hands it to the one who refused.
    assert_eq!(code(boris.visit().await.reassign(id.clone(), "anna".into()).await), Some(Code::OwnRefusal));
    let untaken = boris.visit().await.decide_appeal(id.clone(), 1, decision(Verdict::Dismiss)).await;
    assert_eq!(code(untaken), Some(Code::NotTaken));
    let file = boris.visit().await.take(id.clone()).await.unwrap();
    let version = file.appeal.unwrap().version;
    boris.visit().await.decide_appeal(id.clone(), version, decision(Verdict::Dismiss)).await.unwrap();
    house.work().await;
    assert_eq!(house.told("appeal_dismissed").await, 2);
    let card = citizen.visit().await.card(id.clone()).await.unwrap();
    assert_eq!((card.status, card.appeal.map(|a| a.stage)), (Status::Rejected, Some(Stage::Dismissed)));
    assert!(card.appeal_until.is_none());
    let again = citizen.visit().await.file_appeal(id.clone(), grounds(GROUNDS)).await;
    assert_eq!(code(again), Some(Code::AppealClosed));
    assert_eq!(code(citizen.visit().await.withdraw_appeal(id.clone()).await), Some(Code::IllegalMove));
    let late = citizen.visit().await.take_document(&id, photo(1), false).await;
    assert_eq!(code(late), Some(Code::DocumentsClosed));
    assert!(boris.visit().await.queue(appeals()).await.unwrap().rows.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_house_refused_by_itself_any_clerk_may_judge_and_its_author_take_back() {
    let house = House::open().await;
    let citizen = house.citizen("+79137654321").await;
    let passport =
        [(Field::PassportSeries, "4510"), (Field::PassportNumber, "900101"), (Field::PassportIssueDate, "20.02.2010")];
    let id = citizen.apply(&[&[(Field::BirthDate, "15.01.1990")][..], &passport].concat()).await;
    house.work().await;
    assert_eq!(citizen.status(&id).await, Status::Rejected);
    citizen.visit().await.file_appeal(id.clone(), grounds(GROUNDS)).await.unwrap();
    let anna = Clerk::here(&house, "anna", Role::Reviewer, "everywhere").await;
    let file = anna.visit().await.take(id.clone()).await.unwrap();
    assert_eq!(file.appeal.unwrap().refused_by, None);
    citizen.visit().await.withdraw_appeal(id.clone()).await.unwrap();
    let decided = anna.visit().await.decide_appeal(id.clone(), 3, decision(Verdict::Uphold)).await;
    assert_eq!(code(decided), Some(Code::IllegalMove));
    let card = citizen.visit().await.card(id.clone()).await.unwrap();
    assert_eq!(card.appeal.map(|a| a.stage), Some(Stage::Withdrawn));
    assert!(card.appeal_until.is_none(), "a refusal is appealed once");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_appeal_that_is_open_keeps_the_data_and_one_too_late_is_refused() {
    let house = House::with(Review::Always).await;
    let (anna, boris) = (house.citizen("+79137654321").await, house.citizen("+79137654322").await);
    let clerk = Clerk::here(&house, "clerk", Role::Reviewer, "everywhere").await;
    let appealed = refused(&house, &anna, &clerk).await;
    let late = refused(&house, &boris, &clerk).await;
    house.at(FILING_DAYS * DAY).await;
    anna.visit().await.file_appeal(appealed.clone(), grounds(GROUNDS)).await.unwrap();
    house.at(FILING_DAYS * DAY + HOUR).await;
    let refused = boris.visit().await.file_appeal(late.clone(), grounds(GROUNDS)).await;
    assert_eq!(code(refused), Some(Code::AppealLate));
    house.purge_at(31 * DAY).await;
    let page = anna.visit().await.appealing(appealed.clone()).await.unwrap();
    assert_eq!(page.filed.unwrap().grounds, GROUNDS, "nobody could decide it any more");
    anna.visit().await.withdraw_appeal(appealed.clone()).await.unwrap();
    house.purge_at(61 * DAY).await;
    assert!(anna.visit().await.appealing(appealed).await.unwrap().filed.is_none(), "gone with the answers");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_application_marks_what_was_refused_until_it_is_changed() {
    let house = House::with(Review::Always).await;
    let citizen = house.citizen("+79137654321").await;
    let clerk = Clerk::here(&house, "clerk", Role::Reviewer, "everywhere").await;
    let id = refused(&house, &citizen, &clerk).await;
    let to = citizen.visit().await.create(Some(id)).await.unwrap().to;
    let again = to.split('/').nth(2).unwrap().to_owned();
    let editing = citizen.visit().await.edit(again.clone()).await.unwrap();
    assert_eq!(editing.values.get(Field::LastName), "Кузьмина", "the data is kept");
    assert_eq!(editing.asked.iter().map(|m| m.field).collect::<Vec<_>>(), [Field::PassportNumber]);
    let mut corrected = answers();
    corrected.set(Field::PassportNumber, "654322");
    let step = domain::applications::Step::Passport;
    citizen.visit().await.save_step(again.clone(), step, corrected.only(step.all_fields())).await.unwrap();
    assert!(citizen.visit().await.edit(again).await.unwrap().asked.is_empty(), "mended");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_question_that_names_documents_is_answered_with_new_ones() {
    let house = House::with(Review::Always).await;
    let citizen = house.citizen("+79137654321").await;
    let clerk = Clerk::here(&house, "clerk", Role::Reviewer, "everywhere").await;
    let id = citizen.visit().await.create(None).await.unwrap().to.split('/').nth(2).unwrap().to_owned();
    // One lies there already; the clerk wants a better one.
    let snils = |tone| Incoming { kind: Kind::Snils, ..photo(tone) };
    citizen.visit().await.take_document(&id, snils(1), false).await.unwrap();
    assert_eq!(citizen.apply(&[]).await, id);
    house.work().await;
    let file = clerk.visit().await.take(id.clone()).await.unwrap();
    let ask = Act::Ask(Ask {
        reason: Code::DataUnclear,
        fields: vec![Field::Snils],
        documents: vec![Document::Snils],
        text: "Сверьте номер и приложите снимок карточки.".into(),
        days: 5,
    });
    house.at(HOUR).await;
    clerk.visit().await.take(id.clone()).await.unwrap();
    clerk.visit().await.act(id.clone(), file.version, ask).await.unwrap();
    house.at(2 * HOUR).await;
    let editing = citizen.visit().await.edit(id.clone()).await.unwrap();
    assert_eq!(editing.documents.missing, [Kind::Snils]);
    let consent: Values = [(Field::Consent, "yes".to_owned())].into_iter().collect();
    let early = citizen.visit().await.submit(id.clone(), editing.submit_key, consent.clone()).await;
    assert_eq!(code(early), Some(Code::DocumentsAwaited));
    assert_eq!(citizen.status(&id).await, Status::NeedsClarification);
    // Saving an answer changes the version, not the question.
    let step = domain::applications::Step::Passport;
    citizen.visit().await.save_step(id.clone(), step, answers().only(step.all_fields())).await.unwrap();
    let editing = citizen.visit().await.edit(id.clone()).await.unwrap();
    let early = citizen.visit().await.submit(id.clone(), editing.submit_key, consent).await;
    assert_eq!(code(early), Some(Code::DocumentsAwaited));
    citizen.visit().await.take_document(&id, snils(2), false).await.unwrap();
    citizen.submit(&id).await;
    assert_eq!(citizen.status(&id).await, Status::InReview);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clerk_opens_a_document_and_its_owner_reads_who_and_why() {
    let house = House::with(Review::Always).await;
    let citizen = house.citizen("+79137654321").await;
    let id = citizen.visit().await.create(None).await.unwrap().to.split('/').nth(2).unwrap().to_owned();
    citizen.visit().await.take_document(&id, photo(7), false).await.unwrap();
    assert_eq!(citizen.apply(&[]).await, id);
    house.work().await;
    let document = citizen.visit().await.documents(id.clone()).await.unwrap().rows.remove(0).id;
    let anna = Clerk::here(&house, "anna", Role::Reviewer, "everywhere").await;
    let boris = Clerk::here(&house, "boris", Role::Support, "everywhere").await;
    let far = Clerk::here(&house, "far", Role::Reviewer, "region:77").await;
    let admin = Clerk::here(&house, "admin", Role::Administrator, "everywhere").await;
    let looks = async || {
        let all = citizen.journal().await;
        all.into_iter()
            .filter(|r| r.act == "document_opened")
            .map(|r| Look::parse(&r.detail).unwrap())
            .collect::<Vec<_>>()
    };
    // Out of reach, without the power, without a purpose: nothing opens and nothing is noted.
    let stated = Some(Purpose::Complaint);
    assert_eq!(code(far.visit().await.document(&document, stated).await), Some(Code::DocumentNotFound));
    assert_eq!(code(far.visit().await.document(&document, None).await), Some(Code::DocumentNotFound));
    assert_eq!(code(far.visit().await.document("absent", None).await), Some(Code::DocumentNotFound));
    assert_eq!(code(admin.visit().await.document(&document, stated).await), Some(Code::NoPower));
    assert_eq!(code(anna.visit().await.document(&document, None).await), Some(Code::PurposeMissing));
    assert!(looks().await.is_empty());

    let file = anna.visit().await.take(id.clone()).await.unwrap();
    assert_eq!((file.documents.len(), file.documents[0].kind), (1, Kind::AddressProof));
    let scan = anna.visit().await.document(&document, None).await.unwrap();
    assert_eq!((scan.media_type.as_str(), &scan.content[..2]), ("image/jpeg", &[0xff, 0xd8][..]));
    // Looking again a moment later is the same look.
    anna.visit().await.document(&document, None).await.unwrap();
    boris.visit().await.document(&document, stated).await.unwrap();
    let told = looks().await;
    assert_eq!(told.len(), 2);
    let of = Some((Kind::AddressProof, document.clone()));
    assert!(told.iter().all(|look| look.document == of));
    let why: Vec<_> = told.iter().map(|look| (look.role, look.purpose)).collect();
    assert!(why.contains(&(Role::Reviewer, Purpose::Review)));
    assert!(why.contains(&(Role::Support, Purpose::Complaint)));
    // The owner's page of readers says the same.
    let page = serde_json::to_string(&citizen.visit().await.page("/cabinet/data".into()).await.unwrap()).unwrap();
    for word in
        [purpose(Lang::Ru, Purpose::Review), purpose(Lang::Ru, Purpose::Complaint), kind(Lang::Ru, Kind::AddressProof)]
    {
        assert!(page.contains(word), "{word}");
    }
    // The hold is over: so is the purpose it stood for.
    house.at(HOUR).await;
    assert_eq!(code(anna.visit().await.document(&document, None).await), Some(Code::PurposeMissing));
}
