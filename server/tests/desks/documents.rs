//! A box in an office waits for a proof of address (STS-2, MBX-2), and documents follow their application.

use crate::house::{Citizen, DAY, HOUR, House};
use app::desks::{ApplicationsDesk, DocumentsDesk};
use domain::applications::Status;
use domain::documents::Kind;
use domain::{Code, Field};
use image::codecs::jpeg::JpegEncoder;
use image::{ExtendedColorType, ImageEncoder};
use server::demo::switches::{Mode, System};
use server::desks::Incoming;

const OFFICE: &[(Field, &str)] = &[(Field::MailboxKind, "ordinary"), (Field::OfficeIndex, "630099")];

/// A photo of one grey; each tone is another file.
pub fn photo(tone: u8) -> Incoming {
    let mut content = Vec::new();
    JpegEncoder::new(&mut content).write_image(&[tone; 64], 8, 8, ExtendedColorType::L8).unwrap();
    Incoming { kind: Kind::AddressProof, name: "Справка.jpg".to_owned(), content }
}

/// An application that waits for its proof of address.
async fn waiting(house: &House, anna: &Citizen<'_>) -> String {
    let id = anna.apply(OFFICE).await;
    house.work().await;
    assert_eq!(anna.status(&id).await, Status::AwaitingConfirmation);
    id
}

#[tokio::test(flavor = "multi_thread")]
async fn the_document_that_was_missing_leads_on_to_the_decision() {
    let house = House::open().await;
    let anna = house.citizen("+79137654321").await;
    let id = waiting(&house, &anna).await;
    assert_eq!(house.told("awaiting_confirmation").await, 2, "by SMS and by letter");
    let card = anna.visit().await.card(id.clone()).await.unwrap();
    assert_eq!(
        (card.reasons[0].code, card.documents.missing.as_slice()),
        (Code::AddressProofNeeded, &[Kind::AddressProof][..])
    );

    house.at(HOUR).await;
    // A passport proves no address.
    let other = Incoming { kind: Kind::Passport, ..photo(1) };
    anna.visit().await.take_document(&id, other, false).await.unwrap();
    assert_eq!(anna.status(&id).await, Status::AwaitingConfirmation);
    anna.visit().await.take_document(&id, photo(2), true).await.unwrap();
    assert_eq!(anna.status(&id).await, Status::AwaitingConfirmation, "another page follows");
    anna.visit().await.take_document(&id, photo(3), false).await.unwrap();
    let card = anna.visit().await.card(id.clone()).await.unwrap();
    assert_eq!((card.status, card.due_at.since(card.submitted_at)), (Status::InReview, 49 * HOUR));
    house.work().await;
    assert_eq!(anna.status(&id).await, Status::Approved);
}

#[tokio::test(flavor = "multi_thread")]
async fn without_the_document_the_application_closes_at_its_term() {
    let house = House::open().await;
    let anna = house.citizen("+79137654321").await;
    let id = waiting(&house, &anna).await;
    house.at(4 * DAY).await;
    house.at(6 * DAY + HOUR).await;
    assert_eq!(house.told("reminder").await, 4, "at half of the time and a day before");
    let reminded = house.messages().await.remove(0);
    assert!(reminded.text.contains("Подтверждение адреса"), "it names what is awaited: {}", reminded.text);
    assert_eq!(anna.status(&id).await, Status::AwaitingConfirmation);
    house.at(7 * DAY + HOUR).await;
    assert_eq!(anna.status(&id).await, Status::Expired);
    let late = anna.visit().await.take_document(&id, photo(1), false).await;
    assert_eq!(late.unwrap_err().code, Code::DocumentsClosed);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_document_added_before_sending_is_not_asked_for() {
    let house = House::open().await;
    let anna = house.citizen("+79137654321").await;
    let id = anna.visit().await.create(None).await.unwrap().to.split('/').nth(2).unwrap().to_owned();
    anna.visit().await.take_document(&id, photo(1), false).await.unwrap();
    let before = house.objects();
    anna.visit().await.take_document(&id, photo(1), false).await.unwrap();
    assert_eq!(house.objects(), before, "the same file is not kept twice");
    house.purge_at(2 * HOUR).await;
    assert_eq!(house.objects(), before, "what a row names is no litter");
    assert_eq!(anna.apply(OFFICE).await, id, "the open draft");
    house.work().await;
    assert_eq!(anna.status(&id).await, Status::Approved);
    let mine = anna.visit().await.my_documents().await.unwrap();
    assert_eq!((mine.len(), mine[0].rows[0].name.as_str()), (1, "Справка.jpg"));
    let gone = anna.visit().await.remove_document(&id, &mine[0].rows[0].id).await;
    assert_eq!(gone.unwrap_err().code, Code::DocumentStays);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_scanner_has_not_seen_proves_nothing_and_opens_to_nobody() {
    let house = House::open().await;
    let anna = house.citizen("+79137654321").await;
    let id = waiting(&house, &anna).await;
    let switches = &house.house.stand_ins.as_ref().unwrap().switches;
    switches.set(System::Scanner, Mode::Down, 0);
    anna.visit().await.take_document(&id, photo(1), false).await.unwrap();
    house.work().await;
    assert_eq!(anna.status(&id).await, Status::AwaitingConfirmation);
    let row = anna.visit().await.documents(id.clone()).await.unwrap().rows.remove(0);
    assert_eq!(anna.visit().await.file(&row.id).await.err().map(|r| r.code), Some(Code::NotFound));
    switches.set(System::Scanner, Mode::Ok, 0);
    house.at(HOUR).await;
    house.work().await;
    assert_eq!(anna.status(&id).await, Status::Approved);
    assert_eq!(anna.visit().await.file(&row.id).await.unwrap().media_type, "image/jpeg");
}

#[tokio::test(flavor = "multi_thread")]
async fn parts_become_a_document_and_abandoned_ones_go() {
    let house = House::open().await;
    let (anna, boris) = (house.citizen("+79137654321").await, house.citizen("+79137654322").await);
    let id = anna.visit().await.create(None).await.unwrap().to.split('/').nth(2).unwrap().to_owned();
    let file = photo(1).content;
    let size = file.len() as u64;
    let begin = || async {
        anna.visit().await.begin_upload(id.clone(), Kind::Inn, "ИНН.jpg".to_owned(), size, String::new()).await
    };
    let upload = begin().await.unwrap().id;
    let (first, rest) = file.split_at(100);
    assert_eq!(anna.visit().await.add_part(&upload, 0, first).await.unwrap().received, 100);
    assert_eq!(anna.visit().await.add_part(&upload, 0, first).await.unwrap_err().code, Code::UploadOutOfStep);
    assert_eq!(boris.visit().await.add_part(&upload, 100, rest).await.unwrap_err().code, Code::UploadGone);
    assert_eq!(anna.visit().await.finish_upload(upload.clone(), false).await.unwrap_err().code, Code::UploadOutOfStep);
    assert_eq!(anna.visit().await.upload_progress(upload.clone()).await.unwrap().received, 100);
    anna.visit().await.add_part(&upload, 100, rest).await.unwrap();
    anna.visit().await.finish_upload(upload.clone(), false).await.unwrap();
    assert_eq!(anna.visit().await.documents(id.clone()).await.unwrap().rows.len(), 1);
    assert_eq!(anna.visit().await.upload_progress(upload).await.unwrap_err().code, Code::UploadGone);

    let abandoned = begin().await.unwrap().id;
    anna.visit().await.add_part(&abandoned, 0, first).await.unwrap();
    let before = house.objects();
    house.purge_at(2 * DAY).await;
    assert_eq!(anna.visit().await.upload_progress(abandoned).await.unwrap_err().code, Code::UploadGone);
    assert_eq!(house.objects(), before - 1, "its part is gone from the store");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_file_chosen_again_is_gone_on_with() {
    let house = House::open().await;
    let (anna, boris) = (house.citizen("+79137654321").await, house.citizen("+79137654322").await);
    let new = async |of: &crate::house::Citizen<'_>| {
        of.visit().await.create(None).await.unwrap().to.split('/').nth(2).unwrap().to_owned()
    };
    let (id, foreign) = (new(&anna).await, new(&boris).await);
    let file = photo(1).content;
    let (size, mark) = (file.len() as u64, hex(&file));
    let begin = async |of: &crate::house::Citizen<'_>, id: &str, kind: Kind, mark: &str, size| {
        let name = if kind == Kind::Snils { "СНИЛС.jpg" } else { "ИНН.jpg" };
        of.visit().await.begin_upload(id.to_owned(), kind, name.to_owned(), size, mark.to_owned()).await.unwrap()
    };
    let first = begin(&anna, &id, Kind::Inn, &mark, size).await;
    assert_eq!(first.received, 0);
    anna.visit().await.add_part(&first.id, 0, &file[..100]).await.unwrap();
    // The page was left; it says what was begun, to its author alone.
    let left = anna.visit().await.documents(id.clone()).await.unwrap().unfinished;
    assert_eq!(left, [("ИНН.jpg".to_owned(), 100, size)]);
    // Another file, another size, another person: each begins anew.
    for other in [
        begin(&anna, &id, Kind::Inn, &hex(b"another"), size).await,
        begin(&anna, &id, Kind::Inn, &hex(b"short"), size - 1).await,
        begin(&anna, &id, Kind::Inn, "", size).await,
        begin(&boris, &foreign, Kind::Inn, &mark, size).await,
    ] {
        assert!(other.received == 0 && other.id != first.id);
    }
    // The same file, even as something else, goes on where it stopped.
    let again = begin(&anna, &id, Kind::Snils, &mark.to_uppercase(), size).await;
    assert_eq!((again.id.as_str(), again.received), (first.id.as_str(), 100));
    anna.visit().await.add_part(&again.id, 100, &file[100..]).await.unwrap();
    anna.visit().await.finish_upload(again.id, false).await.unwrap();
    let shown = anna.visit().await.documents(id.clone()).await.unwrap();
    assert_eq!((shown.rows.len(), shown.rows[0].kind, shown.unfinished.len()), (1, Kind::Snils, 0));
    assert_eq!(shown.rows[0].name, "СНИЛС.jpg", "called what it was called the last time");

    // Parts of two files are no file, whatever was announced.
    let mixed = begin(&anna, &id, Kind::Inn, &hex(&photo(2).content), photo(2).content.len() as u64).await;
    let wrong: Vec<u8> = photo(2).content.iter().map(|b| b ^ 1).collect();
    anna.visit().await.add_part(&mixed.id, 0, &wrong).await.unwrap();
    let refused = anna.visit().await.finish_upload(mixed.id.clone(), false).await;
    assert_eq!(refused.unwrap_err().code, Code::UploadGone);
    assert_eq!(anna.visit().await.upload_progress(mixed.id).await.unwrap_err().code, Code::UploadGone);
}

/// What a device tells of a file.
fn hex(content: &[u8]) -> String {
    <sha2::Sha256 as sha2::Digest>::digest(content).iter().map(|b| format!("{b:02x}")).collect()
}
