//! Draws the receipt of an application: when its owner first asks for it, or before its answers may change. Most are never
//! asked for, and drawing one is the dearest thing a submission could cost.

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
use tokio::sync::Semaphore;

/// Drawing takes tens of milliseconds of processor: those who ask at once wait for each other, not everybody for them.
static DRAWING: Semaphore = Semaphore::const_new(2);

/// Draws what is not drawn yet.
pub async fn run(house: &House, id: &str) -> Result<(), JobError> {
    content(house, id).await.map(drop)
}

/// The receipt of an application, drawn now if it was not before. `None`: there is no such application, or nothing of it any
/// more.
pub async fn content(house: &House, id: &str) -> Result<Option<Vec<u8>>, JobError> {
    let Ok(_drawing) = DRAWING.acquire().await else { return Err(JobError::Fail) };
    let vault = &house.vault;
    let mut tx = house.db.read().await?;
    let found = applications::find(&mut tx, vault, id).await?.filter(|found| !found.answers.is_empty());
    let Some(found) = found else {
        return Ok(None);
    };
    let person = found.summary.account_id.clone();
    let entry = file_entries::find_of_application(&mut tx, id, "receipt").await?;
    let (Some(number), Some(submitted)) = (found.summary.number.clone(), found.summary.submitted_ms) else {
        return Ok(None);
    };
    let key = persons::key(&mut tx, vault, &person).await?;
    let lang = accounts::find(&mut tx, vault, &person).await?.and_then(|a| Lang::from_tag(&a.lang)).unwrap_or_default();
    drop(tx);
    let file_id = match entry {
        Some(entry) if entry.path.is_empty() => entry.id,
        Some(entry) => return Ok(house.files.get(vault, &key, &entry.id).await?.map(|pdf| pdf.to_vec())),
        None => {
            let file_id = ids::public_id();
            let mut tx = house.db.write().await?;
            file_entries::promise(&mut tx, &file_id, &person, id, house.now().0).await?;
            tx.commit().await?;
            file_id
        }
    };
    let data = receipt(house, lang, &number, Timestamp(submitted), &found.answers);
    let drawn = tokio::task::spawn_blocking(move || documents::receipt(&data)).await;
    let pdf = match drawn {
        Ok(Ok(pdf)) => pdf,
        Ok(Err(error)) => {
            tracing::error!(%error, "receipt not drawn");
            return Err(JobError::Fail);
        }
        Err(_) => return Err(JobError::Fail),
    };
    // Its row names the object before it is there.
    let path = house.files.put(vault, &key, &file_id, &pdf).await?;
    let mut tx = house.db.write().await?;
    let size = i64::try_from(pdf.len()).unwrap_or(i64::MAX);
    let made = file_entries::made(&mut tx, &file_id, &path, size).await?;
    let there = file_entries::find_owned(&mut tx, &file_id, &person).await?.is_some();
    // Erased meanwhile.
    let rubbish = if made || there { Vec::new() } else { vec![file_id] };
    litter::enter(&mut tx, &rubbish, house.now().0).await?;
    tx.commit().await?;
    if !rubbish.is_empty() {
        litter::clear(&house.db, &house.files, &rubbish).await?;
        return Ok(None);
    }
    Ok(Some(pdf))
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
        issued_on: submitted.portal_date(),
    }
}

/// «С. А. П.»: enough for its owner to know the paper, too little for a finder.
fn initials(answers: &Values) -> String {
    let initial = |f| answers.get(f).chars().next().map(|c| format!(" {c}.")).unwrap_or_default();
    let hidden: String = answers.get(Field::LastName).chars().take(1).collect();
    format!("{hidden}.{}{}", initial(Field::FirstName), initial(Field::MiddleName))
}
