//! Deletes what has run out, every ten minutes. [`CLOCKS`] are the terms, and the page `/help/retention` shows them;
//! `docs/retention.md` says why.

use super::{JobError, moves};
use crate::desks::state_of;
use crate::house::House;
use crate::storage::{
    Db, Files, Result, StorageError, Tx, Vault, accounts, alarms, applications, assignments, codes, contact_changes,
    counter_resets, deletions, devices, doors, erasure, factors, journal, links, litter, lockouts, members, passkeys,
    profile_changes, push, registrations, sessions, sightings, staff_sessions, throttle, uploads, verifications,
    webhooks,
};
pub use app::text::retention::Kept;
use domain::accounts::LINK_HOURS;
use domain::accounts::counter::SLIP_DAYS;
use domain::accounts::factors::{ALARM_DAYS, DEVICE_DAYS};
use domain::applications::{DEVICE_DRAFT_DAYS, State};
use domain::clock::{DAY, MINUTE, Timestamp};
use std::time::Duration;

const EVERY: Duration = Duration::from_secs(600);
/// A full batch was deleted: there may be more.
const SOON: Duration = Duration::from_secs(1);
/// One transaction deletes no more; others write in between.
const BATCH: i64 = 200;

/// The consent and 152-ФЗ say «within 30 days»: a day less leaves time for the job, and for a server that was down.
const PROMISED: i64 = 29 * DAY;

/// How long, in milliseconds, each kind is kept after the moment its name tells.
pub const CLOCKS: &[(Kept, i64)] = &[
    // The day is for questions about what did not arrive.
    (Kept::Codes, DAY),
    (Kept::Links, DAY),
    (Kept::CodeNotices, DAY),
    // As long as the longest window.
    (Kept::Limits, DAY),
    (Kept::SignUps, SIGN_UP),
    (Kept::EmailSignUps, LINK_HOURS * 60 * MINUTE),
    (Kept::Stash, STASH),
    // The browser's to forget; on a bad line a week is none too long.
    (Kept::DeviceDrafts, DEVICE_DRAFT_DAYS * DAY),
    // The line comes back within a day, or the file is chosen again.
    (Kept::Uploads, DAY),
    (Kept::Identities, PROMISED),
    // Whoever was forced, or changed their mind, has so long to take it back; «Это не я» works as long.
    (Kept::Asked, ALARM_DAYS * DAY),
    // As long as «Это не я» can bring an app back.
    (Kept::Removed, ALARM_DAYS * DAY),
    (Kept::Devices, DEVICE_DAYS * DAY),
    // To answer «was it me».
    (Kept::Sessions, PROMISED),
    (Kept::Notices, PROMISED),
    (Kept::Drafts, PROMISED),
    (Kept::Closed, PROMISED),
    (Kept::Approved, PROMISED),
    (Kept::Unconfirmed, PROMISED),
    (Kept::Withdrawn, PROMISED),
    (Kept::Invitations, PROMISED),
];

/// From the form to the code that proves the phone.
pub const SIGN_UP: i64 = 30 * MINUTE;
/// The stash travels in a cookie that says when it ends.
pub const STASH: i64 = 30 * MINUTE;

/// The moment before which it is too old.
fn before(kept: Kept, now: Timestamp) -> i64 {
    // A kind without a clock would be kept; a test looks that there is none.
    CLOCKS.iter().find(|(k, _)| *k == kept).map_or(i64::MIN, |(_, ms)| now.0 - ms)
}

/// What one pass deleted.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Purged {
    pub rows: Vec<(Kept, u64)>,
    /// At least one batch was full.
    pub more: bool,
}

pub async fn run(house: &House) -> Result<(), JobError> {
    let purged = pass(&house.db, &house.vault, &house.files, house.now()).await?;
    Err(JobError::again_in(if purged.more { SOON } else { EVERY }))
}

/// One batch of each kind.
pub async fn pass(db: &Db, vault: &Vault, files: &Files, now: Timestamp) -> Result<Purged> {
    let mut purged = Purged::default();
    for kept in Kept::ALL {
        let limit = before(*kept, now);
        let mut tx = db.write().await?;
        let mut rubbish = Vec::new();
        let deleted = match kept {
            Kept::Codes => codes::purge(&mut tx, limit).await?,
            Kept::Links => links::purge(&mut tx, limit).await? + alarms::purge(&mut tx, limit).await?,
            Kept::Limits => {
                throttle::purge(&mut tx, limit).await?
                    + lockouts::purge(&mut tx, limit).await?
                    + sightings::purge(&mut tx, limit).await?
            }
            // As long, «Это не я» brings back the phone, e-mail, names and papers there were.
            Kept::Removed => {
                factors::purge(&mut tx, limit).await?
                    + passkeys::purge(&mut tx, limit).await?
                    + doors::purge(&mut tx, limit).await?
                    + contact_changes::purge(&mut tx, limit).await?
                    + profile_changes::purge(&mut tx, limit).await?
                    + counter_resets::forget(&mut tx, limit).await?
            }
            Kept::Invitations => members::purge(&mut tx, limit).await?,
            Kept::Devices => devices::purge(&mut tx, limit).await? + push::purge(&mut tx, limit).await?,
            Kept::Sessions => sessions::purge(&mut tx, limit).await? + staff_sessions::purge(&mut tx, limit).await?,
            // With the attempt goes its data key, and what was sent about it. Its row carries its own end, by e-mail too.
            Kept::SignUps => registrations::purge(&mut tx, vault, now.0, BATCH).await?,
            Kept::Drafts => {
                let mut gone = 0;
                for id in erasure::drafts(&mut tx, limit, BATCH).await? {
                    if let Some(files) = erasure::draft(&mut tx, &id, limit).await? {
                        rubbish.extend(files);
                        gone += 1;
                    }
                }
                gone
            }
            Kept::Uploads => {
                let mut gone = 0;
                for id in uploads::abandoned(&mut tx, limit, BATCH).await? {
                    if let Some(parts) = uploads::end_abandoned(&mut tx, &id, limit).await? {
                        rubbish.extend(parts);
                        gone += 1;
                    }
                }
                gone
            }
            Kept::Identities => {
                let (count, scans) = verifications::purge(&mut tx, vault, limit, now.0, BATCH).await?;
                rubbish.extend(scans);
                count + counter_resets::purge(&mut tx, limit).await?
            }
            Kept::CodeNotices => erasure::code_notices(&mut tx, limit, BATCH).await?,
            // A hold's row that nobody came back to says nothing after so long; the log of partners is one of messages too.
            Kept::Notices => {
                webhooks::purge(&mut tx, limit).await?;
                assignments::purge(&mut tx, limit).await?;
                erasure::notices(&mut tx, limit, BATCH).await?
            }
            Kept::Closed => {
                let mut gone = 0;
                for id in erasure::closed(&mut tx, limit, BATCH).await? {
                    if let Some(files) = erasure::application(&mut tx, &id, limit).await? {
                        rubbish.extend(files);
                        gone += 1;
                    }
                }
                gone
            }
            Kept::Approved => {
                let mut gone = 0;
                for id in erasure::approved(&mut tx, limit, BATCH).await? {
                    if let Some(files) = erasure::trim(&mut tx, &id, limit, now.0).await? {
                        rubbish.extend(files);
                        gone += 1;
                    }
                }
                gone
            }
            Kept::Unconfirmed => {
                let mut gone = 0;
                for id in erasure::unconfirmed(&mut tx, limit, BATCH).await? {
                    if erasure::claim_unconfirmed(&mut tx, &id, limit).await? {
                        erase(&mut tx, vault, &id, &mut rubbish, "unconfirmed", now).await?;
                        gone += 1;
                    }
                }
                gone
            }
            Kept::Withdrawn => {
                let mut gone = 0;
                let reset_since = now.0 - SLIP_DAYS * DAY;
                for id in erasure::withdrawn(&mut tx, limit, reset_since, BATCH).await? {
                    if erasure::claim_withdrawn(&mut tx, &id, limit, reset_since).await? {
                        erase(&mut tx, vault, &id, &mut rubbish, "consent_withdrawn", now).await?;
                        gone += 1;
                    }
                }
                gone
            }
            Kept::Asked => {
                let mut gone = 0;
                for id in deletions::due(&mut tx, now.0, BATCH).await? {
                    if erasure::hold_account(&mut tx, &id).await? && deletions::claim(&mut tx, &id, now.0).await? {
                        erase(&mut tx, vault, &id, &mut rubbish, "asked", now).await?;
                        gone += 1;
                    }
                }
                gone
            }
            // Deleted with the other sign-ups.
            Kept::EmailSignUps => 0,
            // The browser drops it, and the server refuses it when it comes later.
            Kept::Stash | Kept::DeviceDrafts => 0,
        };
        // With the rows, so that no object is forgotten; deleted after the commit, since a row without its file would be a lie.
        litter::enter(&mut tx, &rubbish, now.0).await?;
        tx.commit().await?;
        litter::clear(db, files, &rubbish).await?;
        purged.more |= deleted >= BATCH as u64;
        purged.rows.push((*kept, deleted));
    }
    // Accounts from before passports were indexed; once all are, this finds none.
    let mut tx = db.write().await?;
    purged.more |= accounts::index_passports(&mut tx, vault, BATCH).await? >= BATCH as u64;
    tx.commit().await?;
    // What the store would not delete before, and what was put for a row that never came.
    litter::sweep(db, files, now.0, BATCH).await?;
    Ok(purged)
}

/// Erases a person: what is still being decided is withdrawn first, since nobody could decide it any more.
async fn erase(
    tx: &mut Tx,
    vault: &Vault,
    id: &str,
    rubbish: &mut Vec<String>,
    why: &str,
    now: Timestamp,
) -> Result<()> {
    for summary in applications::list_owned(tx, id).await? {
        if let Ok(withdrawn) = state_of(&summary).withdraw()
            && moves::apply(tx, &summary, &State::from(withdrawn), "system", None, now).await?.is_none()
        {
            return Err(StorageError::Conflict("applications.version"));
        }
    }
    rubbish.extend(erasure::person(tx, vault, id, now.0).await?);
    deletions::erased(tx, id, now.0).await?;
    let row = journal::NewEntry {
        account_id: Some(id),
        at_ms: now.0,
        actor: "system",
        act: "account_erased",
        object: "",
        detail: why,
    };
    journal::append(tx, &row).await
}

#[cfg(test)]
mod tests {
    use super::*;
    use app::text::Lang;
    use app::text::accounts::OwnData;
    use app::text::documents::Papers;
    use app::text::retention::term;

    #[test]
    fn every_kind_has_one_clock_and_none_outlasts_the_promise() {
        for kept in Kept::ALL {
            assert_eq!(CLOCKS.iter().filter(|(k, _)| k == kept).count(), 1, "{}", kept.id());
        }
        assert_eq!(CLOCKS.len(), Kept::ALL.len());
        for lang in [Lang::Ru, Lang::En] {
            let said = term(lang, CLOCKS.iter().find(|(k, _)| *k == Kept::Approved).map_or(0, |(_, ms)| *ms));
            assert!(Papers::of(lang).who_sees.contains(&said), "the pages of documents say when");
            let said = term(lang, CLOCKS.iter().find(|(k, _)| *k == Kept::Withdrawn).map_or(0, |(_, ms)| *ms));
            for words in [OwnData::of(lang).withdraw_about, OwnData::of(lang).consent_blocked] {
                assert!(words.contains(&said), "who withdraws consent is told: {words}");
            }
        }
        // A known device serves the account, as its password does; it is no data of a procedure that has ended (PD-3).
        assert!(CLOCKS.iter().all(|(k, ms)| *k == Kept::Devices || (1..30 * DAY).contains(ms)));
    }
}
