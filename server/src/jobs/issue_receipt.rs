//! Makes the receipt's PDF, seals it and enters it for its owner.

use super::JobError;
use super::notify::civil;
use crate::house::House;
use crate::integrations::notices::{Language, moment};
use crate::storage::{accounts, applications, file_entries, ids, litter, persons};
use app::text::{Lang, filing};
use documents::{Office, Receipt};
use domain::applications::{MailboxKind, PROMISE_HOURS};
use domain::clock::Timestamp;
use domain::fields::Postcode;
use domain::{Field, Values};
use std::time::Duration;

pub async fn run(house: &House, id: &str) -> Result<(), JobError> {
    let vault = &house.vault;
    let mut tx = house.db.read().await?;
    let Some(found) = applications::find(&mut tx, vault, id).await? else {
        return Ok(());
    };
    if file_entries::find_of_application(&mut tx, id, "receipt").await?.is_some() {
        return Ok(());
    }
    let person = found.summary.account_id.clone();
    let lang = accounts::find(&mut tx, vault, &person).await?.and_then(|a| Lang::from_tag(&a.lang)).unwrap_or_default();
    let key = persons::key(&mut tx, vault, &person).await?;
    drop(tx);
    let (Some(number), Some(submitted)) = (found.summary.number.clone(), found.summary.submitted_ms) else {
        return Ok(());
    };
    let data = receipt(house, lang, &number, Timestamp(submitted), &found.answers);
    // Drawing takes tens of milliseconds of processor: not on the threads that serve pages.
    let drawn = tokio::task::spawn_blocking(move || documents::receipt(&data)).await;
    let pdf = match drawn {
        Ok(Ok(pdf)) => pdf,
        Ok(Err(error)) => {
            tracing::error!(%error, "receipt not drawn");
            return Err(JobError::Fail);
        }
        Err(_) => return Err(JobError::Fail),
    };
    let file_id = ids::public_id();
    litter::expect(&house.db, &file_id, house.now().0).await?;
    let path = house.files.put(vault, &key, &file_id, &pdf).await?;
    let mut tx = house.db.write().await?;
    let entry = file_entries::NewFile {
        id: &file_id,
        person_id: &person,
        application_id: Some(id),
        kind: "receipt",
        path: &path,
        media_type: "application/pdf",
        size: i64::try_from(pdf.len()).unwrap_or(i64::MAX),
        created_ms: house.now().0,
    };
    let entered = file_entries::create(&mut tx, &entry).await?;
    if entered && !litter::take_out(&mut tx, &file_id, house.now().0).await? {
        // It took so long that the object may be gone: once more.
        return Err(JobError::again_in(Duration::ZERO));
    }
    tx.commit().await?;
    if entered {
        house.tell(&person, id);
    } else {
        // Another run was first: its file is the receipt, this one is litter.
        litter::clear(&house.db, &house.files, &[file_id]).await?;
    }
    Ok(())
}

fn receipt(house: &House, lang: Lang, number: &str, submitted: Timestamp, answers: &Values) -> Receipt {
    let (language, paper) = match lang {
        Lang::Ru => (Language::Ru, documents::Lang::Ru),
        Lang::En => (Language::En, documents::Lang::En),
    };
    let mailbox = MailboxKind::from_name(answers.get(Field::MailboxKind));
    let office = Postcode::parse(answers.get(Field::OfficeIndex))
        .ok()
        .filter(|_| mailbox.is_some_and(MailboxKind::needs_office));
    let office = office.and_then(|i| house.reference.postcode(i.as_str()));
    Receipt {
        lang: paper,
        number: number.to_owned(),
        service: filing::Filing::of(lang).service.to_owned(),
        submitted_at: moment(civil(submitted), language),
        due_at: moment(civil(submitted.plus_hours(PROMISE_HOURS)), language),
        applicant: initials(answers),
        mailbox: mailbox.map(|m| filing::mailbox(lang, m).0.to_owned()).unwrap_or_default(),
        office: office.map(|o| Office { index: o.index, name: o.name }),
        verify_url: house.config.link(&app::routes::verify(number)),
        issued_on: submitted.date_in(3),
    }
}

/// «С. А. П.»: enough for its owner to know the paper, too little for a finder.
fn initials(answers: &Values) -> String {
    let initial = |f| answers.get(f).chars().next().map(|c| format!(" {c}.")).unwrap_or_default();
    let hidden: String = answers.get(Field::LastName).chars().take(1).collect();
    format!("{hidden}.{}{}", initial(Field::FirstName), initial(Field::MiddleName))
}
