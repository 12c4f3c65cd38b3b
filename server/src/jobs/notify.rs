//! Queueing notices: written in the person's language, sealed, sent by a job of the same transaction.

use super::{Job, enqueue};
use crate::house::House;
use crate::integrations::notices::{Language, Notice, Written};
use crate::storage::notice_choices::{self, Addressee};
use crate::storage::notices::{Message, NewNotice, queue as store};
use crate::storage::{Result, Tx};
use app::text::Lang;
use domain::clock::{MOSCOW_HOURS, Timestamp};
use domain::notices::{Channel, Kind};
use time::{OffsetDateTime, UtcOffset};

/// Where a notice goes.
#[derive(Clone, Copy)]
pub enum To<'a> {
    Phone(&'a str),
    Email(&'a str),
    /// A browser that shows notices, by its id, and the page that a press on the notice opens.
    Device(&'a str, &'a str),
}

/// Queues a notice once for each `occasion`; a repeated job queues nothing.
#[expect(clippy::too_many_arguments, reason = "each is a different thing; a struct would only rename them")]
pub async fn queue(
    tx: &mut Tx,
    house: &House,
    person_id: &str,
    application_id: Option<&str>,
    notice: &Notice,
    to: To<'_>,
    lang: Lang,
    occasion: &str,
) -> Result<()> {
    queue_after(tx, house, person_id, application_id, notice, to, lang, occasion, None).await
}

#[expect(clippy::too_many_arguments, reason = "as above")]
async fn queue_after(
    tx: &mut Tx,
    house: &House,
    person_id: &str,
    application_id: Option<&str>,
    notice: &Notice,
    to: To<'_>,
    lang: Lang,
    occasion: &str,
    after_ms: Option<i64>,
) -> Result<()> {
    let language = match lang {
        Lang::Ru => Language::Ru,
        Lang::En => Language::En,
    };
    let (channel, address, written) = match to {
        To::Phone(phone) => ("sms", phone, notice.sms(language)),
        To::Email(email) => ("email", email, notice.letter(language)),
        To::Device(id, _) => ("push", id, notice.push(language)),
    };
    // Not every notice has every form.
    let Some(Written { subject, text }) = written else {
        return Ok(());
    };
    if address.is_empty() {
        return Ok(());
    }
    let link = if let To::Device(_, path) = to { Some(path.to_owned()) } else { None };
    let message = Message { to: address.to_owned(), subject, text, link };
    let new = NewNotice {
        person_id,
        application_id,
        channel,
        template: notice.id(),
        message: &message,
        dedup_key: &match to {
            To::Device(id, _) => format!("push/{id}/{occasion}"),
            _ => format!("{channel}/{occasion}"),
        },
        queued_ms: house.now().0,
        after_ms,
    };
    let id = store(tx, &house.vault, &new).await?;
    enqueue(tx, &Job::SendNotice { id }, after_ms).await
}

/// By the channels the person has chosen, to the contacts they have proved and the devices that are connected; what rings
/// waits for the end of the quiet hours. What an application names nobody proved: one wrong letter, and a stranger reads
/// number, reasons and link.
pub async fn everywhere(
    tx: &mut Tx,
    house: &House,
    person_id: &str,
    application_id: &str,
    notice: &Notice,
    lang: Lang,
    occasion: &str,
) -> Result<()> {
    match notice_choices::addressee(tx, &house.vault, person_id).await? {
        Some(addressee) => to(tx, house, person_id, &addressee, application_id, notice, lang, occasion).await,
        None => Ok(()),
    }
}

/// The same with the addressee at hand.
#[expect(clippy::too_many_arguments, reason = "as above")]
pub async fn to(
    tx: &mut Tx,
    house: &House,
    person_id: &str,
    addressee: &Addressee,
    application_id: &str,
    notice: &Notice,
    lang: Lang,
    occasion: &str,
) -> Result<()> {
    let Addressee { phone, email, choices, devices } = addressee;
    let kind = Kind::of_template(notice.id());
    let now = house.now().0;
    let quiet = choices.quiet.and_then(|quiet| quiet.left(Timestamp(now).in_portal_day())).map(|left| now + left);
    let page = app::routes::application(application_id);
    let all = [(To::Phone(phone), Channel::Sms, quiet), (To::Email(email), Channel::Email, None)];
    let devices = devices.iter().map(|id| (To::Device(id, &page), Channel::Push, quiet));
    for (to, channel, after) in all.into_iter().chain(devices) {
        if kind.is_none_or(|kind| choices.allows(kind, channel)) {
            queue_after(tx, house, person_id, Some(application_id), notice, to, lang, occasion, after).await?;
        }
    }
    Ok(())
}

/// A moment in the portal's zone (Moscow), as notices show it.
pub fn civil(at: Timestamp) -> OffsetDateTime {
    let moscow = UtcOffset::from_hms(MOSCOW_HOURS, 0, 0).unwrap_or(UtcOffset::UTC);
    OffsetDateTime::from_unix_timestamp(at.0.div_euclid(1000)).unwrap_or(OffsetDateTime::UNIX_EPOCH).to_offset(moscow)
}
